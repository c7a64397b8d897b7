"""Packing bytes into letters that an HTML file carries and its parser passes over."""

import re

import numpy as np

UNSAFE = "\0\r<"
"""What an HTML parser would change or read as markup; in the page `bytesOf` of page.html knows them too."""
_PAIR = re.compile(f"[{UNSAFE}](.?)", re.DOTALL)
_FIRST, _COUNT = 0x100, 0x80
_PIECE = 7 << 17
"""Bytes packed at a time; a multiple of seven, so that no piece but the last is filled up."""


def packed(data: bytes) -> str:
    """The bytes as letters of seven bits each; one that is unsafe makes one letter of two bytes with the next."""
    pieces = (data[start : start + _PIECE] for start in range(0, len(data), _PIECE))
    return _PAIR.sub(_paired, "".join(map(_sevens, pieces)))


def _sevens(data: bytes) -> str:
    """Letters of seven bits, the last filled up with zeros."""
    bits = np.unpackbits(np.frombuffer(data, dtype=np.uint8))
    rows = np.pad(bits, (0, -len(bits) % 7)).reshape(-1, 7)
    return (np.packbits(rows, axis=1) >> 1).tobytes().decode("ascii")


def _paired(found: re.Match[str]) -> str:
    """One letter for an unsafe one and what follows it, if anything does."""
    place = UNSAFE.index(found[0][0])
    return chr(_FIRST + place * _COUNT + ord(found[1]) if found[1] else _FIRST + len(UNSAFE) * _COUNT + place)
