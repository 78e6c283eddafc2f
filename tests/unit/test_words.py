"""Text from outside as Markdown: escaped to the letter, and parted where Streamlit looks after the escapes are gone."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenpo.text import Text
from kenpo.ui.words import plain, sentence, strong
from tests.hostile import BEGINNINGS, TRICKS
from tests.reading import read

FOUND_AFTER_ESCAPES = re.compile(
    r":material_\w+:|:streamlit:|:[\w-]+:|:\+1:|https?://|www\.|[-.\w+]+@[-\w]|<->|->|<-|--|>=|<=|~=",
    re.ASCII | re.IGNORECASE,
)
"""What Streamlit 1.67 and GitHub's autolinks look for in finished text nodes, as read in its frontend."""


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("山口", "山口"),
        ("58.0% (+6.3) #1 & 2: a-b", "58.0% (+6.3) #1 \\& 2: a-b"),
        ("**b** _i_", r"\*\*b\*\* \_i\_"),
        (":red[r] :red", r"\:red\[r\] \:red"),
        ("http://a", r"http\::color[]//a"),
        ("www.a", r"www:color[].a"),
        ("a@b", r"a:color[]@b"),
        (":tada:", r"\::color[]tada\:"),
        (":material/x", r"\::color[]material/x"),
        ("a -> b", r"a -:color[]\> b"),
        ("# one", r"\# one"),
        ("#1", "#1"),
        ("- one", r"\- one"),
        ("-1", "-1"),
        ("+ one", r"\+ one"),
        ("1. one", r"1\. one"),
        ("20) one", r"20\) one"),
        ("1.5", "1.5"),
        ("> one", r"\> one"),
        ("=", r"\="),
        ("one\ntwo\r\n\n# three", "one two # three"),
        ("one\n\n    code\u2028two", "one code two"),
        ("", ""),
    ],
)
def test_every_sign_that_acts_is_escaped_or_parted(text: str, markdown: str) -> None:
    assert plain(text) == markdown


LETTERS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]))


@given(LETTERS | st.lists(st.sampled_from(TRICKS)).map("".join))
def test_no_letter_is_lost_and_nothing_is_left_to_be_found(text: str) -> None:
    assert read(plain(text)) == text
    for node in plain(text).split(":color[]"):
        assert not FOUND_AFTER_ESCAPES.search(read(node))


@given(st.sampled_from(BEGINNINGS), st.sampled_from(TRICKS))
def test_nothing_begins_a_block(beginning: str, trick: str) -> None:
    block = r"#+(\s|$)|[>|`~*=]|[+-](\s|$)|--|\d+[.)](\s|$)|::|\s"
    assert not re.match(block, plain(f"{beginning}{trick}"))


def test_strong_text_is_set_off_as_a_whole() -> None:
    assert strong("a**b") == r"**a\*\*b**"


def test_only_the_words_of_the_app_set_off() -> None:
    t = Text("en", {"worst": "Worst: **{name}** of {name}."})
    assert sentence(t("worst", name="x** y **z")) == r"Worst: **x\*\* y \*\*z** of x\*\* y \*\*z."


def test_a_name_cannot_set_off_what_follows_it() -> None:
    t = Text("ja", {"title": "{name}は{n}指標"})
    assert sentence(t("title", name="山**口", n=3)) == r"山\*\*口は3指標"
