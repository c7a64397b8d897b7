"""Homonyms: names with several meanings, linked over the bundled vocabulary only where they mean the concept."""

import re
import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from concite.graph.linking import Linker
from concite.graph.papers import Paper
from concite.ontology import Origin, Vocabulary, read_vocabulary
from concite.ontology.vocabulary import bundled_folder

CASES: list[dict[str, str]] = tomllib.loads(
    (Path(__file__).parent.parent / "fixtures" / "homonyms.toml").read_text(encoding="utf-8")
)["case"]
FLOOR = 0.97
"""The share of cases that must be right."""

UNSOLVED = (
    "In the dialogue, Adam asks Eve",
    "Fibre diameters of llama, Vicuna",
    "Nanobodies from an immunised Alpaca",
    "Given pairs (Xi, Yi)",
    "The load of each transformer in the substation",
)
"""How the texts begin that are known to be taken wrongly: nothing near the name tells its meaning."""


@cache
def vocabulary() -> Vocabulary:
    """The bundled vocabulary."""
    return read_vocabulary(bundled_folder())


@cache
def linker() -> Linker:
    """Links to the bundled vocabulary."""
    return Linker(vocabulary())


def linked(case: dict[str, str]) -> set[str]:
    """The vocabulary's concepts, and the parents of their variants, that a text's ambiguous name is linked to."""
    name = re.compile(rf"\b{re.escape(case['name'])}\b", re.IGNORECASE)
    found: set[str] = set()
    for mention in linker().link(Paper("Notes", case["text"])).mentions:
        concept = mention.concept
        if concept.origin is not Origin.CANDIDATE and name.search(mention.text):
            found |= {concept.id, *([concept.variant_of] if concept.variant_of else [])}
    return found


def is_right(case: dict[str, str]) -> bool:
    """Whether the name is linked as expected, and not to what it must not mean."""
    found = linked(case)
    if case["expected"]:
        return case["expected"] in found and case.get("not") not in found
    return case["not"] not in found if "not" in case else not found


def marked(number: int, case: dict[str, str]) -> Any:
    """A case as a parameter, marked where it is known to be wrong."""
    marks = [pytest.mark.xfail(strict=True)] if case["text"].startswith(UNSOLVED) else []
    return pytest.param(case, id=f"{number}-{case['name']}", marks=marks)


@pytest.mark.parametrize("case", [marked(number, case) for number, case in enumerate(CASES, 1)])
def test_a_homonym_means_what_its_text_says(case: dict[str, str]) -> None:
    assert is_right(case), f"{case['name']} is linked to {sorted(linked(case)) or 'nothing'}: {case['text']}"


def test_nearly_all_homonyms_are_right() -> None:
    right = sum(map(is_right, CASES))
    assert right / len(CASES) >= FLOOR


def test_every_name_has_both_senses_and_every_text_its_name() -> None:
    senses: dict[str, set[str]] = defaultdict(set)
    for case in CASES:
        senses[case["name"]].add(case["expected"])
        assert re.search(rf"\b{case['name']}\b", case["text"], re.IGNORECASE), case
    assert len(CASES) >= 170
    assert len(senses) >= 65
    assert {name for name, found in senses.items() if len(found) < 2 or found == {""}} == set()


def test_the_concepts_of_the_cases_are_in_the_vocabulary() -> None:
    named = {case[key] for case in CASES for key in ("expected", "not") if case.get(key)}
    assert {concept for concept in named if concept not in vocabulary()} == set()
