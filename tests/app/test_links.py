"""Every measure and every year a link may name opens a page, and so does a package without figures."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests import builders

APP = str(Path(__file__).resolve().parents[2] / "app.py")
PAGES = {
    "overview": None,
    "compare": "pages/compare.py",
    "trend": "pages/trend.py",
    "what_if": "pages/what_if.py",
    "landing": "pages/landing.py",
    "data": "pages/data.py",
}
MEASURES = [
    row["measure_id"]
    for row in builders.rows(builders.DATA / "measures.csv")
    if row["role"] in ("kpi", "goal", "reference")
]


def opened(page: str, link: Mapping[str, str] | None = None) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=30)
    path = PAGES[page]
    if path is not None:
        at.switch_page(path)
    at.query_params.update(link or {})
    at.run()
    return at


def finding(at: AppTest) -> str:
    """The headline, drawn by the page or by its component."""
    drawn = [json.loads(element.proto.json).get("title") for element in at.get("bidi_component")]
    return str(at.title[0].value) if at.title else "".join(filter(None, drawn))


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_a_link_may_name_opens_compare(measure: str) -> None:
    # Some are printed for the nation alone.
    at = opened("compare", {"measure": measure})
    assert not at.exception
    assert finding(at)
    assert not [caption for caption in at.caption if "measure=" in str(caption.value).replace("\\", "")]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("fy", range(2017, 2030))
def test_every_year_on_record_opens_every_page(page: str, fy: int) -> None:
    # Premium rates reach from 2017 to 2026, a goal of Yamaguchi to 2029.
    at = opened(page, {"fy": str(fy)})
    assert not at.exception
    assert finding(at)


@pytest.fixture
def _empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A sound package without any figure, in use."""
    monkeypatch.setenv("KENPO_DATA", str(builders.package(tmp_path, [])))
    yield
    st.cache_resource.clear()


@pytest.mark.usefixtures("_empty")
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_package_without_figures_opens_and_says_something(page: str, lang: str) -> None:
    at = opened(page, {"lang": lang})
    assert not at.exception
    assert not at.error
    assert finding(at)
