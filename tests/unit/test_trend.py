"""Trend: what is drawn and joined, what moved most and whether beyond chance, what stays out and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from kenpo import trend
from kenpo.catalog import Catalog, Lang, Measure
from kenpo.charts.theme import chart_colors
from kenpo.formats import Amount
from kenpo.judgement import Book, Observation
from kenpo.text import texts
from kenpo.trend import Question, Trend
from kenpo.views.trend import picture, several, words
from kenpo.views.trend import table as tables
from kenpo.views.words import Voice
from tests import builders
from tests.builders import figure
from tests.shipped import package

D = Decimal
OWN = ("gunma", "saitama", "shizuoka", "okayama", "yamaguchi")
LIFESTYLE, GUIDANCE, OFFICES = "lifestyle_checkup_rate", "guidance_rate_insured", "health_declaration_offices"
PALETTE = chart_colors(dark=False)

Rows = list[dict[str, object]]

# --- on given figures ------------------------------------------------------------------------------

RATE = builders.measure(numerator="x", denominator="n")
COUNT = builders.measure(id="a_count", unit="count")
OLD = builders.measure(id="old_rate", kpi_to=2023, successor="a_rate", name={"ja": "旧率", "en": "Old rate"})
HELD = builders.held(RATE, COUNT, OLD, builders.measure(id="x", role="count"), builders.measure(id="n", role="count"))


def given(
    *figures: Observation,
    measure: Measure = RATE,
    chosen: tuple[str, ...] = ("yamaguchi",),
    own: str | None = None,
    years: Sequence[int] = range(2021, 2026),
) -> Trend:
    asked = Question(measure, chosen, own, tuple(years))
    return trend.trend(builders.book(*figures), HELD, asked, list(chosen))


def spoken(held: Catalog = HELD, lang: Lang = "ja") -> Voice:
    return Voice(texts(lang), "wareki" if lang == "ja" else "seireki", held)


def drawn(found: Trend, held: Catalog = HELD, *, small: bool = False) -> Rows:
    return picture.picture(found, PALETTE, spoken(held), dark=False, small=small)


def joined(rows: Rows) -> dict[object, list[object]]:
    """The years of every line of more than one point."""
    segments: dict[object, list[object]] = {}
    for row in rows:
        if row.get("segment") is not None:
            segments.setdefault(row["segment"], []).append(row["year"])
    return {name: years for name, years in segments.items() if len(years) > 1}


def years(*values: str | None, **said: Any) -> list[Observation]:
    """One final figure a year from 2021; None leaves the year out."""
    return [figure(v, fiscal_year=2021 + at, **said) for at, v in enumerate(values) if v is not None]


def test_a_line_joins_final_figures_of_years_in_a_row() -> None:
    assert list(joined(drawn(given(*years("10.0", "11.0", "12.0")))).values()) == [[2021, 2022, 2023]]


def test_a_missing_year_is_a_gap() -> None:
    rows = drawn(given(*years("10.0", "11.0", None, "13.0", "14.0")))
    assert list(joined(rows).values()) == [[2021, 2022], [2024, 2025]]


@pytest.mark.parametrize(
    "said", [{"as_of": "2022-09"}, {"status": "draft"}, {"status": "undated"}], ids=["part-year", "draft", "undated"]
)
def test_no_line_runs_to_what_is_not_final(said: dict[str, Any]) -> None:
    loose = figure("11.0", fiscal_year=2022, **said)
    rows = drawn(given(*years("10.0", None, "12.0"), loose))
    assert joined(rows) == {}
    (hollow,) = (row for row in rows if row.get("hollow") is not None)
    assert (hollow["year"], hollow["hollow"], hollow.get("filled")) == (2022, 11.0, None)


def test_a_part_year_point_is_labelled_with_its_month() -> None:
    rows = drawn(given(*years("10.0"), figure("5.0", fiscal_year=2022, as_of="2022-09")))
    assert [row["name"] for row in rows if row.get("name")] == ["yamaguchi 5.0%（R4.9）"]


def test_a_figure_on_another_denominator_is_named_and_not_drawn() -> None:
    odd = figure("90.0", fiscal_year=2022, as_of="2022-09", exclusion="other_denominator")
    found = given(*years("10.0"), odd)
    assert [row["year"] for row in drawn(found) if row.get("about")] == [2021]
    assert "図に描かない値：yamaguchi R4 90.0%（R4.9）（分母が異なる）。" in words.context(found, spoken())
    assert tables.table(found, spoken()).rows[1][2] == Amount(D("90.0"), "%")


def test_a_bound_of_47_is_a_mark_on_the_range_and_no_point() -> None:
    low = figure("47.4", fiscal_year=2024, branch="kagoshima", bound="lowest")
    high = figure("80.5", fiscal_year=2024, branch="yamagata", bound="highest")
    rows = drawn(given(*years("60.0"), low, high))
    (band,) = (row for row in rows if row.get("low") is not None)
    assert (band["year"], band["low"], band["high"]) == (2024, 47.4, 80.5)
    assert [row["filled"] for row in rows if row.get("filled") is not None] == [60.0]
    said = words.context(given(*years("60.0"), low, high), spoken())
    assert "令和6年度の47支部の範囲は47.4%（kagoshima）〜80.5%（yamagata）。" in said


def test_no_line_crosses_a_break_of_definition() -> None:
    old = [figure(v, fiscal_year=y, measure="old_rate") for y, v in ((2022, "5.0"), (2023, "6.0"))]
    found = given(*old, figure("30.0", fiscal_year=2024), figure("31.0", fiscal_year=2025))
    rows = drawn(found)
    assert sorted(map(tuple, joined(rows).values())) == [(2022, 2023), (2024, 2025)]
    assert [row["year"] for row in rows if row.get("other") is not None] == [2022, 2023]
    (mark,) = (row for row in rows if row.get("broken") is not None)
    assert (mark["broken"], mark["before"], mark["after"]) == (2023.5, "率", "率")
    assert "令和6年度に定義が「旧率」から「率」へ" in words.context(found, spoken())
    assert [move.own.fiscal_year for move in found.moves] == [2025]


def test_a_small_picture_names_the_other_definition_only() -> None:
    figures = figure("5.0", fiscal_year=2022, measure="old_rate"), figure("30.0")
    for found, named in ((given(*figures), "before"), (given(*figures, measure=OLD), "after")):
        (mark,) = (row for row in drawn(found, small=True) if row.get("broken") is not None)
        assert mark == {"broken": 2023.5, named: "率"}


def test_years_are_counted_back_from_the_last() -> None:
    rows = drawn(given(*years("10.0", "11.0"), years=(2021, 2022, 2023)))
    assert [(r["year_label"], r["years_back"]) for r in rows if "year_label" in r] == [("R3", 2), ("R4", 1), ("R5", 0)]


def test_the_old_definition_names_the_same_break() -> None:
    found = given(*[figure("5.0", fiscal_year=2022, measure="old_rate")], figure("30.0"), measure=OLD)
    (mark,) = (row for row in drawn(found) if row.get("broken") is not None)
    assert mark["broken"] == 2023.5
    assert found.other is not None
    assert found.other.id == "a_rate"


def test_a_break_before_the_years_shown_has_no_mark() -> None:
    found = given(figure("30.0"), years=(2024, 2025))
    assert found.other is None


def test_a_target_is_a_step_of_its_year() -> None:
    rows = drawn(given(*years("10.0"), figure("12.5", fiscal_year=2022, rule="at_least")))
    (step,) = (row for row in rows if row.get("target") is not None)
    assert (step["target"], step["target_from"], step["target_to"]) == (12.5, 2021.64, 2022.36)


def test_a_branch_with_targets_alone_is_named_at_the_last() -> None:
    aims = [figure("12.5", fiscal_year=y, rule="at_least") for y in (2022, 2023)]
    rows = drawn(given(*aims))
    assert [(row["year"], row["label"]) for row in rows if row.get("label")] == [(2023, "yamaguchi 目標 12.5%")]


def test_counts_are_indexed_to_the_first_final_year_of_each_branch() -> None:
    own = years("960", "1094", measure="a_count")
    nation = years(None, "200", "300", measure="a_count", branch="national")
    inside = figure("1195", fiscal_year=2023, measure="a_count", as_of="2023-11")
    found = given(*own, *nation, inside, measure=COUNT)
    assert [p.index for p in found.of("yamaguchi", COUNT)] == [D("100.0"), D("114.0"), D("124.5")]
    assert [p.index for p in found.of("national", COUNT)] == [D("100.0"), D("150.0")]
    assert found.moves[0].size == D("14.0")
    assert "最初の確定年度を100" in words.context(found, spoken())


def test_an_index_reads_as_its_target_only_where_the_count_does() -> None:
    # 199,999 and 200,000 of 100,000 both round to 200.0.
    figures = [figure("100000", measure="a_count", fiscal_year=2021), figure("199999", measure="a_count")]
    wanted = figure("200000", measure="a_count", rule="at_least")
    found = given(*figures, wanted, measure=COUNT).of("yamaguchi", COUNT)
    assert [(str(p.index), str(p.target_index)) for p in found if p.target_index] == [("199.999", "200.000")]
    met = given(figures[0], figure("200000", measure="a_count"), wanted, measure=COUNT).of("yamaguchi", COUNT)
    assert [(str(p.index), str(p.target_index)) for p in met if p.target_index] == [("200.0", "200.0")]


def test_a_count_without_a_base_has_no_index() -> None:
    found = given(figure("0", measure="a_count", fiscal_year=2021), measure=COUNT)
    assert [p.index for p in found.points] == [None]


def test_a_count_without_a_final_year_is_named_and_not_drawn() -> None:
    found = given(figure("893", measure="a_count", status="undated"), measure=COUNT)
    assert [row for row in drawn(found) if row.get("about")] == []
    assert "（100とする確定値がない）" in words.context(found, spoken())


def counted(year: int, rate: str, x: str, n: str) -> list[Observation]:
    return [
        figure(rate, fiscal_year=year),
        figure(x, fiscal_year=year, measure="x"),
        figure(n, fiscal_year=year, measure="n"),
    ]


@pytest.mark.parametrize(
    ("later", "said"),
    [
        (("12.0", "120", "1000"), "、ただし偶然の幅（≈）の中"),
        (("20.0", "200", "1000"), "、偶然の幅を超える動き"),
        (("20.0", None, None), ""),
    ],
)
def test_the_headline_says_whether_a_move_is_beyond_chance(
    later: tuple[str, str | None, str | None], said: str
) -> None:
    rate, x, n = later
    figures = counted(2022, rate, x, n) if x and n else [figure(rate, fiscal_year=2022)]
    title = words.headline(given(*counted(2021, "11.0", "110", "1000"), *figures), spoken())
    assert title.startswith("いちばん動いたのはyamaguchi R3→R4の")
    assert title.endswith(f"（11.0%→{rate}%）{said}")


@pytest.mark.parametrize(
    ("direction", "values", "word"),
    [
        ("higher", ("10.0", "12.0"), "2.0ポイント改善（10.0%→12.0%）"),
        ("higher", ("12.0", "10.0"), "2.0ポイント悪化（12.0%→10.0%）"),
        ("lower", ("10.0", "12.0"), "2.0ポイント悪化（10.0%→12.0%）"),
        ("lower", ("12.0", "10.0"), "2.0ポイント改善（12.0%→10.0%）"),
        ("neutral", ("12.0", "10.0"), "2.0ポイント低下（12.0%→10.0%）"),
        ("higher", ("10.0", "10.0"), "横ばい（10.0%→10.0%）"),
    ],
)
def test_a_move_is_said_in_the_direction_of_the_measure(direction: str, values: tuple[str, str], word: str) -> None:
    measure = builders.measure(direction=direction)
    found = trend.trend(
        builders.book(*years(*values)),
        builders.held(measure),
        Question(measure, ("yamaguchi",), None, (2021, 2022)),
        ["yamaguchi"],
    )
    assert word in words.headline(found, spoken(builders.held(measure)))


def test_the_largest_move_leads_and_the_readers_own_follows() -> None:
    figures = [*years("10.0", "11.0"), *years("10.0", "15.0", branch="gunma")]
    found = given(*figures, chosen=("yamaguchi", "gunma"), own="yamaguchi")
    title = words.headline(found, spoken())
    assert title == (
        "いちばん動いたのはgunma R3→R4の5.0ポイント改善（10.0%→15.0%）。yamaguchi R3→R4の1.0ポイント改善（10.0%→11.0%）"
    )


def test_a_move_needs_both_years_in_the_picture() -> None:
    assert given(*years("10.0", "20.0"), years=(2022, 2023)).moves == []


def test_of_two_moves_alike_the_later_leads() -> None:
    assert given(*years("10.0", "12.0", "10.0")).moves[0].own.fiscal_year == 2023


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ([], "率：この期間に示せる実績はありません"),
        ([figure("9.0", as_of="2024-09")], "yamaguchiはR6に9.0%（R6.9）：続けて比べられる年度はまだありません"),
    ],
)
def test_without_a_move_the_latest_figure_speaks(figures: list[Observation], said: str) -> None:
    assert words.headline(given(*figures), spoken()) == said


# --- years -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "shown", "left_out"),
    [
        (None, None, (2021, 2022, 2023), []),
        (2022, None, (2022, 2023), []),
        (None, 2022, (2021, 2022), []),
        (2022, 2022, (2022,), []),
        (1999, 2022, (2021, 2022), ["from=1999"]),
        (None, 2050, (2021, 2022, 2023), ["to=2050"]),
        (2023, 2021, (2021, 2022, 2023), ["from=2023", "to=2021"]),
    ],
)
def test_years_the_record_does_not_hold_are_left_out_and_named(
    start: int | None, end: int | None, shown: tuple[int, ...], left_out: list[str]
) -> None:
    assert trend.window((2021, 2022, 2023), start, end) == (shown, left_out)


def test_without_a_record_there_are_no_years() -> None:
    assert trend.window([], 2021, None) == ((), ["from=2021"])


def test_the_readers_own_branch_comes_first_and_too_many_are_named() -> None:
    assert trend.lines_of("gunma", tuple("abcdef"), ()) == (("gunma", "a", "b", "c", "d", "e"), ("f",))
    assert trend.lines_of(None, (), ("x",)) == (("x",), ())


def test_what_nobody_chose_is_not_missed() -> None:
    assert trend.lines_of("z", (), tuple("abcdef")) == (tuple("zabcde"), ())


# --- on the figures of the documents ---------------------------------------------------------------


@cache
def book(*measures: str) -> Book:
    return package().measures(trend.read(package().catalog, measures))


@cache
def found(measure: str, chosen: tuple[str, ...] = OWN, own: str | None = None) -> Trend:
    held = package().catalog
    both = trend.both(held, [measure])
    span = trend.years_of(book(measure), both)
    question = Question(held.measures[measure], chosen, own, tuple(span))
    return trend.trend(book(measure), held, question, trend.candidates(book(measure), both, held.branches))


def voice(lang: Lang = "ja") -> Voice:
    return spoken(package().catalog, lang)


@pytest.mark.parametrize(
    ("measure", "title"),
    [
        (LIFESTYLE, "いちばん動いたのは静岡 R5→R6の4.9ポイント悪化（69.6%→64.7%）"),
        (GUIDANCE, "いちばん動いたのは山口 R3→R4の1.3ポイント悪化（19.0%→17.7%）、偶然の幅を超える動き"),
        ("visit_rate_10m", "いちばん動いたのは静岡 R5→R6の1.6ポイント改善（34.0%→35.6%）"),
        ("health_declaration_offices_to_2023", "いちばん動いたのは山口 R3→R4の14.0%改善（960事業所→1,094事業所）"),
        (
            "claim_assessment_rate_joint",
            "埼玉はR5に0.423%（時点不明）：続けて比べられる年度はまだありません",
        ),
    ],
)
def test_headlines_of_the_documents(measure: str, title: str) -> None:
    assert words.headline(found(measure), voice()) == title


def test_the_headline_in_english() -> None:
    assert words.headline(found(GUIDANCE), voice("en")) == (
        "The largest move: Yamaguchi worsened by 1.3 pt (2021 19.0% to 2022 17.7%), more than chance would explain"
    )


def test_shizuokas_two_visit_rates_of_fy2023_stand_on_two_definitions() -> None:
    # 34.0 is the 10-month rate of FY2023, 10.7 the 3-month rate.
    rows = drawn(found("visit_rate_10m"), package().catalog)
    at_2023 = {key: row[key] for row in rows for key in ("filled", "other") if row.get(key) and row["year"] == 2023}
    assert at_2023 == {"filled": 34.0, "other": 10.7}


def test_yamaguchis_september_is_hollow_and_not_joined() -> None:
    rows = drawn(found(LIFESTYLE), package().catalog)
    hollow = {row["hollow"] for row in rows if row.get("hollow") is not None}
    assert {31.4, 42.6, 22.9} <= hollow
    assert {tuple(years) for years in joined(rows).values()} == {(2021, 2022), (2023, 2024)}


def test_47_premium_rates_rank_every_year_and_drafts_stay_apart() -> None:
    everyone = found("premium_rate", ("yamaguchi", "okinawa"))
    assert everyone.many
    assert everyone.ranks[2025].places["yamaguchi"] == 44
    rows = picture.ranks(everyone, PALETTE, voice(), dark=False)
    own = sorted(years for name, years in joined(rows).items() if str(name).startswith("yamaguchi"))
    assert own == [[2017, 2018, 2019, 2020, 2021, 2022, 2023], [2025, 2026]]
    drafts = {row["year"] for row in rows if row.get("hollow") is not None}
    assert drafts == {2024}
    assert [row["name"] for row in rows if row.get("name")] == ["沖縄 2", "山口 44"]


def test_the_chosen_stand_out_of_47_and_are_drawn_last() -> None:
    rows = drawn(found("premium_rate", ("yamaguchi", "okinawa")), package().catalog)
    points = [row for row in rows if row.get("filled") is not None]
    assert points[-1]["color"] != PALETTE["rest"]
    assert {row["size"] for row in points if row["color"] == PALETTE["rest"]} == {12}
    assert not [row for row in rows if row.get("label")]


@pytest.mark.parametrize("measure", [LIFESTYLE, GUIDANCE, OFFICES, "premium_rate", "visit_rate_3m"])
def test_every_figure_of_the_picture_stands_in_the_table(measure: str) -> None:
    shown = found(measure)
    texts_ = {(row[0], row[1]) for row in tables.table(shown, voice()).texts("ja")}
    for point in shown.points:
        assert (voice().branch(point.branch), voice().year_short(point.year)) in texts_
    assert len(tables.origins(shown, voice())) == len(tables.table(shown, voice()).rows) == len(shown.points)


def test_every_figure_has_its_source_once() -> None:
    listed = trend.figures(found(LIFESTYLE))
    assert len(listed) == len(set(listed))
    assert {o.bound for o in listed} == {None, "lowest", "highest"}


def test_the_origin_shown_first_is_the_readers_own_latest() -> None:
    shown = found(LIFESTYLE, OWN, "yamaguchi")
    row = trend.shown(shown)[trend.own_row(shown)]
    assert (row.branch, row.year) == ("yamaguchi", 2023)


def test_without_an_own_branch_the_origin_of_the_largest_move_is_shown_first() -> None:
    shown = found(LIFESTYLE)
    row = trend.shown(shown)[trend.own_row(shown)]
    assert (row.branch, row.year) == ("shizuoka", 2024)


# --- several measures ------------------------------------------------------------------------------


def strategic(own: str | None = None) -> list[Trend]:
    held = package().catalog
    ids = trend.measures_of(held, package().held, (2,))
    both = trend.both(held, ids)
    question = Question(held.measures[LIFESTYLE], OWN, own, tuple(trend.years_of(book(*ids), both)))
    return trend.several(book(*ids), held, ids, question)


def test_a_measure_is_shown_in_the_picture_of_its_successor() -> None:
    ids = [one.question.measure.id for one in strategic()]
    assert "visit_rate_10m" in ids
    assert "visit_rate_3m" not in ids


def test_several_measures_count_their_moves() -> None:
    assert several.headline(strategic("yamaguchi"), voice()) == "山口：前年度と比べられる9指標のうち、改善 6・悪化 3"
    assert several.headline(strategic("gunma"), voice()) == "群馬に前年度と比べられる指標はまだありません"
    assert several.headline([], voice()) == "この期間に示せる実績はありません"


def test_a_measure_without_an_actual_is_named() -> None:
    assert "図に描ける実績のない指標：加入者の理解率" in several.context(strategic(), (2,), voice())
    drawable = {one.question.measure.id for one in trend.drawable(strategic())}
    assert "public_understanding_rate" not in drawable


def test_the_table_of_several_says_the_month_of_what_is_not_final() -> None:
    table = several.table(strategic(), (2,), voice())
    row = next(r for r in table.texts("ja") if r[:2] == ["生活習慣病予防健診実施率", "山口"])
    assert row[4:7] == ["55.5%", "58.0%", "31.4%（R5.9）"]
    assert len(several.origins(strategic(), voice())) == len(table.rows)


def test_a_small_picture_has_names_and_no_other_labels() -> None:
    rows = drawn(found(LIFESTYLE), package().catalog, small=True)
    assert not [row for row in rows if row.get("label")]
    assert "静岡 64.7%" in {row["name"] for row in rows if row.get("name")}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_measure_on_record_can_be_told_and_drawn(lang: Lang) -> None:
    held = package().catalog
    for measure in held.measures.values():
        if measure.role in ("kpi", "goal", "reference"):
            shown = found(measure.id)
            assert words.headline(shown, voice(lang))
            assert tables.table(shown, voice(lang)).columns
            drawn(shown, held)


def test_the_usual_branches_are_those_with_documents() -> None:
    assert trend.usual_branches(["aomori", "gunma"], ["gunma", "yamaguchi"]) == ("gunma",)
    assert trend.usual_branches(["aomori", "iwate"], ["gunma"]) == ("aomori", "iwate")


def test_a_question_without_years_draws_nothing() -> None:
    empty = replace(found(LIFESTYLE).question, years=())
    shown = trend.trend(book(LIFESTYLE), package().catalog, empty, [])
    assert drawn(shown, package().catalog) == []
    assert words.context(shown, voice())
