"""A knowledge graph as RDF: six named graphs, written by whole columns of the tables.

The triples leave as text in the form of N-Triples or N-Quads, always in the same order: the named graphs
one after the other, in each the subjects in the order of the tables. No blank nodes.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from enum import StrEnum
from functools import partial

from ..graph.knowledge import KnowledgeGraph
from ..graph.papers import InputError
from ..ontology.classes import Layer
from ..ontology.terms import BASE, plain_iri
from .descriptions import description
from .sheets import citations, mentions, papers, vocabulary
from .triples import Sheet


class Part(StrEnum):
    """The named graphs, in the order they are written."""

    VOCABULARY = "vocabulary"
    PAPERS = "papers"
    MENTIONS = "mentions"
    EXPLICIT = "citations-explicit"
    INFERRED = "citations-inferred"
    PROVENANCE = "provenance"


Parts = Collection[Part]
ALL: Parts = tuple(Part)
VOCABULARY_ONLY: Parts = (Part.VOCABULARY, Part.PROVENANCE)
"""The concepts of the graph and how they stand to each other, with their description."""
WITHOUT_EVIDENCE: Parts = tuple(part for part in Part if part is not Part.MENTIONS)
"""Everything but the places in the texts: papers still say what they introduce, use, and so on."""


def ntriples(graph: KnowledgeGraph, *, base: str = BASE, parts: Parts = ALL) -> Iterator[bytes]:
    """The graph as pieces of N-Triples, each of whole lines; the named graphs become one."""
    return _written(graph, base, parts, lambda part: " .\n")


def nquads(graph: KnowledgeGraph, *, base: str = BASE, parts: Parts = ALL) -> Iterator[bytes]:
    """The graph as pieces of N-Quads, each of whole lines."""
    return _written(graph, base, parts, lambda part: f" <{part_iri(part, base)}> .\n")


def part_iri(part: Part, base: str = BASE) -> str:
    """The name of a named graph."""
    return f"{base}graph/{part}"


def check_base(base: str) -> str:
    """The base IRI, where it is one that others can be made from. Raises `InputError`."""
    if ":" not in base or plain_iri(base) != base or not base.endswith(("/", "#")):
        raise InputError(base, "this is no base for IRIs", "give one such as https://example.org/graph/")
    return base


def _written(graph: KnowledgeGraph, base: str, parts: Parts, ending: Callable[[Part], str]) -> Iterator[bytes]:
    check_base(base)
    counts: dict[str, Counter[str]] = {}
    for part in (part for part in Part if part in parts and part is not Part.PROVENANCE):
        counts[part] = Counter()
        for sheet in _SHEETS[part](graph, base):
            yield sheet.text(ending(part), counts[part])
    if Part.PROVENANCE in parts:
        lines = description(graph, {part_iri(Part(part), base): found for part, found in counts.items()}, base)
        yield "".join(line + ending(Part.PROVENANCE) for line in lines).encode()


_SHEETS: dict[Part, Callable[[KnowledgeGraph, str], Iterator[Sheet]]] = {
    Part.VOCABULARY: vocabulary,
    Part.PAPERS: papers,
    Part.MENTIONS: mentions,
    Part.EXPLICIT: partial(citations, layer=Layer.EXPLICIT),
    Part.INFERRED: partial(citations, layer=Layer.INFERRED),
}
"""What is written into each named graph; the description comes last, because it counts the others."""
