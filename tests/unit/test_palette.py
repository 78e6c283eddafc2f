"""Colours that stand for something stay apart for readers who see fewer of them.

Distances are CIEDE2000 after Machado's simulation (2009) at full severity. The floors are those the palette was
chosen with; 2 to 3 is about what an eye can tell apart side by side, marks far apart need several times that.
"""

from __future__ import annotations

from itertools import combinations

import pytest
from coloraide import Color

from kenpo.catalog import NATIONAL
from kenpo.charts.theme import PALETTE
from tests.builders import DATA, rows

SIGHTS = ("normal", "protan", "deutan", "tritan")
LIGHT, DARK = 0, 1
BRANCHES = {
    row["branch_id"]: (row["color_light"], row["color_dark"])
    for row in rows(DATA / "branches.csv")
    if row["color_light"] and row["branch_id"] != NATIONAL
}
"""Branches with a colour of their own. The nation is grey, and always a line or a word beside."""

FLOORS = {
    ("branches", LIGHT): (21.6, 17.7, 17.0, 19.3),
    ("branches", DARK): (22.5, 16.1, 14.7, 17.2),
    ("verdicts", LIGHT): (50.4, 27.5, 36.9, 56.2),
    ("verdicts", DARK): (52.5, 16.8, 27.3, 62.2),
}
"""Least distance by sight, in the order of SIGHTS."""
BESIDE = 12.1
"""Least distance of a branch from a verdict, for any sight, in the light theme."""
ROUNDED = 0.05


def seen(color: str, sight: str) -> Color:
    """A colour as an eye with that sight has it."""
    if sight == "normal":
        return Color(color)
    return Color(color).filter(sight, 1, method="machado").clip("srgb")


def apart(one: str, other: str, sight: str) -> float:
    return float(seen(one, sight).delta_e(seen(other, sight), method="2000"))


def colors(group: str, theme: int) -> list[str]:
    if group == "branches":
        return [pair[theme] for pair in BRANCHES.values()]
    return [PALETTE[name][theme] for name in ("achieved", "not_achieved")]


def test_the_distance_is_ciede2000_and_the_simulation_machados() -> None:
    # The first published test pair of CIEDE2000; linear red through the first column of the protan matrix.
    one, other = Color("lab-d65", [50, 2.6772, -79.7751]), Color("lab-d65", [50, 0, -82.7485])
    assert one.delta_e(other, method="2000") == pytest.approx(2.0425, abs=0.0001)
    assert seen("#FF0000", "protan").convert("srgb").to_string(hex=True) == "#6d5f00"


def test_red_and_green_of_one_lightness_come_together_without_their_cones() -> None:
    assert apart("#C0504D", "#6E8B3D", "normal") > 40
    assert apart("#C0504D", "#6E8B3D", "deutan") < 12


@pytest.mark.parametrize(("at", "sight"), list(enumerate(SIGHTS)), ids=SIGHTS)
@pytest.mark.parametrize(("group", "theme"), list(FLOORS), ids=[f"{g}-{('light', 'dark')[t]}" for g, t in FLOORS])
def test_colours_stay_apart(group: str, theme: int, at: int, sight: str) -> None:
    shown = colors(group, theme)
    assert len(shown) == (5 if group == "branches" else 2)
    nearest = min(apart(one, other, sight) for one, other in combinations(shown, 2))
    assert nearest >= FLOORS[group, theme][at] - ROUNDED


@pytest.mark.parametrize("sight", SIGHTS)
def test_a_branch_is_not_taken_for_a_verdict(sight: str) -> None:
    nearest = min(apart(b, v, sight) for b in colors("branches", LIGHT) for v in colors("verdicts", LIGHT))
    assert nearest >= BESIDE - ROUNDED
