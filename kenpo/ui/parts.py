"""Parts every page is put together from: headline, details, sources, notices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import pandas as pd
import streamlit as st

from kenpo.catalog import Lang
from kenpo.checks import Problem
from kenpo.judgement import Observation
from kenpo.text import Text
from kenpo.views.details import Details, source
from kenpo.views.problems import explain
from kenpo.views.words import Voice

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:])")
_SHOWN_PROBLEMS = 50


def plain(text: str) -> str:
    """Text from outside, with everything escaped that Markdown would act on."""
    return _MARKUP.sub(r"\\\1", text)


def headline(title: str, context: str) -> None:
    """The finding in one big sentence, and the line that puts it in context."""
    with st.container(key="headline", gap="xsmall"):
        st.title(title, anchor=False)
        if context:
            st.markdown(context)


def details(found: Details, voice: Voice) -> None:
    """Opens the details of one cell beside the page: facts, then every printed figure with its origin."""

    @st.dialog(plain(found.heading), width=760, position="right")
    def panel() -> None:
        facts = pd.DataFrame({"": [plain(said) for _, said in found.facts]}, index=[label for label, _ in found.facts])
        st.table(facts, border="horizontal", hide_header=True, alt=found.heading)
        st.markdown(f"**{voice.t('detail.figures')}**")
        figures = pd.DataFrame(found.figures).map(plain)
        st.table(figures, border="horizontal", hide_index=True, alt=voice.t("detail.figures"))
        for title, text in ((voice.t("detail.definition"), found.definition), (voice.t("detail.why"), found.why)):
            if text:
                st.markdown(f"**{title}** {plain(text)}")

    panel()


def sources(figures: Sequence[Observation], voice: Voice) -> None:
    """The origin of every figure on the page; the table is built and sent only when opened."""
    title = voice.t("source.section", n=len(figures))
    section = st.expander(title, key="sources", on_change="rerun")
    if section.open:
        rows = [source(figure, voice) for figure in figures]
        section.dataframe(pd.DataFrame(rows), hide_index=True, alt=title)


def left_out(branches: Sequence[str], voice: Voice) -> None:
    """One quiet line naming the branches there was no room for."""
    if branches:
        names = voice.t.join([voice.branch(b) for b in branches])
        st.caption(plain(voice.t("link.too_many", names=names)))


def nothing(text: str) -> None:
    """An empty state that says what to do."""
    st.info(text)


def footer(documents: Iterable[str], voice: Voice) -> None:
    """The documents a page rests on."""
    listed = voice.t.join(list(documents))
    if listed:
        st.caption(plain(f"{voice.t('source.documents')}: {listed}"))


def broken(problems: Sequence[Problem], t: Text) -> None:
    """Why the data is refused: every place with its value and what would be right."""
    st.title(t("broken.title"), anchor=False)
    st.markdown(t("broken.body", n=len(problems)))
    for problem in problems[:_SHOWN_PROBLEMS]:
        st.error(plain(explain(problem, t)))
    if len(problems) > _SHOWN_PROBLEMS:
        st.markdown(t("broken.more", n=len(problems) - _SHOWN_PROBLEMS))


def document_language(lang: Lang) -> None:
    """Tells the browser the page's language, for line breaks, hyphens and screen readers."""
    _LANGUAGE(key="document_language", data={"lang": lang})


_LANGUAGE = st.components.v2.component(
    "kenpo_language",
    js="export default function ({ data }) {\n  document.documentElement.lang = data.lang\n}\n",
)
