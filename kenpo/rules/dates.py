"""What a document can know: nothing of a time after it was made, and only years near its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from statistics import median_low

from kenpo.rules.documents import FIGURES
from kenpo.rules.tables import Cells, Fault, Tables, by_id, month, rows, year

REACHED = ("observations", "monthly", "benefits", "incentive_ranks", "initiatives")
"""Tables of what was reached; of the figures only the actuals. Targets and plans look ahead by nature."""
SET_IN_ADVANCE = frozenset({"premium_rate"})
"""Measures whose actual is fixed before its year begins."""
_AHEAD, _BACK = 10, 30
"""So many years after and before its own a document may speak of; a plan of six years is the longest known."""
_PUBLISHED_AHEAD = 2
"""A document is about at most so many fiscal years after the one it was made in."""
_APRIL = 4


def faults(tables: Tables) -> Iterator[Fault]:
    """What was reached after the document was made, and years far from any document's."""
    documents = by_id(tables, "documents", "document_id")
    for name, row, cells in rows(tables, *REACHED):
        document = documents.get(cells["document_id"])
        if document is not None and cells.get("kind", "actual") == "actual":
            yield from _reached(name, row, cells, document)
    far = list(_documents(tables))
    yield from far
    astray = {fault.row for fault in far}
    near = {cells["document_id"]: cells for row, cells in tables.get("documents", ()) if row not in astray}
    for name, row, cells in rows(tables, *FIGURES):
        document = near.get(cells["document_id"])
        about, own = year(cells["fiscal_year"]), year(document["fiscal_year"]) if document else None
        if about is not None and own is not None and not own - _BACK <= about <= own + _AHEAD:
            yield Fault(name, row, "fiscal_year", "year_far", f"{own - _BACK}–{own + _AHEAD}")


def _reached(name: str, row: int, cells: Cells, document: Cells) -> Iterator[Fault]:
    """No year after the document's; no month after the one it was made in; nothing final before the year has ended."""
    about, own, made = year(cells["fiscal_year"]), year(document["fiscal_year"]), document["made_on"]
    if about is None:
        return
    if own is not None and about > own:
        yield Fault(name, row, "fiscal_year", "after_document", f"–{own}")
        return
    if _day(made) is None or cells.get("measure_id") in SET_IN_ADVANCE or name in ("incentive_ranks", "initiatives"):
        return
    column = "month" if name == "monthly" else "as_of"
    until = month(cells[column])
    if until is not None and until > made[:7]:
        yield Fault(name, row, column, "after_made", f"–{made[:7]}")
    end = f"{about + 1}-03-31"
    if not cells[column] and cells.get("status", "final") == "final" and made < end:
        yield Fault(name, row, "status" if "status" in cells else column, "final_too_early", f"{made} < {end}")


def _documents(tables: Tables) -> Iterator[Fault]:
    """A document is about a year near the one it was made in; without a date, near those of the others."""
    known = [own for _, _, cells in rows(tables, "documents") if (own := year(cells["fiscal_year"])) is not None]
    for _, row, cells in rows(tables, "documents"):
        own, made = year(cells["fiscal_year"]), _day(cells["made_on"])
        if own is None:
            continue
        usual = made.year - (made.month < _APRIL) if made else median_low(known)
        low, high = usual - _BACK, usual + (_PUBLISHED_AHEAD if made else _BACK)
        if not low <= own <= high:
            yield Fault("documents", row, "fiscal_year", "year_far", f"{low}–{high}")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
