"""The choosers, each under the name of its link parameter.

A change is written to the link and the page reads the link: a widget that changed wins, otherwise the
link does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, get_args

import streamlit as st

from kenpo.catalog import Lang
from kenpo.formats import Era
from kenpo.selection import Offer, Selection, parse, to_parameters
from kenpo.text import Text
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
        format_func=lambda option: voice.t(f"control.{option}"),
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
        write(fy=None if chosen == usual else chosen)

    st.selectbox(voice.t("control.year"), options, format_func=voice.year, key="fy", on_change=changed, width=172)


def branches(shown: Sequence[str], usual: Sequence[str], held: Sequence[str], most: int, voice: Voice) -> None:
    """Branches with figures, several at once; those already shown keep their order."""
    st.session_state["branch"] = list(shown)

    def changed() -> None:
        chosen: list[str] = st.session_state["branch"]
        kept = [b for b in shown if b in chosen]
        new = tuple(kept + [b for b in chosen if b not in kept])[:most]
        write(branch=() if new == tuple(usual) else new)

    options = list(dict.fromkeys([*held, *shown]))
    if len(options) <= _FEW:
        st.pills(
            voice.t("control.branches"),
            options,
            selection_mode="multi",
            format_func=voice.branch,
            key="branch",
            on_change=changed,
        )
    else:
        st.multiselect(
            voice.t("control.branches_many"),
            options,
            format_func=voice.branch,
            key="branch",
            max_selections=most,
            on_change=changed,
        )


def measure(shown: str, usual: str, offered: Sequence[str], voice: Voice) -> None:
    """The measure that is compared, by its full name in the order of the pillars."""
    st.session_state["measure"] = shown

    def changed() -> None:
        picked = st.session_state["measure"]
        write(measure=None if picked == usual else picked, fy=None)

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
        label,
        list(options),
        format_func=lambda option: options[option],
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

    st.pills(label, options, selection_mode="multi", format_func=words, key=name, on_change=changed)
