"""What a reader reads of a text as the app hands it over: the escapes undone, what is set off between stars."""

from __future__ import annotations

import re

from kenpo.text import emphasised

_PARTED = ":color[]"
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def starred(text: str) -> str:
    """A sentence with what it sets off between **."""
    return "".join(f"**{part}**" if set_off else part for part, set_off in emphasised(text))


def read(markdown: object) -> str:
    """The letters of a text that was escaped as a whole."""
    return _ESCAPED.sub(r"\1", str(markdown).replace(_PARTED, ""))
