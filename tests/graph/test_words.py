"""Words of a text: every one with its place, in small letters."""

from hypothesis import given
from hypothesis import strategies as st

from concite.graph.words import Words


@given(st.text())
def test_a_word_stands_where_it_is_said_to(text: str) -> None:
    words = Words.of(text)
    assert list(words.starts) == sorted(set(words.starts))
    for start, lower in zip(words.starts, words.lower, strict=True):
        assert text[start : start + 1].lower() == lower[:1]
        assert start == 0 or not (text[start - 1].isalnum() or text[start - 1] == "_")


def test_a_letter_that_grows_in_small_letters_parts_no_word() -> None:
    assert Words.of("İstanbul GPU").lower == ("i̇stanbul", "gpu")


def test_words_among_some_come_with_their_places() -> None:
    assert Words.of("We propose, and WE show").among({"we", "and"}) == [(0, "we"), (12, "and"), (16, "we")]
