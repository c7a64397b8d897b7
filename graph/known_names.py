"""Known names: what the vocabulary's names, their rules and the grammar of names find in a paper."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from ..ontology.classes import ConceptClass, NameKind, Origin
from ..ontology.concepts import Concept, ConceptId
from ..ontology.grammar import Suffix, variant_suffix
from ..ontology.lexicon import Sense, is_ordinary, letters_of
from ..ontology.names import NormalName, normalise
from ..ontology.vocabulary import Vocabulary
from .matching import Match, Matcher
from .mentions import Field, Method, Named
from .papers import Paper, slug
from .proposals import CONFIDENCE, Proposal, Texts, block
from .runs import Heads, head_classes

SMALL_GROUP = 40
"""Concepts with one parent, up to this number, are near enough to tell what an acronym means."""


class KnownNames:
    """The names of one vocabulary, ready to be found."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._known_kin: dict[ConceptId, set[ConceptId]] = {}
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
        refused: list[tuple[Field, Match]] = []
        sure: set[ConceptId] = set()
        for field, normal in texts.normal.items():
            for match in self._matcher.matches(normal):
                if proposal := self._sensed(field, match, texts):
                    sure.add(proposal.concept.id)
                    yield self.extended(proposal, texts.original[field])
                elif match.name in self.vocabulary.lexicon.blocked:
                    yield block(field, match.start, match.end)
                else:
                    refused.append((field, match))
        for field, match in refused:
            if proposal := self._beside_kin(field, match, texts, sure):
                yield self.extended(proposal, texts.original[field])

    def _beside_kin(self, field: Field, match: Match, texts: Texts, sure: set[ConceptId]) -> Proposal | None:
        """The proposal for an acronym without a cue, where the paper surely names a concept next to it."""
        text = texts.original[field][match.start : match.end]
        for sense in match.senses:
            written = same_letters(text, sense.letters or letters_of(sense.name))
            if sense.kind is NameKind.ACRONYM and sense.cues and written and sure & self._kin(sense.concept):
                concept, confidence = named(self.vocabulary[sense.concept]), CONFIDENCE[Method.CUED]
                return Proposal(field, match.start, match.end, concept, Method.CUED, confidence)
        return None

    def _kin(self, key: ConceptId) -> set[ConceptId]:
        """The concepts next to one: right above, right below, and beside it in a small group."""
        if key not in self._known_kin:
            narrower = self.vocabulary.narrower
            parents = {up for up in self.vocabulary[key].broader if self.vocabulary[up].broader}
            beside = {each for up in parents if len(narrower[up]) <= SMALL_GROUP for each in narrower[up]}
            kin = {*parents, *beside, *narrower.get(key, ())} - {key}
            self._known_kin[key] = {each for each in kin if not self.vocabulary[each].general}
        return self._known_kin[key]

    def _sensed(self, field: Field, match: Match, texts: Texts) -> Proposal | None:
        """The proposal for the best sense of a match that its rules admit."""
        original = texts.original[field]
        text = original[match.start : match.end]
        if _names_an_author(original, match.end):
            return None
        admitted: list[Sense] = []
        refused: list[str] = []
        for sense in match.senses:
            if sense.letters is not None and not same_letters(text, sense.letters):
                refused.append(f"{sense.concept}: written otherwise than {sense.letters}")
            elif sense.cues and not any(texts.holds(cue) for cue in sense.cues):
                refused.append(f"{sense.concept}: none of its cues in the paper")
            elif sense.cues and original[: match.start].endswith("\\"):
                refused.append(f"{sense.concept}: a command of LaTeX")
            elif sense.letters and _is_shouted(original, match.start, match.end):
                refused.append(f"{sense.concept}: a word among words in capitals")
            else:
                admitted.append(sense)
        if not admitted:
            return None
        sense = max(admitted, key=lambda s: (bool(s.cues), not s.derived, s.letters is not None))
        if sense.cues and sum(bool(s.cues) for s in admitted) > 1:
            sense = self._nearest([s for s in admitted if s.cues], field, match, texts)
        cued = bool(sense.cues)
        refused += [f"{other.concept}: weaker evidence" for other in admitted if other.concept != sense.concept]
        method = Method.CUED if cued else Method.VARIANT if sense.derived else Method.NAME
        concept = named(self.vocabulary[sense.concept])
        return Proposal(field, match.start, match.end, concept, method, CONFIDENCE[method], 0, tuple(refused))

    def _nearest(self, senses: list[Sense], field: Field, match: Match, texts: Texts) -> Sense:
        """Of several senses that have a cue in the paper, the one whose cue is nearest to the name."""

        def rank(sense: Sense) -> tuple[int, bool, bool]:
            distances = (texts.distance(cue, field, match.start, match.end) for cue in sense.cues)
            return min(distances), sense.derived, sense.letters is None

        return min(senses, key=rank)

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
    def heads(self) -> Heads:
        """The words that names of the vocabulary end in, with their class."""
        return head_classes(self.vocabulary)

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


_AUTHORS = re.compile(r",?\s+et\.?\s+al\b")


def _names_an_author(text: str, end: int) -> bool:
    """Whether what ends here is the name of an author who is cited with others: `Yi et al.`"""
    return "et" in text[end : end + 6] and _AUTHORS.match(text, end) is not None


def _is_shouted(text: str, start: int, end: int) -> bool:
    """Whether a word in capitals is one of three or more ordinary words in capitals, as in some titles."""
    if not text[start:end].isupper() or not is_ordinary(text[start:end]):
        return False
    shouted = 1
    for words in (text[max(0, start - 40) : start].split(" ")[::-1], text[end : end + 40].split(" ")):
        if words[0]:
            continue
        for word in words[1:3]:
            bare = word.rstrip("?!:.,;")
            if not (bare.isupper() and bare.isalpha() and is_ordinary(bare)):
                break
            shouted += 1
    return shouted >= 3
