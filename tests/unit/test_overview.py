"""The Overview on the figures of the documents: counts, sentences and the table a component draws."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pytest

from kenpo import judgement
from kenpo.catalog import Lang
from kenpo.formats import Amount
from kenpo.judgement import STATES, Cell
from kenpo.text import texts
from kenpo.views import overview
from kenpo.views.marks import MARKS
from kenpo.views.overview import Year
from kenpo.views.words import Voice
from tests import builders
from tests.reading import starred
from tests.shipped import package


@dataclass(frozen=True)
class Seen:
    """One Overview: the year judged, and the voice that speaks of it."""

    year: Year
    voice: Voice

    def cell(self, measure: str, branch: str = "shizuoka") -> Cell:
        return self.year.cells[measure, branch]

    def headline(self) -> str:
        return overview.headline(self.year, next(iter(self.year.branches), None), self.voice)

    def context(self) -> str:
        return overview.context(self.year, next(iter(self.year.branches), None), package().coverage, self.voice)

    def matrix(self, states: Sequence[str] = ()) -> dict[str, Any]:
        own = next(iter(self.year.branches), None)
        return overview.matrix(self.year, own, states, package().coverage, self.voice)


def seen(branches: str, fiscal_year: int, lang: Lang = "ja", pillars: Sequence[int] = ()) -> Seen:
    """Branches with commas, the reader's own first."""
    chosen = [branch for branch in branches.split(",") if branch]
    voice = Voice(texts(lang), "wareki" if lang == "ja" else "seireki", package().catalog)
    return Seen(overview.judged(package().year(fiscal_year, chosen), voice, chosen, fiscal_year, pillars), voice)


# --- Shizuoka FY2024: the only year with targets, final actuals and the document's own verdicts ----

SHIZUOKA = [
    # measure, target, actual, gap, met: the table of KPIs at the end of the results
    ("service_standard_rate", "100", "100", "0", True),
    ("mail_application_rate", "98.7", "98.5", "-0.2", False),
    ("claim_assessment_rate", "0.141", "0.126", "-0.015", False),
    ("reexam_amount_per_claim", "7135", "9024", "1889", True),
    ("debt_recovery_rate", "70.77", "71.57", "0.80", True),
    ("card_recovery_rate", "84.12", "82.38", "-1.74", False),
    ("lifestyle_checkup_rate", "67.5", "64.7", "-2.8", False),
    ("employer_checkup_data_rate", "5.7", "5.1", "-0.6", False),
    ("dependant_checkup_rate", "28.2", "29.8", "1.6", True),
    ("guidance_rate_insured", "20.0", "18.1", "-1.9", False),
    ("guidance_rate_dependant", "14.2", "23.9", "9.7", True),
    ("visit_rate_10m", "34.0", "35.6", "1.6", True),
    ("health_declaration_offices", "7140", "7183", "43", True),
    ("generic_use_rate", "84.2", "89.6", "5.4", True),
    ("committee_coverage_rate", "69.5", "69.9", "0.4", True),
    ("committee_offices", "20494", "21168", "674", True),
    ("single_bid_rate", "15.0", "10.6", "4.4", True),
]


def test_fy2024_shows_the_17_kpis_in_the_order_of_the_catalog() -> None:
    assert [m.id for m in seen("shizuoka", 2024).year.measures] == [row[0] for row in SHIZUOKA]


@pytest.mark.parametrize(("measure", "target", "actual", "gap", "met"), SHIZUOKA, ids=[row[0] for row in SHIZUOKA])
def test_shizuoka_is_judged_as_its_document_judges(measure: str, target: str, actual: str, gap: str, met: bool) -> None:
    cell = seen("shizuoka", 2024).cell(measure)
    assert cell.resolved is not None
    assert cell.actual is not None
    assert (str(cell.resolved.value), str(cell.actual.value), str(cell.gap), cell.met) == (target, actual, gap, met)
    assert cell.actual.stated == ("達成" if met else "未達成")
    assert not cell.disagrees


def test_shizuoka_achieved_11_and_missed_6_two_of_them_inside_the_year() -> None:
    year = seen("shizuoka", 2024).year
    assert year.counts() == {"achieved": 11, "not_achieved": 6}
    inside = {c.measure: c.actual.as_of for c in year.of("shizuoka") if c.actual and c.actual.as_of}
    assert inside == {"card_recovery_rate": "2024-11", "generic_use_rate": "2025-02"}


@pytest.mark.parametrize(
    ("measure", "people"),
    [
        ("lifestyle_checkup_rate", 12167),
        ("employer_checkup_data_rate", 2483),
        ("guidance_rate_insured", 1089),
        ("dependant_checkup_rate", 0),
        ("guidance_rate_dependant", 0),
        ("visit_rate_10m", 0),
        ("single_bid_rate", 0),
    ],
)
def test_people_still_to_reach(measure: str, people: int) -> None:
    found = seen("shizuoka", 2024).cell(measure).people
    assert found is not None
    assert (found.count, found.basis, found.approximate) == (people, "actual", False)


@pytest.mark.parametrize("measure", ["mail_application_rate", "debt_recovery_rate", "health_declaration_offices"])
def test_no_people_where_no_counts_are_printed(measure: str) -> None:
    assert seen("shizuoka", 2024).cell(measure).people is None


def test_the_visit_rate_is_compared_with_the_ten_month_rate_of_last_year() -> None:
    found = seen("shizuoka", 2024).cell("visit_rate_10m").on_last_year
    assert found.base is not None
    assert (found.value, found.base.number) == (Decimal("1.6"), Decimal("34.0"))


def test_fewer_single_bids_than_allowed_are_favourable_and_more_than_last_year_are_not() -> None:
    cell = seen("shizuoka", 2024).cell("single_bid_rate")
    assert (cell.gap, cell.on_last_year.value, cell.to_national.value) == (
        Decimal("4.4"),
        Decimal("-2.2"),
        Decimal("0.1"),
    )


def test_a_month_is_not_compared_with_a_whole_year() -> None:
    cell = seen("shizuoka", 2024).cell("card_recovery_rate")
    assert (cell.on_last_year.value, cell.on_last_year.reason) == (None, "no_common_date")


# --- FY2023: inside the year, undated, excluded, definitions changed -------------------------------


def test_a_cumulative_rate_inside_the_year_is_not_judged_but_compared_with_the_same_month() -> None:
    cell = seen("yamaguchi", 2023).cell("lifestyle_checkup_rate", "yamaguchi")
    assert cell.actual is not None
    assert (cell.state, cell.met, cell.gap) == ("in_progress", None, None)
    assert (cell.actual.number, cell.actual.as_of) == (Decimal("31.4"), "2023-09")
    assert cell.to_national.base is not None
    assert (cell.to_national.value, cell.to_national.base.number) == (Decimal("8.5"), Decimal("22.9"))


@pytest.mark.parametrize("measure", ["guidance_rate_insured", "guidance_rate_dependant"])
def test_the_nations_guidance_rates_stand_on_another_denominator(measure: str) -> None:
    found = seen("yamaguchi", 2023).cell(measure, "yamaguchi").to_national
    assert (found.value, found.reason) == (None, "other_denominator")


def test_where_several_months_are_printed_the_latest_is_shown() -> None:
    cell = seen("yamaguchi", 2023).cell("guidance_rate_insured", "yamaguchi")
    assert cell.actual is not None
    assert (cell.actual.as_of, cell.actual.number) == ("2023-10", Decimal("9.0"))
    assert [(o.as_of, o.number) for o in cell.other_actuals] == [("2023-09", Decimal("7.5"))]


def test_an_undated_figure_is_shown_and_never_judged_nor_compared() -> None:
    cell = seen("saitama", 2023).cell("guidance_rate_insured", "saitama")
    assert cell.actual is not None
    assert (cell.state, cell.actual.number, cell.actual.stated) == ("undated", Decimal("6.1"), "△")
    assert (cell.met, cell.gap, cell.on_last_year.value, cell.to_national.value, cell.people) == (None,) * 5


@pytest.mark.parametrize(
    ("branches", "fiscal_year", "states"),
    [
        ("shizuoka,gunma,yamaguchi", 2024, {"achieved": 11, "not_achieved": 6, "target_only": 18, "base_unknown": 16}),
        (
            "saitama",
            2023,
            {"achieved": 2, "in_progress": 3, "undated": 12, "target_only": 1, "qualitative": 1, "absent": 1},
        ),
        ("gunma", 2025, {"target_only": 10, "base_unknown": 7, "qualitative": 2}),
        ("okinawa", 2024, {"absent": 17}),
    ],
)
def test_every_cell_of_a_branch_is_counted_once(branches: str, fiscal_year: int, states: dict[str, int]) -> None:
    year = seen(branches, fiscal_year).year
    assert year.counts() == states
    assert sum(states.values()) == len(year.measures) * len(year.branches)


@pytest.mark.parametrize("fiscal_year", range(2020, 2030))
def test_states_add_up_in_every_year(fiscal_year: int) -> None:
    year = seen("gunma,okayama,saitama,shizuoka,yamaguchi", fiscal_year).year
    counts = year.counts()
    assert sum(counts.values()) == 5 * len(year.measures)
    assert set(counts) <= set(STATES)


# --- what is shown when nothing is chosen ----------------------------------------------------------


@pytest.mark.parametrize(
    ("chosen", "usual", "own", "shown"),
    [
        ("ab", "xyz", None, "ab"),
        ("ab", "xyz", "b", "ba"),
        ("ab", "xyz", "c", "cab"),
        ("abcdefgh", "xyz", "z", "zabcdefgh"),
        ("", "abcdef", None, "abcdef"),
        ("", "abcdef", "z", "zabcde"),
        ("", "abcdef", "c", "cabdef"),
        ("", "", None, ""),
        ("", "", "a", "a"),
    ],
)
def test_the_own_branch_stands_first_and_all_that_are_chosen_have_a_column(
    chosen: str, usual: str, own: str | None, shown: str
) -> None:
    assert overview.columns(tuple(chosen), tuple(usual), own) == tuple(shown)


@pytest.mark.parametrize(("others", "colored"), [(5, True), (6, False)])
def test_of_many_columns_only_the_readers_own_is_coloured(others: int, colored: bool) -> None:
    names = ["yamaguchi", *("tokyo", "osaka", "kyoto", "nara", "shiga", "hyogo")[:others]]
    found = seen(",".join(names), 2024)
    columns = overview.matrix(found.year, "yamaguchi", (), package().coverage, found.voice)["columns"]
    assert columns[0]["color"] == ["#3B55D6", "#8F9DE6"]
    assert {column["color"] is not None for column in columns[1:-1]} == {colored}
    assert columns[-1]["color"] == ["#5B6470", "#A9B2BE"]


def test_states_to_filter_by_occur_or_are_chosen() -> None:
    counts = seen("shizuoka", 2024).year.counts()
    assert overview.shown_states(counts, ["undated"]) == ["achieved", "not_achieved", "undated"]


@pytest.mark.parametrize(
    ("lang", "said"),
    [("ja", ["● 達成 11", "✕ 未達成 6", "◌ 時点不明 0"]), ("en", ["● Met 11", "✕ Missed 6", "◌ Undated 0"])],
)
def test_a_state_to_filter_by_says_mark_word_and_number(lang: Lang, said: list[str]) -> None:
    found = seen("shizuoka", 2024, lang)
    states, words = overview.state_filter(found.year, ["undated"], found.voice)
    assert [words(state) for state in states] == said


def test_a_state_without_a_mark_has_word_and_number() -> None:
    found = seen("gunma", 2025)
    states, words = overview.state_filter(found.year, [], found.voice)
    assert words(states[0]) == "目標のみ 10"


# --- sentences -------------------------------------------------------------------------------------

HEADLINES: list[tuple[str, int, str, str]] = [
    (
        "shizuoka",
        2024,
        "静岡は判定できる17指標のうち 11 を達成、6 が未達成",
        "Shizuoka met 11 of the 17 measures that can be judged and missed 6",
    ),
    (
        "yamaguchi",
        2023,
        "山口は判定できる5指標のうち 2 を達成、3 が未達成",
        "Yamaguchi met 2 of the 5 measures that can be judged and missed 3",
    ),
    (
        "yamaguchi",
        2024,
        "山口は17指標に目標、判定できる実績はまだありません",
        "Yamaguchi has targets for 17 measures; no actual can be judged yet",
    ),
    (
        "gunma",
        2025,
        "群馬は19指標に目標、判定できる実績はまだありません",
        "Gunma has targets for 19 measures; no actual can be judged yet",
    ),
    (
        "shizuoka",
        2023,
        "静岡は14指標に実績、目標は収録資料にありません",
        "Measures of Shizuoka with an actual: 14; our documents hold no target",
    ),
    (
        "okayama",
        2024,
        "岡山の令和6年度（2024）の資料は収録されていません",
        "No document of Okayama for FY2024 (Reiwa 6) is held here",
    ),
    (
        # One figure of the nation's annual report, which names the lowest branch of 47.
        "saitama",
        2024,
        "埼玉は1指標に実績、目標は収録資料にありません",
        "Measures of Saitama with an actual: 1; our documents hold no target",
    ),
    (
        "",
        2024,
        "令和6年度（2024）の計画と結果は収録されていません",
        "No plan or result for FY2024 (Reiwa 6) is held here",
    ),
]


@pytest.mark.parametrize(("branch", "fiscal_year", "ja", "en"), HEADLINES, ids=[f"{h[0]} {h[1]}" for h in HEADLINES])
def test_the_headline_says_what_was_found(branch: str, fiscal_year: int, ja: str, en: str) -> None:
    assert seen(branch, fiscal_year, "ja").headline() == ja
    assert seen(branch, fiscal_year, "en").headline() == en


def test_the_headline_speaks_of_the_own_branch_alone() -> None:
    assert seen("yamaguchi,shizuoka,gunma", 2024).headline().startswith("山口は17指標に目標")


CONTEXTS: list[tuple[str, int, str, str]] = [
    (
        "shizuoka",
        2024,
        (
            "未達成で最も人数に響くのは **生活習慣病予防健診実施率 64.7%**"
            "（目標との差 ▲2.8ポイント、あと**12,167人**）。判定のうち2指標は年度途中の時点（R6.11・R7.2）。"
        ),
        (
            "Furthest from target in people: **Lifestyle-disease checkup rate (insured) 64.7%** "
            "(−2.8 pt, **12,167 people** to go). Verdicts on part-year values: 2 (Nov 2024, Feb 2025)."
        ),
    ),
    (
        "saitama",
        2023,
        (
            "判定のうち2指標は年度途中の時点（R5.11・R6.2）。3指標は途中経過のため判定していません。"
            "12指標は時点の印字がなく、判定も比較もしていません。"
        ),
        (
            "Verdicts on part-year values: 2 (Nov 2023, Feb 2024). Part-year and not judged: 3. "
            "Undated, neither judged nor compared: 12."
        ),
    ),
    ("okayama", 2024, "収録のある年度：R2・R3", "Years held: 2020, 2021"),
    # It has no document of that year either, whatever the nation's annual report says of it.
    ("saitama", 2024, "収録のある年度：R4・R5", "Years held: 2022, 2023"),
    ("yamaguchi", 2024, "", ""),
    (
        "",
        2024,
        "収録のある年度：R2・R3・R4・R5・R6・R7・R11",
        "Years held: 2020, 2021, 2022, 2023, 2024, 2025, 2029",
    ),
]


@pytest.mark.parametrize(("branch", "fiscal_year", "ja", "en"), CONTEXTS, ids=[f"{c[0]} {c[1]}" for c in CONTEXTS])
def test_the_context_says_what_the_verdicts_rest_on(branch: str, fiscal_year: int, ja: str, en: str) -> None:
    assert starred(seen(branch, fiscal_year, "ja").context()) == ja
    assert starred(seen(branch, fiscal_year, "en").context()) == en


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_branch_without_any_year_is_not_given_an_empty_list_of_years(lang: Lang) -> None:
    assert not seen("hokkaido", 2024, lang).context().rstrip().endswith((":", "："))


# --- matrix ----------------------------------------------------------------------------------------


def rows_of(table: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    return {row["id"]: row["cells"] for group in table["groups"] for row in group["rows"]}


def test_the_matrix_is_plain_data() -> None:
    table = seen("shizuoka,yamaguchi", 2024).matrix()
    assert json.loads(json.dumps(table, ensure_ascii=False)) == table


def test_the_matrix_names_its_columns_the_own_first_and_the_nation_last() -> None:
    table = seen("shizuoka,gunma", 2024).matrix()
    assert table["columns"] == [
        {
            "id": "shizuoka",
            "name": "静岡",
            "color": ["#B58900", "#E6D23C"],
            "note": "年度途中の値を含む",
            "national": False,
            "own": True,
        },
        {
            "id": "gunma",
            "name": "群馬",
            "color": ["#52260D", "#8F7040"],
            "note": "計画のみ・実績の資料なし",
            "national": False,
            "own": False,
        },
        {
            "id": "national",
            "name": "全国",
            "color": ["#5B6470", "#A9B2BE"],
            "note": "参考",
            "national": True,
            "own": False,
        },
    ]
    assert (table["lang"], table["caption"]) == ("ja", "令和6年度（2024）の指標×支部の一覧表")


@pytest.mark.parametrize(
    ("branch", "fiscal_year", "ja", "en"),
    [
        ("shizuoka", 2023, "実績（確定）", "Actuals (final)"),
        ("shizuoka", 2024, "年度途中の値を含む", "Includes part-year values"),
        ("saitama", 2023, "時点不明の値を含む", "Includes undated values"),
        ("yamaguchi", 2024, "計画のみ・実績の資料なし", "Plan only, no actuals held"),
        ("gunma", 2025, "計画（案）のみ・実績の資料なし", "Draft plan only, no actuals held"),
        ("okayama", 2024, "資料なし（R2・R3を収録）", "No document (held: 2020, 2021)"),
        ("hokkaido", 2024, "収録資料なし", "No document"),
    ],
)
def test_a_column_says_what_kind_of_figures_it_holds(branch: str, fiscal_year: int, ja: str, en: str) -> None:
    assert seen(branch, fiscal_year, "ja").matrix()["columns"][0]["note"] == ja
    assert seen(branch, fiscal_year, "en").matrix()["columns"][0]["note"] == en


def test_rows_stand_under_their_pillar_with_the_count_of_each_column() -> None:
    groups = seen("shizuoka,yamaguchi", 2024).matrix()["groups"]
    assert [(g["id"], g["label"], len(g["rows"]), g["counts"]) for g in groups] == [
        ("1", "基盤的保険者機能", 6, ["3/6 達成", "", "2/4 達成"]),
        ("2", "戦略的保険者機能", 10, ["7/10 達成", "", "1/5 達成"]),
        ("3", "組織・運営体制", 1, ["1/1 達成", "", "1/1 達成"]),
    ]


NATION = [
    # measure, target or last year's final, actual, gap, met: the nation's own figures of FY2024
    ("claim_assessment_rate", "0.156", "0.131", "-0.025", False),
    ("reexam_amount_per_claim", "8472", "9908", "1436", True),
    ("debt_recovery_rate", "63.35", "66.20", "2.85", True),
    ("card_recovery_rate", "82.10", "81.36", "-0.74", False),
    ("lifestyle_checkup_rate", "61.7", "58.4", "-3.3", False),
    ("dependant_checkup_rate", "30.3", "29.4", "-0.9", False),
    ("guidance_rate_insured", "21.5", "20.3", "-1.2", False),
    ("guidance_rate_dependant", "18.1", "17.1", "-1.0", False),
    ("health_declaration_offices", "100000", "105343", "5343", True),
    ("single_bid_rate", "15", "10.7", "4.3", True),
]


@pytest.mark.parametrize(("measure", "target", "actual", "gap", "met"), NATION, ids=[row[0] for row in NATION])
def test_the_nation_is_judged_beside(measure: str, target: str, actual: str, gap: str, met: bool) -> None:
    cell = seen("shizuoka", 2024).cell(measure, "national")
    assert cell.resolved is not None
    assert cell.actual is not None
    assert (str(cell.resolved.value), str(cell.actual.value), str(cell.gap), cell.met) == (target, actual, gap, met)


@pytest.mark.parametrize(
    ("measure", "to_national"),
    [
        ("lifestyle_checkup_rate", "6.3"),
        ("dependant_checkup_rate", "0.4"),
        ("guidance_rate_insured", "-2.2"),
        ("guidance_rate_dependant", "6.8"),
        ("claim_assessment_rate", "-0.005"),
        ("reexam_amount_per_claim", "-884"),
        ("debt_recovery_rate", "5.37"),
        # Both up to November.
        ("card_recovery_rate", "1.02"),
        ("single_bid_rate", "0.1"),
    ],
)
def test_shizuoka_against_the_nation(measure: str, to_national: str) -> None:
    assert str(seen("shizuoka", 2024).cell(measure).to_national.value) == to_national


@pytest.mark.parametrize(
    ("measure", "reason"),
    [
        ("health_declaration_offices", "counts"),
        ("committee_offices", "counts"),
        # February against March.
        ("generic_use_rate", "no_common_date"),
        ("employer_checkup_data_rate", "no_base"),
        ("visit_rate_10m", "no_base"),
    ],
)
def test_why_shizuoka_is_not_set_against_the_nation(measure: str, reason: str) -> None:
    found = seen("shizuoka", 2024).cell(measure).to_national
    assert (found.value, found.reason) == (None, reason)


def test_goals_of_a_branch_stand_in_a_group_of_their_own() -> None:
    groups = seen("okayama", 2021, "en").matrix()["groups"]
    assert [(g["id"], g["label"]) for g in groups][-1] == ("goal", "Branch’s own goals")
    assert {row["id"] for row in groups[-1]["rows"]} == {
        "mail_magazine_subscribers",
        "line_subscribers",
        "declared_office_checkup_rate",
        "declared_office_guidance_rate",
        "declared_office_committee_rate",
    }


@pytest.mark.parametrize(("lang", "label"), [("ja", "柱の記載なし"), ("en", "No pillar given")])
def test_a_kpi_without_a_pillar_stands_in_a_group_of_its_own(lang: Lang, label: str) -> None:
    found = seen("shizuoka", 2024, lang)
    bids = replace(found.voice.catalog.measures["single_bid_rate"], pillar=None)
    held = replace(found.voice.catalog, measures={**found.voice.catalog.measures, bids.id: bids})
    measures = [bids if m.id == bids.id else m for m in found.year.measures]
    alone = Seen(replace(found.year, measures=measures), replace(found.voice, catalog=held))
    groups = alone.matrix()["groups"]
    assert [(g["id"], len(g["rows"])) for g in groups] == [("1", 6), ("2", 10), ("none", 1)]
    assert (groups[-1]["label"], groups[-1]["counts"][0]) == (label, "1/1 達成" if lang == "ja" else "1 of 1 met")


def test_a_goal_without_a_pillar_stands_with_the_goals() -> None:
    found = seen("okayama", 2021)
    measures = [replace(m, pillar=None) if m.role == "goal" else m for m in found.year.measures]
    groups = replace(found, year=replace(found.year, measures=measures)).matrix()["groups"]
    assert [(g["id"], len(g["rows"])) for g in groups][-1] == ("goal", 5)


@pytest.mark.parametrize(
    ("measure", "state"),
    [
        ("dependant_recheck_submission_rate", "in_progress"),
        ("declared_office_checkup_rate", "in_progress"),
        ("declared_office_guidance_rate", "in_progress"),
        ("visit_rate_3m", "in_progress"),
        ("visit_rate_10m", "in_progress"),
        ("declared_office_committee_rate", "achieved"),
        ("committee_coverage_rate", "achieved"),
    ],
)
def test_a_part_year_figure_of_what_grows_through_the_year_is_not_judged(measure: str, state: str) -> None:
    figures = (
        builders.figure("20.0", measure=measure, as_of="2024-09"),
        builders.figure("10.0", measure=measure, rule="at_least"),
    )
    assert judgement.judge(builders.book(*figures), package().catalog, "yamaguchi", 2024, measure).state == state


@pytest.mark.parametrize(("pillar", "rows"), [(1, 6), (2, 10), (3, 1)])
def test_a_chosen_pillar_keeps_its_rows_alone(pillar: int, rows: int) -> None:
    found = seen("shizuoka", 2024, pillars=(pillar,))
    assert ([g["id"] for g in found.matrix()["groups"]], len(found.year.measures)) == ([str(pillar)], rows)


def test_two_pillars_may_be_chosen() -> None:
    assert len(seen("shizuoka", 2024, pillars=(1, 3)).year.measures) == 7


def test_every_row_has_a_cell_for_every_column() -> None:
    table = seen("shizuoka,gunma,yamaguchi", 2024).matrix()
    assert {len(cells) for cells in rows_of(table).values()} == {4}


CELLS: list[tuple[str, str, int, dict[str, object]]] = [
    (
        "lifestyle_checkup_rate",
        "shizuoka",
        2024,
        {
            "state": "not_achieved",
            "mark": "✕",
            "word": "未達成",
            "value": "64.7",
            "unit": "%",
            "gap": "▲2.8",
            "gap_unit": "pt",
        },
    ),
    (
        "card_recovery_rate",
        "shizuoka",
        2024,
        {
            "state": "not_achieved",
            "mark": "✕",
            "word": "未達成",
            "when": "R6.11",
            "value": "82.38",
            "unit": "%",
            "gap": "▲1.74",
            "gap_unit": "pt",
        },
    ),
    (
        "reexam_amount_per_claim",
        "shizuoka",
        2024,
        {
            "state": "achieved",
            "mark": "●",
            "word": "達成",
            "value": "9,024",
            "unit": "円",
            "gap": "+1,889",
            "gap_unit": "円",
        },
    ),
    (
        "service_standard_rate",
        "shizuoka",
        2024,
        {"state": "achieved", "mark": "●", "word": "達成", "value": "100", "unit": "%", "gap": "±0"},
    ),
    (
        "mail_application_rate",
        "yamaguchi",
        2024,
        {"state": "base_unknown", "word": "目標", "value": "前年度以上", "wide": True},
    ),
    (
        "lifestyle_checkup_rate",
        "yamaguchi",
        2024,
        {"state": "target_only", "word": "目標", "value": "58.0", "unit": "%"},
    ),
    ("single_bid_rate", "gunma", 2025, {"state": "target_only", "word": "目標（案）", "value": "15", "unit": "%"}),
    (
        "biosimilar_promotion",
        "gunma",
        2025,
        {"state": "qualitative", "word": "目標（案）", "value": "定性目標", "wide": True},
    ),
    (
        # A result in words: the document's own verdict is all there is.
        "opinion_transmission",
        "saitama",
        2023,
        {"state": "qualitative", "word": "目標", "value": "定性目標", "aside": "文書 ○"},
    ),
    (
        # 80 % or more is asked of every branch, not of the average.
        "generic_use_rate",
        "national",
        2023,
        {"state": "actual_only", "word": "目標なし", "when": "R5.8", "value": "82.9", "unit": "%"},
    ),
    (
        "committee_offices",
        "shizuoka",
        2024,
        {
            "state": "achieved",
            "mark": "●",
            "word": "達成",
            "value": "21,168",
            "unit": "事業所",
            "gap": "+674",
            "gap_unit": "事業所",
        },
    ),
    (
        "lifestyle_checkup_rate",
        "yamaguchi",
        2023,
        {
            "state": "in_progress",
            "mark": "◐",
            "word": "途中",
            "when": "R5.9",
            "value": "31.4",
            "unit": "%",
            "aside": "全国+8.5pt",
        },
    ),
    (
        "guidance_rate_insured",
        "saitama",
        2023,
        {"state": "undated", "mark": "◌", "word": "時点不明", "value": "6.1", "unit": "%", "aside": "文書 △"},
    ),
    (
        "single_bid_rate",
        "yamaguchi",
        2023,
        {
            "state": "actual_only",
            "word": "目標なし",
            "when": "R5.9",
            "value": "16.7",
            "unit": "%",
            "aside": "全国▲3.4pt",
        },
    ),
    ("judo_frequent_claim_rate", "yamaguchi", 2023, {"state": "absent", "word": "収録資料なし"}),
    (
        # October is shown, September is what both print.
        "employer_checkup_data_rate",
        "yamaguchi",
        2023,
        {
            "state": "in_progress",
            "mark": "◐",
            "word": "途中",
            "when": "R5.10",
            "value": "4.3",
            "unit": "%",
            "aside": "全国+1.2pt（R5.9）",
        },
    ),
    (
        "debt_recovery_rate_post_loss",
        "yamaguchi",
        2023,
        {
            "state": "not_comparable",
            "mark": "／",
            "word": "新定義",
            "when": "R5.10",
            "value": "57.34",
            "unit": "%",
        },
    ),
]


@pytest.mark.parametrize(
    ("measure", "branch", "fiscal_year", "shown"), CELLS, ids=[f"{c[0]} {c[1]} {c[2]}" for c in CELLS]
)
def test_a_cell_is_drawn_with_word_shape_value_and_gap(
    measure: str, branch: str, fiscal_year: int, shown: dict[str, object]
) -> None:
    cell = rows_of(seen(branch, fiscal_year).matrix())[measure][0]
    assert {key: said for key, said in cell.items() if key != "about"} == shown


def test_a_draft_is_marked_in_english_with_half_width_brackets() -> None:
    cell = rows_of(seen("gunma", 2025, "en").matrix())["single_bid_rate"][0]
    assert (cell["word"], cell["value"]) == ("Target (draft)", "15")


def test_the_month_of_a_difference_is_named_in_english_too() -> None:
    cell = rows_of(seen("yamaguchi", 2023, "en").matrix())["employer_checkup_data_rate"][0]
    assert (cell["when"], cell["aside"]) == ("Oct 2023", "nation +1.2pt (Sep 2023)")


def test_an_actual_without_a_base_is_shown_and_not_hidden_behind_its_target() -> None:
    # The nation prints 89.1 for March; its final share of the year before is not on record.
    cell = rows_of(seen("shizuoka", 2024).matrix())["generic_use_rate"][1]
    assert (cell["state"], cell["when"], cell["value"], cell["unit"]) == ("base_unknown", "R7.3", "89.1", "%")


def test_a_figure_on_another_definition_leads_to_its_origin() -> None:
    cell = rows_of(seen("yamaguchi", 2023).matrix())["debt_recovery_rate_post_loss"][0]
    assert cell["about"] == ["定義の異なる指標の値だけがあり、比較不可", "令和6年度 山口支部事業計画 291行目"]


def test_sources_stand_in_the_cells_when_asked_for() -> None:
    found = seen("shizuoka,okayama", 2024)
    cells = overview.matrix(found.year, "shizuoka", (), package().coverage, found.voice, sources=True)
    shizuoka, okayama, nation = rows_of(cells)["lifestyle_checkup_rate"]
    assert shizuoka["source"] == "令和6年度 静岡支部事業計画実施結果 187, 191, 527行目"
    assert nation["source"].endswith("120ページ https://www.wic-net.com/material/document/21806/120")
    assert "source" not in okayama
    assert not [cell for cells in rows_of(found.matrix()).values() for cell in cells if "source" in cell]


def test_a_figure_on_another_definition_is_named_as_such() -> None:
    table = rows_of(seen("yamaguchi,saitama", 2023, "en").matrix())
    new = table["debt_recovery_rate_post_loss"][0]
    old = table["debt_recovery_rate"][1]
    assert (new["state"], new["word"], new["value"]) == ("not_comparable", "New definition", "57.34")
    assert (old["state"], old["word"], old["value"]) == ("not_comparable", "Old definition", "66.62")


def test_every_cell_has_something_for_a_reader_who_cannot_see_it() -> None:
    table = seen("shizuoka,yamaguchi", 2024).matrix()
    assert all(cell["about"][0] for cells in rows_of(table).values() for cell in cells)


def test_no_mark_is_the_minus_sign_or_a_mark_documents_print() -> None:
    assert not set(MARKS.values()) & set("▲◎○△×")


def test_no_two_states_share_a_mark() -> None:
    assert len(set(MARKS.values())) == len(MARKS)


def test_rows_where_less_is_better_say_so() -> None:
    groups = seen("shizuoka", 2024).matrix()["groups"]
    remarks = {row["id"]: row["remark"] for group in groups for row in group["rows"]}
    assert remarks.pop("single_bid_rate") == "低いほど良い"
    assert set(remarks.values()) == {""}


def test_a_chosen_state_keeps_its_rows_and_dims_the_other_cells() -> None:
    table = rows_of(seen("yamaguchi,shizuoka", 2024).matrix(["not_achieved"]))
    assert list(table) == [row[0] for row in SHIZUOKA if not row[4]]
    for own, other, national in table.values():
        assert (own.get("dim"), other["state"], other.get("dim"), national.get("dim")) == (
            True,
            "not_achieved",
            None,
            None,
        )


def test_a_chosen_state_leaves_the_counts_of_a_pillar_whole() -> None:
    groups = seen("shizuoka", 2024).matrix(["not_achieved"])["groups"]
    assert [(g["id"], len(g["rows"]), g["counts"][0]) for g in groups] == [
        ("1", 3, "3/6 達成"),
        ("2", 3, "7/10 達成"),
    ]


def test_the_nation_alone_does_not_keep_a_row() -> None:
    # The nation achieved its single-bid target; no chosen branch did.
    assert seen("yamaguchi", 2024).matrix(["achieved"])["groups"] == []


def test_no_state_chosen_dims_nothing() -> None:
    table = rows_of(seen("shizuoka", 2024).matrix())
    assert not any("dim" in cell for cells in table.values() for cell in cells)


# --- sources ---------------------------------------------------------------------------------------


def test_the_documents_behind_the_table_stand_in_the_order_of_the_catalog() -> None:
    found = seen("shizuoka,gunma,yamaguchi", 2024)
    assert found.voice.documents(overview.speaking(found.year)) == [
        "令和6年度 山口支部事業計画（2024-03-18）",
        "令和6年度 静岡支部事業計画実施結果",
        "令和7年度 群馬支部事業計画（案）（2025-01-17）",
        "令和6年度 事業報告書（健康保険事業） 298ページ",
        "令和6年度 事業報告書（健康保険事業） 120ページ",
        "令和6年度 事業報告書（健康保険事業） 119ページ",
        "令和6年度 業績評価シート Ⅰ.2 50ページ",
        "令和6年度 業績評価シート Ⅰ.1 43ページ",
        "令和6年度 事業報告書（健康保険事業） 74ページ",
        "令和6年度 事業報告書（健康保険事業） 75ページ",
        "令和6年度 事業報告書（健康保険事業） 140ページ",
        "令和6年度 事業報告書（健康保険事業） 148ページ",
    ]


def test_no_figures_rest_on_no_documents() -> None:
    assert seen("", 2024).voice.documents([]) == []


# --- the table to take away ------------------------------------------------------------------------


def test_the_table_to_take_away_has_five_typed_columns_a_branch() -> None:
    found = seen("shizuoka,yamaguchi", 2024)
    table = overview.table(found.year, found.voice)
    parts = ("状態", "時点", "実績", "目標", "目標との差")
    assert list(table.columns) == ["指標", "単位", *(f"{b} {part}" for b in ("静岡", "山口", "全国") for part in parts)]
    assert (table.name, table.title, table.context) == ("概況", found.headline(), "令和6年度（2024）")
    row = next(row for row in table.rows if row[0] == "生活習慣病予防健診実施率")
    assert list(row[1:]) == [
        "%",
        *("未達成", None, Amount(Decimal("64.7"), "%"), Amount(Decimal("67.5"), "%")),
        Amount(Decimal("-2.8"), "pt", signed=True),
        *("目標のみ", None, None, Amount(Decimal("58.0"), "%"), None),
        *("未達成", None, Amount(Decimal("58.4"), "%"), Amount(Decimal("61.7"), "%")),
        Amount(Decimal("-3.3"), "pt", signed=True),
    ]


def test_the_table_to_take_away_names_months_and_targets_without_a_number() -> None:
    found = seen("shizuoka,yamaguchi", 2024)
    rows = {row[0]: row for row in overview.table(found.year, found.voice).texts("ja")}
    assert rows["資格喪失後1か月以内の保険証回収率"][2:7] == ["未達成", "R6.11", "82.38%", "84.12%", "▲1.74pt"]
    assert rows["資格喪失後1か月以内の保険証回収率"][7:12] == ["基準不明", "—", "—", "前年度以上", "—"]


def test_the_table_to_take_away_says_the_unit_of_each_measure() -> None:
    # Numbers of a CSV stand without it.
    found = seen("shizuoka", 2024)
    units = {row[0]: row[1] for row in overview.table(found.year, found.voice).rows}
    assert (units["生活習慣病予防健診実施率"], units["再審査レセプト1件当たりの査定額"]) == ("%", "円")
    assert units["健康宣言事業所数（標準化された宣言）"] == "事業所"


def test_the_table_to_take_away_has_a_result_in_words_with_the_verdict_of_the_document() -> None:
    found = seen("saitama", 2023)
    rows = {str(row[0]): list(row) for row in overview.table(found.year, found.voice).rows}
    said = "病床機能報告定量基準分析結果に対して意見発信（文書 ○）"
    assert rows["医療データ等を活用した効果的な意見発信"][2:7] == ["定性", None, said, "定性目標", None]


def test_the_table_to_take_away_has_a_row_for_every_measure() -> None:
    found = seen("shizuoka", 2024, "en")
    table = overview.table(found.year, found.voice)
    assert len(table.rows) == 17
    assert {len(row) for row in table.rows} == {len(table.columns)} == {12}


def test_every_figure_shown_is_among_the_sources() -> None:
    found = seen("shizuoka", 2024)
    shown = [o for o in overview.speaking(found.year) if o.branch == "shizuoka"]
    assert len(shown) == 34
    assert {(o.measure, str(o.value)) for o in shown} == {
        (row[0], value) for row in SHIZUOKA for value in (row[1], row[2])
    }


def test_a_base_taken_from_last_year_is_among_the_sources() -> None:
    # In the documents only the nation has such a base.
    measure = builders.measure()
    held = builders.held(measure)
    book = builders.book(
        builders.figure(None, rule="at_least_previous_year"),
        builders.figure("51.0", line="2"),
        builders.figure("50.0", fiscal_year=2023, line="3"),
    )
    voice = Voice(texts("en"), "seireki", held)
    year = overview.judged(book, voice, ["yamaguchi"], 2024, ())
    assert {figure.line for figure in overview.speaking(year)} == {"1", "2", "3"}
