"""The formats of inputs: recognised from the content, or named; one reader each."""

import re
from collections.abc import Callable, Iterator

from ..papers import InputError, Record
from .inputs import Input
from .jsonl import read_jsonl
from .listing import read_listing
from .names import Format

READERS: dict[Format, Callable[[Input], Iterator[Record]]] = {
    Format.LISTING: read_listing,
    Format.JSONL: read_jsonl,
}

_FOREIGN = (
    (re.compile(r"\s*@\w+\s*\{"), "BibTeX"),
    (re.compile(r"\s*TY  - "), "RIS"),
    (re.compile(r"\s*<(?:\?xml|!DOCTYPE|html|\w+[\s>])", re.IGNORECASE), "XML or HTML"),
    (re.compile(r"\s*\["), "a JSON array"),
)


def detect_format(source: Input) -> Format:
    """The format of an input by its content. Raises `InputError` for one that has no reader."""
    head = source.head()
    if re.match(r"\s*\{", head):
        return Format.JSONL
    for pattern, what in _FOREIGN:
        if pattern.match(head):
            advice = "convert it to JSON Lines with title and abstract, one paper a line"
            raise InputError(f"{source.name}:1", f"this looks like {what}, which has no reader yet", advice)
    return Format.LISTING


def read_papers(source: Input, named: Format | None = None) -> Iterator[Record]:
    """Yield the papers of an input and what is skipped; *named* overrides what the content tells."""
    yield from READERS[named or detect_format(source)](source)
