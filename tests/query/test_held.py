"""Given figures, the rows of held.sql: which measures a page may offer, and the span of their years."""

from __future__ import annotations

from pathlib import Path

import pytest

from kenpo import database, queries
from kenpo.database import Row
from tests import builders


def held(folder: Path, *figures: dict[str, object]) -> list[Row]:
    return queries.held(database.open_package(builders.package(folder, figures)))


def actual(measure: str, **said: object) -> dict[str, object]:
    return builders.observation("50.0", measure_id=measure, **said)


def row(measure: str, first: int, last: int) -> Row:
    return {"measure_id": measure, "first_year": first, "last_year": last}


def test_a_measure_spans_the_years_of_its_targets_and_actuals(tmp_path: Path) -> None:
    rows = held(
        tmp_path,
        actual("single_bid_rate", fiscal_year=2022, as_of="2022-09"),
        actual("single_bid_rate", fiscal_year=2021, branch_id="gunma"),
        actual("single_bid_rate", fiscal_year=2025, kind="target", target_rule="at_most", status="draft"),
    )
    assert rows == [row("single_bid_rate", 2021, 2025)]


@pytest.mark.parametrize(
    ("measure", "offered"),
    [
        pytest.param("single_bid_rate", True, id="KPI"),
        pytest.param("line_subscribers", True, id="goal"),
        pytest.param("premium_rate", True, id="reference series"),
        pytest.param("checkup_total_rate", False, id="rate"),
        pytest.param("lifestyle_checkup_count", False, id="count"),
    ],
)
def test_parts_of_a_kpi_are_not_offered_by_themselves(measure: str, offered: bool, tmp_path: Path) -> None:
    assert held(tmp_path, actual(measure)) == ([row(measure, 2024, 2024)] if offered else [])


def test_a_measure_of_the_nation_alone_is_not_offered(tmp_path: Path) -> None:
    assert held(tmp_path, actual("my_number_card_usage_rate", branch_id="national")) == []


def test_years_of_the_nation_do_not_stretch_the_span(tmp_path: Path) -> None:
    figures = [actual("single_bid_rate", branch_id=b, fiscal_year=y) for b, y in (("national", 2017), ("gunma", 2024))]
    assert held(tmp_path, *figures) == [row("single_bid_rate", 2024, 2024)]


def test_a_plan_alone_is_not_offered_and_does_not_stretch_the_span(tmp_path: Path) -> None:
    rows = held(
        tmp_path,
        actual("lifestyle_checkup_rate", kind="plan"),
        actual("dependant_checkup_rate", kind="plan", fiscal_year=2020),
        actual("dependant_checkup_rate"),
    )
    assert rows == [row("dependant_checkup_rate", 2024, 2024)]


def test_a_target_without_a_number_is_on_record(tmp_path: Path) -> None:
    relative = builders.observation("", kind="target", target_rule="at_least_previous_year")
    assert held(tmp_path, relative) == [row("lifestyle_checkup_rate", 2024, 2024)]


def test_one_row_a_measure_by_its_id(tmp_path: Path) -> None:
    measures = ("visit_rate_3m", "card_recovery_rate", "premium_rate", "card_recovery_rate")
    rows = held(tmp_path, *(actual(m, fiscal_year=2021 + at) for at, m in enumerate(measures)))
    assert rows == [
        row("card_recovery_rate", 2022, 2024),
        row("premium_rate", 2023, 2023),
        row("visit_rate_3m", 2021, 2021),
    ]


def test_no_figures_offer_nothing(tmp_path: Path) -> None:
    assert held(tmp_path) == []
