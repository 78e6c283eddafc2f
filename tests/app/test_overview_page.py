"""Overview through AppTest: page × language × link, good and bad, and a package that is not sound."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.builders import DATA
from tests.reading import read

APP = str(Path(__file__).resolve().parents[2] / "app.py")
JAPANESE = re.compile(r"[぀-ヿ一-鿿]")

Link = Mapping[str, str]


def opened(link: Link | None = None) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=30)
    at.query_params.update(link or {})
    at.run()
    assert not at.exception
    return at


def table(at: AppTest) -> dict[str, Any]:
    """What the matrix component was given."""
    found = [json.loads(element.proto.json) for element in at.get("bidi_component")]
    (data,) = [data for data in found if "groups" in data]
    return dict(data)


def cells(at: AppTest) -> dict[tuple[str, str], dict[str, Any]]:
    data = table(at)
    branches = [column["id"] for column in data["columns"]]
    return {
        (row["id"], branch): cell
        for group in data["groups"]
        for row in group["rows"]
        for branch, cell in zip(branches, row["cells"], strict=True)
    }


def words(at: AppTest) -> str:
    """Everything the page says outside the matrix."""
    said = [*at.title, *at.markdown, *at.caption, *at.info, *at.error]
    return "\n".join(str(element.value) for element in said)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("era", ["", "wareki", "seireki"])
@pytest.mark.parametrize("fy", ["", "2020", "2021", "2022", "2023", "2025", "2029"])
def test_every_year_opens_in_both_languages_and_eras(lang: str, era: str, fy: str) -> None:
    at = opened({"lang": lang, "era": era, "fy": fy})
    assert at.title[0].value
    assert table(at)["groups"]
    assert not [caption for caption in at.caption if "era" in str(caption.value)]


@pytest.mark.parametrize("fy", ["2017", "2026", "2027"])
def test_a_year_of_reference_figures_alone_has_no_table_and_says_so(fy: str) -> None:
    at = opened({"fy": fy})
    assert "の計画と結果は収録されていません" in str(at.title[0].value)
    assert "収録のある年度：R2・R3・R4・R5・R6・R7・R11" in words(at)
    assert not at.info
    assert not [1 for element in at.get("bidi_component") if "groups" in json.loads(element.proto.json)]


def test_the_default_view_is_full_and_useful() -> None:
    at = opened()
    assert at.title[0].value == "静岡は判定できる17指標のうち 11 を達成、6 が未達成"
    data = table(at)
    assert [column["id"] for column in data["columns"]] == ["shizuoka", "gunma", "yamaguchi", "national"]
    assert sum(len(group["rows"]) for group in data["groups"]) == 17
    assert "12,167人" in words(at)


def test_a_judged_cell_shows_word_value_gap_and_its_origin() -> None:
    cell = cells(opened())["lifestyle_checkup_rate", "shizuoka"]
    assert (cell["word"], cell["value"], cell["unit"], cell["gap"], cell["gap_unit"]) == (
        "未達成",
        "64.7",
        "%",
        "▲2.8",
        "pt",
    )
    assert "187, 191, 527行目" in cell["about"][-1]


def test_a_judged_month_stands_beside_the_value() -> None:
    assert cells(opened())["card_recovery_rate", "shizuoka"]["when"] == "R6.11"
    assert cells(opened({"era": "seireki"}))["card_recovery_rate", "shizuoka"]["when"] == "2024.11"
    assert cells(opened({"lang": "en"}))["card_recovery_rate", "shizuoka"]["when"] == "Nov 2024"


def test_the_nation_of_2024_is_judged_beside() -> None:
    cell = cells(opened())["lifestyle_checkup_rate", "national"]
    assert (cell["word"], cell["value"], cell["gap"]) == ("未達成", "58.4", "▲3.3")
    assert cell["about"][-1].endswith("https://www.wic-net.com/material/document/21806/120")


def test_a_part_year_value_is_not_judged_but_compared_with_the_same_month() -> None:
    cell = cells(opened({"fy": "2023", "branch": "yamaguchi"}))["lifestyle_checkup_rate", "yamaguchi"]
    assert (cell["state"], cell["value"], cell["when"], cell["aside"]) == ("in_progress", "31.4", "R5.9", "全国+8.5pt")


def test_an_undated_value_is_shown_with_the_documents_own_verdict() -> None:
    cell = cells(opened({"fy": "2023", "branch": "saitama"}))["guidance_rate_insured", "saitama"]
    assert (cell["state"], cell["value"], cell["aside"]) == ("undated", "6.1", "文書 △")


def test_english_has_no_japanese_outside_printed_forms() -> None:
    at = opened({"lang": "en"})
    assert not JAPANESE.search(words(at).replace("日本語", ""))
    said = [
        text for cell in cells(at).values() for text in (cell.get("word", ""), cell.get("value", ""), *cell["about"])
    ]
    stated = {"達成", "未達成"}
    assert not [text for text in said if JAPANESE.search(text) and not any(text.endswith(mark) for mark in stated)]


def test_a_link_made_in_one_language_opens_the_same_picture_in_the_other() -> None:
    link = {"fy": "2023", "branch": "saitama,yamaguchi", "my": "yamaguchi", "pillar": "2", "state": "in_progress"}
    japanese, english = opened(link), opened(link | {"lang": "en"})
    assert list(cells(japanese)) == list(cells(english))
    assert [c["state"] for c in cells(japanese).values()] == [c["state"] for c in cells(english).values()]
    assert [c.get("dim") for c in cells(japanese).values()] == [c.get("dim") for c in cells(english).values()]


BAD_LINKS = {
    "unknown branch": ({"branch": "yamaguchi,atlantis"}, "branch=atlantis"),
    "the nation as a branch": ({"branch": "national"}, "branch=national"),
    "unknown year": ({"fy": "1066"}, "fy=1066"),
    "a year that is no number": ({"fy": "R6"}, "fy=R6"),
    "unknown state": ({"state": "happy"}, "state=happy"),
    "unknown pillar": ({"pillar": "4"}, "pillar=4"),
    "unknown language": ({"lang": "de"}, "lang=de"),
    "unknown era": ({"era": "showa"}, "era=showa"),
    "unknown own branch": ({"my": "atlantis"}, "my=atlantis"),
    "unknown measure": ({"measure": "happiness"}, "measure=happiness"),
    "unknown parameter": ({"sort": "asc"}, "sort=asc"),
    "markup": ({"branch": "<b>**x**</b>"}, "branch=<b>**x**</b>"),
    "sql": ({"branch": "'; drop table observations; --"}, "branch='; drop table observations; --"),
    "very long": ({"my": "x" * 5000}, "my=" + "x" * 39 + "…"),
}


@pytest.mark.parametrize("name", BAD_LINKS)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_bad_part_of_a_link_is_left_out_with_one_quiet_line(name: str, lang: str) -> None:
    link, named = BAD_LINKS[name]
    at = opened({"lang": lang} | link)
    quiet = [read(caption.value) for caption in at.caption]
    assert sum(named in line for line in quiet) == 1
    assert table(at)["groups"]


def test_every_chosen_branch_has_a_column() -> None:
    at = opened({"branch": "shizuoka,gunma,yamaguchi,saitama,okayama,tokyo,osaka"})
    assert [column["name"] for column in table(at)["columns"]] == [
        *("静岡", "群馬", "山口", "埼玉", "岡山", "東京", "大阪", "全国")
    ]


def test_a_branch_without_a_document_says_which_years_it_has() -> None:
    at = opened({"branch": "okayama"})
    assert at.title[0].value == "岡山の令和6年度（2024）の資料は収録されていません"
    assert "R2・R3" in words(at)
    assert {cell["state"] for (_, branch), cell in cells(at).items() if branch == "okayama"} == {"absent"}


def test_a_filter_nothing_fits_says_what_to_do() -> None:
    at = opened({"fy": "2022", "state": "undated"})
    assert at.info[0].value == "この条件に当てはまる指標はありません。状態か柱の絞り込みを外してください。"


def test_a_changed_widget_is_written_to_the_link_and_wins() -> None:
    at = opened({"branch": "yamaguchi"})
    at.selectbox(key="fy").select(2023).run()
    assert at.query_params == {"branch": "yamaguchi", "fy": "2023"}
    assert cells(at)["lifestyle_checkup_rate", "yamaguchi"]["state"] == "in_progress"
    at.selectbox(key="fy").select(2024).run()
    assert at.query_params == {"branch": "yamaguchi"}


def test_a_changed_link_wins_over_the_widgets() -> None:
    at = opened({"fy": "2023"})
    at.query_params["fy"] = "2021"
    at.run()
    assert at.selectbox(key="fy").value == 2021


def test_the_language_switch_keeps_everything_else() -> None:
    at = opened({"fy": "2023", "branch": "saitama", "state": "undated"})
    at.segmented_control(key="lang").set_value("en").run()
    assert at.query_params == {"lang": "en", "fy": "2023", "branch": "saitama", "state": "undated"}


def test_states_and_pillars_filter_and_count() -> None:
    at = opened()
    at.pills(key="state").set_value(["not_achieved"]).run()
    assert {cell["state"] for (_, b), cell in cells(at).items() if b == "shizuoka"} == {"not_achieved"}
    assert len({row for row, _ in cells(at)}) == 6
    at.pills(key="pillar").set_value([1]).run()
    assert {row for row, _ in cells(at)} == {"mail_application_rate", "claim_assessment_rate", "card_recovery_rate"}


def test_the_headline_speaks_of_the_readers_own_branch() -> None:
    at = opened({"my": "yamaguchi"})
    assert str(at.title[0].value).startswith("山口は17指標に目標")
    assert table(at)["columns"][0]["own"] is True


def test_removing_the_last_branch_returns_to_the_default_view() -> None:
    at = opened({"branch": "yamaguchi"})
    at.pills(key="branch").set_value([]).run()
    assert at.query_params == {}
    assert len(table(at)["columns"]) == 4


def test_the_sources_list_every_figure_of_the_table() -> None:
    at = opened()
    at.session_state["sources"] = True
    at.run()
    (sources,) = at.dataframe
    figures = sources.value
    row = figures[(figures["印字"] == "64.7%") & (figures["支部"] == "静岡")].iloc[0]
    assert row["行"] == "187, 191, 527"
    assert row["文書"] == "令和6年度 静岡支部事業計画実施結果"
    nation = figures[(figures["印字"] == "58.4%") & (figures["支部"] == "全国")].iloc[0]
    assert nation["所在"] == "https://www.wic-net.com/material/document/21806/120"


def test_the_table_may_be_taken_away() -> None:
    labels = [str(element.proto.label) for element in opened().get("download_button")]
    assert labels == ["CSV", "Excel"]


def test_sources_stand_in_the_cells_on_request() -> None:
    at = opened()
    assert "source" not in cells(at)["lifestyle_checkup_rate", "shizuoka"]
    at.toggle(key="sources_in_table").set_value(True).run()
    assert cells(at)["lifestyle_checkup_rate", "shizuoka"]["source"].endswith("187, 191, 527行目")


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the data package, in use; each test damages it in its own way."""
    folder = tmp_path / "package"
    shutil.copytree(DATA, folder)
    monkeypatch.setenv("KENPO_DATA", str(folder))
    yield folder
    st.cache_resource.clear()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_an_unsound_package_is_named_and_not_half_loaded(broken: Path, lang: str) -> None:
    path = broken / "observations.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("lifestyle_checkup_rate,target,58.0,", "lifestyle_checkup_rate,target,5８.0,", 1), encoding="utf-8"
    )
    at = opened({"lang": lang})
    assert not at.get("bidi_component")
    (error,) = at.error
    said = str(error.value).replace("\\", "")
    assert "observations.csv" in said
    assert "5８.0" in said
    assert "value" in said


def test_a_missing_file_is_named(broken: Path) -> None:
    (broken / "branches.csv").unlink()
    at = opened()
    assert any("branches.csv" in str(error.value).replace("\\", "") for error in at.error)


def test_a_mended_package_opens_without_a_restart(broken: Path) -> None:
    path = broken / "observations.csv"
    whole = path.read_bytes()
    path.write_bytes(whole[:2000])
    at = opened()
    assert at.error
    path.write_bytes(whole)
    at.run()
    assert not at.error
    assert table(at)["groups"]
