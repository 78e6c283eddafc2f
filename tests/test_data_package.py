"""The app's own data: sound, whole, in order, and every figure where its row says it is printed."""

from __future__ import annotations

import os
import re
import tomllib
import unicodedata
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from kenpo import checks
from tests import builders
from tests.builders import DATA

ROOT = DATA.parent
OBSERVATIONS = builders.rows(DATA / "observations.csv")
MEASURES = builders.rows(DATA / "measures.csv")
BRANCHES = builders.rows(DATA / "branches.csv")
DOCUMENTS = {row["document_id"]: row for row in builders.rows(DATA / "documents.csv")}


def test_the_package_is_sound() -> None:
    assert checks.check(DATA) == []


@pytest.mark.parametrize(
    ("document", "least"),
    [
        ("yamaguchi-2024-plan", 300),
        ("shizuoka-2024-result", 80),
        ("okayama-2021-plan", 125),
        ("saitama-2023-result", 42),
        ("gunma-2025-plan", 55),
    ],
)
def test_a_document_is_transcribed_whole(document: str, least: int) -> None:
    assert Counter(row["document_id"] for row in OBSERVATIONS)[document] >= least


def test_every_document_has_figures() -> None:
    assert {row["document_id"] for row in OBSERVATIONS} == set(DOCUMENTS)


def test_the_header_of_the_figures() -> None:
    with (DATA / "observations.csv").open(encoding="utf-8", newline="") as file:
        header = file.readline().rstrip("\r\n")
    assert header == (
        "branch_id,fiscal_year,measure_id,kind,value,target_rule,as_of,status,stated,document_id,line,printed,note"
    )


# --- the figures in the documents ------------------------------------------------------------------


@cache
def documents() -> Path:
    """The folder with the documents' texts; skips where there is none."""
    named = os.environ.get("KENPO_DOCUMENTS")
    folder = Path(named) if named else ROOT.parent / "shared" / "seeds"
    if not folder.is_dir():
        pytest.skip(f"the texts of the documents are not at hand: {folder} (KENPO_DOCUMENTS names another folder)")
    return folder


@cache
def lines(document: str) -> list[str]:
    """The lines of a document, half-width and without tags."""
    # Only a line feed ends a line here: that is how the line numbers were counted.
    text = (documents() / DOCUMENTS[document]["source_file"]).read_bytes().decode("utf-8")
    return [re.sub(r"</?[A-Za-z][^<>]*>", " ", unicodedata.normalize("NFKC", line)) for line in text.split("\n")]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def numbers(line: str) -> list[str]:
    """The numbers of a line without thousands separators: 1,380事業所 → 1380."""
    return [found.replace(",", "") for found in re.findall(r"[0-9][0-9,]*(?:\.[0-9]+)?", line)]


def places(row: dict[str, str]) -> list[int]:
    return [int(line) for line in row["line"].split(";")]


def origin(row: dict[str, str]) -> str:
    return f"{row['document_id']} line {row['line']}: {row['printed']}"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_line_exists(document: str) -> None:
    last = len(lines(document))
    assert [origin(row) for row in OBSERVATIONS if row["document_id"] == document and max(places(row)) > last] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_figure_is_printed_on_its_first_line(document: str) -> None:
    missing = [
        origin(row)
        for row in OBSERVATIONS
        if row["document_id"] == document
        and squeezed(row["printed"]) not in squeezed(lines(document)[places(row)[0] - 1])
    ]
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_value_stands_on_its_first_line_with_its_decimals(document: str) -> None:
    # 8.0 does not stand on a line that prints 58.0 or 8.00.
    missing = [
        origin(row)
        for row in OBSERVATIONS
        if row["document_id"] == document
        and row["value"]
        and row["value"] not in numbers(lines(document)[places(row)[0] - 1])
    ]
    assert missing == []


def test_every_value_stands_on_its_further_lines() -> None:
    # A further line may print fewer decimals: 15.0% and 15%.
    further = [(row, place) for row in OBSERVATIONS if row["value"] for place in places(row)[1:]]
    assert len(further) > 100
    missing = [
        f"{origin(row)}, not on line {place}"
        for row, place in further
        if Decimal(row["value"]) not in map(Decimal, numbers(lines(row["document_id"])[place - 1]))
    ]
    assert missing == []


def test_a_target_without_a_number_is_said_on_its_further_lines() -> None:
    further = [(row, place) for row in OBSERVATIONS if not row["value"] for place in places(row)[1:]]
    assert further
    missing = [
        f"{origin(row)}, not on line {place}"
        for row, place in further
        if "前年度以上" not in squeezed(lines(row["document_id"])[place - 1])
    ]
    assert missing == []


# --- what the columns say of each other ------------------------------------------------------------


def test_a_draft_speaks_of_its_own_year_in_drafts() -> None:
    # 案 stands over the column of the plan's own year; the older column beside it is settled.
    wrong = [
        origin(row)
        for row in OBSERVATIONS
        if DOCUMENTS[row["document_id"]]["draft"] == "true"
        and row["fiscal_year"] == DOCUMENTS[row["document_id"]]["fiscal_year"]
        and row["kind"] in ("target", "plan")
        and row["status"] != "draft"
    ]
    assert wrong == []


def test_only_a_draft_document_holds_drafts() -> None:
    drafts = {row["document_id"] for row in OBSERVATIONS if row["status"] == "draft"}
    assert drafts == {"okayama-2021-plan", "gunma-2025-plan"}


def test_only_the_document_made_inside_its_year_holds_undated_figures() -> None:
    undated = [row for row in OBSERVATIONS if row["status"] == "undated"]
    assert {(row["document_id"], row["kind"], row["fiscal_year"]) for row in undated} == {
        ("saitama-2023-result", "actual", "2023")
    }


def test_every_exclusion_is_of_a_printed_figure() -> None:
    key = ("branch_id", "fiscal_year", "measure_id", "as_of")
    printed = {tuple(row[name] for name in key) for row in OBSERVATIONS if row["kind"] == "actual"}
    exclusions = builders.rows(DATA / "exclusions.csv")
    assert exclusions
    assert [row for row in exclusions if tuple(row[name] for name in key) not in printed] == []


# --- branches and measures -------------------------------------------------------------------------


def test_the_nation_and_47_branches_in_the_order_of_their_codes() -> None:
    assert [row["code"] for row in BRANCHES] == [f"{code:02}" for code in range(48)]
    assert BRANCHES[0]["branch_id"] == "national"


@pytest.mark.parametrize(
    ("branch", "code", "name"),
    [
        ("hokkaido", "01", "北海道"),
        ("gunma", "10", "群馬"),
        ("saitama", "11", "埼玉"),
        ("shizuoka", "22", "静岡"),
        ("okayama", "33", "岡山"),
        ("yamaguchi", "35", "山口"),
        ("okinawa", "47", "沖縄"),
    ],
)
def test_a_branch_has_the_code_of_its_prefecture(branch: str, code: str, name: str) -> None:
    (row,) = (row for row in BRANCHES if row["branch_id"] == branch)
    assert (row["code"], row["name_ja"]) == (code, name)


@pytest.mark.parametrize("row", MEASURES, ids=lambda row: row["measure_id"])
def test_a_measure_is_named_in_full_and_in_short_in_both_languages(row: dict[str, str]) -> None:
    assert all(row[name] for name in ("name_ja", "name_en", "short_ja", "short_en"))


def test_no_two_measures_share_a_name() -> None:
    for name in ("name_ja", "name_en"):
        assert [said for said, times in Counter(row[name] for row in MEASURES).items() if times > 1] == []


def test_numerators_and_denominators_exist_and_are_counts() -> None:
    role = {row["measure_id"]: row["role"] for row in MEASURES}
    parts = {row[name] for row in MEASURES for name in ("numerator_id", "denominator_id") if row[name]}
    assert len(parts) > 20
    assert {role.get(part) for part in parts} == {"count"}


def test_a_rate_with_a_numerator_has_a_denominator() -> None:
    assert [row["measure_id"] for row in MEASURES if bool(row["numerator_id"]) != bool(row["denominator_id"])] == []


def test_definitions_that_broke_name_their_successor() -> None:
    assert {row["measure_id"]: row["successor_id"] for row in MEASURES if row["successor_id"]} == {
        "claim_assessment_rate_joint": "claim_assessment_rate",
        "debt_recovery_rate_post_loss": "debt_recovery_rate",
        "visit_rate_3m": "visit_rate_10m",
        "mail_application_rate": "counter_reception_rate",
    }


@pytest.mark.parametrize(
    ("measure", "direction", "accrual"),
    [
        ("single_bid_rate", "lower", "period"),
        ("counter_reception_rate", "lower", "period"),
        ("service_standard_days", "lower", "period"),
        ("premium_rate", "lower", "point"),
        ("lifestyle_checkup_rate", "higher", "cumulative"),
        ("guidance_rate_insured", "higher", "cumulative"),
        ("debt_recovery_rate", "higher", "cumulative"),
        ("claim_assessment_rate", "higher", "period"),
        ("mail_application_rate", "higher", "period"),
        ("card_recovery_rate", "higher", "period"),
        ("generic_use_rate", "higher", "point"),
        ("health_declaration_offices", "higher", "point"),
        ("committee_coverage_rate", "higher", "point"),
    ],
)
def test_direction_and_accrual_of_a_measure(measure: str, direction: str, accrual: str) -> None:
    (row,) = (row for row in MEASURES if row["measure_id"] == measure)
    assert (row["direction"], row["accrual"]) == (direction, accrual)


def test_the_catalog_puts_kpis_first_pillar_by_pillar() -> None:
    roles = [row["role"] for row in MEASURES]
    first = roles.count("kpi")
    assert set(roles[:first]) == {"kpi"}
    pillars = [row["pillar"] for row in MEASURES[:first]]
    assert pillars == sorted(pillars)
    assert set(pillars) == {"1", "2", "3"}


def test_the_catalog_keeps_the_order_of_the_plans() -> None:
    # The order in which every plan of FY2024 lists its KPIs.
    listed = [
        "service_standard_rate",
        "mail_application_rate",
        "claim_assessment_rate",
        "reexam_amount_per_claim",
        "debt_recovery_rate",
        "card_recovery_rate",
        "lifestyle_checkup_rate",
        "employer_checkup_data_rate",
        "dependant_checkup_rate",
        "guidance_rate_insured",
        "guidance_rate_dependant",
        "visit_rate_10m",
        "health_declaration_offices",
        "generic_use_rate",
        "committee_coverage_rate",
        "committee_offices",
        "single_bid_rate",
    ]
    assert [row["measure_id"] for row in MEASURES if row["measure_id"] in listed] == listed


# --- longer texts ----------------------------------------------------------------------------------

TEXTS = tomllib.loads((DATA / "measures.toml").read_text(encoding="utf-8"))


def test_every_measure_has_longer_texts_and_no_other() -> None:
    assert set(TEXTS) == {row["measure_id"] for row in MEASURES}


@pytest.mark.parametrize("measure", TEXTS)
def test_the_longer_texts_stand_in_both_languages(measure: str) -> None:
    said = TEXTS[measure]
    assert set(said) == {"definition_ja", "definition_en", "why_ja", "why_en"}
    japanese = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
    assert all(japanese.search(said[key]) for key in ("definition_ja", "why_ja"))
    # An English text may quote a Japanese term.
    assert all(re.match("[A-Z0-9]", said[key]) for key in ("definition_en", "why_en"))
    assert all(text == text.strip() and text for text in said.values())
