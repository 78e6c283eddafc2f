"""Given a package, the rows of tables.sql: every table with the number of its rows, the largest first."""

from __future__ import annotations

from pathlib import Path

from kenpo import database, queries
from tests import builders


def test_every_table_of_the_package_has_as_many_rows_as_its_file() -> None:
    rows = queries.tables(database.open_package(builders.DATA))
    resources = {name: resource["path"] for name, resource in database.own_tables().items()}
    assert {row["table_name"]: row["held"] for row in rows} == {
        name: len(builders.rows(builders.DATA / path)) for name, path in resources.items()
    }


def test_the_largest_comes_first() -> None:
    held = [row["held"] for row in queries.tables(database.open_package(builders.DATA))]
    assert held == sorted(held, reverse=True)
    assert held[0] > 1000


def test_an_empty_table_is_listed(tmp_path: Path) -> None:
    rows = queries.tables(database.open_package(builders.package(tmp_path, [])))
    assert {row["table_name"]: row["held"] for row in rows}["observations"] == 0
