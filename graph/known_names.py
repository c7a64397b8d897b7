"""Known names: what the vocabulary's names, their rules and the grammar of names find in a paper."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from ..ontology.classes import ConceptClass, Origin
from ..ontology.concepts import Concept, ConceptId
from ..ontology.grammar import Suffix, variant_suffix
from ..ontology.lexicon import Sense, letters_of
from ..ontology.names import NormalName, normalise
from ..ontology.vocabulary import Vocabulary
from .matching import Match, Matcher
from .mentions import Field, Method, Named
from .papers import Paper, slug
from .proposals import CONFIDENCE, Proposal, Texts, block


class KnownNames:
    """The names of one vocabulary, ready to be found."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._matcher = Matcher(vocabulary.lexicon)

    @cached_property
    def _introduced(self) -> dict[str, tuple[Concept, ...]]:
        """Concepts by the identifiers and normal titles of the papers that introduced them."""
        index: dict[str, list[Concept]] = {}
        for concept in self.vocabulary:
            if concept.introduced:
                title = concept.introduced.title
                for key in filter(None, (concept.introduced.identifier, title and normalise(title))):
                    index.setdefault(key, []).append(concept)
        return {key: tuple(found) for key, found in index.items()}

    def introduced_by(self, paper: Paper) -> tuple[Concept, ...]:
        """The vocabulary's concepts that a paper is known to have introduced."""
        keys = (*paper.identifiers, normalise(paper.title))
        found = {concept.id: concept for key in keys for concept in self._introduced.get(key, ())}
        return tuple(found.values())

    def proposals(self, texts: Texts) -> Iterator[Proposal]:
        """Proposals of vocabulary names, each with what the grammar of names adds behind it."""
        for field, normal in texts.normal.items():
            for match in self._matcher.matches(normal):
                if proposal := self._sensed(field, match, texts):
                    yield self.extended(proposal, texts.original[field])
                elif match.name in self.vocabulary.lexicon.blocked:
                    yield block(field, match.start, match.end)

    def _sensed(self, field: Field, match: Match, texts: Texts) -> Proposal | None:
        """The proposal for the best sense of a match that its rules admit."""
        text = texts.original[field][match.start : match.end]
        admitted: list[tuple[bool, Sense]] = []
        refused: list[str] = []
        for sense in match.senses:
            if sense.letters is not None and not same_letters(text, sense.letters):
                refused.append(f"{sense.concept}: written otherwise than {sense.letters}")
            elif sense.cues and not any(texts.holds(cue) for cue in sense.cues):
                refused.append(f"{sense.concept}: none of its cues in the paper")
            else:
                admitted.append((bool(sense.cues), sense))
        if not admitted:
            return None
        cued, sense = max(admitted, key=lambda pair: (pair[0], not pair[1].derived, pair[1].letters is not None))
        refused += [f"{other.concept}: weaker evidence" for _, other in admitted if other.concept != sense.concept]
        method = Method.CUED if cued else Method.VARIANT if sense.derived else Method.NAME
        concept = named(self.vocabulary[sense.concept])
        return Proposal(field, match.start, match.end, concept, method, CONFIDENCE[method], 0, tuple(refused))

    def extended(self, proposal: Proposal, text: str) -> Proposal:
        """A proposal with the size, version or tuning that the text puts behind the name."""
        concept = proposal.concept
        rest = text[proposal.end : proposal.end + 60]
        suffix = variant_suffix(concept.concept_class, text[proposal.start : proposal.end], rest)
        if suffix is None and concept.origin is Origin.CANDIDATE:
            suffix = variant_suffix(ConceptClass.MODEL, concept.label, rest)
            if suffix is None or suffix.parameters is None:
                return proposal
            concept = replace(concept, concept_class=ConceptClass.MODEL)
        if suffix is None:
            return proposal
        derived = self.derived(concept, suffix)
        end = proposal.end + suffix.length
        confidence = min(proposal.confidence, CONFIDENCE[Method.GRAMMAR])
        method = Method.COINED if proposal.method is Method.COINED else Method.GRAMMAR
        return replace(proposal, end=end, concept=derived, method=method, confidence=confidence)

    @cached_property
    def no_names(self) -> frozenset[NormalName]:
        """What looks like names of things but is none: organisations, and what the vocabulary blocks."""
        organisations = {normalise(name) for concept in self.vocabulary for name in concept.developed_by}
        return self.vocabulary.lexicon.blocked | organisations

    def derived(self, parent: Named, suffix: Suffix) -> Named:
        """The variant of a concept that a suffix names: the vocabulary's own where it has it."""
        key = ConceptId(slug(f"{parent.id} {suffix.label}", 200))
        if key in self.vocabulary:
            return named(self.vocabulary[key])
        origin = Origin.CANDIDATE if parent.origin is Origin.CANDIDATE else Origin.DERIVED
        label = f"{parent.label} {suffix.label}"
        return Named(key, parent.concept_class, label, origin, parent.id, suffix.parameters, suffix.memory_gb)


def named(concept: Concept) -> Named:
    """A vocabulary concept as mentions carry it."""
    return Named(concept.id, concept.concept_class, concept.label, Origin.VOCABULARY)


def same_letters(text: str, letters: str) -> bool:
    """Whether a text shows exactly these letters and digits, in this case; a plural s may follow."""
    found = letters_of(text)
    return found == letters or (found.endswith("s") and found[:-1] == letters)
