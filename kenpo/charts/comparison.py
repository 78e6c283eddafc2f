"""Compare: one row a branch, a dot for the actual, a tick for the target, a bar for the distance to the base.

The spec is constant for a language and theme; a rerun sends only the rows. Every layer names its axes as none,
and the data is the chart's own, so that an empty layer never turns the picture blank.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt

from kenpo.catalog import Lang
from kenpo.charts.theme import chart_colors, finished

STEP = 40
"""Height of a row in pixels."""

_PHONE = "containerSize()[0] < 520"
"""On a phone names stand over their status and the small labels give way; the table keeps them."""

_NARROW = "containerSize()[0] < 700"
"""On a page enlarged to the double the small labels give way as well."""

COLUMNS = [
    *("row", "name", "status", "status_color", "color", "opacity", "reason"),
    *("figure", "figure_label", "target", "target_above", "target_below", "last", "last_label"),
    *("bar_from", "bar_to", "bar_color", "gap", "gap_color"),
    *("nation", "low", "low_label", "high", "high_label"),
]
"""Columns of the rows the chart draws."""


@cache
def spec(lang: Lang, *, dark: bool) -> dict[str, Any]:
    """The Vega-Lite spec of the ranked rows, in the colours of a theme."""
    colors = chart_colors(dark=dark)
    rows = alt.Chart(alt.NamedData("rows"))
    y = alt.Y("row:O", axis=None, sort="ascending", scale=alt.Scale(paddingInner=0, paddingOuter=0.1))
    scale = alt.Scale(zero=False, nice=False, padding=28)
    color, tone = alt.Color("color:N", scale=None), alt.Color("bar_color:N", scale=None)
    shade = alt.Opacity("opacity:Q", scale=None)

    def at(field: str) -> alt.X:
        return alt.X(f"{field}:Q", axis=None, scale=scale)

    def only(field: str) -> alt.Chart:
        return rows.transform_filter(f"isValid(datum.{field})")

    def text(field: str, x: object, align: str, size: object, **mark: object) -> alt.Chart:
        return _text(only(field), field, {"y": y, "x": x}, {"align": align, "fontSize": size, **mark})

    muted = colors["muted"]
    small: dict[str, Any] = {"color": muted, "opacity": {"expr": f"{_NARROW} ? 0 : 1"}}
    marks = [
        only("reason").mark_bar(color=colors["ground"], height=26).encode(y=y, x=alt.value(0), x2=alt.value("width")),
        only("low").mark_bar(color=colors["range"], height=8).encode(y=y, x=at("low"), x2="high:Q"),
        only("nation").mark_rule(color=colors["muted"], strokeDash=[2, 3], strokeWidth=1.6).encode(x=at("nation")),
        only("bar_from").mark_bar(height=6, opacity=0.32).encode(y=y, x=at("bar_from"), x2="bar_to:Q", color=tone),
        only("target")
        .mark_tick(thickness=3, size=26, color=colors["muted"])
        .encode(y=y, x=at("target"), opacity=shade),
        only("last")
        .mark_point(size=70, filled=False, strokeWidth=1.6)
        .encode(y=y, x=at("last"), color=color, opacity=alt.value(0.75)),
        only("figure").mark_circle(size=190, opacity=1).encode(y=y, x=at("figure"), color=color, opacity=shade),
    ]
    words = [
        text("name", _left(-66, -190), "left", 15, fontWeight=600, color=colors["ink"], dy=_either(-8, 0)),
        text("status", _left(-66, -106), "left", 12, fontWeight=500, dy=_either(9, 0), tone="status_color"),
        text("reason", alt.value(10), "left", 12, color=colors["muted"], limit={"expr": "width - 12"}),
        text("figure_label", at("figure"), "center", 13, fontWeight=700, color=colors["ink"], dy=-17),
        text("target_above", at("target"), "center", 11, dy=-18, **small),
        # To the right of its mark: the label above the mark of the next row stands in the middle.
        text("target_below", at("target"), "left", 11, dx=5, dy=19, **small),
        text("last_label", at("last"), "center", 11, dy=17, **small),
        text("low_label", at("low"), "left", 11, dy=16, **small),
        text("high_label", at("high"), "right", 11, dy=16, **small),
        text("gap", alt.value("width"), "right", _either(13, 16), fontWeight=700, dx=_either(62, 96), tone="gap_color"),
    ]
    return finished(alt.layer(*marks, *words).properties(height=alt.Step(STEP)), dark=dark)


def _either(phone: float, wide: float) -> dict[str, str]:
    """One number on a phone, another elsewhere, known only when drawn."""
    return {"expr": f"{_PHONE} ? {phone} : {wide}"}


def _left(phone: int, wide: int) -> dict[str, Any]:
    return {"value": _either(phone, wide)}


def _text(chart: alt.Chart, field: str, place: dict[str, Any], mark: dict[str, Any]) -> alt.Chart:
    """Words at a place; `tone` names the column that colours them."""
    tone = mark.pop("tone", None)
    colored = {"color": alt.Color(f"{tone}:N", scale=None)} if tone else {}
    drawn: alt.Chart = chart.mark_text(baseline="middle", **mark).encode(
        text=alt.Text(f"{field}:N"), **place, **colored
    )
    return drawn
