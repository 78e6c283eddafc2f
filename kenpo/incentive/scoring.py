"""From indicators to deviation scores, points, ranks and rewards: the arithmetic of the scheme on plain arrays. Pure.

The last axis is always the 47 branches. Axes before it are played side by side, so that one call scores a whole range
of values of a lever. Every sum runs in one fixed order for every branch: branches with equal figures have equal scores.
"""

from __future__ import annotations

import numpy as np

from kenpo.incentive.inputs import Array, Contest, numbers
from kenpo.incentive.scheme import INDICATORS, Indicator, Scheme, Share

_NOISE = 1e-12
"""Spreads below this part of the largest figure are rounding, not differences."""

SERIES: tuple[tuple[Indicator, Share], ...] = (
    ("checkup", "rate"),
    ("checkup", "rise"),
    ("checkup", "growth"),
    ("guidance", "rate"),
    ("guidance", "rise"),
    ("guidance", "growth"),
    ("decrease", "rate"),
    ("visit", "rate"),
    ("visit", "rise"),
    ("generic", "rate"),
    ("generic", "rise"),
)
"""What is turned into deviation scores, the series of an indicator side by side."""
_STARTS = [[indicator for indicator, _ in SERIES].index(name) for name in INDICATORS]


def series(now: Array, before: Array, share_growth: Array) -> Array:
    """The eleven series, series × branch, of indicators in percent, branch × indicator.

    A rise and a growth of people are divided by the room left, 100 − the rate of the year. People are not published;
    they are in proportion to checkup rate × share of subscribers, and those guided to guidance rate × people checked.
    """
    room = 100 - now
    rise = (now - before) / room
    checked = now[..., 0] / before[:, 0] * share_growth
    guided = now[..., 1] / before[:, 1] * checked
    growth = {0: (checked - 1) / room[..., 0], 1: (guided - 1) / room[..., 1]}
    found = []
    for indicator, share in SERIES:
        at = INDICATORS.index(indicator)
        found.append({"rate": now, "rise": rise}[share][..., at] if share != "growth" else growth[at])
    return np.stack(found, axis=-2)


def deviation_scores(values: Array) -> Array:
    """偏差値: 50 + 10 × (x − mean) / SD over the last axis, population SD; 50 for all where nothing differs."""
    centred = values - values.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True))
    flat = spread <= _NOISE * np.abs(values).max(axis=-1, keepdims=True)
    scores: Array = np.where(flat, 50.0, 50 + 10 * centred / np.where(flat, 1.0, spread))
    return scores


def shares(now: Array, before: Array, share_growth: Array, scheme: Scheme) -> Array:
    """Points each series gives a branch, series × branch."""
    weights = np.array([scheme.weight(indicator, share) for indicator, share in SERIES])
    points: Array = deviation_scores(series(now, before, share_growth)) * weights[:, None]
    return points


def parts(found: Array) -> Array:
    """Points of each indicator, indicator × branch, from those of its series."""
    points: Array = np.add.reduceat(found, _STARTS, axis=-2)
    return points


def totals(found: Array) -> Array:
    """Total scores, from the points of the series or of the indicators."""
    scores: Array = np.add.reduce(found, axis=-2)
    return scores


def ranks(scores: Array) -> Array:
    """1 + the number strictly better; ties share a rank."""
    places: Array = 1.0 + (scores[..., None, :] > scores[..., :, None]).sum(axis=-1)
    return places


def score_at(scores: Array, place: int) -> Array:
    """The score that stands at a place when all are put in order, the best at 1."""
    found: Array = np.sort(scores, axis=-1)[..., -place]
    return found


def rewards(scores: Array, scheme: Scheme, remuneration: Array, pool: float) -> Array:
    """Million yen: the pool in proportion to points above the bar × remuneration; nothing where nobody is above it."""
    above = np.maximum(0.0, scores - score_at(scores, scheme.bar_rank)[..., None])
    claims = above * remuneration
    claimed = claims.sum(axis=-1, keepdims=True)
    paid: Array = np.where(claimed > 0, claims / np.where(claimed > 0, claimed, 1.0) * pool, 0.0)
    return paid


def played(contest: Contest, now: Array | None = None) -> Array:
    """Points of the series of a contest; with `now`, of other indicators in its place."""
    figures = numbers(contest.now, contest.branches) if now is None else now
    before = numbers(contest.before, contest.branches)
    return shares(figures, before, contest.share_growth, contest.scheme)
