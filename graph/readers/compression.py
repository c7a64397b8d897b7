"""Compressed streams: recognised by their first bytes, unpacked as they are read, and never without a limit."""

import bz2
import gzip
import io
import lzma
import sys
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, cast

from ..papers import InputError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

RATIO_LIMIT = 200
"""How many times its own size an input may unpack to; real dumps stay below 50."""
FREE_BYTES = 64 * 2**20
"""What any input may unpack to, whatever its size."""
TOTAL_LIMIT = 2**40
"""Bytes that one input may unpack to at most."""
BLOCK = 256 * 1024

_OPENERS: tuple[tuple[bytes, Callable[[BinaryIO], object]], ...] = (
    (b"\x1f\x8b", lambda packed: gzip.GzipFile(fileobj=packed, mode="rb")),
    (b"\x28\xb5\x2f\xfd", lambda packed: zstd.ZstdFile(packed)),
    (b"BZh", lambda packed: bz2.BZ2File(packed)),
    (b"\xfd7zXZ\x00", lambda packed: lzma.LZMAFile(packed)),  # noqa: SIM115
)
_DAMAGE = (OSError, EOFError, zlib.error, lzma.LZMAError, zstd.ZstdError)


@dataclass(slots=True)
class Budget:
    """The bytes that one input may still unpack to, all its members together."""

    name: str
    limit: int
    spent: int = 0

    @classmethod
    def of(cls, name: str, packed: int) -> "Budget":
        """The budget of an input by its own size."""
        return cls(name, min(TOTAL_LIMIT, FREE_BYTES + RATIO_LIMIT * packed))

    def spend(self, count: int) -> None:
        """Count unpacked bytes. Raises `InputError` when they are too many."""
        self.spent += count
        if self.spent > self.limit:
            problem = f"it unpacks to more than {self.limit // 2**20} MB, which no dump of papers of its size does"
            raise InputError(self.name, problem, "unpack it yourself, if you trust it, and give the files")


class _Unpacked(io.RawIOBase):
    """An unpacked stream that spends a budget and says in one line where its packed bytes are damaged."""

    def __init__(self, inner: BinaryIO, packed: BinaryIO, budget: Budget, name: str) -> None:
        self._inner, self._packed, self._budget, self._name = inner, packed, budget, name

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        try:
            data = self._inner.read(len(view))
        except _DAMAGE as error:
            raise damaged(self._name, error) from error
        self._budget.spend(len(data))
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._inner.close()
            self._packed.close()
        super().close()


def damaged(name: str, error: Exception) -> InputError:
    """The error of packed bytes that cannot be unpacked."""
    problem = "breaks off" if isinstance(error, EOFError) else f"is damaged ({error})"
    return InputError(name, f"the packed content {problem}", "get the file again, or pack it anew")


def is_compressed(start: bytes) -> bool:
    """Whether bytes begin as a compressed stream does."""
    return any(start.startswith(magic) for magic, _ in _OPENERS)


def unpacked(packed: BinaryIO, start: bytes, budget: Budget, name: str) -> BinaryIO:
    """A stream of the unpacked bytes; *packed*, which begins with *start*, where it is not compressed."""
    for magic, opener in _OPENERS:
        if start.startswith(magic):
            return guarded(cast(BinaryIO, opener(packed)), packed, budget, name)
    return packed


def guarded(inner: BinaryIO, packed: BinaryIO, budget: Budget, name: str) -> BinaryIO:
    """A stream of *inner*'s bytes that spends a budget, and closes *packed* as well."""
    return io.BufferedReader(_Unpacked(inner, packed, budget, name), BLOCK)
