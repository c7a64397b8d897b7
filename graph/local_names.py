"""Local names: short forms that one paper defines and names that it coins, with their meaning there."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..ontology.classes import ConceptClass, NameKind, Origin
from ..ontology.concepts import Concept
from ..ontology.lexicon import letters_of
from ..ontology.names import NormalName, normalise, variants
from .abbreviations import Abbreviation, abbreviations
from .candidates import candidate
from .coinage import Coined, coined_names
from .known_names import KnownNames, named, same_letters
from .mentions import Field, Method, Named
from .name_classes import class_of
from .own_work import LEAD, is_subject, is_titled, proposes, turn
from .papers import Paper
from .proposals import CONFIDENCE, NOTHING, Proposal, Texts
from .runs import head_of


@dataclass(frozen=True, slots=True)
class _Local:
    """A name with the meaning that it has in this paper alone."""

    name: str
    concept: Named
    method: Method
    confidence: float


class LocalNames:
    """The names to which one paper gives a meaning: short forms it defines and names it coins."""

    def __init__(self, vocabulary_names: KnownNames, paper: Paper, texts: Texts, known: list[Proposal]) -> None:
        self._vocabulary_names = vocabulary_names
        self._paper = paper
        self._texts = texts
        self._known = known
        self._names: dict[NormalName, _Local] = {}
        self._tails: list[Proposal] = []
        defined = {field: abbreviations(text) for field, text in texts.original.items()}
        pairs = [pair for found in defined.values() for pair in found]
        for coined in coined_names(paper.title, paper.abstract or "", texts.words[Field.ABSTRACT]):
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
        pair = next((pair for pair in defined if _names_pair(coined.name, pair)), None)
        if pair and (known := self._known_as(pair.long)):
            self._add(pair.short, _Local(pair.short, known, Method.ABBREVIATION, CONFIDENCE[Method.ABBREVIATION]))
            return
        label = pair.short if pair else coined.name
        concept_class = coined.concept_class
        if key := next((n for n in (normalise(label), normalise(coined.name)) if n in self._names), None):
            local = self._names[key]
        else:
            local = _Local(label, candidate(label, concept_class, self._paper), Method.COINED, coined.confidence)
        for name in {coined.name, *([pair.short, pair.long] if pair else [])}:
            self._add(name, local)

    def _own(self, name: str) -> Concept | None:
        """The vocabulary's concept of this name, where this very paper introduced it."""
        key = normalise(name)
        own = self._vocabulary_names.introduced_by(self._paper)
        return next((c for c in own if any(normalise(known) == key for known, _ in c.names())), None)

    def _is_established(self, coined: Coined) -> bool:
        """Whether a seemingly coined name is one that the vocabulary has, and nothing says it is new here."""
        if coined.apposed:
            return False
        whole = normalise(coined.name)
        lexicon = self._vocabulary_names.vocabulary.lexicon.senses
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
            if p.concept is not NOTHING and normalise(self._texts.original[p.field][p.start : p.end]) == key:
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
        self._add_interrupted(field, found)
        known = self._known_as(found.long)
        concept = known or self._defined(found, long)
        if concept is None:
            return
        coined = concept.origin is Origin.CANDIDATE and self._is_own(field, found)
        method = Method.COINED if coined else Method.ABBREVIATION
        local = _Local(found.short, concept, method, CONFIDENCE[method])
        self._add(found.short, local)
        if known is None:
            self._add(long, local)
        if found.tail_end:
            start = found.long_start
            self._tails.append(Proposal(field, start, found.tail_end, concept, method, local.confidence, 2))

    def _add_interrupted(self, field: Field, found: Abbreviation) -> None:
        """Propose a vocabulary name that a short form interrupts: `key-value (KV) caches`."""
        text = self._texts.original[field]
        if found.short_start < found.long_start or not (after := _GOES_ON.match(text, found.short_end)):
            return
        vocabulary = self._vocabulary_names.vocabulary
        senses = vocabulary.lexicon.senses.get(normalise(f"{found.long} {after[1]}"), ())
        if senses and not senses[0].cues:
            concept = named(vocabulary[senses[0].concept])
            confidence = CONFIDENCE[Method.VARIANT]
            end = after.end()
            self._tails.append(Proposal(field, found.long_start, end, concept, Method.VARIANT, confidence, 2))

    def _is_own(self, field: Field, found: Abbreviation) -> bool:
        """Whether the paper makes what it abbreviates: a verb of proposing says so, the title, or what follows."""
        text, start = self._texts.original[field], min(found.long_start, found.short_start)
        if proposes(text, start) or _NEWLY.match(text, max(found.long_end, found.short_end)):
            return True
        if field is Field.TITLE or start <= (own := turn(text)) - LEAD:
            return False
        names, title = (found.short, found.long), self._paper.title
        if any(is_titled(name, title) for name in names):
            return True
        return start > own and any(is_subject(name, title) for name in names)

    def _defined(self, found: Abbreviation, long: str) -> Named | None:
        """The concept of a short form whose long form the vocabulary lacks."""
        lexicon = self._vocabulary_names.vocabulary.lexicon
        short = normalise(found.short)
        for sense in lexicon.senses.get(short, ()):
            if sense.kind in (NameKind.ACRONYM, NameKind.LABEL) and not sense.cues:
                concept = self._vocabulary_names.vocabulary[sense.concept]
                if _shares_words(concept, found.long):
                    return named(concept)
        if (len(found.short) < 3 and short not in lexicon.senses) or " " not in normalise(found.long):
            return None
        if short in lexicon.blocked or normalise(found.long) in lexicon.blocked:
            return None
        return candidate(long, self._class_of(long), aliases=(found.short,))

    def _class_of(self, long: str) -> ConceptClass:
        """The class of a long form: as it says, or a task or a metric where names of the vocabulary that end so are."""
        told = class_of(long, long, long)
        usual = self._vocabulary_names.heads.get(head_of(long), told)
        return usual if told is ConceptClass.TECHNIQUE and usual in (ConceptClass.TASK, ConceptClass.METRIC) else told

    def _add(self, name: str, local: _Local) -> None:
        self._names.setdefault(normalise(name), replace(local, name=name))

    def proposals(self) -> Iterator[Proposal]:
        """Every occurrence of the local names."""
        yield from self._tails
        if not self._names:
            return
        written = {
            normalise(variant): local for local in self._names.values() for variant in variants(local.name)[::-1]
        }
        for field, normal in self._texts.normal.items():
            for begin, (until, name) in sorted(_longest(normal.text, written).items()):
                start, end = normal.span(begin, until)
                text = self._texts.original[field][start:end]
                local = written[name]
                if " " in name or "-" in text or same_letters(text, letters_of(local.name)) or _capitals(text, local):
                    proposal = Proposal(field, start, end, local.concept, local.method, local.confidence, 1)
                    yield self._vocabulary_names.extended(proposal, self._texts.original[field])


_NEWLY = re.compile(r"\)?(?:,\s|\s?[-–—]{1,3}\s?)(?:an?|our)\s(?:[\w-]+,?\s){0,2}(?:novel|new)\b")
_GOES_ON = re.compile(r"\)\s+([\w-]+)")


def _longest(text: str, names: Iterable[NormalName]) -> dict[int, tuple[int, NormalName]]:
    """Where names begin in a normal text, with the end of the longest that begins there, and which it is."""
    found: dict[int, tuple[int, NormalName]] = {}
    for name in names:
        for start, end in _occurrences(text, name.split()):
            if start not in found or found[start][0] < end:
                found[start] = end, name
    return found


def _occurrences(text: str, words: list[str]) -> Iterator[tuple[int, int]]:
    """The spans of words that follow one another in a normal text, with up to three blanks between."""
    first = f" {words[0]} "
    at = text.find(first)
    while at >= 0:
        end = at + len(first) - 1
        for word in words[1:]:
            begin = next((end + k for k in (1, 2, 3) if text[end + k : end + k + 1] != " "), end)
            if not text.startswith(f"{word} ", begin):
                break
            end = begin + len(word)
        else:
            yield at + 1, end
        at = text.find(first, at + 1)


def _capitals(text: str, local: _Local) -> bool:
    """Whether a text is the whole name in capitals, as some titles write it."""
    return len(text) > 3 and text.isupper() and text == local.name.upper()


def _names_pair(name: str, pair: Abbreviation) -> bool:
    """Whether a coined name is one of the two forms, or a longer reading of the long one."""
    whole, long = normalise(name), normalise(pair.long)
    return whole in (normalise(pair.short), long) or whole.endswith(f" {long}")


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
