"""Rated initiatives beside the KPI they serve: rated well though the KPI was missed comes first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kenpo.formats import Table, TableCell
from kenpo.judgement import Cell
from kenpo.views.data import Group, documents_of, group_name, place
from kenpo.views.words import Voice

GOOD, POOR = frozenset("◎○"), frozenset("△×")


@dataclass(frozen=True, slots=True)
class Rated:
    """One initiative with the KPI it serves, as far as the KPI is known."""

    row: Mapping[str, Any]
    cell: Cell | None
    """The KPI of the year, judged; None where the initiative serves none."""
    stated: str | None
    """The document's own rating of the KPI, from the row that prints it."""

    @property
    def missed(self) -> bool | None:
        """Was the KPI missed? By the computed verdict; where nothing may be judged, by the document's own."""
        if self.cell is not None and self.cell.met is not None:
            return not self.cell.met
        if self.stated in GOOD or self.stated in POOR:
            return self.stated in POOR
        return None

    @property
    def computed(self) -> bool:
        """Is the verdict on the KPI a computed one?"""
        return self.cell is not None and self.cell.met is not None

    @property
    def clash(self) -> bool:
        """Rated as planned or better, while its KPI was missed."""
        return self.row["rating"] in GOOD and self.missed is True


def rated(rows: Sequence[Mapping[str, Any]], cells: Mapping[str, Cell]) -> list[Rated]:
    """Clashes first, then what fell short, then the rest; each in the order of the document."""
    stated = {row["measure_id"]: row["rating"] for row in rows if row["states_kpi"]}
    found = [Rated(row, cells.get(row["measure_id"]), stated.get(row["measure_id"])) for row in rows]
    return sorted(found, key=lambda r: (not r.clash, r.row["rating"] not in POOR, r.missed is not True))


def title(found: Sequence[Rated], group: Group, voice: Voice) -> str:
    """埼玉 令和5年度：◎○の取組のうち28件は、支えるKPIが未達成."""
    clashes = sum(one.clash for one in found)
    key = "data.initiatives_title" if clashes else "data.initiatives_title_none"
    return voice.t(key, name=group_name(group, voice), n=clashes, all=len(found))


def context(found: Sequence[Rated], voice: Voice) -> str:
    """How many of each rating, what the marks mean, and the document."""
    ratings = [one.row["rating"] for one in found]
    counts = voice.t.join([f"{mark} {ratings.count(mark)}" for mark in "◎○△×—" if mark in ratings])
    return voice.t("data.initiatives_context", counts=counts, document=documents_of([one.row for one in found], voice))


def table(found: Sequence[Rated], group: Group, voice: Voice) -> Table:
    """A row an initiative: its rating beside the verdict on its KPI, what it is, the KPI in figures, and the line."""
    t = voice.t
    columns = [
        *(t("data.rating"), t("data.kpi_verdict"), t("data.initiative"), t("data.kpi")),
        *(t("detail.target"), t("detail.actual"), t("data.policy"), t("source.line")),
    ]
    rows = [_row(one, voice) for one in found]
    return Table(t("data.part_initiatives"), title(found, group, voice), context(found, voice), columns, rows)


def _row(one: Rated, voice: Voice) -> list[TableCell]:
    row, cell = one.row, one.cell
    label = row[f"label_{voice.lang}"]
    return [
        row["rating"],
        verdict(one, voice) or None,
        voice.t("data.kpi_row", label=label) if row["states_kpi"] else label,
        voice.measure(row["measure_id"]).short[voice.lang] if row["measure_id"] else None,
        voice.target(cell.target) if cell and cell.target else None,
        _actual(cell, voice) if cell and cell.actual else None,
        row[f"policy_{voice.lang}"],
        place(row, voice),
    ]


def _actual(cell: Cell, voice: Voice) -> str:
    assert cell.actual is not None
    month = f" ({voice.month(cell.actual.as_of)})" if cell.actual.as_of else ""
    return (voice.value(cell.actual) or cell.actual.printed) + month


def verdict(one: Rated, voice: Voice) -> str:
    """✕ 未達成, or the document's own mark where nothing may be judged: ✕ 文書では△."""
    if one.missed is None:
        return ""
    shape = "✕" if one.missed else "✓"
    if one.computed:
        return f"{shape} {voice.t('state.not_achieved' if one.missed else 'state.achieved')}"
    return f"{shape} {voice.t('data.stated_only', mark=one.stated)}"
