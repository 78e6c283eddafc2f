"""The tables as loaded: exact decimals, types, a locked connection, one cursor a question."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path
from threading import Barrier

import duckdb
import pytest

from kenpo import checks, database
from kenpo.database import Connection
from tests import builders

PRINTED = {
    "58.0": (Decimal("58.0"), 1),
    "100": (Decimal(100), 0),
    "0.310": (Decimal("0.310"), 3),
    "5.10": (Decimal("5.10"), 2),
    "0.123456": (Decimal("0.123456"), 6),
    "999999999999": (Decimal(999999999999), 0),
    "-2.80": (Decimal("-2.80"), 2),
    "0.0": (Decimal("0.0"), 1),
    # 0.1 + 0.2 is where a binary float gives itself away.
    "0.1": (Decimal("0.1"), 1),
    "0.2": (Decimal("0.2"), 1),
}


@pytest.fixture
def connection(tmp_path: Path) -> Connection:
    table = [builders.observation(value, line=str(at)) for at, value in enumerate(PRINTED, 1)]
    target = builders.observation("", kind="target", target_rule="at_least_previous_year", line="99")
    return database.open_package(builders.package(tmp_path, [*table, target]))


@pytest.mark.parametrize(("at", "text"), list(enumerate(PRINTED, 1)), ids=list(PRINTED))
def test_a_figure_keeps_its_value_and_its_printed_decimals(connection: Connection, at: int, text: str) -> None:
    sql = "select value, value_decimals from observations where line = $line"
    (row,) = database.query(connection, sql, {"line": str(at)})
    assert isinstance(row["value"], Decimal)
    assert (row["value"], row["value_decimals"]) == PRINTED[text]


def test_figures_add_up_as_decimals(connection: Connection) -> None:
    sql = "select sum(value) as total from observations where line in $lines"
    assert database.query(connection, sql, {"lines": ["9", "10"]}) == [{"total": Decimal("0.3")}]


def test_no_column_is_a_binary_float(connection: Connection) -> None:
    sql = "select count(*) as n from information_schema.columns where data_type in ('DOUBLE', 'FLOAT', 'REAL')"
    assert database.query(connection, sql) == [{"n": 0}]


def test_a_target_without_a_number_has_none(connection: Connection) -> None:
    sql = "select value, value_decimals from observations where kind = 'target'"
    assert database.query(connection, sql) == [{"value": None, "value_decimals": 0}]


def test_fields_have_the_types_of_the_schema() -> None:
    connection = database.open_package(builders.DATA)
    document = next(row for row in database.table(connection, "documents") if row["document_id"] == "gunma-2025-plan")
    assert document == {
        "document_id": "gunma-2025-plan",
        "branch_id": "gunma",
        "role": "plan",
        "fiscal_year": 2025,
        "made_on": date(2025, 1, 17),
        "source_file": "004_d329fce7921d8f93.txt",
        "address": None,
        "title_ja": "令和7年度 群馬支部事業計画（案）",
        "title_en": "Gunma branch plan FY2025 (draft)",
        "draft": True,
        "note": "R7 beside R6",
        "replaces_id": None,
    }


def test_an_empty_cell_is_none() -> None:
    connection = database.open_package(builders.DATA)
    by_id = {row["document_id"]: row for row in database.table(connection, "documents")}
    assert by_id["shizuoka-2024-result"]["made_on"] is None


def test_a_column_without_any_value_is_none_in_every_row(tmp_path: Path) -> None:
    figures = [builders.observation("50.0", line=line) for line in ("1", "2")]
    connection = database.open_package(builders.package(tmp_path, figures))
    sql = "select distinct target_rule, as_of, stated, note from observations"
    assert database.query(connection, sql) == [{"target_rule": None, "as_of": None, "stated": None, "note": None}]


def test_a_text_far_down_an_empty_column_is_kept(tmp_path: Path) -> None:
    # A reader that guesses a type from the first rows would see nothing but emptiness.
    figures = [builders.observation("50.0", line=str(line)) for line in range(1, 5001)]
    figures[4321] |= {"note": "seen", "as_of": "2024-09", "status": "provisional"}
    connection = database.open_package(builders.package(tmp_path, figures))
    sql = "select line, as_of, note from observations where note is not null or as_of is not null"
    assert database.query(connection, sql) == [{"line": "4322", "as_of": "2024-09", "note": "seen"}]


@pytest.mark.parametrize(
    "text",
    [
        "NA",
        "null",
        "None",
        "nan",
        "N/A",
        "-",
        "1e5",
        "0012",
        "true",
        "# no comment",
        "a,b",
        'says "met"',
        "前年度\u3000以上",
    ],
)
def test_a_text_is_never_guessed_to_be_anything_else(text: str, tmp_path: Path) -> None:
    folder = builders.package(tmp_path, [builders.observation("50.0", note=text), builders.observation("51.0")])
    rows = database.query(database.open_package(folder), "select note from observations order by value")
    assert rows == [{"note": text}, {"note": None}]


@pytest.mark.parametrize("first", ["branch_id", "note"])
def test_a_line_that_begins_with_a_comment_sign_is_a_row(first: str, tmp_path: Path) -> None:
    columns = [first, *(c for c in builders.OBSERVATION_COLUMNS if c != first)]
    folder = builders.package(tmp_path)
    rows = [builders.observation("50.0", **{first: "#yamaguchi"}), builders.observation("51.0")]
    builders.write(folder / "observations.csv", columns, rows)
    assert len(database.table(database.open_package(folder), "observations")) == 2


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["LF", "CRLF", "CR"])
def test_the_line_ends_of_a_file_do_not_matter(end: bytes, tmp_path: Path) -> None:
    path = builders.package(tmp_path, [builders.observation("50.0"), builders.observation("51.0")]) / "observations.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", end))
    sql = "select value, document_id, note from observations order by value"
    plan = {"document_id": "yamaguchi-2024-plan", "note": None}
    assert database.query(database.open_package(tmp_path), sql) == [
        {"value": Decimal(50)} | plan,
        {"value": Decimal(51)} | plan,
    ]


def test_an_empty_text_in_parquet_is_none(tmp_path: Path) -> None:
    folder = builders.package(tmp_path, [builders.observation("50.0")])
    with duckdb.connect(":memory:") as connection:
        relation = connection.read_csv(str(folder / "observations.csv"), header=True, sep=",", all_varchar=True)
        texts = [
            duckdb.CoalesceOperator(duckdb.ColumnExpression(c), duckdb.ConstantExpression("")).alias(c)
            for c in relation.columns
        ]
        relation.select(*texts).write_parquet(str(folder / "observations.parquet"))
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        if resource["name"] == "observations":
            resource["path"] = "observations.parquet"
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    sql = "select value, value_decimals, as_of, stated, note from observations"
    assert database.query(database.open_package(folder), sql) == [
        {"value": Decimal(50), "value_decimals": 1, "as_of": None, "stated": None, "note": None}
    ]


# --- which tables ----------------------------------------------------------------------------------

VIEWS = {"figures"}
OWN_TABLES = {
    "measures",
    "measure_parts",
    "branches",
    "documents",
    "observations",
    "exclusions",
    "ranges",
    "incentive_ranks",
    "monthly",
    "benefit_kinds",
    "benefits",
    "budget_sections",
    "budgets",
    "policies",
    "initiatives",
    "marks",
    "plan_changes",
}


def tables(connection: Connection) -> set[str]:
    return {row["table_name"] for row in database.query(connection, "select table_name from information_schema.tables")}


def test_the_tables_are_those_of_the_app(connection: Connection) -> None:
    assert tables(connection) == OWN_TABLES | VIEWS


def test_a_further_table_of_a_package_is_left_alone(tmp_path: Path) -> None:
    folder = builders.package(tmp_path)
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"].insert(0, {"name": "weekly", "path": "weekly.csv", "schema": {"fields": []}})
    descriptor["resources"].append({"name": "guide", "path": "guide.pdf"})
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    assert tables(database.open_package(folder)) == OWN_TABLES | VIEWS


def test_the_schema_is_the_apps_and_only_the_paths_are_the_packages(tmp_path: Path) -> None:
    # A package that calls a figure a text would lose its decimals.
    folder = builders.package(tmp_path, [builders.observation("58.0")])
    (folder / "observations.csv").rename(folder / "figures.csv")
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        for field in resource["schema"]["fields"]:
            field["type"] = "string"
        if resource["name"] == "observations":
            resource["path"] = "figures.csv"
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    sql = "select fiscal_year, value, value_decimals from observations"
    rows = database.query(database.open_package(folder), sql)
    assert rows == [{"fiscal_year": 2024, "value": Decimal("58.0"), "value_decimals": 1}]


def test_a_month_and_a_code_stay_text() -> None:
    connection = database.open_package(builders.DATA)
    branches = database.table(connection, "branches")
    assert [row["code"] for row in branches][:3] == ["00", "01", "02"]
    assert {row["as_of"] for row in database.table(connection, "exclusions")} == {"2023-09"}


def test_tables_of_the_catalog_keep_the_order_of_the_file() -> None:
    connection = database.open_package(builders.DATA)
    for name, column in (("measures", "measure_id"), ("branches", "branch_id"), ("documents", "document_id")):
        written = [row[column] for row in builders.rows(builders.DATA / f"{name}.csv")]
        assert [row[column] for row in database.table(connection, name)] == written


@pytest.mark.parametrize("folder", ["fiscal_year=1999", "branch_id=x", "value=1"])
def test_the_name_of_a_folder_is_never_read_as_data(folder: str, tmp_path: Path) -> None:
    # Folders of the form key=value are partitions to some readers, which then overwrite the column.
    connection = database.open_package(builders.package(tmp_path / folder, [builders.observation("58.0")]))
    sql = "select fiscal_year, branch_id, value from observations"
    assert database.query(connection, sql) == [
        {"fiscal_year": 2024, "branch_id": "yamaguchi", "value": Decimal("58.0")}
    ]


@pytest.mark.parametrize("folder", ["データ 山口", "it's", "data [1]"])
def test_a_folder_may_have_any_name(folder: str, tmp_path: Path) -> None:
    connection = database.open_package(builders.package(tmp_path / folder))
    assert len(database.table(connection, "branches")) == 48


# --- locked ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "select * from read_csv('{file}')",
        "select * from read_text('{file}')",
        "select * from '{file}'",
        "select * from glob('{folder}/*')",
        "copy observations to '{folder}/copy.csv'",
        "attach '{folder}/other.db'",
        "export database '{folder}/copy'",
        "install httpfs",
    ],
)
def test_no_file_can_be_read_or_written(statement: str, connection: Connection, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    sql = statement.format(file=(tmp_path / "branches.csv").as_posix(), folder=tmp_path.as_posix())
    with pytest.raises(duckdb.Error, match=r"(?i)disabled|permission|not allowed"):
        database.query(connection, sql)
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    "statement",
    ["set enable_external_access = true", "set lock_configuration = false", "set threads = 1", "reset threads"],
)
def test_the_configuration_is_locked(statement: str, connection: Connection) -> None:
    with pytest.raises(duckdb.Error, match=r"(?i)locked|cannot"):
        database.query(connection, statement)


# --- questions -------------------------------------------------------------------------------------


def test_parameters_are_values_and_never_statements(connection: Connection) -> None:
    hostile = "x'; drop table observations; --"
    assert database.query(connection, "select $name as name", {"name": hostile}) == [{"name": hostile}]
    assert len(database.table(connection, "observations")) == len(PRINTED) + 1


@pytest.mark.parametrize(
    ("lines", "found"), [(["1", "3"], ["1", "3"]), (["2"], ["2"]), ([], []), (["1' or '1'='1"], [])]
)
def test_a_list_is_a_parameter(connection: Connection, lines: list[str], found: list[str]) -> None:
    rows = database.query(connection, "select line from observations where line in $l order by line", {"l": lines})
    assert [row["line"] for row in rows] == found


def test_rows_carry_the_names_of_their_columns(connection: Connection) -> None:
    assert database.query(connection, "select 1 as one, 'x' as other") == [{"one": 1, "other": "x"}]


def test_no_rows_are_an_empty_list(connection: Connection) -> None:
    assert database.query(connection, "select 1 as one where false") == []


def test_a_question_leaves_the_answer_of_another_alone(connection: Connection) -> None:
    # A shared cursor would lose the two rows that are still to be fetched.
    connection.execute("select 1 union all select 2 order by 1")
    database.query(connection, "select 3")
    database.table(connection, "branches")
    assert connection.fetchall() == [(1,), (2,)]


def test_two_threads_ask_at_once_and_each_gets_its_own_answer(connection: Connection) -> None:
    start = Barrier(2)

    def ask(own: int) -> set[int]:
        start.wait(timeout=10)
        sql = "select $own::integer as own from range(200)"
        return {row["own"] for _ in range(50) for row in database.query(connection, sql, {"own": own})}

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(ask, [1, 2])) == [{1}, {2}]


# --- folder and stamp ------------------------------------------------------------------------------


@pytest.mark.parametrize("named", [None, ""], ids=["not set", "empty"])
def test_the_own_data_unless_another_folder_is_named(named: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if named is None:
        monkeypatch.delenv("KENPO_DATA", raising=False)
    else:
        monkeypatch.setenv("KENPO_DATA", named)
    assert database.data_folder() == builders.DATA


def test_kenpo_data_names_another_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KENPO_DATA", str(tmp_path))
    assert database.data_folder() == tmp_path


def test_kenpo_data_may_begin_at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("KENPO_DATA", "~/figures")
    assert database.data_folder() == tmp_path / "figures"


def test_kenpo_data_below_the_home_of_nobody_is_a_folder_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KENPO_DATA", "~nosuchuser/figures")
    assert [(p.rule, p.file) for p in checks.check(database.data_folder())] == [("no_folder", "figures")]


def test_a_descriptor_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_bytes(b'\xef\xbb\xbf{"name": "x"}')
    assert database.read_descriptor(tmp_path) == {"name": "x"}
