"""What only a browser can show of the Overview: room, history, keyboard, glyphs, themes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit

SIZES = {"laptop": (1366, 768), "projector": (1920, 1080), "phone": (390, 844)}
LIFESTYLE = "td.cell[data-measure=lifestyle_checkup_rate][data-branch=shizuoka]"


def heads(page: Page) -> list[str]:
    return [text.split("\n")[0] for text in page.locator("thead th").all_inner_texts()[1:]]


def sideways(page: Page) -> bool:
    return bool(page.evaluate("document.scrollingElement.scrollWidth > window.innerWidth + 1"))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_first_screen_of_a_laptop_holds_headline_counts_and_all_17_measures(visit: Visit, lang: str) -> None:
    page = visit.open(f"?lang={lang}")
    expect(page.locator("h1")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="11")).to_be_in_viewport(ratio=1)
    rows = page.locator("tbody tr:not(.pillar)")
    expect(rows).to_have_count(17)
    expect(rows.last).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("query", ["", "fy=2023&branch=yamaguchi,saitama,shizuoka,okayama,gunma"])
def test_no_size_scrolls_the_page_sideways_and_no_text_runs_into_another(
    visit: Visit, size: str, lang: str, query: str
) -> None:
    width, height = SIZES[size]
    visit.page.set_viewport_size({"width": width, "height": height})
    page = visit.open(f"?lang={lang}&{query}")
    page.locator("td.cell").first.wait_for()
    assert not sideways(page)
    overlaps = page.locator("td.cell .grid").evaluate_all(
        """grids => grids.filter(grid => {
            const parts = [...grid.children].map(part => part.getBoundingClientRect())
            return parts.some((part, at) => at && part.left < parts[at - 1].right - 0.5)
                || grid.scrollWidth > grid.clientWidth + 1
        }).map(grid => grid.innerText)"""
    )
    assert overlaps == []


def test_the_phone_keeps_the_measure_names_in_sight(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page = visit.open()
    expect(page.locator("h1")).to_be_in_viewport(ratio=1)
    expect(page.locator(LIFESTYLE).locator("xpath=../../tr[2]/td[1]")).to_be_in_viewport()
    frame = page.locator(".frame")
    frame.evaluate("frame => { frame.scrollLeft = frame.scrollWidth }")
    name = page.locator("th.measure").first
    assert name.bounding_box()["x"] < 40  # type: ignore[index]


def test_back_and_forward_walk_through_what_was_chosen(visit: Visit) -> None:
    page = visit.open()
    page.get_by_role("button", name="埼玉").click()
    expect(page.locator("thead th")).to_have_count(6)
    page.get_by_role("button", name="未達成 6").click()
    expect(page.locator("tbody tr:not(.pillar)")).to_have_count(6)
    page.go_back()
    expect(page.locator("tbody tr:not(.pillar)")).to_have_count(17)
    assert heads(page) == ["静岡", "群馬", "山口", "埼玉", "全国"]
    page.go_back()
    expect(page.locator("thead th")).to_have_count(5)
    page.go_forward()
    expect(page.locator("thead th")).to_have_count(6)


def test_a_shared_link_shows_the_same_picture_to_someone_else(visit: Visit, browser: Browser, app: str) -> None:
    page = visit.open("?fy=2023")
    page.get_by_role("button", name="西暦").or_(page.get_by_role("button", name="表示設定")).first.click()
    page.get_by_text("西暦", exact=True).click()
    page.keyboard.press("Escape")
    visit.settle()
    page.get_by_role("button", name="岡山").click()
    expect(page.locator("thead th")).to_have_count(6)
    visit.settle()
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="en-US")
    other = Visit(context, app)
    seen = other.open(page.url.split("/")[-1])
    expect(seen.locator("thead th")).to_have_count(6)
    assert seen.locator("table").inner_text() == page.locator("table").inner_text()
    assert seen.locator("h1").inner_text() == page.locator("h1").inner_text()
    context.close()
    assert other.complaints == []


def test_the_language_switch_changes_words_not_the_picture(visit: Visit) -> None:
    page = visit.open("?fy=2023&branch=saitama,yamaguchi")
    page.get_by_text("English", exact=True).click()
    expect(page.locator("h1")).to_contain_text("Saitama")
    visit.settle()
    assert heads(page) == ["Saitama", "Yamaguchi", "Nation"]
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert "lang=en" in page.url
    assert "branch=saitama%2Cyamaguchi" in page.url


def test_the_keyboard_alone_reaches_every_cell_and_its_origin(visit: Visit) -> None:
    page = visit.open()
    cell = page.locator(LIFESTYLE)
    page.locator("td.cell[tabindex='0']").focus()
    for _ in range(6):
        page.keyboard.press("ArrowDown")
    expect(cell).to_be_focused()
    expect(page.get_by_role("tooltip")).to_contain_text("12,167人")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Control+End")
    last = page.locator("td.cell[data-measure=single_bid_rate][data-branch=national]")
    expect(last).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Control+Home")
    for _ in range(6):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text("静岡 · 生活習慣病予防健診実施率 · 令和6年度（2024）")
    expect(drawer).to_contain_text("令和6年度 静岡支部事業計画実施結果 187, 191, 527行目")
    expect(drawer).to_contain_text("438,120人")
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)


def test_tab_reaches_the_table_once_and_leaves_it(visit: Visit) -> None:
    page = visit.open()
    assert page.locator("td.cell[tabindex='0']").count() == 1


def test_a_click_opens_the_details_and_a_second_cell_opens_its_own(visit: Visit) -> None:
    page = visit.open()
    page.locator(LIFESTYLE).click()
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text("64.7%")
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    page.locator("td.cell[data-measure=mail_application_rate][data-branch=gunma]").click()
    expect(drawer).to_contain_text("群馬")
    expect(drawer).to_contain_text("令和7年度 群馬支部事業計画（案） 26行目")


def test_a_screen_reader_finds_a_table_with_headers_and_full_sentences(visit: Visit) -> None:
    page = visit.open()
    grid = page.get_by_role("grid")
    expect(grid).to_have_attribute("aria-label", "令和6年度（2024）の指標×支部の一覧表。矢印キーで移動、Enterで出典")
    expect(grid.get_by_role("columnheader")).to_have_count(5)
    expect(grid.get_by_role("rowheader", name="生活習慣病予防健診実施率")).to_have_count(1)
    said = page.locator(LIFESTYLE).get_attribute("aria-label") or ""
    assert said.startswith("静岡。生活習慣病予防健診実施率。未達成。")
    assert "▲2.8ポイント" in said


def test_japanese_is_drawn_with_a_japanese_font(visit: Visit) -> None:
    page = visit.open()
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": "h1"})["nodeId"]
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    names = {font["familyName"] for font in fonts}
    assert names
    assert not [name for name in names if "fallback" in name.lower() or "LastResort" in name]
    assert any(word in name for name in names for word in ("CJK", "JP", "Hiragino", "Yu Gothic", "Meiryo"))
    expect(page.locator("html")).to_have_attribute("lang", "ja")


def test_the_dark_theme_has_its_own_status_colours(browser: Browser, app: str) -> None:
    colours = {}
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)
        reader = Visit(context, app)
        page = reader.open()
        word = page.locator(LIFESTYLE).locator(".word")
        colours[scheme] = word.evaluate("word => getComputedStyle(word).color")
        context.close()
        assert reader.complaints == []
    assert colours == {"light": "rgb(198, 42, 16)", "dark": "rgb(255, 138, 112)"}


def test_the_header_stays_in_sight_while_the_page_scrolls(visit: Visit) -> None:
    page = visit.open("?fy=2023&branch=yamaguchi")
    page.locator("tbody tr:not(.pillar)").last.scroll_into_view_if_needed()
    expect(page.locator("thead th").nth(1)).to_be_in_viewport(ratio=0.9)
