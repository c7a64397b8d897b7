"""Gather the words by which broken words are mended, from the vocabulary's texts and the bundled sample."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from concite.ontology import load_vocabulary

SAMPLE = Path(__file__).parents[1] / "graph" / "data" / "sample.jsonl"
TARGET = Path(__file__).parents[1] / "graph" / "data" / "words.txt"
WORD = re.compile(r"[a-z]{3,}(?:-[a-z]{2,})?(?![\w-])")


def texts() -> Iterator[str]:
    """What the vocabulary and the sample say in sentences, and the names of concepts."""
    for concept in load_vocabulary():
        yield from (concept.label, concept.definition, *concept.aliases)
    for line in SAMPLE.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        yield from (record["title"], record.get("abstract") or "")


def main() -> None:
    """Write the words, one a line, sorted."""
    counts = Counter(word for text in texts() for word in WORD.findall(text.lower()))
    TARGET.write_text("".join(f"{word}\n" for word in sorted(counts)), encoding="utf-8")
    print(f"{TARGET.name}: {len(counts)} words")


if __name__ == "__main__":
    main()
