"""A server that starts again in the middle of somebody's work."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from tests.browser.conftest import Visit, free_port, serving, until
from tests.browser.test_navigation import CHOICES, LAPTOP, changed, comes_to, opened, still

WATCH = """() => {
    const app = document.querySelector('[data-testid=stApp]')
    window.runs = 0
    new MutationObserver(() => { window.runs += app.dataset.testScriptState === 'running' }).observe(
        app, { attributeFilter: ['data-test-script-state'] })
}"""
"""Counts the runs of the page from now on."""


def connection(reader: Visit, wanted: str) -> None:
    reader.page.locator(f"[data-testid=stApp][data-test-connection-state={wanted}]").wait_for()


def test_a_server_that_starts_again_keeps_what_was_chosen(browser: Browser, tmp_path: Path) -> None:
    """Open pages come back by themselves, the very next change is heard, and a reload shows the same as before."""
    port = free_port()
    context = browser.new_context(**LAPTOP, locale="ja-JP")
    pages: dict[str, tuple[Visit, dict[str, Any], dict[str, Any]]] = {}
    with serving(tmp_path / "first.txt", port) as address:
        for name, choice in CHOICES.items():
            reader = Visit(context, address)
            pages[name] = reader, opened(reader, choice.path), changed(reader, choice)
            reader.page.go_back()
            comes_to(reader, pages[name][1])
            reader.page.evaluate(WATCH)
    for reader, _, _ in pages.values():
        connection(reader, "PINGING_SERVER")
    with serving(tmp_path / "second.txt", port):
        for name, (reader, before, shown) in pages.items():
            reader.page.bring_to_front()
            connection(reader, "CONNECTED")
            until(reader.page, "window.runs > 0")
            assert still(reader) == before
            assert changed(reader, CHOICES[name]) == shown
            reader.page.reload()
            comes_to(reader, shown)
            reader.page.go_back()
            comes_to(reader, before)
    context.close()
