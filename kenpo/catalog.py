"""What the figures are about: measures, branches and documents, loaded and looked up by id."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from kenpo.composition import NOTHING, Composition, composition

Lang = Literal["ja", "en"]
Direction = Literal["higher", "lower", "neutral"]
Accrual = Literal["cumulative", "period", "point"]

NATIONAL = "national"

COMPARABLE_UNITS = frozenset({"percent", "days", "yen"})
"""Units that do not grow with the size of a branch (domain: counts are not compared across sizes)."""

Color = tuple[str, str]
"""A mark colour on a light and on a dark ground; for dots and swatches, never for text."""

TEXT_KEYS = ("definition_ja", "definition_en", "why_ja", "why_en")
"""The longer texts a measure may have in measures.toml."""

_APRIL = 4

FEW = 6
"""So many branches have a colour at once; more, nobody tells apart."""

_SIXTH: Color = ("#DD548B", "#D42A84")
"""Stands apart from the five colours of the package, for every kind of colour vision."""
_SPARE: tuple[Color, ...] = (("#00796B", "#4DB6AC"), ("#8D6E63", "#BCAAA4"), ("#5E35B1", "#B39DDB"))


def few(branches: Sequence[str], own: str | None) -> tuple[str, ...]:
    """The branches that stand out in colour: all of a few, of many only the reader's own."""
    if len(branches) <= FEW:
        return tuple(branches)
    return (own,) if own else ()


@dataclass(frozen=True, slots=True)
class Measure:
    """One KPI, branch goal, rate or count; units, direction and accrual as in data/measures.csv."""

    id: str
    role: Literal["kpi", "goal", "rate", "count", "reference"]
    pillar: int | None
    name: Mapping[Lang, str]
    short: Mapping[Lang, str]
    unit: str
    direction: Direction
    accrual: Accrual
    numerator: str | None
    denominator: str | None
    kpi_from: int | None
    kpi_to: int | None
    successor: str | None
    step: Decimal | None
    bounds: tuple[Decimal, Decimal] | None
    decimals: int
    definition: Mapping[Lang, str] = field(default_factory=dict)
    why: Mapping[Lang, str] = field(default_factory=dict)

    @property
    def sign(self) -> int:
        """+1 where more is better or neither, −1 where less is better."""
        return -1 if self.direction == "lower" else 1

    @property
    def across_branches(self) -> bool:
        """May the figure of one branch be set against another's or the nation's?"""
        return self.unit in COMPARABLE_UNITS

    def in_force(self, fiscal_year: int) -> bool:
        """Was it a KPI in that fiscal year? A goal never is."""
        started = self.kpi_from is None or self.kpi_from <= fiscal_year
        return self.role == "kpi" and started and not self.ended(fiscal_year)

    def ended(self, fiscal_year: int) -> bool:
        """Was an earlier fiscal year the last one it was a KPI in?"""
        return self.kpi_to is not None and self.kpi_to < fiscal_year


@dataclass(frozen=True, slots=True)
class Branch:
    """A prefectural branch, or the nation."""

    id: str
    code: str
    name: Mapping[Lang, str]
    color: Color | None
    """Its own colour, wherever it stands; None where the package gives it none."""
    region: str | None = None
    """One of the eight regions of Japan; None for the nation."""


@dataclass(frozen=True, slots=True)
class Document:
    """A published plan, result or reference page."""

    id: str
    branch: str
    role: Literal["plan", "result", "reference"]
    fiscal_year: int
    made_on: date | None
    source_file: str | None
    address: str | None
    """Where a reference figure was published."""
    title: Mapping[Lang, str]
    draft: bool
    replaces: str | None = None
    """The document this one corrects."""
    replaced_by: str | None = None
    """The document that corrects this one: its figures speak."""
    shared_title: bool = False
    """Another document has the same title: the date tells them apart."""

    @property
    def dated(self) -> date:
        """By which of two documents is the later: the printed date, else its year's start, for a result its end."""
        return self.made_on or date(self.fiscal_year + (self.role == "result"), _APRIL, 1)


@dataclass(frozen=True, slots=True)
class Catalog:
    """Everything the pages look up by id, in the order of the data package."""

    measures: Mapping[str, Measure]
    branches: Mapping[str, Branch]
    documents: Mapping[str, Document]
    composition: Composition = NOTHING
    """What measures are made of and what grows with what."""

    def other_definition(self, measure_id: str) -> Measure | None:
        """The measure on the other side of a definition break, if there is one."""
        successor = self.measures[measure_id].successor
        if successor:
            return self.measures[successor]
        return next((m for m in self.measures.values() if m.successor == measure_id), None)

    def replacement(self, measure_id: str, fiscal_year: int) -> Measure | None:
        """The KPI of that fiscal year that took the place of an ended one, over several successors where need be.

        None where none is on record; many KPIs end without a successor.
        """
        passed = {measure_id}
        successor = self.measures[measure_id].successor
        while successor and successor in self.measures and successor not in passed:
            measure = self.measures[successor]
            if measure.in_force(fiscal_year):
                return measure
            passed.add(successor)
            successor = measure.successor
        return None

    def colors(self, branches: Iterable[str]) -> dict[str, Color]:
        """A colour for each of a few branches: its own, else one that no other of them has.

        There are not 47 colours people can tell apart, so a branch without one of its own takes what the few
        beside it leave free.
        """
        shown = list(dict.fromkeys([*branches, NATIONAL]))
        own = {b.id: b.color for b in self.branches.values() if b.color}
        free = [_SIXTH, *(color for name, color in own.items() if name not in shown), *_SPARE]
        without = [name for name in shown if name not in own]
        taken = {name: free[at % len(free)] for at, name in enumerate(without)}
        return {name: own.get(name) or taken[name] for name in shown}

    def by_region(self, branches: Iterable[str]) -> dict[str, list[str]]:
        """Some branches by region, in the order of the package."""
        wanted = set(branches)
        found: dict[str, list[str]] = {}
        for branch in self.branches.values():
            if branch.id in wanted and branch.region:
                found.setdefault(branch.region, []).append(branch.id)
        return found


def load(table: Callable[[str], Iterable[Mapping[str, Any]]], texts: Path) -> Catalog:
    """Builds the catalog from the package's tables and the longer texts of measures.toml.

    `table` returns the typed rows of a named table. Texts of a measure that has none stay empty.
    """
    longer = tomllib.loads(texts.read_text(encoding="utf-8-sig")) if texts.exists() else {}
    measures = [_measure(row, longer.get(row["measure_id"], {})) for row in table("measures")]
    branches = [_branch(row) for row in table("branches")]
    listed = list(table("documents"))
    followers = {row["replaces_id"]: row["document_id"] for row in listed if row["replaces_id"]}
    titles = Counter(title for row in listed for title in {row["title_ja"], row["title_en"]})
    documents = [_document(row, followers.get(row["document_id"]), titles) for row in listed]
    return Catalog(
        measures={m.id: m for m in measures},
        branches={b.id: b for b in branches},
        documents={d.id: d for d in documents},
        composition=composition(table("measure_parts"), {m.id for m in measures}),
    )


def _measure(row: Mapping[str, Any], texts: Mapping[str, str]) -> Measure:
    low, high = row["slider_min"], row["slider_max"]
    return Measure(
        id=row["measure_id"],
        role=row["role"],
        pillar=row["pillar"],
        name=_both(row, "name"),
        short=_both(row, "short"),
        unit=row["unit"],
        direction=row["direction"],
        accrual=row["accrual"],
        numerator=row["numerator_id"],
        denominator=row["denominator_id"],
        kpi_from=row["kpi_from"],
        kpi_to=row["kpi_to"],
        successor=row["successor_id"],
        step=None if row["step"] is None else _trimmed(row["step"]),
        bounds=None if low is None or high is None else (_trimmed(low), _trimmed(high)),
        decimals=row["decimals"] or 0,
        definition=_both(texts, "definition"),
        why=_both(texts, "why"),
    )


def _branch(row: Mapping[str, Any]) -> Branch:
    light, dark = row["color_light"], row["color_dark"]
    color = (light, dark) if light and dark else None
    return Branch(row["branch_id"], row["code"], _both(row, "name"), color, row["region"])


def _document(row: Mapping[str, Any], follower: str | None, titles: Mapping[str, int]) -> Document:
    return Document(
        id=row["document_id"],
        branch=row["branch_id"],
        role=row["role"],
        fiscal_year=row["fiscal_year"],
        made_on=row["made_on"],
        source_file=row["source_file"],
        address=row["address"],
        title=_both(row, "title"),
        draft=row["draft"],
        replaces=row["replaces_id"],
        replaced_by=follower,
        shared_title=max(titles[row["title_ja"]], titles[row["title_en"]]) > 1,
    )


def _trimmed(value: Decimal) -> Decimal:
    """Without the zeros the column's type adds: a step of 0.500000 is 0.5, a bound of 100.000000 is 100."""
    return Decimal(f"{value.normalize():f}")


def _both(row: Mapping[str, Any], stem: str) -> dict[Lang, str]:
    return {"ja": row.get(f"{stem}_ja") or "", "en": row.get(f"{stem}_en") or ""}
