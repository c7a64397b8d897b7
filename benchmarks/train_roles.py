"""Learn the weights of the role model from annotated papers, and say how well they do.

usage: python benchmarks/train_roles.py GOLD.jsonl [--papers ARCHIVE]... [--write]

Two annotations are learned from: a gold file with spans, and `role-labels.jsonl`, our own labels of
what the recogniser finds in 171 papers of other venues, by paper and concept; their texts are looked
up in the archives (the ML Anthology and the ACL Anthology). Printed is the accuracy in cross-validation
over papers: what the weights do on papers they have not seen. Needs the extra `bench` (scikit-learn).
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from concite.graph.linking import kinds
from concite.graph.mentions import Field, Span
from concite.graph.papers import Paper
from concite.graph.proposals import Texts
from concite.graph.readers import read_argument
from concite.graph.recognition import Recogniser
from concite.graph.role_features import Context, features
from concite.ontology.cache import load_vocabulary
from concite.ontology.concepts import ConceptId

WEIGHTS = Path(__file__).parent.parent / "graph/data/roles.json"
LABELS = Path(__file__).parent / "role-labels.jsonl"
STRENGTH = 0.1
"""Inverse of the penalty on weights; the best in cross-validation."""
INTRODUCES = "introduces"


@dataclass(frozen=True)
class Example:
    """The features and the role of one concept in one paper, and where both come from."""

    features: tuple[str, ...]
    role: str
    paper: str
    source: str


class Reader:
    """Finds the features of the concepts of papers."""

    def __init__(self) -> None:
        self._vocabulary = load_vocabulary()
        self._recogniser = Recogniser(self._vocabulary)

    def found(self, paper: Paper) -> dict[ConceptId, tuple[list[Span], tuple[str, ...]]]:
        """The spans and the features of every concept that the recogniser finds in a paper."""
        texts = Texts.of(paper)
        context = Context(texts.original, texts.words)
        spans: dict[ConceptId, list[Span]] = defaultdict(list)
        for span in self._recogniser.recognise(paper, texts):
            spans[span.concept.id].append(span)
        return {
            concept: (each, features(context, each, kinds(each[0].concept, self._vocabulary)))
            for concept, each in spans.items()
        }


def of_gold(gold: Path, reader: Reader) -> Iterator[Example]:
    """An example for every concept that the recogniser finds where the gold file has one."""
    for line in gold.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        roles = {(span["start"], span["end"]): span["role"] for span in record["spans"]}
        shift = {Field.TITLE: 0, Field.ABSTRACT: len(record["title"]) + 1}
        for spans, found in reader.found(Paper(record["title"], record["abstract"])).values():
            places = ((s.start + shift[s.field], s.end + shift[s.field]) for s in spans)
            votes = Counter(roles[place] for place in places if place in roles)
            if votes:
                yield Example(found, votes.most_common(1)[0][0], record["id"], "gold")


def of_labels(labels: Path, papers: Iterable[Paper], reader: Reader) -> Iterator[Example]:
    """An example for every concept that a labelled paper holds."""
    labelled = {record["paper"]: record["roles"] for record in map(json.loads, labels.read_text().splitlines())}
    for paper in papers:
        key = next((each for each in paper.identifiers if each in labelled), None)
        if key is None:
            continue
        roles = labelled.pop(key)
        for concept, (_, found) in reader.found(paper).items():
            if concept in roles:
                yield Example(found, roles[concept], key, "labels")


def papers_of(archives: Iterable[str]) -> Iterator[Paper]:
    """The papers of some archives."""
    for archive in archives:
        for _, _, records in read_argument(archive):
            yield from (record for record in records if isinstance(record, Paper))


def main() -> None:
    """Train, validate, and write the weights if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--papers", action="append", default=[], help="An archive that holds labelled papers.")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--strength", type=float, default=STRENGTH)
    options = parser.parse_args()
    reader = Reader()
    found = [*of_gold(options.gold, reader), *of_labels(LABELS, papers_of(options.papers), reader)]
    examples = sorted(
        (each for each in found if each.role != INTRODUCES), key=lambda e: (e.source, e.paper, e.features)
    )
    vectors = DictVectorizer()
    matrix = vectors.fit_transform([dict.fromkeys(each.features, 1.0) for each in examples])
    frequent = np.asarray((matrix > 0).sum(axis=0)).ravel() >= 3
    model = LogisticRegression(C=options.strength, max_iter=4000)
    accuracy = _validated(model, matrix[:, frequent], examples)
    for source, figure in accuracy.items():
        print(f"accuracy in 10-fold cross-validation over papers, {source}: {figure:.3f}")
    if options.write:
        model.fit(matrix[:, frequent], [each.role for each in examples])
        _write(model, vectors.get_feature_names_out()[frequent], examples, accuracy)


def _validated(model: LogisticRegression, matrix, examples: list[Example]) -> dict[str, float]:
    """The share of examples whose role is found by weights learned from other papers, by source."""
    roles = np.array([each.role for each in examples])
    guessed = cross_val_predict(model, matrix, roles, groups=[e.paper for e in examples], cv=GroupKFold(10))
    right = guessed == roles
    sources = np.array([each.source for each in examples])
    return {source: float(right[sources == source].mean()) for source in sorted(set(sources))}


def _write(model: LogisticRegression, names, examples: list[Example], accuracy: dict[str, float]) -> None:
    weights = {
        role: {str(n): round(float(w), 3) for n, w in zip(names, row, strict=True) if abs(w) >= 0.0005}
        for role, row in zip(model.classes_, model.coef_, strict=True)
    }
    for role, bias in zip(model.classes_, model.intercept_, strict=True):
        weights[role]["always"] = round(weights[role].get("always", 0.0) + float(bias), 3)
    papers = {(each.source, each.paper) for each in examples}
    statement = {
        "trained_on": f"{len(examples)} concepts of {len(papers)} abstracts of machine-learning papers",
        "data": "the development annotations and benchmarks/role-labels.jsonl; only weights are kept, no text",
        "accuracy_in_cross_validation": {source: round(figure, 3) for source, figure in accuracy.items()},
    }
    WEIGHTS.write_text(json.dumps(statement | {"weights": weights}, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
