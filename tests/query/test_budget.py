"""Given lines of a budget, the rows of budget.sql: with their heading, in the order of the headings."""

from __future__ import annotations

from pathlib import Path

from kenpo import database, queries
from kenpo.database import Row
from tests import builders


def budget(folder: Path, *table: dict[str, object]) -> list[Row]:
    builders.package(folder)
    builders.write(folder / "budgets.csv", builders.BUDGET_COLUMNS, table)
    return queries.budget(database.open_package(folder))


def test_a_row_names_its_heading_in_both_languages(tmp_path: Path) -> None:
    assert budget(tmp_path, builders.budget_line(2446, is_new="true")) == [
        {
            "branch_id": "gunma",
            "fiscal_year": 2025,
            "section": "health_checkup",
            "section_ja": "特定健診・事業者健診データ",
            "section_en": "Health checkups and employer checkup data",
            "initiative_ja": "健診",
            "initiative_en": "Checkups",
            "is_new": True,
            "amount_thousand_yen": 2446,
            "document_id": "gunma-2025-plan",
            "line": "52",
        }
    ]


def test_headings_keep_the_order_of_the_plan_and_lines_that_of_the_document(tmp_path: Path) -> None:
    table = [
        builders.budget_line(1, section="public_relations", initiative="広報"),
        builders.budget_line(2, initiative="い"),
        builders.budget_line(3, initiative="あ"),
        builders.budget_line(4, initiative="あ", fiscal_year=2024),
    ]
    assert [row["amount_thousand_yen"] for row in budget(tmp_path, *table)] == [4, 2, 3, 1]


def test_no_budget_is_no_row(tmp_path: Path) -> None:
    assert budget(tmp_path) == []
