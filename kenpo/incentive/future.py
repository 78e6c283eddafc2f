"""The next year: a branch's indicators are set, the others rise as they rose in each past year. Pure.

The answer is a run for each of those years, named by it, and the range over them: never one number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeVar

from kenpo.incentive.inputs import Contest, Values
from kenpo.incentive.playing import replay, year_after
from kenpo.incentive.scheme import HIGH, INDICATORS, LOW
from kenpo.incentive.standing import Standing, Standings, stand

Number = TypeVar("Number", int, float)
Mark = Literal["covid", "generic_jump"]
"""Why the rises of a year are no usual ones."""

MARKS: Mapping[int, Mark] = {2020: "covid", 2021: "covid", 2024: "generic_jump"}


@dataclass(frozen=True, slots=True)
class Run:
    """The next year, had the others risen as in one past year."""

    rises_of: int
    """The fiscal year whose rises were played."""
    mark: Mark | None
    standing: Standing
    standings: Standings


@dataclass(frozen=True, slots=True)
class Range:
    """The lowest and the highest over the runs; of ranks the best and the worst."""

    ranks: tuple[int, int]
    scores: tuple[float, float]
    rewards_million_yen: tuple[float, float]
    reward_effects_points: tuple[float, float]
    rate_effects_points: tuple[float, float]


def ahead(played: Mapping[int, Contest], branch: str, changes: Values) -> tuple[Run, ...]:
    """The year after the last scored one, played through the rises of every scored year, ascending.

    `played` are the scored years on record; empty gives no run. Indicators of the branch that are not set keep the last
    year's values; the other 46 take theirs plus the year's rise in points, clipped to 0–99.9. Raises OutOfRangeError
    and KeyError as a replay does.
    """
    if not played:
        return ()
    last = played[max(played)]
    own = replay(last, branch, changes).now[branch]
    return tuple(_run(last, year, past, branch, own) for year, past in sorted(played.items()))


def span(runs: tuple[Run, ...]) -> Range:
    """From where to where the runs go. Raises ValueError without a run."""
    found = [run.standing for run in runs]
    return Range(
        ranks=_ends([one.rank for one in found]),
        scores=_ends([one.score for one in found]),
        rewards_million_yen=_ends([one.reward_million_yen for one in found]),
        reward_effects_points=_ends([one.reward_effect_points for one in found]),
        rate_effects_points=_ends([one.rate_effect_points for one in found]),
    )


def _run(last: Contest, year: int, past: Contest, branch: str, own: Values) -> Run:
    now = {other: _risen(last.now[other], past.before[other], past.now[other]) for other in last.branches}
    standings = stand(year_after(last, {**now, branch: own}))
    return Run(year, MARKS.get(year), standings.of(branch), standings)


def _risen(last: Values, before: Values, after: Values) -> Values:
    return {name: _clipped(last[name] + after[name] - before[name]) for name in INDICATORS}


def _clipped(value: Decimal) -> Decimal:
    return max(LOW, min(HIGH, value))


def _ends(values: list[Number]) -> tuple[Number, Number]:
    return min(values), max(values)
