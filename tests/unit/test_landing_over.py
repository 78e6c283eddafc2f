"""A landing of a year that is over by the clock says that its results are not held; a sentence, never a figure."""

from __future__ import annotations

from datetime import date

import pytest

from kenpo.catalog import Lang
from kenpo.clock import Clock
from kenpo.views import landing, landing_over
from kenpo.views.landing import Sheet
from tests.shipped import package
from tests.unit.test_landing_view import INSURED, alone, book, seen, voice

NOW = Clock(date(2026, 11, 25))


def told(clock: Clock = NOW, *, month: str = "2023-10", fiscal_year: int = 2023, lang: Lang = "ja") -> Sheet:
    """The sheet of insured guidance of Yamaguchi, as seen from a month."""
    views = seen(month, fiscal_year=fiscal_year)
    place = (book(INSURED), package().catalog.measures[INSURED], "yamaguchi", fiscal_year)
    return landing_over.told(landing.sheet(views, voice(lang)), place, views, clock, voice(lang))


def told_alone(measure: str, branch: str, fiscal_year: int) -> str:
    """The context of a year without monthly figures."""
    held = package().catalog.measures[measure]
    sheet = landing.sheet_single(alone(measure, branch, fiscal_year), voice())
    return landing_over.told(sheet, (book(measure), held, branch, fiscal_year), [], NOW, voice()).table.context


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("ja", "令和5年度は終了・実績の資料は未収録（R5.10時点での見込み）。"),
        ("en", "FY2023 is over; no document with its results is held (seen from Oct 2023). "),
    ],
)
def test_a_year_that_is_over_says_that_its_results_are_not_held(lang: Lang, said: str) -> None:
    plain = landing.sheet(seen(), voice(lang))
    found = told(lang=lang)
    assert found.table.context == said + plain.table.context
    # Nothing else follows the clock.
    assert (found.table.title, found.table.rows, found.figures) == (plain.table.title, plain.table.rows, plain.figures)


@pytest.mark.parametrize(("today", "over"), [(date(2024, 3, 31), False), (date(2024, 4, 1), True)])
def test_a_year_is_over_from_april_on(today: date, over: bool) -> None:
    assert told(Clock(today)).table.context.startswith("令和5年度は終了") is over


def test_a_year_whose_total_is_held_needs_no_remark() -> None:
    assert "終了・" not in told(fiscal_year=2022, month="2022-10").table.context


def test_a_year_without_monthly_figures_says_it_too() -> None:
    assert told_alone("generic_use_rate", "saitama", 2023).startswith("令和5年度は終了・実績の資料は未収録。")
    # Final in the results of FY2024.
    assert "未収録。" not in told_alone("lifestyle_checkup_rate", "shizuoka", 2024)
