"""The landing forecast: figures worked by hand from Yamaguchi's monthly counts, and its algebra."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenpo import landing
from kenpo.judgement import Observation
from kenpo.landing import Counts, Forecast, Outlook, Point
from tests import builders

D = Decimal


def year(text: str) -> dict[int, Decimal]:
    return {month: D(part) for month, part in enumerate(text.split(), 1)}


# Lines 395–397 and 413–415 of the plan of Yamaguchi for FY2024.
INSURED: Counts = {
    2021: year("453 861 1278 1704 2173 2406 2665 2907 3348 3697 4013 4441"),
    2022: year("434 782 1191 1497 1851 2249 2610 2910 3229 3554 3854 4317"),
    2023: year("282 625 1018 1423 1727 2012 2398"),
}
DEPENDANT: Counts = {
    2021: year("4 18 38 39 72 90 100 104 111 112 114 116"),
    2022: year("2 4 6 32 54 86 106 128 139 140 142 146"),
    2023: year("76 85 89 98 118 154 175"),
}
INSURED_OF = {2021: D(23329), 2022: D(22924), 2023: D(26771)}
DEPENDANT_OF = {2021: D(1113), 2022: D(1089), 2023: D(1525)}


def forecast(counts: Counts, eligible: Mapping[int, Decimal], fiscal_year: int, month: int) -> Forecast:
    found = landing.forecast(counts, eligible, fiscal_year, month)
    assert isinstance(found, Forecast)
    return found


def whole(value: Decimal | None) -> int | None:
    return None if value is None else landing.people(value)


def thousandth(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(D("0.001"), ROUND_HALF_UP)


# --- months ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "fiscal_year", "index"),
    [("2023-04", 2023, 1), ("2023-10", 2023, 7), ("2023-12", 2023, 9), ("2024-01", 2023, 10), ("2024-03", 2023, 12)],
)
def test_months_are_counted_from_april(as_of: str, fiscal_year: int, index: int) -> None:
    assert landing.month_index(as_of) == index
    assert landing.month_of(fiscal_year, index) == as_of


# --- forecasts of the documents' figures -----------------------------------------------------------


def test_the_insured_of_fy2023_in_october() -> None:
    # c = (2,665 + 2,610) / (4,441 + 4,317) = 0.6023; 2,398 / 0.6023 = 3,981.4.
    # FY2022 from FY2021 alone: 2,610 / (2,665 / 4,441) = 4,349.3, 0.75 % above 4,317; 3,981.4 / 1.0075 and / 0.9925.
    found = forecast(INSURED, INSURED_OF, 2023, 7)
    assert (found.method, found.years) == ("chain_ladder", (2021, 2022))
    assert (whole(found.landing), whole(found.low), whole(found.high)) == (3981, 3952, 4011)
    assert (thousandth(found.ratio), thousandth(found.error)) == (D("0.602"), D("0.007"))
    assert landing.rate_of(found.landing, INSURED_OF[2023]) == D("14.9")


def test_fy2022_from_fy2021_in_october() -> None:
    found = forecast(INSURED, INSURED_OF, 2022, 7)
    assert whole(found.landing) == 4349
    assert (found.years, found.low, found.high) == ((2021,), None, None)


def test_early_months_expect_last_years_total_grown_with_the_eligible() -> None:
    # c = (453 + 434) / 8,758 = 0.10128; A = 4,317 × 26,771 / 22,924 = 5,041.5; 282 + 0.89872 × 5,041.5 = 4,812.9.
    found = forecast(INSURED, INSURED_OF, 2023, 1)
    assert (found.method, whole(found.prior), whole(found.landing)) == ("bornhuetter_ferguson", 5041, 4813)


@pytest.mark.parametrize(("month", "method"), [(3, "bornhuetter_ferguson"), (4, "chain_ladder")])
def test_july_is_the_first_month_that_is_scaled_up(month: int, method: str) -> None:
    assert forecast(INSURED, INSURED_OF, 2023, month).method == method


def test_where_the_past_misses_widely_the_miss_makes_the_range() -> None:
    # July: FY2021 from FY2022 alone gives 1,704 / (1,497 / 4,317) = 4,913.9, 10.6 % above 4,441.
    found = forecast(INSURED, INSURED_OF, 2023, 4)
    assert (whole(found.landing), whole(found.low), whole(found.high)) == (3893, 3519, 4357)


def test_the_3700_percent_of_april_make_no_absurd_forecast_but_a_wide_range() -> None:
    # 76 + (1 − 6/262) × 146 × 1,525 / 1,089 = 275.8: not 76 × 146 / 2 = 5,548.
    # Up to July June misses most: FY2021 from FY2022 is 38 + (1 − 6/146) × 146 × 1,113 / 1,089 = 181.1, 56.1 %
    # above 116. 275.8 / 1.561 = 176.7 and 275.8 / 0.439 = 628.4.
    assert landing.change(D(76), D(2)) == D("3700.0")
    found = forecast(DEPENDANT, DEPENDANT_OF, 2023, 1)
    assert (whole(found.landing), whole(found.low), whole(found.high)) == (276, 177, 628)
    assert thousandth(found.error) == D("0.561")
    missed = {m.fiscal_year: thousandth(m.error) for m in landing.back_test(DEPENDANT, DEPENDANT_OF, (2021, 2022), 1)}
    assert missed == {2021: D("0.303"), 2022: D("-0.236")}


def test_a_back_test_forecasts_every_year_from_the_others() -> None:
    found = landing.back_test(INSURED, INSURED_OF, (2021, 2022), 7)
    said = [(m.fiscal_year, whole(m.forecast), whole(m.actual)) for m in found]
    assert said == [(2021, 4408, 4441), (2022, 4349, 4317)]


@pytest.mark.parametrize(
    ("month", "lands", "low", "high"),
    # July misses FY2021 by 10.649 %: 4,812.9 / 1.10649 = 4,349.7 and 4,812.9 / 0.89351 = 5,386.5; May and June alike.
    [(1, 4813, 4350, 5386), (2, 4721, 4266, 5283), (3, 4638, 4192, 5191)],
)
def test_april_to_june_are_as_unsure_as_july_was_ever_wrong(month: int, lands: int, low: int, high: int) -> None:
    found = forecast(INSURED, INSURED_OF, 2023, month)
    assert (whole(found.landing), whole(found.low), whole(found.high)) == (lands, low, high)
    assert (thousandth(found.error), found.no_range) == (D("0.106"), None)


@pytest.mark.parametrize(
    ("month", "error"), [(4, "0.106"), (5, "0.141"), (6, "0.040"), (7, "0.007")], ids=["Jul", "Aug", "Sep", "Oct"]
)
def test_from_july_on_a_month_rests_on_its_own_misses(month: int, error: str) -> None:
    assert thousandth(forecast(INSURED, INSURED_OF, 2023, month).error) == D(error)


def test_a_year_without_june_still_widens_the_april_of_another() -> None:
    # July is on record of both years, June of none: the misses of April and July are those there are.
    counts = {y: {m: c for m, c in INSURED[y].items() if m != 3} for y in INSURED}
    assert thousandth(forecast(counts, INSURED_OF, 2023, 1).error) == D("0.106")


@pytest.mark.parametrize("month", [1, 7])
def test_one_earlier_year_gives_no_range(month: int) -> None:
    counts = {y: INSURED[y] for y in (2022, 2023)}
    found = forecast(counts, INSURED_OF, 2023, month)
    assert (found.low, found.high, found.error, found.no_range) == (None, None, None, "single_year")


def test_of_a_single_april_not_even_the_julys_of_two_years_make_a_range() -> None:
    counts = {**INSURED, 2021: {m: c for m, c in INSURED[2021].items() if m > 1}}
    assert forecast(counts, INSURED_OF, 2023, 1).no_range == "single_year"


def test_earlier_years_that_cannot_be_forecast_from_each_other_give_no_range() -> None:
    # The eligible of FY2021 are not on record, so neither year tells by how much the other would be missed in April.
    counts: Counts = {2021: {1: D(9), 12: D(60)}, 2022: {1: D(5), 12: D(50)}, 2023: {1: D(7)}}
    found = forecast(counts, {2022: D(100), 2023: D(100)}, 2023, 1)
    assert (found.years, found.low, found.no_range) == ((2021, 2022), None, "untested")


def test_a_complete_year_needs_no_reason_for_having_no_range() -> None:
    assert forecast(INSURED, INSURED_OF, 2022, 12).no_range is None


@pytest.mark.parametrize("years", [(), (2021,)])
def test_fewer_than_two_years_make_no_back_test(years: tuple[int, ...]) -> None:
    assert landing.back_test(INSURED, INSURED_OF, years, 7) == []


# Line 398 and 416: 前年度増減率, as printed.
PRINTED = {
    "insured": (INSURED, "-35.0 -20.1 -14.5 -4.9 -6.7 -10.5 -8.1"),
    "dependant": (DEPENDANT, "3700.0 2025.0 1383.3 206.3 118.5 79.1 65.1"),
}


@pytest.mark.parametrize("of", PRINTED)
def test_changes_on_the_same_month_come_out_as_printed(of: str) -> None:
    counts, printed = PRINTED[of]
    assert [str(landing.change(counts[2023][m], counts[2022][m])) for m in range(1, 8)] == printed.split()


def test_nothing_is_divided_by_zero() -> None:
    assert landing.change(D(3), D(0)) is None


# --- what is not forecast --------------------------------------------------------------------------


def test_nothing_is_forecast_for_a_complete_year() -> None:
    found = forecast(INSURED, INSURED_OF, 2022, 12)
    assert (found.method, whole(found.landing), found.low) == ("complete", 4317, None)


@pytest.mark.parametrize(
    ("fiscal_year", "month", "reason"), [(2021, 7, "no_earlier_year"), (2023, 8, "no_figure"), (2030, 7, "no_figure")]
)
def test_why_there_is_no_forecast(fiscal_year: int, month: int, reason: str) -> None:
    assert landing.forecast(INSURED, INSURED_OF, fiscal_year, month) == reason


def test_an_early_month_needs_the_eligible_of_both_years() -> None:
    assert landing.forecast(INSURED, {2023: D(26771)}, 2023, 2) == "no_eligible"
    assert landing.forecast(INSURED, {2022: D(22924)}, 2023, 2) == "no_eligible"
    assert isinstance(landing.forecast(INSURED, {}, 2023, 7), Forecast)


def test_a_past_without_a_count_by_then_says_nothing() -> None:
    counts: Counts = {2022: {5: D(0), 12: D(50)}, 2023: {5: D(7)}}
    assert landing.forecast(counts, {}, 2023, 5) == "nothing_counted"


def test_a_year_is_forecast_from_years_before_it_alone() -> None:
    # As it could have been known then: FY2022 does not know FY2023.
    counts = {**INSURED, 2023: year("1 2 3 4 5 6 7 8 9 10 11 12")}
    assert landing.forecast(counts, INSURED_OF, 2022, 7) == landing.forecast(INSURED, INSURED_OF, 2022, 7)


def test_a_year_without_that_month_or_without_march_is_not_complete() -> None:
    counts: Counts = {2020: {12: D(100)}, 2021: {7: D(60)}, 2022: {7: D(50), 12: D(100)}, 2023: {7: D(55)}}
    assert landing.complete_years(counts, 2023, 7) == (2022,)
    assert landing.complete_years(counts, 2022, 7) == ()


# --- bounds ----------------------------------------------------------------------------------------


def test_a_forecast_never_exceeds_the_eligible() -> None:
    found = forecast(INSURED, {**INSURED_OF, 2023: D(3960)}, 2023, 7)
    assert (whole(found.landing), whole(found.low), whole(found.high)) == (3960, 3952, 3960)


def test_a_range_never_falls_below_what_is_counted() -> None:
    counts: Counts = {2021: {11: D(99), 12: D(100)}, 2022: {11: D(50), 12: D(100)}, 2023: {11: D(80)}}
    found = forecast(counts, {}, 2023, 11)
    assert found.low is not None
    assert found.low >= 80


def test_a_miss_as_large_as_the_year_itself_leaves_the_range_open() -> None:
    counts: Counts = {2021: {5: D(10), 12: D(100)}, 2022: {5: D(50), 12: D(100)}, 2023: {5: D(20)}}
    open_ended = forecast(counts, {}, 2023, 5)
    assert open_ended.error == 4
    assert (whole(open_ended.low), open_ended.high) == (20, None)
    assert forecast(counts, {2023: D(400)}, 2023, 5).high == 400


# --- algebra ---------------------------------------------------------------------------------------

steps = st.lists(st.integers(1, 500), min_size=12, max_size=12)


def cumulative(parts: list[int]) -> dict[int, Decimal]:
    return {month: D(sum(parts[:month])) for month in range(1, 13)}


@st.composite
def histories(draw: st.DrawFn) -> tuple[Counts, dict[int, Decimal]]:
    """Two complete years and one cut at any month, each with more eligible than counted."""
    counts = {y: cumulative(draw(steps)) for y in (2021, 2022, 2023)}
    eligible = {y: counts[y][12] * draw(st.integers(2, 9)) for y in counts}
    month = draw(st.integers(1, 11))
    return {**counts, 2023: {m: c for m, c in counts[2023].items() if m <= month}}, eligible


def same(one: Decimal | None, other: Decimal | None) -> bool:
    """Alike but for the rounding of a division to 28 digits."""
    if one is None or other is None:
        return one is other
    return abs(one - other) <= max(abs(one), D(1)) * D("1e-18")


@given(histories(), st.integers(2, 50))
def test_scaling_all_counts_scales_the_forecast_and_its_range(
    history: tuple[Counts, dict[int, Decimal]], factor: int
) -> None:
    counts, eligible = history
    month = max(counts[2023])
    one = forecast(counts, eligible, 2023, month)
    scaled = {y: {m: c * factor for m, c in months.items()} for y, months in counts.items()}
    other = forecast(scaled, {y: n * factor for y, n in eligible.items()}, 2023, month)
    pairs = [(one.landing, other.landing), (one.low, other.low), (one.high, other.high)]
    assert all(same(None if a is None else a * factor, b) for a, b in pairs)
    assert one.error is not None
    assert same(one.error, other.error)


@given(histories())
def test_a_forecast_lies_in_its_range_between_what_is_counted_and_the_eligible(
    history: tuple[Counts, dict[int, Decimal]],
) -> None:
    counts, eligible = history
    found = forecast(counts, eligible, 2023, max(counts[2023]))
    assert found.low is not None
    assert found.high is not None
    assert found.reached <= found.low <= found.landing * D("1.000000001")
    assert found.landing <= found.high * D("1.000000001")
    assert found.high <= eligible[2023]


@given(histories())
def test_an_early_range_is_as_wide_as_the_past_was_ever_missed_up_to_july(
    history: tuple[Counts, dict[int, Decimal]],
) -> None:
    counts, eligible = history
    month = max(counts[2023])
    found = forecast(counts, eligible, 2023, month)
    tested = [1, 2, 3, 4] if month <= 3 else [month]
    missed = [abs(m.error) for at in tested for m in landing.back_test(counts, eligible, (2021, 2022), at)]
    assert found.error == max(missed)
    assert found.low is not None
    assert found.high is not None
    # Unless what is counted or the eligible cut it, the range is no narrower than landing / (1 ± error).
    if found.low > found.reached and found.high < eligible[2023] and found.error < 1:
        width = found.landing / (1 - found.error) - found.landing / (1 + found.error)
        assert found.high - found.low >= width * D("0.999999999")


@given(steps)
def test_a_complete_year_forecasts_itself(parts: list[int]) -> None:
    counts = {2023: cumulative(parts)}
    assert forecast(counts, {}, 2023, 12).landing == sum(parts)


@given(steps, st.integers(4, 11))
def test_a_year_that_runs_like_the_one_before_lands_where_that_did(parts: list[int], month: int) -> None:
    counts = {2022: cumulative(parts), 2023: cumulative(parts)}
    assert same(forecast(counts, {}, 2023, month).landing, D(sum(parts)))


@given(steps, st.integers(1, 11))
def test_years_that_all_run_alike_have_no_width(parts: list[int], month: int) -> None:
    counts = {y: cumulative(parts) for y in (2021, 2022, 2023)}
    eligible = dict.fromkeys(counts, D(sum(parts) * 2))
    found = forecast(counts, eligible, 2023, month)
    assert all(same(end, D(sum(parts))) for end in (found.low, found.landing, found.high))


# --- an outlook ------------------------------------------------------------------------------------

RATE = builders.measure(id="guidance_rate", accrual="cumulative", numerator="guidance", denominator="eligible")
ELIGIBLE = {2021: "23329", 2022: "22924", 2023: "26771"}


def points(counts: Counts) -> list[Point]:
    return [
        Point(y, landing.month_of(y, m), "guidance", value, "a-plan", "1")
        for y, months in counts.items()
        for m, value in months.items()
    ]


def outlook(month: int = 7, fiscal_year: int = 2023, target: str | None = "38.3", counts: Counts = INSURED) -> Outlook:
    figures = [builders.figure(n, fiscal_year=y, measure="eligible") for y, n in ELIGIBLE.items()]
    figures.append(builders.figure("17.7", fiscal_year=2022, measure="guidance_rate"))
    if target:
        figures.append(builders.figure(target, fiscal_year=2023, measure="guidance_rate", rule="at_least"))
    return landing.outlook(builders.book(*figures), RATE, points(counts), "yamaguchi", fiscal_year, month)


def test_an_outlook_says_what_the_target_asks_for() -> None:
    # ⌈38.3 % × 26,771⌉ = ⌈10,253.293⌉; ⌈10,253.293 − 2,398⌉ = 7,856; 7,856 / 5 = 1,571.2.
    found = outlook()
    assert (found.needed_in_all, found.still_needed, found.months_left) == (10254, 7856, 5)
    assert (found.pace_needed, found.pace_so_far) == (1572, 343)
    assert found.progress == D("23.4")
    assert found.on_last_year == D("-8.1")


def test_an_outlook_counts_last_year_on_the_same_basis() -> None:
    found = outlook()
    assert (found.last_total, found.last_rate, found.printed[2022].value) == (D(4317), D("18.8"), D("17.7"))


def test_the_verdict_rests_on_the_high_end() -> None:
    found = outlook()
    assert found.forecast is not None
    assert (found.verdict, found.rate(found.forecast.high)) == ("out_of_reach", D("15.0"))


@pytest.mark.parametrize(
    ("target", "verdict"),
    [("8.9", "reached"), ("14.7", "within_reach"), ("14.9", "open"), ("15.0", "out_of_reach"), (None, None)],
)
def test_every_verdict(target: str | None, verdict: str | None) -> None:
    # 2,398 is 8.96 %, the range 14.76 to 14.98 %.
    assert outlook(target=target).verdict == verdict


@pytest.mark.parametrize(("target", "verdict"), [("14.8", "likely"), ("20.0", "unlikely")])
def test_without_a_range_the_forecast_alone_speaks(target: str, verdict: str) -> None:
    counts = {y: INSURED[y] for y in (2022, 2023)}
    assert outlook(target=target, counts=counts).verdict == verdict


def test_a_complete_year_has_no_verdict_and_no_pace() -> None:
    found = outlook(month=12, fiscal_year=2022)
    assert (found.complete, found.verdict, found.pace_needed, found.months_left, found.path()) == (
        True,
        None,
        None,
        0,
        [],
    )


def test_the_path_ends_where_the_year_lands_and_never_falls() -> None:
    for month in range(1, 8):
        found = outlook(month)
        assert found.forecast is not None
        path = [found.forecast.reached, *(count for _, count in found.path())]
        assert [index for index, _ in found.path()] == list(range(month + 1, 13))
        assert same(path[-1], found.forecast.landing)
        assert path == sorted(path)


def test_a_replayed_year_knows_what_came_but_does_not_use_it() -> None:
    found = outlook(7, 2022)
    assert found.came == 4317
    assert found.misses == []
    cut = {**INSURED, 2022: {m: c for m, c in INSURED[2022].items() if m <= 7}}
    assert outlook(7, 2022, counts=cut).found == found.found


def test_the_eligible_of_a_year_is_final_before_part_year_before_planned() -> None:
    planned = builders.figure("900", kind="plan", measure="eligible")
    inside = builders.figure("800", as_of="2024-09", measure="eligible")
    undated = builders.figure("600", status="undated", measure="eligible")
    final = builders.figure("700", measure="eligible")

    def eligible(*figures: Observation) -> Decimal | None:
        found = landing.eligible_of(builders.book(*figures), "yamaguchi", 2024, "eligible")
        return found.value if found else None

    assert eligible(planned, inside, undated, final) == 700
    assert eligible(planned, inside, undated) == 800
    assert eligible(planned, undated) == 900
    assert eligible(undated) is None


def test_a_measure_that_counts_nobody_has_an_outlook_without_a_forecast() -> None:
    found = landing.outlook(builders.book(), builders.measure(), points(INSURED), "yamaguchi", 2023, 7)
    assert (found.found, found.reached, found.verdict, found.rate(D(1)), found.falls) == (
        *("no_figure", None, None, None),
        [],
    )


@pytest.mark.parametrize(("month", "lands"), [(7, 3981), (3, None)])
def test_without_a_denominator_the_count_lands_and_no_rate_is_made_of_it(month: int, lands: int | None) -> None:
    people = builders.measure(id="guidance_rate", accrual="cumulative", numerator="guidance", denominator=None)
    target = builders.figure("38.3", fiscal_year=2023, measure="guidance_rate", rule="at_least")
    found = landing.outlook(builders.book(target), people, points(INSURED), "yamaguchi", 2023, month)
    assert (whole(found.forecast.landing) if found.forecast else None) == lands
    assert (found.eligible_number, found.rate(D(3981)), found.needed_in_all, found.verdict) == (None, None, None, None)
    # Early in the year the growth of the eligible is part of the method.
    assert (found.found == "no_eligible") == (month == 3)


@pytest.mark.parametrize("nobody", ["0", "-5"])
def test_an_eligible_number_of_nobody_is_none(nobody: str) -> None:
    planned = builders.figure("900", kind="plan", measure="eligible")
    none = builders.figure(nobody, measure="eligible")
    found = landing.eligible_of(builders.book(none, planned), "yamaguchi", 2024, "eligible")
    assert found is not None
    assert found.value == 900
    assert landing.eligible_of(builders.book(none), "yamaguchi", 2024, "eligible") is None


# --- figures beside the target ---------------------------------------------------------------------


def test_a_rate_short_of_the_target_never_reads_as_the_target() -> None:
    # 4,011 of 26,771 is 14.983 %: one decimal would read 15.0 % and be out of reach of it.
    found = outlook(target="15.0")
    assert found.forecast is not None
    assert (found.verdict, str(found.rate(found.forecast.high))) == ("out_of_reach", "14.98")
    assert str(outlook(target="14.7").rate(found.forecast.high)) == "15.0"


def test_verdict_rate_and_people_say_the_same() -> None:
    # Half of 30,001 is 15,000.5: 15,001 people are asked for; a forecast of 15,000.6 is 15,001 people and meets it.
    counts: Counts = {2022: {7: D(50000), 12: D(100000)}, 2023: {7: D(7500)}}

    def of(lands: str) -> Outlook:
        seen = {**counts, 2023: {7: D(lands) / 2}}
        figures = [
            builders.figure("30001", fiscal_year=2023, measure="eligible"),
            builders.figure("50.0", fiscal_year=2023, measure="guidance_rate", rule="at_least"),
        ]
        return landing.outlook(builders.book(*figures), RATE, points(seen), "yamaguchi", 2023, 7)

    met, short = of("15000.6"), of("15000.4")
    assert met.forecast is not None
    assert short.forecast is not None
    # 15,001 / 30,001 = 50.00167 %; 15,000 / 30,001 = 49.99833 %.
    assert (met.needed_in_all, met.verdict, str(met.rate(met.forecast.landing))) == (15001, "likely", "50.002")
    assert (short.verdict, str(short.rate(short.forecast.landing))) == ("unlikely", "49.998")


def test_progress_reads_100_only_when_everybody_is_reached() -> None:
    # ⌈8.96 % × 26,771⌉ = 2,399: one more than the 2,398 of October.
    assert (outlook(target="8.96").needed_in_all, str(outlook(target="8.96").progress)) == (2399, "99.96")
    # ⌈8.95 % × 26,771⌉ = 2,397: one fewer.
    assert str(outlook(target="8.95").progress) == "100.04"


@given(st.integers(0, 3000), st.integers(1, 3000), st.decimals(0, 100, places=2))
def test_a_rate_of_people_reads_as_the_target_exactly_where_it_is_it(
    count: int, eligible: int, target: Decimal
) -> None:
    rate = landing.rate_of(D(count), D(eligible), target)
    # In whole numbers: count / eligible × 100 against the target.
    assert (rate >= target) == (count * 10_000 >= int(target * 100) * eligible)
    assert (rate == target) == (count * 10_000 == int(target * 100) * eligible)


# --- a count that falls ----------------------------------------------------------------------------


def test_a_month_below_the_one_before_it_is_named_with_both() -> None:
    months = {2021: INSURED[2021], 2023: {1: D(282), 2: D(625), 3: D(618), 5: D(700), 6: D(699)}}
    found = [(a.month, int(a.value), b.month, int(b.value)) for a, b in landing.falls(points(months))]
    assert found == [("2023-06", 618, "2023-05", 625), ("2023-09", 699, "2023-08", 700)]
    assert landing.falls(points(INSURED)) == []


def test_of_two_figures_for_a_month_the_one_that_speaks_is_compared() -> None:
    april, may = (Point(2023, f"2023-0{m}", "guidance", D(v), "a", "1") for m, v in ((4, 10), (5, 12)))
    assert landing.falls([april, may, replace(may, value=D(9), document="b")]) == []


def test_a_year_after_the_one_in_view_is_not_told() -> None:
    falling = {**INSURED, 2023: {1: D(9), 2: D(8)}}
    assert outlook(7, 2022, counts=falling).falls == []
    assert len(outlook(1, 2023, counts=falling).falls) == 1


def test_a_past_that_fell_never_lands_a_year_below_what_is_counted() -> None:
    # Both years had counted 120 by August and ended with 100: 60 / 1.2 would be 50.
    counts: Counts = {y: {5: D(120), 12: D(100)} for y in (2021, 2022)} | {2023: {5: D(60)}}
    found = forecast(counts, {}, 2023, 5)
    assert (whole(found.landing), whole(found.low), whole(found.high)) == (60, 60, 60)
    early: Counts = {y: {1: D(120), 12: D(100)} for y in (2021, 2022)} | {2023: {1: D(60)}}
    found = forecast(early, dict.fromkeys((2021, 2022, 2023), D(1000)), 2023, 1)
    assert found.low is not None
    assert found.high is not None
    assert found.reached == found.low == found.landing <= found.high


def test_no_count_is_too_large_or_too_small_for_a_forecast() -> None:
    # As large as a monthly figure may be, after a year that had counted one person by then.
    most = D(2**63 - 1)
    counts: Counts = {2021: {5: D(1), 12: most}, 2022: {5: D(1), 12: D(1)}, 2023: {5: most}}
    found = forecast(counts, {}, 2023, 5)
    assert found.error is not None
    assert landing.people(found.landing) > most
    assert landing.rate_of(found.error, D(1)) > 0


def test_of_two_figures_for_a_month_the_first_speaks() -> None:
    first = Point(2023, "2023-04", "guidance", D(1), "a", "1")
    assert landing.counts_of([first, replace(first, value=D(2))]) == {2023: {1: D(1)}}


def test_the_figures_of_the_package_are_those_of_this_file() -> None:
    text = (builders.DATA / "monthly.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    for measure, counts in (("guidance_insured_count", INSURED), ("guidance_dependant_count", DEPENDANT)):
        own = [row | {"fiscal_year": int(row["fiscal_year"])} for row in rows if row["measure_id"] == measure]
        assert landing.counts_of(landing.points(own)) == counts
