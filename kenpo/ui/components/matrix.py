"""The Overview matrix: a real HTML table with status colours, aligned figures and a keyboard path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from kenpo.ui.components import asset, script

_MATRIX = st.components.v2.component(
    "kenpo_matrix",
    html='<div class="kenpo"></div>',
    css=asset("matrix.css"),
    js=script("matrix.js"),
)


@dataclass(frozen=True, slots=True)
class Opened:
    """The cell a reader asked the details of."""

    measure: str
    branch: str


def matrix(data: Mapping[str, Any], palette: Mapping[str, Any], *, key: str) -> Opened | None:
    """Draws the matrix; returns the cell that was clicked or entered in this run, if any.

    `data` is what `kenpo.views.overview.matrix` makes; `palette` colours by status, [light, dark] each.
    """
    result = _MATRIX(key=key, data={**data, "palette": palette}, on_open_change=_ignore)
    opened = result.get("open")
    if not isinstance(opened, Mapping):
        return None
    return Opened(str(opened.get("measure")), str(opened.get("branch")))


def _ignore() -> None:
    """A callback must be named for the trigger to exist; the page reads the result instead."""
