"""A file that cannot be made: the page says so, in the reader's language, and stays as it was."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import ROOT, Visit, free_port, serving

WRITERS = """
import csv, vl_convert, xlsxwriter

def broken(*_, **__):
    raise OSError(28, "No space left on device")

csv.writer = xlsxwriter.Workbook = vl_convert.vegalite_to_svg = vl_convert.vegalite_to_png = broken
"""
"""Every writer raises, from the start of the server."""

SAID = {
    "ja": "ファイルを作れませんでした。もう一度お試しください。",
    "en": "The file could not be made. Please try again.",
}
BUTTONS = {
    "compare?": ("download_csv", "download_xlsx", "download_svg", "download_png"),
    "data?part=tables": ("download_table",),
    "what_if?branch=yamaguchi&fy=2024&t.lifestyle_checkup_rate=60.0": ("download_xlsx",),
}
ALL = [(path, key) for path, keys in BUTTONS.items() for key in keys]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("broken")
    (folder / "sitecustomize.py").write_text(WRITERS, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join([str(folder), str(ROOT)]))
        with serving(folder / "log.txt", free_port(), failing=True) as served:
            yield served
    # The cause is for whoever runs the app, not for the reader.
    assert "No space left on device" in (folder / "log.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(("path", "key"), ALL, ids=[f"{path.split('?')[0]} {key}" for path, key in ALL])
def test_the_page_says_that_a_file_could_not_be_made(
    browser: Browser, address: str, path: str, key: str, lang: str
) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    reader = Visit(context, address)
    page = reader.open(f"{path}&lang={lang}")
    heading = page.locator("h1").text_content()
    page.locator(f".st-key-{key} button").click()
    alert = page.get_by_test_id("stAlert").filter(has_text=SAID[lang])
    expect(alert).to_be_visible()
    assert "space" not in (alert.text_content() or "")
    expect(page.get_by_test_id("stDownloadButtonError")).not_to_be_visible()
    if (path, key) == ALL[0]:
        # Streamlit's own line is gone by now; this stays until the reader does something else.
        page.wait_for_timeout(6000)
        expect(alert).to_be_visible()
    assert page.locator("h1").text_content() == heading
    page.locator(".st-key-lang").get_by_text("English" if lang == "ja" else "日本語").click()
    expect(page.get_by_test_id("stAlert").filter(has_text=SAID["en" if lang == "ja" else "ja"])).to_have_count(0)
    expect(alert).to_have_count(0)
    context.close()
    assert reader.complaints == []
