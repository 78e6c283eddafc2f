"""Do the papers' figures agree with each other? Sums, products and orders that a wrong digit breaks. Pure.

Each rule's tolerance is what rounding can do, measured first on the eight papers of FY2019–2026 (in brackets):
adjusted, required and eased rates ±0.01 [0.01], rate before the incentive ±0.01 [0.010], parts ±0.02 [0.017], incentive
against net ÷ remuneration half its last place + 0.0005 [0.00051; of two decimals 0.0048], paying in against its share
of the remuneration ±3 million [2.3], net ±1 million [1], national sums ±24 [5], age bands ±8 hundred people [3].

What they cannot find, tried by exchanging every digit for every other: of most figures a fifth of the slips in the last
digit, of FY2026's settlement two fifths; of remuneration the last digit and some of the last two; of subscribers the
last digit. A sign only where the figure is next to nothing. Two branches exchanged below the last winner's rank. Two
slips that cancel out. The indicators have no sums: only the back-test speaks for them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any, TypeAlias

from kenpo.catalog import NATIONAL

D = Decimal
HUNDREDTH, TWO_HUNDREDTHS = D("0.01"), D("0.02")
EASED = D("0.86")
"""What 激変緩和 left of a branch's distance from the nation in FY2019, the only year that prints such a rate."""
INCENTIVE_SLACK = D("0.0005")
"""Percent points a net amount rounded to a million can move a branch's rate."""
NET = D(1)
CONTRIBUTION = D(3)
"""Million yen: remuneration of the rate year is near that of the year paid for, not equal."""
SUM = D(24)
"""47 figures rounded to one are this far off at most."""
BANDS = D(8)
"""Fifteen age bands and their total, hundreds of people."""

Rows: TypeAlias = Iterable[Mapping[str, Any]]
Place: TypeAlias = tuple[str, int]
"""Branch and fiscal year."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A figure that does not agree with the others. It need not be the wrong one: one of those the rule names is."""

    rule: str
    branch: str
    fiscal_year: int
    part: str
    """The component, age band or column the figure stands in; empty where the table has one column."""
    value: Decimal
    expected: Decimal
    tolerance: Decimal


def breakdown(rows: Rows) -> Iterator[Mismatch]:
    """Parts of a rate that do not add up. Rows: branch_id, fiscal_year, component, value."""
    places = _places(rows, "component", "value")
    for place, parts in places.items():
        for rule, part, expected, tolerance in _sums(parts, places.get((NATIONAL, place[1]), {})):
            if part in parts and abs(parts[part] - expected) > tolerance:
                yield Mismatch(rule, *place, part, parts[part], expected, tolerance)


def _sums(parts: Mapping[str, Decimal], nation: Mapping[str, Decimal]) -> Iterator[tuple[str, str, Decimal, Decimal]]:
    """What each figure must be by the others, where these are printed: rule, component, expected, tolerance."""
    adjustments = [parts.get(name, D(0)) for name in ("age_adjustment", "income_adjustment")]
    if "before_adjustment" in parts:
        yield "adjusted_sum", "adjusted", parts["before_adjustment"] + sum(adjustments, D(0)), HUNDREDTH
    if not {"adjusted", "common"} <= set(nation) or not {"adjusted", "required"} <= set(parts):
        return
    common = nation["common"]
    yield "required_sum", "required", parts["adjusted"] + common, HUNDREDTH
    eased = nation["adjusted"] + EASED * (parts["adjusted"] - nation["adjusted"]) + common
    yield "eased_rate", "rate_before_settlement", eased, HUNDREDTH
    if "incentive" not in parts:
        return
    if "rate_before_incentive" in parts:
        yield "incentive_sum", "rate", parts["rate_before_incentive"] + parts["incentive"], HUNDREDTH
    settlement = parts.get("settlement", parts.get("rate_before_incentive", D(0)) - parts["required"])
    if "settlement" in parts or "rate_before_incentive" in parts:
        yield "rate_sum", "rate", parts["adjusted"] + common + settlement + parts["incentive"], TWO_HUNDREDTHS


def nation(rows: Rows) -> Iterator[Mismatch]:
    """The nation's rate that is not its adjusted rate + the common one, exactly; and an incentive that is not 0."""
    for place, parts in _places(rows, "component", "value").items():
        if place[0] != NATIONAL:
            continue
        if {"adjusted", "common"} <= set(parts):
            for part in ("required", "rate", "rate_before_incentive", "rate_before_settlement"):
                expected = parts["adjusted"] + parts["common"]
                if part in parts and parts[part] != expected:
                    yield Mismatch("nation_sum", *place, part, parts[part], expected, D(0))
        if parts.get("incentive"):
            yield Mismatch("nation_incentive", *place, "incentive", parts["incentive"], D(0), D(0))


def paid(rows: Rows, rates: Rows) -> Iterator[Mismatch]:
    """A rate in force that is neither what the parts make nor last year's rate in force, held back.

    `rates` are the figures of the premium rate: branch_id, fiscal_year, value.
    """
    in_force = {(row["branch_id"], row["fiscal_year"]): row["value"] for row in rates}
    for place, parts in _places(rows, "component", "value").items():
        branch, year = place
        if "rate" not in parts or place not in in_force:
            continue
        if in_force[place] not in (parts["rate"], in_force.get((branch, year - 1))):
            yield Mismatch("rate_in_force", *place, "rate", in_force[place], parts["rate"], D(0))


def incentive(rows: Rows, amounts: Rows, remuneration: Rows) -> Iterator[Mismatch]:
    """An incentive that is not the net amount ÷ the remuneration of the rate year, in percent points.

    Its value must have the decimals it is printed with: they say how far rounding goes.
    """
    net, pay = _places(amounts, "component", "amount_million_yen"), _amounts(remuneration)
    for place, parts in _places(rows, "component", "value").items():
        if place[0] == NATIONAL or "incentive" not in parts or "net" not in net.get(place, {}) or not pay.get(place):
            continue
        value = parts["incentive"]
        half = D(5).scaleb(int(value.as_tuple().exponent) - 1)
        expected, tolerance = net[place]["net"] / pay[place] * 100, half + INCENTIVE_SLACK
        if abs(value - expected) > tolerance:
            yield Mismatch("incentive_of_net", *place, "incentive", value, expected, tolerance)


def amounts(rows: Rows) -> Iterator[Mismatch]:
    """Paid in − got out that is not the net; national totals that are not the sums of the 47; a pool not shared out."""
    places = _places(rows, "component", "amount_million_yen")
    for place, parts in places.items():
        if {"added", "reduced", "net"} <= set(parts):
            expected, most = parts["added"] - parts["reduced"], NET if place[0] != NATIONAL else D(0)
            if abs(parts["net"] - expected) > most:
                yield Mismatch("net_sum", *place, "net", parts["net"], expected, most)
        if place[0] == NATIONAL and parts.get("net"):
            yield Mismatch("pool_shared", *place, "net", parts["net"], D(0), D(0))
    yield from _totals("amounts_total", places)


def contributions(rows: Rows, remuneration: Rows) -> Iterator[Mismatch]:
    """What a branch pays in that is not its share of the nation's remuneration of the pool."""
    pay = _amounts(remuneration)
    places = _places(rows, "component", "amount_million_yen")
    for (branch, year), parts in places.items():
        nation_pays, nation_earns = places.get((NATIONAL, year), {}).get("added"), pay.get((NATIONAL, year))
        if (
            branch == NATIONAL
            or "added" not in parts
            or not nation_pays
            or not nation_earns
            or (branch, year) not in pay
        ):
            continue
        expected = nation_pays * pay[branch, year] / nation_earns
        if abs(parts["added"] - expected) > CONTRIBUTION:
            yield Mismatch("contribution", branch, year, "added", parts["added"], expected, CONTRIBUTION)


def remuneration(rows: Rows) -> Iterator[Mismatch]:
    """The nation's remuneration that is not the sum of the 47."""
    places = {place: {"": value} for place, value in _amounts(rows).items()}
    yield from _totals("remuneration_total", places)


def subscribers(rows: Rows) -> Iterator[Mismatch]:
    """Age bands that do not make the total; the nation's that are not the sums of the 47."""
    places = _places(rows, "age_band", "hundreds")
    for place, bands in places.items():
        expected = sum((value for band, value in bands.items() if band != "total"), D(0))
        if "total" in bands and abs(bands["total"] - expected) > BANDS:
            yield Mismatch("bands_total", *place, "total", bands["total"], expected, BANDS)
    yield from _totals("subscribers_total", places)


def official_ranks(ranks: Rows, amounts: Rows, remuneration: Rows) -> Iterator[Mismatch]:
    """Ranks that are not 1–n once each, or not in the order of the printed rewards ÷ remuneration two years later."""
    money, pay = _places(amounts, "component", "amount_million_yen"), _amounts(remuneration)
    years: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for row in ranks:
        years[row["fiscal_year"]].append((int(row["rank"]), row["branch_id"]))
    for year, found in years.items():
        for place, (rank, branch) in enumerate(sorted(found), 1):
            if rank != place:
                yield Mismatch("rank_once", branch, year, "rank", D(rank), D(place), D(0))
        places = [(branch, year + 2) for _, branch in sorted(found)]
        if all("reduced" in money.get(place, {}) and pay.get(place) for place in places):
            yield from _in_order(year, [(place[0], money[place]["reduced"] / pay[place]) for place in places])


def _in_order(year: int, rewarded: list[tuple[str, Decimal]]) -> Iterator[Mismatch]:
    """A branch is rewarded no better than the one ranked before it."""
    for (_, better), (branch, effect) in pairwise(rewarded):
        if effect > better:
            yield Mismatch("rank_order", branch, year, "rank", effect * 100, better * 100, D(0))


def _totals(rule: str, places: Mapping[Place, Mapping[str, Decimal]]) -> Iterator[Mismatch]:
    """What is printed for the nation beside the sum of the branches."""
    sums: dict[int, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for (branch, year), parts in places.items():
        if branch != NATIONAL:
            for part, value in parts.items():
                sums[year][part] += value
    for (branch, year), parts in places.items():
        for part, value in parts.items() if branch == NATIONAL else ():
            if year in sums and abs(value - sums[year][part]) > SUM:
                yield Mismatch(rule, branch, year, part, value, sums[year][part], SUM)


def _places(rows: Rows, part: str, value: str) -> dict[Place, dict[str, Decimal]]:
    found: dict[Place, dict[str, Decimal]] = defaultdict(dict)
    for row in rows:
        found[row["branch_id"], row["fiscal_year"]][row[part]] = row[value]
    return dict(found)


def _amounts(rows: Rows) -> dict[Place, Decimal]:
    return {(row["branch_id"], row["fiscal_year"]): row["amount_million_yen"] for row in rows}
