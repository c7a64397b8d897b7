"""A concept of the vocabulary: one entry of a file in `data/`."""

import re
from collections.abc import Iterator
from typing import NewType, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from .classes import ConceptClass, NameKind, Relation

ConceptId = NewType("ConceptId", str)

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
ARXIV = re.compile(r"\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7}")
DOI = re.compile(r"10\.\d{4,9}/\S+")


class Record(BaseModel):
    """A frozen record that knows all its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Introduction(Record):
    """The paper that introduced a concept, as far as it is known."""

    title: str | None = Field(None, min_length=3)
    arxiv: str | None = Field(None, pattern=f"^(?:{ARXIV.pattern})$")
    doi: str | None = Field(None, pattern=f"^(?:{DOI.pattern})$")
    acl: str | None = Field(None, min_length=5)
    year: int | None = Field(None, ge=1700, le=2100)

    @model_validator(mode="after")
    def _names_a_paper(self) -> Self:
        if not (self.title or self.arxiv or self.doi or self.acl):
            raise ValueError("an introduction needs a title, an arxiv id, a doi or an acl id")
        return self

    @property
    def identifier(self) -> str | None:
        """The strongest identifier, written `scheme:value`."""
        pairs = (("arxiv", self.arxiv), ("doi", self.doi and self.doi.lower()), ("acl", self.acl))
        return next((f"{scheme}:{value}" for scheme, value in pairs if value), None)


class Concept(Record):
    """A curated concept; ontology/data/README.md says what each field holds."""

    id: ConceptId = Field(pattern=f"^{SLUG.pattern}$")
    concept_class: ConceptClass
    label: str = Field(min_length=1)
    definition: str = Field(min_length=1)
    broader: tuple[ConceptId, ...] = ()
    synonyms: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    plurals: tuple[str, ...] = ()
    misspellings: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    cues: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    blocked: tuple[str, ...] = ()
    general: bool = False
    grouping: bool = False
    variant_of: ConceptId | None = None
    based_on: tuple[ConceptId, ...] = ()
    part_of: tuple[ConceptId, ...] = ()
    runs_on: tuple[ConceptId, ...] = ()
    introduced: Introduction | None = None
    developed_by: tuple[str, ...] = ()
    year: int | None = Field(None, ge=1700, le=2100)
    parameters: int | None = Field(None, gt=0)
    context_length: int | None = Field(None, gt=0)
    memory_gb: float | None = Field(None, gt=0)
    peak_tflops: float | None = Field(None, gt=0)
    tdp_watts: float | None = Field(None, gt=0)
    languages: tuple[str, ...] = ()
    size: int | None = Field(None, gt=0)
    tasks: tuple[ConceptId, ...] = ()
    ids: dict[str, str] = Field(default_factory=dict)
    replaces: tuple[ConceptId, ...] = ()
    sources: tuple[str, ...] = Field(min_length=1)

    def names(self) -> Iterator[tuple[str, NameKind]]:
        """All names with their kinds, the label first."""
        yield self.label, NameKind.LABEL
        for kind, names in (
            (NameKind.SYNONYM, self.synonyms),
            (NameKind.ACRONYM, self.acronyms),
            (NameKind.SPELLING, self.spellings),
            (NameKind.PLURAL, self.plurals),
            (NameKind.MISSPELLING, self.misspellings),
            (NameKind.COVERED, self.covers),
        ):
            for name in names:
                yield name, kind

    @property
    def aliases(self) -> tuple[str, ...]:
        """The other names of the very concept: misspellings stay hidden, and names it only covers are none."""
        return tuple(sorted({*self.synonyms, *self.acronyms, *self.spellings, *self.plurals} - {self.label}))

    @property
    def introduced_year(self) -> int | None:
        """The year of first publication or release."""
        return self.year or (self.introduced.year if self.introduced else None)

    def relations(self) -> Iterator[tuple[Relation, ConceptId]]:
        """The relations to other concepts."""
        yield from ((Relation.BROADER, other) for other in self.broader)
        if self.variant_of:
            yield Relation.VARIANT_OF, self.variant_of
        yield from ((Relation.BASED_ON, other) for other in self.based_on)
        yield from ((Relation.PART_OF, other) for other in self.part_of)
        yield from ((Relation.RUNS_ON, other) for other in self.runs_on)
        yield from ((Relation.FOR_TASK, other) for other in self.tasks)
