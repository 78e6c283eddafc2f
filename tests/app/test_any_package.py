"""Whatever package the check calls sound, every page opens: no exception, no unsaid word, in either language."""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import cycle
from pathlib import Path
from typing import Any, get_args

import pytest
import streamlit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from kenpo import checks
from kenpo.selection import Part
from kenpo.ui import downloads
from kenpo.ui.components import grid, matrix
from kenpo.views.data import PARTS
from tests.packages import Package, packages

APP = str(Path(__file__).resolve().parents[2] / "app.py")
PAGES = ("", "compare", "trend", "what_if", "landing")
DEPTH = int(os.environ.get("KENPO_PACKAGES", "8"))
"""How many packages are tried; by night as many as the night is long."""
FEW = 20
"""So many are the same in every run."""
SOUND, FIGURES = 0.8, 0.4
"""Share of the packages the check must call sound, and of those that hold a figure too: else nothing is tried."""

BAD_LINKS: tuple[Mapping[str, str], ...] = (
    {"fy": "2024", "branch": "national,atlantis", "measure": "happiness", "asof": "2024-13", "t.": "1"},
    {"fy": "1999", "pillar": "1,2,3", "show": "target", "base": "best", "mode": "latest", "from": "2100", "to": "2000"},
    {"my": "![x](http://a.b)", "s1": "~~", "t.lifestyle_checkup_rate": "1e9", "asof": "2023-09", "state": "undated"},
)


@pytest.fixture(autouse=True)
def _opened_to_the_end(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Files are made as soon as they are offered, and the first cell and the first row are opened."""

    def made(label: str, make: Callable[[], bytes], *, file_name: str, key: str, **_: object) -> None:
        # The pictures take a second each and draw what the page has drawn already.
        assert label
        assert file_name
        assert key.endswith(("svg", "png")) or make()

    def first_cell(data: Mapping[str, Any], *_: object, **__: object) -> matrix.Opened:
        json.dumps(data)
        return matrix.Opened(data["groups"][0]["rows"][0]["id"], data["columns"][-1]["id"])

    def first_row(data: Mapping[str, Any], *_: object, **__: object) -> str | None:
        json.dumps(data)
        return next((row["id"] for row in data["rows"]), None)

    monkeypatch.setattr(downloads, "button", made)
    monkeypatch.setattr(matrix, "matrix", first_cell)
    monkeypatch.setattr(grid, "grid", first_row)
    yield
    streamlit.cache_resource.clear()


def opened(page: str, link: Mapping[str, str], *, numbers: bool = False) -> AppTest:
    """A page of the package in use, and nothing went wrong on it."""
    at = AppTest.from_file(APP, default_timeout=60)
    if page:
        at.switch_page(f"pages/{page}.py")
    at.query_params.update(link)
    at.session_state["numbers"] = numbers
    at.session_state["sources_in_table"] = numbers
    at.run()
    assert not at.exception, (page, link, [one.message for one in at.exception])
    assert not at.error, (page, link, [one.value for one in at.error])
    return at


def every_page(lang: str) -> None:
    """Every page and part, with what they show of themselves and with a link that asks for what is not there."""
    for page, bad in zip(PAGES, cycle(BAD_LINKS), strict=False):
        opened(page, {"lang": lang})
        opened(page, {"lang": lang, "my": "yamaguchi", "fy": "2023"}, numbers=True)
        opened(page, {**bad, "lang": lang})
    for part in PARTS:
        opened("data", {"lang": lang, "part": part})


def test_every_page_opens_on_any_sound_package(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: Counter[str] = Counter()
    refused: Counter[str] = Counter()

    @settings(max_examples=DEPTH, deadline=None, derandomize=DEPTH <= FEW, suppress_health_check=list(HealthCheck))
    @given(packages(), st.sampled_from(["ja", "en"]))
    def try_one(package: Package, lang: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = package.write(Path(folder) / "data")
            problems = checks.check(path)
            refused.update({problem.rule for problem in problems})
            tried["all"] += 1
            tried["sound"] += not problems
            tried["with figures"] += not problems and bool(package.tables["observations"])
            if not problems:
                monkeypatch.setenv("KENPO_DATA", str(path))
                every_page(lang)

    try_one()
    assert tried["sound"] >= SOUND * tried["all"], (tried, refused)
    assert tried["with figures"] >= FIGURES * tried["all"], tried


def test_every_part_is_tried() -> None:
    assert set(PARTS) == set(get_args(Part))
