"""Every page with all 47 branches, of a synthetic package, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from bench.make_package import Size, make
from tests.browser.conftest import Visit, free_port, serving
from tests.browser.tour import SIZES, Look, Place, check_whole, seen_as
from tests.builders import DATA, rows

ALL = ",".join(row["branch_id"] for row in rows(DATA / "branches.csv") if row["region"])
FEW = "branch=yamaguchi,tokyo,osaka"

PLACES = {
    "overview": Place(f"?my=yamaguchi&branch={ALL}", 0),
    "compare": Place(f"compare?my=yamaguchi&{FEW}", 1),
    "compare_all": Place(f"compare?my=yamaguchi&branch={ALL}", 1),
    "compare_plans": Place(f"compare?fy=2025&{FEW}", 1),
    "trend": Place(f"trend?my=yamaguchi&{FEW}", 2),
    "trend_pillar": Place(f"trend?pillar=1&{FEW}", 10),
    "what_if": Place("what_if?branch=yamaguchi", 1),
    "landing": Place("landing?branch=yamaguchi", 2),
    "findings": Place("data?part=findings", 0),
}
LOOKS = {
    "ja-laptop-light": Look("ja", SIZES["laptop"]),
    "en-projector-dark": Look("en", SIZES["projector"], "dark"),
    "ja-phone-dark": Look("ja", SIZES["phone"], "dark"),
    "en-phone-light": Look("en", SIZES["phone"]),
}


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on a package of 47 branches and three years."""
    made = make(tmp_path_factory.mktemp("many") / "made", Size(years=3), 1)
    with serving(tmp_path_factory.mktemp("server") / "log.txt", free_port(), data=made) as address:
        yield address


@seen_as(LOOKS)
@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_every_page_is_whole(reader: Visit, look: Look, place: Place) -> None:
    check_whole(reader, look, place)


@pytest.fixture
def page(browser: Browser, app: str) -> Iterator[Page]:
    """The Overview with 47 columns on a laptop."""
    context = browser.new_context(viewport={"width": 1366, "height": 500})
    visit = Visit(context, app)
    yield visit.open(f"?my=yamaguchi&branch={ALL}")
    context.close()


def left(page: Page, name: str) -> float:
    """Where the heading of a column begins."""
    box = page.locator("thead th", has_text=name).bounding_box()
    assert box is not None
    return box["x"]


def test_names_own_branch_nation_and_header_stay_while_the_matrix_scrolls(page: Page) -> None:
    before = {name: left(page, name) for name in ("山口", "全国", "北海道")}
    name = page.locator("th.measure").first
    at = name.bounding_box()
    frame = page.locator(".frame.many")
    down = frame.evaluate("frame => { frame.scrollTo(2000, 90); return frame.scrollTop }")
    assert down > 50
    assert left(page, "北海道") < before["北海道"] - 1900
    assert {name: left(page, name) for name in ("山口", "全国")} == {name: before[name] for name in ("山口", "全国")}
    scrolled = name.bounding_box()
    assert at is not None
    assert scrolled is not None
    assert (scrolled["x"], scrolled["y"]) == (at["x"], at["y"] - down)
    head = page.locator("thead th", has_text="山口").bounding_box()
    outer = frame.bounding_box()
    assert head is not None
    assert outer is not None
    assert abs(head["y"] - outer["y"]) <= 1


def test_a_cell_reached_by_key_is_not_behind_what_stays(page: Page) -> None:
    page.locator("td.cell").first.focus()
    for _ in range(30):
        page.keyboard.press("ArrowRight")
    for _ in range(20):
        page.keyboard.press("ArrowLeft")
    cell = page.locator("td.cell:focus")
    box = cell.bounding_box()
    assert box is not None
    middle = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    assert cell.evaluate("(cell, at) => cell.contains(cell.getRootNode().elementFromPoint(at.x, at.y))", middle)


def test_a_branch_is_found_by_its_region(page: Page) -> None:
    page.goto(page.url.split("?")[0] + "?branch=tokyo")
    field = page.locator("[data-testid=stMultiSelect] input")
    field.click()
    field.press_sequentially("四国")
    options = page.get_by_role("option")
    options.first.wait_for()
    assert options.all_inner_texts() == ["徳島（四国）", "香川（四国）", "愛媛（四国）", "高知（四国）"]
    field.press("Enter")
    page.wait_for_url("**branch=tokyo%2Ctokushima**")
