"""Compare 支部比較: who is ahead on one measure, by how much, and may they be compared at all.

Pure: figures and a question in, a comparison out; neither words nor pictures.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import get_args

from kenpo.catalog import NATIONAL, Catalog, Measure, few
from kenpo.judgement import (
    Book,
    Cell,
    Difference,
    Kind,
    Observation,
    Ranking,
    Reason,
    difference,
    gap,
    judge,
    rank,
)
from kenpo.selection import Base, Mode, Show

MANY = 12
"""More branches than this are drawn as columns in the order of rank."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is compared: one measure, one year (or each branch's latest), by what, against what."""

    measure: Measure
    fiscal_year: int
    show: Show
    base: Base
    mode: Mode
    chosen: tuple[str, ...]
    own: str | None

    @property
    def kind(self) -> Kind:
        """The kind of figure that is ranked."""
        return "target" if self.show == "target" else "actual"

    @property
    def colored(self) -> tuple[str, ...]:
        """The branches that stand out in colour."""
        return few(self.chosen, self.own)


@dataclass(frozen=True, slots=True)
class Row:
    """One branch, or the nation, in the comparison."""

    cell: Cell
    figure: Observation | None
    """The figure that is ranked: the actual or the target."""
    value: Decimal | None
    rank: int | None
    against: Difference
    last_final: Observation | None
    ambition: Decimal | None
    """Target minus the last final actual before it; favourable is positive."""

    @property
    def branch(self) -> str:
        """Whose row it is."""
        return self.cell.branch

    @property
    def drawn(self) -> Decimal | None:
        """The value a picture may show at its place: none for an undated one or one known only as a bound."""
        loose = self.figure is not None and (self.figure.status == "undated" or self.figure.bound is not None)
        return None if loose else self.value


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every row in the order of the picture, the ranking, and the published range of the 47 branches."""

    question: Question
    rows: Sequence[Row]
    ranking: Ranking
    lowest: Observation | None
    highest: Observation | None

    @property
    def many(self) -> bool:
        """Are there too many branches for a row each?"""
        return sum(1 for row in self.rows if row.value is not None) > MANY

    def of(self, branch: str) -> Row | None:
        """The row of a branch."""
        return next((row for row in self.rows if row.branch == branch), None)

    @property
    def span(self) -> Decimal:
        """From the lowest to the highest figure of the picture."""
        bounds = [o.value for o in (self.lowest, self.highest) if o]
        wanted = [row.cell.resolved.value for row in self.rows if row.cell.resolved]
        last = [row.last_final.value for row in self.rows if row.last_final]
        drawn = [value for value in (*bounds, *wanted, *last, *(row.value for row in self.rows)) if value is not None]
        return max(drawn) - min(drawn) if drawn else Decimal(0)

    @property
    def ranked(self) -> list[Row]:
        """The ranked rows, first place first."""
        return sorted((row for row in self.rows if row.rank), key=lambda row: (row.rank or 0, row.branch))


def measures_of(measure: Measure, other: Measure | None) -> list[str]:
    """The ids a comparison of a measure reads: itself, the counts behind it, the other definition."""
    ids = [measure.id, measure.numerator, measure.denominator, other.id if other else None]
    return [i for i in ids if i]


SHOWS: tuple[Show, ...] = get_args(Show)


MODES: tuple[Mode, ...] = get_args(Mode)


BASES: tuple[Base, ...] = get_args(Base)
"""What a figure can be set against, in the order of the chooser."""


def years_of(book: Book, measure: Measure) -> list[int]:
    """The years in which a branch has an actual or a target of the measure, newest first."""
    kinds = ("actual", "target")
    return sorted(
        {o.fiscal_year for o in book.figures() if o.measure == measure.id and o.kind in kinds and _of_branch(o)},
        reverse=True,
    )


def recorded_years(book: Book, measure: Measure) -> list[int]:
    """The years with an actual or a target of the measure: of a branch, the nation or an end of the range of 47."""
    return sorted({o.fiscal_year for o in book.figures() if o.measure == measure.id and o.kind != "plan"})


def default_year(book: Book, measure: Measure) -> int | None:
    """The latest year with a final actual of a branch, else with anything of a branch, else of the nation."""
    finals = [
        o.fiscal_year
        for o in book.figures()
        if o.measure == measure.id and o.kind == "actual" and o.status == "final" and _of_branch(o)
    ]
    if finals:
        return max(finals)
    return next(iter(years_of(book, measure)), max(recorded_years(book, measure), default=None))


def candidates(
    book: Book, measure: Measure, fiscal_year: int, documented: Container[str], order: Iterable[str]
) -> list[str]:
    """Branches with documents, and every other branch that has a figure of its own for the year."""
    printed = {
        o.branch
        for o in book.figures()
        if o.measure == measure.id and o.fiscal_year == fiscal_year and o.kind != "plan" and _of_branch(o)
    }
    return [b for b in order if b != NATIONAL and (b in documented or b in printed)]


def usual_branches(branches: Sequence[str], documented: Container[str], own: str | None) -> tuple[str, ...]:
    """Those that stand out where none is chosen: the ones with documents, of many only the reader's own."""
    return few([b for b in branches if b in documented], own)


def _of_branch(figure: Observation) -> bool:
    return figure.branch != NATIONAL and figure.bound is None


def compare(book: Book, catalog: Catalog, question: Question, branches: Sequence[str]) -> Comparison:
    """Judges, ranks and sets every branch and the nation against the chosen base."""
    measure, fiscal_year = question.measure, question.fiscal_year
    years = {b: _year(book, question, b) for b in (*branches, NATIONAL)}
    cells = {b: judge(book, catalog, b, year, measure.id) for b, year in years.items()}
    figures = {b: book.of(b, fiscal_year, measure.id, question.kind) for b in branches}
    ranking = rank(figures, measure) if question.mode == "year" else Ranking({}, {})
    best = next((b for b, place in ranking.places.items() if place == 1), None)
    rows = [_row(book, question, cell, ranking, best) for cell in cells.values()]
    printed = (o for o in book.figures() if o.measure == measure.id and o.fiscal_year == fiscal_year)
    # The range is one year's: beside figures of several years it would say nothing.
    bounds = {o.bound: o for o in printed if o.bound and question.mode == "year"}
    return Comparison(question, _ordered(rows, measure), ranking, bounds.get("lowest"), bounds.get("highest"))


def _year(book: Book, question: Question, branch: str) -> int:
    """The year asked for, or the branch's latest with a figure of the kind."""
    if question.mode == "year":
        return question.fiscal_year
    years = {
        o.fiscal_year
        for o in book.figures()
        if (o.branch, o.measure, o.kind) == (branch, question.measure.id, question.kind)
        and o.value is not None
        and o.bound is None
    }
    return max(years, default=question.fiscal_year)


def _row(book: Book, question: Question, cell: Cell, ranking: Ranking, best: str | None) -> Row:
    measure = question.measure
    speaking = cell.actual if question.kind == "actual" else cell.target
    figure = ranking.figures.get(cell.branch, speaking)
    wanted = cell.resolved.value if cell.resolved else None
    ranked = cell.branch in ranking.figures
    value = wanted if question.kind == "target" and not ranked else (figure.value if figure else None)
    last = book.last_final(cell.branch, cell.fiscal_year, measure.id)
    ambition = gap(wanted, last.number, measure) if wanted is not None and last else None
    against = _against(book, question, cell, best)
    return Row(cell, figure, value, ranking.places.get(cell.branch), against, last, ambition)


def _against(book: Book, question: Question, cell: Cell, best: str | None) -> Difference:
    """The difference to the chosen base, or the reason there is none."""
    measure, year = question.measure, cell.fiscal_year
    if question.kind == "target":
        return _target_against(book, question, cell, best)
    if question.base == "target":
        reason = _not_judged(cell)
        return Difference(cell.gap, cell.actual, cell.target) if cell.gap is not None else Difference(reason=reason)
    if question.base == "national":
        return Difference(reason="itself") if cell.branch == NATIONAL else cell.to_national
    if question.base == "last_year":
        return cell.on_last_year
    if cell.branch == best:
        return Difference(reason="itself")
    if best is None or not measure.across_branches:
        return Difference(reason="no_base" if measure.across_branches else "counts")
    own = book.of(cell.branch, year, measure.id, "actual")
    return difference(own, book.of(best, year, measure.id, "actual"), measure)


def _not_judged(cell: Cell) -> Reason:
    if cell.actual is None:
        return "no_own"
    if cell.actual.value is None:
        return "text"
    reasons: Mapping[str, Reason] = {"in_progress": "part_year", "undated": "undated"}
    return reasons.get(cell.state, "no_base")


def _target_against(book: Book, question: Question, cell: Cell, best: str | None) -> Difference:
    """A target set against another target; against `target` stands the ambition over the last final actual."""
    measure = question.measure
    wanted = cell.resolved.value if cell.resolved else None
    if wanted is None:
        return Difference(reason="no_own")
    if question.base == "target":
        last = book.last_final(cell.branch, cell.fiscal_year, measure.id)
        if last is None:
            return Difference(reason="no_base")
        return Difference(gap(wanted, last.number, measure), cell.target, last)
    if question.base == "last_year":
        other = book.of(cell.branch, cell.fiscal_year - 1, measure.id, "target")
    else:
        rival = NATIONAL if question.base == "national" else best
        if rival == cell.branch:
            return Difference(reason="itself")
        if not measure.across_branches:
            return Difference(reason="counts")
        other = book.of(rival, cell.fiscal_year, measure.id, "target") if rival else ()
    base = next((o for o in other if o.value is not None), None)
    return Difference(gap(wanted, base.number, measure), cell.target, base) if base else Difference(reason="no_base")


def _ordered(rows: Sequence[Row], measure: Measure) -> list[Row]:
    """Best first among those with a figure to show, the nation by its value; then targets; then the rest."""

    def place(row: Row) -> tuple[int, Decimal, str]:
        wanted = row.cell.resolved.value if row.cell.resolved else None
        if row.drawn is not None:
            return 0, -row.drawn * measure.sign, row.branch
        if wanted is not None:
            return 1, -wanted * measure.sign, row.branch
        return 2 if row.value is not None else 3, Decimal(0), row.branch

    return sorted(rows, key=place)


def figures(found: Comparison) -> list[Observation]:
    """Every printed figure the page shows or subtracts, row by row, each once."""
    shown: list[Observation | None] = []
    for row in found.rows:
        cell = row.cell
        shown += [cell.actual, cell.target, cell.resolved.base if cell.resolved else None, cell.other_definition]
        shown += [side for d in (row.against, cell.on_last_year, cell.to_national) for side in (d.own, d.base)]
        shown += [row.figure, row.last_final]
    shown += [found.lowest, found.highest]
    return list(dict.fromkeys(o for o in shown if o))


def own_row(found: Comparison) -> int:
    """The row whose origin is shown first: the reader's own branch, else the first of the picture."""
    wanted = [at for at, row in enumerate(found.rows) if row.branch == found.question.own]
    return next(iter(wanted), 0)
