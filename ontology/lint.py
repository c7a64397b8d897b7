"""Faults of a vocabulary, all at once: what is wrong between its entries, and in their names."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from .classes import ConceptClass, NameKind, Relation
from .concepts import Concept, ConceptId
from .files import Entry, Fault
from .lexicon import is_ordinary, needs_case
from .names import NormalName, normalise

_ROOTS = frozenset(map(str, ConceptClass))
"""The ids of the concepts that stand above all others of their class."""

Index = dict[ConceptId, Entry]


def find_faults(entries: Sequence[Entry]) -> list[Fault]:
    """Every fault of the entries taken together, sorted by place."""
    index: Index = {old: entry for entry in entries for old in entry.concept.replaces}
    index |= {entry.concept.id: entry for entry in entries}
    checks: tuple[Callable[[Sequence[Entry], Index], Iterator[Fault]], ...] = (
        _duplicate_ids,
        _dangling,
        _unrooted,
        _cycles,
        _shared_names,
        _ordinary_names,
        _stray_rules,
        _unsorted,
    )
    return sorted(fault for check in checks for fault in check(entries, index))


def _fault(entry: Entry, problem: str, advice: str) -> Fault:
    return Fault(entry.file, entry.line, f"{entry.concept.id}: {problem}", advice)


def _duplicate_ids(entries: Sequence[Entry], _index: Index) -> Iterator[Fault]:
    first: dict[ConceptId, Entry] = {}
    for entry in entries:
        for known in (entry.concept.id, *entry.concept.replaces):
            if known in first:
                place = f"{first[known].file}:{first[known].line}"
                yield _fault(entry, f"the id {known} is already at {place}", "merge the two or rename one")
            else:
                first[known] = entry


def _dangling(entries: Sequence[Entry], index: Index) -> Iterator[Fault]:
    for entry in entries:
        concept = entry.concept
        for relation, other in concept.relations():
            if other not in index:
                yield _fault(entry, f"{relation} names {other}, which no file has", "add it or name another")
            elif relation is Relation.BROADER and index[other].concept.concept_class != concept.concept_class:
                theirs = index[other].concept.concept_class
                yield _fault(entry, f"broader {other} is a {theirs}", "name a concept of the same class")


def _unrooted(entries: Sequence[Entry], _index: Index) -> Iterator[Fault]:
    for entry in entries:
        if not entry.concept.broader and str(entry.concept.id) not in _ROOTS:
            root = entry.concept.concept_class
            yield _fault(entry, "no broader concept", f'name one, "{root}" if nothing nearer fits')


def _cycles(entries: Sequence[Entry], index: Index) -> Iterator[Fault]:
    for parents, name in ((lambda c: c.broader, "broader"), (_family, "variant_of")):
        done: set[ConceptId] = set()
        for entry in entries:
            if entry.concept.id not in done and _reaches_itself(entry.concept, index, parents, done):
                yield _fault(entry, f"{name} leads back to itself", "take one link out of the circle")


def _family(concept: Concept) -> tuple[ConceptId, ...]:
    return (concept.variant_of,) if concept.variant_of else ()


def _reaches_itself(
    concept: Concept, index: Index, parents: Callable[[Concept], tuple[ConceptId, ...]], done: set[ConceptId]
) -> bool:
    """Whether a concept is among its own ancestors; *done* collects those known not to be."""
    seen: set[ConceptId] = set()
    level = list(parents(concept))
    while level:
        if concept.id in level:
            return True
        seen.update(level)
        level = [
            up
            for below in level
            if below in index and below not in done
            for up in parents(index[below].concept)
            if up not in seen
        ]
    done.add(concept.id)
    return False


def _shared_names(entries: Sequence[Entry], _index: Index) -> Iterator[Fault]:
    holders: dict[NormalName, dict[ConceptId, tuple[Entry, str]]] = defaultdict(dict)
    for entry in entries:
        if not entry.concept.grouping:
            for name, _ in entry.concept.names():
                holders[normalise(name)][entry.concept.id] = entry, name
    for found in holders.values():
        if len(found) > 1:
            yield from _unruled(list(found.values()))


def _unruled(holders: list[tuple[Entry, str]]) -> Iterator[Fault]:
    """Faults of holders of one name that neither cues nor case tell apart; one may be the default."""
    cased = {name for entry, name in holders if needs_case(name, entry.concept)}
    if len(cased) == len(holders):
        return
    bare = [(entry, name) for entry, name in holders if name not in entry.concept.cues]
    for (first, _), (entry, name) in pairwise(bare):
        problem = f'the name "{name}" is also on {first.concept.id} ({first.file}:{first.line})'
        yield _fault(entry, problem, "give cues to all but one, or take the name from one")


def _ordinary_names(entries: Sequence[Entry], _index: Index) -> Iterator[Fault]:
    for entry in entries:
        concept = entry.concept
        if concept.grouping:
            continue
        for name, kind in concept.names():
            if kind is NameKind.MISSPELLING or name in concept.cues or name in concept.plain:
                continue
            if _needs_rule(name):
                problem = f'"{name}" is an ordinary English word'
                yield _fault(entry, problem, "give it cues, list it as plain, or take it out")


def _needs_rule(name: str) -> bool:
    """Whether a name is a word that no case tells apart: written small, or as at a sentence's start."""
    return name.isalpha() and (name.islower() or name.istitle()) and is_ordinary(name)


def _stray_rules(entries: Sequence[Entry], _index: Index) -> Iterator[Fault]:
    for entry in entries:
        names = {name for name, _ in entry.concept.names()}
        for field in ("exact", "plain", "cues"):
            for name in getattr(entry.concept, field):
                if name not in names:
                    advice = "write it exactly as in the label or an alias"
                    yield _fault(entry, f'{field} names "{name}", which is no name of it', advice)


def _unsorted(entries: Sequence[Entry], _index: Index) -> Iterator[Fault]:
    for before, after in pairwise(entries):
        if before.file == after.file and before.concept.id > after.concept.id:
            yield _fault(after, f"stands after {before.concept.id}", "sort with `concite ontology lint --fix`")
