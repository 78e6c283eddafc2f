"""People behind a rate: needed, planned, months left, intervals and noise."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenpo.judgement import (
    Counts,
    Observation,
    Reached,
    counts_of,
    months_left,
    months_of,
    people_in_all,
    people_left,
    people_needed,
    people_planned,
    wilson,
    within_noise,
)
from tests.builders import book, figure, measure

D = Decimal

HIGHER = measure(numerator="done", denominator="eligible")
LOWER = measure(numerator="done", denominator="eligible", direction="lower")
WITHOUT_COUNTS = measure()

PERCENT = st.decimals(0, 100, places=1)
HEADS = st.integers(0, 1_000_000)


def done(value: str, **said: object) -> Observation:
    return figure(value, measure="done", **said)


def eligible(value: str, **said: object) -> Observation:
    return figure(value, measure="eligible", **said)


# --- people needed ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "performed", "of", "people"),
    [
        pytest.param("67.5", "283564", "438120", 12167, id="Shizuoka R6 checkups"),
        pytest.param("67.5", "295731", "438120", 0, id="exactly reached"),
        pytest.param("67.5", "295730", "438120", 1, id="one missing"),
        pytest.param("67.5", "300000", "438120", 0, id="achieved gives 0, not a negative number"),
        pytest.param("7", "0", "100", 7, id="binary floats would say 8"),
        pytest.param("29", "0", "100", 29, id="binary floats would say 28.999999999999996"),
        pytest.param("50.1", "0", "3", 2, id="a part of a person counts as one"),
        pytest.param("35.6", "10130", "28495", 15, id="Shizuoka R6: the rounded 35.6 is a little above 10130 of 28495"),
        pytest.param("100", "0", "0", 0, id="nobody is eligible"),
        pytest.param("0", "0", "438120", 0, id="a target of zero"),
    ],
)
def test_people_needed_where_higher_is_better(target: str, performed: str, of: str, people: int) -> None:
    assert people_needed(D(target), D(performed), D(of), HIGHER) == people


@pytest.mark.parametrize(
    ("target", "performed", "of", "people"),
    [
        pytest.param("15.0", "2", "19", 0, id="Shizuoka R6 bids: 2 of the 2.85 allowed"),
        pytest.param("10.0", "2", "19", 1, id="1.9 allowed is 1 allowed"),
        pytest.param("5.0", "2", "19", 2, id="less than one allowed is none allowed"),
        pytest.param("0", "2", "19", 2, id="none allowed"),
        pytest.param("7", "8", "100", 1, id="7 % of 100 allows 7"),
        pytest.param("29", "29", "100", 0, id="binary floats would allow 28"),
        pytest.param("15.0", "0", "0", 0, id="no cases at all"),
    ],
)
def test_people_too_many_where_lower_is_better(target: str, performed: str, of: str, people: int) -> None:
    assert people_needed(D(target), D(performed), D(of), LOWER) == people


@pytest.mark.parametrize(
    ("target", "of", "people"),
    [
        pytest.param("58.0", "174266", 101075, id="Yamaguchi R6: 101074.28"),
        pytest.param("7", "100", 7, id="binary floats would say 8"),
        pytest.param("67.5", "424502", 286539, id="Shizuoka R6: 286538.85"),
        pytest.param("0.1", "1", 1, id="a part of a person counts as one"),
        pytest.param("67.5", "0", 0, id="nobody is eligible"),
        pytest.param("33.3333333", "3", 1, id="what lies beyond six decimals is rounded away"),
    ],
)
def test_people_a_rate_asks_for_in_all(target: str, of: str, people: int) -> None:
    assert people_in_all(D(target), D(of)) == people


@given(PERCENT, PERCENT, HEADS, HEADS)
def test_a_more_ambitious_target_never_needs_fewer_people(a: Decimal, b: Decimal, x: int, n: int) -> None:
    low, high = sorted((a, b))
    assert people_needed(low, D(x), D(n), HIGHER) <= people_needed(high, D(x), D(n), HIGHER)
    assert people_needed(high, D(x), D(n), LOWER) <= people_needed(low, D(x), D(n), LOWER)


@given(PERCENT, HEADS, HEADS)
def test_the_people_needed_reach_the_target_and_one_fewer_does_not(target: Decimal, x: int, n: int) -> None:
    asked = Fraction(target) * n / 100
    needed = people_needed(target, D(x), D(n), HIGHER)
    assert x + needed >= asked
    assert needed == 0 or x + needed - 1 < asked


@given(PERCENT, HEADS, HEADS)
def test_that_many_fewer_are_allowed_and_one_more_is_not(target: Decimal, x: int, n: int) -> None:
    allowed = Fraction(target) * n / 100
    too_many = people_needed(target, D(x), D(n), LOWER)
    assert too_many == 0 or x - too_many <= allowed < x - too_many + 1
    assert too_many > 0 or x <= allowed


# --- people left beside an actual ------------------------------------------------------------------


def test_people_left_come_from_the_printed_counts() -> None:
    counts = Counts(done("283564"), eligible("438120"))
    found = people_left(HIGHER, figure("64.7"), counts, D("67.5"))
    assert found is not None
    assert (found.count, found.basis, found.approximate) == (12167, "actual", False)
    assert (found.performed, found.eligible) == (counts.performed, counts.eligible)


def test_where_only_the_rate_is_printed_people_are_approximate() -> None:
    # 67.5 % of 438120 is 295731; 64.7 % of 438120 is 283463.64.
    found = people_left(HIGHER, figure("64.7"), Counts(None, eligible("438120")), D("67.5"))
    assert found is not None
    assert (found.count, found.approximate, found.performed) == (12268, True, None)


def test_people_left_of_a_target_already_met_are_zero() -> None:
    found = people_left(LOWER, figure("10.6"), Counts(done("2"), eligible("19")), D("15.0"))
    assert found is not None
    assert found.count == 0


def test_without_a_printed_denominator_nobody_is_counted() -> None:
    assert people_left(HIGHER, figure("64.7"), Counts(done("283564"), None), D("67.5")) is None


@pytest.mark.parametrize("status", ["undated", "draft"])
def test_people_are_not_counted_from_an_actual_that_is_not_sure(status: str) -> None:
    counts = Counts(done("2", status=status), eligible("19", status=status))
    assert people_left(HIGHER, figure("10.6", status=status), counts, D("15.0")) is None


# --- people a plan asks for ------------------------------------------------------------------------

PLANNED = (
    eligible("174266", kind="plan"),
    done("101074", kind="plan"),
    figure("58.0", kind="plan"),
)


def planned(wanted: str, *figures: Observation) -> tuple[int, bool] | None:
    found = people_planned(HIGHER, book(*figures), "yamaguchi", 2024, wanted=D(wanted))
    return None if found is None else (found.count, found.performed is not None)


def test_the_printed_planned_count_stands_while_the_target_is_the_plans_own_rate() -> None:
    assert planned("58.0", *PLANNED) == (101074, True)


def test_a_changed_target_is_computed_from_the_planned_eligible() -> None:
    # 58.5 % of 174266 is 101945.61.
    assert planned("58.5", *PLANNED) == (101946, False)


def test_without_a_printed_planned_count_the_formula_speaks() -> None:
    eligible_, _, rate = PLANNED
    assert planned("58.0", eligible_, rate) == (101075, False)


def test_without_a_printed_planned_rate_the_formula_speaks() -> None:
    eligible_, count, _ = PLANNED
    assert planned("58.0", eligible_, count) == (101075, False)


def test_the_plans_rate_is_the_same_in_more_decimals() -> None:
    assert planned("58.00", *PLANNED) == (101074, True)


@pytest.mark.parametrize(
    "figures",
    [
        pytest.param((), id="nothing planned"),
        pytest.param(PLANNED[1:], id="no planned eligible"),
        pytest.param((eligible("174266"), *PLANNED[1:]), id="eligible of the result, not of the plan"),
        pytest.param((eligible("174266", kind="plan", fiscal_year=2023), *PLANNED[1:]), id="eligible of another year"),
    ],
)
def test_nothing_is_planned_without_the_planned_eligible(figures: tuple[Observation, ...]) -> None:
    assert planned("58.0", *figures) is None


def test_a_measure_without_numerator_and_denominator_plans_nobody() -> None:
    assert people_planned(WITHOUT_COUNTS, book(*PLANNED), "yamaguchi", 2024, wanted=D("58.0")) is None


@pytest.mark.parametrize("wanted", ["58.0", "58.5"], ids=["as printed", "computed"])
def test_planned_people_are_a_plan_and_exact(wanted: str) -> None:
    found = people_planned(HIGHER, book(*PLANNED), "yamaguchi", 2024, wanted=D(wanted))
    assert found is not None
    assert (found.basis, found.approximate, found.eligible) == ("plan", False, PLANNED[0])


# --- months left -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "months"),
    [("2023-04", 11), ("2023-09", 6), ("2023-12", 3), ("2024-01", 2), ("2024-03", 0)],
)
def test_months_left_are_those_after_the_figure(as_of: str, months: int) -> None:
    assert months_left(2023, figure(fiscal_year=2023, as_of=as_of)) == months


def test_twelve_months_are_left_before_the_data_begins() -> None:
    assert months_left(2025, None) == 12


def test_no_months_are_left_of_a_closed_year_without_any_actual() -> None:
    assert months_left(2021, None, closed=True) is None


def test_a_month_inside_a_year_since_closed_counts_as_of_that_month() -> None:
    # What was still to be done in September stays what it was.
    assert months_left(2023, figure(fiscal_year=2023, as_of="2023-09"), closed=True) == 6


@pytest.mark.parametrize("status", ["final", "draft", "undated"])
def test_no_months_are_counted_of_a_final_figure_or_one_nobody_dates(status: str) -> None:
    assert months_left(2024, figure(status=status)) is None


@pytest.mark.parametrize(
    ("actual", "months"),
    [
        pytest.param(None, 1, id="no actual"),
        pytest.param(figure(fiscal_year=2023, status="undated"), 1, id="no month"),
        pytest.param(figure(fiscal_year=2023, as_of="2023-12"), 3, id="a month of its own"),
        pytest.param(figure(fiscal_year=2023), None, id="final"),
    ],
)
def test_inside_a_year_in_progress_the_month_is_that_of_the_document(
    actual: Observation | None, months: int | None
) -> None:
    assert months_left(2023, actual, document="2024-02") == months


@pytest.mark.parametrize("actual", [None, figure(status="undated")])
def test_a_closed_year_has_no_months_whatever_month_a_document_names(actual: Observation | None) -> None:
    assert months_left(2023, actual, closed=True, document="2024-02") is None


SEEN = {
    ("yamaguchi", 2023): {"a-plan": Reached("2023-09"), "a-result": Reached("2024-02")},
    ("yamaguchi", 2024): {"a-result": Reached("2025-02", closed=True), "a-plan": Reached("2024-09")},
}


@pytest.mark.parametrize(
    ("year", "actual", "target", "months"),
    [
        pytest.param(2023, None, "a-plan", 6, id="the document of the target"),
        pytest.param(2023, None, "a-result", 1, id="another document of the target"),
        pytest.param(2023, None, "another", 1, id="a document without actuals: the latest on record"),
        pytest.param(2023, {"status": "undated"}, "a-plan", 1, id="the document of an undated actual"),
        pytest.param(2023, {"as_of": "2023-12"}, "a-plan", 3, id="the month of the actual"),
        pytest.param(2024, None, "a-plan", None, id="a year with finals"),
        pytest.param(2024, {"as_of": "2024-11"}, "a-plan", None, id="a part-year figure beside finals"),
        pytest.param(2024, {"as_of": "2024-09", "document": "a-plan"}, "a-plan", 6, id="a document from inside it"),
        pytest.param(2025, None, "a-plan", 12, id="a year not begun"),
    ],
)
def test_months_left_are_as_the_document_sees_them(
    year: int, actual: dict[str, str] | None, target: str, months: int | None
) -> None:
    aimed = figure(rule="at_least", fiscal_year=year, document=target)
    held = book(reach=SEEN)
    found = None if actual is None else figure(fiscal_year=year, **actual)
    assert months_of(held, "yamaguchi", year, found, aimed) == months


# --- Wilson interval -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("x", "n", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998), table I, method 3; the last two are their mirrors.
        pytest.param(81, 263, 25.53, 36.62, id="81 of 263"),
        pytest.param(15, 148, 6.24, 16.05, id="15 of 148"),
        pytest.param(0, 20, 0.00, 16.11, id="0 of 20"),
        pytest.param(1, 29, 0.61, 17.18, id="1 of 29"),
        pytest.param(20, 20, 83.89, 100.00, id="20 of 20"),
        pytest.param(28, 29, 82.82, 99.39, id="28 of 29"),
        # By hand: (0.105263 + 0.101092 ± 0.171061) / 1.202182.
        pytest.param(2, 19, 2.94, 31.39, id="2 of 19, Shizuoka R6 bids"),
    ],
)
def test_wilson_interval(x: int, n: int, low: float, high: float) -> None:
    assert wilson(x, n) == pytest.approx((low, high), abs=0.006)


@pytest.mark.parametrize(
    ("x", "n"),
    [(0, 0), (1, 0), (-1, 19), (20, 19), (0, -1)],
)
def test_no_interval_without_a_rate(x: int, n: int) -> None:
    with pytest.raises(ValueError, match=f"{x} of {n}"):
        wilson(x, n)


@given(st.integers(1, 1_000_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_rate_and_stays_between_0_and_100(counts: tuple[int, int]) -> None:
    x, n = counts
    low, high = wilson(x, n)
    assert 0 <= low <= 100 * x / n + 1e-9
    assert 100 * x / n - 1e-9 <= high <= 100


# --- noise -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "noise"),
    [
        # z by hand: pooled rate, √(p(1−p)(1/n₁+1/n₂)).
        pytest.param((40, 100), (50, 100), True, id="z 1.42"),
        pytest.param((36, 100), (50, 100), False, id="z 2.00"),
        pytest.param((37, 100), (50, 100), True, id="z 1.85"),
        pytest.param((283564, 438120), (54529, 173842), False, id="whole branches"),
        pytest.param((2, 19), (8, 95), True, id="few tenders"),
        pytest.param((0, 10), (0, 10), True, id="both none"),
        pytest.param((10, 10), (99, 99), True, id="both all"),
        pytest.param((0, 10), (10, 10), False, id="none against all"),
    ],
)
def test_a_difference_of_two_rates_is_noise_below_196(
    one: tuple[int, int], other: tuple[int, int], *, noise: bool
) -> None:
    assert within_noise(*one, *other) is noise
    assert within_noise(*other, *one) is noise


# --- the counts behind a rate ----------------------------------------------------------------------


def test_counts_are_those_of_the_rates_own_status_and_month() -> None:
    nine = (done("54529", as_of="2024-09"), eligible("173842", as_of="2024-09"))
    whole = (done("102913"), eligible("174266"))
    held = book(*nine, *whole)
    assert counts_of(held, HIGHER, figure("31.4", as_of="2024-09")) == Counts(*nine)
    assert counts_of(held, HIGHER, figure("59.1")) == Counts(*whole)


@pytest.mark.parametrize(
    "elsewhere",
    [
        pytest.param({"as_of": "2024-10"}, id="another month"),
        pytest.param({"status": "undated"}, id="undated"),
        pytest.param({"kind": "plan"}, id="planned"),
        pytest.param({"branch": "shizuoka"}, id="another branch"),
        pytest.param({"fiscal_year": 2023}, id="another year"),
    ],
)
def test_counts_from_elsewhere_do_not_stand_behind_a_rate(elsewhere: dict[str, object]) -> None:
    held = book(done("2", **elsewhere), eligible("19", **elsewhere))
    assert counts_of(held, HIGHER, figure("10.6")) == Counts(None, None)


def test_no_counts_without_a_rate_or_without_measures_for_them() -> None:
    held = book(done("2"), eligible("19"))
    assert counts_of(held, HIGHER, None) == Counts(None, None)
    assert counts_of(held, WITHOUT_COUNTS, figure("10.6")) == Counts(None, None)


@pytest.mark.parametrize(
    ("counts", "pair"),
    [
        pytest.param(Counts(done("2"), eligible("19")), (2, 19), id="both printed"),
        pytest.param(Counts(done("0"), eligible("19")), (0, 19), id="none performed"),
        pytest.param(Counts(done("19"), eligible("19")), (19, 19), id="all performed"),
        pytest.param(Counts(done("2"), None), None, id="no denominator"),
        pytest.param(Counts(None, eligible("19")), None, id="no numerator"),
        pytest.param(Counts(done("0"), eligible("0")), None, id="zero denominator"),
        pytest.param(Counts(done("20"), eligible("19")), None, id="more than all"),
        pytest.param(Counts(done("0.2"), eligible("0.5")), None, id="half a person"),
        pytest.param(Counts(done("-2"), eligible("-1")), None, id="fewer than nobody"),
    ],
)
def test_a_pair_makes_a_rate(counts: Counts, pair: tuple[int, int] | None) -> None:
    assert counts.pair == pair
