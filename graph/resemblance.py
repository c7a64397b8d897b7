"""Resemblance: whether two descriptions are of one paper, of two versions of a work, or apart, and why."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from ..ontology.names import normalise
from .papers import Paper

UNIQUE = frozenset(("arxiv", "doi", "acl", "pmid"))
"""Schemes in which two identifiers mean two publications."""

_GENERIC_WORDS = 2
_TITLE_ALONE_WORDS = 5
_NEAR_TITLE = 93
_OTHER_TITLE = 75
_SAME_ABSTRACT = 0.75
_OTHER_ABSTRACT = 0.45
_COMPARED = 800
"""Characters of an abstract that are compared."""


class Kinship(StrEnum):
    """What two descriptions have to do with each other."""

    SAME = "same"
    VERSION = "version"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A kinship with its reason, and how much the two descriptions agree, from 0 to 1."""

    kinship: Kinship
    reason: str
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Traits:
    """What a paper is compared by, in comparable form."""

    title: str
    families: tuple[str, ...]
    """The family names of the authors, in their order."""
    year: int | None
    venue: str
    abstract: str
    identifiers: frozenset[str]
    origin: str
    """The file, or the archive, that the record came in."""

    @property
    def compact(self) -> str:
        """The title without its blanks."""
        return self.title.replace(" ", "")

    @property
    def generic(self) -> bool:
        """Whether a title says too little to name one paper, such as "Author Index"."""
        return len(self.title.split()) <= _GENERIC_WORDS


def traits(paper: Paper) -> Traits:
    """The traits of a paper."""
    return Traits(
        plain(paper.title),
        tuple(filter(None, map(family_name, paper.authors))),
        paper.year,
        plain(paper.venue or ""),
        plain(paper.abstract or "")[:_COMPARED],
        frozenset(paper.identifiers),
        paper.source.partition("!")[0],
    )


_MARKUP = re.compile(r"[&\\{}$]")
_WORD = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """The words of a text in small letters, without accents, signs and markup, a blank between them."""
    if _MARKUP.search(text):
        text = normalise(text)
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(_WORD.findall(text.lower()))


_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv", "phd"))


@lru_cache(maxsize=1 << 17)
def family_name(name: str) -> str:
    """The family name in comparable form: before a comma, else the last word that is no suffix or number."""
    before, comma, _ = name.partition(",")
    words = plain(before if comma else name).split()
    words = [word for word in words if word not in _SUFFIXES and not word.isdigit()] or words
    return words[-1] if words else ""


def compare(one: Traits, other: Traits) -> Verdict:
    """The kinship of two papers; the first rule that applies decides."""
    if shared := one.identifiers & other.identifiers:
        return Verdict(Kinship.SAME, f"{min(shared)} in common", _agreement(one, other))
    score = _agreement(one, other)
    if reason := _difference(one, other):
        return Verdict(Kinship.APART, reason, score)
    if reason := _other_version(one, other):
        return Verdict(Kinship.VERSION, reason, score)
    return Verdict(Kinship.SAME, _common(one, other), score)


def _difference(one: Traits, other: Traits) -> str | None:
    """Why two descriptions are of different works, or too little says that they are of one."""
    abstracts = abstract_score(one, other)
    if one.compact != other.compact and (reason := _titles_differ(one, other, abstracts)):
        return reason
    authors = authors_agree(one.families, other.families)
    if authors is False:
        return "other authors"
    if (one.generic or other.generic) and abstracts != 1.0:
        return "a title that many papers have"
    if authors is None:
        return _too_little(one, other, abstracts)
    if one.year and other.year and abs(one.year - other.year) > 5:
        return "years far apart"
    return None


def _titles_differ(one: Traits, other: Traits, abstracts: float | None) -> str | None:
    """Why titles that are not equal are of different works; nothing where they differ like misprints do."""
    if fuzz.ratio(one.title, other.title) < _NEAR_TITLE:
        return "other titles"
    if not _misprinted(one.title.split(), other.title.split()):
        return "titles with other words"
    if abstracts is None or abstracts < _SAME_ABSTRACT:
        return "near titles, and no abstracts that agree"
    return None


_NUMBER = re.compile(r"\w*\d\w*|[ivx]+")


def _misprinted(words: list[str], others: list[str]) -> bool:
    """Whether two titles have the same words but for a letter or two, and the same numbers."""
    pairs = [(word, other) for word, other in zip(words, others, strict=False) if word != other]
    numbers = (_NUMBER.fullmatch(word) for pair in pairs for word in pair)
    return len(words) == len(others) and not any(numbers) and all(_near(*pair) for pair in pairs)


def _near(word: str, other: str) -> bool:
    return Levenshtein.distance(word, other, score_cutoff=2) <= min(2, min(len(word), len(other)) // 4)


def disputed(one: Paper, other: Paper) -> bool:
    """Whether an identifier in common must be a mistake: neither titles nor authors agree."""
    if fuzz.ratio(plain(one.title), plain(other.title)) >= _OTHER_TITLE:
        return False
    people, others = (tuple(filter(None, map(_person, paper.authors))) for paper in (one, other))
    if all(" " in person for person in (*people, *others)):
        return authors_agree(people, others) is False
    return authors_agree(*(tuple(map(family_name, paper.authors)) for paper in (one, other))) is False


def _person(name: str) -> str:
    """A family name with the initial of what else the name holds, where it holds more."""
    family = family_name(name)
    rest = [word for word in plain(name).split() if word != family]
    return f"{family} {rest[0][0]}" if rest else family


def _too_little(one: Traits, other: Traits, abstracts: float | None) -> str | None:
    """Why a title without authors on one side at least is not enough."""
    if abstracts is not None:
        return None if abstracts >= _SAME_ABSTRACT else "no authors to compare, and other abstracts"
    if not (one.families or other.families or one.abstract or other.abstract):
        return "nothing but titles to compare"
    words = min(len(one.title.split()), len(other.title.split()))
    if words < _TITLE_ALONE_WORDS and (one.abstract or other.abstract) and (one.families or other.families):
        return "no authors to compare, and a short title"
    if one.year and other.year and abs(one.year - other.year) > 1:
        return "no authors to compare, and other years"
    return None


def _other_version(one: Traits, other: Traits) -> str | None:
    """What tells two publications of one work apart."""
    if scheme := contradiction(one.identifiers, other.identifiers):
        return f"each has its own {scheme}"
    if one.venue and other.venue and not same_venue(one.venue, other.venue):
        return "other venues"
    gap = abs(one.year - other.year) if one.year and other.year else 0
    if gap > 1 or (gap and one.origin == other.origin):
        return "other years"
    abstracts = abstract_score(one, other)
    if abstracts is not None and abstracts < _OTHER_ABSTRACT and not (one.identifiers or other.identifiers):
        return "other abstracts"
    return None


def contradiction(one: frozenset[str], other: frozenset[str]) -> str | None:
    """A scheme in which two sets of identifiers name different publications."""
    schemes = {i.partition(":")[0] for i in one} & {i.partition(":")[0] for i in other} & UNIQUE
    return min(schemes, default=None)


def authors_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool | None:
    """Whether two lists of family names are of the same authors; None where one is empty.

    Half of the shorter list in the other is enough: lists are cut, and names written differently.
    """
    if not one or not other:
        return None
    shared = len(set(one) & set(other))
    return shared > 0 and 2 * shared >= min(len(set(one)), len(set(other)))


def abstract_score(one: Traits, other: Traits) -> float | None:
    """How much two abstracts agree, from 0 to 1; None where one is missing."""
    if not one.abstract or not other.abstract:
        return None
    if one.abstract == other.abstract:
        return 1.0
    return max(fuzz.ratio(one.abstract, other.abstract), fuzz.token_set_ratio(one.abstract, other.abstract)) / 100


_PREPRINTS = frozenset(("arxiv", "corr", "biorxiv", "medrxiv", "ssrn", "preprint", "openreview"))


@lru_cache(maxsize=1 << 16)
def same_venue(one: str, other: str) -> bool:
    """Whether two venues, in plain words, can be one: but for frills equal, an acronym, or a preprint server."""
    words, others = _telling(one), _telling(other)
    if _PREPRINTS & {*words, *others} or set(words) == set(others):
        return True
    if _is_workshop(words) != _is_workshop(others):
        return False
    (short, _), (_, long) = sorted(((words, one), (others, other)), key=lambda each: (len(each[0]), each[1]))
    return len(short) == 1 and _abbreviates(short[0], long.split())


def _is_workshop(words: list[str]) -> bool:
    return "workshop" in words or "workshops" in words


_FRILL = re.compile(
    r"\d+(?:st|nd|rd|th)?|proceedings|of|the|in|on|and|for|annual|conference|international|meeting|volume"
)


def _telling(venue: str) -> list[str]:
    """The words of a venue that tell it from others."""
    words = venue.split()
    return [word for word in words if not _FRILL.fullmatch(word)] or words


def _abbreviates(acronym: str, words: list[str]) -> bool:
    """Whether a word is made of the beginnings of others in their order, of three at least: NeurIPS."""
    return 3 <= len(acronym) <= 10 and _made_of(acronym, words[:16], 0)


def _made_of(rest: str, words: list[str], used: int) -> bool:
    if not rest:
        return used >= 3
    for at, word in enumerate(words):
        for length in range(min(len(rest), len(word), 6), 0, -1):
            if word.startswith(rest[:length]) and _made_of(rest[length:], words[at + 1 :], used + 1):
                return True
    return False


def _agreement(one: Traits, other: Traits) -> float:
    """The weighted agreement of titles, authors, years and abstracts; what is unknown counts half."""
    families, others = set(one.families), set(other.families)
    shared = len(families & others) / min(len(families), len(others)) if families and others else 0.5
    gap = abs(one.year - other.year) if one.year and other.year else None
    years = 0.5 if gap is None else 1 / (1 + gap)
    abstracts = abstract_score(one, other)
    title = 1.0 if one.compact == other.compact else fuzz.ratio(one.title, other.title) / 100
    return round(0.4 * title + 0.3 * shared + 0.1 * years + 0.2 * (0.5 if abstracts is None else abstracts), 4)


def _common(one: Traits, other: Traits) -> str:
    """What two records of one paper have in common, in words."""
    shared = ["title" if one.compact == other.compact else "nearly the title"]
    if authors_agree(one.families, other.families):
        shared.append("authors")
    if one.year and one.year == other.year:
        shared.append("year")
    if (abstract_score(one, other) or 0) >= _SAME_ABSTRACT:
        shared.append("abstract")
    return f"{', '.join(shared)} in common"
