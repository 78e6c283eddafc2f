"""Trend 推移: which way is it going, over the fiscal years on record, and was the move more than chance?"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from kenpo import trend
from kenpo.charts import lines as chart
from kenpo.charts import panel, pictures, ranks
from kenpo.charts.theme import chart_colors
from kenpo.ui import controls, parts
from kenpo.ui.page import open_page
from kenpo.views.details import sources
from kenpo.views.trend import picture, several
from kenpo.views.trend import table as tables

page = open_page("trend")
chosen, t, voice, package = page.selection, page.t, page.voice, page.package
catalog, coverage = package.catalog, package.coverage

measure = catalog.measures[chosen.measure or package.default_measure]
shown_ids = trend.measures_of(catalog, package.held, chosen.pillar) or [measure.id]
book = page.measures(trend.read(catalog, shown_ids))
both = trend.both(catalog, shown_ids)
years, offered = trend.years_of(book, both), trend.candidates(book, both, catalog.branches)
window, left_out = trend.window(years, chosen.from_, chosen.to)
usual = trend.usual_branches(offered, coverage)
branches, no_room = trend.lines_of(chosen.my, chosen.branch, usual)
question = trend.Question(measure, branches, chosen.my or next(iter(chosen.branch), None), window)
found = trend.several(book, catalog, shown_ids, question) if chosen.pillar else []
found = found or [trend.trend(book, catalog, question, offered)]
small, one = bool(chosen.pillar), found[0]

with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="choosers"):
    if not small:
        controls.measure(measure.id, package.default_measure, package.held, voice)
    controls.several("pillar", t("control.pillars"), chosen.pillar, (1, 2, 3), lambda p: t(f"pillar.{p}_short"))
    if window:
        controls.span(window, years, voice)
    controls.branches(branches, usual, offered, trend.MOST_LINES, voice)
if left_out:
    parts.ignored(left_out, t)

table = several.table(found, chosen.pillar, voice) if small else tables.table(one, voice)
origins = several.origins(found, voice) if small else tables.origins(one, voice)
shown = list(dict.fromkeys(figure for each in found for figure in trend.figures(each)))
parts.headline(table.title, table.context)
parts.left_out(no_room, voice)


def drawn(*, dark: bool) -> list[pictures.Part]:
    """The pictures in a theme: one, with its ranks where there are many branches, or a small one a measure."""
    colors, spec = chart_colors(dark=dark), (panel if small else chart).spec(voice.lang, dark=dark)
    if small:
        names = [each.question.measure.short[voice.lang] for each in trend.drawable(found)]
        rows = [picture.picture(each, colors, voice, dark=dark, small=True) for each in trend.drawable(found)]
        return [pictures.Part(name, spec, drawn) for name, drawn in zip(names, rows, strict=True)]
    large = [pictures.Part(t("trend.values"), spec, picture.picture(one, colors, voice, dark=dark))]
    if one.many:
        ranked = picture.ranks(one, colors, voice, dark=dark)
        large.append(pictures.Part(t("trend.ranks"), ranks.spec(voice.lang, dark=dark), ranked))
    return large


def printed(draw_as: Callable[..., bytes]) -> bytes:
    """The pictures on white, whatever the theme; drawn only when somebody takes them away."""
    each = drawn(dark=False)
    if len(each) == 1:
        return draw_as(each[0].spec, each[0].rows, table.title, table.context)
    return draw_as(pictures.together(each, columns=min(3, len(each))), [], table.title, table.context)


pieces = drawn(dark=parts.dark())
if small:
    with st.grid(3, min_column_width=300, key="panels"):
        for piece in pieces:
            parts.panel(piece.name, piece.rows, chart.COLUMNS, piece.spec)
    st.caption(t("trend.legend_several"))
elif len(pieces) > 1:
    for column, piece, legend in zip(st.columns(2), pieces, ("legend", "legend_ranks"), strict=True):
        with column:
            parts.panel(piece.name, piece.rows, chart.COLUMNS, piece.spec)
            st.caption(t(f"trend.{legend}"))
else:
    parts.chart(pieces[0].rows, chart.COLUMNS, pieces[0].spec, alt=table.title, legend=t("trend.legend"))

picked = parts.table(table, voice.lang, origins, voice, key="table")
if table.rows and not small:
    parts.provenance(trend.shown(one)[trend.own_row(one) if picked is None else picked].cell, book, voice)

about = [t(f"pillar.{p}_short") for p in chosen.pillar] or [measure.name[voice.lang]]
names = [t("menu.trend"), *about, *(str(year) for year in window[:1] + window[-1:])]
downloads = {"svg": lambda: printed(pictures.svg), "png": lambda: printed(pictures.png)} if pieces else {}
parts.downloads(lambda: [table, sources(shown, voice)], names, voice, downloads)
parts.sources(shown, voice)
page.close(shown)
