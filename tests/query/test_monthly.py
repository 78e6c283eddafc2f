"""Given monthly counts, the rows of monthly.sql: one branch, some measures, in the order of the calendar."""

from __future__ import annotations

from pathlib import Path

from kenpo import database, queries
from kenpo.database import Row
from tests import builders

INSURED, DEPENDANT = "guidance_insured_count", "guidance_dependant_count"


def monthly(folder: Path, counts: list[dict[str, object]], branch: str = "yamaguchi", *measures: str) -> list[Row]:
    builders.package(folder)
    builders.write(folder / "monthly.csv", builders.MONTHLY_COLUMNS, counts)
    return queries.monthly(database.open_package(folder), branch, measures or (INSURED,))


def test_a_row_is_a_month_with_its_place_in_the_document(tmp_path: Path) -> None:
    assert monthly(tmp_path, [builders.month(1278, line="395")]) == [
        {
            "branch_id": "yamaguchi",
            "fiscal_year": 2023,
            "month": "2023-04",
            "measure_id": INSURED,
            "value": 1278,
            "document_id": "yamaguchi-2024-plan",
            "line": "395",
        }
    ]


def test_only_the_branch_and_the_measures_asked_for(tmp_path: Path) -> None:
    counts = [
        builders.month(1),
        builders.month(2, branch_id="gunma"),
        builders.month(3, measure_id=DEPENDANT),
        builders.month(4, measure_id="lifestyle_checkup_count"),
    ]
    rows = monthly(tmp_path, counts, "yamaguchi", INSURED, DEPENDANT)
    assert [(row["measure_id"], row["value"]) for row in rows] == [(DEPENDANT, 3), (INSURED, 1)]


def test_months_follow_the_calendar_through_the_turn_of_the_year(tmp_path: Path) -> None:
    places = [(2023, "2024-01"), (2022, "2022-12"), (2023, "2023-12"), (2022, "2023-03")]
    counts = [builders.month(at, fiscal_year=year, month=month) for at, (year, month) in enumerate(places)]
    rows = monthly(tmp_path, counts)
    assert [row["month"] for row in rows] == ["2022-12", "2023-03", "2023-12", "2024-01"]


def test_a_branch_without_a_series_has_no_rows(tmp_path: Path) -> None:
    assert monthly(tmp_path, [builders.month()], "gunma") == []


def test_a_measure_without_a_series_has_no_rows(tmp_path: Path) -> None:
    assert monthly(tmp_path, [builders.month()], "yamaguchi", "lifestyle_checkup_count") == []


def test_two_documents_that_print_one_month_both_stay(tmp_path: Path) -> None:
    counts = [builders.month(5), builders.month(6, document_id="shizuoka-2024-result")]
    assert [row["value"] for row in monthly(tmp_path, counts)] == [6, 5]
