"""The words of the pages: kenpo/locale/ja.toml and en.toml, looked up by dotted key."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from kenpo.catalog import Lang

LANGUAGES: tuple[Lang, ...] = ("ja", "en")


class Text:
    """The texts of one language. `t("menu.overview")`; named fields are filled: `t("x", n=3)`."""

    def __init__(self, lang: Lang, entries: Mapping[str, str]) -> None:
        self.lang: Lang = lang
        self._entries = entries

    def __call__(self, key: str, **fields: object) -> str:
        """The text of a key. Raises KeyError where the language has none or a field is missing."""
        return self._entries[key].format(**fields)

    def join(self, parts: list[str]) -> str:
        """Names in a row: 山口・群馬; Yamaguchi, Gunma."""
        return ("・" if self.lang == "ja" else ", ").join(parts)


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
