"""Rounding beside a target: values worked by hand, and what holds of every figure."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenpo.judgement import apart, beside, decimals, percent_of, rounded

D = Decimal

EXACT = st.decimals(-1_000_000, 1_000_000, places=9)
NEAR = st.builds(lambda bound, off: (bound, bound + off), st.decimals(0, 100, places=3), st.decimals(-1, 1, places=9))
"""A bound as printed and a figure close to it, where rounding could take one for the other."""


def side(value: Decimal, bound: Decimal) -> int:
    return (value > bound) - (value < bound)


@pytest.mark.parametrize(
    ("value", "bound", "shown"),
    [
        pytest.param("99.99", "100", "99.99", id="not onto the bound from below"),
        pytest.param("99.95", "100", "99.95", id="half of the last decimal"),
        pytest.param("99.94", "100", "99.9", id="one decimal is enough"),
        pytest.param("99.9996", "100", "99.9996", id="as many decimals as it takes"),
        pytest.param("99.99961", "100", "99.9996", id="and no more"),
        pytest.param("100.04", "100", "100.04", id="not onto the bound from above"),
        pytest.param("100.06", "100", "100.1", id="above with one decimal"),
        pytest.param("100", "100", "100.0", id="on the bound"),
        pytest.param("67.46", "67.5", "67.46", id="a target with one decimal"),
        pytest.param("67.47", "67.48", "67.47", id="not across a target with two decimals"),
        pytest.param("67.48", "67.48", "67.48", id="not off a target that is met exactly"),
        pytest.param("67.42", "67.48", "67.4", id="on its side with one decimal"),
        pytest.param("-0.04", "0", "-0.04", id="not onto zero"),
        pytest.param("0.0", "0", "0.0", id="zero"),
        pytest.param("64.75", None, "64.8", id="no bound, half up"),
    ],
)
def test_a_figure_keeps_the_decimal_that_tells_it_from_its_bound(value: str, bound: str | None, shown: str) -> None:
    assert str(beside(D(value), None if bound is None else D(bound))) == shown


def test_a_figure_keeps_its_side_of_every_bound() -> None:
    # 0.433 is more than 0 and more than 0.4; 0.03 less than 0.4 and more than 0.
    assert str(beside(D("0.433"), D(0), D("0.4"))) == "0.43"
    assert str(beside(D("0.03"), D(0), D("0.4"))) == "0.03"
    assert str(beside(D("0.433"), None, D("0.5"), places=2)) == "0.43"


@given(NEAR)
def test_a_figure_reads_as_its_bound_only_where_it_meets_it(pair: tuple[Decimal, Decimal]) -> None:
    bound, value = pair
    assert (beside(value, bound) == bound) == (value == bound)
    assert side(beside(value, bound), bound) == side(value, bound)


@given(EXACT, EXACT, st.integers(0, 4))
def test_a_figure_is_rounded_half_up_to_the_fewest_decimals_that_keep_its_side(
    value: Decimal, bound: Decimal, places: int
) -> None:
    shown = beside(value, bound, places=places)
    used = decimals(shown)
    assert used >= places
    assert shown == rounded(value, used)
    assert all(side(rounded(value, fewer), bound) != side(value, bound) for fewer in range(places, used))


@given(st.decimals(0, 100, places=3), EXACT, EXACT)
def test_a_larger_figure_never_reads_as_less(bound: Decimal, one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    assert beside(low, bound) <= beside(high, bound)


@given(st.decimals(0, 100, places=3), st.decimals(-1, 1, places=6), st.decimals(-1, 1, places=6))
def test_nor_does_it_close_to_the_bound(bound: Decimal, one: Decimal, other: Decimal) -> None:
    low, high = sorted((bound + one, bound + other))
    assert beside(low, bound) <= beside(high, bound)


@given(EXACT, EXACT)
def test_far_from_its_bound_a_figure_has_the_decimals_asked_for(value: Decimal, bound: Decimal) -> None:
    if abs(value - bound) > D("0.1"):
        assert beside(value, bound) == rounded(value, 1)


@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        ("63.565", "65.154", ("63.6", "65.2")),
        # The third decimal alone tells these apart.
        ("63.565", "63.569", ("63.565", "63.569")),
        ("63.565", "63.565", ("63.6", "63.6")),
        ("63.56", "63.62", ("63.56", "63.62")),
    ],
)
def test_two_figures_look_alike_only_where_they_are(one: str, other: str, shown: tuple[str, str]) -> None:
    assert tuple(str(value) for value in apart(D(one), D(other))) == shown


@given(NEAR, EXACT)
def test_two_figures_keep_their_order_and_their_side(pair: tuple[Decimal, Decimal], bound: Decimal) -> None:
    one, other = apart(*pair, bound)
    assert side(one, other) == side(*pair)
    assert (side(one, bound), side(other, bound)) == (side(pair[0], bound), side(pair[1], bound))


def test_a_share_is_exact_to_more_digits_than_any_figure_has() -> None:
    # 999,999,999,999 of 1,000,000,000,000 people.
    assert percent_of(D(10) ** 12 - 1, D(10) ** 12) == D("99.9999999999")
    assert str(beside(percent_of(D(10) ** 18 - 1, D(10) ** 18), D(100))) == "99.9999999999999999"
    assert str(beside(percent_of(D(2), D(3)), D(100))) == "66.7"


def test_no_figure_is_too_long_to_be_rounded() -> None:
    assert rounded(D("1E+40"), 1) == D("1E+40")
    assert str(rounded(D("123456789012345678901234567890.15"), 1)) == "123456789012345678901234567890.2"
