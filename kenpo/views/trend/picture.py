"""The pictures of Trend: points, the lines that may be drawn, target steps, labels, ready for the charts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kenpo.catalog import NATIONAL, Measure
from kenpo.trend import Point, Trend, break_after, place, segments_of, target_place
from kenpo.views.labels import spread
from kenpo.views.trend.words import about, value
from kenpo.views.words import Voice

Row = dict[str, object]

_STEP = 0.36
"""Half the length of a target step, in years."""

_NEAR = 0.07
"""Labels nearer than this share of the picture would run into each other."""

_NEAR_SMALL = 0.17

_CLOSE = 8
"""With more years than this the labels of neighbouring years would run into each other."""


@dataclass(frozen=True, slots=True)
class Look:
    """How one line is drawn."""

    color: str
    width: float
    size: float
    opacity: float
    named: bool


def picture(found: Trend, palette: Mapping[str, str], voice: Voice, *, dark: bool, small: bool = False) -> list[Row]:
    """The rows of the chart `lines`, or of the chart `panel` where it is small; the chosen branches on top."""
    rows = _frame(found, palette, voice, small=small)
    drawn = [point for point in found.points if place(point) is not None]
    for branch in sorted(found.branches, key=lambda b: b in found.question.chosen):
        for measure in (found.other, found.question.measure):
            if measure:
                line = [point for point in drawn if point.branch == branch and point.measure.id == measure.id]
                look = _look(found, branch, measure, palette, voice, dark=dark, small=small)
                rows += _targets(found.of(branch, measure), look, voice)
                rows += _points(line, look, found, voice)
    return rows + _labels(found, drawn, voice, small=small)


def _look(
    found: Trend,
    branch: str,
    measure: Measure,
    palette: Mapping[str, str],
    voice: Voice,
    *,
    dark: bool,
    small: bool = False,
) -> Look:
    if branch not in found.question.chosen and branch != NATIONAL:
        return Look(palette["rest"], 1, 12, 0.6, named=False)
    color = voice.catalog.colors(found.question.chosen)[branch][dark]
    faint = measure.id != found.question.measure.id
    width = 1.6 if branch == NATIONAL else 2.6
    return Look(color, width, 40 if small else 90, 0.55 if faint else 1, named=True)


def _frame(found: Trend, palette: Mapping[str, str], voice: Voice, *, small: bool = False) -> list[Row]:
    """Years along the bottom, the published range of 47, the mark of a break.

    A small picture has the name of its own definition above it and room for the other one only.
    """
    years = found.question.years
    rows: list[Row] = [
        {
            "year": year,
            "year_label": voice.year_letter(year),
            "years_back": years[-1] - year,
            "color": palette["muted"],
            "opacity": 1,
        }
        for year in years
    ]
    for year in {bound.fiscal_year for bound in found.bounds}:
        ends = {o.bound: o.number for o in found.bounds if o.fiscal_year == year}
        if len(ends) > 1:
            rows.append({"year": year, "low": float(ends["lowest"]), "high": float(ends["highest"])})
    if found.other and (year_before := break_after(found.question.measure, found.other)) is not None:
        old = found.other if found.other.successor == found.question.measure.id else found.question.measure
        new = found.question.measure if old is found.other else found.other
        names = {"before": old, "after": new}
        said = {at: m.short[voice.lang] for at, m in names.items() if not (small and m is found.question.measure)}
        rows.append({"broken": year_before + 0.5, **said})
    return rows


def _points(line: Sequence[Point], look: Look, found: Trend, voice: Voice) -> list[Row]:
    """One row a point; neighbours in time that are both final share a segment, and only they are joined."""
    rows: list[Row] = []
    segments = segments_of([point.year for point in line if point.settled])
    for point in line:
        y = float(place(point) or 0)
        row: Row = {"year": point.year, "color": look.color, "opacity": look.opacity, "size": look.size}
        mark = "filled" if point.measure.id == found.question.measure.id else "other"
        row[mark if point.settled else "hollow"] = y
        row["about"] = about(point, voice)
        if point.settled:
            name = f"{point.branch} {point.measure.id} {segments[point.year]}"
            row |= {"y": y, "segment": name, "width": look.width}
        rows.append(row)
    return rows


def _targets(line: Sequence[Point], look: Look, voice: Voice) -> list[Row]:
    """A step a year for every target that is a figure."""
    rows: list[Row] = []
    for point in line:
        wanted = target_place(point)
        if wanted is not None and look.named:
            ends = {"target_from": point.year - _STEP, "target_to": point.year + _STEP}
            rows.append({"target": float(wanted), **ends, "color": look.color, "about": about(point, voice)})
    return rows


def _labels(found: Trend, drawn: Sequence[Point], voice: Voice, *, small: bool) -> list[Row]:
    """Name and value at the last point of each line, values where there is room; the table has them all."""
    named = [p for p in drawn if p.branch in found.question.chosen or p.branch == NATIONAL]
    lasts = _lasts(found, named)
    heights = {branch: _at(point) for branch, point in lasts.items()}
    span = _span(found, drawn)
    gap = span * (_NEAR_SMALL if small else _NEAR)
    together = small or len(found.question.years) > _CLOSE
    places: dict[str, float] = {}
    for year in [None] if together else sorted({p.year for p in lasts.values()}):
        places |= spread({b: y for b, y in heights.items() if year in (None, lasts[b].year)}, gap)
    rows: list[Row] = [
        {
            "year": point.year,
            # A small picture has no room for months: its hollow marks say part-year, its table which month.
            "name": f"{voice.branch(branch)} {value(point, found, voice, months=not small)}",
            "name_y": places[branch],
            "strong": branch in found.question.chosen,
        }
        for branch, point in lasts.items()
    ]
    return rows if small or found.many else rows + _values(found, named, list(lasts.values()), span, voice)


def _at(point: Point) -> float:
    """For drawing only: where a point stands, or its target where it has none."""
    found = place(point)
    return float((target_place(point) if found is None else found) or 0)


def _span(found: Trend, drawn: Sequence[Point]) -> float:
    """From the lowest to the highest mark of the picture."""
    targets = [target_place(p) for p in found.points if p.branch in found.question.chosen or p.branch == NATIONAL]
    bounds = [o.number for o in found.bounds]
    ys = [float(y) for y in (*(place(p) for p in drawn), *targets, *bounds) if y is not None]
    return (max(ys) - min(ys) if ys else 0.0) or 1.0


def _lasts(found: Trend, points: Iterable[Point]) -> dict[str, Point]:
    """The last point of each branch on the definition asked for."""
    own = (p for p in points if p.measure.id == found.question.measure.id)
    return {p.branch: p for p in sorted(own, key=lambda p: p.year)}


def _values(found: Trend, named: Sequence[Point], lasts: Sequence[Point], span: float, voice: Voice) -> list[Row]:
    """A label a point before the last, the chosen branches first; left out where another label is too near.

    A branch with targets alone is named at its last one.
    """
    silent = [p for p in found.points if target_place(p) is not None and all(n.branch != p.branch for n in named)]
    aims = [p for p in _lasts(found, silent).values() if p.branch in found.question.chosen]
    taken = [(p.year, _at(p) - span * _NEAR / 2) for p in lasts]
    rows: list[Row] = []
    for point in [*sorted(named, key=lambda p: p.branch == NATIONAL), *aims]:
        y = _at(point)
        crowded = any(year == point.year and abs(y - other) < span * _NEAR for year, other in taken)
        if point not in lasts and not crowded:
            taken.append((point.year, y))
            said = value(point, found, voice)
            label = f"{voice.branch(point.branch)} {said}" if point in aims else said
            rows.append({"year": point.year, "label": label, "label_y": y})
    return rows


def ranks(found: Trend, palette: Mapping[str, str], voice: Voice, *, dark: bool) -> list[Row]:
    """The rows of the chart `ranks`: a place a branch and year, the chosen in colour and named."""
    rows = _frame(found, palette, voice)[: len(found.question.years)]
    lasts: dict[str, tuple[int, int]] = {}
    for branch in sorted(set(found.branches) - {NATIONAL}, key=lambda b: (b in found.question.chosen, b)):
        look = _look(found, branch, found.question.measure, palette, voice, dark=dark)
        placed = {y: r for y, r in found.ranks.items() if branch in r.places}
        segments = segments_of([y for y, r in placed.items() if r.figures[branch].settled])
        for year, ranking in sorted(placed.items()):
            at, settled = ranking.places[branch], year in segments
            row: Row = {"year": year, "color": look.color, "opacity": look.opacity, "size": look.size}
            row["filled" if settled else "hollow"] = at
            said = voice.t("compare.rank", rank=at, n=ranking.size)
            row["about"] = f"{voice.branch(branch)} {voice.year_short(year)} {said}"
            if settled:
                row |= {"y": at, "segment": f"{branch} {segments[year]}", "width": look.width}
            rows.append(row)
            lasts[branch] = (year, at)
    named = {b: last for b, last in lasts.items() if b in found.question.chosen}
    size = max((ranking.size for ranking in found.ranks.values()), default=0)
    for year in {year for year, _ in named.values()}:
        places = spread({b: float(at) for b, (y, at) in named.items() if y == year}, size * _NEAR)
        for branch, y in places.items():
            label = f"{voice.branch(branch)} {named[branch][1]}"
            rows.append({"year": year, "name": label, "name_y": y, "strong": True})
    return rows
