"""Candidates: concepts that a paper names and the vocabulary lacks, kept apart for review."""

from ..ontology.classes import ConceptClass, Origin
from ..ontology.concepts import ConceptId
from ..ontology.names import NormalName, normalise
from .mentions import Named
from .papers import Paper, digest, paper_id, slug


def candidate(
    label: str,
    concept_class: ConceptClass,
    paper: Paper | None = None,
    key: NormalName | None = None,
    aliases: tuple[str, ...] = (),
    broader: ConceptId | None = None,
) -> Named:
    """A candidate concept: of a paper alone that coined it, else the same in all papers that write the name.

    *key* is the normal form by which it is the same, that of the label where none is given.
    """
    known = key or normalise(label)
    identity = ConceptId(f"{slug(key or label) or 'name'}.{digest(known, paper_id(paper) if paper else concept_class)}")
    return Named(identity, concept_class, label, Origin.CANDIDATE, aliases=aliases, broader=broader)
