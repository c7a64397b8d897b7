"""JSON: one paper a line or all in one document, in the project's own fields or under their usual other names.

Titles and abstracts stay as given but for blanks, invisible and control characters, so that the offsets of
mentions index the text that was given; but for listings, other formats are repaired.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ..identifiers import in_order, parse_identifier
from ..papers import Paper, Record, Reference, Skipped, clean
from ..repair import repair
from .inputs import Input
from .json_records import JsonRecord, convert_records, line_records, read_records

_IDENTIFIERS = (("id", ""), ("doi", "doi:"), ("arxiv", "arxiv:"), ("arxiv_id", "arxiv:"), ("acl_id", "acl:"))


def read_jsonl(source: Input) -> Iterator[Record]:
    """Yield the papers in file order; a record that is none is skipped with its line and the reason."""
    return convert_records(line_records(source), _records)


def read_json(source: Input) -> Iterator[Record]:
    """Yield the papers of one JSON document: an array of records, or an object that holds one."""
    return read_records(source, _records)


def _records(record: JsonRecord) -> Iterator[Record]:
    yield _paper(record.value, record.source, record.position)
    yield from _unreadable(record.value, record.source, record.position)


def _paper(record: Mapping[str, Any], source: str, position: str) -> Paper:
    title = _text(record, "title")
    if not title:
        raise ValueError("no title")
    return Paper(
        title=title,
        abstract=_text(record, "abstract") or None,
        year=_year(record),
        date=_text(record, "date") or None,
        venue=repair(_text(record, "venue")) or None,
        authors=_authors(record.get("authors")),
        identifiers=_identifiers(record),
        references=_references(record.get("references")),
        source=source,
        position=position,
    )


def _text(record: Mapping[str, Any], field: str) -> str:
    value = record.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"{field} is no text")
    return clean(value)


def _year(record: Mapping[str, Any]) -> int | None:
    value = record.get("year")
    if value in (None, ""):
        return None
    try:
        year = int(value)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"year is no number: {value!r}") from None
    if not 1500 <= year <= 2200:
        raise ValueError(f"year {year} is no year of a paper")
    return year


def _authors(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        value = value.split(";") if ";" in value else value.split(", ")
    if not isinstance(value, list | None):
        raise ValueError("authors is neither a list nor a text")
    names = (item.get("name") if isinstance(item, Mapping) else item for item in value or ())
    return tuple(name for name in (repair(name) for name in names if isinstance(name, str)) if name)


def _identifiers(record: Mapping[str, Any]) -> tuple[str, ...]:
    found = {parse_identifier(f"{scheme}{record[field]}") for field, scheme in _IDENTIFIERS if record.get(field)}
    listed = record.get("identifiers") or ()
    if not isinstance(listed, list | tuple):
        raise ValueError("identifiers is no list")
    found |= {parse_identifier(str(value)) for value in listed}
    return in_order({identifier for identifier in found if identifier})


def _unreadable(record: Mapping[str, Any], source: str, position: str) -> Iterator[Skipped]:
    """What a paper's record lists as identifiers and is none: the paper stays, and this is said."""
    for field in ("identifiers", "references"):
        for item in record.get(field) or ():
            if parse_identifier(str(item)) is None:
                yield Skipped(source, position, f"{field}: no identifier that is known here", str(item)[:200])


def _references(value: Any) -> tuple[Reference, ...]:
    if not isinstance(value, list | None):
        raise ValueError("references is no list")
    found = {parse_identifier(str(item)) for item in value or ()}
    return tuple(map(Reference, in_order({identifier for identifier in found if identifier})))
