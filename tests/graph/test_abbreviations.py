"""Abbreviations as a text defines them, after Schwartz and Hearst, and beyond."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concite.graph.abbreviations import abbreviations, best_long_form

LONG_FIRST = [
    ("Retrieval-Augmented Generation (RAG) helps.", "RAG", "Retrieval-Augmented Generation"),
    ("We use large language models (LLMs).", "LLMs", "large language models"),
    ("A convolutional neural network (CNN) sees.", "CNN", "convolutional neural network"),
    ("graphics processing units (GPUs)", "GPUs", "graphics processing units"),
    ("mean average precision (mAP)", "mAP", "mean average precision"),
    ("mixture-of-experts (MoE)", "MoE", "mixture-of-experts"),
    ("key-value (KV) caches", "KV", "key-value"),
    ("reinforcement learning from human feedback (RLHF)", "RLHF", "reinforcement learning from human feedback"),
    (
        "Bidirectional Encoder Representations from Transformers (BERT)",
        "BERT",
        "Bidirectional Encoder Representations from Transformers",
    ),
    ("chain-of-thought (CoT; Wei et al.)", "CoT", "chain-of-thought"),
    ("multi-layer perceptron (MLP, or dense layer)", "MLP", "multi-layer perceptron"),
    ('Group Relative Policy Optimization ("GRPO")', "GRPO", "Group Relative Policy Optimization"),
    ("Singular Value Decomposition(SVD)", "SVD", "Singular Value Decomposition"),
    ("We propose the novel Deep Learning Model (DLM).", "DLM", "Deep Learning Model"),
    ("Based on the United Nations (UN)", "UN", "United Nations"),
    ("It works. Foo Bar (FB) too.", "FB", "Foo Bar"),
    ("Parameter-Efficient Fine-Tuning (PEFT)", "PEFT", "Parameter-Efficient Fine-Tuning"),
]

SHORT_FIRST = [
    ("LLM (Large Language Model) agents", "LLM", "Large Language Model"),
    ("LoRA (Low-Rank Adaptation) is", "LoRA", "Low-Rank Adaptation"),
    ("We report AUC (area under the curve).", "AUC", "area under the curve"),
]

NO_DEFINITIONS = [
    "results (see Table 2)",
    "in spring (COVID)",
    "a group (n=3)",
    "high accuracy (85%)",
    "GPT-4 (OpenAI)",
    "the model (which is large)",
    "Figure 1 (A)",
    "the KL divergence (KL)",
    "x (X)",
    "nothing here (RAG)",
    "It works well. (RAG) is next.",
    "as shown before (Smith 2020)",
    "a language model (Falcon)",
    "()",
    "(RAG)",
    "Retrieval-Augmented Generation RAG",
]


@pytest.mark.parametrize(("text", "short", "long"), [*LONG_FIRST, *SHORT_FIRST])
def test_a_definition_is_found_with_both_forms(text: str, short: str, long: str) -> None:
    assert [(each.short, each.long) for each in abbreviations(text)] == [(short, long)]


@pytest.mark.parametrize("text", NO_DEFINITIONS)
def test_other_parentheses_define_nothing(text: str) -> None:
    assert abbreviations(text) == ()


def test_a_name_that_goes_on_after_its_short_form_is_held_whole() -> None:
    text = "We present Core Context Aware (CCA) Attention here."
    (found,) = abbreviations(text)
    assert (found.short, found.long) == ("CCA", "Core Context Aware")
    assert text[found.long_start : found.tail_end] == "Core Context Aware (CCA) Attention"


@pytest.mark.parametrize(
    "text",
    ["core context aware (CCA) Attention here", "Core Context Aware (CCA) attention", "Core Context Aware (CCA)"],
)
def test_only_a_capitalised_name_goes_on(text: str) -> None:
    (found,) = abbreviations(text)
    assert found.tail_end is None


def test_all_definitions_of_a_text_are_found_in_its_order() -> None:
    text = "Large language models (LLMs) with low-rank adaptation (LoRA) and PEFT (parameter-efficient fine-tuning)."
    assert [each.short for each in abbreviations(text)] == ["LLMs", "LoRA", "PEFT"]


@pytest.mark.parametrize(
    ("short", "text", "long"),
    [
        ("HSP", "the Heat Shock Protein", "Heat Shock Protein"),
        ("HMM", "a hidden Markov model", "hidden Markov model"),
        ("T2-B", "the type 2 bridge", "type 2 bridge"),
        ("MoE", "many mixtures of experts", "mixtures of experts"),
        ("RAG", "nothing alike", None),
        ("AB", "xa b", None),
    ],
)
def test_the_long_form_is_matched_from_the_right_to_a_word_begin(short: str, text: str, long: str | None) -> None:
    start = best_long_form(short, text)
    assert (None if start is None else text[start:]) == long


WORDS = st.sampled_from(
    [
        "Large ",
        "language ",
        "model ",
        "(LLM)",
        "(",
        ")",
        "LLM ",
        "L",
        " ",
        ".",
        ", ",
        "-",
        "é",
        "(large model)",
        '"',
        "of ",
    ]
)


@given(st.lists(WORDS, max_size=20).map("".join))
def test_offsets_point_at_both_forms(text: str) -> None:
    for each in abbreviations(text):
        assert text[each.short_start : each.short_end] == each.short
        assert text[each.long_start : each.long_end] == each.long
        assert each.tail_end is None or each.long_end < each.tail_end <= len(text)


@given(st.lists(st.from_regex(r"[A-Z][b-z]{2,7}", fullmatch=True), min_size=3, max_size=5))
def test_initials_of_a_name_are_its_short_form(words: list[str]) -> None:
    short = "".join(word[0] for word in words)
    found = abbreviations(f"1 - {' '.join(words)} ({short}) 2")
    assert [each.short for each in found] in ([short], [])
    assert all(" ".join(words).endswith(each.long) for each in found)
