"""Labels beside marks: moved apart where they would run into each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

K = TypeVar("K")


def spread(places: Mapping[K, float], gap: float) -> dict[K, float]:
    """Places at least `gap` apart, in their order, each as near to its own as the others allow.

    Neighbours that are too near share their middle: the group keeps its centre.
    """
    groups: list[tuple[list[K], float]] = []
    for key, place in sorted(places.items(), key=lambda item: item[1]):
        groups.append(([key], place))
        while len(groups) > 1 and _overlap(groups[-2], groups[-1], gap):
            (lower, low), (upper, high) = groups[-2:]
            size = len(lower) + len(upper)
            groups[-2:] = [(lower + upper, (low * len(lower) + high * len(upper)) / size)]
    return {key: middle + gap * (at - (len(keys) - 1) / 2) for keys, middle in groups for at, key in enumerate(keys)}


def _overlap(lower: tuple[list[K], float], upper: tuple[list[K], float], gap: float) -> bool:
    top = lower[1] + gap * (len(lower[0]) - 1) / 2
    bottom = upper[1] - gap * (len(upper[0]) - 1) / 2
    return bottom - top < gap * 0.999999
