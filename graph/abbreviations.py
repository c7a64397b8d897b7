"""Abbreviations as a paper defines them: `long form (SF)`, `SF (long form)`, interrupted names.

The core is the algorithm of Schwartz and Hearst, "A simple algorithm for identifying abbreviation
definitions in biomedical text" (PSB 2003). Beyond it: the order short form first, plural short
forms, and short forms inside a name, as in "Core Context Aware (CCA) Attention".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PARENTHESIS = re.compile(r"\(([^()]{1,100})\)")
_SHORT = re.compile(r"[A-Za-z0-9][\w.+&/@-]{0,14}(?:\s[A-Z0-9]\w{0,4})?")
_WORD_BEFORE = re.compile(r"[^\s\"'“‘(]+(?=[\s\"'”’]*$)")
_CLAUSE = re.compile(r"[.;:!?()\[\]]\s|,\s|\s[-–—]+\s|[\n\"“”()]")
_ASIDE = re.compile(r"[;,]\s")
_PLAIN_NAME = re.compile(r"[A-Z][a-z]+(?:\s\d+)?")
_UNBROKEN = re.compile(r"\S+")
_WORD = re.compile(r"[^\W_]+")
_WORD_AND_BLANK = re.compile(r"(\w+)\s+")
_LONGER_WORD = re.compile(r"[A-Za-z]{3,}")
_CAPITALISED_WORD = re.compile(r"\s[A-Z][a-z]{3,}(?=[\s,.;)])")
_LEADING = frozenset(
    "a an the of for with and or in on to via from by at as is are our we new novel called named this these "
    "that using propose present introduce term dub such some two three various several both each its".split()
)


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form with the spans of both forms where a text defines it."""

    short: str
    long: str
    short_start: int
    short_end: int
    long_start: int
    long_end: int
    tail_end: int | None = None
    """Where a name interrupted by its short form ends: after `Attention` in "Context Aware (CA) Attention"."""


def abbreviations(text: str) -> tuple[Abbreviation, ...]:
    """The abbreviations that a text defines, in its order."""
    found = (found for match in _PARENTHESIS.finditer(text) for found in _defined(text, match))
    return tuple(found)


def _defined(text: str, match: re.Match[str]) -> Iterator[Abbreviation]:
    """The abbreviation that a parenthesis defines, if any: what is in it whole, else up to a comma."""
    whole = match[1].strip().strip("\"'“”‘’")
    first = _ASIDE.split(whole)[0].strip()
    for inside in dict.fromkeys((whole, first)):
        if found := _definition(text, match, inside):
            yield found
            return


def _definition(text: str, match: re.Match[str], inside: str) -> Abbreviation | None:
    begin = text.find(inside, match.start(1))
    if _is_short(inside) and (span := _long_before(text, match.start(), inside)):
        tail = _tail(text, match.end(), span)
        return Abbreviation(inside, text[slice(*span)], begin, begin + len(inside), *span, tail)
    before = _WORD_BEFORE.search(text, max(0, match.start() - 60), match.start()) if " " in inside else None
    if before and _is_short(before[0]):
        start = best_long_form(before[0], inside)
        if start is not None and start <= len(inside) // 3:
            return Abbreviation(before[0], inside[start:], *before.span(), begin + start, begin + len(inside))
    return None


def _is_short(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    if not 2 <= len(text) <= 15 or not letters or not _SHORT.fullmatch(text):
        return False
    return any(char.isupper() for char in text) and not _PLAIN_NAME.fullmatch(text)


def _long_before(text: str, end: int, short: str) -> tuple[int, int] | None:
    """The span of the long form that ends where the parenthesis begins."""
    clause = max((gap.end() for gap in _CLAUSE.finditer(text, max(0, end - 200), end)), default=max(0, end - 200))
    before = text[clause:end].rstrip()
    words = [match.start() for match in _UNBROKEN.finditer(before)]
    if not words:
        return None
    first = words[-min(len(words), len(short) + 6, 2 * len(short) + 1)]
    core = short[:-1] if short.endswith("s") and short[-2:-1].isupper() else short
    start = _by_initials(core, before[first:])
    if start is None:
        start = best_long_form(core, before[first:])
    if start is None:
        return None
    at = clause + first + start
    at += _leading(text[at : clause + len(before)])
    long = text[at : clause + len(before)]
    return (at, at + len(long)) if len(long) > len(short) and _is_long(long, core) else None


_SMALL = frozenset("a an and as by for from in of on or the to via with".split())


def _by_initials(short: str, text: str) -> int | None:
    """Where the words begin whose initials, with or without the small words, are just the short form.

    The shortest match from the right, which the algorithm takes, would cut "self-" from the words that
    "SSL" stands for, since "supervised" alone has two letters s.
    """
    wanted = "".join(filter(str.isalnum, short)).lower()
    words = [(match.start(), match[0].lower()) for match in _WORD.finditer(text)]
    for k in range(len(words) - 1, -1, -1):
        kept = [word for _, word in words[k:]]
        telling = [word for word in kept if word not in _SMALL]
        if any("".join(word[0] for word in some) == wanted for some in (kept, telling)) and kept[0] not in _SMALL:
            return words[k][0]
        if len(telling) > len(wanted):
            return None
    return None


def _leading(text: str) -> int:
    """How much of a long form is articles and verbs before it."""
    at = 0
    while (word := _WORD_AND_BLANK.match(text, at)) and word[1] in _LEADING:
        at = word.end()
    return at


def _is_long(long: str, short: str) -> bool:
    """Whether a stretch may be what a short form stands for: about a word a letter, most words begun by one."""
    words = _WORD.findall(long.lower())
    if short.lower() in words or len(words) > len(short) + 3:
        return False
    initials = [word[0] for word in words]
    begun = sum(char in initials for char in short.lower() if char.isalnum())
    return len(words) <= 2 or begun >= 0.5 * len(short)


def best_long_form(short: str, text: str) -> int | None:
    """Where in *text* the long form of *short* begins, matched from the right; None where there is none."""
    at = len(text) - 1
    for k in range(len(short) - 1, -1, -1):
        char = short[k].lower()
        if not char.isalnum():
            continue
        while at >= 0 and (text[at].lower() != char or (k == 0 and at > 0 and text[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return None
        at -= 1
    return at + 1


def _tail(text: str, end: int, span: tuple[int, int]) -> int | None:
    """The end of a capitalised word that goes on with an interrupted, capitalised name."""
    if not all(word[0].isupper() for word in _LONGER_WORD.findall(text, *span)):
        return None
    tail = _CAPITALISED_WORD.match(text, end)
    return tail.end() if tail else None
