"""What only a browser can show of the What-if: dragging, keyboard, room, history, and a workbook that computes."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.office import recalculated
from tests.browser.test_compare import downloaded

SIZES = {"laptop": (1366, 768), "projector": (1920, 1080), "phone": (390, 844)}
YAMAGUCHI = "what_if?branch=yamaguchi&fy=2024"
UNTOUCHED = "山口の令和6年度の計画は健診 63.6%・保健指導 20.4%。動かすとどう変わるか"
AT_SIXTY = "生活習慣病予防健診実施率を60.0%にすると、現目標より3,486人多く必要"


def row(page: Page, measure: str = "lifestyle_checkup_rate") -> Locator:
    return page.locator(f"tr.row[data-measure={measure}]")


def handle(page: Page, measure: str = "lifestyle_checkup_rate") -> Locator:
    return row(page, measure).get_by_role("slider")


def field(page: Page, measure: str = "lifestyle_checkup_rate") -> Locator:
    return row(page, measure).get_by_role("textbox")


def at_value(page: Page, value: float) -> tuple[float, float]:
    """Where on the screen the handle of lifestyle checkups stands for a value; its track is 45 to 80 %."""
    box = handle(page).bounding_box()
    assert box
    return box["x"] + 10 + (box["width"] - 20) * (value - 45) / 35, box["y"] + box["height"] / 2


# --- dragging ---------------------------------------------------------------------------------------


def test_everything_follows_while_a_target_is_dragged_and_the_link_on_release(visit: Visit) -> None:
    page = visit.open(YAMAGUCHI)
    entries = page.evaluate("history.length")
    page.evaluate(
        """() => {
            window.seen = []
            const shadows = [...document.querySelectorAll('*')].map(element => element.shadowRoot).filter(Boolean)
            const headline = shadows.map(root => root.querySelector('h1')).find(Boolean)
            new MutationObserver(() => window.seen.push(headline.textContent)).observe(
                headline, { subtree: true, childList: true, characterData: true })
        }"""
    )
    x, y = at_value(page, 58)
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(40):
        page.mouse.move(at_value(page, 58 + step / 8)[0], y)
        page.wait_for_timeout(25)
    assert "t.lifestyle_checkup_rate" not in page.url
    # A second of dragging: five values a second at least.
    assert len(page.evaluate("window.seen")) >= 5
    page.mouse.move(at_value(page, 60)[0], y)
    page.mouse.up()
    expect(page.locator("h1")).to_have_text(AT_SIXTY)
    expect(row(page)).to_contain_text("104,560人")
    expect(page.locator(".card").first).to_contain_text("65.2%")
    page.wait_for_url("**t.lifestyle_checkup_rate=60.0**")
    assert page.evaluate("history.length") == entries + 1
    expect(page.locator("u", has_text="60.0%以上")).to_have_count(1)
    expect(page.locator(".bars")).to_contain_text("+3,486人")
    expect(page.get_by_test_id("stVegaLiteChart").locator("svg")).to_contain_text("+0.5pt → 872人")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_nothing_moves_under_the_finger_when_the_first_target_changes(visit: Visit, lang: str) -> None:
    page = visit.open(f"{YAMAGUCHI}&lang={lang}")
    before = handle(page).bounding_box()
    field(page).fill("63.2")
    field(page).press("Enter")
    page.wait_for_url("**t.lifestyle_checkup_rate=63.2**")
    visit.settle()
    after = handle(page).bounding_box()
    assert before
    assert after
    assert (before["y"], before["width"]) == (after["y"], after["width"])


def test_the_grid_does_not_begin_to_fade_while_it_waits_for_an_answer(visit: Visit) -> None:
    page = visit.open(YAMAGUCHI)
    waiting = page.locator(".st-key-grid")
    waiting.evaluate(
        """grid => {
            window.looks = []
            const look = () => [grid.dataset.stale, getComputedStyle(grid).opacity, grid.getAnimations().length]
            new MutationObserver(() => window.looks.push(look())).observe(grid, { attributeFilter: ['data-stale'] })
        }"""
    )
    # An answer may come before the wait is marked: a few keys bring one that does not.
    for _ in range(40):
        handle(page).press("ArrowUp")
        page.wait_for_timeout(50)
        if any(stale == "true" for stale, *_ in page.evaluate("window.looks")):
            break
    else:
        pytest.fail("no key had to wait")
    assert all(look[1:] == ["1", 0] for look in page.evaluate("window.looks"))


# --- keyboard ---------------------------------------------------------------------------------------


def tab_to(page: Page, wanted: Locator, key: str = "Tab") -> None:
    for _ in range(100):
        if wanted.evaluate("element => element.getRootNode().activeElement === element"):
            return
        page.keyboard.press(key)
    pytest.fail("the keyboard does not reach it")


def test_the_keyboard_alone_can_do_it_all(visit: Visit) -> None:
    page = visit.open(YAMAGUCHI)
    tab_to(page, handle(page))
    for _ in range(4):
        page.keyboard.press("ArrowUp")
    expect(page.locator("h1")).to_have_text(AT_SIXTY)
    expect(handle(page)).to_have_attribute("aria-valuetext", "60.0%")
    page.keyboard.press("Shift+ArrowRight")
    page.wait_for_url("**t.lifestyle_checkup_rate=60.1**")
    page.keyboard.press("Tab")
    expect(field(page)).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("６０．５")
    page.keyboard.press("Enter")
    page.wait_for_url("**t.lifestyle_checkup_rate=60.5**")
    page.keyboard.press("ArrowUp")
    page.wait_for_url("**t.lifestyle_checkup_rate=61.0**")
    page.keyboard.press("Tab")
    # The row's presets: the first entry is the current target.
    page.keyboard.press("ArrowDown")
    expect(page.locator("h1")).to_have_text(UNTOUCHED)
    visit.settle()
    opening = row(page, "guidance_rate_insured").locator("button.open")
    tab_to(page, opening)
    page.keyboard.press("Enter")
    expect(opening).to_have_attribute("aria-expanded", "true")
    expect(page.locator("tr.facts")).to_contain_text("24,830人（R6計画） — 令和6年度 山口支部事業計画 430行目")
    for name, key, said in (
        ("最良支部", "Shift+Tab", "14指標を変えると"),
        ("元に戻す", "Shift+Tab", UNTOUCHED),
        ("やり直す", "Tab", "14指標を変えると"),
    ):
        tab_to(page, page.get_by_role("button", name=name, exact=True), key)
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_contain_text(said)
        visit.settle()


@pytest.mark.parametrize("typed", ["60.0000", "６０．０００"])
def test_zeros_that_say_nothing_are_not_kept(visit: Visit, typed: str) -> None:
    page = visit.open(YAMAGUCHI)
    field(page).fill(typed)
    field(page).press("Enter")
    page.wait_for_url("**t.lifestyle_checkup_rate=60.0**")
    expect(field(page)).to_have_value("60.0")
    assert "60.00" not in page.url
    page.reload()
    visit.settle()
    expect(page.locator("h1")).to_have_text(AT_SIXTY)
    expect(page.get_by_text("リンクのうち", exact=False)).to_have_count(0)


def test_what_is_out_of_range_is_refused_beside_the_field_and_nothing_is_sent(visit: Visit) -> None:
    page = visit.open(YAMAGUCHI)
    for typed, said in (
        ("130", "0〜100%で入力"),
        ("abc", "0〜100%で入力"),
        ("-5", "0〜100%で入力"),
        ("35.55", "小数は1桁まで"),
    ):
        field(page, "guidance_rate_insured").fill(typed)
        field(page, "guidance_rate_insured").press("Enter")
        expect(row(page, "guidance_rate_insured").get_by_role("alert")).to_have_text(said)
        expect(field(page, "guidance_rate_insured")).to_have_attribute("aria-invalid", "true")
    field(page).fill("90")
    field(page).press("Enter")
    expect(row(page).get_by_role("alert")).to_contain_text("0〜86.4%で入力")
    expect(page.locator("h1")).to_have_text(UNTOUCHED)
    field(page, "guidance_rate_insured").press("Escape")
    expect(field(page, "guidance_rate_insured")).to_have_value("20.7")
    expect(row(page, "guidance_rate_insured").get_by_role("alert")).to_have_count(0)
    assert "t." not in page.url


def test_an_emptied_field_is_the_current_target_again(visit: Visit) -> None:
    page = visit.open(f"{YAMAGUCHI}&t.lifestyle_checkup_rate=60.0&t.mail_application_rate=95.0")
    for measure, value in (("lifestyle_checkup_rate", "58.0"), ("mail_application_rate", "")):
        field(page, measure).fill("")
        field(page, measure).press("Enter")
        expect(field(page, measure)).to_have_value(value)
    expect(page.locator("h1")).to_have_text(UNTOUCHED)


def test_one_measure_is_set_to_a_preset_and_every_figure_leads_to_its_origin(visit: Visit) -> None:
    page = visit.open(YAMAGUCHI)
    row(page).get_by_role("combobox").select_option(label="最良支部 69.6%（静岡 R5）")
    page.wait_for_url("**t.lifestyle_checkup_rate=69.6**")
    row(page).locator("button.open").click()
    facts = page.locator("tr.facts")
    expect(facts).to_contain_text("静岡 69.6%（R5） — 令和6年度 静岡支部事業計画実施結果 187, 527行目")
    facts.get_by_role("button", name="すべての数値と出典").click()
    expect(page.get_by_role("dialog")).to_contain_text("令和6年度 山口支部事業計画 422行目")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(field(page)).to_have_value("69.6")


# --- room -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("query", ["branch=yamaguchi&fy=2024&t.lifestyle_checkup_rate=63.2", "branch=gunma&fy=2026"])
def test_no_size_scrolls_the_page_sideways_and_no_text_is_cut(visit: Visit, size: str, lang: str, query: str) -> None:
    width, height = SIZES[size]
    visit.page.set_viewport_size({"width": width, "height": height})
    page = visit.open(f"what_if?lang={lang}&{query}")
    assert not page.evaluate("document.scrollingElement.scrollWidth > window.innerWidth + 1")
    cut = page.locator("tr.row > *").evaluate_all(
        "cells => cells.filter(cell => cell.scrollWidth > cell.clientWidth + 1).map(cell => cell.innerText)"
    )
    assert cut == []


def test_headline_cards_and_the_first_rows_stand_on_the_first_screen(visit: Visit) -> None:
    page = visit.open(YAMAGUCHI)
    expect(page.locator("h1")).to_be_in_viewport(ratio=1)
    expect(page.locator(".card").last).to_be_in_viewport(ratio=1)
    for place in range(5):
        expect(page.locator("tr.row").nth(place)).to_be_in_viewport(ratio=1)


def test_a_finger_moves_a_handle(browser: Browser, app: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    reader = Visit(context, app)
    page = reader.open(YAMAGUCHI)
    handle(page).scroll_into_view_if_needed()
    box = handle(page).bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + 14 + (box["width"] - 28) * (63 - 45) / 35, box["y"] + box["height"] / 2)
    page.wait_for_url("**t.lifestyle_checkup_rate=6**")
    context.close()
    assert reader.complaints == []


# --- history and links --------------------------------------------------------------------------------


def test_back_forward_reload_and_a_new_tab_keep_the_targets(visit: Visit, browser: Browser, app: str) -> None:
    page = visit.open(YAMAGUCHI)
    for value in ("60.0", "61.0"):
        field(page).fill(value)
        field(page).press("Enter")
        page.wait_for_url(f"**t.lifestyle_checkup_rate={value}**")
        # The rest of the page follows what was set; nobody goes back sooner.
        page.wait_for_timeout(500)
        visit.settle()
    page.go_back()
    expect(field(page)).to_have_value("60.0")
    page.go_back()
    expect(page.locator("h1")).to_have_text(UNTOUCHED)
    page.go_forward()
    expect(page.locator("h1")).to_have_text(AT_SIXTY)
    page.reload()
    visit.settle()
    expect(page.locator("h1")).to_have_text(AT_SIXTY)
    page.get_by_role("button", name="この案を残して次の案へ").click()
    page.wait_for_url("**s1=**")
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="en-US")
    other = Visit(context, app)
    seen = other.open(page.url.split("/")[-1])
    assert seen.locator("h1").inner_text() == page.locator("h1").inner_text()
    seen.get_by_text("English", exact=True).click()
    expect(seen.locator("h1")).to_contain_text("Lifestyle checkups at 60.0%")
    expect(field(seen)).to_have_value("60.0")
    context.close()
    assert other.complaints == []


def test_the_shared_link_is_the_address(visit: Visit) -> None:
    page = visit.open(f"{YAMAGUCHI}&t.lifestyle_checkup_rate=60.0&scenario=案")
    page.get_by_role("button", name="リンクで共有").click()
    link = page.get_by_test_id("stCode").inner_text().strip()
    assert link.startswith(f"{visit.address}/what_if?")
    page.goto(link)
    visit.settle()
    expect(page.locator("h1")).to_have_text(AT_SIXTY)


# --- the workbook ------------------------------------------------------------------------------------


def columns(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): at for at, cell in enumerate(sheet[4])}


def measures(sheet: Worksheet) -> dict[str, list[object]]:
    key = columns(sheet)["指標ID"]
    return {str(r[key].value): [cell.value for cell in r] for r in sheet.iter_rows(min_row=5)}


def test_libreoffice_recalculates_the_workbook_to_what_the_page_says(visit: Visit, tmp_path: Path) -> None:
    page = visit.open(f"{YAMAGUCHI}&t.lifestyle_checkup_rate=60.0")
    book = downloaded(page, "Excel", tmp_path)
    assert book.stem == "目標調整_山口_2024"
    handed_out = measures(load_workbook(book, data_only=True).worksheets[1])

    # As a reader would: another new target typed into the sheet. Saving drops every value; LibreOffice computes all.
    changed = load_workbook(book)
    sheet = changed.worksheets[1]
    at = columns(sheet)
    row_of = {str(r[at["指標ID"]].value): r[0].row for r in sheet.iter_rows(min_row=5)}
    same = tmp_path / "same.xlsx"
    changed.save(same)
    sheet.cell(row_of["guidance_rate_insured"], at["新しい目標"] + 1).value = 35.0
    moved = tmp_path / "moved.xlsx"
    changed.save(moved)

    again = load_workbook(recalculated(same, tmp_path), data_only=True)
    assert measures(again.worksheets[1]) == handed_out
    computed = load_workbook(recalculated(moved, tmp_path), data_only=True)
    found = measures(computed.worksheets[1])
    assert found["guidance_rate_insured"][at["必要な人数"]] == 8691
    assert found["guidance_rate_total"][at["新しい目標"]] == 34.0
    assert found["checkup_total_rate"][at["新しい目標"]] == 65.2
    first = next(r for r in computed.worksheets[0].iter_rows(min_row=5) if "被保険者の特定保健指導" in str(r[0].value))
    assert [cell.value for cell in first[2:4]] == [14.3, 3552]

    # The page with the same target says the same.
    field(page, "guidance_rate_insured").fill("35")
    field(page, "guidance_rate_insured").press("Enter")
    expect(row(page, "guidance_rate_insured")).to_contain_text("8,691人")
    expect(page.locator(".card").nth(2)).to_contain_text("34.0%")


def test_csv_and_pictures_say_what_the_page_says(visit: Visit, tmp_path: Path) -> None:
    page = visit.open(f"{YAMAGUCHI}&t.lifestyle_checkup_rate=60.0")
    text = downloaded(page, "CSV", tmp_path).read_text(encoding="utf-8-sig")
    assert "生活習慣病予防健診実施率を60.0%以上とする,生活習慣病予防健診実施率を58.0%以上とする,2.0,3486" in text
    assert "+3,486人" in downloaded(page, "図（SVG）", tmp_path).read_text(encoding="utf-8")
    assert downloaded(page, "図（PNG）", tmp_path).read_bytes().startswith(b"\x89PNG")
