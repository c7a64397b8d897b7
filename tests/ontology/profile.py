"""OWL 2 DL, as far as a file of plain declarations can break it: what its structural rules forbid.

No substitute for the OWL API in general: class expressions, property chains and keys are not looked at, because the
ontology has none, and blank nodes, which all of them need, are themselves a fault here.
"""

from collections.abc import Iterator

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, XSD
from rdflib.term import Node

KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
RESERVED = (str(RDF), str(RDFS), str(OWL), str(XSD))
DATATYPES = {
    XSD[name]
    for name in (
        "anyURI base64Binary boolean byte dateTime dateTimeStamp decimal double float hexBinary int integer language "
        "long Name NCName negativeInteger NMTOKEN nonNegativeInteger nonPositiveInteger normalizedString "
        "positiveInteger short string token unsignedByte unsignedInt unsignedLong unsignedShort"
    ).split()
} | {RDFS.Literal, RDF.PlainLiteral, RDF.XMLLiteral, OWL.real, OWL.rational}
"""The datatypes that OWL 2 has."""
AXIOMS = {RDF.type, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.disjointWith}
ANNOTATIONS = {RDFS.label, RDFS.comment, RDFS.isDefinedBy, RDFS.seeAlso, OWL.versionInfo, OWL.deprecated}
"""What OWL declares by itself."""


def faults(graph: Graph) -> Iterator[str]:
    """Every breach of the rules, in words."""
    yield from _header(graph)
    yield from _names(graph)
    yield from _kinds(graph)
    for subject, predicate, value in sorted(graph):
        yield from _axiom(graph, subject, predicate, value)
        yield from _assertion(graph, subject, predicate, value)


def _header(graph: Graph) -> Iterator[str]:
    ontologies = list(graph.subjects(RDF.type, OWL.Ontology))
    if len(ontologies) != 1:
        yield f"{len(ontologies)} ontologies in one file"
    yield from (f"imports {value}" for value in graph.objects(None, OWL.imports))


def _names(graph: Graph) -> Iterator[str]:
    """No blank nodes, no relative names, and nothing said of OWL's own vocabulary."""
    for term in {term for triple in graph for term in triple}:
        if isinstance(term, BNode):
            yield "a blank node"
        if isinstance(term, URIRef) and ":" not in term:
            yield f"{term} is no whole IRI"
    for subject in set(graph.subjects()):
        if str(subject).startswith(RESERVED):
            yield f"{subject} is reserved"


def _kinds(graph: Graph) -> Iterator[str]:
    """A property is of one kind, and a class is no datatype."""
    for subject in set(graph.subjects(RDF.type)):
        kinds = [kind for kind in KINDS if (subject, RDF.type, kind) in graph]
        if len(kinds) > 1:
            yield f"{subject} is a property of {len(kinds)} kinds"
        if (subject, RDF.type, OWL.Class) in graph and (subject, RDF.type, RDFS.Datatype) in graph:
            yield f"{subject} is both a class and a datatype"


def _axiom(graph: Graph, subject: Node, predicate: Node, value: Node) -> Iterator[str]:
    """Classes where classes belong, and properties of one kind below each other."""

    def is_a(term: Node, kind: URIRef) -> bool:
        return (term, RDF.type, kind) in graph

    if predicate in (RDFS.subClassOf, OWL.disjointWith):
        yield from (f"{term} is not declared as a class" for term in (subject, value) if not is_a(term, OWL.Class))
    if predicate == RDFS.domain and not is_a(subject, OWL.AnnotationProperty) and not is_a(value, OWL.Class):
        yield f"the domain {value} is not declared as a class"
    if predicate == RDFS.range and is_a(subject, OWL.ObjectProperty) and not is_a(value, OWL.Class):
        yield f"the range {value} is not declared as a class"
    if predicate == RDFS.range and is_a(subject, OWL.DatatypeProperty) and value not in DATATYPES:
        yield f"the range {value} is no datatype of OWL 2"
    if predicate == RDFS.subPropertyOf and not any(is_a(subject, kind) and is_a(value, kind) for kind in KINDS):
        yield f"{subject} and {value} are not properties of one kind"
    if predicate == RDF.type and not str(value).startswith(RESERVED) and not is_a(value, OWL.Class):
        yield f"{value} is not declared as a class"


def _assertion(graph: Graph, subject: Node, predicate: Node, value: Node) -> Iterator[str]:
    """Every property in use is declared, and its values are what its kind has."""
    if predicate in AXIOMS | ANNOTATIONS or str(predicate).startswith(str(OWL)):
        return
    if not any((predicate, RDF.type, kind) in graph for kind in KINDS):
        yield f"{predicate} is not declared as a property"
    if (predicate, RDF.type, OWL.ObjectProperty) in graph and isinstance(value, Literal):
        yield f"{predicate} of {subject} has a text for its value"
    if (predicate, RDF.type, OWL.DatatypeProperty) in graph and not isinstance(value, Literal):
        yield f"{predicate} of {subject} has a thing for its value"
