"""The shapes beside a state's word, the same on every page."""

from __future__ import annotations

from kenpo.views.words import Voice

MARKS = {"achieved": "●", "not_achieved": "✕", "in_progress": "◐", "undated": "◌", "not_comparable": "／"}
"""Shapes beside the words; never ▲ (the minus sign) nor ◎○△× (what documents print)."""


def marked(state: str, voice: Voice) -> str:
    """The word of a state with its shape, where it has one: ✕ 未達成."""
    word = voice.t(f"state_filter.{state}")
    return f"{MARKS[state]} {word}" if state in MARKS else word
