"""How right merging is: on two anthologies with their identifiers hidden, and on references clustered by others.

    python benchmarks/merging.py [--shared DIR] [--sample N]

Hidden identifiers are the key of the first measure: records that are merged by title, authors and year
alone are wrongly merged where their identifiers contradict each other, and rightly where they share one.
The second compares how references of NLP papers fall together with clusters that another program made of
them, which are no gold standard: disagreements are printed for reading (`--sample`).
"""

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

from rapidfuzz import fuzz

from concite.graph.catalogue import Catalogue
from concite.graph.merging import unify
from concite.graph.papers import Paper
from concite.graph.reading import read_inputs
from concite.graph.resemblance import contradiction, plain

ARCHIVES = ("acl_anthology_2024-08.tar.zst", "mlanthology_2026-03.tar.zst")
STRONG = frozenset(("doi", "acl", "arxiv", "openreview"))
Pair = tuple[Paper, Paper]


def main() -> None:
    """Print both measures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--sample", type=int, default=0, help="print so many disagreements for reading")
    options = parser.parse_args()
    corpora = options.shared / "corpora"
    if not corpora.is_dir():
        raise SystemExit(f"{corpora}: no such directory; name the shared data with --shared")
    measure_anthologies([str(corpora / "large" / name) for name in ARCHIVES], options.sample)
    measure_references(corpora / "acl_parscit_citations", options.sample)


def measure_anthologies(archives: Sequence[str], sample: int) -> None:
    """Merge two anthologies as they are, and again without their identifiers."""
    papers = [paper for each in read_inputs(archives) for paper in each.papers]
    unified = unify(papers)
    kinds = Counter("an identifier" if ":" in member.reason else "resemblance" for member in unified.merged)
    print(f"{len(papers)} records: {len(unified.papers)} papers, merged by {dict(kinds)}")
    print(f"{len(unified.versions)} pairs of versions, {len(unified.doubts)} identifiers not used")
    known = {(paper.source, paper.position): paper for paper in papers}
    hidden = [replace(paper, identifiers=()) for paper in papers]
    pairs = [tuple(known[p.source, p.position] for p in pair) for pair in _merged_pairs(hidden)]
    verdicts = Counter(map(_verdict, pairs))
    checkable = verdicts["right"] + verdicts["wrong"]
    print(f"identifiers hidden: {len(pairs)} pairs merged, {dict(verdicts)}")
    print(f"precision of those with a key: {verdicts['right'] / max(checkable, 1):.4f} of {checkable}")
    shared = {frozenset((id(a), id(b))) for a, b in _pairs_by_identifier(papers)}
    found = {frozenset((id(a), id(b))) for a, b in pairs}
    print(f"recall of pairs that share an identifier: {len(shared & found) / max(len(shared), 1):.4f} of {len(shared)}")
    _show([pair for pair in pairs if _verdict(pair) != "right"], sample)


def _merged_pairs(papers: Iterable[Paper]) -> Iterator[Pair]:
    groups: dict[str, list[Paper]] = defaultdict(list)
    for member in unify(papers).members:
        groups[member.paper].append(member.record)
    for group in groups.values():
        yield from combinations(group, 2)


def _verdict(pair: Sequence[Paper]) -> str:
    """Whether the identifiers of two records say that they are one."""
    one, other = (frozenset(i for i in paper.identifiers if i.partition(":")[0] in STRONG) for paper in pair)
    if one & other:
        return "right"
    return "wrong" if contradiction(one, other) else "no key"


def _pairs_by_identifier(papers: Iterable[Paper]) -> Iterator[Pair]:
    """Pairs that share an identifier and do not tell of different works."""
    for member_pair in _grouped(papers):
        yield from (pair for pair in combinations(member_pair, 2) if _verdict(pair) == "right")


def _grouped(papers: Iterable[Paper]) -> Iterator[list[Paper]]:
    by_identifier: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        for identifier in paper.identifiers:
            by_identifier[identifier].append(paper)
    yield from (group for group in by_identifier.values() if 1 < len(group) < 10)


def _show(pairs: Sequence[Sequence[Paper]], sample: int) -> None:
    for pair in random.Random(1).sample(list(pairs), min(sample, len(pairs))):
        for paper in pair:
            print(f"  {paper.title[:90]} | {'; '.join(paper.authors[:3])} | {paper.year} | {paper.venue}", end=" | ")
            print(", ".join(paper.identifiers))
        print()


def measure_references(folder: Path, sample: int) -> None:
    """Let the raw references fall together, and compare with the clusters that were made of them."""
    references = list(_raw(folder / "citations-x19-age15plus.raw.tsv"))
    clusters = _clusters(folder / "citations-x19-age15plus.matched.tsv")
    catalogue = Catalogue({})
    works = [work for _, work in references]
    catalogue.add_cited(Counter(works))
    ours = [catalogue.find(work).paper for work in works]
    theirs = [_cluster_of(citing, work, clusters) for citing, work in references]
    one, other = _pairs(ours), _pairs(theirs)
    both = len(one & other)
    print(f"{len(references)} references: {len(set(ours))} works by us, {len(set(theirs))} by the clusters")
    print(f"pairs: precision {both / len(one):.4f} of {len(one)}, recall {both / len(other):.4f} of {len(other)}")
    _show([(works[a], works[b]) for a, b in sorted(one - other)], sample)
    _show([(works[a], works[b]) for a, b in sorted(other - one)], sample)


def _raw(path: Path) -> Iterator[tuple[str, Paper]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        citing, year, authors, title = line.split("\t")
        names = tuple(filter(None, map(str.strip, authors.split(","))))
        yield citing, Paper(title, year=int(year[:4]) if year[:4].isdigit() else None, authors=names)


def _clusters(path: Path) -> dict[str, list[tuple[str, str]]]:
    """The clusters that cite each paper: their ids and plain titles."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        key, _, _, _, title, citing = line.split("\t")
        for paper in citing.split(","):
            found[paper].append((key, plain(title)))
    return found


def _cluster_of(citing: str, work: Paper, clusters: dict[str, list[tuple[str, str]]]) -> str:
    title = plain(work.title)
    return max(clusters[citing], key=lambda each: fuzz.ratio(each[1], title), default=("", ""))[0]


def _pairs(labels: Sequence[str]) -> set[tuple[int, int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for number, label in enumerate(labels):
        groups[label].append(number)
    return {pair for group in groups.values() for pair in combinations(group, 2)}


if __name__ == "__main__":
    main()
