"""How the 47 stand in a contest: score, rank, reward and what it does to the premium rate. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kenpo.incentive import scoring
from kenpo.incentive.inputs import Array, Contest
from kenpo.incentive.scheme import BRANCHES, INDICATORS, NEAR_BAR, RANK_DOUBT, Indicator, Share


@dataclass(frozen=True, slots=True)
class Standing:
    """One branch in a contest. Nothing is rounded; whatever is computed here is an estimate (試算), never official."""

    branch: str
    fiscal_year: int
    rate_year: int
    """The year whose premium rate it moves."""
    money_year: int
    """The rate year whose remuneration and pool were used: the same, but for a year ahead."""
    score: float
    """The five parts together; the mean of the 47 is 320, by the old scheme 250."""
    parts: Mapping[Indicator, float]
    """Points by indicator."""
    shares: Mapping[Indicator, Mapping[Share, float]]
    """Points by what they are for; those of an indicator add up to its part."""
    rank: int
    """1 + the number strictly better; ±2 beside the official one."""
    ranks: Mapping[Indicator, int]
    """Rank by the points of each indicator, not by its rate."""
    bar: float
    """The score of the first that wins nothing: rank 16, by the old scheme 24."""
    last_winner_score: float
    """The score of the last that wins: rank 15, by the old scheme 23."""
    to_reward: float
    """Last winner's score − own: what is missing; 0 or less for a winner."""
    on_the_line: bool
    """当落線上: within 3 points of the bar, or within two places of its rank."""
    reward_million_yen: float
    reward_effect_points: float
    """How many percent points of the rate the reward takes off, 0 or more."""
    rate_effect_points: float
    """What paying in and being rewarded add to the rate, percent points; negative lowers it."""
    published_reward_million_yen: Decimal | None
    """As printed; None for a year that lies ahead."""
    official_rank: int | None
    """Where the Association printed one, this is the one that speaks."""

    @property
    def rank_span(self) -> tuple[int, int]:
        """Where the rank may truly lie: ±2, within 1–47."""
        return max(1, self.rank - RANK_DOUBT), min(BRANCHES, self.rank + RANK_DOUBT)


@dataclass(frozen=True, slots=True, eq=False)
class Standings:
    """How all branches stand. Arrays hold the branches in the contest's order."""

    contest: Contest
    share_points: Array
    """Series × branch, in the order of scoring.SERIES."""
    parts: Array
    """Indicator × branch."""
    scores: Array
    ranks: Array
    part_ranks: Array
    bar: float
    last_winner_score: float
    rewards: Array
    """Million yen."""

    @property
    def order(self) -> tuple[str, ...]:
        """Branches from the best down; equals in the package's order."""
        places = sorted(range(len(self.scores)), key=lambda at: (-self.scores[at], at))
        return tuple(self.contest.branches[at] for at in places)

    @property
    def last_winner(self) -> str:
        """The branch whose score must be reached."""
        return self.order[self.contest.scheme.winners - 1]

    @property
    def reward_effects(self) -> Array:
        """Percent points the rewards take off the rates."""
        return self.rewards / self.contest.purse.remuneration * 100

    @property
    def rate_effects(self) -> Array:
        """Percent points by which the scheme moves the rates; negative lowers."""
        purse = self.contest.purse
        return (purse.added - self.rewards) / purse.remuneration * 100

    def of(self, branch: str) -> Standing:
        """One branch's standing. Raises KeyError for a branch that takes no part."""
        at, held = self.contest.index(branch), self.contest
        score, rank = float(self.scores[at]), int(self.ranks[at])
        return Standing(
            branch=branch,
            fiscal_year=held.fiscal_year,
            rate_year=held.rate_year,
            money_year=held.purse.rate_year,
            score=score,
            parts={name: float(self.parts[row, at]) for row, name in enumerate(INDICATORS)},
            shares=self._shares(at),
            rank=rank,
            ranks={name: int(self.part_ranks[row, at]) for row, name in enumerate(INDICATORS)},
            bar=self.bar,
            last_winner_score=self.last_winner_score,
            to_reward=self.last_winner_score - score,
            on_the_line=abs(score - self.bar) <= NEAR_BAR or abs(rank - held.scheme.bar_rank) <= RANK_DOUBT,
            reward_million_yen=float(self.rewards[at]),
            reward_effect_points=float(self.reward_effects[at]),
            rate_effect_points=float(self.rate_effects[at]),
            published_reward_million_yen=None if held.published is None else held.published[branch],
            official_rank=None if held.official_ranks is None else held.official_ranks.get(branch),
        )

    def against_last_winner(self, branch: str) -> dict[Indicator, float]:
        """Points a branch gains (+) or loses (−) by indicator against the last winner."""
        own, other = self.contest.index(branch), self.contest.index(self.last_winner)
        return {name: float(self.parts[row, own] - self.parts[row, other]) for row, name in enumerate(INDICATORS)}

    def _shares(self, at: int) -> dict[Indicator, dict[Share, float]]:
        found: dict[Indicator, dict[Share, float]] = {name: {} for name in INDICATORS}
        for row, (indicator, share) in enumerate(scoring.SERIES):
            found[indicator][share] = float(self.share_points[row, at])
        return found


def stand(contest: Contest) -> Standings:
    """Scores a contest."""
    points = scoring.played(contest)
    parts = scoring.parts(points)
    scores = scoring.totals(parts)
    scheme, purse = contest.scheme, contest.purse
    return Standings(
        contest=contest,
        share_points=points,
        parts=parts,
        scores=scores,
        ranks=scoring.ranks(scores),
        part_ranks=scoring.ranks(parts),
        bar=float(scoring.score_at(scores, scheme.bar_rank)),
        last_winner_score=float(scoring.score_at(scores, scheme.winners)),
        rewards=scoring.rewards(scores, scheme, purse.remuneration, purse.pool),
    )


def record(standing: Standing) -> dict[str, object]:
    """A standing as one record, keys and grain as the command line prints them."""
    published = standing.published_reward_million_yen
    return {
        "branch": standing.branch,
        "fiscal_year": standing.fiscal_year,
        "score": standing.score,
        "parts": dict(standing.parts),
        "rank": standing.rank,
        "ranks": dict(standing.ranks),
        "bar": standing.bar,
        "last_winner_score": standing.last_winner_score,
        "reward_million_yen": standing.reward_million_yen,
        "reward_effect_points": standing.reward_effect_points,
        "rate_effect_points": standing.rate_effect_points,
        "published_reward_million_yen": None if published is None else int(published),
    }
