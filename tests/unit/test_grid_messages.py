"""What a browser may say to the grid of What-if: whatever it is, a scenario the plan can take and a link can carry."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kenpo import what_if
from kenpo.judgement import STATES
from kenpo.selection import Offer, Selection, parse, to_parameters
from kenpo.ui.components.grid import Message, read
from kenpo.views import what_if as views
from kenpo.what_if import Scenario
from tests.plans import plan, shown, voice
from tests.shipped import package

RATE, COUNT = "lifestyle_checkup_rate", "health_declaration_offices"
OTHER = "employer_checkup_data_rate"
INFINITE = 1e999
NOT_A_NUMBER = float("nan")


def said(**changed: object) -> dict[str, Any]:
    """A sound message: lifestyle checkups at 60.0, unless said otherwise."""
    return {"rev": 3, "count": 7, "moved": RATE, "done": True, "frame": "a1", "values": {RATE: "60.0"}} | changed


def after(message: object) -> tuple[Scenario, Message]:
    """The scenario of the plan once it has heard the message."""
    heard = read(message)
    return what_if.sound(plan(), Scenario(dict(heard.targets)))[0], heard


def link(scenario: Scenario) -> dict[str, str]:
    return to_parameters(Selection(draft=views.draft_of("", scenario)))


def reloaded(parameters: Mapping[str, str]) -> tuple[Scenario, list[object]]:
    """The scenario of the page opened again with a link, and everything left out of it."""
    offer = Offer.of(package().catalog, [2024], STATES)
    chosen, ignored = parse({name: [value] for name, value in parameters.items()}, offer)
    scenario, refused = what_if.sound(plan(), views.scenario_of(chosen.draft))
    return scenario, [*ignored, *refused]


def test_a_sound_message_is_read_whole() -> None:
    assert read(said()) == Message(3, 7, {RATE: Decimal("60.0")}, RATE, True, "a1")


NO_MESSAGE: dict[str, object] = {
    "nothing": None,
    "a text": "60.0",
    "a number": 60.0,
    "not a number": NOT_A_NUMBER,
    "a list": [RATE, "60.0"],
    "true": True,
}


@pytest.mark.parametrize("message", NO_MESSAGE.values(), ids=NO_MESSAGE)
def test_what_is_no_message_says_nothing(message: object) -> None:
    assert read(message) == Message()


NO_WHOLE: dict[str, object] = {
    "missing": None,
    "a text": "3",
    "not a number": NOT_A_NUMBER,
    "endless": INFINITE,
    "endless below": -INFINITE,
    "a list": [3],
    "a table": {"rev": 3},
}


@pytest.mark.parametrize("value", NO_WHOLE.values(), ids=NO_WHOLE)
@pytest.mark.parametrize(("field", "otherwise"), [("rev", -1), ("count", 0)])
def test_what_is_no_whole_number_counts_as_none(field: str, otherwise: int, value: object) -> None:
    assert getattr(read(said(**{field: value})), field) == otherwise


@pytest.mark.parametrize("field", ["rev", "count"])
@pytest.mark.parametrize(("value", "kept"), [(3.9, 3), (-3, -3), (10**30, 10**30), (1e308, int(1e308))])
def test_a_number_is_taken_without_its_decimals(field: str, value: float, kept: int) -> None:
    assert getattr(read(said(**{field: value})), field) == kept


NO_NUMBER: dict[str, object] = {
    "nothing": None,
    "empty": "",
    "a word": "sixty",
    "not a number": NOT_A_NUMBER,
    "not a number, written": "NaN",
    "not a number that signals": "sNaN",
    "endless": INFINITE,
    "endless, written": "Infinity",
    "endless as JSON has it": "1e999",
    "endless below": "-inf",
    "too fine": "1e-99999999",
    "too fine and zero": "0e-99999999",
    "too large": "1e99999999",
    "finer than any figure": "1e-21",
    "larger than any figure": "1e21",
    "longer than any figure": "6" * 21,
    "endless digits": 10**5000,
    "true": True,
    "a list": ["60.0"],
    "a table": {"value": "60.0"},
    "markup": "<b>60</b>",
    "a formula": "=60",
    "two numbers": "60.0 61.0",
    "a comma": "60,0",
    "nothing seen": "\0",
}


@pytest.mark.parametrize("value", NO_NUMBER.values(), ids=NO_NUMBER)
def test_a_value_that_is_no_number_is_dropped_and_the_others_hold(value: object) -> None:
    scenario, heard = after(said(values={RATE: value, COUNT: "500"}))
    assert dict(heard.targets) == {COUNT: 500}
    assert shown(scenario).rows


OUTSIDE: dict[str, object] = {
    "below the range": "-1",
    "below it by little": "-0.1",
    "above the range": "100.1",
    "far above": "1e20",
    "more decimals than the measure": "60.05",
    "as fine as can be read": "1e-20",
    "more people than there are": "95.0",
}


@pytest.mark.parametrize("value", OUTSIDE.values(), ids=OUTSIDE)
def test_a_number_the_plan_cannot_take_is_refused_by_name(value: object) -> None:
    heard = read(said(values={RATE: value}))
    scenario, refused = what_if.sound(plan(), Scenario(dict(heard.targets)))
    assert not scenario.targets
    assert [refusal.subject for refusal in refused] == [RATE]
    assert views.refusals(refused, voice())


VALUES: dict[str, object] = {
    "not a table": [RATE, "60.0"],
    "a text": RATE,
    "unknown measures": {f"m{n}": "60" for n in range(20_000)},
    "names of the machine": {"__proto__": "60", "constructor": "60", "toString": "60"},
    "a measure without a target": {"premium_rate": "10.00"},
    "a count": {"checkup_eligible_insured": "1"},
    "markup": {"<img src=x>": "60"},
    "an endless name": {"x" * 1_000_000: "60"},
    "a number for a name": {7: "60"},
}


@pytest.mark.parametrize("values", VALUES.values(), ids=VALUES)
def test_values_of_nothing_in_the_plan_change_nothing(values: object) -> None:
    scenario, _ = after(said(values=values))
    assert scenario == Scenario()


OTHERS: dict[str, dict[str, object]] = {
    "moved is a list": {"moved": [RATE]},
    "moved is unknown": {"moved": "happiness"},
    "moved is endless": {"moved": "x" * 1_000_000},
    "moved is nothing": {"moved": None},
    "done is a text": {"done": "no"},
    "done is missing": {"done": None},
    "frame is a number": {"frame": 7},
    "frame is endless": {"frame": "x" * 1_000_000},
    "frame is a table": {"frame": {"a": 1}},
    "more than is asked for": {f"field{n}": n for n in range(20_000)},
}


@pytest.mark.parametrize("changed", OTHERS.values(), ids=OTHERS)
def test_whatever_stands_beside_them_the_values_hold(changed: dict[str, object]) -> None:
    scenario, heard = after(said(**changed))
    assert scenario == Scenario({RATE: Decimal("60.0")})
    assert shown(scenario, focus=heard.moved).rows


# --- what is set survives its link -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("60.0000", "60.0"),
        ("60", "60"),
        ("60.0", "60.0"),
        ("060.00", "60.0"),
        ("6e1", "60"),
        ("6.00e1", "60.0"),
        (60, "60"),
        (60.0, "60.0"),
        ("６０．０", None),
        ("-0", "0"),
    ],
)
def test_a_number_stands_in_the_link_as_the_measure_writes_it(typed: object, written: str | None) -> None:
    scenario, _ = after(said(values={RATE: typed}))
    assert link(scenario) == ({f"t.{RATE}": written} if written else {})
    assert reloaded(link(scenario)) == (scenario, [])


def test_a_count_stands_in_the_link_without_decimals() -> None:
    scenario, _ = after(said(values={COUNT: "500.000"}))
    assert link(scenario) == {f"t.{COUNT}": "500"}
    eligible = next(iter(what_if.denominators(plan())))
    typed = what_if.sound(plan(), Scenario(eligible={eligible: Decimal("1.7e5")}))[0]
    assert link(typed) == {f"n.{eligible}": "170000"}


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e-99999999", "1e99999999"])
def test_no_number_at_all_is_refused_wherever_it_comes_from(number: str) -> None:
    eligible = next(iter(what_if.denominators(plan())))
    asked = Scenario({RATE: Decimal(number)}, {eligible: Decimal(number)})
    scenario, refused = what_if.sound(plan(), asked)
    assert scenario == Scenario()
    assert sorted(r.subject for r in refused) == sorted([RATE, eligible])


NUMBERS: st.SearchStrategy[object] = st.one_of(
    st.decimals(-10, 110, places=4).map(str),
    st.decimals(allow_nan=True, allow_infinity=True).map(str),
    st.floats(),
    st.integers(),
    st.sampled_from([v for v in (*NO_NUMBER.values(), *OUTSIDE.values()) if not isinstance(v, list)]),
    st.text(max_size=25),
)
MEASURES = st.sampled_from([*plan().starts, "premium_rate", "happiness"])


@settings(deadline=None)
@given(st.dictionaries(MEASURES, NUMBERS), st.one_of(st.integers(), st.floats()))
def test_whatever_the_grid_sets_survives_a_reload_of_its_link(values: dict[str, object], rev: float) -> None:
    scenario, _ = after(said(values=values, rev=rev))
    assert reloaded(link(scenario)) == (scenario, [])
    again = reloaded(link(scenario))[0]
    assert link(again) == link(scenario)
    assert views.headline(shown(scenario), voice()) == views.headline(shown(again), voice())
