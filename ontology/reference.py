"""The reference page of the ontology: what `ontology.ttl`, `shapes.ttl` and `examples.ttl` say, for people to read."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SH, SKOS

from .prefixes import prefixes
from .schema import ontology_text, shapes_text
from .terms import BASE

OWN = f"{BASE}ontology#"
KINDS = ((OWL.Class, "Classes"), (OWL.ObjectProperty, "Relations"), (OWL.DatatypeProperty, "Facts"))
"""What the page is divided into, by what a term is."""
FACTS = (
    (RDFS.subClassOf, "a kind of"),
    (RDFS.subPropertyOf, "a kind of"),
    (RDFS.domain, "said of"),
    (RDFS.range, "its value"),
    (OWL.disjointWith, "never also"),
)
"""The words for what the ontology says of a term."""
MAPPINGS = (SKOS.closeMatch, SKOS.relatedMatch, RDFS.subPropertyOf)


@dataclass(frozen=True, slots=True)
class Link:
    """A term with where it is described: on this page, or at its own address."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a term stands to one of another vocabulary, and why."""

    relation: str
    target: Link
    reason: str


@dataclass(frozen=True, slots=True)
class Entry:
    """All that is said of a term."""

    name: str
    iri: str
    label: str
    definition: str
    facts: tuple[tuple[str, tuple[Link, ...]], ...]
    mappings: tuple[Mapping, ...]
    notes: tuple[str, ...]
    demands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The terms of one kind."""

    title: str
    entries: tuple[Entry, ...]


def reference_page() -> str:
    """The page as HTML, whole in one file."""
    ontology, shapes = Graph().parse(data=ontology_text()), Graph().parse(data=shapes_text())
    head = URIRef(f"{BASE}ontology")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(_data("reference.html"))
    page = template.render(
        base=BASE,
        title=_text(ontology, head, DCTERMS.title),
        description=_text(ontology, head, DCTERMS.description),
        version=_text(ontology, head, OWL.versionInfo),
        licence=_text(ontology, head, DCTERMS.license),
        sections=[Section(title, tuple(_entries(ontology, shapes, kind))) for kind, title in KINDS],
        others=_other_terms(ontology),
        examples=list(_examples()),
    )
    return page + "\n"


def _data(name: str) -> str:
    return files("concite.ontology").joinpath("data", name).read_text(encoding="utf-8")


def _text(graph: Graph, subject: URIRef, predicate: URIRef) -> str:
    return str(graph.value(subject, predicate, default=Literal("")))


def _entries(ontology: Graph, shapes: Graph, kind: URIRef) -> Iterator[Entry]:
    """The terms of one kind in the order of the file."""
    found = {term for term in ontology.subjects(RDF.type, kind) if isinstance(term, URIRef) and term.startswith(OWN)}
    order = ontology_text().index
    for term in sorted(found, key=lambda term: order(f"\nco:{term.removeprefix(OWN)} a ")):
        yield _entry(ontology, shapes, term)


def _entry(ontology: Graph, shapes: Graph, term: URIRef) -> Entry:
    mappings = tuple(_mappings(ontology, term))
    reasons = {f"{mapping.target.name}: {mapping.reason}" for mapping in mappings}
    comments = sorted(map(str, ontology.objects(term, RDFS.comment)))
    return Entry(
        name=term.removeprefix(OWN),
        iri=str(term),
        label=_text(ontology, term, RDFS.label),
        definition=_text(ontology, term, SKOS.definition),
        facts=tuple(_facts(ontology, term)),
        mappings=mappings,
        notes=tuple(comment for comment in comments if comment not in reasons),
        demands=tuple(_demands(shapes, term)),
    )


def _facts(ontology: Graph, term: URIRef) -> Iterator[tuple[str, tuple[Link, ...]]]:
    """What the ontology says of a term, and which properties are said of it."""
    for predicate, words in FACTS:
        values = set(ontology.objects(term, predicate))
        if predicate == OWL.disjointWith:
            values |= set(ontology.subjects(predicate, term))
        if values:
            yield words, _links(values)
    for predicate, words in ((RDFS.domain, "has"), (RDFS.range, "is the value of")):
        if users := set(ontology.subjects(predicate, term)):
            yield words, _links(users)


def _links(terms: Iterable[object]) -> tuple[Link, ...]:
    return tuple(map(_link, sorted(map(str, terms), key=lambda iri: (iri.lower(), iri))))


def _link(iri: str) -> Link:
    """A term under its prefix."""
    if iri.startswith(OWN):
        return Link(iri.removeprefix(OWN), f"#{iri.removeprefix(OWN)}")
    name = next((f"{name}:{iri[len(start) :]}" for name, start in prefixes().items() if iri.startswith(start)), iri)
    return Link(name, iri)


def _mappings(ontology: Graph, term: URIRef) -> Iterator[Mapping]:
    comments = [str(comment) for comment in ontology.objects(term, RDFS.comment)]
    for predicate in MAPPINGS:
        for target in _links(set(ontology.objects(term, predicate))):
            for comment in comments:
                if comment.startswith(f"{target.name}: "):
                    yield Mapping(_link(str(predicate)).name, target, comment.removeprefix(f"{target.name}: "))


def _demands(shapes: Graph, term: URIRef) -> Iterator[str]:
    """What the shapes demand where the term is used."""
    places = shapes.subjects(SH.path, term)
    yield from sorted({str(message) for place in places for message in shapes.objects(place, SH.message)})


def _other_terms(ontology: Graph) -> list[Link]:
    """The terms of other vocabularies that the ontology declares."""
    declared = {term for term in ontology.subjects(RDF.type) if isinstance(term, URIRef)}
    return [link for link in _links(declared) if not link.address.startswith(("#", BASE))]


def _examples() -> Iterator[tuple[str, str]]:
    """The examples, each with the line that names it."""
    blocks = re.split(r"^# ", _data("examples.ttl"), flags=re.MULTILINE)[2:]
    yield from ((title, text.strip()) for title, text in map(partial(str.split, sep="\n", maxsplit=1), blocks))
