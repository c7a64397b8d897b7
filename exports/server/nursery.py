"""The nursery: a process that loads the store once and has a child of its own answer each question.

A child shares the store's memory. It ends by itself when its time is over, when it takes too much memory, or
when nobody waits for it any more, and takes nothing else along. It can open neither files nor connections.
"""

import json
import os
import signal
import socket
import struct
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from pyoxigraph import RdfFormat, Store

from .answers import ROW_FORMATS, TRIPLE_FORMATS, Answer, Question, answered

READY = b"ready"
LENGTH = struct.Struct("!Q")
MEMORY = 2 << 30
"""Bytes that a child may take beside the store."""


def load(quads: Path, base: str) -> Store:
    """The store of a file of N-Quads."""
    store = Store()
    store.bulk_load(path=quads, format=RdfFormat.N_QUADS)
    _rehearse(base)
    return store


def _rehearse(base: str) -> None:
    """Answer once in every format: what that imports and reads, no child could any more."""
    store = Store()
    for accept in (*ROW_FORMATS, *TRIPLE_FORMATS):
        for query in ("SELECT * {}", "ASK {}", "CONSTRUCT { <a:a> <a:b> 1 } {}"):
            answered(store, Question(query, accept), limit=1, base=base)


def serve(control: socket.socket, store: Store, base: str) -> None:
    """Answer on every connection that comes over *control*, until its other end is closed."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # Nobody asks how a child ended.
    control.sendall(READY)
    while True:
        word, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not word:
            return
        for descriptor in descriptors:
            _answer_in_child(control, socket.socket(fileno=descriptor), store, base)


def _answer_in_child(control: socket.socket, connection: socket.socket, store: Store, base: str) -> None:
    with connection:
        if os.fork() == 0:
            with suppress(BaseException):
                control.close()
                _answer(connection, store, base)
            os._exit(0)


def _answer(connection: socket.socket, store: Store, base: str) -> None:
    asked = receive(connection)
    _confine(float(asked["seconds"]))
    threading.Thread(target=_end_when_left, args=(connection,), daemon=True).start()
    send(connection, answered(store, Question.of(asked["question"]), int(asked["limit"]), base))


def _confine(seconds: float) -> None:
    """Bound the time, the memory and the reach of this process."""
    import resource

    signal.setitimer(signal.ITIMER_REAL, seconds)  # The alarm ends the process, whatever it does.
    os.nice(5)  # The server itself stays quick.
    with suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * resource.getpagesize() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _end_when_left(connection: socket.socket) -> None:
    """End this process when the server closes the connection: nobody waits for the answer."""
    connection.recv(1)
    os._exit(1)


def receive(connection: socket.socket) -> dict[str, Any]:
    """A record from a connection: its length, and JSON."""
    (length,) = LENGTH.unpack(_exactly(connection, LENGTH.size))
    record: dict[str, Any] = json.loads(_exactly(connection, length))
    return record


def _exactly(connection: socket.socket, length: int) -> bytes:
    found = bytearray()
    while len(found) < length:
        piece = connection.recv(min(length - len(found), 1 << 20))
        if not piece:
            raise EOFError
        found += piece
    return bytes(found)


def send(connection: socket.socket, answer: Answer) -> None:
    """Send an answer: a line of JSON, and the bytes."""
    head = {"status": answer.status, "media": answer.media, "length": len(answer.body)}
    connection.sendall(json.dumps(head).encode() + b"\n" + answer.body)


def main() -> None:
    """Serve the file of N-Quads and the base that the arguments name, on the socket that they number."""
    quads, base, descriptor = sys.argv[1:]
    control = socket.socket(fileno=int(descriptor))
    with suppress(BrokenPipeError, ConnectionError):
        serve(control, load(Path(quads), base), base)


if __name__ == "__main__":
    main()
