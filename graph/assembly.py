"""Assembly: linked papers and the vocabulary put together as the tables of one graph."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..ontology.classes import Layer, Origin, Relation
from ..ontology.concepts import Concept, ConceptId
from ..ontology.names import normalise
from ..ontology.vocabulary import Vocabulary
from .citations import Citation, explicit_citations, inferred_citations, introducing_paper
from .identifiers import in_order
from .linking import LinkedPaper
from .mentions import Named
from .papers import Paper, PaperId, Skipped, digest, paper_id
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


@dataclass(frozen=True, slots=True)
class Unified:
    """Papers by their final ids, each once, with what was merged away."""

    papers: dict[PaperId, Paper]
    merged: tuple[Skipped, ...]


def unify(papers: Iterable[Paper]) -> Unified:
    """One paper for each identifier or title; records of the same paper are merged, and that is said.

    Papers without identifiers that share title, first author and year but not their abstracts are
    different papers (an "Editorial" each year), and stay apart.
    """
    ordered = sorted(papers, key=_completeness)
    same = _classes(ordered)
    groups: dict[str, list[Paper]] = defaultdict(list)
    for paper in ordered:
        groups[same[_key(paper)]].append(paper)
    found: dict[PaperId, Paper] = {}
    merged: list[Skipped] = []
    for group in groups.values():
        for final, records in _apart(group):
            found[final] = _merge(records)
            merged += [_merged(paper, records[0], final) for paper in records[1:]]
    return Unified(dict(sorted(found.items())), tuple(merged))


def _key(paper: Paper) -> str:
    """What a paper is known by alone: an identifier, else the id made of its title."""
    return paper.identifiers[0] if paper.identifiers else paper_id(paper)


def _classes(papers: Iterable[Paper]) -> dict[str, str]:
    """One identifier for all that name the same paper, over however many records that goes."""
    above: dict[str, str] = {}

    def top(key: str) -> str:
        while above.setdefault(key, key) != key:
            above[key] = key = above[above[key]]
        return key

    for paper in papers:
        for identifier in paper.identifiers:
            above[top(identifier)] = top(_key(paper))
        top(_key(paper))
    return {key: top(key) for key in list(above)}


def _completeness(paper: Paper) -> tuple[int, int, int, str, str, str]:
    """A key that puts the records with the most identifiers, the longest abstract and most authors first."""
    size = (-len(paper.identifiers), -len(paper.abstract or ""), -len(paper.authors))
    return *size, paper.title, paper.source, paper.position.zfill(12)


def _apart(group: Sequence[Paper]) -> Iterator[tuple[PaperId, list[Paper]]]:
    """Split papers that share an id made from their titles, but tell different things."""
    kinds: dict[str, list[Paper]] = defaultdict(list)
    for paper in group:
        kinds["" if paper.identifiers else normalise(paper.abstract or "")].append(paper)
    key = paper_id(_merge(group))
    if len([text for text in kinds if text]) <= 1:
        yield key, list(group)
        return
    for text, same in kinds.items():
        yield (PaperId(f"{key}-{digest(text)}") if text else key), same


def _merge(same: Sequence[Paper]) -> Paper:
    """The most complete record, its gaps filled from the others."""
    first = same[0]
    identifiers = in_order({i for paper in same for i in paper.identifiers})
    references = tuple(sorted({r for paper in same for r in paper.references}))
    gaps = {
        name: next((value for paper in same if (value := getattr(paper, name))), getattr(first, name))
        for name in ("abstract", "year", "date", "venue", "authors", "metadata")
    }
    return replace(first, identifiers=identifiers, references=references, **gaps)


def _merged(paper: Paper, into: Paper, final: PaperId) -> Skipped:
    reason = f"merged: the same paper as {into.source}:{into.position} ({final})"
    return Skipped(paper.source, paper.position, reason, paper.title)


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
        *(_paper_row(key, each.paper, False) for key, each in linked.items()),
        *(_paper_row(key, paper, True) for key, paper in external.items()),
    ]
    return Tables(
        papers=tuple(sorted(papers, key=lambda row: row["id"])),
        concepts=tuple(_concept_rows(found, concepts)),
        concept_relations=tuple(dict(zip(_RELATION, relation, strict=True)) for relation in relations),
        mentions=tuple(row for key, each in sorted(linked.items()) for row in _mention_rows(key, each)),
        citations=tuple(map(_citation_row, citations)),
        skipped=tuple(_skipped_rows(skipped)),
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


def _paper_row(key: PaperId, paper: Paper, external: bool) -> Row:
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


def _concept_rows(found: Mapping[ConceptId, Named], concepts: Mapping[ConceptId, Concept]) -> Iterator[Row]:
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
        "identifiers": [],
        "source": [],
    }


def _mention_rows(key: PaperId, linked: LinkedPaper) -> Iterator[Row]:
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


def _citation_row(citation: Citation) -> Row:
    return {
        "citing": citation.citing,
        "cited": citation.cited,
        "layer": str(Layer(citation.layer)),
        "method": citation.method,
        "confidence": citation.confidence,
        "evidence": citation.evidence or None,
        "intent": None,
    }


def _skipped_rows(skipped: Iterable[Skipped]) -> Iterator[Row]:
    for each in sorted(skipped, key=lambda s: (s.input, s.position.zfill(12), s.reason, s.text)):
        yield {"input": each.input, "position": each.position, "reason": each.reason, "text": each.text[:200]}
