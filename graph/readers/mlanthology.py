"""The ML Anthology: papers by venue and year, or one a line, or one a file."""

from collections.abc import Iterator

from ..papers import Record
from . import fields
from .inputs import Input
from .json_records import JsonRecord, read_records


def read_mlanthology(source: Input) -> Iterator[Record]:
    """Yield the papers of a file of the ML Anthology."""
    return read_records(source, _paper)


def _paper(record: JsonRecord) -> Iterator[Record]:
    value = record.value
    yield from fields.paper(
        record,
        value.get("title"),
        value.get("abstract"),
        year=fields.year(value.get("year")) or fields.year(record.document.get("year")),
        venue=fields.text(value.get("venue_name")) or fields.text(value.get("venue")) or None,
        authors=fields.names(fields.sequence(value.get("authors")), "given", "family"),
        identifiers=_identifiers(record),
        metadata=[("code", value.get("code_url"))],
    )


def _identifiers(record: JsonRecord) -> tuple[str, ...]:
    """The key, and what DOI and addresses tell."""
    doi, key = (fields.raw(record.value.get(name)) for name in ("doi", "bibtex_key"))
    pages = (fields.raw(record.value.get(name)) for name in ("openreview_url", "venue_url", "pdf_url"))
    return fields.identifiers(f"doi:{doi}" if doi else "", f"mlanthology:{key}" if key else "", *pages)
