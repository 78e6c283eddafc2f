"""Files that are replaced, broken and put back under an open page, as a reader sees it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests import builders
from tests.browser.conftest import Visit, free_port, serving
from tests.browser.test_navigation import LAPTOP

KEPT = "その前の正しいデータ"
UPDATED = "データが更新されました"


def test_a_page_outlives_the_files_it_was_made_from(browser: Browser, tmp_path: Path) -> None:
    """The server says nothing of a traceback, the browser nothing of an error: `serving` and `Visit` see to it."""
    folder = builders.package(tmp_path / "data")
    context = browser.new_context(**LAPTOP, locale="ja-JP")
    with serving(tmp_path / "log.txt", free_port(), data=folder) as address:
        reader = Visit(context, address)
        page = reader.open()
        assert KEPT not in page.inner_text("body")
        title = page.inner_text("h1")
        folder.rename(tmp_path / "away")
        page.get_by_text("戦略", exact=True).click()
        page.get_by_text(KEPT).wait_for()
        assert page.locator("td.cell").count()
        page.get_by_text("誤りの内容").click()
        page.get_by_text("データのフォルダがありません").wait_for()
        (tmp_path / "away").rename(folder)
        branches = folder / "branches.csv"
        text = branches.read_text(encoding="utf-8")
        branches.write_text(text.replace("静岡,Shizuoka", "新静岡,New Shizuoka"), encoding="utf-8", newline="\n")
        page.get_by_text("戦略", exact=True).click()
        page.get_by_text(UPDATED).wait_for()
        reader.settle()
        assert KEPT not in page.inner_text("body")
        assert page.inner_text("h1") == title.replace("静岡", "新静岡")
    context.close()
    assert reader.complaints == []
