"""Own work: where a paper speaks of itself, and what it says that it makes."""

import re

OWN = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Tt]his (?:paper|work|study|article|report)|the (?:first|authors))\b")
"""With which words a paper speaks of itself."""
VERB = (
    r"(?:propos|present|introduc|develop|design|releas|build|built|creat|describ|devis|construct|unveil|"
    r"contribut|curat|collect|annotat|publish|offer|explor|formulat|implement|establish|provid|train|open-sourc)"
    r"(?:e[sd]?|ed|s|ing)?"
)
PROPOSES = re.compile(
    rf"\b(?:we|paper|work|study|article|authors?|report|by|then|and|further|also|therefore|thus|finally|to)\b"
    rf"(?:[ ](?:\w+ly|further|then|also|thus|have|here|now|first|next|instead|therefore|hence))*[ ,]+{VERB}\b",
    re.IGNORECASE,
)
"""A verb of proposing behind who proposes."""
PROPOSERS = frozenset(
    "we paper work study article author authors report by then and further also therefore thus finally to".split()
)
"""The words that such a match begins with."""
STOP = re.compile(r"[.;:]\s| (?:for|on|to|that|which|using|based on|by|on top of|where|whereby|aimed|aiming|with)\b")
"""Where the object of such a verb ends."""


def proposes(text: str, at: int) -> bool:
    """Whether a verb of proposing has what stands at *at* for its object, or the text calls it so."""
    start = max(0, at - 120)
    before = _CLAUSE_END.split(text[start:at])[-1]
    verb = PROPOSES.search(before)
    if verb and not STOP.search(before, verb.end()):
        return True
    return bool(_NAMED_SO.search(before))


_CLAUSE_END = re.compile(r"[.;:]\s")
_NAMED_SO = re.compile(r"(?<!so-)\b(?:as|called|named|dubbed|termed|namely)\s+(?:the\s+)?$")

LEAD = 160
"""How far before a paper first speaks of itself it may name what it makes."""


def turn(abstract: str) -> int:
    """Where an abstract first speaks of its own paper; its beginning where it never does."""
    own = OWN.search(abstract)
    return own.start() if own else 0


_MEANS = re.compile(r"\b(?:via|with|using|by|through)\s(?:an?\s|the\s)?(?:[\w-]+\s){0,2}$", re.IGNORECASE)


def is_titled(name: str, title: str) -> bool:
    """Whether a title is that of a paper on a thing it makes: the name begins it, or is the means to its end."""
    at = title.lower().find(name.lower())
    if at < 0:
        return False
    after = title[at + len(name) :].lstrip("s)")
    return (at == 0 and _BEGINS.match(after) is not None) or _MEANS.search(title[:at]) is not None


def is_subject(name: str, title: str) -> bool:
    """Whether a title may be that of a paper on a thing it makes: it holds the name, and not as what that is for."""
    at = title.lower().find(name.lower())
    return at >= 0 and _FOR.search(title[:at]) is None


_FOR = re.compile(
    r"(?:\b(?:for|of|in|on|to|under|from|than)|^\w{4,}ing)\s(?:an?\s|the\s)?(?:[\w-]+\s)?$", re.IGNORECASE
)
_BEGINS = re.compile(r"\s*(?:\([^()]*\))?\s*(?:[:：]|\s[-–—]+\s)")
