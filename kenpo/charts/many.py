"""Compare, with many branches: one column a branch in the order of rank, the chosen coloured, the rest grey.

The chosen, the first and the last carry their value, neighbours at different heights; on a phone, where columns
stand close, only the leading one of the chosen has a name and a value.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt

from kenpo.catalog import Lang
from kenpo.charts.theme import chart_colors, finished

HEIGHT = 330
_NARROW = "width < 700"
_HEIGHTS = (-15, 17)
"""Pixels from a dot to its value, downwards: of two neighbours one stands above, the other below."""

COLUMNS = [
    *("row", "label", "name", "figure", "figure_label", "height", "last", "color", "chosen", "lead"),
    *("nation", "nation_label", "about"),
]
"""Columns of the rows the chart draws; `label` has a character a line in Japanese."""


@cache
def spec(lang: Lang, *, dark: bool) -> dict[str, Any]:
    """The Vega-Lite spec of the ranked columns, in a language and the colours of a theme."""
    colors = chart_colors(dark=dark)
    rows = alt.Chart(alt.NamedData("rows"))
    x = alt.X("row:O", axis=None, sort="ascending", scale=alt.Scale(paddingInner=0.1, paddingOuter=0.4))
    y_scale = alt.Scale(zero=False, nice=False, padding=26)
    shade = alt.condition("datum.chosen", alt.value(1), alt.value(0.75))

    def at(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", axis=None, scale=y_scale)

    def only(test: str) -> alt.Chart:
        return rows.transform_filter(test)

    def value(height: int, test: str, **mark: Any) -> alt.Chart:
        marked = only(f"datum.height === {height} && {test}").mark_text(dy=_HEIGHTS[height], **mark)
        drawn: alt.Chart = marked.encode(x=x, y=at("figure"), text="figure_label:N", opacity=room)
        return drawn

    room = alt.condition(f"datum.lead || !({_NARROW})", alt.value(1), alt.value(0))
    nation, last, chosen = "isValid(datum.nation)", "isValid(datum.last)", "datum.chosen"
    name: dict[str, Any] = {"lineBreak": "\n", "baseline": "top", "fontSize": 11, "lineHeight": 12}
    if lang == "en":
        name = {"angle": 270, "align": "right", "baseline": "middle", "fontSize": 11}
    layers = [
        only(nation).mark_rule(color=colors["muted"], strokeDash=[2, 3], strokeWidth=1.6).encode(y=at("nation")),
        only(nation)
        .mark_text(align="right", dy=-8, fontSize=11, color=colors["muted"])
        .encode(x=alt.value("width"), y=at("nation"), text="nation_label:N"),
        only(last).mark_rule(strokeWidth=1.4, color=colors["rest"]).encode(x=x, y=at("last"), y2="figure:Q"),
        only(last).mark_point(size=26, filled=False, color=colors["rest"]).encode(x=x, y=at("last")),
        rows.mark_circle(size=110, opacity=1).encode(
            x=x,
            y=at("figure"),
            color=alt.Color("color:N", scale=None),
            opacity=shade,
            tooltip=alt.Tooltip("about:N", title=" "),
        ),
        *(value(height, chosen, fontSize=13, fontWeight=700, color=colors["ink"]) for height in range(len(_HEIGHTS))),
        *(value(height, f"!{chosen}", fontSize=11, color=colors["muted"]) for height in range(len(_HEIGHTS))),
        only("!datum.chosen")
        .mark_text(color=colors["muted"], **name)
        .encode(x=x, y=alt.value(HEIGHT + 6), text="label:N", opacity=room),
        only(chosen)
        .mark_text(color=colors["ink"], fontWeight=700, **name)
        .encode(x=x, y=alt.value(HEIGHT + 6), text="label:N", opacity=room),
    ]
    return finished(alt.layer(*layers).properties(height=HEIGHT), dark=dark)
