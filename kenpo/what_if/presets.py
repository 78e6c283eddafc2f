"""Presets: targets taken from final values of years before the plan year. Pure; applying one twice changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Literal, get_args

from kenpo.judgement import Observation
from kenpo.what_if.plan import Plan, Start
from kenpo.what_if.scenario import Scenario, sound, without

Preset = Literal["keep", "last_actual", "one_step", "national_target", "national_actual", "best"]
PRESETS: tuple[Preset, ...] = get_args(Preset)


def source(start: Start, name: Preset) -> Observation | None:
    """The printed figure a preset rests on; None where there is no comparable one."""
    if name in ("last_actual", "one_step"):
        return start.last
    if name == "keep" or not start.measure.across_branches:
        return None
    return {
        "national_target": start.national_target,
        "national_actual": start.national_last,
        "best": start.best,
    }[name]


def preset(start: Start, name: Preset) -> Decimal | None:
    """The target a preset sets, or None where it has no comparable final value from before the plan year.

    One step better than the last final actual stops at the end of the measure's range.
    """
    if name == "keep":
        return start.current
    found = source(start, name)
    if found is None or found.value is None:
        return None
    if name != "one_step":
        return found.value
    if start.measure.step is None:
        return None
    better = found.value + start.measure.step * start.measure.sign
    low, high = start.measure.bounds or (better, better)
    return min(max(better, low), high)


def apply(
    plan: Plan, scenario: Scenario, name: Preset, measures: Iterable[str] | None = None
) -> tuple[Scenario, list[str]]:
    """The scenario with a preset on some measures or on all, and the measures it had to leave as they were."""
    wanted = list(plan.starts) if measures is None else list(measures)
    if name == "keep":
        return without(scenario, wanted), []
    values = {i: value for i in wanted if (value := preset(plan.starts[i], name)) is not None}
    asked = replace(scenario, targets={**scenario.targets, **values})
    refused = {r.subject for r in sound(plan, asked)[1]}
    taken = {i: value for i, value in values.items() if i not in refused}
    return replace(scenario, targets={**scenario.targets, **taken}), [i for i in wanted if i not in taken]
