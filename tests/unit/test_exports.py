"""Rows as files for people: nothing acts as a formula, nothing is lost."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenpo.exports import csv_text, neutral


def read_back(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


# --- formulas --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠SUM(A1)",
        "=",
        '=HYPERLINK("http://example.com")',
        "-2.8",
        " =1+1",
        "\ufeff=1+1",
    ],
)
def test_a_text_that_would_be_a_formula_gets_an_apostrophe(cell: str) -> None:
    assert neutral(cell) == "'" + cell


@pytest.mark.parametrize(
    "cell",
    ["", "山口", "58.0%以上", "▲2.8", "−2.8", "1-2", "a=b", " ", "前年度以上", "'=1", "±0", "yamaguchi@example"],
)
def test_any_other_text_stays_as_it_is(cell: str) -> None:
    assert neutral(cell) == cell


@pytest.mark.parametrize("cell", [Decimal("-2.8"), Decimal("58.0"), -12167, 0, -0.5, None, True])
def test_what_is_no_text_stays_what_it_is(cell: object) -> None:
    assert neutral(cell) is cell


@given(st.text())
def test_no_text_leaves_as_a_formula(cell: str) -> None:
    kept = str(neutral(cell))
    assert not kept.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    assert kept.removeprefix("'") == cell.removeprefix("'")


# --- CSV -------------------------------------------------------------------------------------------


def test_rows_become_lines_under_a_header() -> None:
    rows = [{"branch": "yamaguchi", "gap": Decimal("-2.80")}, {"branch": "gunma", "gap": Decimal("0.0")}]
    assert csv_text(rows, ("branch", "gap")) == "branch,gap\nyamaguchi,-2.80\ngunma,0.0\n"


def test_no_rows_leave_the_header() -> None:
    assert csv_text([], ("branch", "gap")) == "branch,gap\n"


def test_columns_are_those_asked_for_in_that_order() -> None:
    assert csv_text([{"a": 1, "b": 2, "c": 3}], ("c", "a")) == "c,a\n3,1\n"


def test_a_column_a_row_does_not_have_is_an_error() -> None:
    with pytest.raises(KeyError, match="b"):
        csv_text([{"a": 1}], ("a", "b"))


def test_none_is_an_empty_cell() -> None:
    assert csv_text([{"a": None, "b": "x", "c": None}], ("a", "b", "c")) == "a,b,c\n,x,\n"


def test_a_text_cell_is_neutralised_and_a_number_is_not() -> None:
    assert csv_text([{"printed": "-2.8", "gap": Decimal("-2.8")}], ("printed", "gap")) == "printed,gap\n'-2.8,-2.8\n"


def test_a_header_is_neutralised_too() -> None:
    assert csv_text([{"=1+1": 1}], ("=1+1",)) == "'=1+1\n1\n"


def test_separators_and_quotes_are_quoted() -> None:
    row = {"printed": "88,299社", "note": 'says "met"'}
    assert csv_text([row], ("printed", "note")) == 'printed,note\n"88,299社","says ""met"""\n'


@pytest.mark.parametrize(
    "cell", ["a\nb", "a\r\nb", "a\rb", 'a","b', "a\r=1+1", "a\n=1+1"], ids=["LF", "CRLF", "CR", "quote", "CR=", "LF="]
)
def test_a_cell_stays_one_cell(cell: str) -> None:
    assert read_back(csv_text([{"a": cell, "b": "x"}], ("a", "b"))) == [["a", "b"], [cell, "x"]]


@given(st.lists(st.tuples(st.text("ab,\"'\n =-@山", max_size=6), st.none() | st.integers()), max_size=4))
def test_every_row_comes_back(table: list[tuple[str, int | None]]) -> None:
    rows = [{"text": text, "number": number} for text, number in table]
    expected = [[str(neutral(text)), "" if number is None else str(number)] for text, number in table]
    assert read_back(csv_text(rows, ("text", "number"))) == [["text", "number"], *expected]
