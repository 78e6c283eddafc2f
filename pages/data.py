"""Data データ・出典: the documents and what they cover, where they clash, and everything else they hold."""

from __future__ import annotations

import streamlit as st

from kenpo.ui import controls, data
from kenpo.ui.page import open_page
from kenpo.views.data import PARTS

page = open_page("data")
part = page.selection.part

with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="choosers"):
    controls.one("part", page.t("data.part"), part, {p: page.t(f"data.part_{p}") for p in PARTS})
    words = data.words(page)

data.SHOWN[part](page, words)
page.close([])
