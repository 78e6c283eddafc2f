"""Trend: one measure of several beside each other, small, with the same marks as the large picture."""

from __future__ import annotations

from functools import cache
from typing import Any

from kenpo.catalog import Lang
from kenpo.charts import lines

HEIGHT = 130

COLUMNS = lines.COLUMNS
"""Columns of the rows the chart draws."""


@cache
def spec(lang: Lang, *, dark: bool) -> dict[str, Any]:
    """The Vega-Lite spec of a small picture, in the colours of a theme."""
    return lines.build(dark=dark, height=HEIGHT, large=False)
