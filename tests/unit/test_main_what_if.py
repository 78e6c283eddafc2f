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
        (["--fy", "2019"], "yamaguchi has no target on record for 2019; planned years: 2021, 2022, 2023, 2024"),
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
