"""What the first visitor waits for, what a change sends, and what the collector costs once everything is loaded."""

from __future__ import annotations

import asyncio
import statistics

from playwright.sync_api import Browser, sync_playwright

from bench.client import Address, Answer, grid_handle, number_handle, session
from bench.load import Find, what_if
from bench.result import Bar, Result
from bench.server import APP, FLOOR, Server, server, started
from tests.browser.conftest import QUIET, chromium

STARTS = 5
MOVES = 20
FIRST_MS = 60_000

PAGES = ("", "compare", "trend", "what_if", "landing", "data")
"""Every page is opened before the collector is timed."""

FIRST_DRAWN = """() => {
    const shadows = [...document.querySelectorAll('*')].map(element => element.shadowRoot).filter(Boolean)
    return [document, ...shadows].some(root => root.querySelector(
        'table[role=grid] td.cell, [data-testid=stVegaLiteChart] svg path')) && performance.now()
}"""


def measure() -> list[Result]:
    """Cold start, bytes of a What-if change, and the collector."""
    first: dict[str, list[float]] = {APP: [], FLOOR: []}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium(), args=QUIET)
        for _ in range(STARTS):
            for script, times in first.items():
                with server(script) as cold:
                    times.append(first_drawn(browser, cold.address))
        browser.close()
    with server(APP) as app, server(FLOOR) as floor:
        moves = asyncio.run(_changes(what_if(app), grid_handle, done=False))
        commits = asyncio.run(_changes(what_if(app), grid_handle, done=True))
        least = asyncio.run(_changes(Address(floor.stream), number_handle, done=False))
    taken, cold_floor = statistics.median(first[APP]), statistics.median(first[FLOOR])
    return [
        Result("start: first chart of a new server (Overview) / floor", taken, "ms", cold_floor, Bar(1.3)),
        Result("start: bytes of a What-if move / floor", _bytes(moves), "B", _bytes(least), Bar(1.5)),
        Result("start: bytes of a committed change, whole page", _bytes(commits), "B"),
        Result("start: gc.collect(2) when every page is warm", collector_ms(), "ms", None, Bar(5)),
    ]


def first_drawn(browser: Browser, address: str) -> float:
    """From the address entered to something drawn, in a browser that has seen nothing yet; ms."""
    # Playwright's wait_for_function makes a program of a text, which the app's own policy lets nobody do.
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="ja-JP", bypass_csp=True)
    page = context.new_page()
    page.goto(address, wait_until="commit")
    drawn: float = page.wait_for_function(FIRST_DRAWN, timeout=FIRST_MS).json_value()
    context.close()
    return drawn


async def _changes(address: Address, find: Find, *, done: bool) -> list[Answer]:
    async with session(address, find) as reader:
        await reader.move(done=done)
        return [await reader.move(done=done) for _ in range(MOVES)]


def _bytes(answers: list[Answer]) -> float:
    return statistics.median(answer.size for answer in answers)


def collector_ms() -> float:
    """A full collection in the app's own process, after every page was opened and targets were moved."""
    with started(["-m", "bench.collector", APP]) as running:
        asyncio.run(_warm(running))
        source, sink = running.process.stdin, running.process.stdout
        if source is None or sink is None:
            raise ValueError("started without pipes")
        source.write("\n")
        source.flush()
        # Streamlit greets on the same output.
        said = next(line for line in sink if line.strip().replace(".", "", 1).isdigit())
        return float(said)


async def _warm(running: Server) -> None:
    for page in PAGES:
        async with session(Address(running.stream, page), None):
            pass
    await _changes(what_if(running), grid_handle, done=True)
