"""Given marks of importance and difficulty, the rows of marks.sql: one a heading and year."""

from __future__ import annotations

from pathlib import Path

from kenpo import database, queries
from kenpo.database import Row
from tests import builders


def marks(folder: Path, *table: dict[str, object]) -> list[Row]:
    builders.package(folder)
    builders.write(folder / "marks.csv", builders.MARK_COLUMNS, table)
    return queries.marks(database.open_package(folder))


def test_both_marks_of_a_heading_are_one_row_with_both_lines(tmp_path: Path) -> None:
    ids = "generic_use_rate;biosimilar_promotion"
    table = [builders.mark("importance", measure_ids=ids), builders.mark("difficulty", measure_ids=ids, line="63")]
    assert marks(tmp_path, *table) == [
        {
            "branch_id": "gunma",
            "fiscal_year": 2025,
            "pillar": 2,
            "heading_ja": "健診",
            "heading_en": "Checkups",
            "measure_ids": ids,
            "important": True,
            "difficult": True,
            "document_id": "gunma-2025-plan",
            "line": "57;63",
        }
    ]


def test_one_mark_alone_leaves_the_other_out(tmp_path: Path) -> None:
    (row,) = marks(tmp_path, builders.mark("difficulty"))
    assert (row["important"], row["difficult"], row["measure_ids"]) == (False, True, None)


def test_years_are_apart_and_headings_in_the_order_of_the_document(tmp_path: Path) -> None:
    places = [(2025, "い"), (2025, "あ"), (2024, "う"), (2025, "い")]
    kinds = ("importance", "importance", "importance", "difficulty")
    table = [builders.mark(k, fiscal_year=y, heading_ja=h) for k, (y, h) in zip(kinds, places, strict=True)]
    rows = marks(tmp_path, *table)
    assert [(row["fiscal_year"], row["heading_ja"]) for row in rows] == [(2024, "う"), (2025, "い"), (2025, "あ")]
