"""Where will a year end? Cumulative monthly counts in, forecast with its range and its own track record out. Pure.

Month index m counts the fiscal year: April is 1, March is 12. Counts are people, cumulative from April.
The method is the domain's: from July on chain ladder, in the first three months Bornhuetter–Ferguson with
last year's total as the expectation, never the target. A range is the width of the past (過去の幅), never
an interval; in the first three months it is as wide as the past was ever missed up to July. A year is
forecast from complete years before it alone, as it could have been at the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any, Literal

from kenpo.catalog import Measure
from kenpo.judgement import (
    Book,
    Observation,
    beside,
    people_in_all,
    people_needed,
    percent_of,
    resolve_target,
    rounded,
)

MARCH = 12
_EARLY = 3
"""Up to this month too little of the year has run to be scaled up."""
_WHOLE = Decimal(100)

Method = Literal["chain_ladder", "bornhuetter_ferguson", "complete"]
Missing = Literal["no_figure", "no_earlier_year", "no_eligible", "nothing_counted"]
"""Why nothing is forecast."""
NoRange = Literal["single_year", "untested"]
"""Why a forecast has no range: one earlier year alone, or none of them can be forecast from the others."""
Verdict = Literal["reached", "within_reach", "open", "out_of_reach", "likely", "unlikely"]
"""What the range says of the target; likely and unlikely where there is a forecast and no range."""

Counts = Mapping[int, Mapping[int, Decimal]]
"""Cumulative counts by fiscal year and month index."""
Eligible = Mapping[int, Decimal]
"""Eligible people by fiscal year."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """Where a year lands as seen from one month, in people, not rounded."""

    fiscal_year: int
    month: int
    reached: Decimal
    method: Method
    years: tuple[int, ...]
    """The complete years it rests on."""
    ratio: Decimal
    """Share of a year those years had counted by that month."""
    landing: Decimal
    low: Decimal | None = None
    high: Decimal | None = None
    """The width of the past; None where a single earlier year shows none, or no upper end exists."""
    error: Decimal | None = None
    """Largest miss of the same method at that month, each earlier year forecast from the others; up to June the
    largest of any month up to July."""
    prior: Decimal | None = None
    """What the early months expect of the year: last year's total × growth of the eligible."""

    @property
    def early(self) -> bool:
        """Is it one of the first months, April to June?"""
        return self.month <= _EARLY

    @property
    def no_range(self) -> NoRange | None:
        """Why no range can be given; None where there is one, and for a complete year."""
        if self.method == "complete" or self.error is not None:
            return None
        return "single_year" if len(self.years) == 1 else "untested"


@dataclass(frozen=True, slots=True)
class Miss:
    """One forecast of the past beside what came."""

    fiscal_year: int
    month: int
    forecast: Decimal
    actual: Decimal

    @property
    def error(self) -> Decimal:
        """Forecast / actual − 1."""
        return self.forecast / self.actual - 1


# --- months ----------------------------------------------------------------------------------------


def month_index(as_of: str) -> int:
    """2023-04 is 1, 2024-03 is 12."""
    return (int(as_of[5:]) - 4) % MARCH + 1


def month_of(fiscal_year: int, index: int) -> str:
    """Fiscal year 2023, month 7 is 2023-10."""
    months = fiscal_year * 12 + index + 2
    return f"{months // 12}-{months % 12 + 1:02}"


# --- the formulas ----------------------------------------------------------------------------------


def complete_years(counts: Counts, before: int, month: int) -> tuple[int, ...]:
    """Years before that one whose March and that month are on record."""
    return tuple(y for y in sorted(counts) if y < before and counts[y].get(MARCH) and month in counts[y])


def completion(counts: Counts, years: Iterable[int], month: int) -> Decimal | None:
    """Completion ratio c_m = ΣC_m/ΣC_12 of complete years; None without one."""
    known = list(years)
    total = sum((counts[y][MARCH] for y in known), Decimal(0))
    return sum((counts[y][month] for y in known), Decimal(0)) / total if total else None


def forecast(counts: Counts, eligible: Eligible, fiscal_year: int, month: int) -> Forecast | Missing:
    """The landing of a year as seen from one month, with its range; or why there is none.

    A complete year is itself, without range. The eligible people cap forecast and range; what is counted
    already is the range's lower end at least.
    """
    reached = counts.get(fiscal_year, {}).get(month)
    if reached is None:
        return "no_figure"
    if month == MARCH:
        return Forecast(fiscal_year, month, reached, "complete", (fiscal_year,), Decimal(1), reached)
    years = complete_years(counts, fiscal_year, month)
    if not years:
        return "no_earlier_year"
    found = _method(counts, eligible, fiscal_year, month, years)
    return found if isinstance(found, str) else _ranged(counts, eligible, found)


def _method(
    counts: Counts, eligible: Eligible, fiscal_year: int, month: int, years: tuple[int, ...]
) -> Forecast | Missing:
    """Chain ladder Ĉ = C_m/c_m; up to June Bornhuetter–Ferguson Ĉ = C_m + (1−c_m)·A. Without range or cap."""
    reached, ratio = counts[fiscal_year][month], completion(counts, years, month)
    if ratio is None:
        return "no_earlier_year"
    if month > _EARLY:
        if not ratio:
            return "nothing_counted"
        return Forecast(fiscal_year, month, reached, "chain_ladder", years, ratio, reached / ratio)
    prior = _expected(counts, eligible, fiscal_year, years)
    if prior is None:
        return "no_eligible"
    landing = reached + (1 - ratio) * prior
    return Forecast(fiscal_year, month, reached, "bornhuetter_ferguson", years, ratio, landing, prior=prior)


def _expected(counts: Counts, eligible: Eligible, fiscal_year: int, years: Sequence[int]) -> Decimal | None:
    """A = last year's total × growth of the eligible; in a back-test the nearest other year stands for last year."""
    last = min(years, key=lambda y: (abs(y - fiscal_year), y))
    if not eligible.get(last) or fiscal_year not in eligible:
        return None
    return counts[last][MARCH] * eligible[fiscal_year] / eligible[last]


def _ranged(counts: Counts, eligible: Eligible, found: Forecast) -> Forecast:
    """The wider of lowest–highest past c_m and Ĉ/(1 ± largest miss); a single earlier year gives no width."""
    cap = eligible.get(found.fiscal_year)
    error = _largest_miss(counts, eligible, found)
    if error is None:
        return _capped(found, None, None, None, cap)
    ratios = [counts[y][found.month] / counts[y][MARCH] for y in found.years]
    by_ratio = (_at(found, max(ratios)), _at(found, min(ratios)))
    by_error = (found.landing / (1 + error), found.landing / (1 - error) if error < 1 else None)
    low, high = max((by_ratio, by_error), key=_width)
    return _capped(found, error, low, high, cap)


def _largest_miss(counts: Counts, eligible: Eligible, found: Forecast) -> Decimal | None:
    """The largest miss of the back-test at that month; None where a single earlier year, or none, can be tested.

    Up to June the largest of any month up to July: what was counted so early says too little to be that sure.
    """
    if len(found.years) == 1:
        return None
    months = range(1, _EARLY + 2) if found.early else (found.month,)
    misses = [
        abs(miss.error)
        for month in months
        for miss in back_test(counts, eligible, complete_years(counts, found.fiscal_year, month), month)
    ]
    return max(misses, default=None)


def _at(found: Forecast, ratio: Decimal) -> Decimal | None:
    """The forecast with another completion ratio; None where it has no end."""
    if found.prior is not None:
        return found.reached + (1 - ratio) * found.prior
    return found.reached / ratio if ratio else None


def _width(ends: tuple[Decimal | None, Decimal | None]) -> Decimal:
    low, high = ends
    return Decimal("Infinity") if low is None or high is None else high - low


def _capped(
    found: Forecast, error: Decimal | None, low: Decimal | None, high: Decimal | None, cap: Decimal | None
) -> Forecast:
    """Never below what is counted, whatever an earlier year lost again; never above the eligible."""
    most = Decimal("Infinity") if cap is None else cap
    if low is not None:
        low = min(max(low, found.reached), most)
        high = cap if high is None else min(max(high, found.reached), most)
    return Forecast(
        fiscal_year=found.fiscal_year,
        month=found.month,
        reached=found.reached,
        method=found.method,
        years=found.years,
        ratio=found.ratio,
        landing=min(max(found.landing, found.reached), most),
        low=low,
        high=high,
        error=error,
        prior=found.prior,
    )


def back_test(counts: Counts, eligible: Eligible, years: Sequence[int], month: int) -> list[Miss]:
    """Every complete year forecast from the other ones at that month; empty with fewer than two."""
    misses = []
    for year in years:
        others = tuple(y for y in years if y != year and month in counts[y])
        if month not in counts[year] or not others:
            continue
        found = _method(counts, eligible, year, month, others)
        if not isinstance(found, str):
            misses.append(Miss(year, month, found.landing, counts[year][MARCH]))
    return misses


def change(now: Decimal, before: Decimal) -> Decimal | None:
    """Change on the same month of last year in percent, one decimal; None from zero."""
    return rounded(percent_of(now, before) - _WHOLE, 1) if before else None


def people(count: Decimal) -> int:
    """A forecast as whole people."""
    return int(count.to_integral_value(ROUND_HALF_UP))


def rate_of(count: Decimal, eligible: Decimal, *bounds: Decimal | None) -> Decimal:
    """A count over the eligible in percent, one decimal; more where it would read as a bound it does not meet."""
    return beside(percent_of(count, eligible), *bounds)


# --- one measure of one branch ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Point:
    """One printed monthly figure with its origin."""

    fiscal_year: int
    month: str
    measure: str
    value: Decimal
    document: str
    line: str


def points(rows: Iterable[Mapping[str, Any]]) -> list[Point]:
    """The monthly figures of the rows of a query."""
    return [
        Point(
            fiscal_year=row["fiscal_year"],
            month=row["month"],
            measure=row["measure_id"],
            value=Decimal(row["value"]).quantize(Decimal(1)),
            document=row["document_id"],
            line=str(row["line"]),
        )
        for row in rows
    ]


def speaking(series: Iterable[Point]) -> dict[int, dict[int, Point]]:
    """The figures by fiscal year and month index; of two for one month the first speaks."""
    found: dict[int, dict[int, Point]] = {}
    for point in series:
        found.setdefault(point.fiscal_year, {}).setdefault(month_index(point.month), point)
    return found


def counts_of(series: Iterable[Point]) -> dict[int, dict[int, Decimal]]:
    """Cumulative counts by fiscal year and month index; of two for one month the first speaks."""
    return {year: {index: point.value for index, point in months.items()} for year, months in speaking(series).items()}


def falls(series: Iterable[Point]) -> list[tuple[Point, Point]]:
    """Every month of a year that counts fewer since April than the month before it on record: it and that month."""
    return [
        (after, before)
        for _, months in sorted(speaking(series).items())
        for (_, before), (_, after) in pairwise(sorted(months.items()))
        if after.value < before.value
    ]


def eligible_of(book: Book, branch: str, fiscal_year: int, denominator: str) -> Observation | None:
    """The eligible number of a year: final, else the latest inside the year, else the planned one; never nobody."""
    actuals = [o for o in book.of(branch, fiscal_year, denominator, "actual") if o.status in ("final", "provisional")]
    return next(
        (o for o in (*actuals, *book.of(branch, fiscal_year, denominator, "plan")) if o.value and o.value > 0), None
    )


@dataclass(frozen=True, slots=True)
class Outlook:
    """One rate of one branch in one year as seen from one month: everything a page or a command line says."""

    measure: Measure
    """The rate; its numerator is what is counted month by month."""
    branch: str
    fiscal_year: int
    month: int
    series: Sequence[Point]
    counts: Counts
    eligible: Mapping[int, Observation]
    target: Observation | None
    wanted: Decimal | None
    planned: Observation | None
    """The planned count the document prints."""
    found: Forecast | Missing
    misses: Sequence[Miss]
    """The back-test, every month of the complete years before."""
    printed: Mapping[int, Observation]
    """The final rates as the yearly table prints them, by fiscal year."""

    @property
    def forecast(self) -> Forecast | None:
        """The forecast, if there is one."""
        return None if isinstance(self.found, str) else self.found

    @property
    def complete(self) -> bool:
        """Is the year over? Nothing is forecast then."""
        return self.forecast is not None and self.forecast.method == "complete"

    @property
    def reached(self) -> Decimal | None:
        """Counted up to the month."""
        return self.counts.get(self.fiscal_year, {}).get(self.month)

    @property
    def same_month(self) -> Decimal | None:
        """Counted up to the same month of last year."""
        return self.counts.get(self.fiscal_year - 1, {}).get(self.month)

    @property
    def on_last_year(self) -> Decimal | None:
        """Change on the same month of last year in percent, as 前年度増減率 is printed."""
        if self.reached is None or self.same_month is None:
            return None
        return change(self.reached, self.same_month)

    @property
    def eligible_number(self) -> Decimal | None:
        """People the rate is of."""
        figure = self.eligible.get(self.fiscal_year)
        return figure.number if figure else None

    @property
    def needed_in_all(self) -> int | None:
        """People the target asks for: ⌈T·n⌉."""
        if self.wanted is None or self.eligible_number is None:
            return None
        return people_in_all(self.wanted, self.eligible_number)

    @property
    def still_needed(self) -> int | None:
        """People still to be reached: max(0, ⌈T·n − x⌉)."""
        if self.wanted is None or self.eligible_number is None or self.reached is None:
            return None
        return people_needed(self.wanted, self.reached, self.eligible_number, self.measure)

    @property
    def progress(self) -> Decimal | None:
        """Counted so far over the people the target asks for, in percent."""
        if not self.needed_in_all or self.reached is None:
            return None
        return rate_of(self.reached, Decimal(self.needed_in_all), _WHOLE)

    @property
    def months_left(self) -> int:
        """Months of the year after this one."""
        return MARCH - self.month

    @property
    def pace_needed(self) -> int | None:
        """People a month from now on; None for a complete year."""
        if self.still_needed is None or not self.months_left:
            return None
        return int((Decimal(self.still_needed) / self.months_left).to_integral_value(ROUND_CEILING))

    @property
    def pace_so_far(self) -> int | None:
        """People a month up to now."""
        return None if self.reached is None else people(self.reached / self.month)

    def rate(self, count: Decimal | None) -> Decimal | None:
        """A count of this year, in whole people, as the rate it implies; it reads as the target only on it."""
        if count is None or not self.eligible_number:
            return None
        return rate_of(Decimal(people(count)), self.eligible_number, self.wanted)

    @property
    def last_total(self) -> Decimal | None:
        """Last year's March."""
        return self.counts.get(self.fiscal_year - 1, {}).get(MARCH)

    def counted_rate(self, fiscal_year: int) -> Decimal | None:
        """A whole year's rate on the basis of the monthly counts, in percent."""
        total, figure = self.counts.get(fiscal_year, {}).get(MARCH), self.eligible.get(fiscal_year)
        wanted = self.wanted if fiscal_year == self.fiscal_year else None
        return None if total is None or figure is None else rate_of(total, figure.number, wanted)

    @property
    def last_rate(self) -> Decimal | None:
        """Last year's rate on the basis of the monthly counts."""
        return self.counted_rate(self.fiscal_year - 1)

    @property
    def falls(self) -> list[tuple[Point, Point]]:
        """The months up to this year that count fewer than the month before them."""
        return falls(point for point in self.series if point.fiscal_year <= self.fiscal_year)

    @property
    def came(self) -> Decimal | None:
        """What the year came to in the end, where that is on record."""
        return self.counts.get(self.fiscal_year, {}).get(MARCH)

    @property
    def verdict(self) -> Verdict | None:
        """Can the target still be met? None without target, eligible number or forecast, and for a complete year.

        Judged in whole people, as forecast and target are shown.
        """
        found, needed = self.forecast, self.needed_in_all
        if found is None or self.complete or needed is None or self.measure.sign < 0:
            return None

        def meets(count: Decimal) -> bool:
            return people(count) >= needed

        if meets(found.reached):
            return "reached"
        if found.low is None:
            return "likely" if meets(found.landing) else "unlikely"
        if meets(found.low):
            return "within_reach"
        return "open" if found.high is None or meets(found.high) else "out_of_reach"

    def path(self) -> list[tuple[int, Decimal]]:
        """The months still to come, as the method sees them: month index and cumulative count."""
        found = self.forecast
        if found is None or self.complete:
            return []
        seen = []
        for month in range(self.month + 1, MARCH + 1):
            years = [y for y in found.years if month in self.counts[y]]
            ratio = completion(self.counts, years, month)
            if ratio is not None and len(years) == len(found.years):
                prior = found.prior if found.prior is not None else found.landing
                on_the_way = max(found.reached, found.reached + (ratio - found.ratio) * prior)
                seen.append((month, min(found.landing, on_the_way)))
        return seen


def outlook(
    book: Book, measure: Measure, series: Sequence[Point], branch: str, fiscal_year: int, month: int
) -> Outlook:
    """The outlook of a rate whose numerator has a monthly series.

    Without a numerator nothing is counted and nothing forecast; without a denominator there is no rate.
    """
    own = [point for point in series if point.measure == measure.numerator]
    counts = counts_of(own)
    denominator = measure.denominator or ""
    eligible = {y: o for y in counts if (o := eligible_of(book, branch, y, denominator))}
    numbers = {year: figure.number for year, figure in eligible.items()}
    target = next(iter(book.of(branch, fiscal_year, measure.id, "target")), None)
    last_year = book.of(branch, fiscal_year - 1, measure.id, "actual")
    before = complete_years(counts, fiscal_year, MARCH)
    return Outlook(
        measure=measure,
        branch=branch,
        fiscal_year=fiscal_year,
        month=month,
        series=own,
        counts=counts,
        eligible=eligible,
        target=target,
        wanted=resolve_target(target, last_year).value if target else None,
        planned=next(iter(book.of(branch, fiscal_year, measure.numerator or "", "plan")), None),
        found=forecast(counts, numbers, fiscal_year, month),
        misses=[miss for m in range(1, MARCH) for miss in back_test(counts, numbers, before, m)],
        printed={y: o for y in counts if (o := book.final(branch, y, measure.id))},
    )
