"""Resemblance: what names, venues and titles have to do with each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concite.graph.papers import Paper
from concite.graph.resemblance import compare, disputed, family_name, plain, same_venue, traits


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Ada Byron", "byron"),
        ("Byron, Ada", "byron"),
        ("Byron, A. B.", "byron"),
        ("Ada Byron Jr.", "byron"),
        ("Bernhard Schölkopf", "scholkopf"),
        ("Wei Zhang 0001", "zhang"),
        ("", ""),
    ],
)
def test_the_family_name_is_found_however_the_name_is_written(name: str, family: str) -> None:
    assert family_name(name) == family


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("neurips", "advances in neural information processing systems", True),
        ("icml", "international conference on machine learning", True),
        ("corr", "journal of holes", True),
        ("iclr", "iclrw", False),
        ("jmlr", "international conference on machine learning", False),
    ],
)
def test_a_venue_is_known_by_its_acronym(one: str, other: str, same: bool) -> None:
    assert same_venue(one, other) is same
    assert same_venue(other, one) is same


def test_plain_words_have_no_case_accent_sign_or_markup() -> None:
    assert plain("  Ünïcode—{\\it and} Co. &amp; more ") == plain("unicode and co more")


def test_an_identifier_in_common_is_disputed_only_where_nothing_agrees() -> None:
    one = Paper("Digging Holes", authors=("Ada Byron",))
    assert disputed(one, Paper("On Quite Another Matter", authors=("Grace Hopper",)))
    assert not disputed(one, Paper("On Quite Another Matter"))
    assert not disputed(one, Paper("On Quite Another Matter", authors=("A. Byron",)))
    assert not disputed(one, Paper("Digging Holes!", authors=("Grace Hopper",)))


PAPERS = st.builds(
    Paper,
    title=st.text(max_size=30),
    abstract=st.none() | st.text(max_size=30),
    year=st.none() | st.integers(1990, 2030),
    venue=st.none() | st.text(max_size=10),
    authors=st.lists(st.text(max_size=10), max_size=3).map(tuple),
)


@given(PAPERS, PAPERS)
def test_comparing_is_the_same_both_ways(one: Paper, other: Paper) -> None:
    there, back = compare(traits(one), traits(other)), compare(traits(other), traits(one))
    assert there == back
    assert 0 <= there.score <= 1
