"""Given rows of several tables, the rows of documents.sql: what comes from each document."""

from __future__ import annotations

from pathlib import Path

from kenpo import database, queries
from kenpo.database import Row
from tests import builders


def documents(folder: Path, *figures: dict[str, object]) -> dict[str, Row]:
    rows = queries.documents(database.open_package(builders.package(folder, figures)))
    return {row["document_id"]: row for row in rows}


def test_rows_of_every_table_count(tmp_path: Path) -> None:
    rows = documents(tmp_path, builders.observation(), builders.observation(fiscal_year=2029, kind="target"))
    # 62 months, 32 benefits and two figures of Yamaguchi; its benefits begin in FY2020.
    assert rows["yamaguchi-2024-plan"] == {
        "document_id": "yamaguchi-2024-plan",
        "held": 96,
        "first_year": 2020,
        "last_year": 2029,
    }
    # 63 lines of the budget, 47 marks, 115 changes.
    assert rows["gunma-2025-plan"]["held"] == 225
    assert (rows["saitama-2023-result"]["held"], rows["saitama-incentive-2023"]["held"]) == (103, 6)


def test_a_document_nothing_comes_from_is_listed_with_none(tmp_path: Path) -> None:
    row = documents(tmp_path)["shizuoka-2024-result"]
    assert (row["held"], row["first_year"], row["last_year"]) == (0, None, None)


def test_every_document_is_one_row(tmp_path: Path) -> None:
    assert len(documents(tmp_path)) == len(builders.rows(builders.DATA / "documents.csv"))
