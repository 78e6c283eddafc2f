"""The bytes of a file: only of a regular one, only so many, and every failure as one problem in plain words."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from kenpo.files.problem import Problem, RefusedError

MEGABYTE = 1_000_000
TABLE_BYTES = 64 * MEGABYTE
"""Largest file of a table, CSV or Parquet; the largest of the app's own has a tenth of a megabyte."""
DESCRIPTOR_BYTES = 2 * MEGABYTE
TEXTS_BYTES = MEGABYTE

_RULES = {
    errno.ENOENT: "missing_file",
    errno.ENOTDIR: "missing_file",
    errno.EACCES: "file_denied",
    errno.EPERM: "file_denied",
    errno.ENAMETOOLONG: "file_name_long",
    errno.ELOOP: "file_loop",
    errno.EBUSY: "file_locked",
    errno.EAGAIN: "file_locked",
    errno.EISDIR: "file_special",
    errno.ENXIO: "file_special",
}
_LOCKED_ON_WINDOWS = (32, 33)
"""Sharing violation and lock violation: another program holds the file."""


def read(path: Path, most: int, name: str | None = None) -> bytes:
    """The whole content of a regular file of at most so many bytes.

    `name` is what a message calls it, else its own name. Raises RefusedError, whatever stands in the way.
    """
    said = name or path.name
    try:
        with _regular(path, said) as file:
            _fits(os.fstat(file.fileno()).st_size, most, said)
            data = file.read(most + 1)
    except (OSError, RuntimeError, ValueError) as error:
        raise RefusedError(Problem(rule_of(error), said)) from error
    # A file that grows while it is read.
    _fits(len(data), most, said)
    return data


def read_own(folder: Path, name: str, most: int) -> bytes:
    """A file that belongs to every package, by its name; never one that a symbolic link fetches from elsewhere."""
    try:
        inside = lies_inside(folder / name, folder)
    except (OSError, RuntimeError, ValueError) as error:
        raise RefusedError(Problem(rule_of(error), name)) from error
    if not inside:
        raise RefusedError(Problem("outside", name))
    return read(folder / name, most)


def lies_inside(file: Path, folder: Path) -> bool:
    """Does a file lie below a folder, whatever symbolic links say? Raises OSError, RuntimeError or ValueError."""
    return folder.resolve() in file.resolve().parents


def state(path: Path) -> tuple[int, ...]:
    """Size, times and inode of a file: alike only while it has not been written or replaced. Empty for none."""
    try:
        found = path.stat()
    except (OSError, RuntimeError, ValueError):
        return ()
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def rule_of(error: Exception) -> str:
    """The id of the text that says why a file cannot be read."""
    if isinstance(error, RuntimeError):
        # pathlib's word for symbolic links that lead back to themselves.
        return "file_loop"
    if isinstance(error, ValueError):
        return "missing_file"
    if getattr(error, "winerror", None) in _LOCKED_ON_WINDOWS:
        return "file_locked"
    return _RULES.get(getattr(error, "errno", None) or 0, "file_unreadable")


def _regular(path: Path, name: str) -> BinaryIO:
    """Opens a file that has an end: no folder, pipe or device, which may be endless or never answer."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise RefusedError(Problem("file_special", name))
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    return os.fdopen(os.open(path, flags), "rb")


def _fits(size: int, most: int, name: str) -> None:
    if size > most:
        # Rounded up, so that what is refused never reads like what is allowed.
        tenths = -(-size * 10 // MEGABYTE)
        value = f"{tenths // 10:,}.{tenths % 10} MB"
        raise RefusedError(Problem("file_large", name, value=value, expected=f"{most // MEGABYTE} MB"))
