"""IRIs of concepts and papers, and the RDF terms of the project's own namespace."""

import re
from typing import Final
from urllib.parse import quote

from .classes import ConceptClass, Relation, Role

BASE: Final = "https://w3id.org/concite/"
"""The default base of all IRIs; every function takes another."""

CLASS_NAMES: Final[dict[ConceptClass, str]] = {
    ConceptClass.TECHNIQUE: "Technique",
    ConceptClass.MODEL: "Model",
    ConceptClass.DATASET: "Dataset",
    ConceptClass.HARDWARE: "Hardware",
    ConceptClass.TASK: "Task",
    ConceptClass.METRIC: "Metric",
    ConceptClass.SOFTWARE: "Software",
}


def concept_iri(concept: str, base: str = BASE) -> str:
    """The IRI of a concept."""
    return f"{base}concept/{quote(concept, safe='')}"


def paper_iri(paper: str, base: str = BASE) -> str:
    """The IRI of a paper; what an IRI may not hold is percent-encoded."""
    return f"{base}paper/{quote(paper, safe=':')}"


def term_iri(name: str, base: str = BASE) -> str:
    """The IRI of a class or property of the ontology."""
    return f"{base}ontology#{name}"


def class_iri(concept_class: ConceptClass, base: str = BASE) -> str:
    """The OWL class that a concept class is."""
    return term_iri(CLASS_NAMES[concept_class], base)


def role_iri(role: Role, base: str = BASE) -> str:
    """The property from a paper to a concept in a role."""
    return term_iri(role, base)


def relation_iri(relation: Relation, base: str = BASE) -> str:
    """The property of a relation; `broader` is SKOS's own."""
    if relation is Relation.BROADER:
        return "http://www.w3.org/2004/02/skos/core#broader"
    return term_iri(relation, base)


def plain_iri(address: str) -> str:
    """A web address as an IRI: what none may hold is percent-encoded, all else is left."""
    return quote(_LOOSE_PERCENT.sub("%25", address), safe="%:/?#@!$&'()*+,;=~")


_LOOSE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
