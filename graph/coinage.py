"""Coined names: what a paper proposes, presents or releases, and what class of thing it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..ontology.classes import ConceptClass
from ..ontology.lexicon import is_ordinary
from ..ontology.names import english_words, normalise
from .name_classes import class_of
from .name_shapes import NAME, WORD, is_shaped
from .own_work import LEAD, OWN, PROPOSERS, PROPOSES, STOP, VERB, turn
from .words import Words, matches_at

_PLAIN = r"[A-Za-z][a-z]*(?:-[A-Za-z]+)*"
_ACTION = (
    r"(?:attention|decoding|batching|adaptation|distillation|quantization|pruning|prompting|search|routing|gating|"
    r"function|interleaving|fusion|alignment|loss|sampling|caching|scheduling|embedding|encoding|pooling|masking|"
    r"tuning|learning|optimization|normalization|parallelism|loading|merging|regularization|decomposition|"
    r"factorization|initialization|augmentation|retrieval|ranking|estimation|propagation|aggregation|patching)"
)
_TERM = re.compile(
    rf"\s+(?:(?:an?|the|our)\s+)?(?:(?:novel|new|simple|efficient|effective|unified|general|runtime|\w+ly),?\s+)*"
    rf"(?P<term>{_PLAIN}(?: {_PLAIN}){{0,2}}? {_ACTION})\b"
    r"(?!-|\s[a-z]+(?:ing|ed)\b)"
)
"""What a compound term for a procedure looks like: one to three words, then what is done."""
_LEADS = re.compile(
    r"(?:[Oo]ur|[Aa])(?=\s(?:novel|new)\s)|\d\)|(?<=\()(?:i{1,3}|[a-c])\)|"
    r"(?:employ|adopt|incorporate|leverage|use|introduce)s?(?=\s(?:an?|the)\s(?:[\w-]+\s){1,5}"
    r"(?:technique|method|mechanism|strategy|module|algorithm|scheme)\b)"
)
"""What leads up to a procedure of the paper's own: "our novel", an item of a count, "employs a … technique"."""
_GENERIC = re.compile(
    r"\b(?:two|three|four|multi|single|one|end|large|small|high|low|in|fine|first|state|open|cost|training|real|full|"
    r"coarse|plug|human|self|co|post|few|zero|long|short|non|well|deep|data|domain|re|semi)-|-(?:trained|free|based)\b|"
    r"\b(?:for|to|of|with|and|that|which|method|approach)\b",
    re.IGNORECASE,
)
_QUOTED = r"[\"“‘'`]{1,2}(?P<quoted>[^\"“”‘’'`]{2,60})[\"”’'`]{1,2}"
_CALLED = re.compile(
    rf"\b(?:called|named|dubbed|termed|coined(?: as)?|denoted(?: as| by)?|referred to as|nicknamed|namely|"
    rf"(?:[Ww]e|which we) (?:call|name|term|dub|refer to(?: as)?|denote)(?: (?:it|this|them|the|our))?(?: \w+){{0,3}}?"
    rf"(?: as)?)\s+(?:the\s+|as\s+)?(?:{_QUOTED}|(?P<name>{NAME}))"
)
_OURS = re.compile(
    rf"\b(?:[Oo]ur|[Tt]he|[Tt]his)(?: (?:proposed|new|novel|open-source|resulting|final|best))?"
    rf"(?: [\w-]+){{0,3}}? (?:method|model|models|approach|system|framework|dataset|benchmark|library|package|"
    rf"toolkit|algorithm|technique|architecture|tool|corpus|metric|strategy|platform)s?,? (?P<name>{NAME})"
)
_CAPITALISED = re.compile(
    rf"\b(?:[Tt]he|[Aa]n?|[Oo]ur|novel|new)\s+(?P<name>(?:{WORD})(?: (?:{WORD})){{1,5}})\s+"
    r"(?:technique|method|module|mechanism|strategy|algorithm|approach|loss|procedure)\b"
)
_PROPOSED = re.compile(rf"\b(?:[Oo]ur|[Tt]he) (?:newly )?(?:proposed|novel|own)\s+(?P<name>{NAME})")
_NAMES = re.compile(NAME)
_APPOSED = re.compile(
    r"(?:, (?:which is )?| is | are |\s?[—–]\s?)(?:an?|the first|our)\s+"
    r"(?=(?:[\w/,-]+ ){0,9}?(?P<head>method|model|approach|system|framework|dataset|benchmark|library|"
    r"package|toolkit|algorithm|technique|architecture|tool|corpus|metric|strategy|platform|suite|paradigm|"
    r"accelerator|family|series|solution|implementation|mechanism|module|enhancement|agent|engine|"
    r"pipeline|scheme|procedure|optimizer|network|chatbot|compiler|simulator|collection)s?\b)"
)
_ASIDE = re.compile(r"\s\([^()]*\)$")
_NO_PART = re.compile(r".*[^\w.@/ –-]", re.DOTALL)
"""All up to the last character that no name holds."""
_NOVEL = re.compile(
    r"\b(?:novel|new|first|simple|innovative|proposed|our|efficient|effective|general|unified|scalable|open)\b"
)
_TITLE = re.compile(rf"[\"“']?(?P<name>{NAME}|[A-Z][\w' -]{{1,40}}?)[\"”']?(?:\s\([^()]*\))?\s*(?:[:：]|\s[-–—]+)\s")


@dataclass(frozen=True, slots=True)
class Coined:
    """A name that a paper gives to something, with its class and how sure that is."""

    name: str
    concept_class: ConceptClass
    confidence: float
    apposed: bool = False
    """Whether the text says beside the name what it is, which lets it shadow a vocabulary name."""


def coined_names(title: str, abstract: str, words: Words | None = None) -> tuple[Coined, ...]:
    """The names that a paper coins, each once, the surest evidence first; *words* are the abstract's."""
    found: dict[str, Coined] = {}
    evidence = [*_from_title(title, abstract), *_from_abstract(title, abstract, words or Words.of(abstract))]
    for coined in sorted(evidence, key=lambda c: -c.confidence):
        key = normalise(coined.name)
        known = found.get(key)
        if known is None:
            found[key] = coined
        elif coined.apposed and not known.apposed:
            found[key] = Coined(known.name, known.concept_class, known.confidence, True)
    return tuple(found.values())


def _from_title(title: str, abstract: str) -> Iterator[Coined]:
    """The name before a title's colon, or of a system before the contest that it took part in."""
    match = _TEAM.match(title) or _TITLE.match(title)
    if match is None:
        return
    name, rest = match["name"].strip(), title[match.end() :]
    again = _stands(name, abstract, "-") is not None
    if not (again or is_shaped(name) or match.re is _TEAM or _is_unknown_word(name)) or not _is_heading(name, again):
        return
    if match.re is _TEAM:
        yield Coined(name, ConceptClass.SOFTWARE, 0.9 if again else 0.75, apposed=True)
        return
    known = class_of(name, _around(name, abstract), rest)
    yield Coined(name, known, 0.9 if again else 0.75, apposed=_is_new(name, rest, abstract))


def _is_heading(name: str, again: bool) -> bool:
    """Whether what stands before a title's colon may be a name; *again* says that the abstract holds it too."""
    words = name.split()
    if len(words) == 1:
        return again or is_shaped(name) or name.lower() not in english_words()
    return len(words) <= (4 if is_shaped(name) else 2) and (again or not words[0].lower().endswith("ing"))


def _is_unknown_word(name: str) -> bool:
    """Whether a name is one word that is no English word, and no language or people."""
    return name.isalpha() and len(name) > 3 and not is_ordinary(name) and not _ORIGIN.fullmatch(name)


_TEAM = re.compile(
    rf"#?(?P<name>{NAME}|[A-Z][\w-]+)\s(?:at|@)\s(?=[A-Z][\w-]*[\s-]{{0,3}}(?:\d{{4}}\b|.{{0,40}}\b(?:Task|Track)\b))"
)


_SURVEY = re.compile(
    r"\b(?:survey|review|overview|tutorial|perspective|study|analysis|opportunities|challenges)\b", re.I
)
_SINCE = re.compile(
    r"\b(?:recently|recent|widely|popular|state-of-the-art|existing|such as|like)\W+(?:\w+\W+){0,3}$", re.I
)


def _is_new(name: str, subtitle: str, abstract: str) -> bool:
    """Whether the abstract names a title's first word only once it speaks of itself, as of a thing made here."""
    if _SURVEY.search(subtitle):
        return False
    first = _stands(name, abstract, "-/")
    return first is None or (first > turn(abstract) - LEAD and not _SINCE.search(abstract[:first]))


def _stands(name: str, text: str, joints: str) -> int | None:
    """Where a name first stands in a text as words of its own, not behind one of *joints*; None where nowhere."""
    at = text.find(name)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(name) : at + len(name) + 1]
        if not (before and (_is_of_word(before) or before in joints)) and not (after and _is_of_word(after)):
            return at
        at = text.find(name, at + 1)
    return None


def _is_of_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _around(name: str, abstract: str) -> str:
    """What the abstract says right after a name it proposes, or what it says the name is."""
    at = abstract.find(name)
    while at >= 0:
        end = at + len(name)
        if verb := _VERB_BEFORE.search(abstract, max(0, at - 100), at):
            return abstract[verb.start() : _REST.match(abstract, end, end + 120).end()]  # type: ignore[union-attr]
        if _IS_A.match(abstract, end):
            return abstract[at : _REST.match(abstract, end, end + 105).end()]  # type: ignore[union-attr]
        at = abstract.find(name, end)
    return ""


_VERB_BEFORE = re.compile(rf"{VERB}[^.]{{0,80}}?$")
_IS_A = re.compile(r"(?:,| is) an?")
_REST = re.compile(r"[^.]*")


def _from_abstract(title: str, abstract: str, words: Words) -> Iterator[Coined]:
    leaders = words.among(_LEADERS_OF_ALL)
    for match in matches_at(PROPOSES, PROPOSERS, abstract, leaders):
        yield from _objects(abstract, match.end())
        yield from _phrase(abstract, match.end())
    if own := OWN.search(abstract):
        for match in matches_at(_LEADS, _LEADERS, abstract, leaders, own.start()):
            yield from _phrase(abstract, match.end())
    for pattern, first, confidence in _NAMING:
        for match in matches_at(pattern, first, abstract, leaders, turn(abstract) if pattern is _CALLED else 0):
            yield from _coined(match, abstract, confidence)
    for apposed in _APPOSED.finditer(abstract):
        name = _name_before(abstract, apposed.start())
        if name and _is_apposed(name, apposed, title, abstract):
            yield from _coined(name, abstract, 0.8, apposed=True)


_LEADERS = frozenset("our a 0 1 2 3 4 5 6 7 8 9 i ii iii b c".split()) | {
    f"{verb}{s}" for verb in "employ adopt incorporate leverage use introduce".split() for s in ("", "s")
}
_NAMING = (
    (_CALLED, frozenset("called named dubbed termed coined denoted referred nicknamed namely we which".split()), 0.85),
    (_OURS, frozenset("our the this".split()), 0.7),
    (_PROPOSED, frozenset("our the".split()), 0.8),
    (_CAPITALISED, frozenset("the a an our novel new".split()), 0.7),
)
"""Patterns that name things, the words they begin with, and how sure they are."""
_LEADERS_OF_ALL = PROPOSERS.union(_LEADERS, *(first for _, first, _ in _NAMING))


def _name_before(text: str, end: int) -> re.Match[str] | None:
    """The name that ends at *end*, or before a parenthesis that ends there."""
    if text[end - 1 : end] == ")" and (aside := _ASIDE.search(text, max(0, end - 200), end)):
        end = aside.start()
    begin = max(0, end - 120)
    clause = _NO_PART.match(text, begin, end)
    for name in _NAMES.finditer(text, clause.end() if clause else begin, end):
        if name.end() == end:
            return name
    return None


def _is_apposed(name: re.Match[str], apposed: re.Match[str], title: str, abstract: str) -> bool:
    """Whether what is said of a name beside it says that it is new, and made here."""
    before = abstract[max(0, name.start() - 60) : name.start()]
    clause = abstract[apposed.end() : apposed.end("head")]
    return bool(_NOVEL.search(clause) and (PROPOSES.search(before) or name.start() == 0 or name[0] in title))


_QUOTED_OR_NAME = re.compile(rf"{_QUOTED}|(?P<name>{NAME})")
_DIRECT = re.compile(r"[\s,:]*(?:(?:an?|the|our|two|three)\b)?(?:[ ](?:\w+ly|novel|new|first))*[\s,]*")
_ENDS_OR_APPOSED = re.compile(r"(?:\s\([^()]*\))?,\s(?:an?|the|our)\s|\s*$")
_LISTED = re.compile(r"(?:,| and| or|,? called|,? named)\s*(?:an?|the)?\s*(?:novel|new)?\s*$")


def _objects(text: str, start: int) -> Iterator[Coined]:
    """The names in the object of a verb of proposing."""
    stop = STOP.search(text, start)
    end = min(stop.start() if stop else len(text), start + 160)
    clause = text[start:end]
    for match in _QUOTED_OR_NAME.finditer(clause):
        direct = _DIRECT.fullmatch(clause, 0, match.start())
        if direct or is_shaped(match["name"] or "") or _is_listed(match, clause):
            apposed = _ENDS_OR_APPOSED.match(text, start + match.end()) is not None
            said = bool(direct) and apposed
            yield from _coined(match, text, 0.85 if direct else 0.7, offset=start, apposed=apposed, word=said)


def _is_listed(match: re.Match[str], clause: str) -> bool:
    """Whether a name stands in a list of things, or behind a word of naming; a quoted one may be an example."""
    return match["quoted"] is None and _LISTED.search(clause, max(0, match.start() - 40), match.start()) is not None


def _phrase(text: str, start: int) -> Iterator[Coined]:
    """The compound term that a verb of proposing has for its object: `a label-supervised adaptation`."""
    match = _TERM.match(text, start)
    if match is None or _GENERIC.search(match["term"]):
        return
    words = match["term"].split()
    if "-" in words[0] and not words[0].endswith("ly"):
        yield Coined(match["term"], ConceptClass.TECHNIQUE, 0.6)


def _coined(
    match: re.Match[str], text: str, confidence: float, offset: int = 0, apposed: bool = False, word: bool = False
) -> Iterator[Coined]:
    """The names that a match coins; an ordinary word is one only where *word* says so: `Falcon, a scheduler`."""
    quoted = match.groupdict().get("quoted")
    name = (quoted or match.groupdict().get("name") or match[0]).strip(" .,'")
    if not _is_name(name, bool(quoted), word):
        return
    around = text[max(0, offset + match.start() - 60) : offset + match.end() + 160]
    for single in _AND.split(name) if " and " in name and is_shaped(name) else [name]:
        yield Coined(single, class_of(single, around), confidence, apposed)


_AND = re.compile(r"(?:,| and)+ ")


def _is_name(name: str, quoted: bool, word: bool = False) -> bool:
    words = name.split()
    if not 1 <= len(words) <= 7 or len(name) < 2 or name.lower() in _NO_NAMES:
        return False
    if _ATTRIBUTE.search(words[-1]) or (words[-1].lower() in _NO_NAMES and _describes(words[:-1])):
        return False
    if all(_ORIGIN.fullmatch(part) for part in _PARTS.split(name)) or _PART_OF_TASK.fullmatch(name):
        return False
    if len(words) == 1 and not is_shaped(name):
        named = name[0].isupper() or (quoted and "-" in name)
        return named and (word or name.lower() not in english_words())
    return quoted or is_shaped(name) or sum(word[0].isupper() for word in words) >= 2


def _describes(words: list[str]) -> bool:
    """Whether words before a general noun only describe it: `BERT-style`, `Italian`, `Large`."""
    return all(_ATTRIBUTE.search(w) or w.lower() in _ADJECTIVES or _ORIGIN.fullmatch(w) for w in words)


_ADJECTIVES = frozenset(
    "large small modern recent current general open existing popular pretrained multilingual new novel many several "
    "various different legal medical financial first second best".split()
)
_ORIGIN = re.compile(r"[A-Z][a-z]+(?:ian|ish|ese|an|ic)|Hindi|Dutch|Greek|French|Czech|Urdu|Tamil|Bengali|Hebrew|Thai")
"""Languages and peoples, which are no names that a paper gives."""
_PARTS = re.compile(r"[\s/–-]+")
_PART_OF_TASK = re.compile(r"(?:sub-?)?(?:task|track|phase|stage|step|layer|level|run|team)[ -]?\d+", re.IGNORECASE)


_ATTRIBUTE = re.compile(
    r"-(?:based|style|like|driven|powered|aware|enhanced|guided|level|wise|free|specific|infused)$", re.I
)
_NO_NAMES = frozenset(
    "ai ml nlp llm llms sota i we our this these in the a an it they based transformer transformers "
    "gpu gpus cpu large language models github".split()
)
