"""Learn from annotated papers which phrases are terms, and say how well that works on papers held back.

usage: python benchmarks/train_terms.py GOLD.jsonl [--papers ARCHIVE]... [--write]

Learned from are gold files and our own annotations as far as the archives hold their papers. A phrase
is right where an expert marked exactly it; one over an optional mark is left out. Printed is, for
several thresholds, the F1 of spans with and without terms, on our papers held back and, trained on
the others, on the gold files. Needs the extra `bench` (scikit-learn).
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from annotated import HELD, OWN, Annotated, asked_material
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from concite.graph.phrases import Phrase, phrases
from concite.graph.proposals import Proposal, Texts
from concite.graph.recognition import Recogniser
from concite.ontology.cache import load_vocabulary

WEIGHTS = Path(__file__).parent.parent / "graph/data/terms.json"
STRENGTH = 0.4
"""Inverse of the penalty on weights."""
RARE = 4
"""Phrases from which on a feature counts."""
GOLD_COUNTS = 3.0
"""How much a phrase of a gold file counts beside one of our own annotations."""
THRESHOLDS = (0.35, 0.45, 0.55, 0.65)

Place = tuple[int, int]


@dataclass(frozen=True)
class Example:
    """A paper with its phrases, whether each is right, and the names found without terms."""

    source: str
    phrases: tuple[tuple[Place, str, frozenset[str], bool], ...]
    named: frozenset[Place]
    core: frozenset[Place]
    optional: frozenset[Place]


@dataclass(frozen=True)
class Model:
    """Weights with the names of their features."""

    weights: dict[str, float]

    def probability(self, features: Iterable[str]) -> float:
        """How likely a phrase is a term."""
        return float(1 / (1 + np.exp(-sum(self.weights.get(feature, 0.0) for feature in features))))


def example(each: Annotated, recogniser: Recogniser) -> Example:
    """What can be learned from one paper."""
    texts = Texts.of(each.paper)
    chosen = recogniser.names(each.paper, texts)
    core = frozenset((m.start, m.end) for m in each.marks if not m.optional)
    optional = frozenset((m.start, m.end) for m in each.marks if m.optional)
    found = ((each.place(p.field, p.start, p.end), p) for p in phrases(texts, chosen, recogniser.heads))
    told = tuple((place, p.key, p.features, place in core) for place, p in found if _is_clear(place, core, optional))
    return Example(each.source, told, frozenset(_places(each, chosen)), core, optional)


def _places(each: Annotated, found: Sequence[Proposal | Phrase]) -> list[Place]:
    return [each.place(p.field, p.start, p.end) for p in found]


def _is_clear(place: Place, core: frozenset[Place], optional: frozenset[Place]) -> bool:
    """Whether the annotation says of a phrase that it is right or wrong."""
    return place in core or not _touches(place, optional) or _touches(place, core)


def _touches(place: Place, others: Iterable[Place]) -> bool:
    return any(place[0] < end and start < place[1] for start, end in others)


def learn(examples: Sequence[Example], strength: float = STRENGTH) -> Model:
    """The weights of all features that are not rare."""
    told = [(features, right, each.source) for each in examples for _, _, features, right in each.phrases]
    vectors = DictVectorizer()
    matrix = vectors.fit_transform([dict.fromkeys(sorted(features), 1.0) for features, _, _ in told])
    frequent = np.asarray((matrix > 0).sum(axis=0)).ravel() >= RARE
    counts = [1.0 if source in (OWN, HELD) else GOLD_COUNTS for _, _, source in told]
    model = LogisticRegression(C=strength, max_iter=4000)
    model.fit(matrix[:, frequent], [right for _, right, _ in told], sample_weight=counts)
    names = vectors.get_feature_names_out()[frequent]
    weights = dict(zip(map(str, names), map(float, model.coef_[0]), strict=True))
    return Model(weights | {"always": weights.get("always", 0.0) + float(model.intercept_[0])})


def f1(examples: Iterable[Example], model: Model, sure: float) -> tuple[float, int, int]:
    """The F1 of spans with the terms that are *sure*, how many these are, and how many of them are right."""
    right = wrong = missed = chosen = good = 0
    for each in examples:
        taken: list[Place] = []
        best: dict[str, float] = defaultdict(float)
        for _, key, features, _ in each.phrases:
            best[key] = max(best[key], model.probability(features))
        for probability, place in sorted(((best[key], place) for place, key, _, _ in each.phrases), reverse=True):
            if probability >= sure and not _touches(place, taken):
                taken.append(place)
        chosen, good = chosen + len(taken), good + len(each.core & set(taken))
        found = {place for place in each.named if not _touches(place, taken)} | set(taken)
        right, missed = right + len(each.core & found), missed + len(each.core - found)
        wrong += sum(not _touches(place, each.optional) for place in found - each.core)
    return 2 * right / (2 * right + wrong + missed), chosen, good


def main() -> None:
    """Learn, measure, and write the weights if asked."""
    material = asked_material(__doc__ or "")
    recogniser = Recogniser(load_vocabulary())
    gold, own, held = ([example(e, recogniser) for e in some] for some in (material.gold, material.own, material.held))
    for name, measured, learned in (("held back", held, gold + own), ("gold", gold, own + held)):
        if measured and learned:
            _tell(name, measured, learn(learned))
    if material.write:
        _write(learn(gold + own), gold + own)


def _tell(name: str, measured: Sequence[Example], model: Model) -> None:
    before, _, _ = f1(measured, model, 2.0)
    print(f"{name}: {len(measured)} papers, span F1 without terms {before:.3f}")
    for sure in THRESHOLDS:
        after, chosen, good = f1(measured, model, sure)
        print(f"  from {sure:.2f} on: {chosen} terms, {good} right; span F1 {after:.3f}")


def _write(model: Model, examples: Sequence[Example]) -> None:
    phrases_told = sum(len(each.phrases) for each in examples)
    statement = {
        "trained_on": f"{phrases_told} phrases of {len(examples)} abstracts of machine-learning papers",
        "data": "the development annotations and benchmarks/annotations.jsonl; only weights are kept, no text",
    }
    weights = {name: round(weight, 3) for name, weight in model.weights.items() if abs(weight) >= 0.0005}
    WEIGHTS.write_text(json.dumps(statement | {"weights": weights}, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
