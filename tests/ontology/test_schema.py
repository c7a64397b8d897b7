"""The ontology and the shapes: nothing in the data that is not declared, and nothing declared without use."""

import re
from functools import cache
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, SH

import concite
from concite.exports.rdf import ntriples
from concite.graph.citations import Flag
from concite.graph.knowledge import KnowledgeGraph
from concite.ontology import ConceptClass, Layer, Origin, PaperRelation, Relation, Role
from concite.ontology.prefixes import expand
from concite.ontology.schema import (
    CONTEXT,
    ONTOLOGY,
    context_text,
    declared,
    disagreements,
    ontology_text,
    shapes_text,
    terms,
    write_schema,
)
from concite.ontology.vocabulary import bundled_folder

from ..exports.whole import CONCEPTS, whole_graph

DATA = bundled_folder()


def triples(graph: KnowledgeGraph, base: str = "https://w3id.org/concite/") -> rdflib.Graph:
    return rdflib.Graph().parse(data=b"".join(ntriples(graph, base=base)), format="nt")


@cache
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(data=ontology_text(), format="turtle")


@cache
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(data=shapes_text(), format="turtle")


def report(graph: rdflib.Graph) -> tuple[bool, str]:
    conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes(), inference="none")
    return conforms, text


def test_the_shipped_files_are_what_the_closed_sets_make(tmp_path: Path) -> None:
    write_schema(tmp_path)
    for name in (ONTOLOGY, CONTEXT):
        assert (tmp_path / name).read_text() == (DATA / name).read_text(), (
            f"run python -m concite.ontology.schema: {name}"
        )
    assert context_text() == (DATA / CONTEXT).read_text()


def test_terms_closed_sets_and_fields_of_a_concept_agree() -> None:
    assert list(disagreements()) == []


def test_every_class_and_property_of_the_data_is_declared_and_every_declared_one_is_used() -> None:
    found = triples(whole_graph())
    classes, properties = declared()
    used = {str(term) for term in found.objects(None, RDF.type)}
    assert used | {expand("co:Role")} == classes
    assert {str(term) for term in found.predicates()} == properties


REAL = ["sample", pytest.param("listing", marks=pytest.mark.shared)]
"""Where real graphs come from."""


@pytest.mark.slow
@pytest.mark.parametrize("source", REAL)
def test_a_real_graph_uses_only_what_is_declared(source: str, request: pytest.FixtureRequest) -> None:
    inputs = [request.getfixturevalue("listing")] if source == "listing" else []
    found = triples(concite.build(inputs))
    classes, properties = declared()
    assert {str(term) for term in found.objects(None, RDF.type)} <= classes
    assert {str(term) for term in found.predicates()} <= properties


def test_the_ontology_imports_nothing_and_has_a_version() -> None:
    (subject,) = ontology().subjects(RDF.type, OWL.Ontology)
    assert not list(ontology().objects(subject, OWL.imports))
    assert len(list(ontology().objects(subject, OWL.versionIRI))) == 1


def test_an_inferred_citation_is_no_kind_of_a_stated_one() -> None:
    inferred = rdflib.URIRef(expand("co:citesInferred"))
    assert not list(ontology().objects(inferred, rdflib.RDFS.subPropertyOf))


def test_every_mapping_gives_its_reason() -> None:
    kinds = ("classes", "roles", "relations", "attributes", "links")
    for name, entry in ((name, entry) for kind in kinds for name, entry in terms()[kind].items()):
        for mapping in entry.get("maps", ()):
            assert re.fullmatch(r"\w+:\w+ \w+:\w+: .+\.", mapping), name


def test_the_lists_of_the_shapes_are_the_closed_sets() -> None:
    def listed(path: str) -> set[str]:
        places = shapes().subjects(SH.path, rdflib.URIRef(expand(path)))
        lists = [shapes().value(place, SH["in"]) for place in places]
        return {str(item) for each in lists if each for item in shapes().items(each)}

    assert listed("co:origin") == set(map(str, Origin))
    assert listed("co:layer") == set(map(str, Layer))
    assert listed("co:role") == listed("co:throughRole") == {expand(f"co:{role}") for role in Role}
    assert listed("co:flag") == set(map(str, Flag))


def test_the_shapes_speak_of_every_property_of_our_own() -> None:
    paths = {str(path) for path in shapes().objects(None, SH.path)}
    own = {expand(f"co:{name}") for kind in ("roles", "relations", "attributes", "links") for name in terms()[kind]}
    assert own <= paths


def test_a_whole_graph_conforms() -> None:
    conforms, text = report(triples(whole_graph()))
    assert conforms, text


def test_a_graph_under_another_base_conforms_to_the_shapes_of_that_base() -> None:
    base = "https://example.org/kg/"
    found = rdflib.Graph().parse(data=shapes_text(base), format="turtle")
    conforms, _, text = pyshacl.validate(triples(whole_graph(), base), shacl_graph=found)
    assert conforms, text


@pytest.mark.slow
@pytest.mark.parametrize("source", REAL)
def test_a_real_graph_conforms(source: str, request: pytest.FixtureRequest) -> None:
    inputs = [request.getfixturevalue("listing")] if source == "listing" else []
    conforms, text = report(triples(concite.build(inputs)))
    assert conforms, text[:2000]


def term(name: str) -> rdflib.term.Node:
    return rdflib.URIRef(expand(name))


MENTION = "mention:arxiv-2401.00001/title/10-14"
CITATION = "citation:arxiv-2401.00001/arxiv-2106.09685/inferred"
STATED = "citation:arxiv-2401.00001/arxiv-2106.09685/explicit"
VERSION = "version:arxiv-2401.00001/arxiv-2106.09685"
LATE = f'"99"^^<{rdflib.XSD.nonNegativeInteger}>'
BROKEN = {
    "a concept without a label": ("-", "concept:lora", "skos:prefLabel", None),
    "a concept with two labels": ("+", "concept:lora", "skos:prefLabel", '"Lora"@en'),
    "a label without a language": ("=", "concept:lora", "skos:prefLabel", '"LoRA"'),
    "a further name that is the label": ("+", "concept:lora", "skos:altLabel", '"LoRA"@en'),
    "a concept of two classes": ("+", "concept:lora", "rdf:type", "co:Model"),
    "a concept of no class": ("-", "concept:lora", "rdf:type", "co:Technique"),
    "a concept in no scheme": ("-", "concept:lora", "skos:inScheme", None),
    "an unknown origin": ("=", "concept:lora", "co:origin", '"rumour"'),
    "a concept that hangs in the air": ("-", "concept:lora", "skos:broader", None),
    "a root below another concept": ("+", "concept:task", "skos:broader", "concept:model"),
    "a link to a concept that is not there": ("+", "concept:lora", "skos:broader", "concept:nothing"),
    "a concept that varies two others": ("+", "concept:llama-2-7b", "co:variantOf", "concept:lora"),
    "an introduction in a concept": ("+", "concept:lora", "co:introducedIn", "concept:model"),
    "a year that is a number": ("=", "concept:a100", "co:introducedYear", "2020"),
    "no parameters": ("=", "concept:llama-2-7b", "co:parameterCount", "0"),
    "parameters as a text": ("=", "concept:llama-2-7b", "co:parameterCount", '"7B"'),
    "negative memory": ("=", "concept:a100", "co:memoryGigabytes", "-1.0"),
    "a data set of no items": ("=", "concept:tiny-mnist", "co:itemCount", "0"),
    "a language as a mere text": ("=", "concept:tiny-mnist", "co:languageCode", '"en"'),
    "a data set made for a model": ("=", "concept:tiny-mnist", "co:forTask", "concept:model"),
    "a former id as a text": ("=", "concept:lora", "dcterms:replaces", '"low-rank"'),
    "a misspelling that is the label": ("+", "concept:lora", "skos:hiddenLabel", '"LoRA"@en'),
    "an address as a text": ("+", "concept:a100", "rdfs:seeAlso", '"https://example.org/"'),
    "a paper's address as a text": ("+", "paper:arxiv-2401.00001", "schema:sameAs", '"https://example.org/"'),
    "a paper of the input without a title": ("-", "paper:arxiv-2401.00001", "dcterms:title", None),
    "a paper that uses a paper": ("+", "paper:arxiv-2401.00001", "co:uses", "paper:arxiv-2106.09685"),
    "a paper that cites a concept": ("+", "paper:arxiv-2401.00001", "cito:cites", "concept:lora"),
    "a year of publication as a text": ("=", "paper:arxiv-2401.00001", "fabio:hasPublicationYear", '"2024"'),
    "a mention of nothing": ("-", MENTION, "oa:hasBody", None),
    "a mention with two roles": ("+", MENTION, "co:role", "co:mentions"),
    "a mention with an unknown role": ("=", MENTION, "co:role", "co:variantOf"),
    "more than certain": ("=", MENTION, "co:confidence", "1.5"),
    "a mention that nothing made": ("-", MENTION, "prov:wasGeneratedBy", None),
    "a mention without a place": ("-", MENTION, "oa:hasTarget", None),
    "a place without a quotation": ("-", f"{MENTION}#target", "oa:hasSelector", f"{MENTION}#quote"),
    "a position that ends before it begins": ("=", f"{MENTION}#position", "oa:start", LATE),
    "a quotation without words": ("=", f"{MENTION}#quote", "oa:exact", '""'),
    "a field of no paper": ("-", "paper:arxiv-2401.00001#title", "dcterms:isPartOf", None),
    "a paper that cites itself": ("=", CITATION, "cito:hasCitedEntity", "paper:arxiv-2401.00001"),
    "a citation in no layer": ("-", CITATION, "co:layer", None),
    "a citation found in no way": ("-", CITATION, "co:method", None),
    "a citation over a paper": ("=", CITATION, "co:throughConcept", "paper:arxiv-2106.09685"),
    "a citation over an unknown role": ("=", CITATION, "co:throughRole", "co:variantOf"),
    "a citation that is odd in an unknown way": ("+", STATED, "co:flag", '"strange"'),
    "a version of a concept": ("+", "paper:arxiv-2401.00001", "co:versionOf", "concept:lora"),
    "a version of itself": ("=", VERSION, "co:earlierVersion", "paper:arxiv-2401.00001"),
    "a version found in no way": ("-", VERSION, "co:method", None),
    "a version of nothing": ("-", VERSION, "co:earlierVersion", None),
    "a version that is more than certain": ("=", VERSION, "co:confidence", "1.5"),
}  # fmt: skip
"""What is broken: a triple added, taken away, or put in the place of those with its subject and predicate."""


def value(text: str) -> rdflib.term.Node:
    if re.match(r"[a-z]+:\S+$", text):
        return term(text)
    return next(rdflib.Graph().parse(data=f"<a:a> <a:b> {text} .", format="turtle").objects())


@pytest.mark.parametrize(("change", "subject", "predicate", "target"), BROKEN.values(), ids=BROKEN)
def test_a_broken_graph_is_refused(change: str, subject: str, predicate: str, target: str | None) -> None:
    graph = triples(whole_graph())
    if change in "-=":
        taken = value(target) if target and change == "-" else None
        assert list(graph.triples((term(subject), term(predicate), taken)))
        graph.remove((term(subject), term(predicate), taken))
    if change in "+=" and target:
        graph.add((term(subject), term(predicate), value(target)))
    conforms, _ = report(graph)
    assert not conforms


def test_the_whole_graph_has_every_class_and_relation() -> None:
    assert {concept["class"] for concept in CONCEPTS} == set(map(str, ConceptClass))
    found = {
        relation
        for _, relation, _ in whole_graph().concept_relations.select("subject", "relation", "object").iter_rows()
    }
    assert found == set(map(str, Relation))
    assert set(whole_graph().paper_relations["relation"]) == set(map(str, PaperRelation))
