"""新年度: a year without a plan of its own starts from the latest one; by hand from the documents' plans."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenpo import what_if
from kenpo.catalog import Lang
from kenpo.exports import csv_bytes, xlsx_bytes
from kenpo.formats import Amount
from kenpo.judgement import Reached
from kenpo.views import grid, scenarios
from kenpo.views import what_if as views
from kenpo.what_if import NOTHING, Plan, Scenario
from tests import builders
from tests.plans import plan, shown, voice

D = Decimal

SHIZUOKA = plan("shizuoka", 2025, 2024)
SAITAMA = plan("saitama", 2024, 2023)


def ended(found: Plan) -> dict[str, str | None]:
    return {e.measure.id: e.successor.id if e.successor else None for e in found.ended}


# --- a relative target means the year before --------------------------------------------------------


@pytest.mark.parametrize(
    ("measure", "printed", "current"),
    [
        # The plan of FY2024 prints the final of FY2023 inside these; the results of FY2024 close at:
        ("claim_assessment_rate", "0.141", "0.126"),
        ("reexam_amount_per_claim", "7135", "9024"),
        ("debt_recovery_rate", "70.77", "71.57"),
        ("visit_rate_10m", "34.0", "35.6"),
        ("committee_offices", "20494", "21168"),
    ],
)
def test_a_relative_target_is_last_years_final_and_not_the_number_of_the_old_plan(
    measure: str, printed: str, current: str
) -> None:
    start = SHIZUOKA.starts[measure]
    assert start.target is not None
    assert (start.target.value, start.current, start.relative) == (D(printed), D(current), True)
    assert start.base is not None
    assert (start.base.fiscal_year, start.base.status, start.base.value) == (2024, "final", D(current))
    # Last year's final meets it by definition, so nothing is asked for.
    row = next(r for r in what_if.rows(SHIZUOKA, Scenario()) if r.start is start)
    assert (row.target, row.met_before, row.asked) == (D(current), True, D(0))
    assert row.realism == "met"


def test_without_a_final_of_the_year_before_a_relative_target_has_no_number() -> None:
    # The generic share of FY2024 stands at February 2025 only; that of FY2023 is not the year before.
    generic = SHIZUOKA.starts["generic_use_rate"]
    assert generic.last is not None
    assert (generic.current, generic.base, generic.last.fiscal_year) == (None, None, 2023)
    # Saitama's results of FY2023 carry no month: nothing is resolved from them.
    assert [SAITAMA.starts[i].current for i in ("reexam_amount_per_claim", "card_recovery_rate")] == [None, None]
    # Two years after the plan no final of the year before is on record for any of them.
    later = plan("shizuoka", 2026, 2024)
    relative = [s for s in later.starts.values() if s.relative]
    assert len(relative) == 6
    assert {s.current for s in relative} == {None}


def test_a_target_with_a_number_of_its_own_is_carried_over() -> None:
    for year in (2025, 2027):
        start = plan("shizuoka", year, 2024).starts["lifestyle_checkup_rate"]
        assert (start.current, start.base) == (D("67.5"), None)


def test_in_the_plan_of_the_year_itself_the_printed_number_stands() -> None:
    start = plan("shizuoka", 2024).starts["claim_assessment_rate"]
    assert (start.current, start.base) == (D("0.141"), None)
    assert plan("shizuoka", 2024).ended == ()


YEARS = st.integers(2025, 2034)
ACTUAL = st.sampled_from(["final", "undated", "provisional", "draft"])


@given(YEARS, st.dictionaries(st.integers(2023, 2034), st.tuples(st.integers(0, 1000), ACTUAL), max_size=12))
def test_a_relative_target_is_the_final_of_the_year_before_or_nothing(
    year: int, actuals: dict[int, tuple[int, Any]]
) -> None:
    figures = [builders.figure("50.0", rule="at_least_previous_year")]
    for at, (tenths, status) in actuals.items():
        as_of = f"{at}-09" if status == "provisional" else None
        figures.append(builders.figure(str(D(tenths) / 10), fiscal_year=at, status=status, as_of=as_of))
    made = what_if.plan_of(builders.book(*figures), builders.held(builders.measure()), "yamaguchi", year, 2024)
    tenths, status = actuals.get(year - 1, (0, None))
    assert made.starts["a_rate"].current == (D(tenths) / 10 if status == "final" else None)


# --- what has ended is not offered, what took its place is ------------------------------------------


def test_ended_kpis_are_named_with_what_took_their_place() -> None:
    assert ended(SHIZUOKA) == {"mail_application_rate": "counter_reception_rate", "card_recovery_rate": None}
    assert ended(SAITAMA) == {
        "claim_assessment_rate_joint": "claim_assessment_rate",
        "debt_recovery_rate_post_loss": "debt_recovery_rate",
        "judo_frequent_claim_rate": None,
        "dependant_recheck_submission_rate": None,
        "health_declaration_offices_to_2023": "health_declaration_offices",
        "visit_rate_3m": "visit_rate_10m",
        "opinion_transmission": None,
    }
    assert ended(plan("gunma", 2027, 2025)) == {}


@pytest.mark.parametrize(
    ("found", "successors"),
    [
        (SHIZUOKA, ["counter_reception_rate"]),
        (
            SAITAMA,
            [
                *("claim_assessment_rate", "debt_recovery_rate"),
                *("visit_rate_10m", "health_declaration_offices"),
            ],
        ),
    ],
)
def test_a_successor_starts_without_a_target_and_on_its_own_definition(found: Plan, successors: list[str]) -> None:
    assert not {*ended(found)} & {*found.starts, *found.worded}
    assert [i for i, start in found.starts.items() if start.target is None] == successors
    for measure in successors:
        start = found.starts[measure]
        # No figure of the ended definition is taken over.
        assert (start.current, start.base, start.last, start.relative) == (None, None, None, False)


def test_the_measures_stay_in_the_order_of_the_catalog() -> None:
    first = list(SHIZUOKA.starts)[:4]
    assert first == [
        "service_standard_rate",
        "counter_reception_rate",
        "claim_assessment_rate",
        "reexam_amount_per_claim",
    ]


def test_a_successor_brings_its_own_last_final() -> None:
    old = builders.measure(id="old", kpi_to=2024, successor="new")
    new = builders.measure(id="new", kpi_from=2025)
    book = builders.book(
        builders.figure("90.0", measure="old", rule="at_least"),
        builders.figure("91.0", measure="old"),
        builders.figure("12.0", measure="new", fiscal_year=2023),
    )
    made = what_if.plan_of(book, builders.held(old, new), "yamaguchi", 2025, 2024)
    start = made.starts["new"]
    assert start.last is not None
    assert (list(made.starts), start.last.value, start.last.fiscal_year) == (["new"], D("12.0"), 2023)


@pytest.mark.parametrize(("direction", "rule", "met"), [("lower", "at_most", True), ("higher", "at_least", False)])
def test_a_new_target_of_a_successor_is_held_to_the_direction_of_the_measure(
    direction: str,
    rule: str,
    met: bool,
) -> None:
    old = builders.measure(id="old", kpi_to=2024, successor="new")
    new = builders.measure(id="new", kpi_from=2025, direction=direction)
    book = builders.book(
        builders.figure("90.0", measure="old", rule="at_least"),
        builders.figure("12.0", measure="new", fiscal_year=2024),
    )
    made = what_if.plan_of(book, builders.held(old, new), "yamaguchi", 2025, 2024)
    (row,) = what_if.rows(made, Scenario({"new": D(20)}))
    assert (row.start.rule, row.met_after, row.change, what_if.changed(made, Scenario({"new": D(20)}))) == (
        rule,
        met,
        None,
        ["new"],
    )


@pytest.mark.parametrize(
    ("measures", "year", "replaced"),
    [
        pytest.param(
            [("a", None, 2023, "b"), ("b", 2024, 2024, "c"), ("c", 2025, None, None)], 2026, "c", id="a chain"
        ),
        pytest.param(
            [("a", None, 2023, "b"), ("b", 2024, 2024, "c"), ("c", 2025, None, None)], 2024, "b", id="half way"
        ),
        pytest.param([("a", None, 2023, "b"), ("b", 2024, 2024, "a")], 2026, None, id="a circle"),
        pytest.param([("a", None, 2023, "a")], 2026, None, id="itself"),
        pytest.param([("a", None, 2023, "gone")], 2026, None, id="nothing known"),
        pytest.param([("a", None, 2023, "b"), ("b", 2027, None, None)], 2026, None, id="not begun"),
        pytest.param([("a", None, 2023, None)], 2026, None, id="none"),
    ],
)
def test_what_takes_the_place_of_an_ended_kpi(
    measures: list[tuple[str, int | None, int | None, str | None]], year: int, replaced: str | None
) -> None:
    made = [builders.measure(id=i, kpi_from=a, kpi_to=b, successor=s) for i, a, b, s in measures]
    found = builders.held(*made).replacement("a", year)
    assert (found.id if found else None) == replaced


def test_a_successor_with_a_target_of_its_own_is_offered_once() -> None:
    old = builders.measure(id="old", kpi_to=2024, successor="new")
    new = builders.measure(id="new", kpi_from=2024)
    book = builders.book(
        builders.figure("90.0", measure="old", rule="at_least"),
        builders.figure("12.0", measure="new", rule="at_most"),
    )
    made = what_if.plan_of(book, builders.held(old, new), "yamaguchi", 2025, 2024)
    assert {i: s.current for i, s in made.starts.items()} == {"new": D("12.0")}
    assert ended(made) == {"old": "new"}


# --- scenarios --------------------------------------------------------------------------------------


def test_a_target_for_an_ended_kpi_is_left_out_and_named() -> None:
    asked = Scenario({"mail_application_rate": D(99), "card_recovery_rate": D(80), "lifestyle_checkup_rate": D(68)})
    kept, refused = what_if.sound(SHIZUOKA, asked)
    assert kept.targets == {"lifestyle_checkup_rate": D(68)}
    assert [(r.subject, r.reason, r.known) for r in refused] == [
        ("mail_application_rate", "ended", ("counter_reception_rate",)),
        ("card_recovery_rate", "ended", ()),
    ]
    assert str(refused[0]) == (
        "mail_application_rate: no KPI any more in this year; counter_reception_rate takes its place"
    )
    # In the plan of its own year it is a target like any other.
    assert what_if.sound(plan("shizuoka", 2024), Scenario({"mail_application_rate": D(99)}))[1] == []


def test_an_untouched_year_shows_zeros_everywhere() -> None:
    for found in (SHIZUOKA, SAITAMA, plan("okayama", 2027, 2021), plan("yamaguchi", 2027, 2024)):
        assert what_if.changed(found, Scenario()) == []
        for row in what_if.rows(found, Scenario()):
            assert not row.change
            assert not row.more_than_plan


def test_every_preset_holds_in_a_new_year() -> None:
    for found in (SHIZUOKA, SAITAMA, plan("okayama", 2027, 2021)):
        for name in what_if.PRESETS:
            moved, _ = what_if.apply(found, Scenario(), name)
            assert what_if.sound(found, moved)[1] == []


# --- in words ---------------------------------------------------------------------------------------


def row(measure: str, at: Plan, lang: Lang = "ja", scenario: Scenario = NOTHING) -> dict[str, Any]:
    said = voice(lang)
    data = grid.grid(shown(scenario, at), grid.fixed(at, said), measure, [], 0, said)
    return dict(next(r for r in data["rows"] if r["id"] == measure))


def test_the_headline_asserts_no_plan_that_does_not_exist() -> None:
    # 22 targets of FY2021, of which eight have ended and four have a successor.
    okayama = plan("okayama", 2027, 2021)
    assert views.headline(shown(at=okayama), voice()) == ("岡山の令和9年度の案（出発点：令和3年度の計画）は18指標")
    gunma = plan("gunma", 2027, 2025)
    assert views.headline(shown(at=gunma), voice()) == (
        "群馬の令和9年度の案（出発点：令和7年度の計画）は健診 63.0%・保健指導 20.0%"
    )
    assert views.headline(shown(at=gunma), voice("en")) == (
        "A draft for Gunma FY2027 (from the FY2025 plan): 63.0% checkups and 20.0% guidance"
    )


@pytest.mark.parametrize(
    ("found", "lang", "said"),
    [
        (
            SHIZUOKA,
            "ja",
            (
                "令和7年度のKPIでない指標は除いています：現金給付等の郵送化率（R6まで）→ 現金給付等の窓口受付率、"
                "保険証回収率（1か月以内）（R6まで・後継の収録なし）。"
            ),
        ),
        (
            SHIZUOKA,
            "en",
            (
                "Not KPIs in FY2025 and left out: Claims by post (to 2024) → Claims at the counter, "
                "Card recovery in 1 month (to 2024, no successor on record)."
            ),
        ),
        (plan("gunma", 2027, 2025), "ja", ""),
        (plan("shizuoka", 2024), "ja", ""),
    ],
)
def test_the_page_says_what_was_replaced_by_what(found: Plan, lang: Lang, said: str) -> None:
    assert views.replaced(found, voice(lang)) == said


def test_saitama_names_every_definition_that_changed() -> None:
    said = views.replaced(SAITAMA, voice())
    for pair in (
        "レセプト点検の査定率（合算）（R5まで）→ レセプト点検の査定率（協会分）",
        "返納金債権の回収率（喪失後）（R5まで）→ 返納金債権の回収率",
        "受診勧奨後の受診率（3か月）（R5まで）→ 受診勧奨後の受診率（10か月）",
        "効果的な意見発信（R5まで・後継の収録なし）",
    ):
        assert pair in said


def test_a_resolved_target_stands_with_its_number_and_where_it_is_from() -> None:
    found = row("claim_assessment_rate", SHIZUOKA)
    assert found["current"] == {"value": "0.126%", "year": "R6実績", "worded": False}
    assert (found["value"], found["change"], found["moved"]) == ("0.126", "±0pt", False)
    assert dict(found["facts"])["現目標"] == (
        "前年度（0.126%）以上（元の表現：対前年度以上（0.141%以上）） — "
        "令和6年度 静岡支部事業計画実施結果 118, 125, 523行目、"
        "0.126%（R6実績） — 令和6年度 静岡支部事業計画実施結果 125, 523行目"
    )
    assert "0.141" not in " ".join(text for name, text in found["facts"] if name != "現目標")
    assert {p["id"]: p["label"] for p in found["presets"]}["keep"] == "現目標に戻す（前年度（0.126%）以上）"


def test_a_relative_target_without_a_base_says_only_last_year_or_better() -> None:
    found = row("generic_use_rate", SHIZUOKA)
    assert found["current"] == {"value": "前年度以上", "year": "R6", "worded": True}
    assert (found["said"], found["value"]) == ("前年度以上", "")


def test_a_successor_says_that_it_has_no_target_and_what_it_replaces() -> None:
    found = row("counter_reception_rate", SHIZUOKA)
    assert found["current"] == {"value": "目標なし", "year": "", "worded": True}
    assert found["remark"] == "低いほど良い・現金給付等の郵送化率に代わる指標"
    assert (found["said"], found["last"]["value"], found["realism"]["text"]) == ("目標なし", "—", "数値の目標なし")
    assert row("claim_assessment_rate", SAITAMA, "en")["remark"] == "in place of Claim-review rate (joint)"
    moved = Scenario({"counter_reception_rate": D("30.0")})
    assert views.headline(shown(moved, SHIZUOKA), voice()) == "現金給付等の窓口受付率を30.0%にする（現目標なし）"


def test_what_the_page_rests_on_names_the_finals_the_targets_were_resolved_to() -> None:
    figures = views.figures(SHIZUOKA)
    own = [o for o in figures if (o.branch, o.measure, o.kind) == ("shizuoka", "debt_recovery_rate", "actual")]
    assert [(o.fiscal_year, o.printed) for o in own] == [(2024, "71.57%")]
    # The printed target of the plan stays visible as what it is.
    assert "前年度以上（70.77%以上）" in [o.printed for o in figures]
    assert not [o for o in figures if o.measure in ("mail_application_rate", "card_recovery_rate")]


def test_the_sheet_and_the_calculation_follow() -> None:
    moved = Scenario({"counter_reception_rate": D("30.0"), "claim_assessment_rate": D("0.130")})
    sheet, calculation = scenarios.tables(scenarios.named([("案A", shown(moved, SHIZUOKA))]), voice())
    assert sheet.context.endswith(views.replaced(SHIZUOKA, voice()))
    said = {i: texts[:2] for i, texts in zip(sheet.ids, sheet.texts("ja"), strict=True)}
    assert said["counter_reception_rate"] == [
        "現金給付等の申請書類に係る窓口受付率を30.0%以下とする",
        "現金給付等の申請書類に係る窓口受付率（目標なし）",
    ]
    assert said["claim_assessment_rate"] == [
        "レセプト点検の査定率（協会分）を0.130%以上とする",
        "レセプト点検の査定率（協会分）を前年度（0.126%）以上とする",
    ]
    at = {key: place for place, key in enumerate(calculation.keys)}
    cells = dict(zip(calculation.ids, calculation.rows, strict=True))
    current = cells["committee_offices"][at["current"]]
    assert isinstance(current, Amount)
    assert current.value == D(21168)
    assert cells["counter_reception_rate"][at["current"]] == "目標なし"


def test_the_files_that_leave_the_page_follow() -> None:
    moved = Scenario({"counter_reception_rate": D("30.0")})
    tables = scenarios.tables(scenarios.named([("案A", shown(moved, SHIZUOKA)), ("案B", shown(at=SHIZUOKA))]), voice())
    written = [csv_bytes(table).decode("utf-8-sig") for table in tables]
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(tables, "ja")))
    written += ["\n".join(str(cell.value) for row in sheet for cell in row) for sheet in book]
    for text in written:
        assert "0.141" not in text
        assert "70.77" not in text
        assert "mail_application_rate" not in text
        assert "郵送化率を" not in text
    for sheet in (written[0], written[3]):
        assert "返納金債権の回収率（不当請求分を除く）を前年度（71.57%）以上とする" in sheet
        assert "窓口受付率を30.0%以下とする" in sheet
        assert "窓口受付率（目標なし）" in sheet
    for calculation in (written[1], written[4]):
        assert "71.57" in calculation
        assert "9024" in calculation
    assert "令和7年度のKPIでない指標は除いています" in written[3]


# --- inside a year in progress ----------------------------------------------------------------------


def test_inside_a_year_nobody_has_counted_there_is_no_pace() -> None:
    figures = [
        builders.figure("50.0", rule="at_least"),
        builders.figure("1000", measure="n", kind="plan", line="2"),
    ]
    counts = [builders.measure(id=i, role="count", unit="persons") for i in ("x", "n")]
    held = builders.held(builders.measure(numerator="x", denominator="n"), *counts)
    rows = {}
    for name, month in (("begun", "2024-09"), ("not begun", None)):
        seen = {("yamaguchi", 2024): {"another": Reached(month)}} if month else None
        made = what_if.plan_of(builders.book(*figures, reach=seen), held, "yamaguchi", 2024)
        (rows[name],) = what_if.rows(made, Scenario({"a_rate": D(60)}))
    # 600 of 1,000 in twelve months; in September nobody knows how many of them are there already.
    assert (rows["not begun"].start.months, rows["not begun"].a_month) == (12, 50)
    assert (rows["begun"].start.months, rows["begun"].people, rows["begun"].a_month) == (6, 600, None)
