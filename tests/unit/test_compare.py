"""Compare on the figures of the documents: who is ranked, against what, and what is asked when nothing is chosen."""

from __future__ import annotations

import pytest

from kenpo import compare, judgement
from kenpo.selection import Base, Mode, Show
from tests import builders
from tests.comparisons import (
    ASKED,
    BASES,
    GUIDANCE,
    LIFESTYLE,
    OFFICES,
    PREMIUM,
    against,
    book,
    each_kind,
    each_question,
    each_way,
    found,
    own,
    row,
)
from tests.shipped import package

# --- one branch with an actual: Shizuoka FY2024, lifestyle checkups --------------------------------


def test_rows_stand_by_value_then_by_target_then_the_rest() -> None:
    rows = found(LIFESTYLE, 2024).rows
    assert [r.branch for r in rows] == ["shizuoka", "national", "gunma", "yamaguchi", "okayama", "saitama"]
    assert [str(r.value) for r in rows[:3]] == ["64.7", "58.4", "None"]


def test_one_actual_has_no_rank() -> None:
    one = found(LIFESTYLE, 2024)
    assert (one.ranking.places, one.ranked) == ({}, [])
    assert one.ranking.left_out["shizuoka"] == "alone"
    assert {r.rank for r in one.rows} == {None}


def test_the_ends_of_the_range_are_marks_and_no_rows() -> None:
    one = found(LIFESTYLE, 2024)
    assert one.lowest is not None
    assert one.highest is not None
    assert (one.lowest.branch, str(one.lowest.value)) == ("kagoshima", "47.4")
    assert (one.highest.branch, str(one.highest.value)) == ("yamagata", "80.5")
    assert one.of("kagoshima") is None
    assert one.of("yamagata") is None


@pytest.mark.parametrize(
    ("branch", "last_final", "ambition"),
    [
        ("shizuoka", "69.6", "-2.1"),
        ("national", "56.4", "5.3"),
        # The final of FY2022; that of FY2023 is not on record.
        ("yamaguchi", "58.0", "0.0"),
        ("gunma", None, None),
        ("okayama", None, None),
    ],
)
def test_the_ambition_is_the_target_over_the_last_final_actual(
    branch: str, last_final: str | None, ambition: str | None
) -> None:
    of = row(found(LIFESTYLE, 2024), branch)
    last = of.last_final
    assert (None if last is None else str(last.value)) == last_final
    assert (None if of.ambition is None else str(of.ambition)) == ambition


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("target", {"shizuoka": "-2.8", "national": "-3.3", "gunma": "no_own", "yamaguchi": "no_own"}),
        ("national", {"shizuoka": "6.3", "national": "itself", "gunma": "no_own", "yamaguchi": "no_own"}),
        # The nation's FY2023 is on record inside the year only.
        ("last_year", {"shizuoka": "-4.9", "national": "no_common_date", "gunma": "no_own", "yamaguchi": "no_own"}),
        ("best", {"shizuoka": "no_base", "national": "no_base"}),
    ],
)
def test_an_actual_is_set_against_the_chosen_base(base: Base, expected: dict[str, str]) -> None:
    assert against(found(LIFESTYLE, 2024, base=base)).items() >= expected.items()


# --- targets ---------------------------------------------------------------------------------------


def test_targets_rank_where_only_plans_exist() -> None:
    aims = found(LIFESTYLE, 2024, show="target")
    assert aims.ranking.places == {"shizuoka": 1, "gunma": 2, "yamaguchi": 3}
    assert [(r.branch, str(r.value), r.rank) for r in aims.rows[:4]] == [
        ("shizuoka", "67.5", 1),
        ("national", "61.7", None),
        ("gunma", "61.2", 2),
        ("yamaguchi", "58.0", 3),
    ]


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        # Against `target` a target stands over the last final actual.
        ("target", {"shizuoka": "-2.1", "national": "5.3", "gunma": "no_base", "yamaguchi": "0.0"}),
        ("national", {"shizuoka": "5.8", "national": "itself", "gunma": "-0.5", "yamaguchi": "-3.7"}),
        ("last_year", {"shizuoka": "no_base", "national": "-2.2", "gunma": "no_base", "yamaguchi": "-1.2"}),
        ("best", {"shizuoka": "itself", "national": "-5.8", "gunma": "-6.3", "yamaguchi": "-9.5"}),
    ],
)
def test_a_target_is_set_against_the_chosen_base(base: Base, expected: dict[str, str]) -> None:
    found_ = against(found(LIFESTYLE, 2024, show="target", base=base))
    assert found_ == expected | {"okayama": "no_own", "saitama": "no_own"}


def test_a_draft_target_ranks_with_adopted_ones() -> None:
    aims = found(LIFESTYLE, 2021, show="target")
    assert aims.ranking.places == {"okayama": 1, "yamaguchi": 2}
    assert row(aims, "okayama").figure is not None


# --- undated ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("base", BASES)
def test_an_undated_actual_is_subtracted_from_nothing(base: Base) -> None:
    assert row(found(GUIDANCE, 2023, base=base), "saitama").against.value is None


# --- known only as the lowest of 47 ----------------------------------------------------------------


def test_a_mark_on_the_range_is_no_last_final_actual() -> None:
    m = builders.measure()
    figures = (
        builders.figure("50.0", rule="at_least"),
        builders.figure("9.8", fiscal_year=2023, bound="lowest"),
        builders.figure("45.0", fiscal_year=2022),
    )
    of = row(own(m, *figures), "yamaguchi")
    assert of.last_final is not None
    assert (of.last_final.fiscal_year, str(of.ambition)) == (2022, "5.0")


# --- counts and texts ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("target", {"shizuoka": "43", "national": "5343"}),
        # The only value of the year before is on the definition before.
        ("last_year", {"shizuoka": "other_definition"}),
        ("national", {"shizuoka": "counts", "national": "itself"}),
        ("best", {"shizuoka": "counts", "national": "counts"}),
    ],
)
def test_counts_are_set_against_their_own_target_and_last_year_alone(base: Base, expected: dict[str, str]) -> None:
    assert against(found(OFFICES, 2024, base=base)).items() >= expected.items()


@pytest.mark.parametrize("base", ["national", "best"])
def test_targets_of_counts_are_not_set_against_another_size(base: Base) -> None:
    reasons = against(found(OFFICES, 2024, show="target", base=base))
    assert {reasons[b] for b in ("shizuoka", "gunma", "yamaguchi")} == {"counts"}


# --- ranked actuals: card recovery FY2022 ----------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("target", {"yamaguchi": "-0.74", "national": "no_base", "saitama": "no_base"}),
        ("national", {"yamaguchi": "5.79", "national": "itself", "saitama": "-0.89"}),
        ("last_year", {"yamaguchi": "-0.74", "national": "no_base", "saitama": "no_base"}),
        ("best", {"yamaguchi": "itself", "national": "-5.79", "saitama": "-6.68"}),
    ],
)
def test_a_ranked_actual_is_set_against_the_chosen_base(base: Base, expected: dict[str, str]) -> None:
    assert against(found("card_recovery_rate", 2022, base=base)).items() >= expected.items()


# --- 47 branches: premium rates --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("branch", "rate", "place"),
    [
        ("okinawa", "9.44", 1),
        ("niigata", "9.55", 2),
        ("iwate", "9.62", 3),
        ("fukushima", "9.62", 3),
        ("toyama", "9.65", 5),
        ("saitama", "9.76", 9),
        ("gunma", "9.77", 10),
        ("shizuoka", "9.80", 12),
        ("gifu", "9.93", 19),
        ("tottori", "9.93", 19),
        ("shimane", "9.94", 21),
        ("kyoto", "10.03", 28),
        ("aichi", "10.03", 28),
        ("miyazaki", "10.09", 30),
        ("okayama", "10.17", 35),
        ("hokkaido", "10.31", 41),
        ("fukuoka", "10.31", 41),
        ("kagoshima", "10.31", 41),
        ("yamaguchi", "10.36", 44),
        ("nagasaki", "10.41", 45),
        ("tokushima", "10.47", 46),
        ("saga", "10.78", 47),
    ],
)
def test_the_lowest_premium_rate_is_first_of_47(branch: str, rate: str, place: int) -> None:
    one = found(PREMIUM, 2025)
    of = row(one, branch)
    assert (str(of.value), of.rank, one.ranking.size) == (rate, place, 47)


def test_the_nation_stands_beside_47_without_a_place() -> None:
    one = found(PREMIUM, 2025)
    assert len(one.rows) == 48
    assert (str(row(one, "national").value), row(one, "national").rank) == ("10.0", None)


@pytest.mark.parametrize(
    ("fiscal_year", "base", "branch", "expected"),
    [
        (2025, "national", "yamaguchi", "-0.36"),
        (2025, "national", "okinawa", "0.56"),
        (2025, "best", "yamaguchi", "-0.92"),
        (2025, "best", "okinawa", "itself"),
        # FY2024 is on record as planned only.
        (2025, "last_year", "yamaguchi", "draft"),
        (2026, "last_year", "yamaguchi", "0.21"),
        (2026, "national", "yamaguchi", "-0.25"),
        (2023, "national", "yamaguchi", "no_base"),
        (2025, "target", "yamaguchi", "no_base"),
    ],
)
def test_a_premium_rate_is_set_against_the_chosen_base(
    fiscal_year: int, base: Base, branch: str, expected: str
) -> None:
    assert against(found(PREMIUM, fiscal_year, base=base))[branch] == expected


def test_47_drafts_rank_among_themselves() -> None:
    one = found(PREMIUM, 2024)
    assert one.ranking.size == 47
    assert {b: one.ranking.places[b] for b in ("niigata", "aomori", "okinawa", "yamaguchi", "saga")} == {
        "niigata": 1,
        "aomori": 2,
        "okinawa": 3,
        "yamaguchi": 39,
        "saga": 47,
    }
    assert {r.figure.status for r in one.rows if r.figure} == {"draft"}


@pytest.mark.parametrize("base", ["national", "last_year", "best"])
def test_drafts_are_subtracted_from_nothing(base: Base) -> None:
    assert row(found(PREMIUM, 2024, base=base), "yamaguchi").against.value is None


def test_more_than_twelve_branches_are_drawn_as_columns() -> None:
    assert found(PREMIUM, 2025).many
    assert not found(LIFESTYLE, 2024).many


# --- the latest of each branch ---------------------------------------------------------------------


def test_the_latest_target_of_each_branch() -> None:
    aims = found(LIFESTYLE, 2024, show="target", mode="latest")
    assert {r.branch: (r.cell.fiscal_year, str(r.value)) for r in aims.rows} == {
        "gunma": (2025, "62.2"),
        "shizuoka": (2024, "67.5"),
        "yamaguchi": (2024, "58.0"),
        "saitama": (2023, "53.8"),
        "okayama": (2021, "60.3"),
        "national": (2024, "61.7"),
    }


def test_a_mark_on_the_range_is_not_the_latest_of_a_branch() -> None:
    saitama = row(found(GUIDANCE, 2024, mode="latest"), "saitama")
    assert (saitama.cell.fiscal_year, str(saitama.value)) == (2023, "6.1")


# --- figures of our own, where the documents have no such case -------------------------------------


def test_the_figure_beside_a_rank_is_the_one_that_is_ranked() -> None:
    # Both print September; what one prints of October is not set against it.
    m = builders.measure()
    one = own(
        m,
        builders.figure("9.0", as_of="2024-10"),
        builders.figure("7.5", as_of="2024-09"),
        builders.figure("8.0", as_of="2024-09", branch="gunma"),
    )
    assert one.ranking.places == {"gunma": 1, "yamaguchi": 2}
    assert [(r.branch, str(r.value)) for r in one.ranked] == [("gunma", "8.0"), ("yamaguchi", "7.5")]


def test_the_target_beside_a_rank_is_the_one_that_is_ranked() -> None:
    # The adopted target is last year's 50.0; the draft beside it asks for 60.0.
    m = builders.measure()
    one = own(
        m,
        builders.figure(None, rule="at_least_previous_year"),
        builders.figure("60.0", rule="at_least", status="draft"),
        builders.figure("50.0", fiscal_year=2023),
        builders.figure("55.0", rule="at_least", branch="gunma"),
        show="target",
    )
    values = {r.branch: r.value for r in one.ranked if r.value is not None}
    assert judgement.places(values, m) == one.ranking.places


def test_a_final_on_another_denominator_is_no_base_of_an_ambition() -> None:
    m = builders.measure()
    of = row(
        own(
            m,
            builders.figure("50.0", rule="at_least"),
            builders.figure("24.9", fiscal_year=2023, exclusion="other_denominator"),
            builders.figure("45.0", fiscal_year=2022),
        ),
        "yamaguchi",
    )
    assert str(of.ambition) == "5.0"


def test_the_second_of_two_leaders_is_level_with_the_first() -> None:
    m = builders.measure()
    one = own(m, builders.figure("50.0"), builders.figure("50.0", branch="gunma"), base="best")
    assert one.ranking.places == {"gunma": 1, "yamaguchi": 1}
    assert sorted(str(value) for value in against(one).values()) == ["0.0", "itself", "no_own"]


def test_a_relative_target_is_shown_by_what_it_stands_for() -> None:
    m = builders.measure()
    one = own(
        m,
        builders.figure(None, rule="at_least_previous_year"),
        builders.figure("50.0", fiscal_year=2023),
        show="target",
    )
    assert str(row(one, "yamaguchi").value) == "50.0"


# --- every question --------------------------------------------------------------------------------


@each_question
def test_differences_and_ranks_of_actuals_never_mix_dates(measure: str, fiscal_year: int) -> None:
    for base in ("national", "last_year", "best"):
        for r in found(measure, fiscal_year, base=base).rows:
            if r.against.value is not None and r.against.own and r.against.base:
                assert (r.against.own.status, r.against.own.month) == (r.against.base.status, r.against.base.month)
                assert r.against.own.status in ("final", "provisional")


@each_question
@each_kind
def test_places_follow_the_values_shown_beside_them(measure: str, fiscal_year: int, show: Show) -> None:
    one = found(measure, fiscal_year, show=show)
    shown = [(r.rank, r.value * one.question.measure.sign) for r in one.ranked if r.value is not None and r.rank]
    assert len(shown) == len(one.ranked)
    assert all((a < b) == (x > y) for a, x in shown for b, y in shown)


# --- sources ---------------------------------------------------------------------------------------


@each_question
@each_kind
@each_way
def test_every_figure_of_a_row_is_among_the_sources_once(
    measure: str, fiscal_year: int, show: Show, mode: Mode
) -> None:
    for base in BASES:
        one = found(measure, fiscal_year, show=show, base=base, mode=mode)
        sources = compare.figures(one)
        assert len(set(sources)) == len(sources)
        for r in one.rows:
            assert {o for o in (r.figure, r.cell.actual, r.cell.target, r.last_final) if o} <= set(sources)
        assert {o for o in (one.lowest, one.highest) if o} <= set(sources)


@each_kind
@each_way
@pytest.mark.parametrize("base", BASES)
def test_both_sides_of_every_difference_are_among_the_sources(show: Show, base: Base, mode: Mode) -> None:
    missing = set()
    for measure, fiscal_year in ASKED:
        one = found(measure, fiscal_year, show=show, base=base, mode=mode)
        sides = {o for r in one.rows if r.against.value is not None for o in (r.against.own, r.against.base) if o}
        missing |= {(o.branch, o.fiscal_year, o.measure, o.kind, o.printed) for o in sides - set(compare.figures(one))}
    assert missing == set()


def test_a_figure_on_another_definition_is_among_the_sources() -> None:
    sources = compare.figures(found("debt_recovery_rate_post_loss", 2023))
    assert ("yamaguchi", "57.34%") in {(o.branch, o.printed) for o in sources}


@pytest.mark.parametrize(("own_branch", "at"), [("yamaguchi", 3), (None, 0), ("tokyo", 0)])
def test_the_row_of_the_own_branch_is_shown_first(own_branch: str | None, at: int) -> None:
    assert compare.own_row(found(LIFESTYLE, 2024, own=own_branch)) == at


# --- what is asked when nothing is chosen ----------------------------------------------------------


@pytest.mark.parametrize(
    ("measure", "years", "default"),
    [
        (LIFESTYLE, [2025, 2024, 2023, 2022, 2021, 2020], 2024),
        (PREMIUM, list(range(2026, 2016, -1)), 2026),
        # Only as a goal, and its starting value.
        ("systolic_bp_mean", [2029, 2022], 2022),
        ("counter_reception_rate", [2025], 2025),
        # Saitama alone prints a figure inside the year.
        ("judo_frequent_claim_rate", [2023, 2021, 2020], 2023),
        # The nation alone.
        ("my_number_card_usage_rate", [], 2024),
    ],
)
def test_years_are_those_of_the_branches_and_the_default_the_latest_with_a_final(
    measure: str, years: list[int], default: int | None
) -> None:
    m = package().catalog.measures[measure]
    assert (compare.years_of(book(measure), m), compare.default_year(book(measure), m)) == (years, default)


def test_the_ends_of_a_range_make_no_year() -> None:
    bound = builders.figure("80.5", bound="highest")
    held = builders.book(bound, builders.figure("50.0", fiscal_year=2022))
    m = builders.measure()
    assert (compare.years_of(held, m), compare.default_year(held, m)) == ([2022], 2022)


@pytest.mark.parametrize(
    ("measure", "fiscal_year", "branches"),
    [
        (LIFESTYLE, 2024, ["gunma", "saitama", "shizuoka", "okayama", "yamaguchi"]),
        (GUIDANCE, 2024, ["gunma", "saitama", "shizuoka", "okayama", "yamaguchi"]),
        (PREMIUM, 2016, ["gunma", "saitama", "shizuoka", "okayama", "yamaguchi"]),
    ],
)
def test_branches_with_documents_are_compared_in_the_order_of_their_codes(
    measure: str, fiscal_year: int, branches: list[str]
) -> None:
    held, coverage = package().catalog, package().coverage
    assert compare.candidates(book(measure), held.measures[measure], fiscal_year, coverage, held.branches) == branches


def test_every_branch_with_a_figure_of_its_own_is_compared() -> None:
    held, coverage = package().catalog, package().coverage
    branches = compare.candidates(book(PREMIUM), held.measures[PREMIUM], 2025, coverage, held.branches)
    assert branches == [b for b in held.branches if b != "national"]


def test_a_comparison_reads_the_counts_behind_a_rate_and_the_other_definition() -> None:
    held = package().catalog
    ten, three = held.measures["visit_rate_10m"], held.measures["visit_rate_3m"]
    assert compare.measures_of(ten, three) == [
        "visit_rate_10m",
        "visit_10m_count",
        "visit_first_recommendation_count",
        "visit_rate_3m",
    ]
    assert compare.measures_of(held.measures["premium_rate"], None) == ["premium_rate"]
