"""The history of the scheme from the rows of its tables. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from kenpo.incentive.inputs import Amounts, History
from kenpo.incentive.scheme import MEASURES, VISIT_REDEFINED, Indicator

Rows = Iterable[Mapping[str, Any]]

MIDDLE_AGED = frozenset({"40-44", "45-49", "50-54", "55-59", "60-64", "65-69", "70-74"})
"""Age bands of those whom checkups are for."""
OLD_VISITS, NEW_VISITS = "incentive_visit_rate_treatment", "incentive_visit_rate"


def history(
    branches: Iterable[str], observations: Rows, subscribers: Rows, remuneration: Rows, amounts: Rows, ranks: Rows
) -> History:
    """What is on record, from rows as the package holds them, values Decimal.

    `observations` may hold other measures: they are passed over, and so are visits under the definition that was not in
    force in their year. Years that are not whole are told by `contest`.
    """
    indicators: dict[int, dict[str, dict[Indicator, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    for row in observations:
        if row["measure_id"] in MEASURES and _in_force(row["measure_id"], row["fiscal_year"]):
            indicators[row["fiscal_year"]][row["branch_id"]][MEASURES[row["measure_id"]]] = row["value"]
    people: dict[int, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in subscribers:
        if row["age_band"] in MIDDLE_AGED:
            people[row["fiscal_year"]][row["branch_id"]] += row["hundreds"]
    paid: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for row in remuneration:
        paid[row["fiscal_year"]][row["branch_id"]] = row["amount_million_yen"]
    official: dict[int, dict[str, int]] = defaultdict(dict)
    for row in ranks:
        official[row["fiscal_year"]][row["branch_id"]] = int(row["rank"])
    return History(
        tuple(branches), _plain(indicators), _plain(people), _plain(paid), _amounts(amounts), _plain(official)
    )


def _in_force(measure: str, fiscal_year: int) -> bool:
    return measure != (OLD_VISITS if fiscal_year >= VISIT_REDEFINED else NEW_VISITS)


def _amounts(rows: Rows) -> dict[int, dict[str, Amounts]]:
    found: dict[tuple[int, str], dict[str, Decimal]] = defaultdict(dict)
    for row in rows:
        found[row["fiscal_year"], row["branch_id"]][row["component"]] = row["amount_million_yen"]
    years: dict[int, dict[str, Amounts]] = defaultdict(dict)
    for (year, branch), parts in found.items():
        if {"added", "reduced"} <= set(parts):
            years[year][branch] = Amounts(parts["added"], parts["reduced"])
    return dict(years)


def _plain(years: Mapping[int, Mapping[str, Any]]) -> dict[int, dict[str, Any]]:
    """Without defaults: what is missing stays missing."""
    return {year: dict(found) for year, found in years.items()}
