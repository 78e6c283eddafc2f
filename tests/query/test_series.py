"""Given monthly counts, the rows of series.sql: which years can be replayed month by month."""

from __future__ import annotations

from pathlib import Path

from kenpo import database, queries
from kenpo.database import Row
from tests import builders


def series(folder: Path, *counts: dict[str, object]) -> list[Row]:
    builders.package(folder)
    builders.write(folder / "monthly.csv", builders.MONTHLY_COLUMNS, counts)
    return queries.series(database.open_package(folder))


def row(branch: str, year: int, first: str, last: str, measure: str = "guidance_insured_count") -> Row:
    return {"branch_id": branch, "measure_id": measure, "fiscal_year": year, "first_month": first, "last_month": last}


def test_a_year_has_its_first_and_its_last_month(tmp_path: Path) -> None:
    months = [(2022, "2022-11"), (2022, "2023-01"), (2022, "2022-04"), (2023, "2023-05")]
    counts = [builders.month(at, fiscal_year=year, month=month) for at, (year, month) in enumerate(months)]
    assert series(tmp_path, *counts) == [
        row("yamaguchi", 2022, "2022-04", "2023-01"),
        row("yamaguchi", 2023, "2023-05", "2023-05"),
    ]


def test_branches_and_measures_stand_apart(tmp_path: Path) -> None:
    counts = [builders.month(), builders.month(branch_id="gunma"), builders.month(measure_id="lifestyle_checkup_count")]
    assert series(tmp_path, *counts) == [
        row("gunma", 2023, "2023-04", "2023-04"),
        row("yamaguchi", 2023, "2023-04", "2023-04"),
        row("yamaguchi", 2023, "2023-04", "2023-04", "lifestyle_checkup_count"),
    ]


def test_a_package_without_monthly_figures_has_no_rows(tmp_path: Path) -> None:
    assert series(tmp_path) == []
