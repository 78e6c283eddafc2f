"""An effect on the rate in the money of one insured person. Pure."""

from __future__ import annotations

from dataclasses import dataclass

STANDARD_PAY = 300_000
"""Monthly standard remuneration, yen, unless the reader says another."""
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class PerInsured:
    """Yen of one insured person; employer and employee bear half each. Negative is saved. Not rounded."""

    month: float
    year: float

    @property
    def half_month(self) -> float:
        """What each of the two bears in a month."""
        return self.month / 2

    @property
    def half_year(self) -> float:
        """What each of the two bears in a year."""
        return self.year / 2


def per_insured(effect_points: float, monthly_pay: float = STANDARD_PAY) -> PerInsured:
    """Percent points of the rate × monthly standard remuneration ÷ 100; twelve months a year, bonuses left out.

    Raises ValueError for a pay below 0.
    """
    if monthly_pay < 0:
        raise ValueError(f"{monthly_pay}: no pay is below 0")
    month = effect_points * monthly_pay / 100
    return PerInsured(month, month * _MONTHS)
