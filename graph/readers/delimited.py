"""Delimited tables: rows by column name, with the line each begins at, quoted as spreadsheets quote."""

import csv
import re
from collections.abc import Iterator, Mapping

from ..papers import Skipped
from .inputs import LINE_LIMIT, Input

csv.field_size_limit(LINE_LIMIT)


def read_rows(source: Input, delimiter: str) -> Iterator[tuple[int, Mapping[str, str]] | Skipped]:
    """Yield the rows below the first by column name, in small letters; comments begin with `#`.

    A row without a cell for every column is skipped: a table that breaks off ends with one.
    """
    names: list[str] = []
    for row in read_cells(source, delimiter):
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
    """Lines for a reader of tables, with the number of the first one read since it was last set to 0."""

    def __init__(self, source: Input, spreadsheet: bool) -> None:
        self._lines = source.lines(legacy=spreadsheet)
        self._comments: tuple[str, ...] = () if spreadsheet else ("#",)
        self.first = 0

    def __iter__(self) -> Iterator[str]:
        for number, text in self._lines:
            if not text.startswith(self._comments):
                self.first = self.first or number
                yield f"{text}\n"


def read_cells(
    source: Input, delimiter: str, *, spreadsheet: bool = False
) -> Iterator[tuple[int, list[str]] | Skipped]:
    """Yield the rows as lists of cells, each with the number of its first line.

    A tab needs no quotes, and a table with tabs has none, unless it shows some and is a *spreadsheet*: such
    tables have no comments, and may be older than UTF-8.
    """
    lines = _Lines(source, spreadsheet)
    quoted = delimiter != "\t" or (spreadsheet and _shows_quotes(source))
    reader = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE)
    while True:
        lines.first = 0
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Skipped(source.name, str(lines.first), f"not CSV: {error}")
            continue
        if any(cells):
            yield lines.first, cells


def _shows_quotes(source: Input) -> bool:
    """Whether a whole cell of a table with tabs stands in quotation marks."""
    return re.search(r'(?:^|\t)"[^"\t]*"(?:\t|\r?$)', source.head(), re.MULTILINE) is not None
