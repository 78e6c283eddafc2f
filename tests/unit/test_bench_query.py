"""The floors of the queries answer what the app's queries answer; a table left with nothing but an answer."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import query
from kenpo import database, queries
from kenpo.database import Connection
from tests import builders

SQL = {path.stem for path in (Path(queries.__file__).parent / "sql").glob("*.sql")}


@pytest.fixture(scope="module")
def shipped() -> Iterator[Connection]:
    with database.open_package(database.SCHEMA_FOLDER) as connection:
        yield connection


def test_every_query_is_measured_and_has_a_floor() -> None:
    assert set(query.ASKED) == SQL
    assert {path.stem for path in query.HAND_WRITTEN.glob("*.sql")} == SQL


@pytest.mark.parametrize("name", sorted(SQL))
def test_a_query_is_asked_in_the_order_of_its_parameters(name: str) -> None:
    _, *parameters = inspect.signature(getattr(queries, name)).parameters.values()
    assert len(parameters) == len(query.ASKED[name])
    text = queries.statement(name)
    assert all(f"${asked}" in text for asked in query.ASKED[name])


@pytest.mark.parametrize("name", sorted(SQL))
def test_the_hand_written_statement_answers_with_the_same_rows(name: str, shipped: Connection) -> None:
    text = (query.HAND_WRITTEN / f"{name}.sql").read_text(encoding="utf-8")
    rows = query.ask(shipped, name)
    assert rows, "a query without rows measures nothing"
    assert query.fetched(shipped, text, query.ASKED[name]) == [tuple(row.values()) for row in rows]


def test_a_floor_with_other_rows_gives_no_ratio(
    shipped: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (query.HAND_WRITTEN / "held.sql").read_text(encoding="utf-8")
    (tmp_path / "held.sql").write_text(text, encoding="utf-8")
    monkeypatch.setattr(query, "HAND_WRITTEN", tmp_path)
    assert query.against_hand_written(shipped, "held").ratio is not None
    (tmp_path / "held.sql").write_text(text + " desc", encoding="utf-8")
    other = query.against_hand_written(shipped, "held")
    assert (other.ratio, other.bar) == (None, None)
    assert "held.sql answers other rows" in other.name


def test_what_an_answer_holds_is_all_that_is_left(tmp_path: Path) -> None:
    figures = [builders.observation("50.0", branch_id=b, line=str(at)) for at, b in enumerate(("gunma", "yamaguchi"))]
    builders.package(tmp_path, figures)
    with database.open_package(tmp_path) as connection:
        answer = [row for row in queries.whole(connection) if row["branch_id"] == "gunma"]
        query.only(connection, answer)
        assert queries.whole(connection) == answer
