"""A package is damaged in one way; the check names exactly that place and what would be right."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import duckdb
import pytest
from duckdb import CoalesceOperator, ColumnExpression, ConstantExpression
from hypothesis import given
from hypothesis import strategies as st

from kenpo import catalog, checks, database
from kenpo.catalog import Lang
from kenpo.checks import Problem
from kenpo.text import texts
from kenpo.views.problems import explain, where
from tests import builders
from tests.unit.test_files import RULES as FILE_RULES

Damage = Callable[[Path], None]
Descriptor = dict[str, Any]

TABLES = (
    *("measures", "branches", "documents", "observations", "exclusions", "ranges", "incentive_ranks", "monthly"),
    *("benefit_kinds", "benefits", "budget_sections", "budgets", "policies", "initiatives", "marks", "plan_changes"),
)
HEADER = "branch_id,fiscal_year,measure_id,kind,value,target_rule,as_of,status,stated,document_id,line,printed,note"
EXCLUSIONS = "branch_id,fiscal_year,measure_id,as_of,reason,note"
ROOT = Path(__file__).resolve().parent.parent.parent


# --- ways to damage a package ----------------------------------------------------------------------


def rows(*table: dict[str, object]) -> Damage:
    """A sound row on line 2, then these from line 3 on."""
    sound = builders.observation("61.0", measure_id="dependant_checkup_rate")

    def damage(folder: Path) -> None:
        builders.write(
            folder / "observations.csv", builders.OBSERVATION_COLUMNS, [sound, *(dict(row) for row in table)]
        )
        builders.undated(folder)

    return damage


def row(value: str = "50.0", **said: object) -> Damage:
    return rows(builders.observation(value, **said))


def no_share(folder: Path) -> None:
    """Lets the measure of the usual row be any percentage: its slider says that it is no share."""
    swap("measures.csv", ",0.5,0,100,1,40歳以上被保険者", ",0.5,-100,1000,1,40歳以上被保険者")(folder)


def swap(file: str, old: str, new: str) -> Damage:
    def damage(folder: Path) -> None:
        text = (folder / file).read_bytes().decode("utf-8")
        assert old in text, f"nothing to damage: {old}"
        (folder / file).write_bytes(text.replace(old, new, 1).encode("utf-8"))

    return damage


def content(file: str, data: bytes) -> Damage:
    def damage(folder: Path) -> None:
        (folder / file).write_bytes(data)

    return damage


def line_of(file: str, start: str) -> int:
    """The line of the app's own table that begins like this."""
    lines = (builders.DATA / file).read_text(encoding="utf-8").splitlines()
    return next(at for at, line in enumerate(lines, 1) if line.startswith(start))


def absent(file: str) -> Damage:
    return lambda folder: (folder / file).unlink()


def renamed(file: str, name: str) -> Damage:
    def damage(folder: Path) -> None:
        (folder / file).replace(folder / name)

    return damage


def described(change: Callable[[Descriptor], object]) -> Damage:
    def damage(folder: Path) -> None:
        path = folder / "datapackage.json"
        descriptor = json.loads(path.read_text(encoding="utf-8"))
        change(descriptor)
        path.write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")

    return damage


def resource(descriptor: Descriptor, name: str) -> Descriptor:
    found: Descriptor = next(r for r in descriptor["resources"] if r["name"] == name)
    return found


def fields(descriptor: Descriptor, name: str) -> list[Descriptor]:
    found: list[Descriptor] = resource(descriptor, name)["schema"]["fields"]
    return found


def path_of(name: str, path: str) -> Damage:
    return described(lambda d: resource(d, name).update(path=path))


def as_parquet(*names: str, empty_as_text: bool = False) -> Damage:
    """Every column as text; an empty cell as NULL, or as an empty text."""

    def damage(folder: Path) -> None:
        with duckdb.connect(":memory:") as connection:
            for name in names:
                relation = connection.read_csv(str(folder / f"{name}.csv"), header=True, sep=",", all_varchar=True)
                if empty_as_text:
                    relation = relation.select(
                        *(
                            CoalesceOperator(ColumnExpression(c), ConstantExpression("")).alias(c)
                            for c in relation.columns
                        )
                    )
                relation.write_parquet(str(folder / f"{name}.parquet"))
                (folder / f"{name}.csv").unlink()
                path_of(name, f"{name}.parquet")(folder)

    return damage


def cut_parquet(folder: Path) -> None:
    as_parquet("observations")(folder)
    data = (folder / "observations.parquet").read_bytes()
    (folder / "observations.parquet").write_bytes(data[:-200])


def both(*damages: Damage) -> Damage:
    def damage(folder: Path) -> None:
        for one in damages:
            one(folder)

    return damage


# --- one damage, one problem -----------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """A damage, the one problem it makes, and words of both messages that say what would be right."""

    name: str
    damage: Damage
    problem: Problem
    ja: str
    en: str


def cell(name: str, damage: Damage, rule: str, column: str, value: str, ja: str, en: str, expected: str = "") -> Case:
    """A damaged cell of line 3 of observations.csv."""
    return Case(name, damage, Problem(rule, "observations.csv", 3, column, value, expected), ja, en)


NUMBER = ("半角の数が必要", "A plain number is needed (58.0")
YEAR = ("半角4桁の西暦が必要です（例 2024）", "A year of four plain digits is needed (2024)")
MONTH = ("年月が必要です（例 2023-09）", "A month is needed (2023-09)")
TEXT = ("前後の空白や制御文字は使えません", "No spaces at the ends")
RULES = "at_least, at_most, equal, at_least_previous_year, at_most_previous_year, qualitative"
INDICATORS = "overall, checkup_rate, guidance_rate, guidance_eligible_decrease, visit_rate, generic_use"
LINES = "^[1-9][0-9]{0,8}(;[1-9][0-9]{0,8})*$"
ONE_FIGURE = "yamaguchi / 2024 / lifestyle_checkup_rate / actual /  / yamaguchi-2024-plan / 15.0"
KEY = "branch_id+fiscal_year+measure_id+kind+as_of+document_id+value"


def number(name: str, value: str, shown: str | None = None) -> Case:
    return cell(
        f"number, {name}", row(value, printed=f"{value.strip()}%"), "type_number", "value", shown or value, *NUMBER
    )


STRUCTURE = [
    Case(
        "a file is missing",
        absent("observations.csv"),
        Problem("missing_file", "observations.csv"),
        "ファイルがありません",
        "The file is missing",
    ),
    Case(
        "a folder where a file belongs",
        both(absent("exclusions.csv"), lambda folder: (folder / "exclusions.csv").mkdir()),
        Problem("file_special", "exclusions.csv"),
        "普通のファイルではありません",
        "Not an ordinary file",
    ),
    Case(
        "the descriptor is missing",
        absent("datapackage.json"),
        Problem("missing_file", "datapackage.json"),
        "ファイルがありません",
        "The file is missing",
    ),
    Case(
        "broken JSON",
        content("datapackage.json", b'{"resources": ['),
        Problem("bad_descriptor", "datapackage.json", 1, value='{"resources": ['),
        "括弧、引用符、コンマを確かめてください",
        "Check brackets, quotes and commas",
    ),
    Case(
        "JSON without resources",
        content("datapackage.json", b'{"name": "kenpo"}'),
        Problem("no_resources", "datapackage.json", column="resources"),
        "表の一覧（resources）が必要です",
        "A list of tables (resources) is needed",
    ),
    Case(
        "a descriptor in Shift_JIS",
        content("datapackage.json", '{"title": "山口"}'.encode("shift_jis")),
        Problem("encoding", "datapackage.json", 1, value="8e"),
        "UTF-8で保存し直してください",
        "Save the file as UTF-8",
    ),
    Case(
        "a table is not described",
        described(lambda d: d["resources"].remove(resource(d, "exclusions"))),
        Problem("missing_resource", "datapackage.json", column="resources", value="exclusions"),
        "必要な表の記述がありません",
        "A table the app needs is not described",
    ),
    Case(
        "a table in several files",
        described(lambda d: resource(d, "exclusions").update(path=["exclusions.csv"])),
        Problem("resource_path", "datapackage.json", column="exclusions", value="['exclusions.csv']"),
        "表は1つのファイルに置き",
        "A table lies in one file",
    ),
    Case(
        "a field of another name",
        described(lambda d: fields(d, "exclusions")[0].update(name="branch")),
        Problem("other_schema", "datapackage.json", column="exclusions", expected=EXCLUSIONS),
        "正しい列：branch_id,fiscal_year",
        "Right: branch_id,fiscal_year",
    ),
    Case(
        "a field of another type",
        described(lambda d: fields(d, "observations")[4].update(type="string")),
        Problem("other_schema", "datapackage.json", column="observations", expected=HEADER),
        "正しい列：branch_id,fiscal_year",
        "Right: branch_id,fiscal_year",
    ),
    Case(
        "a field left out",
        described(lambda d: fields(d, "exclusions").pop()),
        Problem("other_schema", "datapackage.json", column="exclusions", expected=EXCLUSIONS),
        "正しい列：branch_id,fiscal_year",
        "Right: branch_id,fiscal_year",
    ),
    Case(
        "a path that leaves the folder",
        path_of("observations", "../observations.csv"),
        Problem("outside", "datapackage.json", column="observations", value="../observations.csv"),
        "フォルダの中でなければなりません",
        "must lie inside the folder",
    ),
    Case(
        "an absolute path",
        path_of("observations", "/etc/hosts"),
        Problem("outside", "datapackage.json", column="observations", value="/etc/hosts"),
        "フォルダの中でなければなりません",
        "must lie inside the folder",
    ),
    Case(
        "an empty file",
        content("observations.csv", b""),
        Problem("empty_file", "observations.csv"),
        "ファイルが空です",
        "The file is empty",
    ),
    Case(
        "a file of blank lines",
        content("observations.csv", b"\r\n \n"),
        Problem("empty_file", "observations.csv"),
        "ファイルが空です",
        "The file is empty",
    ),
    Case(
        "a NUL character",
        both(row(note="x"), swap("observations.csv", ",x\n", ",\0\n")),
        Problem("nul_byte", "observations.csv", 3),
        "NUL文字が含まれています",
        "NUL character",
    ),
    Case(
        "Shift_JIS",
        both(row(), lambda folder: shift_jis(folder / "observations.csv")),
        Problem("encoding", "observations.csv", 4, value="91"),
        "UTF-8で保存し直してください",
        "Save the file as UTF-8",
    ),
    Case(
        "an unclosed quote",
        both(row(note="x"), swap("observations.csv", ",x\n", ',"x\n')),
        Problem("bad_csv", "observations.csv", 3, value=ANY),
        "引用符の閉じ忘れ",
        "an unclosed quote",
    ),
    Case(
        "text behind a closing quote",
        both(row(note="x"), swap("observations.csv", ",x\n", ',"x"y\n')),
        Problem("bad_csv", "observations.csv", 3, value=ANY),
        "引用符の閉じ忘れ",
        "an unclosed quote",
    ),
    Case(
        "a column is dropped",
        swap("exclusions.csv", EXCLUSIONS, "branch_id,fiscal_year,measure_id,as_of,reason"),
        Problem("missing_column", "exclusions.csv", 1, "note", expected=EXCLUSIONS),
        "必要な列：branch_id,fiscal_year",
        "Needed: branch_id,fiscal_year",
    ),
    Case(
        "a column is added",
        swap("exclusions.csv", EXCLUSIONS, f"{EXCLUSIONS},remark"),
        Problem("unknown_column", "exclusions.csv", 1, "remark", expected=EXCLUSIONS),
        "正しい列：branch_id,fiscal_year",
        "Right: branch_id,fiscal_year",
    ),
    Case(
        "a column stands twice",
        swap("exclusions.csv", EXCLUSIONS, f"{EXCLUSIONS},note"),
        Problem("column_twice", "exclusions.csv", 1, "note"),
        "同じ列名が2回あります",
        "The column stands twice",
    ),
    Case(
        "a row lacks a cell",
        both(row(), swap("observations.csv", "61.0%,", "61.0%")),
        Problem("cell_count", "observations.csv", 2, value="12", expected="13"),
        "正しい数：13",
        "Right: 13",
    ),
    Case(
        "an unquoted comma makes a cell too many",
        both(row(), swap("observations.csv", "61.0%,", "61,0%,")),
        Problem("cell_count", "observations.csv", 2, value="14", expected="13"),
        "正しい数：13",
        "Right: 13",
    ),
    Case(
        "cut Parquet",
        cut_parquet,
        Problem("bad_parquet", "observations.parquet", value=ANY),
        "途中で切れている",
        "cut short",
    ),
    Case(
        "CSV under the name of Parquet",
        both(renamed("exclusions.csv", "exclusions.parquet"), path_of("exclusions", "exclusions.parquet")),
        Problem("bad_parquet", "exclusions.parquet", value=ANY),
        "Parquetとして読めません",
        "Not readable as Parquet",
    ),
    Case(
        "broken TOML",
        content("measures.toml", b"[lifestyle_checkup_rate\n"),
        Problem("bad_texts", "measures.toml", 1, value="[lifestyle_checkup_rate"),
        "TOMLとして読めません",
        "Not readable as TOML",
    ),
    Case(
        "TOML in Shift_JIS",
        content("measures.toml", '[lifestyle_checkup_rate]\nwhy_ja = "健診"\n'.encode("shift_jis")),
        Problem("encoding", "measures.toml", 2, value="8c"),
        "UTF-8で保存し直してください",
        "Save the file as UTF-8",
    ),
    Case(
        "a text of an unknown measure",
        content("measures.toml", b'[checkups]\nwhy_en = "x"\n'),
        Problem("unknown_id", "measures.toml", column="measure_id", value="checkups", expected="measures.csv"),
        "measures.csv にあるIDを使ってください",
        "Use one of measures.csv",
    ),
    Case(
        "a number where texts belong",
        content("measures.toml", b"lifestyle_checkup_rate = 3\n"),
        Problem("not_texts", "measures.toml", column="lifestyle_checkup_rate", value="3"),
        "文の表が必要です",
        "A table of texts is needed",
    ),
    Case(
        "a number among the texts",
        content("measures.toml", b"[lifestyle_checkup_rate]\nwhy_en = 3\n"),
        Problem("not_texts", "measures.toml", column="lifestyle_checkup_rate", value="{'why_en': 3}"),
        "文の表が必要です",
        "A table of texts is needed",
    ),
    Case(
        "a text where a table belongs",
        content("measures.toml", b'lifestyle_checkup_rate = "x"\n'),
        Problem("not_texts", "measures.toml", column="lifestyle_checkup_rate", value="x"),
        "文の表が必要です",
        "A table of texts is needed",
    ),
]

CELLS = [
    cell(
        "unknown branch",
        row(branch_id="yamagushi"),
        "unknown_id",
        "branch_id",
        "yamagushi",
        "branches.csv: branch_id にあるIDを使ってください",
        "Use one of branches.csv: branch_id",
        "branches.csv: branch_id",
    ),
    cell(
        "a branch by its name",
        row(branch_id="山口"),
        "unknown_id",
        "branch_id",
        "山口",
        "branches.csv: branch_id にあるIDを使ってください",
        "Use one of branches.csv: branch_id",
        "branches.csv: branch_id",
    ),
    cell(
        "unknown measure",
        row(measure_id="lifestyle_checkup"),
        "unknown_id",
        "measure_id",
        "lifestyle_checkup",
        "measures.csv: measure_id にあるIDを使ってください",
        "Use one of measures.csv: measure_id",
        "measures.csv: measure_id",
    ),
    cell(
        "unknown document",
        row(document_id="yamaguchi-2023-plan"),
        "unknown_id",
        "document_id",
        "yamaguchi-2023-plan",
        "documents.csv: document_id にあるIDを使ってください",
        "Use one of documents.csv: document_id",
        "documents.csv: document_id",
    ),
    number("words", "about 58"),
    number("full-width digits", "５８.０"),
    number("thousands separator", "1,380"),
    number("percent sign", "58.0%"),
    number("not a number", "NaN"),
    number("infinity", "inf"),
    number("exponent", "1e5"),
    number("leading plus", "+58.0"),
    number("no digit after the point", "58."),
    number("no digit before the point", ".5"),
    number("two points", "5.8.0"),
    number("leading space", " 58.0"),
    number("underscore", "1_380"),
    number("digits of another script", "٥٨"),
    number("seven decimals", "0.1234567"),
    number("10 to the 400", "1" + "0" * 400, "1" + "0" * 118 + "…"),
    number("too large for the table", "1000000000000"),
    cell("a year in full-width digits", row(fiscal_year="２０２４"), "type_year", "fiscal_year", "２０２４", *YEAR),
    cell("a year with decimals", row(fiscal_year="2024.0"), "type_year", "fiscal_year", "2024.0", *YEAR),
    cell("a year in 和暦", row(fiscal_year="R6"), "type_year", "fiscal_year", "R6", *YEAR),
    # 02024 would be the same year as 2024 under another key.
    cell("a year of five digits", row(fiscal_year="02024"), "type_year", "fiscal_year", "02024", *YEAR),
    cell("a year of two digits", row(fiscal_year="24"), "type_year", "fiscal_year", "24", *YEAR),
    cell("a year with a sign", row(fiscal_year="+2024"), "type_year", "fiscal_year", "+2024", *YEAR),
    cell(
        "a year outside the range",
        row(fiscal_year="1999"),
        "range",
        "fiscal_year",
        "1999",
        "範囲：2000–2100",
        "Range: 2000–2100",
        "2000–2100",
    ),
    cell("a thirteenth month", row(as_of="2023-13"), "type_yearmonth", "as_of", "2023-13", *MONTH),
    cell("a month of one digit", row(as_of="2024-9"), "type_yearmonth", "as_of", "2024-9", *MONTH),
    cell("a month with a slash", row(as_of="2024/09"), "type_yearmonth", "as_of", "2024/09", *MONTH),
    cell("a month in 和暦", row(as_of="R6.9"), "type_yearmonth", "as_of", "R6.9", *MONTH),
    cell(
        "the March before the year",
        row(as_of="2024-03"),
        "as_of_outside",
        "as_of",
        "2024-03",
        "2024-04–2025-03",
        "2024-04–2025-03",
        "2024-04–2025-03",
    ),
    cell(
        "the April after the year",
        row(as_of="2025-04"),
        "as_of_outside",
        "as_of",
        "2025-04",
        "2024-04–2025-03",
        "2024-04–2025-03",
        "2024-04–2025-03",
    ),
    cell(
        "wrong kind",
        row(kind="actuals"),
        "enum",
        "kind",
        "actuals",
        "使える値：target, actual, plan",
        "One of: target, actual, plan",
        "target, actual, plan",
    ),
    cell(
        "wrong status",
        row(status="Final"),
        "enum",
        "status",
        "Final",
        "使える値：final, provisional, undated, draft",
        "One of: final, provisional, undated, draft",
        "final, provisional, undated, draft",
    ),
    cell(
        "wrong verdict",
        row(stated="優"),
        "enum",
        "stated",
        "優",
        "使える値：達成, 未達成, ◎, ○, △, ×",
        "One of: 達成, 未達成, ◎, ○, △, ×",
        "達成, 未達成, ◎, ○, △, ×",
    ),
    cell(
        "wrong rule",
        row(kind="target", target_rule="以上"),
        "enum",
        "target_rule",
        "以上",
        f"使える値：{RULES}",
        f"One of: {RULES}",
        RULES,
    ),
    cell(
        "a target without a rule",
        row(kind="target"),
        "target_without_rule",
        "target_rule",
        "",
        "目標には target_rule が必要です",
        "A target needs a target_rule",
    ),
    cell(
        "an actual with a rule",
        row(target_rule="at_least"),
        "rule_without_target",
        "target_rule",
        "at_least",
        "target_rule は目標の行だけ",
        "Only a target has a target_rule",
    ),
    cell(
        "a plan with a rule",
        row(kind="plan", target_rule="at_least"),
        "rule_without_target",
        "target_rule",
        "at_least",
        "target_rule は目標の行だけ",
        "Only a target has a target_rule",
    ),
    cell(
        "an actual without a value",
        row("", printed="64.7%"),
        "no_value",
        "value",
        "",
        "印字の数字：64.7",
        "Printed digits: 64.7",
        "64.7",
    ),
    cell(
        "a plan without a value",
        row("", kind="plan", printed="1,028人"),
        "no_value",
        "value",
        "",
        "印字の数字：1028",
        "Printed digits: 1028",
        "1028",
    ),
    cell(
        "a plan in words",
        row("", measure_id="opinion_transmission", kind="plan", printed="意見発信"),
        "no_value",
        "value",
        "",
        "印字の数字",
        "Printed digits",
    ),
    cell(
        "a result in words with a value",
        row("1", measure_id="opinion_transmission", printed="1回の意見発信"),
        "value_of_text",
        "value",
        "1",
        "数値のない指標",
        "A measure in words",
    ),
    cell(
        "a fixed target without a value",
        row("", kind="target", target_rule="at_least", printed="58.0%以上"),
        "no_value",
        "value",
        "",
        "印字の数字：58.0",
        "Printed digits: 58.0",
        "58.0",
    ),
    cell(
        "a digit mistyped",
        row("58.0", printed="58.9%"),
        "digits",
        "value",
        "58.0",
        "印字の数字：58.9",
        "Printed: 58.9",
        "58.9",
    ),
    cell(
        "a printed decimal lost",
        row("58", printed="58.0%"),
        "digits",
        "value",
        "58",
        "印字の数字：58.0",
        "Printed: 58.0",
        "58.0",
    ),
    cell(
        "a decimal added",
        row("15.0", printed="15%以下"),
        "digits",
        "value",
        "15.0",
        "印字の数字：15",
        "Printed: 15",
        "15",
    ),
    cell(
        "a minus that is not printed",
        row("-58.0", printed="58.0%"),
        "digits",
        "value",
        "-58.0",
        "印字の数字：58.0",
        "Printed: 58.0",
        "58.0",
    ),
    cell(
        "a printed minus lost",
        row("2.8", printed="▲2.8ポイント"),
        "digits",
        "value",
        "2.8",
        "印字の数字：-2.8",
        "Printed: -2.8",
        "-2.8",
    ),
    cell(
        "a value where none is printed",
        row("58.0", kind="target", target_rule="at_least_previous_year", printed="前年度以上"),
        "digits",
        "value",
        "58.0",
        "印字と数字が違います",
        "Not the printed digits",
    ),
    cell(
        "a verdict on a target",
        row(kind="target", target_rule="at_least", stated="達成"),
        "stated_without_actual",
        "stated",
        "達成",
        "判定は実績の行だけ",
        "Only an actual carries a verdict",
    ),
    cell(
        "a month on a final figure",
        row(as_of="2024-09", status="final"),
        "as_of_and_status",
        "status",
        "final",
        "時点のある値は provisional",
        "A figure with an as-of month is provisional",
        "as_of = provisional",
    ),
    cell(
        "a provisional figure without a month",
        row(status="provisional"),
        "as_of_and_status",
        "status",
        "provisional",
        "ない値はそれ以外",
        "one without is not",
        "as_of = provisional",
    ),
    cell("a leading space", row(note=" seen"), "type_string", "note", " seen", *TEXT),
    cell("a trailing space", row(note="seen "), "type_string", "note", "seen ", *TEXT),
    cell("a tab", row(note="a\tb"), "type_string", "note", "a·b", *TEXT),
    cell("a line break in a cell", row(note="a\nb"), "type_string", "note", "a·b", *TEXT),
    cell("a full-width space at an end", row(note="seen\u3000"), "type_string", "note", "seen·", *TEXT),
    cell("a missing branch", row(branch_id=""), "required", "branch_id", "", "値が必要です", "A value is needed"),
    cell("a missing line", row(line=""), "required", "line", "", "値が必要です", "A value is needed"),
    cell("line 0", row(line="0"), "pattern", "line", "0", "正しい形", "Right: ", LINES),
    cell("lines after a comma", row(line="12,14"), "pattern", "line", "12,14", "正しい形", "Right: ", LINES),
    Case(
        "the same figure twice",
        rows(builders.observation("15.0"), builders.observation("15.0")),
        Problem("duplicate", "observations.csv", 4, KEY, ONE_FIGURE, "3"),
        "3行目と重複しています",
        "The same as row 3",
    ),
    Case(
        "15 and 15.0 are the same figure",
        rows(builders.observation("15"), builders.observation("15.0")),
        Problem("duplicate", "observations.csv", 4, KEY, ONE_FIGURE, "3"),
        "3行目と重複しています",
        "The same as row 3",
    ),
]

OTHER_TABLES = [
    Case(
        "a date that does not exist",
        swap("documents.csv", "2024-03-18", "2024-02-30"),
        Problem("type_date", "documents.csv", 2, "made_on", "2024-02-30"),
        "日付が必要です（例 2024-03-18）",
        "A date is needed (2024-03-18)",
    ),
    Case(
        "a truth value in capitals",
        swap("documents.csv", ",true,", ",TRUE,"),
        Problem("type_boolean", "documents.csv", 4, "draft", "TRUE"),
        "true か false が必要です",
        "true or false is needed",
    ),
    Case(
        "a whole number in words",
        swap("measures.csv", "service_standard_rate,kpi,1,", "service_standard_rate,kpi,one,"),
        Problem("type_integer", "measures.csv", 2, "pillar", "one"),
        "半角の整数が必要です",
        "A whole number in plain digits is needed",
    ),
    Case(
        "a fourth pillar",
        swap("measures.csv", "service_standard_rate,kpi,1,", "service_standard_rate,kpi,4,"),
        Problem("enum", "measures.csv", 2, "pillar", "4", "1, 2, 3"),
        "使える値：1, 2, 3",
        "One of: 1, 2, 3",
    ),
    Case(
        "an id in capitals",
        # Without the premium rates nothing else names this branch.
        both(row(), swap("branches.csv", "hokkaido,01", "Hokkaido,01")),
        Problem("pattern", "branches.csv", 3, "branch_id", "Hokkaido", "^[a-z][a-z0-9_]*$"),
        "正しい形",
        "Right: ",
    ),
    Case(
        "a colour that is none",
        swap("branches.csv", "#B58900", "#B5890G"),
        Problem("pattern", "branches.csv", 24, "color_light", "#B5890G", "^#[0-9A-F]{6}$"),
        "正しい形",
        "Right: ",
    ),
    Case(
        "a code used twice",
        swap("branches.csv", "hokkaido,01", "hokkaido,47"),
        Problem("duplicate", "branches.csv", 49, "code", "47", "3"),
        "3行目と重複しています",
        "The same as row 3",
    ),
    Case(
        "a numerator that does not exist",
        swap(
            "measures.csv", ",lifestyle_checkup_count,checkup_eligible_insured,", ",checkups,checkup_eligible_insured,"
        ),
        Problem("unknown_id", "measures.csv", 18, "numerator_id", "checkups", "measures.csv: measure_id"),
        "measures.csv: measure_id にあるIDを使ってください",
        "Use one of measures.csv: measure_id",
    ),
    Case(
        "a negative step",
        swap("measures.csv", ",1,0,100,1,申請", ",-1,0,100,1,申請"),
        Problem("range", "measures.csv", 2, "step", "-1", "0–"),
        "範囲：0–",
        "Range: 0–",
    ),
    Case(
        "a figure excluded twice",
        lambda folder: builders.write(
            folder / "exclusions.csv",
            EXCLUSIONS.split(","),
            [
                {"branch_id": "national", "fiscal_year": 2023, "measure_id": "single_bid_rate", "reason": reason}
                for reason in ("other_denominator", "other_denominator")
            ],
        ),
        Problem(
            "duplicate",
            "exclusions.csv",
            3,
            "branch_id+fiscal_year+measure_id+as_of",
            "national / 2023 / single_bid_rate / ",
            "2",
        ),
        "2行目と重複しています",
        "The same as row 2",
    ),
    Case(
        "a mark on a range that is neither end",
        swap("ranges.csv", "highest", "middle"),
        Problem("enum", "ranges.csv", 2, "bound", "middle", "highest, lowest"),
        "使える値：highest, lowest",
        "One of: highest, lowest",
    ),
    Case(
        "two highest branches",
        swap("ranges.csv", "p120,lowest", "p120,highest"),
        Problem(
            "duplicate", "ranges.csv", 3, "fiscal_year+measure_id+bound", "2024 / lifestyle_checkup_rate / highest", "2"
        ),
        "2行目と重複しています",
        "The same as row 2",
    ),
    Case(
        "a mark on a range of an unknown document",
        swap("ranges.csv", "annual-report-2024-p120,highest", "annual-report,highest"),
        Problem("unknown_id", "ranges.csv", 2, "document_id", "annual-report", "documents.csv: document_id"),
        "documents.csv: document_id にあるIDを使ってください",
        "Use one of documents.csv: document_id",
    ),
    Case(
        "a rank beyond the 47 branches",
        swap("incentive_ranks.csv", "overall,46,47", "overall,48,47"),
        Problem("range", "incentive_ranks.csv", 2, "rank", "48", "1–47"),
        "範囲：1–47",
        "Range: 1–47",
    ),
    Case(
        "an unknown indicator",
        swap("incentive_ranks.csv", "generic_use", "generics"),
        Problem("enum", "incentive_ranks.csv", 7, "indicator", "generics", INDICATORS),
        f"使える値：{INDICATORS}",
        f"One of: {INDICATORS}",
    ),
    Case(
        "an unknown reason",
        swap("exclusions.csv", "other_denominator", "other"),
        Problem("enum", "exclusions.csv", 2, "reason", "other", "other_denominator"),
        "使える値：other_denominator",
        "One of: other_denominator",
    ),
]

MONTHLY = [
    Case(
        "two months swapped",
        swap("monthly.csv", "2021-05,guidance_insured_count,861,", "2021-05,guidance_insured_count,1278,"),
        Problem("digits", "monthly.csv", 3, "value", "1278", "861"),
        "印字の数字：861",
        "Printed: 861",
    ),
    Case(
        "a series a year too late",
        swap("monthly.csv", "yamaguchi,2021,2021-04", "yamaguchi,2022,2021-04"),
        Problem("as_of_outside", "monthly.csv", 2, "month", "2021-04", "2022-04–2023-03"),
        "2022-04–2023-03",
        "2022-04–2023-03",
    ),
    Case(
        "a month twice",
        swap("monthly.csv", "2021-05,", "2021-04,"),
        Problem(
            "duplicate",
            "monthly.csv",
            3,
            "branch_id+fiscal_year+month+measure_id+document_id",
            "yamaguchi / 2021 / 2021-04 / guidance_insured_count / yamaguchi-2024-plan",
            "2",
        ),
        "2行目と重複しています",
        "The same as row 2",
    ),
    Case(
        "half a person",
        swap("monthly.csv", ",453,yamaguchi-2024-plan,395,453", ",453.5,yamaguchi-2024-plan,395,453.5"),
        Problem("type_integer", "monthly.csv", 2, "value", "453.5"),
        "半角の整数が必要です",
        "A whole number in plain digits is needed",
    ),
    Case(
        "fewer than nobody",
        swap("monthly.csv", ",453,yamaguchi-2024-plan,395,453", ",-453,yamaguchi-2024-plan,395,-453"),
        Problem("range", "monthly.csv", 2, "value", "-453", "0–"),
        "範囲：0–",
        "Range: 0–",
    ),
    Case(
        "a count of an unknown measure",
        swap("monthly.csv", "guidance_insured_count,453,", "guidance,453,"),
        Problem("unknown_id", "monthly.csv", 2, "measure_id", "guidance", "measures.csv: measure_id"),
        "measures.csv: measure_id にあるIDを使ってください",
        "Use one of measures.csv: measure_id",
    ),
]

SIDES = [
    Case(
        "two amounts swapped",
        swap("budgets.csv", ",false,2446,", ",false,8505,"),
        Problem("digits", "budgets.csv", 2, "amount_thousand_yen", "8505", "2446"),
        "印字の数字：2446",
        "Printed: 2446",
    ),
    Case(
        "a budget heading that does not exist",
        swap("budgets.csv", "gunma,2024,health_checkup,", "gunma,2024,checkup,"),
        Problem("unknown_id", "budgets.csv", 2, "section", "checkup", "budget_sections.csv: section"),
        "budget_sections.csv: section にあるIDを使ってください",
        "Use one of budget_sections.csv: section",
    ),
    Case(
        "a budget line twice",
        swap("budgets.csv", "事業者健診データのパンチ入力,false,567", "健診案内パンフレット,false,567"),
        Problem(
            "duplicate",
            "budgets.csv",
            4,
            "branch_id+fiscal_year+section+initiative",
            "gunma / 2024 / health_checkup / 健診案内パンフレット",
            "2",
        ),
        "2行目と重複しています",
        "The same as row 2",
    ),
    Case(
        "a corona part mistyped",
        swap("benefits.csv", "sickness_allowance,13020,59,", "sickness_allowance,13020,95,"),
        Problem("digits", "benefits.csv", 2, "covid_related", "95", "59"),
        "印字の数字：59",
        "Printed: 59",
    ),
    Case(
        "a corona part that is lost",
        swap("benefits.csv", "sickness_allowance,13020,59,", "sickness_allowance,13020,,"),
        Problem("no_value", "benefits.csv", 2, "covid_related", "", "59"),
        "印字の数字：59",
        "Printed digits: 59",
    ),
    Case(
        "a part above the whole",
        swap(
            "benefits.csv",
            '13020,59,,yamaguchi-2024-plan,171,"13,020",コロナ関係 59',
            '13020,13021,,yamaguchi-2024-plan,171,"13,020",コロナ関係 13021',
        ),
        Problem("part_above_whole", "benefits.csv", 2, "covid_related", "13021", "13020"),
        "内数が全体を超えています",
        "The part exceeds the whole",
    ),
    Case(
        "a benefit counted beyond its year",
        swap("benefits.csv", "7826,685,2023-09", "7826,685,2024-09"),
        Problem("as_of_outside", "benefits.csv", 5, "as_of", "2024-09", "2023-04–2024-03"),
        "2023-04–2024-03",
        "2023-04–2024-03",
    ),
    Case(
        "a rating that is none",
        swap("initiatives.csv", ",,○,saitama-2023-result,13,", ",,優,saitama-2023-result,13,"),
        Problem("enum", "initiatives.csv", 2, "rating", "優", "◎, ○, △, ×, —"),
        "使える値：◎, ○, △, ×, —",
        "One of: ◎, ○, △, ×, —",
    ),
    Case(
        "a KPI row without its KPI",
        swap("initiatives.csv", ",service_standard_rate,○,", ",,○,"),
        Problem("kpi_without_measure", "initiatives.csv", 4, "measure_id", ""),
        "KPIの行には measure_id が必要です",
        "A row that prints a KPI needs a measure_id",
    ),
    Case(
        "an initiative under another pillar",
        swap("initiatives.csv", "saitama,2023,1,sound_finances", "saitama,2023,2,sound_finances"),
        Problem("other_pillar", "initiatives.csv", 2, "pillar", "2", "1"),
        "施策の柱と違います。柱：1",
        "Not the pillar of its policy. Pillar: 1",
    ),
    Case(
        "ids in a row after a comma",
        swap(
            "marks.csv",
            "service_standard_rate;mail_application_rate",
            '"service_standard_rate,mail_application_rate"',
        ),
        Problem("type_list", "marks.csv", 5, "measure_ids", "service_standard_rate,mail_application_rate"),
        "; で区切って",
        "separated by ;",
    ),
    Case(
        "the same id twice in a row",
        swap("marks.csv", "service_standard_rate;mail_application_rate", "service_standard_rate;service_standard_rate"),
        Problem("type_list", "marks.csv", 5, "measure_ids", "service_standard_rate;service_standard_rate"),
        "; で区切って",
        "separated by ;",
    ),
    Case(
        "an unknown id among several",
        swap("marks.csv", "service_standard_rate;mail_application_rate", "service_standard_rate;mail_rate"),
        Problem("unknown_id", "marks.csv", 5, "measure_ids", "mail_rate", "measures.csv: measure_id"),
        "measures.csv: measure_id にあるIDを使ってください",
        "Use one of measures.csv: measure_id",
    ),
    cell(
        "two ids where one belongs",
        row(measure_id="lifestyle_checkup_rate;dependant_checkup_rate"),
        "unknown_id",
        "measure_id",
        "lifestyle_checkup_rate;dependant_checkup_rate",
        "measures.csv: measure_id にあるIDを使ってください",
        "Use one of measures.csv: measure_id",
        "measures.csv: measure_id",
    ),
    Case(
        "a raised target that is said to fall",
        swap("plan_changes.csv", "raised,92.0%以上,95.0%以上", "lowered,92.0%以上,95.0%以上"),
        Problem("not_so_changed", "plan_changes.csv", 6, "change", "lowered", "92.0%以上 → 95.0%以上"),
        "値の増減と合いません",
        "The values do not change that way",
    ),
    Case(
        "a lowered target without figures",
        swap("plan_changes.csv", "unchanged,100%,100%", "lowered,,100%"),
        Problem("not_so_changed", "plan_changes.csv", 5, "change", "lowered", " → 100%"),
        "値の増減と合いません",
        "The values do not change that way",
    ),
    Case(
        "a new heading without its line",
        swap("plan_changes.csv", ",new,,,okayama-2021-plan,8,", ",new,,,okayama-2021-plan,,"),
        Problem("side_missing", "plan_changes.csv", 4, "line_new", ""),
        "行番号が必要です",
        "needs a line number",
    ),
    Case(
        "a dropped target with a new value",
        swap("plan_changes.csv", "dropped,200事業所,,", "dropped,200事業所,200事業所,"),
        Problem("side_too_many", "plan_changes.csv", 16, "value_to", "200事業所"),
        "廃止に新の値は書けません",
        "what is dropped no new one",
    ),
    cell(
        "an actual of a year after its document",
        row(fiscal_year="2025"),
        "after_document",
        "fiscal_year",
        "2025",
        "文書の年度より後の実績は書けません。年度：–2024",
        "No document prints an actual of a later year. Years: –2024",
        "–2024",
    ),
]

# --- what cannot be true ---------------------------------------------------------------------------


def counts(*months: dict[str, object]) -> Damage:
    return lambda folder: builders.write(folder / "monthly.csv", builders.MONTHLY_COLUMNS, months)


def of_gunma(value: str = "50.0", **said: object) -> Damage:
    """A row of a document that is dated 2025-01-17."""
    return row(value, **({"branch_id": "gunma", "document_id": "gunma-2025-plan", "fiscal_year": 2024} | said))


def told(
    name: str, damage: Damage, rule: str, place: tuple[str, int, str], value: str, expected: str, ja: str, en: str
) -> Case:
    file, line, column = place
    return Case(name, damage, Problem(rule, file, line, column, value, expected), ja, en)


TARGET = {"kind": "target", "target_rule": "at_least"}
PRINTED = [
    cell(
        "a rule that is not the printed one",
        row("58.0", **(TARGET | {"target_rule": "at_most"}), printed="58.0%以上"),
        "rule_not_printed",
        "target_rule",
        "at_most",
        "正しい target_rule：at_least",
        "Right target_rule: at_least",
        "at_least",
    ),
    cell(
        "a rule against the direction where none is printed",
        row("58.0", **(TARGET | {"target_rule": "at_most"})),
        "rule_not_printed",
        "target_rule",
        "at_most",
        "印字の条件",
        "Not the printed comparator",
        "at_least",
    ),
    cell(
        "a fixed target called relative",
        row("58.0", **(TARGET | {"target_rule": "at_least_previous_year"}), printed="58.0%以上"),
        "rule_not_printed",
        "target_rule",
        "at_least_previous_year",
        "正しい target_rule：at_least",
        "Right target_rule: at_least",
        "at_least",
    ),
    cell(
        "a relative target called fixed",
        row("0.310", **TARGET, printed="対前年度（0.310%）以上", note="also 0.310%以上 in the target column"),
        "rule_not_printed",
        "target_rule",
        "at_least",
        "正しい target_rule：at_least_previous_year",
        "Right target_rule: at_least_previous_year",
        "at_least_previous_year",
    ),
    cell(
        "an equal that is not printed",
        row("58.0", **(TARGET | {"target_rule": "equal"}), printed="58.0%以上"),
        "rule_not_printed",
        "target_rule",
        "equal",
        "印字の条件",
        "Not the printed comparator",
        "at_least",
    ),
    cell(
        "a printed rule against the direction of the measure",
        row("58.0", **(TARGET | {"target_rule": "at_most"}), printed="58.0%以下"),
        "against_direction",
        "target_rule",
        "at_most",
        "望ましい向きと逆の条件です。正しい target_rule：at_least",
        "against the measure’s direction. Right target_rule: at_least",
        "at_least",
    ),
    cell(
        "a relative target whose printed number is lost",
        row("", **(TARGET | {"target_rule": "at_least_previous_year"}), printed="対前年度（0.310%）以上"),
        "no_value",
        "value",
        "",
        "印字の数字：0.310",
        "Printed digits: 0.310",
        "0.310",
    ),
    cell(
        "a multiplier not carried out",
        row("2.5", measure_id="lifestyle_checkup_count", printed="2.5万人"),
        "digits",
        "value",
        "2.5",
        "印字の数字：25000",
        "Printed: 25000",
        "25000",
    ),
    cell("tenths taken for percent", row("8", printed="8割"), "digits", "value", "8", "80", "80", "80"),
    cell(
        "two figures where one is meant",
        row("58.0", printed="58.0%（56.0%）"),
        "digits",
        "value",
        "58.0",
        "印字の数字：58.0 / 56.0",
        "Printed: 58.0 / 56.0",
        "58.0 / 56.0",
    ),
    cell(
        "another month than the printed one",
        row(as_of="2024-10", printed="50.0%（R6.9末）"),
        "as_of_not_printed",
        "as_of",
        "2024-10",
        "正しい as_of：2024-09",
        "Right as_of: 2024-09",
        "2024-09",
    ),
    cell(
        "a printed month lost",
        row(printed="50.0%（9月末）"),
        "as_of_not_printed",
        "as_of",
        "",
        "正しい as_of：2024-09",
        "Right as_of: 2024-09",
        "2024-09",
    ),
    cell(
        "a month inside the year where the year end is printed",
        row(as_of="2024-10", printed="50.0%（年度末）"),
        "as_of_not_printed",
        "as_of",
        "2024-10",
        "（年度末は空欄）",
        "(empty for the year end)",
    ),
    told(
        "a rank that is not the printed one",
        swap("incentive_ranks.csv", "overall,46,47", "overall,16,47"),
        "digits",
        ("incentive_ranks.csv", 2, "rank"),
        "16",
        "46",
        "印字の数字：46",
        "Printed: 46",
    ),
    told(
        "yen taken for thousands of yen",
        swap(
            "budgets.csv",
            '2446,gunma-2025-plan,52,Checkup invitation leaflet,"2,446千円"',
            '2446,gunma-2025-plan,52,Checkup invitation leaflet,"2,446円"',
        ),
        "digits",
        ("budgets.csv", 2, "amount_thousand_yen"),
        "2446",
        "2.446",
        "印字の数字：2.446",
        "Printed: 2.446",
    ),
]

SIZES = [
    cell("250 percent", row("250"), "share", "value", "250", "範囲 0–100", "within 0–100", "0–100"),
    cell(
        "a share below nothing",
        row("-5.0", printed="▲5.0%"),
        "share",
        "value",
        "-5.0",
        "slider_min・slider_max",
        "widen slider_min and slider_max",
        "0–100",
    ),
    cell(
        "a target of more than everybody",
        row("100.1", **TARGET, printed="100.1%以上"),
        "share",
        "value",
        "100.1",
        "範囲 0–100",
        "within 0–100",
        "0–100",
    ),
    cell(
        "half a person printed",
        row("12.5", measure_id="lifestyle_checkup_count", printed="12.5人"),
        "not_whole",
        "value",
        "12.5",
        "整数です",
        "whole number",
    ),
    cell(
        "fewer than nobody planned",
        row("-12", kind="plan", measure_id="lifestyle_checkup_count", printed="▲12人"),
        "negative",
        "value",
        "-12",
        "範囲：0–",
        "Range: 0–",
        "0–",
    ),
    cell(
        "days before the claim",
        row("-6.10", measure_id="service_standard_days", printed="▲6.10日"),
        "negative",
        "value",
        "-6.10",
        "範囲：0–",
        "Range: 0–",
        "0–",
    ),
    told(
        "a rank behind the last branch",
        swap("incentive_ranks.csv", "overall,46,47", "overall,46,1"),
        "rank_above",
        ("incentive_ranks.csv", 2, "rank"),
        "46",
        "1",
        "支部の数：1",
        "Branches: 1",
    ),
    told(
        "highest and lowest exchanged",
        both(
            swap("ranges.csv", "p120,highest", "p120,between"),
            swap("ranges.csv", "p120,lowest", "p120,highest"),
            swap("ranges.csv", "p120,between", "p120,lowest"),
        ),
        "highest_below_lowest",
        ("ranges.csv", 3, "bound"),
        "highest",
        "47.4 < 80.5",
        "最高の値が最低の値を下回っています（47.4 < 80.5）",
        "The highest is below the lowest (47.4 < 80.5)",
    ),
]

DATES = [
    cell(
        "a month after the document was made",
        of_gunma(as_of="2025-02"),
        "after_made",
        "as_of",
        "2025-02",
        "月：–2025-01",
        "Months: –2025-01",
        "–2025-01",
    ),
    cell(
        "final before the year had ended",
        of_gunma(),
        "final_too_early",
        "status",
        "final",
        "年度が終わっていないため、確定にできません（2025-01-17 < 2025-03-31）",
        "the year had not ended when the document was made (2025-01-17 < 2025-03-31)",
        "2025-01-17 < 2025-03-31",
    ),
    cell(
        "a plan of another generation",
        row(kind="plan", fiscal_year=2050),
        "year_far",
        "fiscal_year",
        "2050",
        "範囲：1994–2034",
        "Range: 1994–2034",
        "1994–2034",
    ),
    told(
        "a count of a year after its document",
        counts(builders.month(fiscal_year=2025, month="2025-04")),
        "after_document",
        ("monthly.csv", 2, "fiscal_year"),
        "2025",
        "–2024",
        "年度：–2024",
        "Years: –2024",
    ),
    told(
        "a count of a month after its document",
        counts(builders.month(fiscal_year=2024, month="2024-04")),
        "after_made",
        ("monthly.csv", 2, "month"),
        "2024-04",
        "–2024-03",
        "月：–2024-03",
        "Months: –2024-03",
    ),
    told(
        "a whole year of benefits before it had ended",
        swap("benefits.csv", "7826,685,2023-09", "7826,685,"),
        "final_too_early",
        ("benefits.csv", 5, "as_of"),
        "",
        "2024-03-18 < 2024-03-31",
        "2024-03-18 < 2024-03-31",
        "2024-03-18 < 2024-03-31",
    ),
    told(
        "a rating of a year after its document",
        swap("initiatives.csv", "saitama,2023,1,sound_finances,①", "saitama,2024,1,sound_finances,①"),
        "after_document",
        ("initiatives.csv", 2, "fiscal_year"),
        "2024",
        "–2023",
        "年度：–2023",
        "Years: –2023",
    ),
    told(
        "a document of the next century",
        swap(
            "documents.csv",
            "saitama-incentive-2023,saitama,reference,2023,",
            "saitama-incentive-2023,saitama,reference,2100,",
        ),
        "year_far",
        ("documents.csv", 36, "fiscal_year"),
        "2100",
        "1994–2054",
        "範囲：1994–2054",
        "Range: 1994–2054",
    ),
]

LIFESTYLE = ",lifestyle_checkup_count,checkup_eligible_insured,"
CATALOG = [
    told(
        "a direction turned",
        swap("measures.csv", f"percent,higher,cumulative{LIFESTYLE}", f"percent,lower,cumulative{LIFESTYLE}"),
        "direction_of_targets",
        ("measures.csv", 18, "direction"),
        "lower",
        "higher",
        "正しい direction：higher",
        "Right direction: higher",
    ),
    told(
        "a numerator that is the measure itself",
        swap("measures.csv", LIFESTYLE, ",lifestyle_checkup_rate,checkup_eligible_insured,"),
        "itself",
        ("measures.csv", 18, "numerator_id"),
        "lifestyle_checkup_rate",
        "",
        "自分自身は指定できません",
        "It cannot name itself",
    ),
    told(
        "a successor that is the measure itself",
        swap("measures.csv", "2024,counter_reception_rate,", "2024,mail_application_rate,"),
        "itself",
        ("measures.csv", 4, "successor_id"),
        "mail_application_rate",
        "",
        "自分自身は指定できません",
        "It cannot name itself",
    ),
    told(
        "two measures that follow each other",
        swap(
            "measures.csv",
            "窓口受付率,Claims at the counter,percent,lower,period,,,2025,,,",
            "窓口受付率,Claims at the counter,percent,lower,period,,,2025,,mail_application_rate,",
        ),
        "circle",
        ("measures.csv", 4, "successor_id"),
        "counter_reception_rate",
        "mail_application_rate → counter_reception_rate → mail_application_rate",
        "たどると元に戻ります：mail_application_rate → counter_reception_rate",
        "It leads back to itself: mail_application_rate → counter_reception_rate",
    ),
    told(
        "a numerator without a denominator",
        swap("measures.csv", ",single_bid_count,competitive_bid_count,", ",single_bid_count,,"),
        "no_denominator",
        ("measures.csv", line_of("measures.csv", "single_bid_rate,"), "denominator_id"),
        "",
        "",
        "分母が必要です",
        "needs a denominator",
    ),
    told(
        "a numerator that is the denominator",
        swap("measures.csv", LIFESTYLE, ",checkup_eligible_insured,checkup_eligible_insured,"),
        "part_of_itself",
        ("measures.csv", 18, "denominator_id"),
        "checkup_eligible_insured",
        "",
        "分子と分母が同じです",
        "Numerator and denominator are the same",
    ),
    told(
        "numerator and denominator exchanged",
        swap("measures.csv", LIFESTYLE, ",checkup_eligible_insured,lifestyle_checkup_count,"),
        "exchanged",
        ("measures.csv", 18, "numerator_id"),
        "checkup_eligible_insured",
        "lifestyle_checkup_count",
        "正しい分子：lifestyle_checkup_count",
        "Right numerator: lifestyle_checkup_count",
    ),
    told(
        "slider bounds exchanged",
        swap("measures.csv", ",0.5,0,100,1,40歳以上被保険者", ",0.5,100,0,1,40歳以上被保険者"),
        "slider_order",
        ("measures.csv", 18, "slider_min"),
        "100",
        "0",
        "slider_max（0）より小さい数",
        "below slider_max (0)",
    ),
    told(
        "years of a KPI exchanged",
        swap("measures.csv", ",2021,2023,,0.1,0,100,", ",2023,2021,,0.1,0,100,"),
        "kpi_order",
        ("measures.csv", 15, "kpi_from"),
        "2023",
        "2021",
        "kpi_to（2021）以前",
        "not be after kpi_to (2021)",
    ),
    told(
        "a KPI without a pillar",
        swap("measures.csv", "service_standard_rate,kpi,1,", "service_standard_rate,kpi,,"),
        "no_pillar",
        ("measures.csv", 2, "pillar"),
        "",
        "",
        "KPIには柱（1、2、3）が必要です",
        "A KPI needs a pillar (1, 2 or 3)",
    ),
    told(
        "two branches of one name",
        swap("branches.csv", ",02,青森,", ",02,北海道,"),
        "same_name",
        ("branches.csv", 4, "name_ja"),
        "北海道",
        "3",
        "3行目と同じ名前です",
        "The same name as row 3",
    ),
    told(
        "two measures of one name but for width and case",
        swap("measures.csv", "Average days from receipt to payment,", "SERVICE-standard　attainment rate,"),
        "same_name",
        ("measures.csv", 3, "name_en"),
        "SERVICE-standard·attainment rate",
        "2",
        "2行目と同じ名前です",
        "The same name as row 2",
    ),
    Case(
        "a key misspelt among the texts",
        swap("measures.toml", "why_ja", "hwy_ja"),
        Problem(
            "unknown_key",
            "measures.toml",
            column="service_standard_rate",
            value="hwy_ja",
            expected="definition_ja, definition_en, why_ja, why_en",
        ),
        "使える項目：definition_ja",
        "One of: definition_ja",
    ),
]

SAITAMA = "saitama-2023-result,saitama,result,2023,"
DOCUMENTS = [
    told(
        "two documents of one title",
        swap("documents.csv", "Gunma branch plan FY2025 (draft)", "Okayama branch plan FY2021 (draft)"),
        "same_title",
        ("documents.csv", 6, "title_en"),
        "Okayama branch plan FY2021 (draft)",
        "4",
        "4行目と同じ表題です",
        "The same title as row 4",
    ),
    told(
        "a document that replaces itself",
        swap("documents.csv", "R7 beside R6,", "R7 beside R6,gunma-2025-plan"),
        "itself",
        ("documents.csv", 6, "replaces_id"),
        "gunma-2025-plan",
        "",
        "自分自身は指定できません",
        "It cannot name itself",
    ),
    told(
        "two documents that replace each other",
        both(
            swap("documents.csv", "inside its targets,", "inside its targets,saitama-incentive-2023"),
            swap(
                "documents.csv",
                "ranks in the incentive scheme,false,,",
                "ranks in the incentive scheme,false,,saitama-2023-result",
            ),
        ),
        "circle",
        ("documents.csv", 5, "replaces_id"),
        "saitama-incentive-2023",
        "saitama-2023-result → saitama-incentive-2023 → saitama-2023-result",
        "たどると元に戻ります：saitama-2023-result → saitama-incentive-2023",
        "It leads back to itself: saitama-2023-result → saitama-incentive-2023",
    ),
    told(
        "a document that replaces one nobody knows",
        swap("documents.csv", "R7 beside R6,", "R7 beside R6,gunma-2025"),
        "unknown_id",
        ("documents.csv", 6, "replaces_id"),
        "gunma-2025",
        "documents.csv: document_id",
        "documents.csv: document_id にあるIDを使ってください",
        "Use one of documents.csv: document_id",
    ),
    told(
        "a document that replaces another branch's",
        swap("documents.csv", "R7 beside R6,", "R7 beside R6,saitama-2023-result"),
        "replaces_other_branch",
        ("documents.csv", 6, "replaces_id"),
        "saitama-2023-result",
        "gunma",
        "支部：gunma",
        "Branch: gunma",
    ),
    told(
        "a document that replaces a later one",
        both(
            swap(
                "documents.csv",
                "saitama-incentive-2023,saitama,reference,2023,,",
                "saitama-incentive-2023,saitama,reference,2023,2024-06-01,",
            ),
            swap("documents.csv", SAITAMA, f"{SAITAMA}2024-02-29"),
            swap("documents.csv", "inside its targets,", "inside its targets,saitama-incentive-2023"),
        ),
        "replaces_later",
        ("documents.csv", 5, "replaces_id"),
        "saitama-incentive-2023",
        "2024-02-29",
        "この文書の日付：2024-02-29",
        "Date of this one: 2024-02-29",
    ),
    told(
        "a document of another branch",
        swap("documents.csv", SAITAMA, "saitama-2023-result,hokkaido,result,2023,"),
        "other_branch",
        ("documents.csv", 5, "branch_id"),
        "hokkaido",
        "saitama",
        "支部：saitama",
        "Branches: saitama",
    ),
]

PARTS = [
    told(
        "a part of another unit",
        swap("measure_parts.csv", ",lifestyle_checkup_count", ",committee_offices"),
        "other_unit",
        ("measure_parts.csv", 2, "part_id"),
        "committee_offices",
        "persons",
        "全体の単位は persons です",
        "The whole is in persons",
    ),
    told(
        "rates that are added",
        swap("measure_parts.csv", "combine,checkup,lifestyle_checkup_rate", "sum,checkup,lifestyle_checkup_rate"),
        "rates_added",
        ("measure_parts.csv", 19, "relation"),
        "sum",
        "combine",
        "combine にしてください",
        "Use combine",
    ),
    told(
        "a number that grows with a rate of nobody",
        swap("measure_parts.csv", "checkups,dependant_checkup_rate", "checkups,generic_use_rate"),
        "no_rate",
        ("measure_parts.csv", 26, "part_id"),
        "generic_use_rate",
        "unit = percent, denominator_id",
        "人数の分かる率（unit = percent, denominator_id）",
        "a rate that people stand behind",
    ),
    told(
        "a denominator that counts nothing",
        swap("measures.csv", ",single_bid_count,competitive_bid_count,", ",single_bid_count,generic_use_rate,"),
        "not_counted",
        ("measures.csv", line_of("measures.csv", "single_bid_rate,"), "denominator_id"),
        "generic_use_rate",
        "role = count",
        "数を数える指標（role = count）",
        "a measure that counts (role = count)",
    ),
    told(
        "a rate combined in two ways",
        swap("measure_parts.csv", "combine,checkup,dependant_checkup_rate", "combine,all,dependant_checkup_rate"),
        "one_split",
        ("measure_parts.csv", 21, "split"),
        "all",
        "checkup",
        "1通りだけです：checkup",
        "one way only: checkup",
    ),
]

AGREEMENT = [
    cell(
        "a draft in a document that is none",
        row(status="draft"),
        "draft_document",
        "status",
        "draft",
        "案でない文書の値です",
        "The document is no draft",
    ),
    told(
        "a settled target in a draft",
        swap(
            "observations.csv",
            "service_standard_rate,target,100,equal,,draft,,gunma",
            "service_standard_rate,target,100,equal,,final,,gunma",
        ),
        "draft_figure",
        ("observations.csv", line_of("observations.csv", "gunma,2025,service_standard_rate,target"), "status"),
        "final",
        "draft",
        "目標・計画は draft です",
        "sets for its own year is draft",
    ),
    told(
        "a rating that is not the verdict beside the figure",
        swap("initiatives.csv", ",service_standard_rate,○,", ",service_standard_rate,△,"),
        "rating_otherwise",
        ("initiatives.csv", 4, "rating"),
        "△",
        "○",
        "同じ行の評価は ○ です",
        "The same line of the same document says ○",
    ),
    told(
        "a changed target that is not the one printed",
        swap("plan_changes.csv", "raised,92.0%以上,95.0%以上", "raised,92.0%以上,96.0%以上"),
        "change_otherwise",
        ("plan_changes.csv", 6, "value_to"),
        "96.0%以上",
        "95.0",
        "同じ文書の目標は 95.0 です",
        "The target of the same document is 95.0",
    ),
    Case(
        "a measure that does not say why it matters",
        swap("measures.toml", 'why_en = "', 'why_en = " " # "'),
        Problem("no_text", "measures.toml", column="service_standard_rate", expected="why_en"),
        "指標の説明がありません：why_en",
        "The measure lacks a text: why_en",
    ),
]

CASES = [
    *(*STRUCTURE, *CELLS, *OTHER_TABLES, *MONTHLY, *SIDES, *PARTS, *AGREEMENT),
    *(*PRINTED, *SIZES, *DATES, *CATALOG, *DOCUMENTS),
]
each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
each_language = pytest.mark.parametrize("lang", ["ja", "en"])


def shift_jis(path: Path) -> None:
    """Line 4 as a spreadsheet saves it; what stands above is plain ASCII."""
    path.write_bytes(path.read_bytes() + "yamaguchi,2024,前年度以上\n".encode("shift_jis"))


@each_case
def test_a_damage_is_named_with_its_place_and_nothing_else_is(case: Case, tmp_path: Path) -> None:
    folder = builders.package(tmp_path)
    case.damage(folder)
    assert checks.check(folder) == [case.problem]


@each_language
@each_case
def test_the_message_names_the_place_the_value_and_what_would_be_right(case: Case, lang: Lang, tmp_path: Path) -> None:
    folder = builders.package(tmp_path)
    case.damage(folder)
    (problem, *_) = checks.check(folder)
    message = explain(problem, texts(lang))
    assert problem.file in message
    assert problem.row is None or re.search(rf"(?<!\d){problem.row}(?!\d)", message)
    assert (problem.column or "") in message
    assert (problem.value or "") in message
    assert (case.ja if lang == "ja" else case.en) in message
    assert problem.expected in message or problem.rule == "as_of_and_status"
    assert not re.search(r"\{[a-z_]+\}", message), "an unfilled field"


def test_a_message_reads_whole_in_japanese() -> None:
    problem = Problem("type_number", "observations.csv", 3, "value", "1,380")
    assert explain(problem, texts("ja")) == (
        "observations.csv 3行目 value列：値「1,380」：半角の数が必要です（例 58.0。桁区切りなし、小数6桁まで）"
    )


def test_a_message_reads_whole_in_english() -> None:
    problem = Problem("type_number", "observations.csv", 3, "value", "1,380")
    assert explain(problem, texts("en")) == (
        "observations.csv, row 3, column value: value “1,380”: "
        "A plain number is needed (58.0; no thousands separator, at most 6 decimals)"
    )


def test_an_empty_value_is_shown_as_such() -> None:
    problem = Problem("required", "observations.csv", 3, "line", "")
    assert explain(problem, texts("ja")) == "observations.csv 3行目 line列：値「」：値が必要です"
    assert explain(problem, texts("en")) == "observations.csv, row 3, column line: value “”: A value is needed"


@pytest.mark.parametrize(
    ("problem", "ja", "en"),
    [
        (Problem("empty_file", "a.csv"), "a.csv", "a.csv"),
        (Problem("cell_count", "a.csv", 7), "a.csv 7行目", "a.csv, row 7"),
        (Problem("outside", "datapackage.json", column="b"), "datapackage.json b", "datapackage.json, b"),
        (Problem("digits", "a.csv", 7, "value"), "a.csv 7行目 value列", "a.csv, row 7, column value"),
    ],
    ids=["file", "row", "column", "cell"],
)
def test_where_says_as_much_as_is_known(problem: Problem, ja: str, en: str) -> None:
    assert (where(problem, texts("ja")), where(problem, texts("en"))) == (ja, en)


@each_language
def test_every_rule_with_words_is_exercised_here(lang: Lang) -> None:
    raw = (ROOT / "kenpo" / "locale" / f"{lang}.toml").read_text(encoding="utf-8")
    assert set(tomllib.loads(raw)["check"]) == {case.problem.rule for case in CASES} | FILE_RULES


# --- what is no damage -----------------------------------------------------------------------------


def held(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of a package that must be sound."""
    assert checks.check(folder) == []
    connection = database.open_package(folder)
    try:
        return {name: database.table(connection, name) for name in TABLES}
    finally:
        connection.close()


@pytest.fixture(scope="module")
def sound() -> dict[str, list[dict[str, Any]]]:
    return held(builders.DATA)


def every_file(change: Callable[[bytes], bytes]) -> Damage:
    def damage(folder: Path) -> None:
        for path in folder.iterdir():
            path.write_bytes(change(path.read_bytes()))

    return damage


def every_csv(change: Callable[[bytes], bytes]) -> Damage:
    def damage(folder: Path) -> None:
        for path in folder.glob("*.csv"):
            path.write_bytes(change(path.read_bytes()))

    return damage


def moved(folder: Path) -> None:
    (folder / "figures").mkdir()
    (folder / "observations.csv").replace(folder / "figures" / "observations.csv")
    path_of("observations", "figures/observations.csv")(folder)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(every_file(lambda data: b"\xef\xbb\xbf" + data), id="BOM"),
        pytest.param(every_csv(lambda data: data.replace(b"\n", b"\r\n")), id="CRLF"),
        pytest.param(every_file(lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")), id="BOM and CRLF"),
        pytest.param(every_csv(lambda data: data.removesuffix(b"\n")), id="no last line end"),
        pytest.param(every_csv(lambda data: data.replace(b"\n", b"\n\n", 5)), id="blank lines"),
        # A spreadsheet on Windows adds rows to a file that was saved elsewhere.
        pytest.param(every_csv(lambda data: data.replace(b"\n", b"\r\n", 3)), id="CRLF and LF in one file"),
        pytest.param(moved, id="a file in a folder of its own"),
        pytest.param(as_parquet("observations"), id="Parquet"),
        pytest.param(as_parquet(*TABLES), id="every table as Parquet"),
        pytest.param(as_parquet("observations", empty_as_text=True), id="Parquet with empty texts"),
        pytest.param(described(lambda d: d["resources"].reverse()), id="tables in another order"),
    ],
)
def test_a_harmless_change_gives_the_same_rows(
    change: Damage, sound: dict[str, list[dict[str, Any]]], tmp_path: Path
) -> None:
    folder = builders.package(tmp_path)
    change(folder)
    assert held(folder) == sound


@pytest.mark.parametrize("name", TABLES)
def test_the_order_of_the_columns_does_not_matter(
    name: str, sound: dict[str, list[dict[str, Any]]], tmp_path: Path
) -> None:
    path = builders.package(tmp_path) / f"{name}.csv"
    table = builders.rows(path)
    builders.write(path, list(reversed(list(table[0]))), table)
    assert held(tmp_path) == sound


@pytest.mark.parametrize("form", [as_parquet("exclusions"), lambda folder: None], ids=["Parquet", "CSV"])
def test_a_table_of_exclusions_may_hold_no_row(form: Damage, tmp_path: Path) -> None:
    folder = builders.package(tmp_path)
    content("exclusions.csv", f"{EXCLUSIONS}\n".encode())(folder)
    form(folder)
    assert held(folder)["exclusions"] == []


def test_the_texts_must_be_there(tmp_path: Path) -> None:
    folder = builders.package(tmp_path)
    absent("measures.toml")(folder)
    assert checks.check(folder) == [Problem("missing_file", "measures.toml")]


def test_a_measure_without_a_text_is_told_with_all_it_lacks(tmp_path: Path) -> None:
    folder = builders.package(tmp_path)
    path = folder / "measures.toml"
    kept = path.read_text(encoding="utf-8").split("[generic_use_rate]\n")
    path.write_text(
        "[generic_use_rate]\n".join((kept[0], f"[{kept[1].split('[', 1)[1]}")).replace("[generic_use_rate]\n", ""),
        "utf-8",
    )
    every = "definition_ja, definition_en, why_ja, why_en"
    assert checks.check(folder) == [Problem("no_text", "measures.toml", column="generic_use_rate", expected=every)]


@pytest.mark.parametrize(
    "said",
    [
        {"value": "1380", "printed": "1,380事業所(※)以上"},
        {"value": "7140", "printed": "7,140事業所（※）以上"},
        {"value": "58.0", "printed": "５８．０％"},
        {"value": "1380", "printed": "１，３８０社"},
        {"value": "0.310", "printed": "前年度（0.310%）以上"},
        {"value": "34.0", "printed": "対前年度以上 [34.0%]"},
        {"value": "-2.8", "printed": "▲2.8"},
        {"value": "-2.8", "printed": "－２．８％"},
        {"value": "0.0", "printed": "0.0%"},
        {"value": "7", "printed": "7日以内を維持する。"},
        {"value": "999999999999", "printed": "999,999,999,999円"},
        {"value": "0.123456", "printed": "0.123456%"},
    ],
    ids=lambda said: said["printed"],
)
def test_a_printed_figure_is_what_its_digits_say(said: dict[str, str], tmp_path: Path) -> None:
    folder = builders.package(tmp_path, [builders.observation(**said)])
    no_share(folder)
    assert checks.check(folder) == []


@pytest.mark.parametrize(
    ("rule", "measure"),
    [
        ("at_least_previous_year", "lifestyle_checkup_rate"),
        ("at_most_previous_year", "single_bid_rate"),
        ("qualitative", "lifestyle_checkup_rate"),
    ],
)
def test_a_target_without_a_number_needs_no_value(rule: str, measure: str, tmp_path: Path) -> None:
    printed = "前年度以下" if rule.startswith("at_most") else "前年度以上"
    row = builders.observation("", kind="target", target_rule=rule, measure_id=measure, printed=printed)
    assert checks.check(builders.package(tmp_path, [row])) == []


def test_a_result_in_words_needs_no_value(tmp_path: Path) -> None:
    said = {"measure_id": "opinion_transmission", "printed": "意見発信", "stated": "○", "status": "undated"}
    assert checks.check(builders.package(tmp_path, [builders.observation("", **said)])) == []


def test_without_measures_nothing_is_said_of_missing_values(tmp_path: Path) -> None:
    folder = builders.package(tmp_path, [builders.observation("", printed="64.7%")])
    (folder / "measures.csv").unlink()
    assert {problem.rule for problem in checks.check(folder)} == {"missing_file"}


@pytest.mark.parametrize("status", ["final", "draft", "provisional"])
def test_a_target_may_be_set_for_a_month(status: str, tmp_path: Path) -> None:
    # The nation aims at a rate by the end of November.
    row = builders.observation("50", kind="target", target_rule="at_least", as_of="2024-11", status=status)
    if status == "draft":
        row |= {"branch_id": "gunma", "measure_id": "checkup_total_rate", "document_id": "gunma-2025-plan"}
    assert checks.check(builders.package(tmp_path, [row])) == []


def test_a_full_width_space_inside_a_text_is_printed_so(tmp_path: Path) -> None:
    row = builders.observation("7", printed="７\u3000日以内", note="山口\u3000支部")
    assert checks.check(builders.package(tmp_path, [row])) == []


@pytest.mark.parametrize("month", ["2024-04", "2024-12", "2025-01", "2025-03"])
def test_a_fiscal_year_runs_from_april_to_march(month: str, tmp_path: Path) -> None:
    assert checks.check(builders.package(tmp_path, [builders.observation(as_of=month)])) == []


def test_two_different_figures_for_one_thing_both_stay(tmp_path: Path) -> None:
    folder = builders.package(tmp_path, [builders.observation("51.68"), builders.observation("51.7")])
    assert checks.check(folder) == []


@given(
    st.integers(min_value=0, max_value=10**11),
    st.integers(min_value=0, max_value=6),
    st.booleans(),
    st.sampled_from(["%", "％以上", "人", "円", "事業所（※）以上", "㎜Hg", ""]),
)
def test_the_digits_of_a_printed_figure_come_back(whole: int, places: int, wide: bool, unit: str) -> None:
    decimals = f".{whole % 10**places:0{places}}" if places else ""
    printed = f"{whole:,}{decimals}"
    if wide:
        printed = printed.translate(str.maketrans("0123456789.,", "０１２３４５６７８９．，"))
    assert checks.digits(printed + unit) == f"{whole}{decimals}"


# --- all at once, and nothing beside ---------------------------------------------------------------


def test_the_package_of_the_app_is_sound() -> None:
    assert checks.check(builders.DATA) == []


def test_two_damages_are_both_named(tmp_path: Path) -> None:
    folder = builders.package(tmp_path)
    both(swap("documents.csv", "2024-03-18", "R6.3.18"), row("1,380"), absent("exclusions.csv"))(folder)
    assert {(p.rule, p.file, p.row) for p in checks.check(folder)} == {
        ("type_number", "observations.csv", 3),
        ("missing_file", "exclusions.csv", None),
        ("type_date", "documents.csv", 2),
    }


def test_every_wrong_cell_of_a_row_is_named(tmp_path: Path) -> None:
    folder = builders.package(tmp_path)
    row("about 58", branch_id="yamagushi", line="0", stated="優")(folder)
    problems = {(p.rule, p.column) for p in checks.check(folder)}
    assert {("type_number", "value"), ("unknown_id", "branch_id"), ("pattern", "line"), ("enum", "stated")} <= problems


@pytest.mark.parametrize(
    ("damage", "rule"),
    [
        (swap("branches.csv", "color_light,color_dark", "color_light"), "missing_column"),
        (swap("measures.csv", "measure_id,role,", "measure_id,role,role,"), "column_twice"),
        (swap("branches.csv", "22,静岡,Shizuoka,#B58900,#E6D23C", "22,静岡,Shizuoka,#B58900"), "cell_count"),
    ],
    ids=["a column is dropped", "a column stands twice", "a row lacks a cell"],
)
def test_a_damaged_table_does_not_make_the_ids_of_others_unknown(damage: Damage, rule: str, tmp_path: Path) -> None:
    # The ids are there and right: naming hundreds of sound rows would bury the one place to correct.
    folder = builders.package(tmp_path)
    damage(folder)
    assert {problem.rule for problem in checks.check(folder)} == {rule}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(described(lambda d: resource(d, "exclusions").update(schema="schema.json")), id="schema by name"),
        pytest.param(described(lambda d: resource(d, "exclusions").update(schema=None)), id="schema null"),
        pytest.param(path_of("exclusions", "a\0b.csv"), id="NUL in a path"),
        pytest.param(described(lambda d: resource(d, "exclusions").update(path=None)), id="path null"),
        pytest.param(described(lambda d: d.update(resources="tables")), id="resources as a text"),
        pytest.param(described(lambda d: d.update(resources=[1])), id="resources as numbers"),
        pytest.param(content("datapackage.json", b"[]"), id="a list"),
        pytest.param(content("datapackage.json", b"[" * 100_000), id="endless nesting"),
        pytest.param(described(lambda d: resource(d, "exclusions").update(schema=[])), id="schema as a list"),
        pytest.param(
            described(lambda d: resource(d, "exclusions")["schema"].update(fields=[1])), id="fields as numbers"
        ),
        pytest.param(described(lambda d: [f.pop("type") for f in fields(d, "exclusions")]), id="fields without a type"),
        pytest.param(path_of("exclusions", ""), id="no path"),
        pytest.param(path_of("exclusions", "."), id="the folder itself"),
        pytest.param(described(lambda d: resource(d, "exclusions").pop("name")), id="a table without a name"),
        pytest.param(described(lambda d: resource(d, "exclusions").update(name=["exclusions"])), id="a name as a list"),
    ],
)
def test_an_odd_descriptor_is_a_problem_and_no_crash(change: Damage, tmp_path: Path) -> None:
    folder = builders.package(tmp_path)
    change(folder)
    assert [problem.file for problem in checks.check(folder)] == ["datapackage.json"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(content("measures.toml", b"a = " + b"[" * 100_000), id="endless nesting"),
        pytest.param(both(absent("measures.toml"), lambda f: (f / "measures.toml").mkdir()), id="a folder"),
    ],
)
def test_odd_texts_are_a_problem_and_no_crash(change: Damage, tmp_path: Path) -> None:
    folder = builders.package(tmp_path)
    change(folder)
    assert [problem.file for problem in checks.check(folder)] == ["measures.toml"]


def test_a_value_is_shown_up_to_120_characters(tmp_path: Path) -> None:
    for length, shown in ((120, "９" * 120), (121, "９" * 119 + "…")):
        folder = builders.package(tmp_path / str(length))
        row("９" * length, printed="9%")(folder)
        assert {problem.value for problem in checks.check(folder)} == {shown}


def opens(folder: Path) -> bool:
    connection = database.open_package(folder)
    try:
        found = catalog.load(lambda table: database.table(connection, table), folder / "measures.toml")
        return len(found.branches) == 48
    finally:
        connection.close()


MORE = {"name": "weekly", "path": "weekly.csv", "schema": {"fields": [{"name": "branch_id", "type": "string"}]}}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(described(lambda d: d["resources"].append(MORE)), id="a further table without a file"),
        pytest.param(
            described(lambda d: d["resources"].append({"name": "guide", "path": "branches.csv"})),
            id="a further file without a schema",
        ),
        pytest.param(
            described(lambda d: d["resources"].append(MORE | {"path": "../weekly.csv"})),
            id="a further table outside the folder",
        ),
        pytest.param(
            described(lambda d: d["resources"].append(resource(d, "exclusions"))), id="a table described twice"
        ),
        pytest.param(content("measures.toml", b"lifestyle_checkup_rate = 3\n"), id="a text that is a number"),
        pytest.param(content("measures.toml", b"[lifestyle_checkup_rate]\n"), id="a text without words"),
    ],
)
def test_a_package_that_passes_the_check_opens(change: Damage, tmp_path: Path) -> None:
    # Refused or opened, never half-loaded.
    folder = builders.package(tmp_path)
    change(folder)
    assert checks.check(folder) or opens(folder)


def test_a_problem_as_a_record_keeps_every_part() -> None:
    assert Problem("digits", "observations.csv", 3, "value", "58.0", "58.9").as_dict() == {
        "file": "observations.csv",
        "row": 3,
        "column": "value",
        "value": "58.0",
        "rule": "digits",
        "expected": "58.9",
    }
