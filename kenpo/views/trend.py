"""Trend 推移 as data: branches over fiscal years, what moved most, and where a line may not be drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kenpo import formats
from kenpo.catalog import FEW, NATIONAL, Catalog, Measure
from kenpo.formats import Amount, Table, TableCell
from kenpo.judgement import Book, Cell, Observation, Ranking, apart, judge, percent_of, rank, rounded
from kenpo.selection import Selection
from kenpo.views.marks import marked
from kenpo.views.words import Voice, difference_amount

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


# --- what is asked ---------------------------------------------------------------------------------


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


def lines_of(chosen: Selection, usual: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The branches drawn, the reader's own first, and the chosen ones there is no room for."""
    wanted = tuple(dict.fromkeys([*([chosen.my] if chosen.my else []), *(chosen.branch or usual)]))
    return wanted[:MOST_LINES], wanted[MOST_LINES:] if chosen.branch else ()


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


# --- sentences -------------------------------------------------------------------------------------


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


# --- table -----------------------------------------------------------------------------------------


def shown(found: Trend) -> list[Point]:
    """The rows of the table: chosen branches first, then the nation, then the others; year by year."""
    order = list(dict.fromkeys([*found.question.chosen, NATIONAL, *found.branches]))
    return sorted(
        found.points, key=lambda p: (order.index(p.branch), p.measure.id != found.question.measure.id, p.year)
    )


def table(found: Trend, voice: Voice) -> Table:
    """A row a branch and year: figure, month, target, differences, rank and state."""
    t = voice.t
    keys = ["source.owner", "source.year", "detail.actual", "source.as_of", "detail.target", "detail.gap"]
    keys += ["detail.on_last_year", "detail.to_national"]
    keys += ["trend.index"] if found.indexed else ["compare.rank_column"]
    keys += ["detail.state", "compare.remark"]
    rows = [_cells(point, found, voice) for point in shown(found)]
    return Table(t("menu.trend"), headline(found, voice), context(found, voice), [t(key) for key in keys], rows)


def _cells(point: Point, found: Trend, voice: Voice) -> list[TableCell]:
    cell, measure, lang = point.cell, point.measure, voice.lang
    actual, wanted = cell.actual, cell.resolved.value if cell.resolved else None
    when = voice.month(actual.as_of) if actual and actual.as_of else None
    full = voice.t("source.full_year") if actual and actual.status in ("final", "draft") else None
    return [
        voice.branch(point.branch),
        voice.year_short(point.year),
        formats.amount(actual.value if actual else None, measure, lang) or voice.in_words(actual),
        when or full,
        formats.amount(wanted, measure, lang) or (voice.target(cell.target) if cell.target else None),
        formats.gap_amount(cell.gap, measure, lang),
        difference_amount(cell.on_last_year, measure, voice),
        difference_amount(cell.to_national, measure, voice),
        Amount(point.index, "") if found.indexed and point.index is not None else _place(point, found, voice),
        marked(cell.state, voice),
        _remark(point, found, voice),
    ]


def _place(point: Point, found: Trend, voice: Voice) -> str | None:
    ranking = found.ranks.get(point.year)
    if ranking is None or point.measure.id != found.question.measure.id or point.branch not in ranking.places:
        return None
    return voice.t("compare.rank", rank=ranking.places[point.branch], n=ranking.size)


def _remark(point: Point, found: Trend, voice: Voice) -> str | None:
    """The other definition, a draft, a bound of 47, or why a figure is not drawn."""
    actual, t = point.cell.actual, voice.t
    said = []
    if point.measure.id != found.question.measure.id:
        said.append(t("trend.other", measure=point.measure.name[voice.lang]))
    if actual and actual.status == "draft":
        said.append(t("status.draft"))
    if actual and actual.bound:
        said.append(t("reason.bound"))
    if actual and actual.exclusion:
        said.append(t(f"reason.{actual.exclusion}"))
    if actual and found.indexed and point.index is None:
        said.append(t("trend.no_base"))
    return t.join(said) or None


def figures(found: Trend) -> list[Observation]:
    """Every printed figure the page shows or subtracts, each once."""
    taken: list[Observation | None] = []
    for point in shown(found):
        cell = point.cell
        taken += [cell.actual, cell.target, cell.resolved.base if cell.resolved else None]
        taken += [side for d in (cell.on_last_year, cell.to_national) for side in (d.own, d.base)]
    return list(dict.fromkeys(o for o in (*taken, *found.bounds) if o))


def origins(found: Trend, voice: Voice) -> list[str]:
    """Where the figure of each row stands; else its target."""
    firsts = [point.cell.actual or point.cell.target for point in shown(found)]
    return [f"{figure.printed} — {voice.place(figure)}" if figure else "" for figure in firsts]


def own_row(found: Trend) -> int:
    """The row whose origin is shown first: the latest actual of the reader's own branch, else the largest move's."""
    rows = [(at, p.cell.actual) for at, p in enumerate(shown(found)) if p.cell.actual]
    own = [at for at, actual in rows if actual.branch == found.question.own]
    moved = [at for at, actual in rows if found.moves and actual is found.moves[0].own]
    return next(reversed(own or moved), next((at for at, _ in rows), 0))
