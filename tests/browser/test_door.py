"""The door as a browser sees it: what a page may load, at the root and below a path, and a quiet end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kenpo.serve.door import HEADERS
from tests.browser.conftest import ROOT, Visit, free_port, serving, until

OUTSIDE = "https://kpi.example.net"

TRY = f"""() => {{
    window.refused = []
    window.ran = false
    document.addEventListener('securitypolicyviolation', event => window.refused.push(event.effectiveDirective))
    const add = (tag, values) => document.body.append(Object.assign(document.createElement(tag), values))
    add('script', {{ textContent: 'window.ran = true' }})
    add('script', {{ src: '{OUTSIDE}/a.js' }})
    add('img', {{ src: '{OUTSIDE}/a.png' }})
    add('iframe', {{ src: '{OUTSIDE}/' }})
    add('style', {{ textContent: '@import url({OUTSIDE}/a.css)' }})
    fetch('{OUTSIDE}/').catch(() => null)
    try {{ new WebSocket('wss://kpi.example.net/') }} catch {{ /* said by the event */ }}
    setTimeout(() => {{ try {{ eval('window.ran = true') }} catch {{ /* said by the event */ }} }}, 0)
}}"""
"""What a page would do whose text had become a program."""


def test_what_is_not_the_apps_own_is_not_loaded_and_not_run(browser: Browser, app: str) -> None:
    context = browser.new_context()
    reader = Visit(context, app)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = reader.open()
    page.evaluate(TRY)
    until(page, "window.refused.length >= 8")
    page.wait_for_timeout(500)
    assert sorted(page.evaluate("window.refused")) == [
        "connect-src",
        "connect-src",
        "frame-src",
        "img-src",
        "script-src",
        "script-src-elem",
        "script-src-elem",
        "style-src-elem",
    ]
    assert page.evaluate("window.ran") is False
    context.close()


@pytest.mark.parametrize(
    "path", ["", "compare", "_stcore/health", "_stcore/host-config", "favicon.png", "media/none", "static/js/none.js"]
)
def test_every_answer_carries_the_headers(app: str, path: str) -> None:
    try:
        with urllib.request.urlopen(f"{app}/{path}", timeout=20) as answer:  # noqa: S310  our own server
            headers = answer.headers
    except urllib.error.HTTPError as error:
        headers = error.headers
    assert {name: headers.get_all(name) for name in HEADERS} == {name: [value] for name, value in HEADERS.items()}


def test_the_server_is_ready_when_a_page_can_be_drawn(app: str) -> None:
    for path in ("_stcore/health", "_stcore/script-health-check"):
        with urllib.request.urlopen(f"{app}/{path}", timeout=60) as answer:  # noqa: S310  our own server
            assert (answer.status, answer.read()) == (200, b"ok")


def test_below_a_path_every_page_is_reached_by_menu_and_by_link(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="ja-JP")
    with serving(tmp_path / "log.txt", free_port(), base="kpi") as address:
        reader = Visit(context, address)
        page = reader.open("?fy=2023")
        for name in ("compare", "trend", "what_if", "landing", "data"):
            page.locator(f"[data-testid=stPageLink] a[href*='{name}']").first.click()
            page.wait_for_url(f"{address}/{name}*")
            reader.settle()
        for path in ("", "compare?measure=lifestyle_checkup_rate&fy=2024", "data?part=tables"):
            reader.open(path)
            page.reload()
            reader.settle()
            assert page.url.startswith(f"{address}/{path.partition('?')[0]}")
        assert reader.complaints == []
        context.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
def test_stopped_by_hand_it_ends_without_a_word(tmp_path: Path) -> None:
    log, port = tmp_path / "log.txt", free_port()
    command = [sys.executable, "-m", "kenpo", "serve", "--no-browser", f"--port={port}"]
    with log.open("w", encoding="utf-8") as out:
        server = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT)
        end = time.monotonic() + 60
        while "URL:" not in log.read_text(encoding="utf-8") and time.monotonic() < end:
            time.sleep(0.1)
        time.sleep(2)
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=30) == 0
    said = log.read_text(encoding="utf-8")
    assert f"http://127.0.0.1:{port}" in said
    assert "Traceback" not in said
