"""Data through AppTest: part × language × link, the filter, what a row opens, and passages with and without texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests import builders

APP = str(Path(__file__).resolve().parents[2] / "app.py")
PARTS = ("documents", "measures", "findings", "initiatives", "budget", "changes", "tables")
each_part = pytest.mark.parametrize("part", PARTS)
each_language = pytest.mark.parametrize("lang", ["ja", "en"])


@pytest.fixture(autouse=True)
def _no_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KENPO_DOCUMENTS", raising=False)


def page(link: Mapping[str, str] | None = None) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=30)
    at.switch_page("pages/data.py")
    at.query_params.update(link or {})
    return at


def opened(link: Mapping[str, str] | None = None) -> AppTest:
    at = page(link).run()
    assert not at.exception
    return at


def filtered(part: str, words: str) -> AppTest:
    at = opened({"part": part})
    at.text_input(key="words").set_value(words).run()
    assert not at.exception
    return at


def table(at: AppTest, number: int = 0) -> pd.DataFrame:
    frame = at.dataframe[number].value
    assert isinstance(frame, pd.DataFrame)
    return frame


def words(at: AppTest) -> str:
    return "\n".join(str(element.value) for element in [*at.title, *at.markdown, *at.caption, *at.info])


@each_part
@each_language
@pytest.mark.parametrize("era", ["wareki", "seireki"])
def test_every_part_opens_in_both_languages_and_calendars(part: str, lang: str, era: str) -> None:
    at = opened({"part": part, "lang": lang, "era": era})
    assert at.title[0].value
    assert len(table(at))
    assert "{" not in at.title[0].value


@each_language
@pytest.mark.parametrize(
    "link",
    [
        {"part": "nothing"},
        {"part": "findings,budget"},
        {"part": "<script>"},
        {"part": "changes", "branch": "nowhere"},
        {"part": "changes", "branch": "okayama", "fy": "1850"},
        {"part": "initiatives", "branch": "yamaguchi"},
        {"part": "", "measure": "x", "state": "y"},
    ],
    ids=str,
)
def test_a_bad_link_still_opens(lang: str, link: Mapping[str, str]) -> None:
    assert opened({"lang": lang, **link}).title[0].value


def test_an_unknown_part_is_named() -> None:
    assert "part=nothing" in words(opened({"part": "nothing"})).replace("\\", "")


@pytest.mark.parametrize(
    ("part", "title"),
    [
        ("documents", "35の文書から 1,655件を収録"),
        ("measures", "80の指標、うちKPIは35"),
        ("findings", "文書の中の矛盾 16件、丸めだけの違い 1件"),
        ("initiatives", "埼玉 令和5年度：取組103件のうち、◎○なのにKPIが未達成のものが21件"),
        ("budget", "群馬 令和7年度の保険者機能強化予算は85,853千円、前年度から+12,361千円"),
        ("changes", "群馬 令和7年度の計画：KPIと目標は新設4、廃止2、引上げ6、引下げ0"),
        ("tables", "17の表をそのまま取り出す"),
    ],
)
def test_the_headline_of_a_part_is_its_finding(part: str, title: str) -> None:
    assert opened({"part": part}).title[0].value == title


def test_the_first_document_shows_its_heat_strip() -> None:
    at = opened()
    assert at.subheader[0].value == "令和6年度 山口支部事業計画"
    assert len(at.get("vega_lite_chart")) == 1


def test_a_document_without_figures_says_so() -> None:
    at = filtered("documents", "インセンティブ")
    assert at.subheader[0].value == "埼玉支部 インセンティブ制度の順位"
    assert "指標の数値以外の表だけを収録" in words(at)


@pytest.mark.parametrize(
    ("part", "said", "rows"),
    [
        ("documents", "岡山", 1),
        ("measures", "保険料率", 1),
        ("findings", "静岡", 1),
        ("findings", "月次 令和4年度", 1),
        ("initiatives", "ジェネリック", 3),
        ("changes", "郵送化率", 1),
        ("tables", "shizuoka single_bid_rate", 5),
    ],
)
def test_a_filter_keeps_the_rows_with_its_words(part: str, said: str, rows: int) -> None:
    assert len(table(filtered(part, said))) == rows


@each_part
def test_a_filter_nothing_fits_says_what_to_do(part: str) -> None:
    assert "絞り込みを外してください" in words(filtered(part, "どこにもない言葉"))


def test_the_chosen_finding_is_the_one_the_filter_left() -> None:
    said = words(filtered("findings", "静岡"))
    assert "印字の率は 10.6%、件数から計算すると 10.5%" in said
    at = filtered("findings", "静岡")
    assert [(m.label, m.value) for m in at.metric] == [
        ("一般競争入札に占める一者応札案件の割合 (実績)", "10.6%"),
        ("一者応札案件数 (実績)", "2件"),
        ("一般競争契約件数 (実績)", "19件"),
    ]


def test_a_plan_of_the_branch_in_the_link_is_compared() -> None:
    at = opened({"part": "changes", "branch": "okayama"})
    assert at.title[0].value.startswith("岡山 令和3年度の計画")
    assert len(table(at)) == 92


def test_only_the_changes_asked_for_are_listed() -> None:
    at = opened({"part": "changes", "branch": "okayama"})
    at.button_group(key="changes").set_value(["raised"]).run()
    assert not at.exception
    assert len(table(at)) == 23


def test_a_table_is_taken_away_as_it_is_kept() -> None:
    at = opened({"part": "tables"})
    at.selectbox(key="table_name").set_value("monthly").run()
    assert not at.exception
    frame = table(at)
    assert list(frame.columns) == builders.MONTHLY_COLUMNS
    assert len(frame) == 62


# --- passages --------------------------------------------------------------------------------------


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a text of the Shizuoka document: line 498 tries to be Markdown and HTML."""
    lines = [f"line {n}" for n in range(1, 541)]
    lines[497] = "**10.6%** <script>alert(1)</script> [x](https://example.org) :red[y]"
    (tmp_path / "001_6f4e33f68ecfca03.txt").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setenv("KENPO_DOCUMENTS", str(tmp_path))
    return tmp_path


@pytest.mark.usefixtures("texts")
def test_a_finding_opens_its_passages_with_the_lines_marked() -> None:
    said = words(filtered("findings", "静岡"))
    assert "**▶ 511** :primary-background[line 511]" in said
    assert ":gray[510] line 510" in said
    # Plain text: what a document says is never run.
    assert r"\*\*10.6%\*\* alert(1) \[x\](https\::color[]//example.org) \:red\[y\]" in said
    assert "<script>" not in said


def test_without_texts_the_place_is_still_named() -> None:
    said = words(filtered("findings", "静岡"))
    assert "▶" not in said
    assert "令和6年度 静岡支部事業計画実施結果 498, 537行目" in said.replace("\\", "")


@pytest.mark.usefixtures("texts")
def test_a_document_whose_text_is_missing_names_the_place_only() -> None:
    said = words(opened({"part": "findings"}))
    assert "▶" not in said
    assert "山口支部事業計画 425行目" in said


def compare() -> AppTest:
    at = AppTest.from_file(APP, default_timeout=30)
    at.switch_page("pages/compare.py")
    at.query_params.update({"measure": "single_bid_rate", "fy": "2024", "branch": "shizuoka"})
    at.run()
    assert not at.exception
    return at


@pytest.mark.usefixtures("texts")
def test_provenance_on_compare_offers_the_passage() -> None:
    assert [e.label for e in compare().expander if e.label == "文書の該当箇所"] == ["文書の該当箇所"]


def test_provenance_on_compare_offers_no_passage_without_texts() -> None:
    assert [e.label for e in compare().expander if e.label == "文書の該当箇所"] == []


# --- other packages --------------------------------------------------------------------------------


@pytest.fixture
def sparse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A sound package with one figure and nothing but it, in use."""
    folder = builders.package(tmp_path, [builders.observation()])
    columns = {
        "monthly": builders.MONTHLY_COLUMNS,
        "budgets": builders.BUDGET_COLUMNS,
        "initiatives": builders.INITIATIVE_COLUMNS,
        "marks": builders.MARK_COLUMNS,
        "plan_changes": builders.CHANGE_COLUMNS,
    }
    for name, header in columns.items():
        builders.write(folder / f"{name}.csv", header, [])
    monkeypatch.setenv("KENPO_DATA", str(folder))
    yield
    st.cache_resource.clear()


@pytest.mark.usefixtures("sparse")
@each_part
@each_language
def test_a_package_that_holds_little_opens_and_says_so(part: str, lang: str) -> None:
    at = opened({"part": part, "lang": lang})
    assert not at.error
    assert at.info or at.title[0].value
