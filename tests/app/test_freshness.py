"""What a reader sees while the files of the package change under an open page, in both languages."""

from __future__ import annotations

import re
import time
from datetime import datetime
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kenpo.files import Contents
from kenpo.keeper import Keeper
from kenpo.package import Package, open_folder
from tests import builders

ROOT = Path(__file__).resolve().parents[2]
PAGES = ["app.py", *sorted(f"pages/{path.name}" for path in (ROOT / "pages").glob("*.py"))]
KEPT = {
    "ja": r"置き換えられたデータに誤りがあるため（1件）、読み込んでいません。\d{4}-\d\d-\d\d \d\d:\d\d から、"
    r"その前の正しいデータ（\d{4}-\d\d-\d\d \d\d:\d\d 読み込み）を表示しています。",
    "en": r"The data that was put in place has errors \(1\) and is not loaded\. Since \d{4}-\d\d-\d\d \d\d:\d\d "
    r"the last sound data, loaded \d{4}-\d\d-\d\d \d\d:\d\d, is shown\.",
}
UPDATED = {
    "ja": r"データが更新されました（\d{4}-\d\d-\d\d \d\d:\d\d 読み込み）。この画面は新しいデータです。"
    r"変わったファイル：branches\.csv",
    "en": r"The data was updated \(loaded \d{4}-\d\d-\d\d \d\d:\d\d\); this page shows the new data\. "
    r"Changed files: branches\.csv",
}
each_language = pytest.mark.parametrize("lang", ["ja", "en"])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    st.cache_resource.clear()
    monkeypatch.setenv("KENPO_DATA", str(tmp_path / "data"))
    return builders.package(tmp_path / "data")


def opened(lang: str, page: str = "app.py") -> AppTest:
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    at.query_params["lang"] = lang
    if page != "app.py":
        at.switch_page(page)
    return again(at)


def again(at: AppTest) -> AppTest:
    at.run()
    assert not at.exception
    return at


def warnings(at: AppTest) -> list[str]:
    return [str(element.value).replace("\\", "") for element in at.warning]


def updates(at: AppTest, lang: str) -> list[str]:
    said = [str(element.value).replace("\\", "") for element in at.caption]
    return [line for line in said if re.fullmatch(UPDATED[lang], line)]


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / "branches.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


@pytest.mark.parametrize(("page", "lang"), [*((page, "ja") for page in PAGES), ("app.py", "en")])
def test_a_broken_package_leaves_every_page_as_it_was_and_says_so(page: str, lang: str, folder: Path) -> None:
    at = opened(lang, page)
    before = [title.value for title in at.title]
    assert not at.warning
    (folder / "monthly.csv").unlink()
    again(at)
    assert [title.value for title in at.title] == before
    (said,) = warnings(at)
    assert re.fullmatch(KEPT[lang], said)
    # The list of what is wrong is at hand.
    assert [str(error.value).replace("\\", "") for error in at.error] == [
        {"ja": "monthly.csv：ファイルがありません", "en": "monthly.csv: The file is missing"}[lang]
    ]


@each_language
def test_a_package_that_is_put_back_ends_the_warning_without_a_word_of_change(lang: str, folder: Path) -> None:
    at = opened(lang)
    raw = (folder / "monthly.csv").read_bytes()
    (folder / "monthly.csv").unlink()
    assert warnings(again(at))
    (folder / "monthly.csv").write_bytes(raw)
    again(at)
    assert (warnings(at), updates(at, lang)) == ([], [])


@each_language
def test_a_change_under_an_open_page_is_told_for_a_minute(
    lang: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened(lang)
    assert updates(at, lang) == []
    edit(folder, "静岡,Shizuoka", "新静岡,New Shizuoka")
    again(at)
    assert len(updates(at, lang)) == 1
    assert {"ja": "新静岡", "en": "New Shizuoka"}[lang] in at.title[0].value
    # The page runs again for another reason: the line is not lost before anybody has read it.
    assert len(updates(again(at), lang)) == 1
    later = time.monotonic() + 61
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert updates(again(at), lang) == []


def test_who_comes_afterwards_is_told_nothing(folder: Path) -> None:
    opened("ja")
    edit(folder, "静岡,Shizuoka", "新静岡,New Shizuoka")
    at = opened("ja")
    assert (updates(at, "ja"), warnings(at)) == ([], [])
    assert "新静岡" in at.title[0].value


@each_language
def test_a_first_start_on_a_broken_package_lists_its_problems(lang: str, folder: Path) -> None:
    (folder / "monthly.csv").unlink()
    at = opened(lang)
    title = {"ja": "データに誤りがあるため表示できません", "en": "The data has errors and is not shown"}[lang]
    assert (at.title[0].value, len(at.error), warnings(at)) == (title, 1, [])


def test_a_first_start_without_a_folder_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KENPO_DATA", "~nosuchuser/figures")
    at = opened("ja")
    assert [str(error.value).replace("\\", "") for error in at.error] == [
        "figures：データのフォルダがありません。環境変数 KENPO_DATA か、指定したフォルダの名前を確かめてください"
    ]


def test_more_than_five_hundred_problems_are_told_as_so_many_or_more(folder: Path) -> None:
    rows = [builders.observation(f"{line},0", line=str(line)) for line in range(1, 601)]
    builders.write(folder / "observations.csv", builders.OBSERVATION_COLUMNS, rows)
    at = opened("ja")
    said = "\n".join(str(element.value) for element in at.markdown)
    assert "次の箇所（500件以上）を直して" in said
    assert "ほかの450件以上は" in said
    assert len(at.error) == 50


def test_a_refused_package_is_checked_once_for_all_readers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "monthly.csv").unlink()
    checked: list[Path] = []

    def counted(folder: Path, contents: Contents, opened: datetime) -> Package:
        checked.append(folder)
        return open_folder(folder, contents, opened)

    monkeypatch.setattr("kenpo.ui.page.Keeper", lambda folder: Keeper(folder, opening=counted))
    for lang in ("ja", "en", "ja"):
        opened(lang)
    assert checked == [folder]
