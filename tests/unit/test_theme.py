"""Colours carry meaning only if they can be read: contrast on both grounds."""

from __future__ import annotations

import pytest

from kenpo.charts.theme import PALETTE
from tests.builders import DATA, rows

GROUNDS = ("#FFFFFF", "#12171E")
TEXT, MARK = 4.5, 3.0
BRANCHES = [row for row in rows(DATA / "branches.csv") if row["color_light"]]


def luminance(color: str) -> float:
    channels = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("name", ["achieved", "not_achieved", "muted"])
@pytest.mark.parametrize("dark", [0, 1])
def test_status_words_can_be_read(name: str, dark: int) -> None:
    assert contrast(PALETTE[name][dark], GROUNDS[dark]) >= TEXT
    assert contrast(PALETTE[name][dark], PALETTE["ground"][dark]) >= TEXT


@pytest.mark.parametrize("branch", BRANCHES, ids=[row["branch_id"] for row in BRANCHES])
def test_branch_marks_can_be_seen(branch: dict[str, str]) -> None:
    assert contrast(branch["color_light"], GROUNDS[0]) >= MARK
    assert contrast(branch["color_dark"], GROUNDS[1]) >= MARK
