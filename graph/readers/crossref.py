"""Crossref works: the public data files, and pages of the REST API."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..papers import Record, Reference
from . import fields
from .inputs import Input
from .json_records import JsonRecord, read_records

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


def read_crossref(source: Input) -> Iterator[Record]:
    """Yield the papers of Crossref works, with their reference lists."""
    return read_records(source, _records)


def _records(record: JsonRecord) -> Iterator[Record]:
    """One work, or those of an answer of the API."""
    message = fields.mapping(record.value.get("message"))
    if not message:
        yield from _paper(record)
        return
    for number, item in enumerate(fields.sequence(message.get("items")) or [message]):
        position = f"{record.position.rstrip('.')}.message.items[{number}]"
        yield from _paper(replace(record, value=fields.mapping(item), position=position))


def _paper(record: JsonRecord) -> Iterator[Record]:
    value = record.value
    day = _day(value)
    references = [_reference(entry) for entry in fields.sequence(value.get("reference"))]
    yield from fields.paper(
        record,
        value.get("title"),
        value.get("abstract"),
        references=references,
        year=fields.year(day),
        date=day,
        venue=fields.text(value.get("container-title")) or None,
        authors=_authors(value.get("author")),
        identifiers=fields.identifiers(f"doi:{fields.raw(value.get('DOI'))}"),
        metadata=[("type", value.get("type"))],
    )


def _authors(value: Any) -> tuple[str, ...]:
    """People by given and family name, groups by their one name."""
    return fields.names(fields.sequence(value), "given", "family", "name")


def _day(value: Mapping[str, Any]) -> str | None:
    """The first day of publication that is told, as far as it is: `2017-06`."""
    for field in ("issued", "published-print", "published-online"):
        listed = fields.sequence(fields.mapping(value.get(field)).get("date-parts"))
        parts = [part for part in fields.sequence(next(iter(listed), ())) if isinstance(part, int)]
        if parts:
            return fields.date("-".join(f"{part:02}" for part in parts[:3]))
    return None


def _reference(entry: Any) -> Reference:
    """An entry of a reference list: by DOI, and by what it says in fields or as a whole."""
    value = fields.mapping(entry)
    whole = fields.text(value.get("unstructured"))
    author = fields.text(value.get("author"))
    return Reference(
        next(iter(fields.identifiers(f"doi:{fields.raw(value.get('DOI'))}")), ""),
        _title(value) or whole,
        fields.year(value.get("year")) or _year_within(whole),
        (author,) if author else (),
    )


def _title(value: Mapping[str, Any]) -> str:
    """The work's title; where only its place is told, that."""
    for field in ("article-title", "volume-title", "series-title"):
        if title := fields.text(value.get(field)):
            return title
    place: Sequence[str] = [fields.text(value.get(field)) for field in ("journal-title", "volume", "first-page")]
    return ", ".join(part for part in place if part) if place[0] else ""


def _year_within(text: str) -> int | None:
    """The last year that a reference's text names."""
    years = _YEAR.findall(text)
    return int(years[-1]) if years else None
