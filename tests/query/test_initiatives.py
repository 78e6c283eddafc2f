"""Given rated initiatives, the rows of initiatives.sql: with their policy, in the order of the document."""

from __future__ import annotations

from pathlib import Path

from kenpo import database, queries
from kenpo.database import Row
from tests import builders


def initiatives(folder: Path, *table: dict[str, object]) -> list[Row]:
    builders.package(folder)
    builders.write(folder / "initiatives.csv", builders.INITIATIVE_COLUMNS, table)
    return queries.initiatives(database.open_package(folder))


def test_a_row_names_its_policy_in_both_languages(tmp_path: Path) -> None:
    stated = builders.initiative("△", measure_id="health_declaration_offices", states_kpi="true")
    assert initiatives(tmp_path, stated) == [
        {
            "branch_id": "saitama",
            "fiscal_year": 2023,
            "pillar": 2,
            "policy_ja": "コラボヘルス",
            "policy_en": "Collaborative health with employers",
            "item_no": "①",
            "label_ja": "取組",
            "label_en": "Initiative",
            "measure_id": "health_declaration_offices",
            "rating": "△",
            "states_kpi": True,
            "document_id": "saitama-2023-result",
            "line": "153",
        }
    ]


def test_rows_follow_the_lines_as_numbers_branch_by_branch(tmp_path: Path) -> None:
    lines = [("saitama", "100"), ("gunma", "7"), ("saitama", "9"), ("saitama", "20;21")]
    rows = initiatives(tmp_path, *(builders.initiative(branch_id=b, line=line) for b, line in lines))
    assert [row["line"] for row in rows] == ["7", "9", "20;21", "100"]


def test_none_are_no_rows(tmp_path: Path) -> None:
    assert initiatives(tmp_path) == []
