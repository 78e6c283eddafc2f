"""Given figures, the rows of coverage.sql: how full each year of a branch is."""

from __future__ import annotations

from pathlib import Path

import pytest

from kenpo import database, queries
from kenpo.database import Row
from tests import builders


def covered(folder: Path, *figures: dict[str, object]) -> list[Row]:
    return queries.coverage(database.open_package(builders.package(folder, figures)))


def row(branch: str, year: int, targets: int, finals: int, open_actuals: int, *, begun: bool) -> Row:
    return {
        "branch_id": branch,
        "fiscal_year": year,
        "targets": targets,
        "finals": finals,
        "open_actuals": open_actuals,
        "begun": begun,
    }


def actual(measure: str, value: str = "50.0", **said: object) -> dict[str, object]:
    return builders.observation(value, measure_id=measure, **said)


def target(measure: str, value: str = "60.0", **said: object) -> dict[str, object]:
    return builders.observation(value, measure_id=measure, kind="target", target_rule="at_least", **said)


def test_targets_finals_and_open_actuals_are_counted_apart(tmp_path: Path) -> None:
    rows = covered(
        tmp_path,
        target("lifestyle_checkup_rate"),
        target("dependant_checkup_rate"),
        target("single_bid_rate"),
        actual("lifestyle_checkup_rate"),
        actual("dependant_checkup_rate"),
        actual("single_bid_rate", as_of="2024-09"),
    )
    assert rows == [row("yamaguchi", 2024, targets=3, finals=2, open_actuals=1, begun=True)]


def test_undated_and_draft_actuals_are_open(tmp_path: Path) -> None:
    rows = covered(
        tmp_path,
        actual("lifestyle_checkup_rate", status="undated"),
        actual("dependant_checkup_rate", status="draft"),
    )
    assert rows == [row("yamaguchi", 2024, targets=0, finals=0, open_actuals=2, begun=True)]


def test_a_draft_target_is_a_target(tmp_path: Path) -> None:
    assert covered(tmp_path, target("single_bid_rate", status="draft")) == [
        row("yamaguchi", 2024, targets=1, finals=0, open_actuals=0, begun=False)
    ]


def test_a_target_without_a_number_is_a_target(tmp_path: Path) -> None:
    relative = target("generic_use_rate", "") | {"target_rule": "at_least_previous_year"}
    assert covered(tmp_path, relative) == [row("yamaguchi", 2024, targets=1, finals=0, open_actuals=0, begun=False)]


def test_a_measure_with_two_figures_counts_once(tmp_path: Path) -> None:
    rows = covered(
        tmp_path,
        target("lifestyle_checkup_rate", "60.0"),
        target("lifestyle_checkup_rate", "61.0"),
        actual("lifestyle_checkup_rate", "51.68"),
        actual("lifestyle_checkup_rate", "51.7"),
        actual("lifestyle_checkup_rate", "30.0", as_of="2024-09"),
        actual("lifestyle_checkup_rate", "33.0", as_of="2024-10"),
    )
    assert rows == [row("yamaguchi", 2024, targets=1, finals=1, open_actuals=1, begun=True)]


def test_plans_counts_and_rates_behind_a_kpi_are_left_out(tmp_path: Path) -> None:
    rows = covered(
        tmp_path,
        actual("lifestyle_checkup_rate", kind="plan"),
        actual("checkup_eligible_insured", "174266"),
        actual("checkup_total_rate"),
        actual("lifestyle_checkup_count", "101074"),
    )
    assert rows == []


def test_a_reference_series_is_left_out(tmp_path: Path) -> None:
    assert covered(tmp_path, actual("premium_rate", "9.85")) == []


def test_what_a_reference_document_prints_of_a_branch_is_left_out(tmp_path: Path) -> None:
    # The annual report names the highest branch of 47: that is no document of the branch.
    highest = actual("lifestyle_checkup_rate", "80.5", branch_id="yamagata", document_id="annual-report-2024-p120")
    assert covered(tmp_path, highest) == []


def test_a_reference_document_adds_nothing_to_what_a_branch_has(tmp_path: Path) -> None:
    rows = covered(
        tmp_path,
        target("single_bid_rate"),
        target("guidance_rate_insured", document_id="annual-report-2024-p129"),
        actual("guidance_rate_insured", "9.8", document_id="annual-report-2024-p129"),
    )
    assert [(r["targets"], r["finals"], r["open_actuals"]) for r in rows] == [(1, 0, 0)]


# --- has the year begun ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("beside", "begun"),
    [
        pytest.param([], False, id="nothing but a target"),
        pytest.param([("checkup_eligible_insured", {"kind": "plan"})], True, id="planned people"),
        pytest.param([("checkup_eligible_insured", {})], True, id="counted people"),
        pytest.param([("checkup_total_rate", {"as_of": "2024-04"})], True, id="a rate of the first month"),
        pytest.param([("checkup_eligible_insured", {"fiscal_year": 2023})], False, id="the year before"),
        pytest.param([("checkup_eligible_insured", {"branch_id": "gunma"})], False, id="another branch"),
    ],
)
def test_a_year_has_begun_with_any_plan_or_actual_of_the_branch(
    beside: list[tuple[str, dict[str, object]]], begun: bool, tmp_path: Path
) -> None:
    # A goal six years ahead does not close the years before it.
    (found,) = covered(tmp_path, target("single_bid_rate"), *(actual(m, "50.0", **said) for m, said in beside))
    assert found == row("yamaguchi", 2024, targets=1, finals=0, open_actuals=0, begun=begun)


def test_plans_beside_do_not_change_the_counts(tmp_path: Path) -> None:
    plans = [actual(m, kind="plan") for m in ("checkup_eligible_insured", "lifestyle_checkup_count")]
    rows = covered(tmp_path, target("single_bid_rate"), actual("single_bid_rate"), *plans)
    assert rows == [row("yamaguchi", 2024, targets=1, finals=1, open_actuals=0, begun=True)]


# --- which rows ------------------------------------------------------------------------------------


def test_a_goal_of_the_branch_counts(tmp_path: Path) -> None:
    rows = covered(tmp_path, actual("line_subscribers", "6817"), target("line_subscribers", "7000"))
    assert rows == [row("yamaguchi", 2024, targets=1, finals=1, open_actuals=0, begun=True)]


def test_the_nation_is_left_out(tmp_path: Path) -> None:
    national = (target("single_bid_rate", branch_id="national"), actual("single_bid_rate", branch_id="national"))
    assert covered(tmp_path, *national, actual("single_bid_rate", branch_id="gunma")) == [
        row("gunma", 2024, targets=0, finals=1, open_actuals=0, begun=True)
    ]


def test_one_row_a_branch_and_year_in_their_order(tmp_path: Path) -> None:
    places = [("yamaguchi", 2024), ("gunma", 2025), ("yamaguchi", 2023), ("gunma", 2024)]
    rows = covered(tmp_path, *(actual("single_bid_rate", branch_id=b, fiscal_year=y) for b, y in places))
    assert [(r["branch_id"], r["fiscal_year"]) for r in rows] == [
        ("gunma", 2024),
        ("gunma", 2025),
        ("yamaguchi", 2023),
        ("yamaguchi", 2024),
    ]


def test_no_figures_cover_nothing(tmp_path: Path) -> None:
    assert covered(tmp_path) == []
