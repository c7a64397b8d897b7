"""Assembly: linked papers and the vocabulary put together as the tables of one graph."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ..ontology.classes import Origin, Relation
from ..ontology.concepts import Concept, ConceptId
from ..ontology.names import normalise
from ..ontology.vocabulary import Vocabulary
from .citations import explicit_citations, inferred_citations, introducing_paper
from .linking import LinkedPaper
from .mentions import Named
from .papers import Paper, PaperId, Skipped, paper_id
from .rows import citation_row, concept_rows, mention_rows, paper_row, skipped_rows
from .tables import Row


@dataclass(frozen=True)
class Tables:
    """The rows of every table, in the tables' order."""

    papers: tuple[Row, ...]
    concepts: tuple[Row, ...]
    concept_relations: tuple[Row, ...]
    mentions: tuple[Row, ...]
    citations: tuple[Row, ...]
    skipped: tuple[Row, ...]


@dataclass
class _Catalogue:
    """Papers of the graph, those of the input and those only cited, found by identifier or title."""

    papers: dict[PaperId, Paper]
    external: dict[PaperId, Paper] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._by_identifier = {i: key for key, paper in self.papers.items() for i in paper.identifiers}
        self._by_title: dict[str, list[PaperId]] = defaultdict(list)
        for key, paper in self.papers.items():
            self._by_title[normalise(paper.title)].append(key)

    def find(self, paper: Paper) -> PaperId:
        """The id of a cited paper; one that is not in the graph becomes an external paper of it."""
        for identifier in paper.identifiers:
            if identifier in self._by_identifier:
                return self._by_identifier[identifier]
        titled = self._by_title.get(normalise(paper.title), ())
        if len(titled) == 1 and not _contradicts(self.papers[titled[0]], paper):
            return titled[0]
        key = paper_id(paper)
        known = self.external.get(key)
        if known is None or known.title in known.identifiers:
            self.external[key] = paper
        return key


def _contradicts(known: Paper, other: Paper) -> bool:
    """Whether identifiers of one scheme or years far apart say that two papers differ."""
    schemes = {i.partition(":")[0] for i in known.identifiers} & {i.partition(":")[0] for i in other.identifiers}
    apart = known.year and other.year and abs(known.year - other.year) > 2
    return bool(schemes) or bool(apart)


def assemble(linked: Mapping[PaperId, LinkedPaper], vocabulary: Vocabulary, skipped: Iterable[Skipped]) -> Tables:
    """The tables of a graph; equal for equal papers, whatever order they came in."""
    catalogue = _Catalogue({key: each.paper for key, each in linked.items()})
    found = {m.concept.id: m.concept for _, each in sorted(linked.items()) for m in each.mentions}
    concepts = _concepts(found, vocabulary)
    relations = sorted(set(_relations(found, concepts, vocabulary, catalogue)))
    citations = sorted(
        {*explicit_citations(linked, catalogue.find), *inferred_citations(linked, vocabulary, catalogue.find)}
    )
    external = {key: paper for key, paper in catalogue.external.items() if key not in linked}
    papers = [
        *(paper_row(key, each.paper, False) for key, each in linked.items()),
        *(paper_row(key, paper, True) for key, paper in external.items()),
    ]
    return Tables(
        papers=tuple(sorted(papers, key=lambda row: row["id"])),
        concepts=tuple(concept_rows(found, concepts)),
        concept_relations=tuple(dict(zip(_RELATION, relation, strict=True)) for relation in relations),
        mentions=tuple(row for key, each in sorted(linked.items()) for row in mention_rows(key, each)),
        citations=tuple(map(citation_row, citations)),
        skipped=tuple(skipped_rows(skipped)),
    )


_RELATION = ("subject", "relation", "object", "source")


def _concepts(found: Mapping[ConceptId, Named], vocabulary: Vocabulary) -> dict[ConceptId, Concept]:
    """The curated concepts of a graph: those mentioned, and all that these lead up to."""
    wanted = [key for named in found.values() for key in (named.id, named.variant_of) if key]
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
    catalogue: _Catalogue,
) -> Iterator[tuple[str, str, str, str]]:
    for concept in concepts.values():
        source = concept.sources[0]
        for relation, other in concept.relations():
            yield concept.id, relation, vocabulary[other].id, source
        if (paper := introducing_paper(concept)) is not None:
            yield concept.id, Relation.INTRODUCED_IN, catalogue.find(paper), source
    for named in found.values():
        if named.origin is not Origin.VOCABULARY and named.variant_of:
            parent = vocabulary[named.variant_of].id if named.variant_of in vocabulary else named.variant_of
            yield named.id, Relation.VARIANT_OF, parent, "grammar of names"
            yield named.id, Relation.BROADER, parent, "grammar of names"
        elif named.origin is not Origin.VOCABULARY:
            yield named.id, Relation.BROADER, str(named.concept_class), "recogniser"
