"""Identifiers of papers: recognised in what people write, and written one way, `scheme:value`."""

import re

SCHEMES = ("arxiv", "doi", "acl", "s2", "openalex", "pmid")
"""The schemes, the one that makes the best id first."""

_ARXIV_NEW = r"\d{4}\.\d{4,5}(?!\d)"
_ARXIV_OLD = r"[a-z-]+(?:\.[A-Z]{2})?/\d{7}"
_ARXIV = re.compile(
    rf"(?:arxiv:\s*|arxiv\.org/(?:abs|pdf|html)/)({_ARXIV_NEW}|{_ARXIV_OLD})(?:v\d+)?(?:\.pdf)?",
    re.IGNORECASE,
)
_BARE_ARXIV = re.compile(rf"({_ARXIV_NEW}|{_ARXIV_OLD})(?:v\d+)?")
_DOI = re.compile(r"(?:doi:\s*|doi\.org/)?(10\.\d{4,9}/[^\s\"<>]+)", re.IGNORECASE)
_ARXIV_DOI = re.compile(rf"10\.48550/arxiv\.({_ARXIV_NEW}|{_ARXIV_OLD})(?:v\d+)?", re.IGNORECASE)
_ACL = re.compile(r"(?:acl:|aclanthology\.org/)([A-Z]\d{2}-\d{4}|\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+)")
_OTHER = re.compile(r"(s2|openalex|pmid):(\S+)", re.IGNORECASE)


def parse_identifier(text: str) -> str | None:
    """The identifier that a text holds, in its one form, or None."""
    text = text.strip()
    if match := _ARXIV.search(text) or _BARE_ARXIV.fullmatch(text):
        return f"arxiv:{match[1]}"
    if match := _ACL.search(text):
        return f"acl:{match[1]}"
    if match := _DOI.search(text):
        return _doi(match[1])
    if match := _OTHER.fullmatch(text):
        return f"{match[1].lower()}:{match[2]}"
    return None


def _doi(value: str) -> str | None:
    value = value.rstrip(".,;)").lower()
    if value.endswith("/"):
        return None
    if match := _ARXIV_DOI.fullmatch(value):
        return f"arxiv:{match[1]}"
    return f"doi:{value}"


def in_order(identifiers: set[str]) -> tuple[str, ...]:
    """Identifiers with the strongest scheme first, then by value."""
    return tuple(sorted(identifiers, key=lambda i: (SCHEMES.index(i.partition(":")[0]), i)))


def address(identifier: str) -> str | None:
    """Where a person finds the paper of an identifier, as an IRI that also names it in RDF."""
    scheme, _, value = identifier.partition(":")
    places = {
        "arxiv": "https://arxiv.org/abs/",
        "doi": "https://doi.org/",
        "acl": "https://aclanthology.org/",
        "openalex": "https://openalex.org/",
        "pmid": "https://pubmed.ncbi.nlm.nih.gov/",
        "s2": "https://www.semanticscholar.org/paper/",
    }
    return f"{places[scheme]}{value}" if scheme in places else None
