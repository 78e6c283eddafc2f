"""Trend 推移: which way is it going, over the fiscal years on record, and was the move more than chance?"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from kenpo import queries
from kenpo.charts import lines as chart
from kenpo.charts import panel, pictures, ranks
from kenpo.charts.theme import chart_colors
from kenpo.ui import controls, parts
from kenpo.ui.page import open_page
from kenpo.views import compare, lines, several, trend
from kenpo.views.details import sources

page = open_page("trend")
chosen, t, voice, package = page.selection, page.t, page.voice, page.package
catalog, coverage = package.catalog, package.coverage

usual_measure = compare.default_measure(catalog, package.held)
measure = catalog.measures[chosen.measure or usual_measure]
shown_ids = trend.measures_of(catalog, package.held, chosen.pillar) or [measure.id]
book = package.book(queries.measure(package.connection, trend.read(catalog, shown_ids)))
both = trend.both(catalog, shown_ids)
years, offered = trend.years_of(book, both), trend.candidates(book, both, catalog.branches)
window, left_out = trend.window(years, chosen.from_, chosen.to)
usual = trend.usual_branches(offered, coverage)
branches, no_room = trend.lines_of(chosen, usual)
question = trend.Question(measure, branches, chosen.my or next(iter(chosen.branch), None), window)
dark, colors = parts.dark(), chart_colors(dark=parts.dark())

with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="choosers"):
    if not chosen.pillar:
        controls.measure(measure.id, usual_measure, package.held, voice)
    controls.several("pillar", t("control.pillars"), chosen.pillar, (1, 2, 3), lambda p: t(f"pillar.{p}_short"))
    if window:
        controls.span(window, years, voice)
    controls.branches(branches, usual, offered, trend.MOST_LINES, voice)
if left_out:
    parts.ignored(left_out, t)


def one() -> None:
    """One measure in a large picture, and its ranks beside it where there are many branches."""
    found = trend.trend(book, catalog, question, offered)
    table, shown = trend.table(found, voice), trend.figures(found)
    parts.headline(table.title, table.context)
    parts.left_out(no_room, voice)
    left, right = st.columns(2) if found.many else (st.container(), None)
    with left:
        if right:
            st.markdown(f"**{t('trend.values')}**")
        rows, spec = lines.picture(found, colors, voice, dark=dark), chart.spec(voice.lang, dark=dark)
        parts.chart(rows, chart.COLUMNS, spec, alt=table.title, legend=t("trend.legend"))
    if right:
        rows, spec = lines.ranks(found, colors, voice, dark=dark), ranks.spec(voice.lang, dark=dark)
        with right:
            st.markdown(f"**{t('trend.ranks')}**")
            parts.chart(rows, ranks.COLUMNS, spec, alt=t("trend.ranks"), legend=t("trend.legend_ranks"))
    picked = parts.table(table, voice.lang, trend.origins(found, voice), voice, key="table")
    if table.rows:
        parts.provenance(trend.shown(found)[trend.own_row(found) if picked is None else picked].cell, book, voice)

    def printed(draw_as: Callable[..., bytes]) -> bytes:
        """The picture on white, whatever the theme; drawn only when somebody takes it away."""
        light = lines.picture(found, chart_colors(dark=False), voice, dark=False)
        return draw_as(chart.spec(voice.lang, dark=False), light, table.title, table.context)

    names = [t("menu.trend"), measure.name[voice.lang], *(str(y) for y in (window[:1] + window[-1:]))]
    drawn = {"svg": lambda: printed(pictures.svg), "png": lambda: printed(pictures.png)}
    parts.downloads(lambda: [table, sources(shown, voice)], names, voice, drawn)
    parts.sources(shown, voice)
    page.close(shown)


def many() -> None:
    """A small picture a measure of the chosen pillars, side by side."""
    found = several.several(book, catalog, shown_ids, question)
    table = several.table(found, chosen.pillar, voice)
    shown = list(dict.fromkeys(o for each in found for o in trend.figures(each)))
    parts.headline(table.title, table.context)
    parts.left_out(no_room, voice)
    with st.grid(3, min_column_width=300, key="panels"):
        for each in several.drawable(found):
            rows = lines.picture(each, colors, voice, dark=dark, small=True)
            parts.panel(each.question.measure.short[voice.lang], rows, panel.COLUMNS, panel.spec(voice.lang, dark=dark))
    st.caption(t("trend.legend_several"))
    parts.table(table, voice.lang, several.origins(found, voice), voice, key="table")
    names = [t("menu.trend"), *(t(f"pillar.{p}_short") for p in chosen.pillar)]
    parts.downloads(lambda: [table, sources(shown, voice)], names, voice)
    parts.sources(shown, voice)
    page.close(shown)


if chosen.pillar:
    many()
else:
    one()
