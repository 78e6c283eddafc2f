"""A chart as a picture to take away: SVG and PNG, with the finding as its title and its rows inside."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import vl_convert

from kenpo.charts.theme import chart_colors

WIDTH = 1100
_SCALE = 2
_LINE = 150
"""Half-width characters in a line of the subtitle."""


def svg(spec: Mapping[str, Any], rows: Sequence[Mapping[str, object]], title: str, context: str) -> bytes:
    """The chart as an SVG drawing on white, as wide as a slide."""
    drawn: str = vl_convert.vegalite_to_svg(_standalone(spec, rows, title, context))
    return drawn.encode("utf-8")


def png(spec: Mapping[str, Any], rows: Sequence[Mapping[str, object]], title: str, context: str) -> bytes:
    """The chart as a PNG picture, twice as sharp as a screen."""
    drawn: bytes = vl_convert.vegalite_to_png(_standalone(spec, rows, title, context), scale=_SCALE)
    return drawn


@dataclass(frozen=True, slots=True)
class Part:
    """One chart of several in a picture: its heading, its spec and its rows."""

    name: str
    spec: dict[str, Any]
    rows: Sequence[Mapping[str, object]]


def together(parts: Sequence[Part], *, columns: int) -> dict[str, Any]:
    """Several charts as one spec, side by side, each with its own rows and scales."""
    width = (WIDTH - _BESIDE * columns) // columns
    each = [
        {
            "title": {"text": part.name, "anchor": "start", "fontSize": 14, "color": chart_colors(dark=False)["ink"]},
            "width": width,
            "height": part.spec["height"],
            "layer": part.spec["layer"],
            "data": {"values": list(part.rows)},
            "resolve": part.spec.get("resolve", {}),
        }
        for part in parts
    ]
    config = parts[0].spec["config"] if parts else {}
    return {"concat": each, "columns": columns, "config": config, "resolve": {"scale": _APART}}


_BESIDE = 150
"""Room for the names beside each of several charts."""

_APART = dict.fromkeys(("x", "y", "color", "opacity", "size", "strokeWidth"), "independent")


def _standalone(
    spec: Mapping[str, Any], rows: Sequence[Mapping[str, object]], title: str, context: str
) -> dict[str, Any]:
    colors = chart_colors(dark=False)
    heading = {
        "text": title,
        "subtitle": _lines(context),
        "anchor": "start",
        "frame": "bounds",
        "fontSize": 20,
        "subtitleFontSize": 13,
        "offset": 24,
        "color": colors["ink"],
        "subtitleColor": colors["muted"],
    }
    frame: dict[str, Any] = {"background": "#FFFFFF", "padding": 24, "title": heading}
    if "concat" in spec:
        return {**spec, **frame}
    return {**spec, **frame, "width": WIDTH, "data": {"values": list(rows)}}


def _lines(context: str) -> list[str]:
    """The context in lines that fit the picture; a Japanese character takes the room of two others."""
    lines, width = [""], 0
    for word in re.findall(r"[!-~]+ ?|.", context):
        room = sum(1 if c.isascii() else 2 for c in word)
        if width + room > _LINE:
            lines, width = [*lines, ""], 0
        lines[-1] += word
        width += room
    return [line.strip() for line in lines]
