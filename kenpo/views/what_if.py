"""The What-if 目標調整 as data: which plans there are, headline, cards, bars, notices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from kenpo import formats, what_if
from kenpo.catalog import Measure
from kenpo.coverage import years_ahead
from kenpo.judgement import Observation
from kenpo.selection import Draft
from kenpo.views.words import Voice
from kenpo.what_if import Plan, Preset, Refusal, Row, Scenario, Start, Total

_STEPS_AT_HAND = 10
_MANY_CHANGES = 5
"""Fewer changes on record are told as few: what was never seen among two says little."""
_WORDED = frozenset({"checkup", "guidance"})
"""Combined rates with words of their own; any other goes by the name of its measure."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A plan under a scenario, computed once and shown in many ways."""

    plan: Plan
    scenario: Scenario
    rows: Sequence[Row]
    totals: Mapping[str, Total]
    focus: str | None = None
    """The measure that was moved last."""

    @property
    def changed(self) -> list[Row]:
        """The rows whose target differs from the current one."""
        ids = set(what_if.changed(self.plan, self.scenario))
        return [row for row in self.rows if row.start.measure.id in ids]

    @property
    def ordered(self) -> list[Row]:
        """People first, then targets with a number, then those that only say last year or better."""
        return sorted(self.rows, key=lambda row: (row.step_people is None, row.start.current is None))

    def of(self, measure_id: str) -> Row:
        """The row of a measure."""
        return next(row for row in self.rows if row.start.measure.id == measure_id)


def shown(plan: Plan, scenario: Scenario, focus: str | None = None) -> Shown:
    """Every row and combined rate of a plan under a sound scenario."""
    return Shown(plan, scenario, what_if.rows(plan, scenario), what_if.totals(plan, scenario), focus)


# --- what is shown instead -------------------------------------------------------------------------


def instead(
    asked: Sequence[str], years: Sequence[int], last: int, asked_year: int | None, plan: Plan, voice: Voice
) -> list[str]:
    """What a link asked for that has no plan, and what is shown instead: a branch, or a year of the branch."""
    said = []
    if asked and plan.branch not in asked:
        names = {"asked": voice.t.join([voice.branch(b) for b in asked]), "shown": voice.branch(plan.branch)}
        said.append(voice.t("what_if.other_plan", **names))
    if asked_year is not None and asked_year != plan.fiscal_year:
        names = {"asked": voice.year_short(asked_year), "shown": voice.year_short(plan.fiscal_year)}
        held = voice.t.join([voice.year_letter(year) for year in sorted(years)])
        said += [voice.t("what_if.other_plan", **names), voice.t("what_if.plans_held", years=held)]
        if ahead := years_ahead(years, last):
            letters = voice.t.join([voice.year_letter(year) for year in sorted(ahead)])
            said.append(voice.t("what_if.plans_ahead", years=letters))
    return said


def year_label(year: int, years: Sequence[int], running: int, voice: Voice) -> str:
    """A plan year as it is chosen: one without a plan of its own names the plan it starts from.

    Only a year after the running one is a new year; the others are years whose plan is not on record.
    """
    if year in years:
        return voice.year(year)
    key = "new_year" if year > running else "year_without_plan"
    return voice.t(f"what_if.{key}", year=voice.year(year), base=voice.year_letter(years[0]))


def replaced(plan: Plan, voice: Voice) -> str:
    """Which KPIs of the plan it starts from have ended by the plan year, and what took their place; empty for none."""
    if not plan.ended:
        return ""
    parts = []
    for over in plan.ended:
        said = {"measure": over.measure.short[voice.lang], "year": voice.year_letter(over.measure.kpi_to or 0)}
        if over.successor:
            parts.append(voice.t("what_if.ended_to", successor=over.successor.short[voice.lang], **said))
        else:
            parts.append(voice.t("what_if.ended", **said))
    listed = ("、" if voice.lang == "ja" else ", ").join(parts)
    return voice.t("what_if.replaced", year=voice.year_short(plan.fiscal_year), measures=listed)


def aim(start: Start, voice: Voice) -> str:
    """The current target in words: 67.5%以上, 前年度（0.126%）以上, 前年度以上; a new KPI has none."""
    if start.target is None:
        return voice.t("what_if.no_target")
    return voice.target(replace(start.target, value=start.current))


def scenario_of(draft: Draft) -> Scenario:
    """What a link says as a scenario."""
    return Scenario(draft.targets, draft.eligible, draft.grow)


def draft_of(name: str, scenario: Scenario) -> Draft:
    """A scenario as a link says it."""
    return Draft(name, scenario.targets, scenario.eligible, scenario.grow)


def next_name(taken: Iterable[str], voice: Voice) -> str:
    """The first free name: 案A, then 案B and so on."""
    names = [voice.t("what_if.name_default", letter=letter) for letter in "ABCDEFGH"]
    used = set(taken)
    return next(name for name in names if name not in used)


# --- headline --------------------------------------------------------------------------------------


def headline(found: Shown, voice: Voice) -> str:
    """The finding in one sentence with its figure."""
    changed = found.changed
    if not changed:
        return _untouched(found, voice)
    if len(changed) == 1:
        return _one(changed[0], voice)
    if parts := _parts(found, voice):
        return voice.t("what_if.title_people", n=len(changed), parts=parts)
    harder = sum(1 for row in changed if row.change is not None and row.change > 0)
    easier = sum(1 for row in changed if row.change is not None and row.change < 0)
    return voice.t("what_if.title_counts", n=len(changed), harder=harder, easier=easier)


def _untouched(found: Shown, voice: Voice) -> str:
    plan = found.plan
    named = {"name": voice.branch(plan.branch), "year": voice.year_short(plan.fiscal_year)}
    # A year without a plan is a draft that starts from another year's: there is no such plan yet.
    named |= {"base": voice.year_short(plan.base_year)} if plan.ahead else {}
    ahead = "_ahead" if plan.ahead else ""
    if any(t.people != t.start for t in found.totals.values()):
        return voice.t("what_if.title_eligible", parts=_parts(found, voice))
    rates = [
        voice.t(f"what_if.title_{_worded(name)}", name=_short(name, voice), rate=_rate(total, voice))
        for name, total in found.totals.items()
        if total.rate is not None
    ]
    if rates and len(rates) == len(plan.combined):
        return voice.t(f"what_if.title_none{ahead}", **named, rates=_together(rates, voice))
    return voice.t(f"what_if.title_none_plain{ahead}", **named, n=len(plan.starts))


def _together(said: Sequence[str], voice: Voice) -> str:
    """健診 63.6%・保健指導 20.4%; 63.6% checkups and 20.4% guidance."""
    first, last = voice.t.join(list(said[:-1])), said[-1]
    return voice.t("what_if.together", first=first, last=last) if first else last


def _worded(name: str) -> str:
    return name if name in _WORDED else "other"


def _short(name: str, voice: Voice) -> str:
    return voice.measure(voice.catalog.composition.rate(name)).short[voice.lang]


def combined_name(name: str, voice: Voice) -> str:
    """What a combined rate is called where it is sought."""
    return voice.t(f"what_if.seek_{_worded(name)}", name=_short(name, voice))


def _one(row: Row, voice: Voice) -> str:
    measure = row.start.measure
    said = {"measure": measure.short[voice.lang], "value": formats.value(row.target, measure, voice.lang)}
    if row.more_than_plan is not None:
        key = "more" if row.more_than_plan > 0 else "fewer" if row.more_than_plan < 0 else "same"
        return voice.t(f"what_if.title_{key}", **said, n=heads(abs(row.more_than_plan), measure, voice))
    if row.start.target is None:
        return voice.t("what_if.title_new", **said)
    if row.change is None:
        return voice.t("what_if.title_set", **said, current=aim(row.start, voice))
    gap = formats.difference(abs(row.change), measure, voice.lang, long=True).lstrip("+")
    return voice.t(f"what_if.title_{'harder' if row.change > 0 else 'easier'}", **said, gap=gap)


def _parts(found: Shown, voice: Voice) -> str:
    more = {name: total.people - total.start for name, total in found.totals.items()}
    moved = {name: count for name, count in more.items() if count} or more
    said = [
        voice.t(f"what_if.part_{_worded(name)}", name=_short(name, voice), n=more_heads(count, None, voice))
        for name, count in moved.items()
    ]
    return ("、" if voice.lang == "ja" else ", ").join(said)


def context(found: Shown, voice: Voice) -> str:
    """What the finding means: does the last actual meet it, and has such a change been seen before?"""
    changed = found.changed
    if not changed:
        return voice.t("what_if.hint")
    focus = next((row for row in changed if row.start.measure.id == found.focus), changed[0])
    said = [meaning(focus, voice)] if len(changed) == 1 else _flips(changed, voice)
    return " ".join(part for part in said if part) or meaning(focus, voice)


def _flips(changed: Sequence[Row], voice: Voice) -> list[str]:
    said = []
    for key, after in (("away", False), ("to", True)):
        names = [r.start.measure.short[voice.lang] for r in changed if r.flips and r.met_after is after]
        if names:
            said.append(voice.t(f"what_if.flips_{key}", names=voice.t.join(names)))
    return said


def meaning(row: Row, voice: Voice) -> str:
    """Does the last final actual meet the target, and how does what it asks for stand beside the record?"""
    last = row.start.last
    if last is None or row.target is None:
        return voice.t(f"what_if.realism_{row.realism}")
    base = {"year": voice.year_letter(last.fiscal_year), "value": voice.value(last)}
    if row.realism == "met":
        return voice.t("what_if.flip_to" if row.flips else "what_if.already", **base)
    gap = formats.difference(row.asked, row.start.measure, voice.lang, long=True)
    key = "asked_away" if row.flips else "asked"
    return voice.t(f"what_if.{key}", **base, asked=gap, against=_against(row, voice))


def _against(row: Row, voice: Voice) -> str:
    if row.realism == "no_record":
        return voice.t("what_if.against_none")
    changes = [
        voice.t(
            "what_if.change_of",
            gap=formats.difference(change.amount, row.start.measure, voice.lang),
            branch=voice.branch(change.branch),
            earlier=voice.year_letter(change.year - 1),
            later=voice.year_letter(change.year),
        )
        for change in row.start.changes
    ]
    listed = ("、" if voice.lang == "ja" else ", ").join(changes)
    return voice.t(f"what_if.against_{on_record(row)}", n=len(changes), changes=listed)


def on_record(row: Row) -> str:
    """The key of how a target stands beside the record: of few changes it says that they are few."""
    few = row.realism == "beyond" and len(row.start.changes) < _MANY_CHANGES
    return "beyond_few" if few else row.realism


def origin(plan: Plan, voice: Voice) -> str:
    """The starting point of the whole page, with its years."""
    if not plan.ahead:
        return voice.t("what_if.from_plan", target=voice.year(plan.base_year))
    return voice.t(
        "what_if.from_before",
        target=voice.year(plan.base_year),
        before=voice.year_short(plan.fiscal_year - 1),
        year=voice.year_short(plan.fiscal_year),
    )


# --- cards -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Card:
    """A figure with its change against the current targets, or the reason there is none."""

    label: str
    value: str
    delta: str
    note: str


def cards(found: Shown, voice: Voice) -> list[Card]:
    """Combined rates and people of both groups, and how many targets the last actuals already meet.

    The change is always written, ±0 too: a line that comes and goes would move the page under the finger.
    """
    made = [card for name in found.plan.combined for card in _total_cards(name, found.totals.get(name), voice)]
    before = [row.met_before for row in found.rows]
    after = [row.met_after for row in found.rows]
    judged = sum(1 for met in after if met is not None)
    turned = sum(bool(a) for a in after) - sum(bool(b) for b in before)
    met = f"{sum(bool(a) for a in after)} / {judged}"
    made.append(Card(voice.t("what_if.card_met"), met, formats.signed(turned, voice.lang), voice.t("what_if.on_plan")))
    return made


def _total_cards(name: str, total: Total | None, voice: Voice) -> list[Card]:
    rate = voice.t(f"what_if.card_{_worded(name)}_rate", name=_short(name, voice))
    people = voice.t(f"what_if.card_{_worded(name)}_people", name=_short(name, voice))
    if total is None:
        none = voice.t("what_if.not_counted")
        return [Card(rate, "—", "±0", none), Card(people, "—", "±0", none)]
    gap = "±0" if total.gap is None else formats.signed(total.gap, voice.lang)
    more = more_heads(total.people - total.start, None, voice, short=True)
    said = heads(total.people, None, voice, short=True)
    return [
        Card(
            rate,
            _rate(total, voice),
            f"{gap}pt",
            voice.t("what_if.nobody" if total.rate is None else "what_if.on_plan"),
        ),
        Card(people, said, more, voice.t("what_if.on_plan")),
    ]


def _rate(total: Total, voice: Voice) -> str:
    """65.2%; a dash where nobody is eligible."""
    return "—" if total.rate is None else f"{formats.number(total.rate, voice.lang)}%"


def printed_totals(found: Shown, voice: Voice) -> list[str]:
    """Printed totals that differ from the sum of the printed parts: named, not used."""
    return [
        voice.t(
            "what_if.printed_total",
            name=voice.t(f"what_if.whole_{_worded(name)}", name=_short(name, voice)),
            printed=voice.value(total.printed),
            sum=heads(total.start, None, voice),
            place=voice.place(total.printed),
        )
        for name, total in found.totals.items()
        if total.printed
    ]


# --- bars ------------------------------------------------------------------------------------------


def bars(found: Shown, voice: Voice) -> list[dict[str, Any]]:
    """People more or fewer than at the current target and people behind one step: a row a measure that counts them.

    The most people a step stand first, whatever is set, so that no row moves while a target is dragged.
    `share` is the length of a change from −1 to 1, against ten of the largest steps at least: a bar grows with
    what is dragged.
    """
    counted = [(row, row.step_people) for row in found.rows if row.step_people and row.people is not None]
    most = max([1, *(max(_STEPS_AT_HAND * step, abs(row.more_than_plan or 0)) for row, step in counted)])
    return [
        {
            "name": row.start.measure.short[voice.lang],
            "change": row.more_than_plan or 0,
            "change_label": more_heads(row.more_than_plan or 0, row.start.measure, voice),
            "share": (row.more_than_plan or 0) / most,
            "step": step,
            "step_label": one_step(row, step, voice),
        }
        for row, step in sorted(counted, key=lambda pair: -pair[1])
    ]


def one_step(row: Row, people: int, voice: Voice) -> str:
    """+0.5pt → 872人."""
    measure = row.start.measure
    step = formats.difference((measure.step or Decimal(0)) * measure.sign, measure, voice.lang)
    return voice.t("what_if.one_step", step=step, n=heads(people, measure, voice))


# --- notices ---------------------------------------------------------------------------------------


def preset_notice(name: Preset, left: Sequence[str], voice: Voice) -> str:
    """What a preset on all measures did, and which rows it had to leave."""
    said = voice.t(f"what_if.presets_{name}")
    if not left:
        return voice.t("what_if.preset_left_none", name=said)
    names = voice.t.join([voice.measure(i).short[voice.lang] for i in left])
    return voice.t("what_if.preset_left", name=said, n=len(left), measures=names)


def refusals(refused: Iterable[Refusal], voice: Voice) -> list[str]:
    """Parts of a link this plan cannot take, each with what would be right."""
    return [
        voice.t(
            "what_if.lost",
            subject=refusal.subject,
            value=refusal.value,
            why=voice.t(
                f"what_if.lost_{refusal.reason}",
                low=formats.number(refusal.low.normalize() + 0, voice.lang),
                high=f"{refusal.high.normalize():,f}",
            ),
        )
        for refusal in refused
    ]


def sought(name: str, wished: Decimal, found: what_if.Sought, start: int, voice: Voice) -> str:
    """How a wished total was shared out."""
    parts = [
        voice.t("what_if.seek_part", measure=voice.measure(i).short[voice.lang], n=more_heads(more, None, voice))
        for i, more in found.added.items()
    ]
    return voice.t(
        "what_if.seek_done",
        name=combined_name(name, voice),
        wish=f"{formats.number(wished, voice.lang)}%",
        people=heads(found.people, None, voice),
        more=more_heads(found.people - start, None, voice),
        parts=("、" if voice.lang == "ja" else ", ").join(parts),
    )


# --- words -----------------------------------------------------------------------------------------


def heads(count: int, measure: Measure | None, voice: Voice, *, short: bool = False) -> str:
    """3,486人; 2件 where cases are counted. Short where a heading names the unit."""
    return _counted(formats.number(count, voice.lang), measure, voice, short=short)


def more_heads(count: int, measure: Measure | None, voice: Voice, *, short: bool = False) -> str:
    """+3,486人."""
    return _counted(formats.signed(count, voice.lang), measure, voice, short=short)


def _counted(said: str, measure: Measure | None, voice: Voice, *, short: bool) -> str:
    persons = measure is None or measure.denominator is None or voice.measure(measure.denominator).unit == "persons"
    if short:
        return voice.t("what_if.people_short" if persons else "what_if.cases_short", n=said)
    return voice.t("overview.people_unit" if persons else "overview.cases_unit", n=said)


def figures(plan: Plan) -> list[Observation]:
    """Every printed figure the page rests on, each once, in the order of the measures."""
    found: dict[tuple[str, str, str], Observation] = {}
    everything = [f for start in plan.starts.values() for f in _figures(start)]
    for figure in [*everything, *plan.totals.values(), *plan.printed_totals.values()]:
        found.setdefault((figure.document, figure.line, f"{figure.measure} {figure.kind} {figure.value}"), figure)
    return list(found.values())


def _figures(start: Start) -> list[Observation]:
    said = (
        *(start.target, start.base, start.last, start.eligible, start.planned, start.performed),
        *(start.national_target, start.national_last, start.best, *(start.range or ())),
    )
    return [figure for figure in said if figure]
