"""A scenario in; new targets, people, combined rates and realism out. Pure.

A target left alone keeps its printed planned count, so that an untouched scenario shows zeros everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from kenpo.judgement import (
    Observation,
    apart,
    beside,
    decimals,
    gap,
    meets,
    people_in_all,
    people_needed,
    people_of_plan,
    percent_of,
    subtract,
)
from kenpo.what_if.plan import Combined, Plan, Start

Realism = Literal["met", "within", "beyond", "no_record", "no_actual", "no_target"]
NoPeople = Literal["not_a_rate", "no_denominator", "no_eligible", "nobody", "no_target", "no_performed"]
"""Why no people stand behind a target."""

_WHOLE = Decimal(100)
_MOST_PEOPLE = Decimal(100_000_000)


@dataclass(frozen=True, slots=True)
class Scenario:
    """New targets by measure and new eligible numbers by their measure; whatever is not named stays."""

    targets: Mapping[str, Decimal] = field(default_factory=dict)
    eligible: Mapping[str, Decimal] = field(default_factory=dict)
    grow: bool = False
    """Do the people eligible for guidance grow with the checkups, in the plan's ratio?"""


NOTHING = Scenario()
"""The plan as it stands."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A value a plan cannot take, and what would be right."""

    subject: str
    """Measure or eligible number."""
    value: Decimal
    reason: Literal["no_target", "ended", "no_eligible", "range", "decimals", "people", "shared"]
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    """Allowed range; of `decimals` the most there may be."""
    known: tuple[str, ...] = ()
    """What would be known here; of `ended` the KPI that took its place."""

    def __str__(self) -> str:
        low, high = (f"{bound.normalize():f}" for bound in (self.low, self.high))
        successor = self.known[0] if self.known else "nothing on record"
        return {
            "no_target": f"{self.subject}: no target in this plan; one of {', '.join(self.known)}",
            "ended": f"{self.subject}: no KPI any more in this year; {successor} takes its place",
            "no_eligible": f"{self.subject}: no eligible number of this plan; one of {', '.join(self.known)}",
            "range": f"{self.subject}: {self.value} is outside {low}–{high}",
            "decimals": f"{self.subject}: {self.value} has more than {high} decimals",
            "people": f"{self.subject}: {self.value} is no number of people from {low} to {high}",
            "shared": f"{self.subject}: {self.value} is outside {low}–{high}: "
            f"with {' and '.join(self.known)} it would be more than 100 % of the same people",
        }[self.reason]


class OutOfRangeError(ValueError):
    """A value the scenario cannot take; the message names the allowed range."""


@dataclass(frozen=True, slots=True)
class Row:
    """One measure under a scenario."""

    start: Start
    target: Decimal | None
    change: Decimal | None
    """New against current target; more ambitious is positive."""
    eligible: Decimal | None
    people: int | None
    """People to be reached in all; lower is better: cases that must fall away against the last final year."""
    more_than_plan: int | None
    more_than_last: int | None
    a_month: int | None
    no_people: NoPeople | None
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
    eligible_at_start: Decimal
    eligible: Decimal
    printed: Observation | None
    """A printed total that differs from the sum of the printed parts is named, not used."""
    target: Decimal | None = None
    """What the combined rate is set beside: its own target, else the nation's furthest one on record."""

    @property
    def rate(self) -> Decimal | None:
        """The combined rate in percent; None where nobody is eligible."""
        return self._rates[1]

    @property
    def rate_at_start(self) -> Decimal | None:
        """The combined rate of the plan as it stands."""
        return self._rates[0]

    @property
    def gap(self) -> Decimal | None:
        """Change of the combined rate, in the decimals both are shown with."""
        start, now = self._rates
        return None if start is None or now is None else subtract(now, start)

    @property
    def _rates(self) -> tuple[Decimal | None, Decimal | None]:
        """Both rates with one decimal, with more where one would read as the other or as the target and is not."""
        start, now = percent(self.start, self.eligible_at_start), percent(self.people, self.eligible)
        if start is not None and now is not None:
            return apart(start, now, self.target)
        alone = [None if rate is None else beside(rate, self.target) for rate in (start, now)]
        return alone[0], alone[1]


def percent(people: int, eligible: Decimal) -> Decimal | None:
    """People of an eligible number in percent, not rounded; None of nobody."""
    return percent_of(Decimal(people), eligible) if eligible else None


# --- what a scenario may say -----------------------------------------------------------------------


def sound(plan: Plan, scenario: Scenario) -> tuple[Scenario, list[Refusal]]:
    """The scenario without what this plan cannot take, every number as a link writes it, and what was left out.

    60.0000 of a measure with one decimal is 60.0. Of two parts that together pass 100 % of the same people both new
    targets are left out.
    """
    refused = [r for i, n in scenario.eligible.items() if (r := _refused_eligible(plan, i, n))]
    refused += [r for i, t in scenario.targets.items() if (r := _refused_target(plan, scenario, i, t))]
    out = {r.subject for r in refused}
    kept = replace(
        scenario,
        targets={i: t for i, t in scenario.targets.items() if i not in out},
        eligible={i: n for i, n in scenario.eligible.items() if i not in out},
    )
    if refused:
        again, more = sound(plan, kept)
        return again, refused + more
    targets = {i: _kept(t, places(plan.starts[i])) for i, t in kept.targets.items()}
    return replace(kept, targets=targets, eligible={i: _kept(n, 0) for i, n in kept.eligible.items()}), []


def _kept(number: Decimal, most: int) -> Decimal:
    """A number with at most so many decimals, where it has no more that are not 0; without an exponent, never −0."""
    plain = number.quantize(Decimal(1).scaleb(-min(decimals(number), most)))
    return plain if plain else abs(plain)


def _decimals_meant(number: Decimal) -> int:
    """Decimals up to the last one that is not 0, as written: no exponent rounds them away."""
    _, digits, exponent = number.as_tuple()
    ending = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    return max(0, -int(exponent) - ending) if number else 0


def validate(plan: Plan, scenario: Scenario) -> None:
    """Raises OutOfRangeError where a target, an eligible number or a shared denominator cannot be."""
    refused = sound(plan, scenario)[1]
    if refused:
        raise OutOfRangeError(str(refused[0]))


def bounds(plan: Plan, scenario: Scenario, measure_id: str) -> tuple[Decimal, Decimal]:
    """Lowest and highest target a measure may take, given the other parts of the same people."""
    low, high = plan.starts[measure_id].measure.bounds or (Decimal(0), _MOST_PEOPLE)
    for others in _sharing(plan, measure_id):
        taken = [t for i in others if (t := target_of(plan, scenario, i)) is not None]
        high = min(high, _WHOLE - sum(taken, Decimal(0)))
    return low, high


def _sharing(plan: Plan, measure_id: str) -> list[tuple[str, ...]]:
    """The other rates of the same people, pool by pool."""
    return [tuple(i for i in pool if i != measure_id) for pool in plan.pools if measure_id in pool]


def places(start: Start) -> int:
    """The most decimals a new target may have: as fine as the measure, its step or its printed figures."""
    figures = (start.measure.step, start.current, start.last.value if start.last else None)
    return max(start.measure.decimals, *(decimals(f) for f in figures))


def _refused_target(plan: Plan, scenario: Scenario, measure_id: str, target: Decimal) -> Refusal | None:
    start = plan.starts.get(measure_id)
    if start is None:
        return _not_here(plan, measure_id, target)
    low, high = start.measure.bounds or (Decimal(0), _MOST_PEOPLE)
    if not target.is_finite() or not low <= target <= high:
        return Refusal(measure_id, target, "range", low, high)
    if _decimals_meant(target) > places(start):
        return Refusal(measure_id, target, "decimals", high=Decimal(places(start)))
    shared = bounds(plan, scenario, measure_id)[1]
    if target > shared:
        others = dict.fromkeys(i for pool in _sharing(plan, measure_id) for i in pool)
        return Refusal(measure_id, target, "shared", low, shared, tuple(others))
    return None


def _not_here(plan: Plan, measure_id: str, target: Decimal) -> Refusal:
    over = next((ended for ended in plan.ended if ended.measure.id == measure_id), None)
    if over is None:
        return Refusal(measure_id, target, "no_target", known=tuple(plan.starts))
    return Refusal(measure_id, target, "ended", known=(over.successor.id,) if over.successor else ())


def _refused_eligible(plan: Plan, measure_id: str, count: Decimal) -> Refusal | None:
    known = tuple(denominators(plan))
    if measure_id not in known:
        return Refusal(measure_id, count, "no_eligible", known=known)
    if not count.is_finite() or not 1 <= count <= _MOST_PEOPLE or _decimals_meant(count):
        return Refusal(measure_id, count, "people", Decimal(1), _MOST_PEOPLE)
    return None


def denominators(plan: Plan) -> dict[str, Observation]:
    """The eligible numbers the plan's rates are of, each once, in the order of the measures; none of nobody."""
    return {s.measure.denominator: s.counted for s in plan.starts.values() if s.measure.denominator and s.counted}


# --- a scenario ------------------------------------------------------------------------------------


def rows(plan: Plan, scenario: Scenario) -> list[Row]:
    """Every measure of the plan under a scenario. Raises OutOfRangeError for a value that cannot be."""
    validate(plan, scenario)
    return [_row(plan, scenario, start) for start in plan.starts.values()]


def _row(plan: Plan, scenario: Scenario, start: Start) -> Row:
    target = _written(start, target_of(plan, scenario, start.measure.id))
    eligible = eligible_number(plan, scenario, start)
    people, planned = people_for(plan, scenario, start), people_for(plan, NOTHING, start)
    counted = start.performed if start.measure.sign > 0 else None
    asked = _asked(plan, start, target)
    return Row(
        start=start,
        target=target,
        change=None if target is None or start.current is None else -gap(start.current, target, start.measure),
        eligible=eligible,
        people=people,
        more_than_plan=None if people is None or planned is None else people - planned,
        more_than_last=None if people is None or counted is None else people - int(counted.number),
        a_month=_a_month(start, people),
        no_people=_no_people(start, target) if people is None else None,
        met_before=_meets(start, start.current),
        met_after=_meets(start, target),
        asked=asked,
        realism=_realism(start, target, asked),
        step_people=_step_people(start, eligible),
    )


def _written(start: Start, target: Decimal | None) -> Decimal | None:
    """A target with at least the decimals its printed figures have: 60 beside 58.0 is 60.0."""
    if target is None:
        return None
    beside = start.current if start.current is not None else start.last.value if start.last else None
    return target.quantize(Decimal(1).scaleb(-max(decimals(target), decimals(beside))))


def target_of(plan: Plan, scenario: Scenario, measure_id: str) -> Decimal | None:
    """The target a measure has under the scenario; None for none and for a relative one without a base."""
    start = plan.starts.get(measure_id)
    return scenario.targets.get(measure_id, start.current) if start else None


def people_for(plan: Plan, scenario: Scenario, start: Start) -> int | None:
    """People a target asks for; while target and eligible number are the plan's own the printed count stands."""
    target, eligible = target_of(plan, scenario, start.measure.id), eligible_number(plan, scenario, start)
    if target is None or eligible is None or start.eligible is None:
        return None
    if start.measure.sign < 0:
        performed = start.performed
        return None if performed is None else people_needed(target, performed.number, eligible, start.measure)
    planned = start.planned if eligible == start.eligible.number else None
    return people_of_plan(target, eligible, planned, start.plan_rates)


def eligible_number(plan: Plan, scenario: Scenario, start: Start) -> Decimal | None:
    """The number of people a rate is of: typed, else where the plan starts from, grown where that is asked for.

    None where nobody is counted.
    """
    measure = start.measure
    if measure.unit != "percent" or measure.denominator is None or start.counted is None:
        return None
    typed = scenario.eligible.get(measure.denominator, start.counted.number)
    if not scenario.grow or measure.denominator not in plan.grows:
        return typed
    before, after = checkups(plan, scenario, measure.denominator)
    return typed if not before else (typed * after / before).to_integral_value(ROUND_HALF_UP)


def checkups(plan: Plan, scenario: Scenario, denominator: str) -> tuple[int, int]:
    """People of the plan and of the scenario an eligible number grows with; zeros where not all are counted."""
    found = [plan.starts[p] for p in plan.grows[denominator] if p in plan.starts]
    before = [people_for(plan, NOTHING, s) for s in found]
    after = [people_for(plan, scenario, s) for s in found]
    if len(found) != len(plan.grows[denominator]) or None in before or None in after:
        return 0, 0
    return sum(filter(None, before)), sum(filter(None, after))


def _a_month(start: Start, people: int | None) -> int | None:
    """People a month for the rest of the year; inside the year those already counted are taken off."""
    if people is None or not start.months or start.measure.sign < 0:
        return None
    done = 0
    if start.so_far is not None:
        if start.so_far.performed is None:
            return None
        done = int(start.so_far.performed.number)
    return -(-max(0, people - done) // start.months)


def _no_people(start: Start, target: Decimal | None) -> NoPeople:
    if start.measure.unit != "percent":
        return "not_a_rate"
    if start.measure.denominator is None:
        return "no_denominator"
    if start.eligible is None:
        return "no_eligible"
    if start.counted is None:
        return "nobody"
    return "no_target" if target is None else "no_performed"


def _meets(start: Start, target: Decimal | None) -> bool | None:
    if start.last is None or target is None or start.rule is None:
        return None
    return meets(start.last.number, target, start.rule, start.measure)


def _asked(plan: Plan, start: Start, target: Decimal | None) -> Decimal | None:
    """Improvement a year: (target − last final actual) over the years between them.

    Something asked for never reads as nothing, nor more than the largest change on record as that change.
    """
    if start.last is None or target is None:
        return None
    years = plan.fiscal_year - start.last.fiscal_year
    exact = gap(target, start.last.number, start.measure) / years
    return beside(exact, Decimal(0), start.largest_change, places=max(start.measure.decimals, 1))


def _realism(start: Start, target: Decimal | None, asked: Decimal | None) -> Realism:
    if asked is None:
        return "no_target" if target is None else "no_actual"
    if asked <= 0:
        return "met"
    if start.largest_change is None:
        return "no_record"
    return "within" if asked <= start.largest_change else "beyond"


def _step_people(start: Start, eligible: Decimal | None) -> int | None:
    step = start.measure.step
    return None if eligible is None or step is None else people_in_all(step, eligible)


# --- combined rates --------------------------------------------------------------------------------


def totals(plan: Plan, scenario: Scenario) -> dict[str, Total]:
    """The combined rates the targets imply, by name, where every part is counted."""
    return {name: total for name, whole in plan.combined.items() if (total := _total(plan, scenario, whole))}


def _total(plan: Plan, scenario: Scenario, whole: Combined) -> Total | None:
    parts, measure = whole.parts, whole.measure
    starts = [plan.starts[p] for p in parts if p in plan.starts]
    before = [people_for(plan, NOTHING, s) for s in starts]
    after = [people_for(plan, scenario, s) for s in starts]
    if len(starts) != len(parts) or None in before or None in after:
        return None
    start, people = sum(filter(None, before)), sum(filter(None, after))
    printed = plan.printed_totals.get(measure.numerator or "")
    differs = printed is not None and printed.value != start
    return Total(
        parts=parts,
        start=start,
        people=people,
        eligible_at_start=_eligible_total(plan, NOTHING, starts, measure.denominator),
        eligible=_eligible_total(plan, scenario, starts, measure.denominator),
        printed=printed if differs else None,
        target=_beside(plan, scenario, measure.id),
    )


def _beside(plan: Plan, scenario: Scenario, measure_id: str) -> Decimal | None:
    """The target a combined rate stands beside."""
    wish = plan.wishes.get(measure_id)
    own = target_of(plan, scenario, measure_id)
    return own if own is not None else wish.value if wish else None


def _eligible_total(plan: Plan, scenario: Scenario, starts: Sequence[Start], denominator: str | None) -> Decimal:
    """The printed common eligible number; where one was moved, the sum of the parts'."""
    at_start = {s.measure.denominator: eligible_number(plan, NOTHING, s) for s in starts}
    now = {s.measure.denominator: eligible_number(plan, scenario, s) for s in starts}
    printed = plan.totals.get(denominator or "")
    if printed is not None and now == at_start:
        return printed.number
    return sum(filter(None, now.values()), Decimal(0))


def changed(plan: Plan, scenario: Scenario) -> list[str]:
    """The measures whose target differs from the current one, in the order of the plan."""
    return [i for i, start in plan.starts.items() if _differs(scenario.targets.get(i), start.current)]


def _differs(target: Decimal | None, current: Decimal | None) -> bool:
    return target is not None and target != current


def without(scenario: Scenario, measures: Iterable[str]) -> Scenario:
    """The scenario with the targets of some measures back where the plan has them."""
    gone = set(measures)
    return replace(scenario, targets={i: t for i, t in scenario.targets.items() if i not in gone})
