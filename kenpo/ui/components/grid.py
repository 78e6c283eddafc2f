"""The What-if grid: the finding, the totals, a row a measure whose track is chart and slider at once, people as bars.

One component, because every further element costs a move of a handle more than all of its figures.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from hashlib import blake2s
from typing import Any

import streamlit as st

from kenpo.ui.components import asset, script

_PROGRAM = st.components.v2.component("kenpo_grid_program", js=script("grid.js"))
_GRID = st.components.v2.component("kenpo_grid", html='<div class="kenpo"></div>', js=asset("grid_door.js"))

_LONGEST = 20
"""Signs of a number, and places on either side of its point: more than any figure has."""
_BASES = 4
"""Bases kept a reader: the one at work, and those a message may still speak of."""
_PARTS = ("cards", "bars", "rows")
"""What of the grid follows a target, piece by piece."""


@dataclass(frozen=True, slots=True)
class Message:
    """What the reader has set so far, as the browser last said."""

    rev: int = -1
    """The revision of the values it started from; a message of an older one is stale."""
    count: int = 0
    targets: Mapping[str, Decimal] = field(default_factory=dict)
    moved: str | None = None
    done: bool = False
    """Released or entered, not in the middle of a drag."""
    frame: str = ""
    """The base the browser had when it said so."""


def message(key: str) -> Message:
    """The last message of the grid under that key."""
    return read((st.session_state.get(key) or {}).get("targets"))


def read(said: object) -> Message:
    """A message as the browser sent it. Whatever is not a number is left out: it comes from outside."""
    if not isinstance(said, Mapping):
        return Message()
    values = said.get("values")
    pairs = values.items() if isinstance(values, Mapping) else ()
    return Message(
        rev=_whole(said.get("rev"), -1),
        count=_whole(said.get("count"), 0),
        targets={str(i): number for i, text in pairs if (number := _number(text)) is not None},
        moved=str(said["moved"]) if said.get("moved") else None,
        done=bool(said.get("done", True)),
        frame=str(said.get("frame") or ""),
    )


def opened(key: str) -> str | None:
    """The measure whose facts are open."""
    found = (st.session_state.get(key) or {}).get("open")
    return str(found) if found else None


def drawn(key: str) -> int:
    """The number of the message whose answer the grid has drawn and after which the rest of the page may follow."""
    return _whole((st.session_state.get(key) or {}).get("drawn"), 0)


def load() -> None:
    """Sends program and style of the grid once a page; with every move they would be five times the data."""
    _PROGRAM(key="grid_program", data={"css": asset("grid.css")})


def grid(data: Mapping[str, Any], palette: Mapping[str, Any], *, key: str, whole: bool, stale: bool) -> str | None:
    """Draws the grid; returns the measure whose printed figures were asked for in this run, if any.

    `data` is what `kenpo.views.grid.grid` makes; what was set is read with `message` before it is drawn.
    Sent `whole` it becomes a base the browser keeps; after that only what differs from the base it says it has is sent:
    what a run has sent may never have arrived, where the next one started at once. Where the rest of the page is
    `stale` the grid is drawn first and asks for it then.
    """
    bases: dict[str, Mapping[str, Any]] = st.session_state.setdefault(f"{key}.bases", {})
    heard = message(key)
    frame = heard.frame
    known = None if whole else bases.get(frame)
    if known is None or any(len(data[part]) != len(known[part]) for part in _PARTS):
        frame = blake2s(repr(data).encode(), digest_size=8).hexdigest()
        bases.pop(frame, None)
        bases[frame] = data
        for old in list(bases)[:-_BASES]:
            del bases[old]
        sent = {**data, "frame": frame, "palette": palette}
    else:
        sent = {name: data[name] for name in ("title", "context") if data[name] != known[name]}
        sent |= {name: _apart(data[name], known[name]) for name in _PARTS}
        sent |= {"rev": data["rev"], "frame": frame, "changed": True}
    result = _GRID(
        key=key,
        data={**sent, "echo": heard.count, "stale": stale},
        on_targets_change=_ignore,
        on_drawn_change=_ignore,
        on_open_change=_ignore,
        on_figures_change=_ignore,
    )
    asked = result.get("figures")
    return str(asked) if asked else None


def _apart(now: Sequence[Mapping[str, Any]], base: Sequence[Mapping[str, Any]]) -> dict[int, dict[str, Any]]:
    """By place, what of a part is not as in the base, which has as many places."""
    apart = (
        {name: said for name, said in one.items() if said != was[name]} for one, was in zip(now, base, strict=True)
    )
    return {at: found for at, found in enumerate(apart) if found}


def _number(text: object) -> Decimal | None:
    """A number as written; None for what is none, endless, or so large or small that no figure could be meant."""
    if not isinstance(text, (str, int, float)):
        return None
    try:
        written = str(text)
        number = Decimal(written)
    except (InvalidOperation, ValueError):
        return None
    if len(written) > _LONGEST or not number.is_finite():
        return None
    exponent = number.as_tuple().exponent
    return number if isinstance(exponent, int) and -_LONGEST <= exponent <= _LONGEST else None


def _whole(value: object, otherwise: int) -> int:
    """A number without its decimals; for anything else, NaN and the infinities too, `otherwise`."""
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, float) and math.isfinite(value) else otherwise


def _ignore() -> None:
    """A callback must be named for the state to exist; the page reads it instead."""
