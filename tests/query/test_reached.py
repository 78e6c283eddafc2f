"""Given figures and monthly counts, the rows of reached.sql: how far into a year each document sees."""

from __future__ import annotations

from pathlib import Path

from kenpo import database, queries
from kenpo.database import Row
from tests import builders


def reached(folder: Path, *figures: dict[str, object], months: tuple[dict[str, object], ...] = ()) -> list[Row]:
    package = builders.package(folder, figures)
    builders.write(package / "monthly.csv", builders.MONTHLY_COLUMNS, months)
    return queries.reached(database.open_package(package))


def row(month: str | None, *, closed: bool, year: int = 2024, document: str = "yamaguchi-2024-plan") -> Row:
    return {
        "branch_id": "yamaguchi",
        "fiscal_year": year,
        "document_id": document,
        "month": month,
        "closed": closed,
    }


def test_the_latest_month_of_a_document_counts(tmp_path: Path) -> None:
    rows = reached(
        tmp_path,
        builders.observation(as_of="2024-09"),
        builders.observation(as_of="2024-11", measure_id="single_bid_rate"),
        builders.observation(as_of="2025-01", measure_id="lifestyle_checkup_count"),
        builders.observation(status="undated", measure_id="dependant_checkup_rate"),
    )
    assert rows == [row("2025-01", closed=False)]


def test_documents_and_years_are_kept_apart(tmp_path: Path) -> None:
    rows = reached(
        tmp_path,
        builders.observation(as_of="2024-09", document_id="gunma-2025-plan"),
        builders.observation(as_of="2024-08"),
        builders.observation(fiscal_year=2023),
    )
    assert rows == [
        row(None, closed=True, year=2023),
        row("2024-09", closed=False, document="gunma-2025-plan"),
        row("2024-08", closed=False),
    ]


def test_final_figures_close_a_year_beside_part_year_ones(tmp_path: Path) -> None:
    rows = reached(tmp_path, builders.observation(as_of="2024-11"), builders.observation(measure_id="single_bid_rate"))
    assert rows == [row("2024-11", closed=True)]


def test_targets_plans_and_a_premium_rate_say_nothing(tmp_path: Path) -> None:
    rows = reached(
        tmp_path,
        builders.observation(kind="target", target_rule="at_least"),
        builders.observation("500", kind="plan", measure_id="lifestyle_checkup_count"),
        builders.observation("10.00", measure_id="premium_rate"),
        builders.observation(status="undated"),
    )
    assert rows == []


def test_monthly_counts_tell_how_far_a_document_sees(tmp_path: Path) -> None:
    months = (builders.month(month="2023-05"), builders.month(month="2023-10"))
    assert reached(tmp_path, months=months) == [row("2023-10", closed=False, year=2023)]


def test_of_the_documents_on_record_one_was_made_inside_the_year() -> None:
    rows = queries.reached(database.open_package(builders.DATA))
    found = {(r["branch_id"], r["fiscal_year"], r["document_id"]): (r["month"], r["closed"]) for r in rows}
    assert found["saitama", 2023, "saitama-2023-result"] == ("2024-02", False)
    assert found["yamaguchi", 2023, "yamaguchi-2024-plan"] == ("2023-11", False)
    assert found["shizuoka", 2024, "shizuoka-2024-result"] == ("2025-02", True)
    assert not [place for place in found if place[0] in ("gunma", "okayama")]
