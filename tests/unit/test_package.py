"""An opened package: refused with every problem, never with a crash; what is on record, and Books of figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kenpo import files, queries
from kenpo.clock import JAPAN
from kenpo.database import Row
from kenpo.files import Problem
from kenpo.package import Package, UnsoundError, open_folder, stamp_of
from tests import builders, shipped

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=JAPAN)


RATE = "lifestyle_checkup_rate"


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


# --- what is on record -----------------------------------------------------------------------------


def figure(value: str = "50.0", **said: object) -> dict[str, object]:
    return builders.observation(value, **said)


def opened(folder: Path, figures: Sequence[Mapping[str, object]]) -> Package:
    return open_folder(builders.package(folder / "data", figures))


def counting(name: str, ask: Callable[..., list[Row]], asked: list[str]) -> Callable[..., list[Row]]:
    def counted(*arguments: object) -> list[Row]:
        asked.append(name)
        return ask(*arguments)

    return counted


OWN_BRANCHES = ["gunma", "saitama", "shizuoka", "okayama", "yamaguchi"]


def test_a_folder_is_opened_by_its_name_alone(folder: Path) -> None:
    package = open_folder(folder)
    assert package.contents == files.contents(folder)
    assert package.opened.utcoffset() == timedelta(hours=9)
    assert package.stamp == stamp_of(files.contents(folder))


def test_what_pages_open_with() -> None:
    package = shipped.package()
    assert (package.branches, package.planned_branches) == (OWN_BRANCHES, OWN_BRANCHES)
    assert (package.default_year, package.default_branches(2025), package.default_planned_branch) == (
        2024,
        ("gunma",),
        "yamaguchi",
    )
    assert package.default_measure == RATE
    # The earliest of the latest plans is that of Okayama.
    assert (package.first_plan, package.plan_years("okayama"), package.plan_years("tokyo")) == (2021, [2021, 2020], [])


def test_every_year_of_a_measure_held_may_be_named_the_gaps_between_its_figures_too(tmp_path: Path) -> None:
    figures = [figure("50.0", fiscal_year=2019, line=1), figure("51.0", fiscal_year=2022, line=2)]
    package = opened(tmp_path, figures)
    assert (package.held, package.measured_years, package.years) == ((RATE,), [2022, 2021, 2020, 2019], [2022, 2019])


def test_months_on_record_are_told_by_branch_and_count() -> None:
    series = shipped.package().series
    assert {key: years for key, years in series.items() if key[0] != "yamaguchi"} == {}
    assert series["yamaguchi", "guidance_insured_count"] == [2021, 2022, 2023]


def test_what_is_on_record_is_asked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = opened(tmp_path, [figure("50.0")])
    asked: list[str] = []
    for name in ("coverage", "held", "reached", "series"):
        monkeypatch.setattr(queries, name, counting(name, getattr(queries, name), asked))
    for _ in range(3):
        assert (package.default_year, package.held, package.years, len(package.series)) == (2024, (RATE,), [2024], 2)
        package.year(2024, ["gunma"])
    assert sorted(asked) == ["coverage", "held", "reached", "series"]


def test_a_package_without_figures_has_nothing_on_record(tmp_path: Path) -> None:
    package = opened(tmp_path, [])
    assert (package.held, package.years, package.measured_years, package.branches) == ((), [], [], [])
    assert (package.planned_branches, package.default_planned_branch, package.first_plan) == ([], None, None)
    with pytest.raises(ValueError, match="empty"):
        _ = package.default_year


def test_a_year_without_kpi_figures_of_a_branch_falls_back_on_the_latest_of_any_measure(tmp_path: Path) -> None:
    # A reference measure is no KPI: it makes no year of its own on the Overview.
    package = opened(tmp_path, [figure("10.00", measure_id="premium_rate", fiscal_year=2023)])
    assert (package.years, package.measured_years, package.default_year) == ([], [2023], 2023)


# --- figures ---------------------------------------------------------------------------------------


def test_a_book_of_a_year_holds_it_and_the_one_before(tmp_path: Path) -> None:
    figures = [figure(f"5{year}.0", fiscal_year=2020 + year, line=year) for year in range(1, 5)]
    book = opened(tmp_path, figures).year(2023, ["yamaguchi"])
    assert sorted((f.fiscal_year, str(f.value)) for f in book.figures()) == [(2022, "52.0"), (2023, "53.0")]


def test_every_book_knows_how_far_a_year_is_on_record(tmp_path: Path) -> None:
    # A figure of 2024 alone closes 2023 for the branch, whichever figures the book was asked for.
    figures = [figure("50.0", fiscal_year=2023, status="undated", line=1), figure("51.0", fiscal_year=2024, line=2)]
    package = opened(tmp_path, figures)
    books = package.year(2023, ["yamaguchi"]), package.measures([RATE]), package.plan("yamaguchi"), package.whole()
    assert [book.closed("yamaguchi", 2023) for book in books] == [True] * 4
    assert [book.closed("saitama", 2023) for book in books] == [False] * 4
    assert [len(list(book.figures())) for book in books] == [1, 2, 2, 2]


def test_the_books_of_the_documents_agree_on_a_figure() -> None:
    package = shipped.package()
    books = package.year(2023, ["yamaguchi"]), package.measures([RATE]), package.plan("yamaguchi"), package.whole()
    assert [str(book.of("yamaguchi", 2023, RATE, "target")[0].value) for book in books] == ["59.2"] * 4
