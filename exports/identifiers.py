"""Identifiers as IRIs: where papers and concepts are found elsewhere on the web."""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote

from ..graph.identifiers import address
from ..ontology.terms import plain_iri


class Places(NamedTuple):
    """What a list of identifiers leads to: the same thing elsewhere, pages about it, and what has no place."""

    same: list[str]
    also: list[str]
    other: list[str]


PAGES = {
    "huggingface": "https://huggingface.co/",
    "github": "https://github.com/",
    "pypi": "https://pypi.org/project/",
}
"""Sites with a page about a concept, by scheme."""


def paper_places(identifiers: Sequence[str]) -> Places:
    """Where a paper is found."""
    found = [(identifier, _paper_address(identifier)) for identifier in dict.fromkeys(identifiers)]
    same = [f"<{place}>" for _, place in found if place]
    return Places(same, [], [identifier for identifier, place in found if not place])


def _paper_address(identifier: str) -> str | None:
    scheme, _, value = identifier.partition(":")
    return address(f"{scheme}:{_path(value)}")


def concept_places(identifiers: Sequence[str]) -> Places:
    """Where a concept is found."""
    places = Places([], [], [])
    for identifier in dict.fromkeys(identifiers):
        scheme, _, value = identifier.partition(":")
        if scheme == "wikidata":
            places.same.append(f"<http://www.wikidata.org/entity/{_path(value)}>")
        elif scheme in PAGES:
            places.also.append(f"<{PAGES[scheme]}{_path(value)}>")
        else:
            places.other.append(identifier)
    return places


def source_place(source: str) -> str | None:
    """The IRI of a source of the vocabulary, where it is a paper or a page and not only a name."""
    if source.startswith(("http://", "https://")):
        return plain_iri(source)
    scheme, _, value = source.partition(":")
    return address(f"{scheme.lower()}:{_path(value)}") if value else None


def _path(value: str) -> str:
    return quote(value, safe="/:;()@!$&'*+,=~")
