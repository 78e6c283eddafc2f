"""Trend 推移: branches over fiscal years, what moved most, and where a line may not be drawn.

Pure: figures and a question in, a trend out; neither words nor pictures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kenpo.catalog import FEW, NATIONAL, Catalog, Measure
from kenpo.judgement import Book, Cell, Observation, Ranking, apart, judge, percent_of, rank, rounded

MANY = 12
"""With more branches than this the chosen stand out of the others, and their ranks are drawn."""

MOST_LINES = FEW
"""Branches that stay legible in one picture beside the nation."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is drawn: one measure, some branches, from one fiscal year to another."""

    measure: Measure
    chosen: tuple[str, ...]
    own: str | None
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One branch, or the nation, in one fiscal year on one definition."""

    cell: Cell
    measure: Measure
    index: Decimal | None = None
    """The figure where the branch's first final year is 100."""
    target_index: Decimal | None = None

    @property
    def branch(self) -> str:
        """Whose point it is."""
        return self.cell.branch

    @property
    def year(self) -> int:
        """The fiscal year."""
        return self.cell.fiscal_year

    @property
    def figure(self) -> Observation | None:
        """The actual, unless a picture may not show it: on another denominator, or known only as a bound of 47."""
        actual = self.cell.actual
        return None if actual is None or actual.value is None or actual.exclusion or actual.bound else actual

    @property
    def settled(self) -> bool:
        """May a line run through it?"""
        return self.figure is not None and self.figure.settled


@dataclass(frozen=True, slots=True)
class Move:
    """A change between two figures that may be compared: a year on the year before."""

    measure: Measure
    own: Observation
    base: Observation
    noise: bool | None
    size: Decimal
    """Favourable is positive: points for a rate, percent for a count, which has no other size across branches."""

    @property
    def branch(self) -> str:
        """Whose figures they are."""
        return self.own.branch


@dataclass(frozen=True, slots=True)
class Trend:
    """Every point of a picture, its moves and ranks, and the other definition beside it."""

    question: Question
    points: Sequence[Point]
    moves: Sequence[Move]
    """Of the chosen branches, the largest first; of two alike the later."""
    ranks: Mapping[int, Ranking]
    bounds: Sequence[Observation]
    other: Measure | None
    """The measure on the other side of a definition break inside the years shown."""

    @property
    def indexed(self) -> bool:
        """Are branches of different size drawn on a common scale, first year = 100?"""
        return not self.question.measure.across_branches and self.question.measure.unit != "text"

    @property
    def branches(self) -> list[str]:
        """Every branch with a point, in the order of the points."""
        return list(dict.fromkeys(point.branch for point in self.points))

    @property
    def many(self) -> bool:
        """Are there too many branches to name each?"""
        return len(self.branches) - 1 > MANY

    def of(self, branch: str, measure: Measure) -> list[Point]:
        """The points of one line, year by year."""
        return [p for p in self.points if p.branch == branch and p.measure.id == measure.id]


def measures_of(catalog: Catalog, held: Iterable[str], pillars: Sequence[int]) -> list[str]:
    """The KPIs of some pillars that are a figure, in the catalog's order; none without a pillar."""
    known = [catalog.measures[i] for i in held]
    return [m.id for m in known if m.pillar in pillars and m.role == "kpi" and m.unit != "text"]


def both(catalog: Catalog, measures: Iterable[str]) -> list[Measure]:
    """Some measures and the other definition of each."""
    found = [m for i in measures for m in (catalog.measures[i], catalog.other_definition(i)) if m]
    return list({m.id: m for m in found}.values())


def read(catalog: Catalog, measures: Iterable[str]) -> list[str]:
    """The ids a trend reads: the measures, their other definitions, the counts behind both."""
    found = both(catalog, measures)
    return list(dict.fromkeys(i for m in found for i in (m.id, m.numerator, m.denominator) if i))


def lines_of(own: str | None, chosen: Sequence[str], usual: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The branches drawn, the reader's own first, and the chosen ones there is no room for."""
    wanted = tuple(dict.fromkeys([*([own] if own else []), *(chosen or usual)]))
    return wanted[:MOST_LINES], wanted[MOST_LINES:] if chosen else ()


def years_of(book: Book, measures: Iterable[Measure]) -> list[int]:
    """The span of years in which a branch or the nation has an actual or a branch a target, oldest first."""
    ids = {m.id for m in measures}
    found = {
        o.fiscal_year
        for o in book.figures()
        if o.measure in ids and (o.kind == "actual" or (o.kind == "target" and o.branch != NATIONAL))
    }
    return list(range(min(found), max(found) + 1)) if found else []


def window(years: Sequence[int], start: int | None, end: int | None) -> tuple[tuple[int, ...], list[str]]:
    """The years shown, and the parts of the link that had to be left out: outside the record or turned round."""
    left_out = [f"{name}={year}" for name, year in (("from", start), ("to", end)) if year and year not in years]
    first = start if start in years else next(iter(years), None)
    last = end if end in years else next(reversed(years), None)
    if first is None or last is None:
        return (), left_out
    if first > last:
        return tuple(years), [f"from={start}", f"to={end}"]
    return tuple(y for y in years if first <= y <= last), left_out


def candidates(book: Book, measures: Iterable[Measure], order: Iterable[str]) -> list[str]:
    """The branches with an actual or a target of their own, not only as a bound of 47, in the catalog's order."""
    ids = {m.id for m in measures}
    held = {o.branch for o in book.figures() if o.measure in ids and o.kind != "plan" and not o.bound}
    return [b for b in order if b != NATIONAL and b in held]


def usual_branches(offered: Sequence[str], held: Iterable[str]) -> tuple[str, ...]:
    """Those with documents; where none has a figure, the first few."""
    documented = set(held)
    return tuple([b for b in offered if b in documented][:MOST_LINES] or offered[:MOST_LINES])


def trend(book: Book, catalog: Catalog, question: Question, offered: Sequence[str]) -> Trend:
    """Judges every branch and year of the measure and of its other definition, ranks every year, finds the moves."""
    measure = question.measure
    other = broken(catalog, question)
    many = len(offered) > MANY
    branches = list(dict.fromkeys([*question.chosen, *(offered if many else ()), NATIONAL]))
    points = [
        point
        for m in (measure, other)
        if m
        for branch in branches
        for point in _line(book, catalog, m, branch, question.years)
    ]
    ranks = {y: rank({b: book.of(b, y, measure.id, "actual") for b in offered}, measure) for y in question.years}
    marked = [o for o in book.figures() if o.measure == measure.id and o.bound and o.fiscal_year in question.years]
    return Trend(question, points, _moves(points, question), ranks, marked, other)


def broken(catalog: Catalog, question: Question) -> Measure | None:
    """The measure on the other side of a definition break that lies within the years shown."""
    other = catalog.other_definition(question.measure.id)
    if other is None or (year := break_after(question.measure, other)) is None:
        return None
    return other if question.years and question.years[0] <= year else None


def break_after(measure: Measure, other: Measure) -> int | None:
    """The last fiscal year of the earlier one of two definitions."""
    return other.kpi_to if other.successor == measure.id else measure.kpi_to


def _line(book: Book, catalog: Catalog, measure: Measure, branch: str, years: Sequence[int]) -> list[Point]:
    cells = [judge(book, catalog, branch, year, measure.id) for year in years]
    points = [Point(cell, measure) for cell in cells if cell.actual or cell.target]
    if measure.across_branches:
        return points
    base = next((p.figure.value for p in points if p.settled and p.figure and p.figure.value), None)
    return [_indexed(p, base) for p in points] if base else points


def _indexed(point: Point, base: Decimal) -> Point:
    """Figure and target with the base as 100, one decimal, more where a figure would read as its target."""
    printed = point.figure.value if point.figure else None
    wanted = point.cell.resolved.value if point.cell.resolved else None
    index, target = (None if value is None else percent_of(value, base) for value in (printed, wanted))
    if index is not None and target is not None:
        index, target = apart(index, target)
    else:
        index, target = (None if exact is None else rounded(exact, 1) for exact in (index, target))
    return replace(point, index=index, target_index=target)


def _moves(points: Sequence[Point], question: Question) -> list[Move]:
    """Year-on-year changes of the chosen branches between figures inside the years shown."""
    found = []
    for point in points:
        change = point.cell.on_last_year
        inside = point.year - 1 in question.years and point.measure.id == question.measure.id
        if inside and point.branch in question.chosen and change.own and change.base and change.value is not None:
            size = _size(change.value, change.base.number, point.measure)
            if size is not None:
                found.append(Move(point.measure, change.own, change.base, change.noise, size))
    return sorted(found, key=lambda move: (-abs(move.size), -move.own.fiscal_year))


def _size(change: Decimal, base: Decimal, measure: Measure) -> Decimal | None:
    """A count has no size of its own across branches: it moves by percent of where it was."""
    if measure.across_branches:
        return change
    return rounded(percent_of(change, base), 1) if base else None


def shown(found: Trend) -> list[Point]:
    """The rows of the table: chosen branches first, then the nation, then the others; year by year."""
    order = list(dict.fromkeys([*found.question.chosen, NATIONAL, *found.branches]))
    return sorted(
        found.points, key=lambda p: (order.index(p.branch), p.measure.id != found.question.measure.id, p.year)
    )


def figures(found: Trend) -> list[Observation]:
    """Every printed figure the page shows or subtracts, each once."""
    taken: list[Observation | None] = []
    for point in shown(found):
        cell = point.cell
        taken += [cell.actual, cell.target, cell.resolved.base if cell.resolved else None]
        taken += [side for d in (cell.on_last_year, cell.to_national) for side in (d.own, d.base)]
    return list(dict.fromkeys(o for o in (*taken, *found.bounds) if o))


def own_row(found: Trend) -> int:
    """The row whose origin is shown first: the latest actual of the reader's own branch, else the largest move's."""
    rows = [(at, p.cell.actual) for at, p in enumerate(shown(found)) if p.cell.actual]
    own = [at for at, actual in rows if actual.branch == found.question.own]
    moved = [at for at, actual in rows if found.moves and actual is found.moves[0].own]
    return next(reversed(own or moved), next((at for at, _ in rows), 0))


def place(point: Point) -> Decimal | None:
    """Where a point stands: its index where branches of different size are drawn, else its figure."""
    if point.figure is None:
        return None
    return point.figure.value if point.measure.across_branches else point.index


def target_place(point: Point) -> Decimal | None:
    """Where its target stands."""
    wanted = point.cell.resolved.value if point.cell.resolved else None
    return wanted if point.measure.across_branches else point.target_index


def segments_of(years: Iterable[int]) -> dict[int, int]:
    """Each year with the first of its run of years without a gap."""
    starts: dict[int, int] = {}
    for year in sorted(years):
        starts[year] = starts.get(year - 1, year)
    return starts


def several(book: Book, catalog: Catalog, measures: Sequence[str], question: Question) -> list[Trend]:
    """One trend a measure; one whose successor stands among them is shown in its picture."""
    known = [catalog.measures[i] for i in measures]
    asked = [replace(question, measure=m) for m in known if m.successor not in measures]
    return [trend(book, catalog, one, question.chosen) for one in asked]


def drawable(found: Iterable[Trend]) -> list[Trend]:
    """Those with a point to draw."""
    return [one for one in found if any(place(point) is not None for point in one.points)]
