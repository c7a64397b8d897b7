"""Names: one normal form for every way of writing, offsets back into the text, and generated variants."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concite.ontology.names import english_words, normalise, normalise_text, variants

SURFACES = [
    ("Fine-Tuning", "fine tuning"),
    ("fine tuning", "fine tuning"),
    ("fine\u2010tuning", "fine tuning"),
    ("fine\u2011tuning", "fine tuning"),
    ("fine–tuning", "fine tuning"),
    ("fine\u00a0tuning", "fine tuning"),
    ("fine~tuning", "fine tuning"),
    ("  fine\n  tuning ", "fine tuning"),
    ("fine\u00adtuning", "finetuning"),
    ("fine\u200btuning", "finetuning"),
    ("fine-\n tuning", "finetuning"),
    ("pre- and post-training", "pre and post training"),
    ("state-of-the-art", "state of the art"),
    ("mixture–of–experts", "mixture of experts"),
    ("“BERT”", "bert"),
    ("BERT's", "bert s"),
    ("BERT’s", "bert s"),
    ("BERT™", "bert"),
    ("Intel® Xeon®", "intel xeon"),
    ("C++", "c++"),
    ("C#", "c#"),
    ("LoRA+", "lora+"),
    ("A+B", "a b"),
    ("+more", "more"),
    ("#hash", "hash"),
    ("AT&amp;T", "at t"),
    ("AT&T", "at t"),
    ("R&amp;amp;D", "r d"),
    ("&lt;mask&gt;", "mask"),
    ("80&nbsp;GB", "80 gb"),
    ("&#945;-entmax", "α entmax"),
    ("\\textit{LoRA}", "lora"),
    ("B{ERT}", "bert"),
    ("F$_1$", "f 1"),
    ("8$\\times$7B", "8 7b"),
    ("ResNet_50", "resnet 50"),
    ("pass@1", "pass 1"),
    ("naïve", "naive"),
    ("Re\u0301sume\u0301", "resume"),
    ("İstanbul", "istanbul"),
    ("Straße", "straße"),
    ("ﬁne", "fine"),
    ("x²", "x2"),
    ("Ⅳ", "iv"),
    ("ＬｏＲＡ", "lora"),
    ("𝔸100", "a100"),
    ("β-VAE", "β vae"),
    ("通义千问", "通义千问"),
    ("--", ""),
    ("", ""),
    ("   ", ""),
]


@pytest.mark.parametrize(("surface", "normal"), SURFACES)
def test_a_way_of_writing_has_its_normal_form(surface: str, normal: str) -> None:
    assert normalise(surface) == normal


@pytest.mark.parametrize(("surface", "normal"), [pair for pair in SURFACES if pair[1] and "- " not in pair[0]])
def test_a_name_is_found_in_a_sentence_at_its_own_place(surface: str, normal: str) -> None:
    text = f"We try {surface.strip()} here."
    found = normalise_text(text)
    at = found.text.find(f" {normal} ")
    assert at >= 0
    start, end = found.span(at + 1, at + 1 + len(normal))
    assert normalise(text[start:end]) == normal
    assert text[:start].startswith("We try ")
    assert text[end:].endswith(" here.")


def test_a_span_holds_the_accents_of_its_last_letter() -> None:
    text = "a Re\u0301 b"
    found = normalise_text(text)
    at = found.text.index(" re ")
    assert text[slice(*found.span(at + 1, at + 3))] == "Re\u0301"


def test_a_span_over_a_break_holds_the_hyphen_and_the_line_end() -> None:
    text = "we do fine-\n  tuning now"
    found = normalise_text(text)
    at = found.text.index(" finetuning ")
    assert text[slice(*found.span(at + 1, at + 1 + len("finetuning")))] == "fine-\n  tuning"


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_a_text_without_runs_keeps_its_length(text: str) -> None:
    found = normalise_text(text)
    assert found.places or not text.strip("{}$") or len(found.text) == len(text) + 2


PIECES = ["a", "B", " ", "- ", "&amp;", "\\x{", "$", "\u0301", "\u00ad", "ﬁ", "é", "×", "+"]
HARD = st.lists(st.sampled_from(PIECES)).map("".join)


@given(HARD | st.text())
def test_every_character_stands_for_a_stretch_that_follows_the_one_before(text: str) -> None:
    found = normalise_text(text)
    spans = [found.span(at, at + 1) for at in range(1, len(found.text) - 1)]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one == other or one[1] <= other[0] for one, other in pairwise(spans))


@given(HARD | st.text())
def test_a_span_reaches_from_its_first_character_to_its_last(text: str) -> None:
    found = normalise_text(text)
    for at in range(1, len(found.text) - 3):
        assert found.span(at, at + 3) == (found.span(at, at + 1)[0], found.span(at + 2, at + 3)[1])


@given(st.text(), st.text())
def test_a_text_is_normalised_alike_whatever_stands_around_it(before: str, after: str) -> None:
    text = f"{before} . LoRA . {after}"
    found = normalise_text(text)
    spans = []
    at = found.text.find(" lora ")
    while at >= 0:
        spans.append(text[slice(*found.span(at + 1, at + 5))])
        at = found.text.find(" lora ", at + 1)
    assert "LoRA" in spans


@pytest.mark.parametrize(
    ("name", "also"),
    [
        ("GPT-4", {"GPT4", "GPT 4"}),
        ("LLaMA 2", {"LLaMA2"}),
        ("Llama2", {"Llama 2"}),
        ("fine-tuning", {"finetuning"}),
        ("pretraining", {"pre training"}),
        ("multi-head attention", {"multihead attention", "multi-head attentions"}),
        ("large language model", {"large language models"}),
        ("adversarial examples", {"adversarial example"}),
        ("mixture of experts", {"mixtures of experts"}),
        ("search strategy", {"search strategies"}),
        ("beam search", {"beam searches"}),
        ("categories", {"category"}),
        ("quantization", {"quantisation"}),
        ("tokenisation", {"tokenization"}),
        ("optimizer", {"optimiser", "optimisers"}),
        ("behavior cloning", {"behaviour cloning"}),
        ("modelling", {"modeling"}),
        ("center loss", {"centre loss"}),
        ("beta-VAE", {"β-VAE"}),
        ("pass@k", {"pass@1", "pass@10", "pass@100"}),
        ("LLM", {"LLMs"}),
    ],
)
def test_variants_hold_the_usual_other_ways_of_writing(name: str, also: set[str]) -> None:
    assert also <= set(variants(name))


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("loss", "losss"),
        ("fine-tuning", "fine-tunings"),
        ("robustness", "robustnesss"),
        ("F1", "F1s"),
        ("BLEU", "BLE"),
        ("analysis", "analysi"),
        ("C++", "C++s"),
        ("RLHF", "R LHF"),
    ],
)
def test_variants_hold_no_plural_where_there_is_none(name: str, wrong: str) -> None:
    assert wrong not in variants(name)


@given(st.text(alphabet="abcGPTRL -/@24", min_size=1, max_size=20))
def test_variants_are_few_each_once_and_begin_with_the_name(name: str) -> None:
    found = variants(name)
    assert found[0] == name
    assert len(found) == len(set(found))
    assert len(found) < 200


def test_common_words_and_proper_names_are_kept_apart() -> None:
    assert {"falcon", "attention", "ray"} <= english_words()
    assert not {"monday", "english"} & english_words()
