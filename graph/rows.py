"""Rows: papers, concepts, mentions and citations as the tables hold them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..ontology.classes import ConceptClass, Layer, Origin, PaperRelation
from ..ontology.concepts import Concept, ConceptId
from .citations import Citation
from .linking import LinkedPaper
from .mentions import Named
from .merging import Version
from .papers import Paper, PaperId, Skipped
from .tables import Row


def paper_row(key: PaperId, paper: Paper, external: bool) -> Row:
    """A paper, of the input or only cited."""
    return {
        "id": key,
        "title": paper.title,
        "abstract": paper.abstract,
        "year": paper.year,
        "date": paper.date,
        "venue": paper.venue,
        "authors": list(paper.authors),
        "identifiers": list(paper.identifiers),
        "source": paper.source,
        "position": paper.position,
        "metadata": [{"name": name, "value": value} for name, value in paper.metadata],
        "external": external,
    }


def concept_rows(found: Mapping[ConceptId, Named], concepts: Mapping[ConceptId, Concept]) -> Iterator[Row]:
    """The curated concepts of a graph and those that its papers add, by id."""
    rows = {key: _curated_row(concept) for key, concept in concepts.items()}
    rows |= {key: _named_row(named) for key, named in found.items() if named.origin is not Origin.VOCABULARY}
    yield from (row for _, row in sorted(rows.items()))


def _curated_row(concept: Concept) -> Row:
    return {
        "id": concept.id,
        "class": str(concept.concept_class),
        "label": concept.label,
        "aliases": list(concept.aliases),
        "definition": concept.definition,
        "origin": str(Origin.VOCABULARY),
        "general": concept.general,
        "grouping": concept.grouping,
        "parameters": concept.parameters,
        "context_length": concept.context_length,
        "memory_gb": concept.memory_gb,
        "peak_tflops": concept.peak_tflops,
        "tdp_watts": concept.tdp_watts,
        "year": concept.introduced_year,
        "developed_by": list(concept.developed_by),
        "languages": list(concept.languages),
        "size": concept.size,
        "misspellings": list(concept.misspellings),
        "covers": list(concept.covers),
        "replaces": list(concept.replaces),
        "identifiers": [f"{scheme}:{value}" for scheme, value in sorted(concept.ids.items())],
        "source": list(concept.sources),
    }


def _named_row(named: Named) -> Row:
    return {
        "id": named.id,
        "class": str(named.concept_class),
        "label": named.label,
        "aliases": list(named.aliases),
        "definition": None,
        "origin": str(named.origin),
        "general": False,
        "grouping": False,
        "parameters": named.parameters,
        "context_length": None,
        "memory_gb": named.memory_gb,
        "peak_tflops": None,
        "tdp_watts": None,
        "year": None,
        "developed_by": [],
        "languages": [],
        "size": None,
        "misspellings": [],
        "covers": [],
        "replaces": [],
        "identifiers": [],
        "source": [],
    }


def mention_rows(key: PaperId, linked: LinkedPaper) -> Iterator[Row]:
    """The mentions of a paper, in their order."""
    for mention in linked.mentions:
        yield {
            "paper": key,
            "field": str(mention.field),
            "start": mention.start,
            "end": mention.end,
            "text": mention.text,
            "concept": mention.concept.id,
            "role": str(mention.role),
            "confidence": mention.confidence,
            "origin": str(mention.concept.origin),
            "method": str(mention.method),
        }


def name_rows(key: PaperId, linked: LinkedPaper) -> Iterator[Row]:
    """The concepts that a paper names and the vocabulary lacks, as this paper has them, by id."""
    found = {mention.concept.id: mention.concept for mention in linked.mentions}
    for concept, named in sorted(found.items()):
        if named.origin is not Origin.VOCABULARY:
            yield {
                "paper": key,
                "concept": concept,
                "class": str(named.concept_class),
                "label": named.label,
                "origin": str(named.origin),
                "aliases": list(named.aliases),
                "variant_of": named.variant_of,
                "broader": named.broader,
                "parameters": named.parameters,
                "memory_gb": named.memory_gb,
            }


_TELLING = ("label", "class", "variant_of", "broader")
"""What tells apart the readings of one concept that as many papers have."""


def named_concept(rows: Sequence[Row]) -> Named:
    """A concept as most papers have it, with the aliases of all."""
    counts = Counter(row["label"] for row in rows)
    row = min(rows, key=lambda row: (-counts[row["label"]], *(row[name] or "" for name in _TELLING)))
    parameters, memory = (next((r[name] for r in rows if r[name]), None) for name in ("parameters", "memory_gb"))
    aliases = sorted({alias for row in rows for alias in row["aliases"]})
    return Named(
        ConceptId(row["concept"]),
        ConceptClass(row["class"]),
        row["label"],
        Origin(row["origin"]),
        row["variant_of"] and ConceptId(row["variant_of"]),
        parameters,
        memory,
        tuple(aliases),
        row["broader"] and ConceptId(row["broader"]),
    )


def citation_row(citation: Citation) -> Row:
    """A citation."""
    return {
        "citing": citation.citing,
        "cited": citation.cited,
        "layer": str(Layer(citation.layer)),
        "method": str(citation.method),
        "confidence": citation.confidence,
        "concept": citation.concept,
        "concept_role": citation.role and str(citation.role),
        "evidence": citation.evidence or None,
        "intent": citation.intent or None,
        "flags": list(map(str, citation.flags)),
    }


def version_row(version: Version) -> Row:
    """Two papers that are versions of one work."""
    return {
        "subject": version.later,
        "relation": str(PaperRelation.VERSION_OF),
        "object": version.earlier,
        "source": version.reason,
        "confidence": version.score,
    }


def skipped_rows(skipped: Iterable[Skipped]) -> Iterator[Row]:
    """What was skipped, by input and place."""
    for each in sorted(skipped, key=lambda s: (s.input, s.position.zfill(12), s.reason, s.text[:200])):
        yield {"input": each.input, "position": each.position, "reason": each.reason, "text": each.text[:200]}
