"""What-if through AppTest: page × language × plan × link, good and bad; presets, scenarios, undo, number fields."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests import builders

APP = str(Path(__file__).resolve().parents[2] / "app.py")
JAPANESE = re.compile(r"[぀-ヿ一-鿿]")
YAMAGUCHI = {"branch": "yamaguchi", "fy": "2024"}
SIXTY = YAMAGUCHI | {"t.lifestyle_checkup_rate": "60.0"}
UNTOUCHED = "山口の令和6年度の計画は健診 63.6%・保健指導 20.4%。動かすとどう変わるか"
AT_SIXTY = "生活習慣病予防健診実施率を60.0%にすると、現目標より3,486人多く必要"


@pytest.fixture
def _own_caches() -> Iterator[None]:
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def opened(link: Mapping[str, str] | None = None) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=30)
    at.switch_page("pages/what_if.py")
    at.query_params.update(link or {})
    return run(at)


def run(at: AppTest) -> AppTest:
    at.run()
    assert not at.exception
    return at


def with_open(at: AppTest, popover: str) -> AppTest:
    """The page with one of its popovers open."""
    at.session_state[f"{popover}_open"] = True
    return run(at)


def component(at: AppTest, having: str) -> dict[str, Any]:
    found = [json.loads(element.proto.json) for element in at.get("bidi_component")]
    return dict(next(data for data in found if having in data))


def rows(at: AppTest) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in component(at, "echo")["rows"]}


def title(at: AppTest) -> str:
    """The finding: drawn by the grid; by the page itself beside number fields and where there is no plan."""
    return str(at.title[0].value) if at.title else str(component(at, "echo")["title"])


def cards(at: AppTest) -> list[tuple[str, str]]:
    return [(card["value"], card["delta"]) for card in component(at, "echo")["cards"]]


def sheet(at: AppTest) -> list[list[str]]:
    data = component(at, "columns")
    return [["".join(text for text, _ in cell["parts"]) for cell in row] for row in data["rows"]]


def link(at: AppTest) -> dict[str, str]:
    return {name: value[0] if isinstance(value, list) else value for name, value in at.query_params.items()}


def captions(at: AppTest) -> str:
    return "\n".join(str(element.value) for element in (*at.caption, *at.info))


def said(at: AppTest, **message: object) -> AppTest:
    """The grid says something, as the browser would."""
    data = component(at, "echo")
    usual = {"rev": data["rev"], "count": data["echo"] + 1, "moved": next(iter(message.get("values", {})), None)}  # type: ignore[call-overload]
    at.session_state["grid"] = {"targets": usual | {"done": True} | message}
    return run(at)


# --- pages and links --------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(
    ("branch", "fy"),
    [
        *(("yamaguchi", fy) for fy in ("2021", "2022", "2023", "2024", "2025", "2027")),
        *(("gunma", fy) for fy in ("2024", "2025", "2026", "2027")),
        *(("okayama", fy) for fy in ("2020", "2021", "2022", "2025", "2027")),
        *(("shizuoka", fy) for fy in ("2024", "2025", "2026")),
        *(("saitama", fy) for fy in ("2023", "2024", "2027")),
    ],
)
def test_every_plan_and_next_year_opens_in_both_languages(lang: str, branch: str, fy: str) -> None:
    at = opened({"lang": lang, "branch": branch, "fy": fy})
    assert title(at)
    assert rows(at)
    assert len(cards(at)) == 5
    assert not [c for c in at.caption if "fy=" in str(c.value)]
    changes = [row["change"] for row in rows(at).values() if row["change"]]
    assert {text[:2] for text in changes} <= {"±0"}
    if lang == "en":
        words = [title(at), *(str(m.value) for m in at.markdown), *(b.label for b in at.button)]
        assert not [w for w in words if JAPANESE.search(str(w))]


def test_the_page_opens_with_the_richest_plan_and_the_last_year_that_can_be_planned() -> None:
    at = opened()
    assert title(at) == "山口の令和9年度の案（出発点：令和6年度の計画）は健診 63.6%・保健指導 20.4%"
    years = at.selectbox(key="plan_year")
    assert (years.value, years.options) == (
        2027,
        [
            "新年度 令和9年度（2027）・R6計画から",
            "令和8年度（2026）・R6計画から",
            "令和7年度（2025）・R6計画から",
            "令和6年度（2024）",
            "令和5年度（2023）",
            "令和4年度（2022）",
            "令和3年度（2021）",
        ],
    )
    assert link(at) == {}


def test_a_plan_shows_its_combined_rates_and_what_it_prints_otherwise() -> None:
    at = opened(YAMAGUCHI)
    assert title(at) == UNTOUCHED
    assert cards(at) == [
        ("63.6%", "±0pt"),
        ("139,330人", "±0人"),
        ("20.4%", "±0pt"),
        ("5,317人", "±0人"),
        ("3 / 8", "±0"),
    ]
    assert "計画書は健診の計を139,340人と印字" in captions(at)


@pytest.mark.parametrize(("today", "year"), [("2026-03-31", 2026), ("2026-04-01", 2027), ("2024-04-01", 2025)])
def test_the_clock_decides_which_years_may_be_planned(today: str, year: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KENPO_TODAY", today)
    at = opened({"branch": "yamaguchi"})
    assert at.selectbox(key="plan_year").value == year
    assert title(at).startswith(f"山口の令和{year - 2018}年度の案")
    beyond = opened({"branch": "yamaguchi", "fy": str(year + 1)})
    assert title(beyond) == UNTOUCHED


def test_before_the_next_plan_is_due_the_latest_plan_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    # In FY2024 Gunma has its plan of FY2025 already.
    monkeypatch.setenv("KENPO_TODAY", "2025-02-01")
    at = opened({"branch": "gunma"})
    assert title(at).startswith("群馬の令和7年度の計画は")
    assert at.selectbox(key="plan_year").options[0] == "令和7年度（2025）"


def test_a_clock_that_cannot_be_read_is_named_and_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KENPO_TODAY", "明日")
    at = opened(YAMAGUCHI)
    assert title(at) == UNTOUCHED
    assert "KENPO_TODAY=明日 は日付（例 2026-11-25）でないため使わず、今日（" in captions(at).replace("\\", "")


def test_a_new_year_resolves_relative_targets_and_names_what_has_ended() -> None:
    at = opened({"branch": "shizuoka", "fy": "2025"})
    found = rows(at)
    assert {i: found[i]["value"] for i in found if found[i]["current"]["year"] == "R6実績"} == {
        "claim_assessment_rate": "0.126",
        "reexam_amount_per_claim": "9024",
        "debt_recovery_rate": "71.57",
        "visit_rate_10m": "35.6",
        "committee_offices": "21168",
    }
    assert not {"mail_application_rate", "card_recovery_rate"} & set(found)
    assert found["counter_reception_rate"]["current"]["value"] == "目標なし"
    told = captions(at).replace("\\", "")
    assert "現金給付等の郵送化率（R6まで）→ 現金給付等の窓口受付率" in told
    assert "保険証回収率（1か月以内）（R6まで・後継の収録なし）" in told
    assert ["現金給付等の申請書類に係る窓口受付率（目標なし）"] * 2 + ["", ""] in sheet(at)


def test_a_link_to_a_target_of_an_ended_kpi_leaves_it_out_with_one_line() -> None:
    at = opened(
        {"branch": "shizuoka", "fy": "2025", "t.mail_application_rate": "99.0", "t.lifestyle_checkup_rate": "68.0"}
    )
    assert "mail_application_rate=99.0（この年度のKPIでない指標）" in captions(at).replace("\\", "")
    assert rows(at)["lifestyle_checkup_rate"]["value"] == "68.0"


def test_what_a_kept_scenario_sets_of_an_ended_kpi_is_left_out_with_the_same_line() -> None:
    kept = {f"s{at}": f"案{at}~mail_application_rate-99.0~lifestyle_checkup_rate-6{at}.0" for at in (1, 2)}
    at = opened({"branch": "shizuoka", "fy": "2025"} | kept)
    assert captions(at).count("この年度のKPIでない指標") == 1
    told = [text for row in sheet(at) for text in row]
    assert [value for value in ("61.0%以上とする", "62.0%以上とする") if any(value in text for text in told)] == [
        "61.0%以上とする",
        "62.0%以上とする",
    ]
    assert not any("郵送化率を" in text for text in told)
    assert link(at)["s1"] == kept["s1"]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_successor_takes_a_new_target_by_grid_number_field_and_preset(lang: str) -> None:
    at = opened({"branch": "shizuoka", "fy": "2025", "lang": lang})
    said(at, values={"counter_reception_rate": "30.0"})
    assert link(at)["t.counter_reception_rate"] == "30.0"
    assert "30.0%" in title(at)
    at.toggle(key="numbers").set_value(True)
    run(at)
    assert at.number_input(key="t.counter_reception_rate").value == 30.0
    at.button(key="preset_last_actual").click()
    run(at)
    assert at.number_input(key="t.lifestyle_checkup_rate").value == 64.7


def test_the_details_of_a_successor_open() -> None:
    at = opened({"branch": "shizuoka", "fy": "2025"})
    at.session_state["grid"] = {"open": "counter_reception_rate"}
    run(at)
    assert rows(at)["counter_reception_rate"]["open"]


def test_a_shared_link_names_branch_and_year_for_defaults_move_on() -> None:
    at = opened()
    assert "branch=yamaguchi&fy=2027" in at.code[0].value


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"my": "gunma"}, "群馬の令和9年度の案"),
        ({"branch": "shizuoka,gunma"}, "静岡の令和9年度の案"),
        ({"branch": "hokkaido", "my": "gunma"}, "群馬の令和9年度の案"),
        ({"branch": "yamaguchi", "fy": "2017"}, "山口の令和6年度"),
    ],
)
def test_the_branch_of_the_link_or_the_readers_own_is_shown(asked: dict[str, str], says: str) -> None:
    assert title(opened(asked)).startswith(says)


def test_what_has_no_plan_is_named_with_what_is_shown_instead() -> None:
    at = opened({"branch": "hokkaido", "my": "gunma"})
    assert "北海道の計画は収録されていないため、群馬を示しています。" in captions(at)
    at = opened({"branch": "yamaguchi", "fy": "2017"})
    told = captions(at).replace("\\", "")
    assert "平成29年度の計画は収録されていないため、令和6年度を示しています。 収録のある計画：R3・R4・R5・R6。" in told
    assert "計画のない年度で案を作れるのはR7・R8・R9。" in told
    assert "収録されていない" not in captions(opened(YAMAGUCHI))


def test_a_qualitative_target_stands_in_the_table_and_cannot_be_moved() -> None:
    at = opened({"branch": "gunma", "fy": "2025"})
    worded = component(at, "echo")["worded"]
    assert [row["current"] for row in worded] == ["定性目標", "定性目標"]
    assert worded[0]["why"] == "数値のない目標のため動かせません — 令和7年度 群馬支部事業計画（案） 85行目"
    assert sheet(at)[-1][:3] == ["LINE公式アカウントによる毎月の情報発信を定性目標（案）とする"] * 2 + [""]


def test_a_link_restores_every_target_exactly() -> None:
    at = opened(SIXTY | {"n.checkup_eligible_insured": "170000", "t.guidance_rate_insured": "35.0", "grow": "1"})
    found = rows(at)
    # 60 % of 170,000; guidance grows with (102,000 + 23,120) / 124,774.
    assert (found["lifestyle_checkup_rate"]["people"], found["guidance_rate_insured"]["value"]) == ("102,000人", "35.0")
    assert "2指標を変えると" in title(at)
    assert with_open(at, "eligible").toggle(key="grow").value is True


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        ({"t.lifestyle_checkup_rate": "130"}, "lifestyle_checkup_rate=130（0〜100の範囲外）"),
        ({"t.lifestyle_checkup_rate": "90"}, "同じ対象者で合わせて100%を超える（0〜86.4まで）"),
        ({"t.lifestyle_checkup_rate": "60.55"}, "小数は1桁まで"),
        ({"t.visit_rate_3m": "10"}, "visit_rate_3m=10（この計画にない指標）"),
        ({"n.checkup_eligible_insured": "0"}, "1〜100,000,000の整数ではない"),
        ({"t.lifestyle_checkup_rate": "abc"}, "t.lifestyle_checkup_rate=abc"),
        ({"t.happiness": "5"}, "t.happiness=5"),
        ({"s1": "案B~lifestyle_checkup_rate-x"}, "s1=lifestyle_checkup_rate-x"),
    ],
)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_damaged_link_restores_what_is_valid_and_says_what_was_left_out(
    damage: dict[str, str], named: str, lang: str
) -> None:
    at = opened(YAMAGUCHI | {"t.guidance_rate_insured": "35.0", "lang": lang} | damage)
    assert rows(at)["guidance_rate_insured"]["value"] == "35.0"
    assert rows(at)["lifestyle_checkup_rate"]["value"] == "58.0"
    told = captions(at).replace("\\", "")
    assert (named if lang == "ja" else next(iter(damage)).removeprefix("t.").removeprefix("n.")) in told


@pytest.mark.usefixtures("_own_caches")
def test_a_package_without_plans_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = builders.package(tmp_path / "package", [builders.observation()])
    monkeypatch.setenv("KENPO_DATA", str(folder))
    at = opened()
    assert title(at) == "目標の収録された計画がありません"


@pytest.mark.usefixtures("_own_caches")
def test_one_target_alone_is_a_plan_without_people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = [builders.observation("58.0", kind="target", target_rule="at_least", printed="58.0%以上")]
    monkeypatch.setenv("KENPO_DATA", str(builders.package(tmp_path / "package", given)))
    at = opened({"t.lifestyle_checkup_rate": "60"})
    assert rows(at)["lifestyle_checkup_rate"]["why"] == "対象者数の収録なし"
    assert "人数の分かる指標がありません" in captions(at)


# --- the grid ---------------------------------------------------------------------------------------


def test_the_grid_moves_a_target_and_the_link_follows_on_release() -> None:
    at = opened(YAMAGUCHI)
    said(at, values={"lifestyle_checkup_rate": "60.0"}, done=False)
    assert title(at) == AT_SIXTY
    assert "t.lifestyle_checkup_rate" not in link(at)
    said(at, values={"lifestyle_checkup_rate": "60.0"})
    assert link(at)["t.lifestyle_checkup_rate"] == "60.0"
    assert [row for row in sheet(at) if row[0] != row[1]] == [
        ["生活習慣病予防健診実施率を60.0%以上とする", "生活習慣病予防健診実施率を58.0%以上とする", "+2.0pt", "+3,486人"]
    ]


def test_a_message_about_older_values_is_not_listened_to() -> None:
    at = opened(YAMAGUCHI)
    said(at, values={"lifestyle_checkup_rate": "60.0"})
    at.button(key="preset_keep").click()
    run(at)
    assert title(at) == UNTOUCHED
    # The message still stands in the session with the revision of before.
    run(at)
    assert title(at) == UNTOUCHED
    said(at, rev=0, count=99, values={"lifestyle_checkup_rate": "61.0"})
    assert title(at) == UNTOUCHED


@pytest.mark.parametrize(
    "values",
    [
        {"lifestyle_checkup_rate": "130"},
        {"lifestyle_checkup_rate": "NaN"},
        {"lifestyle_checkup_rate": "<script>"},
        {"lifestyle_checkup_rate": None},
        {"lifestyle_checkup_rate": "1e400"},
        {"happiness": "5"},
        ["no", "mapping"],
        "text",
    ],
)
def test_what_the_browser_sends_is_checked(values: object) -> None:
    at = opened(YAMAGUCHI)
    data = component(at, "echo")
    at.session_state["grid"] = {"targets": {"rev": data["rev"], "count": 1, "values": values, "done": True}}
    run(at)
    assert title(at) == UNTOUCHED
    at.session_state["grid"] = {"targets": values, "open": "happiness"}
    run(at)
    assert title(at) == UNTOUCHED


def test_a_value_that_cannot_be_stands_refused_beside_its_field() -> None:
    at = opened(YAMAGUCHI)
    said(at, values={"lifestyle_checkup_rate": "90"})
    assert rows(at)["lifestyle_checkup_rate"]["refused"] == "0〜86.4%で入力（同じ対象者のため合わせて100%まで）"
    assert "t.lifestyle_checkup_rate" not in link(at)


def test_an_opened_row_shows_its_sums_and_places() -> None:
    at = opened(SIXTY)
    assert not rows(at)["lifestyle_checkup_rate"]["facts"]
    at.session_state["grid"] = {"open": "lifestyle_checkup_rate"}
    run(at)
    found = rows(at)["lifestyle_checkup_rate"]
    assert found["open"]
    assert "60.0% × 174,266人 = 104,560人" in dict(found["facts"])["必要な人数"]


# --- presets, undo, goal seek, eligible numbers --------------------------------------------------------


def test_a_preset_sets_every_measure_it_can_and_names_the_rest() -> None:
    at = opened(YAMAGUCHI)
    at.button(key="preset_best").click()
    run(at)
    assert rows(at)["lifestyle_checkup_rate"]["value"] == "69.6"
    assert "2指標はそのまま（健康宣言事業所数（標準化）・健康保険委員の委嘱事業所数）" in captions(at).replace("\\", "")
    at.button(key="preset_keep").click()
    run(at)
    assert title(at) == UNTOUCHED


def test_undo_and_redo_walk_more_than_twenty_steps() -> None:
    at = opened(YAMAGUCHI)
    for step in range(1, 26):
        said(at, values={"lifestyle_checkup_rate": f"{58 + step / 10:.1f}"})
    assert rows(at)["lifestyle_checkup_rate"]["value"] == "60.5"
    for _ in range(25):
        at.button(key="undo").click()
        run(at)
    assert title(at) == UNTOUCHED
    assert at.button(key="undo").disabled
    for _ in range(25):
        at.button(key="redo").click()
        run(at)
    assert rows(at)["lifestyle_checkup_rate"]["value"] == "60.5"
    assert link(at)["t.lifestyle_checkup_rate"] == "60.5"
    assert at.button(key="redo").disabled


def test_a_link_changed_elsewhere_wins_and_can_be_undone() -> None:
    at = opened(SIXTY)
    at.query_params["t.lifestyle_checkup_rate"] = "62.0"
    run(at)
    assert rows(at)["lifestyle_checkup_rate"]["value"] == "62.0"
    at.button(key="undo").click()
    run(at)
    assert title(at) == AT_SIXTY


def test_70_percent_is_shared_out_and_lands_in_the_table() -> None:
    at = with_open(opened(YAMAGUCHI), "seek")
    assert at.number_input(key="seek_wish.checkup").value == 70.0
    at.button(key="seek_go").click()
    run(at)
    assert [rows(at)[i]["value"] for i in ("lifestyle_checkup_rate", "employer_checkup_data_rate")] == ["62.1", "14.6"]
    told = captions(at).replace("\\", "")
    assert (
        "生活習慣病予防健診実施率 +7,081人、事業者健診データ取得率 +1,660人、被扶養者の特定健診実施率 +5,364人" in told
    )


def test_an_unreachable_wish_says_the_largest_reachable() -> None:
    at = with_open(opened(YAMAGUCHI), "seek")
    at.number_input(key="seek_wish.checkup").set_value(95.0)
    run(at)
    at.button_group(key="seek_fixed.checkup").set_value(["dependant_checkup_rate"])
    run(at)
    at.button(key="seek_go").click()
    run(at)
    assert "95.0%には届きません。動かせる部分で届く最大は86.1%です。" in captions(at).replace("\\", "")
    assert title(at) == UNTOUCHED


def test_an_eligible_number_is_typed_or_moved_by_percent() -> None:
    at = with_open(opened(YAMAGUCHI), "eligible")
    at.number_input(key="n.checkup_eligible_insured").set_value(170000)
    run(at)
    assert link(at)["n.checkup_eligible_insured"] == "170000"
    assert rows(at)["lifestyle_checkup_rate"]["people"] == "98,600人"
    at.number_input(key="percent.checkup_eligible_insured").set_value(10.0)
    run(at)
    # 174,266 × 1.1 = 191,692.6
    assert link(at)["n.checkup_eligible_insured"] == "191693"
    at.number_input(key="percent.checkup_eligible_insured").set_value(0.0)
    run(at)
    assert "n.checkup_eligible_insured" not in link(at)
    assert title(at) == UNTOUCHED


def test_guidance_grows_with_checkups_only_when_asked() -> None:
    at = with_open(opened(SIXTY), "eligible")
    assert rows(at)["guidance_rate_insured"]["people"] == "5,139人"
    at.toggle(key="grow").set_value(True)
    run(at)
    assert rows(at)["guidance_rate_insured"]["people"] == "5,284人"
    assert link(at)["grow"] == "1"


# --- number fields ----------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_number_fields_do_what_the_handles_do(lang: str) -> None:
    at = opened(YAMAGUCHI | {"lang": lang})
    at.toggle(key="numbers").set_value(True)
    run(at)
    field = at.number_input(key="t.lifestyle_checkup_rate")
    assert (field.value, field.min, field.max, field.step) == (58.0, 0.0, 86.4, 0.5)
    assert at.number_input(key="t.mail_application_rate").value is None
    field.set_value(60.0)
    run(at)
    assert link(at)["t.lifestyle_checkup_rate"] == "60.0"
    assert "3,486" in title(at)
    assert [m.value for m in at.metric][:2] == ["65.2%", "142,816人" if lang == "ja" else "142,816"]


@pytest.mark.parametrize(
    ("typed", "percent"),
    # 1 and 100,000,000 of 174,266: −99.9994 % and +57,283.5 %, outside what the field takes from a hand.
    [("1", -100.0), ("100000000", 57283.5)],
)
def test_a_field_of_eligible_people_shows_what_the_link_says(typed: str, percent: float) -> None:
    at = with_open(opened(YAMAGUCHI | {"n.checkup_eligible_insured": typed}), "eligible")
    assert at.number_input(key="n.checkup_eligible_insured").value == int(typed)
    assert at.number_input(key="percent.checkup_eligible_insured").value == percent
    assert link(at)["n.checkup_eligible_insured"] == typed


def bounded(folder: Path, low: str, high: str) -> Path:
    """A package whose lifestyle targets may be moved between these."""
    table = builders.rows(builders.package(folder) / "measures.csv")
    for one in table:
        if one["measure_id"] == "lifestyle_checkup_rate":
            one |= {"slider_min": low, "slider_max": high}
    builders.write(folder / "measures.csv", list(table[0]), table)
    return folder


@pytest.mark.parametrize(("low", "high"), [("0", "50"), ("60", "100"), ("90", "95")])
def test_a_number_field_shows_a_printed_target_outside_its_range(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, low: str, high: str
) -> None:
    # 90–95 leaves nothing beside the 13.6 % of employer records: both are of the same people.
    monkeypatch.setenv("KENPO_DATA", str(bounded(tmp_path / "data", low, high)))
    at = opened(YAMAGUCHI)
    at.toggle(key="numbers").set_value(True)
    run(at)
    assert at.number_input(key="t.lifestyle_checkup_rate").value == 58.0
    run(with_open(at, "seek"))


# --- scenarios --------------------------------------------------------------------------------------


def test_scenarios_are_kept_opened_and_dropped() -> None:
    at = opened(SIXTY)
    at.text_input(key="scenario").set_value("強気 ~ 案")
    run(at)
    assert link(at)["scenario"] == "強気 〜 案"
    at.button(key="keep_copy").click()
    run(at)
    assert link(at)["s1"] == "強気 〜 案~lifestyle_checkup_rate-60.0"
    assert at.text_input(key="scenario").value == "案A"
    at.button(key="preset_keep").click()
    run(at)
    assert sheet(at)[6][:3] == [
        "生活習慣病予防健診実施率を58.0%以上とする",
        "生活習慣病予防健診実施率を60.0%以上とする",
        "生活習慣病予防健診実施率を58.0%以上とする",
    ]
    at.button(key="open_0").click()
    run(at)
    assert title(at) == AT_SIXTY
    assert (at.text_input(key="scenario").value, link(at)["s1"]) == ("強気 〜 案", "案A")
    at.button(key="drop_0").click()
    run(at)
    assert "s1" not in link(at)
    assert title(at) == AT_SIXTY


def test_four_stand_side_by_side_and_no_more() -> None:
    at = opened(SIXTY)
    for _ in range(3):
        at.button(key="keep_copy").click()
        run(at)
    assert [name for name in link(at) if re.fullmatch(r"s\d", name)] == ["s1", "s2", "s3"]
    assert at.button(key="keep_copy").disabled
    assert len(component(at, "columns")["columns"]) == 4 + 1 + 8


def test_another_branch_or_year_starts_from_its_own_plan() -> None:
    at = opened(SIXTY | {"s1": "案A~lifestyle_checkup_rate-61.0"})
    at.selectbox(key="plan_year").set_value(2025)
    run(at)
    assert link(at) == {"branch": "yamaguchi", "fy": "2025"}
    assert "令和7年度の計画は収録されていません" in captions(at)
    at.selectbox(key="plan_branch").set_value("gunma")
    run(at)
    assert link(at) == {"branch": "gunma,yamaguchi"}
    assert title(at).startswith("群馬の令和9年度の案")


def test_the_scenario_travels_with_the_menu_and_the_language() -> None:
    at = opened(SIXTY | {"s1": "案B~lifestyle_checkup_rate-61.0"})
    at.button_group(key="lang").set_value("en")
    run(at)
    assert title(at).startswith("Lifestyle checkups at 60.0%")
    carried = [dict(p.split("=", 1) for p in link.proto.query_string.split("&")) for link in at.get("page_link")]
    assert all("t.lifestyle_checkup_rate" in parameters for parameters in carried)
