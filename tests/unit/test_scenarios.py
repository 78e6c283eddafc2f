"""新旧対照表 and the calculation behind it: sentences, marks, live formulas with the values the page shows."""

from __future__ import annotations

import io
import re
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock

from kenpo.exports import csv_bytes, xlsx_bytes
from kenpo.formats import Amount, Formula, Sentence, Table
from kenpo.views import scenarios
from kenpo.views.scenarios import Named
from kenpo.what_if import NOTHING, Scenario
from tests.plans import plan, shown, voice

D = Decimal
LIFESTYLE, MAIL, BIDS = "lifestyle_checkup_rate", "mail_application_rate", "single_bid_rate"
MOVED = Scenario({LIFESTYLE: D(60), MAIL: D(95), BIDS: D(10)})


def side_by_side(*moved: Scenario) -> list[Named]:
    return scenarios.named((f"案{'ABCD'[at]}", shown(scenario)) for at, scenario in enumerate(moved))


def cell(table: Table, row: str, column: str) -> object:
    return table.rows[list(table.ids).index(row)][list(table.keys).index(column)]


def sentences(table: Table, row: str) -> list[list[tuple[str, bool]]]:
    found = [c for c in table.rows[list(table.ids).index(row)] if isinstance(c, Sentence)]
    return [list(one.parts) for one in found]


# --- 新旧対照表 --------------------------------------------------------------------------------------


def test_new_stands_on_the_left_old_on_the_right_and_what_changes_is_marked() -> None:
    table = scenarios.sheet(side_by_side(MOVED), voice())
    assert list(table.columns) == ["新（案）", "旧（現行）", "差", "人数の差"]
    assert sentences(table, LIFESTYLE) == [
        [("生活習慣病予防健診実施率を", False), ("60.0%以上", True), ("とする", False)],
        [("生活習慣病予防健診実施率を", False), ("58.0%以上", True), ("とする", False)],
    ]
    assert sentences(table, MAIL) == [
        [("現金給付等の申請に係る郵送化率を", False), ("95.0%以上", True), ("とする", False)],
        [("現金給付等の申請に係る郵送化率を", False), ("前年度以上", True), ("とする", False)],
    ]
    assert sentences(table, BIDS)[0][1] == ("10.0%以下", True)
    assert [part[1] for part in sentences(table, "dependant_checkup_rate")] == [("32.4%以上", False)] * 2
    assert table.title == "令和6年度 山口 KPI 新旧対照表（案）"
    assert table.texts("ja")[list(table.ids).index(LIFESTYLE)] == [
        "生活習慣病予防健診実施率を60.0%以上とする",
        "生活習慣病予防健診実施率を58.0%以上とする",
        "+2.0pt",
        "+3,486人",
    ]


def test_english_says_the_same() -> None:
    table = scenarios.sheet(side_by_side(MOVED), voice("en"))
    assert sentences(table, LIFESTYLE)[0] == [
        ("Lifestyle-disease checkup rate (insured): ", False),
        ("at least 60.0%", True),
        ("", False),
    ]


def test_four_scenarios_stand_side_by_side_with_their_own_differences() -> None:
    moved = [MOVED, NOTHING, Scenario({LIFESTYLE: D(61)}), Scenario({LIFESTYLE: D(62)})]
    table = scenarios.sheet(side_by_side(*moved), voice())
    assert list(table.columns)[:6] == [
        "新（案）・案A",
        "新（案）・案B",
        "新（案）・案C",
        "新（案）・案D",
        "旧（現行）",
        "差 案A",
    ]
    row = table.texts("ja")[list(table.ids).index(LIFESTYLE)]
    assert row[5:] == ["+2.0pt", "+3,486人", "±0pt", "±0人", "+3.0pt", "+5,229人", "+4.0pt", "+6,971人"]
    # The old sentence is underlined where any of the four changes it.
    assert [parts[1][1] for parts in sentences(table, LIFESTYLE)] == [True, False, True, True, True]


def test_names_are_told_apart() -> None:
    found = scenarios.named([("案", shown()), ("案", shown()), ("案 (2)", shown())])
    assert [one.name for one in found] == ["案", "案 (2)", "案 (2) (2)"]


# --- the calculation --------------------------------------------------------------------------------


def test_the_calculation_has_the_figures_of_the_page_as_formulas() -> None:
    (one,) = side_by_side(MOVED)
    table = scenarios.calculation(one, 0, voice())
    people = cell(table, LIFESTYLE, "people")
    assert isinstance(people, Formula)
    assert (people.result.value, people.result.unit) == (D(104560), "人")
    assert people.template == (
        "IF(AND([eligible]=[eligible_plan],OR(ROUND([new]-58.0,6)=0)),101074,ROUNDUP(ROUND([new]*[eligible]/100,6),0))"
    )
    assert cell(table, LIFESTYLE, "more") == Formula("[people]-[people_plan]", Amount(D(3486), "人", signed=True))
    assert cell(table, LIFESTYLE, "change") == Formula("ROUND([new]-[current],1)", Amount(D("2.0"), "pt", signed=True))
    assert cell(table, BIDS, "change") == Formula("ROUND([current]-[new],1)", Amount(D("5.0"), "pt", signed=True))
    assert cell(table, "checkup_total_rate", "new") == Formula(
        "ROUND([people]/[eligible]*100,1)", Amount(D("65.2"), "%")
    )
    # A relative target stays in its words, without a number to compute with.
    assert cell(table, "generic_use_rate", "current") == "前年度以上"
    assert cell(table, "generic_use_rate", "people") is None


def test_growing_eligible_numbers_are_a_formula_too() -> None:
    (one,) = side_by_side(Scenario({LIFESTYLE: D(60)}, grow=True))
    grown = cell(scenarios.calculation(one, 0, voice()), "guidance_rate_insured", "eligible")
    assert isinstance(grown, Formula)
    assert grown.result.value == D(25524)
    assert "[people@lifestyle_checkup_rate]+[people@employer_checkup_data_rate]" in grown.template


# --- files ------------------------------------------------------------------------------------------


def workbook(*moved: Scenario, data_only: bool = False) -> openpyxl.Workbook:
    made = xlsx_bytes(scenarios.tables(side_by_side(*moved), voice()), "ja")
    return openpyxl.load_workbook(io.BytesIO(made), data_only=data_only, rich_text=not data_only)


def test_the_workbook_prints_on_a4_landscape_and_underlines_what_changes() -> None:
    book = workbook(MOVED)
    assert book.sheetnames == ["新旧対照表", "計算 案A"]
    for sheet in book.worksheets:
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
        assert (sheet.page_setup.fitToHeight, sheet.print_title_rows) == (0, "$4:$4")
    row = next(r for r in book.worksheets[0].iter_rows(min_row=5) if "生活習慣病" in str(r[0].value))
    rich = row[0].value
    assert isinstance(rich, CellRichText)
    marked = [str(part) for part in rich if isinstance(part, TextBlock) and part.font.u]
    assert (str(rich), marked) == ("生活習慣病予防健診実施率を60.0%以上とする", ["60.0%以上"])
    assert row[2].value == "='計算 案A'!$H$11"
    assert row[2].number_format == '+#,##0.0"pt";"▲"#,##0.0"pt";"±0pt"'


def test_every_formula_stands_with_its_value_for_readers_that_compute_nothing() -> None:
    values, formulas = workbook(MOVED, data_only=True), workbook(MOVED)
    counted = 0
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for one in row:
                if isinstance(one.value, str) and one.value.startswith("="):
                    counted += 1
                    assert isinstance(values[sheet.title][one.coordinate].value, (int, float))
    # 9 gaps and 5 of people on the first sheet; 29 of the measures and 7 of each combined rate on the second.
    assert counted == 14 + 29 + 14


def test_csv_has_the_sentences_and_plain_numbers() -> None:
    text = csv_bytes(scenarios.sheet(side_by_side(MOVED), voice())).decode("utf-8-sig")
    lines = text.split("\r\n")
    assert lines[0] == "新（案）,旧（現行）,差,人数の差 (人)"
    assert "生活習慣病予防健診実施率を60.0%以上とする,生活習慣病予防健診実施率を58.0%以上とする,2.0,3486" in lines


@pytest.mark.parametrize("name", ["=1+1", "a/b:c*d?e[f]g", "History", "x" * 60, "'", "案!A1", "案]x"])
def test_a_hostile_name_neither_breaks_the_workbook_nor_becomes_a_formula(name: str) -> None:
    named = scenarios.named([(name, shown(MOVED)), (name.upper(), shown(NOTHING))])
    made = xlsx_bytes(scenarios.tables(named, voice()), "ja")
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert len(book.sheetnames) == len({title.casefold() for title in book.sheetnames}) == 3
    allowed = ("='", "=IF(", "=ROUND", "=MAX(", "=$", "=(")
    for sheet in book.worksheets:
        texts = [str(c.value) for row in sheet.iter_rows() for c in row if str(c.value).startswith("=")]
        assert all(text.startswith(allowed) for text in texts)


TARGETS = st.dictionaries(
    st.sampled_from([LIFESTYLE, "guidance_rate_insured", MAIL, BIDS]),
    st.integers(0, 800).map(lambda tenths: D(tenths) / 10),
    max_size=4,
)


@settings(max_examples=25, deadline=None)
@given(TARGETS, st.dictionaries(st.just("checkup_eligible_insured"), st.integers(1, 300000).map(D), max_size=1))
def test_a_scenario_survives_the_workbook_unchanged(targets: dict[str, Decimal], eligible: dict[str, Decimal]) -> None:
    asked = Scenario(targets, eligible)
    sheet = workbook(asked, data_only=True).worksheets[1]
    header = {str(c.value): at for at, c in enumerate(sheet[4])}
    rows = {str(r[header["指標ID"]].value): r for r in sheet.iter_rows(min_row=5)}
    for measure, start in plan().starts.items():
        new = rows[measure][header["新しい目標"]].value
        expected = targets.get(measure, start.current)
        assert (None if new is None else D(str(new))) == expected
    count = D(str(rows[LIFESTYLE][header["対象者数"]].value))
    assert count == eligible.get("checkup_eligible_insured", D(174266))


@pytest.mark.parametrize("name", ["🏯" * 20, "𠮷" * 40, "案[1]:*?/\\'", "'", "History"])
def test_a_scenario_of_any_name_is_exported_with_its_formulas(name: str) -> None:
    named = [Named(name, shown(MOVED)), Named(f"{name}B", shown())]
    for lang in ("ja", "en"):
        book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(scenarios.tables(named, voice(lang)), lang)))
        assert len(book.sheetnames) == len(set(book.sheetnames)) == 3
        sheet = book.worksheets[0]
        formulas = [str(c.value) for row in sheet.iter_rows() for c in row if str(c.value).startswith("=")]
        named_sheets = {found for formula in formulas for found in re.findall(r"'([^']+)'!", formula)}
        assert named_sheets == set(book.sheetnames[1:])
