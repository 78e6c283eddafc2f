"""Serves a page as `streamlit run` does and times the garbage collector inside that process.

    python -m bench.collector app.py --server.port=8501

Every line on standard input is answered with the median of some `gc.collect(2)` in ms. Streamlit makes this very
call after every rerun unless its settings say otherwise, as the app's do; where they do not, it is what a reader waits
for on top of the page's own work.
"""

from __future__ import annotations

import gc
import statistics
import sys
import threading
import time

from streamlit.web import cli

ROUNDS = 7


def collect_ms() -> float:
    """One full collection."""
    started = time.perf_counter()
    gc.collect(2)
    return (time.perf_counter() - started) * 1000


def _answer() -> None:
    for _ in sys.stdin:
        print(statistics.median(collect_ms() for _ in range(ROUNDS)), flush=True)


if __name__ == "__main__":
    threading.Thread(target=_answer, daemon=True).start()
    cli.main(["run", *sys.argv[1:]])
