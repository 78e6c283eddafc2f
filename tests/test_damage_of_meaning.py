"""The app's own package made to lie, in every way an audit tried: nothing of it loads without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from kenpo import checks
from kenpo.__main__ import main
from kenpo.text import texts
from kenpo.views.problems import explain
from tests import builders
from tests.test_damage import MONTHLY, OBSERVATIONS, Damage, cell, data, every, to

MEASURES, DOCUMENTS, BRANCHES = "measures.csv", "documents.csv", "branches.csv"


def all_of(*damages: Damage) -> Damage:
    def damage(folder: Path) -> None:
        for one in damages:
            one(folder)

    return damage


def figure(row: int, value: str, printed: str) -> Damage:
    return all_of(cell(OBSERVATIONS, row, "value", to(value)), cell(OBSERVATIONS, row, "printed", to(printed)))


def row_of(file: str, **said: str) -> int:
    """The line of the only row that says this."""
    (found,) = (
        at
        for at, row in enumerate(builders.rows(builders.DATA / file), 2)
        if all(row[column] == value for column, value in said.items())
    )
    return found


LIFESTYLE = row_of(MEASURES, measure_id="lifestyle_checkup_rate")
RATE = row_of(
    OBSERVATIONS,
    document_id="shizuoka-2024-result",
    fiscal_year="2024",
    measure_id="lifestyle_checkup_rate",
    kind="actual",
)
COUNT = row_of(
    OBSERVATIONS,
    document_id="shizuoka-2024-result",
    fiscal_year="2024",
    measure_id="lifestyle_checkup_count",
    kind="actual",
)
NOTED = row_of(OBSERVATIONS, document_id="saitama-2023-result", measure_id="judo_frequent_claim_rate", kind="target")
SAITAMA = row_of(DOCUMENTS, document_id="saitama-2023-result")
GUNMA = row_of(DOCUMENTS, document_id="gunma-2025-plan")

LIES: dict[str, tuple[Damage, str, int | None, str | None]] = {
    "a direction turned": (cell(MEASURES, LIFESTYLE, "direction", to("lower")), MEASURES, LIFESTYLE, "direction"),
    "every at_least an at_most": (
        every(OBSERVATIONS, "target_rule", lambda rule: rule.replace("at_least", "at_most")),
        OBSERVATIONS,
        None,
        "target_rule",
    ),
    "250 percent": (figure(RATE, "250", "250%"), OBSERVATIONS, RATE, "value"),
    "−5 percent": (figure(RATE, "-5.0", "▲5.0%"), OBSERVATIONS, RATE, "value"),
    "half a person": (figure(COUNT, "283564.5", "283,564.5人"), OBSERVATIONS, COUNT, "value"),
    "a negative count": (figure(COUNT, "-283564", "▲283,564人"), OBSERVATIONS, COUNT, "value"),
    "a lost minus": (cell(OBSERVATIONS, RATE, "printed", lambda said: f"―{said}"), OBSERVATIONS, RATE, "value"),
    "a lost multiplier": (cell(OBSERVATIONS, RATE, "printed", to("64.7割")), OBSERVATIONS, RATE, "value"),
    "another month": (cell(OBSERVATIONS, RATE, "printed", to("64.7%（R6.9末）")), OBSERVATIONS, RATE, "as_of"),
    "a comparator turned": (
        cell(OBSERVATIONS, row_of(OBSERVATIONS, printed="58.0%以上", line="107;339"), "printed", to("58.0%以下")),
        OBSERVATIONS,
        None,
        "target_rule",
    ),
    "a relative target without its reason": (
        cell(OBSERVATIONS, NOTED, "note", to("")),
        OBSERVATIONS,
        NOTED,
        "target_rule",
    ),
    "highest and lowest exchanged": (
        all_of(
            every("ranges.csv", "bound", {"highest": "lowest", "lowest": "highest"}.__getitem__),
        ),
        "ranges.csv",
        None,
        "bound",
    ),
    "rank 46 of 1": (cell("incentive_ranks.csv", 2, "branches", to("1")), "incentive_ranks.csv", 2, "rank"),
    "another rank than printed": (cell("incentive_ranks.csv", 2, "rank", to("4")), "incentive_ranks.csv", 2, "rank"),
    "slider bounds exchanged": (
        all_of(cell(MEASURES, LIFESTYLE, "slider_min", to("100")), cell(MEASURES, LIFESTYLE, "slider_max", to("0"))),
        MEASURES,
        LIFESTYLE,
        "slider_min",
    ),
    "years of a KPI exchanged": (
        all_of(cell(MEASURES, LIFESTYLE, "kpi_from", to("2024")), cell(MEASURES, LIFESTYLE, "kpi_to", to("2021"))),
        MEASURES,
        LIFESTYLE,
        "kpi_from",
    ),
    "numerator and denominator exchanged": (
        all_of(
            cell(MEASURES, LIFESTYLE, "numerator_id", to("checkup_eligible_insured")),
            cell(MEASURES, LIFESTYLE, "denominator_id", to("lifestyle_checkup_count")),
        ),
        MEASURES,
        LIFESTYLE,
        "numerator_id",
    ),
    "numerator = itself": (
        cell(MEASURES, LIFESTYLE, "numerator_id", to("lifestyle_checkup_rate")),
        MEASURES,
        LIFESTYLE,
        "numerator_id",
    ),
    "no denominator": (cell(MEASURES, LIFESTYLE, "denominator_id", to("")), MEASURES, LIFESTYLE, "denominator_id"),
    "every denominator lost": (
        every(MEASURES, "denominator_id", to("")),
        MEASURES,
        LIFESTYLE,
        "denominator_id",
    ),
    "successor of itself": (
        cell(MEASURES, LIFESTYLE, "successor_id", to("lifestyle_checkup_rate")),
        MEASURES,
        LIFESTYLE,
        "successor_id",
    ),
    "no pillar": (cell(MEASURES, LIFESTYLE, "pillar", to("")), MEASURES, LIFESTYLE, "pillar"),
    "every pillar lost": (every(MEASURES, "pillar", to("")), MEASURES, LIFESTYLE, "pillar"),
    "a year far ahead": (
        cell(OBSERVATIONS, row_of(OBSERVATIONS, printed="124mmHg"), "fiscal_year", to("2100")),
        OBSERVATIONS,
        None,
        "fiscal_year",
    ),
    "a document of 2100": (cell(DOCUMENTS, SAITAMA, "fiscal_year", to("2100")), DOCUMENTS, SAITAMA, "fiscal_year"),
    "every document of another branch": (
        every(DOCUMENTS, "branch_id", to("hokkaido")),
        DOCUMENTS,
        SAITAMA,
        "branch_id",
    ),
    "two branches of one name": (cell(BRANCHES, 4, "name_ja", to("北海道")), BRANCHES, 4, "name_ja"),
    "two measures of one name": (
        cell(MEASURES, 3, "name_ja", to("サービススタンダード達成率")),
        MEASURES,
        3,
        "name_ja",
    ),
    "two measures of one short name": (
        cell(MEASURES, 3, "short_en", to("Service standard met")),
        MEASURES,
        3,
        "short_en",
    ),
    "two documents of one title": (
        cell(DOCUMENTS, GUNMA, "title_ja", to("令和5年度 埼玉支部事業計画実施状況")),
        DOCUMENTS,
        GUNMA,
        "title_ja",
    ),
    "a key misspelt": (
        data("measures.toml", lambda raw: raw.replace(b"why_ja", b"hwy_ja", 1)),
        "measures.toml",
        None,
        "service_standard_rate",
    ),
    "a line of 5,000 digits": (cell(OBSERVATIONS, RATE, "line", to("1" * 5000)), OBSERVATIONS, RATE, "line"),
    "final before the year had ended": (cell(DOCUMENTS, 3, "made_on", to("2025-03-30")), OBSERVATIONS, RATE, "status"),
    "months after the document": (cell(DOCUMENTS, 2, "made_on", to("2023-09-30")), MONTHLY, None, "month"),
    "months of a year after the document": (
        cell(DOCUMENTS, 2, "fiscal_year", to("2022")),
        MONTHLY,
        None,
        "fiscal_year",
    ),
}


@pytest.mark.parametrize("name", LIES)
def test_a_lie_is_refused_with_its_place_and_explained(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damage, file, row, column = LIES[name]
    folder = builders.package(tmp_path / "data")
    damage(folder)
    problems = checks.check(folder)
    places = [(p.file, p.row, p.column) for p in problems]
    assert [place for place in places if place[0] == file and row in (None, place[1]) and column in (None, place[2])], [
        explain(p, texts("en")) for p in problems
    ]
    assert len(places) == len(set(places)), "a cell is told twice"
    for lang in ("ja", "en"):
        assert main(["check", str(folder), "--lang", lang]) == 1
        assert capsys.readouterr().err == ""
