"""The parts of the What-if page: choosers, presets, cards, number fields, scenarios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from kenpo import formats, what_if
from kenpo.catalog import Lang, Measure
from kenpo.clock import Clock
from kenpo.coverage import years_ahead
from kenpo.selection import KEPT, to_parameters
from kenpo.ui import controls, desk, parts
from kenpo.ui.desk import Desk
from kenpo.ui.parts import plain, strong
from kenpo.views.grid import people, realism
from kenpo.views.what_if import Card, Shown, aim, combined_name, year_label
from kenpo.views.words import Voice

_NUMBERS = "numbers"


# --- above the table -------------------------------------------------------------------------------


def choose_plan(
    branch: str, branches: Sequence[str], year: int, years: Sequence[int], clock: Clock, voice: Voice
) -> None:
    """Branch and plan year; the years after the latest plan stand first, each with the plan it starts from."""
    st.session_state["plan_branch"], st.session_state["plan_year"] = branch, year
    offered = [*years_ahead(years, clock.last_plan_year), *years]
    st.selectbox(
        voice.t("what_if.branch"),
        branches,
        format_func=voice.branch,
        key="plan_branch",
        width=130,
        on_change=lambda: desk.choose_plan(st.session_state["plan_branch"], None),
    )
    st.selectbox(
        voice.t("what_if.plan_year"),
        offered,
        format_func=lambda y: year_label(y, years, clock.fiscal_year, voice),
        key="plan_year",
        width=280,
        on_change=lambda: desk.choose_plan(branch, st.session_state["plan_year"]),
    )


def tools(at: Desk, voice: Voice) -> None:
    """Eligible numbers, goal seek, number fields, undo and redo."""
    t = voice.t
    for key, icon, content in (("eligible", "groups", eligible), ("seek", "target", goal_seek)):
        # Filled when opened: a dozen widgets nobody sees would slow every move of a target.
        box = st.popover(t(f"what_if.{key}"), icon=f":material/{icon}:", key=f"{key}_open", on_change="rerun")
        if box.open:
            with box:
                content(at, voice)
    st.toggle(t("what_if.numbers"), key=_NUMBERS, help=t("what_if.numbers_help"))
    for key, icon, steps, there in (("undo", "undo", -1, at.past), ("redo", "redo", 1, at.future)):
        st.button(
            t(f"what_if.{key}"),
            icon=f":material/{icon}:",
            key=key,
            disabled=not there,
            on_click=at.back,
            args=(steps,),
        )


def presets(at: Desk, voice: Voice) -> None:
    """One preset for every measure."""
    st.markdown(voice.t("what_if.presets_all"), width="content")
    for name in what_if.PRESETS:
        label = voice.t("what_if.reset_all" if name == "keep" else f"what_if.presets_{name}")
        st.button(label, key=f"preset_{name}", on_click=desk.set_preset, args=(at, name, voice))


def eligible(at: Desk, voice: Voice) -> None:
    """Every eligible number: typed, or moved by percent of where the plan starts."""
    known = what_if.denominators(at.plan)
    if not known:
        st.markdown(voice.t("what_if.eligible_none"))
    for denominator, figure in known.items():
        number = at.committed.eligible.get(denominator, figure.number)
        count, percent = f"n.{denominator}", f"percent.{denominator}"
        moved = round((number / figure.number - 1) * 100, 1)
        st.session_state[count] = int(number)
        st.session_state[percent] = float(moved)
        name = voice.measure(denominator).name[voice.lang]
        label = voice.t("what_if.eligible_of", name=name, year=voice.year_letter(figure.fiscal_year))
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            _number(count, label, at, denominator, figure.number, number)
            _percent(percent, label, at, denominator, figure.number, moved, voice)
    st.session_state["grow"] = at.committed.grow
    st.toggle(
        voice.t("what_if.grow"),
        key="grow",
        help=voice.t("what_if.grow_help"),
        on_change=lambda: desk.set_grow(at, grow=st.session_state["grow"]),
    )


def _room(low: Decimal, high: Decimal, value: Decimal | None) -> tuple[Decimal, Decimal]:
    """The range of a field, with room for what stands in it: out of its range a field shows another number."""
    known = [low, high] if value is None else [low, high, value]
    return min(known), max(known)


def _number(key: str, label: str, at: Desk, denominator: str, start: Decimal, number: Decimal) -> None:
    def changed() -> None:
        typed = Decimal(st.session_state[key])
        desk.set_eligible(at, denominator, None if typed == start else typed)

    low, high = _room(Decimal(1), Decimal(100_000_000), number)
    st.number_input(
        plain(label), min_value=int(low), max_value=int(high), step=100, key=key, on_change=changed, width=300
    )


def _percent(key: str, label: str, at: Desk, denominator: str, start: Decimal, moved_by: Decimal, voice: Voice) -> None:
    def changed() -> None:
        percent = Decimal(str(st.session_state[key]))
        moved = max(Decimal(1), (start * (100 + percent) / 100).to_integral_value())
        desk.set_eligible(at, denominator, moved if percent else None)

    said = voice.t("what_if.eligible_percent")
    low, high = _room(Decimal(-99), Decimal(900), moved_by)
    st.number_input(
        plain(f"{said} {label}"),
        min_value=float(low),
        max_value=float(high),
        step=0.5,
        format="%.1f",
        key=key,
        on_change=changed,
        width=120,
        label_visibility="collapsed",
        icon=":material/percent:",
    )


def goal_seek(at: Desk, voice: Voice) -> None:
    """A wished combined rate, shared over its parts by headroom."""
    t = voice.t
    found = what_if.totals(at.plan, at.committed)
    if not found:
        st.markdown(t("what_if.seek_none"))
        return
    which = st.segmented_control(
        t("what_if.seek_which"),
        list(found),
        format_func=lambda name: plain(combined_name(name, voice)),
        key="seek_which",
        default=next(iter(found)),
        required=True,
    )
    nation = at.plan.wishes.get(at.plan.combined[which].measure.id)
    wish = st.number_input(
        t("what_if.seek_wish"),
        min_value=0.0,
        max_value=100.0,
        value=min(100.0, max(0.0, float(nation.number if nation else found[which].rate_at_start or 0))),
        step=0.5,
        format="%.1f",
        key=f"seek_wish.{which}",
    )
    fixed = st.pills(
        t("what_if.seek_fixed"),
        found[which].parts,
        selection_mode="multi",
        format_func=lambda i: plain(voice.measure(i).short[voice.lang]),
        key=f"seek_fixed.{which}",
    )
    if nation:
        year = voice.year_short(nation.fiscal_year)
        st.caption(plain(t("what_if.seek_from_nation", year=year, value=voice.value(nation))))
    st.caption(plain(t("what_if.seek_rule")))
    st.button(
        t("what_if.seek_go"),
        key="seek_go",
        type="primary",
        on_click=desk.set_sought,
        args=(at, which, Decimal(str(wish)), fixed, voice),
    )


# --- the live part ---------------------------------------------------------------------------------


def cards(made: Sequence[Card]) -> None:
    """Five figures side by side, each with its change against the current targets."""
    with st.grid(len(made), min_column_width=165, key="cards"):
        for card in made:
            st.metric(
                plain(card.label),
                plain(card.value),
                plain(card.delta),
                delta_color="off",
                delta_arrow="off",
                delta_description=card.note,
            )


def notes(at: Desk, printed: Sequence[str], origin: str) -> None:
    """What a preset or a goal seek did, printed totals that differ, and where everything starts from."""
    if at.notice:
        st.info(plain(at.notice))
    st.caption("  \n".join(plain(line) for line in (*printed, origin)))


class Drawing(Protocol):
    """A chart: the columns it asks for and its spec."""

    COLUMNS: list[str]

    def spec(self, lang: Lang, *, dark: bool) -> dict[str, Any]:
        """The spec in a language and theme."""


def bars(name: str, rows: Sequence[Mapping[str, object]], drawing: Drawing, voice: Voice) -> None:
    """One of the two charts of people under its title, or why there is none."""
    title = voice.t(f"what_if.chart_{name}")
    st.markdown(strong(title))
    if rows:
        parts.chart(rows, drawing.COLUMNS, drawing.spec(voice.lang, dark=parts.dark()), alt=title)
    else:
        st.caption(voice.t("what_if.chart_none"))


def numbers_wanted() -> bool:
    """Does the reader want number fields instead of handles?"""
    return bool(st.session_state.get(_NUMBERS, False))


def numbers(at: Desk, found: Shown, voice: Voice) -> None:
    """A native number field a measure, and what the new targets ask for in a plain table."""
    with st.grid(4, min_column_width=260, key="numbers_grid"):
        for row in found.ordered:
            _target(at, found, row, voice)
    t = voice.t
    table = pd.DataFrame(
        [
            {
                t("what_if.measure"): row.start.measure.short[voice.lang],
                t("what_if.last"): voice.value(row.start.last) if row.start.last else "—",
                t("what_if.current"): aim(row.start, voice),
                t("what_if.new"): formats.value(row.target, row.start.measure, voice.lang) or "—",
                t("what_if.change"): formats.difference(row.change, row.start.measure, voice.lang) or "—",
                t("what_if.people"): people(row, voice),
                t("what_if.realism"): str(realism(row, voice)["text"]),
            }
            for row in found.ordered
        ]
    )
    table = table.map(plain).rename(columns=plain)
    st.table(table, border="horizontal", hide_index=True, alt=t("what_if.scenarios"))


def _with_unit(measure: Measure, voice: Voice) -> str:
    """健康保険委員の委嘱事業所数（事業所）: a number box has no room for the unit behind the number."""
    unit = formats.unit(measure, voice.lang).strip()
    name = measure.short[voice.lang]
    return voice.t("compare.bound", value=name, name=unit) if unit else name


def _target(at: Desk, found: Shown, row: what_if.Row, voice: Voice) -> None:
    start, measure = row.start, row.start.measure
    key = f"t.{measure.id}"
    low, high = _room(*what_if.bounds(at.plan, found.scenario, measure.id), row.target)
    whole = what_if.places(start) == 0
    kind = int if whole else float
    st.session_state[key] = None if row.target is None else kind(row.target)

    def changed() -> None:
        value = st.session_state[key]
        desk.set_target(at, measure.id, None if value is None else Decimal(str(value)))

    st.number_input(
        plain(_with_unit(measure, voice)),
        min_value=kind(low),
        max_value=kind(high),
        step=kind(measure.step or 1),
        format="%d" if whole else f"%.{max(measure.decimals, 1)}f",
        key=key,
        placeholder=aim(start, voice),
        on_change=changed,
    )


# --- scenarios -------------------------------------------------------------------------------------


def scenarios(at: Desk, voice: Voice) -> None:
    """Name of the scenario at work, the kept ones, and the link that carries them all."""
    t = voice.t
    st.subheader(t("what_if.scenarios"), anchor=False)
    full = len(at.kept) == len(KEPT)
    st.session_state["scenario"] = at.name
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="scenario_bar"):
        st.text_input(
            t("what_if.name"),
            key="scenario",
            max_chars=40,
            width=220,
            on_change=lambda: desk.rename(at, st.session_state["scenario"]),
        )
        st.button(
            t("what_if.keep_copy"),
            key="keep_copy",
            icon=":material/library_add:",
            disabled=full,
            help=t("what_if.keep_full") if full else None,
            on_click=desk.keep,
            args=(at, voice),
        )
        with st.popover(t("what_if.share"), icon=":material/link:"):
            st.markdown(t("what_if.share_help"))
            st.code(_link(at), language=None, wrap_lines=True)
        for place, draft in enumerate(at.kept):
            with st.popover(plain(draft.name), icon=":material/bookmark:"):
                st.button(t("what_if.open_kept"), key=f"open_{place}", on_click=desk.open_kept, args=(at, place))
                st.button(t("what_if.drop_kept"), key=f"drop_{place}", on_click=desk.drop, args=(at, place))


def _link(at: Desk) -> str:
    """The address of this very page with everything set on it; branch and year are named, for defaults move on."""
    plan, chosen = at.plan, controls.selection()
    branch = chosen.branch if plan.branch in chosen.branch else (plan.branch,)
    return f"{st.context.url or ''}?{urlencode(to_parameters(chosen.with_(branch=branch, fy=plan.fiscal_year)))}"
