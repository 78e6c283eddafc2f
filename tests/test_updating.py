"""docs/updating.md is kept true: its commands run as written, and its limits are those of the code."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kenpo import checks, database, files
from kenpo.files import decoding, reading
from kenpo.keeper import Keeper
from tests import builders
from tests.test_docs import ROOT, blocks

GUIDE = ROOT / "docs" / "updating.md"
UPDATE, ROLL_BACK, DELETE, PACK = range(4)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where the commands are given: the app beside its data, as in a checkout."""
    for name in ("kenpo", "docs"):
        (tmp_path / name).symlink_to(ROOT / name)
    builders.package(tmp_path / "data", recorded=True)
    return tmp_path


def run(place: Path, block: int, edit: Callable[[Path], None] | None = None) -> subprocess.CompletedProcess[str]:
    """Gives the commands of a block; the line of dots is where somebody edits."""
    typed = blocks(GUIDE, "sh")[block].replace(".venv/bin/python", f"'{sys.executable}'")
    before, _, after = typed.partition("\n# …")
    done = _shell(place, before)
    if edit:
        edit(place / "data.new")
    return _shell(place, after.partition("\n")[2]) if after else done


def _shell(place: Path, typed: str) -> subprocess.CompletedProcess[str]:
    shell = shutil.which("sh")
    assert shell
    return subprocess.run(
        [shell, "-ec", typed], cwd=place, capture_output=True, encoding="utf-8", check=False, timeout=120
    )


def add_a_row(folder: Path) -> None:
    """The last row again, of another year."""
    path = folder / "exclusions.csv"
    table = builders.rows(path)
    builders.write(path, list(table[0]), [*table, table[-1] | {"fiscal_year": "2022", "as_of": "2022-09"}])


def drop_a_row(folder: Path) -> None:
    path = folder / "exclusions.csv"
    table = builders.rows(path)
    builders.write(path, list(table[0]), table[:-1])


def served(keeper: Keeper) -> int:
    return len(database.table(keeper.served().package.connection, "exclusions"))


needs_a_shell = pytest.mark.skipif(os.name == "nt", reason="the commands are those of a POSIX shell")


@needs_a_shell
def test_an_update_is_served_and_can_be_rolled_back(place: Path) -> None:
    keeper = Keeper(place / "data")
    assert served(keeper) == 2
    done = run(place, UPDATE, drop_a_row)
    # Half of it is missing: nothing is renamed.
    assert (done.returncode, served(keeper)) == (1, 2)
    assert "python -m kenpo rows FOLDER" in done.stdout
    shutil.rmtree(place / "data.new")
    done = run(place, UPDATE, add_a_row)
    assert (done.returncode, done.stderr, served(keeper)) == (0, "", 3)
    assert run(place, ROLL_BACK).returncode == 0
    assert (served(keeper), keeper.served().refusal) == (2, None)


@needs_a_shell
def test_a_deliberate_deletion_is_recorded_and_served(place: Path) -> None:
    keeper = Keeper(place / "data")
    assert served(keeper) == 2
    done = run(place, DELETE, drop_a_row)
    assert (done.returncode, done.stderr, served(keeper)) == (0, "", 1)
    assert "exclusions: 1 (was 2)" in done.stdout.splitlines()


@needs_a_shell
def test_a_packed_package_is_served(place: Path) -> None:
    keeper = Keeper(place / "data")
    assert served(keeper) == 2
    done = run(place, PACK)
    assert (done.returncode, done.stderr, served(keeper)) == (0, "", 2)
    assert list((place / "data").glob("*.parquet"))
    assert keeper.served().refusal is None


def test_the_limits_are_those_of_the_code() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert f"{reading.TABLE_BYTES // reading.MEGABYTE} MB, {database.ROWS:,} rows" in text
    assert f"{decoding.RECORD_BYTES // reading.MEGABYTE} MB a line" in text
    assert f"`datapackage.json` | {reading.DESCRIPTOR_BYTES // reading.MEGABYTE} MB" in text
    assert f"{files.TEXTS_BYTES // reading.MEGABYTE} MB, keys of up to {decoding.KEY_PARTS} parts" in text
    assert f"after\n{checks.MOST_PROBLEMS} mistakes" in text


def test_the_floor_of_the_shipped_tables_is_what_they_hold() -> None:
    """`rows` of data/datapackage.json is the row count at release: a table that lost a row is refused.

    After adding or deleting rows on purpose: python -m kenpo rows data
    """
    stated = {name: resource.get("rows") for name, resource in database.own_tables().items()}
    held = {name: len(builders.rows(builders.DATA / f"{name}.csv")) for name in stated}
    assert stated == held, "rows were added or deleted: if on purpose, run: python -m kenpo rows data"


def test_half_a_table_is_refused(tmp_path: Path) -> None:
    folder = builders.package(tmp_path / "data", recorded=True)
    path = folder / "observations.csv"
    held = len(builders.rows(path))
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[: len(lines) // 2]), encoding="utf-8")
    left = len(builders.rows(path))
    problem = checks.Problem("fewer_rows", "observations.csv", value=str(left), expected=str(held))
    assert checks.check(folder) == [problem]
