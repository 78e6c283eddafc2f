"""The premium rate taken apart: figures of the papers worked by hand, and steps that always add up."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenpo import premium
from kenpo.catalog import NATIONAL
from kenpo.premium import Apart, Waterfall
from tests import official

D = Decimal
PRINTED = premium.breakdowns(official.rows("premium_breakdown.csv"))
PAID = {(row["branch_id"], row["fiscal_year"]): row["value"] for row in official.rows("observations_premium_rate.csv")}
HELD_BACK = {
    "aomori": ("9.86", "9.85"),
    "akita": ("10.02", "10.01"),
    "yamagata": ("9.79", "9.75"),
    "tochigi": ("9.83", "9.82"),
    "kanagawa": ("9.96", "9.92"),
    "shimane": ("10.08", "9.94"),
    "okinawa": ("9.61", "9.44"),
}


def apart(branch: str, fiscal_year: int) -> Apart:
    found = premium.take_apart(PRINTED, branch, fiscal_year, PAID.get((branch, fiscal_year)))
    assert isinstance(found, Apart), found
    return found


def steps(found: Waterfall | None) -> list[tuple[str, str]]:
    assert found is not None
    return [(step.name, str(step.change)) for step in found.steps]


def test_yamaguchi_from_the_nation() -> None:
    # 5.83 − 5.35 = 0.48; 9.90 + 0.48 − 0.17 − 0.09 + 0.03 + 0.01 = 10.16, printed 10.15.
    found = premium.against_nation(apart("yamaguchi", 2026), apart(NATIONAL, 2026))
    assert steps(found) == [
        ("before_adjustment", "0.48"),
        ("age_adjustment", "-0.17"),
        ("income_adjustment", "-0.09"),
        ("settlement", "0.03"),
        ("incentive", "0.01"),
        ("remainder", "-0.01"),
    ]
    assert found is not None
    assert (found.start, found.end, found.difference) == (D("9.90"), D("10.15"), D("0.25"))
    assert [str(step.start) for step in found.steps] == ["9.90", "10.38", "10.21", "10.12", "10.15", "10.16"]
    assert (found.steps[0].base, found.steps[0].own) == (D("5.35"), D("5.83"))
    assert premium.regional_difference(apart("yamaguchi", 2026), apart(NATIONAL, 2026)) == D("0.22")


def test_yamaguchi_from_the_year_before() -> None:
    found = premium.against_year_before(apart("yamaguchi", 2026), apart("yamaguchi", 2025))
    assert steps(found) == [
        ("adjusted", "0.01"),
        ("common", "-0.10"),
        ("settlement", "-0.11"),
        ("incentive", "0.000"),
        ("remainder", "-0.010"),
    ]
    assert found is not None
    assert (found.start, found.end) == (D("10.36"), D("10.15"))
    assert [(step.base, step.own) for step in found.steps[:3]] == [
        (D("5.56"), D("5.57")),
        (D("4.65"), D("4.55")),
        (D("0.14"), D("0.03")),
    ]


def test_the_change_under_the_official_names() -> None:
    found = premium.official_parts(
        apart("yamaguchi", 2026), apart("yamaguchi", 2025), apart(NATIONAL, 2026), apart(NATIONAL, 2025)
    )
    # 0.22 − 0.21, 0.03 − 0.14, 0.01 − 0.010, 9.90 − 10.00; 10.15 − 10.36 = −0.21.
    assert found == {
        "adjusted": D("0.01"),
        "settlement": D("-0.11"),
        "incentive": D("0.000"),
        "average_rate": D("-0.10"),
        "remainder": D("-0.010"),
    }


def test_where_the_nations_cost_moved_the_official_difference_is_another() -> None:
    # FY2025: 山口 5.46 → 5.56, the nation 5.40 → 5.35, the common rate 4.60 → 4.65, the average rate 10.00 in both.
    own, before = apart("yamaguchi", 2025), apart("yamaguchi", 2024)
    parts = premium.official_parts(own, before, apart(NATIONAL, 2025), apart(NATIONAL, 2024))
    assert parts is not None
    waterfall = dict(steps(premium.against_year_before(own, before)))
    assert (parts["average_rate"], D(waterfall["common"])) == (D("0.00"), D("0.05"))
    assert parts["adjusted"] - D(waterfall["adjusted"]) == D("0.05")
    assert parts["remainder"] == D(waterfall["remainder"])


@pytest.mark.parametrize("branch", HELD_BACK)
def test_a_rate_held_back(branch: str) -> None:
    rate, paid = HELD_BACK[branch]
    found = apart(branch, 2026)
    assert (found.rate, found.held_back_rate, found.paid) == (D(rate), D(paid), D(paid))
    # It is held at the rate of the year before.
    assert PAID[branch, 2025] == D(paid)
    waterfall = premium.against_nation(found, apart(NATIONAL, 2026))
    assert steps(waterfall)[-1] == ("special_measure", str(D(paid) - D(rate)))
    assert waterfall is not None
    assert waterfall.end == D(paid)


def test_only_those_seven_are_held_back() -> None:
    found = {place for place in PRINTED if apart(*place).held_back_rate is not None}
    assert found == {(branch, 2026) for branch in HELD_BACK}
    assert "special_measure" not in dict(steps(premium.against_nation(apart("oita", 2026), apart(NATIONAL, 2026))))


def test_what_held_a_rate_back_ends_with_it() -> None:
    # Held at 9.44 though 9.61; the next year the parts make 9.70 and nothing is held back.
    now = apart("okinawa", 2026)
    later = Apart(
        "okinawa", 2027, D("9.70"), adjusted=D("5.20"), common=D("4.55"), settlement=D(0), incentive=D("-0.05")
    )
    assert steps(premium.against_year_before(later, now)) == [
        ("adjusted", "0.09"),
        ("common", "0.00"),
        ("settlement", "0.01"),
        ("incentive", "-0.02"),
        ("remainder", "0.01"),
        ("special_measure", "0.17"),
    ]
    # The official parts are those of the rates without it: 9.70 − 9.61.
    nation = apart(NATIONAL, 2026)
    parts = premium.official_parts(later, now, nation, nation)
    assert parts is not None
    assert sum(parts.values(), D(0)) == D("0.09")


@pytest.mark.parametrize(
    ("fiscal_year", "common"),
    [
        (2020, "4.73"),
        (2021, "4.71"),
        (2022, "4.71"),
        (2023, "4.64"),
        (2024, "4.60"),
        (2025, "4.65"),
        (2026, "4.55"),
    ],
)
def test_the_common_rate_is_the_printed_one(fiscal_year: int, common: str) -> None:
    assert apart("oita", fiscal_year).common == D(common)
    assert apart(NATIONAL, fiscal_year).remainder == 0


@pytest.mark.parametrize("fiscal_year", range(2020, 2026))
def test_settlement_is_derived_until_it_is_printed(fiscal_year: int) -> None:
    found = apart("oita", fiscal_year)
    parts = PRINTED["oita", fiscal_year]
    assert found.settlement_derived
    assert found.settlement == parts["rate_before_incentive"] - parts["required"]


def test_a_rate_as_a_record() -> None:
    assert premium.record(apart("okinawa", 2026)) == {
        "before_adjustment": "6.40",
        "age_adjustment": "0.11",
        "income_adjustment": "-1.41",
        "adjusted": "5.11",
        "required": "9.66",
        "settlement": "-0.01",
        "settlement_derived": False,
        "incentive": "-0.03",
        "rate": "9.61",
        "held_back_rate": "9.44",
    }
    # 10.44 − 10.42 in the paper of FY2021.
    found = premium.record(apart("hokkaido", 2021))
    assert (found["settlement"], found["settlement_derived"], found["held_back_rate"]) == ("0.02", True, None)
    assert premium.record(apart(NATIONAL, 2026))["settlement"] is None


def test_fy2019_is_a_rate_only() -> None:
    found = apart("yamaguchi", 2019)
    assert (found.whole, found.rate, found.remainder) == (False, D("10.21"), D(0))
    assert {value for name, value in premium.record(found).items() if name != "rate"} == {None, False}
    assert premium.against_nation(found, apart(NATIONAL, 2019)) is None
    assert premium.against_year_before(apart("yamaguchi", 2020), found) is None
    assert premium.official_parts(apart("oita", 2020), found, apart(NATIONAL, 2020), apart(NATIONAL, 2019)) is None
    assert premium.regional_difference(found, apart(NATIONAL, 2019)) is None


def test_what_no_paper_takes_apart() -> None:
    assert premium.take_apart(PRINTED, "yamaguchi", 2018) == "no_paper"
    assert premium.take_apart({("oita", 2018): {"rate": D(10)}}, "oita", 2018) == "no_paper"
    assert premium.take_apart(PRINTED, "yamaguchi", 2027) == "no_paper"


@pytest.mark.parametrize(
    "part",
    ["rate", "adjusted", "before_adjustment", "age_adjustment", "incentive", "rate_before_incentive", "required"],
)
def test_a_breakdown_with_a_hole_is_told(part: str) -> None:
    cut = {name: value for name, value in PRINTED["oita", 2025].items() if name != part}
    assert premium.take_apart({**PRINTED, ("oita", 2025): cut}, "oita", 2025) == "incomplete"


def test_without_the_common_rate_nothing_is_taken_apart() -> None:
    nation = {name: value for name, value in PRINTED[NATIONAL, 2026].items() if name != "common"}
    assert premium.take_apart({**PRINTED, (NATIONAL, 2026): nation}, "oita", 2026) == "incomplete"


def test_other_years_and_branches_are_not_set_against_each_other() -> None:
    assert premium.against_nation(apart("oita", 2026), apart(NATIONAL, 2025)) is None
    assert premium.against_year_before(apart("oita", 2026), apart("oita", 2024)) is None
    assert premium.against_year_before(apart("oita", 2026), apart("saga", 2025)) is None


WHOLE = sorted(place for place in PRINTED if place[1] >= 2020)


def test_rounding_leaves_at_most_two_hundredths() -> None:
    assert max(abs(apart(*place).remainder) for place in WHOLE) == D("0.017") <= premium.REMAINDER


@given(st.sampled_from(WHOLE))
def test_steps_add_up_exactly_and_follow_one_another(place: tuple[str, int]) -> None:
    branch, year = place
    found = [premium.against_nation(apart(branch, year), apart(NATIONAL, year))]
    if year > 2020:
        found.append(premium.against_year_before(apart(branch, year), apart(branch, year - 1)))
    for waterfall in found:
        assert waterfall is not None
        assert waterfall.start + sum((step.change for step in waterfall.steps), D(0)) == waterfall.end
        assert [step.start for step in waterfall.steps] == [
            waterfall.start,
            *(step.end for step in waterfall.steps[:-1]),
        ]
        assert waterfall.end == PAID[branch, year]


@given(st.sampled_from([place for place in WHOLE if place[1] > 2020]))
def test_the_official_parts_make_the_change(place: tuple[str, int]) -> None:
    branch, year = place
    own, before = apart(branch, year), apart(branch, year - 1)
    parts = premium.official_parts(own, before, apart(NATIONAL, year), apart(NATIONAL, year - 1))
    assert parts is not None
    assert sum(parts.values(), D(0)) == own.rate - before.rate
