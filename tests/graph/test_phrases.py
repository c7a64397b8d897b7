"""Phrases: runs of words that may be names, and what speaks for them."""

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from concite.graph.mentions import Method
from concite.graph.papers import Paper
from concite.graph.phrases import LONGEST, PROSE, Phrase, phrases
from concite.graph.proposals import Proposal, Texts
from concite.graph.recognition import Recogniser
from concite.ontology import ConceptClass, load_vocabulary

HEADS = {"segmentation": ConceptClass.TASK, "loss": ConceptClass.TECHNIQUE, "tree": ConceptClass.TECHNIQUE}


def found(title: str, abstract: str = "", known: tuple[Proposal, ...] = ()) -> dict[str, Phrase]:
    texts = Texts.of(Paper(title, abstract))
    return {texts.original[p.field][p.start : p.end]: p for p in phrases(texts, known, HEADS)}


@cache
def recogniser() -> Recogniser:
    return Recogniser(load_vocabulary())


def names(title: str, abstract: str) -> list[Proposal]:
    paper = Paper(title, abstract)
    return recogniser().names(paper, Texts.of(paper))


def test_what_title_and_abstract_share_may_be_a_name() -> None:
    known = found("Wombat burrow segmentation", "We study wombat burrow segmentation at night.")
    assert "in both fields" in known["wombat burrow segmentation"].features
    assert "found 2 times" in known["wombat burrow segmentation"].features
    assert known["wombat burrow segmentation"].head is ConceptClass.TASK


def test_singular_and_plural_are_one_phrase() -> None:
    known = found("Wombat trees", "A wombat tree grows.")
    assert known["Wombat trees"].key == known["wombat tree"].key == "wombat tree"


def test_without_a_sign_a_phrase_of_the_abstract_is_none() -> None:
    assert "quick burrow segmentation" not in found("On wombats", "They like quick burrow segmentation.")


def test_what_is_called_new_or_proposed_or_listed_may_be_a_name() -> None:
    assert "called new" in found("On wombats", "It has a novel burrow loss inside.")["burrow loss"].features
    assert "proposed" in found("On wombats", "We propose a burrow loss for them.")["burrow loss"].features
    assert "listed" in found("On wombats", "It has two parts: (1) a burrow loss that digs.")["burrow loss"].features


def test_a_phrase_holds_no_word_of_grammar_and_no_sign() -> None:
    for text in found("Wombats of the north, segmentation loss and tree"):
        assert not {"of", "the", "and"} & set(text.split()) and "," not in text


def test_a_known_name_is_no_phrase_and_none_cuts_it() -> None:
    title = "Burrowing semantic segmentation"
    known = tuple(p for p in names(title, "") if title[p.start : p.end] == "semantic segmentation")
    assert known
    assert set(found(title, known=known)) == {title}
    ends = found(title, known=known)[title]
    assert ends.known == known[0]
    assert "ends in a task" in ends.features


def test_a_noun_that_only_says_the_kind_belongs_to_a_name_in_capitals_alone() -> None:
    heads = HEADS | {"method": ConceptClass.TECHNIQUE}
    texts = Texts.of(Paper("wombat method", "The wombat method and the Burrow Method are slow."))
    told = {texts.original[p.field][p.start : p.end] for p in phrases(texts, (), heads)}
    assert told == {"Burrow Method"}


def test_a_run_beyond_prose_is_left_alone() -> None:
    assert not found("tree " * (PROSE + 1))
    assert "Wombat Tree" in found("wombat tree", "A Wombat Tree.")
    assert "Wombat Tree" not in found("wombat tree", "A Wombat Tree. " * 100 * PROSE)


@given(st.text("abAB -.,:()'s", max_size=60), st.text("abAB -.,:()'s", max_size=200))
def test_phrases_stand_where_they_say(title: str, abstract: str) -> None:
    texts = Texts.of(Paper(title, abstract))
    for phrase in phrases(texts, (), {"a": ConceptClass.TASK, "b": ConceptClass.TASK}):
        text = texts.original[phrase.field]
        assert 0 <= phrase.start < phrase.end <= len(text)
        assert len(text[phrase.start : phrase.end].split()) <= LONGEST
        assert not text[phrase.start : phrase.end].endswith((" ", "-", "'s"))
    assert Method.TERM not in {p.method for p in names(title, abstract)}
