"""The parts of the page Data: one function a part, each reading only what it shows and returning its documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from kenpo import exports, findings, judgement
from kenpo.charts import budget as budget_chart
from kenpo.charts import coverage as coverage_chart
from kenpo.formats import Table
from kenpo.package import Package
from kenpo.selection import Part
from kenpo.ui import downloads, parts, passages
from kenpo.ui.page import BY_CONTENT, Page
from kenpo.views import data, data_budget, data_changes, data_initiatives
from kenpo.views import findings as told
from kenpo.views.data import Group

_CHART_ROWS = 60


def words(page: Page) -> str:
    """The filter of words; it holds for the part that is shown."""
    return st.text_input(
        page.t("data.filter"), key="words", max_chars=100, placeholder=page.t("data.filter_hint"), width=280
    )


def documents(page: Page, said: str) -> None:
    """Every document, and the heat strip of the one chosen."""
    voice = page.voice
    whole = data.documents(page.package.documents(), voice)
    parts.headline(whole.title, voice.t("data.documents_context"))
    shown, kept = data.filtered(whole, said, voice)
    picked = _table(shown, page)
    ids = list(page.package.catalog.documents)
    if kept:
        document = page.package.catalog.documents[ids[kept[picked or 0]]]
        rows = page.package.covered(document.id)
        table = data.coverage_table(rows, document, voice)
        st.subheader(parts.plain(document.title[voice.lang]), anchor=False)
        if rows:
            cells = data.coverage(rows, voice)
            dark = parts.dark()
            parts.chart(
                cells,
                coverage_chart.COLUMNS,
                coverage_chart.spec(voice.lang, dark=dark),
                alt=table.title,
                legend=voice.t("data.coverage_legend"),
            )
        else:
            st.caption(voice.t("data.no_figures"))
    _downloads([whole], page)


def measures(page: Page, said: str) -> None:
    """Every measure, and the definition of the one chosen."""
    voice, catalog = page.voice, page.package.catalog
    whole = data.measures(catalog, voice)
    parts.headline(whole.title, whole.context)
    shown, kept = data.filtered(whole, said, voice)
    picked = _table(shown, page)
    if kept:
        measure = list(catalog.measures.values())[kept[picked or 0]]
        with st.container(border=True):
            st.markdown(parts.strong(measure.name[voice.lang]))
            texts = ((voice.t("detail.definition"), measure.definition), (voice.t("detail.why"), measure.why))
            for title, text in texts:
                if text[voice.lang]:
                    st.markdown(f"{parts.strong(title)} {parts.plain(text[voice.lang])}")
    _downloads([whole], page)


def contradictions(page: Page, said: str) -> None:
    """Where the documents contradict themselves; the lines of the chosen one side by side."""
    voice, package = page.voice, page.package
    found = _found(package)
    names = told.benefit_names(package.table("benefit_kinds"))
    whole = told.table(found, voice, names)
    state = data.checked(package.tables(), voice)
    parts.headline(whole.title, f"{state} {voice.t('data.findings_context')}")
    shown, kept = data.filtered(told.short(whole), said, voice)
    picked = _table(shown, page)
    if kept:
        _sides(told.tell(found[kept[picked or 0]], voice, names), page)
    _downloads([whole], page)


def _sides(one: told.Told, page: Page) -> None:
    """The figures of a finding beside each other, then the passages they stand in."""
    with st.container(border=True, key="finding"):
        st.markdown(parts.strong(one.heading))
        st.markdown(parts.plain(one.sentence))
        for column, side in zip(st.columns(len(one.sides)), one.sides, strict=True):
            with column:
                st.metric(parts.plain(side.about), parts.plain(side.printed))
                st.caption(parts.plain(side.place))
        printed = [(side.passage.document, side.passage.line, side.printed) for side in one.sides]
        passages.show(printed, page.voice)


def initiatives(page: Page, said: str) -> None:
    """Rated initiatives beside the KPI they serve."""
    voice, package = page.voice, page.package
    rows = package.initiatives()
    group = _group(data.groups(rows), page)
    if group is None:
        parts.nothing(voice.t("data.nothing"))
        return
    own = data.of_group(rows, group)
    branch, year = group
    book = page.year(year, [branch])
    measures_ = {row["measure_id"] for row in own if row["measure_id"]}
    cells = {m: judgement.judge(book, page.package.catalog, branch, year, m) for m in measures_}
    found = data_initiatives.rated(own, cells)
    whole = data_initiatives.table(found, group, voice)
    parts.headline(whole.title, whole.context)
    shown, kept = data.filtered(whole, said, voice)
    picked = _table(shown, page)
    if kept and picked is not None:
        row = found[kept[picked]].row
        passages.show([(row["document_id"], row["line"], row["rating"])], voice)
    _downloads([whole], page)


def budget(page: Page, said: str) -> None:
    """The budget by heading against the year before, its lines, and the marks of importance and difficulty."""
    voice, package = page.voice, page.package
    found = data_budget.budgets(package.budget())
    group = _group([(one.branch, one.years[1]) for one in found], page)
    if group is None:
        parts.nothing(voice.t("data.nothing"))
        return
    (one,) = (one for one in found if one.branch == group[0])
    by_section = data_budget.by_section(one, voice)
    parts.headline(by_section.title, by_section.context)
    rows = data_budget.picture(one, voice)
    dark = parts.dark()
    parts.chart(
        rows,
        budget_chart.COLUMNS,
        budget_chart.spec(voice.lang, dark=dark),
        alt=by_section.title,
        legend=voice.t("data.budget_legend", old=voice.year_short(one.years[0]), new=voice.year_short(one.years[1])),
    )
    lines = data_budget.lines(one, voice)
    marks = data_budget.marks(package.marks(), one.branch, voice)
    _listed(by_section, page, key="sections")
    for table, key in ((lines, "lines"), (marks, "marks")):
        st.subheader(parts.plain(table.title), anchor=False)
        _listed(data.filtered(table, said, voice)[0], page, key=key)
    _downloads([by_section, lines, marks], page)


def changes(page: Page, said: str) -> None:
    """What a plan changes on the year before, old and new side by side."""
    voice = page.voice
    rows = page.package.changes()
    group = _group(data.groups(rows), page)
    if group is None:
        parts.nothing(voice.t("data.nothing"))
        return
    own = data.of_group(rows, group)
    parts.headline(data_changes.title(own, group, voice), data_changes.context(own, voice))
    kinds = [change for change in data_changes.CHANGES if any(row["change"] == change for row in own)]
    asked = st.pills(
        voice.t("data.change"),
        kinds,
        selection_mode="multi",
        format_func=lambda change: parts.plain(data_changes.word(change, voice)),
        key="changes",
    )
    listed = data_changes.chosen(own, [change for change in asked if change in kinds])
    whole = data_changes.table(own, listed, group, voice)
    shown, kept = data.filtered(whole, said, voice)
    picked = _table(shown, page)
    if kept and picked is not None:
        row = listed[kept[picked]]
        sides = ((row["line_old"], row["value_from"]), (row["line_new"], row["value_to"]))
        passages.show([(row["document_id"], line, value or "") for line, value in sides if line], voice)
    _downloads([whole], page)


def tables(page: Page, said: str) -> None:
    """Every table of the package as it is kept, with its download."""
    voice, package = page.voice, page.package
    listed = package.tables()
    parts.headline(voice.t("data.tables_title", n=len(listed)), data.checked(listed, voice))
    sizes = {row["table_name"]: row["held"] for row in listed}
    name = st.selectbox(
        voice.t("data.table"),
        list(sizes),
        format_func=lambda table: voice.t("data.table_size", name=table, n=sizes[table]),
        key="table_name",
    )
    rows = package.table(name)
    whole = data.raw(name, list(rows[0]) if rows else [], rows)
    _listed(data.filtered(whole, said, voice)[0], page, key="raw")
    label, file = voice.t("data.download_table", name=name), exports.file_name(["kenpo", name], "csv")
    downloads.button(label, lambda: exports.csv_bytes(whole), file_name=file, mime="text/csv", key="download_table")
    downloads.told(voice)


SHOWN: Mapping[Part, Callable[[Page, str], None]] = {
    "documents": documents,
    "measures": measures,
    "findings": contradictions,
    "initiatives": initiatives,
    "budget": budget,
    "changes": changes,
    "tables": tables,
}
"""Which function shows which part."""


# --- what the parts share --------------------------------------------------------------------------


@st.cache_resource(show_spinner=False, max_entries=2, hash_funcs=BY_CONTENT)
def _found(package: Package) -> Sequence[findings.Finding]:
    """The findings of the package in use, found once a process."""
    return findings.find(package.whole(), package.catalog, package.table("monthly"), package.table("benefits"))


def _group(found: Sequence[Group], page: Page) -> Group | None:
    """The branch and year that is shown; a choice where there are several."""
    usual = data.usual_group(found, page.selection.branch)
    if usual is None or len(found) == 1:
        return usual
    # A choice is one text: Streamlit takes a pair for two choices.
    named = {f"{branch} {year}": (branch, year) for branch, year in found}
    asked = st.segmented_control(
        page.t("data.group"),
        list(named),
        default=f"{usual[0]} {usual[1]}",
        format_func=lambda name: parts.plain(data.group_name(named[name], page.voice)),
        key=f"group_{page.selection.part}",
        required=True,
    )
    return named[asked]


def _table(shown: Table, page: Page) -> int | None:
    """A table whose rows can be chosen; says so where the filter leaves none."""
    if not shown.rows:
        parts.nothing(page.t("data.no_match"))
        return None
    return parts.table(shown, page.voice.lang, None, page.voice, key=f"table_{page.selection.part}")


def _listed(shown: Table, page: Page, *, key: str) -> None:
    """A table to read only."""
    if shown.rows:
        parts.listed(shown, page.voice.lang, key=key)
    else:
        parts.nothing(page.t("data.no_match"))


def _downloads(shown: Sequence[Table], page: Page) -> None:
    names = [page.t("menu.data"), *[table.name for table in shown[:1]]]
    parts.downloads(lambda: shown, names, page.voice, sources=False)
