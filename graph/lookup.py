"""Looking up: which paper or concept a name means, whatever name a person has for it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ..ontology.classes import Origin
from ..ontology.names import normalise
from .papers import InputError

if TYPE_CHECKING:
    import polars as pl

NEAR = 75.0
"""How alike, of 100, a name must be to be offered instead of one that is not found."""


class Kind(StrEnum):
    """What a node of the graph is."""

    CONCEPT = "concept"
    PAPER = "paper"


@dataclass(frozen=True)
class Directory:
    """All names of a graph's papers and concepts."""

    papers: "pl.DataFrame"
    concepts: "pl.DataFrame"

    def find(self, name: str, kind: Kind | None = None) -> str:
        """The id of the paper or concept with an id, IRI, identifier, label, alias or title.

        The kind of name that says most decides; where it says several things, none is guessed.
        Raises `InputError`, with near names where nothing has this one.
        """
        for found in self._readings(name, kind):
            if len(found) == 1:
                return found[0]
            if found:
                several = ", ".join(sorted(found)[:5])
                raise InputError(name, f"{len(found)} things have this name", f"give an id: {several}")
        raise self._unknown(name, kind)

    def _readings(self, name: str, kind: Kind | None) -> Iterator[list[str]]:
        """What the name means, one kind of name after the other."""
        kinds = [kind] if kind else list(Kind)
        yield [each for each in {name: None, _local(name): None} if any(each in self._ids[k] for k in kinds)][:1]
        wanted = normalise(name)
        if Kind.PAPER in kinds:
            yield self._identifiers.get(name.strip().lower(), [])
        if Kind.CONCEPT in kinds:
            for names in self._concept_names:
                yield names.get(wanted, [])
        if Kind.PAPER in kinds:
            yield self._titles.get(wanted, [])

    @cached_property
    def _ids(self) -> dict[Kind, frozenset[str]]:
        return {Kind.CONCEPT: frozenset(self.concepts["id"]), Kind.PAPER: frozenset(self.papers["id"])}

    @cached_property
    def _identifiers(self) -> Mapping[str, list[str]]:
        """Papers by `arxiv:1706.03762`, and by `1706.03762` alone."""
        found: dict[str, list[str]] = defaultdict(list)
        for paper, identifiers in self.papers.select("id", "identifiers").iter_rows():
            for name in {i.lower() for each in identifiers for i in (each, each.partition(":")[2])}:
                found[name].append(paper)
        return found

    @cached_property
    def _concept_names(self) -> tuple[Mapping[str, list[str]], ...]:
        """Concepts by label, the known ones before those that papers coin, then by alias or a name they cover."""
        known, coined, aliased = (defaultdict[str, list[str]](list) for _ in range(3))
        columns = ("id", "label", "origin", "aliases", "covers")
        for concept, label, origin, aliases, covers in self.concepts.select(columns).iter_rows():
            (coined if origin == Origin.CANDIDATE else known)[normalise(label)].append(concept)
            for alias in set(map(normalise, [*aliases, *covers])):
                aliased[alias].append(concept)
        return known, coined, aliased

    @cached_property
    def _titles(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for paper, title in self.papers.select("id", "title").iter_rows():
            found[normalise(title)].append(paper)
        return found

    def _unknown(self, name: str, kind: Kind | None) -> InputError:
        """That nothing has a name, with what is spelled much like it."""
        kinds = [kind] if kind else list(Kind)
        tables = " or ".join(f"graph.{each}s" for each in kinds)
        near = self._near(name, kinds)
        advice = f"did you mean {' or '.join(near)}? All names are in {tables}" if near else f"look it up in {tables}"
        return InputError(name, f"no {' or '.join(kinds)} of the graph has this name", advice)

    def _near(self, name: str, kinds: list[Kind]) -> list[str]:
        from rapidfuzz import fuzz, process

        shown: dict[str, str] = {}
        if Kind.CONCEPT in kinds:
            shown |= {normalise(label): label for label in self.concepts["label"]}
        if Kind.PAPER in kinds:
            shown |= {normalise(title): f"“{title}”" for title in self.papers["title"]}
        found = process.extract(normalise(name), list(shown), scorer=fuzz.ratio, limit=3, score_cutoff=NEAR)
        return [shown[near] for near, _, _ in found]


def _local(name: str) -> str:
    """The id in an IRI, or in its short form as answers to queries show it."""
    for mark in ("/concept/", "/paper/", "concept:", "paper:"):
        before, found, local = name.partition(mark)
        if found and (not before or mark.startswith("/")):
            return unquote(local)
    return name
