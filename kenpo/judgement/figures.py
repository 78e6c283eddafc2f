"""Printed figures: what one says, which of several speaks, and all of them by place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, cast

from kenpo.catalog import NATIONAL, Document

Kind = Literal["target", "actual", "plan"]
Rule = Literal["at_least", "at_most", "equal", "at_least_previous_year", "at_most_previous_year", "qualitative"]
Status = Literal["final", "provisional", "undated", "draft"]
Exclusion = Literal["other_denominator"]

_LINE_DIGITS = 9
"""No document has more lines than so many digits count; a longer number may be longer than Python reads."""

SPAN = 10
"""How many years back a base may lie; its year is always named."""

RELATIVE: frozenset[Rule] = frozenset({"at_least_previous_year", "at_most_previous_year"})
_STATUS_ORDER: dict[Status, int] = {"final": 0, "provisional": 1, "undated": 2, "draft": 3}
_ROLE_ORDER = {"result": 0, "reference": 1, "plan": 2}


@dataclass(frozen=True, slots=True)
class Observation:
    """One printed figure with its origin; `value` keeps the decimals it is printed with."""

    branch: str
    fiscal_year: int
    measure: str
    kind: Kind
    value: Decimal | None
    rule: Rule | None
    as_of: str | None
    status: Status
    stated: str | None
    document: str
    line: str
    printed: str
    note: str | None = None
    exclusion: Exclusion | None = None
    bound: Literal["highest", "lowest"] | None = None
    """Printed only as the highest or lowest of the 47 branches."""

    @property
    def settled(self) -> bool:
        """A final figure that others may be measured by: printed for its own sake and on the usual denominator."""
        return self.status == "final" and self.value is not None and not self.bound and not self.exclusion

    @property
    def first_line(self) -> int:
        """The line of the document the figure stands on."""
        return first_line(self.line)

    @property
    def number(self) -> Decimal:
        """The value. Raises ValueError for a target that is only relative or qualitative."""
        if self.value is None:
            raise ValueError(f"{self.document} line {self.line}: no figure is printed")
        return self.value

    @property
    def month(self) -> int | None:
        """Calendar month of the as-of, None for the whole year."""
        return int(self.as_of[5:]) if self.as_of else None


def first_line(line: str) -> int:
    """The first of the lines a figure stands on. Whatever is longer than any document has lines is beyond its end."""
    first = line.partition(";")[0]
    return int(first) if len(first) <= _LINE_DIGITS else 10**_LINE_DIGITS


def observations(rows: Iterable[Mapping[str, Any]]) -> list[Observation]:
    """The figures of the rows of a query, decimals as printed."""
    return [_observation(row) for row in rows]


def _observation(row: Mapping[str, Any]) -> Observation:
    value = row["value"]
    if value is not None:
        value = value.quantize(Decimal(1).scaleb(-row["value_decimals"]))
    return Observation(
        branch=row["branch_id"],
        fiscal_year=row["fiscal_year"],
        measure=row["measure_id"],
        kind=row["kind"],
        value=value,
        rule=row["target_rule"],
        as_of=row["as_of"],
        status=row["status"],
        stated=row["stated"],
        document=row["document_id"],
        line=row["line"],
        printed=row["printed"],
        note=row["note"],
        exclusion=row["exclusion"],
        bound=row["bound"],
    )


@dataclass(frozen=True, slots=True)
class Reached:
    """How far into a fiscal year one document sees: the latest month inside it, and whether it prints finals."""

    month: str | None
    """YYYY-MM; None where no actual of that year carries a month."""
    closed: bool = False


Reach = Mapping[tuple[str, int], Mapping[str, Reached]]
"""By branch and fiscal year: every document that prints actuals of that year."""


def reach_of(rows: Iterable[Mapping[str, Any]]) -> Reach:
    """The rows of the query `reached` by branch, fiscal year and document."""
    found: dict[tuple[str, int], dict[str, Reached]] = defaultdict(dict)
    for row in rows:
        found[row["branch_id"], row["fiscal_year"]][row["document_id"]] = Reached(row["month"], row["closed"])
    return dict(found)


class Book:
    """Observations by branch, fiscal year, measure and kind, the one that speaks first.

    `last_years` says up to which fiscal year plans or actuals of a branch are on record, `reach` how far into a
    year its documents see.
    """

    def __init__(
        self,
        figures: Iterable[Observation],
        documents: Mapping[str, Document],
        last_years: Mapping[str, int] | None = None,
        reach: Reach | None = None,
    ) -> None:
        self._last_years = last_years or {}
        self._reach = reach or {}
        places: dict[tuple[str, int, str, Kind], list[Observation]] = defaultdict(list)
        for figure in figures:
            places[figure.branch, figure.fiscal_year, figure.measure, figure.kind].append(figure)
        self._places = {place: sorted(found, key=lambda o: precedence(o, documents)) for place, found in places.items()}

    def of(self, branch: str, fiscal_year: int, measure: str, kind: Kind) -> Sequence[Observation]:
        """Every figure of that place, the one that speaks on a page first; empty where none is printed."""
        return self._places.get((branch, fiscal_year, measure, kind), ())

    def final(self, branch: str, fiscal_year: int, measure: str) -> Observation | None:
        """The settled actual of a year, if there is one."""
        return next((o for o in self.of(branch, fiscal_year, measure, "actual") if o.settled), None)

    def last_final(self, branch: str, fiscal_year: int, measure: str) -> Observation | None:
        """The latest settled actual of the same branch and definition in a year before that one."""
        years = range(fiscal_year - 1, fiscal_year - 1 - SPAN, -1)
        return next((o for year in years if (o := self.final(branch, year, measure))), None)

    def closed(self, branch: str, fiscal_year: int) -> bool:
        """Are finals of that year on record, or has the branch, or for the nation any branch, figures of a later one?

        Never decided by the clock.
        """
        newest = max(self._last_years.values(), default=fiscal_year) if branch == NATIONAL else fiscal_year
        finals = any(seen.closed for seen in self._reach.get((branch, fiscal_year), {}).values())
        return finals or self._last_years.get(branch, newest) > fiscal_year

    def closed_by(self, document: str, branch: str, fiscal_year: int) -> bool:
        """Does that document print finals of the year, so that the year was over when it was made?"""
        seen = self._reach.get((branch, fiscal_year), {}).get(document)
        return seen is not None and seen.closed

    def as_of(self, document: str, branch: str, fiscal_year: int) -> str | None:
        """The latest month inside the year that document prints, else any other; None where the year has not begun."""
        seen = self._reach.get((branch, fiscal_year), {})
        own = seen[document].month if document in seen else None
        return own or max((other.month for other in seen.values() if other.month), default=None)

    def figures(self) -> Iterable[Observation]:
        """Every figure in the book."""
        return (figure for found in self._places.values() for figure in found)


def precedence(
    figure: Observation, documents: Mapping[str, Document]
) -> tuple[bool, int, int, int, bool, int, int, int]:
    """Sort key of which of two figures for one thing speaks.

    What a replaced document prints comes last. Final before provisional before undated before draft; of several
    months the latest; a result document before a plan; a branch's own document before another's; the later
    document; more decimals; lower line.
    """
    standing = standing_of(documents[figure.document], figure.branch)
    year, month = (figure.as_of or "0-0").split("-")
    return (
        standing[0],
        _STATUS_ORDER[figure.status],
        -(int(year) * 12 + int(month)),
        *standing[1:],
        -decimals(figure.value),
        figure.first_line,
    )


def standing_of(document: Document, branch: str) -> tuple[bool, int, bool, int]:
    """Sort key of documents that print the same thing of a branch: which of them speaks, never by the alphabet.

    Replaced ones last; results before references before plans; the branch's own before others'; the later first.
    """
    return (
        document.replaced_by is not None,
        _ROLE_ORDER[document.role],
        document.branch != branch,
        -document.dated.toordinal(),
    )


def decimals(value: Decimal | None) -> int:
    """Number of decimals a figure is printed with; 0 for none."""
    if value is None:
        return 0
    return max(0, -cast("int", value.as_tuple().exponent))
