"""The words of the pages: two languages, the same keys, nothing missing, nothing left over."""

from __future__ import annotations

import ast
import json
import re
import string
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path

import pytest

from kenpo.catalog import Lang
from kenpo.text import LANGUAGES, Text, entries, texts

ROOT = Path(__file__).resolve().parent.parent.parent


@cache
def tree(lang: Lang) -> dict[str, str]:
    raw = resources.files("kenpo").joinpath("locale", f"{lang}.toml").read_text(encoding="utf-8")
    return entries(tomllib.loads(raw))


KEYS = sorted(tree("ja"))


def python_files() -> list[Path]:
    return [ROOT / "app.py", *(ROOT / "kenpo").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


# --- the two files ---------------------------------------------------------------------------------


def test_both_languages_have_the_same_keys() -> None:
    assert tree("ja").keys() == tree("en").keys()
    assert len(KEYS) > 100


@pytest.mark.parametrize("key", KEYS)
def test_both_languages_fill_the_same_fields(key: str) -> None:
    assert placeholders(tree("ja")[key]) == placeholders(tree("en")[key])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_is_empty_or_padded(lang: Lang) -> None:
    assert [key for key, text in tree(lang).items() if not text or text != text.strip()] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_fields_have_names(lang: Lang) -> None:
    assert [key for key, text in tree(lang).items() if not all(map(str.isidentifier, placeholders(text)))] == []


# --- every key is used -----------------------------------------------------------------------------
#
# A key is used where the source holds it as a string, or an f-string that makes it: f"state.{cell.state}"
# makes "state.achieved" as the source also holds "achieved". What fills a hole must itself be a string or
# a whole number of the source, or be made the same way: f"type_{kind}"; or a value the schema of the data allows:
# f"incentive.{row['indicator']}".


class Source:
    def __init__(self, files: Iterable[Path]) -> None:
        self.words: set[str] = set()
        self.patterns: set[tuple[str, ...]] = set()
        for file in files:
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and type(node.value) in (str, int):
                    self.words.add(str(node.value))
                if isinstance(node, ast.JoinedStr):
                    self.patterns.add(tuple(str(p.value) if isinstance(p, ast.Constant) else "" for p in node.values))

    def says(self, word: str, *, whole: bool = True) -> bool:
        return word in self.words or any(self.makes(parts, word, whole=whole) for parts in self.patterns)

    def makes(self, parts: tuple[str, ...], word: str, *, whole: bool) -> bool:
        """Does this f-string make the word? Only one that begins with fixed text, or it would make any."""
        if not parts[0] or (whole and "." not in parts[0]):
            return False
        found = re.fullmatch("".join(re.escape(p) if p else "(.+)" for p in parts), word)
        return found is not None and all(hole in self.words or self.says(hole, whole=False) for hole in found.groups())


def allowed_values() -> set[str]:
    """Every value a field of the data may have where its schema lists them."""
    descriptor = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    fields = [field for resource in descriptor["resources"] for field in resource["schema"]["fields"]]
    return {str(value) for field in fields for value in field.get("constraints", {}).get("enum", ())}


@cache
def source() -> Source:
    found = Source(python_files())
    found.words |= allowed_values()
    return found


@pytest.mark.parametrize("key", KEYS)
def test_every_key_is_used(key: str) -> None:
    assert source().says(key)


def test_the_scan_knows_an_unused_key() -> None:
    assert not source().says("state.nobody_says_this")
    assert not source().says("nowhere.achieved")


def test_every_indicator_of_the_incentive_scheme_has_a_name() -> None:
    descriptor = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    (table,) = (r for r in descriptor["resources"] if r["name"] == "incentive_ranks")
    (field,) = (f for f in table["schema"]["fields"] if f["name"] == "indicator")
    assert {f"incentive.{value}" for value in field["constraints"]["enum"]} <= tree("ja").keys()


def asked() -> list[str]:
    """The keys the source asks a Text for by a whole string: t("link.ignored", …)."""
    found = set()
    for file in python_files():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called == "t":
                    found.add(str(node.args[0].value))
    return sorted(found)


def test_every_key_a_page_asks_for_exists() -> None:
    assert "control.year" in asked()
    assert [key for key in asked() if key not in tree("ja")] == []


# --- looking up ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "word"), [("ja", "概況"), ("en", "Overview")])
def test_a_text_is_looked_up_by_its_dotted_key(lang: Lang, word: str) -> None:
    assert texts(lang)("menu.overview") == word
    assert texts(lang).lang == lang


def test_fields_are_filled() -> None:
    assert texts("ja")("rule.at_least", value="67.5%") == "67.5%以上"
    assert texts("en")("rule.at_least", value="67.5%") == "at least 67.5%"


def test_braces_in_a_filled_value_stay_as_they_are() -> None:
    assert texts("en")("rule.at_least", value="{value}") == "at least {value}"


def test_a_missing_field_is_an_error_and_not_a_gap() -> None:
    with pytest.raises(KeyError, match="gap"):
        texts("ja")("overview.to_national", other="1")


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError, match="nowhere"):
        texts("ja")("menu.nowhere")


@pytest.mark.parametrize(
    ("lang", "parts", "joined"),
    [
        ("ja", ["山口", "群馬"], "山口・群馬"),
        ("en", ["Yamaguchi", "Gunma"], "Yamaguchi, Gunma"),
        ("ja", ["山口"], "山口"),
        ("en", [], ""),
    ],
)
def test_names_in_a_row(lang: Lang, parts: list[str], joined: str) -> None:
    assert Text(lang, {}).join(parts) == joined


def test_a_tree_becomes_dotted_keys() -> None:
    assert entries({"a": "1", "b": {"c": "2", "d": {"e": 3}}, "f": {}}) == {"a": "1", "b.c": "2", "b.d.e": "3"}
