"""Sentences of an abstract, as spans."""

import re
from dataclasses import dataclass

_END = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])")
_ABBREVIATED = re.compile(r"(?:\b(?:e\.g|i\.e|etc|vs|cf|al|resp|approx|Fig|Sec|Eq|No|Dr|St|w\.r\.t)|\b[A-Z])\.$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of a text, with its number from 0."""

    number: int
    start: int
    end: int


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text; the spans leave out the blanks between them."""
    found: list[Sentence] = []
    start = 0
    for gap in _END.finditer(text):
        end = gap.start() + len(gap[0].rstrip())
        if not _ABBREVIATED.search(text[max(start, end - 20) : end]):
            found.append(Sentence(len(found), start, end))
            start = gap.end()
    if start < len(text):
        found.append(Sentence(len(found), start, len(text)))
    return tuple(found)
