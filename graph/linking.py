"""Linking: a paper's mentions, each with its concept and the role the paper gives to it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..ontology.classes import Origin
from ..ontology.concepts import ConceptId
from ..ontology.vocabulary import Vocabulary
from .mentions import Mention, Method, Named, Span
from .papers import Paper
from .proposals import Texts
from .recognition import Recogniser
from .role_features import Context
from .roles import Decision, decide_role


@dataclass(frozen=True, slots=True)
class LinkedPaper:
    """A paper with its mentions, the title's first, in the order of the text."""

    paper: Paper
    mentions: tuple[Mention, ...]


class Linker:
    """Links papers to the concepts of one vocabulary; build one and use it for all papers."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._recogniser = Recogniser(vocabulary)
        self._vocabulary = vocabulary
        self._known_kinds: dict[ConceptId, tuple[ConceptId, ...]] = {}

    def link(self, paper: Paper) -> LinkedPaper:
        """The mentions of a paper."""
        texts = Texts.of(paper)
        spans = self._recogniser.recognise(paper, texts)
        context = Context(texts.original, texts.words, coined(spans))
        own = {concept.id for concept in self._recogniser.introduced_by(paper)}
        decisions = dict(self._decisions(context, spans, own))
        return LinkedPaper(paper, tuple(_mention(span, context, decisions[span.concept.id]) for span in spans))

    def _decisions(
        self, context: Context, spans: tuple[Span, ...], own: set[ConceptId]
    ) -> Iterator[tuple[ConceptId, Decision]]:
        """One role for each concept, from all its mentions."""
        by_concept: dict[ConceptId, list[Span]] = defaultdict(list)
        for span in spans:
            by_concept[span.concept.id].append(span)
        for concept, found in by_concept.items():
            yield concept, decide_role(context, found, concept in own, self._kinds(found[0].concept))

    def _kinds(self, named: Named) -> tuple[ConceptId, ...]:
        """What a concept is, kept for those of the vocabulary."""
        key = named.id if named.origin is Origin.VOCABULARY else named.variant_of
        if key is None:
            return ()
        if key not in self._known_kinds:
            self._known_kinds[key] = kinds(named, self._vocabulary)
        return self._known_kinds[key]


def kinds(named: Named, vocabulary: Vocabulary) -> tuple[ConceptId, ...]:
    """What a concept is: itself or the family it is derived from, and all that is broader, the nearest first."""
    known = named.id if named.id in vocabulary else named.variant_of
    return (vocabulary[known].id, *vocabulary.ancestors(known)) if known in vocabulary and known else ()


def coined(spans: Iterable[Span]) -> set[str]:
    """The names that a paper gives to things, among its mentions."""
    return {span.concept.label for span in spans if span.method is Method.COINED}


def _mention(span: Span, context: Context, decision: Decision) -> Mention:
    text = context.texts[span.field][span.start : span.end]
    confidence = round(span.confidence * decision.confidence, 4)
    return Mention(
        span.field,
        span.start,
        span.end,
        text,
        span.concept,
        decision.role,
        confidence,
        span.method,
        span.refused,
    )
