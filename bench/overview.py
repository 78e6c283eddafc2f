"""What the Overview costs, as ratios against floors measured in the same run: python -m bench.overview.

Prints, never asserts: a machine is faster or slower, a ratio stays.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from kenpo import catalog, checks, database, judgement, queries
from kenpo.text import texts
from kenpo.views import overview
from kenpo.views.words import Voice

ROUNDS = 30
BRANCHES = ["shizuoka", "gunma", "yamaguchi"]
FISCAL_YEAR = 2024


def median_ms(task: Callable[[], object]) -> float:
    """Median time of a task in milliseconds, after one run to warm up."""
    task()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        task()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def main() -> None:
    """Prints each step beside its floor and their ratio."""
    folder: Path = database.data_folder()
    connection = database.open_package(folder)
    known = catalog.load(lambda table: database.table(connection, table), folder / checks.TEXTS)
    voice = Voice(texts("ja"), "wareki", known)
    coverage = overview.coverage_of(queries.coverage(connection))
    rows = queries.year(connection, FISCAL_YEAR, BRANCHES)
    book = judgement.Book(judgement.observations(rows), known.documents)
    year = overview.judged(book, voice, BRANCHES, FISCAL_YEAR, ())

    steps: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "query of the year / smallest query": (
            lambda: queries.year(connection, FISCAL_YEAR, BRANCHES),
            lambda: database.query(connection, queries.statement("held")),
        ),
        "judge every cell / read every row once": (
            lambda: overview.judged(book, voice, BRANCHES, FISCAL_YEAR, ()),
            lambda: judgement.observations(rows),
        ),
        "matrix in words / judge every cell": (
            lambda: overview.matrix(year, BRANCHES[0], (), coverage, voice),
            lambda: overview.judged(book, voice, BRANCHES, FISCAL_YEAR, ()),
        ),
        "check the package / open the package": (
            lambda: checks.check(folder),
            lambda: database.open_package(folder),
        ),
    }
    for name, (task, floor) in steps.items():
        taken, least = median_ms(task), median_ms(floor)
        print(f"{name}: {taken:.2f} ms / {least:.2f} ms = {taken / least:.1f}")


if __name__ == "__main__":
    main()
