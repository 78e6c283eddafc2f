"""Landing: the back-test, by how much the same forecast would have missed in each month of the earlier years."""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt

from kenpo.catalog import Lang
from kenpo.charts.theme import chart_colors, finished

HEIGHT = 170

COLUMNS = ["month", "month_label", "series", "miss", "zero", "here", "label", "label_y", "color", "about"]
"""Columns of the rows the chart draws: a miss in percent a month and year."""


@cache
def spec(lang: Lang, *, dark: bool) -> dict[str, Any]:
    """The Vega-Lite spec of the misses, in the colours of a theme."""
    colors = chart_colors(dark=dark)
    rows = alt.Chart(alt.NamedData("rows"))
    x = alt.X("month:Q", axis=None, scale=alt.Scale(domain=[0.6, 12.2], nice=False, zero=False))
    y_scale = alt.Scale(zero=True, nice=False, padding=14)
    color = alt.Color("color:N", scale=None)

    def at(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", axis=None, scale=y_scale)

    def only(field: str) -> alt.Chart:
        return rows.transform_filter(f"isValid(datum.{field})")

    layers = [
        only("here").mark_rule(strokeWidth=14, color=colors["ground"]).encode(x=x),
        only("zero").mark_rule(strokeWidth=1, color=colors["muted"]).encode(y=at("zero")),
        only("miss").mark_line(strokeWidth=1.6).encode(x=x, y=at("miss"), detail="series:N", color=color),
        only("miss")
        .mark_circle(size=40, opacity=1)
        .encode(x=x, y=at("miss"), color=color, tooltip=alt.Tooltip("about:N", title=" ")),
        only("label")
        .mark_text(fontSize=11, color=colors["ink"], baseline="middle")
        .encode(x=x, y=at("label_y"), text="label:N"),
        only("month_label")
        .mark_text(baseline="top", fontSize=10, color=colors["muted"])
        .encode(x=x, y=alt.value(HEIGHT + 6), text="month_label:N"),
    ]
    return finished(alt.layer(*layers).properties(height=HEIGHT), dark=dark)
