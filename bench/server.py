"""Pages started as processes of their own, as the README starts the app."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APP = "app.py"
FLOOR = "bench/floor_page.py"
NAIVE = "bench/naive_page.py"

START_SECONDS = 60
_STATUS = "/proc/{}/status"
_KIB = 1024


@dataclass(frozen=True, slots=True)
class Server:
    """A running page."""

    port: int
    process: subprocess.Popen[str]

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def stream(self) -> str:
        """Where its websocket is."""
        return f"ws://127.0.0.1:{self.port}/_stcore/stream"

    def memory(self) -> float | None:
        """Resident set in MiB; None where the system does not say it (only Linux does)."""
        try:
            status = Path(_STATUS.format(self.process.pid)).read_text(encoding="ascii")
        except OSError:
            return None
        (line,) = (line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / _KIB


@contextmanager
def server(script: str) -> Iterator[Server]:
    """A page that answers; stopped afterwards."""
    with started(["-m", "streamlit", "run", script]) as running:
        yield running


@contextmanager
def bare(script: str) -> Iterator[Server]:
    """A page with Streamlit's settings as they come, far from the app's own."""
    with (
        tempfile.TemporaryDirectory() as elsewhere,
        started(["-m", "streamlit", "run", str(ROOT / script)], Path(elsewhere)) as running,
    ):
        yield running


@contextmanager
def started(arguments: Sequence[str], folder: Path = ROOT) -> Iterator[Server]:
    """A Python program that serves a page at a free port, run from a folder; stopped afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, *arguments, "--server.headless=true", f"--server.port={port}"],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        _wait(port, process)
        yield Server(port, process)
    finally:
        process.terminate()
        process.communicate(timeout=20)


def _wait(port: int, process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"nothing answers on port {port}")
