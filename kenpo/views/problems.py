"""A problem of a data package in words: where, what value, what would be right."""

from __future__ import annotations

from collections.abc import Sequence

from kenpo.checks import Problem
from kenpo.text import Text


def where(problem: Problem, t: Text) -> str:
    """observations.csv, row 12, column value."""
    if problem.row is not None and problem.column is not None:
        return t("broken.where", file=problem.file, row=problem.row, column=problem.column)
    if problem.row is not None:
        return t("broken.where_row", file=problem.file, row=problem.row)
    if problem.column is not None:
        return t("broken.where_column", file=problem.file, column=problem.column)
    return problem.file


def amount(problems: Sequence[Problem], t: Text) -> str:
    """How many problems there are: 12; 500 or more where the check has stopped."""
    if problems and problems[-1].rule == "stopped":
        return t("broken.at_least", n=len(problems) - 1)
    return t("broken.count", n=len(problems))


def explain(problem: Problem, t: Text) -> str:
    """The whole problem in one line."""
    value = t("broken.value", value=problem.value) if problem.value is not None else ""
    reason = t(f"check.{problem.rule}", expected=problem.expected)
    colon = "：" if t.lang == "ja" else ": "
    return colon.join(part for part in (where(problem, t), value, reason) if part)
