"""Candidates: concepts that a paper names and the vocabulary lacks, kept apart for review."""

from ..ontology.classes import ConceptClass, Origin
from ..ontology.concepts import ConceptId
from ..ontology.names import NormalName, normalise
from .mentions import Named
from .papers import Paper, digest, paper_id, slug


def candidate(
    paper: Paper, label: str, concept_class: ConceptClass, shared: bool = False, aliases: tuple[str, ...] = ()
) -> Named:
    """A candidate concept: of its paper alone where coined, else of all papers that write the same name."""
    key = str(concept_class) if shared else paper_id(paper)
    identity = ConceptId(f"{slug(label) or 'name'}.{digest(normalise(label), key)}")
    return Named(identity, concept_class, label, Origin.CANDIDATE, aliases=aliases)


def term_candidate(label: str, key: NormalName, concept_class: ConceptClass, broader: ConceptId | None) -> Named:
    """A candidate known by a phrase, the same in all papers that write it; *key* is its normal form in the singular."""
    identity = ConceptId(f"{slug(key)}.{digest(key, str(concept_class))}")
    return Named(identity, concept_class, label, Origin.CANDIDATE, broader=broader)


def shaped_candidate(name: str, concept_class: ConceptClass) -> Named:
    """A candidate known by its shape, the same in all papers that write the name."""
    identity = ConceptId(f"{slug(name)}.{digest(normalise(name), str(concept_class))}")
    return Named(identity, concept_class, name, Origin.CANDIDATE)
