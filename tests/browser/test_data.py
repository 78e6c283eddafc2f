"""What only a browser can show of Data: drawn charts, room, the link of a part, a table taken away."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import builders
from tests.browser.conftest import Visit

SIZES = {"laptop": (1366, 768), "phone": (390, 844)}
PARTS = ("documents", "measures", "findings", "initiatives", "budget", "changes", "tables")


def drawn(page: Page) -> str:
    """Every word of the chart."""
    chart = page.locator("[data-testid=stVegaLiteChart] svg.marks")
    chart.wait_for()
    return " ".join(chart.locator("text").all_text_contents())


def test_the_heat_strip_of_a_document_is_drawn(visit: Visit) -> None:
    said = drawn(visit.open("data"))
    assert "生活習慣病予防健診実施率" in said
    assert "目 実 計" in said
    assert said.index("R3") < said.index("R6") < said.index("R11")


def test_the_budget_is_drawn_with_its_changes(visit: Visit) -> None:
    said = drawn(visit.open("data?part=budget"))
    assert all(word in said for word in ("重症化予防", "▲4,886", "+11,617"))


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("part", PARTS)
def test_no_part_scrolls_the_page_sideways(visit: Visit, size: str, lang: str, part: str) -> None:
    width, height = SIZES[size]
    visit.page.set_viewport_size({"width": width, "height": height})
    page = visit.open(f"data?lang={lang}&part={part}")
    assert not page.evaluate("document.scrollingElement.scrollWidth > window.innerWidth + 1")
    expect(page.locator("h1")).to_be_in_viewport(ratio=1)


def test_a_part_stands_in_the_link_and_the_way_back_leads_back(visit: Visit) -> None:
    page = visit.open("data")
    page.get_by_text("新旧対照", exact=True).click()
    expect(page.locator("h1")).to_contain_text("群馬 令和7年度の計画")
    assert "part=changes" in page.url
    page.go_back()
    expect(page.locator("h1")).to_contain_text("35の文書から")


def test_a_link_in_the_other_language_shows_the_same_part(visit: Visit) -> None:
    page = visit.open("data?part=findings")
    page.get_by_text("English", exact=True).click()
    expect(page.locator("h1")).to_contain_text("Contradictions inside the documents: 16")
    assert "part=findings" in page.url


def test_a_filter_leaves_the_finding_of_shizuoka(visit: Visit) -> None:
    page = visit.open("data?part=findings")
    page.get_by_label("絞り込み").fill("静岡")
    page.get_by_label("絞り込み").press("Enter")
    expect(page.locator(".st-key-finding")).to_contain_text("印字の率は 10.6%、件数から計算すると 10.5%")


def test_a_table_taken_away_is_the_file_of_the_package(visit: Visit) -> None:
    page = visit.open("data?part=tables")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="observations をCSVで保存").click()
    path = Path(waiting.value.path())
    assert waiting.value.suggested_filename == "kenpo_observations.csv"
    taken = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))
    kept = builders.rows(builders.DATA / "observations.csv")
    # A spreadsheet must not run a cell: a text that begins like a formula has an apostrophe in front.
    plain = [{name: value.removeprefix("'") for name, value in row.items()} for row in taken]
    assert sorted(plain, key=str) == sorted(kept, key=str)
