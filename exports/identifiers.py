"""Identifiers as IRIs: where papers and concepts are found elsewhere on the web."""

from urllib.parse import quote

from ..graph.identifiers import address
from ..ontology.terms import plain_iri

WIKIDATA = "http://www.wikidata.org/entity/"
PAGES = {
    "huggingface": "https://huggingface.co/",
    "github": "https://github.com/",
    "pypi": "https://pypi.org/project/",
}
"""Sites with a page about a concept, by scheme."""


def paper_place(identifier: str) -> str | None:
    """Where a paper is found."""
    scheme, _, value = identifier.partition(":")
    return address(f"{scheme}:{_path(value)}")


def concept_place(identifier: str) -> str | None:
    """The same concept elsewhere."""
    scheme, _, value = identifier.partition(":")
    return f"{WIKIDATA}{_path(value)}" if scheme == "wikidata" else None


def concept_page(identifier: str) -> str | None:
    """A page about a concept."""
    scheme, _, value = identifier.partition(":")
    return f"{PAGES[scheme]}{_path(value)}" if scheme in PAGES else None


def source_place(source: str) -> str | None:
    """The IRI of a source of the vocabulary, where it is a paper or a page and not only a name."""
    if source.startswith(("http://", "https://")):
        return plain_iri(source)
    scheme, _, value = source.partition(":")
    return address(f"{scheme.lower()}:{_path(value)}") if value else None


def _path(value: str) -> str:
    return quote(value, safe="/:;()@!$&'*+,=~")
