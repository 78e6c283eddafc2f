"""The Overview 概況 as data: headline, counts of every state, matrix, sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kenpo import formats
from kenpo.catalog import FEW, NATIONAL, Color, Measure, few
from kenpo.coverage import Coverage, years
from kenpo.formats import Table, TableCell
from kenpo.judgement import JUDGED, STATES, Book, Cell, Observation, judge_year, rows_of
from kenpo.views.details import sentence
from kenpo.views.marks import MARKS, marked
from kenpo.views.words import Voice


def columns(chosen: Sequence[str], usual: Sequence[str], own: str | None) -> tuple[str, ...]:
    """The branches that get a column, the reader's own first; where none is chosen, as many as a screen shows."""
    wanted = tuple(dict.fromkeys([*([own] if own else []), *(chosen or usual)]))
    return wanted if chosen else wanted[:FEW]


@dataclass(frozen=True, slots=True)
class Year:
    """One fiscal year of some branches, judged once and shown in many ways."""

    fiscal_year: int
    branches: Sequence[str]
    measures: Sequence[Measure]
    cells: Mapping[tuple[str, str], Cell]
    book: Book

    def of(self, branch: str) -> list[Cell]:
        """The cells of one branch in the order of the rows."""
        return [self.cells[m.id, branch] for m in self.measures]

    def counts(self) -> Counter[str]:
        """How many cells of the chosen branches are in each state; the nation is not counted."""
        return Counter(cell.state for (_, branch), cell in self.cells.items() if branch != NATIONAL)


def judged(book: Book, voice: Voice, branches: Sequence[str], fiscal_year: int, pillars: Sequence[int]) -> Year:
    """Judges every row the year shows, of the chosen pillars or of all."""
    measures = [m for m in rows_of(book, voice.catalog, branches, fiscal_year) if not pillars or m.pillar in pillars]
    cells = judge_year(book, voice.catalog, branches, fiscal_year, measures)
    return Year(fiscal_year, branches, measures, cells, book)


# --- sentences -------------------------------------------------------------------------------------


def headline(year: Year, own: str | None, voice: Voice) -> str:
    """The finding about the reader's own branch in one sentence with its figures."""
    if own is None:
        return voice.t("overview.title_no_year", year=voice.year(year.fiscal_year))
    counts = Counter(cell.state for cell in year.of(own))
    met, missed = counts["achieved"], counts["not_achieved"]
    targets = sum(1 for cell in year.of(own) if cell.target)
    actuals = sum(1 for cell in year.of(own) if cell.actual)
    if met + missed:
        key = "title"
    elif targets:
        key = "title_none"
    else:
        key = "title_actual" if actuals else "title_absent"
    return voice.t(
        f"overview.{key}",
        name=voice.branch(own),
        judged=met + missed,
        met=met,
        missed=missed,
        targets=targets,
        actuals=actuals,
        year=voice.year(year.fiscal_year),
    )


def context(year: Year, own: str | None, coverage: Coverage, voice: Voice) -> str:
    """The line under the headline: the worst miss, what rests on a month, what is not judged and why."""
    if own is None:
        return voice.t(
            "overview.has_years", years=voice.t.join([voice.year_letter(y) for y in reversed(years(coverage))])
        )
    return ("" if voice.lang == "ja" else " ").join(_about(year, own, coverage, voice))


def _about(year: Year, own: str, coverage: Coverage, voice: Voice) -> Iterable[str]:
    cells = year.of(own)
    if own in coverage and year.fiscal_year not in coverage[own]:
        yield voice.t("overview.has_years", years=years_held(own, coverage, voice))
    missed = [c for c in cells if c.state == "not_achieved" and c.people and c.people.count]
    if missed:
        yield _worst(max(missed, key=lambda c: c.people.count if c.people else 0), voice)
    inside = [c for c in cells if c.state in JUDGED and c.actual and c.actual.as_of]
    if inside:
        months = sorted({c.actual.as_of for c in inside if c.actual and c.actual.as_of})
        said = voice.t.join([voice.month(month) for month in months])
        yield voice.t("overview.judged_inside", n=len(inside), months=said)
    counts = Counter(c.state for c in cells)
    for state in ("in_progress", "undated"):
        if counts[state]:
            yield voice.t(f"overview.{state}", n=counts[state])


def _worst(cell: Cell, voice: Voice) -> str:
    measure = voice.measure(cell.measure)
    return voice.t(
        "overview.worst",
        measure=measure.name[voice.lang],
        value=voice.value(cell.actual) if cell.actual else "",
        gap=formats.difference(cell.gap, measure, voice.lang, long=True),
        people=voice.heads(cell.people.count, cell.people) if cell.people else "",
    )


def years_held(branch: str, coverage: Coverage, voice: Voice) -> str:
    """The fiscal years a branch has a KPI figure for."""
    return voice.t.join([voice.year_letter(y) for y in sorted(coverage.get(branch, {}))])


# --- matrix ----------------------------------------------------------------------------------------


def matrix(
    year: Year, own: str | None, states: Sequence[str], coverage: Coverage, voice: Voice, *, sources: bool = False
) -> dict[str, Any]:
    """The table a component draws: columns, pillars, rows and cells, every text ready to be shown.

    With states chosen only rows with such a cell of a chosen branch stay, the other cells are dimmed.
    With `sources` each cell says where its figure stands.
    """
    columns = [*year.branches, NATIONAL]
    colors = voice.catalog.colors(few(year.branches, own))
    kept = [m for m in year.measures if not states or any(year.cells[m.id, b].state in states for b in year.branches)]
    groups: dict[str, list[dict[str, Any]]] = {}
    for m in kept:
        cells = [_cell(year.cells[m.id, b], states, voice, sources=sources) for b in columns]
        groups.setdefault(_group_of(m), []).append(_row(m, cells, voice))
    return {
        "lang": voice.lang,
        "caption": voice.t("overview.table", year=voice.year(year.fiscal_year)),
        "measure": voice.t("overview.measure"),
        "hint": voice.t("overview.hint"),
        "columns": [_column(year, b, colors.get(b), b == own, coverage, voice) for b in columns],
        "groups": [
            {
                "id": key,
                "label": voice.t(f"pillar.{key}"),
                "counts": [_achieved(year, b, key, voice) for b in columns],
                "rows": rows,
            }
            for key, rows in groups.items()
        ],
    }


def _column(
    year: Year, branch: str, color: Color | None, own: bool, coverage: Coverage, voice: Voice
) -> dict[str, Any]:
    return {
        "id": branch,
        "name": voice.branch(branch),
        "color": list(color) if color else None,
        "note": _note(year, branch, coverage, voice),
        "national": branch == NATIONAL,
        "own": own,
    }


def _note(year: Year, branch: str, coverage: Coverage, voice: Voice) -> str:
    """The one thing all cells of a column share: what kind of figures they are."""
    cells = year.of(branch)
    actuals = [c.actual for c in cells if c.actual]
    targets = [c.target for c in cells if c.target]
    if branch == NATIONAL:
        return voice.t("column.national")
    if any(a.status == "undated" for a in actuals):
        return voice.t("column.undated")
    if actuals:
        return voice.t("column.mixed" if any(a.as_of for a in actuals) else "column.final")
    if targets:
        return voice.t("column.plan_draft" if all(x.status == "draft" for x in targets) else "column.plan")
    held = years_held(branch, coverage, voice)
    return voice.t("column.absent", years=held) if held else voice.t("column.absent_all")


def _group_of(measure: Measure) -> str:
    """A pillar, a branch's own goals, or what the package gives no pillar."""
    if measure.role == "goal":
        return "goal"
    return "none" if measure.pillar is None else str(measure.pillar)


def _achieved(year: Year, branch: str, group: str, voice: Voice) -> str:
    """How many of the group's judged cells of a branch are met, whatever is filtered; empty without a verdict."""
    verdicts = [c.met for c in year.of(branch) if c.met is not None and _group_of(voice.measure(c.measure)) == group]
    return voice.t("pillar.achieved", met=sum(verdicts), judged=len(verdicts)) if verdicts else ""


def _row(measure: Measure, cells: Sequence[dict[str, Any]], voice: Voice) -> dict[str, Any]:
    return {
        "id": measure.id,
        "name": measure.short[voice.lang],
        "full": measure.name[voice.lang],
        "remark": voice.t("overview.lower_is_better") if measure.direction == "lower" else "",
        "cells": cells,
    }


def _cell(cell: Cell, states: Sequence[str], voice: Voice, *, sources: bool) -> dict[str, Any]:
    figure = cell.actual or cell.target or cell.other_definition
    shown = {
        "state": cell.state,
        "mark": MARKS.get(cell.state, ""),
        "dim": bool(states) and cell.state not in states and cell.branch != NATIONAL,
        "about": sentence(cell, voice),
        "source": voice.place(figure) if sources and figure else "",
    } | _drawn(cell, voice)
    return {name: text for name, text in shown.items() if text not in ("", False)}


def _drawn(cell: Cell, voice: Voice) -> dict[str, Any]:
    """Word, moment, value and right-hand remark of a cell."""
    measure = voice.measure(cell.measure)
    word = voice.t(f"state.{cell.state}")
    if cell.state in JUDGED and cell.actual and cell.gap is not None:
        return {
            "word": word,
            "when": voice.month(cell.actual.as_of) if cell.actual.as_of else "",
            **_figure(cell.actual, measure, voice),
            "gap": formats.signed(cell.gap, voice.lang),
            "gap_unit": formats.gap_unit_beside(measure, voice.lang) if cell.gap else "",
        }
    if cell.state == "base_unknown" and cell.actual:
        word = voice.t("state_filter.base_unknown")
    elif cell.state in ("target_only", "base_unknown", "qualitative") and cell.target:
        return _target(cell, cell.target, measure, voice) | _in_words(cell, voice)
    if cell.state == "not_comparable" and cell.other_definition:
        older = voice.measure(cell.other_definition.measure).successor == measure.id
        word = voice.t("overview.old_definition" if older else "overview.new_definition")
        month = voice.month(cell.other_definition.as_of) if cell.other_definition.as_of else ""
        return {"word": word, "when": month, **_figure(cell.other_definition, measure, voice)}
    if cell.actual is None:
        return {"word": word}
    month = voice.month(cell.actual.as_of) if cell.actual.as_of else ""
    if cell.actual.value is None:
        return {"word": word, "when": month, "value": voice.stated(cell.actual), "wide": True}
    return {"word": word, "when": month, **_figure(cell.actual, measure, voice), "aside": _aside(cell, measure, voice)}


def _aside(cell: Cell, measure: Measure, voice: Voice) -> str:
    """Beside a figure that is not judged: the document's verdict, or how it stands to the nation."""
    if cell.state == "undated":
        return voice.stated(cell.actual)
    if cell.to_national.value is None or cell.branch == NATIONAL:
        return ""
    return voice.t("overview.to_national", gap=voice.difference(cell.to_national, measure, cell.actual))


def _in_words(cell: Cell, voice: Voice) -> dict[str, Any]:
    """Beside a target without a number: what the document says of the result, which nothing else can judge."""
    said = voice.stated(cell.actual)
    return {"aside": said, "wide": False} if said else {}


def _target(cell: Cell, target: Observation, measure: Measure, voice: Voice) -> dict[str, Any]:
    word = voice.t("state.target_only")
    if target.status == "draft":
        word = voice.draft(word)
    return {"word": word, **_figure(target, measure, voice)}


def _figure(figure: Observation, measure: Measure, voice: Voice) -> dict[str, Any]:
    if figure.value is None:
        return {"value": voice.t(f"rule.{figure.rule}"), "wide": True} if figure.rule else {}
    return {"value": formats.number(figure.value, voice.lang), "unit": formats.unit(measure, voice.lang)}


# --- sources ---------------------------------------------------------------------------------------


def speaking(year: Year) -> list[Observation]:
    """Every figure the matrix shows, row by row: actual, target and a base taken from last year."""
    found: list[Observation] = []
    for cell in year.cells.values():
        base = cell.resolved.base if cell.resolved else None
        found += [o for o in (cell.actual, cell.target, base, cell.other_definition) if o]
    return found


def shown_states(counts: Counter[str], chosen: Sequence[str]) -> list[str]:
    """The states worth a filter: those that occur, and those a link has chosen."""
    return [state for state in STATES if counts[state] or state in chosen]


def state_filter(year: Year, chosen: Sequence[str], voice: Voice) -> tuple[list[str], Callable[[str], str]]:
    """The states to offer, and the words of each with its number of cells: ● 達成 11."""
    counts = year.counts()

    def words(state: str) -> str:
        return f"{marked(state, voice)} {counts[state]}"

    return shown_states(counts, chosen), words


def table(year: Year, voice: Voice) -> Table:
    """The matrix as a table to take away: four columns a branch, typed, the unit in each cell."""
    t, branches = voice.t, [*year.branches, NATIONAL]
    parts = (t("detail.state"), t("source.as_of"), t("detail.actual"), t("detail.target"), t("detail.gap"))
    names = [
        t("source.measure"),
        t("overview.unit"),
        *(f"{voice.branch(b)} {part}" for b in branches for part in parts),
    ]
    own = next(iter(year.branches), None)
    rows = [
        [
            m.name[voice.lang],
            formats.unit(m, voice.lang).strip() or None,
            *(cell for b in branches for cell in _typed(year.cells[m.id, b], m, voice)),
        ]
        for m in year.measures
    ]
    return Table(t("menu.overview"), headline(year, own, voice), voice.year(year.fiscal_year), names, rows)


def _typed(cell: Cell, measure: Measure, voice: Voice) -> list[TableCell]:
    wanted = cell.resolved.value if cell.resolved else None
    said = voice.target(cell.target) if cell.target and wanted is None else None
    return [
        voice.t(f"state_filter.{cell.state}"),
        voice.month(cell.actual.as_of) if cell.actual and cell.actual.as_of else None,
        formats.amount(cell.actual.value if cell.actual else None, measure, voice.lang) or voice.in_words(cell.actual),
        formats.amount(wanted, measure, voice.lang) or said,
        formats.gap_amount(cell.gap, measure, voice.lang),
    ]
