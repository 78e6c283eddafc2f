"""What the pages ask of the data package: one function a .sql file, same name.

Every function takes a connection of `database.open_package` and returns plain rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources

from kenpo.database import Connection, Row, query


@cache
def statement(name: str) -> str:
    """The text of kenpo/sql/<name>.sql."""
    return resources.files("kenpo").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def year(connection: Connection, fiscal_year: int, branches: Sequence[str]) -> list[Row]:
    """One row a printed figure of the year or the year before, of the branches or the nation."""
    parameters = {"fiscal_year": fiscal_year, "branches": list(branches)}
    return query(connection, statement("year"), parameters)


def measure(connection: Connection, measures: Sequence[str]) -> list[Row]:
    """One row a printed figure of the measures, of every branch and the nation, all years."""
    return query(connection, statement("measure"), {"measures": list(measures)})


def plan(connection: Connection, branch: str) -> list[Row]:
    """One row a printed figure of a KPI, a goal, or a rate or count behind them, all years.

    Every figure of the branch and the nation; of the other branches the final actuals.
    """
    return query(connection, statement("plan"), {"branch": branch})


def whole(connection: Connection) -> list[Row]:
    """One row a printed figure of the whole package."""
    return query(connection, statement("whole"))


def held(connection: Connection) -> list[Row]:
    """One row a measure a branch has a target or an actual of: the years on record."""
    return query(connection, statement("held"))


def incentive(connection: Connection, fiscal_year: int, branches: Sequence[str]) -> list[Row]:
    """One row an indicator of the incentive scheme: the rank a branch printed."""
    parameters = {"fiscal_year": fiscal_year, "branches": list(branches)}
    return query(connection, statement("incentive"), parameters)


def coverage(connection: Connection) -> list[Row]:
    """One row a branch and fiscal year: how many KPI targets and actuals are on record."""
    return query(connection, statement("coverage"))


def reached(connection: Connection) -> list[Row]:
    """One row a branch, fiscal year and document that prints actuals of that year: its latest month, whether finals."""
    return query(connection, statement("reached"))


def monthly(connection: Connection, branch: str, measures: Sequence[str]) -> list[Row]:
    """One row a month of a branch: what was counted of a measure since April of the fiscal year."""
    return query(connection, statement("monthly"), {"branch": branch, "measures": list(measures)})


def series(connection: Connection) -> list[Row]:
    """One row a branch, measure and fiscal year with monthly figures: the first and the last month."""
    return query(connection, statement("series"))


def documents(connection: Connection) -> list[Row]:
    """One row a document: how much of the package comes from it."""
    return query(connection, statement("documents"))


def covered(connection: Connection, document: str) -> list[Row]:
    """One row a measure and fiscal year a document prints figures of."""
    return query(connection, statement("covered"), {"document": document})


def initiatives(connection: Connection) -> list[Row]:
    """One row a rated initiative."""
    return query(connection, statement("initiatives"))


def budget(connection: Connection) -> list[Row]:
    """One row a line of a budget, in thousands of yen."""
    return query(connection, statement("budget"))


def marks(connection: Connection) -> list[Row]:
    """One row a heading and fiscal year a plan calls important or difficult."""
    return query(connection, statement("marks"))


def changes(connection: Connection) -> list[Row]:
    """One row a change of a plan on the one of the year before."""
    return query(connection, statement("changes"))


def tables(connection: Connection) -> list[Row]:
    """One row a table of the package with the number of its rows."""
    return query(connection, statement("tables"))
