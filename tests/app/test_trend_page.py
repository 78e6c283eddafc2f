"""Trend through AppTest: measure × language × link, good and bad, and what the page says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests import builders

APP = str(Path(__file__).resolve().parents[2] / "app.py")

Link = Mapping[str, str]
MEASURES = [
    row["measure_id"]
    for row in builders.rows(builders.DATA / "measures.csv")
    if row["role"] in ("kpi", "goal", "reference")
]


def opened(link: Link | None = None) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=30)
    at.switch_page("pages/trend.py")
    at.query_params.update(link or {})
    at.run()
    assert not at.exception
    return at


def table(at: AppTest) -> pd.DataFrame:
    frame = at.dataframe[0].value
    assert isinstance(frame, pd.DataFrame)
    return frame


def words(at: AppTest) -> str:
    return "\n".join(str(element.value).replace("\\", "") for element in [*at.title, *at.markdown, *at.caption])


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_measure_opens(lang: str, measure: str) -> None:
    at = opened({"lang": lang, "measure": measure})
    assert at.title[0].value
    assert at.get("vega_lite_chart")


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("pillar", ["1", "2", "3", "1,2,3"])
@pytest.mark.parametrize("my", ["", "shizuoka", "gunma", "tokyo"])
def test_every_pillar_opens_as_small_multiples(lang: str, pillar: str, my: str) -> None:
    at = opened({"lang": lang, "pillar": pillar, "my": my})
    assert at.title[0].value
    assert at.get("vega_lite_chart")


def test_the_headline_names_the_largest_move() -> None:
    assert opened().title[0].value == "いちばん動いたのは静岡 R5→R6の4.9ポイント悪化（69.6%→64.7%）"
    at = opened({"measure": "guidance_rate_insured", "branch": "yamaguchi"})
    assert at.title[0].value.endswith("1.3ポイント悪化（19.0%→17.7%）、偶然の幅を超える動き")


def test_the_table_has_every_year_of_every_branch() -> None:
    frame = table(opened({"branch": "yamaguchi"}))
    own = frame[frame["支部"] == "山口"].set_index("年度")
    assert list(own["実績"]) == ["55.5%", "58.0%", "31.4%", "—"]
    assert own.loc["令和5年度", "時点"] == "R5.9"
    assert own.loc["令和4年度", "対前年度"] == "+2.5pt"
    assert set(frame["支部"]) == {"山口", "全国"}


def test_47_premium_rates_come_with_their_ranks() -> None:
    at = opened({"measure": "premium_rate", "branch": "yamaguchi"})
    assert len(at.get("vega_lite_chart")) == 2
    frame = table(at)
    assert set(frame["支部"]) == {row["name_ja"] for row in builders.rows(builders.DATA / "branches.csv")}
    own = frame[frame["支部"] == "山口"].set_index("年度")
    assert own.loc["令和7年度", "順位"] == "44位 / 47支部"
    assert (own.loc["令和6年度", "備考"], own.loc["令和6年度", "対前年度"]) == ("案", "—")


def test_counts_stand_as_an_index() -> None:
    at = opened({"measure": "health_declaration_offices_to_2023", "branch": "yamaguchi"})
    own = table(at)[table(at)["支部"] == "山口"].set_index("年度")
    assert list(own["指数"])[:3] == ["100.0", "114.0", "124.5"]


def test_a_result_in_words_is_no_point_but_a_row() -> None:
    at = opened({"measure": "opinion_transmission", "branch": "saitama"})
    own = table(at)[table(at)["支部"] == "埼玉"].set_index("年度")
    assert own.loc["令和5年度", "実績"] == "病床機能報告定量基準分析結果に対して意見発信（文書 ○）"


def test_the_line_of_declarations_breaks_where_the_standardised_ones_begin() -> None:
    at = opened({"measure": "health_declaration_offices", "branch": "shizuoka"})
    assert (
        "令和6年度に定義が「健康宣言事業所数（R5までの数え方）」から「健康宣言事業所数（標準化された宣言）」へ"
        in words(at)
    )
    own = table(at)[table(at)["支部"] == "静岡"]
    assert list(own["対前年度"][own["年度"] == "令和6年度"]) == ["—"]


def test_a_break_names_both_definitions() -> None:
    said = words(opened({"measure": "visit_rate_10m"}))
    assert "「受診勧奨後3か月以内に医療機関を受診した者の割合」から「健診受診月から10か月以内" in said


def test_years_are_chosen_and_written_to_the_link() -> None:
    at = opened()
    at.selectbox(key="from").select(2023).run()
    assert at.query_params == {"from": "2023"}
    at.selectbox(key="to").select(2024).run()
    assert at.query_params == {"from": "2023", "to": "2024"}
    assert set(table(at)["年度"]) == {"令和5年度", "令和6年度"}
    at.selectbox(key="from").select(2020).run()
    assert at.query_params == {"to": "2024"}


def test_an_end_before_the_beginning_is_turned_round() -> None:
    at = opened({"from": "2022", "to": "2023"})
    at.selectbox(key="to").select(2021).run()
    assert at.query_params == {"from": "2021", "to": "2022"}


def test_pillars_take_the_place_of_the_measure() -> None:
    at = opened({"pillar": "3"})
    assert not [box for box in at.selectbox if box.key == "measure"]
    assert "一者応札案件の割合" in words(at)


def test_a_chosen_row_shows_where_its_figures_stand() -> None:
    at = opened({"my": "shizuoka"})
    assert "静岡 令和6年度（2024）" in words(at)


def test_more_branches_than_fit_are_named() -> None:
    at = opened({"measure": "premium_rate", "branch": "aomori,iwate,miyagi,akita,yamagata,fukushima,ibaraki"})
    assert "除いた支部：茨城" in words(at)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(
    ("link", "named"),
    [
        ({"from": "1999"}, "from=1999"),
        ({"to": "2100"}, "to=2100"),
        ({"from": "R5"}, "from=R5"),
        ({"from": "2024", "to": "2021"}, "from=2024, to=2021"),
        ({"measure": "happiness"}, "measure=happiness"),
        ({"branch": "atlantis"}, "branch=atlantis"),
        ({"pillar": "9"}, "pillar=9"),
    ],
)
def test_a_bad_part_of_a_link_is_left_out_with_one_quiet_line(lang: str, link: Link, named: str) -> None:
    at = opened({"lang": lang, **link})
    assert sum(named in str(caption.value).replace("\\", "") for caption in at.caption) == 1


@pytest.mark.parametrize("link", [{}, {"pillar": "1"}, {"measure": "premium_rate"}])
def test_the_table_and_the_pictures_may_be_taken_away(link: Link) -> None:
    labels = [str(b.proto.label) for b in opened(link).get("download_button")]
    assert labels == ["CSV", "Excel", "図（SVG）", "図（PNG）"]


def test_the_table_shows_its_sources_on_request() -> None:
    at = opened({"branch": "shizuoka"})
    at.toggle(key="sources_in_table").set_value(True).run()
    rows = table(at).set_index(["支部", "年度"])
    assert "187, 191, 527行目" in str(rows.loc[("静岡", "令和6年度"), "出典"])
