"""A dashboard as it is written first: one widget, one figure, one chart; all of it built anew with every rerun.

It does nothing foolish: the file is read once and kept. But the script reruns as a whole, Altair makes its chart each
time and Streamlit's settings are as they come. What every page of ours must be quicker than.
"""

from __future__ import annotations

from pathlib import Path

import altair as alt
import pandas as pd
import streamlit as st

YEAR, MEASURE = 2024, "lifestyle_checkup_rate"
DATA = Path(__file__).resolve().parent.parent / "data" / "observations.csv"


@st.cache_data
def observations() -> pd.DataFrame:
    """Every figure of the package."""
    return pd.read_csv(DATA)


st.title("Naive")
target = st.number_input("target", 0, 100, 58)
figures = observations()
reached = figures[
    (figures["measure_id"] == MEASURE) & (figures["fiscal_year"] == YEAR) & (figures["kind"] == "actual")
].drop_duplicates("branch_id")
reached = reached.assign(value=reached["value"].astype(float), target=target)
reached["gap"] = reached["value"] - reached["target"]
st.metric("behind the target", int((reached["gap"] < 0).sum()))

rows = alt.Chart(reached).encode(y=alt.Y("branch_id:N", sort="-x", title=None))
bars = rows.mark_bar().encode(
    x=alt.X("value:Q", title=None), color=alt.condition("datum.gap < 0", *map(alt.value, ("#c62a10", "#1f3a5f")))
)
labels = rows.mark_text(align="left", dx=4).encode(x="value:Q", text=alt.Text("gap:Q", format="+.1f"))
line = alt.Chart(reached).mark_rule(strokeDash=[4, 3]).encode(x="max(target):Q")
st.altair_chart(bars + labels + line)
