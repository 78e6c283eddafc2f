"""Landing 着地見込み: where a year will end, how sure that is, and whether the target can still be met."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from kenpo import compare
from kenpo.charts import curve, misses, pictures
from kenpo.charts.theme import chart_colors
from kenpo.judgement import judge
from kenpo.landing import points
from kenpo.ui import controls, parts
from kenpo.ui.page import open_page
from kenpo.views import landing, landing_over
from kenpo.views.details import sources

page = open_page("landing")
chosen, t, voice, package = page.selection, page.t, page.voice, page.package
catalog, series = package.catalog, package.series

branch, usual_branch = landing.branch_of(chosen, series, package.branches)
offered = landing.measures_of(catalog, package.held)
usual_measure = landing.default_measure(catalog, offered, series, branch)
measure = catalog.measures[chosen.measure or usual_measure]
book = page.measures(compare.measures_of(measure, None))
years = landing.years_of(book, measure, branch, series)
usual_year = landing.default_year(book, measure, branch, series, years) or package.default_year
year = chosen.fy or usual_year
counted = points(package.monthly(branch, [measure.numerator or ""]))
months = landing.months_of(counted, year)
month = chosen.asof if chosen.asof in months else next(reversed(months), None)

with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="choosers"):
    controls.one_branch(branch, usual_branch, package.branches, voice)
    controls.measure(measure.id, usual_measure, offered, voice)
    controls.year(year, usual_year, years, voice)
    if month and len(months) > 1:
        controls.as_of(month, months, voice)
if chosen.asof and chosen.asof != month:
    parts.ignored([f"asof={chosen.asof}"], t)

seen = landing.replay(book, measure, counted, branch, year, month) if month else []
alone = landing.single(book, voice, measure, branch, year, series)
sheet = landing.sheet(seen, voice) if seen else landing.sheet_single(alone, voice)
sheet = landing_over.told(sheet, (book, measure, branch, year), seen, page.clock, voice)
parts.headline(sheet.table.title, sheet.table.context)
parts.quiet(landing.falls(seen[-1], voice) if seen else landing.falls_single(alone, voice))

drawn: dict[str, Callable[[], bytes]] = {}
if seen:
    draw = partial(landing.picture, seen[-1], voice=voice)
    dark = parts.dark()
    parts.cards(landing.cards(seen[-1], voice))
    left, right = st.columns((3, 1))
    with left:
        rows, spec = draw(chart_colors(dark=dark), dark=dark), curve.spec(voice.lang, dark=dark)
        parts.chart(rows, curve.COLUMNS, spec, alt=sheet.table.title, legend=t("landing.legend"))
    with right:
        record = landing.track_record(seen[-1], chart_colors(dark=dark), voice)
        st.markdown(f"**{t('landing.record')}**")
        if record:
            spec = misses.spec(voice.lang, dark=dark)
            parts.chart(record, misses.COLUMNS, spec, alt=t("landing.record"), legend=t("landing.legend_misses"))
        else:
            st.caption(t("landing.record_none"))

    def printed(draw_as: Callable[..., bytes]) -> bytes:
        """The curves on white, whatever the theme; drawn only when somebody takes them away."""
        light = draw(chart_colors(dark=False), dark=False)
        return draw_as(curve.spec(voice.lang, dark=False), light, sheet.table.title, sheet.table.context)

    drawn = {"svg": lambda: printed(pictures.svg), "png": lambda: printed(pictures.png)}

if sheet.table.rows:
    parts.table(sheet.table, voice.lang, sheet.origins, voice, key="table")
parts.provenance(judge(book, catalog, branch, year, measure.id), book, voice)

names = [t("menu.landing"), voice.branch(branch), measure.name[voice.lang], month or str(year)]
parts.downloads(lambda: [sheet.table, sources(sheet.figures, voice)], names, voice, drawn)
parts.sources(sheet.figures, voice)
page.close(sheet.figures)
