"""python -m kenpo compare: the rows of the page in its order, by id, and refusals that say what would be right."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from kenpo import answers
from kenpo.__main__ import COLUMNS, main
from kenpo.selection import Base, Mode, Show
from tests import builders
from tests.comparisons import ASKED, BASES, each_kind, each_question, each_way, found, own, row

LIFESTYLE = ("compare", "--measure", "lifestyle_checkup_rate", "--fy", "2024")
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _own_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KENPO_DATA", raising=False)


def said(capsys: Captured, *arguments: str) -> str:
    code = main(arguments)
    out, err = capsys.readouterr()
    assert (code, err) == (0, "")
    return out


def refused(capsys: Captured, *arguments: str) -> str:
    code = main(arguments)
    out, err = capsys.readouterr()
    assert (code, out) == (1, "")
    return err.rstrip("\n")


def answer(capsys: Captured, *arguments: str) -> dict[str, Any]:
    found_ = json.loads(said(capsys, *arguments, "--format", "json"))
    assert isinstance(found_, dict)
    return found_


def by_branch(whole: dict[str, Any], *columns: str) -> dict[str, list[Any]]:
    return {r["branch"]: [r[c] for c in columns] for r in whole["rows"]}


# --- answers ---------------------------------------------------------------------------------------


def test_rows_stand_as_on_the_page_set_against_their_targets(capsys: Captured) -> None:
    whole = answer(capsys, *LIFESTYLE)
    assert by_branch(whole, "actual", "target", "against", "against_base", "against_reason", "not_ranked") == {
        "shizuoka": [64.7, 67.5, -2.8, 67.5, None, "alone"],
        "national": [58.4, 61.7, -3.3, 61.7, None, None],
        "gunma": [None, 61.2, None, None, "no_own", "no_own"],
        "yamaguchi": [None, 58.0, None, None, "no_own", "no_own"],
        "okayama": [None, None, None, None, "no_own", "no_own"],
        "saitama": [None, None, None, None, "no_own", "no_own"],
    }
    assert [r["branch"] for r in whole["rows"]] == ["shizuoka", "national", "gunma", "yamaguchi", "okayama", "saitama"]


def test_the_answer_repeats_the_question_and_gives_the_range_of_47(capsys: Captured) -> None:
    whole = answer(capsys, *LIFESTYLE)
    del whole["rows"]
    assert whole == {
        "measure": "lifestyle_checkup_rate",
        "unit": "percent",
        "fiscal_year": 2024,
        "show": "actual",
        "base": "target",
        "mode": "year",
        "ranked": 0,
        "lowest": {
            "branch": "kagoshima",
            "value": 47.4,
            "printed": "47.4%",
            "document": "annual-report-2024-p120",
            "line": "52",
        },
        "highest": {
            "branch": "yamagata",
            "value": 80.5,
            "printed": "80.5%",
            "document": "annual-report-2024-p120",
            "line": "51",
        },
    }


@pytest.mark.parametrize(
    ("base", "shizuoka", "against", "year"),
    [("target", -2.8, 67.5, 2024), ("national", 6.3, 58.4, 2024), ("last_year", -4.9, 69.6, 2023)],
)
def test_a_figure_is_set_against_the_base_asked_for(
    capsys: Captured, base: str, shizuoka: float, against: float, year: int
) -> None:
    whole = answer(capsys, *LIFESTYLE, "--base", base, "--branch", "shizuoka")
    assert by_branch(whole, "against", "against_base", "against_base_year")["shizuoka"] == [shizuoka, against, year]


def test_targets_are_ranked_and_set_against_the_best(capsys: Captured) -> None:
    whole = answer(capsys, *LIFESTYLE, "--show", "target", "--base", "best")
    assert by_branch(whole, "value", "rank", "ranked", "against", "against_reason", "value_printed") == {
        "shizuoka": [67.5, 1, 3, None, "itself", "67.5%以上"],
        "national": [61.7, None, None, -5.8, None, "61.7%"],
        "gunma": [61.2, 2, 3, -6.3, None, "61.2%以上"],
        "yamaguchi": [58.0, 3, 3, -9.5, None, "58.0%以上"],
        "okayama": [None, None, None, None, "no_own", None],
        "saitama": [None, None, None, None, "no_own", None],
    }


def test_the_ambition_is_the_target_over_the_last_final_actual(capsys: Captured) -> None:
    whole = answer(capsys, *LIFESTYLE)
    assert by_branch(whole, "last_final", "last_final_year", "ambition")["shizuoka"] == [69.6, 2023, -2.1]


def test_the_latest_of_each_branch_has_a_year_of_its_own_and_no_rank(capsys: Captured) -> None:
    whole = answer(capsys, *LIFESTYLE, "--mode", "latest")
    rows = by_branch(whole, "fiscal_year", "as_of", "actual", "rank")
    assert rows["saitama"] == [2023, "2024-01", 42.6, None]
    assert rows["yamaguchi"] == [2023, "2023-09", 31.4, None]
    assert rows["shizuoka"] == [2024, None, 64.7, None]
    assert (whole["ranked"], whole["lowest"]) == (0, None)


def test_ranks_stay_those_among_all_where_few_rows_are_asked_for(capsys: Captured) -> None:
    whole = answer(capsys, "compare", "--measure", "premium_rate", "--fy", "2025", "--branch", "yamaguchi,shizuoka")
    assert by_branch(whole, "value", "rank", "ranked") == {
        "shizuoka": [9.80, 12, 47],
        "national": [10.0, None, None],
        "yamaguchi": [10.36, 44, 47],
    }


def test_without_a_year_it_is_the_latest_with_a_final_actual(capsys: Captured) -> None:
    assert answer(capsys, *LIFESTYLE[:3])["fiscal_year"] == 2024
    assert answer(capsys, "compare", "--measure", "visit_rate_3m")["fiscal_year"] == 2023


def test_digits_stay_as_printed(capsys: Captured) -> None:
    out = said(
        capsys, "compare", "--measure", "premium_rate", "--fy", "2025", "--branch", "shizuoka", "--format", "json"
    )
    assert '"value": 9.80' in out
    assert '"value_printed": "9.80%"' in out


def test_csv_has_the_columns_of_values_and_those_of_the_comparison(capsys: Captured) -> None:
    rows = list(csv.reader(io.StringIO(said(capsys, *LIFESTYLE, "--format", "csv"))))
    assert tuple(rows[0]) == COLUMNS + answers.COMPARED
    shizuoka = dict(zip(rows[0], rows[1], strict=True))
    assert (shizuoka["branch"], shizuoka["against"], shizuoka["not_ranked"]) == ("shizuoka", "-2.8", "alone")
    assert len(rows) == 7


def test_the_table_is_followed_by_who_is_ranked_and_the_range(capsys: Captured) -> None:
    lines = said(capsys, "compare", "--measure", "card_recovery_rate", "--fy", "2022", "--base", "best").splitlines()
    cells = [line.split() for line in lines]
    assert cells[0][:4] == ["branch", "fiscal_year", "rank", "actual"]
    assert cells[1][:4] == ["yamaguchi", "2022", "1", "92.06"]
    assert cells[3][:5] == ["saitama", "2022", "2", "85.38", "-6.68"]
    assert lines[-2:] == ["ranked: 2", "not ranked: gunma (no_own), shizuoka (no_own), okayama (no_own)"]
    assert said(capsys, *LIFESTYLE).splitlines()[-1] == "range of all 47: 47.4 (kagoshima) to 80.5 (yamagata)"


@each_question
@each_kind
@each_way
def test_every_answer_has_the_rows_of_the_page(
    capsys: Captured, measure: str, fiscal_year: int, show: Show, mode: Mode
) -> None:
    base: Base = BASES[ASKED.index((measure, fiscal_year)) % len(BASES)]
    asked = ("--show", show, "--mode", mode, "--base", base)
    whole = answer(capsys, "compare", "--measure", measure, "--fy", str(fiscal_year), *asked)
    rows = found(measure, fiscal_year, show, base, mode).rows
    number = [
        (r.branch, r.rank, *(None if v is None else float(v) for v in (r.value, r.against.value)), r.against.reason)
        for r in rows
    ]
    columns = ("branch", "rank", "value", "against", "against_reason")
    assert [tuple(r[c] for c in columns) for r in whole["rows"]] == number


def test_the_actual_beside_a_rank_is_the_one_that_is_ranked() -> None:
    # Both print September; the October of one is not ranked.
    one = own(
        builders.measure(),
        builders.figure("9.0", as_of="2024-10"),
        builders.figure("7.5", as_of="2024-09"),
        builders.figure("8.0", as_of="2024-09", branch="gunma"),
    )
    record = answers.compared(row(one, "yamaguchi"), one)
    shown = ("rank", "ranked", "value", "actual", "as_of", "status")
    assert [str(record[name]) for name in shown] == ["2", "2", "7.5", "7.5", "2024-09", "provisional"]


# --- refusals --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("--measure", "lifestyle_checkup_rat"),
            (
                "unknown measure 'lifestyle_checkup_rat'; "
                "did you mean lifestyle_checkup_rate, lifestyle_checkup_count, dependant_checkup_rate?"
            ),
        ),
        (
            ("--measure", "lifestyle_checkup_rate", "--fy", "1999"),
            "no figures of lifestyle_checkup_rate for 1999; years on record: 2020, 2021, 2022, 2023, 2024, 2025",
        ),
        (("--measure", "lifestyle_checkup_rate", "--fy", "R6"), "'R6' is no fiscal year: four digits, e.g. 2024"),
        (
            ("--measure", "lifestyle_checkup_rate", "--fy", "2024", "--branch", "shizuoka,yamaguti"),
            "unknown branch 'yamaguti'; did you mean yamaguchi, yamagata, yamanashi?",
        ),
        (
            ("--measure", "lifestyle_checkup_rate", "--fy", "2024", "--branch", "hokkaido"),
            (
                "no figures of lifestyle_checkup_rate in 2024 for hokkaido; "
                "branches on record: gunma, saitama, shizuoka, okayama, yamaguchi"
            ),
        ),
    ],
)
def test_what_cannot_be_answered_is_refused_with_what_would_be_right(
    capsys: Captured, arguments: tuple[str, ...], message: str
) -> None:
    assert refused(capsys, "compare", *arguments) == message


def test_a_measure_without_a_figure_is_refused(capsys: Captured, tmp_path: Any) -> None:
    folder = builders.package(tmp_path / "package", [builders.observation("61.0")])
    asked = ("compare", "--measure", "single_bid_rate", "--folder", str(folder))
    assert refused(capsys, *asked) == "no figures of single_bid_rate are on record"


def test_an_unknown_base_is_wrong_usage(capsys: Captured) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([*LIFESTYLE, "--base", "rank"])
    assert stopped.value.code == 2
    assert "target, national, last_year, best" in capsys.readouterr().err.replace("'", "")
