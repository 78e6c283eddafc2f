"""Documents against each other and against what is said to come from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kenpo.catalog import NATIONAL
from kenpo.rules.tables import Cells, Fault, Tables, alike, by_id, chain, first_of_circle, listed, rows

FIGURES = (
    *("observations", "monthly", "benefits", "budgets", "incentive_ranks", "initiatives", "marks", "plan_changes"),
)
"""Tables whose rows come from a document and speak of a branch and a fiscal year."""


def faults(tables: Tables) -> Iterator[Fault]:
    """Documents that cannot be told apart, and successors that can be none."""
    known = by_id(tables, "documents", "document_id")
    following = {name: cells.get("replaces_id", "") for name, cells in known.items()}
    for _, row, cells in rows(tables, "documents"):
        yield from _replaces(row, cells, known, following)
    for column in ("title_ja", "title_en"):
        yield from _titles(tables, column, following)


def _replaces(row: int, cells: Cells, known: Mapping[str, Cells], following: dict[str, str]) -> Iterator[Fault]:
    """A document replaces another one of its branch, made before it; never itself."""
    replaced = known.get(following.get(cells["document_id"], ""))
    if replaced is None:
        return
    found = chain(cells["document_id"], following)
    if replaced["document_id"] == cells["document_id"]:
        yield Fault("documents", row, "replaces_id", "itself")
    elif first_of_circle(found, following):
        yield Fault("documents", row, "replaces_id", "circle", " → ".join(found))
    elif replaced["branch_id"] != cells["branch_id"]:
        yield Fault("documents", row, "replaces_id", "replaces_other_branch", cells["branch_id"])
    elif cells["made_on"] and cells["made_on"] < replaced["made_on"]:
        yield Fault("documents", row, "replaces_id", "replaces_later", cells["made_on"])


def _titles(tables: Tables, column: str, following: dict[str, str]) -> Iterator[Fault]:
    """Two documents of one title are told apart by their dates, or one replaces the other."""
    seen: dict[str, list[tuple[int, Cells]]] = defaultdict(list)
    for _, row, cells in rows(tables, "documents"):
        same = seen[alike(cells[column])]
        for first, other in same:
            if cells[column] and not _apart(cells, other, following):
                yield Fault("documents", row, column, "same_title", str(first))
                break
        same.append((row, cells))


def _apart(one: Cells, other: Cells, following: dict[str, str]) -> bool:
    ids: Sequence[str] = (one["document_id"], other["document_id"])
    dated = bool(one["made_on"] and other["made_on"]) and one["made_on"] != other["made_on"]
    return dated or any(b in chain(a, following)[1:] for a, b in (ids, ids[::-1]))


def owners(tables: Tables) -> Iterator[Fault]:
    """What a branch publishes speaks of itself: not of other branches alone. The nation stands in every document."""
    spoken: dict[str, set[str]] = defaultdict(set)
    for _, _, cells in rows(tables, *FIGURES):
        spoken[cells["document_id"]].add(cells["branch_id"])
    for _, row, cells in rows(tables, "documents"):
        others = spoken[cells["document_id"]] - {NATIONAL}
        if cells["branch_id"] != NATIONAL and others and cells["branch_id"] not in others:
            yield Fault("documents", row, "branch_id", "other_branch", listed(others))
