"""What may be set against what, by how much it differs, and who is ahead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenpo.catalog import Measure
from kenpo.judgement import Difference, Observation, difference, difference_to_national, places, rank, with_noise
from kenpo.judgement.figures import Status
from tests.builders import book, figure, measure

D = Decimal

HIGHER = measure()
LOWER = measure(direction="lower")
COUNT = measure(unit="count")
PERSONS = measure(unit="persons")
TEXT = measure(unit="text")


def nation(value: str | None, **said: object) -> Observation:
    return figure(value, branch="national", **said)


def said(found: Difference) -> tuple[str | None, str | None]:
    return (None if found.value is None else str(found.value), found.reason)


# --- same month with same month --------------------------------------------------------------------


def test_the_same_month_is_compared_with_the_same_month() -> None:
    own, base = figure("31.4", as_of="2023-09"), nation("22.9", as_of="2023-09")
    assert difference([own], [base], HIGHER) == Difference(D("8.5"), own, base)


def test_a_final_is_compared_with_a_final() -> None:
    own, base = figure("64.7"), figure("69.6", fiscal_year=2023)
    assert difference([own], [base], HIGHER) == Difference(D("-4.9"), own, base)


def test_lower_is_better_turns_the_sign() -> None:
    assert said(difference([figure("10.6")], [figure("8.4", fiscal_year=2023)], LOWER)) == ("-2.2", None)


def test_a_difference_carries_the_larger_number_of_decimals() -> None:
    assert said(difference([figure("71.57")], [figure("70.77", fiscal_year=2023)], HIGHER)) == ("0.80", None)


def test_no_difference_is_zero_and_not_missing() -> None:
    assert said(difference([figure("15.0")], [nation("15.0")], LOWER)) == ("0.0", None)


def test_another_years_same_calendar_month_counts() -> None:
    own, base = figure("31.4", as_of="2023-09"), figure("29.9", fiscal_year=2022, as_of="2022-09")
    assert said(difference([own], [base], HIGHER)) == ("1.5", None)


def test_the_months_of_two_years_around_new_year_are_compared_by_the_calendar() -> None:
    own, base = figure("80.0", as_of="2024-01"), figure("79.0", as_of="2023-01")
    assert said(difference([own], [base], HIGHER)) == ("1.0", None)


def test_of_several_months_the_latest_both_have_is_taken() -> None:
    nine, ten, eleven = (figure(v, as_of=m) for v, m in (("7.5", "2023-09"), ("9.0", "2023-10"), ("11.0", "2023-11")))
    base = [nation("8.0", as_of="2023-10"), nation("7.0", as_of="2023-09")]
    assert difference([eleven, ten, nine], base, HIGHER) == Difference(D("1.0"), ten, base[0])


def test_a_final_year_is_taken_before_a_month_both_have() -> None:
    own = [figure("60.0"), figure("30.0", as_of="2023-09")]
    base = [nation("58.0"), nation("22.9", as_of="2023-09")]
    assert said(difference(own, base, HIGHER)) == ("2.0", None)


def test_a_month_both_have_is_taken_where_only_one_has_a_final() -> None:
    own = [figure("60.0"), figure("31.4", as_of="2023-09")]
    assert said(difference(own, [nation("22.9", as_of="2023-09")], HIGHER)) == ("8.5", None)


def test_the_base_that_speaks_is_the_base() -> None:
    speaks, beside = nation("51.68", as_of="2023-09"), nation("51.7", as_of="2023-09")
    assert difference([figure("52.0", as_of="2023-09")], [speaks, beside], HIGHER).base == speaks


SEPTEMBER: dict[str, object] = {"as_of": "2023-09"}
OCTOBER: dict[str, object] = {"as_of": "2023-10"}
FINAL: dict[str, object] = {}
UNDATED: dict[str, object] = {"status": "undated"}
DRAFT: dict[str, object] = {"status": "draft"}
EXCLUDED: dict[str, object] = {"as_of": "2023-09", "exclusion": "other_denominator"}


@pytest.mark.parametrize(
    ("own", "base", "reason"),
    [
        pytest.param(SEPTEMBER, OCTOBER, "no_common_date", id="two months"),
        pytest.param(FINAL, SEPTEMBER, "no_common_date", id="final with provisional"),
        pytest.param(SEPTEMBER, FINAL, "no_common_date", id="provisional with final"),
        pytest.param(FINAL, {"as_of": "2024-03"}, "no_common_date", id="a final year is not its March"),
        pytest.param(UNDATED, UNDATED, "undated", id="two undated"),
        pytest.param(UNDATED, FINAL, "undated", id="own undated"),
        pytest.param(FINAL, UNDATED, "undated", id="base undated"),
        pytest.param(DRAFT, FINAL, "draft", id="a draft is not set against a final"),
        pytest.param(FINAL, DRAFT, "draft", id="a draft is no base"),
        pytest.param(DRAFT, DRAFT, "draft", id="two drafts"),
        pytest.param(UNDATED, DRAFT, "undated", id="the reason of the own figure comes first"),
        pytest.param(DRAFT, UNDATED, "draft", id="so it does for a draft"),
        pytest.param(SEPTEMBER, EXCLUDED, "other_denominator", id="base on another denominator"),
        pytest.param(EXCLUDED, SEPTEMBER, "other_denominator", id="own on another denominator"),
    ],
)
def test_what_is_not_alike_is_not_subtracted(own: dict[str, object], base: dict[str, object], reason: str) -> None:
    assert said(difference([figure("9.0", **own)], [nation("24.9", **base)], HIGHER)) == (None, reason)


@pytest.mark.parametrize("beside", [UNDATED, DRAFT], ids=["undated", "draft"])
def test_a_dated_figure_beside_is_the_reason_that_counts(beside: dict[str, object]) -> None:
    # Not all figures of the side are undated or drafts: the dates do not meet.
    own = [figure("9.0", **OCTOBER), figure("9.0", **beside)]
    assert said(difference(own, [nation("24.9")], HIGHER)) == (None, "no_common_date")
    assert said(difference([figure("9.0")], [nation("24.9", **OCTOBER), nation("24.9", **beside)], HIGHER)) == (
        None,
        "no_common_date",
    )


def test_nothing_is_subtracted_from_or_against_nothing() -> None:
    assert said(difference([], [nation("24.9")], HIGHER)) == (None, "no_own")
    assert said(difference([figure("9.0")], [], HIGHER)) == (None, "no_base")


def test_texts_are_not_subtracted() -> None:
    assert said(difference([figure(None, rule="qualitative")], [], TEXT)) == (None, "text")


def test_a_target_without_a_number_is_not_subtracted() -> None:
    own = [figure(None, rule="at_least_previous_year")]
    assert difference(own, [nation("60.0", rule="at_least")], HIGHER).value is None
    assert difference([figure("58.0", rule="at_least")], own, HIGHER).value is None


def test_another_denominator_is_not_compared_though_another_month_is() -> None:
    own = [figure("9.0", as_of="2023-10"), figure("7.5", as_of="2023-09")]
    base = [nation("10.0", as_of="2023-10"), nation("24.9", **EXCLUDED)]
    assert said(difference(own, base, HIGHER)) == ("-1.0", None)


# --- against the nation ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "reason"),
    [
        ("percent", None),
        ("days", None),
        ("yen", None),
        ("count", "counts"),
        ("persons", "counts"),
        ("text", "text"),
    ],
)
def test_counts_are_not_set_against_the_nation(unit: str, reason: str | None) -> None:
    found = difference_to_national([figure("7135")], [nation("7609")], measure(unit=unit))
    assert said(found) == (None if reason else "-474", reason)


def test_counts_are_compared_with_their_own_last_year() -> None:
    assert said(difference([figure("1050")], [figure("1000", fiscal_year=2023)], COUNT)) == ("50", None)


# --- noise -----------------------------------------------------------------------------------------

RATE = measure(numerator="done", denominator="eligible")


def counted(branch: str, performed: str, of: str) -> list[Observation]:
    return [figure(performed, branch=branch, measure="done"), figure(of, branch=branch, measure="eligible")]


@pytest.mark.parametrize(
    ("performed", "noise"), [pytest.param("40", True, id="z 1.42"), pytest.param("36", False, id="z 2.00")]
)
def test_a_difference_within_the_noise_of_both_rates_is_marked(performed: str, *, noise: bool) -> None:
    own, base = figure(performed + ".0"), nation("50.0")
    held = book(own, base, *counted("yamaguchi", performed, "100"), *counted("national", "50", "100"))
    found = with_noise(difference([own], [base], RATE), held, RATE)
    assert found == Difference(D(performed + ".0") - D("50.0"), own, base, noise=noise)


def test_noise_is_unknown_where_one_side_prints_no_counts() -> None:
    own, base = figure("40.0"), nation("50.0")
    held = book(own, base, *counted("yamaguchi", "40", "100"))
    assert with_noise(difference([own], [base], RATE), held, RATE).noise is None


def test_no_difference_has_no_noise() -> None:
    none = Difference(reason="no_base")
    assert with_noise(none, book(), RATE) == none


# --- places ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param(("50.0", "50.0", "40.0"), (1, 1, 3), id="ties at the top"),
        pytest.param(("50.0", "40.0", "40.0"), (1, 2, 2), id="ties at the end"),
        pytest.param(("50.0", "50.00", "40.0"), (1, 1, 3), id="50.0 and 50.00 tie"),
        pytest.param(("40.0", "60.0", "50.0"), (3, 1, 2), id="no ties"),
        pytest.param(("9.9", "10.0", "100"), (3, 2, 1), id="as numbers, not as text"),
    ],
)
def test_ties_share_a_place_and_the_next_is_left_free(values: Sequence[str], expected: Sequence[int]) -> None:
    said_ = dict(zip("abc", map(D, values), strict=True))
    assert places(said_, HIGHER) == dict(zip("abc", expected, strict=True))


def test_the_lowest_is_first_where_lower_is_better() -> None:
    assert places({"a": D("10.6"), "b": D("8.4"), "c": D("10.6")}, LOWER) == {"a": 2, "b": 1, "c": 2}


@given(
    st.dictionaries(st.text("abcdefgh", min_size=1, max_size=3), st.decimals(0, 5, places=1), min_size=1),
    st.sampled_from([HIGHER, LOWER]),
)
def test_places_form_a_competition_ranking(values: dict[str, Decimal], m: Measure) -> None:
    found = places(values, m)
    best_first = sorted(values, key=lambda b: values[b], reverse=m.direction == "higher")
    expected = 1
    for at, branch in enumerate(best_first):
        if at and values[branch] != values[best_first[at - 1]]:
            expected = at + 1
        assert found[branch] == expected


# --- rank ------------------------------------------------------------------------------------------

Figures = Mapping[str, Sequence[Observation]]


def of(branch: str, value: str | None, **rest: object) -> list[Observation]:
    return [figure(value, branch=branch, **rest)]


def test_branches_are_ranked_by_their_finals() -> None:
    found = rank(
        {"yamaguchi": of("yamaguchi", "58.0"), "shizuoka": of("shizuoka", "64.7"), "gunma": of("gunma", "58.0")}, HIGHER
    )
    assert (found.places, found.left_out, found.size) == ({"shizuoka": 1, "yamaguchi": 2, "gunma": 2}, {}, 3)


def test_the_nation_takes_no_place() -> None:
    figures = {
        "national": of("national", "99.0"),
        "yamaguchi": of("yamaguchi", "58.0"),
        "shizuoka": of("shizuoka", "64.7"),
    }
    found = rank(figures, HIGHER)
    assert (found.places, found.left_out) == ({"shizuoka": 1, "yamaguchi": 2}, {})


@pytest.mark.parametrize(
    ("figures", "left_out"),
    [
        pytest.param({"yamaguchi": of("yamaguchi", "58.0")}, {"yamaguchi": "alone"}, id="one branch"),
        pytest.param(
            {"yamaguchi": of("yamaguchi", "58.0"), "national": of("national", "60.0")},
            {"yamaguchi": "alone"},
            id="one branch and the nation",
        ),
        pytest.param(
            {"yamaguchi": of("yamaguchi", "58.0"), "saitama": []},
            {"yamaguchi": "alone", "saitama": "no_own"},
            id="the other has none",
        ),
        pytest.param({"saitama": []}, {"saitama": "no_own"}, id="none has any"),
        pytest.param({}, {}, id="nobody"),
        pytest.param(
            {"saitama": of("saitama", "6.1", status="undated"), "yamaguchi": of("yamaguchi", "9.0")},
            {"yamaguchi": "alone", "saitama": "undated"},
            id="the other is undated",
        ),
    ],
)
def test_fewer_than_two_branches_make_no_rank_and_say_why(figures: Figures, left_out: dict[str, str]) -> None:
    found = rank(figures, HIGHER)
    assert (found.places, found.left_out, found.size) == ({}, left_out, 0)


def test_who_cannot_be_ranked_is_left_out_with_the_reason() -> None:
    figures = {
        "yamaguchi": of("yamaguchi", "31.4", **SEPTEMBER),
        "gunma": of("gunma", "30.0", **SEPTEMBER),
        "okayama": of("okayama", "40.0", **OCTOBER),
        "saitama": of("saitama", "50.0", **UNDATED),
        "shizuoka": of("shizuoka", "60.0", **EXCLUDED),
        "tokyo": [],
    }
    found = rank(figures, HIGHER)
    assert found.places == {"yamaguchi": 1, "gunma": 2}
    assert found.left_out == {
        "okayama": "no_common_date",
        "saitama": "undated",
        "shizuoka": "other_denominator",
        "tokyo": "no_own",
    }


def test_the_date_most_branches_share_is_ranked() -> None:
    figures = {
        "yamaguchi": of("yamaguchi", "31.4", **SEPTEMBER),
        "gunma": [*of("gunma", "60.0"), *of("gunma", "30.0", **SEPTEMBER)],
        "okayama": [*of("okayama", "61.0"), *of("okayama", "32.0", **SEPTEMBER)],
    }
    assert rank(figures, HIGHER).places == {"okayama": 1, "yamaguchi": 2, "gunma": 3}


def test_a_ranking_names_the_figure_each_place_rests_on() -> None:
    # October is the latest of one; both print September.
    october, september = of("yamaguchi", "9.0", **OCTOBER), of("yamaguchi", "7.5", **SEPTEMBER)
    gunma, saitama = of("gunma", "8.0", **SEPTEMBER), of("saitama", "6.1", **UNDATED)
    found = rank({"yamaguchi": [*october, *september], "gunma": gunma, "saitama": saitama}, HIGHER)
    assert found.places == {"gunma": 1, "yamaguchi": 2}
    assert found.figures == {"gunma": gunma[0], "yamaguchi": september[0]}


def test_no_rank_rests_on_no_figures() -> None:
    assert rank({"yamaguchi": of("yamaguchi", "58.0")}, HIGHER).figures == {}


def test_of_two_figures_of_one_date_the_one_that_speaks_is_ranked() -> None:
    figures = {
        "gunma": [*of("gunma", "51.68", **SEPTEMBER), *of("gunma", "51.7", **SEPTEMBER)],
        "okayama": of("okayama", "51.69", **SEPTEMBER),
    }
    assert rank(figures, HIGHER).places == {"okayama": 1, "gunma": 2}


def test_a_final_year_is_ranked_before_a_month_as_many_share() -> None:
    figures = {
        "gunma": [*of("gunma", "60.0"), *of("gunma", "32.0", **SEPTEMBER)],
        "okayama": [*of("okayama", "61.0"), *of("okayama", "30.0", **SEPTEMBER)],
    }
    assert rank(figures, HIGHER).places == {"okayama": 1, "gunma": 2}


@pytest.mark.parametrize(("later", "earlier"), [("2023-10", "2023-09"), ("2024-01", "2023-12")])
def test_a_later_month_is_ranked_before_an_earlier_as_many_share(later: str, earlier: str) -> None:
    figures = {
        "gunma": [*of("gunma", "40.0", as_of=later), *of("gunma", "32.0", as_of=earlier)],
        "okayama": [*of("okayama", "41.0", as_of=later), *of("okayama", "30.0", as_of=earlier)],
    }
    assert rank(figures, HIGHER).places == {"okayama": 1, "gunma": 2}


def test_the_same_month_of_another_year_is_not_ranked_with_it() -> None:
    figures = {"gunma": of("gunma", "30.0", as_of="2023-09"), "okayama": of("okayama", "40.0", as_of="2022-09")}
    assert rank(figures, HIGHER).places == {}


def test_drafts_rank_among_targets() -> None:
    figures = {
        "yamaguchi": of("yamaguchi", "58.0", rule="at_least"),
        "okayama": of("okayama", "60.5", rule="at_least", status="draft"),
        "gunma": of("gunma", "57.0", rule="at_least", status="draft"),
    }
    assert rank(figures, HIGHER).places == {"okayama": 1, "yamaguchi": 2, "gunma": 3}


def test_a_draft_actual_is_not_ranked_with_finals() -> None:
    figures = {
        "yamaguchi": of("yamaguchi", "9.96"),
        "gunma": of("gunma", "9.77"),
        "okayama": of("okayama", "9.50", status="draft"),
    }
    assert rank(figures, LOWER).places == {"gunma": 1, "yamaguchi": 2}


def test_draft_actuals_rank_among_themselves() -> None:
    # The premium rates of FY2024 are printed as planned only.
    figures = {
        "yamaguchi": of("yamaguchi", "10.20", status="draft"),
        "niigata": of("niigata", "9.35", status="draft"),
        "saga": of("saga", "10.42", status="draft"),
    }
    found = rank(figures, LOWER)
    assert (found.places, found.left_out) == ({"niigata": 1, "yamaguchi": 2, "saga": 3}, {})


def test_finals_are_ranked_before_as_many_drafts() -> None:
    figures = {
        "yamaguchi": [*of("yamaguchi", "10.20"), *of("yamaguchi", "10.00", status="draft")],
        "niigata": [*of("niigata", "9.55"), *of("niigata", "10.10", status="draft")],
    }
    assert rank(figures, LOWER).places == {"niigata": 1, "yamaguchi": 2}


def test_a_draft_actual_beside_finals_is_left_out_as_a_draft() -> None:
    figures = {
        "yamaguchi": of("yamaguchi", "9.96"),
        "gunma": of("gunma", "9.77"),
        "okinawa": of("okinawa", "9.50", status="draft"),
    }
    assert rank(figures, LOWER).left_out == {"okinawa": "draft"}


def test_a_final_beside_draft_actuals_of_more_branches_is_left_out() -> None:
    figures = {
        "yamaguchi": of("yamaguchi", "9.96", status="draft"),
        "gunma": of("gunma", "9.77", status="draft"),
        "okinawa": of("okinawa", "9.50"),
    }
    found = rank(figures, LOWER)
    assert (found.places, set(found.left_out)) == ({"gunma": 1, "yamaguchi": 2}, {"okinawa"})


@pytest.mark.parametrize("bound", ["highest", "lowest"])
def test_a_branch_known_only_as_the_highest_or_lowest_has_no_place(bound: str) -> None:
    figures = {
        "yamaguchi": of("yamaguchi", "58.0"),
        "shizuoka": of("shizuoka", "64.7"),
        "yamagata": of("yamagata", "80.5", bound=bound),
    }
    found = rank(figures, HIGHER)
    assert (found.places, found.left_out) == ({"shizuoka": 1, "yamaguchi": 2}, {"yamagata": "bound"})


def test_the_highest_and_the_lowest_of_47_alone_make_no_rank() -> None:
    figures = {
        "yamagata": of("yamagata", "80.5", bound="highest"),
        "kagoshima": of("kagoshima", "47.4", bound="lowest"),
        "shizuoka": of("shizuoka", "64.7"),
    }
    found = rank(figures, HIGHER)
    assert found.places == {}
    assert found.left_out == {"yamagata": "bound", "kagoshima": "bound", "shizuoka": "alone"}


def test_a_branch_that_prints_its_own_figure_beside_the_mark_is_ranked_by_it() -> None:
    figures = {
        "yamagata": [*of("yamagata", "80.5", bound="highest"), *of("yamagata", "80.4", line="9")],
        "shizuoka": of("shizuoka", "64.7"),
    }
    assert rank(figures, HIGHER).places == {"yamagata": 1, "shizuoka": 2}


@pytest.mark.parametrize("m", [HIGHER, COUNT, TEXT], ids=["rate", "count", "text"])
def test_the_nation_is_neither_placed_nor_left_out(m: Measure) -> None:
    figures = {b: of(b, "58.0") for b in ("yamaguchi", "shizuoka", "national")}
    found = rank(figures, m)
    assert "national" not in {*found.places, *found.left_out}


def test_a_target_that_is_only_relative_is_not_ranked() -> None:
    figures = {
        "yamaguchi": of("yamaguchi", "58.0", rule="at_least"),
        "shizuoka": of("shizuoka", "67.5", rule="at_least"),
        "saitama": of("saitama", None, rule="at_least_previous_year"),
    }
    found = rank(figures, HIGHER)
    assert (found.places, found.left_out) == ({"shizuoka": 1, "yamaguchi": 2}, {"saitama": "no_own"})


@pytest.mark.parametrize(
    ("m", "reason"),
    [pytest.param(COUNT, "counts", id="cases"), pytest.param(PERSONS, "counts", id="people"), (TEXT, "text")],
)
def test_counts_and_texts_have_no_rank(m: Measure, reason: str) -> None:
    figures = {"yamaguchi": of("yamaguchi", "500"), "shizuoka": of("shizuoka", "900")}
    found = rank(figures, m)
    assert (found.places, found.left_out) == ({}, {"yamaguchi": reason, "shizuoka": reason})


@pytest.mark.parametrize("status", ["final", "provisional", "undated", "draft"])
def test_a_branch_is_either_placed_or_left_out(status: Status) -> None:
    as_of = "2023-09" if status == "provisional" else None
    figures = {
        "yamaguchi": of("yamaguchi", "58.0"),
        "shizuoka": of("shizuoka", "64.7"),
        "gunma": of("gunma", "60.0", status=status, as_of=as_of),
        "national": of("national", "61.0"),
    }
    found = rank(figures, HIGHER)
    assert sorted([*found.places, *found.left_out]) == ["gunma", "shizuoka", "yamaguchi"]
