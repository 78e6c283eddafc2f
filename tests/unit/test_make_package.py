"""The synthetic package: sound, marked as invented, the same for the same seed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.make_package import MARK, Size, main, make
from kenpo import checks, database

SMALL = Size(branches=7, years=3)


def written(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_it_passes_the_apps_own_check_and_says_that_it_is_invented(tmp_path: Path) -> None:
    folder = make(tmp_path / "made", SMALL, 1)
    assert checks.check(folder) == []
    descriptor = database.read_descriptor(folder)
    assert descriptor["title"] == descriptor["description"] == MARK
    connection = database.open_package(folder)
    assert {row["branch_id"] for row in database.table(connection, "observations")} == {
        *("national", "yamaguchi", "shizuoka", "okayama", "saitama", "gunma", "hokkaido", "aomori")
    }


def test_the_same_seed_writes_the_same_bytes_and_another_one_others(tmp_path: Path) -> None:
    first, again, other = (written(make(tmp_path / str(at), SMALL, seed)) for at, seed in enumerate((1, 1, 2)))
    assert first == again
    assert first["observations.csv"] != other["observations.csv"]


def test_measures_and_dates_asked_for_stand_in_every_year(tmp_path: Path) -> None:
    size = Size(branches=2, years=2, measures=3, months=12)
    rows = database.table(database.open_package(make(tmp_path / "made", size, 1)), "observations")
    of_branches = [row for row in rows if row["branch_id"] != "national"]
    assert len(of_branches) == 2 * 2 * 3 * 12 * 2
    dates = {row["as_of"] for row in of_branches if row["fiscal_year"] == 2025 and row["kind"] == "actual"}
    months = [f"2025-{month:02d}" for month in range(4, 13)] + ["2026-01", "2026-02"]
    assert dates == {None, *months}
    assert checks.check(tmp_path / "made") == []


def test_parquet_holds_the_same_figures(tmp_path: Path) -> None:
    arguments = ["--branches", "2", "--years", "2"]
    assert main([str(tmp_path / "csv"), *arguments]) == 0
    assert main([str(tmp_path / "parquet"), *arguments, "--parquet"]) == 0
    csv, parquet = (
        database.table(database.open_package(tmp_path / kind), "observations") for kind in ("csv", "parquet")
    )
    assert csv == parquet


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--branches", "48"], "branches: 48 is not within 1–47"),
        (["--branches", "0"], "branches: 0 is not within 1–47"),
        (["--months", "13"], "months: 13 is not within 1–12"),
        (["--measures", "71"], "measures: 71 is not within 1–70"),
        (["--years", "61"], "years: 61 is not within 1–60"),
    ],
)
def test_a_size_out_of_range_is_refused(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "made"), *arguments]) == 1
    assert capsys.readouterr().err.strip() == said
    assert not (tmp_path / "made").exists()


def test_a_folder_with_anything_in_it_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert main([str(tmp_path)]) == 1
    assert "is not empty" in capsys.readouterr().err
    assert written(tmp_path) == {"mine.txt": b"mine"}
