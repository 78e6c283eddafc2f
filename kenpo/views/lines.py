"""The pictures of Trend: points, the lines that may be drawn, target steps, labels, ready for the charts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kenpo.catalog import NATIONAL, Measure
from kenpo.judgement import Observation
from kenpo.views.labels import spread
from kenpo.views.overview import MARKS
from kenpo.views.trend import Point, Trend, break_after, dated
from kenpo.views.words import Voice

Row = dict[str, object]

_STEP = 0.36
"""Half the length of a target step, in years."""

_NEAR = 0.07
"""Labels nearer than this share of the picture would run into each other."""

_NEAR_SMALL = 0.16


@dataclass(frozen=True, slots=True)
class Look:
    """How one line is drawn."""

    color: str
    width: float
    opacity: float
    named: bool


def picture(found: Trend, palette: Mapping[str, str], voice: Voice, *, dark: bool, small: bool = False) -> list[Row]:
    """The rows of the chart `lines`, or of the chart `panel` where it is small."""
    rows = _frame(found, palette, voice)
    drawn = [point for point in found.points if _y(point) is not None]
    for branch in found.branches:
        for measure in (found.question.measure, found.other):
            if measure:
                line = [point for point in drawn if point.branch == branch and point.measure.id == measure.id]
                look = _look(found, branch, measure, palette, voice, dark=dark)
                rows += _points(line, look, found, voice)
                rows += _targets(found.of(branch, measure), look)
    return rows + _labels(found, drawn, voice, small=small)


def _look(found: Trend, branch: str, measure: Measure, palette: Mapping[str, str], voice: Voice, *, dark: bool) -> Look:
    chosen = branch in found.question.chosen or branch == NATIONAL
    color = voice.catalog.branches[branch].color[dark] if chosen else palette["rest"]
    faint = measure.id != found.question.measure.id
    if not chosen:
        return Look(color, 1, 0.55, named=False)
    width = 1.6 if branch == NATIONAL else 2.6
    return Look(color, width, 0.5 if faint else 1, named=True)


def _frame(found: Trend, palette: Mapping[str, str], voice: Voice) -> list[Row]:
    """Years along the bottom, the published range of 47, the mark of a break."""
    rows: list[Row] = [
        {"year": year, "year_label": voice.year_letter(year), "color": palette["muted"], "opacity": 1}
        for year in found.question.years
    ]
    for year in {bound.fiscal_year for bound in found.bounds}:
        ends = {o.bound: o.number for o in found.bounds if o.fiscal_year == year}
        if len(ends) > 1:
            rows.append({"year": year, "low": float(ends["lowest"]), "high": float(ends["highest"])})
    if found.other and (year_before := break_after(found.question.measure, found.other)) is not None:
        old = found.other if found.other.successor == found.question.measure.id else found.question.measure
        new = found.question.measure if old is found.other else found.other
        rows.append({"broken": year_before + 0.5, "before": old.short[voice.lang], "after": new.short[voice.lang]})
    return rows


def _y(point: Point) -> Decimal | None:
    """Where a point stands: its index where branches of different size are drawn, else its figure."""
    if point.figure is None:
        return None
    return point.figure.value if point.measure.across_branches else point.index


def _points(line: Sequence[Point], look: Look, found: Trend, voice: Voice) -> list[Row]:
    """One row a point; neighbours in time that are both final share a segment, and only they are joined."""
    rows: list[Row] = []
    segments = _segments([point.year for point in line if point.settled])
    for point in line:
        y = float(_y(point) or 0)
        row: Row = {"year": point.year, "color": look.color, "opacity": look.opacity, "width": look.width}
        row["filled" if point.settled else "hollow"] = y
        row["about"] = about(point, voice)
        if point.settled:
            row |= {"y": y, "segment": f"{point.branch} {point.measure.id} {segments[point.year]}"}
        rows.append(row)
    return rows


def _segments(years: Iterable[int]) -> dict[int, int]:
    """Each year with the first of its run of years without a gap."""
    starts: dict[int, int] = {}
    for year in sorted(years):
        starts[year] = starts.get(year - 1, year)
    return starts


def about(point: Point, voice: Voice) -> str:
    """What a pointer is told of a point: 静岡 令和6年度 64.7% 目標 67.5%以上 ✕ 未達成."""
    cell, figure = point.cell, point.figure
    said = [voice.branch(point.branch), voice.year_short(point.year), dated(figure, voice) if figure else ""]
    if cell.target:
        said.append(voice.t("trend.target_at", target=voice.target(cell.target)))
    if cell.state in MARKS:
        said.append(f"{MARKS[cell.state]} {voice.t(f'state_filter.{cell.state}')}")
    return " ".join(part for part in said if part)


def _targets(line: Sequence[Point], look: Look) -> list[Row]:
    """A step a year for every target that is a figure."""
    rows: list[Row] = []
    for point in line:
        wanted = point.cell.resolved.value if point.cell.resolved else None
        wanted = wanted if point.measure.across_branches else point.target_index
        if wanted is not None and look.named:
            ends = {"target_from": point.year - _STEP, "target_to": point.year + _STEP}
            rows.append({"target": float(wanted), **ends, "color": look.color})
    return rows


def _labels(found: Trend, drawn: Sequence[Point], voice: Voice, *, small: bool) -> list[Row]:
    """Names at the last point of each line, values where there is room; the table has them all."""
    measure = found.question.measure
    named = [p for p in drawn if p.branch in found.question.chosen or p.branch == NATIONAL]
    ys = [float(_y(p) or 0) for p in (drawn if found.many else named)] + _target_ys(found)
    span = (max(ys) - min(ys)) or 1.0 if ys else 1.0
    rows: list[Row] = []
    lasts: dict[str, Point] = {p.branch: p for p in sorted(named, key=lambda p: p.year) if p.measure.id == measure.id}
    for year in {p.year for p in lasts.values()}:
        ends = {p.branch: float(_y(p) or 0) for p in lasts.values() if p.year == year}
        places = spread(ends, span * (_NEAR_SMALL if small else _NEAR))
        rows += [
            {
                "year": year,
                "name": _name(lasts[branch], voice, small=small),
                "name_y": places[branch],
                "strong": branch in found.question.chosen,
            }
            for branch in ends
        ]
    return rows if small else rows + _values(found, named, span, voice)


def _target_ys(found: Trend) -> list[float]:
    wanted = [
        (p.cell.resolved.value if p.cell.resolved else None) if p.measure.across_branches else p.target_index
        for p in found.points
        if p.branch in found.question.chosen or p.branch == NATIONAL
    ]
    return [float(value) for value in wanted if value is not None]


def _name(point: Point, voice: Voice, *, small: bool) -> str:
    name = voice.branch(point.branch)
    return f"{name} {dated(point.figure, voice)}" if small and point.figure else name


def _values(found: Trend, named: Sequence[Point], span: float, voice: Voice) -> list[Row]:
    """A label a point, left out where another point of the year is too near; a month is never left out."""
    rows: list[Row] = []
    for point in named:
        y = float(_y(point) or 0)
        others = [float(_y(p) or 0) for p in named if p.year == point.year and p is not point]
        crowded = any(0 <= other - y < span * _NEAR * 1.4 for other in others)
        if point.figure and (not crowded or (not point.settled and point.branch != NATIONAL)):
            rows.append({"year": point.year, "label": _value(point, point.figure, found, voice), "label_y": y})
    return rows


def _value(point: Point, figure: Observation, found: Trend, voice: Voice) -> str:
    """The figure as printed; beside an index the count it stands for."""
    return dated(figure, voice)


def ranks(found: Trend, palette: Mapping[str, str], voice: Voice, *, dark: bool) -> list[Row]:
    """The rows of the chart `ranks`: a place a branch and year, the chosen in colour and named."""
    rows = _frame(found, palette, voice)[: len(found.question.years)]
    lasts: dict[str, tuple[int, int]] = {}
    for branch in found.branches:
        if branch == NATIONAL:
            continue
        look = _look(found, branch, found.question.measure, palette, voice, dark=dark)
        placed = {y: r for y, r in found.ranks.items() if branch in r.places}
        segments = _segments([y for y, r in placed.items() if r.figures[branch].settled])
        for year, ranking in sorted(placed.items()):
            place, settled = ranking.places[branch], year in segments
            row: Row = {"year": year, "color": look.color, "opacity": look.opacity, "width": look.width}
            row["filled" if settled else "hollow"] = place
            said = voice.t("compare.rank", rank=place, n=ranking.size)
            row["about"] = f"{voice.branch(branch)} {voice.year_short(year)} {said}"
            if settled:
                row |= {"y": place, "segment": f"{branch} {segments[year]}"}
            rows.append(row)
            lasts[branch] = (year, place)
    named = {b: last for b, last in lasts.items() if b in found.question.chosen}
    size = max((ranking.size for ranking in found.ranks.values()), default=0)
    for year in {year for year, _ in named.values()}:
        places = spread({b: float(place) for b, (y, place) in named.items() if y == year}, size * _NEAR)
        for branch, y in places.items():
            label = f"{voice.branch(branch)} {named[branch][1]}"
            rows.append({"year": year, "name": label, "name_y": y, "strong": True})
    return rows
