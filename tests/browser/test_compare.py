"""What only a browser can show of Compare: the drawn chart, room, history, downloads that open elsewhere."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit
from tests.browser.office import recalculated

TITLE = "静岡 64.7% は全国を6.3ポイント上回るが、目標 67.5%以上 に2.8ポイント届かない"


def drawn(page: Page) -> str:
    """Every word of the chart."""
    chart = page.locator("[data-testid=stVegaLiteChart] svg.marks")
    chart.wait_for()
    return " ".join(chart.locator("text").all_text_contents())


def test_the_chart_is_drawn_with_every_branch_and_its_labels(visit: Visit) -> None:
    page = visit.open("compare?fy=2024&measure=lifestyle_checkup_rate")
    said = drawn(page)
    for word in (
        "静岡",
        "全国",
        "群馬",
        "山口",
        "岡山",
        "埼玉",
        "64.7%",
        "58.4%",
        "目標 67.5%",
        "▲2.8pt",
        "収録資料なし",
        "鹿児島",
    ):
        assert word in said


def test_47_premium_rates_are_drawn_with_the_chosen_in_colour(visit: Visit) -> None:
    page = visit.open("compare?measure=premium_rate&fy=2025&branch=yamaguchi")
    assert "10.36%" in drawn(page)
    fills = page.locator("svg.marks .mark-symbol path").evaluate_all("all => all.map(p => p.getAttribute('fill'))")
    assert fills.count("#3B55D6") == 1
    assert len(fills) >= 47


def test_headline_and_picture_stand_on_the_first_screen(visit: Visit) -> None:
    page = visit.open("compare")
    expect(page.locator("h1")).to_be_in_viewport(ratio=1)
    drawn(page)
    expect(page.locator("[data-testid=stVegaLiteChart]")).to_be_in_viewport(ratio=0.95)


def test_back_and_forward_walk_through_what_was_compared(visit: Visit) -> None:
    page = visit.open("compare?fy=2024")
    page.locator(".st-key-base").get_by_text("全国", exact=True).click()
    page.wait_for_url("**base=national**")
    page.get_by_text("最新の値", exact=True).click()
    page.wait_for_url("**mode=latest**")
    expect(page.locator("h1")).to_contain_text("最新の値")
    page.go_back()
    expect(page.locator("h1")).to_contain_text("静岡 64.7%")
    page.go_forward()
    expect(page.locator("h1")).to_contain_text("最新の値")


def test_a_shared_link_shows_the_same_picture_to_someone_else(visit: Visit, browser: Browser, app: str) -> None:
    path = "compare?fy=2023&measure=generic_use_rate&base=national&branch=saitama"
    page = visit.open(path)
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="en-US")
    other = Visit(context, app)
    seen = other.open(path)
    assert drawn(seen) == drawn(page)
    context.close()
    assert other.complaints == []


def test_a_cell_of_the_overview_leads_here(visit: Visit) -> None:
    page = visit.open("?fy=2023&branch=yamaguchi,shizuoka")
    page.locator("td.cell[data-measure=single_bid_rate][data-branch=yamaguchi]").click()
    page.get_by_role("dialog").get_by_text("支部比較で見る").click()
    page.wait_for_url("**/compare?**")
    assert "measure=single_bid_rate" in page.url
    assert "fy=2023" in page.url
    expect(page.locator("h1")).to_contain_text("静岡 8.4%")


def test_every_figure_leads_to_its_origin(visit: Visit) -> None:
    page = visit.open("compare?fy=2024&my=shizuoka")
    panel = page.locator(".st-key-provenance")
    expect(panel).to_contain_text("令和6年度 静岡支部事業計画実施結果")
    expect(panel).to_contain_text("187, 191, 527")
    page.get_by_role("button", name="すべての数値と出典").click()
    expect(page.get_by_role("dialog")).to_contain_text("438,120人")


def downloaded(page: Page, name: str, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name, exact=True).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_downloads_say_what_is_inside_and_hold_the_table(visit: Visit, tmp_path: Path) -> None:
    page = visit.open("compare?fy=2024&measure=lifestyle_checkup_rate")
    drawn(page)
    found = {name: downloaded(page, name, tmp_path) for name in ("CSV", "Excel", "図（SVG）", "図（PNG）")}
    assert {path.stem for path in found.values()} == {"支部比較_生活習慣病予防健診実施率_2024"}
    text = found["CSV"].read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
    assert rows[1][:5] == ["静岡", "", "64.7", "年度", "67.5"]
    sheet = load_workbook(found["Excel"]).worksheets[0]
    assert (sheet["A1"].value, sheet["C5"].value, sheet.freeze_panes) == (TITLE, 64.7, "B5")
    assert found["図（PNG）"].read_bytes().startswith(b"\x89PNG")
    assert TITLE in found["図（SVG）"].read_text(encoding="utf-8")


def test_libreoffice_opens_the_workbook_and_its_numbers_are_numbers(visit: Visit, tmp_path: Path) -> None:
    page = visit.open("compare?fy=2024&measure=lifestyle_checkup_rate")
    drawn(page)
    book = downloaded(page, "Excel", tmp_path)
    sheet = load_workbook(recalculated(book, tmp_path)).worksheets[0]
    row = next(row for row in sheet.iter_rows() if row[0].value == "静岡")
    numbers = [row[at] for at in (2, 4, 5, 7)]
    assert [(cell.data_type, cell.value) for cell in numbers] == [("n", 64.7), ("n", 67.5), ("n", -2.8), ("n", 12167)]
