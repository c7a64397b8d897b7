"""CSL-JSON: the records of Zotero, Pandoc and other users of the Citation Style Language."""

from collections.abc import Iterator
from typing import Any

from ..papers import Record
from . import fields
from .inputs import Input
from .json_records import JsonRecord, read_records


def read_csl(source: Input) -> Iterator[Record]:
    """Yield the papers of a list of records."""
    return read_records(source, _paper)


def _paper(record: JsonRecord) -> Iterator[Record]:
    value = record.value
    day = _day(value.get("issued"))
    yield from fields.paper(
        record,
        value.get("title"),
        value.get("abstract"),
        year=fields.year(day),
        date=day if day and len(day) > 4 else None,
        venue=next((text for name in _VENUES if (text := fields.text(value.get(name)))), None),
        authors=fields.names([_name(author) for author in fields.sequence(value.get("author"))]),
        identifiers=fields.identifiers(*_identifiers(record)),
        metadata=[(name, value.get(name)) for name in ("type", "language", "keyword")],
    )


_VENUES = ("container-title", "event-title", "event", "collection-title", "publisher")


def _day(issued: Any) -> str | None:
    """A day, a month or a year from `date-parts`, from the older `raw` text, or from a text itself."""
    given = fields.mapping(issued)
    first = next(iter(fields.sequence(given.get("date-parts"))), None)
    numbers = [fields.raw(part) for part in fields.sequence(first)]
    if numbers and all(number.isdigit() for number in numbers):
        return fields.date("-".join([numbers[0], *(number.zfill(2) for number in numbers[1:3])]))
    return fields.date(given.get("raw")) or fields.date(given.get("literal")) or fields.date(issued)


def _name(author: Any) -> str:
    given = fields.mapping(author)
    if literal := fields.raw(given.get("literal")):
        return literal
    names = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    return " ".join(part for name in names if (part := fields.raw(given.get(name))))


def _identifiers(record: JsonRecord) -> Iterator[str]:
    """The identifiers that stand in fields of their own, and those of the record's addresses."""
    for name, scheme in (("DOI", "doi"), ("PMID", "pmid"), ("PMCID", "pmc")):
        if value := fields.raw(record.value.get(name)):
            yield value if value.startswith("http") else f"{scheme}:{value}"
    yield from (fields.raw(record.value.get(name)) for name in ("URL", "archive_location", "number"))
