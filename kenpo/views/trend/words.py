"""What Trend says of one measure: headline, the line under it, what is not drawn, and what a pointer is told."""

from __future__ import annotations

from kenpo import formats
from kenpo.catalog import Measure
from kenpo.judgement import Observation
from kenpo.trend import Move, Point, Trend, break_after
from kenpo.views.marks import MARKS, marked
from kenpo.views.words import Voice


def headline(found: Trend, voice: Voice) -> str:
    """The largest move and whether it is beyond the noise; then the reader's own branch, if that is another."""
    question, t = found.question, voice.t
    first = next(iter(found.moves), None)
    if first is None:
        return _still(found, voice)
    said = t("trend.title", move=_moved(first, voice))
    if first.noise is not None:
        said += t("trend.noise" if first.noise else "trend.beyond")
    own = next((m for m in found.moves if m.branch == question.own), None)
    if own and own.branch != first.branch:
        said += t("trend.title_own", move=_moved(own, voice))
    return said


def _moved(move: Move, voice: Voice) -> str:
    """静岡はR5→R6に4.9ポイント悪化（69.6%→64.7%）."""
    measure, raw = move.measure, move.own.number - move.base.number
    if measure.role == "reference" or measure.direction == "neutral":
        way = "same" if raw == 0 else ("rose" if raw > 0 else "fell")
    else:
        way = "same" if move.size == 0 else ("better" if move.size > 0 else "worse")
    if measure.across_branches:
        size = formats.difference(abs(move.size), measure, voice.lang, long=True).lstrip("+±")
    else:
        size = f"{formats.number(abs(move.size), voice.lang)}%"
    return voice.t(
        f"trend.moved_{way}",
        name=voice.branch(move.branch),
        before=voice.year_letter(move.base.fiscal_year),
        after=voice.year_letter(move.own.fiscal_year),
        size=size,
        start=voice.value(move.base),
        end=voice.value(move.own),
    )


def _still(found: Trend, voice: Voice) -> str:
    """No two figures may be compared: the latest one of the reader's own or of any chosen branch."""
    question = found.question
    points = [p for b in question.chosen for p in found.of(b, question.measure) if p.figure]
    latest = max(points, key=lambda p: (p.branch == question.own, p.year), default=None)
    measure = question.measure.name[voice.lang]
    if latest is None or latest.figure is None:
        return voice.t("trend.title_none", measure=measure)
    value = dated(latest.figure, voice)
    return voice.t(
        "trend.title_one", name=voice.branch(latest.branch), year=voice.year_letter(latest.year), value=value
    )


def dated(figure: Observation, voice: Voice) -> str:
    """31.4%（R5.9）, 9.35%（案）, 6.1%（時点不明）; a final figure as it is."""
    said = voice.value(figure)
    if figure.as_of:
        return voice.t("overview.at_month", gap=said, month=voice.month(figure.as_of))
    if figure.status == "draft":
        return voice.draft(said)
    if figure.status == "undated":
        return voice.t("overview.at_month", gap=said, month=voice.t("status.undated"))
    return said


def context(found: Trend, voice: Voice) -> str:
    """Measure and years, the break of definition, the index, and what is not drawn and why."""
    question, t = found.question, voice.t
    span = [voice.year_letter(y) for y in (question.years[0], question.years[-1])] if question.years else ["", ""]
    said = [t("trend.about", measure=question.measure.name[voice.lang], start=span[0], end=span[1])]
    if found.other:
        said.append(_break(found, found.other, voice))
    if found.indexed:
        said.append(t("trend.indexed"))
    said += ranges(found, voice)
    if left := not_drawn(found, voice):
        said.append(t("trend.not_drawn", figures=voice.t.join(left)))
    if found.moves and found.moves[0].noise is None and question.measure.numerator:
        said.append(t("trend.no_noise"))
    return ("" if voice.lang == "ja" else " ").join(said)


def _break(found: Trend, other: Measure, voice: Voice) -> str:
    old, new = _in_order(found.question.measure, other)
    year = break_after(found.question.measure, other) or 0
    return voice.t(
        "trend.broken",
        year=voice.year_short(year + 1),
        old=old.name[voice.lang],
        new=new.name[voice.lang],
    )


def _in_order(measure: Measure, other: Measure) -> tuple[Measure, Measure]:
    return (other, measure) if other.successor == measure.id else (measure, other)


def ranges(found: Trend, voice: Voice) -> list[str]:
    """The published range of the 47 branches, a sentence a year."""
    said = []
    for year in sorted({bound.fiscal_year for bound in found.bounds}):
        ends = {o.bound: o for o in found.bounds if o.fiscal_year == year}
        if "lowest" in ends and "highest" in ends:
            low, high = (
                voice.t("compare.bound", value=voice.value(o), name=voice.branch(o.branch))
                for o in (ends["lowest"], ends["highest"])
            )
            said.append(voice.t("trend.range", year=voice.year_short(year), low=low, high=high))
    return said


def not_drawn(found: Trend, voice: Voice) -> list[str]:
    """Figures in the table that the picture may not show, each with its reason."""
    left = []
    for point in found.points:
        actual = point.cell.actual
        if actual is None or actual.value is None or actual.bound:
            continue
        reason = actual.exclusion
        if reason is None and found.indexed and point.index is None:
            left.append(_named(point, actual, voice.t("trend.no_base"), voice))
        elif reason is not None:
            left.append(_named(point, actual, voice.t(f"reason.{reason}"), voice))
    return left


def _named(point: Point, figure: Observation, why: str, voice: Voice) -> str:
    name = f"{voice.branch(point.branch)} {voice.year_letter(point.year)} {dated(figure, voice)}"
    return voice.t("compare.bound", value=name, name=why)


def about(point: Point, voice: Voice) -> str:
    """What a pointer is told of a point: 静岡 令和6年度 64.7% 目標 67.5%以上 ✕ 未達成."""
    cell, figure = point.cell, point.figure
    said = [voice.branch(point.branch), voice.year_short(point.year), dated(figure, voice) if figure else ""]
    if cell.target:
        said.append(voice.t("trend.target_at", target=voice.target(cell.target)))
    if cell.state in MARKS:
        said.append(marked(cell.state, voice))
    return " ".join(part for part in said if part)


def value(point: Point, found: Trend, voice: Voice, *, months: bool = True) -> str:
    """What a label says: the figure as printed, the index where branches are indexed, else the target."""
    figure = point.figure
    if figure is None:
        return _aim(point, voice)
    if not found.indexed or point.index is None:
        return dated(figure, voice) if months else voice.value(figure)
    said = formats.number(point.index, voice.lang)
    inside = months and figure.as_of
    return voice.t("overview.at_month", gap=said, month=voice.month(inside)) if inside else said


def _aim(point: Point, voice: Voice) -> str:
    """目標 62.2%（案）: the number a target stands for."""
    wanted = point.cell.resolved.value if point.cell.resolved else None
    said = voice.t("trend.target_at", target=formats.value(wanted, point.measure, voice.lang))
    return voice.draft(said) if point.cell.target and point.cell.target.status == "draft" else said
