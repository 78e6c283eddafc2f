"""Key press to drawn chart in Chromium, against the least page there can be and against a naive one.

A press moves a target on the What-if page; on Overview and Trend it puts a branch in or takes it out, on Compare it
asks for the distance to the nation or to the target: these write the link and run the whole page. What is timed is the
last change of what is drawn, as the browser itself saw it. All pages are measured in the same run, by turns, so that a
busy moment falls on all of them.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, sync_playwright

from bench.result import Bar, Result
from bench.server import APP, FLOOR, NAIVE, bare, server
from tests.browser.conftest import QUIET, chromium

ROUNDS = 6
KEYS = 6
WARM_UP = 6
STILL_MS = 150
"""A picture that has not changed for so long is done."""
REST_MS = 900
"""A burst of key presses on the What-if page is written to the link when the keys rest."""
MOST_MS = 20_000

TARGET = "tr[data-measure=lifestyle_checkup_rate] input[type=range]"
NUMBER = "input[type=number]"
CHART = "[data-testid=stVegaLiteChart] svg"

WATCH = """(selector) => {
    window.pressed = null
    window.last = null
    const shadows = [...document.querySelectorAll('*')].map(element => element.shadowRoot).filter(Boolean)
    const roots = [document, ...shadows]
    const drawn = () => roots.flatMap(root => [...root.querySelectorAll(selector)]).map(one => one.outerHTML).join()
    const inside = node => node.getRootNode() !== document || (node.parentElement ?? node).closest(
        '[data-testid=stVegaLiteChart]') || node.querySelector?.('[data-testid=stVegaLiteChart]')
    let before = drawn()
    const watcher = new MutationObserver(records => {
        const at = performance.now()
        // To read a picture takes time itself: only when something in it has moved.
        if (!records.some(record => [record.target, ...record.addedNodes].some(inside))) return
        const now = drawn()
        if (now === before) return
        before = now
        window.last = at
    })
    for (const root of [document.body, ...shadows]) {
        watcher.observe(root, { subtree: true, childList: true, characterData: true, attributes: true })
    }
    window.addEventListener('keydown', () => { window.last = null; window.pressed = performance.now() }, true)
}"""

DRAWN = f"""() => window.last !== null && performance.now() - window.last > {STILL_MS}
    && document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'"""

HEADLINES = """() => {
    window.said = []
    const shadows = [...document.querySelectorAll('*')].map(element => element.shadowRoot).filter(Boolean)
    const headline = [document, ...shadows].map(root => root.querySelector('h1')).find(Boolean)
    new MutationObserver(() => window.said.push([performance.now(), headline.textContent])).observe(
        headline, { subtree: true, childList: true, characterData: true })
}"""


@dataclass(frozen=True, slots=True)
class Subject:
    """A page with the picture that is waited for."""

    name: str
    path: str
    presses: tuple[tuple[str, str], tuple[str, str]]
    """Two handles with the key pressed on each, in turn; the second takes back what the first has done."""
    picture: str
    most: float = 0
    """The bar of the ratio to the floor."""


STEPS = ((NUMBER, "ArrowUp"), (NUMBER, "ArrowDown"))
FLOOR_PAGE = Subject("floor", "", STEPS, CHART)
NAIVE_PAGE = Subject("naive page", "", STEPS, CHART)
BRANCH = (".st-key-branch button >> nth=3", "Enter")
BASES = tuple((f".st-key-base button >> nth={at}", "Enter") for at in (1, 0))
MOVES = ((TARGET, "ArrowUp"), (TARGET, "ArrowDown"))
PAGES = (
    Subject("Overview", "", (BRANCH, BRANCH), "table[role=grid]", 1.8),
    Subject("Compare", "compare", (BASES[0], BASES[1]), CHART, 1.8),
    Subject("Trend", "trend", (BRANCH, BRANCH), CHART, 1.8),
    Subject("What-if", "what_if?branch=yamaguchi&fy=2024", MOVES, "h1, .bars", 1.5),
)


@dataclass(slots=True)
class Reader:
    """A subject open in a window of its own, and what was measured of it."""

    subject: Subject
    page: Page
    times: list[float] = field(default_factory=list)
    pressed: int = 0

    def press(self, keys: int) -> list[float]:
        """Presses so many keys, each when the picture of the one before stands still; ms of each."""
        self.page.bring_to_front()
        taken = []
        for _ in range(keys):
            handle, key = self.subject.presses[self.pressed % 2]
            self.pressed += 1
            self.page.locator(handle).focus()
            self.page.keyboard.press(key)
            self.page.wait_for_function(DRAWN, timeout=MOST_MS)
            taken.append(float(self.page.evaluate("window.last - window.pressed")))
        self.page.wait_for_timeout(REST_MS)
        return taken


def opened(browser: Browser, address: str, subject: Subject) -> Reader:
    """A page in a window of its own, warmed up."""
    # Playwright's wait_for_function makes a program of a text, which the app's own policy lets nobody do.
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="ja-JP", bypass_csp=True)
    page = context.new_page()
    page.goto(f"{address}/{subject.path}")
    page.locator(subject.presses[0][0]).wait_for()
    page.locator(subject.picture).first.wait_for()
    page.wait_for_timeout(1500)
    page.evaluate(WATCH, subject.picture)
    reader = Reader(subject, page)
    reader.press(WARM_UP)
    return reader


def dragged(page: Page, handle: str) -> tuple[float, float]:
    """Headlines a second while a handle is dragged for two seconds, and ms from release to the last headline."""
    page.bring_to_front()
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
    page.mouse.move(box["x"] + box["width"] * 0.66, y)
    page.mouse.up()
    released = page.evaluate("performance.now()")
    page.wait_for_timeout(1500)
    said = page.evaluate("window.said.map(([at]) => at)")
    during = [at for at in said if started <= at <= released]
    return len(during) / ((released - started) / 1000), max(said) - released


def ratios(readers: Sequence[Reader], floor: float, naive: float) -> list[Result]:
    """Each page against the floor and against the naive page."""
    results = [Result("interaction: naive page / floor", naive, "ms", floor)]
    for reader in readers:
        taken, name = statistics.median(reader.times), reader.subject.name
        results.append(Result(f"interaction: {name} / floor", taken, "ms", floor, Bar(reader.subject.most)))
        results.append(Result(f"interaction: {name} / naive page", taken, "ms", naive, Bar(1, "below")))
    return results


def measure() -> list[Result]:
    """Key to drawn chart of every page with its ratios, and what a drag draws."""
    with server(FLOOR) as floor, bare(NAIVE) as naive, server(APP) as app, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium(), args=QUIET)
        least = opened(browser, floor.address, FLOOR_PAGE)
        usual = opened(browser, naive.address, NAIVE_PAGE)
        pages = [opened(browser, app.address, subject) for subject in PAGES]
        for _ in range(ROUNDS):
            for reader in (least, usual, *pages):
                reader.times += reader.press(KEYS)
        a_second, settled = dragged(pages[-1].page, TARGET)
        browser.close()
    return [
        *ratios(pages, statistics.median(least.times), statistics.median(usual.times)),
        Result("interaction: headlines while a target is dragged", a_second, "/s", None, Bar(5, "at least")),
        Result("interaction: the last of them after release", settled, "ms", None, Bar(100)),
    ]
