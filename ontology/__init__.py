"""What exists: concept classes and relations, the curated vocabulary, and the names of its concepts."""

from .cache import load_vocabulary
from .classes import ConceptClass, Layer, NameKind, Origin, PaperRelation, Relation, Role
from .concepts import Concept, ConceptId, Introduction
from .vocabulary import Vocabulary, VocabularyError, read_vocabulary

__all__ = [
    "Concept",
    "ConceptClass",
    "ConceptId",
    "Introduction",
    "Layer",
    "NameKind",
    "Origin",
    "PaperRelation",
    "Relation",
    "Role",
    "Vocabulary",
    "VocabularyError",
    "load_vocabulary",
    "read_vocabulary",
]
