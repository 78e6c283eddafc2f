"""The rules between rows: what each one still allows, and that no text can make one fail."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kenpo import rules
from kenpo.rules import Fault
from kenpo.rules.tables import chain
from tests import builders

Row = dict[str, str]

MEASURE = {
    **dict.fromkeys(builders.rows(builders.DATA / "measures.csv")[0], ""),
    "measure_id": "rate",
    "role": "kpi",
    "pillar": "1",
    "unit": "percent",
    "direction": "higher",
    "name_ja": "率",
    "name_en": "Rate",
    "short_ja": "率",
    "short_en": "Rate",
    "accrual": "period",
}
DOCUMENT = {
    **dict.fromkeys(builders.rows(builders.DATA / "documents.csv")[0], ""),
    "document_id": "a",
    "branch_id": "gunma",
    "role": "plan",
    "fiscal_year": "2024",
    "draft": "false",
    "title_ja": "計画",
    "title_en": "Plan",
}
FIGURE = {
    **dict.fromkeys(builders.OBSERVATION_COLUMNS, ""),
    "branch_id": "gunma",
    "fiscal_year": "2024",
    "measure_id": "rate",
    "kind": "actual",
    "value": "50.0",
    "status": "undated",
    "document_id": "a",
    "line": "1",
    "printed": "50.0%",
}
TARGET = {"kind": "target", "target_rule": "at_least", "status": "final"}


def told(**tables: list[Row]) -> list[tuple[str, int, str, str]]:
    """Table, row, column and rule of every fault; a table that is not named holds its usual row."""
    usual = {"measures": [MEASURE], "documents": [DOCUMENT], "observations": [FIGURE]}
    held = {name: list(enumerate(found, 2)) for name, found in (usual | tables).items()}
    return [(fault.table, fault.row, fault.column, fault.rule) for fault in rules.faults(held)]


def of(measure: dict[str, str] | None = None, **said: str) -> list[str]:
    """The rules a figure of a measure breaks."""
    return [rule for *_, rule in told(measures=[MEASURE | (measure or {})], observations=[FIGURE | said])]


def test_the_usual_rows_are_right() -> None:
    assert told() == []


# --- sizes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measure", "value", "broken"),
    [
        ({}, "0", []),
        ({}, "100.0", []),
        ({}, "100.1", ["share"]),
        ({}, "-0.1", ["share"]),
        ({"slider_min": "0", "slider_max": "100"}, "100.1", ["share"]),
        ({"slider_min": "0", "slider_max": "1"}, "2.5", []),
        # A growth rate and a rate above the whole say so by the range of their slider.
        ({"slider_min": "-20", "slider_max": "20"}, "-30.5", []),
        ({"slider_min": "0", "slider_max": "150"}, "120.0", []),
        ({"unit": "persons"}, "0", []),
        ({"unit": "persons"}, "12", []),
        ({"unit": "persons"}, "12.0", []),
        ({"unit": "persons"}, "12.5", ["not_whole"]),
        ({"unit": "persons"}, "-1", ["negative"]),
        *(({"unit": unit}, "1.5", ["not_whole"]) for unit in ("count", "workplaces", "cases", "branches", "rank")),
        ({"unit": "days"}, "6.10", []),
        ({"unit": "days"}, "-6.10", ["negative"]),
        ({"unit": "mmHg"}, "-1", ["negative"]),
        # A difference in yen may be negative, an amount with a range that begins at 0 may not.
        ({"unit": "yen"}, "-1380", []),
        ({"unit": "yen", "slider_min": "0", "slider_max": "9000"}, "-1380", ["negative"]),
        ({"unit": "text"}, "", []),
    ],
)
def test_a_figure_is_of_the_size_its_measure_can_have(measure: Row, value: str, broken: list[str]) -> None:
    assert of(measure, value=value, printed=value) == broken


def test_a_figure_of_an_unknown_measure_has_no_size() -> None:
    assert of(None, measure_id="other", value="250") == []


# --- rules -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("direction", "rule", "printed", "note", "broken"),
    [
        ("higher", "at_least", "58.0%以上", "", []),
        ("higher", "at_least", "58.0%", "", []),
        ("higher", "at_least", "58.0%超", "", []),
        ("higher", "equal", "100%とする", "", []),
        ("higher", "equal", "100%", "", ["rule_not_printed"]),
        ("higher", "equal", "100%", "line 144 says 100%とする", []),
        ("lower", "at_most", "15%以下", "", []),
        ("lower", "at_most", "15%", "", []),
        ("lower", "at_most", "15%未満", "", []),
        ("lower", "at_most", "7日以内を維持する", "", []),
        ("lower", "at_least", "15%", "", ["rule_not_printed"]),
        ("lower", "at_least", "15%以上", "", ["against_direction"]),
        ("higher", "at_most", "58.0%以下", "", ["against_direction"]),
        ("neutral", "at_least", "58.0%", "", []),
        ("neutral", "at_most", "58.0%以下", "", []),
        ("neutral", "at_most", "58.0%以上", "", ["rule_not_printed"]),
        ("higher", "at_least_previous_year", "対前年度以上とする", "", []),
        ("higher", "at_least_previous_year", "前年度と同水準", "", []),
        ("higher", "at_least_previous_year", "前年度（70.77%）", "", []),
        ("lower", "at_most_previous_year", "対前年度以下", "", []),
        ("lower", "at_most_previous_year", "0.94%以下", "", ["rule_not_printed"]),
        ("lower", "at_most_previous_year", "0.94%以下", "KPI text says 対前年度以下", []),
        ("higher", "at_least", "前年度（70.77%）以上", "also 70.77%以上", ["rule_not_printed"]),
        ("higher", "at_most_previous_year", "対前年度以上", "", ["rule_not_printed"]),
        ("lower", "at_least_previous_year", "対前年度以上", "", ["against_direction"]),
        ("higher", "qualitative", "毎月1回以上発信", "", []),
        ("higher", "", "58.0%以上", "", []),
    ],
)
def test_a_rule_is_the_printed_one_and_goes_with_the_direction(
    direction: str, rule: str, printed: str, note: str, broken: list[str]
) -> None:
    said = TARGET | {"target_rule": rule, "printed": printed, "note": note}
    assert of({"direction": direction}, **said) == broken


def turned(*target_rules: str) -> list[tuple[str, int, str, str]]:
    figures = [FIGURE | TARGET | {"target_rule": rule, "printed": "50.0%以上"} for rule in target_rules]
    return told(measures=[MEASURE | {"direction": "lower"}], observations=figures)


def test_when_nearly_all_targets_go_against_a_direction_the_direction_is_told_alone() -> None:
    assert turned("at_least", "at_least_previous_year") == [("measures", 2, "direction", "direction_of_targets")]
    assert [rule for *_, rule in turned("at_least")] == ["against_direction"]
    assert [rule for *_, rule in turned("at_least", "at_most")] == ["against_direction", "rule_not_printed"]


def test_a_row_of_an_actual_has_no_rule_to_compare() -> None:
    assert of({"direction": "lower"}, printed="50.0%以上") == []


@pytest.mark.parametrize(
    ("table", "column", "as_of", "broken"),
    [
        ("observations", "as_of", "2024-09", False),
        ("observations", "as_of", "2024-10", True),
        ("monthly", "month", "2024-09", False),
        ("monthly", "month", "2024-10", True),
        ("benefits", "as_of", "2024-09", False),
        ("benefits", "as_of", "", True),
    ],
)
def test_a_month_is_the_printed_one_in_every_table(table: str, column: str, as_of: str, broken: bool) -> None:
    row = FIGURE | {"printed": "50（9月末）", column: as_of}
    found = told(**({"observations": []} | {table: [row]}))
    assert found == ([(table, 2, column, "as_of_not_printed")] if broken else [])


# --- dates -----------------------------------------------------------------------------------------


def made(on: str, role: str = "result", **said: str) -> list[str]:
    return [
        rule
        for *_, rule in told(
            documents=[DOCUMENT | {"made_on": on, "role": role}], observations=[FIGURE | {"status": "final"} | said]
        )
    ]


@pytest.mark.parametrize(
    ("on", "said", "broken"),
    [
        ("2025-03-31", {}, []),
        ("2025-03-30", {}, ["final_too_early"]),
        ("2024-06-01", {}, ["final_too_early"]),
        ("2024-06-01", {"fiscal_year": "2023"}, []),
        ("", {}, []),
        ("2024-09-02", {"as_of": "2024-09", "status": "provisional"}, []),
        ("2024-09-02", {"as_of": "2024-10", "status": "provisional"}, ["after_made"]),
        ("2024-09-02", {"as_of": "2024-10", "status": "provisional", "kind": "plan"}, []),
        ("2024-09-02", {"status": "undated"}, []),
        ("2024-09-02", {"status": "draft"}, ["draft_document"]),
        ("2024-09-02", {"kind": "plan"}, []),
        ("2024-09-02", TARGET | {"printed": "50.0%以上"}, []),
        ("2024-09-02", TARGET | {"printed": "50.0%以上", "as_of": "2024-11"}, []),
        ("2024-09-02", {"measure_id": "premium_rate"}, []),
        ("2024-09-02", {"fiscal_year": "2025"}, ["after_document"]),
        ("2024-09-02", {"measure_id": "premium_rate", "fiscal_year": "2025"}, ["after_document"]),
        ("2024-09-02", TARGET | {"printed": "50.0%以上", "fiscal_year": "2034"}, []),
        ("2024-09-02", TARGET | {"printed": "50.0%以上", "fiscal_year": "2035"}, ["year_far"]),
        ("2024-09-02", {"fiscal_year": "1994"}, []),
        ("2024-09-02", {"fiscal_year": "1993"}, ["year_far"]),
    ],
)
def test_a_document_knows_nothing_of_what_comes_after_it(on: str, said: Row, broken: list[str]) -> None:
    assert made(on, **said) == broken


@pytest.mark.parametrize(
    ("made_on", "fiscal_year", "broken"),
    [
        ("2024-03-18", "2024", False),
        ("2024-03-18", "2025", False),
        ("2024-03-18", "2026", True),
        ("2024-04-01", "2026", False),
        ("2024-03-18", "1992", True),
        ("", "2026", False),
    ],
)
def test_a_document_is_about_a_year_near_its_date(made_on: str, fiscal_year: str, broken: bool) -> None:
    documents = [DOCUMENT | {"made_on": made_on, "fiscal_year": fiscal_year}]
    found = told(documents=documents, observations=[])
    assert found == ([("documents", 2, "fiscal_year", "year_far")] if broken else [])


def test_of_undated_documents_the_one_far_from_the_others_is_told_and_not_its_rows() -> None:
    documents = [
        DOCUMENT | {"document_id": name, "fiscal_year": year, "title_ja": name, "title_en": name}
        for name, year in (("a", "2024"), ("b", "2023"), ("c", "2100"))
    ]
    figures = [FIGURE | {"document_id": "c"}]
    assert told(documents=documents, observations=figures) == [("documents", 4, "fiscal_year", "year_far")]


# --- documents -------------------------------------------------------------------------------------


def documents(*said: Row) -> list[tuple[str, int, str, str]]:
    found = [DOCUMENT | {"document_id": name} | one for name, one in zip("abcd", said, strict=False)]
    return told(documents=found, observations=[])


@pytest.mark.parametrize(
    ("said", "rows_of_faults"),
    [
        # A correction names what it replaces, directly or through the one between.
        ([{}, {"replaces_id": "a"}], []),
        ([{}, {"replaces_id": "a"}, {"replaces_id": "b"}], []),
        ([{"replaces_id": "b"}, {}], []),
        # Two versions are told apart by their dates where both have one.
        ([{"made_on": "2024-03-18"}, {"made_on": "2024-06-01"}], []),
        ([{"made_on": "2024-03-18"}, {"made_on": "2024-03-18"}], [3]),
        ([{"made_on": "2024-03-18"}, {}], [3]),
        ([{}, {}], [3]),
        ([{}, {"replaces_id": "a"}, {}], [4]),
        ([{"title_ja": "計画 １"}, {"title_ja": "計画1"}], [3]),
        ([{}, {"title_ja": "計画2", "title_en": "Plan 2"}], []),
        ([{}, {"branch_id": "saitama"}], [3]),
    ],
)
def test_documents_can_be_told_apart(said: list[Row], rows_of_faults: list[int]) -> None:
    assert sorted({row for _, row, _, rule in documents(*said) if rule == "same_title"}) == rows_of_faults


def test_a_correction_made_on_the_same_day_is_no_earlier_one() -> None:
    assert documents({"made_on": "2024-03-18"}, {"made_on": "2024-03-18", "replaces_id": "a"}) == []
    assert documents({"made_on": "2024-03-18"}, {"replaces_id": "a"}) == []
    assert documents({}, {"made_on": "2024-03-18", "replaces_id": "a"}) == []


@pytest.mark.parametrize(
    ("owner", "branches", "broken"),
    [
        ("gunma", ["gunma"], False),
        ("gunma", ["gunma", "saitama", "national"], False),
        ("gunma", ["national"], False),
        ("gunma", [], False),
        ("national", ["gunma", "saitama"], False),
        ("gunma", ["saitama"], True),
        ("gunma", ["saitama", "national"], True),
    ],
)
def test_a_document_speaks_of_the_branch_that_published_it(owner: str, branches: list[str], broken: bool) -> None:
    figures = [FIGURE | {"branch_id": branch} for branch in branches]
    found = told(documents=[DOCUMENT | {"branch_id": owner}], observations=figures)
    assert found == ([("documents", 2, "branch_id", "other_branch")] if broken else [])


def test_where_rows_were_lost_nothing_is_said_of_what_is_missing() -> None:
    held = {
        "documents": [(2, DOCUMENT)],
        "measures": [(2, MEASURE)],
        "observations": [(2, FIGURE | {"branch_id": "saitama"})],
    }
    assert list(rules.faults(held, whole=False)) == []
    assert list(rules.faults(held)) == [Fault("documents", 2, "branch_id", "other_branch", "saitama")]


# --- measures --------------------------------------------------------------------------------------

X = MEASURE | {"measure_id": "x", "role": "count", "unit": "persons", "name_ja": "x", "name_en": "x"}
X |= {"short_ja": "x", "short_en": "x"}
N = X | {"measure_id": "n", "name_ja": "n", "name_en": "n", "short_ja": "n", "short_en": "n"}
SHARE = MEASURE | {"numerator_id": "x", "denominator_id": "n"}


def pairs(*places: tuple[str, str, str], **said: str) -> list[str]:
    """A rate, its numerator and its denominator, place by place; an empty one is not printed."""
    figures = [
        FIGURE | {"measure_id": name, "value": value, "printed": value, "fiscal_year": str(2010 + at)} | said
        for at, place in enumerate(places)
        for name, value in zip(("rate", "x", "n"), place, strict=True)
        if value
    ]
    return [rule for *_, rule in told(measures=[SHARE, X, N], observations=figures)]


@pytest.mark.parametrize(
    ("places", "broken"),
    [
        ([("50.0", "10", "20")], []),
        ([("100.0", "20", "20")], []),
        # One place may be a misprint: a finding tells it.
        ([("10.6", "20", "10")], []),
        ([("", "20", "10")], []),
        # Its printed rate shows what stands above the line; or every place says the same.
        ([("50.0", "20", "10")], ["exchanged"]),
        ([("", "20", "10"), ("", "30", "10")], ["exchanged"]),
        ([("", "20", "10"), ("", "5", "10")], []),
        ([("", "20", "")], []),
        # Nobody eligible tells nothing.
        ([("", "20", "0"), ("", "20", "0")], []),
        ([("0.0", "20", "0")], []),
    ],
)
def test_numerator_and_denominator_are_told_apart_by_what_is_printed(
    places: list[tuple[str, str, str]], broken: list[str]
) -> None:
    assert pairs(*places) == broken


def test_only_counts_of_one_place_are_a_pair() -> None:
    figures = [
        FIGURE | {"measure_id": name, "value": value, "fiscal_year": year}
        for name, value, year in (("x", "20", "2020"), ("n", "10", "2021"), ("x", "20", "2022"), ("n", "10", "2023"))
    ]
    assert told(measures=[SHARE, X, N], observations=figures) == []


def test_a_rate_that_is_no_share_may_count_more_above_the_line() -> None:
    beyond = SHARE | {"slider_min": "0", "slider_max": "500"}
    figures = [
        FIGURE | {"measure_id": name, "value": value, "fiscal_year": year}
        for year in ("2020", "2021")
        for name, value in (("x", "20"), ("n", "10"))
    ]
    assert told(measures=[beyond, X, N], observations=figures) == []


@pytest.mark.parametrize(
    "said",
    [
        {"denominator_id": "n"},
        {"role": "goal", "pillar": ""},
        {"role": "reference", "pillar": ""},
        {"kpi_from": "2024", "kpi_to": "2024"},
        {"slider_min": "0"},
        {"slider_max": "0"},
        {"successor_id": "x"},
    ],
)
def test_what_a_measure_may_lack(said: Row) -> None:
    assert told(measures=[MEASURE | said, X, N]) == []


def test_names_of_two_tables_may_be_alike() -> None:
    branch = {"branch_id": "rate", "code": "01", "name_ja": "率", "name_en": "Rate"}
    assert told(branches=[branch]) == []
    assert [rule for *_, rule in told(branches=[branch, branch])] == ["same_name", "same_name"]


def test_a_chain_ends_or_comes_back() -> None:
    assert chain("a", {"a": "b", "b": "c", "c": ""}) == ["a", "b", "c"]
    assert chain("a", {"a": "b", "b": "a"}) == ["a", "b", "a"]
    assert chain("a", {"a": "b", "b": "c", "c": "b"}) == ["a", "b", "c", "b"]
    assert chain("a", {"a": "a"}) == ["a", "a"]


# --- what two tables say of one thing --------------------------------------------------------------

DRAFT = DOCUMENT | {"draft": "true"}


@pytest.mark.parametrize(
    ("document", "said", "broken"),
    [
        (DOCUMENT, {"status": "draft"}, ["draft_document"]),
        (DOCUMENT, {"status": "final"}, []),
        (DRAFT, {"status": "draft"}, []),
        # The older column beside what a draft sets is settled, and what was reached is no draft.
        (DRAFT, TARGET | {"fiscal_year": "2023", "printed": "50.0%以上"}, []),
        (DRAFT, {"kind": "actual", "status": "final"}, []),
        (DRAFT, TARGET | {"printed": "50.0%以上"}, ["draft_figure"]),
        (DRAFT, TARGET | {"printed": "50.0%以上", "status": "draft"}, []),
        (DRAFT, {"kind": "plan", "status": "final"}, ["draft_figure"]),
    ],
)
def test_drafts_stand_in_drafts(document: Row, said: Row, broken: list[str]) -> None:
    assert [rule for *_, rule in told(documents=[document], observations=[FIGURE | said])] == broken


INITIATIVE = dict.fromkeys(builders.INITIATIVE_COLUMNS, "") | {
    "branch_id": "gunma",
    "fiscal_year": "2024",
    "measure_id": "rate",
    "rating": "○",
    "document_id": "a",
    "line": "1",
    "states_kpi": "true",
}


@pytest.mark.parametrize(
    ("stated", "said", "broken"),
    [
        ("○", {}, []),
        ("△", {}, ["rating_otherwise"]),
        ("", {}, []),
        ("△", {"states_kpi": "false"}, []),
        ("△", {"line": "2"}, []),
        ("△", {"measure_id": "other"}, []),
    ],
)
def test_the_rating_of_a_kpi_is_the_verdict_on_its_line(stated: str, said: Row, broken: list[str]) -> None:
    found = told(observations=[FIGURE | {"stated": stated}], initiatives=[INITIATIVE | said])
    assert [rule for *_, rule in found] == broken


CHANGE = dict.fromkeys(builders.CHANGE_COLUMNS, "") | {
    "branch_id": "gunma",
    "fiscal_year": "2024",
    "subject": "kpi",
    "measure_id": "rate",
    "change": "raised",
    "value_from": "49.0%以上",
    "value_to": "50.0%以上",
    "document_id": "a",
}


@pytest.mark.parametrize(
    ("said", "broken"),
    [
        ({}, []),
        ({"value_to": "51.0%以上"}, ["value_to"]),
        ({"value_from": "49%以上"}, ["value_from"]),
        ({"value_from": "", "change": "new"}, []),
        ({"value_to": "対前年度以上"}, ["value_to"]),
        ({"subject": "planned_people", "value_to": "51.0%以上"}, []),
        # Another year, measure or document has no target on record to be held against.
        ({"fiscal_year": "2026"}, []),
        ({"measure_id": "other"}, []),
        ({"document_id": "b"}, []),
    ],
)
def test_both_sides_of_a_changed_target_are_those_on_record(said: Row, broken: list[str]) -> None:
    targets = [
        FIGURE | TARGET | {"fiscal_year": year, "value": value, "printed": f"{value}%以上"}
        for year, value in (("2024", "50.0"), ("2023", "49.0"))
    ]
    found = told(observations=targets, plan_changes=[CHANGE | said])
    assert [(column, rule) for _, _, column, rule in found] == [(column, "change_otherwise") for column in broken]


@pytest.mark.parametrize(("role", "broken"), [("count", []), ("rate", ["not_counted"]), ("goal", ["not_counted"])])
def test_a_rate_is_of_what_is_counted(role: str, broken: list[str]) -> None:
    assert [rule for *_, rule in told(measures=[SHARE, X, N | {"role": role}], observations=[])] == broken


# --- any text --------------------------------------------------------------------------------------

TEXTS = st.sampled_from(["", "a", "0", "-1", "2024", "9999", "0000", "NaN", "1e9", "2024-13", "9999-12-31", "▲", "—"])
COLUMNS: dict[str, list[str]] = {
    name: list(builders.rows(builders.DATA / f"{name}.csv")[0])
    for name in (
        "measures",
        "measure_parts",
        "branches",
        "documents",
        "observations",
        "monthly",
        "benefits",
        "ranges",
        "incentive_ranks",
        "initiatives",
        "plan_changes",
    )
}


def tables_of(columns: dict[str, list[str]]) -> st.SearchStrategy[dict[str, list[tuple[int, dict[str, Any]]]]]:
    return st.fixed_dictionaries(
        {
            name: st.lists(st.fixed_dictionaries(dict.fromkeys(found, TEXTS)), max_size=4).map(
                lambda made: list(enumerate(made, 2))
            )
            for name, found in columns.items()
        }
    )


@settings(deadline=None)
@given(tables_of(COLUMNS), st.booleans())
def test_no_text_in_any_cell_makes_a_rule_fail(
    tables: dict[str, list[tuple[int, dict[str, Any]]]], whole: bool
) -> None:
    for fault in rules.faults(tables, whole=whole):
        assert fault.column in dict(tables[fault.table])[fault.row]
