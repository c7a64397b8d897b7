"""Proposals: stretches of a paper that may name a concept, and which of them stand."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..ontology.classes import ConceptClass, Origin
from ..ontology.concepts import ConceptId
from ..ontology.names import NormalName, NormalText, normalise_text
from .mentions import Field, Method, Named, Span
from .papers import Paper
from .words import Words

CONFIDENCE = {
    Method.NAME: 0.95,
    Method.VARIANT: 0.9,
    Method.CUED: 0.85,
    Method.GRAMMAR: 0.92,
    Method.ABBREVIATION: 0.88,
    Method.COINED: 0.85,
    Method.SHAPE: 0.55,
}
"""How sure a mention is, by how it was recognised."""

FAR = 10**6
"""The distance of what stands in another field, or nowhere."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The fields of a paper, as given, in normal form and as words."""

    original: dict[Field, str]
    normal: dict[Field, NormalText]
    words: dict[Field, Words]

    @classmethod
    def of(cls, paper: Paper) -> "Texts":
        """The fields that a paper has."""
        original = {Field.TITLE: paper.title, Field.ABSTRACT: paper.abstract or ""}
        normal = {field: normalise_text(text) for field, text in original.items()}
        return cls(original, normal, {field: Words.of(text) for field, text in original.items()})

    def holds(self, name: NormalName) -> bool:
        """Whether a name stands anywhere in the paper."""
        padded = f" {name} "
        return any(padded in normal.text for normal in self.normal.values())

    def distance(self, name: NormalName, field: Field, start: int, end: int) -> int:
        """How many characters of the original lie between a stretch and the nearest occurrence of a name."""
        normal = self.normal[field]
        distances = [FAR]
        at = normal.text.find(f" {name} ")
        while at >= 0:
            first, last = normal.span(at + 1, at + 1 + len(name))
            distances.append(max(0, first - end, start - last))
            at = normal.text.find(f" {name} ", at + 1)
        return min(distances)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A stretch that may name a concept, with how it was found."""

    field: Field
    start: int
    end: int
    concept: Named
    method: Method
    confidence: float
    priority: int = 0
    """Higher wins over an equal or shorter stretch: what the paper itself defines."""
    refused: tuple[str, ...] = ()

    def span(self) -> Span:
        """The proposal as a recognised span."""
        return Span(self.field, self.start, self.end, self.concept, self.method, self.confidence, self.refused)


NOTHING = Named(ConceptId(""), ConceptClass.TECHNIQUE, "", Origin.VOCABULARY)
"""Stands for a phrase in which a name means nothing; it wins its stretch and is then left out."""


def block(field: Field, start: int, end: int) -> Proposal:
    """A stretch in which names mean nothing."""
    return Proposal(field, start, end, NOTHING, Method.NAME, 1.0, 9)


def longest_first(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Proposals that do not overlap: the longest, then what the paper defines, then curated names, then the first."""
    taken: dict[Field, list[tuple[int, int]]] = {field: [] for field in Field}
    chosen: list[Proposal] = []
    ordered = sorted(proposals, key=_rank)
    for proposal in ordered:
        spans = taken[proposal.field]
        if is_free(spans, proposal.start, proposal.end):
            insort(spans, (proposal.start, proposal.end))
            chosen.append(proposal)
    return [proposal for proposal in chosen if proposal.concept is not NOTHING]


def is_free(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a stretch overlaps none of those taken, which are sorted and do not overlap each other."""
    after = bisect_left(taken, (end,))
    return after == 0 or taken[after - 1][1] <= start


def _rank(proposal: Proposal) -> tuple[int, int, bool, int, str]:
    curated = proposal.concept.origin is Origin.VOCABULARY
    return proposal.start - proposal.end, -proposal.priority, not curated, proposal.start, proposal.concept.id
