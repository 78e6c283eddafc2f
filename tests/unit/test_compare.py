"""Compare on the figures of the documents: who is ranked, against what, and what is said of the rest."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import get_args

import pytest

from kenpo import judgement
from kenpo.catalog import Lang, Measure
from kenpo.charts import comparison, many
from kenpo.charts.theme import chart_colors
from kenpo.formats import Amount
from kenpo.judgement import Book, Observation
from kenpo.selection import Base, Mode, Show
from kenpo.text import texts
from kenpo.views import compare
from kenpo.views.compare import Comparison, Question, Row
from kenpo.views.words import Voice
from tests import builders
from tests.shipped import package

D = Decimal

LIFESTYLE = "lifestyle_checkup_rate"
GUIDANCE = "guidance_rate_insured"
OFFICES = "health_declaration_offices"
BASES: tuple[Base, ...] = get_args(Base)
JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")


@cache
def book(measure: str) -> Book:
    held = package().catalog
    return package().measures(compare.measures_of(held.measures[measure], held.other_definition(measure)))


def voice(lang: Lang = "ja") -> Voice:
    return Voice(texts(lang), "wareki" if lang == "ja" else "seireki", package().catalog)


@cache
def found(
    measure: str,
    fiscal_year: int,
    show: Show = "actual",
    base: Base = "target",
    mode: Mode = "year",
    chosen: tuple[str, ...] = ("gunma", "saitama", "shizuoka", "okayama", "yamaguchi"),
    own: str | None = None,
) -> Comparison:
    held, coverage = package().catalog, package().coverage
    m = held.measures[measure]
    branches = compare.candidates(book(measure), m, fiscal_year, coverage, held.branches)
    return compare.compare(book(measure), voice(), Question(m, fiscal_year, show, base, mode, chosen, own), branches)


def row(comparison_: Comparison, branch: str) -> Row:
    of = comparison_.of(branch)
    assert of is not None
    return of


def against(comparison_: Comparison) -> dict[str, str | None]:
    """The difference of each row to the chosen base, or the reason there is none."""
    return {r.branch: r.against.reason if r.against.value is None else str(r.against.value) for r in comparison_.rows}


def said(comparison_: Comparison, branch: str, lang: Lang = "ja") -> dict[str, str]:
    """The row of a branch as the table shows it, by column."""
    table = compare.table(comparison_, voice(lang))
    name = package().catalog.branches[branch].name[lang]
    (cells,) = (cells for cells in table.texts(lang) if cells[0] == name)
    return dict(zip(table.columns, cells, strict=True))


def drawn(comparison_: Comparison, lang: Lang = "ja", *, dark: bool = False) -> dict[str, dict[str, object]]:
    """The rows of the picture by name."""
    rows = compare.picture(comparison_, chart_colors(dark=dark), voice(lang), dark=dark)
    return {str(r["name"]): r for r in rows}


# --- one branch with an actual: Shizuoka FY2024, lifestyle checkups --------------------------------


def test_rows_stand_by_value_then_by_target_then_the_rest() -> None:
    rows = found(LIFESTYLE, 2024).rows
    assert [r.branch for r in rows] == ["shizuoka", "national", "gunma", "yamaguchi", "okayama", "saitama"]
    assert [str(r.value) for r in rows[:3]] == ["64.7", "58.4", "None"]


def test_one_actual_is_set_against_nation_and_target_in_the_headline() -> None:
    title = compare.headline(found(LIFESTYLE, 2024), voice())
    assert title.startswith("静岡 64.7% ")
    assert "全国を6.3ポイント上回る" in title
    assert "目標 67.5%以上 に2.8ポイント届かない" in title


def test_one_actual_is_set_against_nation_and_target_in_english() -> None:
    title = compare.headline(found(LIFESTYLE, 2024), voice("en"))
    assert title.startswith("Shizuoka 64.7% ")
    assert "is 6.3 pt above the nation" in title
    assert "misses its target (at least 67.5%) by 2.8 pt" in title


def test_the_context_says_why_there_is_no_rank_and_the_range_of_47() -> None:
    said_ = compare.context(found(LIFESTYLE, 2024), voice())
    assert said_.startswith("生活習慣病予防健診実施率・令和6年度（2024）。")
    assert "実績のある支部は1つだけのため、順位はありません。" in said_
    assert "47支部の範囲は 47.4%（鹿児島）〜80.5%（山形）。" in said_


def test_the_context_in_english() -> None:
    said_ = compare.context(found(LIFESTYLE, 2024), voice("en"))
    assert said_.startswith("Lifestyle-disease checkup rate (insured), FY2024 (Reiwa 6).")
    assert "Only one branch has an actual: no rank." in said_
    assert "47.4% (Kagoshima)" in said_
    assert "80.5% (Yamagata)" in said_


def test_one_actual_has_no_rank() -> None:
    one = found(LIFESTYLE, 2024)
    assert (one.ranking.places, one.ranked) == ({}, [])
    assert one.ranking.left_out["shizuoka"] == "alone"
    assert {r.rank for r in one.rows} == {None}


def test_the_ends_of_the_range_are_marks_and_no_rows() -> None:
    one = found(LIFESTYLE, 2024)
    assert one.lowest is not None
    assert one.highest is not None
    assert (one.lowest.branch, str(one.lowest.value)) == ("kagoshima", "47.4")
    assert (one.highest.branch, str(one.highest.value)) == ("yamagata", "80.5")
    assert one.of("kagoshima") is None
    assert one.of("yamagata") is None


@pytest.mark.parametrize(
    ("branch", "last_final", "ambition"),
    [
        ("shizuoka", "69.6", "-2.1"),
        ("national", "56.4", "5.3"),
        # The final of FY2022; that of FY2023 is not on record.
        ("yamaguchi", "58.0", "0.0"),
        ("gunma", None, None),
        ("okayama", None, None),
    ],
)
def test_the_ambition_is_the_target_over_the_last_final_actual(
    branch: str, last_final: str | None, ambition: str | None
) -> None:
    of = row(found(LIFESTYLE, 2024), branch)
    last = of.last_final
    assert (None if last is None else str(last.value)) == last_final
    assert (None if of.ambition is None else str(of.ambition)) == ambition


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("target", {"shizuoka": "-2.8", "national": "-3.3", "gunma": "no_own", "yamaguchi": "no_own"}),
        ("national", {"shizuoka": "6.3", "national": "itself", "gunma": "no_own", "yamaguchi": "no_own"}),
        # The nation's FY2023 is on record inside the year only.
        ("last_year", {"shizuoka": "-4.9", "national": "no_common_date", "gunma": "no_own", "yamaguchi": "no_own"}),
        ("best", {"shizuoka": "no_base", "national": "no_base"}),
    ],
)
def test_an_actual_is_set_against_the_chosen_base(base: Base, expected: dict[str, str]) -> None:
    assert against(found(LIFESTYLE, 2024, base=base)).items() >= expected.items()


def test_the_table_holds_every_figure_of_the_picture() -> None:
    shizuoka = said(found(LIFESTYLE, 2024), "shizuoka")
    expected = {
        "支部": "静岡",
        "順位": "—",
        "実績": "64.7%",
        "時点": "年度",
        "目標": "67.5%",
        "実績の差（対目標）": "▲2.8pt",
        "達成率": "95.9%",
        "人数": "12,167人",
        "対前年度": "▲4.9pt",
        "全国との差": "+6.3pt",
        "目標の伸び": "▲2.1pt",
        "状態": "✕ 未達成",
    }
    assert shizuoka.items() >= expected.items()


def test_the_table_in_english() -> None:
    shizuoka = said(found(LIFESTYLE, 2024, base="national"), "shizuoka", "en")
    expected = {"Actual": "64.7%", "Target": "67.5%", "People": "12,167", "Against the nation": "+6.3pt"}
    assert shizuoka.items() >= expected.items()
    assert (shizuoka["On last year"], shizuoka["Ambition"], shizuoka["State"]) == ("−4.9pt", "−2.1pt", "✕ Missed")


def test_the_nation_is_not_set_against_itself_in_the_table() -> None:
    assert said(found(LIFESTYLE, 2024), "national")["全国との差"] == "—"


def test_an_absent_branch_stays_in_sight_and_says_so() -> None:
    one = found(LIFESTYLE, 2024)
    assert said(one, "okayama")["状態"] == "資料なし"
    assert drawn(one)["岡山"]["reason"] == "収録資料なし"
    assert drawn(one, "en")["Okayama"]["reason"] == "Not in our documents"


# --- targets ---------------------------------------------------------------------------------------


def test_targets_rank_where_only_plans_exist() -> None:
    aims = found(LIFESTYLE, 2024, show="target")
    assert aims.ranking.places == {"shizuoka": 1, "gunma": 2, "yamaguchi": 3}
    assert [(r.branch, str(r.value), r.rank) for r in aims.rows[:4]] == [
        ("shizuoka", "67.5", 1),
        ("national", "61.7", None),
        ("gunma", "61.2", 2),
        ("yamaguchi", "58.0", 3),
    ]


@pytest.mark.parametrize(
    ("lang", "parts"),
    [("ja", ["静岡", "67.5%", "群馬", "6.3ポイント", "3支部"]), ("en", ["Shizuoka", "67.5%", "Gunma", "6.3 pt", "3 "])],
)
def test_the_headline_of_targets_names_the_leader_and_its_distance(lang: Lang, parts: list[str]) -> None:
    title = compare.headline(found(LIFESTYLE, 2024, show="target"), voice(lang))
    assert [part for part in parts if part not in title] == []


def test_the_own_branch_is_named_with_its_place() -> None:
    title = compare.headline(found(LIFESTYLE, 2024, show="target", own="yamaguchi"), voice())
    assert "山口" in title
    assert "58.0%" in title
    assert "3支部中3位" in title


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        # Against `target` a target stands over the last final actual.
        ("target", {"shizuoka": "-2.1", "national": "5.3", "gunma": "no_base", "yamaguchi": "0.0"}),
        ("national", {"shizuoka": "5.8", "national": "itself", "gunma": "-0.5", "yamaguchi": "-3.7"}),
        ("last_year", {"shizuoka": "no_base", "national": "-2.2", "gunma": "no_base", "yamaguchi": "-1.2"}),
        ("best", {"shizuoka": "itself", "national": "-5.8", "gunma": "-6.3", "yamaguchi": "-9.5"}),
    ],
)
def test_a_target_is_set_against_the_chosen_base(base: Base, expected: dict[str, str]) -> None:
    found_ = against(found(LIFESTYLE, 2024, show="target", base=base))
    assert found_ == expected | {"okayama": "no_own", "saitama": "no_own"}


def test_a_draft_target_ranks_with_adopted_ones() -> None:
    aims = found(LIFESTYLE, 2021, show="target")
    assert aims.ranking.places == {"okayama": 1, "yamaguchi": 2}
    assert row(aims, "okayama").figure is not None


@pytest.mark.parametrize(("lang", "mark"), [("ja", "案"), ("en", "draft")])
def test_a_draft_target_that_leads_is_marked_as_a_draft(lang: Lang, mark: str) -> None:
    aims = found(LIFESTYLE, 2021, show="target")
    okayama = said(aims, "okayama", lang)
    picture = drawn(aims, lang)["岡山" if lang == "ja" else "Okayama"]
    assert mark in compare.headline(aims, voice(lang)).lower()
    assert mark in " ".join(okayama.values()).lower()
    assert mark in " ".join(str(picture[key]) for key in ("target_above", "target_below")).lower()


def test_an_adopted_target_is_not_marked() -> None:
    assert "案" not in compare.headline(found(LIFESTYLE, 2024, show="target"), voice())
    assert "案" not in " ".join(said(found(LIFESTYLE, 2021, show="target"), "yamaguchi").values())


def test_less_is_the_more_ambitious_target_where_lower_is_better() -> None:
    aims = found("single_bid_rate", 2024, show="target")
    assert aims.ranking.places == {"gunma": 1, "shizuoka": 1, "yamaguchi": 1}
    # 15.0 stands above the 8.4 and 10.0 of the last final years: less is asked for than was reached.
    assert {b: str(row(aims, b).ambition) for b in ("shizuoka", "yamaguchi")} == {
        "shizuoka": "-6.6",
        "yamaguchi": "-5.0",
    }
    title = compare.headline(aims, voice())
    assert "高" not in title
    assert all(name in title for name in ("群馬", "静岡", "山口"))


# --- undated ---------------------------------------------------------------------------------------


def test_an_undated_actual_is_shown_and_not_ranked() -> None:
    one = found(GUIDANCE, 2023)
    saitama = row(one, "saitama")
    assert (str(saitama.value), saitama.rank, one.ranking.left_out["saitama"]) == ("6.1", None, "undated")
    assert one.ranking.places == {}
    assert (said(one, "saitama")["実績"], said(one, "saitama")["状態"]) == ("6.1%", "◌ 時点不明")


@pytest.mark.parametrize("base", BASES)
def test_an_undated_actual_is_subtracted_from_nothing(base: Base) -> None:
    assert row(found(GUIDANCE, 2023, base=base), "saitama").against.value is None


@pytest.mark.parametrize(("lang", "name", "words"), [("ja", "埼玉", "時点不明"), ("en", "Saitama", "Not dated")])
def test_an_undated_actual_is_not_drawn_and_says_why(lang: Lang, name: str, words: str) -> None:
    picture = drawn(found(GUIDANCE, 2023), lang)[name]
    assert (picture["figure"], picture["figure_label"], picture["gap"]) == (None, None, "")
    assert "6.1%" in str(picture["reason"])
    assert words in str(picture["reason"])


def test_an_undated_actual_does_not_speak_in_the_headline() -> None:
    title = compare.headline(found(GUIDANCE, 2023), voice())
    assert "埼玉" not in title
    assert "静岡 17.7%" in title
    assert "山口 9.0%（R5.10）" in title


def test_the_target_of_a_branch_with_an_undated_actual_is_ranked_and_drawn_like_any_other() -> None:
    aims = found(GUIDANCE, 2023, show="target")
    assert aims.ranking.places == {"yamaguchi": 1, "saitama": 2}
    # 38.3, 36.9, and the nation's 36.4.
    assert [r.branch for r in aims.rows[:3]] == ["yamaguchi", "saitama", "national"]
    assert not drawn(aims)["埼玉"]["reason"]


# --- known only as the lowest of 47 ----------------------------------------------------------------


def test_a_branch_known_only_as_the_lowest_is_no_reason_to_blame_the_dates() -> None:
    one = found(GUIDANCE, 2024)
    assert one.ranking.places == {}
    assert one.lowest is not None
    assert (one.lowest.branch, str(one.lowest.value)) == ("saitama", "9.8")
    said_ = compare.context(one, voice())
    assert "9.8%（埼玉）〜37.9%（熊本）" in said_
    # Both figures are of the whole year.
    assert "時点のそろう" not in said_


def test_a_branch_known_only_as_the_lowest_is_named_as_such_and_not_drawn() -> None:
    one = found(GUIDANCE, 2024)
    assert (str(row(one, "saitama").value), row(one, "saitama").rank) == ("9.8", None)
    assert one.ranking.left_out["saitama"] == "bound"
    picture = drawn(one)["埼玉"]
    assert (picture["figure"], picture["figure_label"]) == (None, None)
    assert "9.8%" in str(picture["reason"])
    # Its place is the end of the range.
    assert drawn(one)["47支部"]["low_label"] == "9.8%（埼玉）"


def test_beside_a_branch_known_only_as_the_lowest_the_other_stands_alone() -> None:
    one = found(GUIDANCE, 2024)
    title = compare.headline(one, voice())
    assert title.startswith("静岡 18.1% ")
    assert "全国を2.2ポイント下回る" in title
    assert "埼玉" not in title
    assert "実績のある支部は1つだけのため、順位はありません。" in compare.context(one, voice())


def test_a_mark_on_the_range_is_no_last_final_actual() -> None:
    m = builders.measure()
    figures = (
        builders.figure("50.0", rule="at_least"),
        builders.figure("9.8", fiscal_year=2023, bound="lowest"),
        builders.figure("45.0", fiscal_year=2022),
    )
    of = row(own(m, *figures), "yamaguchi")
    assert of.last_final is not None
    assert (of.last_final.fiscal_year, str(of.ambition)) == (2022, "5.0")


# --- counts and texts ------------------------------------------------------------------------------


@pytest.mark.parametrize("show", ["actual", "target"])
def test_counts_have_no_rank(show: Show) -> None:
    one = found(OFFICES, 2024, show=show)
    assert one.ranking.places == {}
    assert set(one.ranking.left_out.values()) == {"counts"}
    assert "件数は支部の規模が異なるため、順位を付けません。" in compare.context(one, voice())


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("target", {"shizuoka": "43", "national": "5343"}),
        # The only value of the year before is on the definition before.
        ("last_year", {"shizuoka": "other_definition"}),
        ("national", {"shizuoka": "counts", "national": "itself"}),
        ("best", {"shizuoka": "counts", "national": "counts"}),
    ],
)
def test_counts_are_set_against_their_own_target_and_last_year_alone(base: Base, expected: dict[str, str]) -> None:
    assert against(found(OFFICES, 2024, base=base)).items() >= expected.items()


def test_declarations_counted_another_way_say_so() -> None:
    assert drawn(found(OFFICES, 2023))["静岡"]["reason"] == (
        "健康宣言事業所数（R5までの数え方）の値だけがあります（6,766事業所）：定義が異なるため比べません"
    )


@pytest.mark.parametrize("base", ["national", "best"])
def test_targets_of_counts_are_not_set_against_another_size(base: Base) -> None:
    reasons = against(found(OFFICES, 2024, show="target", base=base))
    assert {reasons[b] for b in ("shizuoka", "gunma", "yamaguchi")} == {"counts"}


def test_the_table_of_counts_has_no_national_difference() -> None:
    table = compare.table(found(OFFICES, 2024), voice())
    at = list(table.columns).index("全国との差")
    assert {cells[at] for cells in table.rows} == {None}


def test_a_measure_without_figures_has_no_rank_and_says_so() -> None:
    one = found("opinion_transmission", 2023, show="target")
    assert (one.ranking.places, {r.value for r in one.rows}) == ({}, {None})
    assert "数値のない指標のため、順位はありません。" in compare.context(one, voice())
    assert compare.headline(one, voice()).startswith("医療データ等を活用した効果的な意見発信")


# --- ranked actuals: card recovery FY2022 ----------------------------------------------------------


def test_finals_of_one_year_are_ranked() -> None:
    one = found("card_recovery_rate", 2022)
    assert one.ranking.places == {"yamaguchi": 1, "saitama": 2}
    assert [(r.branch, str(r.value)) for r in one.rows[:3]] == [
        ("yamaguchi", "92.06"),
        ("national", "86.27"),
        ("saitama", "85.38"),
    ]
    assert [r.branch for r in one.ranked] == ["yamaguchi", "saitama"]
    title = compare.headline(one, voice())
    assert all(part in title for part in ("山口", "92.06%", "埼玉", "6.68ポイント", "2支部"))


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("target", {"yamaguchi": "-0.74", "national": "no_base", "saitama": "no_base"}),
        ("national", {"yamaguchi": "5.79", "national": "itself", "saitama": "-0.89"}),
        ("last_year", {"yamaguchi": "-0.74", "national": "no_base", "saitama": "no_base"}),
        ("best", {"yamaguchi": "itself", "national": "-5.79", "saitama": "-6.68"}),
    ],
)
def test_a_ranked_actual_is_set_against_the_chosen_base(base: Base, expected: dict[str, str]) -> None:
    assert against(found("card_recovery_rate", 2022, base=base)).items() >= expected.items()


def test_a_place_is_written_with_the_number_of_branches() -> None:
    one = found("card_recovery_rate", 2022)
    assert (said(one, "yamaguchi")["順位"], said(one, "saitama")["順位"]) == ("1位 / 2支部", "2位 / 2支部")
    assert (said(one, "saitama", "en")["Rank"], said(one, "national", "en")["Rank"]) == ("2 of 2", "—")


# --- 47 branches: premium rates --------------------------------------------------------------------

PREMIUM = "premium_rate"


@pytest.mark.parametrize(
    ("branch", "rate", "place"),
    [
        ("okinawa", "9.44", 1),
        ("niigata", "9.55", 2),
        ("iwate", "9.62", 3),
        ("fukushima", "9.62", 3),
        ("toyama", "9.65", 5),
        ("saitama", "9.76", 9),
        ("gunma", "9.77", 10),
        ("shizuoka", "9.80", 12),
        ("gifu", "9.93", 19),
        ("tottori", "9.93", 19),
        ("shimane", "9.94", 21),
        ("kyoto", "10.03", 28),
        ("aichi", "10.03", 28),
        ("miyazaki", "10.09", 30),
        ("okayama", "10.17", 35),
        ("hokkaido", "10.31", 41),
        ("fukuoka", "10.31", 41),
        ("kagoshima", "10.31", 41),
        ("yamaguchi", "10.36", 44),
        ("nagasaki", "10.41", 45),
        ("tokushima", "10.47", 46),
        ("saga", "10.78", 47),
    ],
)
def test_the_lowest_premium_rate_is_first_of_47(branch: str, rate: str, place: int) -> None:
    one = found(PREMIUM, 2025)
    of = row(one, branch)
    assert (str(of.value), of.rank, one.ranking.size) == (rate, place, 47)


@pytest.mark.parametrize(
    ("lang", "parts"),
    [
        ("ja", ["沖縄", "9.44%", "新潟", "0.11ポイント", "山口", "10.36%", "47支部中44位"]),
        ("en", ["Okinawa", "9.44%", "Niigata", "0.11 pt", "Yamaguchi", "10.36%", "44 of 47"]),
    ],
)
def test_the_headline_of_47_names_the_first_and_the_own_branch(lang: Lang, parts: list[str]) -> None:
    title = compare.headline(found(PREMIUM, 2025, own="yamaguchi"), voice(lang))
    assert [part for part in parts if part not in title] == []
    # The lowest is first: it does not exceed anybody.
    assert "上回る" not in title
    assert "above" not in title


def test_the_nation_stands_beside_47_without_a_place() -> None:
    one = found(PREMIUM, 2025)
    assert len(one.rows) == 48
    assert (str(row(one, "national").value), row(one, "national").rank) == ("10.0", None)


@pytest.mark.parametrize(
    ("fiscal_year", "base", "branch", "expected"),
    [
        (2025, "national", "yamaguchi", "-0.36"),
        (2025, "national", "okinawa", "0.56"),
        (2025, "best", "yamaguchi", "-0.92"),
        (2025, "best", "okinawa", "itself"),
        # FY2024 is on record as planned only.
        (2025, "last_year", "yamaguchi", "draft"),
        (2026, "last_year", "yamaguchi", "0.21"),
        (2026, "national", "yamaguchi", "-0.25"),
        (2023, "national", "yamaguchi", "no_base"),
        (2025, "target", "yamaguchi", "no_base"),
    ],
)
def test_a_premium_rate_is_set_against_the_chosen_base(
    fiscal_year: int, base: Base, branch: str, expected: str
) -> None:
    assert against(found(PREMIUM, fiscal_year, base=base))[branch] == expected


def test_47_drafts_rank_among_themselves() -> None:
    one = found(PREMIUM, 2024)
    assert one.ranking.size == 47
    assert {b: one.ranking.places[b] for b in ("niigata", "aomori", "okinawa", "yamaguchi", "saga")} == {
        "niigata": 1,
        "aomori": 2,
        "okinawa": 3,
        "yamaguchi": 39,
        "saga": 47,
    }
    assert {r.figure.status for r in one.rows if r.figure} == {"draft"}


@pytest.mark.parametrize("base", ["national", "last_year", "best"])
def test_drafts_are_subtracted_from_nothing(base: Base) -> None:
    assert row(found(PREMIUM, 2024, base=base), "yamaguchi").against.value is None


@pytest.mark.parametrize(("lang", "mark"), [("ja", "案"), ("en", "draft")])
def test_draft_actuals_are_marked_as_drafts(lang: Lang, mark: str) -> None:
    one = found(PREMIUM, 2024, own="yamaguchi")
    assert mark in compare.headline(one, voice(lang)).lower()
    assert mark in " ".join(said(one, "yamaguchi", lang).values()).lower()
    columns = compare.columns(one, chart_colors(dark=False), voice(lang), dark=False)
    assert mark in str(columns[0]["about"]).lower()


def test_two_drafts_beside_45_finals_are_left_out_by_name_and_for_what_they_are() -> None:
    one = found(PREMIUM, 2019)
    assert (one.ranking.size, one.ranking.left_out) == (45, {"kagoshima": "draft", "okinawa": "draft"})
    context = compare.context(one, voice())
    assert all(part in context for part in ("鹿児島", "沖縄", "案"))
    # All 47 are rates of the whole year.
    assert "時点が異なる" not in context


def test_more_than_twelve_branches_are_drawn_as_columns() -> None:
    assert compare.many(found(PREMIUM, 2025))
    assert not compare.many(found(LIFESTYLE, 2024))


def test_columns_stand_in_the_order_of_rank_the_nation_a_line() -> None:
    rows = compare.columns(found(PREMIUM, 2025, chosen=("yamaguchi",)), chart_colors(dark=False), voice(), dark=False)
    assert [(r["row"], r["name"], r["figure"]) for r in rows[:2]] == [(0, "沖縄", 9.44), (1, "新潟", 9.55)]
    assert (len(rows), rows[-1]["name"]) == (47, "佐賀")
    assert [r["row"] for r in rows] == list(range(47))
    assert (rows[0]["nation"], rows[0]["nation_label"]) == (10.0, "全国 10.0%")
    assert not [r for r in rows[1:] if "nation" in r]
    assert [r["name"] for r in rows if r["chosen"]] == ["山口"]
    assert rows[43]["about"] == "山口 10.36% 44位 / 47支部"


def test_the_first_the_last_and_the_chosen_carry_their_value_neighbours_at_different_heights() -> None:
    one = found(PREMIUM, 2025, chosen=("yamaguchi", "tokushima"))
    rows = compare.columns(one, chart_colors(dark=False), voice(), dark=False)
    labels = [(r["row"], r["figure_label"], r["height"]) for r in rows if r["figure_label"]]
    # Yamaguchi is the 44th, Tokushima beside Saga, the last.
    assert labels == [(0, "9.44%", 0), (43, "10.36%", 0), (45, "10.47%", 0), (46, "10.78%", 1)]


@pytest.mark.parametrize(
    ("chosen", "own", "lead"),
    [(("yamaguchi", "gunma"), "yamaguchi", "山口"), (("yamaguchi", "okinawa"), None, "沖縄"), ((), None, None)],
)
def test_one_of_the_chosen_leads(chosen: tuple[str, ...], own: str | None, lead: str | None) -> None:
    one = found(PREMIUM, 2025, chosen=chosen, own=own)
    rows = compare.columns(one, chart_colors(dark=False), voice(), dark=False)
    assert [r["name"] for r in rows if r["lead"]] == ([lead] if lead else [])


@pytest.mark.parametrize(("lang", "label"), [("ja", "神\n奈\n川"), ("en", "Kanagawa")])
def test_the_name_under_a_column_has_a_sign_a_line_in_japanese_and_is_whole_in_english(lang: Lang, label: str) -> None:
    rows = compare.columns(found(PREMIUM, 2025), chart_colors(dark=False), voice(lang), dark=False)
    assert label in [r["label"] for r in rows]


@pytest.mark.parametrize(
    ("name", "label"),
    [("山" * 12, "\n".join("山" * 12)), ("山" * 13, "\n".join("山" * 11 + "…")), ("a|b c", "a\n|\nb\n \nc")],
)
def test_a_very_long_name_under_a_column_is_cut_and_says_so(name: str, label: str) -> None:
    known = package().catalog
    renamed = replace(known.branches["okinawa"], name={"ja": name, "en": name})
    catalog = replace(known, branches={**known.branches, "okinawa": renamed})
    rows = compare.columns(
        found(PREMIUM, 2025), chart_colors(dark=False), replace(voice(), catalog=catalog), dark=False
    )
    assert (rows[0]["name"], rows[0]["label"]) == (name, label)


def test_the_last_year_of_a_column_is_the_base_it_may_be_set_against() -> None:
    finals = compare.columns(found(PREMIUM, 2026), chart_colors(dark=False), voice(), dark=False)
    assert next(r["last"] for r in finals if r["name"] == "山口") == 10.36
    drafts = compare.columns(found(PREMIUM, 2025), chart_colors(dark=False), voice(), dark=False)
    assert {r["last"] for r in drafts} == {None}


# --- the latest of each branch ---------------------------------------------------------------------


def test_the_latest_of_each_branch_has_no_rank() -> None:
    one = found(LIFESTYLE, 2024, mode="latest")
    assert (one.ranking.places, {r.rank for r in one.rows}) == ({}, {None})
    assert {r.branch: (r.cell.fiscal_year, str(r.value), r.figure.as_of) for r in one.rows if r.figure is not None} == {
        "shizuoka": (2024, "64.7", None),
        "national": (2024, "58.4", None),
        "saitama": (2023, "42.6", "2024-01"),
        "yamaguchi": (2023, "31.4", "2023-09"),
    }
    assert "順位は付けません" in compare.context(one, voice())


@pytest.mark.parametrize("show", get_args(Show))
@pytest.mark.parametrize(("measure", "fiscal_year"), [(PREMIUM, 2025), ("card_recovery_rate", 2022), (LIFESTYLE, 2024)])
def test_the_latest_is_never_ranked_though_the_year_would_be(show: Show, measure: str, fiscal_year: int) -> None:
    one = found(measure, fiscal_year, show=show, mode="latest")
    assert (one.ranking.places, {r.rank for r in one.rows}) == ({}, {None})
    assert {cells[1] for cells in compare.table(one, voice()).rows} == {None}


def test_the_latest_target_of_each_branch() -> None:
    aims = found(LIFESTYLE, 2024, show="target", mode="latest")
    assert {r.branch: (r.cell.fiscal_year, str(r.value)) for r in aims.rows} == {
        "gunma": (2025, "62.2"),
        "shizuoka": (2024, "67.5"),
        "yamaguchi": (2024, "58.0"),
        "saitama": (2023, "53.8"),
        "okayama": (2021, "60.3"),
        "national": (2024, "61.7"),
    }


def test_a_mark_on_the_range_is_not_the_latest_of_a_branch() -> None:
    saitama = row(found(GUIDANCE, 2024, mode="latest"), "saitama")
    assert (saitama.cell.fiscal_year, str(saitama.value)) == (2023, "6.1")


DATED = [("shizuoka", "64.7%", ["R6"]), ("saitama", "42.6%", ["R5", "R6.1"]), ("yamaguchi", "31.4%", ["R5", "R5.9"])]


@pytest.mark.parametrize(("branch", "value", "when"), DATED, ids=[branch for branch, _, _ in DATED])
def test_year_and_month_stand_beside_every_latest_value_of_the_table(branch: str, value: str, when: list[str]) -> None:
    cells = said(found(LIFESTYLE, 2024, mode="latest"), branch)
    assert (cells["実績"], cells["時点"].split()) == (value, when)


@pytest.mark.parametrize(("name", "when"), [("静岡", "R6"), ("埼玉", "R6.1"), ("山口", "R5.9")])
def test_year_or_month_stands_beside_every_latest_value_of_headline_and_picture(name: str, when: str) -> None:
    # R6.1 names its year; a value of a whole year needs one beside it.
    one = found(LIFESTYLE, 2024, mode="latest")
    (part,) = (part for part in compare.headline(one, voice()).split("・") if name in part)
    assert when in part
    picture = drawn(one)[name]
    assert when in " ".join(str(picture[key]) for key in ("name", "status", "figure_label"))


# --- other definitions -----------------------------------------------------------------------------


def test_a_figure_on_another_definition_is_named_and_not_compared() -> None:
    one = found("debt_recovery_rate_post_loss", 2023)
    yamaguchi = row(one, "yamaguchi")
    assert (yamaguchi.value, yamaguchi.rank, yamaguchi.cell.state) == (None, None, "not_comparable")
    reason = str(drawn(one)["山口"]["reason"])
    assert "57.34%" in reason
    assert "返納金債権の回収率（不当請求分を除く）" in reason


# --- months ----------------------------------------------------------------------------------------


def test_a_difference_of_another_month_than_the_one_shown_is_drawn_as_long_as_it_is() -> None:
    # October is shown (4.3); the nation prints September (2.6), as does the branch (3.8).
    one = found("employer_checkup_data_rate", 2023, base="national")
    yamaguchi = row(one, "yamaguchi")
    assert (str(yamaguchi.value), str(yamaguchi.against.value)) == ("4.3", "1.2")
    bar = drawn(one)["山口"]
    assert isinstance(bar["bar_from"], float)
    assert isinstance(bar["bar_to"], float)
    assert bar["bar_from"] - bar["bar_to"] == pytest.approx(1.2)


def test_a_difference_of_another_month_than_the_one_shown_names_its_month() -> None:
    one = found("employer_checkup_data_rate", 2023, base="national")
    assert "R5.9" in str(drawn(one)["山口"]["gap"])
    assert "R5.9" in " ".join(said(one, "yamaguchi").values())


# --- figures of our own, where the documents have no such case -------------------------------------


def own(
    measure: Measure, *figures: Observation, show: Show = "actual", base: Base = "target", mode: Mode = "year"
) -> Comparison:
    """A comparison of Yamaguchi, Gunma and the nation in FY2024."""
    speaks = Voice(texts("ja"), "wareki", builders.held(measure))
    question = Question(measure, 2024, show, base, mode, (), None)
    return compare.compare(builders.book(*figures), speaks, question, ["gunma", "yamaguchi"])


def test_the_figure_beside_a_rank_is_the_one_that_is_ranked() -> None:
    # Both print September; what one prints of October is not set against it.
    m = builders.measure()
    one = own(
        m,
        builders.figure("9.0", as_of="2024-10"),
        builders.figure("7.5", as_of="2024-09"),
        builders.figure("8.0", as_of="2024-09", branch="gunma"),
    )
    assert one.ranking.places == {"gunma": 1, "yamaguchi": 2}
    assert [(r.branch, str(r.value)) for r in one.ranked] == [("gunma", "8.0"), ("yamaguchi", "7.5")]


def test_the_target_beside_a_rank_is_the_one_that_is_ranked() -> None:
    # The adopted target is last year's 50.0; the draft beside it asks for 60.0.
    m = builders.measure()
    one = own(
        m,
        builders.figure(None, rule="at_least_previous_year"),
        builders.figure("60.0", rule="at_least", status="draft"),
        builders.figure("50.0", fiscal_year=2023),
        builders.figure("55.0", rule="at_least", branch="gunma"),
        show="target",
    )
    values = {r.branch: r.value for r in one.ranked if r.value is not None}
    assert judgement.places(values, m) == one.ranking.places


def test_the_leader_is_ahead_by_the_difference_of_what_is_ranked() -> None:
    m = builders.measure()
    one = own(
        m,
        builders.figure("9.0", as_of="2024-10"),
        builders.figure("7.5", as_of="2024-09"),
        builders.figure("8.0", as_of="2024-09", branch="gunma"),
    )
    title = compare.headline(one, Voice(texts("ja"), "wareki", builders.held(m)))
    assert "0.5ポイント" in title


def test_a_final_on_another_denominator_is_no_base_of_an_ambition() -> None:
    m = builders.measure()
    of = row(
        own(
            m,
            builders.figure("50.0", rule="at_least"),
            builders.figure("24.9", fiscal_year=2023, exclusion="other_denominator"),
            builders.figure("45.0", fiscal_year=2022),
        ),
        "yamaguchi",
    )
    assert str(of.ambition) == "5.0"


def test_the_second_of_two_leaders_is_level_with_the_first() -> None:
    m = builders.measure()
    one = own(m, builders.figure("50.0"), builders.figure("50.0", branch="gunma"), base="best")
    assert one.ranking.places == {"gunma": 1, "yamaguchi": 1}
    assert sorted(str(value) for value in against(one).values()) == ["0.0", "itself", "no_own"]


def test_a_relative_target_is_shown_by_what_it_stands_for() -> None:
    m = builders.measure()
    one = own(
        m,
        builders.figure(None, rule="at_least_previous_year"),
        builders.figure("50.0", fiscal_year=2023),
        show="target",
    )
    assert str(row(one, "yamaguchi").value) == "50.0"


def test_a_difference_within_the_noise_is_marked() -> None:
    count = {"unit": "persons", "role": "count", "direction": "neutral"}
    m = builders.measure(numerator="x", denominator="n")
    held = builders.held(m, builders.measure(id="x", **count), builders.measure(id="n", **count))
    figures = (
        builders.figure("50.0"),
        builders.figure("5", measure="x"),
        builders.figure("10", measure="n"),
        builders.figure("60.0", fiscal_year=2023),
        builders.figure("6", measure="x", fiscal_year=2023),
        builders.figure("10", measure="n", fiscal_year=2023),
    )
    speaks = Voice(texts("ja"), "wareki", held)
    one = compare.compare(
        builders.book(*figures), speaks, Question(m, 2024, "actual", "last_year", "year", (), None), ["yamaguchi"]
    )
    assert row(one, "yamaguchi").against.noise is True
    assert "≈" in " ".join(text for cells in compare.table(one, speaks).texts("ja") for text in cells)


# --- rows of the charts ----------------------------------------------------------------------------

ASKED: list[tuple[str, int]] = [
    (LIFESTYLE, 2024),
    (LIFESTYLE, 2021),
    (GUIDANCE, 2023),
    (GUIDANCE, 2024),
    (OFFICES, 2024),
    ("single_bid_rate", 2024),
    ("generic_use_rate", 2023),
    ("debt_recovery_rate_post_loss", 2023),
    ("opinion_transmission", 2023),
    ("card_recovery_rate", 2022),
    ("systolic_bp_mean", 2029),
    (PREMIUM, 2019),
    (PREMIUM, 2024),
    (PREMIUM, 2025),
]
each_question = pytest.mark.parametrize(("measure", "fiscal_year"), ASKED, ids=[f"{m} {y}" for m, y in ASKED])
each_way = pytest.mark.parametrize("mode", get_args(Mode))
each_kind = pytest.mark.parametrize("show", get_args(Show))


@each_question
@each_kind
@each_way
def test_the_rows_of_a_picture_have_the_columns_of_its_chart_and_no_others(
    measure: str, fiscal_year: int, show: Show, mode: Mode
) -> None:
    for base in BASES:
        one = found(measure, fiscal_year, show=show, base=base, mode=mode)
        for lang in get_args(Lang):
            palette = chart_colors(dark=True)
            pictures: list[tuple[Sequence[Mapping[str, object]], Sequence[str]]] = [
                (compare.picture(one, palette, voice(lang), dark=True), comparison.COLUMNS),
                (compare.columns(one, palette, voice(lang), dark=True), many.COLUMNS),
            ]
            for rows, columns in pictures:
                assert {name for r in rows for name in r} <= set(columns)
                assert [r["row"] for r in rows] == list(range(len(rows)))
                assert json.loads(json.dumps(rows)) == rows


def test_every_column_of_the_charts_is_filled_by_some_picture() -> None:
    rows = compare.picture(found(LIFESTYLE, 2024), chart_colors(dark=False), voice(), dark=False)
    assert {name for r in rows for name in r} == set(comparison.COLUMNS)
    columns = compare.columns(found(PREMIUM, 2025), chart_colors(dark=False), voice(), dark=False)
    assert {name for r in columns for name in r} == set(many.COLUMNS)


@each_question
@each_kind
@each_way
def test_no_undated_actual_is_drawn(measure: str, fiscal_year: int, show: Show, mode: Mode) -> None:
    one = found(measure, fiscal_year, show=show, mode=mode)
    undated = {voice().branch(r.branch) for r in one.rows if r.figure and r.figure.status == "undated"}
    palette = chart_colors(dark=False)
    assert not [r for r in compare.picture(one, palette, voice(), dark=False) if r["name"] in undated and r["figure"]]
    assert not [r for r in compare.columns(one, palette, voice(), dark=False) if r["name"] in undated]


def test_a_mark_that_is_not_there_has_no_label() -> None:
    okayama = drawn(found(LIFESTYLE, 2024))["岡山"]
    for mark, labels in {
        "figure": ["figure_label"],
        "target": ["target_above", "target_below"],
        "last": ["last_label"],
    }.items():
        assert okayama[mark] is None
        assert [okayama[label] for label in labels if okayama[label]] == []


def test_the_picture_draws_figure_target_and_bar_where_the_figures_are() -> None:
    shizuoka = drawn(found(LIFESTYLE, 2024))["静岡"]
    marks = ("figure", "target", "last", "bar_from", "bar_to", "gap", "figure_label")
    assert [shizuoka[mark] for mark in marks] == [64.7, 67.5, 69.6, 64.7, 67.5, "▲2.8pt", "64.7%"]
    assert shizuoka["color"] == "#B58900"
    assert shizuoka["gap_color"] == chart_colors(dark=False)["not_achieved"]


def test_the_label_of_a_target_near_its_figure_gives_way_to_it() -> None:
    near, apart = drawn(found(OFFICES, 2024))["静岡"], drawn(found(LIFESTYLE, 2024))["静岡"]
    assert (near["target_above"], near["target_below"]) == (None, "目標 7,140事業所")
    assert (apart["target_above"], apart["target_below"]) == ("目標 67.5%", None)


def test_the_picture_takes_the_colours_of_the_theme() -> None:
    shizuoka = drawn(found(LIFESTYLE, 2024), dark=True)["静岡"]
    assert (shizuoka["color"], shizuoka["gap_color"]) == ("#E6D23C", chart_colors(dark=True)["not_achieved"])


def test_a_branch_not_chosen_is_grey() -> None:
    one = drawn(found(LIFESTYLE, 2024, chosen=("yamaguchi",)))
    assert one["静岡"]["color"] == chart_colors(dark=False)["rest"]
    assert (one["山口"]["color"], one["全国"]["color"]) == ("#3B55D6", "#5B6470")


def test_the_range_of_47_is_the_last_row() -> None:
    *_, last = compare.picture(found(LIFESTYLE, 2024), chart_colors(dark=False), voice(), dark=False)
    parts = ("name", "low", "high", "low_label", "high_label")
    assert [last[part] for part in parts] == ["47支部", 47.4, 80.5, "47.4%（鹿児島）", "80.5%（山形）"]


def test_the_nation_is_a_line_through_the_picture() -> None:
    one = drawn(found(LIFESTYLE, 2024))
    assert (one["全国"]["nation"], one["静岡"]["nation"]) == (58.4, None)
    assert drawn(found(LIFESTYLE, 2024, show="target"))["全国"]["nation"] == 61.7


def test_no_english_picture_holds_japanese() -> None:
    for measure, fiscal_year in ASKED:
        for show in get_args(Show):
            one = found(measure, fiscal_year, show=show)
            for r in compare.picture(one, chart_colors(dark=False), voice("en"), dark=False):
                assert not [text for text in r.values() if isinstance(text, str) and JAPANESE.search(text)]


# --- every question --------------------------------------------------------------------------------


@each_question
@each_kind
@each_way
def test_every_question_has_an_answer_in_both_languages(measure: str, fiscal_year: int, show: Show, mode: Mode) -> None:
    for base in BASES:
        one = found(measure, fiscal_year, show=show, base=base, mode=mode, own="yamaguchi")
        assert len({r.branch for r in one.rows}) == len(one.rows)
        assert row(one, "national").rank is None
        assert sorted(one.ranking.places.values()) == sorted(r.rank for r in one.rows if r.rank)
        for lang in get_args(Lang):
            said_ = [
                compare.headline(one, voice(lang)),
                compare.context(one, voice(lang)),
                compare.legend(one, voice(lang)),
            ]
            assert all(text.strip() for text in said_)
            assert lang == "ja" or not [text for text in said_ if JAPANESE.search(text)]
            table = compare.table(one, voice(lang))
            assert {len(cells) for cells in table.rows} == {len(table.columns)}
            assert len(set(table.columns)) == len(table.columns)
            assert [cells[0] for cells in table.rows] == [voice(lang).branch(r.branch) for r in one.rows]
            assert len(compare.origins(one, voice(lang))) == len(one.rows)


@each_question
def test_differences_and_ranks_of_actuals_never_mix_dates(measure: str, fiscal_year: int) -> None:
    for base in ("national", "last_year", "best"):
        for r in found(measure, fiscal_year, base=base).rows:
            if r.against.value is not None and r.against.own and r.against.base:
                assert (r.against.own.status, r.against.own.month) == (r.against.base.status, r.against.base.month)
                assert r.against.own.status in ("final", "provisional")


@each_question
@each_kind
def test_places_follow_the_values_shown_beside_them(measure: str, fiscal_year: int, show: Show) -> None:
    one = found(measure, fiscal_year, show=show)
    shown = [(r.rank, r.value * one.question.measure.sign) for r in one.ranked if r.value is not None and r.rank]
    assert len(shown) == len(one.ranked)
    assert all((a < b) == (x > y) for a, x in shown for b, y in shown)


def test_numbers_of_the_table_are_numbers() -> None:
    table = compare.table(found(LIFESTYLE, 2024), voice())
    cells = dict(zip(table.columns, table.rows[0], strict=True))
    assert (cells["実績"], cells["実績の差（対目標）"], cells["人数"]) == (
        Amount(D("64.7"), "%"),
        Amount(D("-2.8"), "pt", signed=True),
        Amount(D(12167), "人"),
    )


# --- sources ---------------------------------------------------------------------------------------


@each_question
@each_kind
@each_way
def test_every_figure_of_a_row_is_among_the_sources_once(
    measure: str, fiscal_year: int, show: Show, mode: Mode
) -> None:
    for base in BASES:
        one = found(measure, fiscal_year, show=show, base=base, mode=mode)
        sources = compare.figures(one)
        assert len(set(sources)) == len(sources)
        for r in one.rows:
            assert {o for o in (r.figure, r.cell.actual, r.cell.target, r.last_final) if o} <= set(sources)
        assert {o for o in (one.lowest, one.highest) if o} <= set(sources)


@each_kind
@each_way
@pytest.mark.parametrize("base", BASES)
def test_both_sides_of_every_difference_are_among_the_sources(show: Show, base: Base, mode: Mode) -> None:
    missing = set()
    for measure, fiscal_year in ASKED:
        one = found(measure, fiscal_year, show=show, base=base, mode=mode)
        sides = {o for r in one.rows if r.against.value is not None for o in (r.against.own, r.against.base) if o}
        missing |= {(o.branch, o.fiscal_year, o.measure, o.kind, o.printed) for o in sides - set(compare.figures(one))}
    assert missing == set()


def test_a_figure_on_another_definition_is_among_the_sources() -> None:
    sources = compare.figures(found("debt_recovery_rate_post_loss", 2023))
    assert ("yamaguchi", "57.34%") in {(o.branch, o.printed) for o in sources}


def test_the_origin_of_each_row_is_that_of_its_ranked_figure() -> None:
    one = found(LIFESTYLE, 2024)
    origins = dict(zip([r.branch for r in one.rows], compare.origins(one, voice()), strict=True))
    assert origins["shizuoka"] == "64.7% — 令和6年度 静岡支部事業計画実施結果 187, 191, 527行目"
    assert origins["national"].startswith("58.4% — 令和6年度 事業報告書（健康保険事業） 120ページ ")
    assert origins["national"].endswith("https://www.wic-net.com/material/document/21806/120")
    assert origins["yamaguchi"] == "58.0%以上 — 令和6年度 山口支部事業計画 107, 339行目"
    assert origins["okayama"] == ""
    aims = found(LIFESTYLE, 2024, show="target")
    assert (
        compare.origins(aims, voice("en"))[0] == "67.5%以上 — Shizuoka branch results FY2024, line 183, 187, 191, 527"
    )


@pytest.mark.parametrize(("own_branch", "at"), [("yamaguchi", 3), (None, 0), ("tokyo", 0)])
def test_the_row_of_the_own_branch_is_shown_first(own_branch: str | None, at: int) -> None:
    assert compare.own_row(found(LIFESTYLE, 2024, own=own_branch)) == at


# --- what is asked when nothing is chosen ----------------------------------------------------------


@pytest.mark.parametrize(
    ("measure", "years", "default"),
    [
        (LIFESTYLE, [2025, 2024, 2023, 2022, 2021, 2020], 2024),
        (PREMIUM, list(range(2026, 2016, -1)), 2026),
        # Only as a goal, and its starting value.
        ("systolic_bp_mean", [2029, 2022], 2022),
        ("counter_reception_rate", [2025], 2025),
        # Saitama alone prints a figure inside the year.
        ("judo_frequent_claim_rate", [2023, 2021, 2020], 2023),
        # The nation alone.
        ("my_number_card_usage_rate", [], 2024),
    ],
)
def test_years_are_those_of_the_branches_and_the_default_the_latest_with_a_final(
    measure: str, years: list[int], default: int | None
) -> None:
    m = package().catalog.measures[measure]
    assert (compare.years_of(book(measure), m), compare.default_year(book(measure), m)) == (years, default)


def test_the_ends_of_a_range_make_no_year() -> None:
    bound = builders.figure("80.5", bound="highest")
    held = builders.book(bound, builders.figure("50.0", fiscal_year=2022))
    m = builders.measure()
    assert (compare.years_of(held, m), compare.default_year(held, m)) == ([2022], 2022)


@pytest.mark.parametrize(
    ("measure", "fiscal_year", "branches"),
    [
        (LIFESTYLE, 2024, ["gunma", "saitama", "shizuoka", "okayama", "yamaguchi"]),
        (GUIDANCE, 2024, ["gunma", "saitama", "shizuoka", "okayama", "yamaguchi"]),
        (PREMIUM, 2016, ["gunma", "saitama", "shizuoka", "okayama", "yamaguchi"]),
    ],
)
def test_branches_with_documents_are_compared_in_the_order_of_their_codes(
    measure: str, fiscal_year: int, branches: list[str]
) -> None:
    held, coverage = package().catalog, package().coverage
    assert compare.candidates(book(measure), held.measures[measure], fiscal_year, coverage, held.branches) == branches


def test_every_branch_with_a_figure_of_its_own_is_compared() -> None:
    held, coverage = package().catalog, package().coverage
    branches = compare.candidates(book(PREMIUM), held.measures[PREMIUM], 2025, coverage, held.branches)
    assert branches == [b for b in held.branches if b != "national"]


def test_a_comparison_reads_the_counts_behind_a_rate_and_the_other_definition() -> None:
    held = package().catalog
    ten, three = held.measures["visit_rate_10m"], held.measures["visit_rate_3m"]
    assert compare.measures_of(ten, three) == [
        "visit_rate_10m",
        "visit_10m_count",
        "visit_first_recommendation_count",
        "visit_rate_3m",
    ]
    assert compare.measures_of(held.measures["premium_rate"], None) == ["premium_rate"]
