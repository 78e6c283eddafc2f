"""What a target demands, whether a figure meets it, and by how much they differ."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenpo.catalog import Measure
from kenpo.judgement import Observation, Resolved, achievement, gap, meets, resolve_target, subtract
from kenpo.judgement.figures import Rule
from tests.builders import figure, measure

D = Decimal

HIGHER = measure()
LOWER = measure(direction="lower")
NEUTRAL = measure(direction="neutral")

RATES = st.decimals(0, 100, places=3)


# --- subtraction -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right", "difference"),
    [
        pytest.param("64.7", "67.5", "-2.8", id="not -2.799999"),
        pytest.param("71.57", "70.77", "0.80", id="the zero stays"),
        pytest.param("31.4", "22.9", "8.5", id="one decimal each"),
        pytest.param("51.7", "51.68", "0.02", id="the larger number of decimals"),
        pytest.param("100", "99.99", "0.01", id="a whole number carries none"),
        pytest.param("0.310", "0.31", "0.000", id="zero with three decimals"),
        pytest.param("438120", "424502", "13618", id="people"),
        pytest.param("0.3", "0.1", "0.2", id="binary floats would say 0.19999999999999998"),
        pytest.param("123456789012.000001", "0.000001", "123456789012.000000", id="as long as a number may be"),
    ],
)
def test_a_difference_is_exact_and_carries_the_larger_number_of_decimals(
    left: str, right: str, difference: str
) -> None:
    assert str(subtract(D(left), D(right))) == difference


# --- gap -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("direction", "actual", "target", "expected"),
    [
        ("higher", "64.7", "67.5", "-2.8"),
        ("higher", "35.6", "34.0", "1.6"),
        ("lower", "10.6", "15.0", "4.4"),
        ("lower", "10.6", "8.4", "-2.2"),
        ("lower", "6.21", "7", "0.79"),
        ("neutral", "19", "18", "1"),
    ],
)
def test_a_favourable_gap_is_positive_whatever_the_direction(
    direction: str, actual: str, target: str, expected: str
) -> None:
    assert str(gap(D(actual), D(target), measure(direction=direction))) == expected


@pytest.mark.parametrize("direction", ["higher", "lower", "neutral"])
def test_no_gap_has_no_sign(direction: str) -> None:
    assert str(gap(D("15.0"), D("15.0"), measure(direction=direction))) == "0.0"


@given(RATES, RATES, st.sampled_from([HIGHER, LOWER]))
def test_a_gap_is_antisymmetric(a: Decimal, b: Decimal, either: Measure) -> None:
    assert gap(a, b, either) == -gap(b, a, either)


@given(RATES, RATES, RATES)
def test_a_higher_actual_never_narrows_the_gap_where_higher_is_better(a: Decimal, b: Decimal, t: Decimal) -> None:
    low, high = sorted((a, b))
    assert gap(low, t, HIGHER) <= gap(high, t, HIGHER)


@given(RATES, RATES, RATES)
def test_a_higher_actual_never_widens_the_gap_where_lower_is_better(a: Decimal, b: Decimal, t: Decimal) -> None:
    low, high = sorted((a, b))
    assert gap(low, t, LOWER) >= gap(high, t, LOWER)


@given(RATES, RATES)
def test_a_gap_loses_no_digit(actual: Decimal, target: Decimal) -> None:
    assert gap(actual, target, HIGHER) + target == actual


# --- achievement rate ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("direction", "actual", "target", "expected"),
    [
        pytest.param("higher", "64.7", "67.5", "95.9", id="actual by target"),
        pytest.param("higher", "35.6", "34.0", "104.7", id="above 100"),
        pytest.param("higher", "0", "67.5", "0.0", id="nothing reached"),
        pytest.param("lower", "10.6", "15.0", "141.5", id="lower is better: target by actual"),
        pytest.param("lower", "20.0", "15.0", "75.0", id="lower is better: too high"),
        pytest.param("lower", "5.0", "0", "0.0", id="lower is better: a target of zero"),
        # 81.25 and 6.25 are exact: half goes up, not to the even digit.
        pytest.param("higher", "65.0", "80.0", "81.3", id="half up"),
        pytest.param("higher", "1", "16", "6.3", id="half up from an even digit"),
        pytest.param("lower", "16", "1", "6.3", id="lower is better: half up"),
        pytest.param("higher", "66.75", "100", "66.8", id="half up from an odd digit"),
        pytest.param("higher", "99.99", "100", "99.99", id="missed by a hair is not 100.0"),
        pytest.param("higher", "20490", "20494", "99.98", id="four of 20,494 workplaces short"),
        pytest.param("higher", "20480", "20494", "99.9", id="fourteen short"),
        pytest.param("higher", "100.01", "100", "100.01", id="met by a hair"),
        pytest.param("higher", "67.50", "67.5", "100.0", id="exactly met"),
        # 15.00 / 15.01 = 0.99933; 15.001 / 15.00 would read 100.0.
        pytest.param("lower", "15.01", "15.00", "99.9", id="lower is better: missed"),
        pytest.param("lower", "15.001", "15.000", "99.99", id="lower is better: missed by a hair"),
    ],
)
def test_achievement_rate(direction: str, actual: str, target: str, expected: str) -> None:
    assert str(achievement(D(actual), D(target), measure(direction=direction))) == expected


@pytest.mark.parametrize(
    ("direction", "actual", "target"),
    [
        pytest.param("lower", "0", "15.0", id="lower is better: actual 0"),
        pytest.param("lower", "0.0", "0.0", id="lower is better: both 0"),
        pytest.param("higher", "5.0", "0", id="higher is better: target 0"),
        pytest.param("higher", "-150", "-100", id="two negatives would read 150 %"),
        pytest.param("higher", "-1", "100", id="a negative actual"),
        pytest.param("lower", "5", "-5", id="lower is better: a negative target"),
    ],
)
def test_achievement_rate_is_blank_where_a_ratio_says_nothing(direction: str, actual: str, target: str) -> None:
    assert achievement(D(actual), D(target), measure(direction=direction)) is None


@given(st.decimals("0.001", 100, places=3), st.decimals("0.001", 100, places=3), st.sampled_from([HIGHER, LOWER]))
def test_an_achievement_rate_reads_100_or_more_exactly_where_the_target_is_met(
    actual: Decimal, target: Decimal, either: Measure
) -> None:
    found = achievement(actual, target, either)
    assert found is not None
    assert (found >= 100) == meets(actual, target, "at_least" if either is HIGHER else "at_most", either)
    assert (found == 100) == (actual == target)


# --- met -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "direction", "actual", "target", "met"),
    [
        pytest.param("at_least", "higher", "67.5", "67.5", True, id="以上 at T"),
        pytest.param("at_least", "higher", "67.4", "67.5", False, id="以上 below T"),
        pytest.param("at_least", "higher", "67.50", "67.5", True, id="以上 at T in more decimals"),
        pytest.param("at_most", "lower", "15.0", "15.0", True, id="以下 at T"),
        pytest.param("at_most", "lower", "15.1", "15.0", False, id="以下 above T"),
        pytest.param("at_most", "lower", "0", "15.0", True, id="以下 at zero"),
        pytest.param("equal", "higher", "100", "100", True, id="とする at T"),
        pytest.param("equal", "higher", "99.99", "100", False, id="とする just below"),
        pytest.param("equal", "higher", "80.1", "80", True, id="とする better, higher is better"),
        pytest.param("equal", "lower", "6.9", "7", True, id="とする better, lower is better"),
        pytest.param("equal", "lower", "7.1", "7", False, id="とする worse, lower is better"),
        pytest.param("equal", "neutral", "7", "7.0", True, id="とする neutral, exact"),
        pytest.param("equal", "neutral", "7.1", "7", False, id="とする neutral, above"),
        pytest.param("equal", "neutral", "6.9", "7", False, id="とする neutral, below"),
        pytest.param("at_least_previous_year", "higher", "34.0", "34.0", True, id="前年度以上 at last year"),
        pytest.param("at_least_previous_year", "higher", "33.9", "34.0", False, id="前年度以上 below"),
        pytest.param("at_most_previous_year", "lower", "1.08", "1.08", True, id="前年度以下 at last year"),
        pytest.param("at_most_previous_year", "lower", "1.09", "1.08", False, id="前年度以下 above"),
    ],
)
def test_when_a_target_is_met(rule: Rule, direction: str, actual: str, target: str, *, met: bool) -> None:
    assert meets(D(actual), D(target), rule, measure(direction=direction)) is met


def test_no_figure_can_meet_a_qualitative_target() -> None:
    with pytest.raises(ValueError, match="a_rate"):
        meets(D("1"), D("1"), "qualitative", HIGHER)


@given(RATES, RATES)
def test_a_target_in_the_favourable_direction_is_met_exactly_where_the_gap_is_not_negative(
    actual: Decimal, target: Decimal
) -> None:
    assert meets(actual, target, "at_least", HIGHER) == (gap(actual, target, HIGHER) >= 0)
    assert meets(actual, target, "at_most", LOWER) == (gap(actual, target, LOWER) >= 0)


# --- resolving -------------------------------------------------------------------------------------

LAST_YEAR = figure("34.0", fiscal_year=2023)


def test_a_printed_number_stands() -> None:
    assert resolve_target(figure("67.5", rule="at_least"), [LAST_YEAR]) == Resolved(D("67.5"))


def test_a_number_printed_in_a_relative_target_stands_even_where_last_years_final_differs() -> None:
    target = figure("70.77", rule="at_least_previous_year")
    assert resolve_target(target, [figure("71.57", fiscal_year=2023)]) == Resolved(D("70.77"))


@pytest.mark.parametrize("rule", ["at_least_previous_year", "at_most_previous_year"])
def test_a_relative_target_without_a_number_takes_last_years_final(rule: str) -> None:
    assert resolve_target(figure(None, rule=rule), [LAST_YEAR]) == Resolved(D("34.0"), LAST_YEAR)


def test_the_final_is_taken_though_other_figures_stand_before_it() -> None:
    september = figure("20.0", fiscal_year=2023, as_of="2023-09")
    found = resolve_target(figure(None, rule="at_least_previous_year"), [september, LAST_YEAR])
    assert found == Resolved(D("34.0"), LAST_YEAR)


@pytest.mark.parametrize(
    "last_year",
    [
        pytest.param([], id="unknown"),
        pytest.param([figure("34.0", fiscal_year=2023, as_of="2023-11")], id="only provisional"),
        pytest.param([figure("34.0", fiscal_year=2023, status="undated")], id="only undated"),
        pytest.param([figure("34.0", fiscal_year=2023, status="draft")], id="only draft"),
        pytest.param(
            [figure("34.0", fiscal_year=2023, exclusion="other_denominator")], id="only on another denominator"
        ),
    ],
)
def test_nothing_is_resolved_from_anything_but_a_final(last_year: list[Observation]) -> None:
    assert resolve_target(figure(None, rule="at_least_previous_year"), last_year) == Resolved(None)


def test_a_final_on_another_denominator_is_passed_over_for_one_on_the_same() -> None:
    excluded = figure("40.0", fiscal_year=2023, exclusion="other_denominator")
    found = resolve_target(figure(None, rule="at_least_previous_year"), [excluded, LAST_YEAR])
    assert found == Resolved(D("34.0"), LAST_YEAR)


def test_a_qualitative_target_resolves_to_nothing_even_with_last_years_final() -> None:
    assert resolve_target(figure(None, rule="qualitative"), [LAST_YEAR]) == Resolved(None)
