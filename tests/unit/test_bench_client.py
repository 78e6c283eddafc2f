"""The bench's reader without a browser: the messages it sends, what it learns from the answers, what it counts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, cast

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection

from bench import client
from bench.client import Address, BrokenPageError, GridHandle, NumberHandle, Session, grid_handle, number_handle, rerun
from tests.loops import ran

PAGE = Address("ws://127.0.0.1:1/_stcore/stream", "what_if", "branch=yamaguchi")
ROW = {"id": client.MEASURE, "low": 45, "step": 0.5, "grain": 1}


def grid(rows: Sequence[dict[str, Any]] = (ROW,), rev: int = 3, echo: int = 7) -> Element:
    element = Element()
    element.bidi_component.id = "grid-id"
    element.bidi_component.json = json.dumps({"rows": rows, "rev": rev, "echo": echo, "frame": "f"})
    return element


def targets(state: WidgetState) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(state.json_value)["targets"]
    return said


# --- what is sent ----------------------------------------------------------------------------------


def test_a_page_is_opened_by_its_name_and_its_link() -> None:
    asked = rerun(PAGE, "", "", [], None).rerun_script
    assert (asked.page_name, asked.query_string) == ("what_if", "branch=yamaguchi")
    assert (asked.page_script_hash, asked.fragment_id) == ("", "")
    assert list(asked.widget_states.widgets) == []
    assert asked.HasField("widget_states")


def test_a_move_names_the_script_the_fragment_and_what_the_browser_still_has() -> None:
    state = NumberHandle("n").state(1, done=False)
    asked = rerun(PAGE, "script", "fragment", ["a", "b"], state).rerun_script
    assert (asked.page_script_hash, asked.fragment_id, asked.page_name) == ("script", "fragment", "")
    assert list(asked.cached_message_hashes) == ["a", "b"]
    assert [(w.id, w.int_value) for w in asked.widget_states.widgets] == [("n", 51)]


def test_the_grid_says_what_its_own_script_would_say() -> None:
    handle = GridHandle("g", rev=3, low=45, step=0.5, grain=1, count=7, frame="f")
    first, second = (handle.state(at, done=at == 2) for at in (1, 2))
    assert targets(first) == {
        "rev": 3,
        "count": 8,
        "values": {client.MEASURE: "46.0"},
        "moved": client.MEASURE,
        "done": False,
        "frame": "f",
    }
    assert (targets(second)["count"], targets(second)["values"]) == (9, {client.MEASURE: "46.5"})
    assert targets(second)["done"] is True


def test_no_two_moves_in_a_row_are_alike() -> None:
    handle = GridHandle("g", rev=0, low=45, step=0.5, grain=1)
    values = [targets(handle.state(at, done=False))["values"][client.MEASURE] for at in range(60)]
    assert all(a != b for a, b in pairwise(values))
    assert set(values) == {f"{45 + at / 2:.1f}" for at in range(1, 21)}


# --- what is found ---------------------------------------------------------------------------------


def test_the_grid_is_known_by_the_row_of_its_measure() -> None:
    assert grid_handle(grid()) == GridHandle("grid-id", 3, 45, 0.5, 1, 7, "f")
    assert grid_handle(grid(rows=[{"id": "other"}])) is None
    assert grid_handle(grid(rows=[])) is None
    assert grid_handle(Element()) is None


def test_the_floor_is_known_by_its_number_field() -> None:
    element = Element()
    element.number_input.id = "number-id"
    assert number_handle(element) == NumberHandle("number-id")
    assert number_handle(grid()) is None


# --- a conversation --------------------------------------------------------------------------------


class Server:
    """Answers every message with the next of the prepared lists."""

    transport = None

    def __init__(self, *answers: Sequence[ForwardMsg]) -> None:
        self.answers: list[list[bytes]] = [[message.SerializeToString() for message in answer] for answer in answers]
        self.heard: list[BackMsg] = []

    async def send(self, message: bytes) -> None:
        self.heard.append(BackMsg.FromString(message))

    async def recv(self, *, decode: bool) -> bytes:
        assert decode is False
        return self.answers[len(self.heard) - 1].pop(0)


def delta(element: Element, fragment: str = "", *, cacheable: str = "") -> ForwardMsg:
    message = ForwardMsg(hash=cacheable)
    message.metadata.cacheable = bool(cacheable)
    message.delta.new_element.CopyFrom(element)
    message.delta.fragment_id = fragment
    return message


def finished(status: ForwardMsg.ScriptFinishedStatus.ValueType = ForwardMsg.FINISHED_SUCCESSFULLY) -> ForwardMsg:
    return ForwardMsg(script_finished=status)


def started(script: str, *, navigated: str = "") -> list[ForwardMsg]:
    new, navigation = ForwardMsg(), ForwardMsg()
    new.new_session.page_script_hash = script
    navigation.navigation.page_script_hash = navigated
    return [new, navigation] if navigated else [new]


@pytest.fixture(autouse=True)
def _no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "_acknowledge", lambda connection: None)


def reader(server: Server) -> Session:
    return Session(cast("ClientConnection", server), PAGE, grid_handle)


def test_the_opened_page_is_what_the_next_move_speaks_of() -> None:
    opening = [*started("main", navigated="what-if"), delta(grid(), "live", cacheable="big"), finished()]
    moving = [*started("what-if"), delta(grid(), "live"), finished(ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)]
    sizes = [sum(len(message.SerializeToString()) for message in answer) for answer in (opening, moving)]
    server = Server(opening, moving)
    one = reader(server)

    async def talk() -> list[int]:
        return [(await one.open()).size, (await one.move()).size]

    assert ran(talk()) == sizes
    asked = server.heard[1].rerun_script
    assert (asked.page_script_hash, asked.fragment_id) == ("what-if", "live")
    assert list(asked.cached_message_hashes) == ["big"]
    assert targets(asked.widget_states.widgets[0])["rev"] == 3


def test_a_commit_ends_with_the_whole_page_and_moves_the_link() -> None:
    info, known = ForwardMsg(), ForwardMsg(ref_hash="big")
    info.page_info_changed.query_string = "branch=yamaguchi&t.x=60.0"
    early = finished(ForwardMsg.FINISHED_EARLY_FOR_RERUN)
    opening = [*started("what-if"), delta(grid(), "live", cacheable="big"), finished()]
    part = finished(ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
    commit = [*started("what-if"), info, delta(grid(), "live"), part]
    rest = [*started("what-if"), early, *started("what-if"), known, finished()]
    again = [*started("what-if"), part]
    server = Server(opening, commit, rest, again)
    one = reader(server)

    async def talk() -> None:
        await one.open()
        await one.move(done=True)
        await one.move()

    ran(talk())
    assert all(answer == [] for answer in server.answers)
    asked, last = (server.heard[at].rerun_script for at in (2, 3))
    assert json.loads(asked.widget_states.widgets[0].json_value)["drawn"] == 8
    assert last.query_string == "branch=yamaguchi&t.x=60.0"
    assert list(last.cached_message_hashes) == ["big"]


def test_a_page_without_the_handle_or_with_an_error_is_no_measurement() -> None:
    broken = Element()
    broken.exception.message = "division by zero"
    with pytest.raises(BrokenPageError, match="no handle on /what_if"):
        ran(reader(Server([*started("s"), finished()])).open())
    with pytest.raises(BrokenPageError, match="division by zero"):
        ran(reader(Server([*started("s"), delta(broken), finished()])).open())
    with pytest.raises(BrokenPageError, match="open the page first"):
        ran(reader(Server()).move())


def test_a_reader_who_only_looks_needs_no_handle() -> None:
    one = Session(cast("ClientConnection", Server([*started("s"), finished()])), PAGE, None)
    assert ran(one.open()).size > 0
    assert one.handle is None
