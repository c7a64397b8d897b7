"""Daily papers of Hugging Face: the papers of a day as scraped from its page, or as its API gives them."""

import re
from collections.abc import Iterator
from typing import Any

from ..papers import Record
from . import fields
from .inputs import Input
from .json_records import JsonRecord, read_records

_ARXIV_TIME = re.compile(r"(\d{2})(\d{2})\.\d{4,5}")
_BROKEN_ADDRESS = re.compile(r"(https?://(?:github\.com|huggingface\.co)/[\w.-]+/) (?=[\w.-]*\w)")
_PARTED_MARK = re.compile(r"(?<=\w) (?=[,;:](?:\s|$))")


def read_daily_papers(source: Input) -> Iterator[Record]:
    """Yield the papers of a day; a paper of several days comes once for each."""
    return read_records(source, _paper)


def _paper(record: JsonRecord) -> Iterator[Record]:
    value = {**record.value, **fields.mapping(record.value.get("paper"))}
    number = fields.raw(value.get("arxivId") or value.get("id"))
    yield from fields.paper(
        record,
        value.get("title"),
        _rejoined(fields.raw(value.get("abstract") or value.get("summary"))),
        year=_year(number),
        authors=_authors(value.get("authors")),
        identifiers=fields.identifiers(number, fields.raw(value.get("url"))),
        metadata=[("daily", record.document.get("date")), ("votes", value.get("upvotes"))],
    )


def _year(number: str) -> int | None:
    """The year of an arXiv number; the time that the record gives is that of the page's reading."""
    match = _ARXIV_TIME.match(number)
    return 2000 + int(match[1]) if match else None


def _authors(value: Any) -> tuple[str, ...]:
    """Names as texts, which the page ended with commas, or as objects."""
    listed = (fields.mapping(each).get("name", each) for each in fields.sequence(value))
    return fields.names(fields.raw(each).rstrip(" ,") for each in listed)


def _rejoined(text: str) -> str:
    """A text without the blanks that the page's links left in addresses and before commas."""
    return _PARTED_MARK.sub("", _BROKEN_ADDRESS.sub(r"\1", text))
