"""Merging: records made papers, each once."""

import itertools
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concite.graph.decisions import UNDECIDED, Decisions
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
    (member,) = unified.merged
    assert (member.record, member.paper) == (one, "arxiv-2106.09685")
    assert member.reason == "arxiv:2106.09685 in common"


def test_parts_of_a_paper_without_title_complete_the_one_with_it() -> None:
    titled = Paper("LoRA", identifiers=("corpusid:5",), source="papers", position="1")
    abstract = Paper(
        "", "Adapts models.", identifiers=("doi:10.1234/x", "corpusid:5"), source="abstracts", position="1"
    )
    summary = Paper("", identifiers=("corpusid:5",), metadata=(("tldr", "Adapts."),), source="tldrs", position="1")
    alone = Paper("", "Nobody knows its title.", identifiers=("corpusid:6",), source="abstracts", position="2")
    papers = unify([alone, summary, abstract, titled]).papers
    assert {key: paper.title for key, paper in papers.items()} == {"corpusid-6": "corpusid:6", "doi-10.1234/x": "LoRA"}
    merged = papers[paper_id(abstract)]
    assert (merged.abstract, merged.metadata) == ("Adapts models.", (("tldr", "Adapts."),))


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


HOLES = Paper(
    "Digging Deep Holes in Hard Ground",
    "We dig holes that are deeper than those of others, and measure how deep they are.",
    2020,
    venue="Holes",
    authors=("Ada Byron", "Alan Turing"),
    source="a",
    position="1",
)


def kept(*papers: Paper, decisions: Decisions = UNDECIDED) -> list[str]:
    """The ids of the papers that records become."""
    return list(unify(papers, decisions).papers)


def test_records_without_identifiers_are_one_paper_by_title_author_and_year() -> None:
    bare = replace(HOLES, abstract=None, authors=("Byron, A.",), position="2")
    pasted = replace(HOLES, title="DIGGING deep holes in hard ground!", authors=(), year=None, position="3")
    unified = unify([HOLES, bare, pasted])
    assert len(unified.papers) == 1
    assert len(unified.merged) == 2
    assert all(member.reason and 0.5 < (member.score or 0) <= 1 for member in unified.merged)


def test_a_record_without_identifier_joins_the_one_that_has_it() -> None:
    identified = replace(HOLES, identifiers=("doi:10.1000/holes",), source="b")
    assert kept(HOLES, identified) == ["doi-10.1000/holes"]


def test_a_preprint_and_the_published_paper_are_one_with_both_identifiers() -> None:
    preprint = replace(HOLES, identifiers=("arxiv:1912.00001",), year=2019, venue="arXiv", source="b")
    published = replace(HOLES, identifiers=("doi:10.1000/holes",))
    (paper,) = unify([preprint, published]).papers.values()
    assert paper.identifiers == ("arxiv:1912.00001", "doi:10.1000/holes")


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"identifiers": ("doi:10.1000/other",)}, "each has its own doi"),
        ({"venue": "Pits"}, "other venues"),
        ({"year": 2021}, "other years"),
    ],
)
def test_two_publications_of_a_work_stay_apart_and_are_related(other: dict[str, Any], reason: str) -> None:
    one, two = replace(HOLES, identifiers=("doi:10.1000/holes",)), replace(HOLES, position="2", **other)
    unified = unify([one, two])
    assert len(unified.papers) == 2
    (version,) = unified.versions
    assert version.reason == reason


@pytest.mark.parametrize(
    "other",
    [
        {"authors": ("Charles Babbage",)},
        {"title": "Digging Deep Holes in Soft Ground"},
        {"title": "Digging Deep Holes in Hard Ground, Part 2", "abstract": None},
        {"year": 2010},
    ],
)
def test_what_authors_title_or_year_tell_apart_stays_apart(other: dict[str, Any]) -> None:
    assert len(kept(HOLES, replace(HOLES, position="2", **other))) == 2


def test_a_title_and_a_year_alone_make_no_paper_of_two() -> None:
    column = Paper("News from the Field, Continued in This Issue", year=1977, source="a", position="1")
    assert len(kept(column, replace(column, position="2"))) == 2


def test_a_misprint_in_the_title_is_overlooked_where_the_abstracts_agree() -> None:
    misprint = replace(HOLES, title="Diging Deep Holes in Hard Ground", position="2")
    assert len(kept(HOLES, misprint)) == 1
    assert len(kept(HOLES, replace(misprint, abstract=None))) == 2


def test_a_doubtful_record_does_not_bring_two_papers_together() -> None:
    bare = replace(HOLES, abstract=None, authors=(), year=None, source="c")
    other = replace(HOLES, authors=("Charles Babbage",), abstract="Other words on quite another thing.", source="b")
    for order in itertools.permutations([HOLES, bare, other]):
        unified = unify(order)
        assert len(unified.papers) == 2
        assert unified == unify([HOLES, bare, other])


def test_an_identifier_that_unlike_papers_share_is_used_for_neither_and_told() -> None:
    volume = ("doi:10.1000/volume",)
    one = replace(HOLES, identifiers=volume)
    other = Paper("Filling Pits", "We fill.", authors=("Grace Hopper",), identifiers=volume, source="a", position="9")
    unified = unify([one, other])
    assert sorted(paper.identifiers for paper in unified.papers.values()) == [(), ()]
    assert [(doubt.position, doubt.text) for doubt in unified.doubts] == [("1", volume[0]), ("9", volume[0])]


def test_most_records_keep_an_identifier_that_another_has_by_mistake() -> None:
    shared = ("doi:10.1000/holes",)
    right = [replace(HOLES, identifiers=shared, source=source) for source in "ab"]
    wrong = Paper("Filling Pits", "We fill.", authors=("Grace Hopper",), identifiers=shared, source="c", position="9")
    unified = unify([*right, wrong])
    assert unified.papers[paper_id(right[0])].title == HOLES.title
    assert [doubt.input for doubt in unified.doubts] == ["c"]


def test_a_decision_keeps_records_apart_or_makes_them_one() -> None:
    one = replace(HOLES, identifiers=("arxiv:1912.00001",))
    two = replace(HOLES, identifiers=("doi:10.1000/holes",), source="b")
    apart = UNDECIDED.with_more(apart=[("arxiv:1912.00001", "doi:10.1000/holes")])
    assert len(kept(one, two)) == 1
    assert len(kept(one, two, decisions=apart)) == 2
    assert len(kept(one, two, decisions=apart.with_more(same=apart.apart))) == 1
    other = Paper("Pits", source="c", position="7")
    assert len(kept(one, other, decisions=UNDECIDED.with_more(same=[("c:7", "arxiv:1912.00001")]))) == 1


def test_what_was_removed_does_not_come_back() -> None:
    unified = unify([HOLES, Paper("Pits", identifiers=("s2:p",))], UNDECIDED.with_more(removed=["s2:p"]))
    assert [paper.title for paper in unified.papers.values()] == [HOLES.title]
    assert unified.removed == 1


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
