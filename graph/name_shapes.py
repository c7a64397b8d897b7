"""What names look like: their words, and the capitals and digits that only names have."""

import re
from functools import cache

WORD = (
    r"[A-Z]\w*(?:[.@]\w+)*(?:[-–/]\w+(?:[.@]\w+)*)*\+{0,2}|[a-z]+(?:[A-Z][\w@]*)+(?:-\w+)*|[a-z]+\d[\w-]*|"
    r"[a-z]+(?:-[A-Za-z]+)*-[A-Z]\w*"
)
_LINK = r"(?:[ ](?:of|for|and|in|the|to|with|via)){1,2}"
NAME = rf"(?:{WORD})(?:(?:{_LINK})?[ ](?:{WORD}|V?\d+(?:\.\d+)*)){{0,5}}"


@cache
def is_shaped(name: str) -> bool:
    """Whether a name looks like one: capitals within a word, capitals with digits, or all capitals."""
    return any(map(_is_shaped_word, name.split()))


def _is_shaped_word(word: str) -> bool:
    if _MIXED.search(word) or (_JOINED.search(word) and not _PREFIXED.fullmatch(word)):
        return True
    return len(word) >= 3 and bool(_IN_CAPITALS.fullmatch(word))


_MIXED = re.compile(r"[a-z0-9][A-Z]|[A-Z]{2}.*[a-z]|[A-Z][\w-]*\d|[a-z]\d")
_JOINED = re.compile(r"\w-[A-Z]")
_PREFIXED = re.compile(r"(?:non|pre|post|anti|multi|sub|inter|intra|trans|quasi|pseudo|semi)-[A-Z][a-z]+")
"""A capital behind a prefix, as of `non-Euclidean`, makes no name."""
_IN_CAPITALS = re.compile(r"[A-Z][A-Z0-9-]+")
