"""A corrected document (訂正版): its figures speak, the old ones stay visible as replaced; older packages know none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kenpo import checks, database, judgement
from kenpo.catalog import Lang
from kenpo.package import open_folder
from kenpo.text import texts
from kenpo.views import data, details
from kenpo.views.words import Voice
from tests import builders

OLD, NEW = "shizuoka-2024-result", "shizuoka-2024-result-2"
NAMES = {
    "ja": ("令和6年度 静岡支部事業計画実施結果", "令和6年度 静岡支部事業計画実施結果（2025-09-01）"),
    "en": ("Shizuoka branch results FY2024", "Shizuoka branch results FY2024 (2025-09-01)"),
}
each_language = pytest.mark.parametrize("lang", ["ja", "en"])


def corrected(folder: Path, value: str = "64.9", *, linked: bool = True) -> Path:
    """The app's own package with a corrected edition of Shizuoka's results that prints one rate anew."""
    builders.package(folder)
    documents = builders.rows(folder / "documents.csv")
    (old,) = (row for row in documents if row["document_id"] == OLD)
    new = old | {"document_id": NEW, "made_on": "2025-09-01", "replaces_id": OLD if linked else ""}
    builders.write(folder / "documents.csv", list(old), [*documents, new])
    figures = builders.rows(folder / "observations.csv")
    (rate,) = (
        row
        for row in figures
        if (row["document_id"], row["fiscal_year"], row["measure_id"], row["kind"])
        == (OLD, "2024", "lifestyle_checkup_rate", "actual")
    )
    again = rate | {"document_id": NEW, "value": value, "printed": f"{value}%"}
    builders.write(folder / "observations.csv", list(rate), [*figures, again])
    return folder


def rates(book: judgement.Book) -> list[tuple[str, str]]:
    found = book.of("shizuoka", 2024, "lifestyle_checkup_rate", "actual")
    return [(figure.document, str(figure.value)) for figure in found]


def test_the_figures_of_the_correction_speak_and_the_old_stay(tmp_path: Path) -> None:
    package = open_folder(corrected(tmp_path))
    held, book = package.catalog, package.whole()
    assert rates(book) == [(NEW, "64.9"), (OLD, "64.7")]
    cell = judgement.judge(book, held, "shizuoka", 2024, "lifestyle_checkup_rate")
    assert cell.actual is not None
    assert cell.actual.document == NEW
    final = book.final("shizuoka", 2024, "lifestyle_checkup_rate")
    assert final is not None
    assert str(final.value) == "64.9"


def test_a_correction_in_fewer_decimals_speaks_too(tmp_path: Path) -> None:
    book = open_folder(corrected(tmp_path, "65")).whole()
    assert rates(book) == [(NEW, "65"), (OLD, "64.7")]


def test_what_the_correction_does_not_print_is_still_there(tmp_path: Path) -> None:
    book = open_folder(corrected(tmp_path)).whole()
    (figure,) = book.of("shizuoka", 2024, "dependant_checkup_rate", "actual")
    assert figure.document == OLD


def test_two_editions_that_are_not_linked_are_refused(tmp_path: Path) -> None:
    found = checks.check(corrected(tmp_path, linked=False))
    assert {(problem.rule, problem.file, problem.row) for problem in found} == {("same_title", "documents.csv", 37)}


@each_language
def test_every_place_says_what_is_replaced_and_by_what(lang: Lang, tmp_path: Path) -> None:
    package = open_folder(corrected(tmp_path))
    held, book = package.catalog, package.whole()
    voice = Voice(texts(lang), "wareki", held)
    old, new = NAMES[lang]
    gone = f"{old}（{new}に差替え済み）" if lang == "ja" else f"{old} (replaced by {new})"
    titles = [row[0] for row in data.documents(package.documents(), voice).rows]
    assert (titles[1], titles[-1]) == (gone, new)
    speaks, stands = book.of("shizuoka", 2024, "lifestyle_checkup_rate", "actual")
    assert details.source(speaks, voice)[voice.t("source.document")] == new
    assert details.source(stands, voice)[voice.t("source.document")] == gone
    assert voice.place(stands).startswith(gone)
    assert voice.documents([stands]) == [gone]
    cell = judgement.judge(book, held, "shizuoka", 2024, "lifestyle_checkup_rate")
    shown = [figure[voice.t("source.document")] for figure in details.details(cell, book, voice).figures]
    assert shown[0].startswith(new)
    assert shown[1].startswith(gone)


def test_budget_initiatives_marks_and_changes_of_a_replaced_document_speak_no_more(tmp_path: Path) -> None:
    folder = builders.package(tmp_path)
    documents = builders.rows(folder / "documents.csv")
    found = {row["document_id"]: row for row in documents}
    again = [
        found[old] | {"document_id": f"{old}-2", "made_on": "2025-09-01", "replaces_id": old}
        for old in ("gunma-2025-plan", "saitama-2023-result")
    ]
    builders.write(folder / "documents.csv", list(documents[0]), [*documents, *again])
    package = open_folder(folder)
    assert package.budget() == []
    assert package.initiatives() == []
    assert {row["branch_id"] for row in package.marks()} & {"gunma"} == set()
    assert {row["branch_id"] for row in package.changes()} == {"okayama"}
    # They stay in the tables, to be seen and taken away.
    assert len(package.table("budgets")) == len(builders.rows(folder / "budgets.csv"))


# --- packages of older versions --------------------------------------------------------------------


def older(folder: Path, *, schema: bool = True, file: bool = True) -> Path:
    """A package as version 0.4.0 wrote it: without the column, in its schema, in its file or in both."""
    builders.package(folder)
    if file:
        table = builders.rows(folder / "documents.csv")
        columns = [name for name in table[0] if name != "replaces_id"]
        builders.write(folder / "documents.csv", columns, [{name: row[name] for name in columns} for row in table])
    if schema:
        descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        (documents,) = (one for one in descriptor["resources"] if one["name"] == "documents")
        fields = documents["schema"]["fields"]
        documents["schema"]["fields"] = [field for field in fields if field["name"] != "replaces_id"]
        (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return folder


@pytest.mark.parametrize(("schema", "file"), [(True, True), (True, False), (False, True)])
def test_a_package_without_a_newer_column_opens_as_before(schema: bool, file: bool, tmp_path: Path) -> None:
    folder = older(tmp_path, schema=schema, file=file)
    assert checks.check(folder) == []
    tables = [resource["name"] for resource in database.read_descriptor(builders.DATA)["resources"]]
    old, own = database.open_package(folder), database.open_package(builders.DATA)
    assert {t: database.table(old, t) for t in tables} == {t: database.table(own, t) for t in tables}


def test_a_package_without_a_newer_column_packs(tmp_path: Path) -> None:
    folder = older(tmp_path / "old")
    database.pack(folder, tmp_path / "packed")
    assert checks.check(tmp_path / "packed") == []
    (row, *_) = database.table(database.open_package(tmp_path / "packed"), "documents")
    assert row["replaces_id"] is None


def test_any_other_column_is_still_missed(tmp_path: Path) -> None:
    folder = older(tmp_path)
    path = folder / "documents.csv"
    path.write_bytes(path.read_bytes().replace(b"draft,note", b"draft,remark", 1))
    assert {problem.rule for problem in checks.check(folder)} == {"missing_column", "unknown_column"}


def test_the_columns_new_in_a_version_are_named_in_the_schema() -> None:
    found = {
        (resource["name"], name)
        for resource in database.read_descriptor(builders.DATA)["resources"]
        for name in database.newer(resource["schema"]["fields"])
    }
    assert ("documents", "replaces_id") in found
