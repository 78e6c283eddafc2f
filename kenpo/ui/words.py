"""Text from outside, made safe for what Streamlit reads as Markdown.

Names, notes and figures of a package are text. Streamlit 1.67 acts on more than Markdown: colours and icons between
colons, formulas between dollars, links that are no links yet, arrows. Some of it is looked for when escapes are
already gone, so that a backslash does not help; such signs are parted.
"""

from __future__ import annotations

import re

from kenpo.text import emphasised

_LINES = re.compile(r"\s*[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]\s*")
"""Ends of lines: a text is one paragraph, and nothing begins anew in it."""

_TOGETHER = re.compile(
    r"(?<=:)(?=//|material/|[\w+-]+:)"  # https://…, :material/home:, :smile:
    r"|(?<=[Ww]{3})(?=\.)"  # www.…
    r"|(?=@)"  # somebody@…
    r"|(?<=[<>~-])(?=[->=])",  # ->, <->, --, >=, ~=
    re.ASCII,
)
"""Between the signs of what is looked for in the finished text, where an escape is no longer known."""

_APART = ":color[]"
"""Parts what stands on its sides and draws nothing: a colour of no letters, without a colour."""

_ACTING = re.compile(
    r"[$&*<\[\\\]_`{|}~]"
    r"|:(?!\s)"  # names a colour, an icon, a block
    r"|^[>=]"  # quotes, makes a heading of the line before
    r"|^#(?=#*(\s|$))"  # a heading
    r"|^[+-](?=-|\s|$)",  # a list, a rule
    re.ASCII,
)
"""Signs that Markdown, or what Streamlit adds to it, acts on; the last ones at the beginning of a text only."""
_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s|$)", re.ASCII)


def plain(text: str) -> str:
    """Text from outside as Markdown that shows it letter by letter, in one line."""
    parts = _TOGETHER.split(_LINES.sub(" ", text))
    escaped = _APART.join(_ACTING.sub(r"\\\g<0>", part) for part in parts if part)
    return _NUMBERED.sub(r"\1\\\2", escaped)


def strong(text: str) -> str:
    """Text from outside, set off."""
    return f"**{plain(text)}**"


def sentence(text: str) -> str:
    """A sentence of the app's own words around text from outside: only what the words set off is set off."""
    return "".join(strong(part) if set_off else plain(part) for part, set_off in emphasised(text))
