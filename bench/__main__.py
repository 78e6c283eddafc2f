"""How quick the app is, as ratios against floors measured in the same run.

    python -m bench [query] [interaction] [load] [start] [--format table|json]

Without a subject all are measured, in some eight minutes; each also runs alone. Nothing asserts a time, and the exit
code is 0 whenever something was measured: a machine is faster or slower, a ratio stays. Run it on a machine that does
nothing else.

query        each query of the app against hand-written SQL for the same rows on the same tables, and among 1.35
             million rows of a synthetic package
interaction  key press to drawn chart in Chromium, against the least page there can be (bench/floor_page.py) and a naive
             one (bench/naive_page.py); what is drawn while a target is dragged
load         1, 20 and 50 readers over the real websocket protocol, throughput, memory
start        first chart of a new server, bytes a change sends, the garbage collector

`taken` by `floor` is `ratio`; `bar` is how far the ratio may go, or the figure where there is no floor.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from bench.result import Result, as_json, table

SUBJECTS = ("query", "interaction", "load", "start")


def measured(subjects: Sequence[str]) -> list[Result]:
    """The results of the subjects, in the order of SUBJECTS."""
    results: list[Result] = []
    for subject in SUBJECTS:
        if subject in subjects:
            print(f"measuring: {subject}", file=sys.stderr, flush=True)
            # A subject is loaded when it is measured: one must not slow the other.
            measure: Callable[[], list[Result]] = import_module(f"bench.{subject}").measure
            results += measure()
    return results


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints what was measured."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="How quick the app is, against floors.")
    parser.add_argument("subjects", nargs="*", metavar="|".join(SUBJECTS))
    parser.add_argument("--format", choices=("table", "json"), default="table")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.subjects) - set(SUBJECTS):
        parser.error(f"no subject: {', '.join(sorted(unknown))}; there are {', '.join(SUBJECTS)}")
    results = measured(asked.subjects or SUBJECTS)
    print(as_json(results) if asked.format == "json" else table(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
