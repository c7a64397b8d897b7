"""Delimited tables: rows by column name, with the line each begins at, quoted as spreadsheets quote."""

import csv
from collections.abc import Iterator, Mapping

from ..papers import Skipped
from .inputs import LINE_LIMIT, Input

csv.field_size_limit(LINE_LIMIT)


def read_rows(source: Input, delimiter: str) -> Iterator[tuple[int, Mapping[str, str]] | Skipped]:
    """Yield the rows below the first by column name, in small letters; comments begin with `#`.

    A row without a cell for every column is skipped: a table that breaks off ends with one.
    """
    names: list[str] = []
    for row in _cells(source, delimiter):
        if isinstance(row, Skipped):
            yield row
            continue
        number, cells = row
        if not names:
            names = [cell.strip().lower() for cell in cells]
        elif len(cells) != len(names):
            reason = f"{len(cells)} cells in a table of {len(names)} columns"
            yield Skipped(source.name, str(number), reason, delimiter.join(cells)[:200])
        else:
            yield number, dict(zip(names, cells, strict=True))


class _Lines:
    """Lines that are no comments, with the number of the last one read."""

    def __init__(self, source: Input) -> None:
        self._lines = source.lines()
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        for number, text in self._lines:
            self.number = number
            if not text.startswith("#"):
                yield f"{text}\n"


def _cells(source: Input, delimiter: str) -> Iterator[tuple[int, list[str]] | Skipped]:
    """The rows as lists of cells. A tab needs no quotes, and a table with tabs has none."""
    lines = _Lines(source)
    if delimiter == "\t":
        reader = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    else:
        reader = csv.reader(lines, delimiter=delimiter)
    while True:
        first = lines.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Skipped(source.name, str(first), f"not CSV: {error}")
            continue
        if any(cells):
            yield first, cells
