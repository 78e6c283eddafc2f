"""The table of Compare: every figure of the picture, with where each row stands in the documents."""

from __future__ import annotations

from decimal import Decimal

from kenpo import formats
from kenpo.catalog import NATIONAL
from kenpo.compare import Comparison, Row
from kenpo.formats import Table, TableCell
from kenpo.views.compare.words import context, headline, place
from kenpo.views.marks import marked
from kenpo.views.words import Voice, difference_amount


def table(found: Comparison, voice: Voice) -> Table:
    """Every figure of the picture: value, target, differences, people, rank, state; with the page's sentences."""
    question, t = found.question, voice.t
    kind = t(f"detail.{question.kind}")
    base = t(f"base.{question.base}")
    names = [
        t("source.owner"),
        t("compare.rank_column"),
        t("detail.actual"),
        t("source.as_of"),
        t("detail.target"),
        t("compare.against", kind=kind, base=base),
        t("detail.achievement"),
        t("compare.people"),
        t("detail.on_last_year"),
        t("detail.to_national"),
        t("compare.ambition"),
        t("detail.state"),
        t("compare.remark"),
    ]
    return Table(
        name=t("menu.compare"),
        title=headline(found, voice),
        context=context(found, voice),
        columns=names,
        rows=[_cells(row, found, voice) for row in found.rows],
    )


def _cells(row: Row, found: Comparison, voice: Voice) -> list[TableCell]:
    measure, cell, lang = found.question.measure, row.cell, voice.lang
    wanted = cell.resolved.value if cell.resolved else None
    when = [voice.year_letter(cell.fiscal_year)] if found.question.mode == "latest" else []
    actual = row.figure if found.question.kind == "actual" else cell.actual
    when += [voice.month(actual.as_of)] if actual and actual.as_of else []
    return [
        voice.branch(row.branch),
        place(row, found, voice) if row.rank else None,
        formats.amount(actual.value if actual else None, measure, lang) or voice.in_words(actual),
        " ".join(when) or (voice.t("source.full_year") if actual and actual.status == "final" else None),
        formats.amount(wanted, measure, lang) or (voice.target(cell.target) if cell.target else None),
        difference_amount(row.against, measure, voice),
        formats.Amount(cell.achievement, "%") if cell.achievement is not None else None,
        formats.Amount(Decimal(cell.people.count), "" if lang == "en" else "人") if cell.people else None,
        difference_amount(cell.on_last_year, measure, voice),
        difference_amount(cell.to_national, measure, voice) if row.branch != NATIONAL else None,
        formats.gap_amount(row.ambition, measure, lang),
        marked(row.cell.state, voice),
        _remark(row, voice),
    ]


def _remark(row: Row, voice: Voice) -> str | None:
    """A draft is marked; a difference that cannot be taken says why."""
    why = row.against.reason
    said = [voice.t("status.draft")] if row.figure and row.figure.status == "draft" else []
    owns = [taken.own for taken in (row.against, row.cell.on_last_year, row.cell.to_national)]
    months = [own.as_of for own in owns if own and own is not row.figure and own.as_of]
    said += [voice.t("compare.at_month", month=voice.month(month)) for month in months]
    said += [voice.t(f"reason.{why}")] if why and why not in ("no_own", "itself", "draft") else []
    return voice.t.join(list(dict.fromkeys(said))) or None


def origins(found: Comparison, voice: Voice) -> list[str]:
    """Where the ranked figure of each row stands; else its target; empty where nothing is printed."""
    firsts = [row.figure or row.cell.target for row in found.rows]
    return [f"{figure.printed} — {voice.place(figure)}" if figure else "" for figure in firsts]
