"""Every page against axe-core: no serious or critical violation beyond those of an empty Streamlit page."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Visit, free_port, serving
from tests.browser.tour import EVERY, PAGES, PARTS, Look, Place, drawn, seen_as, visited

AXE = Axe()
PLACES = PAGES | PARTS
GRAVE = ("serious", "critical")
STREAMLIT: dict[str, set[str]] = {"light": set(), "dark": set()}
"""Grave violations of an empty page, by theme: Streamlit has none of its own."""

LAPTOP = {name: look for name, look in EVERY.items() if "laptop" in name}
PHONE = {name: look for name, look in EVERY.items() if name in ("ja-phone-dark", "en-phone-light")}


def grave(page: Page) -> dict[str, list[str]]:
    """Rules that are gravely violated, each with the elements and what axe says of them."""
    found: list[dict[str, Any]] = AXE.run(page).response["violations"]
    return {
        rule["id"]: [
            f"{node['html'][:120]} {node['failureSummary'].splitlines()[-1].strip()}" for node in rule["nodes"]
        ]
        for rule in found
        if rule["impact"] in GRAVE
    }


def check(reader: Visit, look: Look, place: Place) -> None:
    found = grave(visited(reader, look, place))
    assert {rule: where for rule, where in found.items() if rule not in STREAMLIT[look.scheme]} == {}


def test_an_empty_page_has_the_violations_listed(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> None:
    log = tmp_path_factory.mktemp("empty") / "log.txt"
    with serving(log, free_port(), "tests/browser/empty_page.py") as address:
        for scheme, listed in STREAMLIT.items():
            context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
            page = context.new_page()
            page.goto(address)
            page.get_by_role("heading", name="Empty").wait_for()
            assert set(grave(page)) == listed
            context.close()


def test_a_page_of_faults_is_found_out(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(
        """<html lang="ja"><title>x</title><main><h1>x</h1><img src="x.png"><button></button>
        <p style="color:#999;background:#fff">pale</p><div id="host"></div>
        <script>host.attachShadow({mode: 'open'}).innerHTML = '<input type="range">'</script></main></html>"""
    )
    assert set(grave(page)) == {"image-alt", "button-name", "color-contrast", "label"}
    page.close()


@seen_as(LAPTOP)
@pytest.mark.parametrize("name", PLACES)
def test_a_page_has_no_grave_violation(reader: Visit, look: Look, name: str) -> None:
    check(reader, look, PLACES[name])


@seen_as(PHONE)
@pytest.mark.parametrize("name", PLACES)
def test_a_page_has_no_grave_violation_on_a_phone(reader: Visit, look: Look, name: str) -> None:
    check(reader, look, PLACES[name])


@seen_as({name: look for name, look in LAPTOP.items() if name in ("ja-laptop-light", "en-laptop-dark")})
@pytest.mark.parametrize(
    ("path", "opener", "shown"),
    [
        ("?", "td.cell[data-measure=lifestyle_checkup_rate][data-branch=shizuoka]", "[role=dialog] table"),
        ("compare?", ".st-key-all_figures button", "[role=dialog] table"),
        ("what_if?branch=yamaguchi&fy=2024", "tr.row button.open", "tr.facts dd"),
        ("?", "[data-testid=stPopoverButton]", ".st-key-era"),
    ],
    ids=["origin", "all_figures", "facts", "settings"],
)
def test_what_opens_has_no_grave_violation(reader: Visit, look: Look, path: str, opener: str, shown: str) -> None:
    page = visited(reader, look, Place(path, 0))
    page.locator(opener).first.click()
    page.locator(shown).first.wait_for()
    reader.settle()
    drawn(page)
    assert grave(page) == {}
    page.keyboard.press("Escape")
