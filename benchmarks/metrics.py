"""Measure the analyses side by side with networkx, in one run.

usage: python benchmarks/metrics.py [--papers N] [--links N] [--runs N] [--all]

A graph is drawn by lot, seeded: so many papers, with so many citations and so many mentions of concepts, which are the
rarer the higher their number. Every figure is the median of several runs, in seconds on the clock and of the processor.
networkx starts from a network that is already built; its communities are not timed, since they take minutes. `--all`
also times the analyses that have no target. The exit status is 1 if a target is missed by the processor's seconds, so
that others at work on the machine count little.
"""

import argparse
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial

import networkx as nx
import numpy as np
import polars as pl
from scipy import sparse

from concite.graph import metrics
from concite.graph.knowledge import KnowledgeGraph
from concite.graph.metrics.communities import modularity, partition
from concite.graph.metrics.cooccurrence import count_pairs
from concite.graph.metrics.matrices import Citations, citation_matrix, incidence
from concite.graph.metrics.ranking import pagerank_scores
from concite.graph.metrics.selection import Selection
from concite.graph.tables import COLUMNS, schema

CONCEPTS = 15_000
GROUPS = 300
"""Communities planted in the citations, so that there is something to find."""
FACTOR, COUNTING, GROUPING, TOLERANCE = 20, 0.5, 5.0, 1e-7
"""The targets: times networkx for PageRank, seconds for co-occurrence and communities, and the greatest difference."""


def drawn(papers: int, links: int) -> KnowledgeGraph:
    """A graph of so many papers, with so many citations and mentions."""
    rng = np.random.default_rng(0)
    paper, concept = (pl.Series(range(n)).cast(pl.String).str.zfill(9) for n in (papers, CONCEPTS))
    rarity = 1 / np.arange(1, CONCEPTS + 1) ** 0.9
    citing = rng.integers(0, papers, links)
    near = citing - citing % GROUPS + rng.integers(0, GROUPS, links)
    cited = np.where(rng.random(links) < 0.5, np.minimum(near, papers - 1), rng.integers(0, papers, links))
    rows = {
        "papers": {"id": "p" + paper, "title": paper, "year": rng.integers(2000, 2026, papers), "external": False},
        "concepts": {
            "id": "c" + concept,
            "label": concept,
            "class": "technique",
            "general": False,
            "origin": "vocabulary",
        },
        "mentions": {
            "paper": "p" + paper.gather(rng.integers(0, papers, links)),
            "concept": "c" + concept.gather(rng.choice(CONCEPTS, links, p=rarity / rarity.sum())),
            "role": "uses",
            "confidence": 0.9,
        },
        "citations": {"citing": "p" + paper.gather(citing), "cited": "p" + paper.gather(cited), "layer": "explicit"},
    }
    return KnowledgeGraph({table: _filled(table, rows.get(table, {})) for table in COLUMNS})


def _filled(table: str, columns: dict[str, object]) -> pl.DataFrame:
    types = schema(table)
    given = pl.DataFrame(columns, schema={name: types[name] for name in columns})
    return given.select(
        pl.col(name) if name in columns else pl.lit(None, kind).alias(name) for name, kind in types.items()
    )


def seconds(work: Callable[[], object], runs: int) -> tuple[float, float]:
    """The medians on the clock and of the processor."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter(), time.process_time()
        work()
        taken.append((time.perf_counter() - start[0], time.process_time() - start[1]))
    clock, processor = zip(*taken, strict=True)
    return statistics.median(clock), statistics.median(processor)


def line(name: str, taken: tuple[float, float], holds: bool | None = None, more: str = "") -> str:
    """One figure, and whether it holds its target."""
    word = {None: "", True: "holds", False: "SHORT"}[holds]
    return f"{name:<44}{taken[0]:8.3f} s{taken[1]:8.3f} s  {word:<6}{more}"


def rank(citations: Citations, runs: int) -> Iterator[str]:
    """PageRank, ours beside that of networkx."""
    network: nx.DiGraph[int] = nx.from_scipy_sparse_array(citations.matrix, create_using=nx.DiGraph)
    ours = seconds(lambda: pagerank_scores(citations.matrix), runs)
    theirs = seconds(lambda: nx.pagerank(network), max(runs // 2, 1))
    expected = nx.pagerank(network, tol=1e-12, max_iter=1000)
    apart = max(abs(score - expected[paper]) for paper, score in enumerate(pagerank_scores(citations.matrix)))
    times = theirs[1] / ours[1]
    yield line("PageRank", ours, times >= FACTOR and apart < TOLERANCE, f"{times:.0f} times networkx")
    yield line("PageRank, networkx", theirs, more=f"greatest difference {apart:.1e}")


def count(graph: KnowledgeGraph, runs: int) -> Iterator[str]:
    """Co-occurrence: counting, and from the tables to the answer with its statistics."""
    named = incidence(graph, Selection())
    counting = seconds(lambda: count_pairs(named.matrix), runs)
    yield line("co-occurrence, counting all pairs", counting, counting[1] < COUNTING, f"{named.matrix.nnz:,} links")
    yield line("co-occurrence, tables to matrix", seconds(lambda: incidence(graph, Selection()), runs))
    yield line("co-occurrence, tables to statistics", seconds(lambda: metrics.cooccurrence(graph), runs))


def group(citations: Citations, runs: int) -> Iterator[str]:
    """Communities of papers that cite one another."""
    ties = sparse.csr_array(citations.matrix + citations.matrix.T)
    taken = seconds(lambda: partition(ties), runs)
    labels = partition(ties)
    found = f"{labels.max() + 1} communities, modularity {modularity(ties, labels):.3f}"
    yield line("communities", taken, taken[1] < GROUPING, found)


def others(graph: KnowledgeGraph) -> Iterator[str]:
    """The analyses without a target, once each, from the tables to the answer."""
    for coupling in metrics.Coupling:
        yield line(f"similarity, {coupling}", seconds(partial(metrics.similarity, graph, coupling), 1))
    for analysis in (
        metrics.pagerank, metrics.hits, metrics.concept_communities, metrics.paper_communities, metrics.trends,
        metrics.bursts, metrics.emerging, metrics.half_lives, metrics.novel_pairs, metrics.paper_novelty,
        metrics.missing_links, metrics.main_path,
    ):  # fmt: skip
        yield line(analysis.__name__, seconds(partial(analysis, graph), 1))


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=int, default=100_000)
    parser.add_argument("--links", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--all", action="store_true")
    asked = parser.parse_args()
    graph = drawn(asked.papers, asked.links)
    citations = citation_matrix(graph, "explicit")
    print(f"{asked.papers:,} papers, {citations.matrix.nnz:,} citations; clock and processor", flush=True)
    missed = False
    for measure in (rank(citations, asked.runs), count(graph, asked.runs), group(citations, asked.runs)):
        for each in measure:
            print(each, flush=True)
            missed |= "SHORT" in each
    for each in others(graph) if asked.all else ():
        print(each, flush=True)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
