"""What is on record, and which branch, year and plan a page opens with."""

from __future__ import annotations

import pytest

from kenpo import coverage
from kenpo.coverage import Coverage
from tests.shipped import package

# --- years and branches ----------------------------------------------------------------------------


def covered(**by_year: dict[str, int]) -> dict[int, dict[str, int]]:
    usual = {"targets": 0, "finals": 0, "open_actuals": 0, "begun": True}
    return {int(year.removeprefix("y")): usual | held for year, held in by_year.items()}


def test_the_default_year_of_the_documents_is_2024() -> None:
    assert coverage.default_year(package().coverage) == 2024


@pytest.mark.parametrize(
    ("recorded", "year"),
    [
        ({"gunma": covered(y2023={"finals": 1}, y2024={"open_actuals": 9}, y2025={"targets": 9})}, 2023),
        ({"gunma": covered(y2023={"finals": 1}), "saitama": covered(y2024={"finals": 1})}, 2024),
        ({"gunma": covered(y2024={"targets": 1}, y2025={"targets": 1})}, 2025),
        ({}, None),
    ],
    ids=["a final actual", "of any branch", "no final actual at all", "no data"],
)
def test_the_default_year_is_the_latest_with_a_final_actual(recorded: Coverage, year: int | None) -> None:
    assert coverage.default_year(recorded) == year


@pytest.mark.parametrize(
    ("fiscal_year", "branches"),
    [
        (2020, ("okayama",)),
        (2022, ("yamaguchi", "saitama")),
        (2023, ("shizuoka", "saitama", "yamaguchi")),
        (2024, ("shizuoka", "gunma", "yamaguchi")),
        (2025, ("gunma",)),
        (1999, ()),
    ],
)
def test_the_default_branches_have_figures_of_the_year_most_finals_first(
    fiscal_year: int, branches: tuple[str, ...]
) -> None:
    assert coverage.default_branches(package().coverage, fiscal_year) == branches


def test_the_years_are_those_in_which_a_branch_has_a_figure_newest_first() -> None:
    # The premium rates of 47 branches and the nation's long-term targets make no year of their own.
    assert coverage.years(package().coverage) == [2029, 2025, 2024, 2023, 2022, 2021, 2020]
    assert coverage.years({}) == []


def test_the_last_year_of_a_branch_is_that_of_its_plans_and_actuals() -> None:
    assert coverage.last_years(package().coverage) == {
        "gunma": 2025,
        "okayama": 2021,
        "saitama": 2023,
        "shizuoka": 2024,
        # Its goal for 2029 closes nothing.
        "yamaguchi": 2024,
    }


def test_a_branch_with_targets_alone_has_no_last_year() -> None:
    recorded = {"gunma": covered(y2024={"begun": False}, y2025={"begun": False}), "saitama": covered(y2023={})}
    assert coverage.last_years(recorded) == {"saitama": 2023}


def test_no_more_default_branches_than_columns() -> None:
    recorded = {f"b{at}": covered(y2024={"finals": at}) for at in range(9)}
    assert coverage.default_branches(recorded, 2024) == ("b8", "b7", "b6", "b5", "b4", "b3")


def test_the_first_measure_is_the_first_kpi_behind_which_people_are_counted() -> None:
    held = package().catalog
    ids = ["service_standard_rate", "premium_rate", "dependant_checkup_rate", "lifestyle_checkup_rate"]
    assert coverage.default_measure(held, [i for i in held.measures if i in ids]) == "lifestyle_checkup_rate"
    assert coverage.default_measure(held, ["premium_rate", "service_standard_rate"]) == "premium_rate"
    assert coverage.default_measure(held, []) == next(iter(held.measures))


# --- plans -----------------------------------------------------------------------------------------


def test_the_plans_on_record_by_branch() -> None:
    assert {branch: package().plan_years(branch) for branch in package().planned_branches} == {
        "gunma": [2025, 2024],
        "saitama": [2023],
        "shizuoka": [2024],
        "okayama": [2021, 2020],
        # The blood-pressure goal for 2029 makes no plan of 2029.
        "yamaguchi": [2024, 2023, 2022, 2021],
    }
    assert package().default_planned_branch == "yamaguchi"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param(2023, (2023, 2023), id="an earlier plan"),
        pytest.param(2024, (2024, 2024), id="the latest plan"),
        pytest.param(2025, (2025, 2024), id="the year after it"),
        pytest.param(2027, (2027, 2024), id="the year after today's"),
        pytest.param(None, (2027, 2024), id="none: the last that can be planned"),
        pytest.param(2028, (2024, 2024), id="too far ahead"),
        pytest.param(2019, (2024, 2024), id="no plan so early"),
    ],
)
def test_a_year_is_planned_or_starts_from_the_latest_plan(asked: int | None, found: tuple[int, int]) -> None:
    assert coverage.base_year([2024, 2023], 2027, asked) == found
    assert coverage.base_year([], 2027, asked) is None


def test_every_year_after_the_latest_plan_can_be_planned_up_to_the_year_after_todays() -> None:
    assert coverage.years_ahead([2024, 2023], 2027) == [2027, 2026, 2025]
    assert coverage.years_ahead([], 2027) == []
    # A plan of next year is on record already: nothing is left to be drafted, and the page opens with it.
    assert coverage.years_ahead([2027, 2026], 2027) == []
    assert coverage.base_year([2027, 2026], 2027, None) == (2027, 2027)
    assert coverage.base_year([2027], 2026, None) == (2027, 2027)
