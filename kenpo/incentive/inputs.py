"""One year's contest of the 47 branches: everything its score and its money rest on, or why it cannot be scored. Pure.

What is printed stays Decimal, as printed, so that it is shown and subtracted exactly. Deviation scores are roots and
quotients and have no exact decimal form: they are computed in binary floating point (15 digits) from the printed
figures, and rounded only when they are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from kenpo.catalog import NATIONAL
from kenpo.incentive.scheme import (
    BRANCHES,
    HIGH,
    INDICATORS,
    LOW,
    VISIT_REDEFINED,
    Indicator,
    Scheme,
    rate_year_of,
    scheme_of,
)

Array: TypeAlias = npt.NDArray[np.float64]
Values: TypeAlias = Mapping[Indicator, Decimal]
"""A branch's five indicators in percent, as printed."""

Unscored = Literal[
    "no_indicators",
    "no_year_before",
    "other_definition",
    "not_all_branches",
    "out_of_range",
    "nobody_before",
    "no_papers",
]
"""Why a year has no score, in the order it is looked for: nothing is on record for it, or nothing for the year before;
visits were redefined since then; a branch or an indicator is missing; a figure lies outside 0–99.9; nobody was counted
in the year before; the papers of its rate year are not at hand."""


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


def contest(history: History, fiscal_year: int) -> Contest | Unscored:
    """The contest of a year on record, or the reason why it cannot be scored."""
    reason = _why_unscored(history, fiscal_year)
    if reason:
        return reason
    papers = rate_year_of(fiscal_year)
    return Contest(
        fiscal_year=fiscal_year,
        scheme=scheme_of(fiscal_year),
        branches=history.branches,
        now=history.indicators[fiscal_year],
        before=history.indicators[fiscal_year - 1],
        share_growth=_shares(history, papers) / _shares(history, papers - 1),
        purse=_purse(history, papers),
        published={branch: history.amounts[papers][branch].reduced for branch in history.branches},
        official_ranks=history.official_ranks.get(fiscal_year),
    )


def contests(history: History) -> dict[int, Contest]:
    """Every year on record that can be scored, ascending."""
    played = {year: contest(history, year) for year in sorted(history.indicators)}
    return {year: found for year, found in played.items() if isinstance(found, Contest)}


def year_after(last: Contest, now: Mapping[str, Values]) -> Contest:
    """The year after a scored one with assumed indicators: shares of subscribers stay, the money is that of `last`."""
    return Contest(
        fiscal_year=last.fiscal_year + 1,
        scheme=scheme_of(last.fiscal_year + 1),
        branches=last.branches,
        now=now,
        before=last.now,
        share_growth=np.ones(len(last.branches)),
        purse=last.purse,
    )


def replay(played: Contest, branch: str, changes: Values) -> Contest:
    """The same contest with some indicators of one branch set to other values; the other 46 stay as they were.

    Raises OutOfRangeError for a value outside 0–99.9, KeyError for a branch that takes no part.
    """
    played.index(branch)
    for indicator, value in changes.items():
        sound(indicator, value)
    return replace(played, now={**played.now, branch: {**played.now[branch], **changes}})


def sound(indicator: Indicator, value: Decimal) -> Decimal:
    """The value, where an indicator may have it: 0–99.9 percent. Raises OutOfRangeError else."""
    if not value.is_finite() or not LOW <= value <= HIGH:
        raise OutOfRangeError(indicator, value)
    return value


def numbers(figures: Mapping[str, Values], branches: Iterable[str]) -> Array:
    """Printed indicators as numbers, branch × indicator."""
    return np.array([[float(figures[branch][name]) for name in INDICATORS] for branch in branches])


def _why_unscored(history: History, fiscal_year: int) -> Unscored | None:
    years = history.indicators
    if not years or fiscal_year > max(years):
        return "no_indicators"
    if fiscal_year - 1 not in years:
        return "no_year_before"
    if fiscal_year - 1 < VISIT_REDEFINED <= fiscal_year:
        return "other_definition"
    if fiscal_year not in years:
        return "no_indicators"
    return _why_unfit(history, fiscal_year) or _why_unpaid(history, rate_year_of(fiscal_year))


def _why_unfit(history: History, fiscal_year: int) -> Unscored | None:
    """Of the figures of both years: are they whole and possible?"""
    now, before = history.indicators[fiscal_year], history.indicators[fiscal_year - 1]
    if len(history.branches) != BRANCHES or not all(
        set(INDICATORS) <= set(year.get(branch, ())) for year in (now, before) for branch in history.branches
    ):
        return "not_all_branches"
    both = [year[branch] for year in (now, before) for branch in history.branches]
    if not all(LOW <= values[name] <= HIGH for values in both for name in INDICATORS):
        return "out_of_range"
    if not all(before[branch]["checkup"] and before[branch]["guidance"] for branch in history.branches):
        return "nobody_before"
    return None


def _why_unpaid(history: History, papers: int) -> Unscored | None:
    """Are subscribers of both years, remuneration and amounts of the rate year at hand?"""
    wanted = {*history.branches, NATIONAL}
    tables = (
        history.middle_aged.get(papers, {}),
        history.middle_aged.get(papers - 1, {}),
        history.amounts.get(papers, {}),
    )
    paid = set(history.remuneration.get(papers, {}))
    whole = all(wanted <= set(known) for known in tables) and set(history.branches) <= paid
    return None if whole else "no_papers"


def _shares(history: History, papers: int) -> Array:
    """Each branch's share of the nation's subscribers aged 40–74."""
    people = history.middle_aged[papers]
    return np.array([float(people[branch]) for branch in history.branches]) / float(people[NATIONAL])


def _purse(history: History, papers: int) -> Purse:
    amounts, paid = history.amounts[papers], history.remuneration[papers]
    return Purse(
        rate_year=papers,
        remuneration=np.array([float(paid[branch]) for branch in history.branches]),
        added=np.array([float(amounts[branch].added) for branch in history.branches]),
        pool=float(amounts[NATIONAL].added),
    )
