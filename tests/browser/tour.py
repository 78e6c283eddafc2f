"""Every page as a reader may open it, and what to find fault with: see probe.js."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

import pytest
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as Waited

from tests.browser.conftest import Visit, until

Scheme = Literal["light", "dark"]

PROBE: Final = (Path(__file__).parent / "probe.js").read_text(encoding="utf-8")

SIZES: Final = {"laptop": (1366, 768), "projector": (1920, 1080), "phone": (390, 844)}
GROUND: Final = {"light": "rgb(255, 255, 255)", "dark": "rgb(18, 23, 30)"}
"""The page's own ground in each theme, as .streamlit/config.toml has it."""
LANGUAGES: Final = ("ja", "en")
SCHEMES: Final[tuple[Scheme, ...]] = ("light", "dark")
LETTERS, SWITCH = 40, 3
"""Different Japanese letters on a page, at least: in Japanese; in English those of the switch 日本語."""
WAIT = 10
"""Seconds until a chart or table that is not drawn will not be."""


class Place(NamedTuple):
    """A page to open, and the charts it draws."""

    path: str
    charts: int


PAGES: Final = {
    "overview": Place("?", 0),
    "compare": Place("compare?", 1),
    "compare_47": Place("compare?measure=premium_rate", 1),
    "trend": Place("trend?", 1),
    "trend_47": Place("trend?measure=premium_rate", 2),
    "trend_pillar": Place("trend?pillar=2", 11),
    "what_if": Place("what_if?branch=yamaguchi&fy=2024&t.lifestyle_checkup_rate=60.0", 1),
    "landing": Place("landing?", 2),
}
PARTS: Final = {
    f"data_{part}": Place(f"data?part={part}", charts)
    for part, charts in {
        "documents": 1,
        "measures": 0,
        "findings": 0,
        "initiatives": 0,
        "budget": 1,
        "changes": 0,
        "tables": 0,
    }.items()
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a reader looks at a page: language, screen, theme, zoom, wish for stillness."""

    lang: str
    size: tuple[int, int]
    scheme: Scheme = "light"
    zoom: int = 1
    still: bool = False

    def context(self) -> dict[str, Any]:
        """The options of a browser context; a browser that zooms has fewer and larger pixels."""
        width, height = (length // self.zoom for length in self.size)
        return {
            "viewport": {"width": width, "height": height},
            "device_scale_factor": self.zoom,
            "color_scheme": self.scheme,
            "reduced_motion": "reduce" if self.still else "no-preference",
            "locale": "ja-JP",
        }


EVERY: Final = {
    f"{lang}-{size}-{scheme}": Look(lang, SIZES[size], scheme)
    for lang in LANGUAGES
    for size in SIZES
    for scheme in SCHEMES
}
"""Every language, screen and theme by the name a failure says."""


def seen_as(looks: Mapping[str, Look]) -> pytest.MarkDecorator:
    """Parametrises the fixture `look`; the tests of a look share one browser window."""
    return pytest.mark.parametrize("look", looks.values(), ids=looks, indirect=True, scope="module")


def visited(reader: Visit, look: Look, place: Place) -> Page:
    """The page of a place in the language of a look, drawn to the end, the probe at hand."""
    reader.complaints.clear()
    page = reader.open(f"{place.path}&lang={look.lang}")
    page.evaluate(PROBE)
    drawn(page)
    return page


def drawn(page: Page) -> None:
    """Waits until everything is drawn and what scrolls is within reach; the probe must be at hand."""
    try:
        until(page, "!probe.waiting().length", WAIT)
    except Waited:
        pytest.fail(f"not drawn, or not to be reached: {page.evaluate('probe.waiting()')}")


def check_whole(reader: Visit, look: Look, place: Place) -> None:
    """No error, no sideways scroll, no cut word, every chart and table drawn, in letters the reader can read."""
    page = visited(reader, look, place)
    found = faults(page, "sideways", "cut", "outside", "tofu", "collisions")
    if shown := page.locator("[data-testid=stException], [data-testid=stErrorElement]").all_inner_texts():
        found["traceback"] = shown
    assert found | {"complaints": reader.complaints} == {"complaints": []}
    assert page.evaluate("probe.charts()") == place.charts
    assert page.evaluate("probe.japanese()") >= (LETTERS if look.lang == "ja" else SWITCH)
    ground = page.locator("[data-testid=stApp]").evaluate("app => getComputedStyle(app).backgroundColor")
    assert ground == GROUND[look.scheme]
    around = page.locator("svg.marks:has(.mark-line) text").evaluate_all(
        "all => [...new Set(all.map(text => getComputedStyle(text).stroke))]"
    )
    assert around in ([], [ground]), "words on lines stand on the page's own ground"


def faults(page: Page, *names: str) -> dict[str, Any]:
    """What the probe finds, by the name of the fault; nothing where all is well."""
    found = {name: page.evaluate(f"probe.{name}()") for name in names}
    return {name: what for name, what in found.items() if what}
