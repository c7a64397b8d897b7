"""Roles: one for each concept of a paper, from cues in the sentences that mention it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concite.graph.mentions import Method
from concite.graph.roles import Decision, _packed, _unpacked, decide_role, most_likely
from concite.ontology import Role

from .helpers import link
from .test_role_features import context, span


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


@given(
    st.lists(st.lists(st.floats(-100, 100).map(lambda weight: round(weight, 3)), min_size=5, max_size=5), max_size=50)
)
def test_weights_of_all_roles_add_up_in_one_number(rows: list[list[float]]) -> None:
    sums = list(_unpacked(sum(map(_packed, rows)), 5))
    assert sums == pytest.approx([sum(column) for column in zip(*rows, strict=True)] or [0.0] * 5)
