"""Papers as records, what is skipped on the way to them, and the errors of inputs."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import NewType

from ..ontology.names import normalise

PaperId = NewType("PaperId", str)

SLUG_LENGTH = 48


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """A work that a paper cites, as its input states it: by identifier, else by what a reference list says."""

    identifier: str = ""
    title: str = ""
    year: int | None = None
    authors: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    """Sentences of the citing paper that hold the citation."""
    intents: tuple[str, ...] = ()
    """What the input says the citation is for: background, method, result."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper as its input gives it; texts are cleaned, and offsets of mentions index them."""

    title: str
    """Empty in a record that only brings something to others of the same identifiers, such as an abstract."""
    abstract: str | None = None
    year: int | None = None
    date: str | None = None
    venue: str | None = None
    authors: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    """`scheme:value`, as `graph.identifiers` writes them, the strongest first."""
    references: tuple[Reference, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    """What else the input says, by name: submitter, votes."""
    source: str = ""
    position: str = ""
    """Where the record stands in its source: a line's number or a key."""


@dataclass(frozen=True, slots=True)
class StatedCitation:
    """A citation that an input of edges states, apart from any paper's record."""

    citing: str
    """The identifier of the citing paper, `scheme:value`."""
    reference: Reference
    source: str = ""
    position: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A piece of an input that became no paper, or no part of one."""

    input: str
    position: str
    reason: str
    text: str = ""


Record = Paper | StatedCitation | Skipped
"""What readers yield."""


class InputError(ValueError):
    """An input that cannot be read at all: where, what is wrong, what to do."""

    def __init__(self, place: str, problem: str, advice: str) -> None:
        self.place, self.problem, self.advice = place, problem, advice
        super().__init__(f"{_in_line(place)}: {problem}; {advice}")


def _in_line(place: str) -> str:
    """A place as one line tells it: with its control characters escaped, and in quotes where it is empty."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", lambda match: repr(match[0])[1:-1], place) or "''"


def clean(text: str) -> str:
    """A text with plain single blanks, NFC, and without invisible or control characters or blanks at its ends."""
    if text.isascii():
        return " ".join((text if text.isprintable() else _CONTROLS.sub("", text)).split())
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).split())


_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f]")
"""What steers a terminal and what XML cannot hold; those that stand for a blank are none of them."""
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\ufffe\uffff\x00-\x08\x0e-\x1b\x7f]")


def slug(text: str, length: int = SLUG_LENGTH) -> str:
    """A text as an id's readable part: words joined by hyphens, cut after a whole word."""
    words = "-".join(re.findall(r"[a-z0-9]+", normalise(text)))
    if len(words) <= length:
        return words
    return words[: length + 1].rpartition("-")[0] or words[:length]


def digest(*parts: str) -> str:
    """Eight hexadecimal digits of a hash over the parts."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def paper_id(paper: Paper) -> PaperId:
    """The id of a paper: its strongest identifier, else its title with a hash of title, author and year.

    It depends on nothing but the paper, so that rebuilding and adding papers keep it.
    """
    if paper.identifiers:
        return external_id(paper.identifiers[0])
    first = normalise(paper.authors[0]) if paper.authors else ""
    key = digest(normalise(paper.title), first, str(paper.year or ""))
    return PaperId(f"{slug(paper.title) or 'untitled'}-{key}")


def external_id(identifier: str) -> PaperId:
    """The id of a paper known by an identifier: `arxiv:1706.03762` is `arxiv-1706.03762`."""
    scheme, _, value = identifier.partition(":")
    return PaperId(f"{scheme}-{value}")
