"""What a target demands and whether a figure meets it; differences in the decimals printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kenpo.catalog import Measure
from kenpo.judgement.figures import RELATIVE, Observation, Rule, decimals
from kenpo.judgement.rounding import beside, percent_of

_WHOLE = Decimal(100)


def subtract(left: Decimal, right: Decimal) -> Decimal:
    """Left − right with the larger of the two numbers of decimals (64.7 − 67.5 is −2.8)."""
    places = max(decimals(left), decimals(right))
    return (left - right).quantize(Decimal(1).scaleb(-places))


def gap(actual: Decimal, target: Decimal, measure: Measure) -> Decimal:
    """s·(actual − target): positive is favourable; points for percent, the unit otherwise."""
    difference = subtract(actual, target)
    return -difference if measure.sign < 0 else difference


def achievement(actual: Decimal, target: Decimal, measure: Measure) -> Decimal | None:
    """Achievement rate 達成率 in percent: actual/T, lower is better T/actual.

    One decimal, more where that reads as 100 without being it: 99.99 of 100 is 99.99 %.
    None where the divisor is zero, and where one of the two is negative: such a ratio says nothing.
    """
    over, under = (target, actual) if measure.sign < 0 else (actual, target)
    if under <= 0 or over < 0:
        return None
    return beside(percent_of(over, under), _WHOLE)


def meets(actual: Decimal, target: Decimal, rule: Rule, measure: Measure) -> bool:
    """Is the target met? `equal` is met at T or better; neutral measures must hit T exactly.

    Raises ValueError for a qualitative target, which no figure can meet.
    """
    if rule == "qualitative":
        raise ValueError(f"{measure.id}: a qualitative target has no figure to meet")
    if rule == "equal":
        if measure.direction == "neutral":
            return actual == target
        return actual >= target if measure.sign > 0 else actual <= target
    return actual >= target if rule.startswith("at_least") else actual <= target


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a target demands: a value, and where it comes from."""

    value: Decimal | None
    base: Observation | None = None
    """Last year's actual the value was taken from, where none is printed in the target."""


def resolve_target(target: Observation, last_year: Sequence[Observation]) -> Resolved:
    """The number a target stands for.

    A printed number stands. A relative target without one takes last year's final actual of the same
    branch and definition; where that is not on record nothing is resolved (前年度以上 stays).
    """
    if target.value is not None or target.rule not in RELATIVE:
        return Resolved(target.value)
    base = next((o for o in last_year if o.status == "final" and o.value is not None and not o.exclusion), None)
    return Resolved(base.value if base else None, base)
