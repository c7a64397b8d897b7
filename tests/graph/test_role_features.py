"""Features of roles: readable names for what is said around a mention."""

import pytest

from concite.graph.mentions import Field, Method, Named, Span
from concite.graph.papers import Paper
from concite.graph.proposals import Texts
from concite.graph.role_features import Context, features
from concite.ontology import ConceptClass, Origin
from concite.ontology.concepts import ConceptId


def span(text: str, name: str, method: Method = Method.NAME, field: Field = Field.ABSTRACT) -> Span:
    concept = Named(ConceptId("x"), ConceptClass.TECHNIQUE, name, Origin.VOCABULARY)
    start = text.index(name)
    return Span(field, start, start + len(name), concept, method, 0.9)


def context(abstract: str, title: str = "Notes") -> Context:
    texts = Texts.of(Paper(title, abstract))
    return Context(texts.original, texts.words)


def test_features_have_names_that_a_person_can_read() -> None:
    text = "Models are slow. We use LoRA here."
    found = features(context(text), [span(text, "LoRA")])
    assert found == tuple(sorted(found))
    assert {"last sentence", "class technique", "uses before", "mentioned once"} <= set(found)
    title = "A Survey of LoRA"
    found = features(context("", title), [span(title, "LoRA", field=Field.TITLE)])
    assert {"in the title", "in a survey"} <= set(found)


def test_a_cue_outside_the_sentence_does_not_count() -> None:
    text = "We outperform them. LoRA."
    assert "compares before" not in features(context(text), [span(text, "LoRA")])


def test_what_a_concept_is_is_a_feature() -> None:
    assert {"is lora", "is fine-tuning"} <= set(
        features(context("LoRA."), [span("LoRA.", "LoRA")], ("lora", "fine-tuning"))
    )


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("LoRA: Tuning", {"title begins", "before the colon", "title: after none"}),
        ("A Way: Tuning via LoRA", {"title: after via", "title: right after via", "after the colon"}),
        ("Tuning with a Slow LoRA", {"title: after with", "title: right after a word", "no colon"}),
    ],
)
def test_the_place_in_a_title_is_told(title: str, expected: set[str]) -> None:
    assert expected <= set(features(context("", title), [span(title, "LoRA", field=Field.TITLE)]))
