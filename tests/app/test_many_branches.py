"""Every page with all 47 branches, of a synthetic package: choosers, colours, links, and what is sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import pyarrow.ipc
import pytest
from streamlit.testing.v1 import AppTest

from bench.make_package import Size, make
from tests.builders import DATA, rows

APP = str(Path(__file__).resolve().parents[2] / "app.py")
ALL = [row["branch_id"] for row in rows(DATA / "branches.csv") if row["region"]]
CHUGOKU = ["tottori", "shimane", "okayama", "hiroshima", "yamaguchi"]
REST = "#B4BCC6"

Link = Mapping[str, str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("many") / "made", Size(years=3), 1)


@pytest.fixture(autouse=True)
def _package(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KENPO_DATA", str(folder))


def opened(page: str = "", link: Link | None = None) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=60)
    if page:
        at.switch_page(f"pages/{page}.py")
    at.query_params.update(link or {})
    at.run()
    assert not at.exception
    return at


def matrix(at: AppTest) -> dict[str, Any]:
    found = [json.loads(element.proto.json) for element in at.get("bidi_component")]
    (data,) = [data for data in found if "groups" in data]
    return dict(data)


def linked(at: AppTest) -> list[str]:
    found = at.query_params.get("branch", "")
    return (found if isinstance(found, str) else found[0]).split(",") if found else []


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("page", ["", "compare", "trend", "what_if", "landing", "data"])
def test_every_page_opens_with_all_branches(page: str, lang: str) -> None:
    at = opened(page, {"lang": lang, "branch": ",".join(ALL), "my": "yamaguchi"})
    # The headline of What-if is drawn by its component.
    assert at.title or page == "what_if"
    assert not at.error
    # No quiet line names more than a handful of things.
    assert max(len(str(caption.value)) for caption in at.caption) < 1200


@pytest.mark.parametrize("page", ["", "compare", "trend"])
def test_many_branches_are_searched_by_name_or_region_the_own_one_first(page: str) -> None:
    chooser = opened(page, {"my": "yamaguchi"}).multiselect(key="branch")
    assert chooser.options[:3] == ["山口（中国）", "北海道（北海道）", "青森（東北）"]
    assert len(chooser.options) == 47


def test_a_region_is_taken_and_dropped_at_once() -> None:
    at = opened(link={"branch": "tokyo,okayama"})
    at.pills(key="region").set_value(["chugoku"]).run()
    assert linked(at) == ["tokyo", "okayama", "tottori", "shimane", "hiroshima", "yamaguchi"]
    assert at.pills(key="region").value == ["chugoku"]
    at.pills(key="region").set_value([]).run()
    assert linked(at) == ["tokyo"]


def test_a_region_whose_branches_are_all_chosen_is_on() -> None:
    at = opened(link={"branch": ",".join([*CHUGOKU, "tokyo"])})
    assert at.pills(key="region").value == ["chugoku"]


def test_all_and_none_leave_the_own_branch_where_it_is() -> None:
    at = opened(link={"my": "yamaguchi", "branch": "tokyo"})
    at.button(key="all_branches").click().run()
    assert linked(at)[:2] == ["yamaguchi", "tokyo"]
    assert sorted(linked(at)) == sorted(ALL)
    at.button(key="no_branches").click().run()
    assert linked(at) == ["yamaguchi"]


def test_a_picture_with_room_for_six_offers_no_groups() -> None:
    at = opened("trend", {"branch": ",".join(ALL)})
    assert not [button for button in at.button if button.key == "all_branches"]
    assert "支部は6つまで表示します。除いた支部：福島・茨城・栃木・群馬・埼玉・千葉 ほか35" in [
        str(caption.value) for caption in at.caption
    ]


def test_all_47_fit_a_link_of_any_browser() -> None:
    at = opened(link={"branch": ",".join(ALL), "my": "yamaguchi", "fy": "2024"})
    said = {name: values if isinstance(values, str) else values[0] for name, values in at.query_params.items()}
    assert len(urlencode(said)) < 700
    others = [branch for branch in ALL if branch != "yamaguchi"]
    assert [column["id"] for column in matrix(at)["columns"]] == ["yamaguchi", *others, "national"]


def test_of_47_columns_only_the_own_one_and_the_nation_are_coloured() -> None:
    columns = matrix(opened(link={"branch": ",".join(ALL), "my": "tokyo"}))["columns"]
    assert [column["id"] for column in columns if column["color"]] == ["tokyo", "national"]


def test_without_a_choice_as_many_columns_as_a_screen_shows() -> None:
    assert len(matrix(opened(link={"my": "tokyo"}))["columns"]) == 7


def sent(at: AppTest) -> pd.DataFrame:
    """The rows the first chart was sent."""
    chart = at.get("vega_lite_chart")[0]
    with pyarrow.ipc.open_stream(chart.proto.data.data) as stream:
        return pd.DataFrame(stream.read_all().to_pydict())


def test_compare_sends_one_row_a_column_and_colours_the_own_branch() -> None:
    frame = sent(opened("compare", {"my": "yamaguchi", "fy": "2024"}))
    # Every ninth branch has no result of the last final year: 5 of 47.
    assert len(frame) == 42
    assert dict(zip(frame["name"], frame["color"], strict=True))["山口"] == "#3B55D6"
    assert set(frame.loc[frame["name"] != "山口", "color"]) == {REST}
    ends = [frame["name"].iloc[0], frame["name"].iloc[-1], "山口"]
    labelled = frame[frame["figure_label"].notna()]
    assert set(labelled["name"]) == set(ends)


def test_compare_colours_the_chosen_few_each_in_a_colour_of_its_own() -> None:
    few = {"yamaguchi", "tokyo", "osaka", "aichi", "fukuoka", "kyoto"}
    frame = sent(opened("compare", {"branch": ",".join(few), "fy": "2024"}))
    colors = frame.loc[frame["color"] != REST, "color"]
    assert len(colors) == len(set(colors)) >= 5


def test_branches_without_a_value_share_one_band_beside_the_chosen() -> None:
    at = opened("compare", {"branch": "tokyo,osaka", "fy": "2025", "measure": "lifestyle_checkup_rate"})
    frame = sent(at)
    assert sorted(frame["name"]) == ["他45支部", "全国", "大阪", "東京"]
    assert list(frame["reason"].dropna()) == ["目標のみ（実績の収録資料なし）（各支部は下の表）"]
    assert len(at.dataframe[0].value) == 48


def test_a_page_of_many_documents_names_some_and_counts_the_rest() -> None:
    at = opened("compare", {"my": "yamaguchi", "fy": "2024"})
    (footer,) = [str(caption.value) for caption in at.caption if "根拠文書" in str(caption.value)]
    assert footer.count("（架空）") == 24
    assert " ほか" in footer
