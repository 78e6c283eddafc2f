"""Rows as files for people: nothing acts as a formula, nothing is lost."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kenpo.catalog import Lang
from kenpo.exports import csv_bytes, csv_text, file_name, json_text, neutral, sheet_name, sheet_names, xlsx_bytes
from kenpo.formats import Amount, Sentence, Table, TableCell


def read_back(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


# --- formulas --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠SUM(A1)",
        "=",
        '=HYPERLINK("http://example.com")',
        "-2.8",
        " =1+1",
        "\ufeff=1+1",
    ],
)
def test_a_text_that_would_be_a_formula_gets_an_apostrophe(cell: str) -> None:
    assert neutral(cell) == "'" + cell


@pytest.mark.parametrize(
    "cell",
    ["", "山口", "58.0%以上", "▲2.8", "−2.8", "1-2", "a=b", " ", "前年度以上", "'=1", "±0", "yamaguchi@example"],
)
def test_any_other_text_stays_as_it_is(cell: str) -> None:
    assert neutral(cell) == cell


@pytest.mark.parametrize("cell", [Decimal("-2.8"), Decimal("58.0"), -12167, 0, -0.5, None, True])
def test_what_is_no_text_stays_what_it_is(cell: object) -> None:
    assert neutral(cell) is cell


@given(st.text())
def test_no_text_leaves_as_a_formula(cell: str) -> None:
    kept = str(neutral(cell))
    assert not kept.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    assert kept.removeprefix("'") == cell.removeprefix("'")


# --- CSV -------------------------------------------------------------------------------------------


def test_rows_become_lines_under_a_header() -> None:
    rows = [{"branch": "yamaguchi", "gap": Decimal("-2.80")}, {"branch": "gunma", "gap": Decimal("0.0")}]
    assert csv_text(rows, ("branch", "gap")) == "branch,gap\r\nyamaguchi,-2.80\r\ngunma,0.0\r\n"


def test_no_rows_leave_the_header() -> None:
    assert csv_text([], ("branch", "gap")) == "branch,gap\r\n"


def test_columns_are_those_asked_for_in_that_order() -> None:
    assert csv_text([{"a": 1, "b": 2, "c": 3}], ("c", "a")) == "c,a\r\n3,1\r\n"


def test_a_column_a_row_does_not_have_is_an_error() -> None:
    with pytest.raises(KeyError, match="b"):
        csv_text([{"a": 1}], ("a", "b"))


def test_none_is_an_empty_cell() -> None:
    assert csv_text([{"a": None, "b": "x", "c": None}], ("a", "b", "c")) == "a,b,c\r\n,x,\r\n"


def test_json_keeps_the_decimals_as_printed() -> None:
    rows = [{"target": Decimal("0.310"), "people": 2, "actual": None, "met": True, "printed": "0.310%"}]
    assert json_text(rows) == (
        '[\n  {\n    "target": 0.310,\n    "people": 2,\n    "actual": null,\n'
        '    "met": true,\n    "printed": "0.310%"\n  }\n]'
    )


def test_json_without_anything_is_empty() -> None:
    assert json_text({"rows": [], "totals": {}}) == '{\n  "rows": [],\n  "totals": {}\n}'


@pytest.mark.parametrize(
    ("value", "written"), [(Decimal("1E+3"), "1000"), (Decimal("1E-7"), "0.0000001"), (Decimal("-2.80"), "-2.80")]
)
def test_json_writes_a_decimal_in_plain_digits(value: Decimal, written: str) -> None:
    assert json_text(value) == written


@pytest.mark.parametrize("value", [{1, 2}, object(), float("nan")])
def test_json_refuses_what_it_has_no_form_for(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        json_text({"value": value})


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.decimals(allow_nan=False, allow_infinity=False, places=3),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(JSON)
def test_json_reads_back_as_what_was_written(value: object) -> None:
    def plain(found: object) -> object:
        if isinstance(found, dict):
            return {key: plain(inner) for key, inner in found.items()}
        if isinstance(found, list):
            return [plain(inner) for inner in found]
        return str(found) if isinstance(found, Decimal) else found

    assert plain(json.loads(json_text(value), parse_float=Decimal)) == plain(value)


def test_a_text_cell_is_neutralised_and_a_number_is_not() -> None:
    text = csv_text([{"printed": "-2.8", "gap": Decimal("-2.8")}], ("printed", "gap"))
    assert text == "printed,gap\r\n'-2.8,-2.8\r\n"


def test_a_header_is_neutralised_too() -> None:
    assert csv_text([{"=1+1": 1}], ("=1+1",)) == "'=1+1\r\n1\r\n"


def test_separators_and_quotes_are_quoted() -> None:
    row = {"printed": "88,299社", "note": 'says "met"'}
    assert csv_text([row], ("printed", "note")) == 'printed,note\r\n"88,299社","says ""met"""\r\n'


@pytest.mark.parametrize(
    "cell", ["a\nb", "a\r\nb", "a\rb", 'a","b', "a\r=1+1", "a\n=1+1"], ids=["LF", "CRLF", "CR", "quote", "CR=", "LF="]
)
def test_a_cell_stays_one_cell(cell: str) -> None:
    assert read_back(csv_text([{"a": cell, "b": "x"}], ("a", "b"))) == [["a", "b"], [cell, "x"]]


@given(st.lists(st.tuples(st.text("ab,\"'\n =-@山", max_size=6), st.none() | st.integers()), max_size=4))
def test_every_row_comes_back(table: list[tuple[str, int | None]]) -> None:
    rows = [{"text": text, "number": number} for text, number in table]
    expected = [[str(neutral(text)), "" if number is None else str(number)] for text, number in table]
    assert read_back(csv_text(rows, ("text", "number"))) == [["text", "number"], *expected]


# --- a table as CSV --------------------------------------------------------------------------------

D = Decimal


def table(*rows: Sequence[TableCell], columns: Sequence[str] = ("支部", "実績", "差"), **said: str) -> Table:
    usual = {"name": "支部比較", "title": "静岡が首位", "context": "令和6年度"}
    return Table(columns=columns, rows=rows, **(usual | said))


SHIZUOKA: Sequence[TableCell] = ("静岡", Amount(D("64.7"), "%"), Amount(D("-2.8"), "pt", signed=True))


def test_a_table_is_utf8_with_a_byte_order_mark() -> None:
    assert csv_bytes(table(SHIZUOKA)) == "\ufeff支部,実績 (%),差 (pt)\r\n静岡,64.7,-2.8\r\n".encode()


@pytest.mark.parametrize(
    ("cells", "header"),
    [
        ([Amount(D("64.7"), "%"), Amount(D("58.4"), "%")], "実績 (%)"),
        ([Amount(D("64.7"), "%"), None, "前年度以上"], "実績 (%)"),
        ([Amount(D("64.7"), "%"), Amount(D("9024"), "円")], "実績"),
        ([Amount(D("64.7"), "%"), Amount(D("7183"))], "実績"),
        ([Amount(D("7183"))], "実績"),
        (["前年度以上", None], "実績"),
        ([], "実績"),
    ],
    ids=["one unit", "beside texts", "two units", "one without a unit", "no unit", "texts", "no rows"],
)
def test_a_column_of_one_unit_names_it_in_its_header(cells: list[TableCell], header: str) -> None:
    text = csv_bytes(table(*([cell] for cell in cells), columns=("実績",))).decode("utf-8-sig")
    assert read_back(text)[0] == [header]


def test_numbers_of_a_table_keep_their_decimals_and_lose_unit_and_separators() -> None:
    cells = [Amount(D("58.0"), "%"), Amount(D("438120"), "人"), Amount(D("0.310")), Amount(D("0.000001"))]
    text = csv_bytes(table(cells, columns=list("abcd"))).decode("utf-8-sig")
    assert read_back(text)[1] == ["58.0", "438120", "0.310", "0.000001"]


def test_an_empty_cell_of_a_table_is_empty_and_no_dash() -> None:
    text = csv_bytes(table(("山口", None, ""))).decode("utf-8-sig")
    assert read_back(text)[1] == ["山口", "", ""]


def test_texts_and_column_names_of_a_table_are_neutralised() -> None:
    text = csv_bytes(table(("=1+1",), columns=("@SUM(A1)",))).decode("utf-8-sig")
    assert read_back(text) == [["'@SUM(A1)"], ["'=1+1"]]


# --- a table as a workbook -------------------------------------------------------------------------


def opened(*tables: Table, lang: Lang = "ja") -> Any:
    return openpyxl.load_workbook(io.BytesIO(xlsx_bytes(tables, lang)))


def sheet(*rows: Sequence[TableCell], lang: Lang = "ja", **said: Any) -> Any:
    return opened(table(*rows, **said), lang=lang).worksheets[0]


def test_a_sheet_says_its_finding_then_the_header_then_the_rows() -> None:
    found = sheet(SHIZUOKA, ("山口", None, None))
    assert [[cell.value for cell in row] for row in found.iter_rows()] == [
        ["静岡が首位", None, None],
        ["令和6年度", None, None],
        [None, None, None],
        ["支部", "実績", "差"],
        ["静岡", 64.7, -2.8],
        ["山口", None, None],
    ]


@pytest.mark.parametrize(
    ("amount", "lang", "value", "form"),
    [
        (Amount(D("64.7"), "%"), "ja", 64.7, '#,##0.0"%";"▲"#,##0.0"%";#,##0.0"%"'),
        (Amount(D("64.7"), "%"), "en", 64.7, '#,##0.0"%";"−"#,##0.0"%";#,##0.0"%"'),
        (Amount(D("-2.8"), "pt", signed=True), "ja", -2.8, '+#,##0.0"pt";"▲"#,##0.0"pt";"±0pt"'),
        (Amount(D("-2.8"), "pt", signed=True), "en", -2.8, '+#,##0.0"pt";"−"#,##0.0"pt";"±0pt"'),
        (Amount(D("12167"), "人"), "ja", 12167, '#,##0"人";"▲"#,##0"人";#,##0"人"'),
        (Amount(D("0.310"), "%"), "ja", 0.31, '#,##0.000"%";"▲"#,##0.000"%";#,##0.000"%"'),
        (Amount(D("0"), "pt", signed=True), "ja", 0, '+#,##0"pt";"▲"#,##0"pt";"±0pt"'),
        (Amount(D("7183")), "ja", 7183, '#,##0;"▲"#,##0;#,##0'),
    ],
    ids=["percent", "percent, en", "points", "points, en", "people", "three decimals", "no difference", "no unit"],
)
def test_a_number_is_a_number_shown_with_its_decimals_and_unit(
    amount: Amount, lang: Lang, value: float, form: str
) -> None:
    cell = sheet((amount,), columns=("a",), lang=lang)["A5"]
    assert (cell.data_type, cell.value, cell.number_format) == ("n", value, form)


def test_a_number_stands_to_the_right_and_no_cell_is_a_formula() -> None:
    found = sheet(SHIZUOKA)
    assert [cell.alignment.horizontal for cell in found[5]] == [None, "right", "right"]
    assert {cell.data_type for row in found.iter_rows() for cell in row if cell.value is not None} == {"s", "n"}


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", " =1+1", '=HYPERLINK("http://example.com","x")']


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_like_a_formula_is_a_text_with_an_apostrophe_wherever_it_stands(text: str) -> None:
    found = sheet((text, None, text), columns=("a", text, "c"), title=text, context=text)
    cells = [found[place] for place in ("A1", "A2", "B4", "A5", "C5")]
    assert [(cell.data_type, cell.value) for cell in cells] == [("s", f"'{text}")] * 5


@pytest.mark.parametrize(
    "text", ["58.0", "0012", "http://example.com/", "mailto:a@example.com", "2024-03-18", "TRUE", "▲2.8pt", "{=1}"]
)
def test_any_other_text_stays_a_text(text: str) -> None:
    cell = sheet((text,), columns=("a",))["A5"]
    assert (cell.data_type, cell.value, cell.hyperlink) == ("s", text, None)


def test_the_header_and_the_first_column_stay_in_sight() -> None:
    assert sheet(SHIZUOKA).freeze_panes == "B5"


def test_a_sheet_is_ready_to_print_on_landscape_a4_with_its_header_on_every_page() -> None:
    found = sheet(SHIZUOKA)
    assert (found.page_setup.orientation, str(found.page_setup.paperSize)) == ("landscape", "9")
    assert (found.sheet_properties.pageSetUpPr.fitToPage, found.page_setup.fitToHeight) == (True, 0)
    assert found.print_title_rows == "$4:$4"


def test_a_column_is_wide_enough_for_japanese() -> None:
    # A full-width sign takes the room of two.
    found = sheet(("生活習慣病予防健診実施率", Amount(D("64.7"), "%"), None))
    assert found.column_dimensions["A"].width >= 24
    assert found.column_dimensions["B"].width < 12


def test_a_very_long_text_does_not_make_a_very_wide_column() -> None:
    assert sheet(("山" * 500,), columns=("a",)).column_dimensions["A"].width <= 61


def test_every_table_is_a_sheet_of_its_own() -> None:
    book = opened(table(SHIZUOKA), table(("64.7%",), name="出典", columns=("印字",), title="出典：1 件", context=""))
    assert book.sheetnames == ["支部比較", "出典"]
    assert [book["出典"][place].value for place in ("A1", "A4", "A5")] == ["出典：1 件", "印字", "64.7%"]


def test_a_table_without_rows_keeps_its_header() -> None:
    assert [cell.value for cell in sheet()[4]] == ["支部", "実績", "差"]


def test_a_table_without_columns_is_a_sheet_all_the_same() -> None:
    assert sheet(columns=())["A1"].value == "静岡が首位"


def test_a_workbook_holds_no_macro_and_no_link_to_another_file() -> None:
    names = zipfile.ZipFile(io.BytesIO(xlsx_bytes([table(SHIZUOKA)], "ja"))).namelist()
    assert not [name for name in names if re.search("vba|externalLink", name)]


# --- names of files and sheets ---------------------------------------------------------------------


def test_a_file_name_says_what_is_inside() -> None:
    assert (
        file_name(["支部比較", "生活習慣病予防健診実施率", "2024"], "xlsx")
        == "支部比較_生活習慣病予防健診実施率_2024.xlsx"
    )


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (["a/b", "c\\d"], "a-b_c-d.csv"),
        (['a:b*c?d"e<f>g|h'], "a-b-c-d-e-f-g-h.csv"),
        (["a\nb\tc\0d"], "a-b-c-d.csv"),
        (["../../etc/passwd"], "-..-etc-passwd.csv"),
        ([" a ", "b. "], "a_b.csv"),
        (["a", "", "b"], "a_b.csv"),
        (["受診率（10か月）"], "受診率（10か月）.csv"),
    ],
    ids=["slashes", "forbidden signs", "control characters", "a way out", "spaces and dots", "nothing", "brackets"],
)
def test_a_file_name_is_safe_on_every_system(parts: list[str], name: str) -> None:
    assert file_name(parts, "csv") == name


@pytest.mark.parametrize("sign", ["a", "率"], ids=["ascii", "full-width"])
def test_a_long_file_name_is_cut_and_keeps_its_ending(sign: str) -> None:
    # A file name may have 255 bytes on most systems.
    name = file_name([sign * 500], "xlsx")
    assert name.startswith(sign * 60)
    assert name.endswith(f"{sign}.xlsx")
    assert len(name.encode("utf-8")) <= 255


@given(st.lists(st.text(max_size=40), max_size=4))
def test_no_part_leads_out_of_the_folder(parts: list[str]) -> None:
    assert not set(file_name(parts, "csv")) & {*'\\/:*?"<>|', *map(chr, range(32))}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("支部比較", "支部比較"),
        ("a[b]c:d*e?f/g\\h", "a-b-c-d-e-f-g-h"),
        ("'quoted'", "-quoted-"),
        ("x" * 40, "x" * 31),
        ("率" * 40, "率" * 31),
        ("🏯" * 20, "🏯" * 15),
        ("x" + "🏯" * 20, "x" + "🏯" * 15),
        ("𠮷野家" * 12, "𠮷野家" * 7 + "𠮷野"),
        ("a\tb\x00c\ud800d", "a-b-c-d"),
        ("", "-"),
    ],
    ids=[
        *("as it is", "forbidden signs", "apostrophes", "long", "long, full-width"),
        *("long, beyond the BMP", "a character that would be cut in two", "rare kanji", "nothing seen", "empty"),
    ],
)
def test_a_sheet_name_is_one_a_spreadsheet_accepts(name: str, shown: str) -> None:
    assert sheet_name(name) == shown
    assert opened(table(SHIZUOKA, name=name)).sheetnames == [shown]


@pytest.mark.parametrize("name", ["🏯" * 20, "x" * 40, "History", "計算 🏯🏯🏯🏯🏯🏯🏯🏯🏯🏯🏯🏯🏯🏯"])
def test_sheets_of_one_name_are_told_apart_within_what_a_spreadsheet_counts(name: str) -> None:
    names = sheet_names([name] * 12)
    assert len({one.casefold() for one in names}) == 12
    assert all(len(one.encode("utf-16-le")) <= 62 for one in names)
    assert opened(*(table(SHIZUOKA, name=name) for _ in range(12))).sheetnames == names


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text(), max_size=6))
def test_a_workbook_is_made_whatever_its_sheets_are_called(names: list[str]) -> None:
    tables = [table(SHIZUOKA, name=name) for name in (*names, "x")]
    assert len(opened(*tables).sheetnames) == len(tables)


# --- what a cell of Excel cannot hold --------------------------------------------------------------

CUT = {"ja": "（32,767文字）で切れています", "en": "cut at the 32,767 characters"}
DIGITS = {"ja": "15桁を超える数は", "en": "more than 15 digits"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a" * 32_767, "a" * 32_767),
        ("a" * 32_768, "a" * 32_766 + "…"),
        ("率" * 40_000, "率" * 32_766 + "…"),
        ("🏯" * 20_000, "🏯" * 16_383 + "…"),
        ("=" + "a" * 40_000, "'=" + "a" * 32_764 + "…"),
    ],
    ids=["fits", "one too many", "full-width", "beyond the BMP", "a formula"],
)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_text_too_long_for_a_cell_ends_in_a_sign_and_the_sheet_says_so(text: str, shown: str, lang: Lang) -> None:
    found = sheet((text,), columns=("a",), lang=lang)
    assert found["A5"].value == shown
    assert (CUT[lang] in found["A2"].value) == (text != shown)
    assert found["A2"].value.startswith("令和6年度")


LONG = "x" * 40_000


@pytest.mark.parametrize(
    ("said", "cut"),
    [({"title": LONG}, 1), ({"columns": (LONG,)}, 1), ({"context": LONG}, 0)],
    ids=["title", "column", "context"],
)
def test_whatever_is_too_long_is_said(said: dict[str, Any], cut: int) -> None:
    found = opened(table(("a",), **({"columns": ("a",)} | said))).worksheets[0]
    assert CUT["ja"] in found["A2"].value
    assert [cell.value for row in found.iter_rows() for cell in row].count("x" * 32_766 + "…") == cut


def test_a_long_sentence_keeps_its_letters_up_to_the_cut() -> None:
    parts = [("前" * 20_000, False), ("新" * 20_000, True)]
    found = sheet((Sentence(parts),), columns=("a",))
    assert found["A5"].value == "前" * 20_000 + "新" * 12_766 + "…"
    assert CUT["ja"] in found["A2"].value


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("123456789012345", 123456789012345),
        ("0.000123", 0.000123),
        ("100000000000.000000", 100000000000),
        ("1234567890123456", "1,234,567,890,123,456人"),
        ("123456789012.123456", "123,456,789,012.123456人"),
        ("-123456789012.123456", "▲123,456,789,012.123456人"),
    ],
)
def test_a_number_excel_would_round_stands_as_text_and_the_sheet_says_so(value: str, kept: object) -> None:
    found = sheet((Amount(D(value), "人"),), columns=("a",))
    assert found["A5"].value == kept
    assert found["A5"].alignment.horizontal == "right"
    assert (DIGITS["ja"] in found["A2"].value) == isinstance(kept, str)


def test_the_csv_keeps_every_digit_and_every_letter() -> None:
    text = csv_bytes(table(("x" * 40_000, Amount(D("123456789012.123456"))), columns=("a", "b"))).decode("utf-8-sig")
    assert read_back(text)[1] == ["x" * 40_000, "123456789012.123456"]


@pytest.mark.parametrize(
    "parts",
    [
        [("", False), ("", False)],
        [("率を", False), ("60.0%", False)],
        [("率を", False), ("60.0%", False), ("", False)],
        [("率を", False), ("60.0%", True)],
        [("率を", True), ("60.0%", True)],
        [("率を", False), ("60.0%", True), ("とする", False)],
    ],
)
def test_no_sentence_is_left_out_whatever_of_it_is_marked(parts: list[tuple[str, bool]]) -> None:
    assert (sheet((Sentence(parts),), columns=("a",))["A5"].value or "") == "".join(text for text, _ in parts)
