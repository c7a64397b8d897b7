"""Citation edges: tables of citing and cited papers, and OpenCitations' index."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from ..identifiers import as_identifier, parse_identifier
from ..papers import Record, Reference, Skipped, StatedCitation
from .delimited import read_rows
from .fields import identifiers
from .inputs import Input

CITING = ("citing", "citing_id", "citing_paper", "citingid", "citing_doi", "source", "from")
CITED = ("cited", "cited_id", "cited_paper", "citedid", "cited_doi", "target", "to")
"""What the two columns are called."""

_BARE = re.compile(r"(\S+)[\t, ]+(\S+)")


def read_edges(source: Input) -> Iterator[Record]:
    """Yield the citations of a table with a line that names its columns."""
    for row in read_rows(source, _delimiter(source)):
        yield row if isinstance(row, Skipped) else _citation(source.name, *row)


def read_bare_edges(source: Input) -> Iterator[Record]:
    """Yield the citations of a list of pairs without names of columns."""
    for number, line in source.lines():
        if not line.strip() or line.startswith("#"):
            continue
        match = _BARE.fullmatch(line.strip())
        ends = [_end(end) for end in match.groups()] if match else []
        yield _edge(source.name, number, ends, line)


def is_pair(line: str) -> bool:
    """Whether a line is two identifiers and nothing else."""
    match = _BARE.fullmatch(line.strip())
    return match is not None and all(parse_identifier(end) for end in match.groups())


def _delimiter(source: Input) -> str:
    first = next((line for line in source.head().splitlines() if line.strip() and not line.startswith("#")), "")
    return "\t" if "\t" in first else ";" if ";" in first and "," not in first else ","


def _citation(name: str, number: int, row: Mapping[str, str]) -> StatedCitation | Skipped:
    citing, cited = (next((row[column] for column in columns if column in row), "") for columns in (CITING, CITED))
    return _edge(name, number, [_end(citing), _end(cited)], "\t".join(row.values()))


@lru_cache(maxsize=2**16)
def _end(cell: str) -> str | None:
    """The identifier of a cell, which in OpenCitations may hold several."""
    return next(iter(identifiers(*cell.split())), None) or as_identifier(cell)


def _edge(name: str, number: int, ends: list[str | None], text: str) -> StatedCitation | Skipped:
    match ends:
        case [str(citing), str(cited)]:
            return StatedCitation(citing, Reference(cited), name, str(number))
    return Skipped(name, str(number), "a citation without both its ends", text[:200])
