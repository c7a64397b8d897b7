"""Sentences: where they end, and where a full stop ends none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concite.graph.sentences import sentences


def parts(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("One.", ["One."]),
        ("no end", ["no end"]),
        ("One. Two? Three! Four", ["One.", "Two?", "Three!", "Four"]),
        ("We use it (see above). Then we stop.", ["We use it (see above).", "Then we stop."]),
        ('He said "stop." We did.', ['He said "stop."', "We did."]),
        ("It works. (It does.) Good.", ["It works.", "(It does.)", "Good."]),
        ("Results improve by 3.5 points. 7B models too.", ["Results improve by 3.5 points.", "7B models too."]),
        ("See e.g. Transformers and i.e. BERT.", ["See e.g. Transformers and i.e. BERT."]),
        ("As in Smith et al. We differ.", ["As in Smith et al. We differ."]),
        ("By J. Smith and A. Turing.", ["By J. Smith and A. Turing."]),
        ("Fig. 3 shows it vs. BERT.", ["Fig. 3 shows it vs. BERT."]),
        ("version 2.0 is out. it goes on", ["version 2.0 is out. it goes on"]),
        ("One.\n\nTwo.", ["One.", "Two."]),
    ],
)
def test_a_text_falls_into_its_sentences(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


@given(st.text(alphabet='aB.?! e.g\n"(1'))
def test_sentences_are_numbered_in_order_and_never_overlap(text: str) -> None:
    found = sentences(text)
    assert [s.number for s in found] == list(range(len(found)))
    at = 0
    for sentence in found:
        assert at <= sentence.start < sentence.end <= len(text)
        at = sentence.end
