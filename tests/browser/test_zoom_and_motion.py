"""A page enlarged to 200 %, for readers who need that, and without movement, for readers who asked for that."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.tour import LANGUAGES, PAGES, PARTS, SIZES, Look, faults, seen_as, visited

PLACES = PAGES | PARTS
DOUBLED = {f"{lang}-doubled": Look(lang, SIZES["laptop"], zoom=2, still=True) for lang in LANGUAGES}
"""A browser that enlarges a page to the double has half as many pixels, each twice as large."""


@seen_as(DOUBLED)
@pytest.mark.parametrize("name", PLACES)
def test_an_enlarged_page_can_be_read_and_used_and_nothing_moves(reader: Visit, look: Look, name: str) -> None:
    page = visited(reader, look, PLACES[name])
    assert page.evaluate("[innerWidth, innerHeight, devicePixelRatio]") == [683, 384, 2]
    assert page.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches")
    found = faults(page, "sideways", "cut", "outside", "beyond", "movements", "collisions")
    assert found | {"complaints": reader.complaints} == {"complaints": []}
    headline = page.locator("h1")
    headline.scroll_into_view_if_needed()
    expect(headline).to_be_in_viewport(ratio=1)


@seen_as(DOUBLED)
def test_the_matrix_and_the_targets_are_within_reach_of_a_pointer(reader: Visit, look: Look) -> None:
    page = visited(reader, look, PLACES["overview"])
    page.locator("td.cell[data-measure=single_bid_rate][data-branch=national]").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page = visited(reader, look, PLACES["what_if"])
    row = page.locator("tr.row[data-measure=lifestyle_checkup_rate]")
    row.get_by_role("textbox").fill("61")
    row.get_by_role("textbox").press("Enter")
    page.wait_for_url("**t.lifestyle_checkup_rate=61**")
    expect(page.locator("h1")).to_contain_text("61.0%")
