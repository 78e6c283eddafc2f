"""The details of a cell: its facts in words, every printed figure behind it, and the origin of each."""

from __future__ import annotations

import pytest

from kenpo import judgement
from kenpo.catalog import Lang
from kenpo.judgement import Book, Cell, Observation
from kenpo.text import texts
from kenpo.views.details import Details, details, sentence, source, sources
from kenpo.views.words import Voice
from tests import builders
from tests.shipped import package


def voice(lang: Lang) -> Voice:
    return Voice(texts(lang), "wareki" if lang == "ja" else "seireki", package().catalog)


def judged(branch: str, fiscal_year: int, measure: str) -> tuple[Cell, Book]:
    book = package().year(fiscal_year, [branch])
    return judgement.judge(book, package().catalog, branch, fiscal_year, measure), book


def opened(branch: str, fiscal_year: int, measure: str, lang: Lang = "ja") -> Details:
    return details(*judged(branch, fiscal_year, measure), voice(lang))


def facts(branch: str, fiscal_year: int, measure: str, lang: Lang = "ja") -> dict[str, str]:
    return dict(opened(branch, fiscal_year, measure, lang).facts)


# --- Shizuoka, lifestyle checkups, FY2024 ----------------------------------------------------------


def test_the_heading_names_branch_measure_and_year() -> None:
    cell = ("shizuoka", 2024, "lifestyle_checkup_rate")
    assert opened(*cell).heading == "静岡 · 生活習慣病予防健診実施率 · 令和6年度（2024）"
    assert opened(*cell, "en").heading == ("Shizuoka · Lifestyle-disease checkup rate (insured) · FY2024 (Reiwa 6)")


def test_the_facts_of_a_missed_target_in_japanese() -> None:
    assert opened("shizuoka", 2024, "lifestyle_checkup_rate").facts == [
        ("状態", "未達成"),
        ("実績", "64.7%"),
        ("目標", "67.5%以上"),
        ("目標との差", "▲2.8ポイント"),
        ("達成率", "95.9%"),
        ("目標までの人数", "12,167人 ／ 対象 438,120人"),
        ("対前年度", "▲4.9ポイント"),
        ("全国との差", "+6.3ポイント"),
        ("95％区間（Wilson）", "64.6–64.9%"),
        ("文書の判定", "未達成"),
    ]


def test_the_facts_of_a_missed_target_in_english() -> None:
    assert opened("shizuoka", 2024, "lifestyle_checkup_rate", "en").facts == [
        ("State", "Target missed"),
        ("Actual", "64.7%"),
        ("Target", "at least 67.5%"),
        ("Gap to target", "−2.8 pt"),
        ("Achievement rate", "95.9%"),
        ("People to reach the target", "12,167 people of 438,120 eligible"),
        ("On last year", "−4.9 pt"),
        ("Against the nation", "+6.3 pt"),
        ("95% interval (Wilson)", "64.6–64.9%"),
        ("The document’s verdict", "未達成"),
    ]


def test_every_printed_figure_behind_the_cell_is_listed_the_own_first() -> None:
    figures = opened("shizuoka", 2024, "lifestyle_checkup_rate").figures
    assert [(row["区分"], row["印字"]) for row in figures] == [
        ("令和6年度 実績 生活習慣病予防健診実施率", "64.7%"),
        ("令和6年度 目標 生活習慣病予防健診実施率", "67.5%以上"),
        ("令和6年度 実績 生活習慣病予防健診 実施者数", "283,564人"),
        ("令和6年度 計画 生活習慣病予防健診 実施者数", "286,539人"),
        ("令和6年度 実績 健診対象者数（被保険者）", "438,120人"),
        ("令和6年度 計画 健診対象者数（被保険者）", "424,502人"),
        ("令和5年度 実績 生活習慣病予防健診実施率", "69.6%"),
    ]
    assert figures[0]["確定状況"] == "確定 未達成"
    assert figures[0]["文書"] == "令和6年度 静岡支部事業計画実施結果 187, 191, 527行目"


def test_definition_and_reason_come_in_the_language_of_the_page() -> None:
    japanese = opened("shizuoka", 2024, "generic_use_rate")
    english = opened("shizuoka", 2024, "generic_use_rate", "en")
    held = package().catalog.measures["generic_use_rate"]
    assert (japanese.definition, japanese.why) == (held.definition["ja"], held.why["ja"])
    assert (english.definition, english.why) == (held.definition["en"], held.why["en"])
    assert all((japanese.definition, japanese.why, english.definition, english.why))


# --- other cells of the documents ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("branch", "fiscal_year", "measure", "label", "said"),
    [
        ("shizuoka", 2024, "card_recovery_rate", "状態", "未達成（R6.11時点）"),
        ("shizuoka", 2024, "card_recovery_rate", "実績", "82.38% (R6.11)"),
        ("shizuoka", 2024, "card_recovery_rate", "目標", "前年度（84.12%）以上"),
        ("shizuoka", 2024, "card_recovery_rate", "対前年度", "時点が異なる"),
        ("shizuoka", 2024, "single_bid_rate", "目標", "15.0%以下"),
        ("shizuoka", 2024, "single_bid_rate", "目標との差", "+4.4ポイント"),
        ("shizuoka", 2024, "single_bid_rate", "達成率", "141.5%"),
        ("shizuoka", 2024, "single_bid_rate", "対前年度", "▲2.2ポイント"),
        ("shizuoka", 2024, "single_bid_rate", "全国との差", "+0.1ポイント"),
        ("shizuoka", 2024, "visit_rate_10m", "対前年度", "+1.6ポイント"),
        ("shizuoka", 2024, "service_standard_rate", "目標との差", "±0ポイント"),
        ("shizuoka", 2024, "reexam_amount_per_claim", "目標との差", "+1,889円"),
        ("shizuoka", 2024, "health_declaration_offices", "全国との差", "件数は規模が異なるため比べない"),
        ("shizuoka", 2024, "health_declaration_offices", "実績", "7,183事業所"),
        ("shizuoka", 2024, "health_declaration_offices", "目標との差", "+43事業所"),
        ("shizuoka", 2024, "health_declaration_offices", "対前年度", "定義が異なる"),
        ("saitama", 2023, "opinion_transmission", "状態", "数値のない定性目標"),
        ("saitama", 2023, "opinion_transmission", "実績", "病床機能報告定量基準分析結果に対して意見発信"),
        ("saitama", 2023, "opinion_transmission", "文書の判定", "○"),
        ("national", 2023, "generic_use_rate", "状態", "実績のみ（目標の収録資料なし）"),
        ("yamaguchi", 2024, "lifestyle_checkup_rate", "計画人数", "101,074人 ／ 対象 174,266人"),
        ("yamaguchi", 2024, "lifestyle_checkup_rate", "必要ペース", "1か月あたり8,423人（残り12か月）"),
        (
            "yamaguchi",
            2024,
            "mail_application_rate",
            "状態",
            "前年度の確定値が収録資料になく、基準が定まらない",
        ),
        ("yamaguchi", 2024, "mail_application_rate", "目標", "前年度以上"),
        ("yamaguchi", 2023, "lifestyle_checkup_rate", "状態", "途中経過（R5.9時点・年度末値なし）"),
        ("yamaguchi", 2023, "lifestyle_checkup_rate", "目標までの人数", "48,320人 ／ 対象 173,731人"),
        ("yamaguchi", 2023, "lifestyle_checkup_rate", "必要ペース", "1か月あたり8,054人（残り6か月）"),
        ("yamaguchi", 2023, "lifestyle_checkup_rate", "全国との差", "+8.5ポイント"),
        # The own figure shown is of October; the nation prints September, as does the branch.
        ("yamaguchi", 2023, "employer_checkup_data_rate", "実績", "4.3% (R5.10)"),
        ("yamaguchi", 2023, "employer_checkup_data_rate", "全国との差", "+1.2ポイント（R5.9）"),
        ("yamaguchi", 2023, "guidance_rate_insured", "全国との差", "分母が異なる"),
        ("yamaguchi", 2023, "guidance_rate_dependant", "全国との差", "分母が異なる"),
        ("saitama", 2023, "guidance_rate_insured", "状態", "時点不明のため判定・比較の対象外"),
        ("saitama", 2023, "guidance_rate_insured", "全国との差", "時点が印字されていない"),
        ("saitama", 2023, "guidance_rate_insured", "文書の判定", "△"),
        ("national", 2023, "reexam_amount_per_claim", "目標との差", "+1,347円"),
        ("national", 2023, "reexam_amount_per_claim", "前年度", "前年度の確定値 7,125円 を基準にしました"),
        ("gunma", 2025, "lifestyle_checkup_rate", "目標", "62.2%以上（案）"),
        ("gunma", 2025, "biosimilar_promotion", "目標", "定性目標（案）"),
    ],
)
def test_a_fact_in_japanese(branch: str, fiscal_year: int, measure: str, label: str, said: str) -> None:
    assert facts(branch, fiscal_year, measure)[label] == said


@pytest.mark.parametrize(
    ("branch", "fiscal_year", "measure", "label", "said"),
    [
        ("shizuoka", 2024, "card_recovery_rate", "State", "Target missed (as of Nov 2024)"),
        ("shizuoka", 2024, "card_recovery_rate", "Target", "last year (84.12%) or higher"),
        ("shizuoka", 2024, "single_bid_rate", "Target", "at most 15.0%"),
        ("shizuoka", 2024, "single_bid_rate", "Gap to target", "+4.4 pt"),
        ("yamaguchi", 2024, "lifestyle_checkup_rate", "Required pace", "8,423 people a month (12 months left)"),
        ("yamaguchi", 2023, "lifestyle_checkup_rate", "State", "In progress (as of Sep 2023, no year-end value)"),
        ("yamaguchi", 2023, "employer_checkup_data_rate", "Against the nation", "+1.2 pt (Sep 2023)"),
        ("yamaguchi", 2023, "guidance_rate_insured", "Against the nation", "another denominator"),
        ("shizuoka", 2024, "mail_application_rate", "Against the nation", "no base figure in our documents"),
        ("yamaguchi", 2024, "premium_rate", "On last year", "draft values"),
        ("saitama", 2023, "guidance_rate_insured", "Against the nation", "not dated"),
        # No full-width brackets between English words.
        ("gunma", 2025, "lifestyle_checkup_rate", "Target", "at least 62.2% (draft)"),
        ("gunma", 2025, "biosimilar_promotion", "Target", "qualitative (draft)"),
        ("gunma", 2025, "mail_application_rate", "State", "Only figures on another definition: not comparable"),
    ],
)
def test_a_fact_in_english(branch: str, fiscal_year: int, measure: str, label: str, said: str) -> None:
    assert facts(branch, fiscal_year, measure, "en")[label] == said


@pytest.mark.parametrize(
    ("branch", "fiscal_year", "measure", "labels"),
    [
        ("yamaguchi", 2023, "lifestyle_checkup_rate", {"目標との差", "達成率"}),
        ("saitama", 2023, "guidance_rate_insured", {"目標との差", "達成率", "目標までの人数", "必要ペース"}),
        ("shizuoka", 2024, "lifestyle_checkup_rate", {"必要ペース"}),
        ("shizuoka", 2024, "visit_rate_10m", {"達成率"}),
        ("yamaguchi", 2024, "lifestyle_checkup_rate", {"実績", "対前年度", "全国との差", "文書の判定"}),
        ("national", 2024, "single_bid_rate", {"全国との差"}),
    ],
    ids=["in progress", "undated", "a closed year", "a relative target", "no actual", "the nation itself"],
)
def test_what_cannot_be_said_is_left_out(branch: str, fiscal_year: int, measure: str, labels: set[str]) -> None:
    assert not labels & set(facts(branch, fiscal_year, measure))


def test_a_figure_on_another_definition_is_what_an_empty_cell_rests_on() -> None:
    found = opened("yamaguchi", 2023, "debt_recovery_rate_post_loss")
    assert dict(found.facts) == {"状態": "定義の異なる指標の値だけがあり、比較不可"}
    assert [(row["印字"], row["確定状況"]) for row in found.figures] == [("57.34%", "途中経過 R5.10")]


def test_an_absent_cell_has_a_state_and_no_figures() -> None:
    found = opened("okinawa", 2024, "lifestyle_checkup_rate", "en")
    assert (list(found.facts), list(found.figures)) == ([("State", "Not in our documents")], [])


def test_every_month_printed_is_listed_the_latest_first() -> None:
    figures = opened("yamaguchi", 2023, "guidance_rate_insured", "en").figures
    assert [(row["As printed"], row["Status"]) for row in figures][:2] == [
        ("9.0%", "Part-year Oct 2023"),
        ("7.5%", "Part-year Sep 2023"),
    ]


# --- figures of our own, where the documents have no such case -------------------------------------


def own(*figures: Observation, lang: Lang = "en") -> dict[str, str]:
    """The facts of Yamaguchi FY2024, measure a_rate, with counts x of n."""
    count = {"unit": "persons", "role": "count", "direction": "neutral"}
    no_texts = {"definition": {"ja": "", "en": ""}, "why": {"ja": "", "en": ""}}
    held = builders.held(
        builders.measure(numerator="x", denominator="n", **no_texts),
        builders.measure(id="x", **count),
        builders.measure(id="n", **count),
    )
    book = builders.book(*figures)
    cell = judgement.judge(book, held, "yamaguchi", 2024, "a_rate")
    return dict(details(cell, book, Voice(texts(lang), "seireki", held)).facts)


@pytest.mark.parametrize(
    ("actual", "stated", "said"),
    [
        ("49.0", "達成", "達成 differs from the computed verdict (Missed)"),
        ("51.0", "×", "× differs from the computed verdict (Met)"),
        ("51.0", "△", "△ differs from the computed verdict (Met)"),
        ("51.0", "◎", "◎"),
        ("51.0", "○", "○"),
        ("49.0", "未達成", "未達成"),
    ],
)
def test_a_verdict_of_the_document_stands_beside_the_computed_one(actual: str, stated: str, said: str) -> None:
    found = own(builders.figure("50.0", rule="at_least"), builders.figure(actual, stated=stated))
    assert found["The document’s verdict"] == said


def test_people_derived_from_a_rate_are_about() -> None:
    figures = (
        builders.figure("60.0", rule="at_least"),
        builders.figure("50.0"),
        builders.figure("1000", measure="n"),
    )
    assert own(*figures)["People to reach the target"] == "about 100 people of 1,000 eligible"
    assert own(*figures, lang="ja")["目標までの人数"] == "約100人 ／ 対象 1,000人"


def test_a_difference_within_the_noise_is_marked() -> None:
    found = own(
        builders.figure("50.0"),
        builders.figure("5", measure="x"),
        builders.figure("10", measure="n"),
        builders.figure("60.0", fiscal_year=2023),
        builders.figure("6", measure="x", fiscal_year=2023),
        builders.figure("10", measure="n", fiscal_year=2023),
    )
    assert found["On last year"] == "≈ −10.0 pt"


def test_a_difference_beyond_the_noise_is_not_marked() -> None:
    found = own(
        builders.figure("50.0"),
        builders.figure("5000", measure="x"),
        builders.figure("10000", measure="n"),
        builders.figure("60.0", fiscal_year=2023),
        builders.figure("6000", measure="x", fiscal_year=2023),
        builders.figure("10000", measure="n", fiscal_year=2023),
    )
    assert found["On last year"] == "−10.0 pt"


def test_a_base_taken_from_last_year_is_named() -> None:
    found = own(
        builders.figure(None, rule="at_least_previous_year"),
        builders.figure("51.5"),
        builders.figure("50.0", fiscal_year=2023),
    )
    assert (found["Last year"], found["Gap to target"]) == ("Base: last year’s final value, 50.0%", "+1.5 pt")


# --- origin ----------------------------------------------------------------------------------------


def figure_of(branch: str, fiscal_year: int, measure: str) -> Observation:
    actual = judged(branch, fiscal_year, measure)[0].actual
    assert actual is not None
    return actual


def test_the_origin_of_a_figure_is_whole() -> None:
    assert source(figure_of("shizuoka", 2024, "card_recovery_rate"), voice("en")) == {
        "Branch": "Shizuoka",
        "Measure": "Insurance-card recovery rate within one month",
        "Fiscal year": "FY2024",
        "Kind": "Actual",
        "As printed": "82.38%",
        "As of": "Nov 2024",
        "Status": "Part-year",
        "Stated": "未達成",
        "Document": "Shizuoka branch results FY2024",
        "Line": "154, 526",
        "Address": "",
    }


def test_a_reference_figure_names_its_address() -> None:
    figure = figure_of("national", 2024, "lifestyle_checkup_rate")
    found = source(figure, voice("ja"))
    assert (found["文書"], found["行"], found["印字"]) == (
        "令和6年度 事業報告書（健康保険事業） 120ページ",
        "5",
        "58.4%",
    )
    assert found["所在"] == "https://www.wic-net.com/material/document/21806/120"
    assert voice("ja").place(figure) == (
        "令和6年度 事業報告書（健康保険事業） 120ページ https://www.wic-net.com/material/document/21806/120"
    )


def test_the_origins_of_several_figures_are_a_table_of_their_own() -> None:
    figures = [figure_of("shizuoka", 2024, "card_recovery_rate"), figure_of("national", 2024, "card_recovery_rate")]
    found = sources(figures, voice("ja"))
    assert (found.name, found.title) == ("出典", "出典：この表の数値 2 件")
    assert found.columns == [
        *("支部", "指標", "年度", "区分", "印字", "時点", "確定状況", "文書の判定", "文書", "行", "所在"),
    ]
    assert [[row[at] for at in (0, 4, 5, 6, 9)] for row in found.rows] == [
        ["静岡", "82.38%", "R6.11", "途中経過", "154, 526"],
        ["全国", "81.36%", "R6.11", "途中経過", "24"],
    ]
    assert [len(row) for row in found.rows] == [11, 11]


def test_the_table_of_no_origins_is_empty() -> None:
    found = sources([], voice("en"))
    assert (list(found.columns), list(found.rows)) == ([], [])


def test_a_final_figure_speaks_of_the_year() -> None:
    assert source(figure_of("shizuoka", 2024, "lifestyle_checkup_rate"), voice("ja"))["時点"] == "年度"


def test_an_undated_figure_does_not_claim_the_whole_year() -> None:
    assert source(figure_of("saitama", 2023, "guidance_rate_insured"), voice("ja"))["時点"] == "時点不明"
    assert source(figure_of("saitama", 2023, "guidance_rate_insured"), voice("en"))["As of"] == "Undated"


def test_a_cell_is_told_verdict_first_and_origin_last() -> None:
    cell, _ = judged("shizuoka", 2024, "lifestyle_checkup_rate")
    assert sentence(cell, voice("ja")) == [
        "未達成",
        "実績: 64.7%",
        "目標: 67.5%以上",
        "目標との差: ▲2.8ポイント",
        "目標までの人数: 12,167人 ／ 対象 438,120人",
        "対前年度: ▲4.9ポイント",
        "全国との差: +6.3ポイント",
        "文書の判定: 未達成",
        "令和6年度 静岡支部事業計画実施結果 187, 191, 527行目",
    ]


def test_a_planned_cell_is_told_with_its_target_and_origin() -> None:
    cell, _ = judged("yamaguchi", 2024, "lifestyle_checkup_rate")
    assert sentence(cell, voice("en")) == [
        "Target only (no actual in our documents)",
        "Target: at least 58.0%",
        "Planned people: 101,074 people of 174,266 eligible",
        "Yamaguchi branch plan FY2024, line 107, 339",
    ]


def test_a_cell_on_another_definition_is_told_with_the_origin_of_what_there_is() -> None:
    cell, _ = judged("yamaguchi", 2023, "debt_recovery_rate_post_loss")
    assert sentence(cell, voice("ja")) == [
        "定義の異なる指標の値だけがあり、比較不可",
        "令和6年度 山口支部事業計画 291行目",
    ]


def test_an_absent_cell_is_told_in_one_sentence() -> None:
    cell, _ = judged("okinawa", 2024, "lifestyle_checkup_rate")
    assert sentence(cell, voice("ja")) == ["収録資料なし"]
