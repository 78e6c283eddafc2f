"""A measure of a branch in a year: exactly one of ten states, and everything shown of it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenpo.catalog import Measure
from kenpo.judgement import JUDGED, STATES, Cell, Observation, judge, judge_year, rows_of
from kenpo.judgement.comparison import NO_DIFFERENCE
from kenpo.judgement.figures import Status
from tests.builders import book, document, figure, held, measure

D = Decimal


def judged(
    *figures: Observation, of: Measure | None = None, also: Sequence[Measure] = (), branch: str = "yamaguchi"
) -> Cell:
    m = of or measure()
    return judge(book(*figures), held(m, *also), branch, 2024, m.id)


def target(value: str | None = "67.5", rule: str = "at_least", **said: object) -> Observation:
    return figure(value, rule=rule, **said)


def last_year(value: str, **said: object) -> Observation:
    return figure(value, fiscal_year=2023, **said)


NINE = "2024-09"
CUMULATIVE = measure(accrual="cumulative")
TEXT = measure(unit="text")
PERIOD = measure(accrual="period")
POINT = measure(accrual="point")
OLD = measure(id="old_rate", successor="a_rate")
RELATIVE = target(None, "at_least_previous_year")

# --- one state each --------------------------------------------------------------------------------

ONE_OF_EACH: dict[str, Cell] = {
    "achieved": judged(target("34.0"), figure("35.6")),
    "not_achieved": judged(target("67.5"), figure("64.7")),
    "in_progress": judged(target("59.2"), figure("31.4", as_of=NINE), of=CUMULATIVE),
    "undated": judged(target("10.0"), figure("6.1", status="undated")),
    "target_only": judged(target("67.5")),
    "base_unknown": judged(RELATIVE, figure("64.7")),
    "actual_only": judged(figure("64.7")),
    "qualitative": judged(target(None, "qualitative"), of=measure(unit="text")),
    "not_comparable": judged(figure("10.7", measure="old_rate"), also=(OLD,)),
    "absent": judged(),
}


@pytest.mark.parametrize("state", STATES)
def test_every_state_is_reached(state: str) -> None:
    assert ONE_OF_EACH[state].state == state


def test_there_are_ten_states() -> None:
    assert len(STATES) == len(set(STATES)) == 10
    assert {"achieved", "not_achieved"} == JUDGED


@pytest.mark.parametrize(("state", "cell"), ONE_OF_EACH.items(), ids=ONE_OF_EACH)
def test_a_verdict_a_gap_and_an_achievement_rate_belong_to_judged_cells_only(state: str, cell: Cell) -> None:
    judged_ = state in {"achieved", "not_achieved"}
    assert (cell.met is not None, cell.gap is not None, cell.achievement is not None) == (judged_,) * 3


# --- judged ----------------------------------------------------------------------------------------


def test_a_missed_target() -> None:
    goal, actual = target("67.5"), figure("64.7")
    cell = judged(goal, actual)
    assert (cell.target, cell.actual, cell.met) == (goal, actual, False)
    assert (str(cell.gap), str(cell.achievement)) == ("-2.8", "95.9")


def test_a_target_met_where_lower_is_better() -> None:
    cell = judged(target("15.0", "at_most"), figure("10.6"), of=measure(direction="lower"))
    assert (cell.state, cell.met, str(cell.gap), str(cell.achievement)) == ("achieved", True, "4.4", "141.5")


def test_a_count_is_judged_against_its_own_target() -> None:
    cell = judged(target("500"), figure("514"), of=measure(unit="count"))
    assert (cell.state, str(cell.gap), cell.to_national.reason) == ("achieved", "14", "counts")


def test_a_rate_of_zero_where_lower_is_better_is_met_without_an_achievement_rate() -> None:
    cell = judged(target("15.0", "at_most"), figure("0.0"), of=measure(direction="lower"))
    assert (cell.state, cell.achievement) == ("achieved", None)


@pytest.mark.parametrize(
    ("actual", "state"), [("100", "achieved"), ("99.9", "not_achieved")], ids=["at T", "just below"]
)
def test_a_target_that_is_to_be_kept(actual: str, state: str) -> None:
    assert judged(target("100", "equal"), figure(actual)).state == state


# --- accrual ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["31.4", "99.9"], ids=["far below", "already above"])
def test_a_cumulative_value_inside_the_year_is_never_judged(value: str) -> None:
    cell = judged(target("59.2"), figure(value, as_of=NINE), of=CUMULATIVE)
    assert (cell.state, cell.met, cell.gap, cell.achievement) == ("in_progress", None, None, None)


def test_a_cumulative_value_of_the_whole_year_is_judged() -> None:
    assert judged(target("59.2"), figure("59.2"), of=CUMULATIVE).state == "achieved"


@pytest.mark.parametrize("m", [PERIOD, POINT], ids=["period", "point"])
@pytest.mark.parametrize(("value", "state"), [("80.0", "achieved"), ("79.9", "not_achieved")])
def test_a_ratio_or_a_state_inside_the_year_is_judged(m: Measure, value: str, state: str) -> None:
    cell = judged(target("80.0"), figure(value, as_of=NINE), of=m)
    assert cell.state == state
    assert cell.actual is not None
    assert cell.actual.as_of == NINE


def test_a_final_is_judged_though_a_month_stands_beside_it() -> None:
    month, final = figure("31.4", as_of=NINE), figure("60.0")
    cell = judged(target("59.2"), month, final, of=CUMULATIVE)
    assert (cell.state, cell.actual, cell.other_actuals) == ("achieved", final, [month])


def test_the_latest_month_speaks() -> None:
    ten, nine = figure("9.0", as_of="2024-10"), figure("7.5", as_of=NINE)
    cell = judged(nine, ten)
    assert (cell.actual, cell.other_actuals) == (ten, [nine])


# --- relative targets ------------------------------------------------------------------------------


def test_the_number_printed_in_a_relative_target_is_the_target() -> None:
    cell = judged(target("70.77", "at_least_previous_year"), figure("71.57"), last_year("72.00"))
    assert (cell.state, str(cell.gap)) == ("achieved", "0.80")
    assert cell.resolved is not None
    assert (cell.resolved.value, cell.resolved.base) == (D("70.77"), None)


@pytest.mark.parametrize(
    ("rule", "direction", "actual", "state", "gap"),
    [
        ("at_least_previous_year", "higher", "35.6", "achieved", "1.6"),
        ("at_least_previous_year", "higher", "34.0", "achieved", "0.0"),
        ("at_least_previous_year", "higher", "33.9", "not_achieved", "-0.1"),
        ("at_most_previous_year", "lower", "34.1", "not_achieved", "-0.1"),
    ],
)
def test_a_relative_target_is_judged_by_last_years_final(
    rule: str, direction: str, actual: str, state: str, gap: str
) -> None:
    base = last_year("34.0")
    cell = judged(target(None, rule), figure(actual), base, of=measure(direction=direction))
    assert (cell.state, str(cell.gap)) == (state, gap)
    assert cell.resolved is not None
    assert cell.resolved.base == base


def test_beside_a_relative_target_no_achievement_rate_is_shown() -> None:
    assert judged(RELATIVE, figure("35.6"), last_year("34.0")).achievement is None
    assert judged(target("34.0", "at_least_previous_year"), figure("35.6")).achievement is None


def test_a_relative_target_with_a_base_and_no_actual_is_a_target() -> None:
    cell = judged(RELATIVE, last_year("34.0"))
    assert cell.state == "target_only"
    assert cell.resolved is not None
    assert cell.resolved.value == D("34.0")


@pytest.mark.parametrize(
    "base",
    [
        pytest.param((), id="not on record"),
        pytest.param((last_year("34.0", as_of="2023-11"),), id="provisional"),
        pytest.param((last_year("34.0", status="undated"),), id="undated"),
        pytest.param((last_year("34.0", status="draft"),), id="draft"),
        pytest.param((last_year("34.0", branch="shizuoka"),), id="another branch's"),
        pytest.param((last_year("34.0", branch="national"),), id="the nation's"),
        pytest.param((figure("34.0", fiscal_year=2022),), id="two years ago"),
        pytest.param((last_year("34.0", kind="plan"),), id="planned"),
        pytest.param((last_year("10.7", measure="old_rate"),), id="on another definition"),
        pytest.param((last_year("34.0", exclusion="other_denominator"),), id="on another denominator"),
    ],
)
def test_nothing_is_judged_where_last_years_final_is_unknown(base: Sequence[Observation]) -> None:
    cell = judged(RELATIVE, figure("35.6"), *base, also=(OLD,))
    assert (cell.state, cell.met, cell.gap) == ("base_unknown", None, None)
    assert cell.resolved is not None
    assert cell.resolved.value is None


def test_an_unknown_base_is_said_without_an_actual_too() -> None:
    assert judged(RELATIVE).state == "base_unknown"


# --- undated, draft, text --------------------------------------------------------------------------


def test_an_undated_actual_is_shown_and_neither_judged_nor_subtracted() -> None:
    actual = figure("6.1", status="undated", stated="△")
    cell = judged(target("10.0"), actual, last_year("5.0"), figure("7.0", branch="national"))
    assert (cell.state, cell.actual, cell.met, cell.stated_met) == ("undated", actual, None, False)
    assert (cell.on_last_year.reason, cell.to_national.reason) == ("undated", "undated")


def test_an_undated_actual_without_a_target_is_undated() -> None:
    assert judged(figure("52.3", status="undated")).state == "undated"


def test_an_undated_actual_of_last_year_is_no_base() -> None:
    assert judged(figure("6.1"), last_year("5.0", status="undated")).on_last_year.reason == "undated"


def test_a_draft_target_is_judged_like_any_other() -> None:
    assert judged(target("57.0", status="draft"), figure("58.0")).state == "achieved"


def test_an_adopted_target_speaks_before_a_draft() -> None:
    draft, adopted = target("57.0", status="draft"), target("58.0")
    cell = judged(draft, adopted)
    assert (cell.target, cell.other_targets) == (adopted, [draft])


def test_a_text_measure_is_qualitative_whatever_the_document_says_of_it() -> None:
    cell = judged(target(None, "qualitative"), figure(None, stated="達成"), of=measure(unit="text"))
    assert (cell.state, cell.met, cell.stated_met, cell.disagrees) == ("qualitative", None, True, False)
    assert cell.to_national.reason == "text"


# --- definition breaks -----------------------------------------------------------------------------


def test_an_older_definitions_figure_is_shown_and_not_comparable() -> None:
    older = figure("10.7", measure="old_rate")
    cell = judged(older, also=(OLD,))
    assert (cell.state, cell.other_definition, cell.actual) == ("not_comparable", older, None)


def test_a_newer_definitions_figure_is_shown_and_not_comparable() -> None:
    newer = figure("35.6")
    cell = judged(newer, of=OLD, also=(measure(),))
    assert (cell.state, cell.other_definition, cell.actual) == ("not_comparable", newer, None)


def test_of_another_definition_the_actual_is_shown_before_the_target() -> None:
    goal, actual = target("13.1", measure="old_rate"), figure("10.7", measure="old_rate")
    assert judged(goal, actual, also=(OLD,)).other_definition == actual
    assert judged(goal, also=(OLD,)).other_definition == goal


@pytest.mark.parametrize(
    "elsewhere", [{"branch": "shizuoka"}, {"fiscal_year": 2023}, {"kind": "plan"}], ids=["branch", "year", "plan"]
)
def test_another_definition_elsewhere_says_nothing_here(elsewhere: dict[str, object]) -> None:
    assert judged(figure("10.7", measure="old_rate", **elsewhere), also=(OLD,)).state == "absent"


def test_an_own_figure_is_enough_to_leave_the_other_definition_out() -> None:
    older = figure("10.7", measure="old_rate")
    with_target, with_actual = judged(older, target(), also=(OLD,)), judged(older, figure("35.6"), also=(OLD,))
    assert (with_target.state, with_target.other_definition) == ("target_only", None)
    assert (with_actual.state, with_actual.other_definition) == ("actual_only", None)


def test_no_difference_crosses_a_break() -> None:
    older = last_year("10.7", measure="old_rate")
    nation = figure("9.0", measure="old_rate", branch="national")
    cell = judged(figure("35.6"), older, nation, also=(OLD,))
    assert (cell.on_last_year.value, cell.to_national.value) == (None, None)
    assert (cell.on_last_year.reason, cell.to_national.reason) == ("other_definition", "other_definition")


def test_no_difference_crosses_a_break_backwards_either() -> None:
    newer = last_year("34.0")
    cell = judged(figure("10.7", measure="old_rate"), newer, of=OLD, also=(measure(),))
    assert cell.on_last_year.reason == "other_definition"


@pytest.mark.parametrize(
    "elsewhere",
    [
        pytest.param((), id="nothing"),
        pytest.param((figure("10.7", measure="old_rate", fiscal_year=2022),), id="another year"),
        pytest.param((figure("10.7", measure="old_rate", fiscal_year=2023, branch="shizuoka"),), id="another branch"),
        pytest.param((figure("10.7", measure="old_rate", fiscal_year=2023, kind="plan"),), id="a plan"),
        pytest.param((figure("13.0", measure="old_rate", fiscal_year=2023, rule="at_least"),), id="a target"),
    ],
)
def test_without_an_actual_on_the_other_definition_a_base_is_simply_missing(elsewhere: Sequence[Observation]) -> None:
    # A target is no base of an actual, on this definition or the other.
    assert judged(figure("35.6"), *elsewhere, also=(OLD,)).on_last_year.reason == "no_base"


def test_a_base_on_the_same_definition_is_taken_though_the_other_has_one_too() -> None:
    cell = judged(figure("35.6"), last_year("34.0"), last_year("10.7", measure="old_rate"), also=(OLD,))
    assert (str(cell.on_last_year.value), cell.on_last_year.reason) == ("1.6", None)


def test_a_base_of_another_date_is_not_blamed_on_the_definition() -> None:
    older = last_year("10.7", measure="old_rate")
    cell = judged(figure("35.6"), last_year("20.0", as_of="2023-09"), older, also=(OLD,))
    assert cell.on_last_year.reason == "no_common_date"


def test_an_earlier_value_on_the_same_definition_is_a_base() -> None:
    # Shizuoka prints 34.0 for R5 on the ten-month definition, which became a KPI in R6.
    ten_months = measure(id="visit_rate_10m", kpi_from=2024)
    cell = judged(figure("35.6", measure="visit_rate_10m"), last_year("34.0", measure="visit_rate_10m"), of=ten_months)
    assert str(cell.on_last_year.value) == "1.6"


# --- differences -----------------------------------------------------------------------------------


def test_last_year_and_the_nation_are_compared_same_month_with_same_month() -> None:
    cell = judged(
        figure("31.4", as_of="2024-09"),
        last_year("29.9", as_of="2023-09"),
        figure("22.9", branch="national", as_of="2024-09"),
    )
    assert (str(cell.on_last_year.value), str(cell.to_national.value)) == ("1.5", "8.5")


def test_another_denominator_is_not_compared() -> None:
    nation = figure("24.9", branch="national", as_of=NINE, exclusion="other_denominator")
    cell = judged(figure("7.5", as_of=NINE), nation)
    assert (cell.to_national.value, cell.to_national.reason) == (None, "other_denominator")


def test_counts_are_compared_with_last_year_and_not_with_the_nation() -> None:
    cell = judged(figure("514"), last_year("500"), figure("88299", branch="national"), of=measure(unit="count"))
    assert (str(cell.on_last_year.value), cell.to_national.value, cell.to_national.reason) == ("14", None, "counts")


def test_the_nation_is_not_compared_with_itself() -> None:
    cell = judged(figure("22.9", branch="national"), branch="national")
    assert cell.to_national == NO_DIFFERENCE


def test_a_count_of_the_nation_is_not_compared_with_itself_either() -> None:
    cell = judged(figure("88299", branch="national"), of=measure(unit="count"), branch="national")
    assert cell.to_national == NO_DIFFERENCE


def test_the_nation_is_compared_with_its_own_last_year() -> None:
    cell = judged(figure("58.4", branch="national"), last_year("56.4", branch="national"), branch="national")
    assert str(cell.on_last_year.value) == "2.0"


@pytest.mark.parametrize(
    ("actual", "base"),
    [
        pytest.param({"status": "draft"}, {}, id="own"),
        pytest.param({}, {"status": "draft"}, id="base"),
        pytest.param({"status": "draft"}, {"status": "draft"}, id="both"),
    ],
)
def test_a_draft_actual_is_subtracted_from_nothing(actual: dict[str, object], base: dict[str, object]) -> None:
    # The premium rates of FY2024 are drafts between two final years.
    cell = judged(figure("10.20", **actual), last_year("9.96", **base), figure("10.00", branch="national", **base))
    assert (cell.on_last_year.reason, cell.to_national.reason) == ("draft", "draft")


# --- people, pace, interval ------------------------------------------------------------------------

CHECKUPS = measure(accrual="cumulative", numerator="done", denominator="eligible")
BIDS = measure(direction="lower", numerator="done", denominator="eligible")


def done(value: str, **said: object) -> Observation:
    return figure(value, measure="done", **said)


def eligible(value: str, **said: object) -> Observation:
    return figure(value, measure="eligible", **said)


def test_people_still_to_be_reached() -> None:
    cell = judged(target("67.5"), figure("64.7"), done("283564"), eligible("438120"), of=CHECKUPS)
    assert cell.people is not None
    assert (cell.people.count, cell.people.basis, cell.people.approximate) == (12167, "actual", False)
    assert cell.months_left is None


def test_people_of_an_achieved_target_are_zero() -> None:
    cell = judged(target("15.0", "at_most"), figure("10.6"), done("2"), eligible("19"), of=BIDS)
    assert cell.people is not None
    assert cell.people.count == 0
    assert cell.interval == pytest.approx((2.94, 31.39), abs=0.006)


def test_people_are_counted_inside_the_year_though_nothing_is_judged() -> None:
    # 59.2 % of 173842 is 102914.464.
    cell = judged(
        target("59.2"),
        figure("31.4", as_of=NINE),
        done("54529", as_of=NINE),
        eligible("173842", as_of=NINE),
        of=CHECKUPS,
    )
    assert cell.people is not None
    assert (cell.state, cell.people.count, cell.months_left) == ("in_progress", 48386, 6)


def test_planned_people_before_any_actual() -> None:
    cell = judged(
        target("58.0"),
        figure("58.0", kind="plan"),
        done("101074", kind="plan"),
        eligible("174266", kind="plan"),
        of=CHECKUPS,
    )
    assert cell.people is not None
    assert (cell.people.count, cell.people.basis, cell.months_left) == (101074, "plan", 12)


def test_people_of_a_relative_target_rest_on_last_years_final() -> None:
    # 36.0 % of 28495 is 10258.2.
    cell = judged(RELATIVE, figure("35.6"), last_year("36.0"), done("10130"), eligible("28495"), of=CHECKUPS)
    assert cell.people is not None
    assert cell.people.count == 129


@pytest.mark.parametrize(
    "figures",
    [
        pytest.param((figure("64.7"),), id="no target"),
        pytest.param((RELATIVE, figure("64.7")), id="base unknown"),
        pytest.param((target("67.5"), figure("64.7", status="undated")), id="undated"),
    ],
)
def test_nobody_is_counted_where_nothing_is_demanded_or_dated(figures: Sequence[Observation]) -> None:
    assert judged(*figures, done("283564"), eligible("438120"), of=CHECKUPS).people is None


def test_only_a_rate_asks_for_people() -> None:
    m = measure(unit="count", numerator="done", denominator="eligible")
    assert judged(target("500"), figure("400"), done("400"), eligible("900"), of=m).people is None


def test_months_are_left_only_towards_a_target() -> None:
    assert judged(figure("31.4", as_of=NINE)).months_left is None
    assert judged(target(), figure("31.4", as_of=NINE)).months_left == 6


@pytest.mark.parametrize(
    ("last_years", "months"),
    [({}, 12), ({"yamaguchi": 2024}, 12), ({"yamaguchi": 2025}, None), ({"shizuoka": 2025}, 12)],
    ids=["nobody", "its last year", "a later year", "another branch"],
)
def test_a_year_of_targets_alone_is_closed_by_a_later_year_on_record(
    last_years: dict[str, int], months: int | None
) -> None:
    m = measure()
    cell = judge(book(target(), last_years=last_years), held(m), "yamaguchi", 2024, m.id)
    assert (cell.state, cell.months_left) == ("target_only", months)


def test_an_interval_never_changes_a_verdict() -> None:
    # 2 of 19 is 10.5 %; the interval reaches 31 %, far above the target of 15.
    cell = judged(target("15.0", "at_most"), figure("10.6"), done("2"), eligible("19"), of=BIDS)
    assert cell.interval is not None
    assert cell.interval[1] > 15
    assert cell.state == "achieved"


def test_no_interval_without_counts() -> None:
    assert judged(figure("10.6"), of=BIDS).interval is None
    assert judged(figure("0.0"), done("0"), eligible("0"), of=BIDS).interval is None


def test_a_difference_says_whether_it_is_noise() -> None:
    cell = judged(
        figure("40.0"),
        done("40"),
        eligible("100"),
        last_year("50.0"),
        done("50", fiscal_year=2023),
        eligible("100", fiscal_year=2023),
        of=CHECKUPS,
    )
    assert cell.on_last_year.noise is True


# --- stated beside computed ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "met"),
    [("達成", True), ("◎", True), ("○", True), ("未達成", False), ("△", False), ("×", False), (None, None)],
)
def test_the_documents_own_verdict(stated: str | None, met: bool | None) -> None:
    assert judged(figure("6.1", stated=stated)).stated_met is met


def test_without_an_actual_nothing_is_stated() -> None:
    assert judged(target()).stated_met is None


@pytest.mark.parametrize(
    ("actual", "stated", "disagrees"),
    [
        pytest.param("64.7", "未達成", False, id="both missed"),
        pytest.param("64.7", "達成", True, id="stated met, computed missed"),
        pytest.param("67.5", "未達成", True, id="stated missed, computed met"),
        pytest.param("67.5", "◎", False, id="both met"),
        pytest.param("67.5", None, False, id="nothing stated"),
    ],
)
def test_a_disagreement_is_shown_and_resolves_nothing(actual: str, stated: str | None, *, disagrees: bool) -> None:
    cell = judged(target("67.5"), figure(actual, stated=stated))
    assert cell.disagrees is disagrees
    assert cell.state == ("achieved" if actual == "67.5" else "not_achieved")


def test_a_stated_verdict_disagrees_with_nothing_where_nothing_is_computed() -> None:
    assert not judged(target("59.2"), figure("31.4", as_of=NINE, stated="×"), of=CUMULATIVE).disagrees
    assert not judged(target("10.0"), figure("61.0", status="undated", stated="△")).disagrees


# --- any cell --------------------------------------------------------------------------------------

STATUSES = st.sampled_from(["final", "provisional", "undated", "draft"])
VALUES = st.decimals(0, 100, places=1).map(str)


def with_status(value: str, status: Status, year: int) -> Observation:
    as_of = f"{year}-09" if status == "provisional" else None
    return figure(value, fiscal_year=year, status=status, as_of=as_of)


ACTUALS = st.lists(st.builds(with_status, VALUES, STATUSES, st.sampled_from([2023, 2024])), max_size=3)
TARGETS = st.lists(
    st.one_of(
        st.builds(target, VALUES, st.sampled_from(["at_least", "at_most", "equal", "at_least_previous_year"])),
        st.just(RELATIVE),
        st.just(target(None, "qualitative")),
    ),
    max_size=2,
)


@given(ACTUALS, TARGETS, st.sampled_from(["cumulative", "period", "point"]))
def test_whatever_is_printed_a_cell_keeps_the_rules(
    actuals: list[Observation], targets: list[Observation], accrual: str
) -> None:
    cell = judged(*actuals, *targets, of=measure(accrual=accrual))
    assert cell.state in STATES
    assert (cell.met is not None) == (cell.gap is not None) == (cell.state in JUDGED)
    if cell.actual is None or cell.target is None or cell.actual.status == "undated":
        assert cell.met is None
    if cell.actual and cell.actual.status == "provisional" and accrual == "cumulative":
        assert cell.met is None


# --- rows of a year --------------------------------------------------------------------------------

KPI = measure(id="kpi")
ENDED = measure(id="ended", kpi_to=2023)
LATER = measure(id="later", kpi_from=2025)
ONLY_2024 = measure(id="only_2024", kpi_from=2024, kpi_to=2024)
GOAL = measure(id="goal", role="goal")
RATE = measure(id="rate", role="rate")
REFERENCE = measure(id="reference", role="reference")
EVERY = (KPI, ENDED, LATER, ONLY_2024, GOAL, RATE, REFERENCE)


def rows(*figures: Observation, branches: Sequence[str] = ("yamaguchi",)) -> list[str]:
    return [m.id for m in rows_of(book(*figures), held(*EVERY), branches, 2024)]


def test_kpis_in_force_with_an_actual_are_rows_in_the_catalogs_order() -> None:
    assert rows(*(figure(measure=m.id) for m in reversed(EVERY))) == ["kpi", "only_2024"]


def test_whatever_kpi_or_goal_has_a_target_is_a_row() -> None:
    assert rows(*(target(measure=m.id) for m in EVERY)) == ["kpi", "ended", "later", "only_2024", "goal"]


@pytest.mark.parametrize(
    ("elsewhere", "found"),
    [
        pytest.param({"branch": "national"}, ["kpi"], id="the nation's alone"),
        pytest.param({"branch": "shizuoka"}, [], id="a branch not chosen"),
        pytest.param({"fiscal_year": 2023}, [], id="another year"),
    ],
)
def test_rows_are_of_the_chosen_branches_the_nation_and_the_year(elsewhere: dict[str, Any], found: list[str]) -> None:
    assert rows(figure(measure="kpi", **elsewhere)) == found
    assert rows(target(measure="kpi", **elsewhere)) == found


@pytest.mark.parametrize("m", [ENDED, LATER, GOAL], ids=["ended", "later", "goal"])
def test_a_target_of_the_nation_alone_adds_no_row_outside_the_years_of_the_kpi(m: Measure) -> None:
    # The nation prints targets up to FY2029 for a rate that is a KPI of no branch by then.
    assert rows(target(measure=m.id, branch="national")) == []


def test_a_branchs_target_adds_a_row_outside_the_years_of_the_kpi_for_the_nation_too() -> None:
    figures = (target(measure="ended"), target(measure="ended", branch="national"))
    assert rows(*figures) == ["ended"]
    assert rows(*figures, branches=("shizuoka",)) == []


def test_an_actual_adds_no_row_outside_the_years_of_the_kpi() -> None:
    assert rows(figure(measure="ended"), figure(measure="later"), figure(measure="goal")) == []


def test_a_plan_adds_no_row() -> None:
    assert rows(figure(measure="kpi", kind="plan")) == []


def test_rows_of_no_branch_are_the_nations() -> None:
    assert rows(figure(measure="kpi", branch="national"), figure(measure="only_2024"), branches=()) == ["kpi"]


def test_a_year_is_judged_for_every_row_every_branch_and_the_nation() -> None:
    printed = book(figure(measure="kpi"), target(measure="kpi", branch="national"), documents=(document(),))
    cells = judge_year(printed, held(*EVERY), ["yamaguchi", "gunma"], 2024, [KPI, GOAL])
    assert {place: cell.state for place, cell in cells.items()} == {
        ("kpi", "yamaguchi"): "actual_only",
        ("kpi", "gunma"): "absent",
        ("kpi", "national"): "target_only",
        ("goal", "yamaguchi"): "absent",
        ("goal", "gunma"): "absent",
        ("goal", "national"): "absent",
    }


# --- results in words ------------------------------------------------------------------------------


@pytest.mark.parametrize(("stated", "met"), [("○", True), ("◎", True), ("△", False), ("×", False), (None, None)])
def test_a_result_in_words_is_judged_by_its_document_alone(stated: str | None, met: bool | None) -> None:
    cell = judged(target(None, "qualitative"), figure(None, stated=stated, status="undated"), of=TEXT)
    assert (cell.state, cell.met, cell.gap, cell.stated_met) == ("qualitative", None, None, met)
    assert not cell.disagrees
    assert (cell.on_last_year.reason, cell.to_national.reason) == ("text", "text")


@pytest.mark.parametrize(("status", "state"), [("final", "actual_only"), ("undated", "undated")])
def test_a_result_in_words_without_a_target_is_still_a_result(status: str, state: str) -> None:
    assert judged(figure(None, stated="○", status=status), of=TEXT).state == state
