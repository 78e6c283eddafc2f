"""What a measurement says: a figure, beside its floor where there is one, judged by a bar; as a table or as JSON."""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Form = Literal["table", "json"]

_HEADERS = ("", "taken", "floor", "ratio", "bar", "met")
_DASH = "–"
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Bar:
    """How far a figure may go: a ratio to its floor, or the figure itself where there is no floor."""

    limit: float
    way: Literal["at most", "at least", "below"] = "at most"

    def holds(self, figure: float) -> bool:
        """Is the figure inside the bar?"""
        if self.way == "at least":
            return figure >= self.limit
        return figure < self.limit if self.way == "below" else figure <= self.limit

    def __str__(self) -> str:
        sign = {"at most": "≤", "at least": "≥", "below": "<"}[self.way]
        return f"{sign} {self.limit:g}"


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table. Without a bar it is there to be known, not to be judged."""

    name: str
    taken: float
    unit: str
    floor: float | None = None
    bar: Bar | None = None

    @property
    def ratio(self) -> float | None:
        """Taken by floor, to the two decimals that are shown and judged."""
        return round(self.taken / self.floor, 2) if self.floor else None

    @property
    def met(self) -> bool | None:
        """Does the ratio, or without a floor the figure, keep to the bar? None without a bar."""
        if self.bar is None:
            return None
        return self.bar.holds(self.taken if self.ratio is None else self.ratio)


def quantile(values: Sequence[float], share: float) -> float:
    """The least value that so large a share of the values does not exceed (nearest rank), share in (0, 1]."""
    return sorted(values)[max(1, math.ceil(share * len(values))) - 1]


def table(results: Iterable[Result]) -> str:
    """The results for people: one line each, figures to the right."""
    rows = [_HEADERS, *(_cells(result) for result in results)]
    widths = [max(_width(row[at]) for row in rows) for at in range(len(_HEADERS))]
    lines = [[_padded(text, widths[at], left=at == 0) for at, text in enumerate(row)] for row in rows]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join("  ".join(line).rstrip() for line in lines)


def as_json(results: Iterable[Result]) -> str:
    """The results for programs: a list of objects, nothing rounded but the ratio."""
    rows = [
        {
            "name": result.name,
            "taken": result.taken,
            "floor": result.floor,
            "ratio": result.ratio,
            "bar": None if result.bar is None else str(result.bar),
            "unit": result.unit,
            "met": result.met,
        }
        for result in results
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _cells(result: Result) -> tuple[str, ...]:
    met = {None: _DASH, True: "yes", False: "no"}[result.met]
    ratio = _DASH if result.ratio is None else f"{result.ratio:.2f}"
    floor = _DASH if result.floor is None else _figure(result.floor, result.unit)
    bar = _DASH if result.bar is None else str(result.bar)
    return (result.name, _figure(result.taken, result.unit), floor, ratio, bar, met)


def _figure(value: float, unit: str) -> str:
    """Two decimals for what is small, none for what is large."""
    decimals = 2 if abs(value) < 1 else 1 if abs(value) < _HUNDRED else 0
    return f"{value:,.{decimals}f} {unit}"


def _width(text: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in text)


def _padded(text: str, width: int, *, left: bool) -> str:
    gap = " " * (width - _width(text))
    return text + gap if left else gap + text
