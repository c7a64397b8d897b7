"""Assembly: papers, their links and the vocabulary put together as the tables of one graph."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from ..ontology.classes import Origin, Relation
from ..ontology.concepts import Concept, ConceptId
from ..ontology.vocabulary import Vocabulary
from .catalogue import Catalogue
from .chunks import Links
from .citations import (
    CITED_ROLES,
    Citation,
    cited_works,
    explicit_citations,
    flagged,
    inferred_citations,
    introducing_paper,
    introductions,
)
from .mentions import Named
from .merging import Unified
from .papers import Skipped, StatedCitation
from .records import record_rows, statement_rows
from .rows import citation_row, concept_rows, named_concept, paper_row, skipped_rows, version_row
from .tables import frame
from .titles import titled

if TYPE_CHECKING:
    import polars as pl


def assemble(
    unified: Unified,
    links: Links,
    stated: Sequence[StatedCitation],
    skipped: Iterable[Skipped],
    vocabulary: Vocabulary,
) -> "dict[str, pl.DataFrame]":
    """The tables of a graph; equal for equal records, whatever order they came in."""
    catalogue = Catalogue(unified.papers)
    found = _named(links)
    concepts = _concepts(links, found, vocabulary)
    catalogue.add_cited(cited_works(unified.papers, stated, concepts.values()))
    relations = sorted(set(_relations(found, concepts, vocabulary, catalogue)))
    citations = _citations(unified, links, stated, found, vocabulary, catalogue)
    concept_frame = frame("concepts", concept_rows(found, concepts))
    relation_frame = frame("concept_relations", (dict(zip(_RELATION, r, strict=True)) for r in relations))
    return {
        "papers": titled(_papers(unified, catalogue), relation_frame, concept_frame),
        "concepts": concept_frame,
        "concept_relations": relation_frame,
        "mentions": links.mentions,
        "names": links.names,
        "citations": frame("citations", map(citation_row, citations)),
        "paper_relations": frame("paper_relations", map(version_row, unified.versions)),
        "records": frame("records", record_rows(unified.members, unified.papers)),
        "statements": frame("statements", statement_rows(stated)),
        "skipped": frame("skipped", skipped_rows([*skipped, *unified.doubts])),
    }


_RELATION = ("subject", "relation", "object", "source")


def _papers(unified: Unified, catalogue: Catalogue) -> "pl.DataFrame":
    """The papers of the input and those that are only cited, by id."""
    every = {key: (paper, False) for key, paper in unified.papers.items()}
    every |= {key: (paper, True) for key, paper in catalogue.external.items()}
    return frame("papers", (paper_row(key, *every[key]) for key in sorted(every)))


def _named(links: Links) -> dict[ConceptId, Named]:
    """The concepts that papers name and the vocabulary lacks."""
    rows = links.names.sort("concept", "paper").iter_rows(named=True)
    return {ConceptId(key): named_concept(list(some)) for key, some in groupby(rows, key=lambda row: row["concept"])}


def _concepts(links: Links, found: Mapping[ConceptId, Named], vocabulary: Vocabulary) -> dict[ConceptId, Concept]:
    """The curated concepts of a graph: those mentioned, and all that these and the ones that papers name lead up to."""
    mentioned = map(ConceptId, links.mentions["concept"].unique().sort())
    above = (named.variant_of or named.broader or ConceptId(str(named.concept_class)) for named in found.values())
    wanted = [*mentioned, *above]
    concepts: dict[ConceptId, Concept] = {}
    while wanted:
        key = wanted.pop()
        if key in vocabulary and vocabulary[key].id not in concepts:
            concept = vocabulary[key]
            concepts[concept.id] = concept
            wanted += [other for _, other in concept.relations()]
    return dict(sorted(concepts.items()))


def _relations(
    found: Mapping[ConceptId, Named],
    concepts: Mapping[ConceptId, Concept],
    vocabulary: Vocabulary,
    catalogue: Catalogue,
) -> Iterator[tuple[str, str, str, str]]:
    for concept in concepts.values():
        source = concept.sources[0]
        for relation, other in concept.relations():
            yield concept.id, relation, vocabulary[other].id, source
        if (paper := introducing_paper(concept)) is not None:
            yield concept.id, Relation.INTRODUCED_IN, catalogue.find(paper).paper, source
    for named in found.values():
        if named.variant_of:
            parent = vocabulary[named.variant_of].id if named.variant_of in vocabulary else named.variant_of
            yield named.id, Relation.VARIANT_OF, parent, "grammar of names"
            yield named.id, Relation.BROADER, parent, "grammar of names"
        elif named.broader and named.broader in vocabulary:
            yield named.id, Relation.BROADER, vocabulary[named.broader].id, "recogniser"
        else:
            yield named.id, Relation.BROADER, str(named.concept_class), "recogniser"


def _citations(
    unified: Unified,
    links: Links,
    stated: Sequence[StatedCitation],
    found: Mapping[ConceptId, Named],
    vocabulary: Vocabulary,
    catalogue: Catalogue,
) -> list[Citation]:
    """The citations of all layers, with their flags, in order."""
    import polars as pl

    mentioned = map(ConceptId, links.mentions["concept"].unique().sort())
    parents = ((key, found[key].variant_of if key in found else None) for key in mentioned)
    introduced = introductions(parents, vocabulary)
    telling = links.mentions.filter(
        pl.col("role").is_in(sorted(CITED_ROLES)),
        pl.col("origin") != str(Origin.CANDIDATE),
        pl.col("concept").is_in(sorted(introduced)),
    )
    citations = [
        *explicit_citations(unified.papers, stated, catalogue),
        *inferred_citations(telling.iter_rows(named=True), introduced, unified.papers, catalogue),
    ]
    everyone = {**catalogue.external, **unified.papers}
    return sorted(flagged(citations, everyone), key=lambda c: (c.citing, c.cited, c.layer))
