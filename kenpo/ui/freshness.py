"""Tells readers what they look at: the last sound data because the new is refused, or data changed under their page."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from kenpo.files import Contents
from kenpo.keeper import Served, changed_files
from kenpo.package import Package
from kenpo.text import Text
from kenpo.ui import parts
from kenpo.views.problems import amount

_SEEN = "_data_seen"
_TOLD_SECONDS = 60
"""A page runs again for many reasons: so long the line stays, that nobody misses it."""
_SHOWN_FILES = 6


@dataclass(frozen=True, slots=True)
class _Seen:
    """The data a reader has last been shown, and what was told about it, until when."""

    contents: Contents
    changed: tuple[str, ...] = ()
    until: float = 0.0


def tell(served: Served, t: Text) -> None:
    """A warning while new data is refused, and one quiet line after the data under an open page has changed."""
    if served.refusal:
        problems = served.refusal.problems
        since, opened = _when(served.refusal.since), _when(served.package.opened)
        said = t("freshness.kept", n=amount(problems, t), since=since, opened=opened)
        st.warning(parts.plain(said), icon=":material/history:")
        with st.expander(t("freshness.problems")):
            parts.listed_problems(problems, t)
    changed = _changed(served.package)
    if changed:
        more = f" … (+{len(changed) - _SHOWN_FILES})" if len(changed) > _SHOWN_FILES else ""
        names = t.join(list(changed[:_SHOWN_FILES])) + more
        parts.quiet([t("freshness.updated", when=_when(served.package.opened), files=names)])


def _changed(package: Package) -> tuple[str, ...]:
    """The files that changed since this reader last looked; nothing on the first page."""
    seen: _Seen | None = st.session_state.get(_SEEN)
    if seen is None:
        seen = _Seen(package.contents)
    elif seen.contents != package.contents:
        changed = tuple(changed_files(seen.contents, package.contents))
        seen = _Seen(package.contents, changed, time.monotonic() + _TOLD_SECONDS)
    st.session_state[_SEEN] = seen
    return seen.changed if time.monotonic() < seen.until else ()


def _when(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
