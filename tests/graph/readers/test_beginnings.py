"""Beginnings: fields, lists and columns are seen in the first bytes, however they break off."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concite.graph.readers.beginnings import Beginning


def test_the_fields_of_document_and_first_record_are_seen() -> None:
    whole = json.dumps(
        {"meta": {"count": 2}, "results": [{"id": 1, "title": "A", "deep": {"x": []}}, {"other": 2}], "z": 1}
    )
    for text in (whole, json.dumps(json.loads(whole), indent=2)):
        beginning = Beginning(text)
        assert beginning.list_name == "results"
        assert beginning.document == {"meta", "results", "z"}
        assert beginning.record == {"id", "title", "deep"}
        assert not beginning.is_lines


def test_a_record_that_breaks_off_shows_the_fields_before_the_break() -> None:
    beginning = Beginning('{"items": [{"DOI": "10.1234/x", "title": ["A long')
    assert beginning.record == {"DOI", "title"}
    assert Beginning('[{"paper": {"id": "1"}, "publishedAt": "2024').record == {"paper", "publishedAt"}


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('{"title": "A"}\n{"title": "B"}\n', True),
        ('{"title": "A", "data": "none"}', True),
        ('{"title": "A", "data": ["none"]}', True),
        ('{"title": "broken\n{"title": "B"}', True),
        ('{\n "title": "A"\n}', False),
        ('{"data": [{"title": "A"}]}', False),
        ('[{"title": "A"}]', False),
    ],
)
def test_lines_and_documents_are_told_apart(text: str, lines: bool) -> None:
    assert Beginning(text).is_lines == lines


def test_the_columns_of_a_table_are_those_of_its_first_line_that_is_no_comment() -> None:
    assert Beginning('# made for tests\n\n"Citing","cited"\na,b\n').columns == {"citing", "cited"}
    assert Beginning("id\tTitle\n1\tA").columns == {"id", "title"}


@given(st.text() | st.text(alphabet='{}[]":, \nabc\\'))
def test_any_text_has_a_beginning(text: str) -> None:
    beginning = Beginning(text)
    assert isinstance(beginning.record | beginning.document | beginning.columns, frozenset)
    assert beginning.is_lines in (True, False)
    if beginning.record:
        assert beginning.is_json or text.lstrip().startswith("[")
