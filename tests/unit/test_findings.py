"""Contradictions of the documents: each rule on figures written by hand, then all that the documents hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenpo.catalog import Measure
from kenpo.findings import RULES, Finding, find, rounded
from kenpo.judgement import Observation
from tests import builders
from tests.builders import figure, measure
from tests.shipped import package

RATE = measure(id="rate", numerator="x", denominator="n", accrual="period")
X = measure(id="x", role="count", unit="persons", numerator=None)
N = measure(id="n", role="count", unit="persons", direction="neutral")
GROWING = measure(id="growing", role="count", unit="persons", accrual="cumulative")

OWN = builders.own_composition()

EARLIER = builders.document("0-earlier", made_on=date(2024, 11, 1))
REPLACED = builders.document("0-replaced", replaced_by="a-result")

Row = dict[str, Any]


def found(
    *figures: Observation, measures: tuple[Measure, ...] = (RATE, X, N, GROWING), **tables: list[Row]
) -> list[Finding]:
    documents = (builders.document(), builders.document("b-plan", role="plan"), EARLIER, REPLACED)
    held = builders.held(*measures, documents=documents, made_of=OWN)
    book = builders.book(*figures, documents=documents)
    return find(book, held, tables.get("months", []), tables.get("benefits", []))


def short(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(f.rule, str(f.printed), str(f.computed)) for f in findings]


# --- a rate and the counts beside it ---------------------------------------------------------------


def rate_of(rate: str, x: str, n: str, **said: Any) -> list[Finding]:
    return found(
        figure(rate, measure="rate", line="9;12", **said),
        figure(x, measure="x", line="10", **said),
        figure(n, measure="n", line="11", **said),
    )


def test_two_of_nineteen_are_no_10_6_percent() -> None:
    (finding,) = rate_of("10.6", "2", "19")
    assert short([finding]) == [("rate_and_counts", "10.6", "10.5")]
    assert [(p.line, p.printed, p.about) for p in finding.passages] == [
        ("9;12", "10.6", "rate"),
        ("10", "2", "x"),
        ("11", "19", "n"),
    ]


@pytest.mark.parametrize(
    ("rate", "x", "n"),
    [
        ("10.5", "2", "19"),
        ("11", "2", "19"),
        ("10.53", "2", "19"),
        ("12.5", "1", "8"),
        ("13", "1", "8"),
        ("0.0", "0", "7"),
    ],
)
def test_a_rate_rounded_half_up_is_right_in_any_decimals(rate: str, x: str, n: str) -> None:
    assert rate_of(rate, x, n) == []


@pytest.mark.parametrize("rate", ["12", "12.4", "12.6"])
def test_a_rate_cut_or_off_by_its_last_digit_is_found(rate: str) -> None:
    assert [f.rule for f in rate_of(rate, "1", "8")] == ["rate_and_counts"]


def test_nobody_eligible_gives_no_rate() -> None:
    assert rate_of("10.6", "2", "0") == []


@pytest.mark.parametrize(
    "other",
    [{"document": "b-plan"}, {"fiscal_year": 2023}, {"branch": "gunma"}, {"as_of": "2024-09"}, {"status": "draft"}],
    ids=str,
)
def test_only_counts_of_the_same_table_are_counts_of_the_rate(other: dict[str, Any]) -> None:
    figures = (figure("10.6", measure="rate"), figure("2", measure="x", **other), figure("19", measure="n", **other))
    assert found(*figures) == []


def test_a_target_is_held_against_the_counts_planned_for_it() -> None:
    counts = (figure("178", measure="x", kind="plan"), figure("1251", measure="n", kind="plan"))
    target = figure("14.3", measure="rate", rule="at_least")
    assert short(found(target, *counts)) == [("rate_and_counts", "14.3", "14.2")]
    # Printed again as a planned rate, it is one contradiction.
    again = found(target, figure("14.3", measure="rate", kind="plan", line="3"), *counts)
    assert [(f.rule, f.about.kind) for f in again] == [("rate_and_counts", "plan")]


def test_a_target_is_not_held_against_what_was_reached() -> None:
    target = figure("50.0", measure="rate", rule="at_least")
    assert found(target, figure("2", measure="x"), figure("19", measure="n")) == []


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 3))
def test_a_rate_computed_from_its_counts_is_never_found(x: int, n: int, places: int) -> None:
    rate = rounded(Decimal(x) / n * 100, places)
    assert [f for f in rate_of(str(rate), str(x), str(n)) if f.rule == "rate_and_counts"] == []


# --- parts and totals ------------------------------------------------------------------------------

PARTED = tuple(
    measure(id=i, role="count", unit="persons")
    for i in dict.fromkeys(i for split in OWN.sums for i in (split.whole, *split.parts))
)


def parts_of(total: str, *parts: str, **said: Any) -> list[Finding]:
    names = ("lifestyle_checkup_count", "employer_checkup_data_count")
    figures = [figure(total, measure="checkup_insured_total_count", line="425", **said)]
    figures += [figure(part, measure=name, line="423", **said) for name, part in zip(names, parts, strict=False)]
    return found(*figures, measures=PARTED)


def test_parts_that_do_not_add_up_are_found_with_every_line() -> None:
    (finding,) = parts_of("61993", "54529", "6672")
    assert short([finding]) == [("parts_and_total", "61993", "61201")]
    assert [p.line for p in finding.passages] == ["425", "423", "423"]


def test_parts_that_add_up_are_not_found() -> None:
    assert parts_of("61201", "54529", "6672") == []


def test_a_part_that_is_not_printed_leaves_the_sum_open() -> None:
    assert parts_of("61993", "54529") == []


def test_of_two_ways_to_split_a_total_the_one_printed_counts() -> None:
    names = ("guidance_insured_count", "guidance_internal_insured_count", "guidance_contracted_insured_count")
    figures = [figure(value, measure=name) for name, value in zip(names, ("10619", "3005", "7614"), strict=True)]
    assert found(*figures, measures=PARTED) == []
    figures[2] = figure("7615", measure=names[2])
    assert short(found(*figures, measures=PARTED)) == [("parts_and_total", "10619", "10620")]


def benefit(kind: str, count: int, **said: object) -> Row:
    usual: Row = {
        "branch_id": "yamaguchi",
        "fiscal_year": 2023,
        "benefit_id": kind,
        "count": count,
        "as_of": None,
        "document_id": "a-result",
        "line": "7",
        "printed": f"{count:,}",
    }
    return usual | said


def test_benefits_add_up_to_their_total_year_by_year() -> None:
    right = [benefit("one", 3), benefit("two", 4), benefit("total", 7)]
    assert found(benefits=right) == []
    wrong = [*right, *(row | {"fiscal_year": 2022} for row in (benefit("one", 3), benefit("total", 7)))]
    (finding,) = found(benefits=wrong)
    assert (finding.rule, finding.about.fiscal_year, finding.printed, finding.computed) == (
        "parts_and_total",
        2022,
        Decimal(7),
        Decimal(3),
    )


def test_a_total_alone_is_no_sum() -> None:
    assert found(benefits=[benefit("total", 7)]) == []


# --- two figures for one thing ---------------------------------------------------------------------


def test_two_values_of_one_thing_are_found() -> None:
    figures = (figure("51.9", measure="rate", line="1"), figure("51.7", measure="rate", line="2"))
    assert short(found(*figures)) == [("two_figures", "51.9", "51.7")]


def test_a_value_in_fewer_decimals_is_a_rounding_pair() -> None:
    figures = (figure("51.68", measure="rate", line="1"), figure("51.7", measure="rate", line="2"))
    (finding,) = found(*figures)
    assert short([finding]) == [("rounding", "51.7", "51.68")]
    assert finding.about.line == "2"


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        ("51.64", "51.7", "two_figures"),
        ("51.65", "51.7", "rounding"),
        ("51.74", "51.7", "rounding"),
        ("51.75", "51.7", "two_figures"),
        ("51.75", "52", "rounding"),
    ],
)
def test_only_what_rounds_to_the_other_is_a_rounding_pair(one: str, other: str, rule: str) -> None:
    figures = (figure(one, measure="rate", line="1"), figure(other, measure="rate", line="2"))
    assert [f.rule for f in found(*figures)] == [rule]


@pytest.mark.parametrize("other", ["51.70", "51.7"])
def test_the_same_value_is_no_finding(other: str) -> None:
    assert found(figure("51.7", measure="rate", line="1"), figure(other, measure="rate", line="2")) == []


@pytest.mark.parametrize(
    "other",
    [{"fiscal_year": 2023}, {"branch": "gunma"}, {"as_of": "2024-09"}, {"rule": "at_least"}, {"status": "draft"}],
    ids=str,
)
def test_figures_of_different_things_may_differ(other: dict[str, Any]) -> None:
    assert found(figure("51.9", measure="rate"), figure("51.7", measure="rate", **other)) == []


def test_a_planned_rate_that_is_not_the_target_is_found() -> None:
    figures = (figure("20.7", measure="rate", rule="at_least"), figure("20.5", measure="rate", kind="plan"))
    assert [f.rule for f in found(*figures)] == ["two_figures"]


def test_a_planned_count_is_not_a_target() -> None:
    assert found(figure("200", measure="x", rule="at_least"), figure("190", measure="x", kind="plan")) == []


# --- months ----------------------------------------------------------------------------------------


def month(name: str, value: int, **said: object) -> Row:
    usual: dict[str, object] = {"measure_id": "growing", "month": name, "document_id": "a-result"}
    return builders.month(value, **(usual | said))


def test_march_is_held_against_the_year() -> None:
    year = figure("4051", measure="growing", fiscal_year=2023, line="434")
    (finding,) = found(year, months=[month("2024-02", 3854), month("2024-03", 4317, line="396")])
    assert short([finding]) == [("months_and_year", "4317", "4051")]
    assert [(p.kind, p.line, p.as_of) for p in finding.passages] == [
        ("month", "396", "2024-03"),
        ("actual", "434", None),
    ]


def test_a_month_is_held_against_the_figure_of_the_same_month() -> None:
    september = figure("2012", measure="growing", fiscal_year=2023, as_of="2023-09")
    assert found(september, months=[month("2023-09", 2012), month("2023-10", 2398)]) == []
    assert [f.rule for f in found(september, months=[month("2023-09", 2013)])] == ["months_and_year"]


@pytest.mark.parametrize("status", ["draft", "undated"])
def test_a_month_is_not_held_against_a_figure_without_a_date(status: str) -> None:
    year = figure("4051", measure="growing", fiscal_year=2023, status=status)
    assert found(year, months=[month("2024-03", 4317)]) == []


def test_a_count_since_april_that_falls_is_found() -> None:
    (finding,) = found(months=[month("2023-06", 90, line="2"), month("2023-04", 80), month("2023-05", 100, line="1")])
    assert short([finding]) == [("falling_series", "90", "100")]
    assert [p.as_of for p in finding.passages] == ["2023-06", "2023-05"]


def test_a_count_begins_anew_with_the_year_and_may_stand_still() -> None:
    months = [month("2023-03", 116, fiscal_year=2022), month("2023-04", 4), month("2023-05", 4)]
    assert found(months=months) == []


def test_a_cumulative_figure_below_an_earlier_month_is_found() -> None:
    figures = (figure("90", measure="growing"), figure("100", measure="growing", as_of="2024-09"))
    assert short(found(*figures)) == [("falling_series", "90", "100")]


def test_a_ratio_of_the_year_to_date_may_fall() -> None:
    assert found(figure("90.0", measure="rate"), figure("95.0", measure="rate", as_of="2024-09")) == []


def test_one_month_printed_differently_by_two_documents_is_found_the_later_first() -> None:
    months = [month("2023-09", 2013, document_id="0-earlier", line="4"), month("2023-09", 2012, line="5")]
    for shuffled in (months, months[::-1]):
        (finding,) = found(months=shuffled)
        assert short([finding]) == [("two_figures", "2012", "2013")]
        assert [(p.document, p.line, p.kind) for p in finding.passages] == [
            ("a-result", "5", "month"),
            ("0-earlier", "4", "month"),
        ]


def test_one_month_printed_alike_by_two_documents_is_no_finding() -> None:
    assert found(months=[month("2023-09", 2012), month("2023-09", 2012, document_id="0-earlier")]) == []


def test_one_month_of_a_figure_printed_differently_is_found_the_later_first() -> None:
    said: dict[str, Any] = {"measure": "rate", "as_of": "2024-09"}
    figures = (figure("51.7", **said, document="0-earlier"), figure("51.9", **said))
    assert short(found(*figures)) == [("two_figures", "51.9", "51.7")]


def test_what_a_replaced_document_prints_clashes_with_nothing() -> None:
    figures = (figure("51.7", measure="rate", document="0-replaced"), figure("51.9", measure="rate"))
    months = [month("2023-09", 2013, document_id="0-replaced"), month("2023-09", 2012)]
    wrong = [benefit(kind, count, document_id="0-replaced") for kind, count in (("one", 3), ("total", 7))]
    assert found(*figures, months=months, benefits=wrong) == []


def falls(*months: Row, figures: tuple[Observation, ...] = ()) -> list[tuple[str, str]]:
    return [
        (str(f.printed), str(f.computed)) for f in found(*figures, months=list(months)) if f.rule == "falling_series"
    ]


def test_a_count_that_falls_from_one_document_to_the_next_is_found() -> None:
    earlier = [month("2023-08", 90, document_id="0-earlier"), month("2023-09", 100, document_id="0-earlier")]
    assert falls(*earlier, month("2023-10", 95)) == [("95", "100")]
    assert falls(*earlier, month("2023-10", 100)) == []


def test_along_the_months_the_later_document_speaks() -> None:
    # September stands at 94 in the later document: nothing falls along what speaks.
    months = [month("2023-09", 100, document_id="0-earlier"), month("2023-09", 94), month("2023-10", 95)]
    assert falls(*months) == []
    # Within the earlier document it falls all the same.
    assert falls(*months, month("2023-10", 99, document_id="0-earlier")) == [("99", "100")]


def test_a_month_below_a_figure_of_the_year_printed_for_before_is_found() -> None:
    september = figure("100", measure="growing", fiscal_year=2023, as_of="2023-09")
    assert falls(month("2023-10", 95), figures=(september,)) == [("95", "100")]


def test_a_fall_is_told_once() -> None:
    assert falls(month("2023-04", 80), month("2023-05", 70)) == [("70", "80")]


@pytest.mark.parametrize("direction", ["higher", "lower", "neutral"])
def test_every_cumulative_figure_can_only_grow(direction: Any) -> None:
    growing = measure(id="growing", role="count", unit="persons", accrual="cumulative", direction=direction)
    figures = (figure("90", measure="growing"), figure("100", measure="growing", as_of="2024-09"))
    assert short(found(*figures, measures=(growing,))) == [("falling_series", "90", "100")]


@given(st.lists(st.integers(0, 50), min_size=2, max_size=12))
def test_a_series_is_free_of_falls_exactly_where_it_never_falls(counted: list[int]) -> None:
    names = [f"2023-{month:02}" for month in range(4, 13)] + ["2024-01", "2024-02", "2024-03"]
    months = [month(name, value) for name, value in zip(names, counted, strict=False)]
    expected = sum(after < before for before, after in pairwise(counted))
    assert len(falls(*months)) == expected


# --- verdicts and previous years -------------------------------------------------------------------


def test_a_stated_verdict_against_the_computed_one_is_found() -> None:
    target = figure("60.0", measure="rate", rule="at_least", line="2")
    (finding,) = found(figure("50.0", measure="rate", stated="達成"), target)
    assert (finding.rule, finding.stated, finding.met, finding.printed, finding.computed) == (
        "verdict",
        "達成",
        False,
        Decimal("50.0"),
        Decimal("60.0"),
    )
    assert [p.kind for p in finding.passages] == ["actual", "target"]


@pytest.mark.parametrize("stated", ["△", "未達成", "×", None])
def test_a_stated_verdict_that_is_the_computed_one_is_not_found(stated: str | None) -> None:
    target = figure("60.0", measure="rate", rule="at_least")
    assert found(figure("50.0", measure="rate", stated=stated), target) == []


def test_an_undated_figure_is_not_judged() -> None:
    target = figure("60.0", measure="rate", rule="at_least")
    assert found(figure("50.0", measure="rate", stated="○", status="undated"), target) == []


def test_last_years_value_inside_a_target_is_held_against_last_year() -> None:
    target = figure("67.9", measure="rate", rule="at_least_previous_year")
    last = figure("68.3", measure="rate", fiscal_year=2023)
    assert short(found(target, last)) == [("previous_year", "67.9", "68.3")]
    rounding = figure("68.3", measure="rate", rule="at_least_previous_year")
    assert short(found(rounding, figure("68.34", measure="rate", fiscal_year=2023))) == [("rounding", "68.3", "68.34")]


def test_a_target_of_its_own_is_not_held_against_last_year() -> None:
    figures = (figure("67.9", measure="rate", rule="at_least"), figure("68.3", measure="rate", fiscal_year=2023))
    assert found(*figures) == []


# --- all that the documents hold -------------------------------------------------------------------


@pytest.fixture(scope="module")
def real() -> list[Finding]:
    held = package()
    return find(held.whole(), held.catalog, held.table("monthly"), held.table("benefits"))


def test_the_contradictions_of_the_documents(real: list[Finding]) -> None:
    assert [
        (f.rule, f.about.branch, f.about.fiscal_year, f.about.about, f.about.as_of, str(f.printed), str(f.computed))
        for f in real
    ] == [
        ("parts_and_total", "yamaguchi", 2023, "checkup_insured_total_count", "2023-09", "61993", "61201"),
        ("parts_and_total", "yamaguchi", 2024, "checkup_total_count", None, "139340", "139330"),
        ("parts_and_total", "yamaguchi", 2023, "guidance_insured_count", None, "10252", "10253"),
        ("parts_and_total", "yamaguchi", 2022, "guidance_total_count", None, "4195", "4197"),
        ("parts_and_total", "yamaguchi", 2021, "guidance_total_count", None, "4553", "4554"),
        ("months_and_year", "yamaguchi", 2021, "guidance_insured_count", "2022-03", "4441", "4440"),
        ("months_and_year", "yamaguchi", 2022, "guidance_insured_count", "2023-03", "4317", "4051"),
        ("months_and_year", "yamaguchi", 2021, "guidance_dependant_count", "2022-03", "116", "114"),
        ("rate_and_counts", "yamaguchi", 2022, "guidance_rate_dependant", None, "13.2", "13.4"),
        ("rate_and_counts", "yamaguchi", 2023, "checkup_total_rate", None, "67.0", "67.5"),
        ("rate_and_counts", "yamaguchi", 2022, "guidance_contracted_institution_insured_rate", None, "3.8", "3.7"),
        ("rate_and_counts", "yamaguchi", 2024, "guidance_contracted_dependant_rate", None, "14.3", "14.2"),
        ("rate_and_counts", "yamaguchi", 2022, "guidance_contracted_dependant_rate", None, "13.2", "13.3"),
        ("rate_and_counts", "yamaguchi", 2023, "guidance_contracted_dependant_rate", "2023-09", "10.2", "10.1"),
        ("rate_and_counts", "yamaguchi", 2024, "guidance_rate_dependant", None, "14.3", "14.2"),
        ("rate_and_counts", "shizuoka", 2024, "single_bid_rate", None, "10.6", "10.5"),
        ("rounding", "national", 2023, "committee_coverage_rate", "2023-09", "51.7", "51.68"),
    ]


def test_every_finding_names_at_least_two_lines_of_one_document(real: list[Finding]) -> None:
    for finding in real:
        assert len(finding.passages) >= 2
        assert len({passage.document for passage in finding.passages}) == 1
        assert all(passage.line and passage.printed for passage in finding.passages)


def test_rounding_is_the_last_kind() -> None:
    assert RULES[-1] == "rounding"
