"""Tables of papers: CSV and TSV as spreadsheets, reference managers and databases write them."""

import csv
import re
from collections.abc import Iterator, Mapping

from ..papers import InputError, Record, Reference, Skipped
from . import fields
from .beginnings import Beginning
from .columns import find_columns, plain_name
from .delimited import read_cells
from .inputs import Input
from .json_records import JsonRecord
from .options import Options
from .people import names_in

DELIMITERS = ",;\t|"
_SCHEMES = ("doi", "arxiv", "pmid", "acl")


def read_table(source: Input, options: Options) -> Iterator[Record]:
    """Yield the papers of a table, whose first row names its columns. Raises `InputError` without a title's column."""
    columns: dict[str, int] = {}
    width = 0
    for row in read_cells(source, delimiter_of(Beginning(source.head()).first_line), spreadsheet=True):
        if isinstance(row, Skipped):
            yield row
            continue
        number, cells = row
        if not columns:
            columns, width = _columns(cells, options, source), len(cells)
        elif len(cells) < width or any(cell.strip() for cell in cells[width:]):
            reason = f"{len(cells)} cells in a table of {width} columns"
            yield Skipped(source.name, str(number), reason, " | ".join(cells)[:200])
        else:
            values = {role: cells[place].strip() for role, place in columns.items()}
            yield from _paper(values, JsonRecord({}, source.name, str(number)))


def delimiter_of(first_line: str) -> str:
    """What parts the columns: the character of the usual ones that is most often in the first line."""
    unquoted = re.sub(r'"[^"]*"', "", first_line)
    return max(DELIMITERS, key=unquoted.count)


def header_of(beginning: Beginning) -> list[str]:
    """The cells of the first line."""
    line = beginning.first_line
    return next(csv.reader([line], delimiter=delimiter_of(line)), [])


def _columns(header: list[str], options: Options, source: Input) -> dict[str, int]:
    columns = find_columns(header, options.columns)
    known = {plain_name(name) for name in header}
    missing = next((name for name in options.columns.values() if plain_name(name) not in known), "")
    if missing or "title" not in columns:
        problem = f"no column is called {missing}" if missing else "no column holds the title"
        names = [" ".join(name.split()) for name in header]
        advice = f"name it, as in --column title={names[0]}; there are: {', '.join(names)}"
        raise InputError(f"{source.name}:1", problem, advice[:400])
    return columns


def _paper(values: Mapping[str, str], record: JsonRecord) -> Iterator[Record]:
    day = fields.date(values.get("date"))
    try:
        yield from fields.paper(
            record,
            values.get("title"),
            values.get("abstract"),
            year=fields.year_within(values.get("year", "")) or fields.year_within(values.get("date", "")),
            date=day if day and len(day) > 4 else None,
            venue=fields.text(values.get("venue")) or None,
            authors=fields.names(names_in(values.get("authors", ""))),
            identifiers=fields.identifiers(*_identifiers(values)),
            references=_references(values.get("references", "")),
        )
    except ValueError as error:
        yield Skipped(record.source, record.position, str(error), " | ".join(values.values())[:200])


def _identifiers(values: Mapping[str, str]) -> Iterator[str]:
    for scheme in _SCHEMES:
        if value := values.get(scheme, ""):
            yield value if "://" in value else f"{scheme}:{value}"
    yield values.get("id", "")
    yield from re.split(r"[\s;|]+", values.get("url", ""))


def _references(cell: str) -> Iterator[Reference]:
    yield from fields.cited(*re.split(r"[\s;|]+", cell))
