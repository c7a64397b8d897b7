"""Inputs: files and standard input as bounded lines of text, with one clear error for each way to fail."""

import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from ..papers import InputError

LINE_LIMIT = 16 * 1024 * 1024
"""Bytes that one line may have; a longer one is no paper's record."""
SAMPLE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Input:
    """A file, or standard input held in memory, with the name that errors and the graph call it by."""

    name: str
    path: Path | None = None
    content: bytes = b""

    @classmethod
    def from_argument(cls, argument: str) -> "Input":
        """The input that a command's argument names; `-` is standard input. Raises `InputError`."""
        if argument == "-":
            return cls("standard-input", content=sys.stdin.buffer.read())
        path = Path(argument)
        try:
            if path.is_dir():
                raise InputError(argument, "this is a directory", f"name the files in it, such as {argument}/*.txt")
            if not path.exists():
                raise InputError(argument, "no such file", "check the name and the current directory")
            return cls(argument, path) if path.is_file() else cls(argument, content=path.read_bytes())
        except OSError as error:
            raise _unreadable(argument[:80], error) from error

    def digest(self) -> str:
        """The SHA-256 of the whole content."""
        if self.path is None:
            return hashlib.sha256(self.content).hexdigest()
        with self.path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()

    def head(self) -> str:
        """The beginning as text, for recognising the format. Raises `InputError` for what is no text."""
        data = self.content[:SAMPLE] if self.path is None else _read_head(self.path)
        if b"\x00" in data:
            raise InputError(self.name, "this is a binary file", "give a text file, such as a pasted listing")
        text = data.decode("utf-8", errors="replace").lstrip("\ufeff")
        if not text.strip() and len(data) < SAMPLE:
            raise InputError(f"{self.name}:1", "the file is empty", "paste a listing of papers into it")
        return text

    def lines(self) -> Iterator[tuple[int, str]]:
        """Numbered lines without their ends. Raises `InputError` at a line that is too long or no UTF-8."""
        for number, raw in enumerate(self._raw_lines(), start=1):
            yield number, self._decode(number, raw)

    def _raw_lines(self) -> Iterator[bytes]:
        try:
            with BytesIO(self.content) if self.path is None else self.path.open("rb") as handle:
                number = 0
                while raw := handle.readline(LINE_LIMIT + 1):
                    number += 1
                    if len(raw) > LINE_LIMIT:
                        limit = f"more than {LINE_LIMIT // 2**20} MB in one line"
                        raise InputError(f"{self.name}:{number}", limit, "put each paper on lines of its own")
                    yield raw
        except OSError as error:
            raise _unreadable(self.name, error) from error

    def _decode(self, number: int, raw: bytes) -> str:
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            problem = f"not UTF-8 at byte {error.start + 1} of the line"
            advice = f"convert it, such as with: iconv -f WINDOWS-1252 -t UTF-8 {self.name}"
            raise InputError(f"{self.name}:{number}", problem, advice) from error
        if "\x00" in text:
            raise InputError(f"{self.name}:{number}", "this is a binary file", "give a text file")
        return (text.lstrip("\ufeff") if number == 1 else text).rstrip("\r\n")


def _read_head(path: Path) -> bytes:
    try:
        with path.open("rb") as handle:
            return handle.read(SAMPLE)
    except OSError as error:
        raise _unreadable(str(path), error) from error


def _unreadable(name: str, error: OSError) -> InputError:
    return InputError(name, f"cannot be read ({error.strerror})", "check its name and its permissions")
