"""Key press to drawn chart, in Chromium, against the least page there can be: python -m bench.interaction.

Prints, never asserts: a machine is faster or slower, a ratio stays. Both pages are measured in the same run,
by turns, so that a busy moment falls on both.
"""

from __future__ import annotations

import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import QUIET, chromium

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 8
KEYS = 5
WARM_UP = 10

WATCH = """() => {
    window.pressed = null
    window.times = []
    const shadows = [...document.querySelectorAll('*')].map(element => element.shadowRoot).filter(Boolean)
    const charts = () => [
        ...document.querySelectorAll('[data-testid=stVegaLiteChart] svg'),
        ...shadows.map(root => root.querySelector('.bars')).filter(Boolean),
    ]
    const drawn = () => charts().map(chart => chart.textContent).join()
    let before = drawn()
    const watcher = new MutationObserver(() => {
        const now = drawn()
        if (now === before) return
        before = now
        if (window.pressed !== null) window.times.push(performance.now() - window.pressed)
        window.pressed = null
    })
    for (const root of [document.body, ...shadows]) {
        watcher.observe(root, { subtree: true, childList: true, characterData: true, attributes: true })
    }
    window.addEventListener('keydown', () => { window.pressed = performance.now() }, true)
}"""

HEADLINES = """() => {
    window.said = []
    const shadows = [...document.querySelectorAll('*')].map(element => element.shadowRoot).filter(Boolean)
    const headline = [document, ...shadows].map(root => root.querySelector('h1')).find(Boolean)
    new MutationObserver(() => window.said.push([performance.now(), headline.textContent])).observe(
        headline, { subtree: true, childList: true, characterData: true })
}"""


@contextmanager
def server(script: str) -> Iterator[str]:
    """The address of a page, started as a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.headless=true", f"--server.port={port}"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"nothing answers on port {port}")


@dataclass
class Subject:
    """A page with the handle that is pressed and what was measured."""

    page: Page
    handle: str
    times: list[float]

    def press(self, keys: int) -> None:
        """Presses an arrow key so often, each when the chart of the one before is drawn."""
        self.page.locator(self.handle).focus()
        for at in range(keys):
            done = len(self.page.evaluate("window.times"))
            self.page.keyboard.press("ArrowUp" if at % 2 == 0 else "ArrowDown")
            self.page.wait_for_function(f"window.times.length > {done}")
            self.page.wait_for_timeout(60)

    def measure(self) -> None:
        """One round; the link is written and the page at rest before the next."""
        before = len(self.page.evaluate("window.times"))
        self.press(KEYS)
        self.times += self.page.evaluate("window.times")[before:]
        self.page.wait_for_timeout(900)


def opened(browser: Browser, address: str, handle: str) -> Subject:
    """A page in a window of its own, warmed up."""
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    page.goto(address)
    page.locator(handle).wait_for()
    page.locator("[data-testid=stVegaLiteChart] svg").first.wait_for()
    page.wait_for_timeout(1500)
    page.evaluate(WATCH)
    subject = Subject(page, handle, [])
    subject.press(WARM_UP)
    page.wait_for_timeout(1000)
    return subject


def dragged(page: Page, handle: str) -> tuple[float, float]:
    """Headlines a second while a handle is dragged for two seconds, and ms from release to the last headline."""
    box = page.locator(handle).bounding_box()
    if box is None:
        raise ValueError(f"{handle} is not on the page")
    y = box["y"] + box["height"] / 2
    page.evaluate(HEADLINES)
    page.mouse.move(box["x"] + box["width"] * 0.4, y)
    page.mouse.down()
    started = page.evaluate("performance.now()")
    for step in range(50):
        page.mouse.move(box["x"] + box["width"] * (0.4 + step / 200), y)
        page.wait_for_timeout(40)
    released = page.evaluate("performance.now()")
    page.mouse.move(box["x"] + box["width"] * 0.66, y)
    page.mouse.up()
    released = page.evaluate("performance.now()")
    page.wait_for_timeout(1500)
    said = page.evaluate("window.said.map(([at]) => at)")
    during = [at for at in said if started <= at <= released]
    return len(during) / ((released - started) / 1000), max(said) - released


def main() -> None:
    """Prints key to drawn chart of both pages with their ratio, and what a drag draws."""
    grid = "tr[data-measure=lifestyle_checkup_rate] input[type=range]"
    with server("bench/floor_page.py") as floor_at, server("app.py") as app_at, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium(), args=QUIET)
        floor = opened(browser, floor_at, "input[type=number]")
        page = opened(browser, f"{app_at}/what_if?branch=yamaguchi&fy=2024", grid)
        for _ in range(ROUNDS):
            floor.measure()
            page.measure()
        least, taken = statistics.median(floor.times), statistics.median(page.times)
        print(f"key to drawn chart, what-if / floor: {taken:.0f} ms / {least:.0f} ms = {taken / least:.2f}")
        a_second, settled = dragged(page.page, grid)
        print(f"while dragged: {a_second:.1f} headlines a second, the last {settled:.0f} ms after release")
        browser.close()


if __name__ == "__main__":
    main()
