"""Landing through AppTest: month × measure × language × link, good and bad, and what the page says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests import builders

APP = str(Path(__file__).resolve().parents[2] / "app.py")

Link = Mapping[str, str]
TITLE = "山口の着地は3,981人（14.9%）の見込み。目標 38.3%以上 には上振れしても15.0%で届きません"
MONTHS = [f"2023-{month:02}" for month in range(4, 11)]


def opened(link: Link | None = None) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=30)
    at.switch_page("pages/landing.py")
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


def test_the_page_opens_on_the_series_there_is() -> None:
    at = opened()
    assert at.title[0].value == TITLE
    assert [str(m.value).replace("\\", "") for m in at.metric] == ["3,981人", "14.9%", "▲8.1%", "23.4%", "1,572人/月"]
    assert "4,317/22,924＝18.8%（年間の表の印字は17.7%）" in words(at)
    assert len(at.get("vega_lite_chart")) == 2
    assert len(table(at)) == 12


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("measure", ["guidance_rate_insured", "guidance_rate_dependant"])
@pytest.mark.parametrize("month", MONTHS)
def test_every_month_of_every_series_opens(lang: str, measure: str, month: str) -> None:
    at = opened({"lang": lang, "measure": measure, "asof": month})
    assert at.select_slider[0].value == month
    assert str(at.metric[0].value) != "—"


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("fy", ["2021", "2022", "2023", "2024", "2025"])
@pytest.mark.parametrize("branch", ["yamaguchi", "shizuoka", "saitama", "gunma", "tokyo"])
@pytest.mark.parametrize("measure", ["lifestyle_checkup_rate", "guidance_rate_insured", "generic_use_rate"])
def test_every_branch_and_year_says_something(lang: str, fy: str, branch: str, measure: str) -> None:
    at = opened({"lang": lang, "fy": fy, "branch": branch, "measure": measure})
    assert at.title[0].value


def test_the_slider_replays_the_year_and_writes_the_link() -> None:
    at = opened({"measure": "guidance_rate_insured"})
    at.select_slider(key="asof").set_value("2023-07").run()
    assert at.query_params["asof"] == "2023-07"
    assert "3,893人" in at.title[0].value
    at.select_slider(key="asof").set_value("2023-10").run()
    assert "asof" not in at.query_params
    assert at.title[0].value == TITLE


def test_another_measure_forgets_the_month() -> None:
    at = opened({"asof": "2023-05"})
    at.selectbox(key="measure").select("guidance_rate_dependant").run()
    assert at.query_params == {"measure": "guidance_rate_dependant"}
    assert at.select_slider[0].value == "2023-10"


def test_choosing_a_branch_writes_the_link() -> None:
    at = opened()
    at.selectbox(key="branch").select("saitama").run()
    assert at.query_params == {"branch": "saitama"}
    at.selectbox(key="branch").select("yamaguchi").run()
    assert at.query_params == {}


def test_a_single_figure_is_compared_with_its_month_and_not_forecast() -> None:
    at = opened({"measure": "lifestyle_checkup_rate"})
    assert at.title[0].value == "山口はR5.9時点で31.4%、同じ月の全国（22.9%）を8.5ポイント上回る"
    assert "月ごとの実績が収録資料にないため、見込みは出さず" in words(at)
    assert not at.get("vega_lite_chart")
    assert not at.metric
    assert [str(b.proto.label) for b in at.get("download_button")] == ["CSV", "Excel"]


def test_nothing_on_record_says_why() -> None:
    at = opened({"branch": "gunma", "measure": "lifestyle_checkup_rate"})
    assert "年度途中の実績が収録資料にないため" in words(at)
    assert not at.dataframe


def test_a_complete_year_is_not_forecast() -> None:
    at = opened({"fy": "2022"})
    assert at.title[0].value == "山口の令和4年度（2022）は4,317人（18.8%）で終わり、見込みは出しません"
    assert at.metric[0].value == "—"


def test_a_dependants_april_is_wide_and_says_how_far_it_missed() -> None:
    at = opened({"measure": "guidance_rate_dependant", "asof": "2023-04"})
    assert "11.6%〜41.2%" in at.title[0].value
    assert "最大の外れ56.1%をそのまま幅にします" in words(at)
    assert "+3,700.0%" in str(at.metric[2].value).replace("\\", "")


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(
    ("link", "named"),
    [
        ({"asof": "2023-11"}, "asof=2023-11"),
        ({"asof": "October"}, "asof=October"),
        ({"asof": "2023-05", "measure": "lifestyle_checkup_rate"}, "asof=2023-05"),
        ({"fy": "1999"}, "fy=1999"),
        ({"branch": "atlantis"}, "branch=atlantis"),
        ({"measure": "guidance_insured_count"}, "measure=guidance_insured_count"),
    ],
)
def test_a_bad_part_of_a_link_is_left_out_with_one_quiet_line(lang: str, link: Link, named: str) -> None:
    at = opened({"lang": lang, **link})
    assert sum(named in str(caption.value).replace("\\", "") for caption in at.caption) == 1


def test_the_table_shows_its_sources_on_request() -> None:
    at = opened()
    at.toggle(key="sources_in_table").set_value(True).run()
    assert "2,398 令和6年度 山口支部事業計画 397行目" in str(table(at).set_index("月").loc["10月", "出典"])


@pytest.fixture
def _no_months(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A sound package whose documents print no month."""
    folder = builders.package(tmp_path / "package")
    builders.write(folder / "monthly.csv", builders.MONTHLY_COLUMNS, [])
    monkeypatch.setenv("KENPO_DATA", str(folder))
    yield
    st.cache_resource.clear()


@pytest.mark.usefixtures("_no_months")
def test_a_package_without_months_still_says_something() -> None:
    at = opened()
    assert at.title[0].value
    assert not at.select_slider


@pytest.mark.parametrize(("today", "over"), [("2024-03-31", False), ("2026-11-25", True)])
def test_a_year_that_is_over_is_said_in_the_headline_and_moves_no_figure(
    today: str, over: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KENPO_TODAY", today)
    at = opened()
    assert at.title[0].value == TITLE
    assert ("令和5年度は終了・実績の資料は未収録（R5.10時点での見込み）。" in words(at)) is over
