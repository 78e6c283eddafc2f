"""python -m kenpo: the same answers without a browser, and refusals that say what would be right."""

from __future__ import annotations

import csv
import errno
import hashlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from kenpo import database
from kenpo.__main__ import COLUMNS, main
from tests import builders

ROOT = builders.DATA.parent
SHIZUOKA = ["values", "--branch", "shizuoka", "--fy", "2024"]

TABLES = [r["name"] for r in database.read_descriptor(builders.DATA)["resources"]]
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _own_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KENPO_DATA", raising=False)


def said(capsys: Captured, *arguments: str) -> str:
    """What a command that must succeed prints."""
    code = main(arguments)
    out, err = capsys.readouterr()
    assert (code, err) == (0, "")
    return out


def refused(capsys: Captured, *arguments: str) -> str:
    """What a command that must be refused says on stderr; nothing else is printed."""
    code = main(arguments)
    out, err = capsys.readouterr()
    assert (code, out) == (1, "")
    return err


def as_json(capsys: Captured, *arguments: str) -> dict[tuple[str, str], dict[str, Any]]:
    records = json.loads(said(capsys, *arguments, "--format", "json"))
    return {(record["branch"], record["measure"]): record for record in records}


def damaged(folder: Path) -> Path:
    """A package whose third line holds a thousands separator in `value`."""
    table = [builders.observation("61.0"), builders.observation("1,380", measure_id="single_bid_rate")]
    return builders.package(folder, table)


# --- values ----------------------------------------------------------------------------------------


def test_json_holds_the_judged_figure_with_its_origin(capsys: Captured) -> None:
    record = as_json(capsys, *SHIZUOKA)["shizuoka", "lifestyle_checkup_rate"]
    assert record == {
        "branch": "shizuoka",
        "fiscal_year": 2024,
        "measure": "lifestyle_checkup_rate",
        "unit": "percent",
        "state": "not_achieved",
        "actual": 64.7,
        "as_of": None,
        "status": "final",
        "target": 67.5,
        "target_rule": "at_least",
        "target_status": "final",
        "gap": -2.8,
        "achievement_rate": 95.9,
        "people": 12167,
        "people_basis": "actual",
        "months_left": None,
        "on_last_year": -4.9,
        "on_last_year_reason": None,
        "to_national": 6.3,
        "to_national_reason": None,
        "stated": "未達成",
        "document": "shizuoka-2024-result",
        "line": "187;191;527",
        "printed": "64.7%",
        "target_document": "shizuoka-2024-result",
        "target_line": "183;187;191;527",
        "target_printed": "67.5%以上",
    }


def test_every_figure_says_its_unit(capsys: Captured) -> None:
    records = as_json(capsys, *SHIZUOKA)
    units = {measure: record["unit"] for (_, measure), record in records.items()}
    wanted = ("committee_offices", "health_declaration_offices", "reexam_amount_per_claim", "lifestyle_checkup_rate")
    assert [units[measure] for measure in wanted] == ["workplaces", "workplaces", "yen", "percent"]
    header, *lines = said(capsys, *SHIZUOKA).splitlines()
    assert header.split()[:2] == ["measure", "unit"]
    assert "workplaces" in next(line for line in lines if line.startswith("committee_offices"))


def test_a_result_in_words_has_a_verdict_and_no_number(capsys: Captured) -> None:
    records = as_json(capsys, "values", "--branch", "saitama", "--fy", "2023", "--measure", "opinion_transmission")
    record = records["saitama", "opinion_transmission"]
    assert (record["state"], record["unit"], record["actual"], record["stated"]) == ("qualitative", "text", None, "○")


def test_json_holds_every_measure_of_the_year(capsys: Captured) -> None:
    records = as_json(capsys, *SHIZUOKA)
    states = [record["state"] for record in records.values()]
    assert (states.count("achieved"), states.count("not_achieved"), len(states)) == (11, 6, 17)


def test_a_plan_asks_for_the_printed_count(capsys: Captured) -> None:
    records = as_json(capsys, "values", "--branch", "yamaguchi", "--fy", "2024")
    record = records["yamaguchi", "lifestyle_checkup_rate"]
    assert (record["state"], record["people"], record["people_basis"], record["months_left"]) == (
        "target_only",
        101074,
        "plan",
        12,
    )


def test_csv_has_the_same_columns_and_figures_as_printed(capsys: Captured) -> None:
    rows = list(csv.DictReader(io.StringIO(said(capsys, *SHIZUOKA, "--format", "csv"))))
    row = next(row for row in rows if row["measure"] == "lifestyle_checkup_rate")
    assert tuple(row) == COLUMNS
    assert (len(rows), row["target"], row["actual"], row["gap"], row["people"]) == (17, "67.5", "64.7", "-2.8", "12167")
    assert (row["as_of"], row["to_national"], row["to_national_reason"]) == ("", "6.3", "")


def test_csv_leaves_what_is_missing_empty_and_says_why(capsys: Captured) -> None:
    rows = list(csv.DictReader(io.StringIO(said(capsys, *SHIZUOKA, "--format", "csv"))))
    row = next(row for row in rows if row["measure"] == "mail_application_rate")
    assert (row["to_national"], row["to_national_reason"], row["people"]) == ("", "no_base", "")


@pytest.mark.parametrize(
    ("branch", "fiscal_year", "measure", "months"),
    [
        ("yamaguchi", "2024", "lifestyle_checkup_rate", 12),
        ("yamaguchi", "2023", "lifestyle_checkup_rate", 6),
        ("gunma", "2024", "lifestyle_checkup_rate", None),
        ("gunma", "2025", "lifestyle_checkup_rate", 12),
        ("okayama", "2020", "lifestyle_checkup_rate", None),
        ("shizuoka", "2024", "lifestyle_checkup_rate", None),
        ("national", "2021", "lifestyle_checkup_rate", None),
    ],
    ids=[
        "not begun",
        "in progress",
        "closed by its plan of the next year",
        "its last plan",
        "closed long ago",
        "final",
        "the nation, with finals of later years",
    ],
)
def test_months_are_left_of_a_year_that_is_not_closed(
    branch: str, fiscal_year: str, measure: str, months: int | None, capsys: Captured
) -> None:
    record = as_json(capsys, "values", "--branch", branch, "--fy", fiscal_year, "--measure", measure)[branch, measure]
    assert record["months_left"] == months


@pytest.mark.parametrize(
    ("measure", "months"),
    [
        # The document names months up to February 2024; these stand without one of their own.
        ("visit_rate_3m", 1),
        ("opinion_transmission", 1),
        ("card_recovery_rate", 1),
        # A month of its own: December, January.
        ("dependant_checkup_rate", 3),
        ("lifestyle_checkup_rate", 2),
    ],
)
def test_months_left_inside_a_year_are_as_its_document_sees_it(measure: str, months: int, capsys: Captured) -> None:
    record = as_json(capsys, "values", "--branch", "saitama", "--fy", "2023", "--measure", measure)["saitama", measure]
    assert record["months_left"] == months


@pytest.mark.parametrize("measure", ["card_recovery_rate", "generic_use_rate"])
def test_a_year_with_results_has_no_months_left_for_a_part_year_figure(measure: str, capsys: Captured) -> None:
    record = as_json(capsys, *SHIZUOKA, "--measure", measure)["shizuoka", measure]
    assert (record["status"], record["months_left"]) == ("provisional", None)


def test_json_keeps_the_printed_decimals(capsys: Captured) -> None:
    measure = "claim_assessment_rate_joint"
    text = said(capsys, "values", "--branch", "saitama", "--fy", "2023", "--measure", measure, "--format", "json")
    assert '"target": 0.310,' in text
    assert '"actual": 0.423,' in text
    text = said(capsys, *SHIZUOKA, "--measure", "guidance_rate_insured", "--format", "json")
    assert '"target": 20.0,' in text


@pytest.mark.parametrize(
    ("branch", "fiscal_year", "measure", "status"),
    [
        ("gunma", "2025", "lifestyle_checkup_rate", "draft"),
        ("gunma", "2025", "claim_assessment_rate", "draft"),
        ("shizuoka", "2024", "lifestyle_checkup_rate", "final"),
        ("shizuoka", "2023", "lifestyle_checkup_rate", None),
    ],
)
def test_a_target_says_whether_it_is_a_draft(
    branch: str, fiscal_year: str, measure: str, status: str | None, capsys: Captured
) -> None:
    asked = ["values", "--branch", branch, "--fy", fiscal_year, "--measure", measure]
    assert as_json(capsys, *asked)[branch, measure]["target_status"] == status
    (row,) = csv.DictReader(io.StringIO(said(capsys, *asked, "--format", "csv")))
    assert row["target_status"] == (status or "")


def test_csv_keeps_the_printed_decimals(capsys: Captured) -> None:
    arguments = ["values", "--branch", "yamaguchi", "--fy", "2023", "--measure", "lifestyle_checkup_rate"]
    (row,) = csv.DictReader(io.StringIO(said(capsys, *arguments, "--format", "csv")))
    assert (row["target"], row["actual"], row["as_of"], row["to_national"]) == ("59.2", "31.4", "2023-09", "8.5")


def test_the_table_stands_in_columns(capsys: Captured) -> None:
    lines = said(capsys, *SHIZUOKA, "--measure", "lifestyle_checkup_rate", "--measure", "single_bid_rate").splitlines()
    assert [line.split() for line in lines] == [
        "measure unit state actual as_of target gap people on_last_year to_national printed".split(),
        "lifestyle_checkup_rate percent not_achieved 64.7 67.5 -2.8 12167 -4.9 6.3 64.7%".split(),
        "single_bid_rate percent achieved 10.6 15.0 4.4 0 -2.2 0.1 10.6%".split(),
    ]
    assert {line.index(word) for line, word in zip(lines, ("printed", "64.7%", "10.6%"), strict=True)} == {
        lines[0].index("printed")
    }


def test_a_table_of_several_branches_names_them_in_the_order_asked(capsys: Captured) -> None:
    arguments = ["values", "--branch", "yamaguchi,shizuoka", "--fy", "2024", "--measure", "lifestyle_checkup_rate"]
    header, *lines = said(capsys, *arguments).splitlines()
    assert header.split()[0] == "branch"
    assert [line.split()[:2] for line in lines] == [
        ["yamaguchi", "lifestyle_checkup_rate"],
        ["shizuoka", "lifestyle_checkup_rate"],
    ]


def test_several_branches_share_the_rows_of_the_year(capsys: Captured) -> None:
    records = as_json(capsys, "values", "--branch", "shizuoka,gunma", "--fy", "2024")
    assert len(records) == 34
    assert records["gunma", "committee_coverage_rate"]["target"] == 56.0


def test_the_nation_may_be_asked(capsys: Captured) -> None:
    record = as_json(capsys, "values", "--branch", "national", "--fy", "2024")["national", "single_bid_rate"]
    assert (record["actual"], record["target"], record["gap"]) == (10.7, 15.0, 4.3)


def test_measures_come_in_the_order_asked(capsys: Captured) -> None:
    records = as_json(capsys, *SHIZUOKA, "--measure", "single_bid_rate", "--measure", "card_recovery_rate")
    assert [measure for _, measure in records] == ["single_bid_rate", "card_recovery_rate"]


def test_a_missing_figure_is_absent_and_not_a_zero(capsys: Captured) -> None:
    arguments = ["values", "--branch", "okinawa", "--fy", "2024", "--measure", "lifestyle_checkup_rate"]
    record = as_json(capsys, *arguments)["okinawa", "lifestyle_checkup_rate"]
    assert (record["state"], record["actual"], record["target"], record["gap"], record["people"]) == (
        "absent",
        None,
        None,
        None,
        None,
    )


def test_another_package_may_be_named(capsys: Captured, tmp_path: Path) -> None:
    folder = builders.package(tmp_path, [builders.observation("41.5")])
    arguments = ["values", "--branch", "yamaguchi", "--fy", "2024", "--measure", "lifestyle_checkup_rate"]
    record = as_json(capsys, *arguments, "--folder", str(folder))["yamaguchi", "lifestyle_checkup_rate"]
    assert (record["actual"], record["state"]) == (41.5, "actual_only")


def test_kenpo_data_names_the_package(capsys: Captured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KENPO_DATA", str(builders.package(tmp_path, [builders.observation("41.5")])))
    records = as_json(capsys, "values", "--branch", "yamaguchi", "--fy", "2024", "--measure", "lifestyle_checkup_rate")
    assert records["yamaguchi", "lifestyle_checkup_rate"]["actual"] == 41.5


# --- refusals --------------------------------------------------------------------------------------


def test_an_unknown_branch_is_refused_with_a_suggestion(capsys: Captured) -> None:
    message = refused(capsys, "values", "--branch", "yamagushi", "--fy", "2024")
    assert message.startswith("unknown branch 'yamagushi'; did you mean yamaguchi")


def test_one_unknown_branch_among_several_is_refused(capsys: Captured) -> None:
    message = refused(capsys, "values", "--branch", "shizuoka,gumma", "--fy", "2024")
    assert "'gumma'" in message
    assert "gunma" in message


def test_an_unknown_measure_is_refused_with_a_suggestion(capsys: Captured) -> None:
    message = refused(capsys, *SHIZUOKA, "--measure", "lifestyle_checkup")
    assert message.startswith("unknown measure 'lifestyle_checkup'; did you mean lifestyle_checkup_rate")


def test_a_branch_unlike_any_gets_no_suggestion(capsys: Captured) -> None:
    assert refused(capsys, "values", "--branch", "xxxxx", "--fy", "2024") == "unknown branch 'xxxxx'\n"


def test_a_year_without_figures_is_refused_with_those_on_record(capsys: Captured) -> None:
    message = refused(capsys, "values", "--branch", "shizuoka", "--fy", "1999")
    assert message == "no figures for fiscal year 1999; on record: 2020, 2021, 2022, 2023, 2024, 2025, 2029\n"


@pytest.mark.parametrize(
    ("year", "shown"),
    [
        ("99999999999", "99999999999"),
        ("-1", "-1"),
        ("9" * 44, "9" * 20),
        ("R6", "R6"),
        ("令和6年度", "令和6年度"),
        ("２０２４", "２０２４"),
        ("02024", "02024"),
        ("24", "24"),
        ("2024.0", "2024.0"),
        (" 2024", " 2024"),
        ("", ""),
    ],
    ids="late|negative|44 digits|和暦|words|full-width|five digits|two digits|decimals|space|empty".split("|"),
)
def test_what_is_no_year_of_four_digits_is_refused(year: str, shown: str, capsys: Captured) -> None:
    message = refused(capsys, "values", "--branch", "shizuoka", f"--fy={year}")
    assert message == f"{shown!r} is no fiscal year: four digits, e.g. 2024\n"


def test_a_repeated_branch_is_printed_once(capsys: Captured) -> None:
    arguments = ["values", "--branch", "shizuoka,gunma,shizuoka", "--fy", "2024", "--measure", "single_bid_rate"]
    _, *lines = said(capsys, *arguments).splitlines()
    assert [line.split()[0] for line in lines] == ["shizuoka", "gunma"]


def test_a_branch_asked_for_twice_alone_is_one_branch(capsys: Captured) -> None:
    arguments = ["values", "--branch", "shizuoka,shizuoka", "--fy", "2024", "--measure", "single_bid_rate"]
    header, *lines = said(capsys, *arguments).splitlines()
    assert (header.split()[0], len(lines)) == ("measure", 1)


def test_values_of_an_unsound_package_are_refused_with_the_place(capsys: Captured, tmp_path: Path) -> None:
    message = refused(capsys, *SHIZUOKA, "--folder", str(damaged(tmp_path)))
    assert message.startswith("observations.csv, row 3, column value: value “1,380”: A plain number is needed")


@pytest.mark.parametrize(
    "arguments",
    [[], ["values"], ["values", "--branch", "shizuoka"], [*SHIZUOKA, "--format", "xml"]],
    ids=["no command", "no branch", "no year", "another format"],
)
def test_wrong_usage_exits_with_two(arguments: list[str], capsys: Captured) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage:" in capsys.readouterr().err


# --- check -----------------------------------------------------------------------------------------


def test_a_sound_package_passes_and_says_where_its_sources_clash(capsys: Captured) -> None:
    lines = said(capsys, "check").splitlines()
    assert lines[:6] == [
        "sound: data",
        "Contradictions inside the documents: 16; figures that differ only in rounding: 1",
        "[Total and parts] Yamaguchi FY2023 (Reiwa 5) Sep 2023 Checkups (insured total)",
        "  The total says 61,993, its parts add up to 61,201 (difference +792)",
        "    Yamaguchi branch plan FY2024, line 425: Checkups (insured total) (actual) 61,993",
        "    Yamaguchi branch plan FY2024, line 423: Lifestyle-disease checkups done (actual) 54,529",
    ]
    assert sum(line.startswith("[") for line in lines) == 17


def test_findings_are_told_in_japanese(capsys: Captured) -> None:
    out = said(capsys, "check", "--lang", "ja")
    assert "計は 61,993人、内訳を足すと 61,201人（差 +792人）" in out
    assert "令和6年度 静岡支部事業計画実施結果 511行目: 一者応札案件数 (実績) 2件" in out


def test_a_package_without_figures_has_no_findings(capsys: Captured, tmp_path: Path) -> None:
    folder = builders.package(tmp_path, [])
    builders.write(folder / "monthly.csv", builders.MONTHLY_COLUMNS, [])
    out = said(capsys, "check", str(folder))
    assert out.splitlines()[1:] == ["Contradictions inside the documents: 0; figures that differ only in rounding: 0"]


def test_a_sound_package_has_findings_and_no_error_in_json(capsys: Captured) -> None:
    answer = json.loads(said(capsys, "check", str(builders.DATA), "--format", "json"))
    assert answer["errors"] == []
    assert len(answer["findings"]) == 17
    assert next(f for f in answer["findings"] if f["about"] == "single_bid_rate") == {
        "rule": "rate_and_counts",
        "branch": "shizuoka",
        "fiscal_year": 2024,
        "about": "single_bid_rate",
        "as_of": None,
        "printed": 10.6,
        "computed": 10.5,
        "stated": None,
        "passages": [
            {
                "document": "shizuoka-2024-result",
                "line": line,
                "printed": printed,
                "about": about,
                "branch": "shizuoka",
                "fiscal_year": 2024,
                "kind": "actual",
                "as_of": None,
            }
            for line, printed, about in (
                ("498;537", "10.6%", "single_bid_rate"),
                ("511", "2件", "single_bid_count"),
                ("509", "19件", "competitive_bid_count"),
            )
        ],
    }


def test_an_unsound_package_fails_with_the_place(capsys: Captured, tmp_path: Path) -> None:
    code = main(["check", str(damaged(tmp_path))])
    assert code == 1
    assert capsys.readouterr().out == (
        "observations.csv, row 3, column value: value “1,380”: "
        "A plain number is needed (58.0; no thousands separator, at most 6 decimals)\n"
    )


def test_an_unsound_package_is_explained_in_japanese(capsys: Captured, tmp_path: Path) -> None:
    code = main(["check", str(damaged(tmp_path)), "--lang", "ja"])
    assert code == 1
    assert capsys.readouterr().out.startswith("observations.csv 3行目 value列：値「1,380」：半角の数が必要です")


def test_every_problem_has_a_line_of_its_own(capsys: Captured, tmp_path: Path) -> None:
    folder = damaged(tmp_path)
    (folder / "exclusions.csv").unlink()
    assert main(["check", str(folder)]) == 1
    out = capsys.readouterr().out.splitlines()
    assert sorted(line.split(":")[0].split(",")[0] for line in out) == ["exclusions.csv", "observations.csv"]


def test_an_unsound_package_in_json(capsys: Captured, tmp_path: Path) -> None:
    code = main(["check", str(damaged(tmp_path)), "--format", "json"])
    assert code == 1
    assert json.loads(capsys.readouterr().out) == {
        "errors": [
            {
                "file": "observations.csv",
                "row": 3,
                "column": "value",
                "value": "1,380",
                "rule": "type_number",
                "expected": "",
            }
        ],
        "findings": [],
    }


def test_a_folder_that_does_not_exist_fails(capsys: Captured, tmp_path: Path) -> None:
    assert main(["check", str(tmp_path / "absent")]) == 1
    assert capsys.readouterr().out == (
        "absent: There is no such data folder. Please check KENPO_DATA or the folder that was named\n"
    )


# --- pack ------------------------------------------------------------------------------------------


def test_a_packed_package_gives_the_same_answers(capsys: Captured, tmp_path: Path) -> None:
    out = tmp_path / "packed"
    assert said(capsys, "pack", str(builders.DATA), str(out)) == f"packed: 17 tables in {out}\n"
    assert sorted(path.suffix for path in out.iterdir()).count(".parquet") == 17
    assert not list(out.glob("*.csv"))
    first = said(capsys, "check", str(builders.DATA), "--format", "json")
    assert said(capsys, "check", str(out), "--format", "json") == first
    assert said(capsys, *SHIZUOKA, "--folder", str(out)) == said(capsys, *SHIZUOKA)
    one, other = (database.open_package(folder) for folder in (builders.DATA, out))
    assert all(database.table(one, name) == database.table(other, name) for name in TABLES)


def test_a_packed_package_can_be_packed_again(capsys: Captured, tmp_path: Path) -> None:
    said(capsys, "pack", str(builders.DATA), str(tmp_path / "one"))
    said(capsys, "pack", str(tmp_path / "one"), str(tmp_path / "two"))
    one, other = (database.open_package(tmp_path / name) for name in ("one", "two"))
    assert all(database.table(one, name) == database.table(other, name) for name in TABLES)


def test_an_unsound_package_is_not_packed(capsys: Captured, tmp_path: Path) -> None:
    message = refused(capsys, "pack", str(damaged(tmp_path / "in")), str(tmp_path / "out"))
    assert message.startswith("observations.csv, row 3, column value")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_holds_something_is_not_written_over(capsys: Captured, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    message = refused(capsys, "pack", str(builders.DATA), str(tmp_path))
    assert message.endswith(": the folder to write must be new or empty\n")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_is_no_folder_to_write_to(capsys: Captured, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    message = refused(capsys, "pack", str(builders.DATA), str(tmp_path / "out"))
    assert message.endswith(": the folder to write must be new or empty\n")


def full_after(tables: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full after so many tables, as DuckDB tells of it."""
    written: list[object] = []
    write = database._pack_table

    def hindered(*table: Any) -> None:
        if len(written) == tables:
            raise duckdb.IOException(f"IO Error: Could not write all bytes to file: {os.strerror(errno.ENOSPC)}")
        written.append(table)
        write(*table)

    monkeypatch.setattr(database, "_pack_table", hindered)


@pytest.mark.parametrize("there", [True, False], ids=["an empty folder", "no folder"])
def test_a_full_disk_leaves_nothing_behind_and_a_second_try_works(
    there: bool, capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "a" / "out"
    if there:
        out.mkdir(parents=True)
    with monkeypatch.context() as patched:
        full_after(3, patched)
        message = refused(capsys, "pack", str(builders.DATA), str(out))
    assert message == f"{out}: nothing was written, the disk is full\n"
    assert sorted(tmp_path.rglob("*")) == ([tmp_path / "a", out] if there else [])
    assert said(capsys, "pack", str(builders.DATA), str(out)) == f"packed: 17 tables in {out}\n"


@pytest.mark.parametrize(
    ("code", "why"),
    [
        (errno.EACCES, "no permission to write there"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EIO, "the disk or network did not take it"),
    ],
)
def test_why_nothing_was_written_is_said(
    code: int, why: str, capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hindered(*_: object, **__: object) -> None:
        raise OSError(code, "x")

    monkeypatch.setattr(Path, "mkdir", hindered)
    assert refused(capsys, "pack", str(builders.DATA), str(tmp_path / "out")).endswith(
        f": nothing was written, {why}\n"
    )


def test_a_packed_package_states_rows_size_and_hash_and_they_are_checked(capsys: Captured, tmp_path: Path) -> None:
    out = tmp_path / "out"
    said(capsys, "pack", str(builders.DATA), str(out))
    stated = {r["name"]: r for r in database.read_descriptor(out)["resources"]}
    for name, resource in stated.items():
        raw = (out / f"{name}.parquet").read_bytes()
        assert resource["rows"] == len(builders.rows(builders.DATA / f"{name}.csv"))
        assert resource["bytes"] == len(raw)
        assert resource["hash"] == f"sha256:{hashlib.sha256(raw).hexdigest()}"
    path = out / "monthly.parquet"
    raw = path.read_bytes()
    middle = len(raw) // 2
    path.write_bytes(raw[:middle] + bytes([raw[middle] ^ 1]) + raw[middle + 1 :])
    assert refused_check(capsys, out).startswith("monthly.parquet: The file does not hold what is recorded")
    path.write_bytes(raw[:-1])
    assert refused_check(capsys, out).startswith(f"monthly.parquet: value “{len(raw) - 1:,} bytes”: The file has not")


def refused_check(capsys: Captured, folder: Path) -> str:
    assert main(["check", str(folder)]) == 1
    return capsys.readouterr().out


# --- rows ------------------------------------------------------------------------------------------


def shortened(folder: Path) -> Path:
    """A package whose exclusions have lost their last row."""
    builders.package(folder, recorded=True)
    table = builders.rows(folder / "exclusions.csv")
    builders.write(folder / "exclusions.csv", list(table[0]), table[:-1])
    return folder


def test_a_deliberate_deletion_is_recorded(capsys: Captured, tmp_path: Path) -> None:
    folder = shortened(tmp_path / "data")
    assert "python -m kenpo rows FOLDER" in refused_check(capsys, folder)
    out = said(capsys, "rows", str(folder)).splitlines()
    assert len(out) == 17
    assert [line for line in out if "was" in line] == ["exclusions: 1 (was 2)"]
    assert main(["check", str(folder)]) == 0


def test_recording_changes_nothing_else_of_the_descriptor(capsys: Captured, tmp_path: Path) -> None:
    folder = shortened(tmp_path / "data")
    before = (folder / "datapackage.json").read_text(encoding="utf-8").splitlines()
    said(capsys, "rows", str(folder))
    after = (folder / "datapackage.json").read_text(encoding="utf-8").splitlines()
    changed = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
    assert changed == [('      "rows": 2,', '      "rows": 1,')]


def test_size_and_hash_are_recorded_where_they_stood(capsys: Captured, tmp_path: Path) -> None:
    said(capsys, "pack", str(shortened_away(tmp_path / "data")), str(tmp_path / "one"))
    said(capsys, "pack", str(builders.DATA), str(tmp_path / "two"))
    (tmp_path / "one" / "exclusions.parquet").replace(tmp_path / "two" / "exclusions.parquet")
    assert main(["check", str(tmp_path / "two")]) == 1
    capsys.readouterr()
    assert "exclusions: 1 (was 2)" in said(capsys, "rows", str(tmp_path / "two"))
    assert main(["check", str(tmp_path / "two")]) == 0


def shortened_away(folder: Path) -> Path:
    builders.unrecorded(shortened(folder))
    return folder


def test_a_package_with_another_mistake_is_not_recorded(capsys: Captured, tmp_path: Path) -> None:
    folder = shortened(tmp_path / "data")
    (folder / "monthly.csv").unlink()
    before = (folder / "datapackage.json").read_bytes()
    assert refused(capsys, "rows", str(folder)) == "monthly.csv: The file is missing\n"
    assert (folder / "datapackage.json").read_bytes() == before


def test_an_older_package_without_rows_is_asked_for_nothing_and_can_be_given_them(
    capsys: Captured, tmp_path: Path
) -> None:
    folder = shortened_away(tmp_path / "data")
    assert main(["check", str(folder)]) == 0
    capsys.readouterr()
    assert "exclusions: 1\n" in said(capsys, "rows", str(folder))
    assert {r["name"]: r["rows"] for r in database.read_descriptor(folder)["resources"]}["exclusions"] == 1


def test_a_descriptor_that_cannot_be_written_stays_as_it_was(
    capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shortened(tmp_path / "data")
    before = sorted(path.name for path in folder.iterdir())

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "x")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        assert refused(capsys, "rows", str(folder)).endswith(": nothing was written, the disk is full\n")
    assert sorted(path.name for path in folder.iterdir()) == before
    assert main(["check", str(folder)]) == 1


# --- as a process ----------------------------------------------------------------------------------


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "KENPO_DATA"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_the_module_runs_as_a_program() -> None:
    done = run("-m", "kenpo", "check")
    assert (done.returncode, done.stdout.splitlines()[0], done.stderr) == (0, "sound: data", "")


def test_the_exit_code_reaches_the_shell(tmp_path: Path) -> None:
    done = run("-m", "kenpo", "check", str(damaged(tmp_path)), "--lang", "ja")
    assert done.returncode == 1
    assert "3行目" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="Windows tells a writer otherwise that nobody reads")
def test_a_reader_that_has_seen_enough_is_no_crash() -> None:
    command = [sys.executable, "-m", "kenpo", "values", "--branch", "yamaguchi", "--fy", "2024", "--format", "json"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(timeout=60) == 1


def test_the_command_line_does_without_streamlit() -> None:
    done = run("-c", "import sys, kenpo.__main__; print(sorted({'streamlit', 'altair', 'duckdb'} & set(sys.modules)))")
    assert done.stdout.strip() == "['duckdb']"
