"""One measure of one branch in one fiscal year, judged: exactly one state, and everything shown of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, get_args

from kenpo.catalog import NATIONAL, Catalog, Measure
from kenpo.judgement.comparison import NO_DIFFERENCE, Difference, difference, difference_to_national, with_noise
from kenpo.judgement.figures import RELATIVE, Book, Observation
from kenpo.judgement.people import Counts, People, counts_of, months_of, people_left, people_planned, wilson
from kenpo.judgement.targets import Resolved, achievement, gap, meets, resolve_target

State = Literal[
    "achieved",
    "not_achieved",
    "in_progress",
    "undated",
    "target_only",
    "base_unknown",
    "actual_only",
    "qualitative",
    "not_comparable",
    "absent",
]
STATES: tuple[State, ...] = get_args(State)
JUDGED: frozenset[State] = frozenset({"achieved", "not_achieved"})

_STATED_MET = {"達成": True, "◎": True, "○": True, "未達成": False, "△": False, "×": False}


@dataclass(frozen=True, slots=True)
class Cell:
    """One measure of one branch in one fiscal year, judged. Everything a page shows of it."""

    branch: str
    fiscal_year: int
    measure: str
    state: State
    target: Observation | None = None
    actual: Observation | None = None
    other_targets: Sequence[Observation] = ()
    other_actuals: Sequence[Observation] = ()
    resolved: Resolved | None = None
    met: bool | None = None
    gap: Decimal | None = None
    achievement: Decimal | None = None
    people: People | None = None
    months_left: int | None = None
    on_last_year: Difference = NO_DIFFERENCE
    to_national: Difference = NO_DIFFERENCE
    interval: tuple[float, float] | None = None
    other_definition: Observation | None = None

    @property
    def stated_met(self) -> bool | None:
        """The document's own verdict as met or not; None where it states none."""
        stated = self.actual.stated if self.actual else None
        return _STATED_MET[stated] if stated else None

    @property
    def disagrees(self) -> bool:
        """Does the document's own verdict contradict the computed one?"""
        return self.met is not None and self.stated_met is not None and self.met != self.stated_met


def judge(book: Book, catalog: Catalog, branch: str, fiscal_year: int, measure_id: str) -> Cell:
    """Judges one place by every rule; the result always has exactly one state."""
    measure = catalog.measures[measure_id]
    targets = book.of(branch, fiscal_year, measure_id, "target")
    actuals = book.of(branch, fiscal_year, measure_id, "actual")
    last_year = book.of(branch, fiscal_year - 1, measure_id, "actual")
    nation = book.of(NATIONAL, fiscal_year, measure_id, "actual")
    target, actual = next(iter(targets), None), next(iter(actuals), None)
    resolved = resolve_target(target, last_year) if target else None
    other = None if targets or actuals else _other_definition(book, catalog, branch, fiscal_year, measure_id)
    state = _state(measure, target, actual, resolved, other)
    counts = counts_of(book, measure, actual)
    verdict = _verdict(state, measure, target, actual, resolved)
    return Cell(
        branch=branch,
        fiscal_year=fiscal_year,
        measure=measure_id,
        state=state,
        target=target,
        actual=actual,
        other_targets=targets[1:],
        other_actuals=actuals[1:],
        resolved=resolved,
        met=verdict.met,
        gap=verdict.gap,
        achievement=verdict.achievement,
        people=_people(book, measure, (branch, fiscal_year), actual, counts, resolved),
        months_left=months_of(book, branch, fiscal_year, actual, target) if target else None,
        on_last_year=_explained(
            difference(actuals, last_year, measure), book, catalog, (branch, fiscal_year - 1, measure)
        ),
        to_national=NO_DIFFERENCE
        if branch == NATIONAL
        else _explained(
            difference_to_national(actuals, nation, measure), book, catalog, (NATIONAL, fiscal_year, measure)
        ),
        interval=wilson(*counts.pair) if counts.pair else None,
        other_definition=other,
    )


def _explained(found: Difference, book: Book, catalog: Catalog, base: tuple[str, int, Measure]) -> Difference:
    """The difference with its noise; where only the other definition has a base, that is the reason."""
    branch, fiscal_year, measure = base
    if found.reason == "no_base":
        other = _other_definition(book, catalog, branch, fiscal_year, measure.id)
        return replace(found, reason="other_definition") if other and other.kind == "actual" else found
    return with_noise(found, book, measure)


def _state(
    measure: Measure,
    target: Observation | None,
    actual: Observation | None,
    resolved: Resolved | None,
    other: Observation | None,
) -> State:
    if target is None or resolved is None or target.rule is None:
        if actual is None:
            return "not_comparable" if other else "absent"
        return "undated" if actual.status == "undated" else "actual_only"
    if target.rule == "qualitative":
        return "qualitative"
    if actual is not None and actual.status == "undated":
        return "undated"
    if resolved.value is None:
        return "base_unknown"
    if actual is None or actual.value is None:
        return "target_only"
    if actual.status == "provisional" and measure.accrual == "cumulative":
        return "in_progress"
    return "achieved" if meets(actual.value, resolved.value, target.rule, measure) else "not_achieved"


@dataclass(frozen=True, slots=True)
class _Verdict:
    met: bool | None = None
    gap: Decimal | None = None
    achievement: Decimal | None = None


def _verdict(
    state: State, measure: Measure, target: Observation | None, actual: Observation | None, resolved: Resolved | None
) -> _Verdict:
    """Gap and achievement of a judged cell; a ratio beside a relative target would say nothing."""
    if state not in JUDGED or target is None or actual is None or resolved is None or resolved.value is None:
        return _Verdict()
    ratio = None if target.rule in RELATIVE else achievement(actual.number, resolved.value, measure)
    return _Verdict(state == "achieved", gap(actual.number, resolved.value, measure), ratio)


def _people(
    book: Book,
    measure: Measure,
    place: tuple[str, int],
    actual: Observation | None,
    counts: Counts,
    resolved: Resolved | None,
) -> People | None:
    wanted = resolved.value if resolved else None
    if wanted is None or measure.unit != "percent":
        return None
    if actual is None:
        return people_planned(measure, book, *place, wanted=wanted)
    return people_left(measure, actual, counts, wanted)


def _other_definition(
    book: Book, catalog: Catalog, branch: str, fiscal_year: int, measure_id: str
) -> Observation | None:
    """The figure of that year on the other side of a definition break."""
    other = catalog.other_definition(measure_id)
    if other is None:
        return None
    actuals = book.of(branch, fiscal_year, other.id, "actual")
    return next(iter(actuals or book.of(branch, fiscal_year, other.id, "target")), None)


def rows_of(book: Book, catalog: Catalog, branches: Sequence[str], fiscal_year: int) -> list[Measure]:
    """The measures an Overview of that year shows, in the catalog's order.

    KPIs in force with a target or an actual of the chosen branches or the nation, and whatever else one of
    the branches has a target for in that year: an earlier definition, a goal of its own.
    """
    year = [o for o in book.figures() if o.fiscal_year == fiscal_year and o.kind != "plan"]
    held = {o.measure for o in year if o.branch in branches or o.branch == NATIONAL}
    aimed = {o.measure for o in year if o.branch in branches and o.kind == "target"}
    return [
        m
        for m in catalog.measures.values()
        if m.role in ("kpi", "goal") and (m.id in aimed or (m.in_force(fiscal_year) and m.id in held))
    ]


def judge_year(
    book: Book, catalog: Catalog, branches: Sequence[str], fiscal_year: int, measures: Iterable[Measure]
) -> dict[tuple[str, str], Cell]:
    """The judged cell of every measure and branch, the nation included, by (measure, branch)."""
    return {(m.id, b): judge(book, catalog, b, fiscal_year, m.id) for m in measures for b in (*branches, NATIONAL)}
