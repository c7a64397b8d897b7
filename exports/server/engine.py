"""The engine: questions from the server to the nursery, so many at once, each within its time."""

import asyncio
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

from ...ontology.terms import BASE
from .answers import Answer, Question, problem
from .nursery import LENGTH, READY

AT_ONCE = max(4, 2 * (os.cpu_count() or 1))
"""Questions that are worked on at the same time; others wait."""
UNLIMITED = 1 << 40
"""The limit of the server's own questions."""
GRACE = 1.0
"""Seconds after its time in which a child is still left to the server to end."""


class EngineError(RuntimeError):
    """The nursery cannot be started."""


class Engine:
    """Answers questions to a file of N-Quads, none of which can hold another up for long."""

    def __init__(self, quads: Path, *, base: str = BASE, seconds: float = 30.0, limit: int = 100_000) -> None:
        self.quads, self.base, self.seconds, self.limit = quads, base, seconds, limit
        self._free, self._restarting = asyncio.Semaphore(AT_ONCE), asyncio.Lock()
        self._control: socket.socket | None = None
        self._nursery: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Load the store. Raises `EngineError`."""
        self.close()
        ours, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-m", f"{__package__}.nursery", str(self.quads), self.base, str(theirs.fileno())]
            self._nursery = subprocess.Popen(
                command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, start_new_session=True
            )
        self._control = ours
        if ours.recv(len(READY)) != READY:
            raise EngineError(f"{self.quads}: the store cannot be loaded; see the lines above")

    def close(self) -> None:
        """End the nursery; questions still worked on lose their asker and end, too."""
        if self._control:
            self._control.close()
            self._control = None
        if self._nursery:
            self._nursery.terminate()
            self._nursery.wait()
            self._nursery = None

    async def ask(self, question: Question, limit: int | None = None) -> Answer:
        """The answer to a question; that it took too long, or that all are busy, is an answer, too."""
        try:
            async with asyncio.timeout(self.seconds):
                await self._free.acquire()
        except TimeoutError:
            return problem(503, "the server is busy with other queries; try again in a while")
        try:
            async with asyncio.timeout(self.seconds):
                return await self._asked(question, limit or self.limit)
        except TimeoutError:
            advice = "ask for less, or give the server more time with --timeout"
            return problem(422, f"query: it takes longer than {self.seconds:g} s; {advice}")
        except asyncio.IncompleteReadError:
            advice = "ask for less at once: every query has so much memory and no more"
            return problem(422, f"query: its answer could not be worked out in the server's memory; {advice}")
        finally:
            self._free.release()

    async def _asked(self, question: Question, limit: int) -> Answer:
        """Send a question to a new child, and read its answer."""
        reader, writer = await asyncio.open_unix_connection(sock=await self._new_child())
        try:
            asked = {"question": question.record(), "limit": limit, "seconds": self.seconds + GRACE}
            text = json.dumps(asked).encode()
            writer.write(LENGTH.pack(len(text)) + text)
            head = json.loads(await reader.readuntil(b"\n"))
            return Answer(head["status"], head["media"], await reader.readexactly(head["length"]))
        except ConnectionError as error:
            raise asyncio.IncompleteReadError(b"", None) from error
        finally:
            writer.close()

    async def _new_child(self) -> socket.socket:
        """A connection to a new child; a nursery that died is started anew."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                self._hand_over(theirs)
            except OSError:
                await self._restart()
                self._hand_over(theirs)
        return ours

    async def _restart(self) -> None:
        """Start the nursery anew, once for all who miss it."""
        async with self._restarting:
            if not self._nursery or self._nursery.poll() is not None:
                await asyncio.to_thread(self.start)

    def _hand_over(self, connection: socket.socket) -> None:
        if not self._control:
            raise OSError("the nursery is not started")
        socket.send_fds(self._control, [b"?"], [connection.fileno()])
