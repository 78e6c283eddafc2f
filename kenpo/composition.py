"""What measures are made of: parts of a total, rates that combine into one, and what grows with what. Pure."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Split:
    """One way a measure is made of others."""

    whole: str
    name: str
    """Tells several ways of one whole apart; of a combined rate the name it has in answers."""
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Composition:
    """The splits of data/measure_parts.csv by relation, in the order of the table."""

    sums: tuple[Split, ...] = ()
    """Values of the parts add up to the whole; of several ways to split one, each is a sum of its own."""
    combined: tuple[Split, ...] = ()
    """Rates whose people together, over the whole's denominator, are the whole. Parts of one denominator are
    different people of it: together they cannot pass 100 %."""
    growing: tuple[Split, ...] = ()
    """Numbers that move in proportion to the people of the parts' rates."""

    def rate(self, name: str) -> str:
        """The id of the combined rate of a name. Raises KeyError where there is none."""
        return {split.name: split.whole for split in self.combined}[name]


NOTHING = Composition()
"""No measure is made of others."""


def composition(rows: Iterable[Mapping[str, Any]], known: Container[str]) -> Composition:
    """The splits of the typed rows of measure_parts, without those that name a measure nobody knows.

    A checked table names none. A package of a version before the table goes by the app's own, which may speak of
    measures the package does not have.
    """
    parts: dict[tuple[str, str, str], list[str]] = {}
    for row in rows:
        parts.setdefault((row["relation"], row["whole_id"], row["split"]), []).append(row["part_id"])
    found = [
        (relation, Split(whole, name, tuple(ids)))
        for (relation, whole, name), ids in parts.items()
        if all(i in known for i in (whole, *ids))
    ]
    by = {kind: tuple(split for relation, split in found if relation == kind) for kind in ("sum", "combine", "grow")}
    return Composition(by["sum"], by["combine"], by["grow"])
