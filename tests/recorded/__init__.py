"""What twenty links of before show: texts, chart specs, rows and downloads, kept to be compared word for word.

`python -m tests.recorded` writes them anew; look at the difference before it is committed.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from unittest import mock

import pyarrow as pa
import streamlit as st
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]
RECORD = Path(__file__).with_name("links.json")

LINKS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "overview": ("overview", {}),
    "overview, English, own branch": ("overview", {"lang": "en", "my": "saitama", "fy": "2023"}),
    "overview, filtered": ("overview", {"fy": "2025", "pillar": "1,2", "state": "target_only", "era": "seireki"}),
    "compare": ("compare", {}),
    "compare, targets against the nation": (
        "compare",
        {"lang": "en", "show": "target", "base": "national", "fy": "2024", "branch": "yamaguchi,gunma"},
    ),
    "compare, latest": ("compare", {"mode": "latest", "measure": "guidance_rate", "my": "okayama"}),
    "compare, 47 branches": ("compare", {"measure": "premium_rate", "fy": "2026", "base": "last_year"}),
    "compare, lower is better": ("compare", {"measure": "single_bid_rate", "base": "best", "lang": "en"}),
    "trend": ("trend", {}),
    "trend, 47 branches": ("trend", {"measure": "premium_rate", "branch": "yamaguchi,shizuoka", "from": "2020"}),
    "trend, a pillar": ("trend", {"pillar": "2", "branch": "yamaguchi", "lang": "en"}),
    "trend, a break": ("trend", {"measure": "claim_assessment_rate", "era": "seireki"}),
    "what-if": ("what_if", {"branch": "yamaguchi", "fy": "2024"}),
    "what-if, a scenario": (
        "what_if",
        {
            "branch": "yamaguchi",
            "fy": "2024",
            "t.lifestyle_checkup_rate": "60.0",
            "n.checkup_eligible_insured": "180000",
            "scenario": "案A",
        },
    ),
    "what-if, next year": ("what_if", {"branch": "gunma", "lang": "en"}),
    "landing": ("landing", {}),
    "landing, a month": (
        "landing",
        {"branch": "yamaguchi", "fy": "2023", "measure": "guidance_insured_rate", "asof": "2023-10", "lang": "en"},
    ),
    "landing, no months": ("landing", {"branch": "shizuoka"}),
    "data, contradictions": ("data", {"part": "contradictions"}),
    "data, plan changes": ("data", {"part": "changes", "lang": "en"}),
}
"""Twenty links by what they are about: a page and the parameters of its address."""

Seen = dict[str, list[str]]
"""What one link shows, by kind, in the order of the page."""


def seen(page: str, link: Mapping[str, str]) -> Seen:
    """Opens a link and tells what stands on its page and in its downloads."""
    offered: list[tuple[str, Callable[[], bytes] | bytes]] = []

    def button(_label: str, data: Callable[[], bytes] | bytes, *_: object, file_name: str, **__: object) -> None:
        offered.append((file_name, data))

    with mock.patch.object(st, "download_button", button):
        at = AppTest.from_file(ROOT / "app.py", default_timeout=60)
        if page != "overview":
            at.switch_page(f"pages/{page}.py")
        at.query_params.update(link)
        at.run()
        assert not at.exception
        files = [f"{name} {_digest(made() if callable(made) else made, name)}" for name, made in offered]
    found: Seen = {}
    for element in _elements(at._tree):
        for kind, said in _said(element):
            found.setdefault(kind, []).append(said)
    return found | {"downloads": files}


def _elements(block: Any) -> Iterator[Any]:
    for child in getattr(block, "children", {}).values():
        if getattr(child, "children", None) is None:
            yield child
        else:
            yield from _elements(child)


def _said(element: Any) -> Iterator[tuple[str, str]]:
    proto = element.proto
    match element.type:
        case "markdown" | "title" | "caption" | "subheader" | "html":
            yield "texts", str(proto.body) if element.type != "html" else ""
        case "info" | "error" | "warning" | "success":
            yield "texts", str(proto.body)
        case "metric":
            yield "texts", f"{proto.label}: {proto.body} {proto.delta}"
        case "button_group":
            yield "choosers", f"{proto.label}: {[option.content for option in proto.options]} {list(proto.raw_values)}"
        case "selectbox" | "multiselect":
            yield "choosers", f"{proto.label}: {list(proto.options)}"
        case "expander" | "popover" | "button" | "toggle" | "page_link":
            yield "choosers", str(proto.label)
        case "dataframe" | "table":
            yield "tables", f"{proto.alt} {_rows(proto.arrow_data.data)}"
        case "vega_lite_chart":
            sets = [proto.data.data, *(each.data.data for each in proto.datasets)]
            yield "charts", f"{proto.alt} {_short(proto.spec)}"
            yield "chart rows", " ".join(_rows(data) for data in sets if data)
        case "bidi_component":
            yield "components", f"{proto.component_name} {_short(_without_revisions(proto.json))}"
        case _:
            pass


def _rows(arrow: bytes) -> str:
    table = pa.ipc.open_stream(arrow).read_all()
    return f"{table.num_rows} rows {_short(json.dumps(table.to_pylist(), ensure_ascii=False, default=str))}"


def _without_revisions(text: str) -> str:
    """What a component is given, without the counters of its session and its style."""
    if not text:
        return ""
    given = json.loads(text)
    counters = ("rev", "base", "count", "drawn", "at", "time", "css")
    return json.dumps({k: v for k, v in given.items() if k not in counters}, ensure_ascii=False, sort_keys=True)


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _digest(data: bytes, name: str) -> str:
    """A file by its bytes; a workbook by its parts, but for the one that carries the time it was made."""
    if not name.endswith(".xlsx"):
        return hashlib.sha256(data).hexdigest()[:16]
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        kept = sorted(name for name in parts.namelist() if name != "docProps/core.xml")
        return hashlib.sha256(b"".join(parts.read(name) for name in kept)).hexdigest()[:16]


def recorded() -> dict[str, Seen]:
    """What was seen when the record was made, by name of the link."""
    found: dict[str, Seen] = json.loads(RECORD.read_text(encoding="utf-8"))
    return found
