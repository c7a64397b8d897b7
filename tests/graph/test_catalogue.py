"""The catalogue: cited works found by identifier or by words, the rest kept as external papers."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concite.graph.catalogue import Catalogue, Found, cited_work
from concite.graph.papers import Paper, PaperId, Reference, paper_id

HOLES = Paper(
    "Digging Deep Holes in Hard Ground", year=2020, authors=("Ada Byron", "Alan Turing"), identifiers=("acl:N19-1423",)
)
KEY = PaperId("acl-N19-1423")


def found(reference: Reference, *papers: Paper) -> Found:
    """What a reference is, among papers."""
    return Catalogue({paper_id(paper): paper for paper in papers or (HOLES,)}).find(cited_work(reference))


def test_an_identifier_settles_it() -> None:
    assert found(Reference("acl:N19-1423", "Another Title")) == Found(KEY, "identifier", 1.0)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("reference", "method"),
    [
        (Reference(title="Digging deep holes in hard ground.", year=2020, authors=("A. Byron",)), "title"),
        (Reference(title="Digging Deep Holes in Hard Ground", year=2021), "title"),
        (Reference(title="Diging deep holes in hard ground", year=2020, authors=("Byron, A.",)), "near title"),
        (
            Reference(title="Digging deep holes in hard ground. ArXiv e-prints", year=2020, authors=("Byron",)),
            "near title",
        ),
        (Reference(title="Digging deep holes in", year=2020, authors=("A Byron",)), "near title"),
    ],
)
def test_words_find_what_they_describe(reference: Reference, method: str) -> None:
    resolved = found(reference)
    assert resolved.paper == KEY
    assert resolved.method == method
    assert 0.6 < resolved.confidence <= 1


@pytest.mark.parametrize(
    "change",
    [
        {"authors": ("Charles Babbage",)},
        {"year": 2010},
        {"title": "Filling Deep Holes in Hard Ground"},
        {"identifier": "acl:P19-0001"},
    ],
)
def test_what_contradicts_is_an_external_paper(change: dict[str, Any]) -> None:
    reference = replace(Reference(title=HOLES.title, year=2020, authors=HOLES.authors), **change)
    assert found(reference).method == "external"


def test_of_two_versions_the_one_of_the_year_is_cited() -> None:
    later = replace(HOLES, year=2021, identifiers=("doi:10.1000/holes",))
    assert found(Reference(title=HOLES.title, year=2021, authors=HOLES.authors), HOLES, later).paper == paper_id(later)
    undated = found(Reference(title=HOLES.title, authors=HOLES.authors), HOLES, later)
    assert undated.confidence < 0.5


def test_an_external_paper_learns_from_all_that_cite_it() -> None:
    catalogue = Catalogue({})
    bare, told = Reference("s2:h"), Reference("s2:h", "Holes", 2020, ("Ada Byron",))
    keys = {catalogue.find(cited_work(reference)).paper for reference in (bare, told, bare)}
    assert keys == {"s2-h"}
    (paper,) = catalogue.external.values()
    assert (paper.title, paper.year, paper.authors) == ("Holes", 2020, ("Ada Byron",))


WORKS = st.lists(
    st.builds(
        Reference,
        st.sampled_from(["", "", "s2:a", "arxiv:1"]),
        st.sampled_from(["Digging Deep Holes in Ground", "Diging Deep Holes in Ground", "Pits", "Editorial"]),
        st.sampled_from([None, 2020, 2021]),
        st.sampled_from([(), ("Ada Byron",), ("A Byron", "A Turing")]),
    ),
    max_size=8,
)


def test_works_that_differ_in_their_identifier_alone_are_taken_in_one_order() -> None:
    works = [cited_work(Reference(key, "Digging Deep Holes in Ground", 2021, ())) for key in ("s2:a", "arxiv:1")]
    found = []
    for order in (works, works[::-1]):
        catalogue = Catalogue({})
        catalogue.add_cited(Counter(order))
        found.append(catalogue.external)
    assert found[0] == found[1]


@given(WORKS, st.randoms(use_true_random=False))
def test_the_order_of_references_changes_nothing(references: list[Reference], order: Any) -> None:
    def resolved(some: list[Reference]) -> tuple[dict[Reference, Found], dict[PaperId, Paper]]:
        catalogue = Catalogue({KEY: HOLES})
        catalogue.add_cited(Counter(map(cited_work, some)))
        return {reference: catalogue.find(cited_work(reference)) for reference in some}, catalogue.external

    shuffled = list(references)
    order.shuffle(shuffled)
    assert resolved(shuffled) == resolved(references)
