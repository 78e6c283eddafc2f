"""python -m kenpo what-if: the same answer without a browser."""

from __future__ import annotations

import json

import pytest

from kenpo.__main__ import main

ASK = ["what-if", "--branch", "yamaguchi", "--fy", "2024"]


def test_the_answer_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASK, "--set", "lifestyle_checkup_rate=60", "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    row = next(r for r in answer["rows"] if r["measure"] == "lifestyle_checkup_rate")
    assert (row["people"], row["more_than_plan"], row["last_final"], row["last_final_year"]) == (
        104560,
        3486,
        58.0,
        2022,
    )
    assert answer["totals"]["checkup"] == {
        "people": 142816,
        "eligible": 219192.0,
        "rate": 65.2,
        "people_at_start": 139330,
        "rate_at_start": 63.6,
        "printed_otherwise": "139,340",
    }


def test_the_answer_as_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASK, "--set", "guidance_rate_insured=35.0"]) == 0
    said = capsys.readouterr().out
    assert "guidance: 8869 of 26081 = 34.0 % (plan 20.4 %)" in said
    assert "beyond" in said


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--set", "lifestyle_checkup_rate=130"], "lifestyle_checkup_rate: 130 is outside 0–100"),
        (["--set", "lifestyle_checkup_rate=abc"], "MEASURE=NUMBER is needed"),
        (["--set", "lifestyle_checkup_rate"], "MEASURE=NUMBER is needed"),
        (["--set", "lifestyle_checkup_rate=６０"], "MEASURE=NUMBER is needed"),
        (["--set", "happiness=1"], "no target in this plan"),
        (["--eligible", "checkup_eligible_insured=0"], "0 is no number of people from 1 to 100000000"),
        (
            ["--fy", "2019"],
            (
                "yamaguchi has no target on record for 2019; planned years: 2021, 2022, 2023, 2024; "
                "years that can start from the latest plan: 2025, 2026, 2027"
            ),
        ),
        (["--fy", "2028"], "yamaguchi has no target on record for 2028"),
        (["--fy", "2025", "--set", "mail_application_rate=95"], "counter_reception_rate takes its place"),
        (["--fy", "2025", "--set", "card_recovery_rate=95"], "nothing on record takes its place"),
        (["--branch", "hokkaido", "--fy", "2027"], "hokkaido has no target on record for 2027; planned years: none; "),
        (["--branch", "yamaguci"], "did you mean yamaguchi"),
    ],
)
def test_what_cannot_be_exits_1_with_what_would_be_right(
    more: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*ASK, *more]) == 1
    found = capsys.readouterr()
    assert said in found.err
    assert found.out == ""


def test_the_year_after_the_latest_plan_starts_from_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["what-if", "--branch", "yamaguchi", "--fy", "2025", "--format", "json"]) == 0
    row = next(r for r in json.loads(capsys.readouterr().out)["rows"] if r["measure"] == "lifestyle_checkup_rate")
    assert (row["current"], row["people"], row["eligible_year"], row["more_than_plan"]) == (58.0, 101074, 2024, 0)


SHIZUOKA = ["what-if", "--branch", "shizuoka", "--fy", "2025"]


def test_a_year_without_a_plan_names_where_it_starts_and_what_it_does_not_offer(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([*SHIZUOKA, "--format", "json"]) == 0
    text = capsys.readouterr().out
    answer = json.loads(text)
    assert (answer["fiscal_year"], answer["base_year"]) == (2025, 2024)
    assert answer["ended"] == [
        {"measure": "mail_application_rate", "kpi_to": 2024, "successor": "counter_reception_rate"},
        {"measure": "card_recovery_rate", "kpi_to": 2024, "successor": None},
    ]
    rows = {r["measure"]: r for r in answer["rows"]}
    # The finals of FY2024, not what the plan of FY2024 prints of the year before it.
    assert {i: (rows[i]["current"], rows[i]["current_from"], rows[i]["current_year"]) for i in rows} == {
        "service_standard_rate": (100, "plan", 2024),
        "counter_reception_rate": (None, None, None),
        "claim_assessment_rate": (0.126, "last_actual", 2024),
        "reexam_amount_per_claim": (9024, "last_actual", 2024),
        "debt_recovery_rate": (71.57, "last_actual", 2024),
        "lifestyle_checkup_rate": (67.5, "plan", 2024),
        "employer_checkup_data_rate": (5.7, "plan", 2024),
        "dependant_checkup_rate": (28.2, "plan", 2024),
        "guidance_rate_insured": (20.0, "plan", 2024),
        "guidance_rate_dependant": (14.2, "plan", 2024),
        "visit_rate_10m": (35.6, "last_actual", 2024),
        "health_declaration_offices": (7140, "plan", 2024),
        "generic_use_rate": (None, "plan", 2024),
        "committee_coverage_rate": (69.5, "plan", 2024),
        "committee_offices": (21168, "last_actual", 2024),
        "single_bid_rate": (15.0, "plan", 2024),
    }
    assert '"current": 20.0,' in text


def test_the_table_names_where_a_year_without_a_plan_starts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(SHIZUOKA) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[-3:] == [
        "2025 has no plan on record: its targets start from the plan of 2024",
        "not offered: mail_application_rate, a KPI up to 2024; counter_reception_rate takes its place",
        "not offered: card_recovery_rate, a KPI up to 2024; no successor on record",
    ]
    assert main(ASK) == 0
    assert "has no plan on record" not in capsys.readouterr().out


def test_a_successor_can_be_set(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*SHIZUOKA, "--set", "counter_reception_rate=30", "--format", "json"]) == 0
    row = next(r for r in json.loads(capsys.readouterr().out)["rows"] if r["measure"] == "counter_reception_rate")
    assert (row["current"], row["new"], row["change"], row["last_final"]) == (None, 30.0, None, None)


@pytest.mark.parametrize(("today", "year", "base"), [("2026-11-25", 2027, 2024), ("2025-03-31", 2025, 2024)])
def test_without_a_year_it_is_the_last_that_can_be_planned(
    today: str, year: int, base: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KENPO_TODAY", today)
    assert main(["what-if", "--branch", "yamaguchi", "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["fiscal_year"], answer["base_year"]) == (year, base)


def test_the_clock_moves_no_figure(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for today in ("2025-04-01", "2026-11-25", "2040-01-01"):
        monkeypatch.setenv("KENPO_TODAY", today)
        assert main([*SHIZUOKA, "--format", "json"]) == 0
        said.append(capsys.readouterr().out)
    assert said == [said[0]] * 3


def test_a_setting_of_the_clock_that_is_no_date_exits_1_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KENPO_TODAY", "tomorrow")
    assert main(ASK) == 1
    found = capsys.readouterr()
    assert (found.out, found.err) == (
        "",
        "KENPO_TODAY='tomorrow' is no date: YYYY-MM-DD from 2000 to 2100 is needed\n",
    )


def test_eligible_numbers_are_moved_and_grown(capsys: pytest.CaptureFixture[str]) -> None:
    more = ["--eligible", "checkup_eligible_insured=170000", "--grow", "--format", "json"]
    assert main([*ASK, "--set", "lifestyle_checkup_rate=60", *more]) == 0
    rows = {r["measure"]: r for r in json.loads(capsys.readouterr().out)["rows"]}
    assert (rows["lifestyle_checkup_rate"]["people"], rows["lifestyle_checkup_rate"]["eligible"]) == (102000, 170000)
    # 24,830 × (102,000 + 23,120) ÷ 124,774 = 24,898.8
    assert rows["guidance_rate_insured"]["eligible"] == 24899


def test_nobody_eligible_is_no_rate(capsys: pytest.CaptureFixture[str]) -> None:
    parts = ("lifestyle_checkup_rate", "employer_checkup_data_rate", "dependant_checkup_rate")
    more = [word for part in parts for word in ("--set", f"{part}=0")]
    assert main([*ASK, *more, "--grow"]) == 0
    assert "guidance: 0 of 0 = no rate (plan 20.4 %)" in capsys.readouterr().out
    assert main([*ASK, *more, "--grow", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["totals"]["guidance"]["rate"] is None


def test_never_on_record_says_on_how_many_changes_it_rests(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASK, "--set", "guidance_rate_insured=35.0", "--format", "json"]) == 0
    rows = {r["measure"]: r for r in json.loads(capsys.readouterr().out)["rows"]}
    found = rows["guidance_rate_insured"]
    assert (found["realism"], found["changes_on_record"]) == ("beyond", 2)


def test_the_reason_without_people_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASK, "--format", "json"]) == 0
    rows = {r["measure"]: r for r in json.loads(capsys.readouterr().out)["rows"]}
    assert rows["generic_use_rate"]["no_people"] == "no_denominator"
    assert rows["lifestyle_checkup_rate"]["no_people"] is None
