"""The lexicon: which written names stand for which concepts, and under which rules."""

import pytest

from concite.ontology import Concept, ConceptClass, NameKind, Vocabulary
from concite.ontology.concepts import ConceptId
from concite.ontology.lexicon import Sense, compile_lexicon, letters_of, needs_case
from concite.ontology.names import NormalName, normalise


def concept(label: str, **fields: object) -> Concept:
    record = {"concept_class": "technique", "definition": "A thing.", "sources": ("test",)}
    return Concept.model_validate({"id": normalise(label).replace(" ", "-"), "label": label, **record, **fields})


def senses(name: str, *concepts: Concept) -> tuple[Sense, ...]:
    return compile_lexicon(concepts).senses.get(normalise(name), ())


def test_a_concept_is_found_under_all_its_names() -> None:
    lora = concept("LoRA", synonyms=("low-rank adaptation",), misspellings=("low rank adaption",))
    kinds = {
        name: sense.kind
        for name in ("lora", "low rank adaptation", "low rank adaption")
        for sense in senses(name, lora)
    }
    assert kinds == {
        "lora": NameKind.LABEL,
        "low rank adaptation": NameKind.SYNONYM,
        "low rank adaption": NameKind.MISSPELLING,
    }


def test_a_generated_way_of_writing_is_marked_as_derived() -> None:
    model = concept("language model")
    assert [s.derived for s in senses("language model", model)] == [False]
    assert [s.derived for s in senses("language models", model)] == [True]


def test_a_listed_name_is_preferred_to_the_same_one_generated() -> None:
    first = concept("data sets", id="a-set")
    second = concept("data set", id="z-set")
    assert [(s.concept, s.derived) for s in senses("data set", first, second)] == [("z-set", False), ("a-set", True)]


def test_a_concept_that_only_groups_has_no_names_in_texts() -> None:
    assert compile_lexicon([concept("model", grouping=True)]).senses == {}


def test_a_cue_that_is_part_of_the_name_itself_tells_nothing() -> None:
    cora = concept("Cora", cues={"Cora": ("Cora", "Citeseer")})
    assert [sense.cues for sense in senses("cora", cora)] == [("citeseer",)]
    library = concept("tensor library", cues={"tensor library": ("libraries", "tensor")})
    assert {sense.cues for sense in senses("tensor libraries", library)} == {("libraries",)}


@pytest.mark.parametrize(
    ("name", "fields", "cased"),
    [
        ("RAG", {}, True),
        ("MT", {}, True),
        ("BERT", {}, False),
        ("Falcon", {}, True),
        ("Falcons", {}, True),
        ("LoRA", {}, False),
        ("LoRA", {"exact": ("LoRA",)}, True),
        ("knowledge distillation", {}, False),
        ("Llama 2", {}, False),
        ("Whisper Large", {}, False),
        ("THE Pile", {}, True),
        ("Pruning", {"plain": ("Pruning",)}, False),
        ("Φ", {}, False),
    ],
)
def test_case_matters_for_short_capitals_and_for_ordinary_words(
    name: str, fields: dict[str, object], cased: bool
) -> None:
    assert needs_case(name, concept(name, **{"id": "x", **fields})) is cased


def test_a_cased_name_says_which_letters_the_text_must_show() -> None:
    assert [s.letters for s in senses("rag", concept("RAG"))] == ["RAG"]
    assert [s.letters for s in senses("bert", concept("BERT"))] == [None]
    assert letters_of("GPT-3.5 (turbo)") == "GPT35turbo"


def test_cues_are_kept_in_normal_form_with_the_name_that_needs_them() -> None:
    falcon = concept("Falcon", synonyms=("Falcon LLM",), cues={"Falcon": ("Language-Model", "40B")})
    assert [s.cues for s in senses("falcon", falcon)] == [("language model", "40b")]
    assert [s.cues for s in senses("falcon llm", falcon)] == [()]


def test_blocked_phrases_are_no_names_of_anything() -> None:
    lexicon = compile_lexicon([concept("attention", plain=("attention",), blocked=("Pay Attention to", "--"))])
    assert lexicon.blocked == {"pay attention to"}


def test_a_name_that_only_adds_a_head_noun_to_another_is_left_out() -> None:
    transformer = concept("Transformer", synonyms=("Transformer architecture", "self-attention network"))
    lexicon = compile_lexicon([transformer])
    assert "transformer architecture" not in lexicon.senses
    assert NormalName("self attention network") in lexicon.senses


def test_single_characters_need_cues_and_numbers_are_no_names() -> None:
    assert senses("R", concept("R")) == ()
    assert [s.cues for s in senses("R", concept("R", cues={"R": ("language",)}))] == [("language",)]
    assert senses("1000", concept("1000", id="thousand")) == ()


def test_a_generated_form_that_is_an_ordinary_word_is_left_out() -> None:
    assert senses("adapt", concept("Ad-apt", id="adapt")) == ()
    assert senses("ad apt", concept("Ad-apt", id="adapt"))


def test_one_name_may_have_several_senses() -> None:
    model = concept("Mamba", id="mamba-model", cues={"Mamba": ("state space",)})
    tool = concept("Mamba", id="mamba-tool", concept_class=ConceptClass.SOFTWARE, cues={"Mamba": ("conda",)})
    assert [s.concept for s in senses("mamba", tool, model)] == ["mamba-model", "mamba-tool"]


def test_every_listed_name_of_the_bundled_vocabulary_can_be_found(bundled: Vocabulary) -> None:
    found = bundled.lexicon.senses
    missing = [
        (each.id, each.label)
        for each in bundled
        if not each.grouping and each.id not in {s.concept for s in found.get(normalise(each.label), ())}
    ]
    assert missing == []


def test_every_sense_of_the_bundled_vocabulary_is_of_one_of_its_concepts(bundled: Vocabulary) -> None:
    known = {each.id for each in bundled}
    assert {sense.concept for found in bundled.lexicon.senses.values() for sense in found} <= known
    assert ConceptId("lora") in known
