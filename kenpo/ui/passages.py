"""The passage a figure was printed in, where the documents' texts are at hand; the place alone otherwise."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from kenpo import passages
from kenpo.ui.words import plain
from kenpo.views.words import Voice

Printed = tuple[str, str, str]
"""Document, line, and the figure as printed."""


def at_hand() -> bool:
    """Is a folder of the documents' texts configured?"""
    return passages.folder() is not None


def show(printed: Iterable[Printed], voice: Voice) -> None:
    """The passages of each document in the order of its lines, the figures' own marked; nothing without a text."""
    folder = passages.folder()
    by_document: dict[str, list[tuple[str, str]]] = {}
    for document, line, said in dict.fromkeys(printed):
        by_document.setdefault(document, []).append((line, said))
    for document, pairs in by_document.items():
        known = voice.catalog.documents[document]
        found = passages.passages(folder, known.source_file, pairs)
        if found:
            st.caption(plain(known.title[voice.lang]))
            # What comes from a document is escaped; the numbers and the marks are ours.
            st.markdown("  \n".join(_line(one) for one in found))


def _line(one: passages.Line) -> str:
    text = plain(one.text)
    return f"**▶ {one.number}** :primary-background[{text or '—'}]" if one.marked else f":gray[{one.number}] {text}"


def folded(printed: Iterable[Printed], voice: Voice, *, key: str) -> None:
    """The passages behind a fold, read only when it is opened; nothing without a folder."""
    if not at_hand():
        return
    fold = st.expander(voice.t("passage.title"), key=key, on_change="rerun", icon=":material/format_quote:")
    if fold.open:
        with fold:
            show(printed, voice)
