"""A data package, checked and opened. Knows nothing of Streamlit."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kenpo import catalog, checks, database, files
from kenpo.catalog import Catalog
from kenpo.files import Contents, Problem

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Package:
    """A sound data package, opened: its tables and its catalog."""

    folder: Path
    contents: Contents
    """What each file held when it was opened."""
    opened: datetime
    connection: database.Connection
    catalog: Catalog

    @property
    def stamp(self) -> str:
        """Another one where any file holds anything else."""
        return stamp_of(self.contents)


class UnsoundError(Exception):
    """There is no sound package to show."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def stamp_of(contents: Contents) -> str:
    """One short text for what all files hold."""
    return hashlib.sha256(repr(contents).encode("utf-8")).hexdigest()[:16]


def open_folder(folder: Path, contents: Contents, opened: datetime) -> Package:
    """Checks a folder and opens it. Raises UnsoundError with every problem, never anything else."""
    problems = checks.check(folder)
    if problems:
        raise UnsoundError(tuple(problems))
    try:
        connection = database.open_package(folder)
        known = catalog.load(lambda table: database.table(connection, table), folder / checks.TEXTS)
    except files.RefusedError as refused:
        raise UnsoundError((refused.problem,)) from refused
    except Exception as error:
        # The check should have found it. Readers are told that it cannot be loaded, whoever keeps the app why.
        _log.exception("a package that passes the check cannot be opened")
        raise UnsoundError((Problem("not_loaded", files.DESCRIPTOR),)) from error
    return Package(folder, contents, opened, connection, known)
