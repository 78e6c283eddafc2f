"""The least a page of ours can be: one widget, one chart of a constant spec, a fragment, a frozen collector.

Run by the benchmark as a process of its own; what every other page is measured against.
"""

from __future__ import annotations

import atexit
import gc

import streamlit as st

SPEC = {
    "encoding": {
        "y": {"field": "row", "type": "ordinal", "axis": None},
        "x": {"field": "value", "type": "quantitative", "axis": None, "scale": {"domain": [0, 100]}},
    },
    "layer": [{"mark": "bar"}, {"mark": {"type": "text", "align": "left"}, "encoding": {"text": {"field": "value"}}}],
}


@st.cache_resource(show_spinner=False)
def freeze() -> None:
    """Once, when everything is imported."""
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)


@st.fragment
def live() -> None:
    """The widget and the chart that follows it."""
    value = st.number_input("value", 0, 100, 50)
    st.vega_lite_chart([{"row": at, "value": (value + at) % 100} for at in range(5)], SPEC, width="stretch")


st.title("Floor")
live()
freeze()
