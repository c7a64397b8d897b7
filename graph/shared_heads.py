"""Shared heads: sizes, tunings and versions that go on from a model's name, as in `Llama 2 7B and 13B`."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..ontology.classes import ConceptClass, Origin
from ..ontology.grammar import variant_suffix
from ..ontology.names import normalise
from .known_names import KnownNames, named
from .mentions import Method, Named
from .proposals import Proposal, Texts

_JOIN = r"(?:,\s(?:and\s|or\s|to\s)?|\s?/\s?|\s(?:and|or|to|vs\.?|versus|&)\s|-\s?(?=\d))(?:the\s)?"
_SIZE = r"(?:\d{1,3}x)?\d{1,4}(?:\.\d{1,3})?[BM]"
_NEXT_SIZE = re.compile(rf"{_JOIN}(?P<item>{_SIZE})(?![\w%])")
_FIRST_SIZE = re.compile(rf"\s?\((?:with\s|of\s)?(?P<item>{_SIZE})(?=,|\s(?:and|or|to)\s|\s?/|-\d)")
_TUNING = r"(?:base|large|small|tiny|mini|medium|huge|xl|xxl|instruct|chat)"
_NEXT_TUNING = re.compile(rf"(?:/-?|(?:,\s(?:and\s|or\s)?|\s(?:and|or)\s)-)(?P<item>{_TUNING})(?!\w)", re.IGNORECASE)
_OWN_SIZE = re.compile(rf"[\s-]*(?:{_SIZE}|(?<=[\s-]){_TUNING})$", re.IGNORECASE)
_VERSION = re.compile(r"\d+(?:\.\d+)?$")
_NEXT_VERSION = re.compile(
    r"(?:,\s(?:and\s|or\s)?|/|\s(?:and|or)\s)(?P<item>\d(?:\.\d+)?)"
    r"(?=[,;:)]|\.(?!\d)|$|/|\s(?:models?|on|in|to|for|with|are|is|as|by|and|or|using|from|can|show|via|respectively)\b)"
)
CONFIDENCE = 0.8


def shared_heads(names: KnownNames, texts: Texts, chosen: Iterable[Proposal]) -> Iterator[Proposal]:
    """Proposals for what goes on from the models among *chosen*; each is a variant of the same family."""
    for proposal in chosen:
        if proposal.concept.concept_class is ConceptClass.MODEL and proposal.concept.origin is not Origin.CANDIDATE:
            yield from _sizes(names, texts, proposal)
            yield from _versions(names, texts, proposal)


def _sizes(names: KnownNames, texts: Texts, proposal: Proposal) -> Iterator[Proposal]:
    """The sizes or tunings that follow a name, which has one itself or has them all in a parenthesis."""
    text = texts.original[proposal.field]
    own = _OWN_SIZE.search(text, proposal.start, proposal.end)
    head = text[proposal.start : own.start() if own else proposal.end]
    patterns = (_NEXT_SIZE, _NEXT_TUNING) if own else (_FIRST_SIZE,)
    match, pattern = next(((m, p) for p in patterns if (m := p.match(text, proposal.end))), (None, None))
    while match:
        concept = _called(names, f"{head} {match['item']}") or _derived(names, proposal.concept, head, match["item"])
        if concept is None:
            return
        yield _going_on(proposal, match, concept)
        match = (_NEXT_SIZE if pattern is _FIRST_SIZE else pattern).match(text, match.end()) if pattern else None


def _versions(names: KnownNames, texts: Texts, proposal: Proposal) -> Iterator[Proposal]:
    """The versions that follow a name which ends with one, where the vocabulary has them."""
    text = texts.original[proposal.field]
    version = _VERSION.search(text, proposal.start, proposal.end)
    match = _NEXT_VERSION.match(text, proposal.end) if version else None
    while version and match:
        concept = _called(names, f"{text[proposal.start : version.start()]}{match['item']}")
        if concept is None:
            return
        yield _going_on(proposal, match, concept)
        match = _NEXT_VERSION.match(text, match.end())


def _called(names: KnownNames, name: str) -> Named | None:
    """The model of the vocabulary that has a name."""
    senses = names.vocabulary.lexicon.senses.get(normalise(name), ())
    models = (names.vocabulary[sense.concept] for sense in senses)
    return next((named(model) for model in models if model.concept_class is ConceptClass.MODEL), None)


def _derived(names: KnownNames, concept: Named, head: str, item: str) -> Named | None:
    """The variant of a concept, or of the family it is a variant of, that an item names behind the head."""
    suffix = variant_suffix(ConceptClass.MODEL, head, f"-{item}")
    key = names.vocabulary[concept.id].variant_of if concept.id in names.vocabulary else concept.variant_of
    family = named(names.vocabulary[key]) if key and key in names.vocabulary else None
    parent = family if _OWN_SIZE.search(concept.label) else concept
    return names.derived(parent, suffix) if parent and suffix else None


def _going_on(proposal: Proposal, match: re.Match[str], concept: Named) -> Proposal:
    start, end = match.span("item")
    return replace(
        proposal, start=start, end=end, concept=concept, method=Method.GRAMMAR, confidence=CONFIDENCE, refused=()
    )
