"""People behind a rate: how many a target asks for, months left, and the noise of a rate."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Literal

from kenpo.catalog import Measure
from kenpo.judgement.figures import Book, Observation

MONTHS = 12
"""Months of a year the data has not begun."""

_Z95 = 1.959963984540054
_Z_SIGNIFICANT = 1.96


@dataclass(frozen=True, slots=True)
class People:
    """How many people a target asks for: `count` still to reach, or in all where `basis` is plan."""

    count: int
    basis: Literal["actual", "plan"]
    approximate: bool
    eligible: Observation
    performed: Observation | None


def people_in_all(target: Decimal, eligible: Decimal) -> int:
    """⌈T·n⌉ with T in percent; T·n is rounded to 6 decimals first (⌈0.07×100⌉ is 7)."""
    return int(_share(target, eligible).to_integral_value(ROUND_CEILING))


def people_allowed(target: Decimal, eligible: Decimal) -> int:
    """⌊T·n⌋: the most cases a target leaves where less is better."""
    return int(_share(target, eligible).to_integral_value(ROUND_FLOOR))


def people_needed(target: Decimal, performed: Decimal, eligible: Decimal, measure: Measure) -> int:
    """People still to be reached: max(0, ⌈T·n − x⌉); lower is better: max(0, x − ⌊T·n⌋)."""
    if measure.sign < 0:
        return max(0, int((performed - people_allowed(target, eligible)).to_integral_value(ROUND_CEILING)))
    return max(0, int((_share(target, eligible) - performed).to_integral_value(ROUND_CEILING)))


def _share(target: Decimal, eligible: Decimal) -> Decimal:
    return (target * eligible / 100).quantize(Decimal("0.000001"))


def months_left(
    fiscal_year: int, actual: Observation | None, *, closed: bool = False, document: str | None = None
) -> int | None:
    """Months of the year after the figure; of one without a month those after `document`, the as-of of its document.

    12 before the data begins; None for a final figure, a closed year, and an undated figure of a document that
    names no month at all.
    """
    as_of = document
    if actual is not None and actual.status == "provisional" and actual.as_of:
        as_of = actual.as_of
    elif closed or (actual is not None and actual.status != "undated"):
        return None
    if as_of is None:
        return MONTHS if actual is None else None
    year, month = (int(part) for part in as_of.split("-"))
    return (fiscal_year + 1) * 12 + 3 - (year * 12 + month)


def months_of(
    book: Book, branch: str, fiscal_year: int, actual: Observation | None, target: Observation | None
) -> int | None:
    """Months left for a target of that branch and year, as the document sees it that prints its actual or itself.

    A part-year figure of a document that prints finals of the same year leaves none: the year was over by then.
    """
    speaks = actual or target
    document = speaks.document if speaks else ""
    if book.closed_by(document, branch, fiscal_year):
        return None
    closed, as_of = book.closed(branch, fiscal_year), book.as_of(document, branch, fiscal_year)
    return months_left(fiscal_year, actual, closed=closed, document=as_of)


def wilson(performed: int, eligible: int) -> tuple[float, float]:
    """Wilson 95 % interval of a rate, in percent. Raises ValueError unless 0 ≤ x ≤ n and n > 0."""
    if eligible <= 0 or not 0 <= performed <= eligible:
        raise ValueError(f"no rate: {performed} of {eligible}")
    p, z2 = performed / eligible, _Z95**2
    middle = p + z2 / (2 * eligible)
    half = _Z95 * math.sqrt(p * (1 - p) / eligible + z2 / (4 * eligible**2))
    scale = 100 / (1 + z2 / eligible)
    return max(0.0, (middle - half) * scale), min(100.0, (middle + half) * scale)


def within_noise(x1: int, n1: int, x2: int, n2: int) -> bool:
    """|z| < 1.96 of two proportions (pooled): the difference is marked ≈. Never changes a verdict."""
    pooled = (x1 + x2) / (n1 + n2)
    spread = math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    if spread == 0:
        return True
    return abs(x1 / n1 - x2 / n2) / spread < _Z_SIGNIFICANT


@dataclass(frozen=True, slots=True)
class Counts:
    """Numerator x and denominator n of a printed rate, of the same status and month."""

    performed: Observation | None
    eligible: Observation | None

    @property
    def pair(self) -> tuple[int, int] | None:
        """X and n where both are printed and make a rate of at least one person."""
        x, n = self.performed, self.eligible
        if x is None or n is None or x.value is None or n.value is None or not 0 <= x.value <= n.value:
            return None
        return (int(x.value), int(n.value)) if n.value >= 1 else None


def counts_of(book: Book, measure: Measure, rate: Observation | None) -> Counts:
    """The counts printed behind an actual rate."""
    if rate is None or measure.numerator is None or measure.denominator is None:
        return Counts(None, None)
    x, n = (book.of(rate.branch, rate.fiscal_year, i, "actual") for i in (measure.numerator, measure.denominator))
    return Counts(_alike(x, rate), _alike(n, rate))


def _alike(figures: Sequence[Observation], rate: Observation) -> Observation | None:
    return next((o for o in figures if (o.status, o.as_of) == (rate.status, rate.as_of)), None)


def people_left(measure: Measure, actual: Observation, counts: Counts, wanted: Decimal) -> People | None:
    """People still to be reached, with x and n of that actual; None where no denominator is printed.

    Where only the rate is printed x = rate × n, marked approximate.
    """
    if counts.eligible is None or counts.eligible.value is None or actual.status in ("undated", "draft"):
        return None
    printed = counts.performed.value if counts.performed else None
    performed = actual.number * counts.eligible.value / 100 if printed is None else printed
    needed = people_needed(wanted, performed, counts.eligible.value, measure)
    return People(needed, "actual", printed is None, counts.eligible, counts.performed)


def people_of_plan(target: Decimal, eligible: Decimal, planned: Observation | None, rates: Iterable[Decimal]) -> int:
    """People a plan asks for in all: ⌈T·n⌉.

    While the target is a rate the plan was made for, its printed planned count stands (101,074, not 101,075).
    """
    if planned is not None and planned.value is not None and target in rates:
        return int(planned.value)
    return people_in_all(target, eligible)


def people_planned(measure: Measure, book: Book, branch: str, fiscal_year: int, *, wanted: Decimal) -> People | None:
    """People a plan asks for in all, with its planned eligible; None where none is printed."""
    if measure.numerator is None or measure.denominator is None:
        return None
    eligible = next(iter(book.of(branch, fiscal_year, measure.denominator, "plan")), None)
    if eligible is None or eligible.value is None:
        return None
    planned = next(iter(book.of(branch, fiscal_year, measure.numerator, "plan")), None)
    rates = plan_rates(book, branch, fiscal_year, measure.id)
    stands = planned if wanted in rates else None
    count = people_of_plan(wanted, eligible.value, stands, rates)
    return People(count, "plan", False, eligible, stands)


def plan_rates(book: Book, branch: str, fiscal_year: int, measure: str) -> frozenset[Decimal]:
    """The rates a planned count was printed for: the plan's own where printed apart, else the printed target."""
    rates = book.of(branch, fiscal_year, measure, "plan") or book.of(branch, fiscal_year, measure, "target")
    return frozenset(rate.value for rate in rates if rate.value is not None)
