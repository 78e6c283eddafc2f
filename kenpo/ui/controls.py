"""The choosers, each under the name of its link parameter.

A change is written to the link and the page reads the link: a widget that changed wins, otherwise the
link does.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, get_args

import streamlit as st

from kenpo.catalog import Lang
from kenpo.formats import Era
from kenpo.selection import Offer, Selection, parse, to_parameters
from kenpo.text import Text
from kenpo.ui.words import plain
from kenpo.views.words import Voice

_OFFER = "_offer"
_FEW = 8


def query() -> dict[str, list[str]]:
    """The parameters of the link, every value of each."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def remember(offer: Offer) -> None:
    """Keeps what a link may name, for the callbacks that run before the next page does."""
    st.session_state[_OFFER] = offer


def selection() -> Selection:
    """What the link says now."""
    return parse(query(), st.session_state[_OFFER])[0]


def write(**changes: object) -> None:
    """Writes a changed selection to the link: one history entry."""
    st.query_params.from_dict(to_parameters(selection().with_(**changes)))


def language(chosen: Selection, t: Text) -> None:
    """日本語 | English."""
    st.session_state["lang"] = chosen.lang
    names = {"ja": "日本語", "en": "English"}
    st.segmented_control(
        t("control.language"),
        get_args(Lang),
        format_func=lambda lang: names[lang],
        key="lang",
        required=True,
        label_visibility="collapsed",
        on_change=lambda: write(lang=st.session_state["lang"]),
    )


def era(options: Sequence[Era], voice: Voice) -> None:
    """和暦 | 西暦; the language's own stays out of the link."""
    usual: Era = "wareki" if voice.lang == "ja" else "seireki"
    st.session_state["era"] = voice.era

    def changed() -> None:
        chosen = st.session_state["era"]
        write(era=None if chosen == usual else chosen)

    st.segmented_control(
        voice.t("control.era"),
        options,
        format_func=lambda option: plain(voice.t(f"control.{option}")),
        key="era",
        required=True,
        on_change=changed,
    )


def my(chosen: Selection, voice: Voice) -> None:
    """The reader's own branch, which the headline speaks of."""
    st.session_state["my"] = chosen.my or ""
    offered: Offer = st.session_state[_OFFER]
    st.selectbox(
        voice.t("control.my"),
        ["", *offered.branches],
        format_func=lambda b: voice.branch(b) if b else voice.t("control.my_none"),
        key="my",
        help=voice.t("control.my_help"),
        on_change=lambda: write(my=st.session_state["my"] or None),
    )


def year(shown: int, usual: int, years: Sequence[int], voice: Voice) -> None:
    """The fiscal year; the default year stays out of the link."""
    st.session_state["fy"] = shown
    options = sorted({*years, shown}, reverse=True)

    def changed() -> None:
        chosen = st.session_state["fy"]
        write(fy=None if chosen == usual else chosen, asof=None)

    st.selectbox(voice.t("control.year"), options, format_func=voice.year, key="fy", on_change=changed, width=172)


def span(shown: Sequence[int], years: Sequence[int], voice: Voice) -> None:
    """The first and the last fiscal year of a picture; the ends of the record stay out of the link."""
    st.session_state["from"], st.session_state["to"] = shown[0], shown[-1]

    def changed() -> None:
        first, last = sorted((st.session_state["from"], st.session_state["to"]))
        write(from_=None if first == years[0] else first, to=None if last == years[-1] else last)

    for name in ("from", "to"):
        label = voice.t(f"trend.{name}")
        st.selectbox(label, years, format_func=voice.year_short, key=name, on_change=changed, width=130)


def branches(shown: Sequence[str], usual: Sequence[str], held: Sequence[str], most: int, voice: Voice) -> None:
    """Branches with figures, several at once; those already shown keep their order.

    Many are searched by name or region and, where all of them may be chosen, taken by region or all at once.
    """
    st.session_state["branch"] = list(shown)

    def choose(chosen: Collection[str]) -> None:
        kept = [b for b in shown if b in chosen]
        new = tuple(kept + [b for b in chosen if b not in kept])[:most]
        write(branch=() if new == tuple(usual) else new)

    def changed() -> None:
        choose(st.session_state["branch"])

    options = _pinned(dict.fromkeys([*held, *shown]))
    if len(options) <= _FEW:
        st.pills(
            voice.t("control.branches"),
            options,
            selection_mode="multi",
            format_func=lambda branch: plain(voice.branch(branch)),
            key="branch",
            on_change=changed,
        )
        return
    st.multiselect(
        voice.t("control.branches_many"),
        options,
        format_func=voice.branch_in_region,
        key="branch",
        max_selections=most,
        on_change=changed,
        filter_mode="contains",
        select_all=False,
        wrap=False,
        placeholder=voice.t("control.branches_search"),
        width="stretch",
    )
    if most >= len(options):
        _groups(shown, options, choose, voice)


def _pinned(options: Iterable[str]) -> list[str]:
    """The reader's own branch first, the others in their order."""
    own = selection().my
    return sorted(options, key=lambda branch: branch != own)


def _groups(
    shown: Sequence[str], options: Sequence[str], choose: Callable[[Collection[str]], None], voice: Voice
) -> None:
    """All, none but the reader's own, or the branches of some regions at once."""
    groups = voice.catalog.by_region(options)
    whole = [name for name, members in groups.items() if set(members) <= set(shown)]
    st.session_state["region"] = whole

    def changed() -> None:
        wanted: list[str] = st.session_state["region"]
        dropped = {b for name in whole if name not in wanted for b in groups[name]}
        added = [b for name in wanted if name not in whole for b in groups[name]]
        choose([*(b for b in shown if b not in dropped), *(b for b in added if b not in shown)])

    with st.popover(voice.t("control.groups", n=len(shown), all=len(options)), icon=":material/checklist:"):
        with st.container(horizontal=True, gap="small"):
            st.button(voice.t("control.all"), key="all_branches", on_click=choose, args=(options,))
            own = [b for b in options if b == selection().my]
            st.button(voice.t("control.none"), key="no_branches", on_click=choose, args=(own,))
        st.pills(
            voice.t("control.regions"),
            list(groups),
            selection_mode="multi",
            format_func=lambda name: plain(voice.t(f"region.{name}")),
            key="region",
            on_change=changed,
        )


def one_branch(shown: str, usual: str, held: Sequence[str], voice: Voice) -> None:
    """A single branch, for a page that shows one; the usual one stays out of the link."""
    st.session_state["branch"] = shown

    def changed() -> None:
        chosen: str = st.session_state["branch"]
        write(branch=() if chosen == usual else (chosen,), asof=None)

    options = _pinned(dict.fromkeys([*held, shown]))
    label = voice.t("source.owner")
    st.selectbox(label, options, format_func=voice.branch, key="branch", on_change=changed, width=140)


def as_of(shown: str, months: Sequence[str], voice: Voice) -> None:
    """The month a year is replayed to; the latest on record stays out of the link."""
    st.session_state["asof"] = shown

    def changed() -> None:
        chosen: str = st.session_state["asof"]
        write(asof=None if chosen == months[-1] else chosen)

    label = voice.t("landing.asof")
    st.select_slider(
        label, months, format_func=lambda month: plain(voice.month(month)), key="asof", on_change=changed, width=300
    )


def measure(shown: str, usual: str, offered: Sequence[str], voice: Voice) -> None:
    """The measure that is compared, by its full name in the order of the pillars."""
    st.session_state["measure"] = shown

    def changed() -> None:
        picked = st.session_state["measure"]
        write(measure=None if picked == usual else picked, fy=None, asof=None)

    st.selectbox(
        voice.t("control.measure"),
        list(dict.fromkeys([*offered, shown])),
        format_func=lambda i: voice.measure(i).name[voice.lang],
        key="measure",
        on_change=changed,
        width=300,
    )


def one(name: str, label: str, shown: str, options: Mapping[str, str]) -> None:
    """One choice of a few, under the name of its link parameter, each with its word."""
    st.session_state[name] = shown
    st.segmented_control(
        plain(label),
        list(options),
        format_func=lambda option: plain(options[option]),
        key=name,
        required=True,
        on_change=lambda: write(**{name: st.session_state[name]}),
    )


def several(name: str, label: str, shown: Sequence[Any], options: Sequence[Any], words: Callable[[Any], str]) -> None:
    """A filter of several choices at once under the name of its link parameter; none chosen means all."""
    st.session_state[name] = list(shown)

    def changed() -> None:
        chosen = st.session_state[name]
        write(**{name: tuple(o for o in options if o in chosen)})

    st.pills(
        plain(label),
        options,
        selection_mode="multi",
        format_func=lambda option: plain(words(option)),
        key=name,
        on_change=changed,
    )
