"""Given changes of plans, the rows of changes.sql: in the order of the document, sides as printed."""

from __future__ import annotations

from pathlib import Path

from kenpo import database, queries
from kenpo.database import Row
from tests import builders


def changes(folder: Path, *table: dict[str, object]) -> list[Row]:
    builders.package(folder)
    builders.write(folder / "plan_changes.csv", builders.CHANGE_COLUMNS, table)
    return queries.changes(database.open_package(folder))


def test_a_row_holds_both_sides(tmp_path: Path) -> None:
    raised = builders.change(
        "raised", subject="kpi", measure_id="single_bid_rate", value_from="61.2%以上", value_to="62.2%以上"
    )
    assert changes(tmp_path, raised) == [
        {
            "branch_id": "gunma",
            "fiscal_year": 2025,
            "pillar": 2,
            "item_no": 1,
            "subject": "kpi",
            "measure_id": "single_bid_rate",
            "label_ja": "見出し",
            "label_en": "Heading",
            "change": "raised",
            "value_from": "61.2%以上",
            "value_to": "62.2%以上",
            "document_id": "gunma-2025-plan",
            "line_new": "57",
            "line_old": "52",
        }
    ]


def test_a_side_that_is_silent_is_none(tmp_path: Path) -> None:
    (row,) = changes(tmp_path, builders.change("new", line_old=""))
    assert (row["line_old"], row["value_from"]) == (None, None)


def test_rows_follow_the_number_branch_by_branch(tmp_path: Path) -> None:
    places = [("okayama", 10), ("gunma", 2), ("okayama", 9), ("gunma", 1)]
    rows = changes(tmp_path, *(builders.change(branch_id=b, item_no=n) for b, n in places))
    assert [(row["branch_id"], row["item_no"]) for row in rows] == [
        ("gunma", 1),
        ("gunma", 2),
        ("okayama", 9),
        ("okayama", 10),
    ]
