"""Print the accuracy of recognition on gold files, and hold it to floors that only ever rise.

usage: python benchmarks/accuracy.py [GOLD.jsonl ...] [--papers ARCHIVE]... [--floors]

Without a file the development gold beside the project is used, where it lies there; with archives also
those of our own annotated papers of other venues that nothing was learned from, with what share of the
mentions is right in each tenth of confidence. The scoring is that of the shared scorer, run as it is.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import fmean

from annotated import HELD, Annotated, read_annotations, write_gold

from concite.graph.linking import Linker
from concite.graph.mentions import Mention
from concite.graph.papers import Paper, paper_id
from concite.ontology import load_vocabulary
from concite.output import linked_json

SHARED = Path(__file__).resolve().parents[2] / "shared"
FLOORS = Path(__file__).with_name("accuracy-floors.json")
FIGURES = ("span_exact", "concept", "linking_b3", "introduces")


def calibration(papers: Iterable[Annotated]) -> Iterator[tuple[int, float, float]]:
    """By tenth of confidence: the mentions, their mean confidence, and the share right in place, class and role.

    A place is right where it and a mark are the same by half; mentions of what is optional are left out.
    """
    linker = Linker(load_vocabulary())
    told: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for each in papers:
        for mention in linker.link(each.paper).mentions:
            right = _is_right(each, mention)
            if right is not None:
                told[min(9, int(10 * mention.confidence))].append((mention.confidence, right))
    for _, found in sorted(told.items()):
        yield len(found), fmean(said for said, _ in found), fmean(right for _, right in found)


def _is_right(each: Annotated, mention: Mention) -> bool | None:
    """Whether an expert marked the same with the same role; None where the mark is optional."""
    start, end = each.place(mention.field, mention.start, mention.end)
    near = [mark for mark in each.marks if mark.start < end and start < mark.end]
    if any(mark.optional for mark in near):
        return None
    same = (m for m in near if 2 * (min(end, m.end) - max(start, m.start)) >= max(end - start, m.end - m.start))
    return any(mention.concept.concept_class in m.classes and mention.role == m.role for m in same)


def predict(gold: Path, output: Path) -> None:
    """Write the linker's mentions of a gold file's papers, one line a paper."""
    linker = Linker(load_vocabulary())
    with output.open("w", encoding="utf-8") as out:
        for line in gold.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            paper = Paper(record["title"], record["abstract"])
            print(linked_json(linker.link(paper), paper_id(paper)), file=out)


def score(gold: Path) -> dict[str, float]:
    """The F1 of every figure, and the accuracy of roles."""
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "predicted.jsonl"
        predict(gold, predicted)
        command = [sys.executable, str(SHARED / "eval/score.py"), str(gold), str(predicted), "--json"]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    figures = {name: round(found[name][2], 3) for name in FIGURES}
    figures["role_accuracy"] = round(found["role_accuracy"], 3)
    figures |= {f"spans of {name}": round(each["span_exact"][2], 3) for name, each in found["by_class"].items()}
    return figures


def main() -> int:
    """Print the figures of each file; with --floors, 1 when one of the first file's is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*", type=Path)
    parser.add_argument("--floors", action="store_true")
    parser.add_argument("--papers", action="append", default=[], help="An archive that holds annotated papers.")
    options = parser.parse_args()
    if options.papers:
        _tell_held_back(options.papers)
    files = options.gold or [SHARED / "gold/seed_dev.jsonl"]
    if not files[0].exists():
        print(f"{files[0]} is not here: nothing measured")
        return 0
    figures = {path: score(path) for path in files}
    for path, found in figures.items():
        _tell(path.name, found)
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if options.floors else {}
    below = [name for name, floor in floors.items() if figures[files[0]][name] < floor]
    for name in below:
        print(f"below its floor of {floors[name]:.3f}: {name}")
    return 1 if below else 0


def _tell(name: str, figures: dict[str, float]) -> None:
    print(name)
    for figure, value in figures.items():
        print(f"  {figure:<24}{value:.3f}")


def _tell_held_back(archives: list[str]) -> None:
    """Print the figures of our annotated papers held back, and what confidence is worth there."""
    papers = [each for each in read_annotations(archives) if each.source == HELD]
    with tempfile.TemporaryDirectory() as folder:
        gold = Path(folder) / "held.jsonl"
        write_gold(papers, gold)
        _tell(f"{len(papers)} papers of other venues, held back", score(gold))
    for count, said, kept in calibration(papers):
        print(f"  confidence {said:.2f}: {kept:.2f} of {count} mentions right in place, class and role")


if __name__ == "__main__":
    sys.exit(main())
