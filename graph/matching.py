"""Matching: all names of the lexicon in a text, in one pass, with exact offsets."""

from collections.abc import Iterator
from dataclasses import dataclass

import daachorse

from ..ontology.lexicon import Lexicon, Sense
from ..ontology.names import NormalName, NormalText


@dataclass(frozen=True, slots=True)
class Match:
    """A name found in a text, at offsets of the original; without senses where it is only a blocked phrase."""

    start: int
    end: int
    name: NormalName
    senses: tuple[Sense, ...]


class Matcher:
    """An automaton over the lexicon's names (Aho and Corasick 1975), blanks at both ends of each.

    The blanks make word boundaries part of the patterns, so that overlapping search loses no match;
    which of overlapping matches count is not decided here.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._names = tuple(sorted({*lexicon.senses, *lexicon.blocked}))
        self._senses = lexicon.senses
        patterns = [f" {name} " for name in self._names] or ["\x00"]
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(patterns)

    def found(self, text: NormalText) -> list[tuple[int, int, int]]:
        """What the automaton finds: places in the normal text, blanks included, and numbers of names."""
        return self._automaton.find_overlapping(text.text)

    def matches(self, text: NormalText) -> Iterator[Match]:
        """Every occurrence of every name, by its end, overlapping ones too."""
        for start, end, number in self.found(text):
            name = self._names[number]
            senses = self._senses.get(name, ())
            first, last = text.span(start + 1, end - 1)
            yield Match(first, last, name, senses)
