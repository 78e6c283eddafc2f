"""A chart as a picture to take away: SVG and PNG, with the finding as its title and its rows inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import vl_convert

from kenpo.charts.theme import chart_colors

WIDTH = 1100
_SCALE = 2


def svg(spec: Mapping[str, Any], rows: Sequence[Mapping[str, object]], title: str, context: str) -> bytes:
    """The chart as an SVG drawing on white, as wide as a slide."""
    drawn: str = vl_convert.vegalite_to_svg(_standalone(spec, rows, title, context))
    return drawn.encode("utf-8")


def png(spec: Mapping[str, Any], rows: Sequence[Mapping[str, object]], title: str, context: str) -> bytes:
    """The chart as a PNG picture, twice as sharp as a screen."""
    drawn: bytes = vl_convert.vegalite_to_png(_standalone(spec, rows, title, context), scale=_SCALE)
    return drawn


def _standalone(
    spec: Mapping[str, Any], rows: Sequence[Mapping[str, object]], title: str, context: str
) -> dict[str, Any]:
    colors = chart_colors(dark=False)
    heading = {
        "text": title,
        "subtitle": context,
        "anchor": "start",
        "frame": "bounds",
        "fontSize": 20,
        "subtitleFontSize": 13,
        "offset": 24,
        "color": colors["ink"],
        "subtitleColor": colors["muted"],
    }
    frame = {"width": WIDTH, "background": "#FFFFFF", "padding": 24, "title": heading}
    return {**spec, **frame, "data": {"values": list(rows)}}
