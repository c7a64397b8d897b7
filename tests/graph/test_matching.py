"""Matching: every occurrence of every name, with offsets into the original text."""

import pytest

from concite.graph.matching import Match, Matcher
from concite.ontology import Vocabulary
from concite.ontology.lexicon import compile_lexicon
from concite.ontology.names import normalise_text


@pytest.fixture(scope="module")
def matcher(small: Vocabulary) -> Matcher:
    return Matcher(small.lexicon)


def matches(matcher: Matcher, text: str) -> list[Match]:
    return list(matcher.matches(normalise_text(text)))


def texts(matcher: Matcher, text: str) -> list[str]:
    return [text[m.start : m.end] for m in matches(matcher, text)]


def test_overlapping_names_are_all_found(matcher: Matcher) -> None:
    found = texts(matcher, "parameter-efficient fine-tuning")
    assert sorted(found) == ["fine-tuning", "parameter-efficient fine-tuning"]


def test_a_name_is_found_at_both_ends_of_a_text_and_alone(matcher: Matcher) -> None:
    assert texts(matcher, "LoRA") == ["LoRA"]
    assert texts(matcher, "LoRA and LoRA") == ["LoRA", "LoRA"]
    assert texts(matcher, "LoRA LoRA LoRA") == ["LoRA", "LoRA", "LoRA"]


def test_a_name_inside_a_word_is_not_found(matcher: Matcher) -> None:
    assert texts(matcher, "flora loran xLoRA LoRAx") == []


def test_offsets_are_of_the_original_however_it_is_written(matcher: Matcher) -> None:
    text = "“LoRA” &amp; low\u2011rank\u00a0adaptation; fine\u00adtuning, \\emph{GPU} use"
    assert texts(matcher, text) == ["LoRA", "low\u2011rank\u00a0adaptation", "fine\u00adtuning", "GPU"]


def test_offsets_count_code_points(matcher: Matcher) -> None:
    text = "𝔸𝔹 é LoRA"
    assert texts(matcher, text) == ["LoRA"]
    assert [m.start for m in matches(matcher, text)] == [5]


def test_a_blocked_phrase_is_found_without_senses(matcher: Matcher) -> None:
    found = {m.name: [s.concept for s in m.senses] for m in matches(matcher, "We pay attention to it.")}
    assert found == {"pay attention to": [], "attention": ["attention"]}


def test_a_match_has_all_senses_of_its_name(matcher: Matcher) -> None:
    (found,) = matches(matcher, "falcon")
    assert [(s.concept, s.letters) for s in found.senses] == [("falcon", "Falcon")]


def test_nothing_is_found_in_nothing_or_with_no_names(matcher: Matcher) -> None:
    assert texts(matcher, "") == []
    assert texts(matcher, " \n") == []
    assert texts(Matcher(compile_lexicon([])), "LoRA \x00 LoRA") == []
