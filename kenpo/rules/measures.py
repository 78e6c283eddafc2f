"""A measure against itself and the others: parts, successors, bounds, years, names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from kenpo.rules.figures import COUNTS, limits
from kenpo.rules.tables import Cells, Fault, Tables, alike, by_id, chain, first_of_circle, number, rows, year

_NAMES = {
    "branches": ("name_ja", "name_en"),
    "measures": ("name_ja", "name_en", "short_ja", "short_en"),
}
_CERTAIN = 2
"""So many times more above the line than below it is no misprint of one document."""


def faults(tables: Tables) -> Iterator[Fault]:
    """Measures that name themselves, lack what they need, or have their bounds in the wrong order; names twice."""
    following = {cells["measure_id"]: cells["successor_id"] for _, _, cells in rows(tables, "measures")}
    roles = {cells["measure_id"]: cells["role"] for _, _, cells in rows(tables, "measures")}
    for _, row, cells in rows(tables, "measures"):
        yield from _parts(row, cells, roles)
        yield from _successor(row, cells, following)
        yield from _bounds(row, cells)
        if cells["role"] == "kpi" and not cells["pillar"]:
            yield Fault("measures", row, "pillar", "no_pillar")
    for table, columns in _NAMES.items():
        for column in columns:
            yield from _twice(tables, table, column)


def _parts(row: int, cells: Cells, roles: Mapping[str, str]) -> Iterator[Fault]:
    """A denominator alone is allowed: with a printed rate it gives the people; a numerator alone gives nothing."""
    for column in ("numerator_id", "denominator_id"):
        if cells[column] == cells["measure_id"]:
            yield Fault("measures", row, column, "itself")
        elif roles.get(cells[column], "count") != "count":
            yield Fault("measures", row, column, "not_counted", "role = count")
    if cells["numerator_id"] and not cells["denominator_id"]:
        yield Fault("measures", row, "denominator_id", "no_denominator")
    elif cells["numerator_id"] and cells["numerator_id"] == cells["denominator_id"]:
        yield Fault("measures", row, "denominator_id", "part_of_itself")


def _successor(row: int, cells: Cells, following: dict[str, str]) -> Iterator[Fault]:
    if not cells["successor_id"]:
        return
    if cells["successor_id"] == cells["measure_id"]:
        yield Fault("measures", row, "successor_id", "itself")
    elif first_of_circle(found := chain(cells["measure_id"], following), following):
        yield Fault("measures", row, "successor_id", "circle", " → ".join(found))


def _bounds(row: int, cells: Cells) -> Iterator[Fault]:
    low, high = number(cells["slider_min"]), number(cells["slider_max"])
    if low is not None and high is not None and low >= high:
        yield Fault("measures", row, "slider_min", "slider_order", cells["slider_max"])
    first, last = year(cells["kpi_from"]), year(cells["kpi_to"])
    if first is not None and last is not None and first > last:
        yield Fault("measures", row, "kpi_from", "kpi_order", cells["kpi_to"])


def _twice(tables: Tables, table: str, column: str) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for _, row, cells in rows(tables, table):
        first = seen.setdefault(alike(cells[column]), row)
        if first != row and cells[column]:
            yield Fault(table, row, column, "same_name", str(first))


# --- numerator and denominator exchanged -----------------------------------------------------------


def exchanged(tables: Tables) -> Iterator[Fault]:
    """Shares whose numerator is larger than the denominator wherever both are printed side by side.

    One such place may be a misprint, which is a finding; several and no other, or one whose printed rate is that of
    the denominator in the numerator, mean that the two are exchanged.
    """
    measures = by_id(tables, "measures", "measure_id")
    places: dict[Hashable, dict[str, Decimal]] = defaultdict(dict)
    for _, _, cells in rows(tables, "observations"):
        value = number(cells["value"])
        if value is not None and cells["kind"] != "target":
            place = ("branch_id", "fiscal_year", "kind", "as_of", "status", "document_id")
            places[tuple(cells[column] for column in place)].setdefault(cells["measure_id"], value)
    for _, row, cells in rows(tables, "measures"):
        above, below = measures.get(cells["numerator_id"]), measures.get(cells["denominator_id"])
        share = cells["unit"] == "percent" and limits(cells)[1] is not None
        if share and above and below and above["unit"] in COUNTS and below["unit"] in COUNTS:
            pairs = [
                (found.get(cells["measure_id"]), found[cells["numerator_id"]], found[cells["denominator_id"]])
                for found in places.values()
                if cells["numerator_id"] in found and found.get(cells["denominator_id"])
            ]
            if _exchanged(pairs):
                yield Fault("measures", row, "numerator_id", "exchanged", cells["denominator_id"])


def _exchanged(pairs: Sequence[tuple[Decimal | None, Decimal, Decimal]]) -> bool:
    if not pairs or not all(x > n for _, x, n in pairs):
        return False
    return len(pairs) >= _CERTAIN or any(rate is not None and _rate(n, x, rate) for rate, x, n in pairs)


def _rate(part: Decimal, whole: Decimal, rate: Decimal) -> bool:
    """Is a printed rate that of a part in a whole, rounded as printed?"""
    return (part / whole * 100).quantize(rate, ROUND_HALF_UP) == rate
