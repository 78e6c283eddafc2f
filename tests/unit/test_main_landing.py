"""python -m kenpo landing: the same answer without a browser."""

from __future__ import annotations

import json

import pytest

from kenpo.__main__ import main

ASK = ["landing", "--branch", "yamaguchi", "--fy", "2023", "--measure", "guidance_insured_count"]


def test_the_answer_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASK, "--as-of", "2023-10", "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    said = {key: answer[key] for key in ("forecast", "low", "high", "forecast_rate", "high_rate", "verdict", "method")}
    assert said == {
        "forecast": 3981,
        "low": 3952,
        "high": 4011,
        "forecast_rate": 14.9,
        "high_rate": 15.0,
        "verdict": "out_of_reach",
        "method": "chain_ladder",
    }
    assert (answer["change_percent"], answer["pace_needed"], answer["months_left"]) == (-8.1, 1572, 5)
    assert (answer["last_year_total"], answer["last_year_rate"], answer["last_year_rate_printed"]) == (4317, 18.8, 17.7)
    october = [miss for miss in answer["back_test"] if miss["as_of"] == "2022-10"]
    assert [(miss["forecast"], miss["actual"], miss["error_percent"]) for miss in october] == [(4349, 4317, 0.7)]


def test_the_answer_as_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(ASK) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["as_of", "2023-10"] in lines
    assert ["forecast", "3981"] in lines
    assert ["2022", "2022-10", "4349", "4317", "0.7"] in lines


def test_a_rate_answers_as_the_count_behind_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASK[:-1], "guidance_rate_insured"]) == 0
    rate = capsys.readouterr().out
    assert main(ASK) == 0
    assert capsys.readouterr().out == rate


def test_nothing_is_forecast_for_a_complete_year(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASK, "--fy", "2022", "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["as_of"], answer["no_forecast"], answer["forecast"], answer["came_to"]) == (
        "2023-03",
        "complete",
        None,
        4317,
    )


def test_a_first_year_says_why_there_is_no_forecast(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASK, "--fy", "2021", "--as-of", "2021-10", "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["no_forecast"], answer["forecast"], answer["reached"]) == ("no_earlier_year", None, 2665)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--branch", "yamaguci"], "did you mean yamaguchi"),
        (["--fy", "R5"], "four digits"),
        (["--fy", "2019"], "guidance_insured_count 2023"),
        (["--branch", "gunma"], "on record: nothing"),
        (["--measure", "guidance_insured"], "did you mean guidance_"),
        (["--measure", "premium_rate"], "premium_rate has no people behind it; one of lifestyle_checkup_rate"),
        (["--measure", "lifestyle_checkup_rate"], "no monthly figures of lifestyle_checkup_count"),
        (["--as-of", "2023-11"], "'2023-11' is no month on record for 2023: 2023-04,"),
        (["--as-of", "October"], "2023-09, 2023-10"),
    ],
)
def test_what_cannot_be_exits_1_with_what_would_be_right(
    more: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*ASK, *more]) == 1
    found = capsys.readouterr()
    assert said in found.err
    assert found.out == ""
