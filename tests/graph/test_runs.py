"""Runs: words that stand together, and what names end in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concite.graph.runs import head_classes, head_of, is_capital, runs, singular
from concite.ontology import ConceptClass, Vocabulary, load_vocabulary


def words(text: str, hints: list[int] | None = None) -> list[list[str]]:
    return [[word for _, _, word in run] for run in runs(text, hints)]


def test_grammar_signs_and_adverbs_end_a_run() -> None:
    text = "Wombat burrows of the north, deeply dug burrow networks (BN) and self-dug holes."
    assert words(text) == [
        ["Wombat", "burrows"],
        ["north"],
        ["dug", "burrow", "networks"],
        ["BN"],
        ["self-dug", "holes"],
    ]


def test_only_runs_near_a_hint_are_told() -> None:
    text = "wombat burrows, quokka nests"
    assert words(text, [text.index("quokka")]) == [["quokka", "nests"]]
    assert words(text, []) == []


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("question answering", "answering"),
        ("MT-Benchmarks", "benchmark"),
        ("loss", "loss"),
        ("Analysis", "analysis"),
    ],
)
def test_the_head_is_the_last_word_in_the_singular(name: str, head: str) -> None:
    assert head_of(name) == head


def test_heads_have_the_class_of_most_names_that_end_in_them() -> None:
    heads = head_classes(load_vocabulary())
    assert heads["segmentation"] is ConceptClass.TASK
    assert heads["corpus"] is ConceptClass.DATASET
    assert head_classes(Vocabulary(())) == {}


def test_capitals_and_digits_begin_names() -> None:
    assert is_capital("Wombat")
    assert is_capital("3D")
    assert not is_capital("wombat")


@given(st.text("ab AB-.,'s", max_size=100))
def test_words_of_runs_stand_where_they_say(text: str) -> None:
    for run in runs(text, None):
        assert all(text[start:end] == word for start, end, word in run)
        assert text[run[0][0] : run[-1][1]] == " ".join(word for _, _, word in run)


@given(st.text("abs", min_size=1, max_size=6))
def test_the_singular_is_no_longer(word: str) -> None:
    assert word.startswith(singular(word))
