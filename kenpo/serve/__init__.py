"""python -m kenpo serve: the server from any folder, for this machine only unless told who else may come.

The settings are those of .streamlit/config.toml, as for `streamlit run app.py`; both serve through `kenpo.serve.door`.
"""

from __future__ import annotations

import argparse
import re
import sys
from contextlib import suppress
from functools import partial
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from urllib.parse import urlsplit

APP = Path(__file__).resolve().parents[2] / "app.py"
HERE = ("127.0.0.1", "localhost", "::1")
"""How this machine is called on itself."""

_NAME = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?")
_ORIGIN = re.compile(r"https?://(?P<host>\[[0-9a-f:.]+\]|[^/:@\[\]]+)(:[0-9]{1,5})?")

Settings = dict[str, str | int | bool | list[str]]

_HELP = {
    "--port": "default 8501, or the next one that is free",
    "--address": "listen on this address of the machine; 0.0.0.0 are all",
    "--name": "a host readers have in their address bar; several times",
    "--origin": "https://host, for a proxy that does not pass Host on; several times",
    "--base-path": "the app's part of the address, e.g. kpi",
    "--no-browser": "do not open the page on this machine",
}


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`serve` and its options."""
    serve = commands.add_parser("serve", help="starts the server; without options for this machine only")
    serve.add_argument("--port", type=int, help=_HELP["--port"])
    serve.add_argument("--address", type=_address, metavar="IP", help=_HELP["--address"])
    serve.add_argument("--name", type=_host, action="append", default=[], metavar="HOST", help=_HELP["--name"])
    serve.add_argument("--origin", type=_origin, action="append", default=[], metavar="URL", help=_HELP["--origin"])
    serve.add_argument("--base-path", metavar="PATH", help=_HELP["--base-path"])
    serve.add_argument("--no-browser", action="store_true", help=_HELP["--no-browser"])
    serve.set_defaults(run=partial(_serve, serve))


def _address(text: str) -> IPv4Address | IPv6Address:
    try:
        return ip_address(text.strip("[]"))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no address; 10.1.2.3, 0.0.0.0 or ::1 are") from error


def _host(text: str) -> str:
    if not _is_host(text.lower()):
        raise argparse.ArgumentTypeError(f"{text!r} is no host; kpi.example is, without https:// and without a port")
    return text.lower()


def _origin(text: str) -> str:
    plain = text.lower().rstrip("/")
    found = _ORIGIN.fullmatch(plain)
    if not found or not _is_host(found["host"].strip("[]")):
        raise argparse.ArgumentTypeError(f"{text!r} is no origin; https://kpi.example is, without a path")
    return plain


def _is_host(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return bool(_NAME.fullmatch(text))
    return True


def settings(asked: argparse.Namespace) -> Settings:
    """Streamlit's settings that differ from config.toml.

    Raises ValueError where the app would be open to a network without a name for it: then every name would have to
    do, and a foreign one could be made to lead here.
    """
    given: Settings = {}
    if asked.port is not None:
        given["server.port"] = asked.port
    if asked.base_path is not None:
        given["server.baseUrlPath"] = asked.base_path.strip("/")
    if asked.no_browser:
        given["server.headless"] = True
    if asked.origin:
        given["server.corsAllowedOrigins"] = asked.origin
    names = [*asked.name, *(urlsplit(one).hostname or "" for one in asked.origin)]
    if asked.address is not None:
        given["server.address"] = str(asked.address)
        if not asked.address.is_unspecified:
            names.append(str(asked.address))
        elif not names:
            raise ValueError(f"--address {asked.address} opens the app to the network: --name the host readers type")
    if names:
        given["server.allowedHosts"] = list(dict.fromkeys([*names, *HERE]))
        given["browser.serverAddress"] = _in_a_link(names[0])
    return given


def _in_a_link(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _serve(parser: argparse.ArgumentParser, asked: argparse.Namespace) -> int:
    try:
        given = settings(asked)
    except ValueError as error:
        parser.error(str(error))
    _run(given)
    return 0


def _run(given: Settings) -> None:
    """Serves until it is stopped."""
    # Only here: whoever asks for figures without a browser must not pay for a server.
    from streamlit.starlette import App  # noqa: PLC0415

    from kenpo.serve.door import MIDDLEWARE, opening  # noqa: PLC0415

    # Streamlit looks for its settings beside what was started.
    sys.argv = [str(APP)]
    with suppress(KeyboardInterrupt):
        App(APP, middleware=MIDDLEWARE, lifespan=opening).run(config=given)
