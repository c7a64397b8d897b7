"""Papers: clean texts, ids that depend on nothing but the paper, readable slugs."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concite.graph.papers import SLUG_LENGTH, InputError, Paper, clean, digest, external_id, paper_id, slug


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  a \u00a0 b\n\tc\u2028d ", "a b c d"),
        ("a\u200bb\ufeffc\u2060d\x00", "abcd"),
        ("Cafe\u0301", "Café"),
        ("a\x1fb", "a b"),
        ("\x1b[31mred\x07\x7f", "[31mred"),
        ("caf\u00e9\x1b\ufffe\uffff", "caf\u00e9"),
        ("\u3000全角\u3000", "全角"),
        ("", ""),
    ],
)
def test_a_text_is_cleaned_of_blanks_and_what_nobody_sees(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert "  " not in once
    assert once == once.strip()


def test_an_id_is_the_strongest_identifier_where_there_is_one() -> None:
    assert paper_id(Paper("T", identifiers=("arxiv:2106.09685", "doi:10.1/x"))) == "arxiv-2106.09685"
    assert external_id("doi:10.1234/a:b") == "doi-10.1234/a:b"


def test_an_id_without_identifiers_is_made_of_title_author_and_year() -> None:
    paper = Paper("Attention Is All You Need", year=2017, authors=("A. Vaswani", "N. Shazeer"))
    key = paper_id(paper)
    assert key.startswith("attention-is-all-you-need-")
    assert paper_id(dataclasses.replace(paper, title="Attention is all you need!")) == key
    same = dataclasses.replace(paper, abstract="x", source="b", position="9", venue="V", authors=("A. Vaswani",))
    assert paper_id(same) == key
    for other in ({"year": 2018}, {"title": "Attention"}, {"authors": ("N. Shazeer",)}, {"authors": ()}):
        assert paper_id(dataclasses.replace(paper, **other)) != key


def test_a_title_without_letters_still_has_an_id() -> None:
    assert paper_id(Paper("???")).startswith("untitled-")
    assert paper_id(Paper("注意力")).startswith("untitled-")
    assert paper_id(Paper("注意力")) != paper_id(Paper("卷积"))


@given(st.text(), st.integers(1, 80))
def test_a_slug_is_short_words_joined_by_hyphens(text: str, length: int) -> None:
    words = slug(text, length)
    assert len(words) <= length
    assert not words or all(part.isascii() and part.isalnum() for part in words.split("-"))


def test_a_slug_is_cut_after_a_whole_word() -> None:
    assert slug("one two three", 7) == "one-two"
    assert slug("one two three", 8) == "one-two"
    assert slug("unbreakable", 5) == "unbre"
    assert len(slug("word " * 40)) <= SLUG_LENGTH


def test_a_digest_depends_on_where_its_parts_begin() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("a") == digest("a")
    assert len(digest("\ud800")) == 8


def test_an_error_tells_place_problem_and_advice() -> None:
    error = InputError("a.txt:3", "no title", "add one")
    assert str(error) == "a.txt:3: no title; add one"
    assert (error.place, error.problem, error.advice) == ("a.txt:3", "no title", "add one")
    assert isinstance(error, ValueError)


@pytest.mark.parametrize(
    ("place", "told"), [("", "''"), ("a\nb\r\x1b[2J", r"a\nb\r\x1b[2J"), ("ü b%2F/c:1", "ü b%2F/c:1")]
)
def test_an_error_is_one_line_whatever_its_place_is_called(place: str, told: str) -> None:
    assert str(InputError(place, "wrong", "mend it")) == f"{told}: wrong; mend it"
