"""Fields of dumps: what their values mean in the forms they come in, and nothing made of what is no value."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concite.graph.papers import Paper, Reference, Skipped
from concite.graph.readers import fields
from concite.graph.readers.json_records import JsonRecord

RECORD = JsonRecord({}, "x.json", "[3]")
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda v: st.lists(v) | st.dictionaries(st.text(), v),
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" A ", "A"),
        (5, "5"),
        (["", None, " B "], "B"),
        (None, ""),
        (True, ""),
        (1.5, ""),
        ({"a": 1}, ""),
        ([[["C"]]], "C"),
    ],
)
def test_a_text_is_taken_from_what_may_hold_one(value: Any, text: str) -> None:
    assert fields.raw(value) == text


@pytest.mark.parametrize(
    ("value", "year"),
    [
        (2017, 2017),
        ("2017-06-12", 2017),
        ("2018/2019", 2018),
        ("1999a", 1999),
        ("in press", None),
        (21, None),
        (9999, None),
    ],
)
def test_a_year_is_what_begins_like_one(value: Any, year: int | None) -> None:
    assert fields.year(value) == year


@pytest.mark.parametrize(
    ("value", "date"),
    [("2018-04-03T13:52:58Z", "2018-04-03"), ("2015-07", "2015-07"), ("2015", "2015"), ("20150401", None), ("", None)],
)
def test_a_date_goes_as_far_as_it_is_told(value: Any, date: str | None) -> None:
    assert fields.date(value) == date


def test_names_are_put_together_from_their_parts() -> None:
    people = [
        {"given": "Ada", "family": "Byron"},
        {"name": "A Group"},
        "no object",
        {"given": None, "family": "Turing"},
    ]
    assert fields.names(people, "given", "family", "name") == ("Ada Byron", "A Group", "Turing")
    assert fields.names([" Ada  Byron ", None, "", 5]) == ("Ada Byron", "5")


def test_identifiers_are_found_under_the_names_of_catalogues_whatever_their_case() -> None:
    given = {
        "DOI": "10.1234/X",
        "ArXiv": None,
        "pubmed": 77,
        "PMCID": "88",
        "MAG": "9",
        "ORCID": "0000",
        "ACL": "N19-1423",
    }
    assert fields.catalogued(given) == ("doi:10.1234/x", "acl:N19-1423", "pmid:77", "pmc:PMC88", "mag:9")
    assert fields.catalogued({"pmid": "https://pubmed.ncbi.nlm.nih.gov/77"}) == ("pmid:77",)
    assert fields.catalogued("no object") == ()


def test_a_paper_comes_with_what_of_its_record_says_nothing() -> None:
    paper, abstract, references = fields.paper(
        RECORD, "A &amp; B", "peer reviewed", [Reference("doi:10.1234/x"), Reference("doi:10.1234/x"), Reference()]
    )
    assert paper == Paper("A & B", references=(Reference("doi:10.1234/x"),), source="x.json", position="[3]")
    assert abstract == Skipped("x.json", "[3]", "abstract: a stock phrase", "peer reviewed")
    assert references == Skipped("x.json", "[3]", "references: 1 of 3 name no work")


def test_a_record_without_title_is_no_paper() -> None:
    with pytest.raises(ValueError, match="no title"):
        list(fields.paper(RECORD, " <i> </i> "))


@given(ANY)
def test_any_value_is_read_as_something_or_nothing(value: Any) -> None:
    assert isinstance(fields.raw(value), str)
    assert isinstance(fields.text(value), str)
    assert fields.year(value) is None or fields.year(value) in fields.YEARS
    assert fields.date(value) is None or isinstance(fields.date(value), str)
    assert isinstance(fields.catalogued(value), tuple)
    assert isinstance(fields.names(fields.sequence(value), "a"), tuple)
