"""arXiv metadata: one record a line, as the archive's own snapshots have them."""

from collections.abc import Iterator
from email.utils import parsedate
from typing import Any

from ..papers import Record
from . import fields
from .inputs import Input
from .json_records import JsonRecord, read_records


def read_arxiv(source: Input) -> Iterator[Record]:
    """Yield the papers of arXiv metadata."""
    return read_records(source, _paper)


def _paper(record: JsonRecord) -> Iterator[Record]:
    value = record.value
    day = _day(value.get("versions")) or fields.date(value.get("update_date"))
    yield from fields.paper(
        record,
        value.get("title"),
        value.get("abstract"),
        year=fields.year(day),
        date=day,
        venue=fields.text(value.get("journal-ref")) or None,
        authors=_authors(value),
        identifiers=fields.identifiers(f"arxiv:{fields.raw(value.get('id'))}", *_dois(value.get("doi"))),
        metadata=[("categories", value.get("categories")), ("comments", value.get("comments"))],
    )


def _day(versions: Any) -> str | None:
    """The day of the first version: `Mon, 2 Apr 2007 19:18:42 GMT`."""
    created = next((fields.raw(fields.mapping(each).get("created")) for each in fields.sequence(versions)), "")
    try:
        parsed = parsedate(created)
    except (ValueError, IndexError, TypeError):
        return None
    return fields.date("{:04}-{:02}-{:02}".format(*parsed[:3])) if parsed else None


def _authors(value: Any) -> tuple[str, ...]:
    """Names from `[last, first, suffix]`, whose accents are characters; else from the free text."""
    parsed = [
        [fields.raw(part) for part in fields.sequence(name)] for name in fields.sequence(value.get("authors_parsed"))
    ]
    if not parsed:
        return fields.names(fields.raw(value.get("authors")).split(", "))
    return fields.names([" ".join([*name[1:2], *name[:1], *name[2:3]]) for name in parsed])


def _dois(value: Any) -> list[str]:
    """One or more DOIs, separated by blanks."""
    return [f"doi:{doi}" for doi in fields.raw(value).split()]
