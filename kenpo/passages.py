"""The passage a figure was printed in, from a folder of the documents' texts. Plain text, never run or trusted.

KENPO_DOCUMENTS names the folder. Without it, or without the file, there is no passage and the place is only named.
"""

from __future__ import annotations

import html
import os
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

AROUND = 2
"""Lines shown before and after the line of a figure."""

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_RULE = re.compile(r"\|[-|\s]*-{2,}[-|\s]*\||\|")
_LARGEST = 20_000_000
_LONGEST = 160
_SIDE = 70
_LINE_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a document: its number, what it says, and whether the figure stands on it."""

    number: int
    text: str
    marked: bool


def folder() -> Path | None:
    """The folder of the documents' texts, where one is configured and there."""
    named = os.environ.get("KENPO_DOCUMENTS")
    path = Path(named).expanduser() if named else None
    return path if path is not None and path.is_dir() else None


def passages(within: Path | None, source_file: str | None, printed: Iterable[tuple[str, str]]) -> Sequence[Line]:
    """The first lines some figures of a document stand on, with those around them; empty where no text is at hand.

    `printed` are pairs of line and printed figure. A long line is cut around its figure. `source_file` comes
    from the data and never leads out of the folder.
    """
    lines = _lines(within, source_file)
    marked: dict[int, str] = {}
    for line, said in printed:
        first = line.partition(";")[0]
        # A longer number is the line of no document, and may be longer than Python reads.
        if len(first) <= _LINE_DIGITS:
            marked.setdefault(int(first), said)
    around = {n for at in marked if 1 <= at <= len(lines) for n in range(at - AROUND, at + AROUND + 1)}
    shown = sorted(n for n in around if 1 <= n <= len(lines))
    return tuple(Line(n, cut(plain(lines[n - 1]), marked.get(n, "")), n in marked) for n in shown)


def plain(text: str) -> str:
    """A line without tags, table rules and control characters, its cells parted by a space."""
    told = html.unescape(_RULE.sub(" ", _TAG.sub(" ", text)))
    told = "".join(c if c.isprintable() else " " for c in told)
    return " ".join(told.split())


def cut(text: str, printed: str) -> str:
    """A long line around the printed figure, from its beginning where the figure is not found."""
    if len(text) <= _LONGEST:
        return text
    found = _place(text, printed)
    start = max(0, found - _SIDE)
    end = min(len(text), start + _LONGEST)
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def _place(text: str, printed: str) -> int:
    """Where the figure stands: as printed, else by its number; 0 where neither is found."""
    number = re.search(r"[0-9][0-9,.]*", unicodedata.normalize("NFKC", printed))
    for wanted in (printed, number.group() if number else ""):
        if wanted and wanted in text:
            return text.index(wanted)
    return 0


def _lines(within: Path | None, source_file: str | None) -> Sequence[str]:
    if within is None or not source_file or "\0" in source_file:
        return ()
    root, path = within.resolve(), (within / source_file).resolve()
    if root not in path.parents or not path.is_file():
        return ()
    found = path.stat()
    return _read(path, found.st_mtime_ns) if found.st_size <= _LARGEST else ()


@lru_cache(maxsize=16)
def _read(path: Path, stamp: int) -> Sequence[str]:
    """The lines of a text, kept until the file changes. Only a line feed ends a line: so they were counted."""
    return path.read_bytes().decode("utf-8-sig", errors="replace").split("\n")
