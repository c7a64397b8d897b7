"""Shapes: names that only their capitals, digits and hyphens give away."""

import re
from bisect import bisect_left, insort
from collections.abc import Collection, Iterator
from dataclasses import replace

from ..ontology.classes import ConceptClass, Origin
from ..ontology.names import NormalName, english_words, normalise
from .candidates import candidate
from .mentions import Method
from .name_classes import class_of
from .name_shapes import is_shaped
from .proposals import CONFIDENCE, Proposal, Texts, block, is_free
from .words import Words

_SHAPED = re.compile(
    r"(?<![\w@./\\-])(?:[A-Za-z]*[a-z][A-Z]\w*|[A-Z]{2,}[a-z]\w*|[A-Z]\w*[a-z]\d\w*)(?:-[A-Z\d](?:[\w.]*\w)?)*\+{0,2}(?![\w/@])"
    r"|(?<![\w@./\\-])[A-Z]\w*(?:-[A-Z]\w*)*-(?=\w*[A-Z]\w*[A-Z])\w++(?![/@])"
)
_ADDRESS = re.compile(
    r"\\(?:cite\w*|ref|label|url)\*?(?:\[[^\]]*\])*\{[^{}]*\}|(?:https?://|www\.)\S+|(?<![^\s@])[^\s@]+@[^\s@]+\.\w+|(?<![\w.-])[\w.-]+\.(?:com|org|io|ai|net)/\S*"
)

_ADDRESS_SIGNS = ("\\cite", "\\ref", "\\label", "\\url", "://", "www.", "@", ".com/", ".org/", ".io/", ".ai/", ".net/")
"""What every web address and every reference has of."""


def _surroundings(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - 60) : match.end() + 80]


_COMPOUND = re.compile(r"(?<![\w-])[A-Za-z][\w.]{0,80}+(?:-[\w.]{0,80}\w)+(?![\w-])")


def compounds(texts: Texts, proposals: list[Proposal]) -> Iterator[Proposal]:
    """Proposals for names that a hyphen makes of a known name and an unknown one: `SGD-SaI`, `CCA-Attention`."""
    for field, text in texts.original.items():
        inside = sorted(((p.start, k) for k, p in enumerate(proposals) if p.field is field))
        for match in _COMPOUND.finditer(text) if "-" in text else ():
            first, last = bisect_left(inside, (match.start(),)), bisect_left(inside, (match.end(),))
            within = (proposals[k] for k in sorted(k for _, k in inside[first:last]))
            parts = [p for p in within if p.end <= match.end()]
            if not parts:
                continue
            covered = {k for p in parts for k in range(p.start, p.end)}
            unknown = [word for word in match[0].split("-") if not _covers(covered, text, match, word)]
            own = next(
                (p for p in parts if p.concept.origin is Origin.CANDIDATE and p.end - p.start < len(match[0])), None
            )
            if own and own.start == match.start() and text[own.end + 1 : own.end + 2].isupper() and not unknown:
                yield replace(own, end=match.end())
            elif own and own.end == match.end() and not unknown:
                concept = candidate(match[0], own.concept.concept_class)
                yield Proposal(field, *match.span(), concept, own.method, own.confidence, 1)
            elif parts and unknown and all(map(_is_own_word, unknown)):
                concept_class = class_of(match[0], _surroundings(text, match))
                if concept_class is ConceptClass.TECHNIQUE:
                    concept_class = (own or parts[-1]).concept.concept_class
                concept = candidate(match[0], concept_class)
                yield Proposal(field, *match.span(), concept, Method.SHAPE, CONFIDENCE[Method.SHAPE])


def _covers(covered: set[int], text: str, match: re.Match[str], word: str) -> bool:
    start = text.find(word, match.start(), match.end())
    return all(k in covered for k in range(start, start + len(word)))


def _is_own_word(word: str) -> bool:
    """Whether a part of a compound is a name's: with a capital, and no ordinary word or its form."""
    lower = word.lower()
    return any(c.isupper() for c in word) and lower not in english_words() and not _PARTICIPLE.search(lower)


_PARTICIPLE = re.compile(
    r"(?:ed|ing|based|like|style|aware|free|level|wise|driven|specific|oriented|agnostic|er|able)$"
)


_SHOUTED = re.compile(r"(?:\b[A-Z]{3,}\b\W+){5,}")
"""A text in capitals throughout: capitals tell nothing there."""


def addresses(texts: Texts) -> Iterator[Proposal]:
    """Blocks over web addresses: a name within one is no mention."""
    for field, text in texts.original.items():
        for start, end in _addresses(text):
            yield block(field, start, end)


def _addresses(text: str) -> list[tuple[int, int]]:
    """The spans of the web addresses in a text."""
    if not any(sign in text for sign in _ADDRESS_SIGNS):
        return []
    return [match.span() for match in _ADDRESS.finditer(text)]


def _shaped_names(text: str, words: Words) -> Iterator[re.Match[str]]:
    """The names in a text by their shape, none within another."""
    end = 0
    for start, lower in zip(words.starts, words.lower, strict=True):
        if start >= end and not text.startswith(lower, start) and (match := _SHAPED.match(text, start)):
            yield match
            end = match.end()


def shaped(texts: Texts, chosen: Collection[Proposal], no_names: Collection[NormalName]) -> Iterator[Proposal]:
    """Proposals for unknown names with capitals inside, where nothing else was recognised."""
    for field, text in texts.original.items():
        taken = sorted((p.start, p.end) for p in chosen if p.field is field)
        within_address = _addresses(text)
        found = list(_shaped_names(text, texts.words[field]))
        if found and _SHOUTED.search(text):
            continue
        for match in found:
            free = is_free(taken, *match.span()) and is_free(within_address, *match.span())
            if free and is_shaped(match[0]) and normalise(match[0]) not in no_names:
                concept = candidate(match[0], _class_of(text, match))
                yield Proposal(field, *match.span(), concept, Method.SHAPE, CONFIDENCE[Method.SHAPE])


def _class_of(text: str, match: re.Match[str]) -> ConceptClass:
    """The class of a name known by its shape: a data set in a list of such, else what its surroundings say."""
    if _OF_DATASETS.match(text, match.end()):
        return ConceptClass.DATASET
    return class_of(match[0], _surroundings(text, match))


_OF_DATASETS = re.compile(
    r"(?:(?:,| and|, and|,? &)? [A-Z][\w().^/+-]*){1,4} (?:data ?sets|benchmarks|corpora|test sets)\b"
)
"""How a list of data sets goes on: `, Cityscapes and KITTI datasets`."""
_ITEM = r"(?P<item>[A-Z][\w.+-]*\w)"
_NEXT = re.compile(rf"(?:,| and| or|, and|, or)\s{_ITEM}(?=[,;)]|\.\s|\.$| and\b| or\b|$)")
_PREVIOUS = re.compile(rf"(?<=[,(\s]){_ITEM}(?:,| and| or|, and|, or)\s$")
_NO_ITEMS = frozenset({"Beyond", "Others", "More", "Et", "Human", "Humans", "Social", "Natural", "Data"})
_LISTED = frozenset({ConceptClass.TECHNIQUE, ConceptClass.MODEL, ConceptClass.DATASET, ConceptClass.SOFTWARE})


def listed(texts: Texts, chosen: Collection[Proposal], no_names: Collection[NormalName]) -> Iterator[Proposal]:
    """Proposals for unknown names that stand in a list with known ones, as of the same class."""
    for field, text in texts.original.items():
        taken = sorted((p.start, p.end) for p in chosen if p.field is field)
        for known in [p for p in chosen if p.field is field and p.concept.concept_class in _LISTED]:
            if not text[known.start : known.end][:1].isupper():
                continue
            for start, end in _neighbours(text, known):
                free = is_free(taken, start, end)
                name = text[start:end]
                if free and normalise(name) not in no_names and name not in _NO_ITEMS:
                    insort(taken, (start, end))
                    concept = candidate(name, known.concept.concept_class)
                    yield Proposal(field, start, end, concept, Method.SHAPE, CONFIDENCE[Method.SHAPE])


def _neighbours(text: str, known: Proposal) -> Iterator[tuple[int, int]]:
    """The items right after and right before a known item of a list, as far as they follow one another."""
    at = known.end
    while match := _NEXT.match(text, at):
        yield match.span("item")
        at = match.end()
    at = known.start
    while text.endswith((", ", "and ", "or "), 0, at) and (match := _PREVIOUS.search(text[max(0, at - 60) : at])):
        start = max(0, at - 60) + match.start()
        if not re.search(r"[^\s.!?:]\s*$", text[max(0, start - 60) : start]):
            return  # A sentence begins here, and its first word has a capital for no other reason.
        yield start, start + len(match["item"])
        at = start
