"""Loaded by every Python that has this folder on its path: notes each address asked for that is not this machine's.

`RECORD_SOCKETS` names the file, one attempt a line. With `REFUSE_SOCKETS` nothing goes out either: where no network
namespace can be made, a test must not reach the world.
"""

from __future__ import annotations

import os
import sys

_WATCHED = {"socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1, "socket.getaddrinfo": 0}
"""Where the address stands among what is told of each event."""
_WATCHED |= {"socket.gethostbyname": 0, "socket.gethostbyaddr": 0, "socket.getnameinfo": 0}
_OWN = {"127.0.0.1", "::1", "localhost", "None", ""}


def _note(event: str, told: tuple[object, ...]) -> None:
    if event not in _WATCHED:
        return
    address = told[_WATCHED[event]]
    host = str(address[0] if isinstance(address, tuple) else address)
    if host in _OWN or host.startswith("/"):  # a path is a socket of this machine
        return
    with open(os.environ["RECORD_SOCKETS"], "a", encoding="utf-8") as notes:  # noqa: PTH123  no import at start
        notes.write(f"{event} {host}\n")
    if os.environ.get("REFUSE_SOCKETS"):
        raise OSError(f"no way out: {host}")


if os.environ.get("RECORD_SOCKETS"):
    sys.addaudithook(_note)
