"""Identifiers of papers: recognised in what people write, and written one way, `scheme:value`."""

import re

PLACES = {
    "arxiv": "https://arxiv.org/abs/",
    "doi": "https://doi.org/",
    "acl": "https://aclanthology.org/",
    "s2": "https://www.semanticscholar.org/paper/",
    "openalex": "https://openalex.org/",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/",
    "pmc": "https://pmc.ncbi.nlm.nih.gov/articles/",
    "corpusid": "https://api.semanticscholar.org/CorpusID:",
    "openreview": "https://openreview.net/forum?id=",
    "dblp": "https://dblp.org/rec/",
    "mag": "",
    "mlanthology": "",
    "local": "",
}
"""Where the papers of each scheme are found, the scheme that makes the best id first.

`mag` has no pages any more, a key of the ML Anthology does not tell its page, and `local` holds only within
the inputs of one build, as the numbers of an edge list do.
"""

SCHEMES = tuple(PLACES)

_ARXIV_NEW = r"\d{4}\.\d{4,5}(?!\d)"
_ARXIV_OLD = r"[a-z-]+(?:\.[A-Z]{2})?/\d{7}"
_ARXIV = re.compile(
    rf"(?:arxiv:\s*|arxiv\.org/(?:abs|pdf|html)/)({_ARXIV_NEW}|{_ARXIV_OLD})(?:v\d+)?(?:\.pdf)?",
    re.IGNORECASE,
)
_BARE_ARXIV = re.compile(rf"({_ARXIV_NEW}|{_ARXIV_OLD})(?:v\d+)?")
_DOI = re.compile(r"(?:doi:\s*|doi\.org/)?(10\.\d{4,9}/[^\s\"<>]+)", re.IGNORECASE)
_ARXIV_DOI = re.compile(rf"10\.48550/arxiv\.({_ARXIV_NEW}|{_ARXIV_OLD})(?:v\d+)?", re.IGNORECASE)
_ACL_ID = r"[A-Z]\d{2}-\d{4}|\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+"
_ACL = re.compile(rf"(?:acl:|aclanthology\.org/)({_ACL_ID})")
_BARE_ACL = re.compile(rf"({_ACL_ID})")
_PAGES = (
    ("s2", "semanticscholar.org", r"/(?:paper/(?:[^\s/]+/)?)?([0-9a-f]{40})(?![0-9a-f])"),
    ("corpusid", "semanticscholar.org", r"/CorpusID:(\d+)"),
    ("openalex", "openalex.org", r"/(?:works/)?(W\d+)"),
    ("pmid", "pubmed.ncbi.nlm.nih.gov", r"/(\d+)"),
    ("pmid", "ncbi.nlm.nih.gov", r"/pubmed/(\d+)"),
    ("pmc", "ncbi.nlm.nih.gov", r"/(?:pmc/)?articles/(PMC\d+)"),
    ("openreview", "openreview.net", r"/(?:forum|pdf)\?id=([\w-]+)"),
    ("dblp", "dblp.org", r"/rec/(?:html/|bibtex/)?([\w/-]+)"),
)
_SITES = tuple((scheme, host, re.compile(re.escape(host) + path)) for scheme, host, path in _PAGES)
"""Pages of papers, by scheme: what holds their identifier after the name of the site."""
_WRITTEN = re.compile(rf"({'|'.join(s for s in SCHEMES if s not in {'arxiv', 'doi', 'acl'})}):(\S+)", re.IGNORECASE)
_LOCAL = re.compile(r"ref:\S+")


def parse_identifier(text: str) -> str | None:
    """The identifier that a text holds, in its one form, or None."""
    text = text.strip()
    if match := _WRITTEN.fullmatch(text):
        return _written(match[1].lower(), match[2])
    if match := ("arxiv" in text.lower() and _ARXIV.search(text)) or _BARE_ARXIV.fullmatch(text):
        return f"arxiv:{match[1]}"
    if match := ("acl" in text and _ACL.search(text)) or _BARE_ACL.fullmatch(text):
        return f"acl:{match[1]}"
    if "10." in text and (match := _DOI.search(text)):
        return _doi(match[1])
    return _on_page(text) if "://" in text or "www." in text else _local(text)


def _on_page(address: str) -> str | None:
    """The identifier that the address of a paper's page holds."""
    for scheme, host, page in _SITES:
        if host in address and (match := page.search(address)):
            return f"{scheme}:{match[1]}"
    return None


def _written(scheme: str, value: str) -> str:
    if scheme == "pmc" and value.isdigit():
        return f"pmc:PMC{value}"
    return f"{scheme}:{value}"


def _local(text: str) -> str | None:
    return f"local:{text}" if _LOCAL.fullmatch(text) else None


def as_identifier(text: str) -> str | None:
    """The identifier that an input of edges writes: a known one, else one that holds within the inputs only."""
    words = text.split()
    return parse_identifier(text) or ("local:" + "_".join(words) if words else None)


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
    place = PLACES.get(scheme)
    return f"{place}{value}" if place else None
