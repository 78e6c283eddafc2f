"""A package whose every text tries to be more than text: every page, both languages, opened wherever it can be."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote
from xml.etree import ElementTree

import openpyxl
import pytest
from playwright.sync_api import Browser, Page

from kenpo import checks, passages
from kenpo.selection import scenario_name
from tests import builders, hostile
from tests.browser.conftest import Visit, free_port, serving
from tests.browser.tour import LANGUAGES, PAGES, PARTS, PROBE, drawn
from tests.reading import read

LETTERS = (Path(__file__).parent / "letters.js").read_text(encoding="utf-8")
SCENARIO, KEPT = "⟦<b>$x$ :smile: @b.jp **c**⟧", "⟦[l](//b.jp) :red[r] `c`⟧"
IGNORED = "⟦![p](http://b.jp/p) :tada:⟧"
LEAST = 2
"""Texts a page shows at the least; a page that shows none of the package's proves nothing."""
DRAWN = ("data_tables",)
"""Shows the package on a canvas alone, where a text is drawn and nothing else."""


class Served(NamedTuple):
    """Where the app runs on the hostile package, and every text that may stand on a page."""

    address: str
    known: set[str]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("hostile")
    texts = hostile.package(folder / "data")
    assert checks.check(folder / "data") == []
    written = hostile.documents(folder / "documents", texts)
    known = texts.all | {SCENARIO, KEPT, IGNORED}
    # A passage is a line without tags; a name below a column stands a letter a line, where a space is empty.
    known |= {piece for text in texts.all for piece in hostile.pieces(passages.plain(text))}
    known |= {text.replace(" ", "") for text in texts.all}
    before = os.environ.get("KENPO_DOCUMENTS")
    os.environ["KENPO_DOCUMENTS"] = str(written)
    try:
        with serving(folder / "log.txt", free_port(), data=folder / "data") as address:
            yield Served(address, known)
    finally:
        os.environ.pop("KENPO_DOCUMENTS")
        if before is not None:
            os.environ["KENPO_DOCUMENTS"] = before


@pytest.fixture(params=LANGUAGES)
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def visit(browser: Browser, served: Served) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": 1366, "height": 1200}, locale="ja-JP")
    # Nobody is there, and nobody is to be asked either.
    context.route(lambda url: not url.startswith((served.address, "data:", "blob:")), lambda route: route.abort())
    reader = Visit(context, served.address)
    reader.page.on("dialog", lambda dialog: reader.complaints.append(f"dialog: {dialog.message}"))
    yield reader
    context.close()
    # Every request that would have left stands among the complaints.
    assert reader.complaints == []


def look(page: Page, known: set[str]) -> set[str]:
    """Every text of the package on the page stands there whole, and nothing was made of any; returns the texts."""
    page.evaluate(LETTERS)
    found = set(hostile.pieces(page.evaluate("letters()")))
    changed = {piece for piece in found if piece not in known and not _cut(piece, known)}
    assert not changed, sorted(changed)[:5]
    made = page.locator(f"[data-testid=stMarkdownContainer] :is({hostile.MADE}):not({OWN})").filter(has_text="⟦")
    assert made.evaluate_all("all => all.map(one => one.outerHTML)") == []
    # A field is called by the source of its label: Streamlit escapes nothing and undoes nothing there.
    spoken = {piece for name in page.evaluate("fields()") for piece in hostile.pieces(read(name))}
    assert spoken <= known
    assert page.evaluate("elsewhere()") == []
    assert page.locator(f"{ICONS}, .katex, img[alt]").count() == 0
    return found


OWN = "strong + .stMarkdownColoredBackground"
"""The ground of a line of a passage that holds the figure."""
ICONS = ", ".join(f"[aria-label='{name} icon']" for name in ("home", "smile", "tada"))


def _cut(piece: str, known: set[str]) -> bool:
    """Is it the beginning of a text, with the sign that it goes on?"""
    begun, sign, _ = piece.partition("…")
    return bool(sign) and any(text.startswith(begun) for text in known)


Step = Callable[[Page], None]

# --- the pages -------------------------------------------------------------------------------------


def opened(visit: Visit, path: str, lang: str) -> Page:
    page = visit.open(f"{path}&lang={lang}")
    page.evaluate(PROBE)
    drawn(page)
    return page


@pytest.mark.parametrize("name", [*PAGES, *PARTS])
def test_a_page_shows_names_as_they_are(visit: Visit, served: Served, lang: str, name: str) -> None:
    place = (PAGES | PARTS)[name]
    page = opened(visit, f"{place.path}&zz={quote(IGNORED)}", lang)
    seen = look(page, served.known)
    assert IGNORED in seen
    assert len(seen) >= LEAST or name in DRAWN
    for step in STEPS.get(name.split("_", maxsplit=1)[0] if name not in STEPS else name, ()):
        step(page)
        visit.settle()
        look(page, served.known)


def _dialog(page: Page) -> None:
    page.get_by_role("dialog").wait_for()
    page.get_by_role("dialog").get_by_test_id("stTable").first.wait_for()


def open_cell(page: Page) -> None:
    # Beside such names a cell may lie outside the window.
    cell = page.locator("td.cell").nth(1)
    cell.dispatch_event("mouseover")
    page.locator(".bubble").wait_for()
    cell.dispatch_event("click")
    _dialog(page)


def unfold_passages(page: Page) -> None:
    page.get_by_role("dialog").get_by_test_id("stExpander").locator("summary").first.click()
    page.get_by_role("dialog").get_by_text("▶").first.wait_for()


def close_dialog(page: Page) -> None:
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")


def all_figures(page: Page) -> None:
    page.locator(".st-key-all_figures button").click()
    _dialog(page)


def unfold_sources(page: Page) -> None:
    page.locator(".st-key-sources summary").first.click()
    page.locator(".st-key-sources [data-testid=stDataFrame]").wait_for()


def settings(page: Page) -> None:
    page.locator(".st-key-top").get_by_test_id("stPopover").get_by_role("button").click()
    box = page.locator(".st-key-my").get_by_role("combobox")
    box.click()
    page.get_by_role("option").nth(1).wait_for()


def leave(page: Page) -> None:
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")


def point_at_marks(page: Page) -> None:
    marks = page.locator("[data-testid=stVegaLiteChart] svg.marks :is(.mark-symbol, .mark-rect) path")
    shown = 0
    for at in range(min(marks.count(), 6)):
        marks.nth(at).hover(force=True)
        page.wait_for_timeout(150)
        shown += page.locator("#vg-tooltip-element.visible").count()
    assert shown or page.locator("#vg-tooltip-element").count() == 0


def choose_row(page: Page) -> None:
    table = page.get_by_test_id("stDataFrame").first
    table.click(position={"x": 12, "y": 52})
    page.wait_for_timeout(600)


def popover(key: str, filled: str) -> Step:
    def step(page: Page) -> None:
        page.locator(f".st-key-{key} button").first.click()
        page.get_by_test_id("stPopoverBody").get_by_test_id(filled).first.wait_for()

    return step


def facts_of_a_row(page: Page) -> None:
    page.locator("tr.row button.open").first.click()
    page.wait_for_timeout(800)


def number_fields(page: Page) -> None:
    page.locator(".st-key-numbers label").click()
    page.get_by_test_id("stMetric").first.wait_for()
    page.get_by_test_id("stTable").first.wait_for()


def scenarios(page: Page) -> None:
    address = f"{page.url}&scenario={quote(SCENARIO)}&s1={quote(KEPT)}~lifestyle_checkup_rate-61.0"
    page.goto(address)
    page.get_by_text(scenario_name(KEPT)).first.wait_for()


ORIGIN: tuple[Step, ...] = (settings, leave, unfold_sources, point_at_marks, choose_row, all_figures, unfold_passages)
STEPS: dict[str, tuple[Step, ...]] = {
    "overview": (settings, leave, unfold_sources, open_cell, unfold_passages, close_dialog),
    "compare": ORIGIN,
    "trend": ORIGIN,
    "trend_pillar": (unfold_sources, point_at_marks),
    "landing": ORIGIN,
    "what_if": (
        *(scenarios, facts_of_a_row, popover("eligible_open", "stNumberInput"), leave),
        *(popover("seek_open", "stButtonGroup"), leave, unfold_sources, number_fields),
    ),
    "data": (point_at_marks, choose_row),
}
"""What a reader opens on a page, one after the other."""


# --- what is taken away ----------------------------------------------------------------------------

RUN = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for a formula at the beginning of a cell."""


def taken(visit: Visit, path: str, key: str, folder: Path) -> Path:
    """The file behind a button of a page."""
    if not visit.page.url.endswith(path):
        visit.open(path)
    with visit.page.expect_download() as waiting:
        visit.page.locator(f".st-key-{key} button").click()
    found: Path = folder / waiting.value.suggested_filename
    waiting.value.save_as(found)
    return found


@pytest.mark.parametrize("path", ["compare?lang={}", "trend?lang={}", "data?part=budget&lang={}"])
def test_no_cell_taken_away_is_a_formula_or_a_link(
    visit: Visit, served: Served, tmp_path: Path, lang: str, path: str
) -> None:
    text = taken(visit, path.format(lang), "download_csv", tmp_path).read_text(encoding="utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    # A number may begin with its sign.
    assert [cell for cell in cells if cell.startswith(RUN) and not cell[1:2].isdigit()] == []
    assert {piece for cell in cells for piece in hostile.pieces(cell)} & served.known
    book = openpyxl.load_workbook(taken(visit, path.format(lang), "download_xlsx", tmp_path))
    found = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell.value for cell in found if cell.data_type not in "sn" or cell.hyperlink] == []
    pieces = {piece for cell in found for piece in hostile.pieces(str(cell.value))}
    assert pieces
    assert pieces <= served.known


@pytest.mark.parametrize("path", ["compare?lang={}", "compare?measure=premium_rate&lang={}", "trend?lang={}"])
def test_a_picture_holds_names_as_text_and_leads_nowhere(
    visit: Visit, served: Served, tmp_path: Path, lang: str, path: str
) -> None:
    drawn = ElementTree.parse(taken(visit, path.format(lang), "download_svg", tmp_path))  # noqa: S314  our own drawing
    assert {one.tag.rpartition("}")[2] for one in drawn.iter()} <= {
        "svg",
        "g",
        "path",
        "rect",
        "line",
        "text",
        "tspan",
        *SHAPES,
    }
    assert not [name for one in drawn.iter() for name in one.attrib if "href" in name or name.startswith("on")]
    # A title is cut into lines at its spaces.
    pieces = {piece.replace(" ", "") for piece in hostile.pieces("".join(drawn.getroot().itertext()))}
    assert pieces
    assert {piece for piece in pieces if piece not in served.known and not _cut(piece, served.known)} == set()


SHAPES = ("defs", "clipPath", "style", "linearGradient", "stop")


# --- a package that is refused ---------------------------------------------------------------------


def test_a_refusal_shows_what_stands_in_the_file_as_it_is(browser: Browser, tmp_path: Path, lang: str) -> None:
    texts = hostile.package(tmp_path / "data")
    table = builders.rows(tmp_path / "data" / "documents.csv")
    builders.write(
        tmp_path / "data" / "documents.csv", list(table[0]), [{**r, "made_on": r["title_ja"]} for r in table]
    )
    with serving(tmp_path / "log.txt", free_port(), data=tmp_path / "data") as address:
        context = browser.new_context()
        context.route(lambda url: not url.startswith((address, "data:", "blob:")), lambda route: route.abort())
        reader = Visit(context, address)
        seen = look(reader.open(f"?lang={lang}"), texts.all)
        context.close()
    assert len(seen) > LEAST
    assert reader.complaints == []
