"""Paperscape: arXiv papers with the arXiv papers that they cite, seven fields a line."""

import re
from collections.abc import Iterator

from ..papers import Record, Reference, Skipped
from . import fields
from .inputs import Input
from .json_records import JsonRecord

_INITIAL = re.compile(r"\.(?=[^\W\d_])")
FIELDS = 7
"""Fields of a line; the last one, the title, may hold semicolons."""


def read_paperscape(source: Input) -> Iterator[Record]:
    """Yield the papers of a list."""
    for number, line in source.lines():
        if not line.strip() or line.startswith("#"):
            continue
        parts = line.split(";", FIELDS - 1)
        try:
            yield from _paper(JsonRecord({}, source.name, str(number)), parts)
        except ValueError as error:
            yield Skipped(source.name, str(number), str(error), line[:200])


def _paper(record: JsonRecord, parts: list[str]) -> Iterator[Record]:
    if len(parts) != FIELDS:
        raise ValueError(f"{len(parts)} fields, not {FIELDS}")
    number, categories, _, _, cited, authors, title = parts
    known = fields.identifiers(number)
    if not known:
        raise ValueError("no arXiv number")
    yield from fields.paper(
        record,
        title,
        references=map(Reference, fields.identifiers(*cited.split(","))),
        year=_year(number),
        authors=fields.names(_INITIAL.sub(". ", authors).split(",")),
        identifiers=known,
        metadata=[("categories", categories.replace(",", " "))],
    )


def _year(number: str) -> int | None:
    """The year that an arXiv number holds: `hep-th/9301001`, `0704.0001`."""
    digits = number.rpartition("/")[2][:2]
    if not digits.isdecimal():
        return None
    return int(digits) + (1900 if int(digits) > 90 else 2000)
