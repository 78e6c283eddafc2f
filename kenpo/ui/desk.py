"""The reader's what-if at work: what is being set, what may be undone, and the link that says it.

The link is written on release or entry only. A link that changed otherwise (back, forward, a link opened)
wins over what is on the desk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import streamlit as st

from kenpo.selection import KEPT, Draft, Selection, scenario_name
from kenpo.ui import controls
from kenpo.ui.components.grid import message
from kenpo.views.what_if import draft_of, next_name, preset_notice, scenario_of, sought
from kenpo.views.words import Voice
from kenpo.what_if import (
    NOTHING,
    OutOfRangeError,
    Plan,
    Preset,
    Refusal,
    Scenario,
    UnreachableError,
    apply,
    seek,
    sound,
    totals,
)

GRID = "grid"
"""Key of the component and of its state."""

_DESK = "_desk"
_MOST_STEPS = 100


@dataclass
class Desk:
    """What a session holds of the plan it works on; everything else is computed anew from it."""

    plan: Plan
    draft: Draft
    """The draft as the link says it, to see when a link was changed elsewhere."""
    scenario: Scenario = NOTHING
    committed: Scenario = NOTHING
    rev: int = 0
    heard: int = 0
    focus: str | None = None
    past: list[Scenario] = field(default_factory=list)
    future: list[Scenario] = field(default_factory=list)
    kept: Sequence[Draft] = ()
    name: str = ""
    """As shown: the link's, else the first free one."""
    notice: str = ""
    refused: list[Refusal] = field(default_factory=list)
    """Values just set that this plan cannot take; they stand beside their fields."""
    stale: bool = False
    """Committed inside the live part: the rest of the page is to follow."""
    whole: bool = True
    """Is the whole page being drawn, not its live part alone?"""

    def commit(self, scenario: Scenario, focus: str | None = None, *, elsewhere: bool = True) -> None:
        """A new state of the targets: one step back, one entry of the link.

        `elsewhere` says that it does not come from the grid, which then takes over the new values.
        """
        if scenario == self.committed:
            self.scenario = scenario
            return
        self.past = [*self.past, self.committed][-_MOST_STEPS:]
        self.future = []
        self.focus = focus or self.focus
        self._take(scenario, elsewhere=elsewhere)

    def back(self, steps: int) -> None:
        """Undo (−1) or redo (+1)."""
        behind, ahead = (self.past, self.future) if steps < 0 else (self.future, self.past)
        if behind:
            ahead.append(self.committed)
            self._take(behind.pop(), elsewhere=True)

    def _take(self, scenario: Scenario, *, elsewhere: bool) -> None:
        self.scenario = self.committed = scenario
        self.refused = []
        self.rev += elsewhere
        self.draft = draft_of(self.draft.name, scenario)
        controls.write(draft=self.draft, branch=_first(self.plan.branch), fy=self.plan.fiscal_year)

    def adopt(self, selection: Selection) -> list[Refusal]:
        """Takes over what the link says where it differs; returns what of it this plan cannot take."""
        scenario, refused = sound(self.plan, scenario_of(selection.draft))
        if scenario_of(selection.draft) != scenario_of(self.draft):
            if scenario != self.committed:
                self.past = [*self.past, self.committed][-_MOST_STEPS:]
                self.future = []
            self.scenario = self.committed = scenario
            self.focus = next(reversed(list(scenario.targets)), None)
            self.rev += 1
        self.draft, self.kept = selection.draft, selection.kept
        return refused

    def hear(self) -> None:
        """Takes over what the grid has sent since; a message about older values is not listened to."""
        said = message(GRID)
        if said.rev != self.rev or said.count <= self.heard:
            return
        self.heard = said.count
        self.scenario, self.refused = sound(self.plan, replace(self.scenario, targets=dict(said.targets)))
        self.focus = said.moved or self.focus
        self.notice = ""
        if said.done and self.scenario != self.committed:
            refused = self.refused
            self.commit(self.scenario, elsewhere=False)
            self.refused, self.stale = refused, True


def open_desk(selection: Selection, plan: Plan, voice: Voice) -> tuple[Desk, list[Refusal]]:
    """The desk of this session for a plan, with what the link says; and what of the link the plan cannot take."""
    found: Desk | None = st.session_state.get(_DESK)
    if found is None or (found.plan.branch, found.plan.fiscal_year) != (plan.branch, plan.fiscal_year):
        # Another plan: a message of the grid about the old one must not be taken for one about this.
        rev = found.rev + 1 if found else 0
        found = Desk(plan, Draft(), rev=rev, heard=message(GRID).count)
        st.session_state[_DESK] = found
        refused = found.adopt(selection)
        found.past = []
    else:
        found.plan = plan
        refused = found.adopt(selection)
    refused = [*refused, *(r for r in _refused_of_kept(found) if r not in refused)]
    found.name = selection.draft.name or next_name([draft.name for draft in selection.kept], voice)
    found.hear()
    found.stale, found.whole = False, True
    return found, refused


def _first(branch: str) -> tuple[str, ...]:
    """The branches of the link with this one in front."""
    return (branch, *(b for b in controls.selection().branch if b != branch))


# --- what the controls do --------------------------------------------------------------------------


def set_preset(desk: Desk, name: Preset, voice: Voice) -> None:
    """A preset on every measure; rows without a comparable value stay and are named."""
    scenario, left = apply(desk.plan, desk.committed, name)
    desk.commit(scenario)
    desk.notice = preset_notice(name, left, voice)


def set_target(desk: Desk, measure: str, value: Decimal | None) -> None:
    """One new target, or the current one again."""
    targets = {i: t for i, t in desk.committed.targets.items() if i != measure}
    if value is not None:
        targets[measure] = value
    scenario, refused = sound(desk.plan, replace(desk.committed, targets=targets))
    desk.commit(scenario, measure)
    desk.refused, desk.notice, desk.stale = refused, "", True


def set_eligible(desk: Desk, denominator: str, count: Decimal | None) -> None:
    """One new eligible number, or the one the plan starts from."""
    eligible = {i: n for i, n in desk.committed.eligible.items() if i != denominator}
    if count is not None:
        eligible[denominator] = count
    desk.commit(sound(desk.plan, replace(desk.committed, eligible=eligible))[0])
    desk.notice = ""


def set_grow(desk: Desk, *, grow: bool) -> None:
    """Whether the people eligible for guidance grow with the checkups."""
    desk.commit(replace(desk.committed, grow=grow))


def set_sought(desk: Desk, name: str, wished: Decimal, fixed: Sequence[str], voice: Voice) -> None:
    """New targets for a wished combined rate; an unreachable one says the largest reachable."""
    try:
        found = seek(desk.plan, name, wished, fixed, desk.committed)
    except UnreachableError as error:
        desk.notice = voice.t("what_if.seek_unreachable", wish=f"{wished}%", most=f"{error.most}%")
        return
    except OutOfRangeError:
        desk.notice = voice.t("what_if.seek_none")
        return
    start = totals(desk.plan, NOTHING)[name].start
    kept = {i: t for i, t in desk.committed.targets.items() if i not in found.added or i in fixed}
    desk.commit(replace(desk.committed, targets={**kept, **found.targets}))
    desk.notice = sought(name, wished, found, start, voice)


def rename(desk: Desk, name: str) -> None:
    """Another name for the scenario at work."""
    controls.write(draft=replace(desk.draft, name=scenario_name(name)))


def keep(desk: Desk, voice: Voice) -> None:
    """Keeps the scenario beside the next one, which starts as a copy of it."""
    if len(desk.kept) < len(KEPT):
        kept = (*desk.kept, draft_of(desk.name, desk.committed))
        name = next_name([draft.name for draft in kept], voice)
        controls.write(kept=kept, draft=draft_of(name, desk.committed))


def open_kept(desk: Desk, at: int) -> None:
    """Puts a kept scenario to work; the one at work takes its place."""
    kept = list(desk.kept)
    opened, kept[at] = kept[at], draft_of(desk.name, desk.committed)
    controls.write(kept=tuple(kept), draft=opened)


def drop(desk: Desk, at: int) -> None:
    """Lets a kept scenario go."""
    controls.write(kept=tuple(draft for place, draft in enumerate(desk.kept) if place != at))


def choose_plan(branch: str, fiscal_year: int | None) -> None:
    """Another branch or year: its plan as it stands. Back in the browser brings the scenarios back."""
    controls.write(branch=_first(branch), fy=fiscal_year, draft=Draft(), kept=())


def _refused_of_kept(desk: Desk) -> list[Refusal]:
    """What of the kept scenarios this plan cannot take, each once."""
    refused = [r for draft in desk.kept for r in sound(desk.plan, scenario_of(draft))[1]]
    return [r for at, r in enumerate(refused) if r not in refused[:at]]


def kept_scenarios(desk: Desk) -> Mapping[str, Scenario]:
    """The kept scenarios by name, without what this plan cannot take."""
    return {draft.name: sound(desk.plan, scenario_of(draft))[0] for draft in desk.kept}
