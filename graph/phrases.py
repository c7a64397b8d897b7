"""Phrases: runs of words that may be a name of their own, with features under names that a person can read."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..ontology.classes import ConceptClass
from ..ontology.names import NormalName, normalise
from .mentions import Field
from .own_work import PROPOSERS, PROPOSES
from .proposals import Proposal, Texts
from .runs import WORD, Heads, Token, head_of, is_capital, runs, singular
from .words import matches_at

LONGEST = 6
"""Words of the longest phrase."""
PROSE = 20
"""Words of the longest run that is looked at, and thousands of characters of the longest text: more is no prose."""
_LOOSE = frozenset(
    "layer model method technique system task problem approach dataset data inference api framework baseline "
    "architecture algorithm application setting process".split()
)
"""Nouns that follow a name to say of what kind it is, and belong to it only where it has capitals."""
_BEFORE = frozenset(
    "a an the our novel new via with using for of by and in on called named proposed propose introduce present develop "
    "as to through is are".split()
)
_ENDINGS = tuple("ed ing based aware guided level al ive ic driven free wise able ion specific".split())
_NEW = frozenset("novel new proposed our".split())
_LISTING = frozenset("first firstly second secondly third thirdly finally called named termed dubbed".split())
_NUMBERING = frozenset("0 1 2 3 4 5 6 7 8 9 i ii iii a b c d".split())
"""What leads up to an item of a list of parts, or to a name."""
_LED = re.compile(r"[,):]?\s(?:(?:an?|the|our)\s)?", re.IGNORECASE)
"""What stands between such a word and what it leads up to."""
_CAPITALS = re.compile(r"(?<!\w)[A-Z]\S* (?=[A-Z])")
_MEANS = re.compile(r"\b(?:via|with|using|by|through)\s$", re.IGNORECASE)
_ENDS = re.compile(r"\b(?:for|in|of|on)\s$", re.IGNORECASE)
_PARTED = re.compile(r"[.;:,]")
_PROPOSED_WITHIN = 25
"""Characters between a verb of proposing and what it proposes."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch of a field that may be a name, with its words, its head's class and its features."""

    field: Field
    start: int
    end: int
    key: NormalName
    known: Proposal | None
    """The known name that it ends with."""
    head: ConceptClass | None
    features: frozenset[str]


def phrases(texts: Texts, chosen: Sequence[Proposal], heads: Heads) -> Iterator[Phrase]:
    """The phrases of a paper that something speaks for: they stand in the title, in capitals, or as what is new.

    *chosen* are the names found so far; a phrase is none of these, and cuts none.
    """
    counted = _Counts(texts)
    for field, text in texts.original.items():
        if len(text) > 1000 * PROSE:
            continue
        place = _Place(field, texts, [p for p in chosen if p.field is field], heads, counted)
        for run in runs(text, None if field is Field.TITLE else place.hints()):
            if (1 < len(run) <= PROSE or "-" in run[0][2]) and place.speaks_for(run):
                yield from place.phrases_in(run)


class _Counts:
    """How often a phrase stands in the title and in the abstract, in the singular or the plural."""

    def __init__(self, texts: Texts) -> None:
        self._normal = {field: normal.text for field, normal in texts.normal.items()}
        words = self._normal[Field.TITLE].split()
        self.title_words = {singular(word) for word in words}
        self.title_pairs = {f" {one} {singular(other)}" for one, other in pairwise(words)}

    def of(self, key: str) -> dict[Field, int]:
        """The numbers for a phrase in normal form, its last word in the singular."""
        return {field: text.count(f" {key} ") + text.count(f" {key}s ") for field, text in self._normal.items()}


class _Place:
    """One field of a paper with what is known in it."""

    def __init__(self, field: Field, texts: Texts, known: Sequence[Proposal], heads: Heads, counted: _Counts) -> None:
        text, words = texts.original[field], texts.words[field]
        self.field, self.text, self.heads, self.counted = field, text, heads, counted
        self.normal = texts.normal[field]
        self.known = sorted(known, key=lambda p: p.start)
        self.places = [p.start for p in self.known]
        self.ends = {p.end: p for p in self.known}
        self.begins = {p.start: p for p in self.known}
        leaders = words.among(_LEADERS)
        proposed = () if field is Field.TITLE else matches_at(PROPOSES, PROPOSERS, text, leaders)
        self.proposed = [match.end() for match in proposed]
        self.new = [at + len(word) + 1 for at, word in leaders if word in _NEW]
        self.listed = {led.end() for at in self._leads(leaders) if (led := _LED.match(text, at))}
        title = WORD.findall(text) if field is Field.TITLE else []
        self.capital = sum(word[0].isupper() for word in title) > 0.6 * len(title)

    def _leads(self, leaders: Sequence[tuple[int, str]]) -> Iterator[int]:
        """Where the words and signs end that lead up to an item of a list."""
        for at, word in leaders:
            end = at + len(word)
            if word in _LISTING or (word in _NUMBERING and self.text.startswith(")", end)):
                yield end
        yield from (match.start() for match in _COLON.finditer(self.text))

    def hints(self) -> list[int]:
        """The places where something speaks for a name: capitals, newness, items of lists, words of the title."""
        found = [*self.proposed, *self.new, *self.listed, *(m.start() for m in _CAPITALS.finditer(self.text))]
        for pair in self.counted.title_pairs:
            at = self.normal.text.find(pair)
            while at >= 0:
                found.append(self.normal.span(at + 1, at + 2)[0])
                at = self.normal.text.find(pair, at + 1)
        return sorted(found)

    def speaks_for(self, run: Sequence[Token]) -> bool:
        """Whether anything speaks for a name within a run of words."""
        if self.field is Field.TITLE:
            return True
        if sum(singular(word.lower()) in self.counted.title_words for _, _, word in run) >= min(2, len(run)):
            return True
        capitals = [word[0].isupper() for _, _, word in run]
        if any(one and other for one, other in pairwise(capitals)):
            return True
        return self._is_told_of(run[0][0])

    def phrases_in(self, run: Sequence[Token]) -> Iterator[Phrase]:
        """The phrases within a run of words."""
        for last in range(len(run)):
            if head_of(run[last][2]) not in self.heads and not run[last][2][0].isupper():
                continue
            for first in range(max(0, last - LONGEST + 1), last + 1):
                if (first < last or "-" in run[first][2]) and (found := self._phrase(run, first, last)):
                    yield found

    def _phrase(self, run: Sequence[Token], first: int, last: int) -> Phrase | None:
        start, end = run[first][0], run[last][1]
        words = [word for _, _, word in run[first : last + 1]]
        within = self._within(start, end)
        cut = any(p.start < start or p.end > end or (p.start, p.end) == (start, end) for p in within)
        if cut or any(word.endswith(("'s", "’s")) for word in words):
            return None
        head, key = head_of(words[-1]), normalise(" ".join([*words[:-1], singular(words[-1])]))
        counts = self.counted.of(key)
        capital = all(map(is_capital, words))
        if (head in _LOOSE and not capital) or not (capital or self._is_supported(start, counts)):
            return None
        features = (
            *self._outer(run, first, last),
            *self._inner(words, within, start, end),
            *self._repeated(counts, len(words)),
            *(self._titled(start, end) if self.field is Field.TITLE else ()),
        )
        return Phrase(self.field, start, end, key, self.ends.get(end), self.heads.get(head), frozenset(features))

    def _within(self, start: int, end: int) -> list[Proposal]:
        """The known names that a stretch holds or cuts; they do not overlap each other."""
        first = bisect_right(self.places, start) - 1
        near = self.known[max(0, first) : bisect_left(self.places, end)]
        return [p for p in near if p.start < end and start < p.end]

    def _is_supported(self, start: int, counts: Mapping[Field, int]) -> bool:
        """Whether a phrase without capitals stands in the title, or is said to be new."""
        return self.field is Field.TITLE or all(counts.values()) or self._is_told_of(start)

    def _is_told_of(self, start: int) -> bool:
        """Whether what begins here is said to be new, to be proposed, or to be an item of a list."""
        return self._is_new(start) or self._is_proposed(start) or self._is_listed(start)

    def _is_new(self, start: int) -> bool:
        """Whether a word of newness stands right before, or one word before."""
        nearest = bisect_right(self.new, start) - 1
        return nearest >= 0 and self.text.count(" ", self.new[nearest], start) <= 1 and start - self.new[nearest] < 25

    def _is_listed(self, start: int) -> bool:
        return start in self.listed

    def _is_proposed(self, start: int) -> bool:
        nearest = bisect_right(self.proposed, start) - 1
        if nearest < 0 or start - (end := self.proposed[nearest]) >= _PROPOSED_WITHIN:
            return False
        return _PARTED.search(self.text, end, start) is None

    def _outer(self, run: Sequence[Token], first: int, last: int) -> Iterator[str]:
        """Where a phrase stands in its run of words, and what is before and after it."""
        start, end = run[first][0], run[last][1]
        yield "always"
        yield f"in the {self.field}"
        yield "begins a run" if first == 0 else "within a run"
        yield "ends a run" if last == len(run) - 1 else "goes on"
        if first:
            yield "behind a capital" if run[first - 1][2][0].isupper() else "behind a word"
        before = _LAST_WORD.search(self.text, max(0, start - 30), start)
        told = "nothing" if start == 0 else "a sign" if not before else before[1].lower()
        told = told if told in _BEFORE or told in ("nothing", "a sign") else "another word"
        yield f"after {told}"
        yield f"{self.field}: after {told}"
        yield f"before {self._next(end)}"
        yield f"{self.field}: before {self._next(end)}"
        if self._is_new(start):
            yield "called new"
        if self._is_listed(start):
            yield "listed"
        if self._is_proposed(start):
            yield "proposed"
            yield f"proposed {self._capitals([w for _, _, w in run[first : last + 1]])}"

    def _next(self, end: int) -> str:
        after = self.text[end : end + 2]
        if after == " (":
            return "a parenthesis"
        if after[:1] == ":":
            return "a colon"
        return "the end" if after.strip() in ("", ".") else "a sign" if after[0] in ",;.)" else "a word"

    def _capitals(self, words: Sequence[str]) -> str:
        capital = list(map(is_capital, words))
        told = "all" if all(capital) else "first" if capital[0] else "some" if any(capital) else "no"
        where = "" if self.field is Field.ABSTRACT else " of a title in capitals" if self.capital else " of a title"
        return f"{told} capitals{where}"

    def _inner(self, words: Sequence[str], within: Sequence[Proposal], start: int, end: int) -> Iterator[str]:
        """What a phrase is made of: its words, their capitals, and the known names in it."""
        capitals = self._capitals(words)
        yield f"{len(words)} words"
        yield capitals
        yield f"{capitals}, {len(words)} words"
        yield f"{capitals}, before {self._next(end)}"
        first, last = words[0].lower(), head_of(words[-1])
        yield f"first {first}"
        yield f"last {last}"
        yield from (f"first -{ending}" for ending in _ENDINGS if first.endswith(ending))
        if "-" in first:
            yield "first with a hyphen"
        if any("-" in word for word in words[1:]):
            yield "hyphen within"
        yield from self._known_within(within, start, end)

    def _known_within(self, within: Sequence[Proposal], start: int, end: int) -> Iterator[str]:
        if not within:
            yield "nothing known"
            return
        last = self.ends.get(end)
        if last is None:
            yield "known, not at the end"
        else:
            yield f"ends in a {last.concept.concept_class}"
            yield f"ends in a {last.method}"
            yield f"{len(WORD.findall(self.text, start, last.start))} words before what is known"
        if begin := self.begins.get(start):
            yield f"begins with a {begin.concept.concept_class}"
        yield f"known to {4 * sum(p.end - p.start for p in within) // (end - start)} quarters"
        if len(within) > 1:
            yield "several known"

    def _repeated(self, counts: Mapping[Field, int], words: int) -> Iterator[str]:
        yield f"found {min(sum(counts.values()), 4)} times"
        if all(counts.values()):
            yield "in both fields"
            yield f"in both fields, {words} words"
        elif self.field is Field.TITLE:
            yield "only in the title"

    def _titled(self, start: int, end: int) -> Iterator[str]:
        """Which part of the title a phrase is: what it begins with, a means, or an end."""
        if start == 0:
            yield f"begins the title before {self._next(end)}"
        if _MEANS.search(self.text, max(0, start - 10), start):
            yield f"a means before {self._next(end)}"
        if _ENDS.search(self.text, max(0, start - 10), start):
            yield "an end"


_LEADERS = PROPOSERS | _NEW | _LISTING | _NUMBERING
_COLON = re.compile(r":(?=\s)")
_LAST_WORD = re.compile(r"(?<!\w)([\w-]+) $")
