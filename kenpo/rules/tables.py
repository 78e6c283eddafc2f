"""Rows of text as the rules read them, and what a rule has to say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

Cells = Mapping[str, str]
Rows = Sequence[tuple[int, Cells]]
"""The rows of a table with their lines; the header is line 1."""
Tables = Mapping[str, Rows]
"""Rows by the name of the table; a table that cannot be read is left out."""

_NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,6})?", re.ASCII)
_YEAR = re.compile(r"[0-9]{4}", re.ASCII)
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])", re.ASCII)


class Fault(NamedTuple):
    """A row that cannot be right: where, the id of the text that explains it, and what would be right."""

    table: str
    row: int
    column: str
    rule: str
    expected: str = ""


def rows(tables: Tables, *names: str) -> Iterator[tuple[str, int, Cells]]:
    """The rows of some tables, each with its table and line."""
    for name in names:
        for row, cells in tables.get(name, ()):
            yield name, row, cells


def by_id(tables: Tables, name: str, key: str) -> dict[str, Cells]:
    """The rows of a table by their id."""
    return {cells[key]: cells for _, cells in tables.get(name, ())}


def number(text: str) -> Decimal | None:
    """A number of the package; None for anything else."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def year(text: str) -> int | None:
    """A fiscal year; None for anything else."""
    return int(text) if _YEAR.fullmatch(text) else None


def month(text: str) -> str | None:
    """A month as YYYY-MM; None for anything else."""
    return text if _MONTH.fullmatch(text) else None


def alike(text: str) -> str:
    """A name as a reader tells it from another: width, case and spaces do not count."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def chain(start: str, following: Mapping[str, str]) -> list[str]:
    """What follows an id, one after the other, itself included, until it ends or comes back."""
    found = [start]
    while (after := following.get(found[-1])) and after not in found:
        found.append(after)
    return [*found, after] if after else found


def first_of_circle(found: Sequence[str], order: Mapping[str, str]) -> bool:
    """Does a chain come back to its start, the start being the one listed first? So that a circle is told once."""
    return found[-1] == found[0] and found[0] == next(name for name in order if name in found)


def listed(options: Iterable[str]) -> str:
    """What would be right, in a fixed order."""
    return ", ".join(sorted(options))
