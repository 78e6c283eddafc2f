"""Many readers at once, over the real protocol: how late an answer comes, how many come a second, what memory does.

The readers share the machine with the server, so that a machine with few cores shows the worst. They do what a browser
does on the What-if page: send a target on the move, which draws the part that follows it; or one that is released or
typed, which writes the link and draws the whole page.
"""

from __future__ import annotations

import asyncio
import gc
import random
import statistics
import time
from collections.abc import Callable
from contextlib import AsyncExitStack

from streamlit.proto.Element_pb2 import Element

from bench.client import Address, Handle, Session, grid_handle, number_handle, session
from bench.result import Bar, Result, quantile
from bench.server import APP, FLOOR, Server, server

PLAN = "branch=yamaguchi&fy=2024"
SESSIONS = {1: 15, 20: 8, 50: 8}
"""How many readers at once, and how many changes each makes."""
THINK_SECONDS = (1.0, 3.0)
SEED = 7

BURST_SESSIONS = 8
BURST_CHANGES = 40
BURST_ROUNDS = 3

MEMORY_CHANGES = 2000
MEMORY_WARM_UP = 400
MEMORY_SESSIONS = 10
RELEASE_EVERY = 10

Find = Callable[[Element], Handle | None]


def what_if(running: Server) -> Address:
    """The page that is asked."""
    return Address(running.stream, "what_if", PLAN)


def measure() -> list[Result]:
    """Answers of 1, 20 and 50 readers, throughput against the floor page, memory over many changes."""
    # The client must not pause in the middle of a measurement.
    gc.collect()
    gc.freeze()
    with server(APP) as app, server(FLOOR) as floor:
        return [
            *asyncio.run(_thinking(what_if(app))),
            asyncio.run(_bursts(what_if(app), Address(floor.stream))),
            *asyncio.run(_memory(app)),
        ]


# --- readers that think ----------------------------------------------------------------------------


async def _thinking(address: Address) -> list[Result]:
    results = []
    for done, name in ((False, "a move"), (True, "a committed change, whole page")):
        times = {readers: await _round(address, readers, done=done) for readers in SESSIONS}
        own = statistics.median(times[1])
        for readers in list(SESSIONS)[1:]:
            label = f"load: {name}, p95 of {readers} readers / median of one"
            bar = Bar(4) if readers == max(SESSIONS) else None
            results.append(Result(label, quantile(times[readers], 0.95), "ms", own, bar))
    return results


async def _round(address: Address, readers: int, *, done: bool) -> list[float]:
    """Every answer in ms, of so many readers."""
    async with AsyncExitStack() as stack:
        opened = await _opened(stack, address, grid_handle, readers)
        # Once together and untimed, so that what is made once a process is made.
        await asyncio.gather(*(reader.move(done=done) for reader in opened))
        each = await asyncio.gather(*(_reader(one, SESSIONS[readers], at, done=done) for at, one in enumerate(opened)))
    return [ms for times in each for ms in times]


async def _opened(stack: AsyncExitStack, address: Address, find: Find, readers: int) -> list[Session]:
    """One after the other: all at once would measure the opening."""
    return [await stack.enter_async_context(session(address, find)) for _ in range(readers)]


async def _reader(reader: Session, changes: int, at: int, *, done: bool) -> list[float]:
    chance = random.Random(SEED + at)  # noqa: S311  think time, no secret
    times = []
    for _ in range(changes):
        await asyncio.sleep(chance.uniform(*THINK_SECONDS))
        times.append((await reader.move(done=done)).ms)
    return times


# --- readers that do not ---------------------------------------------------------------------------


async def _bursts(app: Address, floor: Address) -> Result:
    rates: dict[Address, list[float]] = {app: [], floor: []}
    for _ in range(BURST_ROUNDS):
        for address, find in ((app, grid_handle), (floor, number_handle)):
            rates[address].append(await _burst(address, find))
    taken, least = statistics.median(rates[app]), statistics.median(rates[floor])
    label = f"load: moves a second, {BURST_SESSIONS} readers without a pause / floor"
    return Result(label, taken, "/s", least, Bar(0.6, "at least"))


async def _burst(address: Address, find: Find) -> float:
    async with AsyncExitStack() as stack:
        opened = await _opened(stack, address, find, BURST_SESSIONS)
        await asyncio.gather(*(_moves(one, RELEASE_EVERY) for one in opened))
        started = time.perf_counter()
        await asyncio.gather(*(_moves(one, BURST_CHANGES) for one in opened))
        return BURST_SESSIONS * BURST_CHANGES / (time.perf_counter() - started)


async def _moves(reader: Session, changes: int, release_every: int = 0) -> None:
    for at in range(1, changes + 1):
        await reader.move()
        if release_every and at % release_every == 0:
            await reader.move(done=True)


# --- memory ----------------------------------------------------------------------------------------


async def _memory(running: Server) -> list[Result]:
    """Resident set before and after; the readers stay, so that what a session keeps is in it."""
    async with AsyncExitStack() as stack:
        opened = await _opened(stack, what_if(running), grid_handle, MEMORY_SESSIONS)
        sizes: list[float | None] = []
        for changes in (MEMORY_WARM_UP, MEMORY_CHANGES):
            await asyncio.gather(*(_moves(one, changes // MEMORY_SESSIONS, RELEASE_EVERY) for one in opened))
            sizes.append(running.memory())
    before, after = sizes
    if before is None or after is None:
        return []
    return [Result(f"load: memory after {MEMORY_CHANGES:,} changes / before", after, "MiB", before, Bar(1.05))]
