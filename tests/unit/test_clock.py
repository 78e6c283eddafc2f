"""Today in Japan, the fiscal year it lies in, and a setting that is no date."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenpo import clock
from kenpo.clock import Clock


@pytest.mark.parametrize(
    ("day", "fiscal_year", "last_plan_year"),
    [
        ("2026-11-25", 2026, 2027),
        ("2026-04-01", 2026, 2027),
        ("2026-03-31", 2025, 2026),
        ("2027-01-01", 2026, 2027),
        ("2024-02-29", 2023, 2024),
    ],
)
def test_a_fiscal_year_begins_in_april(day: str, fiscal_year: int, last_plan_year: int) -> None:
    found = clock.read({"KENPO_TODAY": day})
    assert (found.today.isoformat(), found.fiscal_year, found.last_plan_year, found.ignored) == (
        day,
        fiscal_year,
        last_plan_year,
        "",
    )


def test_a_year_has_ended_from_the_first_of_april_on() -> None:
    assert not Clock(date(2026, 3, 31)).ended(2025)
    assert Clock(date(2026, 4, 1)).ended(2025)
    assert not Clock(date(2026, 4, 1)).ended(2026)


@pytest.mark.parametrize(
    ("utc", "in_japan"),
    [
        # 15:00 in Greenwich is midnight in Japan; no summer time.
        (datetime(2026, 3, 31, 14, 59, tzinfo=UTC), date(2026, 3, 31)),
        (datetime(2026, 3, 31, 15, 0, tzinfo=UTC), date(2026, 4, 1)),
        (datetime(2026, 7, 31, 15, 0, tzinfo=UTC), date(2026, 8, 1)),
    ],
)
def test_the_day_is_the_one_in_japan(utc: datetime, in_japan: date) -> None:
    assert clock.read({}, utc) == Clock(in_japan)


def test_without_a_setting_it_is_today() -> None:
    assert abs(clock.read({}).today - datetime.now(UTC).date()) <= timedelta(days=1)


@pytest.mark.parametrize(
    "said",
    [
        "tomorrow",
        "2026-02-30",
        "2026-13-01",
        "20261125",
        "2026-W48-3",
        "26-11-25",
        "２０２６-11-25",
        "9999-01-01",
        "1999-12-31",
    ],
)
def test_what_is_no_date_is_ignored_and_named(said: str) -> None:
    now = datetime(2026, 5, 1, tzinfo=UTC)
    assert clock.read({"KENPO_TODAY": said}, now) == Clock(date(2026, 5, 1), said)


@pytest.mark.parametrize("said", ["", " "])
def test_an_empty_setting_is_none(said: str) -> None:
    now = datetime(2026, 5, 1, tzinfo=UTC)
    assert clock.read({"KENPO_TODAY": said}, now) == Clock(date(2026, 5, 1))


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_every_day_lies_in_its_fiscal_year(day: date) -> None:
    found = clock.read({"KENPO_TODAY": day.isoformat()})
    assert date(found.fiscal_year, 4, 1) <= day < date(found.fiscal_year + 1, 4, 1)
    assert found.ended(found.fiscal_year - 1)
    assert not found.ended(found.fiscal_year)


@given(st.text())
def test_any_setting_at_all_gives_a_day(said: str) -> None:
    now = datetime(2026, 5, 1, tzinfo=UTC)
    found = clock.read({"KENPO_TODAY": said}, now)
    assert found.ignored == "" or found.today == date(2026, 5, 1)
