"""The papers' tables as they wait for the package: whole, keyed, printed as their values say, and marked."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from kenpo.catalog import NATIONAL
from kenpo.checks import digits
from kenpo.incentive import MEASURES
from tests.builders import DATA
from tests.official import NEXT, branches

D = Decimal
OBSERVATION = (
    "branch_id,fiscal_year,measure_id,kind,value,target_rule,as_of,status,stated,document_id,line,page,printed,note"
)
HEADERS = {
    "premium_breakdown.csv": "branch_id,fiscal_year,component,value,document_id,page,printed",
    "incentive_amounts.csv": "branch_id,fiscal_year,component,amount_million_yen,document_id,page,printed",
    "remuneration.csv": "branch_id,fiscal_year,amount_million_yen,document_id,page,printed",
    "subscribers.csv": "branch_id,fiscal_year,age_band,hundreds,document_id,page,printed",
    "incentive_official_ranks.csv": "branch_id,fiscal_year,rank,branches,document_id,page,printed",
    "observations_incentive.csv": OBSERVATION,
    "observations_premium_rate.csv": OBSERVATION,
}
each_table = pytest.mark.parametrize("name", HEADERS)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TABLES = {name: rows(NEXT / name) for name in HEADERS}
DOCUMENTS = {row["document_id"]: row for row in rows(NEXT / "documents.csv")}


def column_of(name: str) -> str:
    return next(c for c in ("value", "amount_million_yen", "hundreds", "rank") if c in HEADERS[name].split(","))


@each_table
def test_columns_and_one_row_a_figure(name: str) -> None:
    assert (NEXT / name).read_text(encoding="utf-8").splitlines()[0] == HEADERS[name]
    header = HEADERS[name].split(",")
    key = header[: header.index(column_of(name))]
    assert len({tuple(row[part] for part in key) for row in TABLES[name]}) == len(TABLES[name])


@pytest.mark.parametrize(
    ("name", "figures"),
    [
        # Seven components of 47 branches in FY2019, then eight; the nation's dashes left out, its common rate added.
        ("premium_breakdown.csv", 47 * (7 + 6 * 8 + 8) + (5 + 6 * 6 + 4) + 8),
        ("incentive_amounts.csv", 48 * 7 * 3),
        ("remuneration.csv", 48 * 8),
        ("subscribers.csv", 48 * 8 * 16),
        ("incentive_official_ranks.csv", 47 * 2),
        ("observations_incentive.csv", 47 * 6 * 5),
        ("observations_premium_rate.csv", 48 * 8),
    ],
)
def test_a_table_is_whole(name: str, figures: int) -> None:
    assert len(TABLES[name]) == figures
    places = Counter((row["branch_id"], row["fiscal_year"]) for row in TABLES[name])
    assert {branch for branch, _ in places} - {NATIONAL} == set(branches())
    own = {count for (branch, year), count in places.items() if branch != NATIONAL and year == "2024"}
    assert len(own) == 1


@each_table
def test_the_digits_of_a_value_are_those_printed(name: str) -> None:
    if name != "incentive_official_ranks.csv":
        # A printed ▲0.00 stands for nothing else than 0.00; the value keeps its sign.
        signless = {"-0.00": "0.00"}
        values = [(digits(row["printed"]), row[column_of(name)]) for row in TABLES[name]]
        wrong = [(said, value) for said, value in values if said != signless.get(value, value)]
        assert wrong == []


def test_a_minus_is_printed_as_a_triangle() -> None:
    signs = {row["printed"][0] for row in TABLES["premium_breakdown.csv"] if row["value"].startswith("-")}
    assert signs == {"▲"}
    # Rounded to nothing, the sign still stands.
    assert {row["value"] for row in TABLES["premium_breakdown.csv"] if row["printed"] == "▲ 0.00"} == {"-0.00"}


@each_table
def test_every_figure_has_its_document_and_place(name: str) -> None:
    for row in TABLES[name]:
        document = DOCUMENTS[row["document_id"]]
        assert document["source_file"].endswith(".pdf") == bool(row["page"])
        assert bool(row["page"]) != bool(row.get("line"))


def test_a_figure_stands_in_the_paper_of_its_year() -> None:
    for name, rows_ in TABLES.items():
        ahead = 2 if name == "incentive_official_ranks.csv" else 0
        assert {int(DOCUMENTS[row["document_id"]]["fiscal_year"]) - int(row["fiscal_year"]) for row in rows_} == {ahead}


def test_the_printed_national_totals_and_common_rates() -> None:
    def nation(name: str, **said: str) -> list[str]:
        found = [row for row in TABLES[name] if row["branch_id"] == NATIONAL]
        return [row["printed"] for row in found if all(row[column] == value for column, value in said.items())]

    common = ["4.82%", "4.73%", "4.71%", "4.71%", "4.64%", "4.60%", "4.65%", "4.55%"]
    assert nation("premium_breakdown.csv", component="common") == common
    assert nation("premium_breakdown.csv", component="rate") == [*["10.00"] * 7, "9.90"]
    pool = ["3,663", "6,764", "6,794", "9,907", "10,126", "10,351", "10,719"]
    assert nation("incentive_amounts.csv", component="added") == pool
    assert nation("incentive_amounts.csv", component="reduced") == pool
    assert nation("remuneration.csv", fiscal_year="2026") == ["112,809,908"]
    assert nation("subscribers.csv", fiscal_year="2026", age_band="total") == ["399,890"]


def test_the_nation_prints_a_dash_where_it_has_no_part() -> None:
    found = {
        (row["fiscal_year"], row["component"])
        for row in TABLES["premium_breakdown.csv"]
        if row["branch_id"] == NATIONAL
    }
    assert not {part for _, part in found} & {"age_adjustment", "income_adjustment", "settlement"}
    assert ("2026", "incentive") not in found


def test_the_premium_rate_is_the_papers_and_the_one_in_force() -> None:
    held = {
        (row["branch_id"], row["value"]) for row in TABLES["observations_premium_rate.csv"] if "※" in row["printed"]
    }
    assert held == {
        ("aomori", "9.85"),
        ("akita", "10.01"),
        ("yamagata", "9.75"),
        ("tochigi", "9.82"),
        ("kanagawa", "9.92"),
        ("shimane", "9.94"),
        ("okinawa", "9.44"),
    }
    printed = {
        (row["branch_id"], row["fiscal_year"]): row["value"]
        for row in TABLES["premium_breakdown.csv"]
        if row["component"] == "rate"
    }
    for row in TABLES["observations_premium_rate.csv"]:
        if "※" in row["printed"]:
            assert row["note"].split("; ")[1].startswith(printed[row["branch_id"], row["fiscal_year"]])
        else:
            assert row["value"] == printed[row["branch_id"], row["fiscal_year"]]


def test_the_premium_rate_stays_what_the_package_holds() -> None:
    held = {
        (row["branch_id"], row["fiscal_year"]): D(row["value"])
        for row in rows(DATA / "observations.csv")
        if row["measure_id"] == "premium_rate"
    }
    own = {(row["branch_id"], row["fiscal_year"]): D(row["value"]) for row in TABLES["observations_premium_rate.csv"]}
    assert {place for place in own if place in held and own[place] != held[place]} == set()
    assert set(own) - set(held) <= {(NATIONAL, "2023"), (NATIONAL, "2024")}


def test_indicators_have_one_decimal_and_are_marked_as_transcribed() -> None:
    for row in TABLES["observations_incentive.csv"]:
        assert D(row["value"]).as_tuple().exponent == -1
        assert D(0) < D(row["value"]) <= D("99.9")
        assert DOCUMENTS[row["document_id"]]["note"].startswith("転記・原本未照合")


def test_visits_change_their_measure_with_their_definition() -> None:
    years = {
        name: {row["fiscal_year"] for row in TABLES["observations_incentive.csv"] if row["measure_id"] == name}
        for name in MEASURES
    }
    assert years["incentive_visit_rate_treatment"] == {"2019", "2020", "2021"}
    assert years["incentive_visit_rate"] == {"2022", "2023", "2024"}
    assert {row["measure_id"] for row in rows(NEXT / "measures.csv")} == set(MEASURES)
