"""Overview 概況: every measure × branch of one fiscal year, judged against its target."""

from __future__ import annotations

import streamlit as st

from kenpo import judgement, queries
from kenpo.charts.theme import PALETTE
from kenpo.selection import to_parameters
from kenpo.ui import controls, parts
from kenpo.ui.components.matrix import matrix
from kenpo.ui.page import open_page
from kenpo.views import overview
from kenpo.views.details import details, sources

page = open_page("overview")
chosen, t, package = page.selection, page.t, page.package

usual_year = overview.default_year(package.coverage)
fiscal_year = chosen.fy or usual_year or 0
usual = overview.default_branches(package.coverage, fiscal_year)
branches, left_out = overview.columns(chosen.branch or usual, chosen.my)

rows = queries.year(package.connection, fiscal_year, branches)
book = judgement.Book(judgement.observations(rows), package.catalog.documents, overview.last_years(package.coverage))
year = overview.judged(book, page.voice, branches, fiscal_year, chosen.pillar)
counts = year.counts()
own = chosen.my or next(iter(branches), None)

with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="choosers"):
    controls.year(fiscal_year, usual_year or 0, overview.years(package.coverage), page.voice)
    controls.branches(
        branches,
        usual,
        [b for b in package.catalog.branches if b in package.coverage],
        overview.MOST_BRANCHES,
        page.voice,
    )
    controls.several("pillar", t("control.pillars"), chosen.pillar, (1, 2, 3), lambda p: t(f"pillar.{p}_short"))
    controls.several(
        "state",
        t("control.states"),
        chosen.state,
        overview.shown_states(counts, chosen.state),
        lambda s: " ".join(part for part in (overview.MARKS.get(s), t(f"state_filter.{s}"), str(counts[s])) if part),
    )

parts.headline(overview.headline(year, own, page.voice), overview.context(year, own, package.coverage, page.voice))
parts.left_out(left_out, page.voice)

table = overview.matrix(year, own, chosen.state, package.coverage, page.voice, sources=parts.sources_shown())
if not table["groups"]:
    parts.nothing(t("overview.no_rows"))
opened = matrix(table, PALETTE, key="matrix") if table["groups"] else None
if opened and (cell := year.cells.get((opened.measure, opened.branch))):
    link = to_parameters(chosen.with_(measure=cell.measure, fy=fiscal_year))
    parts.details(details(cell, book, page.voice), page.voice, link)

shown = overview.speaking(year)
parts.downloads(
    lambda: [overview.table(year, page.voice), sources(shown, page.voice)],
    [t("menu.overview"), str(fiscal_year)],
    page.voice,
)
parts.sources(shown, page.voice)
page.close(shown)
