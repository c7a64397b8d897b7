"""Linking: every mention with its words, its concept, one role for each concept, and a confidence."""

from concite.graph.linking import Linker
from concite.graph.papers import Paper
from concite.ontology import Origin, Role, Vocabulary

from ..conftest import PAPERS
from .helpers import link


def test_a_linked_paper_is_the_paper_with_its_mentions_in_order(small: Vocabulary) -> None:
    linked = Linker(small).link(PAPERS[0])
    assert linked.paper is PAPERS[0]
    places = [(m.field != "title", m.start) for m in linked.mentions]
    assert places == sorted(places)
    assert (linked.mentions[0].field, linked.mentions[0].text) == ("title", "TinyTune")


def test_every_mention_points_at_its_words(small: Vocabulary) -> None:
    for paper in PAPERS:
        for mention in Linker(small).link(paper).mentions:
            text = paper.title if mention.field == "title" else paper.abstract or ""
            assert text[mention.start : mention.end] == mention.text


def test_one_concept_has_one_role_wherever_it_is_mentioned() -> None:
    linked = link("LoRA is popular. We use LoRA. We outperform LoRA.", "On LoRA")
    assert len(linked.mentions) == 4
    assert len({m.role for m in linked.mentions}) == 1


def test_confidence_is_a_probability_and_lower_for_weaker_evidence() -> None:
    mentions = {m.text: m for m in link("We use LoRA and QuokkaNet.").mentions}
    assert all(0 < m.confidence <= 1 for m in mentions.values())
    assert mentions["QuokkaNet"].confidence < mentions["LoRA"].confidence


def test_a_papers_own_names_are_introduced_and_no_others(small: Vocabulary) -> None:
    linked = Linker(small).link(PAPERS[0])
    introduced = {m.concept.label for m in linked.mentions if m.role is Role.INTRODUCES}
    assert introduced == {"TinyTune"}
    assert {m.concept.origin for m in linked.mentions if m.concept.label == "TinyTune"} == {Origin.CANDIDATE}


def test_one_linker_links_many_papers_alike(small: Vocabulary) -> None:
    linker = Linker(small)
    first = [linker.link(paper) for paper in PAPERS]
    assert [linker.link(paper) for paper in reversed(PAPERS)] == first[::-1]
    assert [Linker(small).link(paper) for paper in PAPERS] == first


def test_a_paper_without_abstract_is_linked_by_its_title() -> None:
    assert [m.text for m in link("", "LoRA on GPUs").mentions] == ["LoRA", "GPUs"]


def test_the_position_of_a_paper_does_not_change_its_mentions(small: Vocabulary) -> None:
    linker = Linker(small)
    text = "We propose WombatNet, a novel method, and test LoRA."
    one = linker.link(Paper("Digging", text, source="a", position="1"))
    other = linker.link(Paper("Digging", text, source="b", position="9"))
    assert one.mentions == other.mentions
