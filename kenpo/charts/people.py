"""Bars of people: more or fewer than at the current targets, or behind one step of each target.

Lengths come on a scale from 0 to 1, so that the spec is constant and a rerun sends only the rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import altair as alt

from kenpo.catalog import Lang
from kenpo.charts.theme import chart_colors, finished

STEP = 40
"""Height of a row in pixels: the name above its bar, which leaves a phone the whole width."""
COLUMNS = ["row", "name", "zero", "to", "label_at", "label"]
"""Columns of the rows the chart draws."""

_REACH = 0.5
"""The longest bar takes half the width; its label needs the rest."""
_MIDDLE = 0.25
_UNDER = 8


def changes(bars: Sequence[Mapping[str, Any]]) -> list[dict[str, object]]:
    """Rows of `share`, the length of a change from −1 to 1; fewer people to the left."""
    return [_row(at, bar, _MIDDLE, bar["share"], "change_label") for at, bar in enumerate(bars)]


def steps(bars: Sequence[Mapping[str, Any]]) -> list[dict[str, object]]:
    """Rows of the people behind one `step` of each target."""
    most = max((bar["step"] for bar in bars), default=1)
    return [_row(at, bar, 0.0, bar["step"] / most, "step_label") for at, bar in enumerate(bars)]


def _row(at: int, bar: Mapping[str, Any], zero: float, share: float, label: str) -> dict[str, object]:
    reach = _REACH if share >= 0 else _MIDDLE
    to = zero + reach * share
    return {"row": at, "name": bar["name"], "zero": zero, "to": to, "label_at": max(zero, to), "label": bar[label]}


@cache
def spec(lang: Lang, *, dark: bool) -> dict[str, Any]:
    """The Vega-Lite spec of the bars, in the colours of a theme; every word comes with the rows."""
    del lang
    colors = chart_colors(dark=dark)
    table = alt.Chart(alt.NamedData("rows"))
    y = alt.Y("row:O", axis=None, sort="ascending", scale=alt.Scale(paddingInner=0, paddingOuter=0))
    scale = alt.Scale(domain=[0, 1], nice=False, zero=False)

    def at(field: str) -> alt.X:
        return alt.X(f"{field}:Q", axis=None, scale=scale)

    def words(field: str, place: alt.X, **mark: Any) -> alt.Chart:
        drawn: alt.Chart = table.mark_text(baseline="middle", align="left", color=colors["ink"], **mark).encode(
            y=y, x=place, text=alt.Text(f"{field}:N")
        )
        return drawn

    left = alt.X(value=0)
    layers = [
        table.mark_bar(height=10, yOffset=_UNDER, color=colors["accent"]).encode(y=y, x=at("zero"), x2="to:Q"),
        table.mark_tick(thickness=1.5, size=18, yOffset=_UNDER, color=colors["muted"]).encode(y=y, x=at("zero")),
        words("label", at("label_at"), dx=7, dy=_UNDER, fontSize=13, fontWeight=700),
        words("name", left, dy=-_UNDER - 2, fontSize=12.5),
    ]
    return finished(alt.layer(*layers).properties(height=alt.Step(STEP)), dark=dark)
