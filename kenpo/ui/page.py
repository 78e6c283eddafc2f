"""Opens a page with one call: package, selection, menu; closes it with its documents."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import streamlit as st

from kenpo import clock
from kenpo.catalog import Lang
from kenpo.clock import Clock
from kenpo.database import Row, data_folder
from kenpo.formats import Era
from kenpo.judgement import STATES, Book, Observation
from kenpo.keeper import Keeper
from kenpo.package import Package, UnsoundError
from kenpo.selection import Offer, Selection, parse, to_parameters
from kenpo.text import Text, texts
from kenpo.ui import controls, freshness, parts
from kenpo.views.words import Voice
from kenpo.what_if import Plan, plan_of

ROOT = Path(__file__).resolve().parent.parent.parent

_STYLE = ROOT / "kenpo" / "ui" / "page.css"

MENU = {
    "overview": ("app.py", ":material/grid_view:"),
    "compare": ("pages/compare.py", ":material/bar_chart:"),
    "trend": ("pages/trend.py", ":material/show_chart:"),
    "what_if": ("pages/what_if.py", ":material/tune:"),
    "landing": ("pages/landing.py", ":material/flight_land:"),
    "data": ("pages/data.py", ":material/database:"),
}
"""Every page by id, in the order of the menu. A page that is not built yet is shown and cannot be chosen."""


@dataclass(frozen=True, slots=True)
class Page:
    """An open page: what was chosen, how it speaks, and the data it asks."""

    name: str
    selection: Selection
    voice: Voice
    package: Package
    clock: Clock
    offer: Offer
    """What a link may name."""

    @property
    def t(self) -> Text:
        """The texts of the page's language."""
        return self.voice.t

    def plan(self, branch: str, fiscal_year: int, base_year: int) -> Plan:
        """The plan of a branch and year, from the package; made once a process."""
        return _plan(self.package, branch, fiscal_year, base_year)

    def year(self, fiscal_year: int, branches: Sequence[str]) -> Book:
        """Every figure of a year and the one before, of some branches and the nation; made once a process."""
        return _year(self.package, fiscal_year, tuple(branches))

    def measures(self, ids: Sequence[str]) -> Book:
        """Every figure of some measures; made once a process."""
        return _measures(self.package, tuple(ids))

    def incentive(self, fiscal_year: int, branches: Sequence[str]) -> Sequence[Row]:
        """The ranks some branches printed; asked once a process."""
        return _incentive(self.package, fiscal_year, tuple(branches))

    def close(self, figures: Iterable[Observation]) -> None:
        """The last call of a page: the documents its figures rest on, the browser's language, the collector."""
        parts.footer(self.voice.documents(figures), self.voice)
        parts.document_language(self.voice.lang)
        _freeze(self.name)


def open_page(name: str) -> Page:
    """Starts a page: checked package, chosen values from the link, menu. Stops here where data is unsound or empty."""
    t = texts(_language())
    st.set_page_config(
        page_title=f"{t(f'menu.{name}')} · {t('app.name')}",
        page_icon=str(ROOT / "kenpo" / "ui" / "icon.png"),
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    st.html(_STYLE)
    try:
        served = _keeper(data_folder()).served()
    except UnsoundError as unsound:
        parts.broken(unsound.problems, t)
        st.stop()
    package, day = served.package, clock.read()
    offer = _offer(package).until(day.last_plan_year)
    selection, ignored = parse(controls.query(), offer)
    voice = Voice(t, selection.calendar, package.catalog)
    controls.remember(offer)
    _top(name, selection, voice)
    freshness.tell(served, t)
    if ignored:
        parts.ignored([f"{part.parameter}={part.value}" for part in ignored], t)
    if day.ignored:
        parts.quiet([t("clock.ignored", setting=clock.SETTING, value=day.ignored, today=day.today.isoformat())])
    if not package.held:
        parts.empty(t)
        st.stop()
    return Page(name, selection, voice, package, day, offer)


def _language() -> Lang:
    asked = controls.query().get("lang", [])
    return next((lang for value in asked for lang in get_args(Lang) if lang == value), "ja")


def _top(name: str, selection: Selection, voice: Voice) -> None:
    t = voice.t
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="top"):
        st.markdown(f"**{t('app.name')}** {t('app.owner')}", width="content")
        carried = to_parameters(selection)
        for page, (path, icon) in MENU.items():
            label = t(f"menu.{page}")
            built = (ROOT / path).exists()
            st.page_link(
                path if built else "app.py",
                label=label,
                icon=icon,
                disabled=not built,
                query_params=carried,
            )
        st.space("stretch")
        with st.popover(t("menu.settings"), icon=":material/settings:", type="tertiary"):
            controls.era(get_args(Era), voice)
            controls.my(selection, voice)
        controls.language(selection, t)


@st.cache_resource(show_spinner=False, max_entries=2)
def _keeper(folder: Path) -> Keeper:
    """Who looks after the folder, for every reader of the process."""
    return Keeper(folder)


# What is only read is kept for every reader, until the package changes or much else has been asked.
_KEPT = 256
BY_CONTENT: dict[str | type, Callable[[Any], Any]] = {Package: lambda package: (str(package.folder), package.stamp)}
"""How what is kept tells packages apart: by the folder and what its files hold."""


@st.cache_resource(show_spinner=False, max_entries=2, hash_funcs=BY_CONTENT)
def _offer(package: Package) -> Offer:
    return Offer.of(package.catalog, package.measured_years, STATES, package.first_plan)


@st.cache_resource(show_spinner=False, max_entries=_KEPT, hash_funcs=BY_CONTENT)
def _year(package: Package, fiscal_year: int, branches: tuple[str, ...]) -> Book:
    return package.year(fiscal_year, branches)


@st.cache_resource(show_spinner=False, max_entries=_KEPT, hash_funcs=BY_CONTENT)
def _measures(package: Package, ids: tuple[str, ...]) -> Book:
    return package.measures(ids)


@st.cache_resource(show_spinner=False, max_entries=_KEPT, hash_funcs=BY_CONTENT)
def _incentive(package: Package, fiscal_year: int, branches: tuple[str, ...]) -> list[Row]:
    return package.incentive(fiscal_year, branches)


@st.cache_resource(show_spinner=False, max_entries=_KEPT, hash_funcs=BY_CONTENT)
def _plan(package: Package, branch: str, fiscal_year: int, base_year: int) -> Plan:
    return plan_of(package.plan(branch), package.catalog, branch, fiscal_year, base_year)


@st.cache_resource(show_spinner=False)
def _freeze(page: str) -> None:
    """What is loaded by now is never garbage, and is not looked through again.

    Once a page, at the end of its first run: each brings modules of its own, and freezing before they are imported
    does not help.
    """
    del page
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)
