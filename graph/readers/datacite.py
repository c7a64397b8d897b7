"""DataCite records: pages of its API and its data files."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..identifiers import parse_identifier
from ..papers import Record, Reference, Skipped, StatedCitation
from . import fields
from .inputs import Input
from .json_records import QUOTED, JsonRecord, read_records

CITES = frozenset({"Cites", "References"})
CITED_BY = frozenset({"IsCitedBy", "IsReferencedBy"})


def read_datacite(source: Input) -> Iterator[Record]:
    """Yield the papers of DataCite records, and the citations that their relations state."""
    return read_records(source, _records)


def _records(record: JsonRecord) -> Iterator[Record]:
    value = fields.mapping(record.value.get("attributes"))
    known = fields.identifiers(f"doi:{fields.raw(value.get('doi') or record.value.get('id'))}")
    related = list(map(fields.mapping, fields.sequence(value.get("relatedIdentifiers"))))
    cited = (_identifier(each) for each in related if _relation_type(each) in CITES)
    yield from fields.paper(
        record,
        _of_kind(value.get("titles"), "titleType", None).get("title"),
        _of_kind(value.get("descriptions"), "descriptionType", "Abstract").get("description"),
        references=(Reference(identifier) for identifier in cited if identifier),
        year=fields.year(value.get("publicationYear")),
        date=fields.date(_of_kind(value.get("dates"), "dateType", "Issued").get("date")),
        venue=fields.text(fields.mapping(value.get("container")).get("title")) or None,
        authors=_authors(value.get("creators")),
        identifiers=known,
        metadata=[("type", fields.mapping(value.get("types")).get("resourceTypeGeneral"))],
    )
    for each in related:
        yield from _relation(record, known, each)


def _authors(value: Any) -> tuple[str, ...]:
    """People by given and family name where these are told apart, else as they are written."""
    creators = list(map(fields.mapping, fields.sequence(value)))
    return fields.names(
        f"{fields.raw(each.get('givenName'))} {fields.raw(each.get('familyName'))}"
        if each.get("familyName")
        else each.get("name")
        for each in creators
    )


def _of_kind(values: Any, field: str, kind: str | None) -> Mapping[str, Any]:
    """The first object of a kind in a list."""
    return next((each for each in map(fields.mapping, fields.sequence(values)) if each.get(field) == kind), {})


def _relation_type(related: Mapping[str, Any]) -> str:
    return fields.raw(related.get("relationType"))


def _identifier(related: Mapping[str, Any]) -> str | None:
    kind, number = (
        fields.raw(related.get("relatedIdentifierType")).lower(),
        fields.raw(related.get("relatedIdentifier")),
    )
    return parse_identifier(f"{kind}:{number}") or parse_identifier(number)


def _relation(record: JsonRecord, known: tuple[str, ...], related: Mapping[str, Any]) -> Iterator[Record]:
    """A citation of this work by another; a citation by or of what has no known identifier is told."""
    kind, identifier = _relation_type(related), _identifier(related)
    if kind in CITED_BY and identifier and known:
        yield StatedCitation(identifier, Reference(known[0]), record.source, record.position)
    elif kind in CITED_BY | CITES and not identifier:
        text = fields.raw(related.get("relatedIdentifier"))[:QUOTED]
        yield Skipped(record.source, record.position, f"{kind}: no identifier that is known here", text)
