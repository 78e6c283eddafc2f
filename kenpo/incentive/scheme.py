"""The rules of the incentive scheme: indicators, points, shares, winners. Pure.

A fiscal year of performance is rewarded in the premium rate two years later, its rate year. Two schemes are known: the
old one for FY2018–2021 and the present one from FY2022 on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Indicator = Literal["checkup", "guidance", "decrease", "visit", "generic"]
Share = Literal["rate", "rise", "growth"]
"""What an indicator's points are made of: its level, its rise in a year, the growth of the people behind it."""

INDICATORS: tuple[Indicator, ...] = ("checkup", "guidance", "decrease", "visit", "generic")
MEASURES: Mapping[str, Indicator] = {
    "incentive_checkup_rate": "checkup",
    "incentive_guidance_rate": "guidance",
    "incentive_guidance_decrease_rate": "decrease",
    "incentive_visit_rate": "visit",
    "incentive_visit_rate_treatment": "visit",
    "incentive_generic_rate": "generic",
}
"""The measure that holds an indicator's figures; two of them hold visits, on either side of the break."""

BRANCHES = 47
RATE_YEAR_AFTER = 2
"""A year's performance moves the premium rate so many years later."""
VISIT_REDEFINED = 2022
"""From this fiscal year on, visits count other people: no rise is taken across it."""
LOW, HIGH = Decimal(0), Decimal("99.9")
"""Percent an indicator may have: at 100 no room would be left to rise into."""
RANK_DOUBT = 2
"""Nine in ten computed ranks lie this near the official one."""
NEAR_BAR = 3
"""Points from the bar within which winning is open."""
_POINTS_PER_WEIGHT = 50
"""A deviation score's mean: an indicator of 50 points is worth its deviation score."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """How 47 branches are scored and how many of them win."""

    points: Mapping[Indicator, int]
    """What an indicator is worth to a branch at the mean."""
    shares: Mapping[Indicator, Mapping[Share, float]]
    """Of these points, how much rests on the rate, its rise and the growth of the people; they sum to 1."""
    winners: int
    """Ranks from 1 to this win."""

    @property
    def total(self) -> int:
        """The mean of the 47 total scores."""
        return sum(self.points.values())

    @property
    def bar_rank(self) -> int:
        """The rank whose score is the bar: the first that wins nothing."""
        return self.winners + 1

    def weight(self, indicator: Indicator, share: Share) -> float:
        """By how much a deviation score is multiplied before it is added to the total."""
        return self.points[indicator] / _POINTS_PER_WEIGHT * self.shares[indicator][share]


def _shares(rate: float, rise: float, growth: float) -> Mapping[Indicator, Mapping[Share, float]]:
    people: Mapping[Share, float] = {"rate": rate, "rise": rise, "growth": growth}
    half: Mapping[Share, float] = {"rate": 0.5, "rise": 0.5}
    return {"checkup": people, "guidance": people, "decrease": {"rate": 1.0}, "visit": half, "generic": half}


OLD = Scheme(
    points=dict.fromkeys(INDICATORS, 50),
    shares=_shares(0.60, 0.20, 0.20),
    winners=23,
)
"""FY2018–2021."""
PRESENT = Scheme(
    points={"checkup": 70, "guidance": 70, "decrease": 80, "visit": 50, "generic": 50},
    shares=_shares(0.50, 0.25, 0.25),
    winners=15,
)
"""FY2022 and later."""


def scheme_of(fiscal_year: int) -> Scheme:
    """The scheme a fiscal year's performance is scored by."""
    return OLD if fiscal_year < VISIT_REDEFINED else PRESENT


def rate_year_of(fiscal_year: int) -> int:
    """The fiscal year whose premium rate a year's performance moves."""
    return fiscal_year + RATE_YEAR_AFTER
