"""Bytes as letters in a page: nothing is lost, nothing means anything to a parser, and a seventh is added."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from concite.exports.packing import UNSAFE, packed


def unpacked(letters: str) -> bytes:
    """The bytes again, as `bytesOf` in the page makes them."""
    sevens = bytes(seven for letter in letters for seven in _sevens(ord(letter)))
    bits = np.unpackbits(np.frombuffer(sevens, dtype=np.uint8).reshape(-1, 1), axis=1)[:, 1:].reshape(-1)
    return np.packbits(bits[: len(bits) // 8 * 8]).tobytes()


def _sevens(code: int) -> list[int]:
    if code < 0x100:
        return [code]
    place, second = divmod(code - 0x100, 0x80)
    return [ord(UNSAFE[place]), second] if place < len(UNSAFE) else [ord(UNSAFE[second])]


@given(st.binary(max_size=200))
@example(b"\0" * 9)
@example(bytes([ord("<") << 1]))
@example(bytes([ord("\r") << 1, 0, 0]))
def test_what_is_packed_can_be_unpacked(data: bytes) -> None:
    letters = packed(data)
    assert unpacked(letters) == data
    assert not set(letters) & set("\0\r<")


@pytest.mark.parametrize("size", [7 << 17, (7 << 17) + 1, 2_000_000])
def test_long_data_is_packed_piece_by_piece_without_a_seam(size: int) -> None:
    data = np.random.default_rng(1).integers(256, size=size, dtype=np.uint8).tobytes()
    letters = packed(data)
    assert unpacked(letters) == data
    assert len(letters.encode()) <= size * 8 / 7 + 2
