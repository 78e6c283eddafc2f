"""Has a package changed? A cheap look at its files with every run, and a look at their contents now and then."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from kenpo.files.descriptor import DESCRIPTOR, named_files, read_descriptor
from kenpo.files.problem import RefusedError
from kenpo.files.reading import TABLE_BYTES, read, state

TEXTS = "measures.toml"

Stamp = tuple[tuple[str, tuple[int, ...]], ...]
"""Name and state of each file: size, times, inode."""
Contents = tuple[tuple[str, str], ...]
"""Name and SHA-256 of each file; where it cannot be read, why."""


def stamp(folder: Path) -> Stamp:
    """The state of every file of a package: alike only while nothing was written or replaced.

    The files are the descriptor, those it names, wherever below the folder they lie, and the longer texts.
    """
    described = state(folder / DESCRIPTOR)
    try:
        names = _named(folder, described)
    except RefusedError:
        names = (TEXTS,)
    return ((DESCRIPTOR, described), *((name, state(folder / name)) for name in names))


def contents(folder: Path) -> Contents:
    """What the same files hold. It tells apart what size and times cannot: a copy that keeps both (cp -p)."""
    try:
        names = _names(folder)
    except RefusedError:
        names = (TEXTS,)
    return tuple((name, digest(folder / name)) for name in (DESCRIPTOR, *names))


def digest(path: Path) -> str:
    """The SHA-256 of a file; of one that cannot be read the rule that says why."""
    try:
        return hashlib.sha256(read(path, TABLE_BYTES)).hexdigest()
    except RefusedError as refused:
        return f"{refused.problem.rule} {refused.problem.value or ''}".strip()


@lru_cache(maxsize=8)
def _named(folder: Path, described: tuple[int, ...]) -> tuple[str, ...]:
    """The files a descriptor names, read again only when it has changed. What cannot be read is not kept."""
    del described
    return _names(folder)


def _names(folder: Path) -> tuple[str, ...]:
    return *named_files(read_descriptor(folder)), TEXTS
