"""Starts a server and knocks at it: python -m tests.serve.knocking '{"command": [...], ...}', the answer as JSON.

A program of its own, so that it can be run where there is no way out: in a network namespace that drops every packet.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.client import Address, session
from bench.start import PAGES
from tests.browser.conftest import ROOT, _wait, free_port

FOREIGN = "https://kpi.example.net"
OPEN_TO_ALL = """
[server]
address = "0.0.0.0"
enableCORS = false
enableXsrfProtection = false
allowedHosts = ["*"]
[browser]
gatherUsageStats = true
"""
"""Settings of the folder a server is started from; they must not be the app's."""
RECORDER = Path(__file__).parent / "recorder"
ANSWER_SECONDS = 60


def knocks(port: int) -> dict[str, list[str]]:
    """Handshakes by name: their Origin and Host lines."""
    own = f"127.0.0.1:{port}"
    return {
        "own page": [f"Host: {own}", f"Origin: http://{own}"],
        "own page by name": [f"Host: localhost:{port}", f"Origin: http://localhost:{port}"],
        "own page by IPv6": [f"Host: [::1]:{port}", f"Origin: http://[::1]:{port}"],
        "a program, no page": [f"Host: {own}"],
        "foreign page": [f"Host: {own}", f"Origin: {FOREIGN}"],
        "foreign page with our name in front": [f"Host: {own}", f"Origin: http://{own}.example.net"],
        "foreign page with our name as a user": [f"Host: {own}", f"Origin: http://{own}@example.net"],
        "another port of this machine": [f"Host: {own}", "Origin: http://127.0.0.1:1"],
        "a page without an origin": [f"Host: {own}", "Origin: null"],
        "an empty origin": [f"Host: {own}", "Origin:"],
        "an origin that is none": [f"Host: {own}", "Origin: http://[::1"],
        "an origin of bytes": [f"Host: {own}", "Origin: http://\xff\xfe"],
        "two origins": [f"Host: {own}", f"Origin: http://{own}", f"Origin: {FOREIGN}"],
        "two hosts": [f"Host: {own}", "Host: kpi.example.net", f"Origin: {FOREIGN}"],
        "a foreign name that leads here": ["Host: kpi.example.net", "Origin: http://kpi.example.net"],
        "behind a proxy that writes its own host": ["Host: backend", f"Origin: {FOREIGN}"],
        "no host, foreign page": [f"Origin: {FOREIGN}"],
        "an empty host and a page without an origin": ["Host:", "Origin: null"],
    }


async def knock(port: int, lines: list[str], path: str = "/_stcore/stream") -> int:
    """Asks for a websocket with these header lines; the status of the answer, 0 where there is none."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    upgrade = ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"]
    key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    asked = "\r\n".join([f"GET {path} HTTP/1.1", *lines, *upgrade, key, "", ""])
    writer.write(asked.encode("latin-1"))
    async with asyncio.timeout(ANSWER_SECONDS):
        first = await reader.readline()
    writer.close()
    return int(first.split()[1]) if first.startswith(b"HTTP/1.1 ") else 0


async def _timed(port: int, lines: list[str]) -> tuple[int, float]:
    started = time.perf_counter()
    status = await knock(port, lines)
    return status, time.perf_counter() - started


async def _reading(stream: str, done: asyncio.Event) -> float:
    """The slowest answer a reader gets who asks again and again, in seconds."""
    slowest = 0.0
    async with session(Address(stream), None) as reader:
        while not done.is_set():
            slowest = max(slowest, (await reader.open()).ms / 1000)
    return slowest


async def _tried(port: int, *, whole: bool) -> dict[str, Any]:
    own = knocks(port)
    stream = f"ws://127.0.0.1:{port}/_stcore/stream"
    # Before anyone has opened a page.
    first, waited = await _timed(port, own["foreign page"])
    if not whole:
        return {"first": first, "waited": waited}
    done = asyncio.Event()
    reading = asyncio.create_task(_reading(stream, done))
    five = await asyncio.gather(*(_timed(port, own["foreign page"]) for _ in range(5)))
    await asyncio.sleep(1)
    done.set()
    slowest = await reading
    statuses = {name: await knock(port, lines) for name, lines in own.items()}
    for page in PAGES:
        async with session(Address(stream, page), None):
            pass
    return {
        "first": first,
        "waited": max(waited, *(seconds for _, seconds in five)),
        "reader waited": slowest,
        "five": [status for status, _ in five],
        "statuses": statuses,
    }


def _left() -> int:
    """Packets that left this network namespace: everything sent on another device than the loop."""
    lines = Path("/proc/self/net/dev").read_text(encoding="ascii").splitlines()[2:]
    sent = {name.strip(): int(numbers.split()[8]) for name, numbers in (line.split(":") for line in lines)}
    return sum(packets for name, packets in sent.items() if name != "lo")


def main(asked: dict[str, Any]) -> dict[str, Any]:
    """Serves with the command while it is knocked at; what was answered, recorded, and how many packets left."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        log, notes = Path(folder, "log.txt"), Path(folder, "sockets.txt")
        notes.touch()
        Path(folder, ".streamlit").mkdir()
        Path(folder, ".streamlit", "config.toml").write_text(OPEN_TO_ALL, encoding="utf-8")
        env = os.environ | {"RECORD_SOCKETS": str(notes), "PYTHONPATH": os.pathsep.join([str(RECORDER), str(ROOT)])}
        if not asked["namespace"]:
            env["REFUSE_SOCKETS"] = "1"
        command = [sys.executable, "-m", *asked["command"], f"{asked['port']}={port}"]
        with log.open("wb") as out:
            server = subprocess.Popen(command, cwd=asked["cwd"] or folder, env=env, stdout=out, stderr=out)
            try:
                _wait(f"http://127.0.0.1:{port}/_stcore/health", server, log)
                answer = asyncio.run(_tried(port, whole=asked["whole"]))
            finally:
                server.terminate()
                server.wait(timeout=30)
        said = log.read_text(encoding="utf-8", errors="replace")
        recorded = notes.read_text(encoding="utf-8").splitlines()
    return {**answer, "log": said, "recorded": recorded, "left": _left() if asked["namespace"] else 0}


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))))
