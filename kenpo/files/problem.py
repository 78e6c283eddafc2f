"""A problem of a data package as a record, and the error that carries one."""

from __future__ import annotations

from dataclasses import dataclass

_SHOWN = 120


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a package is refused, and where. `rule` is the id of the text that explains it."""

    rule: str
    file: str
    row: int | None = None
    """Line of the file; the header is line 1."""
    column: str | None = None
    value: str | None = None
    expected: str = ""

    def as_dict(self) -> dict[str, object]:
        """The problem as one flat record."""
        return {
            "file": self.file,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "rule": self.rule,
            "expected": self.expected,
        }


class RefusedError(Exception):
    """A file that is not taken; carries the one problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.file}: {problem.rule}")
        self.problem = problem


def short(text: str) -> str:
    """A value as a message shows it: at most 120 characters, nothing that cannot be printed."""
    # Only as much is looked at as can be shown: a value may be a whole file.
    plain = "".join(c if c.isprintable() else "·" for c in text[: _SHOWN + 1])
    return plain if len(plain) <= _SHOWN else plain[: _SHOWN - 1] + "…"
