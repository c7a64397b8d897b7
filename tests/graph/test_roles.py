"""Roles: one for each concept of a paper, from cues in the sentences that mention it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concite.graph.mentions import Field, Method, Named, Span
from concite.graph.papers import Paper
from concite.graph.proposals import Texts
from concite.graph.roles import Context, Decision, decide_role, features, most_likely
from concite.ontology import ConceptClass, Origin, Role
from concite.ontology.concepts import ConceptId

from .helpers import link


def span(text: str, name: str, method: Method = Method.NAME, field: Field = Field.ABSTRACT) -> Span:
    concept = Named(ConceptId("x"), ConceptClass.TECHNIQUE, name, Origin.VOCABULARY)
    start = text.index(name)
    return Span(field, start, start + len(name), concept, method, 0.9)


def context(abstract: str, title: str = "Notes") -> Context:
    texts = Texts.of(Paper(title, abstract))
    return Context(texts.original, texts.words)


def role(abstract: str, name: str) -> Role:
    (found,) = {m.role for m in link(abstract).mentions if m.text == name}
    return found


@pytest.mark.parametrize(
    ("abstract", "name", "expected"),
    [
        ("Prior work is slow. We use LoRA to fine-tune models.", "LoRA", Role.USES),
        ("We propose a method. It is based on LoRA and leverages adapters.", "LoRA", Role.USES),
        ("We propose a method. Experiments on MMLU show that it works.", "MMLU", Role.EVALUATES),
        ("We propose a method. Our method outperforms LoRA by far.", "LoRA", Role.COMPARES),
        ("Recently, methods such as LoRA have become popular. We look elsewhere.", "LoRA", Role.MENTIONS),
    ],
)
def test_a_plain_sentence_has_the_plain_role(abstract: str, name: str, expected: Role) -> None:
    assert role(abstract, name) is expected


def test_what_a_paper_coined_or_is_known_for_it_introduces() -> None:
    text = "WombatNet is compared with others."
    assert decide_role(context(text), [span(text, "WombatNet")], own=True).role is Role.INTRODUCES
    coined = span(text, "WombatNet", Method.COINED)
    assert decide_role(context(text), [coined], own=False) == Decision(Role.INTRODUCES, 0.9)


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


@given(st.lists(st.sampled_from(["always", "uses before", "in the title", "unheard of", "compares before"])))
def test_a_decision_is_a_role_with_its_probability(found: list[str]) -> None:
    decision = most_likely(found)
    assert decision.role in set(Role)
    assert 1 / len(Role) <= decision.confidence <= 1
    assert most_likely(reversed(found)) == decision or not found or len(set(found)) > 1


def test_roles_stand_from_the_strongest_to_the_weakest() -> None:
    assert [each.rank for each in Role] == [0, 1, 2, 3, 4]
    assert Role.INTRODUCES.rank == 0
    assert Role.MENTIONS.rank == 4
