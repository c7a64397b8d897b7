"""Changes between two vocabularies: what came, what went, what was renamed, what says something else."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from .concepts import Concept, ConceptId
from .vocabulary import Vocabulary


class Kind(StrEnum):
    """What became of a concept."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One concept's change; `fields` are those that say something else, each as `field: old → new`."""

    concept: ConceptId
    kind: Kind
    fields: tuple[str, ...] = ()


def changes(old: Vocabulary, new: Vocabulary) -> list[Change]:
    """The changes from one vocabulary to another, by id; a concept that took over an old id was renamed."""
    before = {concept.id: concept for concept in old}
    after = {concept.id: concept for concept in new}
    return sorted([*_gone(before, after, new), *_come(before, after, old), *_changed(before, after)])


def _gone(before: dict[ConceptId, Concept], after: dict[ConceptId, Concept], new: Vocabulary) -> Iterator[Change]:
    for key in before.keys() - after.keys():
        if key in new:
            yield Change(key, Kind.RENAMED, (f"id: {key} → {new[key].id}",))
        else:
            yield Change(key, Kind.REMOVED)


def _come(before: dict[ConceptId, Concept], after: dict[ConceptId, Concept], old: Vocabulary) -> Iterator[Change]:
    for key in after.keys() - before.keys():
        if not any(known in old for known in after[key].replaces):
            yield Change(key, Kind.ADDED)


def _changed(before: dict[ConceptId, Concept], after: dict[ConceptId, Concept]) -> Iterator[Change]:
    for key in before.keys() & after.keys():
        if before[key] != after[key]:
            yield Change(key, Kind.CHANGED, tuple(_fields(before[key], after[key])))


def _fields(before: Concept, after: Concept) -> Iterator[str]:
    for field in Concept.model_fields:
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            yield f"{field}: {_shown(old)} → {_shown(new)}"


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "nothing"
    return "nothing" if value is None or value == {} else str(value)
