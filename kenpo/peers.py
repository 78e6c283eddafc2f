"""Fair peers 類似支部: the five branches most like one's own in size, age and pay. Pure.

Four variables of one year's official tables, each standardised over all branches, plain Euclidean distance. They are
alike in whom they insure, not in what they do for them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from kenpo.catalog import Direction

PEERS = 5
AFTER = 2
"""The papers of a rate year hold subscribers and pay of so many years before."""
NEAR = 1.0
"""Beyond this distance even the nearest is not near: 近い支部なし（最も近い5支部）."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Whom a branch insures, from the papers of one rate year."""

    subscribers: Decimal
    """All of them, hundreds of people."""
    aged_40_74: Decimal
    """Hundreds of people."""
    aged_60_74: Decimal
    """Hundreds of people."""
    remuneration: Decimal
    """Million yen."""

    @property
    def variables(self) -> tuple[float, float, float, float]:
        """Logarithm of the subscribers, share aged 40–74, share aged 60–74, remuneration per subscriber."""
        total = self.subscribers
        return (
            math.log(total),
            float(self.aged_40_74 / total),
            float(self.aged_60_74 / total),
            float(self.remuneration / total),
        )


@dataclass(frozen=True, slots=True)
class Peer:
    """A branch and how far it is from one's own, in standard deviations."""

    branch: str
    distance: float


@dataclass(frozen=True, slots=True)
class Peers:
    """The five nearest branches, the nearest first; never oneself."""

    branch: str
    nearest: tuple[Peer, ...]

    @property
    def near(self) -> bool:
        """Is any of them truly near?"""
        return self.nearest[0].distance <= NEAR

    @property
    def group(self) -> tuple[str, ...]:
        """Oneself and the peers."""
        return (self.branch, *(peer.branch for peer in self.nearest))


def papers_of(fiscal_year: int, at_hand: Iterable[int]) -> int | None:
    """The rate year whose papers speak for a year of performance: two years on, else the latest at hand."""
    years = set(at_hand)
    wanted = fiscal_year + AFTER
    return wanted if wanted in years else max(years, default=None)


def profiles(
    subscribers: Mapping[tuple[str, str], Decimal], remuneration: Mapping[str, Decimal], branches: tuple[str, ...]
) -> dict[str, Profile]:
    """Profiles from one rate year's tables: subscribers by branch and age band, hundreds; remuneration, million yen.

    Empty where a branch lacks a figure or has no subscribers: distances rest on all of them.
    """
    bands = {40: ("40-44", "45-49", "50-54", "55-59"), 60: ("60-64", "65-69", "70-74")}
    found = {}
    for branch in branches:
        needed = [(branch, band) for band in ("total", *bands[40], *bands[60])]
        if not all(key in subscribers for key in needed) or branch not in remuneration:
            return {}
        older = sum((subscribers[branch, band] for band in bands[60]), Decimal(0))
        middle = sum((subscribers[branch, band] for band in bands[40]), Decimal(0))
        if subscribers[branch, "total"] <= 0:
            return {}
        found[branch] = Profile(subscribers[branch, "total"], middle + older, older, remuneration[branch])
    return found


def distances(known: Mapping[str, Profile]) -> dict[str, dict[str, float]]:
    """From every branch to every other; a variable in which all are equal sets nobody apart. Symmetric, never negative.

    Raises ValueError for a branch without subscribers.
    """
    values = np.array([profile.variables for profile in known.values()])
    spread = values.std(axis=0)
    flat = spread <= 1e-12 * np.abs(values).max(axis=0)
    standard = np.where(flat, 0.0, (values - values.mean(axis=0)) / np.where(flat, 1.0, spread))
    apart = np.sqrt(((standard[:, None] - standard[None]) ** 2).sum(axis=-1))
    return {
        one: {other: float(apart[row, column]) for column, other in enumerate(known) if other != one}
        for row, one in enumerate(known)
    }


def peers(known: Mapping[str, Profile], branch: str) -> Peers | None:
    """A branch's peers, ties in the order of the branches; None where its profile or five others are not known."""
    if branch not in known or len(known) <= PEERS:
        return None
    order = {name: at for at, name in enumerate(known)}
    ranked = sorted(distances(known)[branch].items(), key=lambda item: (item[1], order[item[0]]))
    return Peers(branch, tuple(Peer(name, distance) for name, distance in ranked[:PEERS]))


def rank_in_group(values: Mapping[str, Decimal], found: Peers, direction: Direction) -> tuple[int, int] | None:
    """Rank among peers and oneself, and of how many: (2, 6). None for a neutral measure or a missing figure."""
    group = [values[name] for name in found.group if name in values]
    if direction == "neutral" or len(group) != len(found.group):
        return None
    sign, own = (-1 if direction == "lower" else 1), values[found.branch]
    return 1 + sum(sign * other > sign * own for other in group), len(group)


def peer_mean(values: Mapping[str, Decimal], found: Peers) -> Decimal | None:
    """Unweighted mean of the peers, oneself left out; None unless all five have a figure. Not rounded."""
    theirs = [values[peer.branch] for peer in found.nearest if peer.branch in values]
    return sum(theirs, Decimal(0)) / len(theirs) if len(theirs) == len(found.nearest) else None
