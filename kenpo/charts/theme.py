"""Colours of status words and grounds, [on light, on dark], and what every chart has in common.

Contrast is tested. Branch colours stand in the catalog: the same colour for the same branch everywhere.
"""

from __future__ import annotations

from typing import Any, Final

PALETTE: Final = {
    "achieved": ["#00696B", "#4FC3B5"],
    "not_achieved": ["#C62A10", "#FF8A70"],
    "muted": ["#5B6470", "#A9B2BE"],
    "ground": ["#F4F6F8", "#1C242E"],
    "ink": ["#1B2430", "#E6EAF0"],
    "range": ["#D5DBE1", "#364150"],
    "rest": ["#B4BCC6", "#55606E"],
    "accent": ["#1F3A5F", "#8FB4E8"],
}

FONT: Final = "'Noto Sans JP', 'Noto Sans CJK JP', 'Hiragino Sans', 'Yu Gothic UI', Meiryo, sans-serif"


def chart_colors(*, dark: bool) -> dict[str, str]:
    """The palette of one theme."""
    return {name: pair[dark] for name, pair in PALETTE.items()}


def finished(chart: Any, *, dark: bool) -> dict[str, Any]:
    """A chart as a spec without data: no frame, the app's font, as wide as its place.

    The rows come with each run; a constant spec halves the drawing in the browser.
    """
    spec: dict[str, Any] = _without_data(chart.to_dict())
    spec["width"] = "container"
    spec["background"] = "transparent"
    spec["config"] = {
        # A picture is read aloud by its alt text, its figures in the table beside it: not mark by mark.
        "mark": {"aria": False},
        "view": {"stroke": None},
        "font": FONT,
        "text": {"font": FONT},
        "axis": {"labelColor": chart_colors(dark=dark)["muted"], "titleColor": chart_colors(dark=dark)["muted"]},
    }
    spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    return spec


def _without_data(part: Any) -> Any:
    """The spec with every reference to the author's own data taken out."""
    if isinstance(part, dict):
        return {name: _without_data(value) for name, value in part.items() if name not in ("data", "datasets")}
    return [_without_data(value) for value in part] if isinstance(part, list) else part
