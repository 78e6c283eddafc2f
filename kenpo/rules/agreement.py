"""What two tables say of one printed thing must be the same: drafts, verdicts, changed targets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kenpo.printed import read
from kenpo.rules.tables import Cells, Fault, Tables, by_id, listed, rows, year

_PLACE = ("branch_id", "fiscal_year", "measure_id")
_SIDES = (("value_to", 0), ("value_from", 1))
"""Columns of a changed target, and how many years before that of the change each one stands for."""


def faults(tables: Tables) -> Iterator[Fault]:
    """Drafts of a settled document, and values or verdicts that the same document prints otherwise."""
    yield from _drafts(tables)
    yield from _ratings(tables)
    yield from _changes(tables)


def _drafts(tables: Tables) -> Iterator[Fault]:
    """案 stands over what a draft sets for its own year; the older column beside it is settled."""
    documents = by_id(tables, "documents", "document_id")
    for name, row, cells in rows(tables, "observations"):
        document = documents.get(cells["document_id"])
        if document is None or document["draft"] not in ("true", "false"):
            continue
        own = cells["fiscal_year"] == document["fiscal_year"] and cells["kind"] in ("target", "plan")
        if cells["status"] == "draft" and document["draft"] == "false":
            yield Fault(name, row, "status", "draft_document")
        elif cells["status"] != "draft" and document["draft"] == "true" and own:
            yield Fault(name, row, "status", "draft_figure", "draft")


def _ratings(tables: Tables) -> Iterator[Fault]:
    """The rating of a row that states a KPI is the verdict beside the actual of that line."""
    stated: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for _, _, cells in rows(tables, "observations"):
        if cells["stated"]:
            stated[_line(cells)].add(cells["stated"])
    for name, row, cells in rows(tables, "initiatives"):
        said = stated.get(_line(cells), set()) if cells["states_kpi"] == "true" else set()
        if said and cells["rating"] not in said:
            yield Fault(name, row, "rating", "rating_otherwise", listed(said))


def _line(cells: Cells) -> tuple[str, ...]:
    return tuple(cells[column] for column in ("document_id", "line", *_PLACE))


def _changes(tables: Tables) -> Iterator[Fault]:
    """The sides of a changed target are the targets the same document prints."""
    targets: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for _, _, cells in rows(tables, "observations"):
        if cells["kind"] == "target":
            targets[(cells["document_id"], *(cells[column] for column in _PLACE))].add(cells["value"])
    for name, row, cells in rows(tables, "plan_changes"):
        about = year(cells["fiscal_year"])
        if cells["subject"] != "kpi" or about is None:
            continue
        for column, back in _SIDES:
            place = (cells["document_id"], cells["branch_id"], str(about - back), cells["measure_id"])
            known = targets.get(place)
            if known and cells[column] and read(cells[column]).digits not in known:
                yield Fault(name, row, column, "change_otherwise", listed(value or "—" for value in known))
