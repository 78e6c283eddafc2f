"""Compare in words, table and picture: what is said of the figures of the documents, and what of the rest."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import get_args

import pytest

from kenpo import compare
from kenpo.catalog import Lang
from kenpo.charts import comparison, many
from kenpo.charts.theme import chart_colors
from kenpo.compare import Comparison, Question
from kenpo.formats import Amount
from kenpo.selection import Mode, Show
from kenpo.text import texts
from kenpo.views.compare import picture, words
from kenpo.views.compare import table as tables
from kenpo.views.words import Voice
from tests import builders
from tests.comparisons import (
    ASKED,
    BASES,
    GUIDANCE,
    LIFESTYLE,
    OFFICES,
    PREMIUM,
    D,
    each_kind,
    each_question,
    each_way,
    found,
    own,
    row,
    voice,
)
from tests.shipped import package

JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")


def said(comparison_: Comparison, branch: str, lang: Lang = "ja") -> dict[str, str]:
    """The row of a branch as the table shows it, by column."""
    table = tables.table(comparison_, voice(lang))
    name = package().catalog.branches[branch].name[lang]
    (cells,) = (cells for cells in table.texts(lang) if cells[0] == name)
    return dict(zip(table.columns, cells, strict=True))


def drawn(comparison_: Comparison, lang: Lang = "ja", *, dark: bool = False) -> dict[str, dict[str, object]]:
    """The rows of the picture by name."""
    rows = picture.picture(comparison_, chart_colors(dark=dark), voice(lang), dark=dark)
    return {str(r["name"]): r for r in rows}


# --- one branch with an actual: Shizuoka FY2024, lifestyle checkups --------------------------------


def test_one_actual_is_set_against_nation_and_target_in_the_headline() -> None:
    title = words.headline(found(LIFESTYLE, 2024), voice())
    assert title.startswith("静岡 64.7% ")
    assert "全国を6.3ポイント上回る" in title
    assert "目標 67.5%以上 に2.8ポイント届かない" in title


def test_one_actual_is_set_against_nation_and_target_in_english() -> None:
    title = words.headline(found(LIFESTYLE, 2024), voice("en"))
    assert title.startswith("Shizuoka 64.7% ")
    assert "is 6.3 pt above the nation" in title
    assert "misses its target (at least 67.5%) by 2.8 pt" in title


def test_the_context_says_why_there_is_no_rank_and_the_range_of_47() -> None:
    said_ = words.context(found(LIFESTYLE, 2024), voice())
    assert said_.startswith("生活習慣病予防健診実施率・令和6年度（2024）。")
    assert "実績のある支部は1つだけのため、順位はありません。" in said_
    assert "47支部の範囲は 47.4%（鹿児島）〜80.5%（山形）。" in said_


def test_the_context_in_english() -> None:
    said_ = words.context(found(LIFESTYLE, 2024), voice("en"))
    assert said_.startswith("Lifestyle-disease checkup rate (insured), FY2024 (Reiwa 6).")
    assert "Only one branch has an actual: no rank." in said_
    assert "47.4% (Kagoshima)" in said_
    assert "80.5% (Yamagata)" in said_


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


@pytest.mark.parametrize(
    ("lang", "parts"),
    [("ja", ["静岡", "67.5%", "群馬", "6.3ポイント", "3支部"]), ("en", ["Shizuoka", "67.5%", "Gunma", "6.3 pt", "3 "])],
)
def test_the_headline_of_targets_names_the_leader_and_its_distance(lang: Lang, parts: list[str]) -> None:
    title = words.headline(found(LIFESTYLE, 2024, show="target"), voice(lang))
    assert [part for part in parts if part not in title] == []


def test_the_own_branch_is_named_with_its_place() -> None:
    title = words.headline(found(LIFESTYLE, 2024, show="target", own="yamaguchi"), voice())
    assert "山口" in title
    assert "58.0%" in title
    assert "3支部中3位" in title


@pytest.mark.parametrize(("lang", "mark"), [("ja", "案"), ("en", "draft")])
def test_a_draft_target_that_leads_is_marked_as_a_draft(lang: Lang, mark: str) -> None:
    aims = found(LIFESTYLE, 2021, show="target")
    okayama = said(aims, "okayama", lang)
    picture = drawn(aims, lang)["岡山" if lang == "ja" else "Okayama"]
    assert mark in words.headline(aims, voice(lang)).lower()
    assert mark in " ".join(okayama.values()).lower()
    assert mark in " ".join(str(picture[key]) for key in ("target_above", "target_below")).lower()


def test_an_adopted_target_is_not_marked() -> None:
    assert "案" not in words.headline(found(LIFESTYLE, 2024, show="target"), voice())
    assert "案" not in " ".join(said(found(LIFESTYLE, 2021, show="target"), "yamaguchi").values())


def test_less_is_the_more_ambitious_target_where_lower_is_better() -> None:
    aims = found("single_bid_rate", 2024, show="target")
    assert aims.ranking.places == {"gunma": 1, "shizuoka": 1, "yamaguchi": 1}
    # 15.0 stands above the 8.4 and 10.0 of the last final years: less is asked for than was reached.
    assert {b: str(row(aims, b).ambition) for b in ("shizuoka", "yamaguchi")} == {
        "shizuoka": "-6.6",
        "yamaguchi": "-5.0",
    }
    title = words.headline(aims, voice())
    assert "高" not in title
    assert all(name in title for name in ("群馬", "静岡", "山口"))


# --- undated ---------------------------------------------------------------------------------------


def test_an_undated_actual_is_shown_and_not_ranked() -> None:
    one = found(GUIDANCE, 2023)
    saitama = row(one, "saitama")
    assert (str(saitama.value), saitama.rank, one.ranking.left_out["saitama"]) == ("6.1", None, "undated")
    assert one.ranking.places == {}
    assert (said(one, "saitama")["実績"], said(one, "saitama")["状態"]) == ("6.1%", "◌ 時点不明")


@pytest.mark.parametrize(("lang", "name", "words"), [("ja", "埼玉", "時点不明"), ("en", "Saitama", "Not dated")])
def test_an_undated_actual_is_not_drawn_and_says_why(lang: Lang, name: str, words: str) -> None:
    picture = drawn(found(GUIDANCE, 2023), lang)[name]
    assert (picture["figure"], picture["figure_label"], picture["gap"]) == (None, None, "")
    assert "6.1%" in str(picture["reason"])
    assert words in str(picture["reason"])


def test_an_undated_actual_does_not_speak_in_the_headline() -> None:
    title = words.headline(found(GUIDANCE, 2023), voice())
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
    said_ = words.context(one, voice())
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
    title = words.headline(one, voice())
    assert title.startswith("静岡 18.1% ")
    assert "全国を2.2ポイント下回る" in title
    assert "埼玉" not in title
    assert "実績のある支部は1つだけのため、順位はありません。" in words.context(one, voice())


# --- counts and texts ------------------------------------------------------------------------------


@pytest.mark.parametrize("show", ["actual", "target"])
def test_counts_have_no_rank(show: Show) -> None:
    one = found(OFFICES, 2024, show=show)
    assert one.ranking.places == {}
    assert set(one.ranking.left_out.values()) == {"counts"}
    assert "件数は支部の規模が異なるため、順位を付けません。" in words.context(one, voice())


def test_declarations_counted_another_way_say_so() -> None:
    assert drawn(found(OFFICES, 2023))["静岡"]["reason"] == (
        "健康宣言事業所数（R5までの数え方）の値だけがあります（6,766事業所）：定義が異なるため比べません"
    )


def test_the_table_of_counts_has_no_national_difference() -> None:
    table = tables.table(found(OFFICES, 2024), voice())
    at = list(table.columns).index("全国との差")
    assert {cells[at] for cells in table.rows} == {None}


def test_a_measure_without_figures_has_no_rank_and_says_so() -> None:
    one = found("opinion_transmission", 2023, show="target")
    assert (one.ranking.places, {r.value for r in one.rows}) == ({}, {None})
    assert "数値のない指標のため、順位はありません。" in words.context(one, voice())
    assert words.headline(one, voice()).startswith("医療データ等を活用した効果的な意見発信")


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
    title = words.headline(one, voice())
    assert all(part in title for part in ("山口", "92.06%", "埼玉", "6.68ポイント", "2支部"))


def test_a_place_is_written_with_the_number_of_branches() -> None:
    one = found("card_recovery_rate", 2022)
    assert (said(one, "yamaguchi")["順位"], said(one, "saitama")["順位"]) == ("1位 / 2支部", "2位 / 2支部")
    assert (said(one, "saitama", "en")["Rank"], said(one, "national", "en")["Rank"]) == ("2 of 2", "—")


# --- 47 branches: premium rates --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "parts"),
    [
        ("ja", ["沖縄", "9.44%", "新潟", "0.11ポイント", "山口", "10.36%", "47支部中44位"]),
        ("en", ["Okinawa", "9.44%", "Niigata", "0.11 pt", "Yamaguchi", "10.36%", "44 of 47"]),
    ],
)
def test_the_headline_of_47_names_the_first_and_the_own_branch(lang: Lang, parts: list[str]) -> None:
    title = words.headline(found(PREMIUM, 2025, own="yamaguchi"), voice(lang))
    assert [part for part in parts if part not in title] == []
    # The lowest is first: it does not exceed anybody.
    assert "上回る" not in title
    assert "above" not in title


@pytest.mark.parametrize(("lang", "mark"), [("ja", "案"), ("en", "draft")])
def test_draft_actuals_are_marked_as_drafts(lang: Lang, mark: str) -> None:
    one = found(PREMIUM, 2024, own="yamaguchi")
    assert mark in words.headline(one, voice(lang)).lower()
    assert mark in " ".join(said(one, "yamaguchi", lang).values()).lower()
    columns = picture.columns(one, chart_colors(dark=False), voice(lang), dark=False)
    assert mark in str(columns[0]["about"]).lower()


def test_two_drafts_beside_45_finals_are_left_out_by_name_and_for_what_they_are() -> None:
    one = found(PREMIUM, 2019)
    assert (one.ranking.size, one.ranking.left_out) == (45, {"kagoshima": "draft", "okinawa": "draft"})
    context = words.context(one, voice())
    assert all(part in context for part in ("鹿児島", "沖縄", "案"))
    # All 47 are rates of the whole year.
    assert "時点が異なる" not in context


def test_columns_stand_in_the_order_of_rank_the_nation_a_line() -> None:
    rows = picture.columns(found(PREMIUM, 2025, chosen=("yamaguchi",)), chart_colors(dark=False), voice(), dark=False)
    assert [(r["row"], r["name"], r["figure"]) for r in rows[:2]] == [(0, "沖縄", 9.44), (1, "新潟", 9.55)]
    assert (len(rows), rows[-1]["name"]) == (47, "佐賀")
    assert [r["row"] for r in rows] == list(range(47))
    assert (rows[0]["nation"], rows[0]["nation_label"]) == (10.0, "全国 10.0%")
    assert not [r for r in rows[1:] if "nation" in r]
    assert [r["name"] for r in rows if r["chosen"]] == ["山口"]
    assert rows[43]["about"] == "山口 10.36% 44位 / 47支部"


def test_the_first_the_last_and_the_chosen_carry_their_value_neighbours_at_different_heights() -> None:
    one = found(PREMIUM, 2025, chosen=("yamaguchi", "tokushima"))
    rows = picture.columns(one, chart_colors(dark=False), voice(), dark=False)
    labels = [(r["row"], r["figure_label"], r["height"]) for r in rows if r["figure_label"]]
    # Yamaguchi is the 44th, Tokushima beside Saga, the last.
    assert labels == [(0, "9.44%", 0), (43, "10.36%", 0), (45, "10.47%", 0), (46, "10.78%", 1)]


@pytest.mark.parametrize(
    ("chosen", "own", "lead"),
    [(("yamaguchi", "gunma"), "yamaguchi", "山口"), (("yamaguchi", "okinawa"), None, "沖縄"), ((), None, None)],
)
def test_one_of_the_chosen_leads(chosen: tuple[str, ...], own: str | None, lead: str | None) -> None:
    one = found(PREMIUM, 2025, chosen=chosen, own=own)
    rows = picture.columns(one, chart_colors(dark=False), voice(), dark=False)
    assert [r["name"] for r in rows if r["lead"]] == ([lead] if lead else [])


@pytest.mark.parametrize(("lang", "label"), [("ja", "神\n奈\n川"), ("en", "Kanagawa")])
def test_the_name_under_a_column_has_a_sign_a_line_in_japanese_and_is_whole_in_english(lang: Lang, label: str) -> None:
    rows = picture.columns(found(PREMIUM, 2025), chart_colors(dark=False), voice(lang), dark=False)
    assert label in [r["label"] for r in rows]


@pytest.mark.parametrize(
    ("name", "label"),
    [("山" * 12, "\n".join("山" * 12)), ("山" * 13, "\n".join("山" * 11 + "…")), ("a|b c", "a\n|\nb\n \nc")],
)
def test_a_very_long_name_under_a_column_is_cut_and_says_so(name: str, label: str) -> None:
    known = package().catalog
    renamed = replace(known.branches["okinawa"], name={"ja": name, "en": name})
    catalog = replace(known, branches={**known.branches, "okinawa": renamed})
    rows = picture.columns(
        found(PREMIUM, 2025), chart_colors(dark=False), replace(voice(), catalog=catalog), dark=False
    )
    assert (rows[0]["name"], rows[0]["label"]) == (name, label)


def test_the_last_year_of_a_column_is_the_base_it_may_be_set_against() -> None:
    finals = picture.columns(found(PREMIUM, 2026), chart_colors(dark=False), voice(), dark=False)
    assert next(r["last"] for r in finals if r["name"] == "山口") == 10.36
    drafts = picture.columns(found(PREMIUM, 2025), chart_colors(dark=False), voice(), dark=False)
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
    assert "順位は付けません" in words.context(one, voice())


@pytest.mark.parametrize("show", get_args(Show))
@pytest.mark.parametrize(("measure", "fiscal_year"), [(PREMIUM, 2025), ("card_recovery_rate", 2022), (LIFESTYLE, 2024)])
def test_the_latest_is_never_ranked_though_the_year_would_be(show: Show, measure: str, fiscal_year: int) -> None:
    one = found(measure, fiscal_year, show=show, mode="latest")
    assert (one.ranking.places, {r.rank for r in one.rows}) == ({}, {None})
    assert {cells[1] for cells in tables.table(one, voice()).rows} == {None}


DATED = [("shizuoka", "64.7%", ["R6"]), ("saitama", "42.6%", ["R5", "R6.1"]), ("yamaguchi", "31.4%", ["R5", "R5.9"])]


@pytest.mark.parametrize(("branch", "value", "when"), DATED, ids=[branch for branch, _, _ in DATED])
def test_year_and_month_stand_beside_every_latest_value_of_the_table(branch: str, value: str, when: list[str]) -> None:
    cells = said(found(LIFESTYLE, 2024, mode="latest"), branch)
    assert (cells["実績"], cells["時点"].split()) == (value, when)


@pytest.mark.parametrize(("name", "when"), [("静岡", "R6"), ("埼玉", "R6.1"), ("山口", "R5.9")])
def test_year_or_month_stands_beside_every_latest_value_of_headline_and_picture(name: str, when: str) -> None:
    # R6.1 names its year; a value of a whole year needs one beside it.
    one = found(LIFESTYLE, 2024, mode="latest")
    (part,) = (part for part in words.headline(one, voice()).split("・") if name in part)
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


def test_the_leader_is_ahead_by_the_difference_of_what_is_ranked() -> None:
    m = builders.measure()
    one = own(
        m,
        builders.figure("9.0", as_of="2024-10"),
        builders.figure("7.5", as_of="2024-09"),
        builders.figure("8.0", as_of="2024-09", branch="gunma"),
    )
    title = words.headline(one, Voice(texts("ja"), "wareki", builders.held(m)))
    assert "0.5ポイント" in title


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
        builders.book(*figures), held, Question(m, 2024, "actual", "last_year", "year", (), None), ["yamaguchi"]
    )
    assert row(one, "yamaguchi").against.noise is True
    assert "≈" in " ".join(text for cells in tables.table(one, speaks).texts("ja") for text in cells)


# --- rows of the charts ----------------------------------------------------------------------------


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
                (picture.picture(one, palette, voice(lang), dark=True), comparison.COLUMNS),
                (picture.columns(one, palette, voice(lang), dark=True), many.COLUMNS),
            ]
            for rows, columns in pictures:
                assert {name for r in rows for name in r} <= set(columns)
                assert [r["row"] for r in rows] == list(range(len(rows)))
                assert json.loads(json.dumps(rows)) == rows


def test_every_column_of_the_charts_is_filled_by_some_picture() -> None:
    rows = picture.picture(found(LIFESTYLE, 2024), chart_colors(dark=False), voice(), dark=False)
    assert {name for r in rows for name in r} == set(comparison.COLUMNS)
    columns = picture.columns(found(PREMIUM, 2025), chart_colors(dark=False), voice(), dark=False)
    assert {name for r in columns for name in r} == set(many.COLUMNS)


@each_question
@each_kind
@each_way
def test_no_undated_actual_is_drawn(measure: str, fiscal_year: int, show: Show, mode: Mode) -> None:
    one = found(measure, fiscal_year, show=show, mode=mode)
    undated = {voice().branch(r.branch) for r in one.rows if r.figure and r.figure.status == "undated"}
    palette = chart_colors(dark=False)
    assert not [r for r in picture.picture(one, palette, voice(), dark=False) if r["name"] in undated and r["figure"]]
    assert not [r for r in picture.columns(one, palette, voice(), dark=False) if r["name"] in undated]


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
    *_, last = picture.picture(found(LIFESTYLE, 2024), chart_colors(dark=False), voice(), dark=False)
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
            for r in picture.picture(one, chart_colors(dark=False), voice("en"), dark=False):
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
                words.headline(one, voice(lang)),
                words.context(one, voice(lang)),
                picture.legend(one, voice(lang)),
            ]
            assert all(text.strip() for text in said_)
            assert lang == "ja" or not [text for text in said_ if JAPANESE.search(text)]
            table = tables.table(one, voice(lang))
            assert {len(cells) for cells in table.rows} == {len(table.columns)}
            assert len(set(table.columns)) == len(table.columns)
            assert [cells[0] for cells in table.rows] == [voice(lang).branch(r.branch) for r in one.rows]
            assert len(tables.origins(one, voice(lang))) == len(one.rows)


def test_numbers_of_the_table_are_numbers() -> None:
    table = tables.table(found(LIFESTYLE, 2024), voice())
    cells = dict(zip(table.columns, table.rows[0], strict=True))
    assert (cells["実績"], cells["実績の差（対目標）"], cells["人数"]) == (
        Amount(D("64.7"), "%"),
        Amount(D("-2.8"), "pt", signed=True),
        Amount(D(12167), "人"),
    )


# --- sources ---------------------------------------------------------------------------------------


def test_the_origin_of_each_row_is_that_of_its_ranked_figure() -> None:
    one = found(LIFESTYLE, 2024)
    origins = dict(zip([r.branch for r in one.rows], tables.origins(one, voice()), strict=True))
    assert origins["shizuoka"] == "64.7% — 令和6年度 静岡支部事業計画実施結果 187, 191, 527行目"
    assert origins["national"].startswith("58.4% — 令和6年度 事業報告書（健康保険事業） 120ページ ")
    assert origins["national"].endswith("https://www.wic-net.com/material/document/21806/120")
    assert origins["yamaguchi"] == "58.0%以上 — 令和6年度 山口支部事業計画 107, 339行目"
    assert origins["okayama"] == ""
    aims = found(LIFESTYLE, 2024, show="target")
    assert tables.origins(aims, voice("en"))[0] == "67.5%以上 — Shizuoka branch results FY2024, line 183, 187, 191, 527"
