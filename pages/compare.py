"""Compare 支部比較: one measure, who is ahead, by how much, and may they be compared at all."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from kenpo import compare
from kenpo.charts import comparison, many, pictures
from kenpo.charts.theme import chart_colors
from kenpo.ui import controls, parts
from kenpo.ui.page import open_page
from kenpo.views.compare import picture
from kenpo.views.compare import table as tables
from kenpo.views.details import sources

page = open_page("compare")
chosen, t, voice, package = page.selection, page.t, page.voice, page.package
catalog, coverage = package.catalog, package.coverage

measure = catalog.measures[chosen.measure or package.default_measure]
ids = compare.measures_of(measure, catalog.other_definition(measure.id))
book = page.measures(ids)
usual_year = compare.default_year(book, measure) or package.default_year
year = chosen.fy or usual_year
branches = compare.candidates(book, measure, year, coverage, catalog.branches)
usual = compare.usual_branches(branches, coverage, chosen.my)
own = chosen.my or next(iter(chosen.branch), None)
question = compare.Question(measure, year, chosen.show, chosen.base, chosen.mode, chosen.branch or usual, own)
found = compare.compare(book, catalog, question, branches)

with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="choosers"):
    controls.measure(measure.id, package.default_measure, package.held, voice)
    controls.year(year, usual_year, compare.years_of(book, measure), voice)
    controls.one("show", t("control.show"), chosen.show, {s: t(f"show.{s}") for s in compare.SHOWS})
    controls.one("base", t("control.base"), chosen.base, {b: t(f"base.{b}") for b in compare.BASES})
    controls.one("mode", t("control.mode"), chosen.mode, {m: t(f"mode.{m}") for m in compare.MODES})
    controls.branches(question.chosen, usual, branches, len(branches), voice)

table = tables.table(found, voice)
parts.headline(table.title, table.context)

draw, drawing = (picture.columns, many) if found.many else (picture.picture, comparison)
dark = parts.dark()
rows = draw(found, chart_colors(dark=dark), voice, dark=dark)
parts.chart(
    rows, drawing.COLUMNS, drawing.spec(voice.lang, dark=dark), alt=table.title, legend=picture.legend(found, voice)
)

picked = parts.table(table, voice.lang, tables.origins(found, voice), voice, key="table")
row = found.rows[compare.own_row(found) if picked is None else picked]
parts.provenance(row.cell, book, voice)
parts.incentive(page.incentive(year, question.colored), voice)

shown = compare.figures(found)


def printed(draw_as: Callable[..., bytes]) -> bytes:
    """The chart on white, whatever the theme; drawn only when somebody takes it away."""
    light = draw(found, chart_colors(dark=False), voice, dark=False)
    return draw_as(drawing.spec(voice.lang, dark=False), light, table.title, table.context)


parts.downloads(
    lambda: [table, sources(shown, voice)],
    [t("menu.compare"), measure.name[voice.lang], str(year)],
    voice,
    {"svg": lambda: printed(pictures.svg), "png": lambda: printed(pictures.png)},
)
parts.sources(shown, voice)
page.close(shown)
