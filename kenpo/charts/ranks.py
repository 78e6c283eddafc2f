"""Trend: ranks per year, first place on top, the chosen branches in colour over the others."""

from __future__ import annotations

from functools import cache
from typing import Any

from kenpo.catalog import Lang
from kenpo.charts import lines

HEIGHT = 300

COLUMNS = lines.COLUMNS
"""Columns of the rows the chart draws; `y` is a rank."""


@cache
def spec(lang: Lang, *, dark: bool) -> dict[str, Any]:
    """The Vega-Lite spec of the ranks, in the colours of a theme."""
    return lines.build(dark=dark, height=HEIGHT, large=True, reverse=True)
