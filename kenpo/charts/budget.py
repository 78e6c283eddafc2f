"""Data: the budget by heading, a bar for the new year, a tick for the year before, the change at the right."""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt

from kenpo.catalog import Lang
from kenpo.charts.theme import chart_colors, finished

_NAMES = {"expr": "containerSize()[0] < 520 ? 130 : 320"}
"""Room for the names, in pixels: less on a phone."""
_BARE: dict[str, Any] = {"domain": False, "ticks": False}

STEP = 34
"""Height of a heading in pixels."""

COLUMNS = ["order", "section", "before", "after", "change", "about"]
"""Columns of the rows the chart draws."""


@cache
def spec(lang: Lang, *, dark: bool) -> dict[str, Any]:
    """The Vega-Lite spec of the headings, in the colours of a theme."""
    colors = chart_colors(dark=dark)
    rows = alt.Chart(alt.NamedData("rows"))
    left: dict[str, Any] = {
        "title": None,
        "domain": False,
        "ticks": False,
        "labelFontSize": 13,
        "labelLimit": _NAMES,
        "labelPadding": 8,
    }
    y = alt.Y(
        "section:O",
        axis=alt.Axis(**left, labelColor=colors["ink"]),
        sort=alt.EncodingSortField("order", op="min"),
        scale=alt.Scale(paddingInner=0.3),
    )
    scale = alt.Scale(zero=True, nice=False)

    def at(field: str) -> alt.X:
        return alt.X(f"{field}:Q", axis=None, scale=scale)

    about = alt.Tooltip("about:N", title=" ")
    bars = rows.mark_bar(color=colors["achieved"], opacity=0.55, height=16).encode(y=y, x=at("after"), tooltip=about)
    last_year = rows.transform_filter("isValid(datum.before)")
    before = last_year.mark_tick(color=colors["ink"], thickness=2.5, size=24).encode(y=y, x=at("before"), tooltip=about)
    change = rows.mark_text(align="left", dx=8, fontSize=12, fontWeight=600, color=colors["ink"]).encode(
        y=y, x=alt.X("most:Q", axis=None, scale=scale), text="change:N"
    )
    most = change.transform_calculate(most="max(datum.before || 0, datum.after || 0)")
    room = rows.mark_point(opacity=0).encode(y=y, x=alt.X("room:Q", axis=None, scale=scale))
    wide = room.transform_calculate(room="max(datum.before || 0, datum.after || 0) * 1.25")
    return finished(alt.layer(wide, bars, before, most).properties(height=alt.Step(STEP)), dark=dark)
