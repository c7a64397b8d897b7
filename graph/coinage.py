"""Coined names: what a paper proposes, presents or releases, and what class of thing it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ..ontology.classes import ConceptClass
from ..ontology.names import english_words, normalise

_WORD = (
    r"[A-Z]\w*(?:[.@]\w+)*(?:[-–/]\w+(?:[.@]\w+)*)*|[a-z]+(?:[A-Z][\w@]*)+(?:-\w+)*|[a-z]+\d[\w-]*|"
    r"[a-z]+(?:-[A-Za-z]+)*-[A-Z]\w*"
)
_LINK = r"(?:[ ](?:of|for|and|in|the|to|with|via)){1,2}"
_NAME = rf"(?:{_WORD})(?:(?:{_LINK})?[ ](?:{_WORD}|V?\d+(?:\.\d+)*)){{0,5}}"
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
    r"\b(?:[Oo]ur|[Aa])(?=\s(?:novel|new)\s)|(?:\b\d\)|\((?:\d|i{1,3}|[a-c])\))|"
    r"\b(?:employ|adopt|incorporate|leverage|use|introduce)s?(?=\s(?:an?|the)\s(?:[\w-]+\s){1,5}"
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
_VERB = (
    r"(?:propos|present|introduc|develop|design|releas|build|built|creat|describ|devis|construct|unveil|"
    r"contribut|curat|collect|annotat|publish|offer|explor|formulat|implement|establish|provid|train|open-sourc)"
    r"(?:e[sd]?|ed|s|ing)?"
)
_PROPOSES = re.compile(
    rf"\b(?:we|paper|work|study|article|authors?|report|by|then|and|further|also|therefore|thus|finally|to)\b"
    rf"(?:[ ](?:\w+ly|further|then|also|thus|have|here|now|first|next|instead|therefore|hence))*[ ,]+{_VERB}\b",
    re.IGNORECASE,
)
_CALLED = re.compile(
    rf"\b(?:called|named|dubbed|termed|coined(?: as)?|denoted(?: as| by)?|referred to as|nicknamed|namely|"
    rf"(?:[Ww]e|which we) (?:call|name|term|dub|refer to(?: as)?|denote)(?: (?:it|this|them|the|our))?(?: \w+){{0,3}}?"
    rf"(?: as)?)\s+(?:the\s+|as\s+)?(?:{_QUOTED}|(?P<name>{_NAME}))"
)
_OURS = re.compile(
    rf"\b(?:[Oo]ur|[Tt]he|[Tt]his)(?: (?:proposed|new|novel|open-source|resulting|final|best))?"
    rf"(?: [\w-]+){{0,3}}? (?:method|model|models|approach|system|framework|dataset|benchmark|library|package|"
    rf"toolkit|algorithm|technique|architecture|tool|corpus|metric|strategy|platform)s?,? (?P<name>{_NAME})"
)
_CAPITALISED = re.compile(
    rf"\b(?:[Tt]he|[Aa]n?|[Oo]ur|novel|new)\s+(?P<name>(?:{_WORD})(?: (?:{_WORD})){{1,5}})\s+"
    r"(?:technique|method|module|mechanism|strategy|algorithm|approach|loss|procedure|benchmark|dataset)\b"
)
_PROPOSED = re.compile(rf"\b(?:[Oo]ur|[Tt]he) (?:newly )?(?:proposed|novel|own)\s+(?P<name>{_NAME})")
_NAMES = re.compile(_NAME)
_APPOSED = re.compile(
    r"(?:\s\([^()]*\))?(?:, (?:which is )?| is | are )(?:an?|the first|our)\s+"
    r"(?=(?:[\w/,-]+ ){0,9}?(?P<head>method|model|approach|system|framework|dataset|benchmark|library|"
    r"package|toolkit|algorithm|technique|architecture|tool|corpus|metric|strategy|platform|suite|paradigm|"
    r"accelerator|family|series|solution|implementation|mechanism|module|enhancement|agent|engine|"
    r"pipeline|scheme|procedure|optimizer|network|chatbot|compiler|simulator|collection)s?\b)"
)
_NOVEL = re.compile(
    r"\b(?:novel|new|first|simple|innovative|proposed|our|efficient|effective|general|unified|scalable|open)\b"
)
_STOP = re.compile(r"[.;:]\s| (?:for|to|that|which|using|based on|by|on top of|where|whereby|aimed|aiming|with)\b")
_TITLE = re.compile(rf"[\"“']?(?P<name>{_NAME}|[A-Z][\w' -]{{1,40}}?)[\"”']?(?:\s\([^()]*\))?\s*(?:[:：]|\s[-–—]+)\s")

_HEADS: tuple[tuple[ConceptClass, re.Pattern[str]], ...] = (
    (
        ConceptClass.DATASET,
        re.compile(
            r"\b(?:data ?sets?|corpus|corpora|benchmarks?|test ?(?:sets?|suites?|beds?)|tree ?banks?|"
            r"evaluation suite|leaderboard|collection of)\b",
            re.I,
        ),
    ),
    (ConceptClass.METRIC, re.compile(r"\b(?:metrics?|measure of|evaluation measure|score for)\b", re.I)),
    (
        ConceptClass.HARDWARE,
        re.compile(
            r"\b(?:accelerators?|chip|processor|hardware (?:architecture|design)|"
            r"heterogeneous acceleration system|SoC|microarchitecture)\b",
            re.I,
        ),
    ),
    (
        ConceptClass.SOFTWARE,
        re.compile(
            r"\b(?:library|toolkits?|packages?|platforms?|toolbox|tool|software|compiler|simulator|engine|plugin|"
            r"(?:serving|answering|inference|training|operating|retrieval|open-source) system|web ?(?:app|demo|"
            r"interface|service)|API|codebase|demo|automatic comput\w+)\b",
            re.I,
        ),
    ),
    (
        ConceptClass.MODEL,
        re.compile(
            r"\b(?:(?:language|foundation|diffusion|generative|embedding|reward|instruction|vision|chat|trained|"
            r"visual instruction|speech|reasoning|open|novel|new|billion-parameter|parameter) models?|"
            r"(?:family|series|suite|set) of [\w ,-]*(?:models?|LLMs?)|LLMs?|chatbot|VLMs?|MLLMs?|models?)\b",
            re.I,
        ),
    ),
    (
        ConceptClass.TECHNIQUE,
        re.compile(
            r"\b(?:methods?|approach(?:es)?|algorithms?|techniques?|frameworks?|strateg(?:y|ies)|mechanisms?|architectures?|"
            r"paradigms?|pipelines?|schemes?|loss|procedure|solution|optimizers?|modules?|networks?|implementation)\b",
            re.I,
        ),
    ),
)
_ENDINGS: tuple[tuple[ConceptClass, re.Pattern[str]], ...] = (
    (
        ConceptClass.DATASET,
        re.compile(r"(?:[Bb]ench(?:mark)?|QA|Eval|[Dd]ata(?:set)?|[Cc]orpus|Arena|Pile|Instruct)(?:[-\d. ]\w*)?$"),
    ),
    (ConceptClass.METRIC, re.compile(r"(?:Score|Metric|score)$")),
    (
        ConceptClass.MODEL,
        re.compile(r"(?:GPT|BERT|LLM|LLaMA|Llama|VLM|LM|T5|CLIP|[- ]\d+(?:\.\d+)?[BM])(?:[- ]?v?\d[\w.]*)?$"),
    ),
    (
        ConceptClass.TECHNIQUE,
        re.compile(
            r"(?:[Aa]ttention|LoRA|[Pp]rompt(?:ing)?|[Tt]uning|[Dd]ecoding|[Tt]raining|[Ll]earning|Adapter|[Pp]runer?|"
            r"[Qq]uant\w*|MoE|[Dd]istill\w*|RAG|[Oo]ptimization|CoT|PO|Search|[Bb]atching)$"
        ),
    ),
    (ConceptClass.SOFTWARE, re.compile(r"(?:Lib|Kit|Hub|Studio|Flow|Py|py|Toolkit|Serve)$")),
)


@dataclass(frozen=True, slots=True)
class Coined:
    """A name that a paper gives to something, with its class and how sure that is."""

    name: str
    concept_class: ConceptClass
    confidence: float
    apposed: bool = False
    """Whether the text says beside the name what it is, which lets it shadow a vocabulary name."""


def coined_names(title: str, abstract: str) -> tuple[Coined, ...]:
    """The names that a paper coins, each once, the surest evidence first."""
    found: dict[str, Coined] = {}
    evidence = [*_from_title(title, abstract), *_from_abstract(title, abstract)]
    for coined in sorted(evidence, key=lambda c: -c.confidence):
        key = normalise(coined.name)
        known = found.get(key)
        if known is None:
            found[key] = coined
        elif coined.apposed and not known.apposed:
            found[key] = Coined(known.name, known.concept_class, known.confidence, True)
    return tuple(found.values())


def _from_title(title: str, abstract: str) -> Iterator[Coined]:
    match = _TITLE.match(title)
    if match is None:
        return
    name = match["name"].strip()
    words = name.split()
    again = re.search(rf"(?<![\w-]){re.escape(name)}(?![\w])", abstract)
    if len(words) > 4 or not (is_shaped(name) or (again and len(words) <= 2)):
        return
    if len(words) == 1 and name.lower() in english_words() and not again and not name.isupper():
        return
    known = class_of(name, _around(name, abstract), title[match.end() :])
    yield Coined(name, known, 0.9 if again else 0.75, apposed=_is_new(name, title[match.end() :], abstract))


_OWN = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Tt]his (?:paper|work|study|article|report)|the (?:first|authors))\b")
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
    own = _OWN.search(abstract)
    first = re.search(rf"(?<![\w/-]){re.escape(name)}(?!\w)", abstract)
    if first is None or own is None:
        return True
    return first.start() > own.start() - 160 and not _SINCE.search(abstract[: first.start()])


def _around(name: str, abstract: str) -> str:
    """What the abstract says right after a name it proposes."""
    escaped = re.escape(name)
    match = re.search(rf"{_VERB}[^.]{{0,80}}?{escaped}[^.]{{0,120}}|{escaped}(?:,| is) an?[^.]{{0,100}}", abstract)
    return match[0] if match else ""


def _from_abstract(title: str, abstract: str) -> Iterator[Coined]:
    for match in _PROPOSES.finditer(abstract):
        yield from _objects(abstract, match.end())
        yield from _phrase(abstract, match.end())
    own = _OWN.search(abstract)
    for match in _LEADS.finditer(abstract, own.start() if own else len(abstract)):
        yield from _phrase(abstract, match.end())
    for pattern, confidence in ((_CALLED, 0.85), (_OURS, 0.7), (_PROPOSED, 0.8), (_CAPITALISED, 0.7)):
        for match in pattern.finditer(abstract):
            yield from _coined(match, abstract, confidence)
    for name in _NAMES.finditer(abstract):
        if (apposed := _APPOSED.match(abstract, name.end())) and _is_apposed(name, apposed, title, abstract):
            yield from _coined(name, abstract, 0.8, apposed=True)


def _is_apposed(name: re.Match[str], apposed: re.Match[str], title: str, abstract: str) -> bool:
    """Whether what is said of a name beside it says that it is new, and made here."""
    before = abstract[max(0, name.start() - 60) : name.start()]
    clause = abstract[apposed.end() : apposed.end("head")]
    return bool(_NOVEL.search(clause) and (_PROPOSES.search(before) or name.start() == 0 or name[0] in title))


def _objects(text: str, start: int) -> Iterator[Coined]:
    """The names in the object of a verb of proposing."""
    stop = _STOP.search(text, start)
    end = min(stop.start() if stop else len(text), start + 160)
    clause = text[start:end]
    for match in re.finditer(rf"{_QUOTED}|(?P<name>{_NAME})", clause):
        direct = re.fullmatch(
            r"[\s,:]*(?:(?:an?|the|our|two|three)\b)?(?:[ ](?:\w+ly|novel|new|first))*[\s,]*",
            clause[: match.start()],
        )
        listed = re.fullmatch(
            r".*(?:,| and| or|,? called|,? named)\s*(?:an?|the)?\s*(?:novel|new)?\s*",
            clause[: match.start()],
            re.S,
        )
        if direct or listed or is_shaped(match["name"] or ""):
            apposed = bool(re.match(r"(?:\s\([^()]*\))?,\s(?:an?|the|our)\s|\s*$", text[start + match.end() :]))
            said = bool(direct) and apposed
            yield from _coined(match, text, 0.85 if direct else 0.7, offset=start, apposed=apposed, word=said)


def proposes(text: str, at: int) -> bool:
    """Whether a verb of proposing has what stands at *at* for its object, or the text calls it so."""
    start = max(0, at - 120)
    before = re.split(r"[.;:]\s", text[start:at])[-1]
    verb = _PROPOSES.search(before)
    if verb and not _STOP.search(before, verb.end()):
        return True
    return bool(re.search(r"\b(?:as|called|named|dubbed|termed|namely)\s+(?:the\s+)?$", before))


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
    for single in re.split(r"(?:,| and)+ ", name) if " and " in name and is_shaped(name) else [name]:
        yield Coined(single, class_of(single, around), confidence, apposed)


def _is_name(name: str, quoted: bool, word: bool = False) -> bool:
    words = name.split()
    if not 1 <= len(words) <= 7 or len(name) < 2 or name.lower() in _NO_NAMES:
        return False
    if _ATTRIBUTE.search(words[-1]) or (words[-1].lower() in _NO_NAMES and _describes(words[:-1])):
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
_ORIGIN = re.compile(r"[A-Z][a-z]+(?:ian|ish|ese|an|ic)")


_ATTRIBUTE = re.compile(
    r"-(?:based|style|like|driven|powered|aware|enhanced|guided|level|wise|free|specific|infused)$", re.I
)
_NO_NAMES = frozenset(
    "ai ml nlp llm llms sota i we our this these in the a an it they based transformer transformers "
    "gpu gpus cpu large language models github".split()
)


@cache
def is_shaped(name: str) -> bool:
    """Whether a name looks like one: capitals within a word, capitals with digits, or all capitals."""
    return any(
        re.search(r"[a-z0-9][A-Z]|[A-Z]{2}.*[a-z]|[A-Z][\w-]*\d|[a-z]\d", word)
        or (len(word) >= 3 and re.fullmatch(r"[A-Z][A-Z0-9-]+", word))
        or re.search(r"\w-[A-Z]", word)
        for word in name.split()
    )


_BESIDE = re.compile(
    rf"(?:\s\([^()]*\))?[\"'”’]?(?:(?:,|,? and)\s{_NAME})?"
    r"(?:(?:, |\s[-–—]{1,3}\s| is | are )(?=(?:an?|the|our)\s)|,? which (?:is|are) )(.*)",
    re.DOTALL,
)
"""What stands beside a name to say what it is: `, a framework`, ` -- a benchmark`, `, which are models`."""
_PREPOSITION = re.compile(
    r"\s(?:for|of|in|with|to|via|from|on|than|by|through|that|which|using|based on|designed|towards?|under|as|"
    r"where|leveraging|specifically|tailored|aimed|built|powered|without|when|while|"
    r"enhanc\w+|improv\w+|enabl\w+|boost\w+|accelerat(?:es?|ed|ing)|makes?|are|is)\b|[.;:()]|\s[-–—]"
)
_FAMILY = re.compile(r"\b(?:family|series|suite|set|collection) of [^.;:()]*")


def class_of(name: str, around: str, subtitle: str = "") -> ConceptClass:
    """The class of a coined name: what the text calls it beside the name, else how the name ends,
    else what the title's second half or the noun before it says; a technique where nothing does.
    """
    at = around.find(name)
    after = around[at + len(name) :] if at >= 0 else ""
    before = around[:at] if at >= 0 else ""
    apposed = _BESIDE.match(after)
    noun = re.search(r"([\w-]+(?:\s[\w-]+){0,4})(?:,? (?:called|named|dubbed|termed|namely|as)|,)?[\s\"'“‘]*$", before)
    follows = re.match(r"[\"'”’]?\s((?:[\w-]+\s?){1,3})", after)
    for text in (apposed and apposed[1], follows and follows[1]):
        if text and (known := _head_class(text)):
            return known
    for known, pattern in _ENDINGS:
        if pattern.search(name):
            return known
    for text in (subtitle, noun and noun[1]):
        if text and (known := _head_class(text)):
            return known
    return ConceptClass.TECHNIQUE


def _head_class(text: str) -> ConceptClass | None:
    """The class of the last head noun of the noun phrase that a text begins with."""
    if family := _FAMILY.match(re.sub(r"^(?:an?|the|our)\s(?:novel |new )?", "", text)):
        return _last_head(family[0])
    stop = _PREPOSITION.search(text)
    phrases = re.split(r",\s", text[: stop.start()] if stop else text[:120])
    return next((known for phrase in phrases if (known := _last_head(phrase))), None)


def _last_head(phrase: str) -> ConceptClass | None:
    ends = ((match.end(), known) for known, pattern in _HEADS for match in pattern.finditer(phrase))
    return max(ends, default=(0, None), key=lambda found: found[0])[1]
