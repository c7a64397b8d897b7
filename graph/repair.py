"""Repair of texts: what markup, TeX, wrong encodings and page breaks did to a field, undone.

The repaired text is what is stored and what offsets index; the raw record stays where its source and
position say. A text that needs nothing costs one search and comes back as it is.
"""

import re
import unicodedata
from typing import NamedTuple

from ftfy import fix_encoding
from ftfy.badness import is_bad

from .hyphens import unbroken
from .markup import unescape, untag
from .papers import clean
from .tex import ungroup, untex

PASSES = 10
"""How often the steps may run over a text till nothing changes; more is no text of a person."""

_SUSPECT = re.compile(r"[&<\\$~`\x01-\x08\x0e-\x1b\x7f-\x9f\xad\ufb00-\ufb06\ufffd]")
_SUSPECT_PAIRS = ("--", "- ", " ''", "(cid:")
_TWO_FOR_ONE = re.compile("[\xc2-\xf4][\x80-\xbf" + bytes(range(0x80, 0xA0)).decode("cp1252", "ignore") + "]")
"""What a letter beyond ASCII becomes when its two bytes are read as two letters."""
_ESCAPED = {"\a": "a", "\b": "b", "\x1b": "e", "\f": "f", "\r": "r", "\t": "t", "\v": "v"}
_LOST_BACKSLASH = re.compile(
    "\a(?=lpha|pprox|rg|st)|\b(?=eta|egin|ar|oldsymbol|inom|mod)|\x1b(?=mph|psilon|ta|ll|quiv|xp)|\f(?=rac|orall)|"
    "\r(?=ightarrow|ho[^a-z]|angle)|\t(?=imes|ext(?:bf|it|tt|sc)?\\{|ilde|heta|frac)|\v(?=ec|ar)"
)
"""Macros whose first letter was once read as an escape with its backslash: `\\beta` as a backspace and `eta`."""
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_CONTROLS = dict.fromkeys([*range(1, 9), *range(0x0E, 0x1C), *range(0x7F, 0xA0)], None)
_CHARACTERS = str.maketrans({**_LIGATURES, **_CONTROLS})
_TO_CHANGE = re.compile("[\x01-\x08\x0e-\x1b\x7f-\x9f\ufb00-\ufb06]")
_CONTROL_1 = re.compile("[\x80-\x9f]")
_WINDOWS = str.maketrans({code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)})


class Abstract(NamedTuple):
    """An abstract, or why what stands in its place is none."""

    text: str | None
    refused: str = ""


def repair(text: str) -> str:
    """A text as a person reads it. Repairing twice changes nothing, and no text raises an error."""
    first = clean(text if text.isprintable() else _LOST_BACKSLASH.sub(_with_backslash, text))
    if not _is_suspect(first):
        return first
    repaired = first
    for _ in range(PASSES):
        before, repaired = repaired, _repaired_once(repaired)
        if repaired == before:
            return repaired
    return first


def _with_backslash(match: re.Match[str]) -> str:
    return f"\\{_ESCAPED[match[0]]}"


def _is_suspect(text: str) -> bool:
    if _SUSPECT.search(text) or any(pair in text for pair in _SUSPECT_PAIRS):
        return True
    return not text.isascii() and _TWO_FOR_ONE.search(text) is not None


def repair_tex(text: str) -> str:
    """A value of BibTeX as a person reads it: repaired, without the braces that only keep capitals."""
    return repair(ungroup(text))


def _repaired_once(text: str) -> str:
    if "&" in text:
        text = unescape(text)
    if "<" in text:
        text = untag(text)
    if not text.isascii():
        text = _recoded(text)
    if "- " in text or "\xad" in text or "(cid:" in text:
        text = unbroken(text).replace("\xad", "")
    text = untex(text)
    return clean(text.translate(_CHARACTERS) if _TO_CHANGE.search(text) else text)


def _recoded(text: str) -> str:
    """A text whose bytes were once read in the wrong encoding, read in the right one."""
    if _TWO_FOR_ONE.search(text) and is_bad(text):
        text = fix_encoding(text)
    if _CONTROL_1.search(text):
        text = text.translate(_WINDOWS)
    return _LOST_APOSTROPHE.sub("’", text) if "\ufffd" in text else text


_LOST_APOSTROPHE = re.compile(r"(?<=[a-z])\ufffd(?=s\b)")


def repair_abstract(text: str | None) -> Abstract:
    """The repaired abstract without the word that heads it, or the reason why there is none."""
    repaired = _HEADING.sub("", repair(text or ""))
    if not repaired:
        return Abstract(None)
    reason = _no_abstract(repaired)
    return Abstract(None, reason) if reason else Abstract(repaired)


_HEADING = re.compile(
    r"\A[“\"'*\s]*(?:(?:ABSTRACT|Abstract|abstract|Summary|SUMMARY)\s*[:.\-–—]+\s*|ABSTRACT\s+(?=\S)"
    r"|Abstract\s+(?!Meaning|Argumentation|Visual|Wikipedia|Syntax|Dialectical|Interpretation|Reasoning|Unavailable)"
    r"(?=[A-Z“\"]))"
)
_PHRASES = frozenset(
    (
        "international audience", "abstract unavailable", "abstract not available", "abstract", "no abstract",
        "no abstract available", "not available", "n/a", "na", "none", "null", "peer reviewed", "peer-reviewed",
        "status: published", "status: accepted", "current bibliography", "personal notes", "introduction",
        "1 introduction", "challenge report", "please see attached pdf", "see pdf", "tba", "tbd",
    )
)  # fmt: skip
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_NO_ABSTRACTS = (
    ("a page number", re.compile(r"(?:S|pp?|pages?)?[.\s]*\d+(?:\s*[-–—]+\s*\d+)?(?:\s*[:;,].{0,40})?", re.IGNORECASE)),
    ("a date", re.compile(rf"(?=.*\d)(?:{_MONTH}[\s.,]*|[\d\s.,/–-])+", re.IGNORECASE)),
    ("an identifier", re.compile(r"(?:doi:\s*)?10\.\d{4,9}/\S+", re.IGNORECASE)),
    ("an address", re.compile(r"(?:(?:https?://|www\.|\.{0,2}/)\S+[\s;,]*)+")),
    ("a message of a program", re.compile(r"Binary file \S+ matches")),
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
LEAST_WORDS = 4
LEAST_CJK = 8


def _no_abstract(text: str) -> str:
    """Why a text is no abstract; empty where it is one."""
    if len(text) > 200:
        return ""
    if text.lower().rstrip(".!") in _PHRASES:
        return "a stock phrase"
    known = next((what for what, pattern in _NO_ABSTRACTS if pattern.fullmatch(text)), "")
    if known:
        return known
    short = len(_WORD.findall(text)) < LEAST_WORDS and len(_CJK.findall(text)) < LEAST_CJK
    return "too few words" if short else ""
