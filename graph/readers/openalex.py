"""OpenAlex works: pages of its API, or a work a line as in its snapshots."""

from collections.abc import Iterator
from typing import Any

from ..papers import Record
from . import fields
from .inputs import Input
from .json_records import JsonRecord, read_records


def read_openalex(source: Input) -> Iterator[Record]:
    """Yield the papers of OpenAlex works, with the works they refer to."""
    return read_records(source, _paper)


def _paper(record: JsonRecord) -> Iterator[Record]:
    value = record.value
    day = fields.date(value.get("publication_date"))
    yield from fields.paper(
        record,
        value.get("title") or value.get("display_name"),
        _abstract(value.get("abstract_inverted_index")),
        references=fields.cited(*map(fields.raw, fields.sequence(value.get("referenced_works")))),
        year=fields.year(value.get("publication_year")) or fields.year(day),
        date=day,
        venue=_venue(value),
        authors=fields.names((fields.mapping(a).get("author") for a in _authorships(value)), "display_name"),
        identifiers=_identifiers(value),
        metadata=[("type", value.get("type")), ("language", value.get("language"))],
    )


def _authorships(value: Any) -> Any:
    return fields.sequence(value.get("authorships"))


def _venue(value: Any) -> str | None:
    source = fields.mapping(fields.mapping(value.get("primary_location")).get("source"))
    return fields.text(source.get("display_name")) or None


def _identifiers(value: Any) -> tuple[str, ...]:
    listed = fields.catalogued(value.get("ids"))
    return fields.identifiers(fields.raw(value.get("id")), fields.raw(value.get("doi")), *listed)


def _abstract(inverted: Any) -> str:
    """The text of an inverted index, which gives each word's places."""
    places = (
        (place, word)
        for word, found in fields.mapping(inverted).items()
        for place in fields.sequence(found)
        if isinstance(place, int)
    )
    return " ".join(word for _, word in sorted(places))
