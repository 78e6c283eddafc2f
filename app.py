"""Overview 概況: every measure × branch of one fiscal year, judged against its target."""

from __future__ import annotations

import streamlit as st
from streamlit.starlette import App

from kenpo.charts.theme import PALETTE
from kenpo.selection import to_parameters
from kenpo.serve.door import MIDDLEWARE, opening
from kenpo.ui import controls, parts
from kenpo.ui.components.matrix import matrix
from kenpo.ui.page import open_page
from kenpo.views import overview
from kenpo.views.details import details, sources


def _show() -> None:
    page = open_page("overview")
    chosen, t, voice, package = page.selection, page.t, page.voice, page.package
    coverage = package.coverage
    fiscal_year = chosen.fy or package.default_year
    usual = package.default_branches(fiscal_year)
    branches = overview.columns(chosen.branch, usual, chosen.my)
    own = chosen.my or next(iter(branches), None)

    book = page.year(fiscal_year, branches)
    year = overview.judged(book, voice, branches, fiscal_year, chosen.pillar)
    states, label = overview.state_filter(year, chosen.state, voice)

    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="choosers"):
        controls.year(fiscal_year, package.default_year, package.years, voice)
        controls.branches(branches, usual, package.branches, len(page.offer.branches), voice)
        controls.several("pillar", t("control.pillars"), chosen.pillar, (1, 2, 3), lambda p: t(f"pillar.{p}_short"))
        controls.several("state", t("control.states"), chosen.state, states, label)

    parts.headline(overview.headline(year, own, voice), overview.context(year, own, coverage, voice))

    table = overview.matrix(year, own, chosen.state, coverage, voice, sources=parts.sources_shown())
    if not table["groups"] and year.measures:
        parts.nothing(t("overview.no_rows"))
    opened = matrix(table, PALETTE, key="matrix") if table["groups"] else None
    if opened and (cell := year.cells.get((opened.measure, opened.branch))):
        link = to_parameters(chosen.with_(measure=cell.measure, fy=fiscal_year))
        parts.details(details(cell, book, voice), voice, link)

    shown = overview.speaking(year)
    names = [t("menu.overview"), str(fiscal_year)]
    parts.downloads(lambda: [overview.table(year, voice), sources(shown, voice)], names, voice)
    parts.sources(shown, voice)
    page.close(shown)


if __name__ == "__main__":
    _show()
else:  # Streamlit asks this file for its server first, and runs it for every reader after that.
    app = App(__file__, middleware=MIDDLEWARE, lifespan=opening)
