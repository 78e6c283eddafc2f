"""The What-if in words: headline, context, cards, grid, facts, in both languages and by hand."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenpo import what_if
from kenpo.catalog import Lang
from kenpo.text import texts
from kenpo.views import grid
from kenpo.views import what_if as views
from kenpo.views.words import Voice
from kenpo.what_if import NOTHING, Plan, Scenario
from tests import builders
from tests.plans import plan, shown, voice
from tests.reading import starred

D = Decimal
LIFESTYLE, GUIDANCE, BIDS = "lifestyle_checkup_rate", "guidance_rate_insured", "single_bid_rate"
SIXTY = Scenario({LIFESTYLE: D(60)})


def row(measure: str, scenario: Scenario = NOTHING, lang: Lang = "ja", at: Plan | None = None) -> dict[str, Any]:
    said = voice(lang)
    data = grid.grid(shown(scenario, at), grid.fixed(at or plan(), said), measure, [], 0, said)
    return dict(next(r for r in data["rows"] if r["id"] == measure))


# --- which plans ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "japanese", "english"),
    [
        (2024, "令和6年度（2024）", "FY2024 (Reiwa 6)"),
        (
            2026,
            "令和8年度（2026）・R6計画から",
            "FY2026 (Reiwa 8), from 2024 plan",
        ),
        (2027, "新年度 令和9年度（2027）・R6計画から", "New: FY2027 (Reiwa 9), from 2024 plan"),
    ],
)
def test_a_year_without_a_plan_names_the_plan_it_starts_from(year: int, japanese: str, english: str) -> None:
    assert views.year_label(year, [2024, 2023], 2026, voice()) == japanese
    assert views.year_label(year, [2024, 2023], 2026, voice("en")) == english


def test_the_first_free_name() -> None:
    assert views.next_name([], voice()) == "案A"
    assert views.next_name(["案A", "案C"], voice()) == "案B"
    assert views.next_name(["Scenario A"], voice("en")) == "Scenario B"


# --- headline and context ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scenario", "japanese", "english"),
    [
        (
            NOTHING,
            "山口の令和6年度の計画は健診 63.6%・保健指導 20.4%。動かすとどう変わるか",
            "Yamaguchi plans 63.6% checkups and 20.4% guidance for FY2024. What if it moved?",
        ),
        (
            SIXTY,
            "生活習慣病予防健診実施率を60.0%にすると、現目標より3,486人多く必要",
            "Lifestyle checkups at 60.0%: 3,486 people more than the current target",
        ),
        (
            Scenario({LIFESTYLE: D(57)}),
            # 57.0 % of 174,266 is 99,332.
            "生活習慣病予防健診実施率を57.0%にすると、現目標より1,742人少なくて済む",
            "Lifestyle checkups at 57.0%: 1,742 people fewer than the current target",
        ),
        (
            Scenario({BIDS: D(10)}),
            "一者応札案件の割合を10.0%にすると、現目標より5.0ポイント厳しくなる",
            "Single-bid tenders at 10.0%: 5.0 pt harder than the current target",
        ),
        (
            Scenario({BIDS: D(20)}),
            "一者応札案件の割合を20.0%にすると、現目標より5.0ポイント緩くなる",
            "Single-bid tenders at 20.0%: 5.0 pt easier than the current target",
        ),
        (
            Scenario({"mail_application_rate": D(95)}),
            "現金給付等の郵送化率を95.0%にする（現目標は前年度以上）",
            "Claims by post at 95.0% (current target: last year or higher)",
        ),
        (
            Scenario({LIFESTYLE: D(60), GUIDANCE: D(35)}),
            "2指標を変えると、健診は+3,486人、保健指導は+3,552人（現目標との差）",
            "2 measures changed: checkups +3,486 people, guidance +3,552 people",
        ),
        (
            Scenario({LIFESTYLE: D(60), BIDS: D(10)}),
            "2指標を変えると、健診は+3,486人（現目標との差）",
            "2 measures changed: checkups +3,486 people",
        ),
        (
            Scenario({}, {"checkup_eligible_insured": D(170000)}),
            # 58.0 % and 13.6 % of 170,000 with 14,556 dependants, against 139,330.
            "対象者数を変えると、健診は▲3,054人（計画との差）",
            "Eligible numbers changed: checkups −3,054 people",
        ),
    ],
)
def test_the_finding_in_one_sentence(scenario: Scenario, japanese: str, english: str) -> None:
    assert views.headline(shown(scenario), voice()) == japanese
    assert views.headline(shown(scenario), voice("en")) == english


def test_a_plan_without_people_counts_harder_and_easier() -> None:
    saitama = plan("saitama", 2023)
    assert views.headline(shown(at=saitama), voice()) == "埼玉の令和5年度の計画は18指標に目標。動かすとどう変わるか"
    moved = Scenario({"dependant_checkup_rate": D(40), "generic_use_rate": D(70)})
    assert views.headline(shown(moved, saitama), voice()).startswith("2指標を変えると、")


@pytest.mark.parametrize(
    ("scenario", "japanese", "english"),
    [
        (
            SIXTY,
            (
                "前回実績（R4 58.0%）では**届かなくなり**、年+1.0ポイントの改善が必要。"
                "記録のある変化2件の範囲内（▲4.9pt 静岡 R5→R6、+2.5pt 山口 R3→R4）。"
            ),
            (
                "The last final actual (2022, 58.0%) **would no longer meet it**: it takes +1.0 pt a year. "
                "Within the comparable changes on record (2): −4.9pt Shizuoka 2023→2024, +2.5pt Yamaguchi 2021→2022."
            ),
        ),
        (
            Scenario({GUIDANCE: D(35)}),
            (
                "前回実績（R4 17.7%）から年+8.7ポイントの改善が必要。"
                "**比べられる変化はまだ2例**で、そのどれよりも大きい（+0.4pt 静岡 R5→R6、▲1.3pt 山口 R3→R4）。"
            ),
            (
                "From the last final actual (2022, 17.7%) it takes +8.7 pt a year. "
                "**Only 2 on record so far to compare with**, and more than any: "
                "+0.4pt Shizuoka 2023→2024, −1.3pt Yamaguchi 2021→2022."
            ),
        ),
        (
            Scenario({GUIDANCE: D(17)}),
            "前回実績（R4 17.7%）で**届くようになります**。",
            "The last final actual (2022, 17.7%) **would now meet it**.",
        ),
        (
            Scenario({BIDS: D(12)}),
            "前回実績（R4 10.0%）で既に届いています。",
            "The last final actual (2022, 10.0%) already meets it.",
        ),
    ],
)
def test_what_the_finding_means(scenario: Scenario, japanese: str, english: str) -> None:
    assert starred(views.context(shown(scenario), voice())) == japanese
    assert starred(views.context(shown(scenario), voice("en"))) == english


def changing(*values: str) -> Plan:
    """A plan of 30.0 % for FY2024 after final actuals of as many years in a row, the last of FY2023."""
    years = [builders.figure(v, fiscal_year=2024 - at) for at, v in enumerate(reversed(values), 1)]
    figures = builders.book(builders.figure("30.0", rule="at_least"), *years)
    return what_if.plan_of(figures, builders.held(builders.measure()), "yamaguchi", 2024)


@pytest.mark.parametrize(
    ("values", "japanese", "english"),
    [
        # 25.0 to 30.0 asks for +5.0; on record four changes, then five, the largest +2.0.
        (
            ("19.0", "20.0", "22.0", "24.0", "25.0"),
            "まだ4例、最大+2.0pt/年超",
            "Only 4 on record so far, more than +2.0pt/yr",
        ),
        (
            ("18.0", "19.0", "20.0", "22.0", "24.0", "25.0"),
            "過去に例なし（5例、最大+2.0pt/年）",
            "Never on record (5 changes, max +2.0pt/yr)",
        ),
        (("26.0", "25.0"), "まだ1例、最大▲1.0pt/年超", "Only 1 on record so far, more than −1.0pt/yr"),
        (("18.0", "25.0"), "過去最大+7.0pt/年以内", "Within record (max +7.0pt/yr)"),
        (("25.0",), "変化の記録なし", "No change on record"),
    ],
)
def test_a_row_says_on_how_many_changes_never_rests(values: tuple[str, ...], japanese: str, english: str) -> None:
    at = changing(*values)
    found = views.shown(at, NOTHING).of("a_rate")
    assert (grid.realism(found, voice())["text"], grid.realism(found, voice("en"))["text"]) == (japanese, english)


def test_several_changes_name_every_verdict_that_flips() -> None:
    moved = Scenario({LIFESTYLE: D(60), GUIDANCE: D(17), BIDS: D(12)})
    assert views.context(shown(moved), voice()) == (
        "前回実績で届かなくなる目標：生活習慣病予防健診実施率。 "
        "前回実績で届くようになる目標：特定保健指導（被保険者）。"
    )
    # Without a flip the measure moved last is explained.
    still = Scenario({GUIDANCE: D(30), BIDS: D(12)})
    assert views.context(shown(still, focus=BIDS), voice()) == "前回実績（R4 10.0%）で既に届いています。"


def test_the_starting_point_names_its_years() -> None:
    assert views.origin(plan(), voice()) == "出発点：目標は令和6年度（2024）、実績は前年度までの確定値。"
    ahead = views.origin(plan("yamaguchi", 2025, 2024), voice())
    assert "目標は令和6年度（2024）の計画" in ahead
    assert "「前年度以上」は令和6年度の確定実績" in ahead
    assert "令和7年度の計画は収録されていません" in ahead


# --- cards and bars ---------------------------------------------------------------------------------


def test_cards_always_say_their_change() -> None:
    assert [(c.value, c.delta) for c in views.cards(shown(), voice())] == [
        ("63.6%", "±0pt"),
        ("139,330人", "±0人"),
        ("20.4%", "±0pt"),
        ("5,317人", "±0人"),
        ("3 / 8", "±0"),
    ]
    assert [(c.value, c.delta) for c in views.cards(shown(SIXTY), voice("en"))] == [
        ("65.2%", "+1.6pt"),
        ("142,816", "+3,486"),
        ("20.4%", "±0pt"),
        ("5,317", "±0"),
        ("2 / 8", "−1"),
    ]


def test_a_plan_without_people_says_so_on_its_cards() -> None:
    made = views.cards(shown(at=plan("saitama", 2023)), voice())
    assert [(c.value, c.note) for c in made[:4]] == [("—", "人数の印字なし")] * 4


def test_the_printed_total_that_differs_is_named_with_its_place() -> None:
    assert views.printed_totals(shown(), voice()) == [
        "計画書は健診の計を139,340人と印字、部分の合計は139,330人（令和6年度 山口支部事業計画 429行目）。"
    ]


def test_bars_hold_the_order_of_the_steps_whatever_is_moved() -> None:
    still, moved = views.bars(shown(), voice()), views.bars(shown(SIXTY), voice())
    assert [(bar["name"], bar["step"], bar["step_label"]) for bar in still] == [
        ("生活習慣病予防健診実施率", 872, "+0.5pt → 872人"),
        ("被扶養者の特定健診実施率", 225, "+0.5pt → 225人"),
        ("事業者健診データ取得率", 175, "+0.1pt → 175人"),
        ("特定保健指導（被保険者）", 125, "+0.5pt → 125人"),
        ("特定保健指導（被扶養者）", 7, "+0.5pt → 7人"),
    ]
    assert [bar["name"] for bar in moved] == [bar["name"] for bar in still]
    assert [bar["change"] for bar in moved] == [3486, 0, 0, 0, 0]
    # Against ten of the largest steps, and against the largest change where that is more.
    assert [bar["share"] for bar in moved] == [3486 / 8720, 0, 0, 0, 0]
    far = views.bars(shown(Scenario({LIFESTYLE: D(80), GUIDANCE: D(10)})), voice())
    assert (far[0]["share"], far[3]["share"]) == (1.0, -2656 / far[0]["change"])
    assert (moved[0]["change_label"], moved[1]["change_label"]) == ("+3,486人", "±0人")


def test_nobody_eligible_leaves_no_rate_and_breaks_nothing() -> None:
    # Without checkups nobody is eligible for guidance, where that grows with them.
    nothing = Scenario({i: D(0) for i in plan().combined["checkup"].parts}, grow=True)
    found = shown(nothing)
    made = views.cards(found, voice())
    assert [(c.value, c.delta, c.note) for c in made[2:4]] == [
        ("—", "±0pt", "対象者数が0"),
        ("0人", "▲5,317人", "対現目標"),
    ]
    assert (made[0].value, made[0].delta) == ("0.0%", "▲63.6pt")
    assert views.cards(found, voice("en"))[2].note == "nobody eligible"
    assert [bar["share"] for bar in views.bars(found, voice())] == [-1.0, -14556 / 101074, -23700 / 101074]
    assert "保健指導は▲5,317人" in views.headline(found, voice())
    emptied = views.Shown(plan(), NOTHING, found.rows, found.totals)
    assert "健診は▲139,330人" in views.headline(emptied, voice())
    assert row(GUIDANCE, nothing)["people"] == "0人"


def test_a_printed_zero_of_eligible_people_is_shown_and_nothing_is_reckoned_with_it() -> None:
    figures = [
        builders.figure("50.0", rule="at_least"),
        builders.figure("0", measure="n", kind="plan", line="2"),
        builders.figure("40.0", fiscal_year=2023, line="3"),
        builders.figure("0", measure="n", fiscal_year=2023, line="4"),
    ]
    counts = [builders.measure(id=i, role="count", unit="persons") for i in ("x", "n")]
    held = builders.held(builders.measure(numerator="x", denominator="n"), *counts)
    at = what_if.plan_of(builders.book(*figures), held, "yamaguchi", 2024)
    told: dict[Lang, str] = {"ja": "対象者数が0のため計算なし", "en": "Nobody is eligible"}
    for lang, why in told.items():
        speaks = Voice(texts(lang), "seireki", held)
        found = views.shown(at, NOTHING)
        drawn = grid.grid(found, grid.fixed(at, speaks), "a_rate", [], 0, speaks)
        assert [r["why"] for r in drawn["rows"]] == [why]
        assert views.bars(found, speaks) == []


# --- the grid ---------------------------------------------------------------------------------------


def test_a_row_has_everything_with_its_year() -> None:
    found = row(LIFESTYLE, SIXTY)
    assert found["last"] == {"value": "58.0%", "year": "R4"}
    assert (found["value"], found["change"], found["people"], found["more"]) == (
        "60.0",
        "+2.0pt",
        "104,560人",
        "+3,486人",
    )
    assert found["realism"] == {"mark": "✕", "text": "届く→届かない", "strong": True}
    assert found["track"]["marks"] == {"target": 58.0, "last": 58.0, "nation": 61.7, "best": 69.6}
    assert found["track"]["band"] == [47.4, 80.5]
    assert (found["low"], found["high"], found["step"], found["decimals"]) == (0.0, 86.4, 0.5, 1)
    assert found["allowed"] == "0〜86.4%で入力（同じ対象者のため合わせて100%まで）"


def test_a_relative_target_keeps_its_wording_until_it_is_set() -> None:
    untouched = row("mail_application_rate")
    assert (untouched["value"], untouched["current"]["value"], untouched["said"]) == ("", "前年度以上", "前年度以上")
    assert untouched["realism"]["text"] == "数値の目標なし"
    touched = row("mail_application_rate", Scenario({"mail_application_rate": D(95)}))
    assert (touched["value"], touched["current"]["value"], touched["moved"]) == ("95.0", "前年度以上", True)
    assert [
        "現目標",
        "前年度以上（元の表現：対前年度以上とする） — 令和6年度 山口支部事業計画 101, 145行目",
    ] in touched["facts"]


def test_every_preset_names_its_value_and_year_or_says_there_is_none() -> None:
    labels = {p["id"]: p["label"] for p in row(LIFESTYLE)["presets"]}
    assert labels == {
        "keep": "現目標に戻す（58.0%以上）",
        "last_actual": "前回実績 58.0%（R4）",
        "one_step": "前回実績＋1段 58.5%（R4）",
        "national_target": "全国目標 61.7%（R6）",
        "national_actual": "全国実績 56.4%（R4）",
        "best": "最良支部 69.6%（静岡 R5）",
    }
    counts = {p["id"]: (p["value"], p["label"]) for p in row("health_declaration_offices")["presets"]}
    assert counts["best"] == (None, "最良支部：比べる値なし")
    assert counts["national_target"] == (None, "全国目標：比べる値なし")


def test_the_facts_show_every_sum_and_place() -> None:
    said = dict(row(LIFESTYLE, SIXTY)["facts"])
    assert said["必要な人数"] == (
        "60.0% × 174,266人 = 104,560人、現目標の計画101,074人より+3,486人、前回確定（R4 101,585人）より+2,975人"
    )
    assert said["対象者数"] == "174,266人（R6計画） — 令和6年度 山口支部事業計画 422行目"
    assert said["必要ペース"] == "1か月あたり8,714人（残り12か月）"
    assert said["これまでの達成"] == "2/2回（R3 達成・R4 達成）"
    assert said["1段"] == "+0.5pt → 872人"
    assert said["47支部の範囲"].startswith("47.4%（鹿児島）〜80.5%（山形）、R6 — ")


def test_the_printed_count_is_named_beside_the_formula() -> None:
    # ⌈58.0 % × 174,266⌉ = 101,075; the plan prints 101,074.
    said = dict(row(LIFESTYLE)["facts"])["必要な人数"]
    assert said.startswith("101,074人（計画書の印字。58.0% × 174,266人 の計算では101,075人）")


def test_a_typed_and_a_grown_eligible_number_keep_their_start() -> None:
    typed = dict(row(LIFESTYLE, Scenario({}, {"checkup_eligible_insured": D(170000)}))["facts"])
    assert typed["対象者数"].startswith("170,000人（入力値。出発点は174,266人（R6計画））")
    grown = dict(row(GUIDANCE, Scenario({LIFESTYLE: D(60)}, grow=True))["facts"])
    assert grown["対象者数"].startswith("25,524人（健診に連動。出発点は24,830人（R6計画））")
    assert grown["対象者の連動"].startswith("24,830 × 128,260 ÷ 124,774 = 25,524")


def test_a_closed_year_and_cases_are_put_in_words() -> None:
    closed = dict(row(LIFESTYLE, at=plan("yamaguchi", 2022))["facts"])
    assert closed["必要ペース"] == "年度の終わった計画のため、月あたりは示しません。"
    bids = row(BIDS, Scenario({BIDS: D(10)}), at=plan("shizuoka", 2025, 2024))
    assert bids["people"] == "1件減らす"
    assert dict(bids["facts"])["必要な人数"].startswith("19件のうち1件以内。")


def test_a_measure_without_people_says_why() -> None:
    assert (row("generic_use_rate")["people"], row("generic_use_rate")["why"]) == ("", "分母の印字なし")
    assert row("reexam_amount_per_claim")["why"] == "率でないため人数なし"
    said = dict(row("health_declaration_offices")["facts"])
    assert said["全国"] == "件数は規模が異なるため、他の支部や全国と比べません。"


def test_rows_with_people_stand_first_and_those_without_a_number_last() -> None:
    rows = grid.grid(shown(), grid.fixed(plan(), voice()), None, [], 0, voice())["rows"]
    kinds = [(not r["people"], r["current"]["worded"]) for r in rows]
    assert kinds == sorted(kinds)
    assert all(r["facts"] == [] for r in rows)


def test_a_refused_value_stands_beside_its_field() -> None:
    _, refused = what_if.sound(plan(), Scenario({LIFESTYLE: D(90)}))
    rows = grid.grid(shown(), grid.fixed(plan(), voice()), None, refused, 0, voice())["rows"]
    assert {r["id"]: r["refused"] for r in rows if r["refused"]} == {
        LIFESTYLE: "0〜86.4%で入力（同じ対象者のため合わせて100%まで）"
    }


@given(st.integers(0, 864).map(lambda tenths: D(tenths) / 10))
def test_the_track_holds_the_target_and_does_not_move_while_it_stays_inside(target: Decimal) -> None:
    start = plan().starts[LIFESTYLE]
    marks = [D("58.0"), D("61.7"), D("69.6")]
    low, high = grid.window(start, marks, target)
    assert low <= target <= high
    assert all(low <= mark <= high for mark in marks)
    if 48 <= target <= 79:
        assert (low, high) == grid.window(start, marks, None) == (D(45), D(80))


# --- notices ----------------------------------------------------------------------------------------


def test_a_preset_says_what_it_left() -> None:
    assert views.preset_notice("best", ["health_declaration_offices"], voice()) == (
        "最良支部：比べる値がないか入れられないため、1指標はそのまま（健康宣言事業所数（標準化））。"
    )
    assert views.preset_notice("last_actual", [], voice("en")) == "Set to: Last actual."


def test_a_damaged_link_is_named_with_what_would_be_right() -> None:
    asked = Scenario({GUIDANCE: D(130), "visit_rate_3m": D(5), "generic_use_rate": D("80.55")}, {"x": D(0)})
    said = views.refusals(what_if.sound(plan(), asked)[1], voice())
    assert set(said) == {
        "guidance_rate_insured=130（0〜100の範囲外）",
        "visit_rate_3m=5（この計画にない指標）",
        "generic_use_rate=80.55（小数は1桁まで）",
        "x=0（この計画にない対象者数）",
    }


def test_a_goal_that_was_sought_says_how_it_is_shared() -> None:
    found = what_if.seek(plan(), "checkup", D(70))
    assert views.sought("checkup", D("70.0"), found, 139330, voice()) == (
        "特定健診実施率（計） 70.0%には153,435人（現目標より+14,105人）。配分：生活習慣病予防健診実施率 +7,081人、"
        "事業者健診データ取得率 +1,660人、被扶養者の特定健診実施率 +5,364人。"
    )


def test_every_figure_of_the_page_has_its_document_and_line() -> None:
    found = views.figures(plan())
    assert len(found) == len({(f.document, f.line, f.measure, f.kind, f.value) for f in found})
    assert all(f.document and f.line and f.printed for f in found)
    assert {f.measure for f in found} >= {LIFESTYLE, "checkup_eligible_insured", "lifestyle_checkup_count"}


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(
    ("branch", "year", "base"),
    [("gunma", 2026, 2025), ("shizuoka", 2025, 2024), ("okayama", 2027, 2021), ("saitama", 2024, 2023)],
)
def test_every_plan_speaks_in_both_languages(branch: str, year: int, base: int, lang: Lang) -> None:
    at = plan(branch, year, base)
    for measure, start in at.starts.items():
        printed = start.target.printed if start.target else " "
        found = row(measure, lang=lang, at=at)
        words = [
            found["name"],
            found["said"],
            found["realism"]["text"],
            *(text for fact in found["facts"] for text in fact),
        ]
        assert all(words)
        assert "None" not in " ".join(words)
        assert lang == "ja" or not re.search(r"[ぁ-ん]", " ".join(words).replace(printed, ""))
    assert views.headline(shown(at=at), voice(lang))
