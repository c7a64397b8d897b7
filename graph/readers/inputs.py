"""Inputs: files, standard input and members of archives as text, with one clear error for each way to fail."""

import codecs
import hashlib
import io
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import IO, BinaryIO

from ..papers import InputError
from .compression import Budget, is_compressed, unpacked

LINE_LIMIT = 16 * 1024 * 1024
"""Bytes that one line may have; a longer one is no paper's record."""
SAMPLE = 64 * 1024
"""Bytes of the beginning by which a format is recognised."""
HELD_IN_MEMORY = 16 * 1024 * 1024
"""Bytes of standard input or of a pipe that are held in memory; more go to a file that leaves no name behind."""


class Archive:
    """A file whose members are inputs; its content is hashed once for all of them."""

    def __init__(self, source: "Input") -> None:
        self._source = source

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the archive as it is stored."""
        return self._source.digest()


class OnceStream:
    """A stream that can be read once, its beginning seen before."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream: BinaryIO | None = stream
        self.start = _read_full(stream, SAMPLE)

    def open(self) -> BinaryIO:
        """The whole stream, from its beginning; only once."""
        if self._stream is None:
            raise RuntimeError("a member of an archive is read once, in its turn")
        stream, self._stream = self._stream, None
        return io.BufferedReader(_Joined(self.start, stream), SAMPLE)


class _Joined(io.RawIOBase):
    """Some bytes, then those of a stream."""

    def __init__(self, start: bytes, rest: BinaryIO) -> None:
        self._start, self._rest = BytesIO(start), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self._start.read(len(view)) or self._rest.read(len(view))
        view[: len(data)] = data
        return len(data)


def _read_full(stream: BinaryIO, size: int) -> bytes:
    """The next *size* bytes, fewer only at the end."""
    parts = []
    while size > 0 and (part := stream.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


@dataclass(frozen=True, slots=True)
class Input:
    """A file, something held in memory, or an archive's member, with the name that errors and the graph call it by."""

    name: str
    path: Path | None = None
    content: bytes = b""
    stream: OnceStream | None = None
    """The bytes of an archive's member, which are read while the archive is."""
    archive: Archive | None = None
    named: bool = True
    """Whether the user named it, and did not find it in a directory or an archive that was named."""
    keeper: IO[bytes] | None = None
    """What keeps a temporary file on disk as long as this input is there."""

    @classmethod
    def from_argument(cls, argument: str) -> "Input":
        """The input that a command's argument names; `-` is standard input. Raises `InputError`."""
        if argument == "-":
            return _kept("standard-input", sys.stdin.buffer)
        path = Path(argument)
        try:
            if not argument:
                raise InputError(argument, "this names no file", "check what stands there, such as an unset variable")
            if path.is_dir():
                raise InputError(argument, "this is a directory", f"name the files in it, such as {argument}/*.txt")
            if not path.exists():
                raise InputError(argument, "no such file", "check the name and the current directory")
            if path.is_file():
                return cls(argument, path)
            with path.open("rb") as pipe:
                return _kept(argument, pipe)
        except OSError as error:
            raise _unreadable(argument[:80], error) from error

    def digest(self) -> str:
        """The SHA-256 of the whole content as it is stored; of the archive for its members."""
        if self.archive is not None:
            return self.archive.digest
        if self.path is None:
            return hashlib.sha256(self.content).hexdigest()
        with self.path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()

    def open_packed(self) -> BinaryIO:
        """The bytes as they are stored. Raises `InputError`."""
        try:
            return BytesIO(self.content) if self.path is None else self.path.open("rb")
        except OSError as error:
            raise _unreadable(self.name, error) from error

    def packed_size(self) -> int:
        """The number of bytes that are stored."""
        return len(self.content) if self.path is None else self.path.stat().st_size

    def open(self) -> BinaryIO:
        """The bytes, unpacked where they are compressed. Raises `InputError`, also while they are read."""
        if self.stream is not None:
            return self.stream.open()
        packed = self.open_packed()
        try:
            start = _read_full(packed, 8)
            packed.seek(0)
        except OSError as error:
            packed.close()
            raise _unreadable(self.name, error) from error
        return unpacked(packed, start, Budget.of(self.name, self.packed_size()), self.name)

    def start(self) -> bytes:
        """The first bytes, unpacked."""
        if self.stream is not None:
            return self.stream.start
        try:
            with self.open() as handle:
                return _read_full(handle, SAMPLE)
        except OSError as error:
            raise _unreadable(self.name, error) from error

    def head(self) -> str:
        """The beginning as text, for recognising the format. Raises `InputError` for what is no text."""
        data = self.start()
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            advice = f"convert it, such as with: iconv -f UTF-16 -t UTF-8 {self.name}"
            raise InputError(f"{self.name}:1", "not UTF-8 but UTF-16", advice)
        if b"\x00" in data or is_compressed(data):
            raise InputError(self.name, "this is a binary file", "give a text file, such as a pasted listing")
        text = data.decode("utf-8", errors="replace").lstrip("\ufeff")
        if not text.strip() and len(data) < SAMPLE:
            raise InputError(f"{self.name}:1", "the file is empty", "paste a listing of papers into it")
        return text

    def lines(self, *, legacy: bool = False) -> Iterator[tuple[int, str]]:
        """Numbered lines without their ends. Raises `InputError` at a line that is too long or no UTF-8.

        With *legacy*, for formats older than UTF-8, such a line is read as Windows-1252.
        """
        for number, raw in enumerate(self._raw_lines(), start=1):
            yield number, self._decode(number, raw, legacy)

    def _raw_lines(self) -> Iterator[bytes]:
        try:
            with self.open() as handle:
                number = 0
                while raw := handle.readline(LINE_LIMIT + 1):
                    number += 1
                    if len(raw) > LINE_LIMIT:
                        limit = f"more than {LINE_LIMIT // 2**20} MB in one line"
                        raise InputError(f"{self.name}:{number}", limit, "put each paper on lines of its own")
                    yield raw
        except OSError as error:
            raise _unreadable(self.name, error) from error

    def _decode(self, number: int, raw: bytes, legacy: bool) -> str:
        try:
            text = _decoded(raw) if legacy else raw.decode("utf-8")
        except UnicodeDecodeError as error:
            problem = f"not UTF-8 at byte {error.start + 1} of the line"
            advice = f"convert it, such as with: iconv -f WINDOWS-1252 -t UTF-8 {self.name}"
            raise InputError(f"{self.name}:{number}", problem, advice) from error
        if "\x00" in text:
            raise InputError(f"{self.name}:{number}", "this is a binary file", "give a text file")
        return (text.lstrip("\ufeff") if number == 1 else text).rstrip("\r\n")


def _decoded(raw: bytes) -> str:
    """A line as UTF-8, else as Windows-1252, whose five bytes without a character are those of Latin-1."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(bytes([byte]).decode("cp1252" if byte not in _UNUSED else "latin-1") for byte in raw)


_UNUSED = frozenset(b"\x81\x8d\x8f\x90\x9d")


def _kept(name: str, stream: BinaryIO) -> Input:
    """An input that comes once, kept for being read again: in memory, or on disk where it is large."""
    start = _read_full(stream, HELD_IN_MEMORY)
    if len(start) < HELD_IN_MEMORY:
        return Input(name, content=start)
    keeper = tempfile.NamedTemporaryFile(prefix="concite-")  # noqa: SIM115
    keeper.write(start)
    shutil.copyfileobj(stream, keeper)
    keeper.flush()
    return Input(name, Path(keeper.name), keeper=keeper)


def _unreadable(name: str, error: OSError) -> InputError:
    return InputError(name, f"cannot be read ({error.strerror})", "check its name and its permissions")
