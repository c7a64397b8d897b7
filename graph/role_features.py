"""Features of roles: what is said around the mentions of a concept, under names that a person can read."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import compress

from ..ontology.classes import Origin
from .mentions import Field, Span
from .sentences import Sentence, sentences
from .words import Words

NEAR = 60
"""Characters before and after a mention that count as near."""

BEFORE, AFTER = 5, 4
"""Words before and after a mention that are looked at one by one."""
STEM = 4
"""Letters by which a name is like another: `EywaAgent` and `Eywa`."""

_CUES: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern)
    for name, pattern in {
        "uses": r"us(?:e|es|ed|ing)|leverag\w+|utili[sz]\w+|employ\w*|adopt\w*|appl(?:y|ies|ied|ying)|based|"
        r"buil(?:t|ds?|ding)|implement\w*|integrat\w+|incorporat\w+|combin\w+|extend\w*|via|through|powered|"
        r"equipped|exploit\w*|inspired|initiali[sz]ed|start\w*",
        "trains": r"fine|finetun\w+|tun(?:ed|ing)|train\w*|pretrain\w*|adapt\w*|convert\w*|distill?\w*|quanti[sz]\w+|"
        r"prun\w+|compress\w*",
        "evaluates": r"evaluat\w+|experiment\w*|test(?:ed|ing|s)?|benchmark\w*|assess\w*|measur\w+|validat\w+|"
        r"results?|demonstrat\w+|analy[sz]\w+|investigat\w+|stud(?:y|ies|ied)|examin\w+|across|verif\w+|"
        r"achiev\w+|accuracy|performance",
        "compares": r"compar\w+|outperform\w*|surpass\w*|better|baselines?|superior|versus|vs|than|over|beat\w*|"
        r"exceed\w*|competitive|par|state|sota|against|improv\w+|rival\w*|counterparts?",
        "background": r"recent\w*|existing|prior|previous\w*|traditional\w*|conventional|widely|despite|although|"
        r"shown|become|been|revolutioni[sz]ed|emerged|many|various|advances?|rapid|popular\w*|often|typically|most|"
        r"challenging|limit\w+|suffer\w*|hinder\w*|require\w*",
        "examples": r"such|including|like|instance|example",
        "we": r"we|our|ours|this",
        "however": r"however|while|unlike|instead|yet|but",
        "future": r"future|will|could|may|potential\w*|implications?|code|available",
        "surveys": r"survey|review|overview|discuss\w*|categori[sz]\w+|taxonomy|summari[sz]\w+|perspective",
        "proposes": r"propos\w+|introduc\w+|present\w*|design\w*|develop\w*|novel",
    }.items()
}


class _WordCues(dict[str, frozenset[str]]):
    """The cues that each lower-case word is, found out when it is first met."""

    def __missing__(self, word: str) -> frozenset[str]:
        cues = frozenset(name for name, pattern in _CUES.items() if pattern.fullmatch(word))
        if len(self) < _WORDS_KEPT:
            self[word] = cues
        return cues


_WORDS_KEPT = 100_000
_WORD_CUES = _WordCues()


class Context:
    """The sentences of a paper's fields with the cues that stand in each, found once for all mentions."""

    def __init__(self, texts: Mapping[Field, str], words: Mapping[Field, Words], coined: Iterable[str] = ()) -> None:
        """*words* are those of the texts; *coined* the names that the paper gives to things."""
        self.texts = texts
        self.words = words
        self.stems = tuple(sorted({name[:STEM].lower() for name in coined if len(name) >= STEM}))
        self.sentences: dict[Field, tuple[Sentence, ...]] = {f: sentences(t) for f, t in texts.items()}
        self._cued = {field: _cued_words(each) for field, each in words.items()}
        self.cues: dict[Field, list[frozenset[str]]] = {
            field: [self.cues_within(field, s.start, s.end) for s in found] for field, found in self.sentences.items()
        }
        self.kind = self._kind()
        first_own = (k for k, cues in enumerate(self.cues[Field.ABSTRACT]) if "we" in cues)
        self.turn = next(first_own, 0)
        """The first sentence in which the paper speaks of itself; the first of all where it never says "we"."""

    def _kind(self) -> str:
        """What kind of paper it is, by its title and by what it says of itself."""
        title = self.cues_within(Field.TITLE, 0, len(self.texts[Field.TITLE]))
        own = [cues for cues in self.cues[Field.ABSTRACT] if "we" in cues]
        if "surveys" in title or sum("surveys" in cues for cues in own) > len(own) / 2:
            return "survey"
        if ":" in self.texts[Field.TITLE] and any("proposes" in cues for cues in own):
            return "method"
        return "method" if any("proposes" in cues for cues in own[:2]) else "study"

    def cues_within(self, field: Field, start: int, end: int) -> frozenset[str]:
        """The cues whose words begin from *start* to before *end*."""
        places, cues = self._cued[field]
        return frozenset().union(*cues[bisect_left(places, start) : bisect_left(places, end)])

    def sentence_of(self, span: Span) -> int:
        """The number of the sentence that a span begins in."""
        return max(0, bisect_right(self.sentences[span.field], span.start, key=lambda s: s.start) - 1)


def _cued_words(words: Words) -> tuple[list[int], list[frozenset[str]]]:
    """Where the words that are cues begin, and which cues they are."""
    cues = list(map(_WORD_CUES.__getitem__, words.lower))
    return list(compress(words.starts, cues)), list(filter(None, cues))


def features(context: Context, spans: Sequence[Span], kinds: Collection[str] = ()) -> tuple[str, ...]:
    """The named features of a concept in a paper, sorted; *kinds* are its id and those of what is broader."""
    found = {"always", *_concept_features(context, spans[0]), *(f"is {kind}" for kind in kinds)}
    found.add("mentioned once" if len(spans) == 1 else "mentioned often" if len(spans) > 3 else "mentioned again")
    for span in spans:
        found.update(_span_features(context, span))
    found.update(_turn_features(context, spans))
    if any(span.field is Field.TITLE for span in spans):
        kind = context.kind
        found |= {f"in the title of a {kind}", f"{spans[0].concept.concept_class} in the title of a {kind}"}
    return tuple(sorted(found))


def _concept_features(context: Context, span: Span) -> Iterator[str]:
    """What the concept is, how it was found, and in what kind of paper."""
    concept, kind = span.concept, context.kind
    yield from (f"class {concept.concept_class}", f"origin {concept.origin}", f"found by {span.method}")
    yield from (f"in a {kind}", f"{concept.concept_class} in a {kind}")
    if concept.parameters or concept.variant_of:
        yield "a variant"
    if concept.origin is Origin.CANDIDATE:
        yield f"unknown {concept.concept_class}"
        yield f"unknown, in a {kind}"
        if any(stem in concept.label.lower() for stem in context.stems):
            yield "like a name coined here"


def _turn_features(context: Context, spans: Sequence[Span]) -> Iterator[str]:
    """Whether the abstract mentions a concept only before it speaks of itself."""
    in_abstract = [context.sentence_of(span) for span in spans if span.field is Field.ABSTRACT]
    if in_abstract:
        kind, concept_class = context.kind, spans[0].concept.concept_class
        turn = "only before the turn" if max(in_abstract) < context.turn else "after the turn"
        yield from (turn, f"{turn} in a {kind}", f"{concept_class} {turn}", f"{concept_class} {turn} in a {kind}")


def _span_features(context: Context, span: Span) -> Iterable[str]:
    """Where a mention stands, and the cues around it."""
    if span.field is Field.TITLE:
        yield "in the title"
        yield f"{span.concept.concept_class} in the title"
        yield from (f"title has {cue}" for cue in context.cues[Field.TITLE][0])
        yield from _place_in_title(context.texts[Field.TITLE], span)
        return
    number = context.sentence_of(span)
    sentence = context.sentences[span.field][number]
    last = len(context.sentences[span.field]) - 1
    place = "first" if number == 0 else "last" if number == last else "early" if number < last / 2 else "late"
    yield f"{place} sentence"
    cues = context.cues[span.field][number]
    yield from (f"sentence has {cue}" for cue in cues)
    if "we" in cues:
        yield from (f"own sentence has {cue}" for cue in cues)
    yield from _words_beside(context, span, sentence)
    quarter = 4 * number // max(1, last)
    yield f"quarter {quarter}"
    yield f"{span.concept.concept_class} in quarter {quarter}"
    text = context.texts[span.field]
    before = text[max(sentence.start, span.start - NEAR) : span.start]
    after = text[span.end : min(sentence.end, span.end + NEAR)]
    cued = context.cues_within(span.field, span.start - len(before), span.start)
    near = [f"{cue} before" for cue in cued]
    near += [f"{cue} after" for cue in context.cues_within(span.field, span.end, span.end + len(after))]
    yield from near
    yield from (f"{span.concept.concept_class}: {cue}" for cue in near)
    yield from _joined_words(before, after)


def _words_beside(context: Context, span: Span, sentence: Sentence) -> Iterator[str]:
    """The words before and after a mention in its sentence, and the first ones of the sentence."""
    words = context.words[span.field]
    first, last = bisect_left(words.starts, sentence.start), bisect_left(words.starts, sentence.end)
    start, end = bisect_left(words.starts, span.start), bisect_left(words.starts, span.end)
    before, after = words.lower[max(first, start - BEFORE) : start], words.lower[end : min(last, end + AFTER)]
    yield from (f"{word} <" for word in before)
    yield from (f"{word} <<" for word in before[-2:])
    yield from (f"> {word}" for word in after)
    yield from (f">> {word}" for word in after[:1])
    yield from (f"sentence of {' '.join(words.lower[first : first + n])}" for n in (1, 2))
    if span.concept.origin is Origin.CANDIDATE:
        yield from (f"{word} < unknown" for word in before[-3:])


def _place_in_title(title: str, span: Span) -> Iterable[str]:
    """Before or after a title's colon, and behind which preposition: `for X` is an end, `via X` a means."""
    before = _LETTERS.findall(title[: span.start].lower())
    leading = next((word for word in reversed(before) if word in _PREPOSITIONS), "none")
    yield f"title: after {leading}"
    yield f"{span.concept.concept_class} in the title after {leading}"
    yield (
        "title begins"
        if not before
        else f"title: right after {before[-1] if before[-1] in _PREPOSITIONS else 'a word'}"
    )
    yield "before the colon" if ":" in title[span.end :] else "after the colon" if ":" in title else "no colon"


_LETTERS = re.compile(r"\w+")
_PREPOSITIONS = frozenset("for via with using in of on by through from to as and towards".split())


def _joined_words(before: str, after: str) -> Iterable[str]:
    """The words right beside a mention, where they are of the kind that tells a role."""
    if words := before.lower().split():
        word = words[-1].strip("(“\"'‘,;:–—-")
        yield f"after word {word}" if word in _BESIDE else "after another word"
    if after.startswith(("-based", "-powered", "-driven", "-enabled")):
        yield "followed by -based"
    if following := _NEXT_WORD.match(after.lower()):
        yield f"before word {following[1]}" if following[1] in _BESIDE else "before another word"


_NEXT_WORD = re.compile(r"\W*(\w+)")
_BESIDE = frozenset(
    "the a an of in on for with by to and or using via than over as our we through like from into large "
    "models model dataset datasets benchmark benchmarks tasks task method methods performance inference "
    "training such against between both existing which is are has have can".split()
)
