"""What only a browser can show of Landing: the drawn curve, the slider by keyboard, room, downloads."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

SIZES = {"laptop": (1366, 768), "projector": (1920, 1080), "phone": (390, 844)}
TITLE = "山口の着地は3,981人（14.9%）の見込み。目標 38.3%以上 には上振れしても15.0%で届きません"


def drawn(page: Page, at: int = 0) -> str:
    """Every word of a chart."""
    chart = page.locator("[data-testid=stVegaLiteChart] svg.marks").nth(at)
    chart.wait_for()
    return " ".join(chart.locator("text").all_text_contents())


def test_the_curve_is_drawn_with_its_landing_and_its_record(visit: Visit) -> None:
    page = visit.open("landing")
    expect(page.locator("h1")).to_have_text(TITLE)
    curve, record = drawn(page), drawn(page, 1)
    for word in (
        "見込み 3,981人（3,952〜4,011）",
        "R4 4,317人",
        "R3 4,441人",
        "目標 10,254人",
        "2,398人",
        "4月",
        "3月",
    ):
        assert word in curve
    assert "R3 +14.1%" in record


def test_the_months_are_walked_through_by_keyboard(visit: Visit) -> None:
    page = visit.open("landing")
    drawn(page)
    page.get_by_role("slider").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**asof=2023-09**")
    expect(page.locator("h1")).to_contain_text("3,785人")
    page.go_back()
    expect(page.locator("h1")).to_have_text(TITLE)


def test_a_link_opens_the_year_as_it_was_known_then(visit: Visit) -> None:
    page = visit.open("landing?fy=2022&asof=2022-10&lang=en")
    expect(page.locator("h1")).to_contain_text("4,349 people (19.0%)")
    assert "Forecast 4,349 people" in drawn(page)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_no_size_scrolls_an_early_month_sideways(visit: Visit, size: str, lang: str) -> None:
    width, height = SIZES[size]
    visit.page.set_viewport_size({"width": width, "height": height})
    page = visit.open(f"landing?lang={lang}&measure=guidance_rate_dependant&asof=2023-04")
    drawn(page)
    assert not page.evaluate("document.scrollingElement.scrollWidth > window.innerWidth + 1")


def test_headline_figures_and_curve_stand_on_the_first_screen(visit: Visit) -> None:
    page = visit.open("landing")
    expect(page.locator("h1")).to_be_in_viewport(ratio=1)
    drawn(page)
    expect(page.locator("[data-testid=stVegaLiteChart]").first).to_be_in_viewport(ratio=0.95)


def test_no_figure_of_the_top_row_is_cut(visit: Visit) -> None:
    for lang in ("ja", "en"):
        page = visit.open(f"landing?lang={lang}")
        drawn(page)
        figures = page.locator("[data-testid=stMetricValue] *")
        assert figures.evaluate_all("all => all.every(e => e.scrollWidth <= e.clientWidth + 1 || !e.clientWidth)")


def test_downloads_hold_the_months(visit: Visit, tmp_path: Path) -> None:
    page = visit.open("landing")
    drawn(page)
    found = {}
    for name in ("CSV", "図（SVG）"):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=name, exact=True).click()
        found[name] = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(found[name])
        assert found[name].stem == "着地見込み_山口_被保険者の特定保健指導実施率_2023-10"
    rows = list(csv.reader(io.StringIO(found["CSV"].read_bytes().decode("utf-8-sig"))))
    assert rows[7][:4] == ["10月", "2665", "2610", "2398"]
    assert TITLE in found["図（SVG）"].read_text(encoding="utf-8")
