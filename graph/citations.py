"""Citations in layers: those that an input states, and those that a named concept lets us infer."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from itertools import groupby

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from ..ontology.classes import Layer, Origin, Role
from ..ontology.concepts import Concept, ConceptId
from ..ontology.vocabulary import Vocabulary
from .catalogue import Catalogue, cited_work
from .customs import citing_share, is_custom
from .mentions import Field
from .papers import Paper, PaperId, Reference, StatedCitation
from .resemblance import plain
from .sentences import Sentence, sentences
from .tables import Row

CITED_ROLES = frozenset({Role.USES, Role.EVALUATES, Role.COMPARES})
"""Roles in which a paper all but surely cites the paper that introduced the concept."""
NAMED_CONCEPT = "named concept"
"""The method of inferring a citation."""


class Flag(StrEnum):
    """What is odd about a citation, which stays all the same."""

    SELF = "self"
    """Both papers have an author in common."""
    CYCLE = "cycle"
    """Citations of this layer lead from the cited paper back to the citing one."""
    FORWARD = "forward"
    """The cited paper is of a later year."""


@dataclass(frozen=True, slots=True)
class Citation:
    """One paper citing another, in one layer."""

    citing: PaperId
    cited: PaperId
    layer: Layer
    method: str
    confidence: float
    role: Role | None = None
    """Of an inferred citation: what the paper does with the concept."""
    concept: ConceptId | None = None
    """Of an inferred citation: the concept that the cited paper introduced, or a variant of it."""
    evidence: str = ""
    intent: str = ""
    flags: tuple[Flag, ...] = ()


def introducing_paper(concept: Concept) -> Paper | None:
    """The paper that introduced a concept, where it is known by an identifier or a title."""
    known = concept.introduced
    if known is None:
        return None
    identifier = known.identifier
    title = known.title or identifier or ""
    return Paper(title=title, year=known.year, identifiers=(identifier,) if identifier else ())


def cited_works(
    papers: Mapping[PaperId, Paper], stated: Iterable[StatedCitation], concepts: Iterable[Concept]
) -> Counter[Paper]:
    """All works that references, statements and concepts name, with how often."""
    references = (reference for paper in papers.values() for reference in paper.references)
    works = Counter(map(cited_work, references))
    for each in stated:
        works[cited_work(each.reference)] += 1
        works[cited_work(Reference(each.citing))] += 1
    works.update(paper for concept in concepts if (paper := introducing_paper(concept)) is not None)
    return works


def explicit_citations(
    papers: Mapping[PaperId, Paper], stated: Iterable[StatedCitation], catalogue: Catalogue
) -> list[Citation]:
    """The citations that reference lists and statements tell, one for each pair; a paper cites itself in none."""
    pairs: dict[tuple[PaperId, PaperId], list[tuple[float, str, Reference]]] = defaultdict(list)
    for citing, reference in _references(papers, stated, catalogue):
        found = catalogue.find(cited_work(reference))
        if found.paper != citing:
            pairs[citing, found.paper].append((-found.confidence, str(found.method), reference))
    return [_explicit(*pair, told) for pair, told in pairs.items()]


def _references(
    papers: Mapping[PaperId, Paper], stated: Iterable[StatedCitation], catalogue: Catalogue
) -> Iterator[tuple[PaperId, Reference]]:
    for citing, paper in papers.items():
        yield from ((citing, reference) for reference in paper.references)
    for each in stated:
        yield catalogue.find(cited_work(Reference(each.citing))).paper, each.reference


def _explicit(citing: PaperId, cited: PaperId, told: Sequence[tuple[float, str, Reference]]) -> Citation:
    """A citation by all that was told of it: the surest method, all contexts and intents."""
    confidence, method, _ = min(told, key=lambda each: each[:2])
    contexts = {context: None for *_, reference in told for context in sorted(reference.contexts)}
    intents = sorted({intent for *_, reference in told for intent in reference.intents})
    evidence, intent = "\n".join(sorted(contexts)), ", ".join(intents)
    return Citation(citing, cited, Layer.EXPLICIT, method, -confidence, evidence=evidence, intent=intent)


def introductions(concepts: Iterable[tuple[ConceptId, ConceptId | None]], vocabulary: Vocabulary) -> dict[str, Paper]:
    """The papers that introduced what is mentioned, or the nearest family of it, by concept.

    Concepts come with what they are variants of; those are left out that it is no custom to cite.
    """
    customary = ((concept, parent) for concept, parent in concepts if is_custom(concept))
    found = ((concept, _introduced_in(concept, parent, vocabulary)) for concept, parent in customary)
    return {concept: paper for concept, paper in found if paper is not None}


def _introduced_in(concept: ConceptId, parent: ConceptId | None, vocabulary: Vocabulary) -> Paper | None:
    key: ConceptId | None = concept if concept in vocabulary else parent
    while key is not None and key in vocabulary:
        if (paper := introducing_paper(vocabulary[key])) is not None:
            return paper
        key = vocabulary[key].variant_of
    return None


def inferred_citations(
    mentions: Iterable[Row], introduced: Mapping[str, Paper], papers: Mapping[PaperId, Paper], catalogue: Catalogue
) -> Iterator[Citation]:
    """Citations of the papers that introduced what a paper uses, evaluates or compares with.

    Mentions come paper by paper. That with the highest confidence is the evidence; one citation for
    each pair of papers, as sure as the mention and the custom of citing are together. Never inferred: a
    paper's citation of itself, of a later paper, over a candidate, or of what is common knowledge.
    """
    candidate = str(Origin.CANDIDATE)
    for citing, some in groupby(mentions, key=lambda row: PaperId(row["paper"])):
        paper = papers[citing]
        best: dict[PaperId, Row] = {}
        for row in some:
            work = introduced.get(row["concept"])
            if work is None or row["role"] not in CITED_ROLES or row["origin"] == candidate or _is_later(work, paper):
                continue
            cited = catalogue.find(work).paper
            if cited == citing or (cited in papers and _is_later(papers[cited], paper)):
                continue
            if cited not in best or best[cited]["confidence"] < row["confidence"]:
                best[cited] = row
        yield from _inferred(citing, best, paper) if best else ()


def _is_later(cited: Paper, citing: Paper) -> bool:
    return bool(cited.year and citing.year and cited.year > citing.year)


def _inferred(citing: PaperId, best: Mapping[PaperId, Row], paper: Paper) -> Iterator[Citation]:
    @cache
    def split(field: str) -> tuple[list[int], list[Sentence]]:
        found = list(sentences(_text(paper, field)))
        return [each.start for each in found], found

    for cited, row in best.items():
        starts, found = split(row["field"])
        at = bisect_right(starts, row["start"]) - 1
        inside = at >= 0 and row["start"] < found[at].end
        evidence = _text(paper, row["field"])[found[at].start : found[at].end] if inside else row["text"]
        role, concept = Role(row["role"]), ConceptId(row["concept"])
        confidence = round(row["confidence"] * citing_share(concept), 4)
        yield Citation(citing, cited, Layer.INFERRED, NAMED_CONCEPT, confidence, role, concept, evidence)


def _text(paper: Paper, field: str) -> str:
    return paper.title if field == Field.TITLE else paper.abstract or ""


def flagged(citations: Sequence[Citation], papers: Mapping[PaperId, Paper]) -> Iterator[Citation]:
    """The citations with what is odd about them."""
    people = cache(lambda key: frozenset(map(plain, papers[key].authors)))
    for layer in Layer:
        some = [citation for citation in citations if citation.layer is layer]
        for citation, cycle in zip(some, _on_cycles(some), strict=True):
            one, other = papers[citation.citing], papers[citation.cited]
            odd = {
                Flag.SELF: bool(one.authors and other.authors and people(citation.citing) & people(citation.cited)),
                Flag.CYCLE: cycle,
                Flag.FORWARD: _is_later(other, one),
            }
            flags = tuple(flag for flag, holds in odd.items() if holds)
            yield replace(citation, flags=flags) if flags else citation


def _on_cycles(citations: Sequence[Citation]) -> list[bool]:
    """Which citations are part of a cycle: those within one strongly connected component."""
    if not citations:
        return []
    numbers = {key: number for number, key in enumerate({key for c in citations for key in (c.citing, c.cited)})}
    citing = np.array([numbers[c.citing] for c in citations])
    cited = np.array([numbers[c.cited] for c in citations])
    edges = coo_array((np.ones(len(citations), dtype=np.int8), (citing, cited)), shape=(len(numbers), len(numbers)))
    _, component = connected_components(edges, directed=True, connection="strong")
    same: list[bool] = (component[citing] == component[cited]).tolist()
    return same
