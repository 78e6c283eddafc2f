"""What if the target were set at …? Scenario in, new targets, people, totals and realism out. Pure.

Nothing here changes the data. Every start value is named with its year (出発点); a target left alone keeps
its printed planned count, so that an untouched scenario shows zeros everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import Literal

from kenpo.catalog import NATIONAL, Catalog, Measure
from kenpo.judgement import (
    RELATIVE,
    SPAN,
    Book,
    Observation,
    gap,
    meets,
    months_left,
    people_in_all,
    resolve_target,
)

CHECKUP_PARTS = ("lifestyle_checkup_rate", "employer_checkup_data_rate", "dependant_checkup_rate")
GUIDANCE_PARTS = ("guidance_rate_insured", "guidance_rate_dependant")
INSURED_POOL = frozenset({"lifestyle_checkup_rate", "employer_checkup_data_rate"})
"""Parts that share one denominator: together they cannot pass 100 %."""

Realism = Literal["met", "within", "beyond", "no_record", "no_actual", "no_target"]


class OutOfRangeError(ValueError):
    """A value the scenario cannot take; the message names the allowed range."""


@dataclass(frozen=True, slots=True)
class Start:
    """Where one measure starts from: its target, last final actual, people and what it can be set against."""

    measure: Measure
    target: Observation
    current: Decimal | None
    """What the current target demands; None while a relative target has no base on record."""
    last: Observation | None
    eligible: Observation | None
    planned: Observation | None
    """Printed planned count, standing while the target is the plan's own rate."""
    performed: Observation | None
    """People counted in the year of the last final actual."""
    national_target: Decimal | None
    national_last: Observation | None
    best: Observation | None
    changes: Sequence[Change] = ()
    """Comparable changes on record: of every branch, of counts only the branch's own."""

    @property
    def relative(self) -> bool:
        """Does the printed target only say: last year or better?"""
        return self.target.rule in RELATIVE


@dataclass(frozen=True, slots=True)
class Change:
    """A year-on-year change on record between two final actuals of one branch; favourable is positive."""

    branch: str
    year: int
    """The later of the two fiscal years."""
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Plan:
    """A branch's plan of one fiscal year, measure by measure, in the catalog's order."""

    branch: str
    fiscal_year: int
    starts: Mapping[str, Start]
    months: int | None
    printed_totals: Mapping[str, Observation]
    """Printed planned counts of the combined rates, where the document prints them."""
    totals: Mapping[str, Observation]
    """Eligible numbers of the combined rates."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """New targets by measure and new eligible numbers by their measure; whatever is not named stays."""

    targets: Mapping[str, Decimal] = field(default_factory=dict)
    eligible: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """One measure under a scenario."""

    start: Start
    target: Decimal | None
    change: Decimal | None
    """New against current target; more ambitious is positive."""
    people: int | None
    more_than_plan: int | None
    more_than_last: int | None
    a_month: int | None
    met_before: bool | None
    """Would the last final actual already meet the current target?"""
    met_after: bool | None
    asked: Decimal | None
    """Improvement asked for per year since the last final actual."""
    realism: Realism
    step_people: int | None
    """People behind one step of the measure."""

    @property
    def flips(self) -> bool:
        """Does the new target turn the verdict on the last final actual?"""
        return None not in (self.met_before, self.met_after) and self.met_before != self.met_after


@dataclass(frozen=True, slots=True)
class Total:
    """A combined rate: the sum of its parts over their common eligible number."""

    parts: tuple[str, ...]
    start: int
    people: int
    eligible: Decimal
    printed: Observation | None
    """A printed total that differs from the sum of the printed parts is named, not used."""

    @property
    def rate(self) -> Decimal:
        """The combined rate in percent, one decimal."""
        return _percent(self.people, self.eligible)

    @property
    def rate_at_start(self) -> Decimal:
        """The combined rate of the plan as it stands."""
        return _percent(self.start, self.eligible)


# --- the plan --------------------------------------------------------------------------------------


def plan_of(book: Book, catalog: Catalog, branch: str, fiscal_year: int) -> Plan:
    """The plan of a branch and year: every measure with a target that is a figure or can become one.

    An empty plan (no target on record) has no starts.
    """
    starts = {}
    for measure in catalog.measures.values():
        target = next(iter(book.of(branch, fiscal_year, measure.id, "target")), None)
        if target is not None and target.rule != "qualitative" and measure.role in ("kpi", "goal"):
            starts[measure.id] = _start(book, catalog, branch, fiscal_year, target)
    counts = ("checkup_total_count", "guidance_total_count")
    printed = {i: o for i in counts if (o := _first(book.of(branch, fiscal_year, i, "plan")))}
    totals = {
        i: o
        for i in ("checkup_eligible_total", "guidance_eligible_total")
        if (o := eligible_of(book, branch, fiscal_year, i))
    }
    closed = book.closed(branch, fiscal_year)
    return Plan(branch, fiscal_year, starts, months_left(fiscal_year, None, closed=closed), printed, totals)


def _start(book: Book, catalog: Catalog, branch: str, fiscal_year: int, target: Observation) -> Start:
    measure = catalog.measures[target.measure]
    last = book.last_final(branch, fiscal_year, measure.id)
    resolved = resolve_target(target, book.of(branch, fiscal_year - 1, measure.id, "actual"))
    nation_target = _first(o for o in book.of(NATIONAL, fiscal_year, measure.id, "target") if o.value is not None)
    numerator, denominator = measure.numerator, measure.denominator
    return Start(
        measure=measure,
        target=target,
        current=resolved.value,
        last=last,
        eligible=eligible_of(book, branch, fiscal_year, denominator) if denominator else None,
        planned=_first(book.of(branch, fiscal_year, numerator, "plan")) if numerator else None,
        performed=book.final(branch, last.fiscal_year, numerator) if last and numerator else None,
        national_target=nation_target.value if nation_target else None,
        national_last=book.last_final(NATIONAL, fiscal_year, measure.id),
        best=best_before(book, catalog, fiscal_year, measure) if measure.across_branches else None,
        changes=[c for c in changes_on_record(book, measure) if measure.across_branches or c.branch == branch],
    )


def eligible_of(book: Book, branch: str, fiscal_year: int, denominator: str) -> Observation | None:
    """The eligible number a plan rests on: planned for that year, else the branch's latest final or planned one."""
    for year in range(fiscal_year, fiscal_year - 1 - SPAN, -1):
        final = book.final(branch, year, denominator) if year < fiscal_year else None
        planned = _first(o for o in book.of(branch, year, denominator, "plan") if o.value)
        if final or planned:
            return final or planned
    return None


def best_before(book: Book, catalog: Catalog, fiscal_year: int, measure: Measure) -> Observation | None:
    """The best final actual of a branch in the latest year before the plan year that has any."""
    for year in range(fiscal_year - 1, fiscal_year - 1 - SPAN, -1):
        found = [o for b in catalog.branches if b != NATIONAL and (o := book.final(b, year, measure.id))]
        if found:
            return max(found, key=lambda o: (o.number * measure.sign, o.branch))
    return None


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


# --- a scenario ------------------------------------------------------------------------------------


def validate(plan: Plan, scenario: Scenario) -> None:
    """Raises OutOfRangeError where a target, an eligible number or a shared denominator cannot be."""
    for measure_id, target in scenario.targets.items():
        if measure_id not in plan.starts:
            raise OutOfRangeError(f"{measure_id}: no target in this plan; one of {', '.join(plan.starts)}")
        low, high = plan.starts[measure_id].measure.bounds or (None, None)
        if low is not None and high is not None and not low <= target <= high:
            raise OutOfRangeError(f"{measure_id}: {target} is outside {low.normalize():f}–{high.normalize():f}")
    denominators = {s.measure.denominator for s in plan.starts.values()} - {None}
    for eligible_id, count in scenario.eligible.items():
        if eligible_id not in denominators:
            raise OutOfRangeError(
                f"{eligible_id}: no eligible number of this plan; one of {', '.join(sorted(map(str, denominators)))}"
            )
        if count <= 0 or count != count.to_integral_value():
            raise OutOfRangeError(f"{eligible_id}: {count} is no number of people above 0")
    pool = [wanted for i in INSURED_POOL if (wanted := _target(plan, scenario, i)) is not None]
    changed = INSURED_POOL & set(scenario.targets)
    if changed and len(pool) == len(INSURED_POOL) and sum(pool) > 100:  # noqa: PLR2004  percent
        raise OutOfRangeError(f"{' + '.join(sorted(INSURED_POOL))}: {sum(pool)} is more than 100 of the same people")


def rows(plan: Plan, scenario: Scenario) -> list[Row]:
    """Every measure of the plan under a scenario. Raises OutOfRangeError for a value that cannot be."""
    validate(plan, scenario)
    return [_row(plan, scenario, start) for start in plan.starts.values()]


def _row(plan: Plan, scenario: Scenario, start: Start) -> Row:
    target = _target(plan, scenario, start.measure.id)
    people, planned = _people(scenario, start, target), _people(Scenario(), start, start.current)
    done = int(start.performed.number) if start.performed else None
    asked = _asked(plan, start, target)
    return Row(
        start=start,
        target=target,
        change=_change(start, target),
        people=people,
        more_than_plan=None if people is None or planned is None else people - planned,
        more_than_last=None if people is None or done is None else people - done,
        a_month=None if people is None or not plan.months else -(-people // plan.months),
        met_before=_meets(start, start.current),
        met_after=_meets(start, target),
        asked=asked,
        realism=_realism(start, target, asked),
        step_people=_step_people(scenario, start),
    )


def _target(plan: Plan, scenario: Scenario, measure_id: str) -> Decimal | None:
    start = plan.starts.get(measure_id)
    return scenario.targets.get(measure_id, start.current) if start else None


def _change(start: Start, target: Decimal | None) -> Decimal | None:
    if target is None or start.current is None:
        return None
    # A difference of targets: a favourable move of the target is one that asks for more.
    return gap(target, start.current, start.measure)


def _people(scenario: Scenario, start: Start, target: Decimal | None) -> int | None:
    eligible = _eligible(scenario, start)
    if target is None or eligible is None:
        return None
    typed = start.measure.denominator in scenario.eligible
    if not typed and target == start.current and start.planned and start.planned.value is not None:
        return int(start.planned.value)
    return people_in_all(target, eligible)


def _eligible(scenario: Scenario, start: Start) -> Decimal | None:
    """The number of people a rate is of: typed, else where the plan starts from; None where nobody is counted."""
    measure = start.measure
    if measure.unit != "percent" or measure.denominator is None or start.eligible is None:
        return None
    return scenario.eligible.get(measure.denominator, start.eligible.number)


def _meets(start: Start, target: Decimal | None) -> bool | None:
    if start.last is None or target is None or start.target.rule is None:
        return None
    return meets(start.last.number, target, start.target.rule, start.measure)


def _asked(plan: Plan, start: Start, target: Decimal | None) -> Decimal | None:
    """Improvement a year: (target − last final actual) over the years between them."""
    if start.last is None or target is None:
        return None
    years = plan.fiscal_year - start.last.fiscal_year
    exact = gap(target, start.last.number, start.measure) / years
    return exact.quantize(Decimal(1).scaleb(-max(start.measure.decimals, 1)), ROUND_HALF_UP)


def _realism(start: Start, target: Decimal | None, asked: Decimal | None) -> Realism:
    if asked is None:
        return "no_target" if target is None else "no_actual"
    if asked <= 0:
        return "met"
    if not start.changes:
        return "no_record"
    return "within" if asked <= max(change.amount for change in start.changes) else "beyond"


def _step_people(scenario: Scenario, start: Start) -> int | None:
    eligible, step = _eligible(scenario, start), start.measure.step
    return None if eligible is None or step is None else people_in_all(step, eligible)


# --- combined rates --------------------------------------------------------------------------------


def totals(plan: Plan, scenario: Scenario) -> dict[str, Total]:
    """The combined checkup and guidance rates the targets imply, where every part is counted."""
    found = {}
    for name, parts in (("checkup", CHECKUP_PARTS), ("guidance", GUIDANCE_PARTS)):
        total = _total(plan, scenario, parts, name)
        if total is not None:
            found[name] = total
    return found


def _total(plan: Plan, scenario: Scenario, parts: tuple[str, ...], name: str) -> Total | None:
    starts = [plan.starts[p] for p in parts if p in plan.starts]
    before = [_people(Scenario(), s, s.current) for s in starts]
    after = [_people(scenario, s, _target(plan, scenario, s.measure.id)) for s in starts]
    if len(starts) != len(parts) or None in before or None in after:
        return None
    eligible = _eligible_total(plan, scenario, starts, name)
    start, people = sum(x for x in before if x is not None), sum(x for x in after if x is not None)
    printed = plan.printed_totals.get(f"{name}_total_count")
    differs = printed is not None and printed.value != start
    return Total(parts, start, people, eligible, printed if differs else None)


def _eligible_total(plan: Plan, scenario: Scenario, starts: Sequence[Start], name: str) -> Decimal:
    """The printed common eligible number; where one was typed, the sum of the parts'."""
    ids = {s.measure.denominator: s.eligible.number for s in starts if s.measure.denominator and s.eligible}
    printed = plan.totals.get(f"{name}_eligible_total")
    if printed is not None and not set(scenario.eligible) & set(ids):
        return printed.number
    return sum((scenario.eligible.get(i, n) for i, n in ids.items()), Decimal(0))


# --- goal seek -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sought:
    """How a wished combined rate is shared out: people to add and the target of each part."""

    added: Mapping[str, int]
    targets: Mapping[str, Decimal]
    people: int


def seek(plan: Plan, name: str, wished: Decimal, fixed: Iterable[str] = ()) -> Sought:
    """Shares a wished combined rate over its parts by headroom.

    The insured are one pool (headroom = eligible − lifestyle − employer data, shared by their plan ratio),
    dependants another; parts named in `fixed` stay. Raises OutOfRangeError with the largest reachable rate.
    """
    total = totals(plan, Scenario()).get(name)
    if total is None:
        raise OutOfRangeError(f"{name}: the parts of this combined rate are not all counted in this plan")
    held = frozenset(fixed)
    needed = people_in_all(wished, total.eligible) - total.start
    pools = _pools(plan, total.parts, held)
    room = sum(pool.room for pool in pools)
    if needed > room:
        most = _percent(total.start + room, total.eligible)
        raise OutOfRangeError(f"{name}: {wished} cannot be reached; the largest reachable is {most}")
    added = dict.fromkeys(total.parts, 0)
    for pool, share in zip(pools, _shares(needed, [p.room for p in pools]), strict=True):
        added |= dict(zip(pool.parts, _shares(share, pool.weights), strict=True))
    targets = {p: _rate_for(plan.starts[p], added[p]) for p in total.parts if added[p]}
    return Sought(added, targets, total.start + needed)


@dataclass(frozen=True, slots=True)
class _Pool:
    parts: tuple[str, ...]
    weights: tuple[int, ...]
    room: int


def _pools(plan: Plan, parts: Sequence[str], held: frozenset[str]) -> list[_Pool]:
    by_denominator: dict[str, list[str]] = {}
    for part in parts:
        by_denominator.setdefault(str(plan.starts[part].measure.denominator), []).append(part)
    pools = []
    for members in by_denominator.values():
        starts = [plan.starts[m] for m in members]
        counts = {s.measure.id: _people(Scenario(), s, s.current) or 0 for s in starts}
        eligible = starts[0].eligible
        free = tuple(m for m in members if m not in held)
        if eligible and free:
            room = max(0, int(eligible.number) - sum(counts.values()))
            pools.append(_Pool(free, tuple(counts[m] or 1 for m in free), room))
    return pools


def _shares(amount: int, weights: Sequence[int]) -> list[int]:
    """An amount shared by weight in whole people, the largest remainders first; the shares add up to it."""
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    exact = [Decimal(amount) * weight / whole for weight in weights]
    floors = [int(share // 1) for share in exact]
    order = sorted(range(len(exact)), key=lambda at: exact[at] - floors[at], reverse=True)
    for at in order[: amount - sum(floors)]:
        floors[at] += 1
    return floors


def _rate_for(start: Start, added: int) -> Decimal:
    """The smallest target, in the decimals of the measure, that asks for the added people."""
    if start.eligible is None:
        raise ValueError(f"{start.measure.id}: no eligible number")
    count = (_people(Scenario(), start, start.current) or 0) + added
    unit = Decimal(1).scaleb(-start.measure.decimals)
    return (Decimal(count) / start.eligible.number * 100).quantize(unit, ROUND_CEILING)


# --- presets ---------------------------------------------------------------------------------------

Preset = Literal["keep", "last_actual", "one_step", "national_target", "national_actual", "best"]


def preset(start: Start, name: Preset) -> Decimal | None:
    """The target a preset sets, or None where it has no comparable final value from before the plan year."""
    if name == "keep":
        return start.current
    if name == "one_step":
        if start.last is None or start.measure.step is None:
            return None
        return start.last.number + start.measure.step * start.measure.sign
    if name == "last_actual":
        return start.last.value if start.last else None
    if not start.measure.across_branches:
        return None
    found = {"national_actual": start.national_last, "best": start.best}
    if name == "national_target":
        return start.national_target
    source = found[name]
    return source.value if source else None


# --- helpers ---------------------------------------------------------------------------------------


def _first(figures: Iterable[Observation]) -> Observation | None:
    return next(iter(figures), None)


def _percent(people: int, eligible: Decimal) -> Decimal:
    return (Decimal(people) / eligible * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
