"""A running app and a real Chromium. Without a browser these tests say so and skip, unless that is forbidden."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn, TypedDict

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Response,
    TimeoutError,  # noqa: A004  Playwright's, as every wait raises it
    expect,
    sync_playwright,
)

pytest.register_assert_rewrite("tests.browser.tour")

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 60


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in Path(item.fspath).parts:
            item.add_marker(pytest.mark.browser)


class Chromium(TypedDict):
    """How to start it."""

    executable_path: str | None
    chromium_sandbox: bool


def chromium() -> Chromium:
    """The browser to use; a container's root cannot have the sandbox."""
    found = os.environ.get("KENPO_CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)
    return {"executable_path": found, "chromium_sandbox": hasattr(os, "geteuid") and os.geteuid() != 0}


def refuse(reason: str) -> NoReturn:
    """Skips a test and says why; fails it where skipping is forbidden."""
    if os.environ.get("KENPO_NO_SKIP"):
        pytest.fail(f"skipping is forbidden here: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as installed; the one Playwright brings along if there is none."""
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(**chromium(), args=QUIET)
        except Error as error:
            refuse(f"no browser: {str(error).splitlines()[0]}")
        yield browser
        browser.close()


@contextmanager
def serving(
    log: Path, port: int, script: str = "app.py", data: Path | None = None, *, base: str = "", failing: bool = False
) -> Iterator[str]:
    """A server of the app, or of another script, on its own data or another package, while the block runs.

    The app itself is started as the README starts it, below a `base` path where one is given. Where the test makes
    something fail on purpose, its log may hold the cause.
    """
    chosen = {**os.environ, "KENPO_DATA": str(data)} if data else None
    command = [sys.executable, "-m", "kenpo", "serve", "--no-browser", f"--port={port}", f"--base-path={base}"]
    if script != "app.py":
        command = [sys.executable, "-m", "streamlit", "run", script, "--server.headless=true", f"--server.port={port}"]
    with log.open("w", encoding="utf-8") as out:
        server = subprocess.Popen(command, cwd=ROOT, env=chosen, stdout=out, stderr=subprocess.STDOUT)
        try:
            address = f"http://127.0.0.1:{port}/{base}".rstrip("/")
            _wait(f"{address}/_stcore/health", server, log)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=20)
    said = log.read_text(encoding="utf-8")
    assert failing or "Traceback" not in said, said


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app, started as the README starts it."""
    with serving(tmp_path_factory.mktemp("server") / "log.txt", free_port()) as address:
        yield address


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310  our own server
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the app did not start:\n{log.read_text(encoding='utf-8')}")


class Visit:
    """A browser window of one reader; whatever the page complains of fails the test."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._said)
        self.page.on("response", self._answered)
        self.page.on("pageerror", lambda e: self.complaints.append(str(e)))
        self.page.on("request", self._inside)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.complaints.append(message.text)

    def _answered(self, response: Response) -> None:
        # Streamlit tries its own endpoints below a page's path first and then at the root.
        if response.status >= 400 and "/_stcore/" not in response.url:
            self.complaints.append(f"{response.status}: {response.url}")

    def _inside(self, request: object) -> None:
        url = str(getattr(request, "url", ""))
        if url.startswith(("http", "ws")) and self.address.split("//")[1] not in url:
            self.complaints.append(f"outside request: {url}")

    def open(self, path: str = "") -> Page:
        """Opens a path of the app and waits until the page stands still."""
        self.page.goto(f"{self.address}/{path}")
        self.settle()
        return self.page

    def settle(self) -> None:
        """Waits until no rerun is on its way."""
        self.page.wait_for_selector("[data-testid=stApp]")
        self.page.wait_for_selector("h1")
        self.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
        expect(self.page.locator("[data-stale=true]")).to_have_count(0, timeout=30_000)
        shown = ("stAlert", "stVegaLiteChart", "stDataFrame")
        self.page.locator(", ".join(["td.cell", "tr.row", *(f"[data-testid={one}]" for one in shown)])).first.wait_for()


def until(page: Page, expression: str, seconds: float = 30) -> None:
    """Waits until an expression of JavaScript holds.

    Asked from outside, again and again: Playwright's own wait_for_function makes a program of a text inside the page,
    and the pages' security policy lets nobody do that.
    """
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        if time.monotonic() > end:
            raise TimeoutError(f"not within {seconds} s: {expression}")
        page.wait_for_timeout(50)


@pytest.fixture
def visit(browser: Browser, app: str) -> Iterator[Visit]:
    """A reader at a laptop of 1366 × 768."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="ja-JP")
    reader = Visit(context, app)
    yield reader
    context.close()
    assert reader.complaints == []


@pytest.fixture(scope="module")
def look(request: pytest.FixtureRequest) -> Any:
    """How the reader of a test looks at the pages: see `tests.browser.tour`."""
    return request.param


@pytest.fixture(scope="module")
def reader(look: Any, browser: Browser, app: str) -> Iterator[Visit]:
    """A reader with that look; one window for all pages of a file."""
    context = browser.new_context(**look.context())
    yield Visit(context, app)
    context.close()
