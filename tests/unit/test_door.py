"""Who is let in: only the app's own pages, by a comparison that leaves Streamlit nothing to look up."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import importlib.resources
import re
import webbrowser
from collections.abc import MutableMapping
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from starlette.datastructures import Headers
from streamlit import config, net_util
from streamlit.web.server.starlette import starlette_websocket

from kenpo.serve import door
from tests.loops import ran

OWN = "127.0.0.1:8501"
ALLOWED = ["https://kpi.example"]
Message = MutableMapping[str, Any]


def lines(*pairs: tuple[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode("latin-1")) for name, value in pairs]


@pytest.mark.parametrize(
    ("headers", "host"),
    [
        (lines(("host", OWN), ("origin", "http://127.0.0.1:8501")), OWN),
        (lines(("host", OWN), ("origin", "https://127.0.0.1:8501")), OWN),
        (lines(("host", "[::1]:8501"), ("origin", "http://[::1]:8501")), "[::1]:8501"),
        (lines(("host", "kpi.example"), ("origin", "https://kpi.example")), "kpi.example"),
        (lines(("host", OWN)), OWN),
        (lines(), ""),
        # Allowed by name: the host readers know, whatever the proxy wrote.
        (lines(("host", "backend:8501"), ("origin", "https://kpi.example")), "kpi.example"),
        (lines(("host", "backend:8501"), ("origin", "https://KPI.example/")), "KPI.example"),
        (lines(("origin", "https://kpi.example")), "kpi.example"),
        (lines(("host", "backend:8501"), ("origin", "http://kpi.example")), None),
        (lines(("host", "backend:8501"), ("origin", "https://kpi.example:444")), None),
        (lines(("host", OWN), ("origin", "https://kpi.example.net")), None),
        (lines(("host", OWN), ("origin", "http://127.0.0.1:8502")), None),
        (lines(("host", OWN), ("origin", "http://127.0.0.1:8501@example.net")), None),
        (lines(("host", OWN), ("origin", "http://user@127.0.0.1:8501")), None),
        (lines(("host", OWN), ("origin", "null")), None),
        (lines(("host", ""), ("origin", "null")), None),
        (lines(("host", ""), ("origin", "")), None),
        (lines(("origin", "null")), None),
        (lines(("host", OWN), ("origin", "http://[::1")), None),
        (lines(("host", OWN), ("origin", "http://\xff\xfe")), None),
        (lines(("host", OWN), ("origin", f"http://{OWN}"), ("origin", "https://kpi.example.net")), None),
        (lines(("host", OWN), ("host", "kpi.example"), ("origin", f"http://{OWN}")), None),
        (lines(("host", OWN), ("host", "kpi.example")), None),
    ],
)
def test_who_is_let_in(headers: list[tuple[bytes, bytes]], host: str | None) -> None:
    assert door.known_host(headers, ALLOWED) == host


def refuse_to_ask() -> NoReturn:
    pytest.fail("Streamlit looks its own address up")


HOSTS = st.sampled_from([OWN, "localhost:8501", "[::1]:8501", "kpi.example", "backend", "", "null", "0.0.0.0:8501"])
TEXTS = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0"), max_size=12)
ORIGINS = st.one_of(
    HOSTS.map(lambda host: f"http://{host}"),
    HOSTS.map(lambda host: f"https://{host}"),
    st.sampled_from(["null", "", "kpi.example", "//kpi.example", "file://", "https://kpi.example.net", "http://[::1"]),
    TEXTS,
    TEXTS.map(lambda text: f"https://{text}"),
)


@pytest.mark.parametrize("hosts", [["localhost", "127.0.0.1", "::1"], ["kpi.example", "127.0.0.1"], []])
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
@given(origin=st.none() | ORIGINS, host=st.none() | HOSTS | TEXTS)
@example(origin="https://kpi.example", host="backend")
@example(origin="null", host="")
def test_whatever_is_let_in_streamlit_looks_nothing_up(
    hosts: list[str], origin: str | None, host: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(net_util, "get_internal_ip", refuse_to_ask)
    monkeypatch.setattr(net_util, "get_external_ip", refuse_to_ask)
    said = {"server.allowedHosts": hosts, "server.corsAllowedOrigins": ALLOWED, "server.enableCORS": True}
    known = config.get_option
    monkeypatch.setattr(config, "get_option", lambda name: said[name] if name in said else known(name))
    pairs = [("host", host), ("origin", origin)]
    sent = lines(*((name, value) for name, value in pairs if value is not None))
    found = door.known_host(sent, ALLOWED)
    if found is not None:
        heard = Headers(raw=door._with_host(sent, found))
        starlette_websocket._is_origin_allowed(heard.get("Origin"), heard.get("Host"))


def answered(scope: dict[str, Any], inside: list[dict[str, Any]]) -> list[Message]:
    """What comes out of the door when the app behind it would answer a request with a page."""
    sent: list[Message] = []

    async def app(scope: Any, _receive: Any, send: Any) -> None:
        inside.append(scope)
        if scope["type"] == "http":
            head = [(b"content-type", b"text/html"), (b"Referrer-Policy", b"unsafe-url")]
            await send({"type": "http.response.start", "status": 200, "headers": head})
            await send({"type": "http.response.body", "body": b"page"})

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    ran(door.Door(app)(scope, receive, send))
    return sent


def test_a_foreign_page_never_reaches_streamlit(caplog: pytest.LogCaptureFixture) -> None:
    inside: list[dict[str, Any]] = []
    headers = lines(("host", OWN), ("origin", "https://kpi.example.net"))
    sent = answered({"type": "websocket", "headers": headers}, inside)
    assert inside == []
    assert [(message["type"], message["code"]) for message in sent] == [("websocket.close", 1008)]
    assert "https://kpi.example.net" in caplog.text
    assert "--origin" in caplog.text


def test_an_own_page_reaches_it_with_what_it_sent() -> None:
    inside: list[dict[str, Any]] = []
    headers = lines(("host", OWN), ("origin", f"http://{OWN}"), ("cookie", "a=b"))
    assert answered({"type": "websocket", "headers": headers, "path": "/_stcore/stream"}, inside) == []
    (scope,) = inside
    assert sorted(scope["headers"]) == sorted(headers)
    assert scope["path"] == "/_stcore/stream"


def test_start_and_end_of_the_server_pass() -> None:
    inside: list[dict[str, Any]] = []
    assert answered({"type": "lifespan"}, inside) == []
    assert inside == [{"type": "lifespan"}]


POLICY = (
    "default-src 'none'; "
    "script-src 'self' 'wasm-unsafe-eval' blob: 'sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA='; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def test_every_answer_says_what_may_be_loaded() -> None:
    start, body = answered({"type": "http", "headers": []}, [])
    assert Headers(raw=start["headers"]).items() == [
        ("content-type", "text/html"),
        (
            "content-security-policy",
            POLICY,
        ),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
    ]
    assert body == {"type": "http.response.body", "body": b"page"}


def test_the_one_script_inside_streamlits_page_is_the_one_allowed() -> None:
    page = importlib.resources.files("streamlit").joinpath("static/index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts]
    policy = door.HEADERS["Content-Security-Policy"]
    assert re.findall(r"'sha256-([^']+)'", policy) == hashes


@pytest.mark.parametrize(("headless", "opened"), [(False, ["http://127.0.0.1:8501"]), (True, [])])
def test_the_page_opens_in_this_machines_browser(
    *, headless: bool, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {"server.headless": headless, "browser.serverAddress": "127.0.0.1", "browser.serverPort": 8501}
    known = config.get_option
    monkeypatch.setattr(config, "get_option", lambda name: said[name] if name in said else known(name))
    seen: list[str] = []
    monkeypatch.setattr(webbrowser, "open", seen.append)

    async def served() -> None:
        async with door.opening(None):
            await asyncio.sleep(0.2)

    ran(served())
    assert seen == opened
