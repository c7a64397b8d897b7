"""Merging: records made papers, each once."""

import itertools
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from concite.graph.merging import unify
from concite.graph.papers import Paper, Reference, paper_id


def test_records_with_an_identifier_in_common_are_one_paper() -> None:
    one = Paper("LoRA", "Adapts.", identifiers=("arxiv:2106.09685",), source="a", position="1")
    other = Paper("Lora!", year=2021, identifiers=("arxiv:2106.09685", "doi:10.1234/x"), source="b", position="7")
    unified = unify([one, other])
    assert list(unified.papers) == ["arxiv-2106.09685"]
    (merged,) = unified.papers.values()
    assert (merged.title, merged.abstract, merged.year) == ("Lora!", "Adapts.", 2021)
    assert merged.identifiers == ("arxiv:2106.09685", "doi:10.1234/x")
    (note,) = unified.merged
    assert (note.input, note.position, note.text) == ("a", "1", "LoRA")
    assert note.reason == "merged: the same paper as b:7 (arxiv-2106.09685)"


def test_identifiers_join_records_over_others_in_every_order() -> None:
    chain = (
        Paper("A", identifiers=("arxiv:2106.00001", "doi:10.1234/a"), abstract="long abstract"),
        Paper("B", identifiers=("acl:N19-1423", "s2:b"), abstract="longer abstract"),
        Paper("C", identifiers=("doi:10.1234/a", "acl:N19-1423")),
        Paper("D", identifiers=("s2:b",)),
    )
    results = [unify(order) for order in itertools.permutations(chain)]
    assert all(result == results[0] for result in results)
    (paper,) = results[0].papers.values()
    assert set(results[0].papers) == {"arxiv-2106.00001"}
    assert paper.identifiers == ("arxiv:2106.00001", "doi:10.1234/a", "acl:N19-1423", "s2:b")
    assert len(results[0].merged) == 3


def test_the_strongest_identifier_of_all_records_is_the_id() -> None:
    full = Paper("A", "Long.", identifiers=("doi:10.1234/a", "s2:b"))
    found = unify([full, Paper("A", identifiers=("arxiv:2106.00001", "s2:b"))])
    assert list(found.papers) == ["arxiv-2106.00001"]
    assert paper_id(found.papers[paper_id(Paper("", identifiers=("arxiv:2106.00001",)))]) == "arxiv-2106.00001"


def test_references_of_merged_records_are_joined() -> None:
    one = Paper("A", identifiers=("s2:a",), references=(Reference("doi:10.1234/b"), Reference("s2:x")))
    other = Paper("A", identifiers=("s2:a",), references=(Reference("s2:x"), Reference("arxiv:2106.09685")))
    (paper,) = unify([one, other]).papers.values()
    assert {each.identifier for each in paper.references} == {"doi:10.1234/b", "s2:x", "arxiv:2106.09685"}
    assert len(paper.references) == 3


def test_records_without_identifiers_are_one_paper_by_title_author_and_year() -> None:
    papers = [
        Paper("Digging", "We dig.", year=2020),
        Paper("DIGGING!", year=2020),
        Paper("Digging", "We dig.", year=2020),
    ]
    unified = unify(papers)
    assert len(unified.papers) == 1
    assert len(unified.merged) == 2


def test_papers_of_one_title_that_tell_different_things_stay_apart() -> None:
    papers = [
        Paper("Editorial", f"In issue {number} we look at holes.", source="a", position=str(number))
        for number in range(3)
    ]
    unified = unify(papers)
    assert sorted(paper.abstract or "" for paper in unified.papers.values()) == [p.abstract for p in papers]
    assert all(key.startswith("editorial-") for key in unified.papers)
    assert unified.merged == ()
    assert unify(reversed(papers)) == unified


def test_thousands_of_papers_of_one_title_stay_apart() -> None:
    papers = [Paper("Editorial", f"In issue {number} we look at holes.") for number in range(2000)]
    assert len(unify(papers).papers) == 2000


PIECES = st.builds(
    Paper,
    title=st.sampled_from(["A", "B"]),
    abstract=st.sampled_from([None, "x", "y"]),
    year=st.sampled_from([None, 2020]),
    identifiers=st.lists(st.sampled_from(["arxiv:1", "doi:2", "acl:3", "s2:4", "pmid:5"]), max_size=3, unique=True).map(
        lambda found: tuple(sorted(found))
    ),
    source=st.just("a"),
    position=st.integers(1, 99).map(str),
)


@given(st.lists(PIECES, max_size=8, unique_by=lambda paper: paper.position), st.randoms(use_true_random=False))
def test_no_record_is_lost_and_no_identifier_is_on_two_papers(papers: list[Paper], order: Any) -> None:
    unified = unify(papers)
    assert len(unified.papers) + len(unified.merged) == len(papers)
    held = [identifier for paper in unified.papers.values() for identifier in paper.identifiers]
    assert len(held) == len(set(held))
    assert {i for paper in papers for i in paper.identifiers} == set(held)
    shuffled = list(papers)
    order.shuffle(shuffled)
    assert unify(shuffled) == unified
