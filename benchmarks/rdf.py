"""Measure RDF side by side with rdflib, in one run: writing and loading N-Triples, and every example query.

usage: python benchmarks/rdf.py [INPUT ...] [--runs N] [--times N] [--large]

Without an input the listing beside the project is used where it lies there, else the bundled sample. Its graph is
enlarged (papers, mentions and citations several times over) for writing and loading; the examples are asked of the
graph as it is. Every figure is the median of several runs; seconds are those of the processor, so that others at
work on the same machine count little. `--large` also writes graphs of one and of ten million triples, each in a
process of its own, and says how much memory that took beyond the tables themselves.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import polars as pl
import rdflib
from pyoxigraph import RdfFormat, Store

import concite
from concite.exports.examples import NETWORK, Example, examples
from concite.exports.rdf import nquads
from concite.exports.rdflib_dataset import dataset
from concite.exports.serialisation import write_ntriples
from concite.exports.sparql import run, shown
from concite.graph.knowledge import KnowledgeGraph
from concite.ontology.prefixes import prefixes

LISTING = Path(__file__).resolve().parents[2] / "shared/corpora/hf_trending_listing.txt"
RATE, FACTOR, SECONDS = 2_000_000, 8, 0.1
"""The targets: triples written a second, times faster than rdflib, and seconds for an example."""
KEYS = {"papers": ("id",), "mentions": ("paper",), "citations": ("citing", "cited")}
"""The columns that hold ids of papers, in the tables that grow with the number of papers."""


def enlarged(graph: KnowledgeGraph, times: int) -> KnowledgeGraph:
    """The graph with its papers, mentions and citations several times over, under ids of their own."""

    def copy(frame: pl.DataFrame, columns: Sequence[str], number: int) -> pl.DataFrame:
        ids = (pl.concat_str(pl.col(column), pl.lit(f"-{number}")) for column in columns)
        return frame.with_columns(ids) if number else frame

    frames = dict(graph.frames)
    for table, columns in KEYS.items():
        frames[table] = pl.concat(copy(frames[table], columns, number) for number in range(times))
    return KnowledgeGraph(frames, graph.manifest)


def seconds(work: Callable[[], object], runs: int) -> float:
    """The median of the processor's seconds that some work takes."""
    taken = []
    for _ in range(runs):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def compare(graph: KnowledgeGraph, folder: Path, runs: int) -> Iterator[str]:
    """Writing and loading N-Triples, ours beside rdflib's, on the same data."""
    path, other = folder / "ours.nt", folder / "rdflib.nt"
    writing = seconds(lambda: write_ntriples(graph, path), runs)
    loading = seconds(lambda: Store().bulk_load(path=path, format=RdfFormat.N_TRIPLES), runs)
    found: list[rdflib.Graph] = []
    their_loading = seconds(lambda: found.append(rdflib.Graph().parse(path, format="nt")), 1)
    their_writing = seconds(lambda: found[0].serialize(other, format="nt", encoding="utf-8"), 1)
    triples = len(found[0])
    yield f"{triples:,} triples"
    yield line("write N-Triples", triples, writing, their_writing, triples / writing >= RATE)
    yield line("load N-Triples", triples, loading, their_loading, True)


def line(name: str, triples: int, ours: float, theirs: float, is_fast: bool) -> str:
    """One comparison, with whether it holds the targets."""
    holds = is_fast and theirs / ours >= FACTOR
    rates = f"{triples / ours / 1e6:6.2f} M/s    rdflib {triples / theirs / 1e6:6.3f} M/s"
    return f"{name:<18}{rates}    {theirs / ours:5.1f} times    {'holds' if holds else 'SHORT'}"


def ask(graph: KnowledgeGraph, runs: int) -> Iterator[str]:
    """Every example that needs no network, the slowest first."""
    store = Store()
    for piece in nquads(graph):
        store.bulk_load(piece, format=RdfFormat.N_QUADS)
    reference = dataset(graph)
    asked = [example for example in examples() if example.needs != NETWORK]
    taken = [(*_times(store, reference, example, runs), example.name) for example in asked]
    for ours, theirs, name in sorted(taken, reverse=True):
        word = "holds" if ours < SECONDS else "SHORT"
        yield f"{name:<30}{ours * 1000:8.1f} ms    rdflib {theirs * 1000:9.1f} ms    {word}"


def _times(store: Store, reference: rdflib.Dataset, example: Example, runs: int) -> tuple[float, float]:
    ours = seconds(lambda: shown(run(store, example.query), "json"), runs)
    theirs = seconds(lambda: list(reference.query(example.query, initNs=prefixes())), 1)
    return ours, theirs


def memory(source: Path, triples: int) -> str:
    """What a process of its own says about writing a graph of so many triples."""
    command = [sys.executable, __file__, "--write", str(source), str(triples)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def write_large(source: Path, triples: int) -> str:
    """Write an enlarged graph to nowhere, and say what memory it took."""
    graph = KnowledgeGraph.read(source)
    once = sum(piece.count(b"\n") for piece in nquads(graph))
    large = enlarged(graph, max(1, triples // once))
    before = peak_memory()
    start = time.process_time()
    write_ntriples(large, Path("/dev/null"))
    took = time.process_time() - start
    peak = peak_memory()
    tables = sum(frame.estimated_size() for frame in large.frames.values()) / 2**20
    return (
        f"{triples / 1e6:4.0f} million triples: {took:.1f} s, tables {tables:,.0f} MB, "
        f"peak {peak:,.0f} MB, of these {peak - before:,.0f} MB for writing"
    )


def peak_memory() -> float:
    """The most memory this process has had so far, in megabytes; Linux forgets its parent's only here."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(row.split()[1]) / 1024 for row in status.splitlines() if row.startswith("VmHWM"))


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="*")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--write", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    warnings.simplefilter("ignore", DeprecationWarning)
    if options.write:
        print(write_large(Path(options.write[0]), int(options.write[1])))
        return
    graph = concite.build(options.inputs or ([LISTING] if LISTING.is_file() else []))
    with tempfile.TemporaryDirectory() as folder:
        print(*compare(enlarged(graph, options.times), Path(folder), options.runs), sep="\n")
        print(*ask(graph, options.runs), sep="\n", flush=True)
        if options.large:
            graph.write(Path(folder) / "kg")
            print(*(memory(Path(folder) / "kg", size) for size in (1_000_000, 10_000_000)), sep="\n")
    print(f"peak memory {peak_memory():,.0f} MB, rdflib's graphs among it")


if __name__ == "__main__":
    main()
