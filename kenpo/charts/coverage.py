"""Data: the heat strip of a document, a cell a measure and fiscal year, darker the more kinds of figures it holds."""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt

from kenpo.catalog import Lang
from kenpo.charts.theme import chart_colors, finished

_NAMES = {"expr": "containerSize()[0] < 520 ? 130 : 260"}
"""Room for the names, in pixels: less on a phone."""
_BARE: dict[str, Any] = {"domain": False, "ticks": False}

STEP = 22
"""Height of a measure in pixels."""

COLUMNS = ["order", "measure", "year_order", "year", "letters", "strength", "about"]
"""Columns of the rows the chart draws."""


@cache
def spec(lang: Lang, *, dark: bool) -> dict[str, Any]:
    """The Vega-Lite spec of the strip; letters say what the shade says."""
    colors = chart_colors(dark=dark)
    rows = alt.Chart(alt.NamedData("rows"))
    top: dict[str, Any] = {
        "orient": "top",
        "title": None,
        "labelAngle": 0,
        "domain": False,
        "ticks": False,
        "labelFontSize": 12,
    }
    left: dict[str, Any] = {
        "title": None,
        "domain": False,
        "ticks": False,
        "labelFontSize": 12,
        "labelLimit": _NAMES,
        "labelPadding": 8,
    }
    x = alt.X(
        "year:O",
        axis=alt.Axis(**top),
        sort=alt.EncodingSortField("year_order", op="min"),
        scale=alt.Scale(paddingInner=0.06),
    )
    y = alt.Y(
        "measure:O",
        axis=alt.Axis(**left, labelColor=colors["ink"]),
        sort=alt.EncodingSortField("order", op="min"),
        scale=alt.Scale(paddingInner=0.12),
    )
    cells = rows.mark_rect(color=colors["achieved"], cornerRadius=2).encode(
        x=x, y=y, opacity=alt.Opacity("strength:Q", scale=None), tooltip=alt.Tooltip("about:N", title=" ")
    )
    letters = rows.mark_text(fontSize=11, color=colors["ink"]).encode(x=x, y=y, text="letters:N")
    return finished(alt.layer(cells, letters).properties(height=alt.Step(STEP)), dark=dark)
