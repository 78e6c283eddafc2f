"""Given figures, exclusions and ranges, the rows of year.sql."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from kenpo import database, queries
from kenpo.database import Connection, Row
from tests import builders

Rows = list[dict[str, object]]


def opened(folder: Path, figures: Rows, exclusions: Rows, ranges: Rows | None = None) -> Connection:
    builders.package(folder, figures)
    builders.write(folder / "exclusions.csv", builders.EXCLUSION_COLUMNS, exclusions)
    builders.write(folder / "ranges.csv", builders.RANGE_COLUMNS, ranges or [])
    return database.open_package(folder)


def figure(branch: str, year: int, value: str = "50.0", **said: object) -> dict[str, object]:
    return builders.observation(value, branch_id=branch, fiscal_year=year, **said)


def places(rows: list[Row]) -> list[tuple[str, int]]:
    return [(row["branch_id"], row["fiscal_year"]) for row in rows]


def test_a_row_carries_everything_printed(tmp_path: Path) -> None:
    given = figure(
        "shizuoka",
        2024,
        "82.38",
        measure_id="card_recovery_rate",
        as_of="2024-11",
        stated="未達成",
        document_id="shizuoka-2024-result",
        line="154;526",
        note="up to November",
    )
    target = figure("shizuoka", 2024, "", kind="target", target_rule="at_least_previous_year", line="7")
    rows = queries.year(opened(tmp_path, [given, target], []), 2024, ["shizuoka"])
    assert rows == [
        {
            "branch_id": "shizuoka",
            "fiscal_year": 2024,
            "measure_id": "card_recovery_rate",
            "kind": "actual",
            "value": Decimal("82.38"),
            "value_decimals": 2,
            "target_rule": None,
            "as_of": "2024-11",
            "status": "provisional",
            "stated": "未達成",
            "document_id": "shizuoka-2024-result",
            "line": "154;526",
            "printed": "82.38%",
            "note": "up to November",
            "exclusion": None,
            "bound": None,
        },
        {
            "branch_id": "shizuoka",
            "fiscal_year": 2024,
            "measure_id": "lifestyle_checkup_rate",
            "kind": "target",
            "value": None,
            "value_decimals": 0,
            "target_rule": "at_least_previous_year",
            "as_of": None,
            "status": "final",
            "stated": None,
            "document_id": "yamaguchi-2024-plan",
            "line": "7",
            "printed": "前年度以上",
            "note": None,
            "exclusion": None,
            "bound": None,
        },
    ]


BRANCHES = [figure(branch, 2024) for branch in ("gunma", "national", "saitama", "yamaguchi")]


@pytest.mark.parametrize(
    ("branches", "found"),
    [
        (["gunma", "yamaguchi"], ["gunma", "national", "yamaguchi"]),
        (["yamaguchi", "gunma", "yamaguchi"], ["gunma", "national", "yamaguchi"]),
        (["saitama"], ["national", "saitama"]),
        (["national"], ["national"]),
        (["okinawa"], ["national"]),
        ([], ["national"]),
        (["gunma' or '1'='1"], ["national"]),
    ],
    ids=["two", "named twice", "one", "the nation", "without figures", "none", "hostile"],
)
def test_the_chosen_branches_and_always_the_nation(branches: list[str], found: list[str], tmp_path: Path) -> None:
    rows = queries.year(opened(tmp_path, BRANCHES, []), 2024, branches)
    assert [row["branch_id"] for row in rows] == found


def test_only_the_year_and_the_year_before(tmp_path: Path) -> None:
    figures = [figure(branch, year) for branch in ("national", "yamaguchi") for year in range(2021, 2027)]
    rows = queries.year(opened(tmp_path, figures, []), 2024, ["yamaguchi"])
    assert places(rows) == [("national", 2023), ("national", 2024), ("yamaguchi", 2023), ("yamaguchi", 2024)]


def test_a_year_without_figures_is_empty(tmp_path: Path) -> None:
    assert queries.year(opened(tmp_path, BRANCHES, []), 2026, ["gunma"]) == []


def test_plans_and_counts_come_along(tmp_path: Path) -> None:
    # The counts behind a rate and the planned counts are part of what is judged.
    figures = [
        figure("yamaguchi", 2024, "174266", kind="plan", measure_id="checkup_eligible_insured"),
        figure("yamaguchi", 2024, "54529", measure_id="lifestyle_checkup_count", as_of="2024-09"),
    ]
    rows = queries.year(opened(tmp_path, figures, []), 2024, ["yamaguchi"])
    assert [(row["measure_id"], row["kind"]) for row in rows] == [
        ("checkup_eligible_insured", "plan"),
        ("lifestyle_checkup_count", "actual"),
    ]


# --- exclusions ------------------------------------------------------------------------------------


def excluded(as_of: str, **said: object) -> dict[str, object]:
    usual: dict[str, object] = {
        "branch_id": "national",
        "fiscal_year": 2023,
        "measure_id": "guidance_rate_insured",
        "as_of": as_of,
        "reason": "other_denominator",
    }
    return usual | said


def guidance(**said: object) -> dict[str, object]:
    return builders.observation(branch_id="national", fiscal_year=2023, measure_id="guidance_rate_insured") | said


SEPTEMBER = guidance(as_of="2023-09", status="provisional", value="24.9", printed="24.9%")
OCTOBER = guidance(as_of="2023-10", status="provisional", value="25.0", printed="25.0%")
WHOLE_YEAR = guidance(value="19.0", printed="19.0%")


def reasons(connection: Connection) -> dict[str, str | None]:
    rows = queries.year(connection, 2023, [])
    return {str(row["value"].normalize()): row["exclusion"] for row in rows}


def test_an_exclusion_of_a_month_takes_that_month_alone(tmp_path: Path) -> None:
    connection = opened(tmp_path, [SEPTEMBER, OCTOBER, WHOLE_YEAR], [excluded("2023-09")])
    assert reasons(connection) == {"24.9": "other_denominator", "25": None, "19": None}


def test_an_exclusion_without_a_month_takes_the_whole_year_alone(tmp_path: Path) -> None:
    # An empty as-of equals an empty as-of.
    connection = opened(tmp_path, [SEPTEMBER, OCTOBER, WHOLE_YEAR], [excluded("")])
    assert reasons(connection) == {"24.9": None, "25": None, "19": "other_denominator"}


@pytest.mark.parametrize(
    "other",
    [{"branch_id": "yamaguchi"}, {"fiscal_year": 2022}, {"measure_id": "guidance_rate_dependant"}],
    ids=["branch", "year", "measure"],
)
def test_an_exclusion_of_something_else_takes_nothing(other: dict[str, object], tmp_path: Path) -> None:
    connection = opened(tmp_path, [SEPTEMBER], [excluded("2023-09", **other)])
    assert reasons(connection) == {"24.9": None}


def test_exclusions_neither_add_nor_drop_rows(tmp_path: Path) -> None:
    figures = [SEPTEMBER, guidance(as_of="2023-09", status="provisional", value="24.91", printed="24.91%")]
    exclusions = [excluded("2023-09"), excluded("2023-10"), excluded("")]
    rows = queries.year(opened(tmp_path, figures, exclusions), 2023, [])
    assert [row["exclusion"] for row in rows] == ["other_denominator", "other_denominator"]


@pytest.mark.parametrize("kind", ["target", "plan"])
def test_an_exclusion_takes_an_actual_and_nothing_else(kind: str, tmp_path: Path) -> None:
    aimed = guidance(kind=kind, value="20.0", printed="20.0%", target_rule="at_least" if kind == "target" else "")
    connection = opened(tmp_path, [WHOLE_YEAR, aimed], [excluded("")])
    assert reasons(connection) == {"19": "other_denominator", "2E+1": None}


# --- ranges ----------------------------------------------------------------------------------------

REPORT = "annual-report-2024-p129"


def bound(branch: str, which: str, **said: object) -> dict[str, object]:
    usual: dict[str, object] = {
        "branch_id": branch,
        "fiscal_year": 2024,
        "measure_id": "guidance_rate_insured",
        "document_id": REPORT,
        "bound": which,
    }
    return usual | said


def of_47(branch: str, value: str, **said: object) -> dict[str, object]:
    return figure(branch, 2024, value, measure_id="guidance_rate_insured", document_id=REPORT) | said


def bounds(connection: Connection, *branches: str) -> dict[tuple[str, str], str | None]:
    rows = queries.year(connection, 2024, branches)
    return {(row["branch_id"], str(row["value"].normalize())): row["bound"] for row in rows}


def test_a_branch_known_as_the_highest_or_lowest_of_47_is_marked(tmp_path: Path) -> None:
    figures = [of_47("kumamoto", "37.9"), of_47("saitama", "9.8"), of_47("national", "20.3")]
    connection = opened(tmp_path, figures, [], [bound("kumamoto", "highest"), bound("saitama", "lowest")])
    assert bounds(connection, "kumamoto", "saitama") == {
        ("kumamoto", "37.9"): "highest",
        ("saitama", "9.8"): "lowest",
        ("national", "20.3"): None,
    }


def test_what_the_branch_prints_of_itself_is_no_mark_on_the_range(tmp_path: Path) -> None:
    own = of_47("saitama", "9.81", document_id="saitama-2023-result")
    connection = opened(tmp_path, [of_47("saitama", "9.8"), own], [], [bound("saitama", "lowest")])
    assert bounds(connection, "saitama") == {("saitama", "9.8"): "lowest", ("saitama", "9.81"): None}


@pytest.mark.parametrize(
    "other",
    [{"branch_id": "gunma"}, {"fiscal_year": 2023}, {"measure_id": "guidance_rate_dependant"}],
    ids=["branch", "year", "measure"],
)
def test_a_range_of_something_else_marks_nothing(other: dict[str, object], tmp_path: Path) -> None:
    connection = opened(tmp_path, [of_47("saitama", "9.8")], [], [bound("saitama", "lowest", **other)])
    assert bounds(connection, "saitama") == {("saitama", "9.8"): None}


def test_a_target_of_the_same_document_is_no_mark_on_the_range(tmp_path: Path) -> None:
    target = of_47("saitama", "30.0", kind="target", target_rule="at_least")
    connection = opened(tmp_path, [of_47("saitama", "9.8"), target], [], [bound("saitama", "lowest")])
    assert bounds(connection, "saitama") == {("saitama", "9.8"): "lowest", ("saitama", "3E+1"): None}


# --- order -----------------------------------------------------------------------------------------


def test_rows_stand_by_measure_branch_year_kind_document_and_line(tmp_path: Path) -> None:
    ordered = [
        ("card_recovery_rate", "yamaguchi", 2024, "actual", "yamaguchi-2024-plan", "1"),
        ("lifestyle_checkup_rate", "gunma", 2024, "actual", "yamaguchi-2024-plan", "1"),
        ("lifestyle_checkup_rate", "yamaguchi", 2023, "target", "yamaguchi-2024-plan", "1"),
        ("lifestyle_checkup_rate", "yamaguchi", 2024, "actual", "shizuoka-2024-result", "9"),
        ("lifestyle_checkup_rate", "yamaguchi", 2024, "actual", "yamaguchi-2024-plan", "3"),
        ("lifestyle_checkup_rate", "yamaguchi", 2024, "actual", "yamaguchi-2024-plan", "4"),
        ("lifestyle_checkup_rate", "yamaguchi", 2024, "plan", "yamaguchi-2024-plan", "1"),
        ("lifestyle_checkup_rate", "yamaguchi", 2024, "target", "yamaguchi-2024-plan", "1"),
    ]
    columns = ("measure_id", "branch_id", "fiscal_year", "kind", "document_id", "line")
    figures = [
        builders.observation(f"{at}.0", **dict(zip(columns, place, strict=True)))
        | {"target_rule": "at_least" if place[3] == "target" else ""}
        for at, place in enumerate(ordered, 1)
    ]
    rows = queries.year(opened(tmp_path, figures[::-1], []), 2024, ["yamaguchi", "gunma"])
    assert [tuple(row[column] for column in columns) for row in rows] == ordered
