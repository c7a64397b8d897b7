"""Runs: words of a text with single blanks between them and no word of grammar among them, and the ends of names."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from ..ontology.classes import ConceptClass
from ..ontology.concepts import Concept

Token = tuple[int, int, str]
"""Where a word begins and ends, and the word."""
Heads = Mapping[str, ConceptClass]
"""The words that names of the vocabulary end in, with the class of most of these names."""

_A_WORD = r"(?:[^\W_][\w'’./+–‐-]*[^\W_]\+{0,2}|[^\W_])"
WORD = re.compile(_A_WORD)
_STRETCH = re.compile(rf"{_A_WORD}(?: {_A_WORD})*")


@cache
def _function_words() -> frozenset[str]:
    """Words that no name begins with or holds: of grammar, and of what papers say of themselves."""
    return frozenset(files("concite.graph").joinpath("data/function-words.txt").read_text(encoding="utf-8").split())


class _FunctionWords(dict[str, bool]):
    """Whether words are of grammar, or adverbs, found out when one is first met."""

    def __missing__(self, word: str) -> bool:
        lower = word.lower()
        found = lower in _function_words() or lower.endswith("ly")
        if len(self) < _WORDS_KEPT:
            self[word] = found
        return found


_WORDS_KEPT = 100_000
_IS_FUNCTION = _FunctionWords()


def runs(text: str, hints: Sequence[int] | None) -> Iterator[list[Token]]:
    """The runs of words with single blanks between them and no word of grammar among them, where hints are."""
    for stretch in _STRETCH.finditer(text):
        if hints is not None and bisect_left(hints, stretch.start()) == bisect_right(hints, stretch.end()):
            continue
        run: list[Token] = []
        start = stretch.start()
        for word in stretch[0].split(" "):
            end = start + len(word)
            if not _IS_FUNCTION[word]:
                run.append((start, end, word))
            elif run:
                yield run
                run = []
            start = end + 1
        if run:
            yield run


def is_capital(word: str) -> bool:
    """Whether a word begins as the words of a name do."""
    return word[0].isupper() or word[0].isdigit()


def head_of(name: str) -> str:
    """The last word of a name, behind its last hyphen, in small letters and the singular."""
    return singular(name.lower().rpartition(" ")[2].rpartition("-")[2])


def singular(word: str) -> str:
    """A word without the plain plural's s."""
    return word[:-1] if word.endswith("s") and not word.endswith(_NO_PLURAL) else word


_NO_PLURAL = ("ss", "is", "us", "as", "ics")


def head_classes(concepts: Iterable[Concept]) -> dict[str, ConceptClass]:
    """The class of most names that end in a word, for each such word in the singular; the first class on a tie."""
    counts: dict[str, Counter[ConceptClass]] = defaultdict(Counter)
    for concept in concepts:
        for name, _ in concept.names():
            counts[head_of(name)][concept.concept_class] += 1
    return {head: min(found, key=lambda known: (-found[known], known)) for head, found in counts.items()}
