"""Tables of papers: columns by name or as told, names of people as they are spoken, and what no table is."""

from dataclasses import replace
from pathlib import Path

import pytest

from concite.graph.papers import InputError, Paper, Record
from concite.graph.readers import Format, Input, detect_format, read_papers
from concite.graph.readers.columns import find_columns, is_header, known_names, parse_columns
from concite.graph.readers.options import Options
from concite.graph.readers.people import forwards, names_in
from concite.graph.reading import read_inputs


def read(text: str, **columns: str) -> list[Record]:
    source = Input("a.csv", content=text.encode())
    return list(read_papers(source, Format.CSV, Options(columns=columns)))


@pytest.mark.parametrize(
    "header",
    [
        "Title,Authors,Year",
        '"Authors","Author full names","Title","Year","Source title","DOI","Abstract"',
        "Key\tItem Type\tPublication Year\tAuthor\tTitle\tPublication Title\tDOI\tAbstract Note",
        "Titre;Auteurs;Année",
        "题名|作者|年份",
    ],
)
def test_tables_are_told_by_the_names_of_their_columns(header: str) -> None:
    assert detect_format(Input("a", content=f"{header}\n".encode())) == Format.CSV


@pytest.mark.parametrize(
    "line", ["Title: A Study of Gears", "Authors, Years and Titles", "a,b,c", "title", "Data;Name"]
)
def test_other_lines_are_no_headers(line: str) -> None:
    assert detect_format(Input("a", content=f"{line}\nWe study gears.\n".encode())) == Format.LISTING


def test_no_name_of_a_column_stands_for_two_things() -> None:
    names = [name for names in known_names().values() for name in names]
    assert len(names) == len(set(names))
    assert all(name == " ".join(name.lower().split()) for name in names)


def test_a_column_that_is_told_goes_before_those_that_are_guessed() -> None:
    header = ["Title", "Title (English)", "Year"]
    assert find_columns(header) == {"title": 0, "year": 2}
    assert find_columns(header, {"title": "title (english)"}) == {"title": 1, "year": 2}
    assert find_columns(header, {"abstract": "Title"}) == {"abstract": 0, "year": 2}
    assert is_header(header) and not is_header(["Year", "DOI"])


def test_columns_of_any_name_can_be_told() -> None:
    (paper,) = read("Wert,Text\nGears,We study gears that turn.\n", title="Wert", abstract="Text")
    assert isinstance(paper, Paper)
    assert (paper.title, paper.abstract) == ("Gears", "We study gears that turn.")


def test_a_file_is_a_table_where_columns_are_told_and_it_is_nothing_else(tmp_path: Path) -> None:
    table, records = tmp_path / "a.csv", tmp_path / "a.jsonl"
    table.write_text("Wert;Text\nGears;We study gears that turn.\n", encoding="utf-8")
    records.write_text('{"title": "Oil"}', encoding="utf-8")
    read = read_inputs([str(table), str(records)], columns={"title": "Wert"})
    assert [(each.format, [paper.title for paper in each.papers]) for each in read] == [
        ("csv", ["Gears"]),
        ("jsonl", ["Oil"]),
    ]


@pytest.mark.parametrize(
    ("text", "columns", "problem"),
    [
        (
            "Wert,Text\nGears,x\n",
            {},
            "a.csv:1: no column holds the title; name it, as in --column title=Wert; there are",
        ),
        ("Title,Text\nGears,x\n", {"abstract": "Txt"}, "a.csv:1: no column is called Txt; name it"),
    ],
)
def test_a_table_without_the_columns_is_refused_with_what_there_is(
    text: str, columns: dict[str, str], problem: str
) -> None:
    with pytest.raises(InputError) as caught:
        read(text, **columns)
    assert str(caught.value).startswith(problem)


def test_columns_are_told_by_what_they_hold() -> None:
    assert parse_columns(["title=Titel", "abstract=Kurz = gut"]) == {"title": "Titel", "abstract": "Kurz = gut"}
    for wrong in ("title", "title=", "Titel=title", "=x"):
        with pytest.raises(InputError, match="HOLDS is one of: title, abstract"):
            parse_columns([wrong])


def test_a_quote_may_begin_a_cell_of_a_table_with_tabs() -> None:
    items = read('Title\tYear\n"Why" Gears\t2001\n7" Gears\t2002\n')
    assert [(item.title, item.year) for item in items if isinstance(item, Paper)] == [
        ('"Why" Gears', 2001),
        ('7" Gears', 2002),
    ]


def test_a_table_with_tabs_and_quoted_cells_is_read_as_spreadsheets_write_it() -> None:
    (paper,) = read('Title\tAbstract\n"Gears"\t"One line\nand another line, which ""turns""."\n')
    assert isinstance(paper, Paper)
    assert paper.abstract == 'One line and another line, which "turns".'


def test_cells_beyond_the_header_are_told_unless_they_are_empty() -> None:
    papers = read("Title,Year\nGears,2001,,\nOil,2002,x\n")
    assert [type(item).__name__ for item in papers] == ["Paper", "Skipped"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Byron, Ada; Turing, Alan M.", ["Ada Byron", "Alan M. Turing"]),
        ("Ada Byron; Alan Turing", ["Ada Byron", "Alan Turing"]),
        ("Ada Byron|Alan Turing", ["Ada Byron", "Alan Turing"]),
        ("Byron, Ada and Turing, Alan", ["Ada Byron", "Alan Turing"]),
        ("Ada Byron and Alan Turing", ["Ada Byron", "Alan Turing"]),
        ("Ada Byron, Alan Turing, and Grace Hopper", ["Ada Byron", "Alan Turing", "Grace Hopper"]),
        ("Ada Byron, Alan Turing", ["Ada Byron", "Alan Turing"]),
        ("Byron, A.", ["A. Byron"]),
        ("Byron, Ada", ["Ada Byron"]),
        ("Rand Anderson", ["Rand Anderson"]),
        ("Byron A. (57190001); Müller J. (2)", ["Byron A.", "Müller J."]),
        ("", []),
    ],
)
def test_names_are_parted_and_turned_as_lists_write_them(text: str, names: list[str]) -> None:
    assert [name for name in names_in(text) if name] == names


def test_a_name_is_turned_forwards_with_its_suffix_last() -> None:
    assert forwards("King, Jr., Martin") == "Martin King Jr."
    assert forwards("Aristotle") == "Aristotle"


def test_options_hold_nothing_of_others() -> None:
    first = Options()
    first.bibliography.macros["a"] = "b"
    assert replace(Options()).bibliography.macros == {}
