"""Learn the weights of the role model from annotated papers, and say how well they do.

usage: python benchmarks/train_roles.py GOLD.jsonl [--write]

The gold's own spans and canonical names give the concepts, so that the model learns roles and not
the recogniser's faults. Printed is the accuracy in cross-validation over papers: what the weights do
on papers they have not seen. Needs the extra `bench` (scikit-learn).
"""

import argparse
import json
from collections import defaultdict
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from concite.graph.mentions import Field, Method, Named, Span
from concite.graph.papers import Paper
from concite.graph.proposals import Texts
from concite.graph.roles import Context, features
from concite.ontology.classes import ConceptClass, Origin
from concite.ontology.concepts import ConceptId

WEIGHTS = Path(__file__).parent.parent / "graph/data/roles.json"
STRENGTH = 0.07
"""Inverse of the penalty on weights; the best in cross-validation."""


def examples(gold: Path) -> tuple[list[dict[str, float]], list[str], list[str]]:
    """Features, roles and papers of every concept that a gold file holds and no paper introduces."""
    rows, roles, papers = [], [], []
    for line in gold.read_text(encoding="utf-8").splitlines():
        paper = json.loads(line)
        texts = Texts.of(Paper(paper["title"], paper["abstract"]))
        context = Context(texts.original, texts.words)
        concepts = defaultdict(list)
        for span in paper["spans"]:
            if span["role"] != "introduces":
                concepts[span["canonical"], span["role"]].append(span)
        for (_, role), spans in sorted(concepts.items()):
            rows.append(dict.fromkeys(features(context, [_span(s, len(paper["title"])) for s in spans]), 1.0))
            roles.append(role)
            papers.append(paper["id"])
    return rows, roles, papers


def _span(gold: dict, title: int) -> Span:
    in_title = gold["start"] < title
    shift = 0 if in_title else title + 1
    sized = any(c.isdigit() for c in gold["canonical"]) and gold["class"] == "model"
    concept = Named(
        ConceptId("gold"),
        ConceptClass(gold["class"]),
        gold["canonical"],
        Origin.VOCABULARY,
        parameters=1 if sized else None,
    )
    field = Field.TITLE if in_title else Field.ABSTRACT
    return Span(field, gold["start"] - shift, gold["end"] - shift, concept, Method.NAME, 1.0)


def main() -> None:
    """Train, validate, and write the weights if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--strength", type=float, default=STRENGTH)
    options = parser.parse_args()
    rows, roles, papers = examples(options.gold)
    kept = [k for k, name in enumerate(map(str, rows)) if name]
    vectors = DictVectorizer()
    matrix = vectors.fit_transform([rows[k] for k in kept])
    frequent = np.asarray((matrix > 0).sum(axis=0)).ravel() >= 3
    model = LogisticRegression(C=options.strength, max_iter=4000)
    guessed = cross_val_predict(model, matrix[:, frequent], roles, groups=papers, cv=GroupKFold(10))
    accuracy = float(np.mean(guessed == np.array(roles)))
    print(f"{len(roles)} concepts of {len(set(papers))} papers, {int(frequent.sum())} features")
    print(f"accuracy in 10-fold cross-validation over papers: {accuracy:.3f}")
    if options.write:
        model.fit(matrix[:, frequent], roles)
        names = vectors.get_feature_names_out()[frequent]
        weights = {
            role: {str(n): round(float(w), 3) for n, w in zip(names, row, strict=True) if abs(w) >= 0.0005}
            for role, row in zip(model.classes_, model.coef_, strict=True)
        }
        for role, bias in zip(model.classes_, model.intercept_, strict=True):
            weights[role]["always"] = round(weights[role].get("always", 0.0) + float(bias), 3)
        statement = {
            "trained_on": f"{len(roles)} concepts of {len(set(papers))} annotated abstracts of machine-learning papers",
            "data": "the project's development annotations; only weights are kept, no text",
            "accuracy_in_cross_validation": round(accuracy, 3),
        }
        WEIGHTS.write_text(json.dumps(statement | {"weights": weights}, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
