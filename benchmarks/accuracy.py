"""Print the accuracy of recognition on gold files, and hold it to floors that only ever rise.

usage: python benchmarks/accuracy.py [GOLD.jsonl ...] [--floors]

Without a file the development gold beside the project is used, where it lies there. The scoring is
that of the shared scorer, which is run as it is.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from concite.graph.linking import Linker
from concite.graph.papers import Paper, paper_id
from concite.ontology import load_vocabulary
from concite.output import linked_json

SHARED = Path(__file__).resolve().parents[2] / "shared"
FLOORS = Path(__file__).with_name("accuracy-floors.json")
FIGURES = ("span_exact", "concept", "linking_b3", "introduces")


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
    options = parser.parse_args()
    files = options.gold or [SHARED / "gold/seed_dev.jsonl"]
    if not files[0].exists():
        print(f"{files[0]} is not here: nothing measured")
        return 0
    figures = {path: score(path) for path in files}
    for path, found in figures.items():
        print(path.name)
        for name, value in found.items():
            print(f"  {name:<24}{value:.3f}")
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if options.floors else {}
    below = [name for name, floor in floors.items() if figures[files[0]][name] < floor]
    for name in below:
        print(f"below its floor of {floors[name]:.3f}: {name}")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
