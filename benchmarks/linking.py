"""Print how fast papers are linked beside what a user would pick instead, on the same names and texts.

usage: python benchmarks/linking.py [ARCHIVE] [--papers N]

Side by side in one run: linking (matching, local names, roles), matching alone, the bare automaton
without offsets or senses, flashtext's KeywordProcessor and spaCy's PhraseMatcher, each over the
lexicon's names. The figures are medians over several rounds, in MB of text a second of the processor;
after the rounds all papers are linked once more, and the memory that takes on top is told. Needs the
extra `bench`.
"""

import argparse
import resource
import statistics
import time
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

import spacy
from flashtext import KeywordProcessor
from spacy.matcher import PhraseMatcher

from concite.graph.linking import Linker
from concite.graph.matching import Matcher
from concite.graph.papers import Paper
from concite.graph.readers import read_argument
from concite.ontology.cache import load_vocabulary
from concite.ontology.names import normalise_text

LARGE = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "large"
ROUNDS = 5


def papers_of(archive: str, count: int) -> list[Paper]:
    """Papers with an abstract from an archive, not all of one venue."""
    records = (record for _, _, each in read_argument(archive) for record in islice(each, 60))
    return list(islice((r for r in records if isinstance(r, Paper) and r.abstract), count))


def measured(work: Callable[[], object], megabytes: float) -> float:
    """The median speed of some work, in MB a second."""
    speeds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        speeds.append(megabytes / (time.process_time() - start))
    return statistics.median(speeds)


def ways(texts: list[str], papers: list[Paper]) -> Iterable[tuple[str, Callable[[], object]]]:
    """Every way to find the names, ready to run."""
    vocabulary = load_vocabulary()
    linker, matcher = Linker(vocabulary), Matcher(vocabulary.lexicon)
    names = sorted(vocabulary.lexicon.senses)
    normal = [normalise_text(text) for text in texts]
    yield "linking", lambda: [linker.link(paper) for paper in papers]
    yield "matching", lambda: [list(matcher.matches(text)) for text in normal]
    yield "normalising", lambda: [normalise_text(text) for text in texts]
    yield "bare automaton", lambda: [matcher.found(text) for text in normal]
    processor = KeywordProcessor()
    processor.add_keywords_from_list(names)
    lowered = [text.text for text in normal]
    yield "flashtext", lambda: [processor.extract_keywords(text, span_info=True) for text in lowered]
    english = spacy.blank("en")
    phrases = PhraseMatcher(english.vocab)
    phrases.add("names", list(english.tokenizer.pipe(names)))
    yield "spaCy PhraseMatcher", lambda: [phrases(doc) for doc in english.tokenizer.pipe(lowered)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", nargs="?", default=str(LARGE / "mlanthology_2026-03.tar.zst"))
    parser.add_argument("--papers", type=int, default=2000)
    options = parser.parse_args()
    papers = papers_of(options.archive, options.papers)
    texts = [f"{paper.title}\n{paper.abstract}" for paper in papers]
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    print(f"{len(papers):,} papers, {megabytes:.1f} MB of text")
    for name, work in ways(texts, papers):
        print(f"{name:20} {measured(work, megabytes):8.2f} MB/s")
    linker = Linker(load_vocabulary())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for paper in papers:
        linker.link(paper)
    added = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"memory added by linking all once more: {added / 1024:.0f} MB")


if __name__ == "__main__":
    main()
