"""Terms: phrases that are names by their words and by where they stand."""

from hypothesis import given
from hypothesis import strategies as st

from concite.graph.linking import Linker
from concite.graph.mentions import Mention, Method
from concite.graph.papers import Paper
from concite.graph.proposals import Texts
from concite.graph.recognition import Recogniser
from concite.graph.terms import SURE, probability
from concite.ontology import ConceptClass, Origin, Role, load_vocabulary

TITLE = "Wombat-Guided Burrow Segmentation via Nocturnal Tunnel Distillation"
ABSTRACT = (
    "Burrows are dark. We propose wombat-guided burrow segmentation, which uses nocturnal tunnel distillation. "
    "Experiments show that wombat-guided burrow segmentation digs deeper."
)


def terms(abstract: str = ABSTRACT, title: str = TITLE) -> dict[str, Mention]:
    linked = Linker(load_vocabulary()).link(Paper(title, abstract))
    return {m.text: m for m in linked.mentions if m.method is Method.TERM}


def test_a_phrase_of_title_and_abstract_is_a_term_wherever_it_stands() -> None:
    found = terms()
    assert {"Nocturnal Tunnel Distillation", "nocturnal tunnel distillation"} <= set(found)
    one, other = found["Nocturnal Tunnel Distillation"], found["nocturnal tunnel distillation"]
    assert one.concept.id == other.concept.id
    assert one.concept.origin is Origin.CANDIDATE
    assert one.concept.concept_class is ConceptClass.TECHNIQUE


def test_a_term_stands_under_the_known_concept_that_it_ends_with() -> None:
    found = terms("We study semantic burrow image segmentation. Semantic burrow image segmentation is hard.",
                  "Semantic Burrow Image Segmentation")  # fmt: skip
    assert {m.concept.broader for m in found.values()} == {"image-segmentation"}
    assert {m.concept.concept_class for m in found.values()} == {ConceptClass.TASK}


def test_a_term_has_a_role_like_any_concept() -> None:
    roles = {text: mention.role for text, mention in terms().items()}
    assert roles["Nocturnal Tunnel Distillation"] == roles["nocturnal tunnel distillation"]
    assert Role.COMPARES not in roles.values()


def test_loose_words_are_no_term() -> None:
    assert not terms("Wombats sleep all day. They eat grass at night and dig.", "Some wombats")


def test_a_term_is_at_least_as_sure_as_it_must_be() -> None:
    paper = Paper(TITLE, ABSTRACT)
    spans = Recogniser(load_vocabulary()).recognise(paper, Texts.of(paper))
    sure = [span.confidence for span in spans if span.method is Method.TERM]
    assert sure
    assert min(sure) >= SURE
    assert probability([]) == 0.5
    assert probability(["always"]) < SURE


@given(st.lists(st.text(max_size=20), max_size=8))
def test_the_order_of_features_changes_no_probability(features: list[str]) -> None:
    told = ["always", "in both fields", "last loss", "proposed", "first linear", *features]
    assert 0 < probability(told) == probability(told[::-1]) < 1
