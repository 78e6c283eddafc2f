"""The passage a figure stands in: the right lines, plain text, and never a file outside the folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenpo import passages
from kenpo.passages import Line, cut, plain


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    body = "\n".join(f"行{n}\t{n * 10}%" for n in range(1, 11))
    (folder / "a.txt").write_text(body, encoding="utf-8", newline="")
    (tmp_path / "secret.txt").write_text("outside", encoding="utf-8")
    return folder


def numbers(found: object) -> list[tuple[int, bool]]:
    assert isinstance(found, tuple)
    return [(line.number, line.marked) for line in found]


def test_a_line_stands_between_its_neighbours(texts: Path) -> None:
    found = passages.passages(texts, "a.txt", [("5", "50%")])
    assert numbers(found) == [(3, False), (4, False), (5, True), (6, False), (7, False)]
    assert found[2] == Line(5, "行5 50%", marked=True)


def test_a_line_of_thousands_of_digits_is_in_no_document(texts: Path) -> None:
    assert passages.passages(texts, "a.txt", [("9" * 5000, "50%")]) == ()


@pytest.mark.parametrize(
    ("line", "shown"), [("1", [1, 2, 3]), ("10", [8, 9, 10]), ("2;9", [1, 2, 3, 4])], ids=["first", "last", "several"]
)
def test_the_ends_of_a_document_are_its_ends(texts: Path, line: str, shown: list[int]) -> None:
    assert [n for n, _ in numbers(passages.passages(texts, "a.txt", [(line, "")]))] == shown


def test_lines_near_each_other_are_one_passage(texts: Path) -> None:
    found = passages.passages(texts, "a.txt", [("5", "50%"), ("3", "30%"), ("4", "40%")])
    assert numbers(found) == [(1, False), (2, False), (3, True), (4, True), (5, True), (6, False), (7, False)]


def test_lines_far_apart_leave_out_what_lies_between(texts: Path) -> None:
    found = passages.passages(texts, "a.txt", [("1", ""), ("10", "")])
    assert [n for n, _ in numbers(found)] == [1, 2, 3, 8, 9, 10]


def test_a_line_the_document_does_not_have_shows_nothing(texts: Path) -> None:
    assert passages.passages(texts, "a.txt", [("11", "")]) == ()
    assert numbers(passages.passages(texts, "a.txt", [("99", ""), ("1", "")])) == [(1, True), (2, False), (3, False)]


@pytest.mark.parametrize(
    "name",
    ["../secret.txt", "/etc/hosts", "..", ".", "", None, "missing.txt", "a.txt\0", "link.txt"],
)
def test_no_file_outside_the_folder_is_read(texts: Path, name: str | None) -> None:
    (texts / "link.txt").symlink_to(texts.parent / "secret.txt")
    assert passages.passages(texts, name, [("1", "")]) == ()


def test_without_a_folder_there_is_no_passage(texts: Path) -> None:
    assert passages.passages(None, "a.txt", [("1", "")]) == ()


def test_the_folder_is_the_one_configured(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KENPO_DOCUMENTS", str(texts))
    assert passages.folder() == texts
    monkeypatch.setenv("KENPO_DOCUMENTS", str(texts / "absent"))
    assert passages.folder() is None
    monkeypatch.delenv("KENPO_DOCUMENTS")
    assert passages.folder() is None


def test_a_changed_text_is_read_again(texts: Path) -> None:
    passages.passages(texts, "a.txt", [("1", "")])
    (texts / "a.txt").write_text("new and longer\n", encoding="utf-8")
    assert passages.passages(texts, "a.txt", [("1", "")])[0].text == "new and longer"


def test_bytes_that_are_no_utf_8_do_not_stop_the_page(texts: Path) -> None:
    (texts / "b.txt").write_bytes(b"58.0%\n" + "山口".encode("cp932"))
    assert passages.passages(texts, "b.txt", [("1", "58.0%")])[0].text == "58.0%"


def test_a_text_too_large_to_be_one_is_not_read(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passages, "_LARGEST", 10)
    assert passages.passages(texts, "a.txt", [("1", "")]) == ()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("健診\t58.0%\t31.4%", "健診 58.0% 31.4%"),
        ("| 施策 | ○ |", "施策 ○"),
        ("<p>2,446 千円</p> <b>高</b>", "2,446 千円 高"),
        ("a < b と c > d", "a < b と c > d"),
        ("R&amp;D &lt;b&gt;", "R&D <b>"),
        ("a\x00b\u200b", "a b"),
        ("", ""),
    ],
)
def test_a_line_is_plain_text(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_a_long_line_is_cut_around_the_figure() -> None:
    text = "あ" * 500 + "2,446千円" + "い" * 500
    shown = cut(text, "2,446千円")
    assert "2,446千円" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) < 170
    assert "2,446" in cut("あ" * 500 + "2,446 千円" + "い" * 500, "2,446千円")
    assert cut(text, "") == "あ" * 160 + "…"
    assert cut("58.0%", "58.0%") == "58.0%"


@given(st.text(max_size=2000), st.text(max_size=20))
def test_a_cut_line_is_never_long_and_never_fails(text: str, printed: str) -> None:
    assert len(cut(plain(text), printed)) <= 162
