"""Delimited tables: rows by name with the lines they begin at, and a reason for each that is none."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concite.graph.papers import Skipped
from concite.graph.readers import Input
from concite.graph.readers.delimited import read_rows

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r\ufeff"), max_size=6)


def rows(text: str, delimiter: str = ",") -> list[object]:
    return list(read_rows(Input("x.csv", content=text.encode()), delimiter))


def test_rows_come_by_column_with_the_line_they_begin_at() -> None:
    text = '# a comment\n"A",b\n1,"two\nlines"\n\n# another\n3,"say ""4"""\n'
    assert rows(text) == [(3, {"a": "1", "b": "two\nlines"}), (7, {"a": "3", "b": 'say "4"'})]


def test_a_row_that_breaks_off_is_skipped() -> None:
    assert rows("a,b,c\n1,2,3\n4,5") == [
        (2, {"a": "1", "b": "2", "c": "3"}),
        Skipped("x.csv", "3", "2 cells in a table of 3 columns", "4,5"),
    ]


def test_quotes_mean_nothing_in_a_table_with_tabs() -> None:
    assert rows('a\tb\n"x\ty"z\n', "\t") == [(2, {"a": '"x', "b": 'y"z'})]


@pytest.mark.parametrize("delimiter", [",", ";"])
@given(table=st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_what_is_written_as_csv_is_read_again(delimiter: str, table: list[tuple[str, str]]) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(("a", "b"))
    writer.writerows(table)
    found = [dict(row[1]) for row in rows(buffer.getvalue(), delimiter) if isinstance(row, tuple)]
    assert found == [{"a": a, "b": b} for a, b in table if a or b]
