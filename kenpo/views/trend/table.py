"""The table of Trend: a row a branch and year, with where each stands in the documents."""

from __future__ import annotations

from kenpo import formats
from kenpo.formats import Amount, Table, TableCell
from kenpo.trend import Point, Trend, shown
from kenpo.views.marks import marked
from kenpo.views.trend.words import context, headline
from kenpo.views.words import Voice, difference_amount


def table(found: Trend, voice: Voice) -> Table:
    """A row a branch and year: figure, month, target, differences, rank and state."""
    t = voice.t
    keys = ["source.owner", "source.year", "detail.actual", "source.as_of", "detail.target", "detail.gap"]
    keys += ["detail.on_last_year", "detail.to_national"]
    keys += ["trend.index"] if found.indexed else ["compare.rank_column"]
    keys += ["detail.state", "compare.remark"]
    rows = [_cells(point, found, voice) for point in shown(found)]
    return Table(t("menu.trend"), headline(found, voice), context(found, voice), [t(key) for key in keys], rows)


def _cells(point: Point, found: Trend, voice: Voice) -> list[TableCell]:
    cell, measure, lang = point.cell, point.measure, voice.lang
    actual, wanted = cell.actual, cell.resolved.value if cell.resolved else None
    when = voice.month(actual.as_of) if actual and actual.as_of else None
    full = voice.t("source.full_year") if actual and actual.status in ("final", "draft") else None
    return [
        voice.branch(point.branch),
        voice.year_short(point.year),
        formats.amount(actual.value if actual else None, measure, lang) or voice.in_words(actual),
        when or full,
        formats.amount(wanted, measure, lang) or (voice.target(cell.target) if cell.target else None),
        formats.gap_amount(cell.gap, measure, lang),
        difference_amount(cell.on_last_year, measure, voice),
        difference_amount(cell.to_national, measure, voice),
        Amount(point.index, "") if found.indexed and point.index is not None else _place(point, found, voice),
        marked(cell.state, voice),
        _remark(point, found, voice),
    ]


def _place(point: Point, found: Trend, voice: Voice) -> str | None:
    ranking = found.ranks.get(point.year)
    if ranking is None or point.measure.id != found.question.measure.id or point.branch not in ranking.places:
        return None
    return voice.t("compare.rank", rank=ranking.places[point.branch], n=ranking.size)


def _remark(point: Point, found: Trend, voice: Voice) -> str | None:
    """The other definition, a draft, a bound of 47, or why a figure is not drawn."""
    actual, t = point.cell.actual, voice.t
    said = []
    if point.measure.id != found.question.measure.id:
        said.append(t("trend.other", measure=point.measure.name[voice.lang]))
    if actual and actual.status == "draft":
        said.append(t("status.draft"))
    if actual and actual.bound:
        said.append(t("reason.bound"))
    if actual and actual.exclusion:
        said.append(t(f"reason.{actual.exclusion}"))
    if actual and found.indexed and point.index is None:
        said.append(t("trend.no_base"))
    return t.join(said) or None


def origins(found: Trend, voice: Voice) -> list[str]:
    """Where the figure of each row stands; else its target."""
    firsts = [point.cell.actual or point.cell.target for point in shown(found)]
    return [f"{figure.printed} — {voice.place(figure)}" if figure else "" for figure in firsts]
