"""How right inferred citations are: on papers whose abstracts and true references are known.

    python benchmarks/inference.py [--shared DIR] [--wrong N] [--learn]

The references are those of a citation graph of the ACL Anthology, in which a work is a node only where it is
cited at least five times, and which lacks references that could not be read; so an inferred citation can be
checked only where its target is a node, and one that is not found among a paper's references may be true all
the same: the precision printed is a lower bound. Only papers with five known references or more are taken.
Whether it is a custom to cite a concept (`graph/customs.py`) is learned from the same papers, so the figures
are those of a cross-validation: each fifth of the papers with the customs of the other four. `--learn` writes
the customs of all. The graph has some works several times, with damaged titles; nodes of about one year of
which one's title begins with the other's count as one work.
"""

import argparse
import csv
import gzip
import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from unittest.mock import patch

from concite.graph import customs
from concite.graph.catalogue import Catalogue
from concite.graph.chunks import Links, Workshop, link_all
from concite.graph.citations import Citation, inferred_citations, introducing_paper, introductions
from concite.graph.papers import Paper, PaperId
from concite.graph.reading import read_inputs
from concite.graph.resemblance import plain
from concite.ontology import Vocabulary, load_vocabulary
from concite.ontology.concepts import ConceptId

KNOWN_REFERENCES = 5
"""Known references that a citing paper must have."""
CUSTOMS = Path(__file__).resolve().parents[1] / "graph" / customs.MEASURED
FOLDS = 5
BEGINNING = 16
"""Letters at the beginning of a title that two nodes of one work have in common."""


@dataclass(frozen=True)
class Known:
    """A citation graph: its papers and which cite which, with the abstracts of those that cite."""

    papers: dict[PaperId, Paper]
    edges: set[tuple[PaperId, PaperId]]
    citing: dict[PaperId, Paper]


@dataclass(frozen=True, slots=True)
class Checked:
    """An inferred citation whose target is known, and whether the paper does cite it."""

    citation: Citation
    right: bool

    @property
    def confidence_of_mention(self) -> float:
        """The confidence without the share of papers that cite the concept."""
        return self.citation.confidence / customs.citing_share(str(self.citation.concept))


def main() -> None:
    """Print precision and recall over confidence, by role, and the concepts that err most."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--learn", action="store_true", help="write graph/data/customs.json")
    parser.add_argument("--wrong", type=int, default=0, help="print so many concepts that err, with a sentence")
    options = parser.parse_args()
    large = options.shared / "corpora" / "large"
    if not large.is_dir():
        raise SystemExit(f"{large}: no such directory; name the shared data with --shared")
    known = read_known(large)
    vocabulary = load_vocabulary()
    print(f"{len(known.citing)} citing papers with abstracts, {len(known.edges)} known citations of theirs")
    catalogue = Catalogue(known.papers)
    links = link_all(known.citing, vocabulary, Workshop())
    with patch("concite.graph.citations.is_custom", return_value=True):
        every = list(check(known, links, vocabulary, catalogue))
    if options.learn:
        CUSTOMS.write_text(_written(counted(every)), encoding="utf-8")
    checked = [kept for fold in range(FOLDS) for kept in held_out(every, fold)]
    _print_curve(every, _reachable(known, vocabulary, catalogue), len(known.edges), "whatever the custom")
    _print_curve(checked, _reachable(known, vocabulary, catalogue), len(known.edges), "by custom")
    _print_roles(checked)
    _print_wrong(checked, options.wrong)


def read_known(large: Path) -> Known:
    """The citation graph, joined with the Anthology's abstracts."""
    folder = large / "acl_citation_graph"
    papers = {PaperId(row["id"]): _paper(row) for row in _rows(folder / "nodes.tsv.gz")}
    edges = {(PaperId(row["citing"]), PaperId(row["cited"])) for row in _rows(folder / "edges.tsv.gz")}
    counts = Counter(citing for citing, _ in edges)
    abstracts = _abstracts(large / "acl_anthology_2024-08.tar.zst")
    citing = {
        key: replace(papers[key], abstract=abstracts[key])
        for key in sorted(papers)
        if counts[key] >= KNOWN_REFERENCES and abstracts.get(key)
    }
    return Known(papers, {edge for edge in edges if edge[0] in citing}, citing)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)


def _paper(row: dict[str, str]) -> Paper:
    identifiers = (f"acl:{row['id']}",) if row["kind"] == "acl" else ()
    authors = tuple(filter(None, map(str.strip, row["authors"].split(";"))))
    year = int(row["year"][:4]) if row["year"][:4].isdigit() else None
    return Paper(row["title"], year=year, authors=authors, identifiers=identifiers)


def _abstracts(archive: Path) -> dict[str, str | None]:
    records = (paper for each in read_inputs([str(archive)]) for paper in each.papers)
    return {i.removeprefix("acl:"): paper.abstract for paper in records for i in paper.identifiers}


def check(known: Known, links: Links, vocabulary: Vocabulary, catalogue: Catalogue) -> Iterator[Checked]:
    """The inferred citations whose targets are papers of the citation graph."""
    parents = dict(links.names.select("concept", "variant_of").iter_rows())
    mentioned = ((ConceptId(key), parents.get(key)) for key in links.mentions["concept"].unique().sort())
    introduced = introductions(mentioned, vocabulary)
    same = same_works(known.papers)
    papers = {**known.papers, **known.citing}
    for citation in inferred_citations(links.mentions.iter_rows(named=True), introduced, papers, catalogue):
        if citation.cited in known.papers:
            yield Checked(citation, any((citation.citing, work) in known.edges for work in same(citation.cited)))


def same_works(papers: dict[PaperId, Paper]) -> Callable[[PaperId], frozenset[PaperId]]:
    """What tells the nodes that are the same work as a node."""
    titles = {key: plain(paper.title).replace(" ", "") for key, paper in papers.items()}
    beginnings: dict[str, list[PaperId]] = defaultdict(list)
    for key, title in titles.items():
        beginnings[title[:BEGINNING]].append(key)

    @cache
    def same(key: PaperId) -> frozenset[PaperId]:
        year, title = papers[key].year, titles[key]
        near = (other for other in beginnings[title[:BEGINNING]] if abs((papers[other].year or 0) - (year or 0)) <= 2)
        return frozenset(o for o in near if titles[o].startswith(title) or title.startswith(titles[o]))

    return same


def _reachable(known: Known, vocabulary: Vocabulary, catalogue: Catalogue) -> int:
    """The known citations of papers that introduced a concept of the vocabulary: all that inference could find."""
    introducing = (introducing_paper(concept) for concept in vocabulary)
    same = same_works(known.papers)
    found = {catalogue.find(paper).paper for paper in introducing if paper} & known.papers.keys()
    targets = {work for key in found for work in same(key)}
    return sum(cited in targets for _, cited in known.edges)


def counted(checked: Iterable[Checked]) -> dict[str, tuple[int, int]]:
    """How often each concept was cited, and how often used; without those seen too rarely to tell."""
    counts: dict[str, list[bool]] = defaultdict(list)
    for each in checked:
        counts[str(each.citation.concept)].append(each.right)
    return {key: (sum(found), len(found)) for key, found in sorted(counts.items()) if len(found) >= customs.LEAST}


def _written(counts: dict[str, tuple[int, int]]) -> str:
    return "{\n" + ",\n".join(f"{json.dumps(key)}: {list(pair)}" for key, pair in counts.items()) + "\n}\n"


def held_out(checked: list[Checked], fold: int) -> Iterator[Checked]:
    """The inferred citations of a fifth of the papers, by the customs of the others."""
    counts = counted(each for each in checked if _fold(each) != fold)
    mentions = [(each, each.confidence_of_mention) for each in checked if _fold(each) == fold]
    with patch.object(customs, "_measured", return_value=counts):
        for each, confidence in mentions:
            concept = str(each.citation.concept)
            if customs.is_custom(concept):
                sure = confidence * customs.citing_share(concept)
                yield replace(each, citation=replace(each.citation, confidence=sure))


def _fold(checked: Checked) -> int:
    return zlib.crc32(checked.citation.citing.encode()) % FOLDS


def _print_curve(checked: list[Checked], reachable: int, known: int, title: str) -> None:
    print(f"{title}: {reachable} known citations are of papers that introduced a concept")
    print("confidence  inferred  precision  recall of these  recall of all")
    for step in range(10):
        some = [each for each in checked if each.citation.confidence >= step / 10]
        right = sum(each.right for each in some)
        shares = (right / max(len(some), 1), right / max(reachable, 1), right / max(known, 1))
        print(f"   ≥ {step / 10:.1f}  {len(some):>9}  " + "  ".join(f"{share:>9.3f}" for share in shares))


def _print_roles(checked: Iterable[Checked]) -> None:
    by_role: dict[str, list[bool]] = defaultdict(list)
    for each in checked:
        by_role[str(each.citation.role)].append(each.right)
    for role, found in sorted(by_role.items()):
        print(f"{role}: precision {sum(found) / len(found):.3f} of {len(found)}")


def _print_wrong(checked: Iterable[Checked], limit: int) -> None:
    by_concept: dict[str, list[Checked]] = defaultdict(list)
    for each in checked:
        by_concept[str(each.citation.concept)].append(each)
    errs = {concept: [each for each in found if not each.right] for concept, found in by_concept.items()}
    for concept, wrong in sorted(errs.items(), key=lambda item: -len(item[1]))[:limit]:
        print(f"{concept}: {len(wrong)} of {len(by_concept[concept])} not found, as in {wrong[0].citation.citing}")
        print(f"    {wrong[0].citation.evidence[:160]}")


if __name__ == "__main__":
    main()
