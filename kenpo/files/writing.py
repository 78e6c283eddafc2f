"""Files and folders that are written whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kenpo.files.descriptor import DESCRIPTOR

_PART = ".kenpo-part"


def replace(path: Path, text: str) -> None:
    """Puts a text in the place of a file: whoever reads it meets the old one or the new one. Raises OSError."""
    beside = path.with_name(f".{path.name}.{os.getpid()}{_PART}")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        shutil.copymode(path, beside)
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


@contextmanager
def new_folder(out: Path) -> Iterator[Path]:
    """A folder to write a package in; it stands in `out` only once everything is written, its descriptor last.

    What is written lies inside `out`, so that it may be a disk of its own. Where anything fails nothing is left.
    Raises FileExistsError where `out` holds anything, OSError where it cannot be written.
    """
    new = [folder for folder in (out, *out.parents) if not folder.exists()]
    part = out / _PART
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError:
        _unmake(new)
        raise
    # A run that was killed leaves its part behind; it is of no use to anybody.
    shutil.rmtree(part, ignore_errors=True)
    if any(out.iterdir()):
        raise FileExistsError(out)
    try:
        part.mkdir()
        yield part
        for path in sorted(part.iterdir(), key=lambda path: path.name == DESCRIPTOR):
            path.replace(out / path.name)
        part.rmdir()
    except BaseException:
        # It was empty: all that is in it now was made here.
        for path in out.iterdir():
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink()
        _unmake(new)
        raise


def _unmake(folders: list[Path]) -> None:
    for folder in folders:
        with suppress(OSError):
            folder.rmdir()
