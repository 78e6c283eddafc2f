"""Files to take away, made only when asked for; one that cannot be made says so on the page."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from kenpo.ui.words import plain
from kenpo.views.words import Voice

_FAILED = "_download_failed"


def button(label: str, made: Callable[[], bytes], *, file_name: str, mime: str, key: str, quiet: bool = False) -> None:
    """A button whose file is made when it is pressed, beside the page: nothing is drawn anew for it."""
    st.download_button(
        plain(label),
        made,
        file_name=file_name,
        mime=mime,
        key=key,
        icon=":material/download:",
        type="tertiary" if quiet else "secondary",
        on_click="ignore",
    )


def failed() -> None:
    """Remembers that the file just asked for never came; the page says so when it is drawn next, and once."""
    st.session_state[_FAILED] = True


def told(voice: Voice) -> None:
    """Under the buttons: the last file could not be made, and what to do."""
    if st.session_state.pop(_FAILED, False):
        st.error(plain(voice.t("download.failed")))
