"""Trend: branches over fiscal years. A line joins only what may be joined: rows of one `segment`.

Final figures are filled, figures inside the year, drafts and undated ones hollow, those on the other
definition squares; targets are steps; a break of definition is a mark with both names. One builder draws
the large picture, the ranks and the small multiples.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt

from kenpo.catalog import Lang
from kenpo.charts.theme import chart_colors, finished

HEIGHT = 300

_PHONE = "containerSize()[0] < 520"
_NARROW = "containerSize()[0] < 700"
"""On a phone or a page enlarged to the double the values before the last give way; the table keeps them."""

_RIM = 6
"""Room at the right for the ground around a name."""

_TIGHT = 34
"""Years nearer than this, in pixels, are named every other one."""

COLUMNS = [
    *(
        "year",
        "year_label",
        "years_back",
        "y",
        "segment",
        "color",
        "width",
        "size",
        "opacity",
        "filled",
        "hollow",
        "other",
    ),
    *("target", "target_from", "target_to", "low", "high", "broken", "before", "after"),
    *("label", "label_y", "name", "name_y", "strong", "about"),
]
"""Columns of the rows the chart draws."""


@cache
def spec(lang: Lang, *, dark: bool) -> dict[str, Any]:
    """The Vega-Lite spec of the large picture, in the colours of a theme."""
    return build(dark=dark, height=HEIGHT, large=True)


def build(*, dark: bool, height: int, large: bool, reverse: bool = False) -> dict[str, Any]:
    """A picture of lines; `reverse` puts the smallest number on top, for ranks."""
    colors = chart_colors(dark=dark)
    rows = alt.Chart(alt.NamedData("rows"))
    x_scale = alt.Scale(zero=False, nice=False, padding=34)
    y_scale = alt.Scale(zero=False, nice=False, padding=30 if large else 24, reverse=reverse)
    color, shade = alt.Color("color:N", scale=None), alt.Opacity("opacity:Q", scale=None)
    width = alt.StrokeWidth("width:Q", scale=None)
    about, size = alt.Tooltip("about:N", title=" "), alt.Size("size:Q", scale=None)

    def x(field: str = "year") -> alt.X:
        return alt.X(f"{field}:Q", axis=None, scale=x_scale)

    def y(field: str = "y") -> alt.Y:
        return alt.Y(f"{field}:Q", axis=None, scale=y_scale)

    def only(field: str) -> alt.Chart:
        return rows.transform_filter(f"isValid(datum.{field})")

    ink, muted = alt.value(colors["ink"]), alt.value(colors["muted"])
    name: dict[str, Any] = {"align": "left", "baseline": "middle", "dx": 10 if large else 7}
    side: dict[str, Any] = {"baseline": "top", "fontSize": 12 if large else 9, "fontWeight": 600, "y": 2}
    # Beside the mark of a break; in a small picture, where names are as long as the room, from its edges.
    before: dict[str, Any] = {"align": "right", "dx": -6} if large else {"align": "left"}
    after: dict[str, Any] = {"align": "left", "dx": 6} if large else {"align": "right"}
    edges = (x("broken"), x("broken")) if large else (alt.value(0), alt.value("width"))
    layers = [
        only("low").mark_rule(strokeWidth=7, color=colors["range"]).encode(x=x(), y=y("low"), y2="high:Q"),
        only("broken")
        .mark_rule(strokeWidth=2.4, color=colors["ink"])
        .encode(x=x("broken"), y=alt.value(0), y2=alt.value(20 if large else 14)),
        only("target")
        .mark_rule(strokeWidth=2.4 if large else 1.6, opacity=0.55)
        .encode(x=x("target_from"), x2="target_to:Q", y=y("target"), color=color, tooltip=about),
        only("segment")
        .mark_line()
        .encode(x=x(), y=y(), detail="segment:N", color=color, strokeWidth=width, opacity=shade),
        only("filled").mark_circle().encode(x=x(), y=y("filled"), color=color, opacity=shade, size=size, tooltip=about),
        only("other")
        .mark_point(shape="square", filled=True)
        .encode(x=x(), y=y("other"), color=color, opacity=shade, size=size, tooltip=about),
        only("hollow")
        .mark_point(filled=False, strokeWidth=2)
        .encode(x=x(), y=y("hollow"), color=color, opacity=shade, size=size, tooltip=about),
        only("label")
        .mark_text(dy=-13, fontSize=12, fontWeight=600, opacity={"expr": f"{_NARROW} ? 0 : 1"})
        .encode(x=x(), y=y("label_y"), text="label:N", color=ink),
        _name(rows, "isValid(datum.name) && datum.strong", _size(13) if large else 10, 700, name).encode(
            x=x(), y=y("name_y"), color=ink
        ),
        _name(rows, "isValid(datum.name) && !datum.strong", _size(11) if large else 10, 400, name).encode(
            x=x(), y=y("name_y"), color=muted
        ),
        only("before").mark_text(**side, **before).encode(x=edges[0], text="before:N", color=muted),
        only("after").mark_text(**side, **after).encode(x=edges[1], text="after:N", color=muted),
        only("year_label")
        .mark_text(baseline="top", fontSize=12 if large else 10, opacity={"expr": _every_other()})
        .encode(x=x(), y=alt.value(height + 6), text="year_label:N", color=muted),
    ]
    drawn = alt.layer(*layers).properties(height=height, padding={"right": _RIM})
    return finished(drawn, dark=dark)


def _every_other() -> str:
    """Hides every second year, counted back from the last, where years stand close."""
    return f"abs(scale('x', 1) - scale('x', 0)) < {_TIGHT} && datum.years_back % 2 ? 0 : 1"


def _size(wide: int) -> dict[str, str]:
    """Smaller on a phone, where a name has little room."""
    return {"expr": f"{_PHONE} ? 10 : {wide}"}


def _name(rows: alt.Chart, test: str, size: Any, weight: Any, mark: dict[str, Any]) -> alt.Chart:
    drawn: alt.Chart = (
        rows.transform_filter(test).mark_text(fontSize=size, fontWeight=weight, **mark).encode(text="name:N")
    )
    return drawn
