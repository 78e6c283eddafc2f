"""What stands in front of Streamlit: lets the app's own pages in, and says with every answer what may be loaded.

Streamlit compares the Origin of a websocket with the addresses of its own machine and, to know them, asks a service
outside, on the loop that serves every reader. Here what comes from a page of another site is refused before Streamlit
looks at it, so that there is nothing left to look up.
"""

from __future__ import annotations

import asyncio
import logging
import webbrowser
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from urllib.parse import urlsplit

from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit.web.server import server_util

HEADERS = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval' blob: 'sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA='",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
"""Sent with every answer. What each entry is needed for stands in docs/operations.md."""

Headers = Sequence[tuple[bytes, bytes]]

_POLICY_VIOLATION = 1008
_log = logging.getLogger(__name__)


class Door:
    """ASGI middleware in front of Streamlit: refuses websockets of other sites' pages, adds the security headers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands on what may come in."""
        if scope["type"] == "http":
            await self._app(scope, receive, partial(_with_security, send))
            return
        if scope["type"] == "websocket":
            host = known_host(scope["headers"], config.get_option("server.corsAllowedOrigins"))
            if host is None:
                await _refuse(scope, receive, send)
                return
            scope = {**scope, "headers": _with_host(scope["headers"], host)}
        await self._app(scope, receive, send)


def known_host(headers: Headers, allowed: Iterable[str]) -> str | None:
    """The Host a websocket is served under; None where it comes from a page of another site.

    The page's Origin must be this very host and port, or one of those allowed by name: then its host is the one
    readers know, whatever a proxy wrote, and Streamlit has nothing to look up. A program without a page sends no
    Origin. Whether the Host is one of server.allowedHosts is left to Streamlit, which knows that from its settings.
    """
    origins, hosts = _values(headers, b"origin"), _values(headers, b"host")
    if len(origins) > 1 or len(hosts) > 1:
        return None
    host = next(iter(hosts), "")
    if not origins:
        return host
    (origin,) = origins
    try:
        of_page = urlsplit(origin).netloc
    except ValueError:
        return None
    known = of_page == host or _plain(origin) in {_plain(one) for one in allowed}
    return of_page if of_page and known else None


def _values(headers: Headers, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in headers if key == name]


def _plain(origin: str) -> str:
    return origin.strip().rstrip("/").lower()


def _with_host(headers: Headers, host: str) -> list[tuple[bytes, bytes]]:
    others = [(name, value) for name, value in headers if name != b"host"]
    return [*others, (b"host", host.encode("latin-1"))] if host else others


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    _log.warning(
        "Refused a page from %s, asked of %s. Behind a proxy: let it pass Host on, or name its address with --origin.",
        _values(scope["headers"], b"origin"),
        _values(scope["headers"], b"host"),
    )
    await receive()
    await send({"type": "websocket.close", "code": _POLICY_VIOLATION, "reason": ""})


async def _with_security(send: Send, message: Message) -> None:
    if message["type"] == "http.response.start":
        own = {name.lower().encode(): value.encode() for name, value in HEADERS.items()}
        kept = [(name, value) for name, value in message["headers"] if name.lower() not in own]
        message = {**message, "headers": [*kept, *own.items()]}
    await send(message)


MIDDLEWARE = [Middleware(Door)]
"""What app.py is served through."""


@asynccontextmanager
async def opening(_app: object) -> AsyncGenerator[None]:
    """Opens the page in this machine's browser once the server has started, unless server.headless says no."""
    shown = None
    if not config.get_option("server.headless"):
        address = server_util.get_url(config.get_option("browser.serverAddress"))
        shown = asyncio.create_task(asyncio.to_thread(webbrowser.open, address))
    yield
    if shown is not None:
        shown.cancel()
