"""A reader without a browser: speaks Streamlit's own websocket protocol, sends what a widget would, counts the bytes.

Only the widget that moved is sent; the others stay as the server knows them, which the protocol allows.
"""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState, ContextInfo
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

ANSWER_SECONDS = 60

MEASURE = "lifestyle_checkup_rate"
"""Of which the target moves on the What-if page."""

_CONTEXT = ContextInfo(timezone="Asia/Tokyo", timezone_offset=-540, locale="ja-JP", color_scheme="light")


class BrokenPageError(Exception):
    """The page answered with an error or without the widget that was to move."""


@dataclass(frozen=True, slots=True)
class Address:
    """A page of a server: its websocket, the page's name in the link ("" is the first one) and the link's query."""

    stream: str
    page: str = ""
    query: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a change cost."""

    ms: float
    """From the message sent to the end of the run it caused, the whole page included where that follows."""
    size: int
    """Bytes of the messages that came back, before the websocket compresses them."""


class Handle(Protocol):
    """The widget that moves."""

    id: str

    def state(self, step: int, *, done: bool) -> WidgetState:
        """What the browser would say when the widget moves for the nth time; `done` when it comes to rest."""

    def after(self) -> WidgetState | None:
        """What it says of itself when a widget at rest has been drawn; None for nothing."""


@dataclass(slots=True)
class NumberHandle:
    """The floor's number field."""

    id: str

    def state(self, step: int, *, done: bool) -> WidgetState:
        """Up and down by one."""
        del done
        return WidgetState(id=self.id, int_value=50 + step % 2)

    def after(self) -> None:
        """The whole answer is the one that was drawn."""


@dataclass(slots=True)
class GridHandle:
    """The target of one measure in the What-if grid."""

    id: str
    rev: int
    low: float
    step: float
    grain: int
    count: int = 0
    frame: str = ""
    said: dict[str, object] = field(default_factory=dict)

    def state(self, step: int, *, done: bool) -> WidgetState:
        """The next of twenty values in turn, in the words of kenpo/ui/components/grid.js."""
        self.count += 1
        value = f"{self.low + (1 + step % 20) * self.step:.{self.grain}f}"
        self.said = {"rev": self.rev, "count": self.count, "values": {MEASURE: value}, "moved": MEASURE, "done": done}
        self.said["frame"] = self.frame
        return WidgetState(id=self.id, json_value=json.dumps({"targets": self.said}))

    def after(self) -> WidgetState:
        """Asks for the rest of the page."""
        return WidgetState(id=self.id, json_value=json.dumps({"targets": self.said, "drawn": self.count}))


def number_handle(element: Element) -> Handle | None:
    """The floor's widget, if the element is it."""
    return NumberHandle(element.number_input.id) if element.WhichOneof("type") == "number_input" else None


def grid_handle(element: Element) -> Handle | None:
    """The What-if grid, if the element is it and holds the measure."""
    if element.WhichOneof("type") != "bidi_component":
        return None
    data = json.loads(element.bidi_component.json or "{}")
    for row in data.get("rows", ()):
        if isinstance(row, Mapping) and row.get("id") == MEASURE:
            return GridHandle(
                element.bidi_component.id,
                data["rev"],
                row["low"],
                row["step"],
                row["grain"],
                data.get("echo", 0),
                data["frame"],
            )
    return None


def rerun(address: Address, script: str, fragment: str, cached: list[str], state: WidgetState | None) -> BackMsg:
    """The message a browser sends when a widget has moved, or without one when it opens the page."""
    client = ClientState(
        query_string=address.query,
        page_script_hash=script,
        page_name="" if script else address.page,
        fragment_id=fragment,
        cached_message_hashes=cached,
        context_info=_CONTEXT,
    )
    client.widget_states.CopyFrom(WidgetStates(widgets=[state] if state else []))
    return BackMsg(rerun_script=client)


@dataclass(slots=True)
class Session:
    """One reader on one page."""

    connection: ClientConnection
    address: Address
    find: Callable[[Element], Handle | None] | None
    """What knows the handle by its element; None for a reader who only looks."""
    handle: Handle | None = None
    script: str = ""
    fragment: str = ""
    cached: list[str] = field(default_factory=list)
    steps: int = 0

    async def open(self) -> Answer:
        """Opens the page; afterwards its handle is known. Raises BrokenPageError where there is none."""
        answer = await self._asked(None)
        if self.find and self.handle is None:
            raise BrokenPageError(f"no handle on /{self.address.page}?{self.address.query}")
        return answer

    async def move(self, *, done: bool = False) -> Answer:
        """Moves the handle one step; `done` says that it was released or typed there."""
        if self.handle is None:
            raise BrokenPageError("open the page first")
        self.steps += 1
        answer = await self._asked(self.handle.state(self.steps, done=done))
        rest = self.handle.after() if done else None
        if rest is None:
            return answer
        follows = await self._asked(rest)
        return Answer(answer.ms + follows.ms, answer.size + follows.size)

    async def _asked(self, state: WidgetState | None) -> Answer:
        message = rerun(self.address, self.script, self.fragment if state else "", self.cached, state)
        started = time.perf_counter()
        await self.connection.send(message.SerializeToString())
        size = 0
        seen: list[str] = []
        async with asyncio.timeout(ANSWER_SECONDS):
            while True:
                received = await self.connection.recv(decode=False)
                _acknowledge(self.connection)
                size += len(received)
                answer = ForwardMsg.FromString(received)
                if answer.WhichOneof("type") == "script_finished":
                    if answer.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                        continue
                    break
                self._heard(answer, seen)
        if answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
            self.cached = seen
        return Answer((time.perf_counter() - started) * 1000, size)

    def _heard(self, message: ForwardMsg, seen: list[str]) -> None:
        kind = message.WhichOneof("type")
        if kind == "ref_hash":
            seen.append(message.ref_hash)
        elif message.metadata.cacheable:
            seen.append(message.hash)
        if kind == "new_session":
            self.script = message.new_session.page_script_hash
        elif kind == "navigation":
            self.script = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.address = Address(self.address.stream, self.address.page, message.page_info_changed.query_string)
        elif kind == "page_not_found":
            raise BrokenPageError(f"no page {self.address.page}")
        elif kind == "delta" and message.delta.HasField("new_element"):
            element = message.delta.new_element
            if element.WhichOneof("type") == "exception":
                raise BrokenPageError(element.exception.message)
            if self.find and self.handle is None and (found := self.find(element)):
                self.handle, self.fragment = found, message.delta.fragment_id


def _acknowledge(connection: ClientConnection) -> None:
    """Answers the kernel at once where it can be asked to (Linux).

    The server's socket holds small messages back until what was sent before is acknowledged, and a kernel that is
    asked again and again without a pause takes 40 ms to do so: neither page's fault.
    """
    quick = getattr(socket, "TCP_QUICKACK", None)
    if quick is not None:
        connection.transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, quick, 1)


@asynccontextmanager
async def session(address: Address, find: Callable[[Element], Handle | None] | None) -> AsyncIterator[Session]:
    """A reader with the page open; gone afterwards."""
    async with connect(address.stream, subprotocols=[Subprotocol("streamlit")], max_size=None) as connection:
        reader = Session(connection, address, find)
        await reader.open()
        yield reader
