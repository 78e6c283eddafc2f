"""The probe finds every fault it is there for, and finds none where there is none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.tour import PROBE

CHART = """<div data-testid="stVegaLiteChart" style="width:200px"><svg class="marks" width="200" height="60"
font-size="12">{}</svg></div>"""
MARK = '<g class="mark-text">{}</g>'
TEXT = '<text x="{}" y="{}">静岡 64.7%</text>'
LONG = "生活習慣病予防健診"
NARROW = '<div style="width:60px;overflow:{}"><b style="white-space:nowrap">' + LONG + "</b></div>"
SHADOW = """<div id="host"></div><script>host.attachShadow({{mode: 'open'}}).innerHTML = '{}'</script>"""
SLOW = "<style>p {{ transition: opacity {}s }}</style><p>moves</p>"
LINES = '<div style="height:40px;overflow:auto" {}>a<br>b<br>c<br>d<br>e</div>'


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 600, "height": 400})
    yield page
    page.close()


def found(page: Page, body: str, name: str) -> list[object] | int:
    page.set_content(f'<html lang="ja"><body style="margin:0;font:14px sans-serif">{body}</body></html>')
    page.evaluate(PROBE)
    said: list[object] | int = page.evaluate(f"probe.{name}()")
    return said


FAULTS = {
    "an ellipsis": ("cut", f'<p style="width:60px;overflow:hidden;white-space:nowrap">{LONG}</p>'),
    "a box too low": ("cut", '<div style="height:20px;overflow:hidden">one<br>two<br>three</div>'),
    "an outer box": ("cut", NARROW.format("clip")),
    "a field": ("cut", f'<input value="{LONG}" style="width:60px">'),
    "a shadow root": ("cut", SHADOW.format(NARROW.format("hidden"))),
    "a word over the edge": ("outside", CHART.format(MARK.format(TEXT.format(180, 30)))),
    "a word under the edge": ("outside", CHART.format(MARK.format(TEXT.format(10, 70)))),
    "two words": ("collisions", CHART.format(MARK.format(TEXT.format(10, 30) + TEXT.format(30, 32)))),
    "no drawing": ("blank", '<div data-testid="stVegaLiteChart"></div>'),
    "an empty drawing": ("blank", CHART.format(MARK.format(""))),
    "an empty canvas": ("empty", '<div data-testid="stDataFrame"><canvas width="50" height="50"></canvas></div>'),
    "a page too wide": ("sideways", '<div style="width:700px">wide</div>'),
    "a frame no key reaches": ("stuck", LINES.format("")),
    "a button under another": ("beyond", '<button>one</button><div style="position:fixed;inset:0"></div>'),
    "a button cut off": (
        "beyond",
        '<div style="width:5px;height:40px;overflow:clip"><button style="margin-left:50px">one</button></div>',
    ),
    "movement": ("movements", SHADOW.format(SLOW.format("0.2"))),
    "a part still loading": ("loading", '<div data-testid="stSkeleton"></div>'),
}

SOUND = {
    "a line that fits": ("cut", f'<p style="width:200px;overflow:hidden;white-space:nowrap">{LONG}</p>'),
    "a frame that scrolls": ("cut", NARROW.format("auto")),
    "words for a screen reader": ("cut", f'<p style="position:absolute;width:1px;height:1px;overflow:hidden">{LONG}'),
    "a word inside": ("outside", CHART.format(MARK.format(TEXT.format(10, 30)))),
    "a hidden word": ("outside", CHART.format(f'<g opacity="0">{TEXT.format(190, 30)}</g>')),
    "two words apart": ("collisions", CHART.format(MARK.format(TEXT.format(10, 20) + TEXT.format(10, 40)))),
    "a drawing": ("blank", CHART.format(MARK.format(TEXT.format(10, 30)))),
    "a page that fits": ("sideways", '<div style="width:600px">wide</div>'),
    "a frame with a place": ("stuck", LINES.format('tabindex="0"')),
    "a button below": ("beyond", '<div style="height:900px"></div><button>one</button>'),
    "a hair of movement": ("movements", SHADOW.format(SLOW.format("0.005"))),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found(page: Page, name: str) -> None:
    probe, body = FAULTS[name]
    assert found(page, body, probe)


@pytest.mark.parametrize("name", SOUND)
def test_nothing_is_found_where_all_is_well(page: Page, name: str) -> None:
    probe, body = SOUND[name]
    assert not found(page, body, probe)


def test_letters_no_font_has_are_told_from_japanese(page: Page) -> None:
    """A letter without a glyph is drawn as the same box as any other, or not at all."""
    assert found(page, "<p>静岡</p>", "tofu") == []
    assert page.evaluate("probe.japanese()") == 2
    # Never assigned: U+0379, U+2FEF. Were Japanese fonts missing, 静 and 岡 would come out alike, as these do.
    assert page.evaluate(r"probe.boxes(['静', '\u0379', '岡', '\u2fef'], 'sans-serif')") == ["\u0379", "\u2fef"]
