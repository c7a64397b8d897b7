"""Content negotiation: the wish of the client, in its order, and never what it does not want."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concite.exports.server.negotiation import chosen

OFFERED = ["text/html", "text/turtle", "application/ld+json"]
MEDIA = st.sampled_from([*OFFERED, "image/png", "*/*", "text/*", "application/*"])


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/turtle", "text/turtle"),
        ("TEXT/Turtle", "text/turtle"),
        ("text/turtle;charset=utf-8", "text/turtle"),
        ("text/html;q=0.2, text/turtle;q=0.3", "text/turtle"),
        ("application/*", "application/ld+json"),
        ("text/*;q=0.3, application/ld+json;q=0.4", "application/ld+json"),
        ("*/*, text/html;q=0", "text/turtle"),
        ("text/turtle;q=0, */*;q=0.1", "text/html"),
        ("text/turtle;q=0.001, image/png", "text/turtle"),
        ("text/turtle ; q=0.9 , text/html;q=0.8", "text/turtle"),
        ("text/html;level=1;q=0.1, text/turtle;q=0.2", "text/turtle"),
        ("image/png", None),
        ("text/html;q=0", None),
        ("nonsense", None),
        (",,, text/turtle,", "text/turtle"),
    ],
)
def test_the_best_of_what_is_offered_is_chosen(accept: str, expected: str | None) -> None:
    assert chosen(accept, OFFERED) == expected


@given(st.text())
def test_any_header_gets_an_offer_or_none(accept: str) -> None:
    assert chosen(accept, OFFERED) in [*OFFERED, None]


@given(st.lists(st.tuples(MEDIA, st.integers(0, 1000)), min_size=1))
def test_what_is_chosen_was_wanted(ranges: list[tuple[str, int]]) -> None:
    accept = ", ".join(f"{media};q={quality / 1000:.3f}" for media, quality in ranges)
    found = chosen(accept, OFFERED)
    if found:
        covering = {found, f"{found.partition('/')[0]}/*", "*/*"}
        assert any(quality > 0 for media, quality in ranges if media in covering)


@given(st.permutations(OFFERED), st.integers(1, 998))
def test_one_wanted_most_is_chosen_wherever_it_stands(ranges: list[str], quality: int) -> None:
    first, *others = ranges
    wishes = [f"{media};q={quality / 1000:.3f}" for media in others]
    assert chosen(", ".join([*wishes, f"{first};q=0.999"]), OFFERED) == first
    assert chosen(", ".join([f"{first};q=0.999", *wishes]), OFFERED) == first
