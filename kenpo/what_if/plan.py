"""Where a what-if starts from: a branch's plan of one fiscal year, every start value named with its year. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from kenpo.catalog import NATIONAL, Catalog, Measure
from kenpo.judgement import (
    RELATIVE,
    SPAN,
    Book,
    Counts,
    Observation,
    Resolved,
    Rule,
    counts_of,
    gap,
    judge,
    months_of,
    plan_rates,
    resolve_target,
)


@dataclass(frozen=True, slots=True)
class Change:
    """A year-on-year change on record between two final actuals of one branch; favourable is positive."""

    branch: str
    year: int
    """The later of the two fiscal years."""
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Ended:
    """A KPI of the plan a year starts from that has ended by that year, and what took its place."""

    measure: Measure
    successor: Measure | None
    """The KPI of the plan year; None where none is on record."""


@dataclass(frozen=True, slots=True)
class Start:
    """Where one measure starts from: its target, last final actual, people and what it can be set against."""

    measure: Measure
    target: Observation | None
    """As the plan prints it; None for a KPI that took the place of an ended one and has no target yet."""
    current: Decimal | None
    """What the current target demands; None while a relative target has no base on record, and without a target."""
    base: Observation | None
    """The final actual a relative target was resolved to, where the target does not bring its own number."""
    last: Observation | None
    eligible: Observation | None
    planned: Observation | None
    """Printed planned count, standing while the target and the eligible number are the plan's own."""
    plan_rates: frozenset[Decimal]
    """The rates that count was printed for."""
    performed: Observation | None
    """People counted in the year of the last final actual."""
    national_target: Observation | None
    national_last: Observation | None
    best: Observation | None
    changes: Sequence[Change] = ()
    """Comparable changes on record: of every branch, of counts only the branch's own."""
    kept: Sequence[tuple[int, bool]] = ()
    """The branch's own record: every year with a target and a final actual, and whether it was met."""
    range: tuple[Observation, Observation] | None = None
    """Published lowest and highest of the 47 branches, in the latest year there is one."""
    months: int | None = None
    """Months left in the plan year; None for a closed one."""
    so_far: Counts | None = None
    """People counted inside the plan year, where it has begun."""

    @property
    def counted(self) -> Observation | None:
        """The eligible number to reckon with; a printed zero, of nobody, is shown and goes no further."""
        return self.eligible if self.eligible and self.eligible.number > 0 else None

    @property
    def largest_change(self) -> Decimal | None:
        """The largest comparable change on record; None without any."""
        return max((change.amount for change in self.changes), default=None)

    @property
    def relative(self) -> bool:
        """Does the printed target only say: last year or better?"""
        return self.target is not None and self.target.rule in RELATIVE

    @property
    def rule(self) -> Rule | None:
        """The rule a new target is held to: the printed one's; without a target that of the measure's direction."""
        if self.target is not None:
            return self.target.rule
        return "at_least" if self.measure.sign > 0 else "at_most"


@dataclass(frozen=True, slots=True)
class Combined:
    """A combined rate a plan implies: the measure that prints it and the rates its people are of."""

    measure: Measure
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A branch's plan of one fiscal year, measure by measure, in the catalog's order."""

    branch: str
    fiscal_year: int
    base_year: int
    """The year whose plan the targets are of: the year itself, the one before for a year not planned yet."""
    starts: Mapping[str, Start]
    worded: Mapping[str, Observation]
    """Qualitative targets: part of the plan, without a figure that could be moved."""
    printed_totals: Mapping[str, Observation]
    """Printed planned counts of the combined rates by their id, where the document prints them."""
    totals: Mapping[str, Observation]
    """Eligible numbers of the combined rates by their id."""
    wishes: Mapping[str, Observation]
    """The nation's furthest printed target of each combined rate, by its id."""
    combined: Mapping[str, Combined] = field(default_factory=dict)
    """The combined rates the plan implies, by the name they have in answers."""
    pools: Sequence[tuple[str, ...]] = ()
    """Rates of different people of one denominator: together they cannot pass 100 %."""
    grows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Eligible numbers that grow, each with the rates whose people they grow with."""
    ended: Sequence[Ended] = ()
    """KPIs of the base year's plan that the plan year does not have any more, in the catalog's order."""

    @property
    def ahead(self) -> bool:
        """Is it a year without a plan of its own, started from the plan before?"""
        return self.base_year != self.fiscal_year


def plan_of(book: Book, catalog: Catalog, branch: str, fiscal_year: int, base_year: int | None = None) -> Plan:
    """The plan of a branch and year: every measure with a target; those that are a figure or can become one start.

    `base_year` names the plan to start from where the year itself has none (新年度): KPIs that have ended by then
    are left out and named, the KPIs that took their place start without a target. An empty plan (no target on
    record) has no starts.
    """
    planned = fiscal_year if base_year is None else base_year
    targets = {
        m.id: target
        for m in catalog.measures.values()
        if m.role in ("kpi", "goal") and (target := _first(book.of(branch, planned, m.id, "target")))
    }
    ended = _ended(catalog, targets, fiscal_year) if planned != fiscal_year else ()
    offered = _offered(catalog, targets, ended)
    worded = {i: target for i, target in offered.items() if target and target.rule == "qualitative"}
    combined = {s.name: Combined(catalog.measures[s.whole], s.parts) for s in catalog.composition.combined}
    counts = [c.measure.numerator for c in combined.values() if c.measure.numerator]
    eligible = [c.measure.denominator for c in combined.values() if c.measure.denominator]
    place = (branch, fiscal_year, planned)
    return Plan(
        branch=branch,
        fiscal_year=fiscal_year,
        base_year=planned,
        starts={
            i: _start(book, catalog, place, catalog.measures[i], target)
            for i, target in offered.items()
            if i not in worded
        },
        worded=worded,
        printed_totals={i: o for i in counts if (o := _first(book.of(branch, planned, i, "plan")))},
        totals={i: o for i in eligible if (o := eligible_of(book, branch, fiscal_year, i)) and o.number > 0},
        wishes={i: o for c in combined.values() if (o := _furthest(book, fiscal_year, i := c.measure.id))},
        combined=combined,
        pools=_pools(catalog, combined.values()),
        grows={split.whole: split.parts for split in catalog.composition.growing},
        ended=ended,
    )


def _pools(catalog: Catalog, combined: Iterable[Combined]) -> tuple[tuple[str, ...], ...]:
    """Parts of one combined rate that share a denominator."""
    by_people: dict[tuple[str, str], list[str]] = {}
    for whole in combined:
        for part in whole.parts:
            if denominator := catalog.measures[part].denominator:
                by_people.setdefault((whole.measure.id, denominator), []).append(part)
    return tuple(dict.fromkeys(tuple(pool) for pool in by_people.values() if len(pool) > 1))


def _ended(catalog: Catalog, targets: Iterable[str], fiscal_year: int) -> tuple[Ended, ...]:
    over = [i for i in targets if catalog.measures[i].ended(fiscal_year)]
    return tuple(Ended(catalog.measures[i], catalog.replacement(i, fiscal_year)) for i in over)


def _offered(
    catalog: Catalog, targets: Mapping[str, Observation], ended: Iterable[Ended]
) -> dict[str, Observation | None]:
    """What the plan year can set, with the target it starts from; a successor has none, one in words cannot be set."""
    over = {e.measure.id for e in ended}
    new = {e.successor.id for e in ended if e.successor and e.successor.unit != "text"}
    return {i: targets.get(i) for i in catalog.measures if (i in targets or i in new) and i not in over}


def _start(
    book: Book, catalog: Catalog, place: tuple[str, int, int], measure: Measure, target: Observation | None
) -> Start:
    """Where a measure starts from, for a branch, plan year and the year whose plan the targets are of."""
    branch, fiscal_year, planned = place
    last = book.last_final(branch, fiscal_year, measure.id)
    resolved = _resolved(book, place, target)
    numerator, denominator = measure.numerator, measure.denominator
    eligible = eligible_of(book, branch, fiscal_year, denominator) if denominator else None
    inside = _first(book.of(branch, fiscal_year, measure.id, "actual"))
    own = target if planned == fiscal_year else None
    return Start(
        measure=measure,
        target=target,
        current=resolved.value,
        base=resolved.base,
        last=last,
        eligible=eligible,
        planned=_planned(book, target, numerator, eligible) if target else None,
        plan_rates=plan_rates(book, branch, planned, measure.id),
        performed=book.final(branch, last.fiscal_year, numerator) if last and numerator else None,
        national_target=_first(o for o in book.of(NATIONAL, fiscal_year, measure.id, "target") if o.value is not None),
        national_last=book.last_final(NATIONAL, fiscal_year, measure.id),
        best=best_before(book, catalog, fiscal_year, measure) if measure.across_branches else None,
        changes=[c for c in changes_on_record(book, measure) if measure.across_branches or c.branch == branch],
        kept=record(book, catalog, branch, fiscal_year, measure),
        range=published_range(book, measure),
        months=months_of(book, branch, fiscal_year, inside, own),
        so_far=_so_far(book, measure, place, inside),
    )


def _resolved(book: Book, place: tuple[str, int, int], target: Observation | None) -> Resolved:
    """What the current target demands in the plan year.

    A relative target of an earlier plan means the year before the plan year, not the number printed for its own.
    """
    if target is None:
        return Resolved(None)
    branch, fiscal_year, planned = place
    carried = target.rule in RELATIVE and planned != fiscal_year
    meant = replace(target, value=None) if carried else target
    return resolve_target(meant, book.of(branch, fiscal_year - 1, target.measure, "actual"))


def _so_far(book: Book, measure: Measure, place: tuple[str, int, int], inside: Observation | None) -> Counts | None:
    """People counted inside the plan year; without any where the year has begun and nobody says how many."""
    if inside and inside.status == "provisional":
        return counts_of(book, measure, inside)
    branch, fiscal_year, _ = place
    return Counts(None, None) if book.as_of("", branch, fiscal_year) else None


def _planned(
    book: Book, target: Observation, numerator: str | None, eligible: Observation | None
) -> Observation | None:
    """The printed planned count of the plan's own eligible number; of another it would say nothing."""
    if numerator is None or eligible is None or (eligible.kind, eligible.fiscal_year) != ("plan", target.fiscal_year):
        return None
    return _first(o for o in book.of(target.branch, target.fiscal_year, numerator, "plan") if o.value is not None)


def eligible_of(book: Book, branch: str, fiscal_year: int, denominator: str) -> Observation | None:
    """The eligible number a plan rests on: planned for that year, else the branch's latest final or planned one."""
    for year in range(fiscal_year, fiscal_year - 1 - SPAN, -1):
        final = book.final(branch, year, denominator) if year < fiscal_year else None
        planned = _first(o for o in book.of(branch, year, denominator, "plan") if o.value)
        if final or planned:
            return final or planned
    return None


def best_before(book: Book, catalog: Catalog, fiscal_year: int, measure: Measure) -> Observation | None:
    """The best of every branch's last final actual before the plan year; its year is always named."""
    found = [o for b in catalog.branches if b != NATIONAL and (o := book.last_final(b, fiscal_year, measure.id))]
    return max(found, key=lambda o: (o.number * measure.sign, o.fiscal_year, o.branch), default=None)


def changes_on_record(book: Book, measure: Measure) -> tuple[Change, ...]:
    """Every year-on-year change between final actuals of one branch and definition, by branch and year."""
    places = {(o.branch, o.fiscal_year) for o in book.figures() if o.measure == measure.id and o.branch != NATIONAL}
    found = []
    for branch, year in sorted(places):
        later = book.final(branch, year, measure.id)
        earlier = book.final(branch, year - 1, measure.id)
        if later and earlier:
            found.append(Change(branch, year, gap(later.number, earlier.number, measure)))
    return tuple(found)


def record(
    book: Book, catalog: Catalog, branch: str, fiscal_year: int, measure: Measure
) -> tuple[tuple[int, bool], ...]:
    """Every year before the plan year in which the branch had a target and a final actual, and whether it was met."""
    cells = (judge(book, catalog, branch, year, measure.id) for year in range(fiscal_year - SPAN, fiscal_year))
    return tuple((c.fiscal_year, c.met) for c in cells if c.met is not None and c.actual and c.actual.status == "final")


def published_range(book: Book, measure: Measure) -> tuple[Observation, Observation] | None:
    """Lowest and highest of the 47 branches as published, of the latest year that has both."""
    ends = [o for o in book.figures() if o.measure == measure.id and o.bound]
    for year in sorted({o.fiscal_year for o in ends}, reverse=True):
        by_bound = {o.bound: o for o in ends if o.fiscal_year == year}
        if len(by_bound) == 2:  # noqa: PLR2004  both ends
            return by_bound["lowest"], by_bound["highest"]
    return None


def _furthest(book: Book, fiscal_year: int, measure_id: str) -> Observation | None:
    """The nation's target of the latest year from the plan year on."""
    years = range(fiscal_year + SPAN, fiscal_year - 1, -1)
    return _first(o for year in years for o in book.of(NATIONAL, year, measure_id, "target") if o.value is not None)


def _first(figures: Iterable[Observation]) -> Observation | None:
    return next(iter(figures), None)
