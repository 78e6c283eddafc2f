"""The premium rate taken apart: what makes a branch's rate differ from the nation's and from the year before's. Pure.

rate = adjusted regional rate (before adjustment + age + income) + common rate + settlement of the year before last +
incentive + a remainder of rounding. All in percent, differences in percent points, arithmetic: more is above 0.
Figures are as printed; only the settlement of FY2020–2025 is derived (rate before the incentive − required rate).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, TypeAlias

from kenpo.catalog import NATIONAL

FIRST_PAPER = 2019
"""No paper takes the rates of earlier years apart."""
RATE_ONLY = 2019
"""激変緩和 still pulled the rates towards the nation's and there was no incentive: the parts do not make the rate."""
REMAINDER = Decimal("0.02")
"""How far rounded parts may miss the rate, percent points."""

Missing = Literal["no_paper", "incomplete"]
"""Why a rate is not taken apart: no paper of that year is at hand, or a part is missing in it."""
Name = Literal[
    "before_adjustment",
    "age_adjustment",
    "income_adjustment",
    "adjusted",
    "common",
    "settlement",
    "incentive",
    "average_rate",
    "remainder",
    "special_measure",
]
"""What a step of a waterfall is due to."""
Parts: TypeAlias = Mapping[str, Decimal]
Breakdowns: TypeAlias = Mapping[tuple[str, int], Parts]
"""Printed components by branch and fiscal year of the rate; the common rate stands with the nation's."""


@dataclass(frozen=True, slots=True)
class Apart:
    """A branch's rate of one fiscal year and what it is made of, percent; None where nothing is printed."""

    branch: str
    fiscal_year: int
    rate: Decimal
    """What the parts add up to."""
    before_adjustment: Decimal | None = None
    age_adjustment: Decimal | None = None
    """What the branch is relieved of (negative) for its age mix; not what it did. None for the nation."""
    income_adjustment: Decimal | None = None
    """The same for its income."""
    adjusted: Decimal | None = None
    common: Decimal | None = None
    """The same for all branches; printed, never by subtraction."""
    required: Decimal | None = None
    settlement: Decimal | None = None
    settlement_derived: bool = False
    """Computed from two printed rates instead of printed."""
    incentive: Decimal | None = None
    held_back_rate: Decimal | None = None
    """The rate that is paid, where the special measure (特例措置) holds it back."""

    @property
    def paid(self) -> Decimal:
        """The rate in force."""
        return self.rate if self.held_back_rate is None else self.held_back_rate

    @property
    def special_measure(self) -> Decimal:
        """What holding it back does to the rate, percent points."""
        return self.paid - self.rate

    @property
    def whole(self) -> bool:
        """Are there parts beside the rate?"""
        return self.adjusted is not None and self.common is not None

    @property
    def remainder(self) -> Decimal:
        """端数: the rate − its rounded parts; up to ±0.02. Zero for a rate without parts."""
        if not self.whole:
            return Decimal(0)
        return self.rate - sum(
            (_of(self, name) for name in ("adjusted", "common", "settlement", "incentive")), Decimal(0)
        )


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a waterfall, percent points; `start` and `end` in percent, where it begins and leads."""

    name: Name
    change: Decimal
    start: Decimal
    base: Decimal | None = None
    """The same part on the side it starts from; None where it has none."""
    own: Decimal | None = None

    @property
    def end(self) -> Decimal:
        """Where it leads."""
        return self.start + self.change


@dataclass(frozen=True, slots=True)
class Waterfall:
    """From one rate to another in steps that add up exactly; what rounding leaves is the remainder."""

    start: Decimal
    end: Decimal
    steps: tuple[Step, ...]

    @property
    def difference(self) -> Decimal:
        """The end − the start, percent points."""
        return self.end - self.start


def breakdowns(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, int], dict[str, Decimal]]:
    """Components by branch and year, from rows (branch_id, fiscal_year, component, value)."""
    found: dict[tuple[str, int], dict[str, Decimal]] = defaultdict(dict)
    for row in rows:
        found[row["branch_id"], row["fiscal_year"]][row["component"]] = row["value"]
    return dict(found)


def take_apart(printed: Breakdowns, branch: str, fiscal_year: int, paid: Decimal | None = None) -> Apart | Missing:
    """A rate taken apart, or why it cannot be; FY2019 gives its rate alone.

    `paid` is the rate in force, where it is known: one that differs from what the parts make is held back.
    """
    parts, nation = printed.get((branch, fiscal_year), {}), printed.get((NATIONAL, fiscal_year), {})
    if fiscal_year < FIRST_PAPER or not parts:
        return "no_paper"
    if "rate" not in parts:
        return "incomplete"
    held_back = None if paid is None or paid == parts["rate"] else paid
    if fiscal_year <= RATE_ONLY:
        return Apart(branch, fiscal_year, parts["rate"], held_back_rate=held_back)
    settlement, derived = _settlement(parts)
    needed = {"before_adjustment", "adjusted", "required"}
    if branch != NATIONAL:
        needed |= {"age_adjustment", "income_adjustment", "incentive"}
    if not needed <= set(parts) or "common" not in nation or (settlement is None and branch != NATIONAL):
        return "incomplete"
    return Apart(
        branch=branch,
        fiscal_year=fiscal_year,
        rate=parts["rate"],
        before_adjustment=parts["before_adjustment"],
        age_adjustment=parts.get("age_adjustment"),
        income_adjustment=parts.get("income_adjustment"),
        adjusted=parts["adjusted"],
        common=nation["common"],
        required=parts["required"],
        settlement=settlement,
        settlement_derived=derived,
        incentive=parts.get("incentive"),
        held_back_rate=held_back,
    )


def against_nation(own: Apart, nation: Apart) -> Waterfall | None:
    """From the nation's rate to the branch's of the same year; None where one of them has no parts.

    Medical cost before adjustment, both adjustments, settlement, incentive, remainder, and the special measure where
    the rate is held back. The first three together are the regional difference, adjusted − national adjusted.
    """
    if not (own.whole and nation.whole) or own.fiscal_year != nation.fiscal_year:
        return None
    names: tuple[Name, ...] = (
        "before_adjustment",
        "age_adjustment",
        "income_adjustment",
        "settlement",
        "incentive",
    )
    return _waterfall(nation, own, names)


def against_year_before(own: Apart, before: Apart) -> Waterfall | None:
    """From the rate paid a year before to this year's; None where one of them has no parts, as FY2019."""
    if not (own.whole and before.whole) or own.branch != before.branch or own.fiscal_year != before.fiscal_year + 1:
        return None
    return _waterfall(before, own, ("adjusted", "common", "settlement", "incentive"))


def official_parts(own: Apart, before: Apart, nation: Apart, nation_before: Apart) -> dict[Name, Decimal] | None:
    """The change since the year before under the official four names, percent points, the remainder beside them.

    地域差分 (`adjusted`: the change of adjusted − national adjusted), 精算分, インセンティブ分 and 平均料率差分, the
    change of the nation's rate. Rates are those before the special measure, as in the paper. None without the parts.
    """
    if not all(one.whole for one in (own, before, nation, nation_before)):
        return None
    regional = _of(own, "adjusted") - _of(nation, "adjusted"), _of(before, "adjusted") - _of(nation_before, "adjusted")
    found: dict[Name, Decimal] = {
        "adjusted": regional[0] - regional[1],
        "settlement": _of(own, "settlement") - _of(before, "settlement"),
        "incentive": _of(own, "incentive") - _of(before, "incentive"),
        "average_rate": nation.rate - nation_before.rate,
    }
    return found | {"remainder": own.rate - before.rate - sum(found.values(), Decimal(0))}


def regional_difference(own: Apart, nation: Apart) -> Decimal | None:
    """Adjusted regional rate − the nation's, percent points."""
    return _of(own, "adjusted") - _of(nation, "adjusted") if own.whole and nation.whole else None


def record(apart: Apart) -> dict[str, str | bool | None]:
    """One flat record, figures as printed, keys as the command line prints them."""
    names = ("before_adjustment", "age_adjustment", "income_adjustment", "adjusted", "required", "settlement")
    after = ("incentive", "rate", "held_back_rate")
    return {
        **{name: _text(getattr(apart, name)) for name in names},
        "settlement_derived": apart.settlement_derived,
        **{name: _text(getattr(apart, name)) for name in after},
    }


def _settlement(parts: Parts) -> tuple[Decimal | None, bool]:
    """Printed, else derived."""
    if "settlement" in parts:
        return parts["settlement"], False
    if {"rate_before_incentive", "required"} <= set(parts):
        return parts["rate_before_incentive"] - parts["required"], True
    return None, False


def _waterfall(base: Apart, own: Apart, names: Sequence[Name]) -> Waterfall:
    """The named parts' differences, what rounding leaves, and what a special measure on either side does."""
    steps: list[Step] = []
    at = base.paid
    for name in names:
        steps.append(Step(name, _of(own, name) - _of(base, name), at, getattr(base, name), getattr(own, name)))
        at = steps[-1].end
    special = own.special_measure - base.special_measure
    steps.append(Step("remainder", own.paid - special - at, at))
    if own.special_measure or base.special_measure:
        steps.append(Step("special_measure", special, steps[-1].end, base.special_measure, own.special_measure))
    return Waterfall(base.paid, own.paid, tuple(steps))


def _of(apart: Apart, name: str) -> Decimal:
    """A part; what is printed as a dash counts nothing."""
    value: Decimal | None = getattr(apart, name)
    return Decimal(0) if value is None else value


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
