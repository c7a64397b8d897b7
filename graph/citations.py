"""Citations in layers: those that an input states, and those that a named concept lets us infer."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ..ontology.classes import Layer, Origin, Role
from ..ontology.concepts import Concept, ConceptId
from ..ontology.vocabulary import Vocabulary
from .linking import LinkedPaper
from .mentions import Field, Mention
from .papers import Paper, PaperId
from .sentences import sentences

Find = Callable[[Paper], PaperId]

CITED_ROLES = frozenset({Role.USES, Role.EVALUATES, Role.COMPARES})
"""Roles in which a paper all but surely cites the paper that introduced the concept."""


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """One paper citing another, in one layer."""

    citing: PaperId
    cited: PaperId
    layer: Layer
    method: str
    confidence: float
    evidence: str = ""


def explicit_citations(linked: Mapping[PaperId, LinkedPaper], find: Find) -> Iterator[Citation]:
    """The citations that the input's reference lists state; a paper cites itself in none."""
    for citing, each in linked.items():
        for reference in each.paper.references:
            cited = find(Paper(title=reference.identifier, identifiers=(reference.identifier,)))
            if cited != citing:
                yield Citation(citing, cited, Layer.EXPLICIT, "identifier", 1.0)


def inferred_citations(linked: Mapping[PaperId, LinkedPaper], vocabulary: Vocabulary, find: Find) -> Iterator[Citation]:
    """Citations of the papers that introduced what a paper uses, evaluates or compares with.

    The mention with the highest confidence is the evidence; one citation for each pair of papers.
    Never inferred: a paper's citation of itself, of a later paper, or over a candidate concept.
    """
    for citing, each in linked.items():
        best: dict[PaperId, Mention] = {}
        for mention in each.mentions:
            paper = _introduced_in(mention, vocabulary)
            if paper is None or _is_later(paper, each.paper):
                continue
            cited = find(paper)
            if cited in linked and _is_later(linked[cited].paper, each.paper):
                continue
            if cited != citing and (cited not in best or best[cited].confidence < mention.confidence):
                best[cited] = mention
        yield from (_inferred(citing, cited, mention, each.paper) for cited, mention in best.items())


def _introduced_in(mention: Mention, vocabulary: Vocabulary) -> Paper | None:
    """The paper that introduced what is mentioned, or the nearest family of it."""
    if mention.role not in CITED_ROLES or mention.concept.origin is Origin.CANDIDATE:
        return None
    key: ConceptId | None = mention.concept.id if mention.concept.id in vocabulary else mention.concept.variant_of
    while key is not None and key in vocabulary:
        concept = vocabulary[key]
        if (paper := introducing_paper(concept)) is not None:
            return paper
        key = concept.variant_of
    return None


def introducing_paper(concept: Concept) -> Paper | None:
    """The paper that introduced a concept, where it is known by an identifier or a title."""
    known = concept.introduced
    if known is None:
        return None
    identifier = known.identifier
    title = known.title or identifier or ""
    return Paper(title=title, year=known.year, identifiers=(identifier,) if identifier else ())


def _is_later(cited: Paper, citing: Paper) -> bool:
    return bool(cited.year and citing.year and cited.year > citing.year)


def _inferred(citing: PaperId, cited: PaperId, mention: Mention, paper: Paper) -> Citation:
    text = paper.title if mention.field is Field.TITLE else paper.abstract or ""
    around = next((s for s in sentences(text) if s.start <= mention.start < s.end), None)
    evidence = text[around.start : around.end] if around else mention.text
    method = f"{mention.role} {mention.concept.id}"
    return Citation(citing, cited, Layer.INFERRED, method, mention.confidence, evidence)
