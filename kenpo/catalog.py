"""What the figures are about: measures, branches and documents, loaded and looked up by id."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

Lang = Literal["ja", "en"]
Direction = Literal["higher", "lower", "neutral"]
Accrual = Literal["cumulative", "period", "point"]

NATIONAL = "national"

COMPARABLE_UNITS = frozenset({"percent", "days", "yen"})
"""Units that do not grow with the size of a branch (domain: counts are not compared across sizes)."""

_SCALE_LIGHT = ("#DD548B", "#00796B", "#8D6E63", "#5E35B1")
_SCALE_DARK = ("#D42A84", "#4DB6AC", "#BCAAA4", "#B39DDB")


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
        return self.role == "kpi" and started and (self.kpi_to is None or fiscal_year <= self.kpi_to)


@dataclass(frozen=True, slots=True)
class Branch:
    """A prefectural branch, or the nation."""

    id: str
    code: str
    name: Mapping[Lang, str]
    color: tuple[str, str]
    """Mark colour on a light and on a dark ground; for dots and swatches, never for text."""


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


@dataclass(frozen=True, slots=True)
class Catalog:
    """Everything the pages look up by id, in the order of the data package."""

    measures: Mapping[str, Measure]
    branches: Mapping[str, Branch]
    documents: Mapping[str, Document]

    def other_definition(self, measure_id: str) -> Measure | None:
        """The measure on the other side of a definition break, if there is one."""
        successor = self.measures[measure_id].successor
        if successor:
            return self.measures[successor]
        return next((m for m in self.measures.values() if m.successor == measure_id), None)


def load(table: Callable[[str], Iterable[Mapping[str, Any]]], texts: Path) -> Catalog:
    """Builds the catalog from the package's tables and the longer texts of measures.toml.

    `table` returns the typed rows of a named table. Texts of a measure that has none stay empty.
    """
    longer = tomllib.loads(texts.read_text(encoding="utf-8-sig")) if texts.exists() else {}
    measures = [_measure(row, longer.get(row["measure_id"], {})) for row in table("measures")]
    branches = [_branch(row, place) for place, row in enumerate(table("branches"))]
    documents = [_document(row) for row in table("documents")]
    return Catalog(
        measures={m.id: m for m in measures},
        branches={b.id: b for b in branches},
        documents={d.id: d for d in documents},
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


def _branch(row: Mapping[str, Any], place: int) -> Branch:
    spare = place % len(_SCALE_LIGHT)
    light = row["color_light"] or _SCALE_LIGHT[spare]
    dark = row["color_dark"] or _SCALE_DARK[spare]
    return Branch(id=row["branch_id"], code=row["code"], name=_both(row, "name"), color=(light, dark))


def _document(row: Mapping[str, Any]) -> Document:
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
    )


def _trimmed(value: Decimal) -> Decimal:
    """Without the zeros the column's type adds: a step of 0.500000 is 0.5, a bound of 100.000000 is 100."""
    return Decimal(f"{value.normalize():f}")


def _both(row: Mapping[str, Any], stem: str) -> dict[Lang, str]:
    return {"ja": row.get(f"{stem}_ja") or "", "en": row.get(f"{stem}_en") or ""}
