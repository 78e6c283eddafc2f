"""The package while the app runs: opened once, anew when its files change, and the last sound one stays."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from kenpo.clock import JAPAN
from kenpo.files import Contents, Problem
from kenpo.keeper import CONTENTS_SECONDS, Keeper, Served, changed_files
from kenpo.package import Package, UnsoundError
from tests import builders

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=JAPAN)
WRONG = Problem("digits", "observations.csv", 34, "value")


@dataclass
class World:
    """A folder of one file in memory, a clock, and an opening that counts."""

    holds: str = "sound 1"
    stamped: int = 1
    seconds: float = 0.0
    openings: list[str] = field(default_factory=list)
    during: Callable[[], None] = lambda: None
    """What happens to the folder while it is being opened."""

    def put(self, text: str, *, unnoticed: bool = False) -> None:
        """Another content; unnoticed where size and times are those of before."""
        self.holds = text
        self.stamped += not unnoticed

    def opening(self, folder: Path, contents: Contents, opened: datetime) -> Package:
        said = dict(contents)["a"]
        self.openings.append(said)
        self.during()
        if not said.startswith("sound"):
            raise UnsoundError((WRONG,))
        return Package(folder, contents, opened, cast("Any", None), cast("Any", None))

    def keeper(self) -> Keeper:
        return Keeper(
            Path("folder"),
            opening=self.opening,
            stamp=lambda _: (("a", (self.stamped,)),),
            contents=lambda _: (("a", self.holds),),
            seconds=lambda: self.seconds,
            moment=lambda: NOON + timedelta(seconds=self.seconds),
        )


def held(served: Served) -> str:
    return dict(served.package.contents)["a"]


def test_a_package_is_opened_once() -> None:
    world = World()
    keeper = world.keeper()
    first = keeper.served()
    assert first.refusal is None
    assert first.package.opened == NOON
    assert all(keeper.served().package is first.package for _ in range(3))
    assert world.openings == ["sound 1"]


def test_another_content_is_opened_at_once() -> None:
    world = World()
    keeper = world.keeper()
    before = keeper.served().package
    world.put("sound 2")
    after = keeper.served().package
    assert (held(keeper.served()), world.openings) == ("sound 2", ["sound 1", "sound 2"])
    assert before.stamp != after.stamp


def test_files_that_are_only_touched_are_no_other_package() -> None:
    world = World()
    keeper = world.keeper()
    before = keeper.served().package
    world.put("sound 1")
    assert keeper.served().package is before
    assert world.openings == ["sound 1"]


def test_what_size_and_times_do_not_tell_is_seen_within_a_minute() -> None:
    world = World()
    keeper = world.keeper()
    keeper.served()
    world.put("sound 2", unnoticed=True)
    world.seconds = CONTENTS_SECONDS - 1
    assert held(keeper.served()) == "sound 1"
    world.seconds = CONTENTS_SECONDS
    assert held(keeper.served()) == "sound 2"


def test_the_contents_are_looked_at_at_most_once_a_minute() -> None:
    world, looks = World(), []
    keeper = world.keeper()
    keeper.contents = lambda _: looks.append(world.seconds) or (("a", world.holds),)  # type: ignore[func-returns-value]
    for second in range(0, 180, 10):
        world.seconds = float(second)
        keeper.served()
    # Before and after the opening, then once a minute.
    assert looks == [0.0, 0.0, 60.0, 120.0]


def test_without_any_sound_package_every_problem_is_told() -> None:
    keeper = World("broken").keeper()
    with pytest.raises(UnsoundError) as refused:
        keeper.served()
    assert refused.value.problems == (WRONG,)


def test_a_refusal_is_remembered_by_the_files() -> None:
    world = World("broken")
    keeper = world.keeper()
    for _ in range(5):
        with pytest.raises(UnsoundError):
            keeper.served()
    assert world.openings == ["broken"]
    world.put("sound 1")
    assert held(keeper.served()) == "sound 1"


def test_the_last_sound_package_stays_and_since_when_is_known() -> None:
    world = World()
    keeper = world.keeper()
    sound = keeper.served().package
    world.seconds = 100
    world.put("broken")
    served = keeper.served()
    assert served.package is sound
    assert served.refusal is not None
    assert (served.refusal.problems, served.refusal.since) == ((WRONG,), NOON + timedelta(seconds=100))
    world.seconds = 120
    assert keeper.served() == served
    assert world.openings == ["sound 1", "broken"]


def test_since_when_is_when_the_first_of_several_was_refused() -> None:
    world = World()
    keeper = world.keeper()
    keeper.served()
    for second in (100, 200):
        world.seconds = second
        world.put(f"broken {second}")
        served = keeper.served()
    assert served.refusal is not None
    assert served.refusal.since == NOON + timedelta(seconds=100)


@pytest.mark.parametrize("text", ["sound 1", "sound 2"], ids=["put back", "mended"])
def test_a_refusal_ends_with_a_sound_package(text: str) -> None:
    world = World()
    keeper = world.keeper()
    keeper.served()
    world.put("broken")
    assert keeper.served().refusal
    world.put(text)
    assert (held(keeper.served()), keeper.served().refusal) == (text, None)
    # What was put back is still open.
    assert world.openings == ["sound 1", "broken", *(["sound 2"] if text == "sound 2" else [])]


def test_a_folder_that_is_written_to_meanwhile_is_opened_again() -> None:
    world = World()
    world.during = lambda: world.put("sound 2")
    assert held(world.keeper().served()) == "sound 2"
    assert world.openings == ["sound 1", "sound 2"]


def test_a_folder_that_never_rests_is_not_shown_and_looked_at_again() -> None:
    world = World()
    turns = iter(range(100))
    world.during = lambda: world.put(f"sound {next(turns)} more")
    keeper = world.keeper()
    with pytest.raises(UnsoundError) as refused:
        keeper.served()
    assert [problem.rule for problem in refused.value.problems] == ["changing"]
    world.during = lambda: None
    assert held(keeper.served()) == "sound 2 more"


def test_a_folder_that_never_rests_leaves_the_last_sound_package() -> None:
    world = World()
    keeper = world.keeper()
    sound = keeper.served().package
    turns = iter(range(100))
    world.during = lambda: world.put(f"sound {next(turns)} more")
    world.put("sound 2")
    served = keeper.served()
    assert served.package is sound
    assert served.refusal is not None
    assert [problem.rule for problem in served.refusal.problems] == ["changing"]


# --- many readers ----------------------------------------------------------------------------------


def test_two_readers_at_once_open_it_once() -> None:
    world, inside = World(), threading.Event()
    go = threading.Event()

    def during() -> None:
        inside.set()
        assert go.wait(10)

    world.during = during
    keeper = world.keeper()
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(keeper.served)
        assert inside.wait(10)
        second = pool.submit(keeper.served)
        assert not second.done()
        go.set()
        assert first.result(10).package is second.result(10).package
    assert world.openings == ["sound 1"]


def test_who_has_a_package_to_show_does_not_wait_for_the_next() -> None:
    world = World()
    keeper = world.keeper()
    sound = keeper.served().package
    inside, go = threading.Event(), threading.Event()

    def during() -> None:
        inside.set()
        assert go.wait(10)

    world.during = during
    world.put("sound 2")
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(keeper.served)
        assert inside.wait(10)
        assert pool.submit(keeper.served).result(10).package is sound
        go.set()
        assert held(first.result(10)) == "sound 2"
    assert world.openings == ["sound 1", "sound 2"]


def test_a_hundred_readers_of_a_refused_package_check_it_once() -> None:
    world = World("broken")
    keeper = world.keeper()
    start = threading.Barrier(8)

    def ask() -> int:
        start.wait(10)
        refused = 0
        for _ in range(13):
            try:
                keeper.served()
            except UnsoundError:
                refused += 1
        return refused

    with ThreadPoolExecutor(8) as pool:
        assert [future.result(30) for future in [pool.submit(ask) for _ in range(8)]] == [13] * 8
    assert world.openings == ["broken"]


# --- on a disk -------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return builders.package(tmp_path / "data")


def first_branch(served: Served) -> str:
    return next(iter(served.package.catalog.branches.values())).name["en"]


def edit(folder: Path, old: str = "National", new: str = "Whole nation") -> None:
    path = folder / "branches.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


def test_an_edit_is_seen_and_a_destroyed_table_leaves_the_last_good_one(folder: Path) -> None:
    keeper = Keeper(folder)
    before = first_branch(keeper.served())
    edit(folder, before, "Whole nation")
    assert first_branch(keeper.served()) == "Whole nation"
    (folder / "branches.csv").write_text("broken", encoding="utf-8")
    served = keeper.served()
    assert first_branch(served) == "Whole nation"
    assert served.refusal
    assert {problem.file for problem in served.refusal.problems} == {"branches.csv"}


def test_a_folder_that_is_taken_away_leaves_the_last_good_one(folder: Path) -> None:
    keeper = Keeper(folder)
    sound = keeper.served().package
    folder.rename(folder.with_name("away"))
    served = keeper.served()
    assert served.package is sound
    assert served.refusal
    assert [problem.rule for problem in served.refusal.problems] == ["no_folder"]
    folder.with_name("away").rename(folder)
    assert keeper.served() == Served(sound)


def test_another_folder_put_in_its_place_is_opened(folder: Path) -> None:
    keeper = Keeper(folder)
    before = first_branch(keeper.served())
    beside = builders.package(folder.with_name("beside"))
    edit(beside, before, "Whole nation")
    folder.rename(folder.with_name("before"))
    beside.rename(folder)
    assert first_branch(keeper.served()) == "Whole nation"


def test_a_copy_that_keeps_size_and_times_is_seen_within_a_minute(folder: Path) -> None:
    seconds = [0.0]
    # A disk whose times say nothing.
    keeper = Keeper(folder, stamp=lambda _: (), seconds=lambda: seconds[0])
    before = first_branch(keeper.served())
    edit(folder, before, before[::-1])
    assert first_branch(keeper.served()) == before
    seconds[0] += CONTENTS_SECONDS
    assert first_branch(keeper.served()) == before[::-1]


def test_the_time_of_a_package_is_that_of_japan(folder: Path) -> None:
    opened = Keeper(folder).served().package.opened
    assert opened.utcoffset() == timedelta(hours=9)
    assert abs(opened - datetime.now(UTC)) < timedelta(minutes=5)


# --- what changed ----------------------------------------------------------------------------------


def test_files_that_came_went_or_changed_are_named_in_order() -> None:
    before = (("a", "1"), ("b", "2"), ("c", "3"))
    after = (("a", "1"), ("d", "4"), ("b", "5"))
    assert changed_files(before, after) == ["d", "b", "c"]
    assert changed_files(before, before) == []
