"""What the tables of a package must say of each other, row by row. Pure: rows of text in, faults out.

A rule speaks only of what it can read: a cell of the wrong type is no fault here, the check of types names it.
"""

from __future__ import annotations

from collections.abc import Iterator

from kenpo.rules import agreement, dates, documents, figures, measures, parts
from kenpo.rules.tables import Fault, Tables

__all__ = ["Fault", "Tables", "faults"]


def faults(tables: Tables, *, whole: bool = True) -> Iterator[Fault]:
    """Every fault of the rows; `whole` is False where rows were lost, then nothing is said of what is missing."""
    yield from measures.faults(tables)
    yield from parts.faults(tables)
    yield from figures.faults(tables)
    yield from documents.faults(tables)
    yield from dates.faults(tables)
    yield from agreement.faults(tables)
    if whole:
        yield from measures.exchanged(tables)
        yield from figures.ranges(tables)
        yield from documents.owners(tables)
