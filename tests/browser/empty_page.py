"""A page with nothing of ours on it: whatever is found here is Streamlit's own."""

from __future__ import annotations

import streamlit as st

st.set_page_config(page_title="empty", layout="wide", initial_sidebar_state="collapsed")
st.title("Empty")
