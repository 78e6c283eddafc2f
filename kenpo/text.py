"""The words of the pages: kenpo/locale/ja.toml and en.toml, looked up by dotted key."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from kenpo.catalog import Lang

LANGUAGES: tuple[Lang, ...] = ("ja", "en")

_WRITTEN = "**"
_SET_OFF = "\ue000"
"""Stands for ** of a text once its fields are filled, so that nothing filled in can set anything off.

No sound package and no link holds this sign: it is not printable.
"""


class Text:
    """The texts of one language. `t("menu.overview")`; named fields are filled: `t("x", n=3)`."""

    def __init__(self, lang: Lang, entries: Mapping[str, str]) -> None:
        self.lang: Lang = lang
        self._entries = {key: text.replace(_WRITTEN, _SET_OFF) for key, text in entries.items()}

    def __call__(self, key: str, **fields: object) -> str:
        """The text of a key; what it sets off is read with `emphasised`.

        Raises KeyError where the language has none or a field is missing.
        """
        return self._entries[key].format(**fields)

    def join(self, parts: list[str]) -> str:
        """Names in a row: 山口・群馬; Yamaguchi, Gunma."""
        return ("・" if self.lang == "ja" else ", ").join(parts)


def emphasised(text: str) -> list[tuple[str, bool]]:
    """The parts of a sentence that are not empty, and whether each is set off."""
    return [(part, bool(at % 2)) for at, part in enumerate(text.split(_SET_OFF)) if part]


def even(text: str) -> str:
    """A sentence with nothing set off."""
    return text.replace(_SET_OFF, "")


@cache
def texts(lang: Lang) -> Text:
    """The texts of a language, read once a process."""
    raw = resources.files("kenpo").joinpath("locale", f"{lang}.toml").read_text(encoding="utf-8")
    return Text(lang, entries(tomllib.loads(raw)))


def entries(tree: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """A tree of TOML tables as dotted keys."""
    flat: dict[str, str] = {}
    for key, value in tree.items():
        path = f"{prefix}{key}"
        flat |= entries(value, f"{path}.") if isinstance(value, Mapping) else {path: str(value)}
    return flat
