"""Scenarios side by side as 新旧対照表, and the calculation behind each as a table that computes itself again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kenpo import formats, what_if
from kenpo.catalog import Measure
from kenpo.formats import Amount, Formula, Sentence, Table, TableCell
from kenpo.judgement import Observation, decimals
from kenpo.views.grid import realism
from kenpo.views.what_if import Shown, aim, replaced
from kenpo.views.words import Voice
from kenpo.what_if import NOTHING, Row, Start, Total

_STRICT = {"at_least_previous_year": "at_least", "at_most_previous_year": "at_most"}
"""A relative target that was given a number keeps its side."""
_CUT = "\x00"
"""Stands where a sentence is cut."""


@dataclass(frozen=True, slots=True)
class Named:
    """A scenario with its name, computed."""

    name: str
    shown: Shown


def named(scenarios: Iterable[tuple[str, Shown]]) -> list[Named]:
    """Scenarios with names that tell them apart; a link may carry the same name twice."""
    found: list[Named] = []
    for name, shown in scenarios:
        taken = [one.name for one in found]
        free = (f"{name} ({count})" for count in range(2, len(taken) + 3))
        found.append(Named(name if name not in taken else next(n for n in free if n not in taken), shown))
    return found


def tables(scenarios: Sequence[Named], voice: Voice) -> list[Table]:
    """The workbook: 新旧対照表 first, then the calculation of each scenario."""
    return [sheet(scenarios, voice), *(calculation(one, at, voice) for at, one in enumerate(scenarios))]


# --- 新旧対照表 --------------------------------------------------------------------------------------


def sheet(scenarios: Sequence[Named], voice: Voice) -> Table:
    """Every target of the plan as a sentence: new on the left, old at its right, then the differences.

    Grain: one row a measure, one column of sentences a scenario. What changes is marked.
    """
    t, first = voice.t, scenarios[0].shown
    plan = first.plan
    many = len(scenarios) > 1
    names = {one.name: one.name if many else "" for one in scenarios}
    gaps = [(t("what_if.column_gap", name=names[one.name]), f"gap_{at}") for at, one in enumerate(scenarios)]
    people = [(t("what_if.column_gap_people", name=names[one.name]), f"more_{at}") for at, one in enumerate(scenarios)]
    columns = [
        *(
            (t("what_if.column_new", name=_bracketed(names[one.name], voice)), f"new_{at}")
            for at, one in enumerate(scenarios)
        ),
        (t("what_if.column_old"), "old"),
        *(pair for two in zip(gaps, people, strict=True) for pair in two),
    ]
    return Table(
        name=t("what_if.sheet"),
        title=t("what_if.sheet_title", name=voice.branch(plan.branch), year=voice.year_short(plan.fiscal_year)),
        context=" ".join(part for part in (t("what_if.sheet_context"), replaced(plan, voice)) if part),
        columns=[label.strip() for label, _ in columns],
        rows=[
            *(_sheet_row(scenarios, at, voice) for at in range(len(first.rows))),
            *(_worded(scenarios, target, voice) for target in plan.worded.values()),
        ],
        keys=[key for _, key in columns],
        ids=[*(row.start.measure.id for row in first.rows), *plan.worded],
    )


def _worded(scenarios: Sequence[Named], target: Observation, voice: Voice) -> list[TableCell]:
    """A qualitative target stands the same on both sides."""
    said = _sentence(voice.measure(target.measure), voice.target(target), voice, marked=False)
    return [*(said for _ in scenarios), said, *(None for _ in scenarios for _ in range(2))]


def _bracketed(name: str, voice: Voice) -> str:
    return voice.t("what_if.bracketed", name=name) if name else ""


def _sheet_row(scenarios: Sequence[Named], at: int, voice: Voice) -> list[TableCell]:
    rows = [one.shown.rows[at] for one in scenarios]
    start = rows[0].start
    moved = [_moved(row) for row in rows]
    cells: list[TableCell] = [sentence(start, row.target, voice, marked=m) for row, m in zip(rows, moved, strict=True)]
    cells.append(sentence(start, None, voice, marked=any(moved)))
    for place, row in enumerate(rows):
        calculation, measure = _id(place), start.measure
        gap = formats.gap_amount(row.change, measure, voice.lang)
        cells.append(gap and Formula(f"[{calculation}!change@{measure.id}]", gap))
        more = None if row.more_than_plan is None else _heads(row.more_than_plan, measure, voice, signed=True)
        cells.append(more and Formula(f"[{calculation}!more@{measure.id}]", more))
    return cells


def _moved(row: Row) -> bool:
    return row.target is not None and row.target != row.start.current


def sentence(start: Start, target: Decimal | None, voice: Voice, *, marked: bool) -> Sentence:
    """A KPI as its sentence: …を60.0%以上とする. Without a target of its own it says the current one."""
    measure = start.measure
    said = aim(start, voice)
    if start.target is None and target is None:
        return _sentence(measure, said, voice, marked=marked, form="sentence_none")
    if target is not None and target != start.current:
        rule = start.rule or "equal"
        value = formats.value(target, measure, voice.lang)
        said = voice.t(f"rule.{_STRICT.get(rule, rule)}", value=value)
    return _sentence(measure, said, voice, marked=marked)


def _sentence(measure: Measure, said: str, voice: Voice, *, marked: bool, form: str = "sentence") -> Sentence:
    before, after = voice.t(f"what_if.{form}", measure=measure.name[voice.lang], target=_CUT).split(_CUT)
    return Sentence([(before, False), (said, marked), (after, False)])


# --- the calculation -------------------------------------------------------------------------------

_COLUMNS = (
    *("measure", "key", "eligible", "eligible_plan", "eligible_year", "current", "new", "change"),
    *("people_plan", "people", "more", "last", "last_year", "performed", "more_last"),
    *("so_far", "months", "a_month", "realism"),
)
_LABELS = {"measure": "what_if.measure", "key": "what_if.key", "new": "what_if.column_target"}


def _id(at: int) -> str:
    return f"calculation_{at}"


def calculation(one: Named, at: int, voice: Voice) -> Table:
    """The scenario at a place as a table that computes itself again when a new target or an eligible number is changed.

    Grain: one row a measure, then one row a combined rate and one a number it needs. Every formula stands
    with the value the page shows.
    """
    found, t = one.shown, voice.t
    named = {"name": voice.branch(found.plan.branch), "year": voice.year_short(found.plan.fiscal_year)}
    rows = [_calculated(found, row, voice) for row in found.rows]
    totals = [_total(found, name, total, voice) for name, total in found.totals.items()]
    return Table(
        name=t("what_if.calculation", name=one.name),
        title=t("what_if.calculation_title", scenario=one.name, **named),
        context=t("what_if.calculation_context"),
        columns=[t(_LABELS.get(key, f"what_if.column_{key}")) for key in _COLUMNS],
        rows=[*rows, *totals],
        keys=_COLUMNS,
        ids=[
            *(row.start.measure.id for row in found.rows),
            *(found.plan.combined[name].measure.id for name in found.totals),
        ],
        id=_id(at),
    )


def _ordered(cells: dict[str, TableCell]) -> list[TableCell]:
    return [cells.get(key) for key in _COLUMNS]


def _calculated(found: Shown, row: Row, voice: Voice) -> list[TableCell]:
    start, measure = row.start, row.start.measure
    lang = voice.lang
    change = formats.gap_amount(row.change, measure, lang)
    cells: dict[str, TableCell] = {
        "measure": measure.name[lang],
        "key": measure.id,
        "current": formats.amount(start.current, measure, lang) or aim(start, voice),
        "new": formats.amount(row.target, measure, lang),
        "change": change and Formula(_change(measure, change), change),
        "last": formats.amount(start.last.value, measure, lang) if start.last else None,
        "last_year": voice.year_letter(start.last.fiscal_year) if start.last else None,
        "months": Amount(Decimal(start.months)) if start.months else None,
        "realism": str(realism(row, voice)["text"]),
    }
    return _ordered(cells | dict(_people(found, row, voice)))


def _change(measure: Measure, change: Amount) -> str:
    sides = "[new]-[current]" if measure.sign > 0 else "[current]-[new]"
    return f"ROUND({sides},{decimals(change.value)})"


def _people(found: Shown, row: Row, voice: Voice) -> Iterator[tuple[str, TableCell]]:
    """Eligible numbers and people of a row, with the formulas of the domain: ⌈T·n⌉, printed counts standing."""
    start, measure = row.start, row.start.measure
    if row.people is None or row.eligible is None or start.eligible is None:
        return
    at_start = what_if.eligible_number(found.plan, NOTHING, start) or row.eligible
    planned = row.people - (row.more_than_plan or 0)
    yield "eligible", _eligible(found, row, voice)
    yield "eligible_plan", _heads(int(at_start), measure, voice)
    yield "eligible_year", voice.year_letter(start.eligible.fiscal_year)
    if start.performed:
        yield "performed", _heads(int(start.performed.number), measure, voice)
    if row.more_than_plan is not None:
        yield "people_plan", _heads(planned, measure, voice)
        yield "more", Formula("[people]-[people_plan]", _heads(row.more_than_plan, measure, voice, signed=True))
    yield "people", Formula(_needed(row), _heads(row.people, measure, voice))
    if row.more_than_last is not None:
        yield "more_last", Formula("[people]-[performed]", _heads(row.more_than_last, measure, voice, signed=True))
    if row.a_month is not None:
        if start.so_far and start.so_far.performed:
            yield "so_far", _heads(int(start.so_far.performed.number), measure, voice)
        pace = "ROUNDUP(MAX(0,[people]-[so_far])/[months],0)"
        yield "a_month", Formula(pace, _heads(row.a_month, measure, voice))


def _needed(row: Row) -> str:
    start = row.start
    if start.measure.sign < 0:
        return "MAX(0,[performed]-ROUNDDOWN(ROUND([new]*[eligible]/100,6),0))"
    formula = "ROUNDUP(ROUND([new]*[eligible]/100,6),0)"
    if start.planned is None or not start.plan_rates:
        return formula
    rates = ",".join(f"ROUND([new]-{rate},6)=0" for rate in sorted(start.plan_rates))
    return f"IF(AND([eligible]=[eligible_plan],OR({rates})),{start.planned.number},{formula})"


def _eligible(found: Shown, row: Row, voice: Voice) -> TableCell:
    """The eligible number: given, or growing with the checkups where the scenario says so."""
    start, measure = row.start, row.start.measure
    amount = _heads(int(row.eligible or 0), measure, voice)
    grown_with = found.plan.grows.get(measure.denominator or "")
    if not found.scenario.grow or grown_with is None or start.eligible is None:
        return amount
    typed = found.scenario.eligible.get(measure.denominator or "", start.eligible.number)
    if not what_if.checkups(found.plan, found.scenario, measure.denominator or "")[0]:
        return amount
    after, before = ("+".join(f"[{column}@{i}]" for i in grown_with) for column in ("people", "people_plan"))
    return Formula(f"ROUND({typed}*({after})/({before}),0)", amount)


def _total(found: Shown, name: str, total: Total, voice: Voice) -> list[TableCell]:
    """A combined rate: the sum of its parts over their common eligible number, the printed one while it stands."""
    measure = found.plan.combined[name].measure
    lang = voice.lang
    parts = {found.plan.starts[p].measure.denominator: p for p in reversed(total.parts)}
    once = [p for p in total.parts if p in parts.values()]
    people, planned = ("+".join(f"[{column}@{p}]" for p in total.parts) for column in ("people", "people_plan"))
    stands = ",".join(f"[eligible@{p}]=[eligible_plan@{p}]" for p in once)
    eligible = f"IF(AND({stands}),[eligible_plan],{'+'.join(f'[eligible@{p}]' for p in once)})"
    return _ordered(
        {
            "measure": measure.name[lang],
            "key": measure.id,
            "eligible": Formula(eligible, _heads(int(total.eligible), measure, voice)),
            "eligible_plan": _heads(int(total.eligible_at_start), measure, voice),
            "current": _share("[people_plan]/[eligible_plan]", total.rate_at_start),
            "new": _share("[people]/[eligible]", total.rate),
            "change": None
            if total.gap is None
            else Formula(f"ROUND([new]-[current],{decimals(total.gap)})", Amount(total.gap, "pt", signed=True)),
            "people_plan": Formula(planned, _heads(total.start, measure, voice)),
            "people": Formula(people, _heads(total.people, measure, voice)),
            "more": Formula("[people]-[people_plan]", _heads(total.people - total.start, measure, voice, signed=True)),
        }
    )


def _share(quotient: str, rate: Decimal | None) -> TableCell:
    """A rate that computes itself again, in the decimals it is shown with; empty where nobody is eligible."""
    return None if rate is None else Formula(f"ROUND({quotient}*100,{decimals(rate)})", Amount(rate, "%"))


def _heads(count: int, measure: Measure, voice: Voice, *, signed: bool = False) -> Amount:
    counted = voice.measure(measure.denominator) if measure.denominator else measure
    unit = voice.t("what_if.people_short" if counted.unit == "persons" else "what_if.cases_short", n="")
    return Amount(Decimal(count), unit, signed=signed)
