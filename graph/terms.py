"""Terms: phrases that an expert would mark as a name although no list has them, chosen by a small linear model.

Every feature has a name that a person can read ("in both fields", "last loss"); the weights are in
`data/terms.json`, learned by `benchmarks/train_terms.py`, which says from what.
"""

import json
import math
from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files

from ..ontology.classes import Origin
from ..ontology.concepts import ConceptId
from ..ontology.names import NormalName
from .candidates import candidate
from .mentions import Field, Method, Named
from .name_classes import class_of
from .phrases import Phrase, phrases
from .proposals import Proposal, Texts, is_free
from .runs import Heads

SURE = 0.55
"""The probability from which a phrase is a term; from here on terms gain on papers of other venues and cost the
development gold next to nothing (benchmarks/train_terms.py)."""


def terms(texts: Texts, chosen: Sequence[Proposal], heads: Heads) -> Iterator[Proposal]:
    """Proposals for the terms of a paper, every occurrence of each; a name within one gives way to it.

    *chosen* are the names found otherwise. What is surely a term in one place is one in all of them.
    """
    sure: dict[NormalName, float] = defaultdict(float)
    found = list(phrases(texts, chosen, heads))
    for phrase in found:
        sure[phrase.key] = max(sure[phrase.key], probability(phrase.features))
    taken: dict[Field, list[tuple[int, int]]] = {field: [] for field in Field}
    likely = [phrase for phrase in found if sure[phrase.key] >= SURE]
    for phrase in sorted(likely, key=lambda each: (-sure[each.key], each.field, each.start, each.end)):
        if is_free(taken[phrase.field], phrase.start, phrase.end):
            insort(taken[phrase.field], (phrase.start, phrase.end))
            confidence = round(sure[phrase.key], 4)
            yield Proposal(phrase.field, phrase.start, phrase.end, _concept(phrase, texts), Method.TERM, confidence)


def _concept(phrase: Phrase, texts: Texts) -> Named:
    """The candidate that a term names: under the known concept that it ends with, else of its head's class."""
    text = texts.original[phrase.field]
    label = text[phrase.start : phrase.end]
    known = phrase.known.concept if phrase.known else None
    concept_class = known.concept_class if known else phrase.head or class_of(label, label)
    return candidate(label, concept_class, key=phrase.key, broader=_listed(known) if known else None)


def _listed(known: Named) -> ConceptId | None:
    """The concept of the vocabulary that a known name stands for: itself, or what it is a variant of."""
    return known.id if known.origin is Origin.VOCABULARY else known.variant_of


def probability(features: Iterable[str]) -> float:
    """How likely a phrase with these features is marked as a name."""
    weights = _weights()
    score = math.fsum(weights.get(feature, 0.0) for feature in features)  # The same in whatever order they come.
    return 1 / (1 + math.exp(-score))


@cache
def _weights() -> dict[str, float]:
    text = files("concite.graph").joinpath("data/terms.json").read_text(encoding="utf-8")
    weights: dict[str, float] = json.loads(text)["weights"]
    return weights
