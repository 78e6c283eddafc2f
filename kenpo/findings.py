"""Where the documents contradict themselves: found by rule, shown as printed, never corrected.

A finding does not make a package unsound. Each names the figure at odds first, then those it is at odds
with, all with their lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations, pairwise
from typing import Any, Literal, get_args

from kenpo.catalog import Catalog, Measure
from kenpo.composition import Composition
from kenpo.judgement import RELATIVE, Book, Observation, decimals, first_line, judge, standing_of

Rule = Literal[
    "two_figures",
    "parts_and_total",
    "months_and_year",
    "rate_and_counts",
    "verdict",
    "previous_year",
    "falling_series",
    "rounding",
]
RULES: tuple[Rule, ...] = get_args(Rule)
"""Kinds of findings, contradictions first; `rounding` are figures alike but for the decimals printed."""

TOTAL_BENEFIT = "total"


@dataclass(frozen=True, slots=True)
class Passage:
    """One printed figure a finding rests on, and where it stands."""

    document: str
    line: str
    printed: str
    about: str
    """Id of the measure or of the benefit."""
    fiscal_year: int
    kind: str
    """target, actual, plan, month or benefit."""
    as_of: str | None = None
    branch: str = ""

    def as_dict(self) -> dict[str, object]:
        """The passage as one flat record."""
        return {
            "document": self.document,
            "line": self.line,
            "printed": self.printed,
            "about": self.about,
            "branch": self.branch,
            "fiscal_year": self.fiscal_year,
            "kind": self.kind,
            "as_of": self.as_of,
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction of the sources; `rule` is the id of the text that explains it."""

    rule: Rule
    passages: tuple[Passage, ...]
    """The figure at odds first."""
    printed: Decimal | None
    """Value of the first passage."""
    computed: Decimal | None
    """What the others give, in the decimals of the first; for a verdict, the target."""
    stated: str | None = None
    """The document's own verdict where it is at odds with the computed one."""
    met: bool | None = None
    """The computed verdict beside a stated one."""

    @property
    def about(self) -> Passage:
        """The figure at odds."""
        return self.passages[0]

    def as_dict(self) -> dict[str, object]:
        """The finding as one record of ids and numbers."""
        return {
            "rule": self.rule,
            "branch": self.about.branch,
            "fiscal_year": self.about.fiscal_year,
            "about": self.about.about,
            "as_of": self.about.as_of,
            "printed": self.printed,
            "computed": self.computed,
            "stated": self.stated,
            "passages": [passage.as_dict() for passage in self.passages],
        }


def find(
    book: Book, catalog: Catalog, months: Iterable[Mapping[str, Any]], benefits: Iterable[Mapping[str, Any]]
) -> list[Finding]:
    """Every contradiction of a sound package, in the order of RULES and then of the documents.

    Figures of a replaced document clash with nothing: that they are put right is what replaced them.
    `months` and `benefits` are the typed rows of the tables of the same name.
    """
    replaced = {document.id for document in catalog.documents.values() if document.replaced_by}
    figures = [figure for figure in book.figures() if figure.document not in replaced]
    series = [row for row in months if row["document_id"] not in replaced]
    found = [
        *_two_figures(figures, catalog),
        *_totals(figures, catalog.composition),
        *_two_months(series, catalog),
        *_benefit_totals(row for row in benefits if row["document_id"] not in replaced),
        *_months_and_year(series, figures),
        *_rates(figures, catalog),
        *_verdicts(book, figures, catalog),
        *_previous_years(book, figures),
        *_falling(series, figures, catalog),
    ]
    places = {document: at for at, document in enumerate(catalog.documents)}
    return sorted(found, key=lambda f: (RULES.index(f.rule), places[f.about.document], _first_line(f.about)))


def rounded(value: Decimal, places: int) -> Decimal:
    """A value in as many decimals as are printed, half up as the documents do."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _first_line(passage: Passage) -> int:
    return first_line(passage.line)


def _passage(figure: Observation) -> Passage:
    return Passage(
        document=figure.document,
        line=figure.line,
        printed=figure.printed,
        about=figure.measure,
        fiscal_year=figure.fiscal_year,
        kind=figure.kind,
        as_of=figure.as_of,
        branch=figure.branch,
    )


def _grouped(figures: Iterable[Observation], key: Callable[[Observation], Hashable]) -> Iterator[list[Observation]]:
    groups: dict[Hashable, list[Observation]] = defaultdict(list)
    for figure in figures:
        if figure.value is not None:
            groups[key(figure)].append(figure)
    yield from groups.values()


# --- two figures for one thing ---------------------------------------------------------------------


def _two_figures(figures: Sequence[Observation], catalog: Catalog) -> Iterator[Finding]:
    """Different values of the same thing at the same time: of one place, or of a target and the plan made for it."""
    for same in _grouped(
        figures, lambda o: (o.branch, o.fiscal_year, o.measure, _aimed(o, catalog), o.as_of, o.status)
    ):
        for one, other in combinations(same, 2):
            yield from _differing(one, other, "two_figures")


def _aimed(figure: Observation, catalog: Catalog) -> str:
    """A planned rate and a target are one thing; a planned count is a thing of its own."""
    rate = catalog.measures[figure.measure].unit == "percent"
    return "aim" if rate and figure.kind in ("target", "plan") else figure.kind


def _differing(one: Observation, other: Observation, rule: Rule) -> Iterator[Finding]:
    """A finding where two figures differ; a rounding pair where one is the other in fewer decimals."""
    if one.number == other.number:
        return
    fewer, more = sorted((one, other), key=lambda o: decimals(o.value))
    alike = decimals(fewer.value) < decimals(more.value) and rounded(more.number, decimals(fewer.value)) == fewer.number
    first, second = (fewer, more) if alike else (one, other)
    yield Finding("rounding" if alike else rule, (_passage(first), _passage(second)), first.number, second.number)


def _previous_years(book: Book, figures: Iterable[Observation]) -> Iterator[Finding]:
    """The number printed inside a target relative to last year, against last year's final value."""
    for figure in figures:
        if figure.rule in RELATIVE and figure.value is not None:
            last = book.final(figure.branch, figure.fiscal_year - 1, figure.measure)
            if last is not None:
                yield from _differing(figure, last, "previous_year")


# --- sums ------------------------------------------------------------------------------------------


def _totals(figures: Sequence[Observation], composition: Composition) -> Iterator[Finding]:
    for table in _grouped(figures, lambda o: (o.document, o.branch, o.fiscal_year, o.kind, o.as_of, o.status)):
        printed = {figure.measure: figure for figure in table}
        for split in composition.sums:
            if split.whole in printed and all(part in printed for part in split.parts):
                yield from _sum(printed[split.whole], [printed[part] for part in split.parts])


def _sum(total: Observation, parts: Sequence[Observation]) -> Iterator[Finding]:
    added = sum((part.number for part in parts), Decimal())
    if added != total.number:
        passages = (_passage(total), *(_passage(part) for part in parts))
        yield Finding("parts_and_total", passages, total.number, added)


def _benefit_totals(benefits: Iterable[Mapping[str, Any]]) -> Iterator[Finding]:
    years: dict[Hashable, list[Mapping[str, Any]]] = defaultdict(list)
    for row in benefits:
        years[row["document_id"], row["branch_id"], row["fiscal_year"], row["as_of"]].append(row)
    for rows in years.values():
        totals = [row for row in rows if row["benefit_id"] == TOTAL_BENEFIT]
        parts = [row for row in rows if row["benefit_id"] != TOTAL_BENEFIT]
        added = sum(row["count"] for row in parts)
        for total in totals:
            if parts and total["count"] != added:
                passages = tuple(
                    _row_passage(row, row["benefit_id"], "benefit", row["as_of"]) for row in (total, *parts)
                )
                yield Finding("parts_and_total", passages, Decimal(total["count"]), Decimal(added))


def _row_passage(row: Mapping[str, Any], about: str, kind: str, as_of: str | None) -> Passage:
    return Passage(
        row["document_id"], row["line"], row["printed"], about, row["fiscal_year"], kind, as_of, row["branch_id"]
    )


# --- months ----------------------------------------------------------------------------------------


def _months_and_year(months: Iterable[Mapping[str, Any]], figures: Iterable[Observation]) -> Iterator[Finding]:
    """The count of a month against the same count printed for that month, that of March against the year."""
    counted: dict[Hashable, list[Observation]] = defaultdict(list)
    for figure in figures:
        if figure.kind == "actual" and figure.value is not None and figure.status in ("final", "provisional"):
            month = figure.as_of or f"{figure.fiscal_year + 1}-03"
            counted[figure.branch, figure.measure, month].append(figure)
    for row in months:
        for figure in counted.get((row["branch_id"], row["measure_id"], row["month"]), ()):
            if figure.number != row["value"]:
                passages = (_row_passage(row, row["measure_id"], "month", row["month"]), _passage(figure))
                yield Finding("months_and_year", passages, Decimal(row["value"]), figure.number)


def _two_months(months: Iterable[Mapping[str, Any]], catalog: Catalog) -> Iterator[Finding]:
    """One month printed differently by two documents; the one that speaks first."""
    printed: dict[Hashable, list[Mapping[str, Any]]] = defaultdict(list)
    for row in months:
        printed[row["branch_id"], row["measure_id"], row["month"]].append(row)
    for same in printed.values():
        for one, other in combinations(sorted(same, key=lambda row: _row_standing(row, catalog)), 2):
            if one["value"] != other["value"]:
                yield Finding("two_figures", (_month_passage(one), _month_passage(other)), _count(one), _count(other))


def _row_standing(row: Mapping[str, Any], catalog: Catalog) -> Standing:
    return standing_of(catalog.documents[row["document_id"]], row["branch_id"])


def _month_passage(row: Mapping[str, Any]) -> Passage:
    return _row_passage(row, row["measure_id"], "month", row["month"])


def _count(row: Mapping[str, Any]) -> Decimal:
    return Decimal(row["value"])


# --- series that fall ------------------------------------------------------------------------------

Standing = tuple[bool, int, bool, int]


@dataclass(frozen=True, slots=True)
class _Reached:
    """What had been reached by a month of a year, and how far its document speaks."""

    month: str
    number: Decimal
    passage: Passage
    standing: Standing


def _falling(
    months: Iterable[Mapping[str, Any]], figures: Iterable[Observation], catalog: Catalog
) -> Iterator[Finding]:
    """A cumulative count or rate that is lower than one printed for an earlier month of its year.

    Within the months a document prints, within the yearly tables, and along what speaks of each month, whichever
    document and table it stands in.
    """
    series: dict[Hashable, list[_Reached]] = defaultdict(list)
    for reached, table in (*_counted(months, catalog), *_grown(figures, catalog)):
        about = (reached.passage.branch, reached.passage.about, reached.passage.fiscal_year)
        series[about, table].append(reached)
        series[about, None].append(reached)
    falls = [fall for one in series.values() for fall in _falls(one)]
    for after, before in dict.fromkeys(falls):
        yield Finding("falling_series", (after.passage, before.passage), after.number, before.number)


def _counted(months: Iterable[Mapping[str, Any]], catalog: Catalog) -> Iterator[tuple[_Reached, str]]:
    for row in months:
        standing = _row_standing(row, catalog)
        yield _Reached(row["month"], _count(row), _month_passage(row), standing), row["document_id"]


def _grown(figures: Iterable[Observation], catalog: Catalog) -> Iterator[tuple[_Reached, str]]:
    for figure in figures:
        grows = catalog.measures[figure.measure].accrual == "cumulative" and figure.value is not None
        if grows and figure.kind == "actual" and figure.status in ("final", "provisional"):
            standing = standing_of(catalog.documents[figure.document], figure.branch)
            yield _Reached(_month(figure), figure.number, _passage(figure), standing), f"year {figure.document}"


def _falls(series: Iterable[_Reached]) -> Iterator[tuple[_Reached, _Reached]]:
    speaking: dict[str, _Reached] = {}
    for reached in sorted(series, key=lambda one: one.standing):
        speaking.setdefault(reached.month, reached)
    for before, after in pairwise(speaking[month] for month in sorted(speaking)):
        if after.number < before.number:
            yield after, before


def _month(figure: Observation) -> str:
    return figure.as_of or f"{figure.fiscal_year + 1}-03"


# --- rates and verdicts ----------------------------------------------------------------------------


def _rates(figures: Sequence[Observation], catalog: Catalog) -> Iterator[Finding]:
    """A printed rate against the counts printed beside it, beyond rounding."""
    for table in _grouped(
        figures, lambda o: (o.document, o.branch, o.fiscal_year, o.kind == "actual", o.as_of, o.status)
    ):
        counts = {figure.measure: figure for figure in table if figure.kind != "target"}
        for rate in table:
            measure = catalog.measures[rate.measure]
            planned = counts.get(rate.measure)
            # A plan prints its target again as a planned rate: said once, of the rate beside the counts.
            again = rate.kind == "target" and planned is not None and planned.value == rate.value
            if measure.unit == "percent" and not again:
                yield from _rate(rate, measure, counts)


def _rate(rate: Observation, measure: Measure, counts: Mapping[str, Observation]) -> Iterator[Finding]:
    x, n = counts.get(measure.numerator or ""), counts.get(measure.denominator or "")
    if x is None or n is None or not n.number:
        return
    computed = rounded(x.number / n.number * 100, decimals(rate.value))
    if computed != rate.number:
        yield Finding("rate_and_counts", (_passage(rate), _passage(x), _passage(n)), rate.number, computed)


def _verdicts(book: Book, figures: Iterable[Observation], catalog: Catalog) -> Iterator[Finding]:
    """The document's own verdict against the computed one."""
    places = dict.fromkeys((o.branch, o.fiscal_year, o.measure) for o in figures if o.stated)
    for place in places:
        cell = judge(book, catalog, *place)
        if cell.disagrees and cell.actual and cell.target:
            base = [cell.resolved.base] if cell.resolved and cell.resolved.base else []
            passages = tuple(_passage(figure) for figure in (cell.actual, cell.target, *base))
            wanted = cell.resolved.value if cell.resolved else None
            yield Finding("verdict", passages, cell.actual.value, wanted, cell.actual.stated, cell.met)
