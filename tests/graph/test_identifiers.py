"""Identifiers: recognised in what people write, and written one way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concite.graph.identifiers import SCHEMES, address, as_identifier, in_order, parse_identifier


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("2106.09685", "arxiv:2106.09685"),
        ("2106.09685v3", "arxiv:2106.09685"),
        ("arXiv:2106.09685", "arxiv:2106.09685"),
        ("arxiv: 2106.09685v1 [cs.CL]", "arxiv:2106.09685"),
        ("https://arxiv.org/abs/2106.09685v2", "arxiv:2106.09685"),
        ("http://www.arxiv.org/pdf/2106.09685v2.pdf", "arxiv:2106.09685"),
        ("https://arxiv.org/html/2106.09685", "arxiv:2106.09685"),
        ("0704.0001", "arxiv:0704.0001"),
        ("cs/0112017", "arxiv:cs/0112017"),
        ("arXiv:cs.CL/0112017v2", "arxiv:cs.CL/0112017"),
        ("https://arxiv.org/abs/hep-th/9901001", "arxiv:hep-th/9901001"),
        ("10.1145/3442188.3445922", "doi:10.1145/3442188.3445922"),
        ("https://doi.org/10.1145/3442188.3445922.", "doi:10.1145/3442188.3445922"),
        ("https://dx.doi.org/10.1038/NATURE14539", "doi:10.1038/nature14539"),
        ("DOI: 10.18653/v1/N19-1423", "doi:10.18653/v1/n19-1423"),
        ("10.1016/0004-3702(94)90105-8", "doi:10.1016/0004-3702(94)90105-8"),
        ("10.48550/arXiv.2106.09685", "arxiv:2106.09685"),
        ("https://doi.org/10.48550/arXiv.2106.09685v2", "arxiv:2106.09685"),
        ("acl:N19-1423", "acl:N19-1423"),
        ("https://aclanthology.org/N19-1423/", "acl:N19-1423"),
        ("https://www.aclanthology.org/2020.acl-main.1.pdf", "acl:2020.acl-main.1"),
        ("S2:649def34f8be52c8b66281af98ae884c09aef38b", "s2:649def34f8be52c8b66281af98ae884c09aef38b"),
        ("openalex:W2741809807", "openalex:W2741809807"),
        ("pmid:123", "pmid:123"),
        ("N19-1423", "acl:N19-1423"),
        ("2020.acl-main.1", "acl:2020.acl-main.1"),
        ("https://openalex.org/W2741809807", "openalex:W2741809807"),
        ("https://api.openalex.org/works/W2741809807", "openalex:W2741809807"),
        ("https://pubmed.ncbi.nlm.nih.gov/33541/", "pmid:33541"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC9925312", "pmc:PMC9925312"),
        ("pmc:9925312", "pmc:PMC9925312"),
        ("CorpusId:215416146", "corpusid:215416146"),
        ("https://api.semanticscholar.org/CorpusID:215416146", "corpusid:215416146"),
        (
            "https://www.semanticscholar.org/paper/A-Title/649def34f8be52c8b66281af98ae884c09aef38b",
            "s2:649def34f8be52c8b66281af98ae884c09aef38b",
        ),
        ("https://openreview.net/forum?id=B1-Hhnslg", "openreview:B1-Hhnslg"),
        ("https://dblp.org/rec/conf/nips/ByronT17", "dblp:conf/nips/ByronT17"),
        ("ref:1904-0001", "local:ref:1904-0001"),
        ("  2106.09685\n", "arxiv:2106.09685"),
    ],
)
def test_an_identifier_has_one_form(text: str, identifier: str) -> None:
    assert parse_identifier(text) == identifier
    assert parse_identifier(identifier) == identifier


@pytest.mark.parametrize(
    "text",
    [
        "", "lora", "2021", "21.5", "2106.096851", "arxiv:2106.096851",
        "version 2106.09685 of it", "10.1/x", "10.1234/.",
        "pmid: 123", "https://example.org/paper",
    ],
)  # fmt: skip
def test_what_is_no_identifier_is_none(text: str) -> None:
    assert parse_identifier(text) is None


def test_what_an_edge_list_writes_is_an_identifier_at_least_within_the_inputs() -> None:
    assert as_identifier("N19-1423") == "acl:N19-1423"
    assert as_identifier(" 9301001 ") == "local:9301001"
    assert as_identifier("node a") == "local:node_a"
    assert as_identifier("local:9301001") == "local:9301001"
    assert as_identifier(" ") is None


@given(st.text())
def test_reading_an_identifier_again_changes_nothing(text: str) -> None:
    for written in (text, f"10.1234/{text}", f"10.48550/arxiv.{text}", f"s2:{text}"):
        if identifier := parse_identifier(written):
            assert parse_identifier(identifier) == identifier
            assert identifier.partition(":")[0] in SCHEMES


def test_the_strongest_scheme_comes_first_then_the_smallest_value() -> None:
    mixed = {"pmid:1", "doi:10.1234/b", "acl:N19-1423", "doi:10.1234/a", "arxiv:2106.09685", "s2:abc", "openalex:W1"}
    assert in_order(mixed) == (
        "arxiv:2106.09685",
        "doi:10.1234/a",
        "doi:10.1234/b",
        "acl:N19-1423",
        "s2:abc",
        "openalex:W1",
        "pmid:1",
    )
    assert in_order(set()) == ()


def test_every_scheme_with_pages_has_an_address() -> None:
    assert address("arxiv:2106.09685") == "https://arxiv.org/abs/2106.09685"
    assert address("doi:10.1234/x") == "https://doi.org/10.1234/x"
    without = {scheme for scheme in SCHEMES if address(f"{scheme}:1") is None}
    assert without == {"mag", "mlanthology", "local"}
    assert address("unknown:1") is None
