"""Hyphens that a line's end left inside words: `envi- ronment` is one word, `time- and space-bound` is not."""

import re
from functools import cache
from importlib.resources import files

_BROKEN = re.compile(r"(?<![\w-])((?:[^\W\d_]+-)*)([^\W\d_]+)(?:-\s+|\xad\s+|\s?\(cid:173\)\s*)([a-z]+)(?![\w(])")
_UNBROKEN = frozenset(
    "and or nor but to as than vs versus in of for the a an is are was were by on at from with without plus through "
    "und oder bis et ou y e o u de la le les des du en i ili".split()
)
"""Words that follow a hyphen left hanging on purpose."""
_WHOLE = frozenset(
    "however furthermore moreover nonetheless nevertheless therefore sometimes underlying otherwise whereas thereby "
    "overlook overlooked ensure consider observe construct suitable successfully performed investigate together".split()
)
_ALONE = frozenset("non self well user semi end state np kl".split()) | _UNBROKEN
"""First parts that hardly begin a longer word."""
_PREFIXES = frozenset(
    "all anti co cross de ever few fine fully full half high hyper in inter intra large left low many mid mini multi "
    "near off on one open over part post pre quasi re real right second short single sub super three "
    "top two ultra un under user well zero".split()
)
"""First parts that are words of their own in many compounds, and the beginning of longer words in others."""


def unbroken(text: str) -> str:
    """A text in which words parted at a line's end are whole again."""
    return _BROKEN.sub(_joined, text)


def _joined(match: re.Match[str]) -> str:
    before, first, second = match[1], match[2], match[3]
    if second in _UNBROKEN and "-" in match[0]:
        return match[0]
    return f"{before}{first}{_link(first, second)}{second}"


def _link(begin: str, second: str) -> str:
    """A hyphen, or nothing, between the parts of a word: as known texts write it, else as the parts are words."""
    known, first = _words(), begin.lower()
    if f"{first}-{second}" in known:
        return "-"
    if first + second in known or first + second in _WHOLE:
        return ""
    whole = second in known and (first in known or first in _PREFIXES or begin != first)
    return "-" if whole or first in _ALONE or 1 in (len(first), len(second)) else ""


@cache
def _words() -> frozenset[str]:
    """Words and compounds of the vocabulary's definitions and of the sample's abstracts."""
    return frozenset(files("concite.graph").joinpath("data/words.txt").read_text(encoding="utf-8").split())
