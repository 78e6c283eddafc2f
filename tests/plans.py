"""Plans of the app's own data, opened once, for tests of the what-if."""

from __future__ import annotations

from functools import cache

from kenpo import what_if
from kenpo.catalog import Lang
from kenpo.text import texts
from kenpo.views import what_if as views
from kenpo.views.words import Voice
from kenpo.what_if import NOTHING, Plan, Scenario
from tests.shipped import package


@cache
def plan(branch: str = "yamaguchi", fiscal_year: int = 2024, base_year: int | None = None) -> Plan:
    """A plan, by default that of Yamaguchi for FY2024."""
    return what_if.plan_of(package().plan(branch), package().catalog, branch, fiscal_year, base_year)


def voice(lang: Lang = "ja") -> Voice:
    """Words and calendar of a language."""
    return Voice(texts(lang), "wareki" if lang == "ja" else "seireki", package().catalog)


def shown(scenario: Scenario = NOTHING, at: Plan | None = None, focus: str | None = None) -> views.Shown:
    """A plan under a scenario."""
    return views.shown(at or plan(), scenario, focus)
