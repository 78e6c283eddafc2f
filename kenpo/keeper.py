"""A data package while the app runs: opened when its files change, and the last sound one stays in service.

Knows nothing of Streamlit. One `Keeper` a folder serves every reader of the process.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from kenpo import clock, files
from kenpo.files import Contents, Problem, Stamp
from kenpo.package import Package, UnsoundError, open_folder

CONTENTS_SECONDS = 60
"""So often what the files hold is looked at too, should size and times not tell."""
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why what lies in the folder now is not shown."""

    problems: tuple[Problem, ...]
    since: datetime
    """When the first package after the last sound one was refused."""


@dataclass(frozen=True, slots=True)
class Served:
    """What readers are shown: the package, and the refusal of the one that should have replaced it, if any."""

    package: Package
    refusal: Refusal | None = None


def changed_files(before: Contents, after: Contents) -> list[str]:
    """The files that came, went or hold something else, in the order of the package."""
    one, other = dict(before), dict(after)
    return [name for name in {**other, **one} if one.get(name) != other.get(name)]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the last look at the folder has found."""

    package: Package | None = None
    refusal: Refusal | None = None
    stamp: Stamp | None = None
    """State of the files at that look; None where they have to be looked at again."""
    contents: Contents | None = None
    at: float = 0.0


@dataclass
class Keeper:
    """Keeps one folder's package for all readers. Safe to ask from many threads.

    A look at the files costs every run a few `stat`; only where they differ from the last look they are read, by one
    thread, while the others go on with what there is. A refusal is remembered like a package, by the files.
    """

    folder: Path
    opening: Callable[[Path, Contents, datetime], Package] = open_folder
    stamp: Callable[[Path], Stamp] = files.stamp
    contents: Callable[[Path], Contents] = files.contents
    seconds: Callable[[], float] = time.monotonic
    moment: Callable[[], datetime] = clock.moment
    _seen: _Seen = field(default_factory=_Seen, init=False)
    _looking: threading.Lock = field(default_factory=threading.Lock, init=False)

    def served(self) -> Served:
        """The package to show. Raises UnsoundError where there never was a sound one."""
        if not self._is_fresh(self._seen):
            self._look()
        seen = self._seen
        if seen.package is None:
            raise UnsoundError(seen.refusal.problems if seen.refusal else ())
        return Served(seen.package, seen.refusal)

    def _is_fresh(self, seen: _Seen) -> bool:
        return seen.stamp == self.stamp(self.folder) and self.seconds() - seen.at < CONTENTS_SECONDS

    def _look(self) -> None:
        """Looks at the files, one thread at a time. Who has a package to show does not wait for another's look."""
        if not self._looking.acquire(blocking=self._seen.package is None):
            return
        try:
            if not self._is_fresh(self._seen):
                self._seen = self._found()
        finally:
            self._looking.release()

    def _found(self) -> _Seen:
        """What lies in the folder now; tried again where it is written to meanwhile."""
        was = self._seen
        for _ in range(_TRIES):
            stamp, contents = self.stamp(self.folder), self.contents(self.folder)
            looked = _Seen(was.package, was.refusal, stamp, contents, self.seconds())
            if contents == was.contents:
                return looked
            if was.package and contents == was.package.contents:
                # Put back as it was.
                return replace(looked, refusal=None)
            try:
                found = replace(looked, package=self.opening(self.folder, contents, self.moment()), refusal=None)
            except UnsoundError as unsound:
                found = replace(looked, refusal=self._refusal(unsound.problems))
            if self.contents(self.folder) == contents:
                return replace(found, at=self.seconds())
        changing = (Problem("changing", files.DESCRIPTOR),)
        return replace(was, refusal=self._refusal(changing), stamp=None, contents=None)

    def _refusal(self, problems: tuple[Problem, ...]) -> Refusal:
        before = self._seen.refusal
        return Refusal(problems, before.since if before and self._seen.package else self.moment())
