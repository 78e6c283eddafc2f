"""python -m kenpo landing: the same answer without a browser."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kenpo import judgement, landing
from kenpo.__main__ import landed, main
from tests import builders
from tests.shipped import package

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


def test_april_to_june_are_as_wide_as_the_past_was_missed_up_to_july(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASK, "--as-of", "2023-04", "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["forecast"], answer["low"], answer["high"]) == (4813, 4350, 5386)
    assert (answer["largest_miss_percent"], answer["no_range"]) == (10.6, None)


def test_with_one_earlier_year_it_says_that_no_range_can_be_given(capsys: pytest.CaptureFixture[str]) -> None:
    once = [*ASK, "--fy", "2022", "--as-of", "2022-10"]
    assert main([*once, "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["forecast"], answer["low"], answer["high"], answer["no_range"]) == (4349, None, None, "single_year")
    assert main(once) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "no range can be given: a single earlier year shows none"


def test_a_running_count_that_falls_is_said_with_both_places(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = (builders.DATA / "monthly.csv").read_text(encoding="utf-8")
    sound = 'yamaguchi,2023,2023-06,guidance_insured_count,1018,yamaguchi-2024-plan,397,"1,018"'
    folder = builders.package(tmp_path / "data")
    lower = sound.replace("1018", "618").replace('"1,018"', "618")
    (folder / "monthly.csv").write_text(table.replace(sound, lower), encoding="utf-8", newline="")
    asked = [*ASK, "--folder", str(folder)]
    assert main([*asked, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["falls"] == [
        {
            "as_of": "2023-06",
            "count": 618,
            "document": "yamaguchi-2024-plan",
            "line": "397",
            "before_as_of": "2023-05",
            "before_count": 625,
            "before_document": "yamaguchi-2024-plan",
            "before_line": "397",
        }
    ]
    assert main(asked) == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        "a running count that falls: 618 in 2023-06 (yamaguchi-2024-plan line 397) "
        "is below 625 in 2023-05 (yamaguchi-2024-plan line 397)"
    )


def test_without_a_denominator_the_count_lands_without_a_rate() -> None:
    held = package().catalog
    measure = replace(held.measures["guidance_rate_insured"], denominator=None)
    points = landing.points(package().monthly("yamaguchi", [str(measure.numerator)]))
    answer = landed(landing.outlook(judgement.Book((), held.documents), measure, points, "yamaguchi", 2023, 7))
    assert (answer["forecast"], answer["forecast_rate"], answer["eligible"], answer["verdict"]) == (
        3981,
        None,
        None,
        None,
    )


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
