"""Every query of the app against hand-written SQL for the same rows on the same tables, and in a growing package.

The floor of a query is bench/sql/<name>.sql, written for speed alone, whose rows are fetched as they come. Where it
does not answer with the rows of the app, in their order, that is said and no ratio is printed.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import make_package
from bench.result import Bar, Result
from kenpo import checks, database, judgement, queries
from kenpo.database import Connection, Row
from kenpo.package import open_folder
from kenpo.text import texts
from kenpo.views import overview
from kenpo.views.words import Voice

ROUNDS = 80
HAND_WRITTEN = Path(__file__).resolve().parent / "sql"
LARGE = make_package.Size(branches=47, years=20, measures=60, months=12)
"""1.35 million rows: target and actual at twelve dates of each year."""
SEED = 1

_YEAR, _BRANCHES, _BRANCH = 2024, ["shizuoka", "gunma", "yamaguchi"], "yamaguchi"
_MEASURE, _COUNT = "lifestyle_checkup_rate", "guidance_insured_count"

ASKED: Mapping[str, Mapping[str, Any]] = {
    "year": {"fiscal_year": _YEAR, "branches": _BRANCHES},
    "measure": {"measures": [_MEASURE]},
    "plan": {"branch": _BRANCH},
    "whole": {},
    "held": {},
    "incentive": {"fiscal_year": 2023, "branches": ["saitama"]},
    "coverage": {},
    "reached": {},
    "monthly": {"branch": _BRANCH, "measures": [_COUNT]},
    "series": {},
    "documents": {},
    "covered": {"document": "yamaguchi-2024-plan"},
    "initiatives": {},
    "budget": {},
    "marks": {},
    "changes": {},
    "tables": {},
}
"""What each query is asked, by the name of its function and the parameters of its statement."""

GROWING = ("year", "measure", "plan")
"""The queries a page asks with every rerun whose table grows with branches, measures and years."""


def measure() -> list[Result]:
    """Queries against their floors, the steps of the Overview, and growth to 1.35 million rows."""
    with database.open_package(database.data_folder()) as own:
        results = [*(against_hand_written(own, name) for name in ASKED), *steps()]
        with tempfile.TemporaryDirectory() as between:
            folder = large(Path(between))
            with database.open_package(folder) as grown:
                return [*results, *(result for name in GROWING for result in growth(own, grown, name, folder))]


def by_turns(*tasks: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Median ms of each task; they take turns, so that a busy moment falls on all."""
    times: list[list[float]] = [[] for _ in tasks]
    for each in tasks:
        each()
    for _ in range(rounds):
        for task, taken in zip(tasks, times, strict=True):
            started = time.perf_counter()
            task()
            taken.append((time.perf_counter() - started) * 1000)
    return [statistics.median(taken) for taken in times]


def ask(connection: Connection, name: str) -> list[Row]:
    """The app's own query."""
    function: Callable[..., list[Row]] = getattr(queries, name)
    return function(connection, *ASKED[name].values())


def fetched(connection: Connection, text: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The least a query can be: a cursor, a statement, its tuples."""
    with connection.cursor() as cursor:
        cursor.execute(text, dict(parameters))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def against_hand_written(connection: Connection, name: str) -> Result:
    """A query beside its floor; without one where the floor answers with other rows."""
    text = (HAND_WRITTEN / f"{name}.sql").read_text(encoding="utf-8")
    rows = [tuple(row.values()) for row in ask(connection, name)]
    same = rows == fetched(connection, text, ASKED[name])
    taken, floor = by_turns(lambda: ask(connection, name), lambda: fetched(connection, text, ASKED[name]))
    label = f"query: {name} ({len(rows):,} rows)"
    if not same:
        return Result(f"{label}: bench/sql/{name}.sql answers other rows", taken, "ms")
    return Result(f"{label} / hand-written", taken, "ms", floor, Bar(1.2))


# --- growth ----------------------------------------------------------------------------------------


def large(folder: Path) -> Path:
    """The large package, as Parquet, below a folder."""
    database.pack(make_package.make(folder / "csv", LARGE, SEED), folder / "parquet")
    return folder / "parquet"


def growth(own: Connection, grown: Connection, name: str, folder: Path) -> list[Result]:
    """A query of the large package, beside the shipped one and beside a table that holds nothing but its answer.

    The bar is for the first. The large package prints every figure at twelve dates, so that an answer itself has many
    times the rows of the shipped one; the second ratio, not judged, is what it costs to find them among all others.
    """
    answer = ask(grown, name)
    with database.open_package(folder) as least:
        only(least, answer)
        tasks = [lambda c=c: ask(c, name) for c in (grown, own, least)]
        taken, shipped, alone = by_turns(*tasks, rounds=ROUNDS // 4)
    few, many = len(ask(own, name)), len(answer)
    return [
        Result(f"query: {name}, 1.35 M rows ({many:,} returned) / shipped ({few:,})", taken, "ms", shipped, Bar(1.5)),
        Result(f"query: {name} among 1.35 M rows / among its own {many:,}", taken, "ms", alone),
    ]


def only(connection: Connection, answer: Sequence[Row]) -> None:
    """Leaves of the observations what an answer holds. A line of a synthetic package has a number of its own."""
    kept = "create or replace table observations as select * from observations where line in (select unnest($lines))"
    with connection.cursor() as cursor:
        cursor.execute(kept, {"lines": [row["line"] for row in answer]})


# --- the Overview, step by step --------------------------------------------------------------------


def steps() -> list[Result]:
    """What the Overview does with its rows, each step beside the one before it."""
    folder = database.data_folder()
    package = open_folder(folder)
    voice = Voice(texts("ja"), "wareki", package.catalog)
    rows = queries.year(package.connection, _YEAR, _BRANCHES)
    book = package.year(_YEAR, _BRANCHES)
    year = overview.judged(book, voice, _BRANCHES, _YEAR, ())
    read, judged, worded = by_turns(
        lambda: judgement.observations(rows),
        lambda: overview.judged(book, voice, _BRANCHES, _YEAR, ()),
        lambda: overview.matrix(year, _BRANCHES[0], (), package.coverage, voice),
    )
    checked, opened = by_turns(lambda: checks.check(folder), lambda: database.open_package(folder).close(), rounds=3)
    return [
        Result("query: judge every cell of the Overview / read its rows", judged, "ms", read),
        Result("query: the matrix in words / judge every cell", worded, "ms", judged),
        Result("query: check the package / open it", checked, "ms", opened),
    ]
