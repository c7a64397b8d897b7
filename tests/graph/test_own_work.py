"""Own work: what a paper says that it makes."""

import pytest

from concite.graph.own_work import is_subject, is_titled, proposes, turn


def test_a_verb_of_proposing_is_told_from_its_surroundings() -> None:
    text = "Others use Foo. We propose Bar. It is called Baz"
    assert not proposes(text, text.index("Foo"))
    assert proposes(text, text.index("Bar"))
    assert proposes(text, text.index("Baz"))


@pytest.mark.parametrize(
    ("title", "titled", "subject"),
    [
        ("Random Digging: Holes with Networks", True, True),
        ("Deeper Holes via Random Digging", True, True),
        ("Faster Random Digging Is All You Need", False, True),
        ("A Network for Random Digging", False, False),
        ("Detecting Random Digging with Networks", False, False),
        ("Notes on Wombats", False, False),
    ],
)
def test_a_title_tells_what_a_paper_makes_from_what_that_is_for(title: str, titled: bool, subject: bool) -> None:
    assert (is_titled("random digging", title), is_subject("random digging", title)) == (titled, subject)


def test_a_paper_turns_to_itself_where_it_first_says_we() -> None:
    assert turn("Wombats dig. We watch.") == 13
    assert turn("Wombats dig.") == 0
