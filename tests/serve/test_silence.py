"""Nothing is sent anywhere, whatever arrives, and nobody waits for it: both start commands, with no way out.

Each server is knocked at in a network namespace that drops every packet, as a closed network does. Where none can be
made (not Linux, not allowed) nothing is let out either, and every address asked for is recorded all the same.
"""

from __future__ import annotations

import functools
import json
import shutil
import subprocess
import sys
from typing import Any

import pytest

from tests.browser.conftest import ROOT

STREAMLIT = ["streamlit", "run", "--server.headless=true"]
COMMANDS = {
    "streamlit": {"command": [*STREAMLIT, "app.py"], "port": "--server.port", "cwd": str(ROOT)},
    # From a folder whose own settings would open everything.
    "serve": {"command": ["kenpo", "serve", "--no-browser"], "port": "--port", "cwd": ""},
}
PROXY = {
    "command": ["kenpo", "serve", "--no-browser", "--origin", "https://kpi.example.net"],
    "port": "--port",
    "cwd": str(ROOT),
}
FLOOR = {"command": [*STREAMLIT, "bench/floor_page.py"], "port": "--server.port", "cwd": str(ROOT)}

NO_WAY_OUT = " && ".join(
    (
        "ip link set lo up",
        "ip link add out type veth peer name nowhere",
        "ip addr add 192.0.2.1/24 dev out",
        # What the two ends would say of themselves is none of the server's packets.
        "echo 1 > /proc/sys/net/ipv6/conf/out/disable_ipv6",
        "echo 1 > /proc/sys/net/ipv6/conf/nowhere/disable_ipv6",
        "ip link set out up",
        "ip link set nowhere up",
        "ip neigh add 192.0.2.2 lladdr 02:00:00:00:00:02 dev out",
        "ip route add default via 192.0.2.2",
        # A name server that never answers is given up sooner.
        'export RES_OPTIONS="timeout:1 attempts:1"',
        'exec "$@"',
    )
)
"""A cable into nothing: whatever leaves is counted there and dropped without a word."""

LET_IN = {"own page", "own page by name", "own page by IPv6", "a program, no page"}
NAMED = {"foreign page", "behind a proxy that writes its own host", "a foreign name that leads here"}
"""What else comes in where the origin of these is allowed by name."""
FROZEN_SECONDS = 1.0
PATIENCE_SECONDS = 5.0
"""Far above a busy machine, far below the ten seconds five look-ups take."""


@functools.cache
def namespace() -> tuple[str, ...]:
    """What a command must be started with to have no way out; empty where that cannot be had."""
    unshare = shutil.which("unshare")
    for flags in ((), ("--user", "--map-root-user")) if unshare and sys.platform == "linux" else ():
        around = (str(unshare), *flags, "--net", "sh", "-c", NO_WAY_OUT, "sh")
        if subprocess.run([*around, "true"], capture_output=True, check=False).returncode == 0:
            return around
    return ()


@functools.cache
def knocked(name: str) -> dict[str, Any]:
    """What a server answered, and what it tried to send."""
    around = namespace()
    asked = {**{**COMMANDS, "proxy": PROXY, "floor": FLOOR}[name], "whole": name != "floor", "namespace": bool(around)}
    done = subprocess.run(
        [*around, sys.executable, "-m", "tests.serve.knocking", json.dumps(asked)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_streamlit_alone_looks_its_address_up_and_freezes() -> None:
    # That what follows can fail: a page without the door, seen through the same eyes.
    found = knocked("floor")
    assert "checkip.amazonaws.com" in " ".join(found["recorded"])
    if namespace():
        assert found["left"] > 0
        assert found["waited"] > FROZEN_SECONDS


@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_is_sent_anywhere(name: str) -> None:
    found = knocked(name)
    assert (found["recorded"], found["left"]) == ([], 0)


@pytest.mark.parametrize("name", COMMANDS)
def test_nobody_waits_for_handshakes_of_foreign_pages(name: str) -> None:
    found = knocked(name)
    assert [found["first"], *found["five"]] == [403] * 6
    assert found["waited"] < PATIENCE_SECONDS
    assert found["reader waited"] < PATIENCE_SECONDS


@pytest.mark.parametrize("name", COMMANDS)
def test_only_the_apps_own_pages_and_programs_come_in(name: str) -> None:
    statuses = knocked(name)["statuses"]
    assert {asked for asked, status in statuses.items() if status == 101} == LET_IN
    assert {status for asked, status in statuses.items() if asked not in LET_IN} <= {400, 403}


def test_a_proxy_that_writes_its_own_host_can_be_named() -> None:
    # Streamlit compares with the origins allowed by name only after it has looked its addresses up.
    found = knocked("proxy")
    assert {asked for asked, status in found["statuses"].items() if status == 101} == LET_IN | NAMED
    assert (found["recorded"], found["left"]) == ([], 0)
    assert found["waited"] < PATIENCE_SECONDS
    assert "Traceback" not in found["log"]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_server_says_where_it_is_and_nothing_goes_wrong(name: str) -> None:
    said = knocked(name)["log"]
    assert "URL: http://127.0.0.1:" in said
    assert "Network URL" not in said
    assert "Traceback" not in said
    assert "Refused a page from ['https://kpi.example.net']" in said
