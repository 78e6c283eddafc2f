"""Parts every page is put together from: headline, details, sources, notices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st

from kenpo import exports
from kenpo.catalog import Lang
from kenpo.checks import Problem
from kenpo.formats import Amount, Table
from kenpo.judgement import Book, Cell, Observation
from kenpo.text import Text
from kenpo.ui import downloads as taken
from kenpo.ui import passages, words
from kenpo.ui.components import asset
from kenpo.views.details import Details, source
from kenpo.views.details import details as make_details
from kenpo.views.problems import amount, explain
from kenpo.views.words import Voice

plain, strong = words.plain, words.strong

_SOURCES = "sources_in_table"
_BRIEF = ("kind", "printed", "as_of", "status", "stated", "document", "line", "address")
_MIME: Final = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": "image/svg+xml",
    "png": "image/png",
}
_SHOWN_PROBLEMS = 50
_SHOWN_IGNORED = 6
_SHOWN_DOCUMENTS = 24


def headline(title: str, context: str) -> None:
    """The finding in one big sentence, and the line that puts it in context."""
    with st.container(key="headline", gap="xsmall"):
        st.title(words.sentence(title), anchor=False)
        if context:
            st.markdown(words.sentence(context))


def details(found: Details, voice: Voice, compare: Mapping[str, str] | None = None) -> None:
    """Opens the details of one cell beside the page: facts, then every printed figure with its origin.

    `compare` are the link parameters under which Compare shows the same measure and year.
    """

    @st.dialog(plain(found.heading), width=760, position="right")
    def panel() -> None:
        if compare is not None:
            label = voice.t("detail.open_compare")
            st.page_link("pages/compare.py", label=label, icon=":material/bar_chart:", query_params=dict(compare))
        facts = pd.DataFrame(
            {"": [plain(said) for _, said in found.facts]}, index=[plain(name) for name, _ in found.facts]
        )
        st.table(facts, border="horizontal", hide_header=True, alt=found.heading)
        st.markdown(f"**{voice.t('detail.figures')}**")
        figures = pd.DataFrame(found.figures).map(plain).rename(columns=plain)
        st.table(figures, border="horizontal", hide_index=True, alt=voice.t("detail.figures"))
        passages.folded([(o.document, o.line, o.printed) for o in found.observations], voice, key="passages_behind")
        for title, text in ((voice.t("detail.definition"), found.definition), (voice.t("detail.why"), found.why)):
            if text:
                st.markdown(f"{strong(title)} {plain(text)}")

    panel()


def sources(figures: Sequence[Observation], voice: Voice) -> None:
    """The origin of every figure on the page; the table is built and sent only when opened."""
    title = voice.t("source.section", n=len(figures))
    section = st.expander(plain(title), key="sources", on_change="rerun")
    if section.open:
        rows = [source(figure, voice) for figure in figures]
        section.dataframe(pd.DataFrame(rows), hide_index=True, alt=title)


def left_out(branches: Sequence[str], voice: Voice) -> None:
    """One quiet line naming the branches there was no room for."""
    if branches:
        names = voice.some([voice.branch(b) for b in branches], _SHOWN_IGNORED)
        st.caption(plain(voice.t("link.too_many", names=names)))


def ignored(named: Sequence[str], t: Text) -> None:
    """One quiet line naming what of a link was left out."""
    more = "" if len(named) <= _SHOWN_IGNORED else f" … (+{len(named) - _SHOWN_IGNORED})"
    st.caption(plain(t("link.ignored", parts=", ".join(named[:_SHOWN_IGNORED]) + more)))


def quiet(lines: Sequence[str]) -> None:
    """One quiet line of remarks, or nothing."""
    if lines:
        st.caption(plain(" ".join(lines)))


def nothing(text: str) -> None:
    """An empty state that says what to do."""
    st.info(plain(text))


def sources_shown() -> bool:
    """Has the reader asked for sources in the tables? One switch for all pages."""
    return bool(st.session_state.get(_SOURCES, False))


def dark() -> bool:
    """Is the reader's theme dark?"""
    return st.context.theme.type == "dark"


def chart(
    rows: Sequence[Mapping[str, object]], columns: Sequence[str], spec: dict[str, Any], alt: str, legend: str = ""
) -> None:
    """A chart of a constant spec; only its rows are sent. Every figure of it stands in the table beside it."""
    frame = pd.DataFrame(list(rows), columns=list(columns))
    st.vega_lite_chart(frame, spec, width="stretch", theme=None, alt=alt)
    if legend:
        st.caption(plain(legend))


def panel(title: str, rows: Sequence[Mapping[str, object]], columns: Sequence[str], spec: dict[str, Any]) -> None:
    """A small chart of several, under its name."""
    with st.container(gap="xsmall"):
        st.markdown(strong(title))
        frame = pd.DataFrame(list(rows), columns=list(columns))
        st.vega_lite_chart(frame, spec, width="stretch", theme=None, alt=title)


def cards(shown: Iterable[tuple[str, str, str]]) -> None:
    """A row of figures, each with its label above and a second line below."""
    with st.grid(5, min_column_width=165, gap="small", key="cards"):
        for label, value, below in shown:
            said = plain(label), plain(value), plain(below)
            st.metric(*said, delta_color="off", delta_arrow="off", height="content")


def table(shown: Table, lang: Lang, origins: Sequence[str] | None, voice: Voice, *, key: str) -> int | None:
    """A table as people read it, numbers to the right; returns the row chosen for its origin, if any.

    The switch for sources is one for all pages; a table that names its places itself has no `origins`.
    """
    frame = pd.DataFrame(shown.texts(lang), columns=list(shown.columns))
    if sources_shown() and origins is not None:
        frame[voice.t("download.sources")] = origins
    chosen = st.dataframe(
        frame,
        hide_index=True,
        alt=shown.title,
        key=key,
        on_select="rerun",
        selection_mode="single-row",
        column_config=_numbers(shown, lang),
    )
    picked = chosen["selection"]["rows"]
    return picked[0] if picked and picked[0] < len(shown.rows) else None


def listed(shown: Table, lang: Lang, *, key: str) -> None:
    """A table to read only, numbers to the right."""
    frame = pd.DataFrame(shown.texts(lang), columns=list(shown.columns))
    st.dataframe(frame, hide_index=True, alt=shown.title, key=key, column_config=_numbers(shown, lang))


def _numbers(shown: Table, lang: Lang) -> dict[str, Any]:
    """The columns that hold numbers, read by people as text, to the right."""
    text = st.column_config.TextColumn
    numbers = {
        name: [cell for row in shown.rows if isinstance(cell := row[at], Amount)]
        for at, name in enumerate(shown.columns)
    }
    return {
        name: text(name, alignment="right", width=_room([amount.text(lang) for amount in amounts]))
        for name, amounts in numbers.items()
        if amounts
    }


_USUAL, _LETTER, _PADDING = 13, 8, 20


def _room(texts: Sequence[str]) -> int | None:
    """Pixels for long numbers, which the grid would cut at their left end, the sign first; None for usual ones."""
    longest = max(sum(1 if c.isascii() else 2 for c in text) for text in texts)
    return longest * _LETTER + _PADDING if longest > _USUAL else None


def downloads(
    tables: Callable[[], Sequence[Table]],
    names: Sequence[str],
    voice: Voice,
    pictures: Mapping[str, Callable[[], bytes]] | None = None,
    *,
    sources: bool = True,
) -> None:
    """The table as shown, as CSV and XLSX, and the chart as a picture; made only when asked for.

    `names` say what is inside and become the file name; `pictures` are by file ending. `sources` offers
    the switch that shows them in the table.
    """
    offers: dict[str, Callable[[], bytes]] = {
        "csv": lambda: exports.csv_bytes(tables()[0]),
        "xlsx": lambda: exports.xlsx_bytes(tables(), voice.lang),
        **(pictures or {}),
    }
    with st.container(horizontal=True, gap="small", key="downloads", vertical_alignment="center"):
        for ending, made in offers.items():
            file, mime = exports.file_name(names, ending), _MIME[ending]
            label = voice.t(f"download.{ending}")
            taken.button(label, made, file_name=file, mime=mime, key=f"download_{ending}", quiet=True)
        if sources:
            st.toggle(voice.t("control.sources"), key=_SOURCES, persist_state="session")
    taken.told(voice)


def incentive(rows: Sequence[Mapping[str, Any]], voice: Voice) -> None:
    """Ranks in the incentive scheme, where a branch has printed them."""
    for branch in dict.fromkeys(row["branch_id"] for row in rows):
        own = [row for row in rows if row["branch_id"] == branch]
        title = voice.t("incentive.title", name=voice.branch(branch), year=voice.year(own[0]["fiscal_year"]))
        said = [voice.t("incentive.rank", rank=row["rank"], n=row["branches"]) for row in own]
        names = [voice.t(f"incentive.{row['indicator']}") for row in own]
        ranks = voice.t.join([f"{n} {s}" for n, s in zip(names, said, strict=True)])
        document = voice.catalog.documents[own[0]["document_id"]]
        st.caption(plain(f"{title}: {ranks} — {document.title[voice.lang]} {document.address or ''}"))


def provenance(cell: Cell, book: Book, voice: Voice) -> None:
    """Beside the table: where the figures of the chosen row stand, and the way to everything behind them."""
    figures = [f for f in (cell.actual, cell.target) if f]
    with st.container(border=True, key="provenance"):
        name = f"{voice.branch(cell.branch)} {voice.year(cell.fiscal_year)}"
        st.markdown(strong(f"{voice.t('download.sources')}: {name}"))
        if figures:
            said = [source(figure, voice) for figure in figures]
            labels = [voice.t(f"source.{key}") for key in _BRIEF]
            frame = pd.DataFrame([{plain(label): plain(one[label]) for label in labels} for one in said])
            st.table(frame, border="horizontal", hide_index=True, alt=voice.t("detail.figures"))
            passages.folded([(o.document, o.line, o.printed) for o in figures], voice, key="passages")
        if not figures:
            st.caption(plain(voice.state(cell)))
        if st.button(voice.t("detail.all"), key="all_figures", type="tertiary", icon=":material/menu_book:"):
            details(make_details(cell, book, voice), voice)


def footer(documents: Sequence[str], voice: Voice) -> None:
    """The documents a page rests on; of many the first, all of them stand in the sources."""
    listed = voice.some(documents, _SHOWN_DOCUMENTS)
    if listed:
        st.caption(plain(f"{voice.t('source.documents')}: {listed}"))


def empty(t: Text) -> None:
    """A sound package without a figure: says so and what to do."""
    st.title(t("empty.title"), anchor=False)
    st.markdown(t("empty.body"))


def broken(problems: Sequence[Problem], t: Text) -> None:
    """Why the data is refused: every place with its value and what would be right."""
    st.title(t("broken.title"), anchor=False)
    st.markdown(t("broken.body", n=amount(problems, t)))
    listed_problems(problems, t)


def listed_problems(problems: Sequence[Problem], t: Text) -> None:
    """The first problems, each with its place; of more, how many and where all of them are told."""
    for problem in problems[:_SHOWN_PROBLEMS]:
        st.error(plain(explain(problem, t)))
    if len(problems) > _SHOWN_PROBLEMS:
        st.markdown(t("broken.more", n=amount(problems[_SHOWN_PROBLEMS:], t)))


def document_language(lang: Lang) -> None:
    """Tells the browser the page's language, for line breaks, hyphens and screen readers.

    Tables that scroll in their frame become reachable by keyboard with it, and a page whose server started
    again runs once, so that the reader's next change is heard. A file that was asked for and never came is told.
    """
    _DOCUMENT(
        key="document_language",
        data={"lang": lang},
        on_again_change=lambda: None,
        on_failed_change=taken.failed,
    )


_DOCUMENT = st.components.v2.component("kenpo_document", js=asset("document.js"))
