"""Shared heads: what goes on from a model's name is a variant of the same family."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concite.graph.linking import LinkedPaper, Linker
from concite.graph.mentions import Method
from concite.graph.papers import Paper
from concite.ontology.cache import load_vocabulary


@cache
def linker() -> Linker:
    return Linker(load_vocabulary())


def link(text: str) -> LinkedPaper:
    return linker().link(Paper("Notes", text))


def found(text: str) -> list[tuple[str, str]]:
    return [(mention.text, mention.concept.label) for mention in link(text).mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LLaMA-2 7B and 13B.", [("LLaMA-2 7B", "Llama 2 7B"), ("13B", "Llama 2 13B")]),
        (
            "Llama-3.1 8B, 70B and 405B.",
            [("Llama-3.1 8B", "Llama 3.1 8B"), ("70B", "Llama 3.1 70B"), ("405B", "Llama 3.1 405B")],
        ),
        ("Llama2-7B/13B.", [("Llama2-7B", "Llama 2 7B"), ("13B", "Llama 2 13B")]),
        ("Qwen2.5 (0.5B, 7B).", [("Qwen2.5", "Qwen2.5"), ("0.5B", "Qwen2.5 0.5B"), ("7B", "Qwen2.5 7B")]),
        ("OPT-1.3B to 2.7B.", [("OPT-1.3B", "OPT 1.3B"), ("2.7B", "OPT 2.7B")]),
        ("BERT-base/large.", [("BERT-base", "BERT-base"), ("large", "BERT-large")]),
        ("T5-base and -large.", [("T5-base", "T5-base"), ("large", "T5-large")]),
        ("GPT-3.5 and 4.", [("GPT-3.5", "GPT-3.5"), ("4", "GPT-4")]),
        ("GPT-3.5 and 4 models.", [("GPT-3.5", "GPT-3.5"), ("4", "GPT-4")]),
    ],
)
def test_what_goes_on_from_a_name_is_a_variant_of_its_family(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "GPT-4 and 3 others.",
        "GPT-4 and 5 machines.",
        "GPT-4, 12 of which.",
        "Llama-2 7B and 13% more.",
        "Llama 2 and 13B tokens.",
        "BERT and large.",
    ],
)
def test_what_only_follows_a_name_does_not_go_on_from_it(text: str) -> None:
    assert len(found(text)) == 1


def test_it_is_found_by_the_grammar_of_names() -> None:
    assert [mention.method for mention in link("LLaMA-2 7B and 13B.").mentions][1] is Method.GRAMMAR


@given(st.lists(st.sampled_from(["7B", "13B", "70B", "1.5B", "8x7B"]), min_size=1, max_size=6))
def test_every_size_of_a_list_is_found_where_it_stands(sizes: list[str]) -> None:
    text = f"We try Llama-2-{', '.join(sizes)}."
    assert [mention.text for mention in link(text).mentions] == [f"Llama-2-{sizes[0]}", *sizes[1:]]
