"""What was chosen is kept: back, forward, reload, a new tab, the other language, a server that starts again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Visit, free_port, serving

STATE = (Path(__file__).parent / "state.js").read_text(encoding="utf-8")
LAPTOP: Any = {"viewport": {"width": 1366, "height": 768}}
PATIENCE = 20.0
"""Seconds until a page must have come to what it shows."""


class Choice(NamedTuple):
    """A link that says much, and one change more, made with the page's own chooser."""

    path: str
    change: Callable[[Page], None]
    said: str
    """What the address says after the change."""


def press(key: str, name: str) -> Callable[[Page], None]:
    return lambda page: page.locator(f".st-key-{key}").get_by_text(name, exact=True).click()


def type_target(page: Page) -> None:
    field = page.locator("tr.row[data-measure=lifestyle_checkup_rate]").get_by_role("textbox")
    field.fill("61.5")
    field.press("Enter")


def one_month_back(page: Page) -> None:
    page.get_by_role("slider").focus()
    page.keyboard.press("ArrowLeft")


CHOICES = {
    "overview": Choice(
        "?fy=2023&branch=saitama,yamaguchi&my=yamaguchi&pillar=1,2&state=not_achieved&era=seireki",
        press("branch", "静岡"),
        "branch=yamaguchi,saitama,shizuoka",
    ),
    "compare": Choice(
        "compare?fy=2023&measure=generic_use_rate&branch=saitama,shizuoka&base=national&show=target&my=saitama",
        press("base", "前年度"),
        "base=last_year",
    ),
    "trend": Choice(
        "trend?measure=generic_use_rate&branch=saitama,shizuoka&from=2022&to=2024",
        press("branch", "山口"),
        "branch=saitama,shizuoka,yamaguchi",
    ),
    "what_if": Choice(
        "what_if?branch=yamaguchi&fy=2024&t.lifestyle_checkup_rate=60.0&t.mail_application_rate=95.0&grow=1"
        "&n.checkup_eligible_insured=180000&scenario=new&s1=old~lifestyle_checkup_rate-61.0",
        type_target,
        "t.lifestyle_checkup_rate=61.5",
    ),
    "landing": Choice("landing?branch=yamaguchi&fy=2022&asof=2022-10", one_month_back, "asof=2022-09"),
    "data": Choice("data?part=initiatives&era=seireki", press("part", "予算"), "part=budget"),
}

every_page = pytest.mark.parametrize("name", CHOICES)


def state(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(STATE)
    return found


def still(reader: Visit) -> dict[str, Any]:
    """What the page shows when it has come to rest: twice the same."""
    reader.settle()
    before: dict[str, Any] = {}
    end = time.monotonic() + PATIENCE
    while (now := state(reader.page)) != before:
        assert time.monotonic() < end, "the page does not come to rest"
        before = now
        reader.page.wait_for_timeout(300)
    return now


def comes_to(reader: Visit, wanted: dict[str, Any]) -> None:
    """Fails with what differs unless the page comes to show just that."""
    end = time.monotonic() + PATIENCE
    while state(reader.page) != wanted and time.monotonic() < end:
        reader.page.wait_for_timeout(200)
    assert state(reader.page) == wanted


def opened(reader: Visit, path: str) -> dict[str, Any]:
    reader.open(path)
    return still(reader)


def changed(reader: Visit, choice: Choice) -> dict[str, Any]:
    """Makes the change and waits until the address and the page say it."""
    before = state(reader.page)
    choice.change(reader.page)
    reader.page.wait_for_url(lambda address: choice.said in address.replace("%2C", ","))
    now = still(reader)
    assert now["same"] != before["same"]
    assert now["words"] != before["words"]
    return now


@pytest.fixture
def other(browser: Browser, app: str) -> Iterator[Visit]:
    """Somebody else, elsewhere."""
    context = browser.new_context(**LAPTOP, locale="en-US")
    reader = Visit(context, app)
    yield reader
    context.close()
    assert reader.complaints == []


@every_page
def test_back_forward_reload_and_a_new_tab_keep_what_was_chosen(visit: Visit, other: Visit, name: str) -> None:
    choice = CHOICES[name]
    first = opened(visit, choice.path)
    second = changed(visit, choice)
    visit.page.go_back()
    comes_to(visit, first)
    visit.page.go_forward()
    comes_to(visit, second)
    visit.page.reload()
    comes_to(visit, second)
    tab = Visit(visit.page.context, visit.address)
    for reader in (tab, other):
        reader.page.goto(visit.page.url)
        comes_to(reader, second)
    assert tab.complaints == []


@every_page
def test_a_link_in_the_other_language_shows_the_same_picture(visit: Visit, other: Visit, name: str) -> None:
    japanese = opened(visit, CHOICES[name].path)
    english = opened(other, f"{CHOICES[name].path}&lang=en")
    assert english["same"] == japanese["same"]
    assert english["words"] != japanese["words"]
    other.page.get_by_text("日本語", exact=True).click()
    comes_to(other, japanese)
    visit.page.get_by_text("English", exact=True).click()
    comes_to(visit, english)


def connection(reader: Visit, wanted: str) -> None:
    reader.page.locator(f"[data-testid=stApp][data-test-connection-state={wanted}]").wait_for()


def test_a_server_that_starts_again_keeps_what_was_chosen(browser: Browser, tmp_path: Path) -> None:
    """Open pages come back by themselves and go on working; the way back and a reload show the same as before."""
    port = free_port()
    context = browser.new_context(**LAPTOP, locale="ja-JP")
    pages: dict[str, tuple[Visit, dict[str, Any], dict[str, Any]]] = {}
    with serving(tmp_path / "first.txt", port) as address:
        for name, choice in CHOICES.items():
            reader = Visit(context, address)
            pages[name] = reader, opened(reader, choice.path), changed(reader, choice)
    for reader, _, _ in pages.values():
        connection(reader, "PINGING_SERVER")
    with serving(tmp_path / "second.txt", port):
        for name, (reader, before, shown) in pages.items():
            reader.page.bring_to_front()
            connection(reader, "CONNECTED")
            still(reader)
            comes_to(reader, shown)
            reader.page.go_back()
            comes_to(reader, before)
            assert changed(reader, CHOICES[name]) == shown
            reader.page.reload()
            comes_to(reader, shown)
    context.close()
