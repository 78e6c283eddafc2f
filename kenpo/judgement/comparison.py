"""May two figures be set against each other, by how much do they differ, and who is ahead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from kenpo.catalog import NATIONAL, Measure
from kenpo.judgement.figures import Book, Observation, Status
from kenpo.judgement.people import counts_of, within_noise
from kenpo.judgement.targets import gap

Reason = Literal[
    "no_own",
    "no_base",
    "undated",
    "draft",
    "part_year",
    "no_common_date",
    "counts",
    "text",
    "other_denominator",
    "other_definition",
    "alone",
    "bound",
    "itself",
]
"""Why two figures may not be set against each other."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A favourable-positive difference of two comparable figures, or the reason there is none."""

    value: Decimal | None = None
    own: Observation | None = None
    base: Observation | None = None
    reason: Reason | None = None
    noise: bool | None = None
    """|z| < 1.96 of the two rates, where the counts of both are printed: the difference is marked ≈."""


NO_DIFFERENCE = Difference()
"""Nothing was compared."""

MIN_RANKED = 2
"""Fewer branches make no rank."""


def difference(own: Sequence[Observation], base: Sequence[Observation], measure: Measure) -> Difference:
    """Own figure against a base of the same measure: another year, the nation, another branch.

    Only final with final, or provisional with provisional of the same calendar month; where several
    months are printed, the latest both have. Undated figures are never subtracted.
    """
    if measure.unit == "text":
        return Difference(reason="text")
    if not own or not base:
        return Difference(reason="no_base" if own else "no_own")
    theirs = {date: o for o in reversed(base) if (date := _date(o)) is not None}
    for figure in own:
        date = _date(figure)
        if date is not None and date in theirs:
            other = theirs[date]
            return Difference(gap(figure.number, other.number, measure), figure, other)
    return Difference(reason=_why_not(own, base))


def difference_to_national(own: Sequence[Observation], nation: Sequence[Observation], measure: Measure) -> Difference:
    """Own figure against the nation's; counts are not compared across sizes (domain, rule 7)."""
    if measure.unit != "text" and not measure.across_branches:
        return Difference(reason="counts")
    return difference(own, nation, measure)


def with_noise(found: Difference, book: Book, measure: Measure) -> Difference:
    """The difference, marked where it lies within the noise of the two rates."""
    if found.own is None or found.base is None:
        return found
    own, base = counts_of(book, measure, found.own).pair, counts_of(book, measure, found.base).pair
    return replace(found, noise=within_noise(*own, *base)) if own and base else found


def _date(figure: Observation) -> tuple[Status, int | None] | None:
    """What must be alike in two figures: the status and the calendar month. None: never compared."""
    if figure.value is None or figure.exclusion or figure.status in ("undated", "draft"):
        return None
    return figure.status, figure.month


def _why_not(own: Sequence[Observation], base: Sequence[Observation]) -> Reason:
    unsettled: tuple[Literal["undated", "draft"], ...] = ("undated", "draft")
    for side in (own, base):
        for status in unsettled:
            if all(o.status == status for o in side):
                return status
    return next((o.exclusion for o in (*own, *base) if o.exclusion), "no_common_date")


@dataclass(frozen=True, slots=True)
class Ranking:
    """Places of the branches that can be ranked, and why each of the others cannot."""

    places: Mapping[str, int]
    left_out: Mapping[str, Reason]
    figures: Mapping[str, Observation] = field(default_factory=dict)
    """The figure each place rests on: of one status and as-of, not always the latest of a branch."""

    @property
    def size(self) -> int:
        """How many branches are ranked."""
        return len(self.places)


def places(values: Mapping[str, Decimal], measure: Measure) -> dict[str, int]:
    """Rank = 1 + number strictly better; ties share a rank."""
    better = {branch: -value * measure.sign for branch, value in values.items()}
    return {branch: 1 + sum(other < own for other in better.values()) for branch, own in better.items()}


def rank(figures: Mapping[str, Sequence[Observation]], measure: Measure) -> Ranking:
    """Ranks the branches of one measure, fiscal year and kind on one status and as-of.

    The date most branches share is taken, a final year before a month, a later month before an earlier;
    the nation takes no place. Fewer than two branches make no rank. Drafts rank among targets and plans.
    """
    branches = {branch: found for branch, found in figures.items() if branch != NATIONAL}
    if measure.unit == "text" or not measure.across_branches:
        reason: Reason = "text" if measure.unit == "text" else "counts"
        return Ranking({}, dict.fromkeys(branches, reason))
    dated: dict[tuple[bool, int, int], dict[str, Observation]] = defaultdict(dict)
    for branch, found in branches.items():
        for figure in found:
            date = _rank_date(figure)
            if date is not None and figure.value is not None:
                dated[date].setdefault(branch, figure)
    chosen = max(dated.items(), key=lambda item: (len(item[1]), item[0]), default=((True, 0, 0), {}))[1]
    left_out = {b: _left_out(found) for b, found in branches.items() if b not in chosen}
    if len(chosen) < MIN_RANKED:
        alone: dict[str, Reason] = dict.fromkeys(chosen, "alone")
        return Ranking({}, left_out | alone)
    return Ranking(places({b: figure.number for b, figure in chosen.items()}, measure), left_out, chosen)


def _rank_date(figure: Observation) -> tuple[bool, int, int] | None:
    """What must be alike to be ranked: the as-of and, for actuals, the status. None: never ranked.

    A branch known only as the highest or lowest of 47 is a mark on the range, not a rank.
    """
    if figure.exclusion or figure.bound or figure.status == "undated":
        return None
    year, month = (figure.as_of or "0-0").split("-")
    settled = 0 if figure.kind == "actual" and figure.status == "draft" else 1
    return figure.as_of is None, int(year) * 12 + int(month), settled


def _left_out(found: Sequence[Observation]) -> Reason:
    if not found or all(o.value is None for o in found):
        return "no_own"
    if all(o.bound for o in found):
        return "bound"
    return _why_not(found, found)
