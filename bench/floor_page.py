"""The least a page of ours can be: one widget, one chart of a constant spec, a fragment, a frozen collector.

Run by the benchmark as a process of its own; what every other page is measured against.
"""

from __future__ import annotations

import atexit
import gc

import streamlit as st

SPEC = {
    "mark": {"type": "bar"},
    "encoding": {
        "y": {"field": "row", "type": "ordinal", "axis": None},
        "x": {"field": "value", "type": "quantitative", "axis": None, "scale": {"domain": [0, 100]}},
    },
    "layer": [{"mark": "bar"}, {"mark": {"type": "text", "align": "left"}, "encoding": {"text": {"field": "value"}}}],
}
del SPEC["mark"]

SCRIPT = """
export default function ({ parentElement, setStateValue }) {
  const input = parentElement.querySelector("input")
  input.oninput = () => setStateValue("value", Number(input.value))
}
"""
_SLIDER = st.components.v2.component(
    "floor_slider", html='<input type="range" min="0" max="100" value="50" aria-label="value">', js=SCRIPT
)


@st.cache_resource(show_spinner=False)
def freeze() -> None:
    """Once, when everything is imported."""
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)


@st.fragment
def live() -> None:
    """The widget and the chart that follows it."""
    value = (st.session_state.get("slider") or {}).get("value", 50)
    _SLIDER(key="slider", on_value_change=lambda: None)
    st.vega_lite_chart([{"row": at, "value": (value + at) % 100} for at in range(5)], SPEC, width="stretch")


st.title("Floor")
live()
freeze()
