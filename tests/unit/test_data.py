"""Data: words of every part of the page, from the app's own package and from rows written by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenpo import database, judgement
from kenpo.catalog import Lang
from kenpo.findings import RULES, Finding, Passage, find
from kenpo.formats import Amount, Table
from kenpo.judgement import Cell
from kenpo.selection import Part
from kenpo.text import texts
from kenpo.ui.data import SHOWN
from kenpo.views import data, data_budget, data_changes, data_initiatives
from kenpo.views import findings as told
from kenpo.views.data_initiatives import Rated
from kenpo.views.words import Voice
from tests import builders
from tests.shipped import package

LANGS: tuple[Lang, ...] = ("ja", "en")
each_language = pytest.mark.parametrize("lang", LANGS)


def voice(lang: Lang = "ja") -> Voice:
    return Voice(texts(lang), "wareki" if lang == "ja" else "seireki", package().catalog)


def column(table: Table, name: str) -> list[Any]:
    at = list(table.columns).index(name)
    return [row[at] for row in table.rows]


def whole_and_named(table: Table) -> bool:
    """Are the columns named, once each, and every row as wide?"""
    names = list(table.columns)
    return all(names) and len(set(names)) == len(names) and all(len(row) == len(names) for row in table.rows)


def test_every_part_of_the_link_is_shown() -> None:
    assert tuple(SHOWN) == data.PARTS
    assert data.PARTS[0] == "documents"


# --- a filter of words -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", True),
        ("健診", True),
        ("山口 健診", True),
        ("健診　山口", True),
        ("ＫＰＩ", True),
        ("kpi", True),
        ("58.0", True),
        ("５８．０", True),
        ("埼玉", False),
        ("山口 埼玉", False),
    ],
)
def test_every_word_stands_somewhere_whatever_its_width_and_case(words: str, found: bool) -> None:
    assert data.matches(words, ["山口", "健診 KPI", "58.0%"]) is found


@given(st.lists(st.text(max_size=8), max_size=4), st.text(max_size=12))
def test_a_filter_never_finds_more_than_without(cells: list[str], words: str) -> None:
    assert data.matches("", cells)
    if data.matches(words + " x9x", cells):
        assert data.matches(words, cells)


def test_a_filtered_table_remembers_the_places_of_its_rows() -> None:
    table = Table("t", "t", "", ["a", "b"], [["山口", Amount(Decimal("58.0"), "%")], ["静岡", None], ["山口", None]])
    shown, kept = data.filtered(table, "山口", voice())
    assert (kept, [row[1] for row in shown.rows]) == ([0, 2], [Amount(Decimal("58.0"), "%"), None])
    assert data.filtered(table, "58.0%", voice())[1] == [0]
    assert data.filtered(table, "岡山", voice())[1] == []


# --- documents and measures ------------------------------------------------------------------------


@each_language
def test_every_document_is_listed_with_what_comes_from_it(lang: Lang) -> None:
    rows = package().documents()
    table = data.documents(rows, voice(lang))
    assert whole_and_named(table)
    assert len(table.rows) == len(package().catalog.documents)
    total = sum(row["held"] for row in rows)
    assert f"{total:,}" in table.title
    assert all(row[0] for row in table.rows)


def test_the_first_document_in_words() -> None:
    row = data.documents(package().documents(), voice()).rows[0]
    assert list(row) == [
        "令和6年度 山口支部事業計画",
        "山口",
        "計画",
        "令和6年度",
        "2024-03-18",
        Amount(Decimal(401)),
        "R2–R11",
        None,
        "000_cc63695972bf22b3.txt",
    ]


def test_the_heat_strip_has_a_cell_a_measure_and_year() -> None:
    rows = package().covered("yamaguchi-2024-plan")
    cells = data.coverage(rows, voice())
    assert len(cells) == len(rows) > 150
    (cell,) = (c for c in cells if c["measure"] == "生活習慣病予防健診実施率" and c["year"] == "R5")
    assert (cell["letters"], cell["strength"], cell["year_order"]) == ("目 実 計", 0.52, 2023)
    assert cell["about"] == "生活習慣病予防健診実施率 R5: 目標 1・実績 2・計画 1"
    table = data.coverage_table(rows, package().catalog.documents["yamaguchi-2024-plan"], voice())
    assert whole_and_named(table)
    assert len(table.rows) == len(rows)


@each_language
def test_every_measure_is_listed_with_its_meaning(lang: Lang) -> None:
    held = package().catalog
    table = data.measures(held, voice(lang))
    assert whole_and_named(table)
    assert [row[0] for row in table.rows] == [m.name[lang] for m in held.measures.values()]
    assert all(column(table, voice(lang).t("detail.definition")))


@pytest.mark.parametrize(
    ("measure", "years"),
    [
        ("service_standard_rate", "全年度"),
        ("claim_assessment_rate", "R6–"),
        ("mail_application_rate", "–R6"),
        ("my_number_coverage_rate", "R3–R5"),
    ],
)
def test_the_years_of_a_kpi(measure: str, years: str) -> None:
    assert data.in_force(package().catalog.measures[measure], voice()) == years


def test_a_successor_is_named() -> None:
    table = data.measures(package().catalog, voice("en"))
    row = next(row for row in table.rows if row[0] == "Share of benefit claims filed by post")
    assert row[7] == "Share of benefit claims filed at the counter"


# --- tables as they are kept -----------------------------------------------------------------------


@pytest.mark.parametrize("name", [r["name"] for r in database.read_descriptor(builders.DATA)["resources"]])
def test_a_table_taken_away_says_what_its_file_says(name: str) -> None:
    rows = package().table(name)
    table = data.raw(name, list(rows[0]), rows)
    file = builders.rows(builders.DATA / f"{name}.csv")
    assert list(table.columns) == list(file[0])
    said = [{c: v or "" for c, v in zip(table.columns, row, strict=True)} for row in table.rows]
    key = list(file[0])
    assert sorted(said, key=lambda r: [str(r[c]) for c in key]) == sorted(file, key=lambda r: [r[c] for c in key])


def test_a_negative_number_stays_a_number() -> None:
    rows = [{"value": Decimal("-2.800000"), "value_decimals": 1, "n": -3}]
    table = data.raw("t", ["value", "value_decimals", "n"], rows)
    assert table.rows == [[Amount(Decimal("-2.8")), Amount(Decimal(-3))]]


# --- groups ----------------------------------------------------------------------------------------

ROWS = [
    {"branch_id": b, "fiscal_year": y, "n": n}
    for n, (b, y) in enumerate([("gunma", 2025), ("okayama", 2021), ("gunma", 2025)])
]


def test_the_first_branch_the_reader_has_chosen_is_shown() -> None:
    found = data.groups(ROWS)
    assert found == [("gunma", 2025), ("okayama", 2021)]
    assert data.usual_group(found, ()) == ("gunma", 2025)
    assert data.usual_group(found, ("saitama", "okayama")) == ("okayama", 2021)
    assert data.usual_group([], ("gunma",)) is None
    assert [row["n"] for row in data.of_group(ROWS, ("gunma", 2025))] == [0, 2]


# --- findings --------------------------------------------------------------------------------------


@cache
def real() -> list[Finding]:
    held = package()
    return find(held.whole(), held.catalog, held.table("monthly"), held.table("benefits"))


def names() -> told.Names:
    return told.benefit_names(package().table("benefit_kinds"))


def test_a_finding_is_told_with_its_lines() -> None:
    one = told.tell(real()[0], voice(), names())
    assert (one.rule, one.heading) == ("parts_and_total", "山口 令和5年度（2023） R5.9 健診受診者数（被保険者計）")
    assert one.sentence == "計は 61,993人、内訳を足すと 61,201人（差 +792人）"
    assert [(side.about, side.printed, side.place) for side in one.sides] == [
        ("健診受診者数（被保険者計） (実績)", "61,993", "令和6年度 山口支部事業計画 425行目"),
        ("生活習慣病予防健診 実施者数 (実績)", "54,529", "令和6年度 山口支部事業計画 423行目"),
        ("事業者健診データ 取得者数 (実績)", "6,672", "令和6年度 山口支部事業計画 424行目"),
    ]


@each_language
@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("kind", ["actual", "benefit"])
def test_every_kind_of_finding_has_a_sentence(rule: Any, kind: str, lang: Lang) -> None:
    about = "sickness_allowance" if kind == "benefit" else "lifestyle_checkup_rate"
    passage = Passage("yamaguchi-2024-plan", "9", "58.0%", about, 2022, kind, None, "yamaguchi")
    finding = Finding(rule, (passage, passage), Decimal("58.0"), Decimal("57.9"), "達成", False)
    one = told.tell(finding, voice(lang), names())
    assert "58.0" in one.sentence
    assert "57.9" in one.sentence
    assert "{" not in one.sentence
    assert told.lines(finding, voice(lang), names()).count("\n") == 3


def test_a_verdict_at_odds_names_both() -> None:
    passage = Passage("yamaguchi-2024-plan", "9", "58.0%", "lifestyle_checkup_rate", 2022, "actual", None, "yamaguchi")
    finding = Finding("verdict", (passage, passage), Decimal("58.0"), Decimal("60.0"), "達成", False)
    said = told.tell(finding, voice(), names()).sentence
    assert said == "文書の判定は 達成、実績 58.0% を目標 60.0% に照らすと 未達成"


@each_language
def test_the_table_of_findings_holds_every_line(lang: Lang) -> None:
    table = told.table(real(), voice(lang), names())
    assert whole_and_named(table)
    assert "16" in table.title
    places = column(table, voice(lang).t("finding.places"))
    assert [said.count("; ") + 1 for said in places] == [len(finding.passages) for finding in real()]
    assert len(told.short(table).columns) == len(table.columns) - 2
    assert whole_and_named(told.short(table))


def test_findings_are_counted_by_kind() -> None:
    assert told.counted(real()) == {
        "parts_and_total": 5,
        "months_and_year": 3,
        "rate_and_counts": 8,
        "rounding": 1,
    }


# --- initiatives -----------------------------------------------------------------------------------


def rated(*rows: dict[str, Any], met: bool | None = None, state: str = "undated") -> list[Rated]:
    usual = {"measure_id": "m", "states_kpi": False}
    cell = Cell("saitama", 2023, "m", "achieved" if met else "not_achieved", met=met) if met is not None else None
    undated = Cell("saitama", 2023, "m", "undated")
    return data_initiatives.rated([usual | row for row in rows], {"m": cell or undated})


def test_rated_well_though_the_kpi_was_missed_comes_first() -> None:
    rows: list[dict[str, Any]] = [
        {"rating": "○", "measure_id": None, "n": 0},
        {"rating": "△", "states_kpi": True, "n": 1},
        {"rating": "×", "measure_id": None, "n": 2},
        {"rating": "○", "n": 3},
        {"rating": "◎", "n": 4},
        {"rating": "—", "n": 5},
    ]
    assert [one.row["n"] for one in rated(*rows)] == [3, 4, 1, 2, 5, 0]
    assert [one.clash for one in rated(*rows)] == [True, True, False, False, False, False]


@pytest.mark.parametrize(
    ("stated", "met", "missed"),
    [
        ("△", None, True),
        ("×", None, True),
        ("○", None, False),
        ("◎", None, False),
        ("—", None, None),
        # What may be judged is judged; the document's own verdict stands back.
        ("○", False, True),
        ("△", True, False),
    ],
)
def test_a_kpi_is_missed_by_the_computed_verdict_or_else_the_stated_one(
    stated: str, met: bool | None, missed: bool | None
) -> None:
    rows: Sequence[dict[str, Any]] = ({"rating": stated, "states_kpi": True}, {"rating": "○"})
    assert {one.missed for one in rated(*rows, met=met)} == {missed}


def initiatives() -> tuple[list[Rated], data.Group]:
    held, rows = package().catalog, package().initiatives()
    (group,) = data.groups(rows)
    book = package().year(group[1], [group[0]])
    measures = {row["measure_id"] for row in rows if row["measure_id"]}
    return data_initiatives.rated(rows, {m: judgement.judge(book, held, *group, m) for m in measures}), group


def test_the_initiatives_of_saitama() -> None:
    found, group = initiatives()
    table = data_initiatives.table(found, group, voice())
    assert table.title == "埼玉 令和5年度：取組103件のうち、◎○なのにKPIが未達成のものが21件"
    assert "◎ 5・○ 87・△ 8・× 1・— 2" in table.context
    assert list(table.rows[0]) == [
        "○",
        "✕ 文書の評価 △",
        "未返納の多い事業所・社労士への勧奨",
        "保険証回収率（1か月以内）",
        "前年度（85.38%）以上",
        "80.15%",
        "保険証回収の強化",
        "37行目",
    ]


@each_language
def test_initiatives_in_both_languages(lang: Lang) -> None:
    table = data_initiatives.table(*initiatives(), voice(lang))
    assert whole_and_named(table)
    assert len(table.rows) == 103
    assert not [row for row in table.rows if "{" in " ".join(str(cell) for cell in row)]


def test_no_clash_is_said_as_such() -> None:
    found = rated({"rating": "○", "measure_id": None})
    said = data_initiatives.title(found, ("saitama", 2023), voice())
    assert said == "埼玉 令和5年度：取組1件に、◎○でKPIが未達成のものはない"


# --- budget ----------------------------------------------------------------------------------------


def test_the_budget_of_gunma_by_heading() -> None:
    (budget,) = data_budget.budgets(package().budget())
    table = data_budget.by_section(budget, voice())
    assert table.title == "群馬 令和7年度の保険者機能強化予算は85,853千円、前年度から+12,361千円"
    assert "新規は11件 28,075千円" in table.context
    assert [[str(cell.value) if isinstance(cell, Amount) else cell for cell in row] for row in table.rows] == [
        ["特定健診・事業者健診データ", "26108", "37725", "11617", "2"],
        ["特定保健指導", "674", "964", "290", None],
        ["重症化予防", "13431", "8545", "-4886", None],
        ["コラボヘルス", "19515", "18124", "-1391", "1"],
        # No line of FY2024 stands under it: nothing is nothing, not zero.
        ["医療費適正化", None, "290", None, "1"],
        ["広報・加入者等の理解促進", "13764", "20205", "6441", "7"],
        ["合計（計算）", "73492", "85853", "12361", "11"],
    ]


@each_language
def test_the_lines_of_the_budget_pair_by_their_name(lang: Lang) -> None:
    (budget,) = data_budget.budgets(package().budget())
    table = data_budget.lines(budget, voice(lang))
    assert whole_and_named(table)
    columns = [column(table, table.columns[at]) for at in (2, 3, 4)]
    old, new, change = ([cell.value if isinstance(cell, Amount) else None for cell in cells] for cells in columns)
    assert (sum(x is not None for x in old), sum(x is not None for x in new)) == (29, 34)
    assert sum(x for x in old if x is not None) == 73492
    assert all((c is None) == (a is None or b is None) for a, b, c in zip(old, new, change, strict=True))
    assert len(data_budget.picture(budget, voice(lang))) == 6


def test_a_branch_with_one_year_only_has_nothing_to_compare_with() -> None:
    row = {"branch_id": "gunma", "fiscal_year": 2025, "section": "s", "amount_thousand_yen": 5}
    (budget,) = data_budget.budgets([row])
    assert (budget.years, budget.amount(2024), budget.amount(2025)) == ((2024, 2025), None, 5)
    assert budget.change() is None


@each_language
def test_one_year_alone_is_said_without_a_change(lang: Lang) -> None:
    rows = [row for row in package().budget() if row["fiscal_year"] == 2025]
    (budget,) = data_budget.budgets(rows)
    table = data_budget.by_section(budget, voice(lang))
    assert "85,853" in table.title
    assert "+" not in table.title + table.context
    assert {row[3] for row in table.rows} == {None}
    assert {row["before"] for row in data_budget.picture(budget, voice(lang))} == {None}


@each_language
def test_the_marks_of_gunma(lang: Lang) -> None:
    table = data_budget.marks(package().marks(), "gunma", voice(lang))
    assert whole_and_named(table)
    marked = [cell for name in ("data.importance", "data.difficulty") for cell in column(table, voice(lang).t(name))]
    assert sum(cell is not None for cell in marked) == 47
    assert data_budget.marks(package().marks(), "okayama", voice(lang)).rows == []


# --- changes of plans ------------------------------------------------------------------------------


def changes(branch: str, year: int, kinds: Sequence[str] = (), lang: Lang = "ja") -> Table:
    own = data.of_group(package().changes(), (branch, year))
    return data_changes.table(own, data_changes.chosen(own, kinds), (branch, year), voice(lang))


def test_the_changes_of_okayama() -> None:
    table = changes("okayama", 2021)
    assert table.title == "岡山 令和3年度の計画：KPIと目標は新設2、廃止8、引上げ10、引下げ0"
    assert list(table.columns) == ["対象", "3つの柱", "内容", "新（R3）", "変更", "旧（R2）"]
    assert list(table.rows[0]) == [
        "KPI・目標",
        "基盤",
        "現金給付申請の郵送化率",
        "95.0%以上 (8行目)",
        "↑ 引上げ",
        "92.0%以上 (8行目)",
    ]
    assert len(table.rows) == 92
    kpis = [str(row[4]) for row in table.rows if row[0] == "KPI・目標"]
    assert kpis.index("＝ 据置") == len(kpis) - 9


def test_kpis_come_before_headings_and_only_the_changes_asked_for() -> None:
    table = changes("gunma", 2025, ["dropped", "lowered"])
    assert [row[0] for row in table.rows] == ["KPI・目標"] * 2 + ["対象者数"] * 3 + ["予定人数"] + ["取組"] * 10
    assert {row[4] for row in table.rows} == {"－ 廃止", "↓ 引下げ", "↓ 引下げ（KPIは引上げ）"}
    assert {row[3] for row in table.rows if row[4] == "－ 廃止"} == {None}


@each_language
@pytest.mark.parametrize(("branch", "year"), [("okayama", 2021), ("gunma", 2025)])
def test_every_change_has_a_shape_and_a_word(branch: str, year: int, lang: Lang) -> None:
    table = changes(branch, year, lang=lang)
    assert whole_and_named(table)
    words = {data_changes.word(change, voice(lang)) for change in data_changes.CHANGES}
    assert all(len(said.split()) == 2 for said in words)
    assert {re.sub("[ （(]+KPI.*", "", str(row[4])) for row in table.rows} <= words
    assert all(row[3] or row[5] for row in table.rows)


RATE = builders.measure(id="rate", numerator="done", denominator="eligible")


def plan(kpi: str, people: str, **said: Any) -> list[dict[str, Any]]:
    """A KPI, the people planned for it and the people eligible, changed in these ways."""
    usual = {"branch_id": "gunma", "fiscal_year": 2025}
    return [
        usual | {"subject": "kpi", "measure_id": "rate", "change": kpi},
        usual | {"subject": "planned_people", "measure_id": "done", "change": people} | said,
        usual | {"subject": "eligible_people", "measure_id": "eligible", "change": "lowered"},
        usual | {"subject": "heading", "measure_id": None, "change": "lowered"},
    ]


@pytest.mark.parametrize(
    ("kpi", "people", "said", "called"),
    [
        ("raised", "lowered", {}, True),
        ("raised", "raised", {}, False),
        ("lowered", "lowered", {}, False),
        ("unchanged", "lowered", {}, False),
        # Fixed or not: last year's level says nothing of more or less.
        ("rule", "lowered", {}, False),
        ("new", "lowered", {}, False),
        ("raised", "lowered", {"fiscal_year": 2024}, False),
        ("raised", "lowered", {"branch_id": "okayama"}, False),
        ("raised", "lowered", {"measure_id": "others"}, False),
        ("raised", "lowered", {"subject": "heading"}, False),
        ("raised", "lowered", {"subject": "eligible_people"}, False),
    ],
)
def test_fewer_people_though_the_kpi_rises_are_called_out(
    kpi: str, people: str, said: dict[str, Any], called: bool
) -> None:
    rows = plan(kpi, people, **said)
    found = data_changes.fewer_people(rows, {"rate": RATE})
    expected = [data_changes.Fewer(rows[0], rows[1], rows[2])] if called else []
    assert found == expected


@pytest.mark.parametrize("direction", ["lower", "neutral"])
def test_where_less_is_better_fewer_people_are_no_contradiction(direction: str) -> None:
    m = builders.measure(id="rate", numerator="done", denominator="eligible", direction=direction)
    assert data_changes.fewer_people(plan("raised", "lowered"), {"rate": m}) == []


def test_without_the_people_eligible_on_record_none_are_named() -> None:
    rows = [row for row in plan("raised", "lowered") if row["subject"] != "eligible_people"]
    assert data_changes.fewer_people(rows, {"rate": RATE}) == [data_changes.Fewer(rows[0], rows[1], None)]
    assert data_changes.fewer_people(rows, {}) == []


@given(st.permutations(range(4)), st.sampled_from(data_changes.CHANGES), st.sampled_from(data_changes.CHANGES))
def test_the_order_of_the_rows_does_not_matter(order: list[int], kpi: str, people: str) -> None:
    rows = plan(kpi, people)
    found = data_changes.fewer_people([rows[at] for at in order], {"rate": RATE})
    assert (len(found) == 1) == ((kpi, people) == ("raised", "lowered"))


def test_gunma_raises_the_kpi_of_dependants_and_plans_fewer_of_them() -> None:
    own = data.of_group(package().changes(), ("gunma", 2025))
    assert data_changes.context(own, voice()).startswith(
        "KPIは上がるのに予定人数は減ります：被扶養者の特定健診実施率 20,986人→20,158人"
        "（KPI 31.5%以上→31.7%以上、対象者数 66,622人→63,591人）。前年度の計画との"
    )
    assert data_changes.context(own, voice("en")).startswith(
        "The KPI rises but fewer people are planned: Dependants’ checkups 20,986人 → 20,158人 "
        "(KPI 31.5%以上 → 31.7%以上, eligible 66,622人 → 63,591人). Set beside"
    )
    marked = [list(row) for row in changes("gunma", 2025).rows if "KPIは引上げ" in str(row[4])]
    assert marked == [
        [
            *("予定人数", "戦略", "特定健診の見込者数（被扶養者）"),
            *("20,158人 (57行目)", "↓ 引下げ（KPIは引上げ）", "20,986人 (57行目)"),
        ]
    ]


def test_okayama_plans_more_people_wherever_its_kpis_rise() -> None:
    own = data.of_group(package().changes(), ("okayama", 2021))
    assert data_changes.context(own, voice()).startswith("前年度の計画との")
    assert data_changes.fewer_people(own, package().catalog.measures) == []


def test_the_numbers_of_a_plan_stand_between_its_kpis_and_its_headings() -> None:
    subjects = [str(row[0]) for row in changes("okayama", 2021).rows]
    named = ["KPI・目標", "対象者数", "予定人数", "計画の率", "取組"]
    assert list(dict.fromkeys(subjects)) == named
    assert [subjects.count(name) for name in named] == [31, 4, 6, 3, 48]


def test_parts_of_the_page_are_those_of_the_link() -> None:
    parts: tuple[Part, ...] = ("documents", "measures", "findings", "initiatives", "budget", "changes", "tables")
    assert parts == data.PARTS
