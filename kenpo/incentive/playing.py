"""A year's contest from what is on record, or why it cannot be scored; the same contest with other figures. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Literal

import numpy as np

from kenpo.catalog import NATIONAL
from kenpo.incentive.inputs import Array, Contest, History, Purse, Values, sound
from kenpo.incentive.scheme import (
    BRANCHES,
    HIGH,
    INDICATORS,
    LOW,
    VISIT_REDEFINED,
    Indicator,
    rate_year_of,
    scheme_of,
)

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


def shift(played: Contest, branch: str, points: Mapping[Indicator, Decimal]) -> Contest:
    """A replay with some indicators of one branch moved by percent points instead of set. Raises as `replay` does."""
    own = played.now[branch]
    return replay(played, branch, {name: own[name] + step for name, step in points.items()})


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
