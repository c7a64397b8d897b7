"""Recognition: from the texts of one paper to the stretches that name concepts, and which.

Names of the vocabulary, short forms that the paper defines, names that it coins and names known only
by their shape all become proposals; a name that the paper itself gives a meaning overrides the
vocabulary, and of proposals that overlap the longest established name wins.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from ..ontology.classes import ConceptClass, NameKind, Origin
from ..ontology.concepts import Concept, ConceptId
from ..ontology.grammar import Suffix, variant_suffix
from ..ontology.lexicon import Sense, letters_of
from ..ontology.names import NormalName, NormalText, english_words, normalise, normalise_text, variants
from ..ontology.vocabulary import Vocabulary
from .abbreviations import Abbreviation, abbreviations
from .coinage import Coined, class_of, coined_names, is_shaped, proposes
from .matching import Match, Matcher
from .mentions import Field, Method, Named, Span
from .papers import Paper, digest, paper_id, slug

_CONFIDENCE = {
    Method.NAME: 0.95,
    Method.VARIANT: 0.9,
    Method.CUED: 0.85,
    Method.GRAMMAR: 0.92,
    Method.ABBREVIATION: 0.88,
    Method.COINED: 0.85,
    Method.SHAPE: 0.55,
}


@dataclass(frozen=True, slots=True)
class Texts:
    """The fields of a paper, as given and in normal form."""

    original: dict[Field, str]
    normal: dict[Field, NormalText]

    @classmethod
    def of(cls, paper: Paper) -> "Texts":
        """The fields that a paper has."""
        original = {Field.TITLE: paper.title, Field.ABSTRACT: paper.abstract or ""}
        return cls(original, {field: normalise_text(text) for field, text in original.items()})

    def holds(self, name: NormalName) -> bool:
        """Whether a name stands anywhere in the paper."""
        padded = f" {name} "
        return any(padded in normal.text for normal in self.normal.values())


@dataclass(frozen=True, slots=True)
class _Proposal:
    field: Field
    start: int
    end: int
    concept: Named
    method: Method
    confidence: float
    priority: int = 0
    """Higher wins over an equal or shorter stretch: what the paper itself defines."""
    refused: tuple[str, ...] = ()


class Recogniser:
    """Recognises concepts of one vocabulary, and candidates beside it, in papers."""

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

    def recognise(self, paper: Paper) -> tuple[Span, ...]:
        """The mentions of a paper without their roles, in order, never overlapping."""
        texts = Texts.of(paper)
        known = list(self._known(texts))
        local = _LocalNames(self, paper, texts, known)
        proposals = [*known, *local.proposals(), *_addresses(texts)]
        proposals += _compounds(texts, proposals)
        chosen = _longest_first(proposals)
        chosen = [*chosen, *self._shaped(texts, chosen)]
        return tuple(_span(p) for p in sorted(chosen, key=lambda p: (p.field != Field.TITLE, p.start)))

    def _known(self, texts: Texts) -> Iterator[_Proposal]:
        """Proposals of vocabulary names, each with what the grammar of names adds behind it."""
        for field, normal in texts.normal.items():
            for match in self._matcher.matches(normal):
                if not match.senses:
                    yield _blocked(field, match)
                elif proposal := self._sensed(field, match, texts):
                    yield self.extended(proposal, texts.original[field])

    def _sensed(self, field: Field, match: Match, texts: Texts) -> _Proposal | None:
        """The proposal for the best sense of a match that its rules admit."""
        text = texts.original[field][match.start : match.end]
        admitted: list[tuple[bool, Sense]] = []
        refused: list[str] = []
        for sense in match.senses:
            if sense.letters is not None and not _same_letters(text, sense.letters):
                refused.append(f"{sense.concept}: written otherwise than {sense.letters}")
            elif sense.cues and not any(texts.holds(cue) for cue in sense.cues):
                refused.append(f"{sense.concept}: none of its cues in the paper")
            else:
                admitted.append((bool(sense.cues), sense))
        if not admitted:
            return None
        cued, sense = max(
            admitted, key=lambda pair: (pair[0], not pair[1].derived, pair[1].letters is not None)
        )
        refused += [
            f"{other.concept}: weaker evidence" for _, other in admitted if other.concept != sense.concept
        ]
        method = Method.CUED if cued else Method.VARIANT if sense.derived else Method.NAME
        concept = named(self.vocabulary[sense.concept])
        return _Proposal(
            field, match.start, match.end, concept, method, _CONFIDENCE[method], 0, tuple(refused)
        )

    def extended(self, proposal: _Proposal, text: str) -> _Proposal:
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
        confidence = min(proposal.confidence, _CONFIDENCE[Method.GRAMMAR])
        method = Method.COINED if proposal.method is Method.COINED else Method.GRAMMAR
        return replace(proposal, end=end, concept=derived, method=method, confidence=confidence)

    def _shaped(self, texts: Texts, chosen: list[_Proposal]) -> Iterator[_Proposal]:
        """Proposals for unknown names with capitals inside, where nothing else was recognised."""
        for field, text in texts.original.items():
            taken = [(p.start, p.end) for p in chosen if p.field is field]
            taken += [match.span() for match in _ADDRESS.finditer(text)]
            if _SHOUTED.search(text):
                continue
            for match in _SHAPED.finditer(text):
                free = all(match.end() <= start or match.start() >= end for start, end in taken)
                if free and is_shaped(match[0]) and normalise(match[0]) not in self._organisations:
                    concept = shaped_candidate(match[0], class_of(match[0], _surroundings(text, match)))
                    yield _Proposal(field, *match.span(), concept, Method.SHAPE, _CONFIDENCE[Method.SHAPE])

    @cached_property
    def _organisations(self) -> frozenset[NormalName]:
        """Names of organisations, which look like names of things but are none."""
        return frozenset(normalise(name) for concept in self.vocabulary for name in concept.developed_by)

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


def _same_letters(text: str, letters: str) -> bool:
    found = letters_of(text)
    return found == letters or (found.endswith("s") and found[:-1] == letters)


def _addresses(texts: Texts) -> Iterator[_Proposal]:
    """Blocks over web addresses: a name within one is no mention."""
    for field, text in texts.original.items():
        for match in _ADDRESS.finditer(text):
            yield _Proposal(field, *match.span(), _NOTHING, Method.NAME, 1.0, 9)


_NOTHING = Named(ConceptId(""), ConceptClass.TECHNIQUE, "", Origin.VOCABULARY)
"""Stands for a phrase in which a name means nothing; it wins its stretch and is then left out."""


def _blocked(field: Field, match: Match) -> _Proposal:
    return _Proposal(field, match.start, match.end, _NOTHING, Method.NAME, 1.0)


def _longest_first(proposals: Iterable[_Proposal]) -> list[_Proposal]:
    """Proposals that do not overlap: what the paper defines, then the longest, then the first."""
    taken: dict[Field, list[tuple[int, int]]] = {field: [] for field in Field}
    chosen: list[_Proposal] = []
    ordered = sorted(proposals, key=lambda p: (-(p.end - p.start), -p.priority, p.start, p.concept.id))
    for proposal in ordered:
        spans = taken[proposal.field]
        if all(proposal.end <= start or proposal.start >= end for start, end in spans):
            spans.append((proposal.start, proposal.end))
            chosen.append(proposal)
    return [proposal for proposal in chosen if proposal.concept is not _NOTHING]


def _span(p: _Proposal) -> Span:
    return Span(p.field, p.start, p.end, p.concept, p.method, p.confidence, p.refused)


@dataclass(frozen=True, slots=True)
class _Local:
    """A name with the meaning that it has in this paper alone."""

    name: str
    concept: Named
    method: Method
    confidence: float


class _LocalNames:
    """The names to which one paper gives a meaning: short forms it defines and names it coins."""

    def __init__(self, recogniser: Recogniser, paper: Paper, texts: Texts, known: list[_Proposal]) -> None:
        self._recogniser = recogniser
        self._paper = paper
        self._texts = texts
        self._known = known
        self._names: dict[NormalName, _Local] = {}
        self._tails: list[_Proposal] = []
        defined = {field: abbreviations(text) for field, text in texts.original.items()}
        pairs = [pair for found in defined.values() for pair in found]
        for coined in coined_names(paper.title, paper.abstract or ""):
            if not any(_is_part(coined.name, pair.long) for pair in pairs):
                self._add_coined(coined, pairs)
        for field, found in defined.items():
            for abbreviation in found:
                self._add_abbreviation(field, abbreviation)

    def _add_coined(self, coined: Coined, defined: list[Abbreviation]) -> None:
        own = self._own(coined.name)
        if own is not None:
            self._add(coined.name, _Local(coined.name, named(own), Method.COINED, coined.confidence))
            return
        if self._is_established(coined):
            return
        pair = next(
            (a for a in defined if _same_name(coined.name, a.short) or _same_name(coined.name, a.long)), None
        )
        if pair and (known := self._known_as(pair.long)):
            self._add(
                pair.short, _Local(pair.short, known, Method.ABBREVIATION, _CONFIDENCE[Method.ABBREVIATION])
            )
            return
        label = pair.short if pair else coined.name
        concept_class = coined.concept_class
        if key := next((n for n in (normalise(label), normalise(coined.name)) if n in self._names), None):
            local = self._names[key]
        else:
            local = _Local(
                label, candidate(self._paper, label, concept_class), Method.COINED, coined.confidence
            )
        for name in {coined.name, *([pair.short, pair.long] if pair else [])}:
            self._add(name, local)

    def _own(self, name: str) -> Concept | None:
        """The vocabulary's concept of this name, where this very paper introduced it."""
        key = normalise(name)
        own = self._recogniser.introduced_by(self._paper)
        return next((c for c in own if any(normalise(known) == key for known, _ in c.names())), None)

    def _is_established(self, coined: Coined) -> bool:
        """Whether a seemingly coined name is one that the vocabulary has, and nothing says it is new here."""
        if coined.apposed:
            return False
        whole = normalise(coined.name)
        lexicon = self._recogniser.vocabulary.lexicon.senses
        if whole in lexicon:
            return True
        return any(
            p.method is not Method.CUED and normalise(self._texts.original[p.field][p.start : p.end]) == whole
            for p in self._known
        )

    def _known_as(self, name: str) -> Named | None:
        """The concept that the vocabulary's names give to the whole of a name."""
        key = normalise(name)
        for p in self._known:
            if p.concept is not _NOTHING and normalise(self._texts.original[p.field][p.start : p.end]) == key:
                return p.concept
        return None

    def _add_abbreviation(self, field: Field, found: Abbreviation) -> None:
        text = self._texts.original[field]
        long = f"{found.long}{text[found.short_end + 1 : found.tail_end]}" if found.tail_end else found.long
        if found.tail_end is None and (long_key := normalise(found.long)) in self._names:
            self._add(found.short, self._names[long_key])
            return
        if (short_key := normalise(found.short)) in self._names:
            self._add(found.long, self._names[short_key])
            return
        known = self._known_as(found.long)
        concept = known or self._defined(found, long)
        if concept is None:
            return
        coined = concept.origin is Origin.CANDIDATE and self._is_own(field, found)
        method = Method.COINED if coined else Method.ABBREVIATION
        local = _Local(found.short, concept, method, _CONFIDENCE[method])
        self._add(found.short, local)
        if known is None:
            self._add(long, local)
        if found.tail_end:
            start = found.long_start
            self._tails.append(_Proposal(field, start, found.tail_end, concept, method, local.confidence, 2))

    def _is_own(self, field: Field, found: Abbreviation) -> bool:
        """Whether the paper makes what it abbreviates: the title names it, or a verb of proposing does."""
        title = f" {normalise(self._paper.title)} "
        if field is Field.ABSTRACT and any(f" {normalise(n)} " in title for n in (found.short, found.long)):
            return True
        return proposes(self._texts.original[field], min(found.long_start, found.short_start))

    def _defined(self, found: Abbreviation, long: str) -> Named | None:
        """The concept of a short form whose long form the vocabulary lacks."""
        lexicon = self._recogniser.vocabulary.lexicon
        short = normalise(found.short)
        for sense in lexicon.senses.get(short, ()):
            if sense.kind in (NameKind.ACRONYM, NameKind.LABEL) and not sense.cues:
                concept = self._recogniser.vocabulary[sense.concept]
                if _shares_words(concept, found.long):
                    return named(concept)
        if len(found.short) < 3 or " " not in normalise(found.long):
            return None
        if short in lexicon.blocked or normalise(found.long) in lexicon.blocked:
            return None
        return candidate(self._paper, long, class_of(long, long, long), shared=True, aliases=(found.short,))

    def _add(self, name: str, local: _Local) -> None:
        self._names.setdefault(normalise(name), replace(local, name=name))

    def proposals(self) -> Iterator[_Proposal]:
        """Every occurrence of the local names."""
        yield from self._tails
        if not self._names:
            return
        written = {
            normalise(variant): local
            for local in self._names.values()
            for variant in variants(local.name)[::-1]
        }
        names = (re.escape(name).replace("\\ ", " {1,3}") for name in sorted(written, key=len, reverse=True))
        pattern = re.compile(f"(?= ({'|'.join(names)}) )")
        for field, normal in self._texts.normal.items():
            for match in pattern.finditer(normal.text):
                start, end = normal.span(match.start(1), match.end(1))
                text = self._texts.original[field][start:end]
                local = written[NormalName(" ".join(match[1].split()))]
                if (
                    " " in match[1]
                    or "-" in text
                    or _same_letters(text, letters_of(local.name))
                    or _capitals(text, local)
                ):
                    proposal = _Proposal(field, start, end, local.concept, local.method, local.confidence, 1)
                    yield self._recogniser.extended(proposal, self._texts.original[field])


def _capitals(text: str, local: _Local) -> bool:
    """Whether a text is the whole name in capitals, as some titles write it."""
    return len(text) > 3 and text.isupper() and text == local.name.upper()


def _same_name(a: str, b: str) -> bool:
    return normalise(a) == normalise(b)


def _is_part(name: str, long: str) -> bool:
    """Whether a name is a part of a long form, and so no name of its own."""
    part, whole = normalise(name), normalise(long)
    return part != whole and f" {part} " in f" {whole} "


def _shares_words(concept: Concept, long: str) -> bool:
    """Whether a long form has most of its words in common with a name of a concept."""
    words = set(normalise(long).split())
    return any(
        len(words & set(normalise(name).split())) >= max(2, len(words) - 1)
        for name, _ in concept.names()
        if " " in name or "-" in name
    )


def candidate(
    paper: Paper, label: str, concept_class: ConceptClass, shared: bool = False, aliases: tuple[str, ...] = ()
) -> Named:
    """A candidate concept: of its paper alone where coined, else of all papers that write the same name."""
    key = str(concept_class) if shared else paper_id(paper)
    identity = ConceptId(f"{slug(label) or 'name'}.{digest(normalise(label), key)}")
    return Named(identity, concept_class, label, Origin.CANDIDATE, aliases=aliases)


_SHAPED = re.compile(
    r"(?<![\w@./\\-])(?:[A-Za-z]*[a-z][A-Z]\w*|[A-Z]{2,}[a-z]\w*|[A-Z]\w*[a-z]\d\w*)(?:-[A-Z\d][\w.]*)*(?![\w/@])"
    r"|(?<![\w@./\\-])[A-Z]\w*(?:-[A-Z]\w*)*-(?:\w*[A-Z]\w*[A-Z]\w*)(?![\w/@])"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|[\w.-]+\.(?:com|org|io|ai|net)/\S*")


def _surroundings(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - 60) : match.end() + 80]


def shaped_candidate(name: str, concept_class: ConceptClass) -> Named:
    """A candidate known by its shape, the same in all papers that write the name."""
    identity = ConceptId(f"{slug(name)}.{digest(normalise(name), str(concept_class))}")
    return Named(identity, concept_class, name, Origin.CANDIDATE)


_COMPOUND = re.compile(r"(?<![\w-])[A-Za-z][\w.]*(?:-[\w.]*\w)+(?![\w-])")


def _compounds(texts: Texts, proposals: list[_Proposal]) -> Iterator[_Proposal]:
    """Proposals for names that a hyphen makes of a known name and an unknown one: `SGD-SaI`, `CCA-Attention`."""
    for field, text in texts.original.items():
        inside = [p for p in proposals if p.field is field]
        for match in _COMPOUND.finditer(text):
            parts = [p for p in inside if match.start() <= p.start and p.end <= match.end()]
            covered = {k for p in parts for k in range(p.start, p.end)}
            unknown = [word for word in match[0].split("-") if not _covers(covered, text, match, word)]
            own = next(
                (p for p in parts if p.concept.origin is Origin.CANDIDATE and p.end < match.end()), None
            )
            if own and own.start == match.start() and text[own.end + 1].isupper() and not unknown:
                yield replace(own, end=match.end())
            elif parts and unknown and all(map(_is_own_word, unknown)):
                concept_class = class_of(match[0], _surroundings(text, match))
                if concept_class is ConceptClass.TECHNIQUE:
                    concept_class = (own or parts[-1]).concept.concept_class
                concept = shaped_candidate(match[0], concept_class)
                yield _Proposal(field, *match.span(), concept, Method.SHAPE, _CONFIDENCE[Method.SHAPE])


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
