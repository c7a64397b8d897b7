"""The grammar of names: what sizes, versions and tunings behind a known name make of it, and what they do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concite.ontology import ConceptClass
from concite.ontology.grammar import Suffix, variant_suffix

BILLION = 10**9
MILLION = 10**6

MODELS = [
    # name, what follows, how much of it belongs to the name, label, parameters
    ("LLaMA-2", " 7B", " 7B", "7B", 7 * BILLION),
    ("Llama-2", "-7B-chat-hf", "-7B-chat-hf", "7B chat HF", 7 * BILLION),
    ("Llama-2", "-70b-chat model", "-70b-chat", "70B chat", 70 * BILLION),
    ("Llama-2", " 7B/13B", " 7B", "7B", 7 * BILLION),
    ("Llama-2", "-7B-GPTQ", "-7B-GPTQ", "7B gptq", 7 * BILLION),
    ("Llama-2", "-7B-AWQ-int4", "-7B-AWQ-int4", "7B awq int4", 7 * BILLION),
    ("Llama 3.1", " 405B", " 405B", "405B", 405 * BILLION),
    ("LLaMA", "-33b", "-33b", "33B", 33 * BILLION),
    ("LLaMA", " 65B-instruct", " 65B-instruct", "65B instruct", 65 * BILLION),
    ("Qwen2.5", "-7B-Instruct", "-7B-Instruct", "7B instruct", 7 * BILLION),
    ("Qwen2.5", "-0.5B", "-0.5B", "0.5B", 500 * MILLION),
    ("Qwen3", "-30B-A3B", "-30B-A3B", "30B-A3B", 30 * BILLION),
    ("Qwen3", "-235B-A22B-Instruct-2507", "-235B-A22B-Instruct-2507", "235B-A22B instruct 2507", 235 * BILLION),
    ("Mixtral", "-8x7B", "-8x7B", "8x7B", None),
    ("Mixtral", " 8×7B", " 8×7B", "8x7B", None),
    ("Mixtral", " 8x22B Instruct", " 8x22B Instruct", "8x22B instruct", None),
    ("Mistral", "-7B-Instruct-v0.2", "-7B-Instruct-v0.2", "7B instruct v0.2", 7 * BILLION),
    ("Mistral", " 7B v0.1", " 7B v0.1", "7B v0.1", 7 * BILLION),
    ("Vicuna", "-13B v1.5", "-13B v1.5", "13B v1.5", 13 * BILLION),
    ("LLaVA", "-v1.5-13B", "-v1.5-13B", "13B v1.5", 13 * BILLION),
    ("Gemma", "-2b-it", "-2b-it", "2B IT", 2 * BILLION),
    ("Gemma", " 7B in 3 days", " 7B", "7B", 7 * BILLION),
    ("NLLB", "-54B", "-54B", "54B", 54 * BILLION),
    ("OPT", "-1.3B", "-1.3B", "1.3B", 1_300 * MILLION),
    ("OPT", "_125m", "_125m", "125M", 125 * MILLION),
    ("OPT", " 30 B", " 30 B", "30B", 30 * BILLION),
    ("Pythia", "-160M", "-160M", "160M", 160 * MILLION),
    ("Pythia", " 160m", " 160m", "160M", 160 * MILLION),
    ("BLOOM", "-176B", "-176B", "176B", 176 * BILLION),
    ("PaLM", " 540B", " 540B", "540B", 540 * BILLION),
    ("PaLM", "-540B", "-540B", "540B", 540 * BILLION),
    ("GPT-3", " (175B)", " (175B)", "175B", 175 * BILLION),
    ("GPT-3", " 175B parameters", " 175B", "175B", 175 * BILLION),
    ("Falcon", "-180B-chat", "-180B-chat", "180B chat", 180 * BILLION),
    ("StarCoder", "-15B.", "-15B", "15B", 15 * BILLION),
    ("Code Llama", " 34B,", " 34B", "34B", 34 * BILLION),
    ("T5", "-XXL", "-XXL", "XXL", None),
    ("mT5", "-small", "-small", "small", None),
    ("GPT-2", " XL", " XL", "XL", None),
    ("BERT", "-base", "-base", "base", None),
    ("BERT", "-large-uncased", "-large-uncased", "large uncased", None),
    ("ViT", "-B/16", "-B/16", "B/16", None),
    ("ViT", "-H/14", "-H/14", "H/14", None),
    ("ResNet", "-50", "-50", "50", None),
    ("gpt-3.5", "-turbo-0613", "-turbo-0613", "turbo 0613", None),
    ("GPT-4", "-0613", "-0613", "0613", None),
    ("GPT-4", " Turbo", " Turbo", "turbo", None),
    ("GPT-4", "-turbo-2024-04-09", "-turbo-2024-04-09", "turbo 2024-04-09", None),
    ("GPT-4o", "-mini-2024-07-18", "-mini-2024-07-18", "mini 2024-07-18", None),
    ("o1", "-preview", "-preview", "preview", None),
    ("o3", "-mini-high", "-mini-high", "mini high", None),
    ("Whisper", "-large-v2", "-large-v2", "large v2", None),
    ("Whisper", " v3", " v3", "v3", None),
    ("SDXL", " v1.0", " v1.0", "v1.0", None),
    ("DeepSeek-V3", "-Base", "-Base", "base", None),
    ("Phi-3", "-mini", "-mini", "mini", None),
    ("LLaMA", "-32K", "-32K", "32K", None),
]

HARDWARE = [
    ("A100", "-80GB", "-80GB", "80GB", 80.0),
    ("A100", " 80GB", " 80GB", "80GB", 80.0),
    ("A100", " 80 GB GPUs", " 80 GB", "80GB", 80.0),
    ("A100", " 40G", " 40G", "40GB", 40.0),
    ("V100", "-32GB", "-32GB", "32GB", 32.0),
    ("RTX 4090", " 24GiB", " 24GiB", "24GB", 24.0),
]

DATASETS = [
    ("CIFAR", "-10", "-10", "10"),
    ("ImageNet", "-1K", "-1K", "1K"),
    ("ImageNet", "-21k", "-21k", "21K"),
    ("WMT", "'14", "'14", "14"),
    ("COCO", "-2017", "-2017", "2017"),
    ("SQuAD", "-v1.1", "-v1.1", "1.1"),
    ("MATH", "-500", "-500", "500"),
]

NO_VARIANTS = [
    (ConceptClass.MODEL, "BERT", " large language model"),
    (ConceptClass.MODEL, "BERT", " large-scale training"),
    (ConceptClass.MODEL, "BERT", "-large-scale training"),
    (ConceptClass.MODEL, "BERT", "-base-style encoder"),
    (ConceptClass.MODEL, "BERT", "-based"),
    (ConceptClass.MODEL, "BERT", " base"),
    (ConceptClass.MODEL, "BERT", " low-level features"),
    (ConceptClass.MODEL, "BERT", " code is public"),
    (ConceptClass.MODEL, "BERT", " it is"),
    (ConceptClass.MODEL, "BERT", " 90%"),
    (ConceptClass.MODEL, "BERT", " 5 times"),
    (ConceptClass.MODEL, "BERT", " 2019"),
    (ConceptClass.MODEL, "BERT", " 3B2"),
    (ConceptClass.MODEL, "BERT", " 7Bs"),
    (ConceptClass.MODEL, "BERT", ", 7B"),
    (ConceptClass.MODEL, "BERT", ". 7B"),
    (ConceptClass.MODEL, "BERT", ""),
    (ConceptClass.MODEL, "Llama-2", " (7B, 13B)"),
    (ConceptClass.MODEL, "LLaMA", " 1T tokens"),
    (ConceptClass.MODEL, "LLaMA", " 4K context"),
    (ConceptClass.MODEL, "GPT-3", " 175 billion parameters"),
    (ConceptClass.MODEL, "Gemini", " pro and contra"),
    (ConceptClass.HARDWARE, "A100", " GPUs"),
    (ConceptClass.HARDWARE, "H100", " 80"),
    (ConceptClass.HARDWARE, "A100", " 80GBs"),
    (ConceptClass.DATASET, "CIFAR", " 10"),
    (ConceptClass.DATASET, "GSM8K", " 5%"),
    (ConceptClass.DATASET, "GSM8K", "-5%"),
    (ConceptClass.DATASET, "COCO", " 2017"),
    (ConceptClass.TASK, "question answering", "-7B"),
    (ConceptClass.METRIC, "BLEU", "-4"),
    (ConceptClass.SOFTWARE, "PyTorch", "-2.0"),
    (ConceptClass.TECHNIQUE, "LoRA", "-7B"),
]


@pytest.mark.parametrize(("name", "rest", "taken", "label", "parameters"), MODELS)
def test_a_model_with_a_suffix_is_a_variant(
    name: str, rest: str, taken: str, label: str, parameters: int | None
) -> None:
    assert variant_suffix(ConceptClass.MODEL, name, rest) == Suffix(len(taken), label, parameters)


@pytest.mark.parametrize(("name", "rest", "taken", "label", "memory"), HARDWARE)
def test_a_chip_with_an_amount_of_memory_is_a_variant(
    name: str, rest: str, taken: str, label: str, memory: float
) -> None:
    assert variant_suffix(ConceptClass.HARDWARE, name, rest) == Suffix(len(taken), label, memory_gb=memory)


@pytest.mark.parametrize(("name", "rest", "taken", "label"), DATASETS)
def test_a_data_set_with_an_edition_is_a_variant(name: str, rest: str, taken: str, label: str) -> None:
    assert variant_suffix(ConceptClass.DATASET, name, rest) == Suffix(len(taken), label)


@pytest.mark.parametrize(("concept_class", "name", "rest"), NO_VARIANTS)
def test_other_words_behind_a_name_make_no_variant(concept_class: ConceptClass, name: str, rest: str) -> None:
    assert variant_suffix(concept_class, name, rest) is None


@given(st.sampled_from(list(ConceptClass)), st.text(alphabet="-_/ ()78xB.baseinstructvK0GT%", max_size=24))
def test_a_suffix_is_a_stretch_of_what_follows_and_ends_with_no_blank(concept_class: ConceptClass, rest: str) -> None:
    suffix = variant_suffix(concept_class, "Name", rest)
    if suffix is not None:
        assert 0 < suffix.length <= len(rest)
        assert not rest[suffix.length - 1].isspace()
        assert suffix.label.strip() == suffix.label != ""


@given(st.integers(1, 999), st.sampled_from(["-", " "]))
def test_sizes_are_counts_of_parameters(billions: int, join: str) -> None:
    suffix = variant_suffix(ConceptClass.MODEL, "Name", f"{join}{billions}B")
    assert suffix is not None
    assert suffix.parameters == billions * BILLION
