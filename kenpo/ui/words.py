"""Text from outside, made safe for what Streamlit reads as Markdown."""

from __future__ import annotations

import re

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:])")


def plain(text: str) -> str:
    """Text from outside, with everything escaped that Markdown would act on."""
    return _MARKUP.sub(r"\\\1", text)
