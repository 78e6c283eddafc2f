"""What-if 目標調整: what if the target were set at …? People, pace, realism and combined rates at once."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from kenpo.charts import people, pictures
from kenpo.charts.theme import PALETTE
from kenpo.coverage import base_year
from kenpo.judgement import judge
from kenpo.ui import desk, parts, what_if_parts
from kenpo.ui.components import grid as component
from kenpo.ui.components.sheet import sheet
from kenpo.ui.page import open_page
from kenpo.views import scenarios
from kenpo.views import what_if as views
from kenpo.views.details import details, sources
from kenpo.views.grid import fixed, grid

page = open_page("what_if")
chosen, t, voice, package = page.selection, page.t, page.voice, page.package
catalog, branches = package.catalog, package.planned_branches

branch = next((b for b in (*chosen.branch, chosen.my) if b in branches), package.default_planned_branch)
if branch is None:
    parts.headline(t("what_if.none_title"), t("what_if.none"))
    st.stop()
years = package.plan_years(branch)
last = page.clock.last_plan_year
year, base = base_year(years, last, chosen.fy) or (years[0], years[0])
plan = page.plan(branch, year, base)
at, refused = desk.open_desk(chosen, plan, voice)
if refused:
    parts.ignored(views.refusals(refused, voice), t)
parts.quiet(views.instead(chosen.branch, years, last, chosen.fy, plan, voice))

with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="choosers"):
    what_if_parts.choose_plan(branch, branches, year, years, page.clock, voice)
    what_if_parts.tools(at, voice)
with st.container(horizontal=True, vertical_alignment="center", gap="small", key="presets"):
    what_if_parts.presets(at, voice)
parts.quiet([line for line in (views.replaced(plan, voice),) if line])

still = fixed(plan, voice)


@st.fragment
def live() -> None:
    """Everything that follows a target while it is dragged."""
    at.hear()
    if at.stale and component.drawn(desk.GRID) >= at.heard:
        st.rerun()
    found = views.shown(plan, at.scenario, at.focus)
    if what_if_parts.numbers_wanted():
        parts.headline(views.headline(found, voice), views.context(found, voice))
        what_if_parts.cards(views.cards(found, voice))
        what_if_parts.numbers(at, found, voice)
        what_if_parts.bars("changes", people.changes(views.bars(found, voice)), people, voice)
        if at.stale:
            st.rerun()
    else:
        rows = grid(found, still, component.opened(desk.GRID), at.refused, at.rev, voice)
        asked = component.grid(rows, PALETTE, key=desk.GRID, whole=at.whole, stale=at.stale)
        if asked and asked in plan.starts:
            book = page.year(base, [plan.branch])
            parts.details(details(judge(book, catalog, plan.branch, base, asked), book, voice), voice)
    at.whole = False


component.load()
place = st.container()
committed = views.shown(plan, at.committed)
what_if_parts.notes(at, views.printed_totals(committed, voice), views.origin(plan, voice))
what_if_parts.bars("steps", people.steps(views.bars(committed, voice)), people, voice)
with place:
    live()

kept = ((name, views.shown(plan, scenario)) for name, scenario in desk.kept_scenarios(at).items())
named = scenarios.named([(at.name, committed), *kept])
what_if_parts.scenarios(at, voice)
table = scenarios.sheet(named, voice)
sheet(table, voice.lang, key="sheet")

shown = views.figures(plan)


def printed(draw_as: Callable[..., bytes]) -> bytes:
    """The chart on white, whatever the theme; drawn only when somebody takes it away."""
    rows, title = people.changes(views.bars(committed, voice)), views.headline(committed, voice)
    return draw_as(people.spec(voice.lang, dark=False), rows, title, t("what_if.chart_changes"))


parts.downloads(
    lambda: [*scenarios.tables(named, voice), sources(shown, voice)],
    [t("menu.what_if"), voice.branch(branch), str(year)],
    voice,
    {"svg": lambda: printed(pictures.svg), "png": lambda: printed(pictures.png)},
)
parts.sources(shown, voice)
page.close(shown)
