"""Rounding for the eye that never tells another story than the exact figure: it keeps its side of a bound. Pure.

99.99 % of a target is not 100.0 %, and 14.96 % beside a target of 15.0 % is not 15.0 %: such a figure gets the
decimal that tells the two apart, and no more than that.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

_DIGITS = 60
"""A quotient is as exact as that: figures of the package have up to 18 digits, so no two shares fall together."""
_WIDE = 200
"""Digits a rounded figure may have: none is too long to be written."""


def percent_of(part: Decimal, whole: Decimal) -> Decimal:
    """Part over whole in percent, not rounded for the eye. Raises ZeroDivisionError for a whole of zero."""
    exact = Context(prec=_DIGITS)
    return exact.multiply(exact.divide(part, whole), Decimal(100))


def rounded(value: Decimal, places: int, how: str = ROUND_HALF_UP) -> Decimal:
    """A value in so many decimals, half up unless said otherwise; of any length."""
    return value.quantize(Decimal(1).scaleb(-places), how, Context(prec=_WIDE))


def beside(value: Decimal, *bounds: Decimal | None, places: int = 1) -> Decimal:
    """A value rounded beside bounds: never onto one it does not meet, never off one it meets, never across one.

    As few decimals as that takes, `places` at least. A bound of None is none.
    """
    known = [bound for bound in bounds if bound is not None]
    shown = rounded(value, places)
    # Ends where the value has no more decimals: it stands as it is then.
    while any(_side(shown, bound) != _side(value, bound) for bound in known):
        places += 1
        shown = rounded(value, places)
    return shown


def apart(one: Decimal, other: Decimal, *bounds: Decimal | None, places: int = 1) -> tuple[Decimal, Decimal]:
    """Two values beside each other, and both beside bounds: they look alike only where they are alike.

    As few decimals as that takes, `places` at least.
    """
    pair = beside(one, *bounds, places=places), beside(other, *bounds, places=places)
    while _side(*pair) != _side(one, other):
        places += 1
        pair = beside(one, *bounds, places=places), beside(other, *bounds, places=places)
    return pair


def _side(value: Decimal, bound: Decimal) -> int:
    """Below −1, on it 0, above 1."""
    return (value > bound) - (value < bound)
