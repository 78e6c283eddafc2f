"""What only a browser can show of Trend: the drawn lines and gaps, room, history, downloads."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Visit

TITLE = "いちばん動いたのは静岡 R5→R6の4.9ポイント悪化（69.6%→64.7%）"


def picture(page: Page, at: int = 0) -> Locator:
    chart = page.locator("[data-testid=stVegaLiteChart] svg.marks").nth(at)
    chart.wait_for()
    return chart


def drawn(page: Page, at: int = 0) -> str:
    """Every word of a chart."""
    return " ".join(picture(page, at).locator("text").all_text_contents())


def lines(page: Page, color: str) -> list[str]:
    """The paths of the lines of a colour."""
    paths = picture(page).locator(f".mark-line path[stroke='{color}']")
    return [path or "" for path in paths.evaluate_all("all => all.map(p => p.getAttribute('d'))")]


def test_lines_names_months_and_the_range_are_drawn(visit: Visit) -> None:
    page = visit.open("trend?measure=lifestyle_checkup_rate")
    said = drawn(page)
    for word in ("静岡 64.7%", "69.6%", "山口 31.4%（R5.9）", "埼玉 42.6%（R6.1）", "全国 58.4%", "R2", "R7"):
        assert word in said
    # Yamaguchi R3–R4 and Shizuoka R5–R6: two points each, and nothing runs to the hollow ones.
    for color in ("#3B55D6", "#B58900"):
        (line,) = [path for path in lines(page, color) if "L" in path]
        assert line.count("L") == 1


def test_47_lines_and_their_ranks_stand_side_by_side(visit: Visit) -> None:
    page = visit.open("trend?measure=premium_rate&branch=yamaguchi,okinawa")
    assert "山口 10.15%" in drawn(page)
    assert "山口 44" in drawn(page, 1)
    assert len(lines(page, "#3B55D6")) == 2
    assert len(lines(page, "#B4BCC6")) >= 45


def test_a_break_of_definition_is_marked_with_both_names(visit: Visit) -> None:
    said = drawn(visit.open("trend?measure=visit_rate_10m"))
    assert "受診勧奨後の受診率（3か月）" in said
    assert "受診勧奨後の受診率（10か月）" in said


def test_small_multiples_have_a_picture_a_measure(visit: Visit) -> None:
    page = visit.open("trend?pillar=3")
    assert "静岡 10.6%" in drawn(page)
    page = visit.open("trend?pillar=2")
    picture(page, 10)
    assert page.locator("[data-testid=stVegaLiteChart]").count() == 11


def test_headline_and_picture_stand_on_the_first_screen(visit: Visit) -> None:
    page = visit.open("trend")
    expect(page.locator("h1")).to_be_in_viewport(ratio=1)
    drawn(page)
    expect(page.locator("[data-testid=stVegaLiteChart]")).to_be_in_viewport(ratio=0.95)


def test_back_and_forward_walk_through_what_was_shown(visit: Visit) -> None:
    page = visit.open("trend")
    expect(page.locator("h1")).to_contain_text("静岡")
    page.locator(".st-key-branch").get_by_text("静岡", exact=True).click()
    page.wait_for_url("**branch=**")
    expect(page.locator("h1")).to_contain_text("山口 R3→R4の2.5ポイント改善")
    page.go_back()
    expect(page.locator("h1")).to_contain_text("静岡")
    page.go_forward()
    expect(page.locator("h1")).to_contain_text("山口")


def test_a_shared_link_shows_the_same_picture_to_someone_else(visit: Visit, browser: Browser, app: str) -> None:
    path = "trend?measure=generic_use_rate&branch=saitama,shizuoka&from=2022&to=2024"
    page = visit.open(path)
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="en-US")
    other = Visit(context, app)
    seen = other.open(path)
    assert drawn(seen) == drawn(page)
    context.close()
    assert other.complaints == []


def test_the_picture_may_be_taken_away(visit: Visit, tmp_path: Path) -> None:
    page = visit.open("trend")
    drawn(page)
    for name in ("図（SVG）", "図（PNG）"):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=name, exact=True).click()
        path = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(path)
        assert path.stem == "推移_生活習慣病予防健診実施率_2020_2025"
    assert TITLE in path.with_suffix(".svg").read_text(encoding="utf-8")
    assert path.with_suffix(".png").read_bytes().startswith(b"\x89PNG")
