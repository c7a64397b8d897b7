"""Print how the recogniser agrees with annotations that other groups made under guidelines of their own.

usage: python benchmarks/thirdparty.py [FOLDER]

TDMSci (tasks, data sets, metrics in sentences of NLP papers), SciERC (noun phrases of abstracts, of which
methods, tasks, materials and metrics are compared) and SDU-21 (the long forms of acronyms). Their labels are
mapped to our classes as told below, and nothing is tuned to them: they mark descriptions ("a largely
unsupervised approach") that are no names of concepts, and leave out much that we mark, so that these
figures compare versions of the recogniser, and are no measure of its quality.
"""

import argparse
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from concite.graph.abbreviations import abbreviations
from concite.graph.linking import Linker
from concite.graph.papers import Paper
from concite.ontology.cache import load_vocabulary
from concite.ontology.classes import ConceptClass

THIRD = Path(__file__).resolve().parents[2] / "shared" / "gold" / "thirdparty"
TDMSCI = {"TASK": {ConceptClass.TASK}, "DATASET": {ConceptClass.DATASET}, "METRIC": {ConceptClass.METRIC}}
SCIERC = {
    "Method": {ConceptClass.TECHNIQUE, ConceptClass.MODEL, ConceptClass.SOFTWARE},
    "Task": {ConceptClass.TASK},
    "Material": {ConceptClass.DATASET},
    "Metric": {ConceptClass.METRIC},
}
GLUED = {"-LRB-": "(", "-RRB-": ")", "``": '"', "''": '"'}
Span = tuple[int, int]


@dataclass(frozen=True)
class Sentence:
    """A sentence as text, with the labelled spans in it."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


def joined(tokens: Iterable[str], labels: Iterable[str]) -> Sentence:
    """Tokens with BIO labels as running text: no blank before a point or after a bracket."""
    text, spans, open_label = "", [], ""
    for token, label in zip((GLUED.get(t, t) for t in tokens), labels, strict=True):
        if text and token not in ".,;:)%?!-" and not text.endswith(("(", "-")):
            text += " "
        start, text = len(text), text + token
        kind = label.partition("-")[2]
        if kind and (label.startswith("B-") or kind != open_label):
            spans.append((start, len(text), kind))
        elif kind:
            spans[-1] = (spans[-1][0], len(text), kind)
        open_label = kind
    return Sentence(text, tuple(spans))


def read_columns(path: Path) -> Iterator[Sentence]:
    """The sentences of a CoNLL file: the token first in a line, its label last."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split() for line in block.splitlines() if line.strip() and not line.startswith("-DOCSTART-")]
        if rows:
            yield joined([row[0] for row in rows], [row[-1] for row in rows])


def agreement(linker: Linker, sentences: Iterable[Sentence], known: dict[str, set[ConceptClass]]) -> str:
    """Exact and overlapping agreement, a line each label."""
    counts = {label: [0, 0, 0, 0] for label in known}
    for sentence in sentences:
        mentions = linker.link(Paper("Sentence", sentence.text)).mentions
        for label, classes in known.items():
            ours = {(m.start, m.end) for m in mentions if m.field == "abstract" and m.concept.concept_class in classes}
            theirs = {(start, end) for start, end, kind in sentence.spans if kind == label}
            touched = sum(any(a < d and c < b for c, d in ours) for a, b in theirs)
            for k, number in enumerate((len(ours & theirs), len(ours), len(theirs), touched)):
                counts[label][k] += number
    return "\n".join(
        f"  {label:9} {theirs:5} theirs, {ours:5} ours: exact F1 {2 * same / max(1, ours + theirs):.3f}, "
        f"{touched / max(1, theirs):.3f} of theirs touched"
        for label, (same, ours, theirs, touched) in counts.items()
    )


def long_forms(path: Path) -> str:
    """Agreement on the long forms of acronyms."""
    same = ours = theirs = 0
    for record in json.loads(path.read_text(encoding="utf-8")):
        sentence = joined(record["tokens"], record["labels"])
        found = {(each.long_start, each.long_end) for each in abbreviations(sentence.text)}
        gold = {(start, end) for start, end, kind in sentence.spans if kind == "long"}
        same, ours, theirs = same + len(found & gold), ours + len(found), theirs + len(gold)
    return f"  long      {theirs:5} theirs, {ours:5} ours: exact F1 {2 * same / max(1, ours + theirs):.3f}"


def main() -> None:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=THIRD)
    folder = parser.parse_args().folder
    linker = Linker(load_vocabulary())
    print("TDMSci", agreement(linker, read_columns(folder / "tdmsci/train_1500_v2.conll"), TDMSCI), sep="\n")
    print("SciERC", agreement(linker, read_columns(folder / "scierc/ner_dev.conll"), SCIERC), sep="\n")
    print("SDU-21", long_forms(folder / "acronym_sdu21/dev.json"), sep="\n")


if __name__ == "__main__":
    main()
