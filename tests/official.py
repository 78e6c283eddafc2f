"""The papers' tables and the indicators as the engines read them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from kenpo import incentive
from kenpo.catalog import NATIONAL
from kenpo.incentive import Contest, History
from tests.builders import DATA

NEXT = DATA / "next"
"""Where they stand until the package holds them."""
_DECIMALS = ("value", "hundreds", "amount_million_yen", "rank")


@cache
def rows(name: str) -> tuple[Mapping[str, Any], ...]:
    """The rows of a table: years whole numbers, figures Decimal, everything else text as it stands."""
    with (NEXT / name).open(encoding="utf-8", newline="") as file:
        return tuple(_typed(row) for row in csv.DictReader(file))


def _typed(row: dict[str, str]) -> dict[str, Any]:
    numbers = {name: Decimal(row[name]) for name in _DECIMALS if name in row}
    return row | numbers | {"fiscal_year": int(row["fiscal_year"])}


@cache
def branches() -> tuple[str, ...]:
    """The 47, in the package's order."""
    with (DATA / "branches.csv").open(encoding="utf-8", newline="") as file:
        return tuple(row["branch_id"] for row in csv.DictReader(file) if row["branch_id"] != NATIONAL)


@cache
def history() -> History:
    """Everything on record."""
    return incentive.history(
        branches(),
        rows("observations_incentive.csv"),
        rows("subscribers.csv"),
        rows("remuneration.csv"),
        rows("incentive_amounts.csv"),
        rows("incentive_official_ranks.csv"),
    )


def scored(fiscal_year: int) -> Contest:
    """The contest of a year that can be scored."""
    found = incentive.contest(history(), fiscal_year)
    assert isinstance(found, Contest), found
    return found
