"""Reconciling the papers: what is on record is clean, a damaged figure is named, and what cannot be found is known."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from kenpo import reconcile
from kenpo.reconcile import Mismatch
from tests import official

D = Decimal
Tables = dict[str, list[dict[str, Any]]]

FILES = {
    "breakdown": "premium_breakdown.csv",
    "amounts": "incentive_amounts.csv",
    "remuneration": "remuneration.csv",
    "subscribers": "subscribers.csv",
    "ranks": "incentive_official_ranks.csv",
    "rates": "observations_premium_rate.csv",
}
VALUE = {"breakdown": "value", "subscribers": "hundreds", "ranks": "rank", "rates": "value"}
PART = {"breakdown": "component", "amounts": "component", "subscribers": "age_band"}


def tables(fiscal_year: int | None = None) -> Tables:
    """Every table; of one year, with the rates of the year before and the ranks that were paid for in it."""
    kept = {"rates": (fiscal_year, (fiscal_year or 0) - 1), "ranks": ((fiscal_year or 0) - 2,)}
    return {
        name: [
            dict(row)
            for row in official.rows(file)
            if fiscal_year is None or row["fiscal_year"] in kept.get(name, (fiscal_year,))
        ]
        for name, file in FILES.items()
    }


def mismatches(held: Tables) -> Iterator[Mismatch]:
    yield from reconcile.breakdown(held["breakdown"])
    yield from reconcile.nation(held["breakdown"])
    yield from reconcile.paid(held["breakdown"], held["rates"])
    yield from reconcile.incentive(held["breakdown"], held["amounts"], held["remuneration"])
    yield from reconcile.amounts(held["amounts"])
    yield from reconcile.contributions(held["amounts"], held["remuneration"])
    yield from reconcile.remuneration(held["remuneration"])
    yield from reconcile.subscribers(held["subscribers"])
    yield from reconcile.official_ranks(held["ranks"], held["amounts"], held["remuneration"])


def damaged(table: str, branch: str, fiscal_year: int, value: str, part: str = "") -> set[tuple[str, str]]:
    """Rules that are broken, and by whom, once one figure is exchanged."""
    held = tables()
    (row,) = [
        row
        for row in held[table]
        if (row["branch_id"], row["fiscal_year"]) == (branch, fiscal_year) and row.get(PART.get(table, ""), "") == part
    ]
    column = VALUE.get(table, "amount_million_yen")
    assert row[column] != D(value)
    row[column] = D(value)
    return {(one.rule, one.branch) for one in mismatches(held)}


def test_what_is_on_record_is_clean() -> None:
    assert list(mismatches(tables())) == []


def test_without_rows_there_is_nothing_to_say() -> None:
    assert list(mismatches({name: [] for name in FILES})) == []


@pytest.mark.parametrize(
    ("table", "branch", "fiscal_year", "part", "value", "rules"),
    [
        # 5.83 − 0.17 − 0.09 = 5.57.
        ("breakdown", "yamaguchi", 2026, "before_adjustment", "5.38", {"adjusted_sum"}),
        ("breakdown", "yamaguchi", 2026, "age_adjustment", "0.17", {"adjusted_sum"}),
        ("breakdown", "yamaguchi", 2026, "adjusted", "5.75", {"adjusted_sum", "required_sum", "rate_sum"}),
        # 5.57 + 4.55 = 10.12.
        ("breakdown", "yamaguchi", 2026, "required", "10.21", {"required_sum"}),
        ("breakdown", "yamaguchi", 2026, "settlement", "0.30", {"rate_sum"}),
        ("breakdown", "yamaguchi", 2026, "rate", "10.51", {"rate_sum", "rate_in_force"}),
        # 105 million of 1,108,790 are 0.0095 points.
        ("breakdown", "yamaguchi", 2026, "incentive", "-0.01", {"incentive_of_net"}),
        ("breakdown", "yamaguchi", 2021, "incentive", "0.070", {"incentive_of_net", "incentive_sum", "rate_sum"}),
        ("breakdown", "yamaguchi", 2021, "rate_before_incentive", "10.12", {"incentive_sum", "rate_sum"}),
        # 5.18 + 0.86 × (5.57 − 5.18) + 4.82 = 10.335.
        ("breakdown", "hokkaido", 2019, "rate_before_settlement", "10.53", {"eased_rate"}),
        ("rates", "yamaguchi", 2026, "", "10.51", {"rate_in_force"}),
        ("rates", "okinawa", 2026, "", "9.49", {"rate_in_force"}),
        ("amounts", "yamaguchi", 2026, "added", "501", {"net_sum", "contribution", "amounts_total"}),
        ("amounts", "shizuoka", 2026, "reduced", "1245", {"net_sum"}),
        ("amounts", "shizuoka", 2026, "net", "-892", {"net_sum", "amounts_total"}),
        ("remuneration", "yamaguchi", 2026, "", "1180790", {"remuneration_total", "contribution"}),
        ("remuneration", "yamaguchi", 2026, "", "1108970", {"remuneration_total"}),
        ("subscribers", "yamaguchi", 2026, "total", "3989", {"bands_total"}),
        ("subscribers", "yamaguchi", 2026, "40-44", "392", {"bands_total", "subscribers_total"}),
        ("ranks", "yamaguchi", 2024, "", "35", {"rank_once"}),
    ],
)
def test_a_wrong_figure_is_found(
    table: str, branch: str, fiscal_year: int, part: str, value: str, rules: set[str]
) -> None:
    found = damaged(table, branch, fiscal_year, value, part)
    assert {rule for rule, _ in found} == rules
    assert {name for rule, name in found if not rule.endswith("_total") and rule != "rank_once"} <= {branch}


@pytest.mark.parametrize(
    ("table", "part", "value", "rules"),
    [
        ("breakdown", "common", "4.65", {"required_sum", "rate_sum", "nation_sum"}),
        ("breakdown", "rate", "9.99", {"nation_sum", "rate_in_force"}),
        ("amounts", "reduced", "10791", {"net_sum", "amounts_total"}),
        ("amounts", "net", "1", {"net_sum", "pool_shared"}),
        ("remuneration", "", "112809980", {"remuneration_total"}),
        ("subscribers", "total", "398990", {"bands_total", "subscribers_total"}),
    ],
)
def test_a_wrong_figure_of_the_nation_is_found(table: str, part: str, value: str, rules: set[str]) -> None:
    assert {rule for rule, _ in damaged(table, "national", 2026, value, part)} == rules


def test_a_national_incentive_is_found() -> None:
    assert damaged("breakdown", "national", 2025, "0.010", "incentive") == {
        ("nation_incentive", "national"),
    }


def test_two_winners_exchanged_are_found_two_others_are_not() -> None:
    def exchanged(one: int, other: int) -> set[str]:
        held = tables()
        for row in held["ranks"]:
            if row["fiscal_year"] == 2024 and row["rank"] in (one, other):
                row["rank"] = D(one + other) - row["rank"]
        return {found.rule for found in mismatches(held)}

    assert exchanged(6, 7) == {"rank_order"}
    assert exchanged(15, 16) == {"rank_order"}
    assert exchanged(30, 40) == set()


def _slips(text: str, place: int) -> list[Decimal]:
    """The figure with its place-th digit from the end exchanged for each of the nine others."""
    digits = [index for index, sign in enumerate(text) if sign.isdigit()]
    if place >= len(digits):
        return []
    at = digits[-1 - place]
    return [D(text[:at] + digit + text[at + 1 :]) for digit in "0123456789" if digit != text[at]]


def _missed(table: str, part: str, place: int) -> int:
    """Of the slips in one digit of ten branches of FY2026, how many stay unnoticed."""
    held, missed = tables(2026), 0
    column = VALUE.get(table, "amount_million_yen")
    names = official.branches()[::5]
    for row in held[table]:
        if row["branch_id"] not in names or row.get(PART.get(table, ""), "") != part:
            continue
        right = row[column]
        for wrong in _slips(str(right), place):
            row[column] = wrong
            missed += next(mismatches(held), None) is None
        row[column] = right
    return missed


ONLY_LAST = [
    "before_adjustment",
    "age_adjustment",
    "income_adjustment",
    "adjusted",
    "required",
    "settlement",
    "incentive",
    "rate",
]


@pytest.mark.parametrize("part", ONLY_LAST)
def test_of_a_breakdown_only_the_last_digit_can_slip(part: str) -> None:
    # 90 slips each; the widest gap is the settlement's, which is part of one sum only.
    assert _missed("breakdown", part, 1) == 0
    assert _missed("breakdown", part, 0) <= (40 if part == "settlement" else 25)


@pytest.mark.parametrize(
    ("table", "part", "found_from"),
    [("amounts", "added", 1), ("amounts", "net", 1), ("remuneration", "", 2), ("subscribers", "total", 2)],
)
def test_from_which_digit_on_a_slip_is_found(table: str, part: str, found_from: int) -> None:
    assert _missed(table, part, found_from) == 0
    assert _missed(table, part, found_from - 1) > 0


def test_a_mismatch_says_what_would_be_right() -> None:
    rows = [
        {"branch_id": "oita", "fiscal_year": 2026, "component": name, "value": D(value)}
        for name, value in (("before_adjustment", "6.35"), ("age_adjustment", "-0.21"), ("adjusted", "5.59"))
    ]
    # No income adjustment is printed: 6.35 − 0.21 = 6.14.
    assert list(reconcile.breakdown(rows)) == [
        Mismatch("adjusted_sum", "oita", 2026, "adjusted", D("5.59"), D("6.14"), D("0.01"))
    ]
