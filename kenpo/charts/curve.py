"""Landing: the cumulative curve of a year over the earlier ones, and where it lands with the width of the past.

Months are counted from April (1) to March (12). Every line is a column of its own, so that a missing month
is a gap and nothing is joined that was not printed as one series.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt

from kenpo.catalog import Lang
from kenpo.charts.theme import chart_colors, finished

HEIGHT = 250
_PHONE = "containerSize()[0] < 520"
"""On a phone the labels stand inside the picture and every other month is named."""

COLUMNS = [
    *("month", "month_label", "series", "past", "past_color", "now", "later", "path", "need", "color"),
    *("landing", "low", "high", "target", "label", "label_y", "strong", "point_label", "about"),
]
"""Columns of the rows the chart draws: counts of earlier years, of this year, of what came later, and what is seen."""


@cache
def spec(lang: Lang, *, dark: bool) -> dict[str, Any]:
    """The Vega-Lite spec of the curves, in the colours of a theme."""
    colors = chart_colors(dark=dark)
    rows = alt.Chart(alt.NamedData("rows"))
    x = alt.X("month:Q", axis=None, scale=alt.Scale(domain=[0.6, 12.3], nice=False, zero=False))
    y_scale = alt.Scale(zero=True, nice=False, padding=10)
    color = alt.Color("color:N", scale=None)
    ink, muted = alt.value(colors["ink"]), alt.value(colors["muted"])

    def at(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", axis=None, scale=y_scale)

    def only(field: str) -> alt.Chart:
        return rows.transform_filter(f"isValid(datum.{field})")

    past = alt.Color("past_color:N", scale=None)
    about = alt.Tooltip("about:N", title=" ")
    align, aside = f"{_PHONE} ? 'right' : 'left'", f"{_PHONE} ? -12 : 12"
    label = {"align": {"expr": align}, "baseline": "middle", "dx": {"expr": aside}}
    above = {"expr": f"{_PHONE} ? -9 : 0"}
    layers = [
        only("target").mark_rule(strokeWidth=1.6, color=colors["muted"]).encode(y=at("target")),
        only("past").mark_line(strokeWidth=1.6).encode(x=x, y=at("past"), detail="series:N", color=past),
        only("need").mark_line(strokeWidth=1.2, strokeDash=[2, 4], color=colors["muted"]).encode(x=x, y=at("need")),
        only("path").mark_line(strokeWidth=2, strokeDash=[5, 4]).encode(x=x, y=at("path"), color=color),
        only("low").mark_rule(strokeWidth=9, opacity=0.35).encode(x=x, y=at("low"), y2="high:Q", color=color),
        only("later").mark_point(size=34, filled=False, opacity=0.6).encode(x=x, y=at("later"), color=color),
        only("now").mark_line(strokeWidth=3.2).encode(x=x, y=at("now"), color=color),
        only("past").mark_circle(size=22, opacity=1).encode(x=x, y=at("past"), color=past, tooltip=about),
        only("now").mark_circle(size=70, opacity=1).encode(x=x, y=at("now"), color=color, tooltip=about),
        only("landing")
        .mark_point(size=130, filled=False, strokeWidth=2.4, shape="diamond")
        .encode(x=x, y=at("landing"), color=color, tooltip=about),
        only("point_label")
        .mark_text(dy=14, dx=4, align="left", baseline="middle", fontSize=13, fontWeight=700)
        .encode(x=x, y=at("now"), text="point_label:N", color=ink),
        # On a phone it would lie across the curves; the first card says the same.
        _words(
            rows,
            "isValid(datum.label) && datum.strong",
            13,
            700,
            {**label, "opacity": {"expr": f"{_PHONE} ? 0 : 1"}},
        ).encode(x=alt.value("width"), y=at("label_y"), color=ink),
        _words(rows, "isValid(datum.label) && !datum.strong", 11, 400, {**label, "dy": above}).encode(
            x=alt.value("width"), y=at("label_y"), color=muted
        ),
        only("month_label")
        .mark_text(baseline="top", fontSize=11, opacity={"expr": f"{_PHONE} && datum.month % 2 == 0 ? 0 : 1"})
        .encode(x=x, y=alt.value(HEIGHT + 6), text="month_label:N", color=muted),
    ]
    return finished(alt.layer(*layers).properties(height=HEIGHT), dark=dark)


def _words(rows: alt.Chart, test: str, size: int, weight: Any, mark: dict[str, Any]) -> alt.Chart:
    drawn: alt.Chart = (
        rows.transform_filter(test).mark_text(fontSize=size, fontWeight=weight, **mark).encode(text="label:N")
    )
    return drawn
