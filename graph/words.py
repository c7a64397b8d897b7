"""Words of a text with their places, found once for all that look for words in it."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in small letters, and where each begins."""

    starts: tuple[int, ...]
    lower: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Words":
        """The runs of letters, digits and low lines in a text."""
        starts = tuple([match.start() for match in _WORD.finditer(text)])
        lower = tuple(_WORD.findall(text.lower()))
        if len(starts) != len(lower):  # A letter whose small form is two characters parts a word.
            lower = tuple([match[0].lower() for match in _WORD.finditer(text)])
        return cls(starts, lower)

    def among(self, wanted: Collection[str]) -> list[tuple[int, str]]:
        """The words that are among some, each behind the place where it begins, in order."""
        return [found for found in zip(self.starts, self.lower, strict=True) if found[1] in wanted]


def matches_at(
    pattern: re.Pattern[str], first: Collection[str], text: str, words: Iterable[tuple[int, str]], start: int = 0
) -> Iterator[re.Match[str]]:
    """The matches of a pattern from *start* on, none within another; each begins with one of the *first* words.

    *words* are places and words, as `Words.among` gives them.
    """
    for place, word in words:
        if word in first and place >= start and (match := pattern.match(text, place)):
            yield match
            start = match.end()
