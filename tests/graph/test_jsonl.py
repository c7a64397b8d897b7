"""JSON Lines: the usual names of fields, and a reason for every record that is no paper."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concite.graph.papers import Paper, Record, Reference, Skipped
from concite.graph.readers import Format, Input, read_papers


def read(text: str | bytes) -> list[Record]:
    content = text.encode() if isinstance(text, str) else text
    return list(read_papers(Input("a.jsonl", content=content), Format.JSONL))


def paper(**record: Any) -> Paper:
    (item,) = read(json.dumps({"title": "T", **record}))
    assert isinstance(item, Paper), item
    return item


def reason(text: str) -> str:
    (item,) = read(text)
    assert isinstance(item, Skipped), item
    assert (item.input, item.position) == ("a.jsonl", "1")
    assert item.text == text[:200]
    return item.reason


def test_a_record_with_every_field_is_read_whole() -> None:
    record = {
        "id": "arxiv:2106.09685",
        "title": " LoRA:\u00a0Low-Rank\nAdaptation ",
        "abstract": "We  adapt.",
        "year": 2021,
        "date": "2021-06-17",
        "venue": "ICLR",
        "authors": ["Ada Byron", " Alan  Turing "],
        "doi": "10.1234/ABC",
        "identifiers": ["acl:N19-1423"],
        "references": ["arxiv:1706.03762v5", "doi:10.1234/xyz"],
    }
    assert read("\n" + json.dumps(record) + "\n") == [
        Paper(
            title="LoRA: Low-Rank Adaptation",
            abstract="We adapt.",
            year=2021,
            date="2021-06-17",
            venue="ICLR",
            authors=("Ada Byron", "Alan Turing"),
            identifiers=("arxiv:2106.09685", "doi:10.1234/abc", "acl:N19-1423"),
            references=(Reference("arxiv:1706.03762"), Reference("doi:10.1234/xyz")),
            source="a.jsonl",
            position="2",
        )
    ]


def test_a_title_alone_is_a_paper() -> None:
    assert paper() == Paper("T", source="a.jsonl", position="1")
    empty = {"abstract": "", "year": "", "authors": None, "doi": None, "identifiers": None, "references": None}
    assert paper(**empty) == Paper("T", source="a.jsonl", position="1")


@pytest.mark.parametrize(
    ("value", "names"),
    [
        (["A B", "C D"], ("A B", "C D")),
        ([{"name": "A B"}, {"name": "C D"}], ("A B", "C D")),
        ("A B, C D", ("A B", "C D")),
        ("B, A; D, C", ("B, A", "D, C")),
        ([{"name": None}, {"surname": "X"}, {"name": 5}, None, "", " ", "A B"], ("A B",)),
    ],
)
def test_authors_are_read_in_their_usual_forms(value: Any, names: tuple[str, ...]) -> None:
    assert paper(authors=value).authors == names


@pytest.mark.parametrize(("value", "year"), [(2021, 2021), ("2021", 2021), (2021.0, 2021), (None, None)])
def test_years_are_read_as_numbers_and_as_texts(value: Any, year: int | None) -> None:
    assert paper(year=value).year == year


def test_identifiers_are_gathered_from_all_fields_and_each_once() -> None:
    found = paper(arxiv="2106.09685v2", arxiv_id="2106.09685", doi="https://doi.org/10.48550/arXiv.2106.09685")
    assert found.identifiers == ("arxiv:2106.09685",)
    assert paper(id="a paper of mine", doi=5).identifiers == ()


@pytest.mark.parametrize(
    ("record", "why"),
    [
        ("{", "not JSON at column 2: Expecting property name enclosed in double quotes"),
        ('{"title": "a"} x', "not JSON at column 16: Extra data"),
        ("title", "not JSON at column 1: Expecting value"),
        ("[]", "not a JSON object"),
        ('"title"', "not a JSON object"),
        ("null", "not a JSON object"),
        ("{}", "no title"),
        ('{"title": ""}', "no title"),
        ('{"title": " \\u200b\\u0000 "}', "no title"),
        ('{"title": null}', "no title"),
        ('{"title": 5}', "title is no text"),
        ('{"title": "a", "abstract": ["a"]}', "abstract is no text"),
        ('{"title": "a", "venue": {}}', "venue is no text"),
        ('{"title": "a", "year": "soon"}', "year is no number: 'soon'"),
        ('{"title": "a", "year": [2021]}', "year is no number: [2021]"),
        ('{"title": "a", "year": 1e999}', "year is no number: inf"),
        ('{"title": "a", "year": NaN}', "year is no number: nan"),
        ('{"title": "a", "year": 21}', "year 21 is no year of a paper"),
        ('{"title": "a", "year": true}', "year 1 is no year of a paper"),
        ('{"title": "a", "authors": 5}', "authors is neither a list nor a text"),
        ('{"title": "a", "authors": {"name": "A"}}', "authors is neither a list nor a text"),
        ('{"title": "a", "identifiers": "arxiv:2106.09685"}', "identifiers is no list"),
        ('{"title": "a", "references": "arxiv:2106.09685"}', "references is no list"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_record_that_is_no_paper_is_skipped_with_the_reason(record: str, why: str) -> None:
    assert reason(record) == why


def test_a_bad_record_does_not_stop_those_after_it() -> None:
    items = read('{"title": "One"}\nnonsense\n\n{"title": "Two"}\n')
    assert [(type(item).__name__, item.position) for item in items] == [
        ("Paper", "1"),
        ("Skipped", "2"),
        ("Paper", "4"),
    ]


def test_half_a_surrogate_pair_becomes_a_character_that_can_be_stored() -> None:
    (item,) = read('{"title": "A \\ud835 B \\ud835\\udd38", "authors": ["\\udfff"], "doi": "10.1234/\\ud800"}')
    assert isinstance(item, Paper)
    assert (item.title, item.authors) == ("A \ufffd B 𝔸", ("\ufffd",))
    "".join([item.title, *item.authors, *item.identifiers]).encode()


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda v: st.lists(v) | st.dictionaries(st.text(), v),
)
FIELDS = st.sampled_from(
    ["title", "abstract", "year", "authors", "identifiers", "references", "doi", "arxiv", "id", "venue", "date"]
)


@settings(max_examples=50)
@given(st.dictionaries(FIELDS, VALUES))
def test_any_json_is_a_paper_or_skipped_and_never_an_error(record: dict[str, Any]) -> None:
    first, *further = read(json.dumps(record))
    assert isinstance(first, Paper | Skipped)
    assert all(isinstance(item, Skipped) and isinstance(first, Paper) for item in further)


@given(st.binary())
def test_any_bytes_are_papers_or_skipped_or_one_clear_error(content: bytes) -> None:
    from concite.graph.papers import InputError

    try:
        assert all(isinstance(item, Paper | Skipped) for item in read(content))
    except InputError as error:
        assert str(error).startswith("a.jsonl:")


def test_references_that_are_no_identifiers_are_told_and_the_paper_stays() -> None:
    line = b'{"title": "A", "references": ["arXiv:1706.03762", "Vaswani et al., 2017"]}'
    paper, skipped = read_papers(Input("a.jsonl", content=line))
    assert isinstance(paper, Paper) and paper.references == (Reference("arxiv:1706.03762"),)
    assert isinstance(skipped, Skipped) and (skipped.position, skipped.text) == ("1", "Vaswani et al., 2017")
