"""Compare through AppTest: measure × language × link, good and bad, and what its table says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

APP = str(Path(__file__).resolve().parents[2] / "app.py")

Link = Mapping[str, str]


def opened(link: Link | None = None) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=30)
    at.switch_page("pages/compare.py")
    at.query_params.update(link or {})
    at.run()
    assert not at.exception
    return at


def table(at: AppTest) -> pd.DataFrame:
    frame = at.dataframe[0].value
    assert isinstance(frame, pd.DataFrame)
    return frame


def spec(at: AppTest) -> dict[str, Any]:
    (chart,) = at.get("vega_lite_chart")
    return dict(json.loads(chart.proto.spec))


def words(at: AppTest) -> str:
    return "\n".join(str(element.value) for element in [*at.title, *at.markdown, *at.caption])


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("show", ["actual", "target"])
@pytest.mark.parametrize("base", ["target", "national", "last_year", "best"])
@pytest.mark.parametrize("mode", ["year", "latest"])
def test_every_way_of_comparing_opens(lang: str, show: str, base: str, mode: str) -> None:
    at = opened({"lang": lang, "show": show, "base": base, "mode": mode, "branch": "yamaguchi,shizuoka"})
    assert at.title[0].value
    assert len(table(at)) >= 6


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(
    "measure",
    [
        "single_bid_rate",
        "health_declaration_offices",
        "opinion_transmission",
        "premium_rate",
        "claim_assessment_rate_joint",
    ],
)
@pytest.mark.parametrize("fy", ["", "2021", "2023", "2024", "2025"])
def test_every_kind_of_measure_opens_in_every_year(lang: str, measure: str, fy: str) -> None:
    at = opened({"lang": lang, "measure": measure, "fy": fy})
    assert at.title[0].value
    assert spec(at)["layer"]


def test_one_actual_is_set_against_nation_and_target_and_has_no_rank() -> None:
    at = opened({"fy": "2024", "measure": "lifestyle_checkup_rate"})
    assert at.title[0].value == "静岡 64.7% は全国を6.3ポイント上回るが、目標 67.5%以上 に2.8ポイント届かない"
    assert "実績のある支部は1つだけのため、順位はありません。" in words(at)
    assert "47.4%（鹿児島）〜80.5%（山形）" in words(at)
    row = table(at).set_index("支部").loc["静岡"]
    assert (row["実績"], row["目標"], row["全国との差"], row["人数"], row["順位"]) == (
        "64.7%",
        "67.5%",
        "+6.3pt",
        "12,167人",
        "—",
    )


def test_targets_rank_where_only_plans_exist() -> None:
    at = opened({"fy": "2024", "show": "target"})
    ranks = table(at).set_index("支部")["順位"]
    assert dict(ranks[ranks != "—"]) == {"静岡": "1位 / 3支部", "群馬": "2位 / 3支部", "山口": "3位 / 3支部"}
    assert table(at).set_index("支部").loc["全国", "目標"] == "61.7%"


def test_an_undated_value_is_not_ranked() -> None:
    at = opened({"fy": "2023", "measure": "guidance_rate_insured"})
    row = table(at).set_index("支部").loc["埼玉"]
    assert (row["実績"], row["順位"], row["状態"]) == ("6.1%", "—", "◌ 時点不明")


def test_counts_have_neither_rank_nor_national_difference() -> None:
    at = opened({"measure": "health_declaration_offices", "fy": "2024"})
    assert set(table(at)["全国との差"]) == {"—"}
    assert set(table(at)["順位"]) == {"—"}
    assert "件数は支部の規模が異なるため、順位を付けません。" in words(at)


def test_counts_name_what_they_count_in_both_languages() -> None:
    link = {"measure": "committee_offices", "fy": "2024"}
    assert table(opened(link)).set_index("支部").loc["静岡", "実績"] == "21,168事業所"
    assert table(opened({**link, "lang": "en"})).set_index("Branch").loc["Shizuoka", "Actual"] == "21,168 workplaces"


def test_declarations_of_two_definitions_are_not_set_against_each_other() -> None:
    at = opened({"measure": "health_declaration_offices", "fy": "2023"})
    row = table(at).set_index("支部").loc["静岡"]
    assert (row["実績"], row["状態"]) == ("—", "／ 比較不可")


def test_a_result_in_words_stands_with_the_verdict_of_its_document() -> None:
    at = opened({"measure": "opinion_transmission", "fy": "2023"})
    row = table(at).set_index("支部").loc["埼玉"]
    said = "病床機能報告定量基準分析結果に対して意見発信（文書 ○）"
    assert (row["実績"], row["目標"], row["状態"]) == (said, "定性目標", "定性")
    assert "数値がない" in row["備考"]


def test_47_premium_rates_stand_in_one_view() -> None:
    at = opened({"measure": "premium_rate", "fy": "2025", "branch": "yamaguchi"})
    assert len(table(at)) == 48
    assert table(at).set_index("支部").loc["山口", "順位"] == "44位 / 47支部"


def test_the_table_shows_its_sources_on_request() -> None:
    at = opened()
    at.toggle(key="sources_in_table").set_value(True).run()
    sources = table(at).set_index("支部")["出典"]
    assert sources["静岡"] == "64.7% — 令和6年度 静岡支部事業計画実施結果 187, 191, 527行目"
    assert sources["全国"].endswith("https://www.wic-net.com/material/document/21806/120")


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(
    ("link", "named"),
    [
        ({"measure": "happiness"}, "measure=happiness"),
        ({"show": "dreams"}, "show=dreams"),
        ({"base": "moon"}, "base=moon"),
        ({"mode": "sideways"}, "mode=sideways"),
        ({"fy": "1999"}, "fy=1999"),
        ({"branch": "atlantis"}, "branch=atlantis"),
    ],
)
def test_a_bad_part_of_a_link_is_left_out_with_one_quiet_line(lang: str, link: Link, named: str) -> None:
    at = opened({"lang": lang, **link})
    assert sum(named in str(caption.value).replace("\\", "") for caption in at.caption) == 1


def test_a_link_made_in_one_language_opens_the_same_picture_in_the_other() -> None:
    link = {"measure": "generic_use_rate", "fy": "2023", "base": "national", "branch": "saitama"}
    japanese, english = opened(link), opened({**link, "lang": "en"})
    assert table(japanese).shape == table(english).shape
    assert spec(japanese) == spec(english)


def test_choosers_write_the_link() -> None:
    at = opened()
    at.segmented_control(key="base").set_value("national").run()
    at.selectbox(key="measure").select("single_bid_rate").run()
    assert at.query_params == {"base": "national", "measure": "single_bid_rate"}


@pytest.mark.parametrize(("fy", "said"), [("2024", True), ("2025", True), ("2026", False), ("2023", False)])
def test_a_year_beside_drafts_says_why_it_shows_no_change(fy: str, said: bool) -> None:
    at = opened({"measure": "premium_rate", "fy": fy})
    assert ("前年度からの増減は示しません" in words(at)) is said
    assert (set(table(at)["対前年度"]) == {"—"}) is said
