"""What changed a rank: the own value, or the others'. Pure.

Only where all branches have a figure in both years and on one definition: no change of rank crosses a break.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kenpo.catalog import Direction


@dataclass(frozen=True, slots=True)
class RankChange:
    """A change of rank between two years, split; places are new − old, so negative is better."""

    before: int
    after: int
    own: int
    """Rank of the new own value among the others' old values − old rank."""
    others: int
    """What is left: the new rank − that one."""
    value: Decimal
    """New own value − old own value, as printed."""

    @property
    def places(self) -> int:
        """New rank − old rank: own and others together."""
        return self.after - self.before


def rank_change(
    before: Mapping[str, Decimal], after: Mapping[str, Decimal], branch: str, direction: Direction
) -> RankChange | None:
    """A branch's change of rank between two years of one measure; the direction says which end is rank 1.

    None for a neutral measure, and where the two years do not hold the same branches, this one and another among them.
    """
    if direction == "neutral" or set(before) != set(after) or branch not in before or len(before) == 1:
        return None
    old = rank_among(before[branch], _others(before, branch), direction)
    moved = rank_among(after[branch], _others(before, branch), direction)
    new = rank_among(after[branch], _others(after, branch), direction)
    return RankChange(old, new, moved - old, new - moved, after[branch] - before[branch])


def rank_among(value: Decimal, others: Mapping[str, Decimal], direction: Direction) -> int:
    """1 + how many others are strictly better; ties share a rank."""
    sign = -1 if direction == "lower" else 1
    return 1 + sum(sign * other > sign * value for other in others.values())


def _others(values: Mapping[str, Decimal], branch: str) -> dict[str, Decimal]:
    return {name: value for name, value in values.items() if name != branch}
