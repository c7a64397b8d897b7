"""Sheets: what RDF says of concepts, papers, mentions and citations, as frames and the patterns of their triples."""

from collections.abc import Callable, Iterator
from functools import partial

import polars as pl

from ..graph.catalogue import Resolution
from ..graph.knowledge import KnowledgeGraph
from ..graph.papers import InputError
from ..ontology.classes import ConceptClass, Layer, Origin, PaperRelation, Relation, Role
from ..ontology.prefixes import expand
from ..ontology.terms import class_iri, concept_iri, paper_iri, relation_iri, role_iri
from .descriptions import activity_iri
from .identifiers import concept_page, concept_place, paper_place, source_place
from .triples import (
    Each,
    Object,
    Pattern,
    Sheet,
    Term,
    about,
    date,
    decimal,
    encoded,
    encoded_lists,
    flag,
    iri,
    iris_of,
    joined,
    literal,
    mapped,
    typed,
    year,
)

ROWS = 2_500
"""How many rows are written at once: memory stays the same however long a table is."""
QUOTED = 32
"""How many characters before and after a mention its quotation carries."""


def _slices(frame: pl.DataFrame) -> Iterator[pl.DataFrame]:
    return frame.iter_slices(ROWS)


# The vocabulary


def vocabulary(graph: KnowledgeGraph, base: str) -> Iterator[Sheet]:
    """The concepts, their names, relations and facts."""
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
        ("rdf:type", iri(expand("skos:ConceptScheme", base))),
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
    identifiers, sources = rows["identifiers"], rows["source"]
    return rows.with_columns(
        iris_of(rows["id"], partial(concept_iri, base=base)).alias("iri"),
        encoded_lists(rows["replaces"], concept).alias("former"),
        encoded_lists(identifiers, _term_of(concept_place)).alias("same"),
        encoded_lists(identifiers, _term_of(concept_page)).alias("also"),
        encoded_lists(identifiers, _without(concept_place, concept_page)).alias("other"),
        encoded_lists(sources, _term_of(source_place)).alias("places"),
        encoded_lists(sources, _without(source_place)).alias("notes"),
        *(
            encoded_lists(rows[relation], paper if relation is Relation.INTRODUCED_IN else concept)
            for relation in Relation
        ),
    )


def _concept_term(concept: str, base: str) -> str:
    return f"<{concept_iri(concept, base)}>"


def _paper_term(paper: str, base: str) -> str:
    return f"<{paper_iri(paper, base)}>"


Finder = Callable[[str], str | None]
"""Where on the web an identifier or a source leads, or nothing."""


def _term_of(find: Finder) -> Finder:
    """The place as a term."""

    def term(value: str) -> str | None:
        place = find(value)
        return f"<{place}>" if place else None

    return term


def _without(*finders: Finder) -> Finder:
    """What has no place, as it is."""
    return lambda value: None if any(find(value) for find in finders) else value


def _concept_patterns(base: str) -> list[Pattern]:
    scheme = pl.when(pl.col("origin") == Origin.CANDIDATE).then(pl.lit("candidates")).otherwise(pl.lit("vocabulary"))
    is_root = pl.col("id").is_in(list(map(str, ConceptClass)))
    texts: list[tuple[str, Object]] = [
        ("rdf:type", iri(expand("skos:Concept", base))),
        ("rdf:type", mapped("class", ((c, class_iri(c, base)) for c in ConceptClass))),
        ("skos:prefLabel", literal(pl.col("label"), language="en")),
        ("skos:altLabel", _literals("aliases", language="en")),
        ("skos:hiddenLabel", _literals("misspellings", language="en")),
        ("skos:definition", literal(pl.col("definition"), language="en")),
        ("skos:inScheme", iri(f"{base}scheme/", scheme)),
        ("skos:topConceptOf", (pl.when(is_root).then(pl.lit(f"<{base}scheme/vocabulary>")),)),
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
        ("co:coveredName", _literals("covers")),
        ("dcterms:replaces", Each(pl.col("former"))),
        ("skos:exactMatch", Each(pl.col("same"))),
        ("rdfs:seeAlso", Each(pl.col("also"))),
        ("co:identifier", _literals("other")),
        ("dcterms:source", Each(pl.col("places"))),
        ("co:sourceName", _literals("notes")),
    ]
    named = partial(expand, base=base)
    subject = iri(pl.col("iri"))
    return [
        *about(subject, *texts, expand=named),
        *(Pattern(subject, predicate, objects) for predicate, objects in relations),
        *about(subject, *attributes, expand=named),
    ]


def _literals(column: str, language: str = "", datatype: str = "") -> Each:
    """The distinct texts of a list."""
    texts = pl.col(column).list.unique(maintain_order=True)
    return Each(texts.list.eval(joined(literal(pl.element(), language=language, datatype=datatype))))


# Papers, and what they do with concepts


def papers(graph: KnowledgeGraph, base: str) -> Iterator[Sheet]:
    """The papers with what their records say, what they do with concepts, and which are versions of which."""
    frame = graph.papers
    for role in Role:
        links = graph.links.filter(pl.col("role") == role)
        frame = _with_lists(frame, links, "paper", "concept", f"role {role}")
    for rows in _slices(frame):
        ready = _with_paper_iris(rows, base)
        yield Sheet(ready, _paper_patterns(base))
    yield from versions(graph, base)


def _with_paper_iris(rows: pl.DataFrame, base: str) -> pl.DataFrame:
    concept = partial(_concept_term, base=base)
    note = pl.concat_str(pl.element().struct.field("name"), pl.lit(": "), pl.element().struct.field("value"))
    return rows.with_columns(
        iris_of(rows["id"], partial(paper_iri, base=base)).alias("iri"),
        pl.when(~pl.col("identifiers").list.contains(pl.col("title"))).then(pl.col("title")).alias("title"),
        encoded_lists(rows["identifiers"], _term_of(paper_place)).alias("same"),
        encoded_lists(rows["identifiers"], _without(paper_place)).alias("other"),
        pl.col("metadata").list.eval(note),
        *(encoded_lists(rows[f"role {role}"], concept) for role in Role),
    )


def _paper_patterns(base: str) -> list[Pattern]:
    named = partial(expand, base=base)
    subject = iri(pl.col("iri"))
    given: list[tuple[str, Object]] = [
        ("rdf:type", iri(named("fabio:ResearchPaper"))),
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
        paper = pl.when(pl.col(name).is_not_null() & ~pl.col("external")).then(pl.col("iri"))
        field = iri(paper, f"#{name}")
        yield from about(field, ("rdf:type", iri(named("co:Field"))), ("dcterms:isPartOf", iri(paper)), expand=named)


def _not_empty(column: str) -> pl.Expr:
    return pl.when(pl.col(column) != "").then(pl.col(column))


def versions(graph: KnowledgeGraph, base: str) -> Iterator[Sheet]:
    """Papers that are later versions of others: the direct triple, and how it was found."""
    paper = partial(paper_iri, base=base)
    for rows in _slices(graph.paper_relations.filter(pl.col("relation") == PaperRelation.VERSION_OF)):
        ends = (iris_of(rows[end], paper).alias(end) for end in ("subject", "object"))
        yield Sheet(rows.with_columns(*ends), _version_patterns(base))


def _version_patterns(base: str) -> list[Pattern]:
    named, start = partial(expand, base=base), len(f"{base}paper/")
    later, earlier = iri(pl.col("subject")), iri(pl.col("object"))
    both = pl.concat_str(pl.col("subject").str.slice(start), pl.lit("/"), pl.col("object").str.slice(start))
    detail: list[tuple[str, Object]] = [
        ("rdf:type", iri(named("co:Version"))),
        ("co:laterVersion", later),
        ("co:earlierVersion", earlier),
        ("co:method", literal(pl.col("source"))),
        ("co:confidence", decimal(pl.col("confidence"))),
    ]
    direct = Pattern(later, named(f"co:{PaperRelation.VERSION_OF}"), earlier)
    return [direct, *about(iri(f"{base}version/", both), *detail, expand=named)]


# Mentions: the evidence, as Web Annotations


def mentions(graph: KnowledgeGraph, base: str) -> Iterator[Sheet]:
    """The mentions: the concept, the words that name it, and where these stand."""
    texts = graph.papers.select("title", "abstract", paper="id")
    patterns = _mention_patterns(base, activity_iri(graph, base))
    for rows in _slices(graph.mentions):
        iris = rows.with_columns(
            iris_of(rows["paper"], partial(paper_iri, base=base)).alias("paper iri"),
            iris_of(rows["concept"], partial(concept_iri, base=base)).alias("concept iri"),
        )
        yield Sheet(_with_places(iris.join(texts, on="paper", how="left", maintain_order="left"), base), patterns)


def _with_places(rows: pl.DataFrame, base: str) -> pl.DataFrame:
    """Mentions with an IRI of their own, and with the words before and after them."""
    place = pl.concat_str("field", pl.lit("/"), "start", pl.lit("-"), "end")
    paper = pl.col("paper iri").str.slice(len(f"{base}paper/"))
    field = pl.when(pl.col("field") == "title").then(pl.col("title")).otherwise(pl.col("abstract"))
    first = pl.max_horizontal(pl.col("start") - QUOTED, pl.lit(0))
    nearby = rows.select(
        "paper iri", "concept iri", "field", "start", "end", "text", "role", "confidence", "method",
        pl.concat_str(pl.lit(f"{base}mention/"), paper, pl.lit("/"), place).alias("iri"),
        (pl.col("start") - first).alias("before"),
        (pl.col("end") - first).alias("through"),
        field.str.slice(first, pl.col("end") - first + QUOTED).alias("nearby"),
    )  # fmt: skip
    return nearby.with_columns(
        pl.col("nearby").str.slice(0, pl.col("before")).alias("prefix"),
        pl.col("nearby").str.slice(pl.col("through"), QUOTED).alias("suffix"),
    )


def _mention_patterns(base: str, activity: str) -> list[Pattern]:
    named = partial(expand, base=base)

    def constant(name: str) -> Term:
        return iri(named(name))

    at = pl.col("iri")
    target, position, quote = (iri(at, f"#{name}") for name in ("target", "position", "quote"))
    annotation: list[tuple[str, Object]] = [
        ("rdf:type", constant("oa:Annotation")),
        ("oa:motivatedBy", constant("oa:identifying")),
        ("oa:hasBody", iri(pl.col("concept iri"))),
        ("oa:hasTarget", target),
        ("co:role", mapped("role", ((role, role_iri(role, base)) for role in Role))),
        ("co:confidence", decimal(pl.col("confidence"))),
        ("co:method", literal(pl.col("method"))),
        ("prov:wasGeneratedBy", iri(activity)),
    ]
    place: list[tuple[str, Object]] = [
        ("rdf:type", constant("oa:SpecificResource")),
        ("oa:hasSource", iri(pl.col("paper iri"), "#", pl.col("field"))),
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


def citations(graph: KnowledgeGraph, base: str, layer: Layer) -> Iterator[Sheet]:
    """The citations of one layer."""
    for rows in _slices(graph.citations.filter(pl.col("layer") == layer)):
        yield Sheet(_with_citation_iris(rows, base), _citation_patterns(layer, base))


def _with_citation_iris(rows: pl.DataFrame, base: str) -> pl.DataFrame:
    paper = partial(paper_iri, base=base)
    found = rows.with_columns(
        iris_of(rows["citing"], paper).alias("citing"),
        iris_of(rows["cited"], paper).alias("cited"),
        encoded(rows["concept"], partial(_concept_term, base=base)).alias("through"),
    )
    start = len(f"{base}paper/")
    citing, cited = (pl.col(end).str.slice(start) for end in ("citing", "cited"))
    return found.with_columns(pl.concat_str(citing, pl.lit("/"), cited, pl.lit("/"), "layer").alias("iri"))


def _citation_patterns(layer: Layer, base: str) -> list[Pattern]:
    """The direct triple; and the citation itself, wherever there is more to say about it."""
    named = partial(expand, base=base)
    reified = pl.lit(layer is not Layer.EXPLICIT) | _more_to_say()
    citing, cited = iri(pl.col("citing")), iri(pl.col("cited"))
    detail: list[tuple[str, Object]] = [
        ("rdf:type", iri(named("cito:Citation"))),
        ("cito:hasCitingEntity", citing),
        ("cito:hasCitedEntity", cited),
        ("co:layer", literal(pl.col("layer"))),
        ("co:method", literal(pl.col("method"))),
        ("co:throughConcept", (pl.col("through"),)),
        ("co:throughRole", mapped("concept_role", ((role, role_iri(role, base)) for role in Role))),
        ("co:confidence", decimal(pl.col("confidence"))),
        ("co:evidence", literal(pl.col("evidence"))),
        ("co:intent", literal(pl.col("intent"))),
        ("co:flag", _literals("flags")),
    ]
    subject = iri(f"{base}citation/", pl.when(reified).then(pl.col("iri")))
    return [Pattern(citing, named(CITES[layer]), cited), *about(subject, *detail, expand=named)]


PLAIN = (str(Resolution.IDENTIFIER), str(Resolution.EXTERNAL))
"""The methods that need no telling: the cited paper shows by itself whether an input holds it."""


def _more_to_say() -> pl.Expr:
    """Which stated citations have words, a purpose or a flag, or were found by likeness alone."""
    told = (pl.col(name).is_not_null() for name in ("evidence", "intent", "concept"))
    unsure = ~pl.col("method").is_in(PLAIN) | (pl.col("confidence") < 1)
    return pl.any_horizontal(*told, unsure, pl.col("flags").list.len() > 0)
