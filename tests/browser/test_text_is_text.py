"""Text from outside in the elements that read Markdown, as Streamlit's own frontend draws it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import free_port, serving
from tests.browser.text_page import TEXTS
from tests.hostile import MADE

OWN = "[class*=st-key-ground-] p > .stMarkdownColoredBackground"
"""The ground the app itself lays under a text."""


def shown(page: Page, places: str) -> list[str]:
    """The letters of every such place, in the order of the texts."""
    found: list[str] = page.locator(places).evaluate_all("all => all.map(one => one.textContent)")
    return found


@pytest.fixture(scope="module")
def drawn(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Page, list[str]]]:
    """The page drawn to its end, and every address it asked for."""
    log = tmp_path_factory.mktemp("text") / "log.txt"
    with serving(log, free_port(), "tests/browser/text_page.py") as address:
        page = browser.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        page.get_by_test_id("stAlert").wait_for()
        page.wait_for_function("!document.querySelector('[data-testid=stSkeleton]')")
        yield page, [url for url in asked if not url.startswith((address, "data:", "blob:"))]
        page.close()


@pytest.mark.parametrize("kind", ["body", "label", "ground", "title"])
def test_every_letter_is_shown_as_it_stands(drawn: tuple[Page, list[str]], kind: str) -> None:
    assert shown(drawn[0], f"[class*=st-key-{kind}-]") == list(TEXTS)


def test_what_the_app_sets_off_ends_where_the_text_ends(drawn: tuple[Page, list[str]]) -> None:
    assert shown(drawn[0], "[class*=st-key-strong-] strong") == list(TEXTS)
    assert shown(drawn[0], "[class*=st-key-strong-]") == [f"{text} {text}" for text in TEXTS]


@pytest.mark.parametrize("part", ["stMetricLabel", "stMetricValue", "stMetricDelta"])
def test_a_metric_shows_every_letter(drawn: tuple[Page, list[str]], part: str) -> None:
    assert shown(drawn[0], f"[class*=st-key-metric-] [data-testid={part}]") == list(TEXTS)


@pytest.mark.parametrize("cells", ["th", "td"])
def test_a_table_shows_every_letter(drawn: tuple[Page, list[str]], cells: str) -> None:
    assert shown(drawn[0], f".st-key-table tbody {cells}") == list(TEXTS)


def test_nothing_is_made_of_a_text_and_nothing_is_asked_for(drawn: tuple[Page, list[str]]) -> None:
    page, outside = drawn
    made = page.locator(f".stMain :is({MADE}):not({OWN})")
    assert made.evaluate_all("all => all.map(one => one.outerHTML)") == []
    assert outside == []
