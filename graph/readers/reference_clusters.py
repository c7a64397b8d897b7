"""References out of papers' texts: one a line, or clustered by the work they cite, as ParsCit's users publish them."""

from collections.abc import Iterator

from ..identifiers import as_identifier
from ..papers import Record, Reference, Skipped, StatedCitation
from . import fields
from .delimited import read_rows
from .inputs import Input

RAW_FIELDS = 4


def read_reference_clusters(source: Input) -> Iterator[Record]:
    """Yield a citation for each paper that cites the work of a row."""
    for row in read_rows(source, "\t"):
        if isinstance(row, Skipped):
            yield row
            continue
        number, value = row
        work = _work(value.get("year", ""), value.get("authors", ""), value.get("title", ""))
        for citing in value.get("citing_papers", "").split(","):
            yield _citation(source.name, number, citing, work, "\t".join(value.values()))


def read_raw_references(source: Input) -> Iterator[Record]:
    """Yield the citation of each line: citing paper, year, authors and title."""
    for number, line in source.lines():
        if not line.strip():
            continue
        cells = line.split("\t", RAW_FIELDS - 1)
        if len(cells) == RAW_FIELDS:
            yield _citation(source.name, number, cells[0], _work(*cells[1:]), line)
        else:
            yield Skipped(source.name, str(number), f"{len(cells)} fields, not {RAW_FIELDS}", line[:200])


def _work(year: str, authors: str, title: str) -> Reference:
    """The work cited; of two years that it may be of, the first."""
    return Reference("", fields.text(title), fields.year(year), fields.names(authors.split(", ")))


def _citation(name: str, number: int, citing: str, work: Reference, text: str) -> StatedCitation | Skipped:
    identifier = as_identifier(citing)
    if identifier and work.title:
        return StatedCitation(identifier, work, name, str(number))
    return Skipped(name, str(number), "a reference without citing paper or title", text[:200])
