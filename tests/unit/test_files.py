"""The files of a package in every bad state: one problem with its place, in words for whoever keeps the data."""

from __future__ import annotations

import errno
import gzip
import json
import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import duckdb
import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenpo import checks, database, files
from kenpo.checks import Problem
from kenpo.files import decoding, reading, writing
from kenpo.files.stamp import _named as named_by
from kenpo.text import texts
from kenpo.views.problems import explain
from tests import builders

Damage = Callable[[Path], object]
Descriptor = dict[str, Any]
EXCLUSIONS = "branch_id,fiscal_year,measure_id,as_of,reason,note"
posix = pytest.mark.skipif(os.name == "nt", reason="Windows has neither pipes nor devices among its files")


# --- ways to damage the files ----------------------------------------------------------------------


def put(name: str, data: bytes) -> Damage:
    return lambda folder: (folder / name).write_bytes(data)


def linked(name: str, target: str) -> Damage:
    def damage(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).symlink_to(target)

    return damage


def pipe(name: str) -> Damage:
    def damage(folder: Path) -> None:
        (folder / name).unlink()
        os.mkfifo(folder / name)

    return damage


def a_folder(name: str) -> Damage:
    def damage(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).mkdir()

    return damage


def grown(name: str, size: int) -> Damage:
    """A file of that size that takes no room."""

    def damage(folder: Path) -> None:
        with (folder / name).open("r+b") as file:
            file.truncate(size)

    return damage


def described(change: Callable[[Descriptor], object]) -> Damage:
    def damage(folder: Path) -> None:
        path = folder / "datapackage.json"
        descriptor = json.loads(path.read_text(encoding="utf-8"))
        change(descriptor)
        path.write_text(json.dumps(descriptor), encoding="utf-8")

    return damage


def resource(descriptor: Descriptor, name: str = "exclusions") -> Descriptor:
    found: Descriptor = next(r for r in descriptor["resources"] if r["name"] == name)
    return found


def said(**stated: object) -> Damage:
    """The descriptor says something else of the exclusions."""
    return described(lambda d: resource(d).update(stated))


def renamed(name: str) -> Damage:
    """The table of exclusions under another name."""

    def damage(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "exclusions.csv").rename(folder / name)
        said(path=name)(folder)

    return damage


def both(*damages: Damage) -> Damage:
    def damage(folder: Path) -> None:
        for one in damages:
            one(folder)

    return damage


def repeated(rows: int, *, note: int = 0) -> Damage:
    """The exclusions as a small Parquet file of many rows, each with a note of that length."""

    def damage(folder: Path) -> None:
        cells = "'x' as branch_id, 'x' as fiscal_year, 'x' as measure_id, 'x' as as_of, 'x' as reason"
        # A statement of a test, put together from numbers.
        sql = f"select {cells}, repeat('x', {note}) as note from range({rows})"  # noqa: S608
        with duckdb.connect(":memory:") as connection:
            connection.sql(sql).write_parquet(str(folder / "exclusions.parquet"))
        said(path="exclusions.parquet")(folder)

    return damage


def typed(table: str, **types: str) -> Damage:
    """A table as Parquet whose columns have other types than text."""

    def damage(folder: Path) -> None:
        with (folder / f"{table}.csv").open(encoding="utf-8") as text:
            frame = pandas.read_csv(text, dtype=str)
        with duckdb.connect(":memory:") as connection:
            relation = connection.from_df(frame)
            columns = [
                duckdb.ColumnExpression(c).cast(types[c]).alias(c) if c in types else duckdb.ColumnExpression(c)
                for c in relation.columns
            ]
            relation.select(*columns).write_parquet(str(folder / f"{table}.parquet"))
        described(lambda d: resource(d, table).update(path=f"{table}.parquet"))(folder)

    return damage


# --- one damage, one problem -----------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """A damage, and the one problem it makes."""

    name: str
    damage: Damage
    problem: Problem
    ja: str
    en: str


PACKED = ("展開するか、CSV（UTF-8）で保存し直してください", "Unpack it, or save it as CSV")
JSON_ = ("括弧、引用符、コンマを確かめてください", "Check brackets, quotes and commas")
LARGE = ("ファイルが大きすぎます。読み込める大きさ：", "Files are read up to ")
SPECIAL = ("普通のファイルではありません", "Not an ordinary file")
ANEW = ("`python -m kenpo rows フォルダ`", "`python -m kenpo rows FOLDER`")
PATH = ("path に / 区切りで書いてください", "path says where, with / between folders")
DESCRIPTOR = "datapackage.json"


def file(name: str, damage: Damage, problem: Problem, words: tuple[str, str]) -> Case:
    return Case(name, damage, problem, *words)


def descriptor(name: str, data: bytes, problem: Problem, words: tuple[str, str]) -> Case:
    return Case(f"a descriptor: {name}", put(DESCRIPTOR, data), problem, *words)


def path(name: str, given: object, rule: str, words: tuple[str, str], value: str | None) -> Case:
    problem = Problem(rule, DESCRIPTOR, column="exclusions", value=value)
    return Case(f"a path: {name}", said(path=given), problem, *words)


OUTSIDE = ("フォルダの中でなければなりません", "must lie inside the folder")
REMOTE = ("インターネット上のファイルは読みません", "Nothing is read from the internet")

CASES = [
    file(
        "CSV, too large",
        grown("exclusions.csv", 64_000_001),
        Problem("file_large", "exclusions.csv", value="64.1 MB", expected="64 MB"),
        LARGE,
    ),
    file(
        "200 MB of one line",
        grown("monthly.csv", 200_000_000),
        Problem("file_large", "monthly.csv", value="200.0 MB", expected="64 MB"),
        LARGE,
    ),
    file(
        "Parquet, too large",
        both(put("exclusions.parquet", b""), grown("exclusions.parquet", 70_000_000), said(path="exclusions.parquet")),
        Problem("file_large", "exclusions.parquet", value="70.0 MB", expected="64 MB"),
        LARGE,
    ),
    file(
        "TOML, too large",
        grown("measures.toml", 1_000_001),
        Problem("file_large", "measures.toml", value="1.1 MB", expected="1 MB"),
        LARGE,
    ),
    file(
        "JSON, too large",
        grown(DESCRIPTOR, 2_000_001),
        Problem("file_large", DESCRIPTOR, value="2.1 MB", expected="2 MB"),
        LARGE,
    ),
    file("a folder as texts", a_folder("measures.toml"), Problem("file_special", "measures.toml"), SPECIAL),
    file("a folder as the descriptor", a_folder(DESCRIPTOR), Problem("file_special", DESCRIPTOR), SPECIAL),
    file(
        "a line without an end",
        put("exclusions.csv", f"{EXCLUSIONS}\n".encode() + b"," * 1_000_001),
        Problem("long_line", "exclusions.csv", 2, expected="1,000,000"),
        ("1行が長すぎます", "A line is too long"),
    ),
    file(
        "a cell without an end",
        put("exclusions.csv", f"{EXCLUSIONS}\n".encode() + b"x" * 200_000),
        Problem("long_cell", "exclusions.csv", 2, expected="131,072"),
        ("1つの値が長すぎます", "A value is too long"),
    ),
    file(
        "a workbook called CSV",
        put("exclusions.csv", b"PK\x03\x04\x14\0\0\0"),
        Problem("file_packed", "exclusions.csv"),
        PACKED,
    ),
    file(
        "gzip called CSV",
        put("exclusions.csv", gzip.compress(EXCLUSIONS.encode())),
        Problem("file_packed", "exclusions.csv"),
        PACKED,
    ),
    file(
        "no such folder",
        lambda folder: folder.rename(folder.with_name("away")),
        Problem("no_folder", "data"),
        ("KENPO_DATA", "KENPO_DATA"),
    ),
    file(
        "a key of 50,000 parts",
        put("measures.toml", b"# texts\n" + b".".join([b"a"] * 50_000) + b" = 1\n"),
        Problem("long_key", "measures.toml", 2, expected="20"),
        ("つなげるのは 20 個まで", "At most 20 parts"),
    ),
    file(
        "a heading of 50,000 parts",
        put("measures.toml", b"[" + b" . ".join([b'"a"'] * 50_000) + b"]\n"),
        Problem("long_key", "measures.toml", 1, expected="20"),
        ("つなげるのは 20 個まで", "At most 20 parts"),
    ),
    file(
        "more Parquet rows than are read",
        repeated(300_001),
        Problem("many_rows", "exclusions.parquet", value="300,001", expected="300,000"),
        ("読み込めるのは 300,000 行まで", "At most 300,000 are read"),
    ),
    file(
        "3,000,000 rows in 45 kB",
        repeated(3_000_000),
        Problem("many_rows", "exclusions.parquet", value="3,000,000", expected="300,000"),
        ("読み込めるのは 300,000 行まで", "At most 300,000 are read"),
    ),
    file(
        "a small Parquet of 200 MB of text",
        repeated(2_000, note=100_000),
        Problem("long_text", "exclusions.parquet", expected="64,000,000"),
        ("64,000,000 文字まで", "At most 64,000,000 characters"),
    ),
    file(
        "more CSV rows than are read",
        put("exclusions.csv", f"{EXCLUSIONS}\n".encode() + b",,,,,\n" * 300_001),
        Problem("many_rows", "exclusions.csv", expected="300,000"),
        ("読み込めるのは 300,000 行まで", "At most 300,000 are read"),
    ),
    file(
        "values typed DOUBLE",
        typed("observations", value="DOUBLE"),
        Problem("not_text", "observations.parquet", column="value", value="DOUBLE"),
        ("この列は文字列で保存してください", "The column must be text"),
    ),
    file(
        "values typed DECIMAL",
        typed("observations", value="DECIMAL(18,3)"),
        Problem("not_text", "observations.parquet", column="value", value="DECIMAL(18,3)"),
        ("この列は文字列で保存してください", "The column must be text"),
    ),
    file(
        "a date with a time",
        typed("documents", made_on="TIMESTAMP"),
        Problem("not_text", "documents.parquet", column="made_on", value="TIMESTAMP"),
        ("この列は文字列で保存してください", "The column must be text"),
    ),
    descriptor(
        "a list",
        b"[]",
        Problem("descriptor_form", DESCRIPTOR, value="[]"),
        ("{ で始まり } で終わる", "begin with { and end with }"),
    ),
    descriptor(
        "null",
        b"null",
        Problem("descriptor_form", DESCRIPTOR, value="None"),
        ("{ で始まり } で終わる", "begin with { and end with }"),
    ),
    descriptor(
        "a number",
        b"7",
        Problem("descriptor_form", DESCRIPTOR, value="7"),
        ("{ で始まり } で終わる", "begin with { and end with }"),
    ),
    descriptor("empty", b"", Problem("bad_descriptor", DESCRIPTOR, 1, value=""), JSON_),
    descriptor("endless brackets", b"[" * 100_000, Problem("bad_descriptor", DESCRIPTOR), JSON_),
    descriptor("endless braces", b'{"a":' * 100_000, Problem("bad_descriptor", DESCRIPTOR), JSON_),
    descriptor(
        "a number of 5,000 digits", b'{"version": ' + b"1" * 5000 + b"}", Problem("bad_descriptor", DESCRIPTOR), JSON_
    ),
    descriptor("a comma too many", b'{\n"name": "x",\n}', Problem("bad_descriptor", DESCRIPTOR, 3, value="}"), JSON_),
    descriptor("half a character", b'{"title": "\\ud800"}', Problem("bad_descriptor", DESCRIPTOR), JSON_),
    descriptor(
        "UTF-16",
        '{"name": "x"}'.encode("utf-16"),
        Problem("encoding", DESCRIPTOR, 1, value="ff"),
        ("UTF-8で保存し直してください", "Save the file as UTF-8"),
    ),
    descriptor(
        "a NUL character",
        b'{\n"name": "\0"}',
        Problem("nul_byte", DESCRIPTOR, 2),
        ("NUL文字が含まれています", "NUL character"),
    ),
    descriptor(
        "resources in words",
        b'{"resources": "tables"}',
        Problem("no_resources", DESCRIPTOR, column="resources"),
        ("表の一覧（resources）", "A list of tables (resources)"),
    ),
    descriptor(
        "a resource in words",
        b'{"resources": ["observations"]}',
        Problem("odd_resource", DESCRIPTOR, column="resources", value="observations"),
        ("表の記述でないもの", "describes no table"),
    ),
    descriptor(
        "a name as a list",
        b'{"resources": [{"name": ["observations"]}]}',
        Problem("odd_resource", DESCRIPTOR, column="resources", value="{'name': ['observations']}"),
        ("表の記述でないもの", "describes no table"),
    ),
    file(
        "a table described twice",
        described(lambda d: d["resources"].append(resource(d))),
        Problem("resource_twice", DESCRIPTOR, column="exclusions"),
        ("同じ表が2回", "described twice"),
    ),
    file(
        "a table inside the descriptor",
        described(lambda d: (resource(d).pop("path"), resource(d).update(data=[]))),
        Problem("resource_path", DESCRIPTOR, column="exclusions"),
        PATH,
    ),
    path("above the folder", "../../etc/passwd", "outside", OUTSIDE, "../../etc/passwd"),
    path("from the root", "/etc/passwd", "outside", OUTSIDE, "/etc/passwd"),
    path("a drive", "C:exclusions.csv", "outside", OUTSIDE, "C:exclusions.csv"),
    path("empty", "", "resource_path", PATH, ""),
    path("the folder itself", ".", "resource_path", PATH, "."),
    path("backslashes", "sub\\exclusions.csv", "resource_path", PATH, "sub\\exclusions.csv"),
    path("a NUL character", "a\0b.csv", "resource_path", PATH, "a·b.csv"),
    path("null", None, "resource_path", PATH, None),
    path("a number", 7, "resource_path", PATH, "7"),
    path("a list", ["exclusions.csv"], "resource_path", PATH, "['exclusions.csv']"),
    path("http", "http://example.org/x.csv", "remote_path", REMOTE, "http://example.org/x.csv"),
    path("file", "file:///etc/passwd", "remote_path", REMOTE, "file:///etc/passwd"),
    path("s3", "s3://bucket/x.csv", "remote_path", REMOTE, "s3://bucket/x.csv"),
    path(
        "300 characters",
        "x" * 300 + ".csv",
        "file_name_long",
        ("長すぎて開けません", "too long to be opened"),
        "x" * 119 + "…",
    ),
    path(
        "5,000 characters",
        "x/" * 2500 + "y.csv",
        "file_name_long",
        ("長すぎて開けません", "too long to be opened"),
        ANY,
    ),
    *(
        file(
            f"a table called .{ending}",
            renamed(f"exclusions.csv.{ending}"),
            Problem("file_packed", DESCRIPTOR, column="exclusions", value=f"exclusions.csv.{ending}"),
            PACKED,
        )
        for ending in ("gz", "zip", "bz2", "xz", "zst", "tar", "tar.gz", "GZ")
    ),
    file(
        "fewer rows than recorded", said(rows=3), Problem("fewer_rows", "exclusions.csv", value="2", expected="3"), ANEW
    ),
    file(
        "another size than recorded",
        said(bytes=7),
        Problem("other_bytes", "exclusions.csv", value="289 bytes", expected="7 bytes"),
        ANEW,
    ),
    file(
        "another content than recorded", said(hash="sha256:" + "0" * 64), Problem("other_hash", "exclusions.csv"), ANEW
    ),
    file(
        "rows in words",
        said(rows="two"),
        Problem("odd_number", DESCRIPTOR, column="exclusions: rows", value="two"),
        ("0以上の整数", "A whole number"),
    ),
    file(
        "rows below none",
        said(rows=-1),
        Problem("odd_number", DESCRIPTOR, column="exclusions: rows", value="-1"),
        ("0以上の整数", "A whole number"),
    ),
    file(
        "rows true",
        said(rows=True),
        Problem("odd_number", DESCRIPTOR, column="exclusions: rows", value="True"),
        ("0以上の整数", "A whole number"),
    ),
    file(
        "half a byte",
        said(bytes=0.5),
        Problem("odd_number", DESCRIPTOR, column="exclusions: bytes", value="0.5"),
        ("0以上の整数", "A whole number"),
    ),
    file(
        "another kind of hash",
        said(hash="md5:0"),
        Problem("odd_hash", DESCRIPTOR, column="exclusions: hash", value="md5:0"),
        ("64桁の16進数", "64 hexadecimal digits"),
    ),
]
POSIX_CASES = [
    file("texts from a pipe", pipe("measures.toml"), Problem("file_special", "measures.toml"), SPECIAL),
    file("a descriptor from a pipe", pipe(DESCRIPTOR), Problem("file_special", DESCRIPTOR), SPECIAL),
    file("a table from a pipe", pipe("exclusions.csv"), Problem("file_special", "exclusions.csv"), SPECIAL),
    file("endless texts", linked("measures.toml", "/dev/zero"), Problem("outside", "measures.toml"), OUTSIDE),
    file("texts from elsewhere", linked("measures.toml", "/etc/passwd"), Problem("outside", "measures.toml"), OUTSIDE),
    file(
        "a table from elsewhere",
        linked("exclusions.csv", "/etc/passwd"),
        Problem("outside", DESCRIPTOR, column="exclusions", value="exclusions.csv"),
        OUTSIDE,
    ),
    file(
        "a table that links to itself",
        linked("exclusions.csv", "exclusions.csv"),
        Problem("file_loop", DESCRIPTOR, column="exclusions", value="exclusions.csv"),
        ("リンクが自分自身に戻っている", "A link leads back to itself"),
    ),
    file(
        "texts that link to themselves",
        linked("measures.toml", "measures.toml"),
        Problem("file_loop", "measures.toml"),
        ("リンクが自分自身に戻っている", "A link leads back to itself"),
    ),
    file(
        "a descriptor that links to itself",
        linked(DESCRIPTOR, DESCRIPTOR),
        Problem("file_loop", DESCRIPTOR),
        ("リンクが自分自身に戻っている", "A link leads back to itself"),
    ),
]
HINDERED = {
    "file_denied": PermissionError(errno.EACCES, "x"),
    "file_locked": OSError(errno.EBUSY, "x"),
    "file_name_long": OSError(errno.ENAMETOOLONG, "x"),
    "file_loop": OSError(errno.ELOOP, "x"),
    "missing_file": NotADirectoryError(errno.ENOTDIR, "x"),
    "file_unreadable": OSError(errno.EIO, "x"),
}
"""What the system may answer when a file is opened, by the rule that explains it."""
BY_OTHER_TESTS = {"stopped", "changing", "not_loaded", *HINDERED}
RULES = {case.problem.rule for case in (*CASES, *POSIX_CASES)} | BY_OTHER_TESTS
"""Every rule about files, for the test that no text is left without one."""
every_case = pytest.mark.parametrize(
    "case", [*CASES, *(pytest.param(case, marks=posix) for case in POSIX_CASES)], ids=lambda case: case.name
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return builders.package(tmp_path / "data")


@every_case
def test_a_damaged_file_is_one_problem_in_both_languages(case: Case, folder: Path) -> None:
    case.damage(folder)
    start = time.process_time()
    (problem,) = checks.check(folder)
    assert problem == case.problem
    # The worst that was tried took minutes or never came back.
    assert time.process_time() - start < 10
    for text, words in ((texts("ja"), case.ja), (texts("en"), case.en)):
        message = explain(problem, text)
        assert words in message
        assert problem.expected in message
        # Neither an unfilled field nor what Python says of itself.
        assert not re.search(r"\{[a-z_]+\}|Error|Errno|object|NoneType|codec|Expecting", message)


@pytest.mark.parametrize("rule", HINDERED)
@pytest.mark.parametrize("name", ["observations.csv", "measures.toml", DESCRIPTOR])
def test_whatever_the_system_answers_is_one_problem(
    rule: str, name: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def hindered(path: Any, *rest: Any, **more: Any) -> int:
        if Path(path) == folder / name:
            raise HINDERED[rule]
        return opened(path, *rest, **more)

    monkeypatch.setattr(os, "open", hindered)
    problem = Problem(rule, name)
    assert checks.check(folder) == [problem]
    assert all(explain(problem, texts(lang)) for lang in ("ja", "en"))


@pytest.mark.parametrize("code", [32, 33])
def test_windows_says_otherwise_that_a_file_is_held(code: int) -> None:
    error = PermissionError(errno.EACCES, "x")
    error.winerror = code  # type: ignore[attr-defined, unused-ignore]
    assert reading.rule_of(error) == "file_locked"


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"12345")
    monkeypatch.setattr(os, "fstat", lambda _: os.stat_result((0,) * 10))
    with pytest.raises(files.RefusedError) as refused:
        files.read(path, 4)
    assert refused.value.problem.rule == "file_large"
    assert files.read(path, 5) == b"12345"


# --- many problems ---------------------------------------------------------------------------------


def test_the_check_stops_after_five_hundred_problems_and_says_so(folder: Path) -> None:
    rows = [builders.observation(f"{line},0", line=str(line)) for line in range(1, 601)]
    builders.write(folder / "observations.csv", builders.OBSERVATION_COLUMNS, rows)
    *found, last = checks.check(folder)
    assert len(found) == 500
    assert last == Problem("stopped", "observations.csv", expected="500")
    assert explain(last, texts("ja")) == (
        "observations.csv：500 件見つかったため、ここで検査を止めました。ほかにもあるかもしれません"
    )
    assert explain(last, texts("en")) == (
        "observations.csv: The check stopped here after 500 problems. There may be more"
    )


def test_exactly_five_hundred_problems_are_all_there_are(folder: Path) -> None:
    builders.undated(folder)
    rows = [builders.observation(f"{line},0", line=str(line)) for line in range(1, 601)]
    builders.write(folder / "observations.csv", builders.OBSERVATION_COLUMNS, rows)
    builders.write(folder / "observations.csv", builders.OBSERVATION_COLUMNS, rows[:500])
    assert [problem.rule for problem in checks.check(folder)] == ["type_number"] * 500


@pytest.mark.parametrize("name", ["", "note"], ids=["without a name", "of one name"])
def test_a_header_of_a_hundred_thousand_columns_costs_no_more_than_a_few(name: str, folder: Path) -> None:
    put("exclusions.csv", (EXCLUSIONS + f",{name}" * 100_000).encode())(folder)
    start = time.process_time()
    assert checks.check(folder)
    assert time.process_time() - start < 5


def test_many_broken_rows_cost_no_more_than_the_first_few(folder: Path) -> None:
    builders.write(folder / "exclusions.csv", ["branch_id"], [])
    put("exclusions.csv", f"{EXCLUSIONS}\n".encode() + b"a,b\n" * 200_000)(folder)
    start = time.process_time()
    assert len(checks.check(folder)) == 501
    assert time.process_time() - start < 5


# --- what is no damage -----------------------------------------------------------------------------

MORE = {"name": "weekly", "data": [{"a": 1}]}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(described(lambda d: d["resources"].append(MORE)), id="a further table with its data inside"),
        pytest.param(described(lambda d: d["resources"].append({"name": "w", "path": ["a", "b"]})), id="in two files"),
        pytest.param(
            described(lambda d: d["resources"].append({"name": "w", "path": "http://example.org/x"})), id="elsewhere"
        ),
        pytest.param(described(lambda d: d["resources"].append({"path": "x.gz"})), id="a further file without a name"),
        pytest.param(described(lambda d: d["resources"].extend([MORE, MORE])), id="a further table twice"),
        pytest.param(renamed("sub/folder/exclusions.csv"), id="a table in a folder of its own"),
        pytest.param(renamed("対象外　一覧.csv"), id="a name with a full-width space"),
        pytest.param(renamed("exclusions"), id="a name without an ending"),
        pytest.param(renamed("EXCLUSIONS.CSV"), id="a name in capitals"),
        pytest.param(typed("monthly", value="BIGINT", fiscal_year="INTEGER"), id="whole numbers typed so"),
        pytest.param(typed("documents", made_on="DATE", draft="BOOLEAN"), id="dates and truths typed so"),
        pytest.param(said(rows=2, bytes=289), id="what is stated is true"),
        pytest.param(said(rows=1), id="more rows than the fewest"),
        pytest.param(said(rows=0, bytes=None, hash=None), id="nothing stated"),
    ],
)
def test_what_means_the_same_loads_the_same(change: Damage, folder: Path) -> None:
    change(folder)
    assert checks.check(folder) == []
    one, other = database.open_package(folder), database.open_package(builders.DATA)
    assert all(database.table(one, name) == database.table(other, name) for name in database.own_tables())


@posix
@pytest.mark.parametrize("name", ["data*x", "data [2024]", "d?ta"])
def test_signs_of_a_pattern_in_a_name_fetch_no_other_parquet(name: str, tmp_path: Path) -> None:
    for other in ("data-x", "data 2", "dxta"):
        folder = builders.package(tmp_path / other)
        (folder / "exclusions.parquet").write_bytes(b"no Parquet")
    folder = builders.package(tmp_path / name)
    typed("exclusions")(folder)
    assert checks.check(folder) == []
    assert len(database.table(database.open_package(folder), "exclusions")) == 2


@pytest.mark.parametrize("name", ["fiscal_year=1999", "year=2024"])
def test_the_name_of_a_folder_is_never_read_as_data_of_parquet(name: str, tmp_path: Path) -> None:
    folder = builders.package(tmp_path / name)
    typed("exclusions")(folder)
    assert checks.check(folder) == []
    assert {row["fiscal_year"] for row in database.table(database.open_package(folder), "exclusions")} == {2023}


@posix
def test_a_link_inside_the_folder_is_followed(folder: Path) -> None:
    (folder / "figures").mkdir()
    (folder / "exclusions.csv").rename(folder / "figures" / "one.csv")
    (folder / "exclusions.csv").symlink_to("figures/one.csv")
    assert checks.check(folder) == []


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=5)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4).filter(any), min_size=1, max_size=6))
def test_rows_come_back_as_they_were_written(rows: list[list[str]]) -> None:
    quoted = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    assert [cells for _, cells in decoding.csv_rows(quoted.encode("utf-8"), "x.csv")] == rows


@given(st.lists(st.integers(min_value=0, max_value=60), min_size=1, max_size=8), st.booleans())
def test_the_first_line_that_is_too_long_is_found_wherever_it_stands(lengths: list[int], ended: bool) -> None:
    data = b"\n".join(b"x" * length for length in lengths) + (b"\n" if ended else b"")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(decoding, "RECORD_BYTES", 20)
        found = decoding._long_line(data)
    assert found == next((at for at, length in enumerate(lengths, 1) if length > 20), None)


@pytest.mark.parametrize("end", [b"\r", b"\r\n"], ids=["CR", "CRLF"])
def test_lines_may_end_in_any_way(end: bytes) -> None:
    assert decoding._long_line((b"x" * 900_000 + end) * 3) is None
    assert decoding._long_line(b"x" + end + b"x" * 1_000_001) is not None


# --- stamp -----------------------------------------------------------------------------------------


def touched(name: str) -> Damage:
    return lambda folder: os.utime(folder / name, (1, 1))


def replaced(name: str, data: bytes) -> Damage:
    """Another file with the same size and time, as cp -p puts it there."""

    def damage(folder: Path) -> None:
        path, before = folder / name, (folder / name).stat()
        beside = folder / "beside"
        beside.write_bytes(data.ljust(before.st_size)[: before.st_size])
        os.utime(beside, ns=(before.st_atime_ns, before.st_mtime_ns))
        beside.replace(path)
        assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)

    return damage


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(touched("observations.csv"), id="another time"),
        pytest.param(touched("measures.toml"), id="the texts at another time"),
        pytest.param(touched(DESCRIPTOR), id="the descriptor at another time"),
        pytest.param(touched("sub/exclusions.csv"), id="a table in a folder of its own"),
        pytest.param(replaced("observations.csv", b"x"), id="another file of the same size and time"),
        pytest.param(replaced("sub/exclusions.csv", b"x"), id="the same in a folder of its own"),
        pytest.param(lambda folder: (folder / "observations.csv").unlink(), id="a file less"),
        pytest.param(lambda folder: (folder / "measures.toml").unlink(), id="no texts"),
        pytest.param(lambda folder: folder.rename(folder.with_name("away")), id="no folder"),
        pytest.param(said(title="x"), id="another descriptor"),
    ],
)
def test_the_stamp_changes_with_any_file_of_the_package(change: Damage, folder: Path) -> None:
    renamed("sub/exclusions.csv")(folder)
    before = files.stamp(folder)
    assert files.stamp(folder) == before
    change(folder)
    assert files.stamp(folder) != before


def test_the_stamp_does_not_mind_files_of_somebody_else(folder: Path) -> None:
    before = files.stamp(folder)
    (folder / "note.txt").write_text("x", encoding="utf-8")
    (folder / "sub").mkdir()
    assert files.stamp(folder) == before


def test_a_descriptor_that_can_be_read_again_names_its_files_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nothing of the file changes when another program lets go of it.
    whole = files.stamp(folder)
    opened = os.open

    def held(*_: object, **__: object) -> int:
        raise OSError(errno.EBUSY, "x")

    named_by.cache_clear()
    monkeypatch.setattr(os, "open", held)
    assert [name for name, _ in files.stamp(folder)] == [DESCRIPTOR, "measures.toml"]
    monkeypatch.setattr(os, "open", opened)
    assert files.stamp(folder) == whole


def test_the_contents_tell_apart_what_the_stamp_cannot(folder: Path) -> None:
    before = dict(files.contents(folder))
    replaced("observations.csv", b"x")(folder)
    after = dict(files.contents(folder))
    assert {name for name in before if before[name] != after[name]} == {"observations.csv"}
    touched("monthly.csv")(folder)
    assert dict(files.contents(folder)) == after


@posix
def test_the_contents_of_what_is_no_file_are_the_reason(folder: Path) -> None:
    pipe("observations.csv")(folder)
    assert dict(files.contents(folder))["observations.csv"] == "file_special"


def test_the_files_that_are_named_are_those_of_the_own_folder() -> None:
    paths = [
        "a.csv",
        ["b.csv", "sub/c.csv"],
        "../d.csv",
        "http://example.org/e.csv",
        None,
        7,
        "a.csv",
        "/f.csv",
        "g.gz",
    ]
    named = files.named_files({"resources": [{"path": path} for path in paths] + ["x"]})
    assert named == ["a.csv", "b.csv", "sub/c.csv"]
    assert files.named_files({}) == files.named_files({"resources": "x"}) == []


# --- writing ---------------------------------------------------------------------------------------


def test_a_new_folder_stands_there_only_when_it_is_whole(tmp_path: Path) -> None:
    out = tmp_path / "a" / "b"
    with files.new_folder(out) as part:
        (part / "x.parquet").write_text("x", encoding="utf-8")
        (part / DESCRIPTOR).write_text("{}", encoding="utf-8")
        assert not (out / DESCRIPTOR).exists()
        assert not (out / "x.parquet").exists()
    assert sorted(path.name for path in out.iterdir()) == [DESCRIPTOR, "x.parquet"]


@pytest.mark.parametrize("there", [True, False], ids=["an empty folder", "no folder"])
def test_a_folder_that_could_not_be_written_leaves_nothing(there: bool, tmp_path: Path) -> None:
    out = tmp_path / "a" / "b"
    if there:
        out.mkdir(parents=True)

    def fails() -> None:
        with files.new_folder(out) as part:
            (part / "x.parquet").write_text("x", encoding="utf-8")
            raise OSError(errno.ENOSPC, "full")

    with pytest.raises(OSError, match="full"):
        fails()
    assert sorted(tmp_path.rglob("*")) == ([tmp_path / "a", out] if there else [])


def test_what_a_killed_run_has_left_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / writing._PART).mkdir()
    (tmp_path / writing._PART / "half").write_text("x", encoding="utf-8")
    with files.new_folder(tmp_path) as part:
        (part / "x").write_text("x", encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_a_text_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.json"
    path.write_text("old", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        with pytest.raises(OSError, match="full"):
            files.replace(path, "new")
    assert {p.name: p.read_text(encoding="utf-8") for p in tmp_path.iterdir()} == {"x.json": "old"}
    files.replace(path, "new\n")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"x.json": b"new\n"}
