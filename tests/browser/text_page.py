"""Every trick as text in every kind of element that reads Markdown: letter by letter, whatever it is."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from kenpo.ui.words import plain, strong
from tests.hostile import BEGINNINGS, TRICKS

ALL = " ".join(TRICKS)
TEXTS = (*TRICKS, *(f"{start}x" for start in BEGINNINGS), ALL, *(f"{start}{ALL}" for start in BEGINNINGS))

if __name__ == "__main__":
    st.set_page_config(page_title="text", layout="wide")
    for at, text in enumerate(TEXTS):
        with st.container(key=f"body-{at}"):
            st.markdown(plain(text))
        with st.container(key=f"strong-{at}"):
            st.markdown(f"{strong(text)} {plain(text)}")
        with st.container(key=f"label-{at}"):
            st.button(plain(text), key=f"button-{at}")
        with st.container(key=f"ground-{at}"):
            st.markdown(f":primary-background[{plain(text)}]")
        with st.container(key=f"metric-{at}"):
            st.metric(plain(text), plain(text), plain(text))
        with st.container(key=f"title-{at}"):
            st.title(plain(text), anchor=False)
    with st.container(key="table"):
        table = pd.DataFrame({text: [text] for text in TEXTS}).T
        st.table(table.map(plain).rename(index=plain, columns=str))
    st.info("end")
