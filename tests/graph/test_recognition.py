"""Recognition: which stretches of a paper name which concepts, and which do not."""

import time

import pytest

from concite.graph.linking import Linker
from concite.graph.mentions import Method
from concite.graph.papers import Paper
from concite.ontology import Concept, ConceptClass, Origin, Role, Vocabulary, load_vocabulary

from .helpers import concept_name, found, link


def test_the_longest_name_wins() -> None:
    assert found("We use parameter-efficient fine-tuning, fine-tuning and full fine-tuning.") == [
        ("parameter-efficient fine-tuning", "parameter-efficient-fine-tuning"),
        ("fine-tuning", "fine-tuning"),
        ("full fine-tuning", "full-fine-tuning"),
    ]


def test_names_are_found_in_their_usual_ways_of_writing() -> None:
    text = "LoRA, lora, LoRAs, low rank adaptation, Low-Rank Adaptation, GPUs, grouped query attention"
    assert [name for _, name in found(text)] == [
        "lora",
        "lora",
        "lora",
        "lora",
        "lora",
        "gpu",
        "grouped-query-attention",
    ]


def test_the_titles_mentions_come_first_and_have_offsets_of_their_own() -> None:
    mentions = link("LoRA again.", "On LoRA and GPUs").mentions
    assert [(m.field, m.start, m.text) for m in mentions] == [
        ("title", 3, "LoRA"),
        ("title", 12, "GPUs"),
        ("abstract", 0, "LoRA"),
    ]


def test_an_acronym_without_a_cue_means_what_stands_beside_a_concept_surely_named() -> None:
    def concept(key: str, *above: str, **fields: object) -> Concept:
        known = {"id": key, "concept_class": "metric", "label": key, "definition": "D.", "sources": ["s"]}
        return Concept.model_validate({**known, "broader": above, **fields})

    short = {"acronyms": ["LAS"], "cues": {"LAS": ["parsing"]}}
    scores = [concept("attachment", "metric"), concept("unlabeled-score", "attachment")]
    linker = Linker(Vocabulary((concept("metric"), *scores, concept("labeled-score", "attachment", **short))))

    def names(text: str) -> list[str]:
        return [mention.concept.id for mention in linker.link(Paper("Notes", text)).mentions]

    assert names("Both LAS and unlabeled-score rise.") == ["labeled-score", "unlabeled-score"]
    assert "labeled-score" not in names("LAS lies in Laos.")
    assert "labeled-score" not in names("The las and the unlabeled-score.")


def test_an_ambiguous_name_needs_a_cue_in_the_paper() -> None:
    assert found("Falcon is a bird.") == []
    assert found("Falcon is a language model.") == [("Falcon", "falcon")]
    assert found("Falcon is fast.", "Notes on One Language Model") == [("Falcon", "falcon")]
    assert found("Ray is a fish.") == []
    assert [(m.text, m.method) for m in link("Ray runs on a cluster.").mentions] == [("Ray", Method.CUED)]


def test_a_cue_does_not_help_a_name_in_another_case() -> None:
    assert found("The falcon saw a language model; FALCON did not.") == []
    assert found("A ray of light over a cluster.") == []


def test_a_short_name_of_capitals_is_matched_in_its_case_only() -> None:
    assert found("MT works, mt does not.") == [("MT", "machine-translation")]


@pytest.mark.parametrize(
    "text",
    ["LoRA " * 40_000, "A" * 200_000, "A-" + "B" * 200_000 + "/", "a@" * 100_000, "Aa-" * 70_000, "a.com" * 40_000],
    ids=["names", "one word", "capitals", "addresses", "hyphens", "points"],
)
def test_a_text_without_measure_is_read_in_its_time(text: str) -> None:
    start = time.process_time()
    link(text)
    assert time.process_time() - start < 20


def test_addresses_of_every_kind_hold_no_mention() -> None:
    text = "See https://x.org/LoRA, www.LoRA.org, LoRA@host.org (LoRA@host.org), github.com/LoRA and (x.ai/LoRA). LoRA."
    assert [mention.start for mention in link(text).mentions] == [text.rindex("LoRA")]


def test_keys_of_references_hold_no_mention() -> None:
    text = r"As shown \citep[p. 3]{LoRA19, LoRA} and in \ref{sec:LoRA}, LoRA tunes."
    assert [mention.start for mention in link(text).mentions] == [text.rindex("LoRA")]


def test_a_name_in_a_blocked_phrase_means_nothing() -> None:
    assert found("We pay attention to attention.") == [("attention", "attention")]


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/lora/llama-2",
        "http://LoRA.example.org/MMLU",
        "github.com/LoRA/adapter",
        "www.lora.org",
        "lora@mmlu.org",
        "https://huggingface.co/meta/Llama-2-7B",
    ],
)
def test_an_address_holds_no_mention(address: str) -> None:
    assert found(f"Code is at {address} for you.") == []


def test_escapes_of_latex_and_html_are_part_of_the_words() -> None:
    assert found("We use \\textit{LoRA}, low&#45;rank adaptation and MMLU&nbsp;scores.") == [
        ("LoRA", "lora"),
        ("low&#45;rank adaptation", "lora"),
        ("MMLU", "mmlu"),
    ]
    assert found("fine\u00adtuning, low-\nrank adaptation, GPU™ and LoRA\u2011style") == [
        ("fine\u00adtuning", "fine-tuning"),
        ("low-\nrank adaptation", "lora"),
        ("GPU", "gpu"),
        ("LoRA", "lora"),
    ]


def test_sizes_and_tunings_make_variants_of_a_known_model() -> None:
    mentions = link("Llama 2 7B, LLaMA-2-13b-chat and Falcon-40B on an A100-80GB.").mentions
    assert [(m.text, m.concept.id, m.concept.variant_of) for m in mentions] == [
        ("Llama 2 7B", "llama-2-7b", "llama-2"),
        ("LLaMA-2-13b-chat", "llama-2-13b-chat", "llama-2"),
        ("Falcon-40B", "falcon-40b", "falcon"),
        ("A100-80GB", "a100-80gb", "a100"),
    ]
    assert {m.concept.origin for m in mentions} == {Origin.DERIVED}
    assert {m.method for m in mentions} == {Method.GRAMMAR}
    assert [(m.concept.parameters, m.concept.memory_gb) for m in mentions] == [
        (7 * 10**9, None),
        (13 * 10**9, None),
        (40 * 10**9, None),
        (None, 80.0),
    ]
    assert mentions[0].concept.label == "Llama 2 7B"


def test_a_version_of_its_own_in_the_vocabulary_is_no_derived_variant() -> None:
    (mention,) = link("LLaMA-2 is here.").mentions
    assert (mention.concept.id, mention.concept.origin) == ("llama-2", Origin.VOCABULARY)


def test_a_coined_name_shadows_a_name_of_the_vocabulary() -> None:
    linked = link(
        "We propose Falcon, a novel method for pruning a language model. Falcon is fast.",
        "Falcon: Pruning on the Fly",
    )
    mine = [m for m in linked.mentions if m.text == "Falcon"]
    assert len(mine) == 3
    assert {m.concept.origin for m in mine} == {Origin.CANDIDATE}
    assert {m.role for m in mine} == {Role.INTRODUCES}
    assert {m.concept.concept_class for m in mine} == {ConceptClass.TECHNIQUE}
    assert "falcon" not in {m.concept.id for m in linked.mentions}


def test_another_paper_about_the_vocabularys_name_is_not_shadowed() -> None:
    assert ("Falcon", "falcon") in found("We test the language model Falcon.", "Falcon: A Survey of One Language Model")


def test_two_papers_that_coin_one_name_coin_two_concepts() -> None:
    abstract = "We propose WombatNet, a novel method."
    (one,), (other,) = link(abstract, "Digging").mentions, link(abstract, "Burrowing").mentions
    assert concept_name(one) == concept_name(other) == "wombatnet"
    assert one.concept.id != other.concept.id
    assert link(abstract, "Digging").mentions == (one,)


def test_a_coined_name_is_found_wherever_the_paper_uses_it() -> None:
    assert found("We propose WombatNet, a method. WombatNet and WOMBATNET dig.") == [
        ("WombatNet", "wombatnet"),
        ("WombatNet", "wombatnet"),
        ("WOMBATNET", "wombatnet"),
    ]


def test_an_abbreviation_means_what_the_paper_defines() -> None:
    assert found("We use grouped-query attention (GrQA). GrQA is fast.") == [
        ("grouped-query attention", "grouped-query-attention"),
        ("GrQA", "grouped-query-attention"),
        ("GrQA", "grouped-query-attention"),
    ]
    redefined = found("We use Gradient Quantile Annealing (GQA). GQA cools.")
    assert "grouped-query-attention" not in [name for _, name in redefined]
    assert [text for text, _ in redefined] == ["Gradient Quantile Annealing", "GQA", "GQA"]
    assert len({name for _, name in redefined}) == 1


def test_two_letters_mean_what_the_paper_defines() -> None:
    names = [name for _, name in found("We use Metric Trees (MT). MT is fast.")]
    assert "machine-translation" not in names


def test_an_unknown_name_is_known_by_its_shape() -> None:
    mentions = link("Others use QuokkaNet and BilbyFormer-XL.").mentions
    assert [m.text for m in mentions] == ["QuokkaNet", "BilbyFormer-XL"]
    assert {(m.method, m.concept.origin) for m in mentions} == {(Method.SHAPE, Origin.CANDIDATE)}
    assert all(m.confidence < 0.6 for m in mentions)


def test_an_unknown_name_is_the_same_concept_in_every_paper() -> None:
    one = link("Others use QuokkaNet.", "Digging").mentions
    other = link("We like QuokkaNet.", "Burrowing").mentions
    assert [m.concept.id for m in one] == [m.concept.id for m in other]


def test_capitals_tell_nothing_in_a_text_of_capitals() -> None:
    assert found("WE COMPARE MMLU SCORES WITH MANY OTHER iNTERNAL NUMBERS AND ONE QUOKKANET") == [("MMLU", "mmlu")]


@pytest.mark.parametrize(
    ("title", "identifiers"),
    [
        ("LoRA: Low-Rank Adaptation of Large Language Models", ()),
        ("LoRA: low-rank adaptation of large language models!", ()),
        ("Another Title", ("arxiv:2106.09685",)),
    ],
)
def test_the_paper_that_introduced_a_concept_introduces_it(title: str, identifiers: tuple[str, ...]) -> None:
    mentions = link("LoRA freezes the weights of a model.", title, identifiers).mentions
    mine = [m for m in mentions if m.text == "LoRA"]
    assert mine
    assert {(m.concept.id, m.concept.origin, m.role) for m in mine} == {("lora", Origin.VOCABULARY, Role.INTRODUCES)}


def test_the_vocabularys_name_in_a_title_is_not_coined_anew() -> None:
    mentions = link("This survey reviews LoRA.", "LoRA: A Survey").mentions
    assert {(m.concept.id, m.concept.origin) for m in mentions} == {("lora", Origin.VOCABULARY)}


def test_cues_choose_between_the_senses_of_a_name_and_the_refused_one_is_told() -> None:
    fields = {"label": "Mamba", "definition": "A thing.", "sources": ("test",)}
    model = {**fields, "id": "mamba", "concept_class": "model", "cues": {"Mamba": ("state space",)}}
    tool = {**fields, "id": "mamba-tool", "concept_class": "software", "cues": {"Mamba": ("packages",)}}
    linker = Linker(Vocabulary(tuple(map(Concept.model_validate, (model, tool)))))
    (mention,) = linker.link(Paper("Notes", "Mamba is a state space model.")).mentions
    assert (mention.concept.id, mention.method) == ("mamba", Method.CUED)
    assert mention.refused == ("mamba-tool: none of its cues in the paper",)
    (mention,) = linker.link(Paper("Notes", "Mamba installs packages.")).mentions
    assert mention.concept.id == "mamba-tool"
    assert linker.link(Paper("Notes", "Mamba is a snake.")).mentions == ()


def test_of_two_senses_with_a_cue_each_the_nearer_cue_decides() -> None:
    fields = {"label": "MAE", "definition": "A thing.", "sources": ("test",), "concept_class": "technique"}
    masked = {**fields, "id": "masked-autoencoder", "cues": {"MAE": ("masked",)}}
    error = {**fields, "id": "mean-absolute-error", "cues": {"MAE": ("error", "RMSE")}}
    linker = Linker(Vocabulary(tuple(map(Concept.model_validate, (masked, error)))))

    def meant(abstract: str, title: str = "Notes") -> list[str]:
        return [m.concept.id for m in linker.link(Paper(title, abstract)).mentions if m.text == "MAE"]

    assert meant("A masked model has a low MAE and RMSE.") == ["mean-absolute-error"]
    assert meant("With masked patches MAE learns to paint; the error falls.") == ["masked-autoencoder"]
    assert meant("The masked MAE. A longer sentence; an MAE of little error.") == [
        "masked-autoencoder",
        "mean-absolute-error",
    ]
    assert meant("We train an MAE with a small error.", "Masked Faces") == ["mean-absolute-error"]


def test_an_author_who_is_cited_is_no_concept() -> None:
    assert found("As Falcon et al. show for a language model, Smith et al. did not.") == []
    assert found("A language model named by Falcon, et al is fine.") == []
    assert found("A language model (Falcon, Smith et al., 2023) is fine.") == [("Falcon", "falcon")]


def test_a_command_of_latex_is_no_ambiguous_name() -> None:
    assert found("Let $\\Falcon$ be the loss of a language model.") == []
    assert found("A language model such as \\textsc{Falcon} is fine.") == [("Falcon", "falcon")]


def test_a_word_in_capitals_among_words_in_capitals_is_no_name() -> None:
    fields = {"definition": "A thing.", "sources": ("test",), "concept_class": "dataset"}
    drop = {**fields, "id": "drop", "label": "DROP", "cues": {"DROP": ("BERT",)}}
    linker = Linker(Vocabulary((Concept.model_validate(drop),)))

    def texts(abstract: str) -> list[str]:
        return [m.text for m in linker.link(Paper("Notes", abstract)).mentions if m.concept.id == "drop"]

    assert texts("SHOULD WE DROP THE LAST LAYER? Pruning BERT is easy.") == []
    assert texts("WHEN TO DROP? Pruning BERT is easy.") == []
    assert texts("Here BERT reads DROP best.") == ["DROP"]
    assert texts("BERT on GLUE, DROP, RACE and MATH") == ["DROP"]


def test_an_ordinary_word_is_coined_where_the_text_says_what_it_is() -> None:
    linked = link("We propose Falcon, a scheduler for any large language model. Falcon is fast.")
    assert {m.concept.origin for m in linked.mentions if m.text == "Falcon"} == {Origin.CANDIDATE}
    assert found("We present Results, which any language model may read.") == []


def test_a_paper_without_text_mentions_nothing() -> None:
    assert found("", "") == []
    assert found("", "???") == []


def test_an_unknown_name_in_a_list_of_data_sets_is_one() -> None:
    mentions = link("We test on WombatDig500, Burrows and TunnelWorld7 datasets.").mentions
    assert {m.concept.concept_class for m in mentions if m.text == "WombatDig500"} == {ConceptClass.DATASET}


def test_a_long_form_is_of_the_class_that_names_with_its_head_have() -> None:
    text = "Burrow depth segmentation (BDS) is hard. BDS needs light."
    linked = Linker(load_vocabulary()).link(Paper("Notes", text))
    assert {m.concept.concept_class for m in linked.mentions if m.text == "BDS"} == {ConceptClass.TASK}
