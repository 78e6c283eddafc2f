"""The grid of the What-if as data: a row a measure with track, presets and, where opened, every fact behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from kenpo import formats, what_if
from kenpo.catalog import Measure
from kenpo.judgement import Observation, people_allowed, people_in_all
from kenpo.text import emphasised, even
from kenpo.views.details import Fact
from kenpo.views.what_if import (
    Shown,
    aim,
    bars,
    cards,
    context,
    headline,
    heads,
    meaning,
    more_heads,
    on_record,
    one_step,
)
from kenpo.views.words import Voice
from kenpo.what_if import PRESETS, Plan, Preset, Refusal, Row, Scenario, Start

_ROOM_STEPS = 20
"""A track reaches at least so many steps of the measure beyond its marks."""

_STRONG = frozenset({"beyond"})
_HEADERS = ("measure", "last", "current", "new", "change", "people", "realism", "preset")


def fixed(plan: Plan, voice: Voice) -> dict[str, dict[str, Any]]:
    """What stays of every row while targets move, by measure; made once a page, not once a move."""
    return {i: _fixed(plan, start, voice) for i, start in plan.starts.items()}


def grid(
    found: Shown,
    still: Mapping[str, Mapping[str, Any]],
    opened: str | None,
    refused: Iterable[Refusal],
    rev: int,
    voice: Voice,
) -> dict[str, Any]:
    """Everything the component draws: texts, positions and allowed values; it computes nothing itself.

    `still` is what `fixed` made of the plan.
    """
    plan = found.plan
    beside = {refusal.subject: refusal for refusal in refused}
    return {
        "rev": rev,
        "lang": voice.lang,
        "caption": voice.t("what_if.grid", name=voice.branch(plan.branch), year=voice.year(plan.fiscal_year)),
        "headers": {key: voice.t(f"what_if.{key}") for key in _HEADERS},
        "legend": voice.t("what_if.legend"),
        "all_figures": voice.t("what_if.all_figures"),
        "title": headline(found, voice),
        "context": emphasised(context(found, voice)),
        "cards": [asdict(card) for card in cards(found, voice)],
        "changes": voice.t("what_if.chart_changes"),
        "bars": [{key: bar[key] for key in ("name", "share", "change_label")} for bar in bars(found, voice)],
        "rows": [
            {**still[row.start.measure.id], **_moving(found, row, opened, beside.get(row.start.measure.id), voice)}
            for row in found.ordered
        ],
        "worded": [_worded(target, voice) for target in plan.worded.values()],
    }


def _worded(target: Observation, voice: Voice) -> dict[str, str]:
    """A qualitative target: it stands in the table with its place and cannot be moved."""
    measure = voice.measure(target.measure)
    return {
        "name": measure.short[voice.lang],
        "full": measure.name[voice.lang],
        "current": voice.t("rule.qualitative"),
        "why": _with_place(voice.t("what_if.why_worded"), target, voice),
    }


def _fixed(plan: Plan, start: Start, voice: Voice) -> dict[str, Any]:
    measure = start.measure
    name, decimals = measure.name[voice.lang], what_if.places(start)
    return {
        "id": measure.id,
        "name": measure.short[voice.lang],
        "remark": _remark(plan, measure, voice),
        "full": name,
        "about_open": voice.t("what_if.open", measure=name),
        "about_track": voice.t("what_if.new_of", measure=name),
        "about_number": voice.t("what_if.in_figures", measure=name),
        "about_preset": voice.t("what_if.preset_of", measure=name),
        "last": _of_year(start.last, voice),
        "current": _current(plan, start, voice),
        "unit": formats.unit(measure, voice.lang),
        "step": float(measure.step or 1),
        "decimals": decimals,
        "grain": measure.decimals,
        "allowed_decimals": voice.t("what_if.allowed_decimals", n=decimals),
        "presets": [_preset(start, name_, voice) for name_ in PRESETS],
    }


def _remark(plan: Plan, measure: Measure, voice: Voice) -> str:
    """What stands below the name of a measure: its direction where less is better, the KPI it took the place of."""
    said = [voice.t("overview.lower_is_better")] if measure.sign < 0 else []
    before = [over.measure.short[voice.lang] for over in plan.ended if over.successor == measure]
    said += [voice.t("what_if.in_place_of", measure=name) for name in before]
    return ("・" if voice.lang == "ja" else "; ").join(said)


def _moving(found: Shown, row: Row, opened: str | None, refused: Refusal | None, voice: Voice) -> dict[str, Any]:
    """What follows the target of a row."""
    measure, plan = row.start.measure, found.plan
    low, high = what_if.bounds(plan, found.scenario, measure.id)
    return {
        "open": measure.id == opened,
        "set": measure.id in found.scenario.targets,
        "moved": row.target is not None and row.target != row.start.current,
        "track": _track(row.start, row.target, voice),
        "low": float(low),
        "high": float(high),
        "allowed": _allowed(plan, measure.id, low, high, voice),
        "value": "" if row.target is None else f"{row.target:f}",
        "said": formats.value(row.target, measure, voice.lang) or aim(row.start, voice),
        "change": formats.difference(row.change, measure, voice.lang, beside=True),
        "people": "" if row.people is None else people(row, voice),
        "more": more_heads(row.more_than_plan, measure, voice, short=True) if row.more_than_plan else "",
        "why": voice.t(f"what_if.why_{row.no_people}") if row.no_people else "",
        "realism": realism(row, voice),
        "refused": _allowed(plan, measure.id, refused.low, refused.high, voice) if refused else "",
        "facts": [list(fact) for fact in facts(found, row, voice)] if measure.id == opened else [],
    }


def _of_year(figure: Observation | None, voice: Voice) -> dict[str, str]:
    if figure is None:
        return {"value": "—", "year": ""}
    return {"value": voice.value(figure), "year": voice.year_letter(figure.fiscal_year)}


def _current(plan: Plan, start: Start, voice: Voice) -> dict[str, object]:
    """The current target: its number, or its wording while it only says last year or better."""
    if start.target is None:
        return {"value": voice.t("what_if.no_target"), "year": "", "worded": True}
    if start.current is None:
        said = voice.t(f"rule.{start.target.rule}")
    else:
        said = formats.value(start.current, start.measure, voice.lang)
    return {"value": said, "year": _since(plan, start, voice), "worded": start.current is None}


def _since(plan: Plan, start: Start, voice: Voice) -> str:
    """Where the current target of a year without a plan is from: a plan, or last year's final actual."""
    if not plan.ahead:
        return ""
    if start.base:
        return voice.t("what_if.of_actual", year=voice.year_letter(start.base.fiscal_year))
    return voice.year_letter(plan.base_year)


def people(row: Row, voice: Voice) -> str:
    """People or cases a target asks for, or why there are none."""
    if row.people is None:
        return voice.t(f"what_if.why_{row.no_people}")
    if row.start.measure.sign < 0:
        return voice.t("what_if.cases", n=formats.number(row.people, voice.lang))
    return heads(row.people, row.start.measure, voice, short=True)


def _allowed(plan: Plan, measure_id: str, low: Decimal, high: Decimal, voice: Voice) -> str:
    measure = plan.starts[measure_id].measure
    shared = measure.bounds is not None and high < measure.bounds[1]
    return voice.t(
        "what_if.allowed_shared" if shared else "what_if.allowed",
        low=formats.number(low.normalize() + 0, voice.lang),
        high=f"{high.normalize():,f}",
        unit=formats.unit(measure, voice.lang),
    )


def realism(row: Row, voice: Voice) -> dict[str, object]:
    """How what a target asks for stands beside the record, in a few words with a mark; a verdict that flips first."""
    if row.flips:
        away = not row.met_after
        text = voice.t(f"what_if.realism_{'away' if away else 'to'}")
        return {"mark": "✕" if away else "●", "text": text, "strong": True}
    most = formats.difference(row.start.largest_change, row.start.measure, voice.lang)
    text = voice.t(f"what_if.realism_{on_record(row)}", most=most, n=len(row.start.changes))
    mark = {"met": "●", "beyond": "！"}.get(row.realism, "")
    return {"mark": mark, "text": text, "strong": row.realism in _STRONG}


def _preset(start: Start, name: Preset, voice: Voice) -> dict[str, str | None]:
    """An entry of the row's presets, with its value and year; without a value it stands and cannot be chosen."""
    value, said = what_if.preset(start, name), voice.t(f"what_if.presets_{name}")
    if name == "keep":
        return {"id": name, "value": "", "label": voice.t("what_if.preset_keep", value=aim(start, voice))}
    source = what_if.source(start, name)
    if value is None or source is None:
        return {"id": name, "value": None, "label": voice.t("what_if.preset_none", name=said)}
    parts = {"name": said, "value": formats.value(value, start.measure, voice.lang)}
    parts["year"] = voice.year_letter(source.fiscal_year)
    if name == "best":
        return {
            "id": name,
            "value": f"{value:f}",
            "label": voice.t("what_if.preset_value_of", branch=voice.branch(source.branch), **parts),
        }
    return {"id": name, "value": f"{value:f}", "label": voice.t("what_if.preset_value", **parts)}


# --- the track -------------------------------------------------------------------------------------


def _track(start: Start, target: Decimal | None, voice: Voice) -> dict[str, Any]:
    """The stretch of the scale a track shows and the marks on it."""
    marks = {"target": start.current, "last": start.last.value if start.last else None}
    if start.measure.across_branches:
        nation = start.national_target or start.national_last
        marks |= {"nation": nation.value if nation else None, "best": start.best.value if start.best else None}
    low, high = window(start, [m for m in marks.values() if m is not None], target)
    band = [float(end.number) for end in start.range] if start.range else None
    return {
        "low": float(low),
        "high": float(high),
        "low_label": f"{low.normalize():,f}",
        "high_label": f"{high.normalize():,f}",
        "marks": {name: float(at) for name, at in marks.items() if at is not None},
        "band": band,
    }


def window(start: Start, marks: list[Decimal], target: Decimal | None) -> tuple[Decimal, Decimal]:
    """The stretch around the marks in round numbers, within the measure's range and with the target inside.

    It rests on the plan alone while the target stays inside, so that a track does not move under the finger.
    """
    low, high = start.measure.bounds or (Decimal(0), max([*marks, Decimal(1)]) * 2)
    step = start.measure.step or Decimal(1)
    if not marks:
        return low, high
    room = max((max(marks) - min(marks)) / 2, _ROOM_STEPS * step)
    bottom, top = min(marks) - room, max(marks) + room
    if target is not None and not bottom <= target <= top:
        bottom, top = min(bottom, target - room / 4), max(top, target + room / 4)
    unit = Decimal(10) ** ((top - bottom).adjusted()) / 2
    bottom = (bottom / unit).to_integral_value(ROUND_FLOOR) * unit
    top = (top / unit).to_integral_value(ROUND_CEILING) * unit
    return max(low, bottom), min(high, top)


# --- the facts behind a row ------------------------------------------------------------------------


def facts(found: Shown, row: Row, voice: Voice) -> list[Fact]:
    """Everything behind one row, each figure with its year and place."""
    return [(voice.t(f"what_if.fact_{key}"), said) for key, said in _facts(found, row, voice) if said]


def _facts(found: Shown, row: Row, voice: Voice) -> Iterable[tuple[str, str]]:
    start, measure = row.start, row.start.measure
    yield "current", _current_in_full(start, voice)
    if start.last:
        yield (
            "last",
            _with_place(
                _with_year(voice.value(start.last), voice.year_short(start.last.fiscal_year), voice), start.last, voice
            ),
        )
    yield from _eligible(found.plan, found.scenario, row, voice)
    yield "people", _people_in_full(row, voice) or people(row, voice)
    if row.people is not None and measure.sign > 0:
        yield "pace", _pace(row, voice)
    if row.step_people:
        yield "step", one_step(row, row.step_people, voice)
    yield "realism", even(meaning(row, voice))
    yield "record", _record(start, voice)
    if measure.across_branches:
        yield "national", _national(start, voice)
        if start.best:
            yield "best", _with_place(_best(start.best, voice), start.best, voice)
    else:
        yield "national", voice.t("what_if.best_counts")
    if start.range:
        yield "range", _range(start.range, voice)


def _current_in_full(start: Start, voice: Voice) -> str:
    """The current target with its original wording and place, and the final actual it was resolved to."""
    said = aim(start, voice)
    if start.target is None:
        return said
    if start.relative:
        said = voice.t("what_if.wording", said=said, printed=start.target.printed)
    said = _with_place(said, start.target, voice)
    if start.base is None:
        return said
    year = voice.t("what_if.of_actual", year=voice.year_letter(start.base.fiscal_year))
    base = _with_place(_with_year(voice.value(start.base), year, voice), start.base, voice)
    return ("、" if voice.lang == "ja" else "; ").join([said, base])


def _with_year(value: str, year: str, voice: Voice) -> str:
    return voice.t("what_if.with_year", value=value, year=year)


def _with_place(said: str, figure: Observation, voice: Voice) -> str:
    return f"{said} — {voice.place(figure)}"


def _eligible(plan: Plan, scenario: Scenario, row: Row, voice: Voice) -> Iterable[tuple[str, str]]:
    start, measure = row.start, row.start.measure
    if start.eligible is None or row.eligible is None or measure.denominator is None:
        return
    at_start = _with_year(voice.value(start.eligible), _eligible_year(start.eligible, voice), voice)
    typed = scenario.eligible.get(measure.denominator)
    now = heads(int(row.eligible), measure, voice)
    grown = row.eligible != (typed or start.eligible.number)
    said = voice.t(f"what_if.{'grown' if grown else 'typed'}", n=now, start=at_start) if grown or typed else at_start
    yield "eligible", _with_place(said, start.eligible, voice)
    if scenario.grow and measure.denominator in plan.grows:
        before, after = what_if.checkups(plan, scenario, measure.denominator)
        grown_from = typed or start.eligible.number
        numbers: dict[str, Decimal | int] = {"start": grown_from, "after": after, "before": before, "n": row.eligible}
        written = {key: formats.number(number, voice.lang) for key, number in numbers.items()}
        yield "grow", voice.t("what_if.grow_formula", **written)


def _eligible_year(eligible: Observation, voice: Voice) -> str:
    year = voice.year_letter(eligible.fiscal_year)
    return voice.t("what_if.of_plan", year=year) if eligible.kind == "plan" else voice.t("what_if.of_year", year=year)


def _people_in_full(row: Row, voice: Voice) -> str:
    start, measure = row.start, row.start.measure
    if row.people is None or row.target is None or row.eligible is None:
        return ""
    sum_ = {
        "target": formats.value(row.target, measure, voice.lang),
        "eligible": heads(int(row.eligible), measure, voice),
        "n": heads(row.people, measure, voice),
    }
    performed = start.performed
    if measure.sign < 0 and performed:
        said = {**sum_, "allowed": heads(people_allowed(row.target, row.eligible), measure, voice)}
        return voice.t("what_if.cases_fact", **said, **_performed(performed, voice))
    formula = people_in_all(row.target, row.eligible)
    printed = start.planned is not None and row.people != formula
    first = voice.t("what_if.people_printed_formula", **sum_, formula=heads(formula, measure, voice)) if printed else ""
    said_ = [first or voice.t("what_if.people_fact", **sum_)]
    if row.more_than_plan and start.current is not None:
        plan = heads(row.people - row.more_than_plan, measure, voice)
        said_.append(voice.t("what_if.on_printed_plan", plan=plan, more=more_heads(row.more_than_plan, measure, voice)))
    if row.more_than_last is not None and performed:
        more = more_heads(row.more_than_last, measure, voice)
        said_.append(voice.t("what_if.on_last", more=more, **_performed(performed, voice)))
    return ("、" if voice.lang == "ja" else "; ").join(said_)


def _performed(performed: Observation, voice: Voice) -> dict[str, str]:
    return {"year": voice.year_letter(performed.fiscal_year), "count": voice.value(performed)}


def _pace(row: Row, voice: Voice) -> str:
    start = row.start
    if not start.months:
        return voice.t("what_if.pace_closed")
    if row.a_month is None:
        return ""
    said = {"n": heads(row.a_month, start.measure, voice), "months": start.months}
    done = start.so_far.performed if start.so_far else None
    return voice.t("what_if.pace_so_far", **said, done=voice.value(done)) if done else voice.t("what_if.pace", **said)


def _record(start: Start, voice: Voice) -> str:
    if not start.kept:
        return voice.t("what_if.record_none")
    years = [
        voice.t(f"what_if.record_{'met' if met else 'missed'}", year=voice.year_letter(year))
        for year, met in start.kept
    ]
    met = sum(met for _, met in start.kept)
    return voice.t("what_if.record", met=met, n=len(start.kept), years=voice.t.join(years))


def _national(start: Start, voice: Voice) -> str:
    named = (("national_target", start.national_target), ("national_actual", start.national_last))
    said = [
        voice.t(f"what_if.{key}", value=voice.value(figure), year=voice.year_letter(figure.fiscal_year))
        + f" — {voice.place(figure)}"
        for key, figure in named
        if figure
    ]
    return ("、" if voice.lang == "ja" else "; ").join(said)


def _best(best: Observation, voice: Voice) -> str:
    year = voice.year_letter(best.fiscal_year)
    return voice.t("what_if.best_value", branch=voice.branch(best.branch), value=voice.value(best), year=year)


def _range(ends: tuple[Observation, Observation], voice: Voice) -> str:
    low, high = ends
    return (
        voice.t(
            "what_if.range_value",
            low=voice.value(low),
            low_branch=voice.branch(low.branch),
            high=voice.value(high),
            high_branch=voice.branch(high.branch),
            year=voice.year_letter(low.fiscal_year),
        )
        + f" — {voice.place(high)}"
    )
