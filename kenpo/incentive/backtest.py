"""How far to trust it: computed rewards beside the published ones, computed ranks beside the official ones. Pure.

Everything here is recomputed from the tables; nothing is typed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kenpo.incentive.inputs import Contest
from kenpo.incentive.standing import stand


@dataclass(frozen=True, slots=True)
class Trial:
    """One branch of one year: percent points of the rate that its reward took off, published and computed."""

    branch: str
    published_points: float
    computed_points: float
    computed_rank: int
    official_rank: int | None

    @property
    def error_points(self) -> float:
        """|computed − published|, percent points of the rate."""
        return abs(self.computed_points - self.published_points)

    @property
    def rank_error(self) -> int | None:
        """|computed − official| places; None where no official rank is printed."""
        return None if self.official_rank is None else abs(self.computed_rank - self.official_rank)


@dataclass(frozen=True, slots=True)
class BackTest:
    """One scored year tried against what was published."""

    fiscal_year: int
    rate_year: int
    published: int
    """Branches with a published reward."""
    computed: int
    """Branches with a computed reward."""
    both: int
    mean_error: float
    """Percent points of the rate, over the 47."""
    mean_error_of_winners: float
    """Over the branches that won by either account."""
    largest_error: float
    largest_branch: str
    trials: tuple[Trial, ...]


@dataclass(frozen=True, slots=True)
class RankTest:
    """Computed ranks against the official ones, of all years that have them."""

    ranks: int
    exact: int
    within_one: int
    within_two: int
    largest: int
    """Places of the largest miss."""


def back_test(contest: Contest) -> BackTest:
    """A year's computed rewards against the printed ones. Raises ValueError for a year that lies ahead."""
    if contest.published is None:
        raise ValueError(f"FY{contest.fiscal_year}: no rewards are published")
    standings = stand(contest)
    published = np.array([float(contest.published[branch]) for branch in contest.branches])
    points = published / contest.purse.remuneration * 100
    official = contest.official_ranks or {}
    trials = tuple(
        Trial(branch, float(theirs), float(ours), int(rank), official.get(branch))
        for branch, theirs, ours, rank in zip(
            contest.branches, points, standings.reward_effects, standings.ranks, strict=True
        )
    )
    errors = {trial.branch: trial.error_points for trial in trials}
    won = [trial.error_points for trial in trials if trial.published_points or trial.computed_points]
    worst = max(errors, key=lambda branch: errors[branch])
    return BackTest(
        fiscal_year=contest.fiscal_year,
        rate_year=contest.rate_year,
        published=sum(trial.published_points > 0 for trial in trials),
        computed=sum(trial.computed_points > 0 for trial in trials),
        both=sum(trial.published_points > 0 and trial.computed_points > 0 for trial in trials),
        mean_error=sum(errors.values()) / len(errors),
        mean_error_of_winners=sum(won) / len(won) if won else 0.0,
        largest_error=errors[worst],
        largest_branch=worst,
        trials=trials,
    )


def rank_test(tests: tuple[BackTest, ...]) -> RankTest | None:
    """Official ranks of all the years against the computed ones; None where none is printed."""
    errors = [error for test in tests for trial in test.trials if (error := trial.rank_error) is not None]
    if not errors:
        return None
    return RankTest(
        ranks=len(errors),
        exact=errors.count(0),
        within_one=sum(error <= 1 for error in errors),
        within_two=sum(error <= 2 for error in errors),  # noqa: PLR2004 - two places
        largest=max(errors),
    )
