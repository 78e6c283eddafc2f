"""Given figures, the rows of whole.sql: every one of them, in the order of the documents."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from kenpo import database, queries
from kenpo.database import Row
from tests import builders


def whole(folder: Path, *figures: dict[str, object]) -> list[Row]:
    return queries.whole(database.open_package(builders.package(folder, figures)))


def test_every_branch_year_and_kind_is_there(tmp_path: Path) -> None:
    rows = whole(
        tmp_path,
        builders.observation(line="1"),
        builders.observation(line="2", branch_id="national", fiscal_year=2019),
        builders.observation(line="3", kind="target", target_rule="at_least", measure_id="single_bid_rate"),
        builders.observation("7", line="4", kind="plan", measure_id="checkup_eligible_total"),
    )
    assert [(r["branch_id"], r["fiscal_year"], r["kind"]) for r in rows] == [
        ("yamaguchi", 2024, "actual"),
        ("national", 2019, "actual"),
        ("yamaguchi", 2024, "target"),
        ("yamaguchi", 2024, "plan"),
    ]


def test_lines_are_in_the_order_of_numbers(tmp_path: Path) -> None:
    lines = ("100;2", "9", "10", "2")
    rows = whole(tmp_path, *(builders.observation(str(at), line=line) for at, line in enumerate(lines)))
    assert [row["line"] for row in rows] == ["2", "9", "10", "100;2"]


def test_a_figure_comes_with_its_decimals_and_its_exclusion(tmp_path: Path) -> None:
    nation = {"branch_id": "national", "fiscal_year": 2023, "measure_id": "guidance_rate_insured", "as_of": "2023-09"}
    (row,) = whole(tmp_path, builders.observation("24.9", **nation))
    assert (row["value"], row["value_decimals"], row["exclusion"]) == (Decimal("24.9"), 1, "other_denominator")


def test_no_figures_are_no_rows(tmp_path: Path) -> None:
    assert whole(tmp_path) == []
