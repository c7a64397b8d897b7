"""The lexicon: from every way a name is written to the concepts it may mean, and under which rule."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from .classes import NameKind
from .concepts import Concept, ConceptId
from .names import NormalName, english_words, normalise, variants

SHORT = 3
"""Single words of capitals up to this length match in exactly their case: they are too often words."""


class Sense(NamedTuple):
    """What a written name may mean, and what must hold for it to do so."""

    concept: ConceptId
    name: str
    kind: NameKind
    letters: str | None = None
    """The letters and digits the text must show, in this case; None where any case will do."""
    cues: tuple[NormalName, ...] = ()
    """Names of which one must stand in the paper; empty where none is needed."""
    derived: bool = False
    """Whether the way of writing was generated, which counts less than one that is listed."""


Row = Sequence[Any]
"""A sense as a plain row, in the order of the fields of `Sense`."""


class Senses(Mapping[NormalName, tuple[Sense, ...]]):
    """The senses of names; made from plain rows when asked for, so that a stored lexicon loads at once."""

    def __init__(self, rows: Mapping[NormalName, Sequence[Row]]) -> None:
        self.rows = rows
        self._made: dict[NormalName, tuple[Sense, ...]] = {}

    def __getitem__(self, name: NormalName) -> tuple[Sense, ...]:
        if name not in self._made:
            self._made[name] = tuple(map(_sense, self.rows[name]))
        return self._made[name]

    def __iter__(self) -> Iterator[NormalName]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def _sense(row: Row) -> Sense:
    concept, name, kind, letters, cues, derived = row
    return Sense(concept, name, NameKind(kind), letters, tuple(cues), derived)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All names in normal form with their senses, and the phrases in which they mean nothing."""

    senses: Senses
    blocked: frozenset[NormalName]


def letters_of(text: str) -> str:
    """A text's letters and digits alone, in their case."""
    return "".join(char for char in text if char.isalnum())


def needs_case(name: str, concept: Concept) -> bool:
    """Whether a name matches only in exactly its case."""
    if name in concept.exact:
        return True
    if name in concept.plain or name.islower() or not name.isascii():
        return False
    words = re.findall(r"[A-Za-z0-9]+", name)
    if len(words) > 1:
        shouted = (word.lower() for word in words if len(word) > 1 and word.isupper())
        return not any(map(str.isdigit, words)) and any(word in english_words() for word in shouted)
    return (name.isupper() and len(name) <= SHORT) or is_ordinary(name)


def is_ordinary(name: str) -> bool:
    """Whether a name, whatever its case, is an ordinary English word (or its plural)."""
    lower = name.lower()
    known = english_words()
    return lower in known or (lower.endswith("s") and lower[:-1] in known)


def compile_lexicon(concepts: Iterable[Concept]) -> Lexicon:
    """The lexicon of a vocabulary; concepts that only group others have no names in it."""
    senses: dict[NormalName, dict[tuple[ConceptId, str | None], Sense]] = defaultdict(dict)
    blocked: set[NormalName] = set()
    for concept in concepts:
        blocked.update(normalise(phrase) for phrase in concept.blocked)
        if concept.grouping:
            continue
        for name, kind in _telling_names(concept):
            for normal, sense in _senses_of(concept, name, kind):
                known = senses[normal].get((concept.id, sense.letters))
                if known is None or (known.derived and not sense.derived):
                    senses[normal][concept.id, sense.letters] = sense
    ordered = {normal: _ordered(found.values()) for normal, found in senses.items()}
    return Lexicon(Senses(ordered), frozenset(blocked - {NormalName("")}))


def _ordered(senses: Iterable[Sense]) -> tuple[Sense, ...]:
    found = tuple(senses)
    if len(found) == 1:
        return found
    return tuple(sorted(found, key=lambda sense: (sense.derived, sense.concept, sense.letters or "")))


_HEAD = re.compile(
    r"\s(?:architecture|model|method|technique|scheme|algorithm|approach|framework|task|system|device|strategy|"
    r"mechanism|family|example|layer|block|module|network|benchmark|data ?set|corpus|GPU|operation|procedure|"
    r"fine-?tuning)s?$",
    re.IGNORECASE,
)


def _telling_names(concept: Concept) -> Iterator[tuple[str, NameKind]]:
    """A concept's names without those that only add a head noun to another of them.

    Where `Transformer` is a name, `Transformer architecture` finds nothing more, and a longer stretch
    than the name.
    """
    known = {normalise(name) for name, _ in concept.names()}
    for name, kind in concept.names():
        stem = _HEAD.sub("", name)
        if kind is NameKind.LABEL or stem == name or normalise(stem) not in known:
            yield name, kind


def _senses_of(concept: Concept, name: str, kind: NameKind) -> Iterable[tuple[NormalName, Sense]]:
    cues = _cues(name, concept)
    cased = needs_case(name, concept)
    marked = cased or name in concept.plain
    for number, variant in enumerate(variants(name)):
        normal = normalise(variant)
        if not _tells(normal, cues) or (number and _misleads(normal, marked)):
            continue
        letters = letters_of(variant) if cased else None
        yield normal, Sense(concept.id, name, kind, letters, cues, derived=number > 0)


def _cues(name: str, concept: Concept) -> tuple[NormalName, ...]:
    """The cues of a name in normal form; what is part of the name itself tells nothing, where others do."""
    whole = f" {normalise(name)} "
    cues = tuple(filter(None, map(normalise, concept.cues.get(name, ()))))
    return tuple(cue for cue in cues if f" {cue} " not in whole) or cues


def _tells(normal: NormalName, cues: tuple[NormalName, ...]) -> bool:
    """Whether a normal form is enough of a name to search for: with a letter, and more than one character."""
    return any(char.isalpha() for char in normal) and (len(normal) > 1 or bool(cues))


def _misleads(normal: NormalName, marked: bool) -> bool:
    """Whether a generated way of writing is an ordinary word, and neither case nor the curator vouches for it."""
    return not marked and " " not in normal and normal in english_words()
