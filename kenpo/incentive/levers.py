"""The levers of one branch: what one more point is worth, how far each must go, and how much that asks for. Pure.

One point of an indicator is not one effort: every asked-for rise stands beside the largest rise any of the 47 made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Literal

import numpy as np

from kenpo.incentive import scoring
from kenpo.incentive.inputs import Array, Contest, Values, numbers
from kenpo.incentive.playing import replay
from kenpo.incentive.scheme import HIGH, INDICATORS, Indicator
from kenpo.incentive.standing import stand

STEP = Decimal("0.1")
"""Percent points between the values that are tried."""
ONE_POINT = Decimal(1)
_HUNDREDS = 100
_AT_ONCE = 64
"""So many settings are scored side by side: the arrays stay small, and the first to win is mostly near."""


@dataclass(frozen=True, slots=True)
class Field:
    """One indicator over the 47."""

    mean: Decimal
    """47支部平均: unweighted, rounded half up to one decimal before anything is subtracted. No source prints it."""
    lowest: tuple[str, Decimal]
    best: tuple[str, Decimal]
    """The first in the package's order where several are equal."""
    largest_rise: tuple[str, Decimal]
    """Percent points since the year before."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What moving one indicator by some points is worth, all else staying."""

    indicator: Indicator
    step: Decimal
    """Percent points."""
    points: float
    """Of the total score, new − old."""
    places: int
    """New rank − old rank: negative is better."""
    rank: int
    """The new one."""
    reward_million_yen: float
    """New − old."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one indicator alone must go for the last winner's rank, in steps of 0.1."""

    indicator: Indicator
    outcome: Literal["within", "reached", "out_of_reach"]
    """Already a winner; reached at `value`; or no value up to 99.9 is enough."""
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Mix:
    """Every indicator the same share of its way to the best of the 47."""

    share: Decimal
    """0–1, the smallest hundredth that is enough."""
    values: Values
    """Rounded half up to 0.1."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A value asked for beside what the 47 achieved in the last year on record."""

    rise: Decimal
    """Percent points above the branch's own year before."""
    largest: Decimal
    """The largest rise of the 47 in one year, percent points."""
    by: str
    """The branch that made it."""

    @property
    def beyond(self) -> bool:
        """More than any branch made in that year."""
        return self.rise > self.largest


def field(contest: Contest, indicator: Indicator) -> Field:
    """One indicator over the 47 in a contest."""
    now = {branch: contest.now[branch][indicator] for branch in contest.branches}
    rises = {branch: value - contest.before[branch][indicator] for branch, value in now.items()}
    mean = sum(now.values(), Decimal(0)) / len(now)
    return Field(
        mean=mean.quantize(STEP, ROUND_HALF_UP),
        lowest=min(now.items(), key=lambda item: item[1]),
        best=max(now.items(), key=lambda item: item[1]),
        largest_rise=max(rises.items(), key=lambda item: item[1]),
    )


def worth(contest: Contest, branch: str, indicator: Indicator, step: Decimal = ONE_POINT) -> Worth | None:
    """What `step` percent points more of an indicator are worth; None where they lead outside 0–99.9."""
    value = contest.now[branch][indicator] + step
    if not 0 <= value <= HIGH:
        return None
    old, new = stand(contest).of(branch), stand(replay(contest, branch, {indicator: value})).of(branch)
    return Worth(
        indicator=indicator,
        step=step,
        points=new.score - old.score,
        places=new.rank - old.rank,
        rank=new.rank,
        reward_million_yen=new.reward_million_yen - old.reward_million_yen,
    )


def by_worth(contest: Contest, branch: str, step: Decimal = ONE_POINT) -> tuple[Worth, ...]:
    """Every lever that has room for the step, the one that moves the score most first."""
    found = [one for name in INDICATORS if (one := worth(contest, branch, name, step))]
    return tuple(sorted(found, key=lambda one: -one.points))


def people(middle_aged_hundreds: Decimal, indicator: Indicator, step: Decimal = ONE_POINT) -> Decimal | None:
    """About (約) how many people a rise is: subscribers aged 40–74 × the step; None where that cannot be said.

    Only a checkup rate counts them all; who is in the other four denominators is not published per branch.
    """
    return middle_aged_hundreds * _HUNDREDS * step / 100 if indicator == "checkup" else None


def reach(contest: Contest, branch: str, indicator: Indicator) -> Reach:
    """How far one indicator alone must go to win, the others and the other 46 as they are in the contest."""
    start = contest.now[branch][indicator]
    steps = int(((HIGH - start) / STEP).to_integral_value(ROUND_FLOOR))
    values = [start + STEP * step for step in range(steps + 1)]
    winning = _wins(contest, branch, [{indicator: value} for value in values])
    if winning == 0:
        return Reach(indicator, "within")
    return Reach(indicator, "out_of_reach") if winning is None else Reach(indicator, "reached", values[winning])


def even_mix(contest: Contest, branch: str) -> Mix | None:
    """The smallest even share of the way to the best of the 47 that wins; None where not even the best values do."""
    ways = {name: (contest.now[branch][name], field(contest, name).best[1]) for name in INDICATORS}
    shares = [Decimal(part) / 100 for part in range(101)]
    mixes = [{name: _part_of_way(*way, share) for name, way in ways.items()} for share in shares]
    winning = _wins(contest, branch, mixes)
    return None if winning is None else Mix(shares[winning], mixes[winning])


def asked(last: Contest, branch: str, indicator: Indicator, value: Decimal, *, ahead: bool = False) -> Asked:
    """A value asked for, as its rise over the branch's own year before the scored one; `ahead`, over that year itself.

    `last` is the scored year as it was, not as replayed: its rises are the ones to be compared with.
    """
    own = (last.now if ahead else last.before)[branch][indicator]
    by, largest = field(last, indicator).largest_rise
    return Asked(value - own, largest, by)


def _part_of_way(own: Decimal, best: Decimal, share: Decimal) -> Decimal:
    """Exactly the own value at the start and the best at the end."""
    return own if not share else (own + (best - own) * share).quantize(STEP, ROUND_HALF_UP)


def _wins(contest: Contest, branch: str, tried: Sequence[Mapping[Indicator, Decimal]]) -> int | None:
    """Which of the tried settings of a branch is the first to win."""
    actual = numbers(contest.now, contest.branches)
    for start in range(0, len(tried), _AT_ONCE):
        some = tried[start : start + _AT_ONCE]
        winning = np.flatnonzero(_own_ranks(contest, branch, actual, some) <= contest.scheme.winners)
        if len(winning):
            return start + int(winning[0])
    return None


def _own_ranks(contest: Contest, branch: str, actual: Array, tried: Sequence[Mapping[Indicator, Decimal]]) -> Array:
    """The branch's rank under each of some settings, the other 46 as they are."""
    at = contest.index(branch)
    now = np.repeat(actual[None], len(tried), axis=0)
    for row, values in enumerate(tried):
        for indicator, value in values.items():
            now[row, at, INDICATORS.index(indicator)] = float(value)
    scores = scoring.totals(scoring.played(contest, now))
    places: Array = 1.0 + (scores > scores[:, at, None]).sum(axis=-1)
    return places
