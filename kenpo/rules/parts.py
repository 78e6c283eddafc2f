"""What measures are made of: parts that are none of their whole, circles, units, and several ways where one can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kenpo.rules.tables import Cells, Fault, Tables, by_id, rows

_TABLE = "measure_parts"
_RATE = "unit = percent, denominator_id"


def faults(tables: Tables) -> Iterator[Fault]:
    """Parts a measure cannot have; of ids nobody knows the check of keys tells."""
    measures = by_id(tables, "measures", "measure_id")
    for name, row, cells in rows(tables, _TABLE):
        whole, part = measures.get(cells["whole_id"]), measures.get(cells["part_id"])
        if cells["whole_id"] == cells["part_id"]:
            yield Fault(name, row, "part_id", "itself")
        elif whole and part:
            yield from _kind(row, cells["relation"], whole, part)
    yield from _circles(tables, measures)
    yield from _ways(tables)


def _kind(row: int, relation: str, whole: Cells, part: Cells) -> Iterator[Fault]:
    """What adds up is of one unit; people stand behind a rate alone, and what grows is counted."""
    if relation == "sum" and whole["unit"] == "percent":
        yield Fault(_TABLE, row, "relation", "rates_added", "combine")
    elif relation == "sum" and part["unit"] != whole["unit"]:
        yield Fault(_TABLE, row, "part_id", "other_unit", whole["unit"])
    if relation == "combine" and not _rate(whole):
        yield Fault(_TABLE, row, "whole_id", "no_rate", _RATE)
    elif relation == "grow" and whole["role"] != "count":
        yield Fault(_TABLE, row, "whole_id", "not_counted", "role = count")
    elif relation in ("combine", "grow") and not _rate(part):
        yield Fault(_TABLE, row, "part_id", "no_rate", _RATE)


def _rate(measure: Cells) -> bool:
    return measure["unit"] == "percent" and measure["denominator_id"] != ""


def _circles(tables: Tables, measures: Mapping[str, Cells]) -> Iterator[Fault]:
    """The row that closes a circle. What grows with a rate follows the number that rate is of, too."""
    after: dict[str, list[str]] = {}
    for _, _, cells in rows(tables, _TABLE):
        part = measures.get(cells["part_id"])
        if cells["relation"] == "grow" and part and part["denominator_id"]:
            after.setdefault(cells["part_id"], []).append(part["denominator_id"])
    for name, row, cells in rows(tables, _TABLE):
        whole, part_id = cells["whole_id"], cells["part_id"]
        if whole == part_id:
            continue
        found = _way(part_id, whole, after)
        if found:
            yield Fault(name, row, "part_id", "circle", " → ".join([whole, *found]))
        else:
            after.setdefault(whole, []).append(part_id)


def _way(start: str, end: str, after: Mapping[str, list[str]]) -> list[str]:
    """The ids from one to another, both included; empty where none leads there."""
    ways, seen = [[start]], {start}
    while ways:
        way = ways.pop()
        if way[-1] == end:
            return way
        following = [name for name in dict.fromkeys(after.get(way[-1], ())) if name not in seen]
        seen.update(following)
        ways += [[*way, name] for name in following]
    return []


def _ways(tables: Tables) -> Iterator[Fault]:
    """A total may be split in several ways; a rate is combined in one, and a number grows in one.

    The name of a combined rate is its own.
    """
    first: dict[tuple[str, str], str] = {}
    named: dict[str, tuple[str, int]] = {}
    for name, row, cells in rows(tables, _TABLE):
        relation, whole, split = cells["relation"], cells["whole_id"], cells["split"]
        if relation not in ("combine", "grow"):
            continue
        known = first.setdefault((relation, whole), split)
        taken, taken_in = named.setdefault(split, (whole, row)) if relation == "combine" else (whole, row)
        if known != split:
            yield Fault(name, row, "split", "one_split", known)
        elif taken != whole:
            yield Fault(name, row, "split", "same_name", str(taken_in))
