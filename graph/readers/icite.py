"""iCite: metadata of PubMed papers as CSV, with the numbers of the papers they cite and are cited by."""

from collections.abc import Iterator, Mapping

from ..papers import Record, Reference, Skipped, StatedCitation
from . import fields
from .delimited import read_rows
from .inputs import Input
from .json_records import JsonRecord


def read_icite(source: Input) -> Iterator[Record]:
    """Yield the papers of a table of iCite, and the citations of each."""
    for row in read_rows(source, ","):
        if isinstance(row, Skipped):
            yield row
            continue
        number, value = row
        try:
            yield from _records(JsonRecord(value, source.name, str(number)))
        except ValueError as error:
            yield Skipped(source.name, str(number), str(error), ",".join(value.values())[:200])


def _records(record: JsonRecord) -> Iterator[Record]:
    value: Mapping[str, str] = record.value
    known = fields.identifiers(*_schemed("pmid", value.get("pmid", "")), *_schemed("doi", value.get("doi", "")))
    yield from fields.paper(
        record,
        value.get("title"),
        references=map(Reference, _schemed("pmid", value.get("references", ""))),
        year=fields.year(value.get("year")),
        venue=fields.text(value.get("journal")) or None,
        authors=fields.names(value.get("authors", "").split(", ")),
        identifiers=known,
    )
    for citing in _schemed("pmid", value.get("cited_by", "")) if known else ():
        yield StatedCitation(citing, Reference(known[0]), record.source, record.position)


def _schemed(scheme: str, cell: str) -> list[str]:
    """The numbers of a cell, which blanks separate, with their scheme."""
    return [f"{scheme}:{number}" for number in cell.split()]
