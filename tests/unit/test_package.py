"""An opened package: refused with every problem, never with a crash."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from kenpo import files
from kenpo.clock import JAPAN
from kenpo.files import Problem
from kenpo.package import UnsoundError, open_folder
from tests import builders

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=JAPAN)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return builders.package(tmp_path / "data")


def test_a_folder_is_opened_with_its_catalog(folder: Path) -> None:
    package = open_folder(folder, files.contents(folder), NOON)
    assert (len(package.catalog.branches), package.folder, package.opened) == (48, folder, NOON)


def test_a_folder_with_a_mistake_is_refused_with_it(folder: Path) -> None:
    (folder / "monthly.csv").unlink()
    with pytest.raises(UnsoundError) as refused:
        open_folder(folder, (), NOON)
    assert refused.value.problems == (Problem("missing_file", "monthly.csv"),)


def test_what_passes_the_check_and_cannot_be_opened_is_a_refusal_and_no_crash(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_: Path) -> None:
        raise ZeroDivisionError("inside")

    monkeypatch.setattr("kenpo.database.open_package", fails)
    with pytest.raises(UnsoundError) as refused:
        open_folder(folder, (), NOON)
    assert refused.value.problems == (Problem("not_loaded", "datapackage.json"),)
    # Whoever keeps the app finds out why.
    assert "ZeroDivisionError" in caplog.text
