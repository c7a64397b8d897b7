"""Formats: told from the content, refused with advice where nothing can read it."""

import pytest

from concite.graph.papers import InputError, Paper
from concite.graph.readers import Format, Input, detect_format, read_papers
from concite.graph.readers.formats import READERS, READERS_WITH_OPTIONS


def source(text: str) -> Input:
    return Input("papers", content=text.encode())


def test_every_format_has_a_reader() -> None:
    assert READERS.keys() | READERS_WITH_OPTIONS.keys() == set(Format)
    assert not READERS.keys() & READERS_WITH_OPTIONS.keys()


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ('{"title": "A"}\n', Format.JSONL),
        ('\ufeff\n  {"title": "A"}\n', Format.JSONL),
        ("Halving the Cost\n\nWe halve it.\n", Format.LISTING),
        ("{Braces} in a Title\n", Format.JSONL),
        ("A Title with {Braces}\n", Format.LISTING),
        ("< 5 minutes\n", Format.LISTING),
    ],
)
def test_a_format_is_told_from_the_content(text: str, known: Format) -> None:
    assert detect_format(source(text)) == known


@pytest.mark.parametrize("text", ["\x00", "%PDF-1.5\x00"])
def test_what_is_no_text_has_no_format(text: str) -> None:
    with pytest.raises(InputError, match="binary file"):
        detect_format(source(text))


def test_a_named_format_overrides_the_content() -> None:
    text = '{"title": "A Paper"}\n'
    (as_json,) = read_papers(source(text))
    assert isinstance(as_json, Paper)
    assert as_json.title == "A Paper"
    as_listing = [item for item in read_papers(source(text), Format.LISTING) if isinstance(item, Paper)]
    assert "A Paper" not in [paper.title for paper in as_listing]
