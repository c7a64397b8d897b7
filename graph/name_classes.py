"""Classes of unknown names: by what the text calls them, and by how they end."""

import re

from ..ontology.classes import ConceptClass
from .name_shapes import NAME

_HEADS: tuple[tuple[ConceptClass, re.Pattern[str]], ...] = (
    (
        ConceptClass.DATASET,
        re.compile(
            r"\b(?:data ?sets?|corpus|corpora|benchmarks?|test ?(?:sets?|suites?|beds?)|tree ?banks?|"
            r"evaluation suite|leaderboard|collection of|databases?|shared tasks?)\b",
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
            r"interface|service)|API|codebase|demo|automatic comput\w+|infrastructure|application|"
            r"simulation environment)\b",
            re.I,
        ),
    ),
    (
        ConceptClass.MODEL,
        re.compile(
            r"\b(?:(?:language|foundation|diffusion|generative|embedding|reward|instruction|vision|chat|trained|"
            r"visual instruction|speech|reasoning|open|novel|new|billion-parameter|parameter) models?|"
            r"(?:family|series|suite|set) of [\w ,-]*(?:models?|LLMs?)|L?LMs?|chatbot|VLMs?|MLLMs?|models?)\b",
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
        re.compile(
            r"(?:GPT|BERTa?|LLM|LLaMA|Llama|VLM|VLA|LM|T5|CLIP|SAMs?|[- ]\d+(?:\.\d+)?[BM])(?:[- ]?v?\d[\w.]*)?$"
        ),
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
_BESIDE = re.compile(
    rf"(?:\s\([^()]*\)|\))?[\"'”’]?(?:(?:,|,? and)\s{NAME})?"
    r"(?:(?:, |\s[-–—]{1,3}\s| is | are )(?=(?:an?|the|our)\s)|,? which (?:is|are) )(.*)",
    re.DOTALL,
)
"""What stands beside a name to say what it is: `, a framework`, ` -- a benchmark`, `, which are models`."""
_PREPOSITION = re.compile(
    r"\s(?:for|of|in|with|to|via|from|on|than|by|through|that|which|using|based on|designed|towards?|under|as|"
    r"where|featuring|consisting|comprising|containing|providing|offering|marking|capable|leveraging|specifically|tailored|aimed|built|powered|without|when|while|"
    r"enhanc\w+|improv\w+|enabl\w+|boost\w+|accelerat(?:es?|ed|ing)|makes?|are|is)\b|[.;:()]|\s[-–—]"
)
_FAMILY = re.compile(r"\b(?:family|series|suite|set|collection) of [^.;:()]*")


_NOUN_BEFORE = re.compile(r"([\w-]+(?:\s[\w-]+){0,4})(?:,? (?:called|named|dubbed|termed|namely|as)|,)?[\s\"'“‘]*$")
_WORDS_AFTER = re.compile(r"[\"'”’]?\s((?:[\w-]+\s?){1,3})")
_ARTICLE = re.compile(r"^(?:an?|the|our)\s(?:novel |new )?")
_COMMA = re.compile(r",\s")


def class_of(name: str, around: str, subtitle: str = "") -> ConceptClass:
    """The class of a coined name: what the text calls it beside the name, else how the name ends,
    else what the title's second half or the noun before it says; a technique where nothing does.
    """
    at = around.find(name)
    after = around[at + len(name) :] if at >= 0 else ""
    before = around[:at] if at >= 0 else ""
    apposed = _BESIDE.match(after)
    noun = _NOUN_BEFORE.search(before)
    follows = _WORDS_AFTER.match(after)
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
    if family := _FAMILY.match(_ARTICLE.sub("", text)):
        return _last_head(family[0])
    stop = _PREPOSITION.search(text)
    phrases = _COMMA.split(text[: stop.start()] if stop else text[:120])
    return next((known for phrase in phrases if (known := _last_head(phrase))), None)


def _last_head(phrase: str) -> ConceptClass | None:
    ends = ((match.end(), known) for known, pattern in _HEADS for match in pattern.finditer(phrase))
    return max(ends, default=(0, None), key=lambda found: found[0])[1]
