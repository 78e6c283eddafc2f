"""Landing in words: the verdict, how it was made, what is said where nothing is forecast, and the pictures."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from kenpo import compare
from kenpo import landing as forecasts
from kenpo.catalog import Lang
from kenpo.charts import curve, misses
from kenpo.charts.theme import chart_colors
from kenpo.judgement import Book
from kenpo.landing import Outlook, Point, points
from kenpo.selection import Selection
from kenpo.text import texts
from kenpo.views import landing
from kenpo.views.landing import Single
from kenpo.views.words import Voice
from tests import builders
from tests.shipped import package

INSURED, DEPENDANT = "guidance_rate_insured", "guidance_rate_dependant"
PALETTE = chart_colors(dark=False)
JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")

Rows = list[dict[str, object]]


@cache
def book(measure: str) -> Book:
    return package().measures(compare.measures_of(package().catalog.measures[measure], None))


@cache
def monthly(measure: str, branch: str = "yamaguchi") -> tuple[Point, ...]:
    return tuple(points(package().monthly(branch, [package().catalog.measures[measure].numerator or ""])))


def voice(lang: Lang = "ja") -> Voice:
    return Voice(texts(lang), "wareki" if lang == "ja" else "seireki", package().catalog)


def seen(month: str = "2023-10", measure: str = INSURED, fiscal_year: int = 2023) -> list[Outlook]:
    held = package().catalog.measures[measure]
    return landing.replay(book(measure), held, monthly(measure), "yamaguchi", fiscal_year, month)


def last(month: str = "2023-10", measure: str = INSURED, fiscal_year: int = 2023) -> Outlook:
    return seen(month, measure, fiscal_year)[-1]


def alone(measure: str, branch: str = "yamaguchi", fiscal_year: int = 2023) -> Single:
    held = package().catalog.measures[measure]
    return landing.single(book(measure), voice(), held, branch, fiscal_year, package().series)


# --- sentences -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("month", "measure", "fiscal_year", "title"),
    [
        (
            "2023-10",
            INSURED,
            2023,
            "山口の着地は3,981人（14.9%）の見込み。目標 38.3%以上 には上振れしても15.0%で届きません",
        ),
        (
            "2023-10",
            DEPENDANT,
            2023,
            "山口の着地は223人（14.6%）の見込み。目標 14.3%以上 に届くかは見込みの幅（12.3%〜18.0%）の中です",
        ),
        ("2022-10", INSURED, 2022, "山口の着地は4,349人（19.0%）の見込み。このままでは目標 34.1%以上 に届きません"),
        ("2023-03", INSURED, 2022, "山口の令和4年度（2022）は4,317人（18.8%）で終わり、見込みは出しません"),
        ("2021-10", INSURED, 2021, "山口はR3.10までに2,665人：進み方を比べる過去の年度がないため見込みは出しません"),
    ],
)
def test_headlines_of_the_documents(month: str, measure: str, fiscal_year: int, title: str) -> None:
    assert landing.headline(last(month, measure, fiscal_year), voice()) == title


def test_the_headline_in_english() -> None:
    assert landing.headline(last(), voice("en")) == (
        "Yamaguchi is heading for 3,981 people (14.9%): the target (at least 38.3%) is out of reach, "
        "even the high end gives 15.0%"
    )


def test_the_method_is_told_in_words_and_the_range_is_no_interval() -> None:
    october, april = landing.context(last(), voice()), landing.context(last("2023-04"), voice())
    assert "R3・R4は同じ月までに年度全体の60.2%が済んでいた" in october
    assert "幅は過去の幅で、確率ではありません" in october
    assert "前年度の合計に対象者の伸びを掛けた5,041人" in april


def test_last_year_is_told_on_the_same_basis_with_what_the_yearly_table_prints() -> None:
    assert "令和4年度は同じ数え方で4,317/22,924＝18.8%（年間の表の印字は17.7%）。" in landing.context(last(), voice())


def test_a_complete_year_is_told_on_its_own_basis() -> None:
    assert "令和4年度は同じ数え方で4,317/22,924＝18.8%" in landing.context(last("2023-03", INSURED, 2022), voice())


def test_where_both_bases_agree_nothing_is_added() -> None:
    # 4,441 of 23,329 is 19.0 %, as printed.
    assert landing.basis(last("2022-10", INSURED, 2022), voice()) == ""


def test_a_replayed_year_says_what_came() -> None:
    said = landing.context(last("2022-10", INSURED, 2022), voice())
    assert "実際は4,317人でした（見込みは+0.7%）。" in said
    assert "過去の年度が1つだけのため、幅は示せません。" in said


@pytest.mark.parametrize("month", ["2022-04", "2022-10"])
def test_with_one_earlier_year_the_top_row_says_that_there_is_no_range(month: str) -> None:
    found = last(month, INSURED, 2022)
    assert landing.cards(found, voice())[0][2] == "幅は示せません"
    assert landing.cards(found, voice("en"))[0][2] == "no range can be given"
    assert "A single earlier year shows no range, so none can be given." in landing.context(found, voice("en"))
    rows = landing.table(seen(month, INSURED, 2022), voice()).texts("ja")
    assert [row[7:9] for row in rows] == [["—", "—"]] * 12


def test_april_to_june_say_that_they_are_as_wide_as_the_past_was_missed_up_to_july() -> None:
    said = "年度はじめは、過去の年度を4〜7月に当てたときの最大の外れ10.6%をそのまま幅にします"
    assert [said in landing.context(last(f"2023-0{month}"), voice()) for month in (4, 5, 6, 7)] == [
        *(True, True, True),
        False,
    ]
    assert landing.cards(last("2023-04"), voice())[0] == ("着地見込み", "4,813人", "4,350〜5,386")
    assert "as wide as earlier years were ever missed from April to July, 10.6%" in landing.context(
        last("2023-06"), voice("en")
    )


def test_earlier_years_that_cannot_be_tested_are_told_from_a_single_one() -> None:
    # The eligible of FY2021 are not printed: in April no earlier year can be forecast from the other, and no July is.
    people = builders.measure(accrual="cumulative", numerator="x", denominator="n")
    counts = [builders.measure(id=i, role="count", unit="persons") for i in ("x", "n")]
    months = {2021: (9, 60), 2022: (5, 50), 2023: (7,)}
    series = [
        Point(y, month, "x", Decimal(count), "a-result", "1")
        for y, known in months.items()
        for month, count in zip((f"{y}-04", f"{y + 1}-03"), known, strict=False)
    ]
    eligible = [builders.figure("100", fiscal_year=y, measure="n") for y in (2022, 2023)]
    found = forecasts.outlook(builders.book(*eligible), people, series, "yamaguchi", 2023, 1)
    speaks = Voice(texts("ja"), "wareki", builders.held(people, *counts))
    assert "過去の年度どうしで当てて確かめられないため、幅は示せません。" in landing.context(found, speaks)


# --- a count that falls, and what has no people ----------------------------------------------------


def fallen(*counts: int) -> Outlook:
    """Yamaguchi's insured with other counts for the first months of FY2023."""
    known = [p for p in monthly(INSURED) if p.fiscal_year < 2023]
    new = [
        Point(2023, f"2023-{at:02}", "guidance_insured_count", Decimal(count), "yamaguchi-2024-plan", "397")
        for at, count in enumerate(counts, 4)
    ]
    return forecasts.outlook(
        book(INSURED), package().catalog.measures[INSURED], [*known, *new], "yamaguchi", 2023, len(counts)
    )


def test_a_count_that_falls_is_told_with_both_figures_and_their_lines() -> None:
    found = fallen(282, 625, 618)
    assert landing.falls(found, voice()) == [
        "累計なのに、R5.6の618人がR5.5の625人より少ない（令和6年度 山口支部事業計画 397行目）。",
        "印字のまま計算しています。",
    ]
    place = "Yamaguchi branch plan FY2024, line 397"
    assert landing.falls(found, voice("en")) == [
        f"A running count that falls: 618 in Jun 2023 is below 625 in May 2023 ({place}).",
        "Used as printed.",
    ]
    assert landing.falls(fallen(282, 625), voice()) == []


def test_of_many_falls_three_are_told_and_the_others_counted() -> None:
    said = landing.falls(fallen(700, 600, 500, 400, 300, 200), voice())
    assert len(said) == 5
    assert said[3:] == ["ほかに2か所。", "印字のまま計算しています。"]


def test_single_figures_that_fall_are_told_too() -> None:
    rate = builders.measure(accrual="cumulative")
    held = builders.held(rate)
    speaks = Voice(texts("ja"), "wareki", held)
    inside = [
        builders.figure("20.0", as_of="2024-09", line="7"),
        builders.figure("19.0", as_of="2024-11", line="8"),
        builders.figure("18.5", line="9"),
    ]
    found = landing.single(builders.book(*inside), speaks, rate, "yamaguchi", 2024, {})
    assert landing.falls_single(found, speaks) == [
        "累計なのに、R6.11の19.0%がR6.9の20.0%より少ない（結果 8行目、結果 7行目）。",
        "累計なのに、年度全体の18.5%がR6.11の19.0%より少ない（結果 9行目、結果 8行目）。",
        "印字のまま計算しています。",
    ]
    for other in (builders.measure(accrual="period"), builders.measure(accrual="cumulative", direction="lower")):
        assert landing.falls_single(replace(found, measure=other), speaks) == []


def test_a_count_without_an_eligible_number_says_why_there_is_no_rate() -> None:
    people = replace(package().catalog.measures[INSURED], denominator=None)
    for month, lands in ((7, "山口の着地は3,981人の見込み。目標は 38.3%以上 です"), (1, None)):
        found = forecasts.outlook(book(INSURED), people, monthly(INSURED), "yamaguchi", 2023, month)
        assert "対象者数が収録されていないため、率と目標に必要な人数は示せません。" in landing.context(found, voice())
        assert landing.headline(found, voice()) == (
            lands or "山口はR5.4までに282人：対象者数がないため、年度はじめの見込みは出しません"
        )
        assert [value for _, value, _ in landing.cards(found, voice())][1] == "—"
        assert landing.sheet([found], voice()).table.rows
        assert landing.picture(found, PALETTE, voice(), dark=False)
    assert "収録されていないため、率" not in landing.context(last(), voice())


def test_the_top_row_of_figures() -> None:
    assert landing.cards(last(), voice()) == [
        ("着地見込み", "3,981人", "3,952〜4,011"),
        ("実施率の見込み", "14.9%", "前年度 18.8%（同じ数え方）"),
        ("前年の同じ月から", "▲8.1%", "2,610人 → 2,398人"),
        ("目標人数までの進み", "23.4%", "2,398人 / 10,254人"),
        ("目標に必要なペース", "1,572人/月", "これまで 343人/月"),
    ]


def test_every_figure_of_the_top_row_keeps_a_second_line() -> None:
    cards = landing.cards(last("2021-04", INSURED, 2021), voice("en"))
    assert [(value, below) for _, value, below in cards[:3]] == [("—", "—"), ("—", "—"), ("—", "—")]


@pytest.mark.parametrize("measure", [INSURED, DEPENDANT])
@pytest.mark.parametrize("fiscal_year", [2021, 2022, 2023])
def test_no_japanese_is_left_in_english(measure: str, fiscal_year: int) -> None:
    english = voice("en")
    for outlook in seen(f"{fiscal_year + 1}-03", measure, fiscal_year):
        told = [landing.headline(outlook, english), landing.context(outlook, english)]
        told += [part for card in landing.cards(outlook, english) for part in card]
        told += [str(row.get(k) or "") for row in landing.picture(outlook, PALETTE, english, dark=False) for k in row]
        assert [text for text in told if JAPANESE.search(text)] == []


# --- figures without a series ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measure", "branch", "fiscal_year", "why", "title"),
    [
        (
            "lifestyle_checkup_rate",
            "yamaguchi",
            2023,
            "no_series",
            "山口はR5.9時点で31.4%、同じ月の全国（22.9%）を8.5ポイント上回る",
        ),
        (
            "lifestyle_checkup_rate",
            "saitama",
            2023,
            "no_series",
            "埼玉はR6.1時点で42.6%、同じ月に比べられる値はありません",
        ),
        (
            "single_bid_rate",
            "yamaguchi",
            2023,
            "not_cumulative",
            "山口はR5.9時点で16.7%、同じ月の全国（13.3%）を3.4ポイント上回る",
        ),
        (
            "lifestyle_checkup_rate",
            "shizuoka",
            2024,
            "closed",
            "静岡の令和6年度（2024）は64.7%で確定、見込みは出しません",
        ),
        (
            "lifestyle_checkup_rate",
            "gunma",
            2024,
            "no_figure",
            "群馬の生活習慣病予防健診実施率は、年度途中の実績がなく見込みを出せません",
        ),
        (
            "health_declaration_offices_to_2023",
            "yamaguchi",
            2023,
            "not_cumulative",
            "山口はR5.11時点で1,195事業所、同じ月に比べられる値はありません",
        ),
    ],
)
def test_without_a_series_only_like_months_are_compared(
    measure: str, branch: str, fiscal_year: int, why: str, title: str
) -> None:
    found = alone(measure, branch, fiscal_year)
    assert (found.why, landing.headline_single(found, voice())) == (why, title)
    assert texts("ja")(f"landing.why_{why}") in landing.context_single(found, voice())


def test_the_table_of_single_figures_gives_the_same_month_or_the_reason() -> None:
    table = landing.table_single(alone("lifestyle_checkup_rate"), voice()).texts("ja")
    assert table == [["R5.9", "31.4%", "時点が異なる", "—", "22.9%", "+8.5pt", "59.2%以上"]]


def test_a_nation_on_another_denominator_is_not_compared() -> None:
    rows = landing.table_single(alone(INSURED), voice()).texts("ja")
    assert [row[0] for row in rows] == ["R5.10", "R5.9"]
    assert rows[1][4] == "分母が異なる"


def test_a_year_without_a_series_names_those_with_one() -> None:
    assert "月ごとの実績がある年度はR3・R4・R5です。" in landing.context_single(
        alone(INSURED, fiscal_year=2024), voice()
    )


# --- choosing --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chosen", "branch"),
    [
        (Selection(), "yamaguchi"),
        (Selection(branch=("gunma", "saitama")), "gunma"),
        (Selection(my="saitama"), "saitama"),
        (Selection(my="saitama", branch=("gunma", "saitama")), "saitama"),
        (Selection(my="saitama", branch=("gunma",)), "gunma"),
    ],
)
def test_one_branch_is_shown(chosen: Selection, branch: str) -> None:
    assert landing.branch_of(chosen, package().series, ["gunma", "saitama", "yamaguchi"]) == (branch, "yamaguchi")


def test_the_usual_branch_has_monthly_figures_where_any_has() -> None:
    assert landing.branch_of(Selection(), {}, ["gunma"])[1] == "gunma"
    assert landing.branch_of(Selection(), {}, [])[1] == "national"


def test_the_usual_measure_and_year_have_monthly_figures() -> None:
    held = package().catalog
    offered = landing.measures_of(held, list(held.measures))
    assert landing.default_measure(held, offered, package().series, "yamaguchi") == INSURED
    assert held.measures[landing.default_measure(held, offered, package().series, "gunma")].accrual == "cumulative"
    years = landing.years_of(book(INSURED), held.measures[INSURED], "yamaguchi", package().series)
    assert years == [2023, 2022, 2021]
    assert landing.default_year(book(INSURED), held.measures[INSURED], "yamaguchi", package().series, years) == 2023
    assert landing.default_year(book(INSURED), held.measures[INSURED], "gunma", package().series, []) is None


# --- table and sources -----------------------------------------------------------------------------


def test_the_table_replays_the_year_month_by_month() -> None:
    table = landing.table(seen(), voice())
    assert table.columns[1:4] == ["令和3年度", "令和4年度", "令和5年度"]
    rows = {row[0]: row for row in table.texts("ja")}
    assert len(rows) == 12
    assert rows["10月"] == [
        *("10月", "2,665人", "2,610人", "2,398人", "▲8.1%", "60.2%"),
        *("3,981人", "3,952人", "4,011人", "14.9%", "—", "▲0.7%", "+0.7%"),
    ]
    assert rows["4月"][4:9] == ["▲35.0%", "10.1%", "4,813人", "4,350人", "5,386人"]
    assert rows["11月"][3:10] == ["—"] * 7
    # 2,398 + (c of the month − c of October) × 3,981.4; in March that is where it lands.
    assert [rows[month][10] for month in ("11月", "12月", "1月", "2月", "3月")] == [
        *("2,644人", "2,990人", "3,296人", "3,576人", "3,981人"),
    ]


def test_a_replayed_month_forecasts_nothing_of_the_months_after_it() -> None:
    rows = landing.table(seen("2023-06"), voice()).texts("ja")
    assert [row[6] for row in rows[:4]] == ["4,813人", "4,721人", "4,638人", "—"]


def test_every_figure_has_its_place_in_the_document() -> None:
    figures = landing.figures(last())
    said = {(o.measure, o.as_of): (o.printed, o.line, o.status) for o in figures}
    assert said["guidance_insured_count", "2023-10"] == ("2,398", "397", "provisional")
    assert said["guidance_insured_count", "2023-03"] == ("4,317", "396", "final")
    assert {o.measure for o in figures} == {"guidance_insured_count", "guidance_eligible_insured", INSURED}
    assert "2,398 令和6年度 山口支部事業計画 397行目" in landing.origins(last(), voice())[6]


def test_monthly_figures_are_shown_as_they_are_printed() -> None:
    printed = {
        (row["measure_id"], row["month"]): row["printed"] for row in builders.rows(builders.DATA / "monthly.csv")
    }
    for measure in (INSURED, DEPENDANT):
        outlook = last(measure=measure)
        for figure in landing.printed(outlook, outlook.series):
            assert figure.printed == printed[figure.measure, figure.as_of or ""]


# --- pictures --------------------------------------------------------------------------------------


def drawn(outlook: Outlook) -> Rows:
    return landing.picture(outlook, PALETTE, voice(), dark=False)


def values(rows: Rows, column: str) -> list[object]:
    return [row[column] for row in rows if row.get(column) is not None]


def test_the_curve_shows_earlier_years_this_year_and_where_it_lands() -> None:
    rows = drawn(last())
    assert len(values(rows, "past")) == 24
    assert values(rows, "now") == [282, 625, 1018, 1423, 1727, 2012, 2398]
    assert values(rows, "path")[0] == 2398
    assert len(values(rows, "path")) == 6
    assert values(rows, "target") == [10254]
    assert values(rows, "need") == [2398, 10254]
    assert set(values(rows, "label")) == {"R3 4,441人", "R4 4,317人", "見込み 3,981人（3,952〜4,011）", "目標 10,254人"}
    assert {name for row in rows for name in row} <= set(curve.COLUMNS)


def test_what_came_later_is_apart_from_what_was_known() -> None:
    rows = drawn(last("2022-10", INSURED, 2022))
    assert values(rows, "now")[-1] == 2610
    assert values(rows, "later") == [2910, 3229, 3554, 3854, 4317]


def test_a_complete_year_has_neither_forecast_nor_pace() -> None:
    rows = drawn(last("2023-03", INSURED, 2022))
    for column in ("landing", "path", "need", "low", "point_label"):
        assert values(rows, column) == []
    assert "R4 4,317人" in values(rows, "label")


def test_labels_at_the_right_do_not_run_into_each_other() -> None:
    places = sorted(float(str(y)) for y in values(drawn(last()), "label_y"))
    assert min(b - a for a, b in itertools.pairwise(places)) >= 10254 * 0.07


def test_the_track_record_shows_every_month_of_every_year() -> None:
    rows = landing.track_record(last(), PALETTE, voice())
    assert len(values(rows, "miss")) == 22
    assert values(rows, "label") == ["R3 +14.1%", "R4 ▲12.4%"]
    assert [row["month"] for row in rows if row.get("here")] == [7]
    assert {name for row in rows for name in row} <= set(misses.COLUMNS)


def test_one_earlier_year_has_no_track_record() -> None:
    assert landing.track_record(last("2022-10", INSURED, 2022), PALETTE, voice()) == []
