"""A knowledge graph as RDF: six named graphs, written by whole columns of the tables.

The triples leave as text in the form of N-Triples or N-Quads, always in the same order: the named graphs
one after the other, in each the subjects in the order of the tables. No blank nodes.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from enum import StrEnum
from functools import partial

import polars as pl

from ..graph.knowledge import KnowledgeGraph
from ..graph.papers import InputError
from ..ontology.classes import ConceptClass, Layer, Origin, Relation, Role
from ..ontology.prefixes import expand
from ..ontology.terms import BASE, class_iri, concept_iri, paper_iri, plain_iri, relation_iri, role_iri
from .descriptions import activity_iri, description
from .identifiers import concept_places, paper_places, source_place
from .triples import (
    Each,
    Object,
    Pattern,
    Sheet,
    about,
    date,
    decimal,
    encoded,
    encoded_lists,
    flag,
    iri,
    literal,
    mapped,
    typed,
    year,
)

ROWS = 5_000
"""How many rows are written at once: memory stays the same however long a table is."""
QUOTED = 32
"""How many characters before and after a mention its quotation carries."""


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
WITHOUT_EVIDENCE: Parts = tuple(part for part in Part if part is not Part.MENTIONS)
"""Everything but the places in the texts: papers still say what they introduce, use, and so on."""


def ntriples(graph: KnowledgeGraph, *, base: str = BASE, parts: Parts = ALL) -> Iterator[str]:
    """The graph as pieces of N-Triples, each of whole lines; the named graphs become one."""
    return _written(graph, base, parts, lambda part: " .\n")


def nquads(graph: KnowledgeGraph, *, base: str = BASE, parts: Parts = ALL) -> Iterator[str]:
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


def _written(graph: KnowledgeGraph, base: str, parts: Parts, ending: Callable[[Part], str]) -> Iterator[str]:
    check_base(base)
    counts: dict[str, Counter[str]] = {}
    for part in (part for part in Part if part in parts and part is not Part.PROVENANCE):
        counts[part] = Counter()
        for sheet in _SHEETS[part](graph, base):
            yield sheet.text(ending(part), counts[part])
    if Part.PROVENANCE in parts:
        lines = description(graph, {part_iri(Part(part), base): found for part, found in counts.items()}, base)
        yield "".join(line + ending(Part.PROVENANCE) for line in lines)


def _slices(frame: pl.DataFrame) -> Iterator[pl.DataFrame]:
    return frame.iter_slices(ROWS)


# The vocabulary


def _vocabulary(graph: KnowledgeGraph, base: str) -> Iterator[Sheet]:
    yield _schemes(base)
    related = _related(graph)
    for rows in _slices(related):
        yield Sheet(_with_concept_iris(rows, base), _concept_patterns(base))


def _schemes(base: str) -> Sheet:
    """The scheme of what is curated or composed, and apart from it that of the candidates."""
    roots = [concept_iri(root, base) for root in ConceptClass]
    frame = pl.DataFrame(
        {
            "name": ["candidates", "vocabulary"],
            "title": ["Candidates: names that papers coin, for review", "Concepts of machine learning"],
            "roots": [[], [f"<{root}>" for root in roots]],
        },
        schema={"name": pl.String, "title": pl.String, "roots": pl.List(pl.String)},
    )
    patterns = about(
        iri(f"{base}scheme/", pl.col("name")),
        ("rdf:type", pl.lit(f"<{expand('skos:ConceptScheme', base)}>")),
        ("dcterms:title", literal(pl.col("title"), language="en")),
        ("skos:hasTopConcept", Each(pl.col("roots"))),
        expand=partial(expand, base=base),
    )
    return Sheet(frame, patterns)


def _related(graph: KnowledgeGraph) -> pl.DataFrame:
    """The concepts, each with a list of objects for every relation."""
    frame = graph.concepts
    for relation in Relation:
        rows = graph.concept_relations.filter(pl.col("relation") == relation)
        frame = _with_lists(frame, rows, "subject", "object", str(relation))
    return frame


def _with_lists(frame: pl.DataFrame, rows: pl.DataFrame, key: str, value: str, name: str) -> pl.DataFrame:
    """A frame with the values of *rows* in a list of their own; every row finds its place, or it is said."""
    lists = rows.group_by(key).agg(pl.col(value).unique().sort().alias(name))
    lost = lists.join(frame, left_on=key, right_on="id", how="anti")
    if len(lost):
        raise InputError(lost[key][0], f"stands in a relation ({name}), but in no table", "build the graph again")
    return frame.join(lists, left_on="id", right_on=key, how="left", maintain_order="left")


def _with_concept_iris(rows: pl.DataFrame, base: str) -> pl.DataFrame:
    concept, paper = partial(_concept_term, base=base), partial(_paper_term, base=base)
    places = [concept_places(row) for row in rows["identifiers"].to_list()]
    sources = [[(source, source_place(source)) for source in row] for row in rows["source"].to_list()]
    lists = {
        "same": [found.same for found in places],
        "also": [found.also for found in places],
        "other": [found.other for found in places],
        "places": [[f"<{place}>" for _, place in row if place] for row in sources],
        "notes": [[source for source, place in row if not place] for row in sources],
    }
    return rows.with_columns(
        encoded(rows["id"], concept).alias("iri"),
        encoded_lists(rows["replaces"], concept).alias("former"),
        *(
            encoded_lists(rows[relation], paper if relation is Relation.INTRODUCED_IN else concept)
            for relation in Relation
        ),
        *(pl.Series(name, values, dtype=pl.List(pl.String)) for name, values in lists.items()),
    )


def _concept_term(concept: str, base: str) -> str:
    return f"<{concept_iri(concept, base)}>"


def _paper_term(paper: str, base: str) -> str:
    return f"<{paper_iri(paper, base)}>"


def _concept_patterns(base: str) -> list[Pattern]:
    scheme = pl.when(pl.col("origin") == Origin.CANDIDATE).then(pl.lit("candidates")).otherwise(pl.lit("vocabulary"))
    is_root = pl.col("id").is_in(list(map(str, ConceptClass)))
    texts: list[tuple[str, Object]] = [
        ("rdf:type", pl.lit(f"<{expand('skos:Concept', base)}>")),
        ("rdf:type", mapped("class", ((c, class_iri(c, base)) for c in ConceptClass))),
        ("skos:prefLabel", literal(pl.col("label"), language="en")),
        ("skos:altLabel", _literals("aliases", language="en")),
        ("skos:hiddenLabel", _literals("misspellings", language="en")),
        ("skos:definition", literal(pl.col("definition"), language="en")),
        ("skos:inScheme", iri(f"{base}scheme/", scheme)),
        ("skos:topConceptOf", pl.when(is_root).then(iri(f"{base}scheme/vocabulary"))),
        ("co:origin", literal(pl.col("origin"))),
        ("co:general", flag(pl.col("general"))),
        ("co:grouping", flag(pl.col("grouping"))),
    ]
    relations = [(relation_iri(relation, base), Each(pl.col(relation))) for relation in Relation]
    attributes: list[tuple[str, Object]] = [
        ("co:parameterCount", typed(pl.col("parameters"), "integer")),
        ("co:contextLength", typed(pl.col("context_length"), "integer")),
        ("co:memoryGigabytes", decimal(pl.col("memory_gb"))),
        ("co:peakTeraflops", decimal(pl.col("peak_tflops"))),
        ("co:thermalDesignPowerWatts", decimal(pl.col("tdp_watts"))),
        ("co:itemCount", typed(pl.col("size"), "integer")),
        ("co:languageCode", _literals("languages", datatype="language")),
        ("co:introducedYear", year(pl.col("year"))),
        ("co:developedBy", _literals("developed_by")),
        ("dcterms:replaces", Each(pl.col("former"))),
        ("skos:exactMatch", Each(pl.col("same"))),
        ("rdfs:seeAlso", Each(pl.col("also"))),
        ("co:identifier", _literals("other")),
        ("dcterms:source", Each(pl.col("places"))),
        ("co:sourceName", _literals("notes")),
    ]
    named = partial(expand, base=base)
    subject = pl.col("iri")
    return [
        *about(subject, *texts, expand=named),
        *(Pattern(subject, predicate, objects) for predicate, objects in relations),
        *about(subject, *attributes, expand=named),
    ]


def _literals(column: str, language: str = "", datatype: str = "") -> Each:
    """The distinct texts of a list."""
    texts = pl.col(column).list.unique(maintain_order=True)
    return Each(texts.list.eval(literal(pl.element(), language=language, datatype=datatype)))


# Papers, and what they do with concepts


def _papers(graph: KnowledgeGraph, base: str) -> Iterator[Sheet]:
    frame = graph.papers
    for role in Role:
        links = graph.links.filter(pl.col("role") == role)
        frame = _with_lists(frame, links, "paper", "concept", f"role {role}")
    for rows in _slices(frame):
        ready = _with_paper_iris(rows, base)
        yield Sheet(ready, _paper_patterns(base))


def _with_paper_iris(rows: pl.DataFrame, base: str) -> pl.DataFrame:
    concept = partial(_concept_term, base=base)
    places = [paper_places(row) for row in rows["identifiers"].to_list()]
    metadata = [[f"{pair['name']}: {pair['value']}" for pair in row] for row in rows["metadata"].to_list()]
    return rows.with_columns(
        encoded(rows["id"], partial(paper_iri, base=base)).alias("iri"),
        pl.when(~pl.col("identifiers").list.contains(pl.col("title"))).then(pl.col("title")).alias("title"),
        pl.Series("same", [found.same for found in places], dtype=pl.List(pl.String)),
        pl.Series("other", [found.other for found in places], dtype=pl.List(pl.String)),
        pl.Series("metadata", metadata, dtype=pl.List(pl.String)),
        *(encoded_lists(rows[f"role {role}"], concept) for role in Role),
    )


def _paper_patterns(base: str) -> list[Pattern]:
    named = partial(expand, base=base)
    subject = iri(pl.col("iri"))
    given: list[tuple[str, Object]] = [
        ("rdf:type", pl.lit(f"<{named('fabio:ResearchPaper')}>")),
        ("dcterms:title", literal(pl.col("title"))),
        ("dcterms:abstract", literal(pl.col("abstract"))),
        ("dc:creator", _literals("authors")),
        ("fabio:hasPublicationYear", year(pl.col("year"))),
        ("dcterms:date", date(pl.col("date"))),
        ("prism:publicationName", literal(pl.col("venue"))),
        ("schema:sameAs", Each(pl.col("same"))),
        ("co:identifier", _literals("other")),
        ("co:onlyCited", flag(pl.col("external"))),
        ("co:inputName", literal(_not_empty("source"))),
        ("co:inputPosition", literal(_not_empty("position"))),
        ("co:inputNote", _literals("metadata")),
    ]
    roles = [Pattern(subject, role_iri(role, base), Each(pl.col(f"role {role}"))) for role in Role]
    return [*about(subject, *given, expand=named), *roles, *_field_patterns(named)]


def _field_patterns(named: Callable[[str], str]) -> Iterator[Pattern]:
    """The title and the abstract as resources of their own, which the places of mentions refer to."""
    for name in ("title", "abstract"):
        known = pl.when(pl.col(name).is_not_null() & ~pl.col("external"))
        field = iri(pl.col("iri"), f"#{name}")
        yield Pattern(field, named("rdf:type"), known.then(pl.lit(f"<{named('co:Field')}>")))
        yield Pattern(field, named("dcterms:isPartOf"), known.then(iri(pl.col("iri"))))


def _not_empty(column: str) -> pl.Expr:
    return pl.when(pl.col(column) != "").then(pl.col(column))


# Mentions: the evidence, as Web Annotations


def _mentions(graph: KnowledgeGraph, base: str) -> Iterator[Sheet]:
    texts = graph.papers.select("id", "title", "abstract")
    patterns = _mention_patterns(base, activity_iri(graph, base))
    for rows in _slices(graph.mentions):
        yield Sheet(_with_places(rows, texts, base), patterns)


def _with_places(rows: pl.DataFrame, texts: pl.DataFrame, base: str) -> pl.DataFrame:
    joined = rows.join(texts, left_on="paper", right_on="id", how="left", maintain_order="left")
    field = pl.when(pl.col("field") == "title").then(pl.col("title")).otherwise(pl.col("abstract"))
    paper = encoded(rows["paper"], lambda paper: paper_iri(paper, base))
    concept = encoded(rows["concept"], lambda concept: concept_iri(concept, base))
    first = pl.max_horizontal(pl.col("start") - QUOTED, pl.lit(0))
    place = pl.concat_str(pl.col("field"), pl.lit("/"), pl.col("start"), pl.lit("-"), pl.col("end"))
    return joined.with_columns(
        paper.alias("paper"),
        concept.alias("concept"),
        pl.concat_str(pl.lit(f"{base}mention/"), paper.str.slice(len(f"{base}paper/")), pl.lit("/"), place).alias(
            "iri"
        ),
        field.str.slice(first, pl.col("start") - first).alias("prefix"),
        field.str.slice(pl.col("end"), QUOTED).alias("suffix"),
    ).drop("title", "abstract")


def _mention_patterns(base: str, activity: str) -> list[Pattern]:
    named = partial(expand, base=base)

    def constant(name: str) -> pl.Expr:
        return pl.lit(f"<{named(name)}>")

    at = pl.col("iri")
    target, position, quote = (iri(at, f"#{name}") for name in ("target", "position", "quote"))
    annotation: list[tuple[str, Object]] = [
        ("rdf:type", constant("oa:Annotation")),
        ("oa:motivatedBy", constant("oa:identifying")),
        ("oa:hasBody", iri(pl.col("concept"))),
        ("oa:hasTarget", target),
        ("co:role", mapped("role", ((role, role_iri(role, base)) for role in Role))),
        ("co:confidence", decimal(pl.col("confidence"))),
        ("co:method", literal(pl.col("method"))),
        ("prov:wasGeneratedBy", pl.lit(f"<{activity}>")),
    ]
    place: list[tuple[str, Object]] = [
        ("rdf:type", constant("oa:SpecificResource")),
        ("oa:hasSource", iri(pl.col("paper"), "#", pl.col("field"))),
        ("oa:hasSelector", position),
        ("oa:hasSelector", quote),
    ]
    offsets: list[tuple[str, Object]] = [
        ("rdf:type", constant("oa:TextPositionSelector")),
        ("oa:start", typed(pl.col("start"), "nonNegativeInteger")),
        ("oa:end", typed(pl.col("end"), "nonNegativeInteger")),
    ]
    words: list[tuple[str, Object]] = [
        ("rdf:type", constant("oa:TextQuoteSelector")),
        ("oa:exact", literal(pl.col("text"))),
        ("oa:prefix", literal(pl.col("prefix"))),
        ("oa:suffix", literal(pl.col("suffix"))),
    ]
    parts = ((iri(at), annotation), (target, place), (position, offsets), (quote, words))
    return [pattern for subject, pairs in parts for pattern in about(subject, *pairs, expand=named)]


# Citations, one named graph for each layer

CITES = {Layer.EXPLICIT: "cito:cites", Layer.INFERRED: "co:citesInferred"}
"""The direct property of each layer; only what an input states is CiTO's own."""


def _citations(graph: KnowledgeGraph, base: str, layer: Layer) -> Iterator[Sheet]:
    concepts = set(graph.concepts["id"])
    for rows in _slices(graph.citations.filter(pl.col("layer") == layer)):
        yield Sheet(_with_citation_iris(rows, concepts, base), _citation_patterns(layer, base))


def _with_citation_iris(rows: pl.DataFrame, concepts: set[str], base: str) -> pl.DataFrame:
    citing, cited = (encoded(rows[end], lambda paper: paper_iri(paper, base)) for end in ("citing", "cited"))
    start = len(f"{base}paper/")
    at = pl.concat_str(citing.str.slice(start), pl.lit("/"), cited.str.slice(start), pl.lit("/"), pl.col("layer"))
    return rows.with_columns(
        citing.alias("citing"),
        cited.alias("cited"),
        at.alias("iri"),
        encoded(rows["method"], partial(_through, concepts=concepts, base=base)).alias("through"),
    )


def _through(method: str, concepts: set[str], base: str) -> str | None:
    """The concept over which a citation was inferred; its method names it after the role."""
    _, _, concept = method.partition(" ")
    return _concept_term(concept, base) if concept in concepts else None


def _citation_patterns(layer: Layer, base: str) -> list[Pattern]:
    """The direct triple; and the citation itself, wherever there is more to say about it."""
    named = partial(expand, base=base)
    reified = pl.lit(layer is not Layer.EXPLICIT) | pl.col("evidence").is_not_null() | pl.col("intent").is_not_null()
    citing, cited = iri(pl.col("citing")), iri(pl.col("cited"))
    detail: list[tuple[str, Object]] = [
        ("rdf:type", pl.lit(f"<{named('cito:Citation')}>")),
        ("cito:hasCitingEntity", citing),
        ("cito:hasCitedEntity", cited),
        ("co:layer", literal(pl.col("layer"))),
        ("co:method", literal(pl.col("method"))),
        ("co:throughConcept", pl.col("through")),
        ("co:confidence", decimal(pl.col("confidence"))),
        ("co:evidence", literal(pl.col("evidence"))),
        ("co:intent", literal(pl.col("intent"))),
    ]
    subject = pl.when(reified).then(iri(f"{base}citation/", pl.col("iri")))
    return [Pattern(citing, named(CITES[layer]), cited), *about(subject, *detail, expand=named)]


_SHEETS: "dict[Part, Callable[[KnowledgeGraph, str], Iterator[Sheet]]]" = {
    Part.VOCABULARY: _vocabulary,
    Part.PAPERS: _papers,
    Part.MENTIONS: _mentions,
    Part.EXPLICIT: partial(_citations, layer=Layer.EXPLICIT),
    Part.INFERRED: partial(_citations, layer=Layer.INFERRED),
}
