"""Broken words: those parted at a line's end are joined, hyphens left hanging on purpose stay."""

import pytest

from concite.graph.hyphens import unbroken


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("in an envi- ronment", "in an environment"),
        ("learn-\n    ing of classi- fiers", "learning of classifiers"),
        ("How- ever, the perfor- mance", "However, the performance"),
        ("probabilis(cid:173) tic, neu (cid:173)\nral", "probabilistic, neural"),
        ("dis\xad tinction", "distinction"),
        ("hyperparam- eterization", "hyperparameterization"),
    ],
)
def test_parts_of_one_word_are_joined(text: str, written: str) -> None:
    assert unbroken(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("real- world data", "real-world data"),
        ("state-of-the- art results", "state-of-the-art results"),
        ("fine- tuning and pre- trained", "fine-tuning and pre-trained"),
        ("energy- minimization", "energy-minimization"),
        ("Troy- datasets", "Troy-datasets"),
        ("top- k and k- means", "top-k and k-means"),
        ("non- trivial, self- adjoint", "non-trivial, self-adjoint"),
    ],
)
def test_compounds_keep_their_hyphen(text: str, written: str) -> None:
    assert unbroken(text) == written


@pytest.mark.parametrize(
    "text",
    [
        "time- and space-bound",
        "single- or two-stage, pre- to post-training",
        "Wort- und Satzebene, micro- et macro-",
        "Layer- Wise",
        "a - b, one -two, 3- dimensional",
        "cross-lingual",
    ],
)
def test_hyphens_that_hang_on_purpose_stay(text: str) -> None:
    assert unbroken(text) == text
