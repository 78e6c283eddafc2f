"""What is chosen and the link that says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenpo.selection import Draft, Ignored, Offer, Selection, parse, scenario_name, to_parameters
from tests.builders import held, measure

OFFER = Offer(
    branches=("yamaguchi", "shizuoka", "okayama", "saitama", "gunma"),
    measures=("lifestyle_checkup_rate", "single_bid_rate", "premium_rate"),
    years=(2025, 2024, 2023),
    states=("achieved", "not_achieved", "in_progress"),
    eligible=("checkup_eligible_insured", "checkup_eligible_dependant"),
)


def chosen(link: Mapping[str, Sequence[str]]) -> Selection:
    """The selection of a link of which nothing may be left out."""
    selection, ignored = parse(link, OFFER)
    assert ignored == []
    return selection


def left_out(link: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """What is left out of a link that must choose nothing."""
    selection, ignored = parse(link, OFFER)
    assert selection == Selection()
    return [(part.parameter, part.value) for part in ignored]


# --- each parameter --------------------------------------------------------------------------------

EACH: list[tuple[str, str, Selection]] = [
    ("lang", "en", Selection(lang="en")),
    ("era", "seireki", Selection(era="seireki")),
    ("era", "wareki", Selection(era="wareki")),
    ("branch", "yamaguchi", Selection(branch=("yamaguchi",))),
    ("branch", "shizuoka,yamaguchi", Selection(branch=("shizuoka", "yamaguchi"))),
    ("my", "gunma", Selection(my="gunma")),
    ("fy", "2024", Selection(fy=2024)),
    ("measure", "single_bid_rate", Selection(measure="single_bid_rate")),
    ("show", "target", Selection(show="target")),
    ("base", "national", Selection(base="national")),
    ("base", "last_year", Selection(base="last_year")),
    ("base", "best", Selection(base="best")),
    ("mode", "latest", Selection(mode="latest")),
    ("pillar", "2", Selection(pillar=(2,))),
    ("pillar", "3,1", Selection(pillar=(3, 1))),
    ("state", "achieved", Selection(state=("achieved",))),
    ("state", "in_progress,not_achieved", Selection(state=("in_progress", "not_achieved"))),
    ("from", "2017", Selection(from_=2017)),
    ("to", "2026", Selection(to=2026)),
    ("asof", "2023-09", Selection(asof="2023-09")),
    ("part", "findings", Selection(part="findings")),
]
IDS = [f"{name}={value}" for name, value, _ in EACH]


@pytest.mark.parametrize(("name", "value", "selection"), EACH, ids=IDS)
def test_a_parameter_chooses_one_thing(name: str, value: str, selection: Selection) -> None:
    assert chosen({name: [value]}) == selection


@pytest.mark.parametrize(("name", "value", "selection"), EACH, ids=IDS)
def test_a_choice_is_written_as_its_parameter(name: str, value: str, selection: Selection) -> None:
    assert to_parameters(selection) == {name: value}


def test_every_parameter_has_a_case() -> None:
    fields = {name.rstrip("_") for name in Selection.__dataclass_fields__} - {"draft", "kept"}
    assert fields == {name for name, _, _ in EACH}


# --- what-if scenarios -----------------------------------------------------------------------------

D = Decimal
RATE, COUNT = "lifestyle_checkup_rate", "checkup_eligible_insured"
SCENARIO = {
    f"t.{RATE}": ["60.0"],
    f"n.{COUNT}": ["170000"],
    "scenario": ["案A"],
    "grow": ["1"],
    "s1": [f"案B~{RATE}-61.5~n.{COUNT}-180000~grow"],
    "s2": ["案C"],
}
DRAFTS = Selection(
    draft=Draft("案A", {RATE: D("60.0")}, {COUNT: D(170000)}, grow=True),
    kept=(Draft("案B", {RATE: D("61.5")}, {COUNT: D(180000)}, grow=True), Draft("案C")),
)


def test_a_link_carries_the_scenario_at_work_and_the_kept_ones() -> None:
    assert parse(SCENARIO, OFFER) == (DRAFTS, [])
    assert to_parameters(DRAFTS) == {name: values[0] for name, values in SCENARIO.items()}


@pytest.mark.parametrize(
    ("name", "value", "left_out"),
    [
        ("t.happiness", "1", ("t.happiness", "1")),
        (f"t.{RATE}", "abc", (f"t.{RATE}", "abc")),
        (f"t.{RATE}", "６０", (f"t.{RATE}", "６０")),
        (f"t.{RATE}", "1e9", (f"t.{RATE}", "1e9")),
        (f"t.{RATE}", "--5", (f"t.{RATE}", "--5")),
        (f"t.{RATE}", "1234567890123", (f"t.{RATE}", "1234567890123")),
        (f"t.{RATE}", "NaN", (f"t.{RATE}", "NaN")),
        (f"t.{RATE}", "60.1234567", (f"t.{RATE}", "60.1234567")),
        (f"t.{COUNT}", "60", (f"t.{COUNT}", "60")),
        (f"n.{RATE}", "60", (f"n.{RATE}", "60")),
        ("grow", "yes", ("grow", "yes")),
        ("s1", f"案B~{RATE}-x~{RATE}-61", ("s1", f"{RATE}-x")),
        ("s1", f"案B~{RATE}~{RATE}-61", ("s1", RATE)),
        ("s1", f"案B~n.{RATE}-5~{RATE}-61", ("s1", f"n.{RATE}-5")),
        ("s4", "案D", ("s4", "案D")),
    ],
)
def test_a_damaged_scenario_keeps_what_is_sound_and_names_the_rest(
    name: str, value: str, left_out: tuple[str, str]
) -> None:
    selection, ignored = parse({"fy": ["2024"], name: [value]}, OFFER)
    assert [(part.parameter, part.value) for part in ignored] == [left_out]
    assert selection.fy == 2024
    assert not selection.draft.targets
    kept = Draft("案B", {RATE: D(61)})
    assert selection.kept == ((kept,) if name == "s1" else ())


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("来年度の目標", "来年度の目標"),
        ("  案  ", "案"),
        ("a~b", "a〜b"),
        ("x" * 99, "x" * 40),
        ("a\x00\nb", "ab"),
        ("", ""),
    ],
)
def test_a_name_is_what_a_link_can_carry(typed: str, name: str) -> None:
    assert scenario_name(typed) == name
    assert scenario_name(name) == name


NUMBERS = st.decimals(0, 999999999, places=3, allow_nan=False).map(lambda d: D(f"{d.normalize():f}"))
SCENARIOS = st.builds(
    Draft,
    st.text(max_size=60).map(scenario_name),
    st.dictionaries(st.sampled_from(OFFER.measures), NUMBERS, max_size=5),
    st.dictionaries(st.sampled_from(OFFER.eligible), NUMBERS, max_size=2),
    st.booleans(),
)


@given(SCENARIOS, st.lists(SCENARIOS.filter(lambda draft: draft.name), max_size=3))
def test_every_scenario_survives_its_link(draft: Draft, kept: list[Draft]) -> None:
    selection = Selection(draft=draft, kept=tuple(kept))
    link = parse_qs(urlencode(to_parameters(selection)), keep_blank_values=True, max_num_fields=50)
    assert parse(link, OFFER) == (selection, [])


# --- the other parameters --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"), [("lang", "ja"), ("show", "actual"), ("base", "target"), ("mode", "year"), ("part", "documents")]
)
def test_defaults_are_understood_and_stay_out_of_the_link(name: str, value: str) -> None:
    assert chosen({name: [value]}) == Selection()
    assert to_parameters(chosen({name: [value]})) == {}


def test_an_empty_link_chooses_nothing() -> None:
    assert chosen({}) == Selection()
    assert to_parameters(Selection()) == {}


# --- wrong links -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("lang", "fr", id="unknown language"),
        pytest.param("lang", "JA", id="capitals"),
        pytest.param("era", "和暦", id="a label is no id"),
        pytest.param("branch", "山口", id="a name is no id"),
        pytest.param("branch", "atlantis", id="unknown branch"),
        pytest.param("branch", "national", id="the nation is never chosen"),
        pytest.param("my", "national", id="the nation is nobody's own branch"),
        pytest.param("my", "yamaguchi,gunma", id="one own branch"),
        pytest.param("fy", "2019", id="year not on record"),
        pytest.param("fy", "02024", id="year in another form"),
        pytest.param("fy", "２０２４", id="year in full-width digits"),
        pytest.param("fy", "令和6年度", id="year in words"),
        pytest.param("measure", "lifestyle_checkup_count", id="measure not offered"),
        pytest.param("show", "plan", id="unknown kind"),
        pytest.param("base", "worst", id="unknown base"),
        pytest.param("mode", "all", id="unknown mode"),
        pytest.param("pillar", "4", id="unknown pillar"),
        pytest.param("pillar", "01", id="pillar in another form"),
        pytest.param("state", "met", id="unknown state"),
        pytest.param("from", "24", id="short year"),
        pytest.param("from", "20240", id="long year"),
        pytest.param("from", "２０２４", id="from in full-width digits"),
        pytest.param("to", "3024", id="far year"),
        pytest.param("to", "2024\n", id="year with a line end"),
        pytest.param("asof", "2023-9", id="month without its zero"),
        pytest.param("asof", "2023-13", id="thirteenth month"),
        pytest.param("asof", "2023-00", id="month zero"),
        pytest.param("asof", "2023-09-30", id="a day"),
        pytest.param("nonsense", "1", id="unknown parameter"),
        pytest.param("Branch", "yamaguchi", id="parameter in capitals"),
        pytest.param("from_", "2024", id="the name of the field is not the parameter"),
    ],
)
def test_what_a_link_says_wrongly_is_left_out_and_named(name: str, value: str) -> None:
    assert left_out({name: [value]}) == [(name, value.replace("\n", "·"))]


def test_the_rest_of_a_wrong_link_holds() -> None:
    link = {"fy": ["2024"], "branch": ["yamaguchi,atlantis,gunma"], "lang": ["fr"], "colour": ["red"]}
    selection, ignored = parse(link, OFFER)
    assert selection == Selection(fy=2024, branch=("yamaguchi", "gunma"))
    assert sorted((i.parameter, i.value) for i in ignored) == [
        ("branch", "atlantis"),
        ("colour", "red"),
        ("lang", "fr"),
    ]


def test_every_wrong_part_of_a_list_is_named() -> None:
    assert left_out({"branch": ["atlantis,lemuria"]}) == [("branch", "atlantis"), ("branch", "lemuria")]


def test_several_values_of_an_unknown_parameter_are_named_together() -> None:
    assert left_out({"colour": ["red", "blue"]}) == [("colour", "red,blue")]


@pytest.mark.parametrize("name", [name for name, _, _ in EACH])
@pytest.mark.parametrize("values", [[""], ["", ""], []], ids=["empty", "twice empty", "no value"])
def test_an_empty_parameter_chooses_nothing_and_is_not_worth_naming(name: str, values: list[str]) -> None:
    assert left_out({name: values}) == []


# --- several values --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param(["gunma,yamaguchi,okayama"], ("gunma", "yamaguchi", "okayama"), id="the order stays"),
        pytest.param(["gunma", "yamaguchi"], ("gunma", "yamaguchi"), id="the parameter twice"),
        pytest.param(["gunma,gunma,yamaguchi,gunma"], ("gunma", "yamaguchi"), id="duplicates"),
        pytest.param(["gunma", "gunma"], ("gunma",), id="duplicates over two parameters"),
        pytest.param([",gunma,,yamaguchi,"], ("gunma", "yamaguchi"), id="empty parts"),
        pytest.param([",,,"], (), id="nothing but commas"),
    ],
)
def test_several_branches(values: list[str], expected: tuple[str, ...]) -> None:
    assert chosen({"branch": values}).branch == expected


def test_duplicate_pillars_are_one() -> None:
    assert chosen({"pillar": ["2,2", "1"]}).pillar == (2, 1)


def test_a_known_value_holds_though_an_unknown_one_stands_before_it() -> None:
    selection, ignored = parse({"fy": ["1999", "2024"]}, OFFER)
    assert (selection.fy, ignored) == (2024, [Ignored("fy", "1999")])


def test_a_wrong_value_is_named_though_a_known_one_stands_before_it() -> None:
    selection, ignored = parse({"fy": ["2024", "1999"]}, OFFER)
    assert (selection.fy, ignored) == (2024, [Ignored("fy", "1999")])


# --- showing what was left out ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        pytest.param("x" * 40, "x" * 40, id="forty characters stay"),
        pytest.param("x" * 41, "x" * 39 + "…", id="forty-one are shortened"),
        pytest.param("a\nb\tc\0d", "a·b·c·d", id="line end, tab, nul"),
        pytest.param("a\x1b[31mb", "a·[31mb", id="terminal escape"),
        pytest.param("a\u202eb", "a·b", id="right-to-left override"),
        pytest.param("a\u200bb", "a·b", id="zero-width space"),
        pytest.param("山口 支部", "山口 支部", id="words stay"),
    ],
)
def test_what_is_left_out_is_safe_to_show(value: str, shown: str) -> None:
    assert left_out({"fy": [value]}) == [("fy", shown)]
    assert left_out({value: ["1"]}) == [(shown, "1")]


NAMES = st.sampled_from([name for name, _, _ in EACH]) | st.text(max_size=60)
VALUES = st.sampled_from([value for _, value, _ in EACH]) | st.text(max_size=60)


@given(st.dictionaries(NAMES, st.lists(VALUES, max_size=3), max_size=6))
def test_no_link_breaks_the_page(link: dict[str, list[str]]) -> None:
    selection, ignored = parse(link, OFFER)
    assert parse({name: [value] for name, value in to_parameters(selection).items()}, OFFER) == (selection, [])
    assert all(len(text) <= 40 and text.isprintable() for part in ignored for text in (part.parameter, part.value))


# --- there and back --------------------------------------------------------------------------------

YEARS = st.none() | st.integers(1000, 2999)

SELECTIONS = st.builds(
    Selection,
    lang=st.sampled_from(["ja", "en"]),
    era=st.sampled_from([None, "wareki", "seireki"]),
    branch=st.lists(st.sampled_from(OFFER.branches), unique=True).map(tuple),
    my=st.none() | st.sampled_from(OFFER.branches),
    fy=st.none() | st.sampled_from(OFFER.years),
    measure=st.none() | st.sampled_from(OFFER.measures),
    show=st.sampled_from(["actual", "target"]),
    base=st.sampled_from(["target", "national", "last_year", "best"]),
    mode=st.sampled_from(["year", "latest"]),
    pillar=st.lists(st.sampled_from([1, 2, 3]), unique=True).map(tuple),
    state=st.lists(st.sampled_from(OFFER.states), unique=True).map(tuple),
    from_=YEARS,
    to=YEARS,
    asof=st.none() | st.builds("{:04}-{:02}".format, st.integers(1000, 2999), st.integers(1, 12)),
    part=st.sampled_from(["documents", "findings", "tables"]),
)


@given(SELECTIONS)
def test_a_selection_comes_back_from_its_link(selection: Selection) -> None:
    link = {name: [value] for name, value in to_parameters(selection).items()}
    assert parse(link, OFFER) == (selection, [])


@given(SELECTIONS)
def test_a_link_does_not_change_with_the_language(selection: Selection) -> None:
    japanese = to_parameters(selection.with_(lang="ja"))
    english = to_parameters(selection.with_(lang="en"))
    assert english == japanese | {"lang": "en"}


# --- selection and offer ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("selection", "calendar"),
    [
        (Selection(), "wareki"),
        (Selection(lang="en"), "seireki"),
        (Selection(era="seireki"), "seireki"),
        (Selection(lang="en", era="wareki"), "wareki"),
    ],
)
def test_the_calendar_follows_the_language_unless_chosen(selection: Selection, calendar: str) -> None:
    assert selection.calendar == calendar


def test_a_change_leaves_the_rest() -> None:
    before = Selection(fy=2024, branch=("gunma",))
    assert before.with_(fy=2023) == Selection(fy=2023, branch=("gunma",))
    assert before == Selection(fy=2024, branch=("gunma",))


def test_an_offer_holds_what_a_page_can_show() -> None:
    measures = [measure(id=role, role=role) for role in ("kpi", "goal", "rate", "count", "reference")]
    offer = Offer.of(held(*measures), [2024], ["achieved"])
    assert offer.measures == ["kpi", "goal", "reference"]
    assert len(offer.branches) == 47
    assert "national" not in offer.branches
    assert (offer.years, offer.states) == ([2024], ["achieved"])


# --- years that may be planned -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first_plan", "last", "years"),
    [
        (2021, 2027, [2027, 2026, 2025, 2024, 2023, 2022]),
        (2025, 2027, [2027, 2026, 2025, 2024, 2023]),
        (2025, 2024, [2025, 2024, 2023]),
        (None, 2027, [2025, 2024, 2023]),
    ],
)
def test_a_link_may_name_every_year_that_may_be_planned(first_plan: int | None, last: int, years: list[int]) -> None:
    offer = replace(OFFER, first_plan=first_plan).until(last)
    assert offer.years == years
    assert replace(offer, years=OFFER.years) == replace(OFFER, first_plan=first_plan)
