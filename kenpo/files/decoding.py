"""From bytes to text, JSON, TOML and rows of CSV; what is wrong with them as one problem with its row."""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any, NoReturn

from kenpo.files.problem import Problem, RefusedError, short

RECORD_BYTES = 1_000_000
"""Longest line of a table: without a limit one line of commas is as many cells as it has bytes."""
KEY_PARTS = 20
"""Longest dotted key of a TOML file: a reader's work grows with the square of its parts."""
_PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd")
"""First bytes of ZIP (and so of Excel workbooks), gzip, bzip2, xz and Zstandard."""
_TOML_ROW = re.compile(r"\(at line (\d+), column \d+\)")
_PART = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+"""
_LONG_KEY = re.compile(rf"(?<![A-Za-z0-9_-])(?:{_PART}){{{KEY_PARTS}}}")


def text(data: bytes, name: str) -> str:
    """UTF-8, with or without a byte-order mark. Raises RefusedError with the row of what is none."""
    if data.startswith(_PACKED):
        raise RefusedError(Problem("file_packed", name))
    # UTF-16 is full of NUL bytes: that it is another encoding is the better word.
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RefusedError(Problem("nul_byte", name, data.count(b"\n", 0, data.index(b"\0")) + 1))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        problem = Problem("encoding", name, row, value=data[error.start : error.end].hex())
        raise RefusedError(problem) from error


def json_of(data: bytes, name: str) -> Any:
    """What a JSON file says. Raises RefusedError with the row where it breaks off."""
    said = text(data, name)
    try:
        found = json.loads(said)
        # A half of a character, written as \ud800, can be neither shown nor saved.
        json.dumps(found, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        _broken("bad_descriptor", name, said, error.lineno, error)
    except (ValueError, RecursionError) as error:
        raise RefusedError(Problem("bad_descriptor", name)) from error
    return found


def toml_of(data: bytes, name: str) -> dict[str, Any]:
    """What a TOML file says. Raises RefusedError with the row where it breaks off."""
    said = text(data, name)
    endless = _LONG_KEY.search(said)
    if endless:
        row = said.count("\n", 0, endless.start()) + 1
        raise RefusedError(Problem("long_key", name, row, expected=str(KEY_PARTS)))
    try:
        return tomllib.loads(said)
    except (ValueError, RecursionError) as error:
        placed = _TOML_ROW.search(str(error))
        if placed:
            _broken("bad_texts", name, said, int(placed[1]), error)
        raise RefusedError(Problem("bad_texts", name)) from error


def _broken(rule: str, name: str, said: str, row: int, error: Exception) -> NoReturn:
    line = said.split("\n")[row - 1].strip()
    raise RefusedError(Problem(rule, name, row, value=short(line))) from error


def csv_rows(data: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    """Every row that holds anything, with the line it begins on. Raises RefusedError where it is no CSV."""
    if not data.strip():
        raise RefusedError(Problem("empty_file", name))
    long = _long_line(data)
    if long:
        raise RefusedError(Problem("long_line", name, long, expected=f"{RECORD_BYTES:,}"))
    text(data, name)
    lines = _Lines(data)
    reader = csv.reader(lines, strict=True)
    start = 1
    try:
        for cells in reader:
            lines.begin()
            if cells:
                yield start, cells
            start = reader.line_num + 1
    except (csv.Error, _LongRecordError) as error:
        if "field limit" in str(error):
            raise RefusedError(Problem("long_cell", name, start, expected=f"{csv.field_size_limit():,}")) from error
        raise RefusedError(Problem("bad_csv", name, start, value=short(lines.first.strip()))) from error


def _long_line(data: bytes) -> int | None:
    """The first line that is too long, looked for in steps of that length."""
    at = 0
    while len(data) - at > RECORD_BYTES:
        end = max(data.rfind(sign, at, at + RECORD_BYTES + 1) for sign in (b"\n", b"\r"))
        if end < 0:
            return data.count(b"\n", 0, at) + 1
        at = end + 1
    return None


class _LongRecordError(Exception):
    """A row that quotes make longer than a row may be."""


class _Lines:
    """The lines of a file as they come, and how much the row at hand has taken of them."""

    def __init__(self, data: bytes) -> None:
        # Neither U+2028 nor any other sign but CR and LF ends a line.
        self._lines = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", newline="")
        self.begin()

    def begin(self) -> None:
        """A row has ended: the next line begins another."""
        self.first, self.taken = "", 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.first = self.first or line
        self.taken += len(line)
        if self.taken > RECORD_BYTES:
            raise _LongRecordError
        return line
