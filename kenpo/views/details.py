"""Where a number comes from and what it means: the facts of one cell and the figures behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kenpo import formats
from kenpo.catalog import NATIONAL
from kenpo.formats import Table
from kenpo.judgement import Book, Cell, Kind, Observation
from kenpo.views.words import Voice

Fact = tuple[str, str]
"""A label and what it says."""


@dataclass(frozen=True, slots=True)
class Details:
    """Everything about one cell: heading, facts, printed figures with their origin, longer texts."""

    heading: str
    facts: Sequence[Fact]
    figures: Sequence[dict[str, str]]
    definition: str
    why: str
    observations: Sequence[Observation] = ()
    """The same figures, for the passages they stand in."""


def details(cell: Cell, book: Book, voice: Voice) -> Details:
    """The details of one cell, in the words of the page."""
    measure = voice.measure(cell.measure)
    heading = " · ".join((voice.branch(cell.branch), measure.name[voice.lang], voice.year(cell.fiscal_year)))
    behind = _figures(cell, book, voice)
    return Details(
        heading=heading,
        facts=[(voice.t(f"detail.{key}"), said) for key, said in _facts(cell, voice) if said],
        figures=[_brief(figure, voice) for figure in behind],
        definition=measure.definition[voice.lang],
        why=measure.why[voice.lang],
        observations=behind,
    )


def source(figure: Observation, voice: Voice) -> dict[str, str]:
    """One printed figure with its whole origin, as a row of a table."""
    t = voice.t
    return {
        t("source.owner"): voice.branch(figure.branch),
        t("source.measure"): voice.measure(figure.measure).name[voice.lang],
        t("source.year"): voice.year_short(figure.fiscal_year),
        t("source.kind"): t(f"detail.{figure.kind}"),
        t("source.printed"): figure.printed,
        t("source.as_of"): _as_of(figure, voice),
        t("source.status"): t(f"status.{figure.status}"),
        t("source.stated"): figure.stated or "",
        t("source.document"): voice.title(voice.catalog.documents[figure.document]),
        t("source.line"): figure.line.replace(";", ", "),
        t("source.address"): voice.catalog.documents[figure.document].address or "",
    }


def _as_of(figure: Observation, voice: Voice) -> str:
    if figure.as_of:
        return voice.month(figure.as_of)
    return voice.t("status.undated" if figure.status == "undated" else "source.full_year")


def _brief(figure: Observation, voice: Voice) -> dict[str, str]:
    """One printed figure in few columns: what, as printed, how sure, where."""
    t = voice.t
    name = voice.measure(figure.measure).name[voice.lang]
    when = voice.month(figure.as_of) if figure.as_of else ""
    sure = [t(f"status.{figure.status}"), when, figure.stated or ""]
    return {
        t("source.kind"): " ".join((voice.year_short(figure.fiscal_year), t(f"detail.{figure.kind}"), name)),
        t("source.printed"): figure.printed,
        t("source.status"): " ".join(part for part in sure if part),
        t("source.document"): voice.place(figure),
    }


def sources(figures: Iterable[Observation], voice: Voice) -> Table:
    """The origin of every figure as a table of its own: the second sheet of every download."""
    rows = [source(figure, voice) for figure in figures]
    columns = list(rows[0]) if rows else []
    title = voice.t("source.section", n=len(rows))
    return Table(voice.t("download.sources"), title, "", columns, [list(row.values()) for row in rows])


def sentence(cell: Cell, voice: Voice) -> list[str]:
    """What a pointer or a screen reader is told of a cell: verdict first, origin last."""
    said = [f"{label}: {text}" for label, text in _short_facts(cell, voice) if text]
    figure = cell.actual or cell.target or cell.other_definition
    return [voice.state(cell), *said, *([voice.place(figure)] if figure else [])]


def _short_facts(cell: Cell, voice: Voice) -> Iterable[Fact]:
    kept = {"actual", "target", "gap", "people_left", "people_plan", "to_national", "on_last_year", "stated"}
    return [(voice.t(f"detail.{key}"), said) for key, said in _facts(cell, voice) if key in kept]


def _facts(cell: Cell, voice: Voice) -> Iterable[tuple[str, str]]:
    measure = voice.measure(cell.measure)
    yield "state", voice.state(cell)
    if cell.actual:
        when = voice.month(cell.actual.as_of) if cell.actual.as_of else ""
        yield "actual", (voice.value(cell.actual) or cell.actual.printed) + (f" ({when})" if when else "")
    if cell.target:
        yield "target", voice.target(cell.target)
    if cell.resolved and cell.resolved.base:
        yield "year_before", voice.t("detail.from_last_year", value=voice.value(cell.resolved.base))
    yield "gap", formats.difference(cell.gap, measure, voice.lang, long=True)
    if cell.achievement is not None:
        yield "achievement", f"{formats.number(cell.achievement, voice.lang)}%"
    yield from _people(cell, voice)
    if cell.actual:
        yield "on_last_year", voice.difference(cell.on_last_year, measure, cell.actual, long=True)
        if cell.branch != NATIONAL:
            yield "to_national", voice.difference(cell.to_national, measure, cell.actual, long=True)
    if cell.interval:
        low, high = cell.interval
        yield "interval", f"{low:.1f}–{high:.1f}%"
    if cell.actual and cell.actual.stated:
        computed = voice.t(f"state.{cell.state}")
        clash = voice.t("detail.disagrees", computed=computed) if cell.disagrees else ""
        yield "stated", " ".join(part for part in (cell.actual.stated, clash) if part)


def _people(cell: Cell, voice: Voice) -> Iterable[tuple[str, str]]:
    if cell.people is None:
        return
    eligible = voice.value(cell.people.eligible)
    said = voice.t("detail.eligible_of", count=voice.heads(cell.people.count, cell.people), eligible=eligible)
    yield ("people_left" if cell.people.basis == "actual" else "people_plan"), said
    yield "pace", voice.pace(cell)


def _figures(cell: Cell, book: Book, voice: Voice) -> list[Observation]:
    """Every printed figure of the cell, of the counts behind it, and of the year before."""
    measure = voice.measure(cell.measure)
    ids = [i for i in (measure.id, measure.numerator, measure.denominator) if i]
    kinds: tuple[Kind, ...] = ("actual", "target", "plan")
    years = (cell.fiscal_year, cell.fiscal_year - 1)
    found = [o for y in years for i in ids for k in kinds for o in book.of(cell.branch, y, i, k)]
    return found or ([cell.other_definition] if cell.other_definition else [])
