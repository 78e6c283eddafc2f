"""Given figures, exclusions and ranges, the rows of measure.sql."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from kenpo import database, queries
from kenpo.database import Connection
from tests import builders

Rows = list[dict[str, object]]

RATE = "guidance_rate_insured"


def opened(folder: Path, figures: Rows, exclusions: Rows | None = None, ranges: Rows | None = None) -> Connection:
    builders.package(folder, figures)
    builders.write(folder / "exclusions.csv", builders.EXCLUSION_COLUMNS, exclusions or [])
    builders.write(folder / "ranges.csv", builders.RANGE_COLUMNS, ranges or [])
    return database.open_package(folder)


def figure(measure: str, value: str = "50.0", **said: object) -> dict[str, object]:
    return builders.observation(value, measure_id=measure, **said)


def test_a_row_carries_everything_printed(tmp_path: Path) -> None:
    given = figure(
        RATE,
        "9.80",
        branch_id="saitama",
        as_of="2024-09",
        stated="△",
        document_id="saitama-2023-result",
        line="114;128",
        note="seen",
    )
    exclusion = {"branch_id": "saitama", "fiscal_year": 2024, "measure_id": RATE, "as_of": "2024-09"}
    bound = {"branch_id": "saitama", "fiscal_year": 2024, "measure_id": RATE, "document_id": "saitama-2023-result"}
    connection = opened(tmp_path, [given], [exclusion | {"reason": "other_denominator"}], [bound | {"bound": "lowest"}])
    assert queries.measure(connection, [RATE]) == [
        {
            "branch_id": "saitama",
            "fiscal_year": 2024,
            "measure_id": RATE,
            "kind": "actual",
            "value": Decimal("9.80"),
            "value_decimals": 2,
            "target_rule": None,
            "as_of": "2024-09",
            "status": "provisional",
            "stated": "△",
            "document_id": "saitama-2023-result",
            "line": "114;128",
            "printed": "9.80%",
            "note": "seen",
            "exclusion": "other_denominator",
            "bound": "lowest",
        }
    ]


def test_a_row_has_the_columns_of_a_year(tmp_path: Path) -> None:
    # Both are read as figures by the same hand.
    connection = opened(tmp_path, [figure(RATE)])
    (of_measure,), (of_year,) = queries.measure(connection, [RATE]), queries.year(connection, 2024, ["yamaguchi"])
    assert of_measure == of_year


def test_every_branch_the_nation_and_every_year_come_along(tmp_path: Path) -> None:
    places = [(2017, "okinawa"), (2023, "national"), (2024, "gunma"), (2024, "yamaguchi"), (2029, "yamaguchi")]
    connection = opened(tmp_path, [figure(RATE, branch_id=b, fiscal_year=y) for y, b in reversed(places)])
    assert [(row["fiscal_year"], row["branch_id"]) for row in queries.measure(connection, [RATE])] == places


MEASURES = ["guidance_eligible_insured", "guidance_insured_count", RATE, "single_bid_rate"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ([RATE], [RATE]),
        ([RATE, "guidance_eligible_insured"], ["guidance_eligible_insured", RATE]),
        ([RATE, RATE], [RATE]),
        (["premium_rate"], []),
        ([], []),
        (["x' or '1'='1"], []),
    ],
    ids=["one", "with its denominator", "named twice", "without figures", "none", "hostile"],
)
def test_only_the_measures_asked_for(asked: list[str], found: list[str], tmp_path: Path) -> None:
    rows = queries.measure(opened(tmp_path, [figure(m) for m in MEASURES]), asked)
    assert [row["measure_id"] for row in rows] == found


def test_targets_plans_and_targets_without_a_number_come_along(tmp_path: Path) -> None:
    connection = opened(
        tmp_path,
        [
            figure(RATE),
            figure(RATE, kind="plan"),
            figure(RATE, "", kind="target", target_rule="at_least_previous_year"),
        ],
    )
    rows = queries.measure(connection, [RATE])
    assert [(row["kind"], row["value"], row["target_rule"]) for row in rows] == [
        ("actual", Decimal(50), None),
        ("plan", Decimal(50), None),
        ("target", None, "at_least_previous_year"),
    ]


# --- exclusions and ranges -------------------------------------------------------------------------


def excluded(as_of: str, **said: object) -> dict[str, object]:
    usual: dict[str, object] = {"branch_id": "national", "fiscal_year": 2023, "measure_id": RATE, "as_of": as_of}
    return usual | {"reason": "other_denominator"} | said


def national(value: str, as_of: str = "", **said: object) -> dict[str, object]:
    return figure(RATE, value, branch_id="national", fiscal_year=2023, as_of=as_of, **said)


def test_an_exclusion_takes_its_own_month_alone(tmp_path: Path) -> None:
    figures = [national("24.9", "2023-09"), national("25.0", "2023-10"), national("19.0")]
    rows = queries.measure(opened(tmp_path, figures, [excluded("2023-09")]), [RATE])
    assert {str(row["value"].normalize()): row["exclusion"] for row in rows} == {
        "24.9": "other_denominator",
        "25": None,
        "19": None,
    }


def test_an_exclusion_without_a_month_takes_the_actual_of_the_whole_year_alone(tmp_path: Path) -> None:
    figures = [national("24.9", "2023-09"), national("19.0"), national("36.4", kind="target", target_rule="at_least")]
    rows = queries.measure(opened(tmp_path, figures, [excluded("")]), [RATE])
    assert {str(row["value"].normalize()): row["exclusion"] for row in rows} == {
        "24.9": None,
        "19": "other_denominator",
        "36.4": None,
    }


def bound(**said: object) -> dict[str, object]:
    usual: dict[str, object] = {"branch_id": "saitama", "fiscal_year": 2024, "measure_id": RATE, "bound": "lowest"}
    return usual | {"document_id": "annual-report-2024-p129"} | said


LOWEST = figure(RATE, "9.8", branch_id="saitama", document_id="annual-report-2024-p129")


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ({}, "lowest"),
        ({"branch_id": "gunma"}, None),
        ({"fiscal_year": 2023}, None),
        ({"measure_id": "single_bid_rate"}, None),
        ({"document_id": "saitama-2023-result"}, None),
    ],
    ids=["its own", "another branch", "another year", "another measure", "another document"],
)
def test_a_range_marks_its_own_figure_alone(other: dict[str, object], found: str | None, tmp_path: Path) -> None:
    rows = queries.measure(opened(tmp_path, [LOWEST], [], [bound(**other)]), [RATE])
    assert [row["bound"] for row in rows] == [found]


def test_a_target_of_the_same_document_is_no_mark_on_the_range(tmp_path: Path) -> None:
    target = LOWEST | {"kind": "target", "target_rule": "at_least", "value": "30.0", "printed": "30.0%"}
    rows = queries.measure(opened(tmp_path, [LOWEST, target], [], [bound()]), [RATE])
    assert {row["kind"]: row["bound"] for row in rows} == {"actual": "lowest", "target": None}


def test_exclusions_and_ranges_neither_add_nor_drop_rows(tmp_path: Path) -> None:
    figures = [national("24.9", "2023-09"), national("24.91", "2023-09"), LOWEST]
    exclusions = [excluded("2023-09"), excluded("2023-10"), excluded("")]
    ranges = [bound(), bound(branch_id="kumamoto", bound="highest")]
    assert len(queries.measure(opened(tmp_path, figures, exclusions, ranges), [RATE])) == 3


# --- order -----------------------------------------------------------------------------------------


def test_rows_stand_by_measure_year_branch_kind_document_and_line(tmp_path: Path) -> None:
    ordered = [
        ("card_recovery_rate", 2024, "yamaguchi", "actual", "yamaguchi-2024-plan", "1"),
        (RATE, 2023, "yamaguchi", "target", "yamaguchi-2024-plan", "1"),
        (RATE, 2024, "gunma", "actual", "yamaguchi-2024-plan", "1"),
        (RATE, 2024, "yamaguchi", "actual", "shizuoka-2024-result", "9"),
        (RATE, 2024, "yamaguchi", "actual", "yamaguchi-2024-plan", "3"),
        (RATE, 2024, "yamaguchi", "actual", "yamaguchi-2024-plan", "4"),
        (RATE, 2024, "yamaguchi", "plan", "yamaguchi-2024-plan", "1"),
        (RATE, 2024, "yamaguchi", "target", "yamaguchi-2024-plan", "1"),
    ]
    columns = ("measure_id", "fiscal_year", "branch_id", "kind", "document_id", "line")
    figures = [
        builders.observation(f"{at}.0", **dict(zip(columns, place, strict=True)))
        | {"target_rule": "at_least" if place[3] == "target" else ""}
        for at, place in enumerate(ordered, 1)
    ]
    rows = queries.measure(opened(tmp_path, figures[::-1]), [RATE, "card_recovery_rate"])
    assert [tuple(row[column] for column in columns) for row in rows] == ordered
