"""Name shapes: capitals and digits that only names have."""

import pytest

from concite.graph.name_shapes import is_shaped


@pytest.mark.parametrize("name", ["LoRA", "WombatNet", "GPT-4", "T5", "MMLU", "mBERT", "SGD-SaI", "k2Net", "Qwen2.5"])
def test_capitals_and_digits_inside_make_a_shape(name: str) -> None:
    assert is_shaped(name)


@pytest.mark.parametrize("name", ["Wombat", "wombat", "The", "language model", "A", "of", "Deep Learning", "2024"])
def test_ordinary_words_have_no_shape(name: str) -> None:
    assert not is_shaped(name)
