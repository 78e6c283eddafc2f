"""What goes in: the tables on record, and one year's contest of the 47 branches. Pure.

What is printed stays Decimal, as printed, so that it is shown and subtracted exactly. Deviation scores are roots and
quotients and have no exact decimal form: they are computed in binary floating point (15 digits) from the printed
figures, and rounded only when they are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from kenpo.incentive.scheme import HIGH, INDICATORS, LOW, Indicator, Scheme, rate_year_of

Array: TypeAlias = npt.NDArray[np.float64]
Values: TypeAlias = Mapping[Indicator, Decimal]
"""A branch's five indicators in percent, as printed."""


class OutOfRangeError(ValueError):
    """An indicator was set to what it cannot be: which one, the value, and the ends of what it may be."""

    def __init__(self, indicator: Indicator, value: Decimal) -> None:
        super().__init__(f"{indicator}: {value} is not from {LOW} to {HIGH}")
        self.indicator, self.value, self.low, self.high = indicator, value, LOW, HIGH


@dataclass(frozen=True, slots=True)
class Amounts:
    """What a branch pays into the pool and what it gets out of it, million yen of a rate year, as printed."""

    added: Decimal
    reduced: Decimal


@dataclass(frozen=True, slots=True)
class History:
    """What is on record: by fiscal year of performance or by rate year, then by branch."""

    branches: tuple[str, ...]
    """The 47, in the package's order."""
    indicators: Mapping[int, Mapping[str, Values]]
    """By fiscal year of performance."""
    middle_aged: Mapping[int, Mapping[str, Decimal]]
    """Subscribers aged 40–74, hundreds of people, by rate year; with the nation's as printed."""
    remuneration: Mapping[int, Mapping[str, Decimal]]
    """Million yen, by rate year."""
    amounts: Mapping[int, Mapping[str, Amounts]]
    """By rate year, with the nation's: what it added is the pool."""
    official_ranks: Mapping[int, Mapping[str, int]]
    """By fiscal year of performance, where they are printed."""


@dataclass(frozen=True, slots=True, eq=False)
class Purse:
    """The money of a rate year, million yen, branches in the contest's order."""

    rate_year: int
    remuneration: Array
    added: Array
    pool: float


@dataclass(frozen=True, slots=True, eq=False)
class Contest:
    """A year that can be scored. Arrays hold the branches in the order of `branches`."""

    fiscal_year: int
    scheme: Scheme
    branches: tuple[str, ...]
    now: Mapping[str, Values]
    before: Mapping[str, Values]
    """The year before."""
    share_growth: Array
    """A branch's share of the nation's subscribers aged 40–74 over that of the year before; the nation's own growth is
    not known and taken as 0."""
    purse: Purse
    """Two years on; of a year that lies ahead, the latest there is."""
    published: Mapping[str, Decimal] | None = None
    """Rewards as printed, million yen; None for a year that lies ahead."""
    official_ranks: Mapping[str, int] | None = None

    @property
    def rate_year(self) -> int:
        """The fiscal year whose premium rate this performance moves."""
        return rate_year_of(self.fiscal_year)

    def index(self, branch: str) -> int:
        """Where a branch stands in the arrays. Raises KeyError for one that takes no part."""
        if branch not in self.now:
            raise KeyError(branch)
        return self.branches.index(branch)


def sound(indicator: Indicator, value: Decimal) -> Decimal:
    """The value, where an indicator may have it: 0–99.9 percent. Raises OutOfRangeError else."""
    if not value.is_finite() or not LOW <= value <= HIGH:
        raise OutOfRangeError(indicator, value)
    return value


def numbers(figures: Mapping[str, Values], branches: Iterable[str]) -> Array:
    """Printed indicators as numbers, branch × indicator."""
    return np.array([[float(figures[branch][name]) for name in INDICATORS] for branch in branches])
