"""The description of an exported graph: VoID and DCAT for what it holds, PROV-O for how it was made.

No clock is read: the same graph has the same description, and its name is made from its inputs.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode

from ..graph.identifiers import SCHEMES, address
from ..graph.knowledge import KnowledgeGraph
from ..ontology.classes import ConceptClass
from ..ontology.prefixes import expand, prefixes
from ..ontology.terms import CLASS_NAMES

Term = NamedNode | Literal
Triple = tuple[str, str, Term | str]
"""Subject, predicate and an object that is an IRI where it is a plain text; all may use prefixes."""

VOCABULARIES = ("cito", "co", "dc", "dcterms", "fabio", "oa", "prism", "prov", "schema", "skos")
MEDIA_TYPES = {
    "turtle": "text/turtle",
    "nt": "application/n-triples",
    "nq": "application/n-quads",
    "trig": "application/trig",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
}
TITLE = "Concite: a citation and concept knowledge graph of machine-learning papers"
DESCRIPTION = (
    "Papers with the techniques, models, data sets, hardware, tasks, metrics and software that they mention, "
    "what they do with them, the places in the texts that say so, and the papers' citations, "
    "stated and inferred."
)
RIGHTS = (
    "The vocabulary and its definitions are licensed under Apache-2.0. Titles and abstracts are quoted from "
    "the inputs and stay under the terms of their publishers."
)

Counts = Mapping[str, "Counter[str]"]
"""For every named graph that was written, how many triples each predicate has."""


def dataset_iri(graph: KnowledgeGraph, base: str) -> str:
    """The name of the data set: equal for equal inputs, vocabulary and tool."""
    made_from = {name: graph.manifest.get(name) for name in ("inputs", "vocabulary", "tool")}
    text = json.dumps(made_from, sort_keys=True)
    return f"{base}dataset/{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def activity_iri(graph: KnowledgeGraph, base: str) -> str:
    """The name of the activity that made the graph."""
    return f"{dataset_iri(graph, base)}#build"


def description(graph: KnowledgeGraph, counts: Counts, base: str) -> list[str]:
    """The description as lines of N-Triples without their ends."""
    dataset = dataset_iri(graph, base)
    found = [
        *_dataset(dataset, base),
        *_named_graphs(dataset, counts, base),
        *_class_partitions(dataset, graph, counts, base),
        *_linksets(dataset, graph),
        *_distributions(dataset),
        *_activity(dataset, graph, base),
    ]
    triples = sum(number for each in counts.values() for number in each.values()) + len(found) + 1
    found.append((dataset, "void:triples", Literal(triples)))
    return list(dict.fromkeys(_line(triple, base) for triple in found))


def _line(triple: Triple, base: str) -> str:
    subject, predicate, value = triple
    shown = NamedNode(_absolute(value, base)) if isinstance(value, str) else value
    return f"{NamedNode(_absolute(subject, base))} {NamedNode(expand(predicate, base))} {shown}"


def _absolute(name: str, base: str) -> str:
    return expand(name, base) if name.partition(":")[0] in prefixes(base) else name


def _dataset(dataset: str, base: str) -> Iterator[Triple]:
    for name in ("dcat:Dataset", "prov:Entity", "void:Dataset"):
        yield dataset, "rdf:type", name
    yield dataset, "dcterms:title", Literal(TITLE, language="en")
    yield dataset, "dcterms:description", Literal(DESCRIPTION, language="en")
    yield dataset, "dcterms:rights", Literal(RIGHTS, language="en")
    yield dataset, "prov:wasGeneratedBy", f"{dataset}#build"
    yield dataset, "void:uriSpace", Literal(base)
    for prefix in VOCABULARIES:
        yield dataset, "void:vocabulary", expand(f"{prefix}:", base).rstrip("#")


def _named_graphs(dataset: str, counts: Counts, base: str) -> Iterator[Triple]:
    names = {iri: prefix for prefix, iri in prefixes(base).items()}
    for named_graph, predicates in counts.items():
        part = named_graph.rpartition("/")[2]
        yield dataset, "void:subset", named_graph
        yield named_graph, "rdf:type", "void:Dataset"
        yield named_graph, "dcterms:title", Literal(f"Concite: {part.replace('-', ', ')}", language="en")
        yield named_graph, "void:triples", Literal(predicates.total())
        for predicate, number in sorted(predicates.items()):
            if number:
                partition = f"{dataset}#{part}-{_local(predicate, names)}"
                yield named_graph, "void:propertyPartition", partition
                yield partition, "void:property", predicate
                yield partition, "void:triples", Literal(number)


def _local(predicate: str, names: Mapping[str, str]) -> str:
    """A predicate's prefixed name with a hyphen for the colon."""
    start = max((iri for iri in names if predicate.startswith(iri)), key=len)
    return f"{names[start]}-{predicate[len(start) :]}"


def _class_partitions(dataset: str, graph: KnowledgeGraph, counts: Counts, base: str) -> Iterator[Triple]:
    for name, number in _entities(graph, {iri.rpartition("/")[2] for iri in counts}):
        partition = f"{dataset}#class-{name.partition(':')[2]}"
        yield dataset, "void:classPartition", partition
        yield partition, "void:class", expand(name, base)
        yield partition, "void:entities", Literal(number)


def _entities(graph: KnowledgeGraph, parts: set[str]) -> Iterator[tuple[str, int]]:
    if "vocabulary" in parts:
        classes = Counter(graph.concepts["class"].to_list())
        yield from ((f"co:{CLASS_NAMES[each]}", classes[each]) for each in ConceptClass)
    if "papers" in parts:
        yield "fabio:ResearchPaper", len(graph.papers)
    if "mentions" in parts:
        yield "oa:Annotation", len(graph.mentions)


def _linksets(dataset: str, graph: KnowledgeGraph) -> Iterator[Triple]:
    """The links to each catalogue of papers."""
    identifiers = graph.papers["identifiers"].list.unique().explode().drop_nulls()
    schemes = dict(identifiers.str.extract("^([^:]*)", 1).value_counts().iter_rows())
    for scheme in SCHEMES:
        target = address(f"{scheme}:")
        if scheme in schemes and target:
            links = f"{dataset}#links-{scheme}"
            yield dataset, "void:subset", links
            yield links, "rdf:type", "void:Linkset"
            yield links, "void:subjectsTarget", dataset
            yield links, "void:objectsTarget", target
            yield links, "void:linkPredicate", "schema:sameAs"
            yield links, "void:triples", Literal(schemes[scheme])


def _distributions(dataset: str) -> Iterator[Triple]:
    for name, media_type in MEDIA_TYPES.items():
        distribution = f"{dataset}#{name}"
        yield dataset, "dcat:distribution", distribution
        yield distribution, "rdf:type", "dcat:Distribution"
        yield distribution, "dcterms:title", Literal(f"The graph as {name}", language="en")
        yield distribution, "dcat:mediaType", f"https://www.iana.org/assignments/media-types/{media_type}"


def _activity(dataset: str, graph: KnowledgeGraph, base: str) -> Iterator[Triple]:
    """What made the graph, with what, from what."""
    activity = f"{dataset}#build"
    tool = f"{dataset}#tool"
    yield activity, "rdf:type", "prov:Activity"
    yield activity, "prov:wasAssociatedWith", tool
    yield tool, "rdf:type", "prov:SoftwareAgent"
    yield tool, "rdfs:label", Literal(str(graph.manifest.get("tool", "concite")))
    for made_from in graph.manifest.get("inputs", ()):
        source = f"{dataset}#input-{made_from['sha256']}"
        yield activity, "prov:used", source
        yield from _entity(source, made_from["name"], made_from["sha256"])
    vocabulary = graph.manifest.get("vocabulary")
    if vocabulary:
        yield activity, "prov:used", f"{dataset}#vocabulary"
        yield from _entity(f"{dataset}#vocabulary", "vocabulary", vocabulary["sha256"])


def _entity(entity: str, name: str, sha256: str) -> Iterator[Triple]:
    yield entity, "rdf:type", "prov:Entity"
    yield entity, "rdfs:label", Literal(name)
    yield entity, "schema:sha256", Literal(sha256)
