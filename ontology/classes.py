"""The closed sets: classes of concepts, their relations and those of papers, roles, origins and citation layers."""

from enum import StrEnum


class ConceptClass(StrEnum):
    """What kind of thing a concept is."""

    TECHNIQUE = "technique"
    MODEL = "model"
    DATASET = "dataset"
    HARDWARE = "hardware"
    TASK = "task"
    METRIC = "metric"
    SOFTWARE = "software"


class Relation(StrEnum):
    """How one concept stands to another concept, or to the paper that introduced it."""

    BROADER = "broader"
    VARIANT_OF = "variantOf"
    BASED_ON = "basedOn"
    PART_OF = "partOf"
    RUNS_ON = "runsOn"
    FOR_TASK = "forTask"
    INTRODUCED_IN = "introducedIn"


class PaperRelation(StrEnum):
    """How one paper stands to another, apart from citing it."""

    VERSION_OF = "versionOf"
    """It is a later version of the other, such as the published one of a preprint."""


class Role(StrEnum):
    """What a paper does with a concept; declared from the strongest to the weakest."""

    INTRODUCES = "introduces"
    USES = "uses"
    EVALUATES = "evaluates"
    COMPARES = "compares"
    MENTIONS = "mentions"

    @property
    def rank(self) -> int:
        """0 for the strongest role."""
        return list(Role).index(self)


class Origin(StrEnum):
    """Where a concept comes from: curated, composed by the grammar of names, or coined by a paper."""

    VOCABULARY = "vocabulary"
    DERIVED = "derived"
    CANDIDATE = "candidate"


class Layer(StrEnum):
    """The layers of citations, never mixed in a count."""

    EXPLICIT = "explicit"
    INFERRED = "inferred"


class NameKind(StrEnum):
    """What a name is to its concept."""

    LABEL = "label"
    SYNONYM = "synonym"
    ACRONYM = "acronym"
    SPELLING = "spelling"
    PLURAL = "plural"
    MISSPELLING = "misspelling"
    COVERED = "covered"
    """The name of something more special that has no concept of its own."""
