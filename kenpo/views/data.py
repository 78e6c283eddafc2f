"""Data: the documents and what they cover, the measures and what they mean, and how a filter of words works."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, get_args

from kenpo import formats
from kenpo.catalog import Catalog, Document, Measure
from kenpo.formats import Amount, Table, TableCell
from kenpo.selection import Part
from kenpo.views.words import Voice

Rows = Sequence[Mapping[str, Any]]
Group = tuple[str, int]
"""A branch and a fiscal year: what one document speaks of."""

PARTS: tuple[Part, ...] = get_args(Part)
_STRENGTH = {1: 0.16, 2: 0.34, 3: 0.52}
"""How dark a cell of the heat strip is, by how many kinds of figures it holds."""


# --- a filter of words -----------------------------------------------------------------------------


def matches(words: str, cells: Iterable[str]) -> bool:
    """Does every word stand somewhere in the cells? Width and case do not matter; no words match everything."""
    text = _folded(" ".join(cells))
    return all(word in text for word in _folded(words).split())


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def filtered(table: Table, words: str, voice: Voice) -> tuple[Table, list[int]]:
    """The rows of a table that hold every word, and their places in the whole."""
    kept = [at for at, cells in enumerate(table.texts(voice.lang)) if matches(words, cells)]
    rows = [table.rows[at] for at in kept]
    return Table(table.name, table.title, table.context, table.columns, rows), kept


# --- one branch and year of several ----------------------------------------------------------------


def groups(rows: Rows) -> list[Group]:
    """The branches and years the rows speak of, in their order."""
    return list(dict.fromkeys((row["branch_id"], row["fiscal_year"]) for row in rows))


def of_group(rows: Rows, group: Group) -> list[Mapping[str, Any]]:
    """The rows of one branch and year."""
    return [row for row in rows if (row["branch_id"], row["fiscal_year"]) == group]


def usual_group(found: Sequence[Group], branches: Sequence[str]) -> Group | None:
    """The one shown first: of the first branch the reader has chosen, else the first."""
    return next((group for branch in branches for group in found if group[0] == branch), next(iter(found), None))


def group_name(group: Group, voice: Voice) -> str:
    """埼玉 令和5年度."""
    return f"{voice.branch(group[0])} {voice.year_short(group[1])}"


def place(row: Mapping[str, Any], voice: Voice, column: str = "line") -> str:
    """The line of a row: 52, 57."""
    return voice.t("data.line", line=str(row[column]).replace(";", ", ")) if row[column] else ""


def documents_of(rows: Rows, voice: Voice) -> str:
    """The documents some rows come from, with the dates printed on them."""
    used = {row["document_id"] for row in rows}
    return voice.t.join([voice.document(d) for d in voice.catalog.documents.values() if d.id in used])


# --- documents -------------------------------------------------------------------------------------


def documents(rows: Rows, voice: Voice) -> Table:
    """Every document with what of the package comes from it."""
    t = voice.t
    columns = [
        *(t("source.document"), t("source.owner"), t("data.role"), t("source.year"), t("data.made_on")),
        *(t("data.held"), t("data.years"), t("data.draft"), t("data.source")),
    ]
    held = {row["document_id"]: row for row in rows}
    listed = list(voice.catalog.documents.values())
    title = t("data.documents_title", n=len(listed), rows=formats.number(_all(rows), voice.lang))
    return Table(t("data.part_documents"), title, "", columns, [_document(d, held[d.id], voice) for d in listed])


def _all(rows: Rows) -> int:
    return sum(row["held"] for row in rows)


def _document(document: Document, held: Mapping[str, Any], voice: Voice) -> list[TableCell]:
    t, first, last = voice.t, held["first_year"], held["last_year"]
    span = "" if first is None else "–".join(dict.fromkeys(voice.year_letter(year) for year in (first, last)))
    return [
        voice.title(document),
        voice.branch(document.branch),
        t(f"data.role_{document.role}"),
        voice.year_short(document.fiscal_year),
        document.made_on.isoformat() if document.made_on else None,
        Amount(Decimal(held["held"])),
        span or None,
        t("status.draft") if document.draft else None,
        document.address or document.source_file,
    ]


def coverage(rows: Rows, voice: Voice) -> list[dict[str, object]]:
    """The heat strip of a document: a cell a measure and year, with letters for what stands there."""
    order = {measure: at for at, measure in enumerate(voice.catalog.measures)}
    return [_cell(row, order[row["measure_id"]], voice) for row in rows]


def _cell(row: Mapping[str, Any], at: int, voice: Voice) -> dict[str, object]:
    kinds = [kind for kind in ("target", "actual", "plan") if row[f"{kind}s"]]
    said = [f"{voice.t(f'detail.{kind}')} {row[f'{kind}s']}" for kind in kinds]
    measure, year = voice.measure(row["measure_id"]), voice.year_letter(row["fiscal_year"])
    return {
        "order": at,
        "measure": measure.short[voice.lang],
        "year_order": row["fiscal_year"],
        "year": year,
        "letters": " ".join(voice.t(f"data.letter_{kind}") for kind in kinds),
        "strength": _STRENGTH[len(kinds)],
        "about": f"{measure.name[voice.lang]} {year}: {voice.t.join(said)}",
    }


def coverage_table(rows: Rows, document: Document, voice: Voice) -> Table:
    """The heat strip as a table: every measure and year of the document with the number of figures."""
    t = voice.t
    columns = [t("source.measure"), t("source.year"), t("detail.target"), t("detail.actual"), t("detail.plan")]
    cells = [
        [
            voice.measure(row["measure_id"]).name[voice.lang],
            voice.year_short(row["fiscal_year"]),
            *(Amount(Decimal(row[f"{kind}s"])) if row[f"{kind}s"] else None for kind in ("target", "actual", "plan")),
        ]
        for row in rows
    ]
    return Table(t("data.coverage"), document.title[voice.lang], "", columns, cells)


# --- measures --------------------------------------------------------------------------------------


def measures(catalog: Catalog, voice: Voice) -> Table:
    """Every measure with what it is, which way is better, when it was a KPI and what replaced it."""
    t = voice.t
    columns = [
        *(t("source.measure"), t("control.pillars"), t("data.measure_role"), t("overview.unit")),
        *(t("data.direction"), t("data.accrual"), t("data.in_force"), t("data.successor"), t("detail.definition")),
    ]
    listed = list(catalog.measures.values())
    kpis = sum(measure.role == "kpi" for measure in listed)
    title = t("data.measures_title", n=len(listed), kpis=kpis)
    rows = [_measure(measure, catalog, voice) for measure in listed]
    return Table(t("data.part_measures"), title, t("data.measures_context"), columns, rows)


def _measure(measure: Measure, catalog: Catalog, voice: Voice) -> list[TableCell]:
    t = voice.t
    return [
        measure.name[voice.lang],
        t(f"pillar.{measure.pillar}") if measure.pillar else None,
        t(f"data.measure_{measure.role}"),
        formats.unit(measure, voice.lang).strip() or None,
        t(f"data.direction_{measure.direction}"),
        t(f"data.accrual_{measure.accrual}"),
        in_force(measure, voice) if measure.role == "kpi" else None,
        catalog.measures[measure.successor].name[voice.lang] if measure.successor else None,
        measure.definition[voice.lang] or None,
    ]


def in_force(measure: Measure, voice: Voice) -> str:
    """The years in which a measure was a KPI: R6–, –R5, R3–R5; – where no end is known."""
    first = "" if measure.kpi_from is None else voice.year_letter(measure.kpi_from)
    last = "" if measure.kpi_to is None else voice.year_letter(measure.kpi_to)
    return f"{first}–{last}" if first or last else voice.t("data.always")


# --- tables ----------------------------------------------------------------------------------------


def checked(rows: Rows, voice: Voice) -> str:
    """State of the checks: a page only opens on a package without a mistake."""
    count = formats.number(_all(rows), voice.lang)
    return voice.t("data.checked", tables=len(rows), rows=count)


def raw(name: str, columns: Sequence[str], rows: Rows) -> Table:
    """A table of the package as it is kept: ids and values, nothing translated. Empty cells stay empty."""
    kept = [column for column in columns if not column.endswith("_decimals")]
    return Table(
        name, name, "", kept, [[_raw(row[column], row.get(f"{column}_decimals")) for column in kept] for row in rows]
    )


def _raw(value: object, decimals: int | None) -> TableCell:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    exact = value.quantize(Decimal(1).scaleb(-(decimals or 0))) if isinstance(value, Decimal) else value
    # As a text a negative number would be taken for a formula.
    if isinstance(exact, int | Decimal) and exact < 0:
        return Amount(Decimal(exact))
    return str(exact)
