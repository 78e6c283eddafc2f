"""Labels are moved apart, and no further than they must."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenpo.views.labels import spread


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ({}, {}),
        ({"a": 5.0}, {"a": 5.0}),
        ({"a": 0.0, "b": 20.0}, {"a": 0.0, "b": 20.0}),
        ({"a": 10.0, "b": 10.0}, {"a": 5.0, "b": 15.0}),
        ({"a": 0.0, "b": 4.0, "c": 100.0}, {"a": -3.0, "b": 7.0, "c": 100.0}),
        ({"high": 4.0, "low": 0.0}, {"low": -3.0, "high": 7.0}),
        # Pushed apart, the first two reach the third, and all three share their middle.
        ({"a": 0.0, "b": 0.0, "c": 12.0}, {"a": -6.0, "b": 4.0, "c": 14.0}),
    ],
)
def test_labels_keep_their_middle(places: dict[str, float], expected: dict[str, float]) -> None:
    assert spread(places, 10) == pytest.approx(expected)


@given(st.lists(st.floats(-1000, 1000), min_size=1, max_size=9), st.floats(0.1, 300))
def test_labels_stand_apart_in_their_order_around_their_middle(ys: list[float], gap: float) -> None:
    found = spread(dict(enumerate(ys)), gap)
    order = sorted(found, key=lambda key: (found[key], key))
    placed = [found[key] for key in order]
    assert all(b - a >= gap * 0.9999 for a, b in itertools.pairwise(placed))
    assert [ys[key] for key in order] == pytest.approx(sorted(ys))
    assert sum(placed) == pytest.approx(sum(ys), abs=1e-6)
