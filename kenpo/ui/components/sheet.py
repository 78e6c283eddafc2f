"""新旧対照表 on the page: a real table of sentences, the changed parts underlined."""

from __future__ import annotations

import streamlit as st

from kenpo.catalog import Lang
from kenpo.formats import Sentence, Table, cell_amount, cell_text
from kenpo.ui.components import asset, script

_SHEET = st.components.v2.component(
    "kenpo_sheet",
    html='<div class="kenpo"></div>',
    css=asset("sheet.css"),
    js=script("sheet.js"),
)


def sheet(table: Table, lang: Lang, *, key: str) -> None:
    """Draws a table whose passages keep their marks."""
    rows = [
        [
            {
                "parts": [list(part) for part in cell.parts]
                if isinstance(cell, Sentence)
                else [[cell_text(cell, lang), 0]],
                "number": cell_amount(cell) is not None,
            }
            for cell in row
        ]
        for row in table.rows
    ]
    _SHEET(key=key, data={"lang": lang, "caption": table.title, "columns": list(table.columns), "rows": rows})
