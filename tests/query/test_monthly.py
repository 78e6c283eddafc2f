"""Given monthly counts, the rows of monthly.sql: one branch, some measures, in the order of the calendar."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kenpo import catalog, database, landing, queries
from kenpo.database import Row
from kenpo.judgement import standing_of
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
    assert sorted(row["value"] for row in monthly(tmp_path, counts)) == [5, 6]


USUAL = {"branch_id": "yamaguchi", "role": "plan", "fiscal_year": 2024, "title_ja": "計画", "title_en": "Plan"}
DOCUMENTS: list[dict[str, object]] = [
    {"document_id": "a-replaced", "role": "result", "made_on": "2025-12-01"},
    {"document_id": "b-old-plan", "made_on": "2024-03-18"},
    {"document_id": "c-undated-plan"},
    {"document_id": "d-new-plan", "made_on": "2024-06-01"},
    {"document_id": "e-others-result", "role": "result", "branch_id": "gunma", "made_on": "2025-06-01"},
    {"document_id": "f-reference", "role": "reference", "branch_id": "national"},
    {"document_id": "g-undated-result", "role": "result"},
    {"document_id": "h-new-result", "role": "result", "made_on": "2025-06-01", "replaces_id": "a-replaced"},
]
SPEAKING = "hgefdcba"
"""Results before references before plans, the branch's own first, the later first, what is replaced last."""


def test_of_two_documents_the_one_that_speaks_stands_first(tmp_path: Path) -> None:
    builders.package(tmp_path)
    columns = [*builders.rows(tmp_path / "documents.csv")[0]]
    known: list[Mapping[str, object]] = [*builders.rows(tmp_path / "documents.csv")]
    known += [{**USUAL, "draft": "false"} | said for said in DOCUMENTS]
    builders.write(tmp_path / "documents.csv", columns, known)
    counts = [builders.month(at, document_id=said["document_id"]) for at, said in enumerate(DOCUMENTS)]
    builders.write(tmp_path / "monthly.csv", builders.MONTHLY_COLUMNS, counts)
    connection = database.open_package(tmp_path)
    found = queries.monthly(connection, "yamaguchi", (INSURED,))
    assert "".join(row["document_id"][0] for row in found) == SPEAKING
    # The same order as in judgement, and the first is what a forecast learns from.
    held = catalog.load(lambda name: database.table(connection, name), tmp_path / "measures.toml")
    by_alphabet = sorted(found, key=lambda row: str(row["document_id"]))
    ranked = sorted(by_alphabet, key=lambda row: standing_of(held.documents[row["document_id"]], "yamaguchi"))
    assert [row["document_id"] for row in ranked] == [row["document_id"] for row in found]
    assert landing.counts_of(landing.points(found)) == {2023: {1: 7}}
