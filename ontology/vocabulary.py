"""The vocabulary: the curated concepts with their indexes, read from `data/` or from a folder like it."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import as_file, files
from pathlib import Path

from pydantic import TypeAdapter

from .concepts import Concept, ConceptId
from .files import Entry, Fault, read_entries, vocabulary_files
from .lexicon import Lexicon, compile_lexicon


class VocabularyError(ValueError):
    """A vocabulary that cannot be used; holds every fault found in its files."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(map(str, self.faults)))


@dataclass(frozen=True)
class Vocabulary:
    """Concepts by id; `vocabulary[id]` follows the redirects of ids that were renamed."""

    concepts: tuple[Concept, ...]
    compiled: Lexicon | None = field(default=None, repr=False, compare=False)
    stored_digest: str | None = field(default=None, repr=False, compare=False)

    @cached_property
    def by_id(self) -> dict[ConceptId, Concept]:
        """Every concept under its own id and under those it replaces."""
        index = {old: concept for concept in self.concepts for old in concept.replaces}
        return index | {concept.id: concept for concept in self.concepts}

    @cached_property
    def narrower(self) -> dict[ConceptId, tuple[ConceptId, ...]]:
        """The ids directly below each id, sorted."""
        below: dict[ConceptId, list[ConceptId]] = defaultdict(list)
        for concept in self.concepts:
            for parent in concept.broader:
                below[parent].append(concept.id)
        return {parent: tuple(sorted(children)) for parent, children in below.items()}

    @cached_property
    def digest(self) -> str:
        """A hash over all concepts: equal vocabularies, equal hash."""
        return self.stored_digest or hashlib.sha256(dump_concepts(self.concepts)).hexdigest()

    @cached_property
    def lexicon(self) -> Lexicon:
        """The names of all concepts, compiled; loaded where a cache gave it along."""
        return self.compiled or compile_lexicon(self.concepts)

    def __getitem__(self, concept: str) -> Concept:
        return self.by_id[ConceptId(concept)]

    def __contains__(self, concept: object) -> bool:
        return concept in self.by_id

    def __iter__(self) -> Iterator[Concept]:
        return iter(self.concepts)

    def __len__(self) -> int:
        return len(self.concepts)

    def ancestors(self, concept: ConceptId) -> tuple[ConceptId, ...]:
        """All ids above a concept, nearest first, each once."""
        found: dict[ConceptId, None] = {}
        level = [concept]
        while level:
            level = [up for below in level if below in self.by_id for up in self.by_id[below].broader]
            level = [up for up in dict.fromkeys(level) if up not in found]
            found.update(dict.fromkeys(level))
        return tuple(found)


_CONCEPTS = TypeAdapter(tuple[Concept, ...])


def dump_concepts(concepts: tuple[Concept, ...]) -> bytes:
    """Concepts as one line of JSON, without what is left at its default."""
    return _CONCEPTS.dump_json(concepts, exclude_defaults=True)


def load_concepts(content: bytes) -> tuple[Concept, ...]:
    """The concepts that `dump_concepts` wrote. Raises `ValueError` for anything else."""
    return _CONCEPTS.validate_json(content)


def read_all_entries(folder: Path) -> tuple[list[Entry], list[Fault]]:
    """The entries of all files of a vocabulary, with the faults of those that could not be read."""
    paths = vocabulary_files(folder)
    if not paths:
        advice = "name a folder with one folder per class, such as ontology/data"
        return [], [Fault(str(folder), 1, "no vocabulary files here", advice)]
    read = [read_entries(path) for path in paths]
    return [entry for entries, _ in read for entry in entries], [f for _, faults in read for f in faults]


def read_vocabulary(folder: Path) -> Vocabulary:
    """Read a vocabulary; any fault that `find_faults` calls an error raises `VocabularyError` with all."""
    from .lint import find_faults

    entries, unread = read_all_entries(folder)
    faults = unread + find_faults(entries)
    if faults:
        raise VocabularyError(faults)
    return Vocabulary(tuple(sorted((entry.concept for entry in entries), key=lambda c: c.id)))


def bundled_folder() -> Path:
    """The folder of the vocabulary that comes with the package."""
    with as_file(files("concite.ontology").joinpath("data")) as folder:
        return folder.resolve()
