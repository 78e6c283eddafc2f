"""python -m kenpo trend: the rows of the page in its order, by id, and refusals that say what would be right."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from kenpo import answers, trend
from kenpo.__main__ import COLUMNS, main
from tests import builders
from tests.builders import figure

LIFESTYLE = ("trend", "--measure", "lifestyle_checkup_rate")
OFFICES = ("trend", "--measure", "health_declaration_offices")
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
    found = json.loads(said(capsys, *arguments, "--format", "json"))
    assert isinstance(found, dict)
    return found


def rows(whole: dict[str, Any], *columns: str) -> list[list[Any]]:
    return [[r[c] for c in columns] for r in whole["rows"]]


# --- answers ---------------------------------------------------------------------------------------


def test_rows_stand_as_on_the_page_branch_by_branch_the_nation_last(capsys: Captured) -> None:
    whole = answer(capsys, *LIFESTYLE, "--from", "2023", "--to", "2024")
    assert rows(
        whole, "branch", "fiscal_year", "actual", "as_of", "target", "on_last_year", "to_national", "joined"
    ) == [
        ["gunma", 2024, None, None, 61.2, None, None, False],
        ["saitama", 2023, 42.6, "2024-01", 53.8, None, None, False],
        ["shizuoka", 2023, 69.6, None, None, None, None, True],
        ["shizuoka", 2024, 64.7, None, 67.5, -4.9, 6.3, True],
        ["yamaguchi", 2023, 31.4, "2023-09", 59.2, None, 8.5, False],
        ["yamaguchi", 2024, None, None, 58.0, None, None, False],
        ["national", 2023, 22.9, "2023-09", 63.9, None, None, False],
        ["national", 2024, 58.4, None, 61.7, None, None, True],
    ]


def test_the_answer_repeats_the_question_and_gives_moves_and_ranges(capsys: Captured) -> None:
    whole = answer(capsys, *LIFESTYLE, "--branch", "shizuoka")
    del whole["rows"]
    assert whole == {
        "measure": "lifestyle_checkup_rate",
        "unit": "percent",
        "from": 2020,
        "to": 2025,
        "branches": ["shizuoka"],
        "indexed": False,
        "other_definition": None,
        "break_after": None,
        "moves": [
            {
                "branch": "shizuoka",
                "measure": "lifestyle_checkup_rate",
                "fiscal_year": 2024,
                "start": 69.6,
                "end": 64.7,
                "size": -4.9,
                "size_unit": "difference",
                "noise": None,
            }
        ],
        "bounds": [
            {
                "fiscal_year": 2024,
                "bound": bound,
                "branch": branch,
                "value": value,
                "printed": printed,
                "document": "annual-report-2024-p120",
                "line": line,
            }
            for bound, branch, value, printed, line in (
                ("lowest", "kagoshima", 47.4, "47.4%", "52"),
                ("highest", "yamagata", 80.5, "80.5%", "51"),
            )
        ],
    }


def test_ranks_stay_those_among_all_where_few_rows_are_asked_for(capsys: Captured) -> None:
    whole = answer(capsys, "trend", "--measure", "premium_rate", "--branch", "okinawa", "--from", "2024")
    assert rows(whole, "branch", "fiscal_year", "actual", "rank", "ranked") == [
        ["okinawa", 2024, 9.52, 3, 47],
        ["okinawa", 2025, 9.44, 1, 47],
        ["okinawa", 2026, 9.44, 2, 47],
        ["national", 2025, 10.0, None, None],
        ["national", 2026, 9.90, None, None],
    ]


def test_without_a_branch_all_47_stand_after_the_chosen_and_the_nation(capsys: Captured) -> None:
    whole = answer(capsys, "trend", "--measure", "premium_rate", "--from", "2025", "--to", "2025")
    branches = [row["branch"] for row in whole["rows"]]
    assert branches[:7] == ["gunma", "saitama", "shizuoka", "okayama", "yamaguchi", "national", "hokkaido"]
    assert len(branches) == len(set(branches)) == 48


def test_more_branches_than_a_picture_holds_can_be_asked_for(capsys: Captured) -> None:
    asked = "hokkaido,aomori,iwate,miyagi,akita,yamagata,fukushima"
    whole = answer(capsys, "trend", "--measure", "premium_rate", "--branch", asked, "--from", "2025", "--to", "2025")
    assert [row["branch"] for row in whole["rows"]] == [*asked.split(","), "national"]


def test_counts_are_indexed_and_never_joined_across_definitions(capsys: Captured) -> None:
    whole = answer(capsys, *OFFICES, "--branch", "shizuoka")
    old = "health_declaration_offices_to_2023"
    assert (whole["indexed"], whole["other_definition"], whole["break_after"]) == (True, old, 2023)
    assert rows(whole, "branch", "measure", "fiscal_year", "actual", "index", "target_index")[:2] == [
        ["shizuoka", "health_declaration_offices", 2024, 7183, 100.0, 99.4],
        ["shizuoka", old, 2023, 6766, 100.0, None],
    ]


def test_a_bound_of_47_is_no_point_of_a_line(capsys: Captured) -> None:
    whole = answer(capsys, "trend", "--measure", "guidance_rate_insured", "--branch", "saitama", "--from", "2024")
    assert rows(whole, "branch", "actual", "bound", "drawn", "joined", "not_ranked")[0] == [
        *("saitama", 9.8, "lowest", False, False, "bound")
    ]


def test_the_nation_alone_can_be_asked_for(capsys: Captured) -> None:
    whole = answer(capsys, *LIFESTYLE, "--branch", "national", "--from", "2024", "--to", "2024")
    assert rows(whole, "branch", "fiscal_year", "actual") == [["national", 2024, 58.4]]
    assert whole["moves"] == []


def test_csv_has_the_columns_of_values_and_those_of_the_trend(capsys: Captured) -> None:
    lines = list(csv.reader(io.StringIO(said(capsys, *LIFESTYLE, "--branch", "shizuoka", "--format", "csv"))))
    assert tuple(lines[0]) == COLUMNS + answers.POINTED
    first = dict(zip(lines[0], lines[1], strict=True))
    assert (first["branch"], first["fiscal_year"], first["actual"], first["joined"]) == (
        *("shizuoka", "2023", "69.6", "True"),
    )


def test_the_table_is_followed_by_the_largest_move_and_the_range(capsys: Captured) -> None:
    lines = said(capsys, *LIFESTYLE, "--branch", "shizuoka").splitlines()
    assert lines[0].split() == [
        *("branch", "measure", "fiscal_year", "actual", "as_of", "target", "gap"),
        *("on_last_year", "to_national", "rank", "state", "printed"),
    ]
    assert lines[2].split() == [
        *("shizuoka", "lifestyle_checkup_rate", "2024", "64.7", "67.5", "-2.8", "-4.9", "6.3", "not_achieved", "64.7%")
    ]
    assert lines[-2:] == [
        "largest move: shizuoka 2023 to 2024: 69.6 to 64.7 (-4.9)",
        "2024 range of all 47: 47.4 (kagoshima) to 80.5 (yamagata)",
    ]


def test_the_table_of_counts_has_an_index_and_names_the_break(capsys: Captured) -> None:
    lines = said(capsys, *OFFICES, "--branch", "shizuoka").splitlines()
    assert "index" in lines[0].split()
    assert "rank" not in lines[0].split()
    assert lines[-1] == (
        "the definition changes after 2023: "
        "health_declaration_offices_to_2023 and health_declaration_offices are no line"
    )


@pytest.mark.parametrize(
    ("later", "line"),
    [
        (("12.0", "120"), "10.0 to 12.0 (+2.0, within the noise)"),
        (("20.0", "200"), "10.0 to 20.0 (+10.0, beyond the noise)"),
        (("12.0", None), "10.0 to 12.0 (+2.0)"),
    ],
)
def test_a_move_says_whether_it_is_beyond_chance(later: tuple[str, str | None], line: str) -> None:
    rate = builders.measure(numerator="x", denominator="n")
    held = builders.held(rate, builders.measure(id="x", role="count"), builders.measure(id="n", role="count"))
    value, count = later
    figures = [figure("10.0", fiscal_year=2021), figure(value, fiscal_year=2022)]
    figures += [
        figure("100", fiscal_year=2021, measure="x"),
        *([figure(count, fiscal_year=2022, measure="x")] if count else []),
    ]
    figures += [figure("1000", fiscal_year=y, measure="n") for y in (2021, 2022)]
    asked = trend.Question(rate, ("yamaguchi",), None, (2021, 2022))
    found = trend.trend(builders.book(*figures), held, asked, ["yamaguchi"])
    assert answers.trend_remarks(found) == [f"largest move: yamaguchi 2021 to 2022: {line}"]


# --- refusals --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("--measure", "visit_rate"),
            "unknown measure 'visit_rate'; did you mean visit_rate_3m, visit_rate_10m, service_standard_rate?",
        ),
        (
            (*LIFESTYLE[1:], "--from", "1999"),
            "no figures of lifestyle_checkup_rate for 1999; years on record: 2020, 2021, 2022, 2023, 2024, 2025",
        ),
        (
            (*LIFESTYLE[1:], "--from", "1999", "--to", "2031"),
            "no figures of lifestyle_checkup_rate for 1999, 2031; years on record: 2020, 2021, 2022, 2023, 2024, 2025",
        ),
        (
            (*LIFESTYLE[1:], "--from", "2024", "--to", "2021"),
            "--from 2024 comes after --to 2021; years on record: 2020, 2021, 2022, 2023, 2024, 2025",
        ),
        ((*LIFESTYLE[1:], "--to", "令和6年度"), "'令和6年度' is no fiscal year: four digits, e.g. 2024"),
        (
            (*LIFESTYLE[1:], "--branch", "yamaguti"),
            "unknown branch 'yamaguti'; did you mean yamaguchi, yamagata, yamanashi?",
        ),
        (
            (*LIFESTYLE[1:], "--branch", "shizuoka,hokkaido"),
            (
                "no figures of lifestyle_checkup_rate for hokkaido; "
                "branches on record: gunma, saitama, shizuoka, okayama, yamaguchi"
            ),
        ),
    ],
)
def test_what_cannot_be_answered_is_refused_with_what_would_be_right(
    capsys: Captured, arguments: tuple[str, ...], message: str
) -> None:
    assert refused(capsys, "trend", *arguments) == message


def test_a_measure_without_a_figure_is_refused(capsys: Captured, tmp_path: Path) -> None:
    folder = builders.package(tmp_path / "package", [builders.observation("61.0")])
    asked = ("trend", "--measure", "single_bid_rate", "--folder", str(folder))
    assert refused(capsys, *asked) == "no figures of single_bid_rate are on record"
