"""Learn the weights of the role model from annotated papers, and say how well they do.

usage: python benchmarks/train_roles.py GOLD.jsonl... [--papers ARCHIVE]... [--write]

Learned from are gold files and our own annotations as far as the archives hold their papers: every
concept that the recogniser finds where an expert marked one. Roles of names that are surely coined are
no matter of the model, and known concepts are introduced elsewhere. Printed is the accuracy on our
papers held back, and in cross-validation over the papers of the gold files. Needs the extra `bench`
(scikit-learn).
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from annotated import HELD, OWN, Annotated, Mark, asked_material
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from concite.graph.linking import coined, kinds
from concite.graph.mentions import Method, Span
from concite.graph.proposals import Texts
from concite.graph.recognition import Recogniser
from concite.graph.role_features import Context, features
from concite.graph.roles import LIKELY_NEW
from concite.ontology.cache import load_vocabulary
from concite.ontology.classes import Origin
from concite.ontology.concepts import ConceptId

WEIGHTS = Path(__file__).parent.parent / "graph/data/roles.json"
STRENGTH = 0.05
"""Inverse of the penalty on weights; the best in cross-validation."""
RARE = 3
"""Examples from which on a feature counts."""
GOLD_COUNTS = 1.5
"""How much an example of a gold file counts beside one of our own annotations; the best in cross-validation."""
OPTIONAL_COUNTS = 0.5
"""How much an optional mark counts beside another."""
SMALL = 0.01
"""Weights below it are left out."""
INTRODUCES = "introduces"


@dataclass(frozen=True)
class Example:
    """The features and the role of one concept in one paper, and where both come from."""

    features: tuple[str, ...]
    role: str
    paper: str
    source: str
    unknown: bool
    optional: bool


@dataclass(frozen=True)
class Model:
    """What was learned, with the names of the features."""

    vectors: DictVectorizer
    frequent: np.ndarray
    regression: LogisticRegression

    def roles(self, examples: Sequence[Example]) -> list[str]:
        """The role of each example, by the rules that `concite.graph.roles` has for what is introduced."""
        names = list(self.regression.classes_)
        chances = self.regression.predict_proba(self._matrix(examples))
        if INTRODUCES in names:
            new = names.index(INTRODUCES)
            known = np.array([not each.unknown for each in examples])
            chances[known | (chances[:, new] < LIKELY_NEW), new] = 0
        return [names[k] for k in chances.argmax(axis=1)]

    def _matrix(self, examples: Sequence[Example]):
        return self.vectors.transform([dict.fromkeys(e.features, 1.0) for e in examples])[:, self.frequent]


class Reader:
    """Finds the features of the concepts of papers."""

    def __init__(self) -> None:
        self._vocabulary = load_vocabulary()
        self._recogniser = Recogniser(self._vocabulary)

    def examples(self, each: Annotated) -> Iterator[Example]:
        """An example for every concept that the recogniser finds where an expert marked one."""
        texts = Texts.of(each.paper)
        found = self._recogniser.recognise(each.paper, texts)
        context = Context(texts.original, texts.words, coined(found))
        by_concept: dict[ConceptId, list[Span]] = defaultdict(list)
        for span in found:
            by_concept[span.concept.id].append(span)
        for spans in by_concept.values():
            concept = spans[0].concept
            unknown = concept.origin is Origin.CANDIDATE
            mark = _commonest(each, spans)
            if mark is None or any(span.method is Method.COINED for span in spans):
                continue
            if unknown or mark.role != INTRODUCES:
                told = features(context, spans, kinds(concept, self._vocabulary))
                yield Example(told, mark.role, each.key, each.source, unknown, mark.optional)


def _commonest(each: Annotated, spans: Sequence[Span]) -> Mark | None:
    """The mark that stands where most of a concept's mentions are, or nearly there."""
    votes: Counter[Mark] = Counter()
    for span in spans:
        start, end = each.place(span.field, span.start, span.end)
        for mark in each.marks:
            common = min(end, mark.end) - max(start, mark.start)
            if 2 * common >= max(end - start, mark.end - mark.start):
                votes[Mark(0, 0, (), mark.canonical, mark.role, mark.optional)] += 1
    return votes.most_common(1)[0][0] if votes else None


def learn(examples: Sequence[Example]) -> Model:
    """A model of all features that are not rare."""
    vectors = DictVectorizer()
    matrix = vectors.fit_transform([dict.fromkeys(each.features, 1.0) for each in examples])
    frequent = np.asarray((matrix > 0).sum(axis=0)).ravel() >= RARE
    counts = [
        (1.0 if each.source in (OWN, HELD) else GOLD_COUNTS) * (OPTIONAL_COUNTS if each.optional else 1.0)
        for each in examples
    ]
    regression = LogisticRegression(C=STRENGTH, max_iter=4000)
    regression.fit(matrix[:, frequent], [each.role for each in examples], sample_weight=counts)
    return Model(vectors, frequent, regression)


def accuracy(model: Model, examples: Sequence[Example]) -> tuple[int, int]:
    """How many roles are right, of how many that are not optional."""
    asked = [each for each in examples if not each.optional]
    guessed = model.roles(asked) if asked else []
    return sum(role == each.role for role, each in zip(guessed, asked, strict=True)), len(asked)


def validated(gold: Sequence[Example], others: Sequence[Example]) -> float:
    """The share of right roles in a gold file, each by weights learned from its other papers and all *others*."""
    right = total = 0
    for learned, asked in GroupKFold(10).split(gold, groups=[each.paper for each in gold]):
        model = learn([*(gold[k] for k in learned), *others])
        found, count = accuracy(model, [gold[k] for k in asked])
        right, total = right + found, total + count
    return right / total


def main() -> None:
    """Train, validate, and write the weights if asked."""
    material = asked_material(__doc__ or "")
    reader = Reader()
    gold, own, held = (
        [example for each in some for example in reader.examples(each)]
        for some in (material.gold, material.own, material.held)
    )
    report(gold, own, held, material.write)


def report(gold: list[Example], own: list[Example], held: list[Example], write: bool) -> None:
    """Print how well the roles do, and write the weights if asked."""
    examples = sorted([*gold, *own], key=lambda e: (e.source, e.paper, e.features))
    model = learn(examples)
    figures = {"gold, cross-validated": round(validated(gold, own), 3)}
    if held:
        right, total = accuracy(model, held)
        figures["other venues, held back"] = round(right / total, 3)
    for name, figure in figures.items():
        print(f"roles right without what is surely coined, {name}: {figure:.3f}")
    if write:
        _write(model, examples, figures)


def _write(model: Model, examples: list[Example], figures: dict[str, float]) -> None:
    names = model.vectors.get_feature_names_out()[model.frequent]
    weights = {
        str(role): {str(n): round(float(w), 3) for n, w in zip(names, row, strict=True) if abs(w) >= SMALL}
        for role, row in zip(model.regression.classes_, model.regression.coef_, strict=True)
    }
    for role, bias in zip(model.regression.classes_, model.regression.intercept_, strict=True):
        weights[role]["always"] = round(weights[role].get("always", 0.0) + float(bias), 3)
    papers = {(each.source, each.paper) for each in examples}
    statement = {
        "trained_on": f"{len(examples)} concepts of {len(papers)} abstracts of machine-learning papers",
        "data": "the development annotations and benchmarks/annotations.jsonl; only weights are kept, no text",
        "accuracy": figures,
    }
    WEIGHTS.write_text(json.dumps(statement | {"weights": weights}, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
