"""The whole package, damaged in one way at a time: refused with its place, or loaded where no meaning changes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kenpo import checks, database
from kenpo.__main__ import main
from kenpo.text import texts
from kenpo.views.problems import explain
from tests import builders

Damage = Callable[[Path], None]
TABLES = [resource["name"] for resource in database.read_descriptor(builders.DATA)["resources"]]


# --- tools -----------------------------------------------------------------------------------------


def lines(path: Path) -> list[str]:
    return path.read_bytes().decode("utf-8").split("\n")


def write(path: Path, text: list[str]) -> None:
    path.write_bytes("\n".join(text).encode("utf-8"))


def cell(file: str, row: int, column: str, change: Callable[[str], str]) -> Damage:
    """Changes one cell; row 1 is the header."""

    def damage(folder: Path) -> None:
        table = builders.rows(folder / file)
        before = table[row - 2][column]
        table[row - 2][column] = change(before)
        assert table[row - 2][column] != before, "nothing was damaged"
        builders.write(folder / file, list(table[0]), table)

    return damage


def to(text: str) -> Callable[[str], str]:
    return lambda _: text


def swapped(file: str, column: str, one: int, other: int) -> Damage:
    def damage(folder: Path) -> None:
        table = builders.rows(folder / file)
        first, second = table[one - 2], table[other - 2]
        assert first[column] != second[column], "nothing was damaged"
        first[column], second[column] = second[column], first[column]
        builders.write(folder / file, list(table[0]), table)

    return damage


def every(file: str, column: str, change: Callable[[str], str]) -> Damage:
    def damage(folder: Path) -> None:
        table = builders.rows(folder / file)
        for row in table:
            row[column] = change(row[column])
        builders.write(folder / file, list(table[0]), table)

    return damage


def column_dropped(file: str, column: str) -> Damage:
    def damage(folder: Path) -> None:
        table = builders.rows(folder / file)
        kept = [name for name in table[0] if name != column]
        builders.write(folder / file, kept, [{name: row[name] for name in kept} for row in table])

    return damage


def column_renamed(file: str, column: str, name: str) -> Damage:
    def damage(folder: Path) -> None:
        text = lines(folder / file)
        write(folder / file, [text[0].replace(column, name, 1), *text[1:]])

    return damage


def line(file: str, at: int, change: Callable[[str], list[str]]) -> Damage:
    """Puts other lines in the place of one; line 1 is the header."""

    def damage(folder: Path) -> None:
        text = lines(folder / file)
        write(folder / file, [*text[: at - 1], *change(text[at - 1]), *text[at:]])

    return damage


def data(file: str, change: Callable[[bytes], bytes]) -> Damage:
    def damage(folder: Path) -> None:
        path = folder / file
        before = path.read_bytes()
        path.write_bytes(change(before))
        assert path.read_bytes() != before, "nothing was damaged"

    return damage


def removed(file: str) -> Damage:
    return lambda folder: (folder / file).unlink()


def wide(text: str) -> str:
    return text.translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))


# --- what changes meaning --------------------------------------------------------------------------

OBSERVATIONS, MONTHLY, BUDGETS = "observations.csv", "monthly.csv", "budgets.csv"
# Rows of the app's own data: 2 is a target of Yamaguchi, 4 a part-year actual, 34 a final one (58.0 on line 107).
HARMFUL: dict[str, tuple[Damage, str, int | None, str | None]] = {
    "a column dropped": (column_dropped(OBSERVATIONS, "as_of"), OBSERVATIONS, 1, "as_of"),
    "a column renamed": (column_renamed(OBSERVATIONS, "value", "figure"), OBSERVATIONS, 1, "value"),
    "a header lost": (line(OBSERVATIONS, 1, lambda text: []), OBSERVATIONS, 1, "value"),
    "a row twice": (line(OBSERVATIONS, 34, lambda text: [text, text]), OBSERVATIONS, 35, None),
    "a row cut": (line(OBSERVATIONS, 34, lambda text: [text.rsplit(",", 3)[0]]), OBSERVATIONS, 34, None),
    "a month of another year": (cell(OBSERVATIONS, 4, "fiscal_year", to("2022")), OBSERVATIONS, 4, "as_of"),
    "every year one later": (
        every(MONTHLY, "fiscal_year", lambda year: str(int(year) + 1)),
        MONTHLY,
        2,
        "month",
    ),
    "an actual of the future": (cell(OBSERVATIONS, 34, "fiscal_year", to("2031")), OBSERVATIONS, 34, "fiscal_year"),
    "a year in 和暦": (cell(OBSERVATIONS, 34, "fiscal_year", to("R4")), OBSERVATIONS, 34, "fiscal_year"),
    "two values swapped": (swapped(OBSERVATIONS, "value", 34, 35), OBSERVATIONS, 34, "value"),
    "two months swapped": (swapped(MONTHLY, "value", 2, 3), MONTHLY, 2, "value"),
    "two amounts swapped": (swapped(BUDGETS, "amount_thousand_yen", 2, 3), BUDGETS, 2, "amount_thousand_yen"),
    "two benefits swapped": (swapped("benefits.csv", "count", 2, 3), "benefits.csv", 2, "count"),
    "a digit mistyped": (cell(OBSERVATIONS, 34, "value", to("85.0")), OBSERVATIONS, 34, "value"),
    "a decimal lost": (cell(OBSERVATIONS, 34, "value", to("58")), OBSERVATIONS, 34, "value"),
    "a decimal point lost": (cell(OBSERVATIONS, 34, "value", to("580")), OBSERVATIONS, 34, "value"),
    "a minus": (cell(OBSERVATIONS, 34, "value", lambda value: f"-{value}"), OBSERVATIONS, 34, "value"),
    "full-width digits": (cell(OBSERVATIONS, 34, "value", wide), OBSERVATIONS, 34, "value"),
    "a letter in a number": (cell(OBSERVATIONS, 34, "value", to("5B.0")), OBSERVATIONS, 34, "value"),
    "the letter O for a zero": (cell(OBSERVATIONS, 34, "value", to("58.O")), OBSERVATIONS, 34, "value"),
    "a thousands separator": (cell(MONTHLY, 4, "value", to("1,278")), MONTHLY, 4, "value"),
    "NaN": (cell(OBSERVATIONS, 34, "value", to("NaN")), OBSERVATIONS, 34, "value"),
    "infinity": (cell(OBSERVATIONS, 34, "value", to("Infinity")), OBSERVATIONS, 34, "value"),
    "10 to the 400": (cell(OBSERVATIONS, 34, "value", to("1" + "0" * 400)), OBSERVATIONS, 34, "value"),
    "1e400": (cell(OBSERVATIONS, 34, "value", to("1e400")), OBSERVATIONS, 34, "value"),
    "a value emptied": (cell(OBSERVATIONS, 34, "value", to("")), OBSERVATIONS, 34, "value"),
    "a branch misspelt": (cell(OBSERVATIONS, 34, "branch_id", to("yamagushi")), OBSERVATIONS, 34, "branch_id"),
    "a measure misspelt": (cell(OBSERVATIONS, 34, "measure_id", to("checkups")), OBSERVATIONS, 34, "measure_id"),
    "a measure taken out": (
        line("measures.csv", 18, lambda text: []),
        OBSERVATIONS,
        None,
        "measure_id",
    ),
    "a document taken out": (line("documents.csv", 3, lambda text: []), OBSERVATIONS, None, "document_id"),
    "a target without its rule": (cell(OBSERVATIONS, 2, "target_rule", to("")), OBSERVATIONS, 2, "target_rule"),
    "a target called an actual": (cell(OBSERVATIONS, 2, "kind", to("actual")), OBSERVATIONS, 2, "target_rule"),
    "a part-year value called final": (cell(OBSERVATIONS, 4, "status", to("final")), OBSERVATIONS, 4, "status"),
    "a month taken out": (cell(OBSERVATIONS, 4, "as_of", to("")), OBSERVATIONS, 4, "status"),
    "a thirteenth month": (cell(OBSERVATIONS, 4, "as_of", to("2023-13")), OBSERVATIONS, 4, "as_of"),
    "an unknown status": (cell(OBSERVATIONS, 4, "status", to("確定")), OBSERVATIONS, 4, "status"),
    "an unknown verdict": (cell("initiatives.csv", 4, "rating", to("A")), "initiatives.csv", 4, "rating"),
    "a KPI without its measure": (
        cell("initiatives.csv", 4, "measure_id", to("")),
        "initiatives.csv",
        4,
        "measure_id",
    ),
    "raised called lowered": (cell("plan_changes.csv", 6, "change", to("lowered")), "plan_changes.csv", 6, "change"),
    "an unknown id in a list": (cell("marks.csv", 5, "measure_ids", to("rate;x")), "marks.csv", 5, "measure_ids"),
    "a line number in words": (cell(OBSERVATIONS, 34, "line", to("107行目")), OBSERVATIONS, 34, "line"),
    "Shift_JIS": (data(OBSERVATIONS, lambda raw: raw.decode().encode("cp932")), OBSERVATIONS, None, None),
    "UTF-16": (data(BUDGETS, lambda raw: raw.decode().encode("utf-16")), BUDGETS, None, None),
    "one byte of another encoding": (
        data(
            OBSERVATIONS,
            lambda raw: raw.replace("山口".encode(), b"\x8e\x52\x8c\xfb", 1).replace(b",,final,,", b",,final,\x8e,", 1),
        ),
        OBSERVATIONS,
        2,
        None,
    ),
    "a NUL byte": (data(OBSERVATIONS, lambda raw: raw.replace(b"58.0%", b"58\x00.0%", 1)), OBSERVATIONS, 30, None),
    "a quote left open": (data(BUDGETS, lambda raw: raw.replace(b'"2,446', b'"2446', 1) + b'"'), BUDGETS, None, None),
    "an empty file": (data(BUDGETS, lambda raw: b""), BUDGETS, None, None),
    "a file of spaces": (data(BUDGETS, lambda raw: b" \n \n"), BUDGETS, None, None),
    "a file missing": (removed(MONTHLY), MONTHLY, None, None),
    "the descriptor missing": (removed("datapackage.json"), "datapackage.json", None, None),
    "the descriptor cut": (data("datapackage.json", lambda raw: raw[:-400]), "datapackage.json", None, None),
    "semicolons for commas": (data(MONTHLY, lambda raw: raw.replace(b",", b";")), MONTHLY, 1, "value"),
    "a tab in a cell": (cell(OBSERVATIONS, 34, "note", to("a\tb")), OBSERVATIONS, 34, "note"),
    "a space behind an id": (cell(OBSERVATIONS, 34, "branch_id", lambda b: f"{b} "), OBSERVATIONS, 34, "branch_id"),
    "the texts cut": (data("measures.toml", lambda raw: raw[:-1].rsplit(b'"', 1)[0]), "measures.toml", None, None),
}
harmful = pytest.mark.parametrize("name", HARMFUL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return builders.package(tmp_path / "data")


def test_there_are_many_ways_to_damage_a_package() -> None:
    assert len(HARMFUL) >= 50


@harmful
def test_a_damage_is_refused_with_its_place(name: str, folder: Path) -> None:
    damage, file, row, column = HARMFUL[name]
    damage(folder)
    problems = checks.check(folder)
    named = [
        p
        for p in problems
        if p.file == file and (row is None or p.row == row) and (column is None or column in (p.column or ""))
    ]
    assert named, [explain(p, texts("en")) for p in problems]


@harmful
def test_a_damage_is_explained_in_both_languages_without_a_traceback(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damage, file, _, _ = HARMFUL[name]
    damage(folder)
    for lang in ("ja", "en"):
        assert main(["check", str(folder), "--lang", lang]) == 1
        out, err = capsys.readouterr()
        assert file in out
        assert err == ""


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("cut", [4, 100, 0.5], ids=["the last bytes", "the last hundred", "half"])
def test_a_cut_parquet_is_refused(name: str, cut: float, tmp_path: Path, packed: Path) -> None:
    folder = tmp_path / "cut"
    shutil.copytree(packed, folder)
    path = folder / f"{name}.parquet"
    raw = path.read_bytes()
    path.write_bytes(raw[: -int(cut if cut >= 1 else len(raw) * cut)])
    assert [(p.rule, p.file) for p in checks.check(folder)] == [("other_bytes", path.name)]
    # A package of an older version states neither size nor hash.
    builders.unrecorded(folder)
    assert [(p.rule, p.file) for p in checks.check(folder)] == [("bad_parquet", path.name)]


@pytest.mark.parametrize("name", TABLES)
def test_a_column_lost_from_any_table_is_refused(name: str, folder: Path) -> None:
    column = next(iter(builders.rows(folder / f"{name}.csv")[0]))
    column_dropped(f"{name}.csv", column)(folder)
    assert ("missing_column", f"{name}.csv", 1, column) in {
        (p.rule, p.file, p.row, p.column) for p in checks.check(folder)
    }


@pytest.mark.parametrize("name", TABLES)
def test_a_row_twice_in_any_table_is_refused(name: str, folder: Path) -> None:
    path = folder / f"{name}.csv"
    line(path.name, 2, lambda text: [text, text])(folder)
    assert ("duplicate", path.name, 3) in {(p.rule, p.file, p.row) for p in checks.check(folder)}


def test_several_damages_are_all_named_at_once(folder: Path) -> None:
    for name in ("a digit mistyped", "two months swapped", "an unknown verdict", "a file of spaces"):
        HARMFUL[name][0](folder)
    assert {p.file for p in checks.check(folder)} == {OBSERVATIONS, MONTHLY, "initiatives.csv", BUDGETS}


# --- what does not ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("packed") / "data"
    database.pack(builders.DATA, out)
    return out


@pytest.fixture(scope="module")
def sound() -> dict[str, list[database.Row]]:
    connection = database.open_package(builders.DATA)
    return {name: database.table(connection, name) for name in TABLES}


def every_table(change: Callable[[bytes], bytes]) -> Damage:
    def damage(folder: Path) -> None:
        for path in folder.glob("*.csv"):
            path.write_bytes(change(path.read_bytes()))

    return damage


def columns_turned(folder: Path) -> None:
    for path in folder.glob("*.csv"):
        table = builders.rows(path)
        builders.write(path, list(reversed(list(table[0]))), table)


def all_quoted(folder: Path) -> None:
    for path in folder.glob("*.csv"):
        table = builders.rows(path)
        quoted = [[*table[0]], *([*row.values()] for row in table)]
        text = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in quoted)
        path.write_text(text + "\n", encoding="utf-8", newline="")


def descriptor_on_one_line(folder: Path) -> None:
    path = folder / "datapackage.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8"))), encoding="utf-8")


def a_note(folder: Path) -> None:
    (folder / "note.txt").write_text("x", encoding="utf-8")


HARMLESS: dict[str, Damage] = {
    "nothing": lambda folder: None,
    "a byte-order mark": every_table(lambda raw: b"\xef\xbb\xbf" + raw),
    "CRLF": every_table(lambda raw: raw.replace(b"\n", b"\r\n")),
    "both": every_table(lambda raw: b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n")),
    "no line end at the end": every_table(lambda raw: raw.rstrip(b"\n")),
    "blank lines at the end": every_table(lambda raw: raw + b"\n\n"),
    "columns in another order": columns_turned,
    "every cell in quotes": all_quoted,
    "a descriptor without line breaks": descriptor_on_one_line,
    "a file of somebody else": a_note,
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_changes_no_meaning_loads(
    name: str, folder: Path, sound: dict[str, list[database.Row]], capsys: pytest.CaptureFixture[str]
) -> None:
    HARMLESS[name](folder)
    assert main(["check", str(folder)]) == 0
    assert capsys.readouterr().err == ""
    connection = database.open_package(folder)
    assert {table: database.table(connection, table) for table in TABLES} == sound


def test_a_packed_package_is_never_refused(packed: Path, sound: dict[str, list[database.Row]]) -> None:
    assert checks.check(packed) == []
    connection = database.open_package(packed)
    assert {table: database.table(connection, table) for table in TABLES} == sound


@pytest.mark.parametrize(
    ("column", "value"), [("branch_id", "gunma"), ("branch_id", "shizuoka"), ("fiscal_year", "2021")]
)
def test_a_part_of_the_package_is_a_good_package(column: str, value: str, folder: Path) -> None:
    # What is said of one branch or one year stands by itself.
    for name in ("observations", "monthly", "benefits", "budgets", "initiatives", "marks", "plan_changes"):
        path = folder / f"{name}.csv"
        table = builders.rows(path)
        builders.write(path, list(table[0]), [row for row in table if row[column] == value])
    assert checks.check(folder) == []
    assert main(["check", str(folder)]) == 0
