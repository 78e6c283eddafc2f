"""Trend of several measures at once: one table, and how many moved which way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kenpo import formats
from kenpo.catalog import Measure
from kenpo.formats import Table, TableCell
from kenpo.trend import Move, Point, Trend, drawable
from kenpo.views.trend.words import dated
from kenpo.views.words import Voice


def headline(found: Sequence[Trend], voice: Voice) -> str:
    """How many measures moved for better and for worse: of the reader's own branch, else of the one with most."""
    moved = {b: [move for one in found if (move := _latest(one, b))] for one in found for b in one.question.chosen}
    own = found[0].question.own if found else None
    if own not in moved:
        own = max(moved, key=lambda b: len(moved[b]), default=None)
    if own is None or not moved[own]:
        return voice.t("trend.title_no_moves", name=voice.branch(own)) if own else voice.t("trend.title_nothing")
    better, worse = (sum(1 for m in moved[own] if m.size * way > 0) for way in (1, -1))
    return voice.t("trend.title_several", name=voice.branch(own), n=len(moved[own]), better=better, worse=worse)


def _latest(found: Trend, branch: str) -> Move | None:
    """The latest change of a branch."""
    return max((m for m in found.moves if m.branch == branch), key=lambda move: move.own.fiscal_year, default=None)


def context(found: Sequence[Trend], pillars: Sequence[int], voice: Voice) -> str:
    """Which pillars, which years, how to read the pictures, and what has none."""
    years = found[0].question.years if found else ()
    span = [voice.year_letter(y) for y in (years[0], years[-1])] if years else ["", ""]
    names = voice.t.join([voice.t(f"pillar.{p}") for p in pillars])
    said = voice.t("trend.about_several", pillars=names, start=span[0], end=span[1])
    drawn = drawable(found)
    left = [one.question.measure.short[voice.lang] for one in found if one not in drawn]
    none = voice.t("trend.no_actuals", names=voice.t.join(left)) if left else ""
    return ("" if voice.lang == "ja" else " ").join(part for part in (said, none) if part)


def table(found: Sequence[Trend], pillars: Sequence[int], voice: Voice) -> Table:
    """A row a measure and branch, a column a year; what is not final says its month or why."""
    t = voice.t
    years = found[0].question.years if found else ()
    rows: list[list[TableCell]] = [
        [_measure(line).name[voice.lang], voice.branch(branch), *(_yearly(line.get(y), voice) for y in years)]
        for branch, line in _rows(found)
    ]
    names = [t("source.measure"), t("source.owner"), *(voice.year_short(y) for y in years)]
    title, about = headline(found, voice), context(found, pillars, voice)
    return Table(t("menu.trend"), title, about, names, rows)


def _rows(found: Sequence[Trend]) -> list[tuple[str, dict[int, Point]]]:
    """Every definition and branch with an actual, its points by year."""
    lines = [
        (branch, {p.year: p for p in one.of(branch, measure)})
        for one in found
        for measure in (one.question.measure, one.other)
        if measure
        for branch in one.branches
    ]
    return [(branch, line) for branch, line in lines if any(point.cell.actual for point in line.values())]


def _measure(line: Mapping[int, Point]) -> Measure:
    return next(iter(line.values())).measure


def origins(found: Sequence[Trend], voice: Voice) -> list[str]:
    """Where the figures of each row stand."""
    return [
        " — ".join(dict.fromkeys(voice.place(p.cell.actual) for p in line.values() if p.cell.actual))
        for _, line in _rows(found)
    ]


def _yearly(point: Point | None, voice: Voice) -> TableCell:
    actual = point.cell.actual if point else None
    if point is None or actual is None or actual.value is None:
        return None
    if actual.exclusion or actual.bound or actual.status != "final":
        return dated(actual, voice)
    return formats.amount(actual.value, point.measure, voice.lang)
