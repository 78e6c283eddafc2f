"""Fair peers: Yamaguchi's five worked from the paper of FY2026, and the rules of a distance."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kenpo import peers
from kenpo.peers import Peer, Peers, Profile
from tests import official

D = Decimal


def known(rate_year: int = 2026) -> dict[str, Profile]:
    subscribers = {
        (row["branch_id"], row["age_band"]): row["hundreds"]
        for row in official.rows("subscribers.csv")
        if row["fiscal_year"] == rate_year
    }
    pay = {
        row["branch_id"]: row["amount_million_yen"]
        for row in official.rows("remuneration.csv")
        if row["fiscal_year"] == rate_year
    }
    return peers.profiles(subscribers, pay, official.branches())


def found(branch: str) -> Peers:
    group = peers.peers(known(), branch)
    assert group is not None
    return group


def test_a_profile() -> None:
    # 山口, FY2026: 329 + 402 + 427 + 352 = 1,510 aged 40–59; 308 + 235 + 150 = 693 aged 60–74; of 3,998 hundred people.
    profile = known()["yamaguchi"]
    assert profile == Profile(D(3998), D(2203), D(693), D(1108790))
    assert profile.variables == pytest.approx((8.29355, 0.55103, 0.17334, 277.336), abs=5e-4)


def test_the_peers_of_yamaguchi() -> None:
    group = found("yamaguchi")
    assert [(peer.branch, round(peer.distance, 3)) for peer in group.nearest] == [
        ("tochigi", 0.756),
        ("toyama", 0.918),
        ("yamanashi", 1.012),
        ("nagano", 1.061),
        ("niigata", 1.066),
    ]
    assert group.near
    assert group.group == ("yamaguchi", "tochigi", "toyama", "yamanashi", "nagano", "niigata")


def test_who_has_no_near_peer() -> None:
    far = {branch: round(found(branch).nearest[0].distance, 2) for branch in known() if not found(branch).near}
    assert far == {"hokkaido": 1.88, "akita": 1.99, "tokyo": 1.91, "fukuoka": 1.11, "okinawa": 2.52}


@pytest.mark.parametrize(("fiscal_year", "papers"), [(2024, 2026), (2020, 2022), (2025, 2026), (2016, 2026)])
def test_the_papers_are_those_of_two_years_on_or_the_latest(fiscal_year: int, papers: int) -> None:
    assert peers.papers_of(fiscal_year, range(2019, 2027)) == papers
    assert peers.papers_of(fiscal_year, ()) is None


def test_too_few_profiles_make_no_peers() -> None:
    few = dict(list(known().items())[:5])
    assert peers.peers(few, "hokkaido") is None
    assert peers.peers(known(), "national") is None
    assert peers.peers(dict(list(known().items())[:6]), "hokkaido") is not None


def test_a_missing_figure_leaves_no_profiles() -> None:
    bands = ("total", "40-44", "45-49", "50-54", "55-59", "60-64", "65-69", "70-74")
    subscribers = {("oita", band): D(800 if band == "total" else 50) for band in bands}
    assert peers.profiles(subscribers, {"oita": D(9)}, ("oita",)) == {"oita": Profile(D(800), D(350), D(150), D(9))}
    for band in bands:
        cut = {key: value for key, value in subscribers.items() if key[1] != band}
        assert peers.profiles(cut, {"oita": D(9)}, ("oita",)) == {}
    assert peers.profiles(subscribers, {}, ("oita",)) == {}
    assert peers.profiles({**subscribers, ("oita", "total"): D(0)}, {"oita": D(9)}, ("oita",)) == {}


GROUP = Peers("own", tuple(Peer(name, 0.5) for name in "abcde"))
VALUES = {"own": D("9.9"), "a": D("10.0"), "b": D("9.8"), "c": D("9.9"), "d": D("10.1"), "e": D("10.2"), "f": D(1)}


def test_the_rank_among_six_knows_the_direction() -> None:
    assert peers.rank_in_group(VALUES, GROUP, "lower") == (2, 6)
    assert peers.rank_in_group(VALUES, GROUP, "higher") == (4, 6)
    assert peers.rank_in_group(VALUES, GROUP, "neutral") is None
    assert peers.rank_in_group({**VALUES, "own": D("9.7")}, GROUP, "lower") == (1, 6)


def test_a_missing_figure_gives_no_rank_and_no_mean() -> None:
    without = {name: value for name, value in VALUES.items() if name != "c"}
    assert peers.rank_in_group(without, GROUP, "lower") is None
    assert peers.peer_mean(without, GROUP) is None


def test_the_mean_of_the_peers_leaves_oneself_out() -> None:
    assert peers.peer_mean(VALUES, GROUP) == D("10.0")
    assert peers.peer_mean({**VALUES, "own": D(0)}, GROUP) == D("10.0")


def test_equal_distances_keep_the_branches_order() -> None:
    same = Profile(D(100), D(50), D(20), D(30))
    level = dict.fromkeys("abcdefg", same)
    group = peers.peers(level, "c")
    assert group == Peers("c", tuple(Peer(name, 0.0) for name in "abdef"))


@st.composite
def some_profiles(draw: st.DrawFn) -> dict[str, Profile]:
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    wide = draw(st.sampled_from([1, 10, 5000]))
    count = draw(st.integers(6, 47))
    totals = 6000 + rng.integers(0, wide, count)
    return {
        f"branch_{at:02}": Profile(
            D(int(total)), D(int(2000 + rng.integers(0, wide))), D(int(900 + at % 3)), D(int(total * 250))
        )
        for at, total in enumerate(totals)
    }


@given(some_profiles())
@settings(deadline=None)
def test_peers_are_five_others_by_a_symmetric_distance(profiles: dict[str, Profile]) -> None:
    apart = peers.distances(profiles)
    for branch in profiles:
        group = peers.peers(profiles, branch)
        assert group is not None
        names = [peer.branch for peer in group.nearest]
        assert len(set(names)) == 5
        assert branch not in names
        assert all(peer.distance >= 0 for peer in group.nearest)
        assert [peer.distance for peer in group.nearest] == sorted(apart[branch].values())[:5]
        assert all(apart[branch][other] == apart[other][branch] for other in apart[branch])
