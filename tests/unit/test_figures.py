"""What a printed figure says, and which of several speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenpo.judgement import Book, Observation, decimals, observations, precedence, reach_of
from tests.builders import book, document, figure

RESULT = document("a-result")
PLAN = document("b-plan", role="plan")
REFERENCE = document("c-reference", role="reference", branch="national")
OTHERS_RESULT = document("d-others-result", branch="shizuoka")
LATER = document("e-later-result", made_on=date(2025, 8, 1))
REPLACED = document("0-replaced-result", made_on=date(2025, 9, 1), replaced_by="a-result")
DOCUMENTS = (RESULT, PLAN, REFERENCE, OTHERS_RESULT, LATER, REPLACED)


def speaking_order(*figures: Observation) -> Sequence[Observation]:
    return book(*figures, documents=DOCUMENTS).of("yamaguchi", 2024, "a_rate", "actual")


def row(**said: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "branch_id": "yamaguchi",
        "fiscal_year": 2024,
        "measure_id": "lifestyle_checkup_rate",
        "kind": "target",
        "value": Decimal("58.000000"),
        "value_decimals": 1,
        "target_rule": "at_least",
        "as_of": None,
        "status": "final",
        "stated": None,
        "document_id": "yamaguchi-2024-plan",
        "line": "107;339",
        "printed": "58.0%以上",
        "note": None,
        "exclusion": None,
        "bound": None,
    }
    return usual | said


# --- reading ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stored", "places", "printed"),
    [
        ("58.000000", 1, "58.0"),
        ("0.310000", 3, "0.310"),
        ("70.770000", 2, "70.77"),
        ("438120.000000", 0, "438120"),
        ("100.000000", 0, "100"),
        ("0.000000", 1, "0.0"),
        ("-2.800000", 1, "-2.8"),
    ],
)
def test_a_stored_value_comes_back_with_the_decimals_it_was_printed_with(
    stored: str, places: int, printed: str
) -> None:
    (found,) = observations([row(value=Decimal(stored), value_decimals=places)])
    assert str(found.value) == printed


def test_a_relative_target_without_a_number_has_no_value() -> None:
    (found,) = observations([row(value=None, value_decimals=0, target_rule="at_least_previous_year")])
    assert found.value is None
    assert found.rule == "at_least_previous_year"


def test_every_part_of_a_row_reaches_its_place() -> None:
    (found,) = observations(
        [
            row(
                kind="actual",
                value=Decimal("6.100000"),
                target_rule=None,
                as_of="2024-09",
                status="provisional",
                stated="△",
                note="a note",
                exclusion="other_denominator",
                bound="lowest",
            )
        ]
    )
    assert found == Observation(
        branch="yamaguchi",
        fiscal_year=2024,
        measure="lifestyle_checkup_rate",
        kind="actual",
        value=Decimal("6.1"),
        rule=None,
        as_of="2024-09",
        status="provisional",
        stated="△",
        document="yamaguchi-2024-plan",
        line="107;339",
        printed="58.0%以上",
        note="a note",
        exclusion="other_denominator",
        bound="lowest",
    )


def test_a_figure_is_no_mark_on_a_range_unless_its_row_says_so() -> None:
    (found,) = observations([row()])
    assert found.bound is None


@pytest.mark.parametrize(("line", "first"), [("7", 7), ("107;339", 107), ("187;191;527", 187)])
def test_the_first_line_is_the_one_that_holds_the_figure_first(line: str, first: int) -> None:
    assert figure(line=line).first_line == first


def test_a_line_longer_than_any_number_python_reads_is_beyond_the_end_of_every_document() -> None:
    endless = figure(line=f"{'9' * 5000};1")
    assert endless.first_line == 10**9
    assert sorted([endless, figure(line="999999999")], key=lambda o: o.first_line)[-1] is endless


@pytest.mark.parametrize(("as_of", "month"), [(None, None), ("2023-09", 9), ("2024-03", 3), ("2023-12", 12)])
def test_the_month_is_the_calendar_month_of_the_as_of(as_of: str | None, month: int | None) -> None:
    assert figure(as_of=as_of).month == month


def test_the_number_of_a_figure_that_prints_none_is_an_error_that_names_the_place() -> None:
    with pytest.raises(ValueError, match="a-result line 12"):
        _ = figure(None, rule="qualitative", line="12").number


@pytest.mark.parametrize(
    ("value", "places"),
    [(None, 0), ("100", 0), ("58.0", 1), ("71.57", 2), ("0.310", 3), ("-2.80", 2), ("0", 0), ("1E+2", 0)],
)
def test_decimals_counts_the_digits_printed_behind_the_point(value: str | None, places: int) -> None:
    assert decimals(None if value is None else Decimal(value)) == places


# --- which of two figures speaks -------------------------------------------------------------------

FINAL = figure("1.0")
NINE = figure("1.0", as_of="2024-09")
TEN = figure("1.0", as_of="2024-10")
JANUARY = figure("1.0", as_of="2025-01")
UNDATED = figure("1.0", status="undated")
DRAFT = figure("1.0", status="draft")


@pytest.mark.parametrize(
    ("speaks", "stands_beside"),
    [
        pytest.param(FINAL, NINE, id="final before provisional"),
        pytest.param(NINE, UNDATED, id="provisional before undated"),
        pytest.param(UNDATED, DRAFT, id="undated before draft"),
        pytest.param(FINAL, DRAFT, id="final before draft"),
        pytest.param(TEN, NINE, id="the later month"),
        pytest.param(JANUARY, TEN, id="January is later than October"),
        pytest.param(FINAL, replace(FINAL, document="b-plan"), id="result before plan"),
        pytest.param(FINAL, replace(FINAL, document="d-others-result"), id="own document before another's"),
        pytest.param(replace(FINAL, value=Decimal("1.00"), line="9"), FINAL, id="more decimals"),
        pytest.param(replace(FINAL, line="9"), replace(FINAL, line="10;2"), id="lower first line, read as a number"),
        pytest.param(replace(FINAL, document="b-plan"), NINE, id="the status comes before the role of the document"),
        pytest.param(replace(TEN, document="b-plan"), NINE, id="the month comes before the role of the document"),
        pytest.param(
            replace(FINAL, document="d-others-result"),
            replace(FINAL, document="b-plan"),
            id="another's result before the own plan",
        ),
        pytest.param(
            FINAL, replace(FINAL, document="d-others-result", value=Decimal("1.00")), id="own document before decimals"
        ),
        pytest.param(replace(FINAL, document="e-later-result"), FINAL, id="the later document, not the alphabet"),
        pytest.param(
            replace(FINAL, document="e-later-result"),
            replace(FINAL, value=Decimal("1.00")),
            id="the later document before decimals",
        ),
        pytest.param(
            replace(TEN, document="e-later-result"), replace(TEN, line="1"), id="the later document for one month"
        ),
        pytest.param(FINAL, replace(FINAL, document="0-replaced-result"), id="a replaced document comes last"),
        pytest.param(
            NINE, replace(FINAL, document="0-replaced-result"), id="a replaced document comes last even with its finals"
        ),
        pytest.param(
            replace(FINAL, document="b-plan"),
            replace(FINAL, document="0-replaced-result"),
            id="any role before replaced",
        ),
    ],
)
def test_of_two_figures_for_one_thing_one_speaks(speaks: Observation, stands_beside: Observation) -> None:
    assert list(speaking_order(stands_beside, speaks)) == [speaks, stands_beside]
    assert list(speaking_order(speaks, stands_beside)) == [speaks, stands_beside]


def test_another_branchs_reference_stands_before_the_own_plan() -> None:
    plan, reference = replace(FINAL, document="b-plan"), replace(FINAL, document="c-reference")
    assert list(speaking_order(plan, reference)) == [reference, plan]


@given(st.permutations([FINAL, JANUARY, TEN, NINE, UNDATED, DRAFT]))
def test_the_order_in_which_figures_are_read_does_not_matter(shuffled: list[Observation]) -> None:
    assert list(speaking_order(*shuffled)) == [FINAL, JANUARY, TEN, NINE, UNDATED, DRAFT]


def test_precedence_of_a_document_nobody_knows_is_an_error() -> None:
    with pytest.raises(KeyError, match="nowhere"):
        precedence(figure(document="nowhere"), {RESULT.id: RESULT})


# --- by place --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "elsewhere",
    [
        pytest.param(figure(branch="shizuoka"), id="another branch"),
        pytest.param(figure(fiscal_year=2023), id="another year"),
        pytest.param(figure(measure="b_rate"), id="another measure"),
        pytest.param(figure(kind="plan"), id="a plan"),
        pytest.param(figure(rule="at_least"), id="a target"),
    ],
)
def test_a_place_holds_only_its_own_figures(elsewhere: Observation) -> None:
    here = figure()
    assert list(book(elsewhere, here).of("yamaguchi", 2024, "a_rate", "actual")) == [here]


def test_a_place_without_figures_is_empty() -> None:
    assert list(book().of("yamaguchi", 2024, "a_rate", "actual")) == []


def test_a_book_loses_no_figure() -> None:
    printed = [figure(), figure("51.0", line="2"), figure(rule="at_least"), figure(branch="national", fiscal_year=2023)]
    assert sorted(Book(printed, {RESULT.id: RESULT}).figures(), key=repr) == sorted(printed, key=repr)


# --- closed years ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last_years", "closed"),
    [
        pytest.param({"yamaguchi": 2025}, True, id="a later year is on record"),
        pytest.param({"yamaguchi": 2024}, False, id="its own last year"),
        pytest.param({"yamaguchi": 2023}, False, id="an earlier year"),
        pytest.param({"shizuoka": 2029}, False, id="another branch"),
        pytest.param({}, False, id="nobody"),
        pytest.param(None, False, id="not said"),
    ],
)
def test_a_year_is_closed_by_a_later_year_of_the_branch(last_years: dict[str, int] | None, *, closed: bool) -> None:
    assert book(last_years=last_years).closed("yamaguchi", 2024) is closed


@pytest.mark.parametrize(
    ("last_years", "closed"),
    [
        pytest.param({"yamaguchi": 2024, "gunma": 2025}, True, id="a branch has gone on"),
        pytest.param({"yamaguchi": 2024, "saitama": 2023}, False, id="no branch has"),
        pytest.param({}, False, id="nobody"),
    ],
)
def test_a_year_of_the_nation_is_closed_by_a_later_year_of_any_branch(
    last_years: dict[str, int], *, closed: bool
) -> None:
    assert book(last_years=last_years).closed("national", 2024) is closed


def test_a_target_far_ahead_closes_nothing() -> None:
    # Yamaguchi prints a goal for 2029 in its plan of 2024.
    ahead = book(figure(rule="at_most", fiscal_year=2029), last_years={"yamaguchi": 2024})
    assert not ahead.closed("yamaguchi", 2024)


# --- how far into a year its documents see ----------------------------------------------------------

SEEN = reach_of(
    [
        {"branch_id": "yamaguchi", "fiscal_year": 2023, "document_id": "a-plan", "month": "2023-11", "closed": False},
        {"branch_id": "yamaguchi", "fiscal_year": 2023, "document_id": "a-result", "month": None, "closed": True},
    ]
)


def test_finals_of_any_document_close_a_year_and_only_its_own_document_is_written_after_it() -> None:
    held = book(reach=SEEN)
    assert (held.closed("yamaguchi", 2023), held.closed("yamaguchi", 2024), held.closed("gunma", 2023)) == (
        True,
        False,
        False,
    )
    assert (held.closed_by("a-result", "yamaguchi", 2023), held.closed_by("a-plan", "yamaguchi", 2023)) == (True, False)
    assert not held.closed_by("another", "yamaguchi", 2023)


def test_a_document_without_a_month_of_its_own_leaves_the_latest_on_record() -> None:
    held = book(reach=SEEN)
    assert [held.as_of(d, "yamaguchi", 2023) for d in ("a-plan", "a-result", "another")] == ["2023-11"] * 3
    assert held.as_of("a-plan", "yamaguchi", 2024) is None
