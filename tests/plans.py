"""Plans of the app's own data, opened once, for tests of the what-if."""

from __future__ import annotations

from functools import cache

from kenpo import catalog, checks, database, queries, what_if
from kenpo.catalog import Catalog, Lang
from kenpo.coverage import Coverage, coverage_of, last_years
from kenpo.judgement import Book, observations, reach_of
from kenpo.text import texts
from kenpo.views import what_if as views
from kenpo.views.words import Voice
from kenpo.what_if import NOTHING, Plan, Scenario
from tests import builders


@cache
def opened() -> tuple[database.Connection, Catalog, Coverage]:
    """Connection, catalog and coverage of data/."""
    connection = database.open_package(builders.DATA)
    held = catalog.load(lambda table: database.table(connection, table), builders.DATA / checks.TEXTS)
    return connection, held, coverage_of(queries.coverage(connection))


@cache
def plan(branch: str = "yamaguchi", fiscal_year: int = 2024, base_year: int | None = None) -> Plan:
    """A plan, by default that of Yamaguchi for FY2024."""
    connection, held, coverage = opened()
    figures, reach = observations(queries.plan(connection, branch)), reach_of(queries.reached(connection))
    book = Book(figures, held.documents, last_years(coverage), reach)
    return what_if.plan_of(book, held, branch, fiscal_year, base_year)


def voice(lang: Lang = "ja") -> Voice:
    """Words and calendar of a language."""
    return Voice(texts(lang), "wareki" if lang == "ja" else "seireki", opened()[1])


def shown(scenario: Scenario = NOTHING, at: Plan | None = None, focus: str | None = None) -> views.Shown:
    """A plan under a scenario."""
    return views.shown(at or plan(), scenario, focus)
