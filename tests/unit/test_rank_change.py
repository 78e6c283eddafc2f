"""What changed a rank, split by hand; and that own and others always make the whole change."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenpo.rank_change import RankChange, rank_change
from tests.official import history, scored

D = Decimal


def values(**said: str) -> dict[str, Decimal]:
    return {name: D(value) for name, value in said.items()}


def test_a_better_value_and_a_worse_rank() -> None:
    # 60.4 among the old 61.0, 60.5, 60.3, 59.0: third, one place better; the others then rise past it.
    before = values(own="60.0", a="61.0", b="60.5", c="60.3", d="59.0")
    after = values(own="60.4", a="61.0", b="60.9", c="60.8", d="60.6")
    assert rank_change(before, after, "own", "higher") == RankChange(4, 5, own=-1, others=2, value=D("0.4"))


def test_where_less_is_better() -> None:
    before = values(own="10.0", a="9.9", b="10.1")
    after = values(own="9.8", a="9.9", b="9.7")
    found = rank_change(before, after, "own", "lower")
    assert found == RankChange(2, 2, own=-1, others=1, value=D("-0.2"))
    assert found.places == 0


def test_ties_share_a_rank() -> None:
    before = values(own="1", a="1", b="2")
    assert rank_change(before, values(own="2", a="1", b="2"), "own", "higher") == RankChange(2, 1, -1, 0, D(1))


def test_an_indicator_of_yamaguchi() -> None:
    # Checkups FY2023 → FY2024: 57.1 → 60.8.
    before = {branch: scored(2024).before[branch]["checkup"] for branch in history().branches}
    after = {branch: scored(2024).now[branch]["checkup"] for branch in history().branches}
    found = rank_change(before, after, "yamaguchi", "higher")
    assert found is not None
    assert (found.value, found.after) == (D("3.7"), 27)
    assert found.before + found.own + found.others == found.after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (values(own="1", a="2"), values(own="1", b="2")),
        (values(own="1", a="2"), values(own="1")),
        (values(a="1", b="2"), values(a="1", b="2")),
        (values(own="1"), values(own="2")),
    ],
)
def test_other_branches_make_no_split(before: dict[str, Decimal], after: dict[str, Decimal]) -> None:
    assert rank_change(before, after, "own", "higher") is None


def test_a_neutral_measure_has_no_rank() -> None:
    assert rank_change(values(own="1", a="2"), values(own="2", a="1"), "own", "neutral") is None


FIGURES = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=2, max_size=47)


@given(FIGURES, st.sampled_from(["higher", "lower"]))
def test_own_and_others_make_the_change(pairs: list[tuple[int, int]], direction: Literal["higher", "lower"]) -> None:
    before = {str(at): D(old) for at, (old, _) in enumerate(pairs)}
    after = {str(at): D(new) for at, (_, new) in enumerate(pairs)}
    found = rank_change(before, after, "0", direction)
    assert found is not None
    assert found.own + found.others == found.places == found.after - found.before
    if found.value == 0:
        assert found.own == 0
    still = rank_change(before, {**before, "0": after["0"]}, "0", direction)
    assert still is not None
    assert (still.own, still.others) == (found.own, 0)
