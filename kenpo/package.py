"""A data package, checked and opened: what is on record in it, and the answer to everything that is asked of it.

Knows nothing of Streamlit and nothing of words. Pages, command line, benchmarks and tests ask the same `Package`; it is
the one room that asks `kenpo.queries`.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from kenpo import catalog, checks, clock, coverage, database, files, queries
from kenpo.catalog import Catalog
from kenpo.coverage import Coverage, Series
from kenpo.database import Row
from kenpo.files import Contents, Problem
from kenpo.judgement import Book, Reach, observations, reach_of

_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Package:
    """A sound data package, opened. One is another only as an object; `stamp` tells whether two hold the same.

    What it holds never changes. What is on record is found out when first asked and kept; Books and rows are asked
    anew each time, whoever wants them often keeps them. Safe to ask from many threads.
    """

    folder: Path
    contents: Contents
    """What each file held when it was opened."""
    opened: datetime
    connection: database.Connection
    catalog: Catalog

    @cached_property
    def stamp(self) -> str:
        """Another one where any file holds anything else."""
        return stamp_of(self.contents)

    # --- what is on record -------------------------------------------------------------------------

    @cached_property
    def coverage(self) -> Coverage:
        """By branch and fiscal year: targets, finals and open actuals of its own documents."""
        return coverage.coverage_of(queries.coverage(self.connection))

    @cached_property
    def branches(self) -> Sequence[str]:
        """The branches with documents, in the catalog's order."""
        return [branch for branch in self.catalog.branches if branch in self.coverage]

    @cached_property
    def years(self) -> Sequence[int]:
        """Every fiscal year a branch has a KPI figure for, latest first."""
        return coverage.years(self.coverage)

    @cached_property
    def held(self) -> Sequence[str]:
        """Measures a branch has a target or an actual of, in the catalog's order."""
        return tuple(measure for measure in self.catalog.measures if measure in self._spans)

    @cached_property
    def measured_years(self) -> Sequence[int]:
        """Every fiscal year between the first and the last figure of a measure held, latest first."""
        years = {year for first, last in self._spans.values() for year in range(first, last + 1)}
        return sorted(years, reverse=True)

    @cached_property
    def series(self) -> Series:
        """By branch and counted measure: the fiscal years with monthly figures, oldest first."""
        return coverage.series_of(queries.series(self.connection))

    @cached_property
    def _spans(self) -> Mapping[str, tuple[int, int]]:
        rows = queries.held(self.connection)
        return {row["measure_id"]: (row["first_year"], row["last_year"]) for row in rows}

    # --- what a page opens with --------------------------------------------------------------------

    @property
    def default_year(self) -> int:
        """The latest year with a final actual of a branch, else with anything. Raises ValueError without `held`."""
        return coverage.default_year(self.coverage) or max(self.measured_years)

    def default_branches(self, fiscal_year: int) -> tuple[str, ...]:
        """The branches with a document for the year, most final actuals first; as many as a screen shows."""
        return coverage.default_branches(self.coverage, fiscal_year)

    @cached_property
    def default_measure(self) -> str:
        """The first KPI behind which people are counted, else the first measure on record."""
        return coverage.default_measure(self.catalog, self.held)

    # --- plans -------------------------------------------------------------------------------------

    def plan_years(self, branch: str) -> list[int]:
        """The years a branch has targets for, latest first."""
        return coverage.plan_years(self.coverage, self.catalog, branch)

    @cached_property
    def planned_branches(self) -> Sequence[str]:
        """The branches with a plan, in the catalog's order."""
        return coverage.planned_branches(self.coverage, self.catalog)

    @cached_property
    def default_planned_branch(self) -> str | None:
        """The branch with most final actuals before its latest plan; None where there is no plan."""
        return coverage.default_planned_branch(self.coverage, self.catalog)

    @cached_property
    def first_plan(self) -> int | None:
        """The earliest of the branches' latest plans: every year after it may be planned; None without any plan."""
        return min((self.plan_years(branch)[0] for branch in self.planned_branches), default=None)

    # --- figures -----------------------------------------------------------------------------------

    def year(self, fiscal_year: int, branches: Sequence[str]) -> Book:
        """Every figure of a fiscal year and the one before, of some branches and the nation."""
        return self._book(queries.year(self.connection, fiscal_year, branches))

    def measures(self, ids: Sequence[str]) -> Book:
        """Every figure of some measures, of all branches and years."""
        return self._book(queries.measure(self.connection, ids))

    def plan(self, branch: str) -> Book:
        """What plans of a branch rest on: its figures and the nation's, and the others' final actuals, all years."""
        return self._book(queries.plan(self.connection, branch))

    def whole(self) -> Book:
        """Every figure there is."""
        return self._book(queries.whole(self.connection))

    def monthly(self, branch: str, measures: Sequence[str]) -> list[Row]:
        """One row a month of a branch: what was counted of a measure since April of the fiscal year."""
        return queries.monthly(self.connection, branch, measures)

    def incentive(self, fiscal_year: int, branches: Sequence[str]) -> list[Row]:
        """One row an indicator of the incentive scheme: the rank a branch printed."""
        return queries.incentive(self.connection, fiscal_year, branches)

    def _book(self, rows: Iterable[Row]) -> Book:
        return Book(observations(rows), self.catalog.documents, self._last_years, self._reach)

    @cached_property
    def _last_years(self) -> Mapping[str, int]:
        return coverage.last_years(self.coverage)

    @cached_property
    def _reach(self) -> Reach:
        return reach_of(queries.reached(self.connection))

    # --- documents and tables ----------------------------------------------------------------------

    def documents(self) -> list[Row]:
        """One row a document: how much of the package comes from it."""
        return queries.documents(self.connection)

    def covered(self, document: str) -> list[Row]:
        """One row a measure and fiscal year a document prints figures of."""
        return queries.covered(self.connection, document)

    def initiatives(self) -> list[Row]:
        """One row a rated initiative."""
        return queries.initiatives(self.connection)

    def budget(self) -> list[Row]:
        """One row a line of a budget, in thousands of yen."""
        return queries.budget(self.connection)

    def marks(self) -> list[Row]:
        """One row a heading and fiscal year a plan calls important or difficult."""
        return queries.marks(self.connection)

    def changes(self) -> list[Row]:
        """One row a change of a plan on the one of the year before."""
        return queries.changes(self.connection)

    def tables(self) -> list[Row]:
        """One row a table of the package with the number of its rows."""
        return queries.tables(self.connection)

    def table(self, name: str) -> list[Row]:
        """Every row of a table, as it is kept."""
        return database.table(self.connection, name)


class UnsoundError(Exception):
    """There is no sound package to show."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def stamp_of(contents: Contents) -> str:
    """One short text for what all files hold."""
    return hashlib.sha256(repr(contents).encode("utf-8")).hexdigest()[:16]


def open_folder(folder: Path, contents: Contents | None = None, opened: datetime | None = None) -> Package:
    """Checks a folder and opens it. Raises UnsoundError with every problem, never anything else.

    Who keeps looking at the folder says what its files hold and when that was; by default both are found out now.
    """
    contents = files.contents(folder) if contents is None else contents
    opened = opened or clock.moment()
    problems = checks.check(folder)
    if problems:
        raise UnsoundError(tuple(problems))
    try:
        connection = database.open_package(folder)
        known = catalog.load(lambda table: database.table(connection, table), folder / checks.TEXTS)
    except files.RefusedError as refused:
        raise UnsoundError((refused.problem,)) from refused
    except Exception as error:
        # The check should have found it. Readers are told that it cannot be loaded, whoever keeps the app why.
        _log.exception("a package that passes the check cannot be opened")
        raise UnsoundError((Problem("not_loaded", files.DESCRIPTOR),)) from error
    return Package(folder, contents, opened, connection, known)
