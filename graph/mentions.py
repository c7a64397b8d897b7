"""Mentions: where a paper names a concept, which, as what, and how that was found out."""

from dataclasses import dataclass
from enum import StrEnum

from ..ontology.classes import ConceptClass, Origin, Role
from ..ontology.concepts import ConceptId


class Field(StrEnum):
    """The text of a paper that a mention stands in."""

    TITLE = "title"
    ABSTRACT = "abstract"


class Method(StrEnum):
    """How a mention was recognised."""

    NAME = "name"
    """A name of the vocabulary, as listed."""
    VARIANT = "variant"
    """A generated way of writing such a name."""
    CUED = "cued name"
    """An ambiguous name, with a cue nearby."""
    GRAMMAR = "grammar"
    """A size, version or tuning of a known model, data set or chip."""
    ABBREVIATION = "abbreviation"
    """A short form that this paper defines."""
    COINED = "coined"
    """A name that this paper gives."""
    SHAPE = "shape"
    """An unknown name, by its capitals and digits."""
    TERM = "term"
    """An unknown term, by its words and where it stands."""


@dataclass(frozen=True, slots=True)
class Named:
    """A concept as the recogniser knows it: curated, derived, or a candidate of one paper."""

    id: ConceptId
    concept_class: ConceptClass
    label: str
    origin: Origin
    variant_of: ConceptId | None = None
    parameters: int | None = None
    memory_gb: float | None = None
    aliases: tuple[str, ...] = ()
    broader: ConceptId | None = None
    """The concept that the end of a term names."""


@dataclass(frozen=True, slots=True)
class Span:
    """A recognised stretch of a field, before it has a role."""

    field: Field
    start: int
    end: int
    concept: Named
    method: Method
    confidence: float
    refused: tuple[str, ...] = ()
    """The rivals that were refused here, each with the reason."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a paper's text that names a concept; `field[start:end] == text`, in code points."""

    field: Field
    start: int
    end: int
    text: str
    concept: Named
    role: Role
    confidence: float
    method: Method
    refused: tuple[str, ...] = ()
