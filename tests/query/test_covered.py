"""Given figures of two documents, the rows of covered.sql: what one of them prints of each measure and year."""

from __future__ import annotations

from pathlib import Path

from kenpo import database, queries
from kenpo.database import Row
from tests import builders


def covered(folder: Path, document: str, *figures: dict[str, object]) -> list[Row]:
    return queries.covered(database.open_package(builders.package(folder, figures)), document)


def test_kinds_are_counted_apart_for_each_measure_and_year(tmp_path: Path) -> None:
    measure = {"measure_id": "single_bid_rate"}
    figures = [
        builders.observation("1", **measure),
        builders.observation("2", **measure, branch_id="national"),
        builders.observation("3", **measure, kind="target", target_rule="at_most"),
        builders.observation("4", **measure, kind="plan"),
        builders.observation("5", **measure, fiscal_year=2023),
    ]
    assert covered(tmp_path, "yamaguchi-2024-plan", *figures) == [
        {"measure_id": "single_bid_rate", "fiscal_year": 2023, "targets": 0, "actuals": 1, "plans": 0},
        {"measure_id": "single_bid_rate", "fiscal_year": 2024, "targets": 1, "actuals": 2, "plans": 1},
    ]


def test_only_the_document_asked_for(tmp_path: Path) -> None:
    other = builders.observation(document_id="shizuoka-2024-result")
    assert covered(tmp_path, "yamaguchi-2024-plan", other) == []
