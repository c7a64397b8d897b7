"""The main path: the chain of citations along which most of the ways through the literature run."""

from graphlib import TopologicalSorter
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from scipy.sparse import csgraph

from ...ontology.classes import Layer
from .matrices import Citations, Matrix, citation_matrix
from .naming import name_papers
from .ranking import citation_notes
from .results import MetricError, Result

if TYPE_CHECKING:
    from ..knowledge import KnowledgeGraph

Links = list[list[int]]
"""For each paper, those that it leads to or comes from."""


def main_path(
    graph: "KnowledgeGraph",
    layer: Layer | str = Layer.EXPLICIT,
    *,
    start: str | None = None,
    end: str | None = None,
    external: bool = False,
) -> Result:
    """The path from early to late papers whose citations have the greatest search path counts in sum.

    The count (SPC) of a citation is the number of ways, from papers that cite nothing to papers that none cites, that
    run through it. *start* and *end* are ids; with them only the ways from the one, or to the other, count. *external*
    papers, which are only cited, count if wanted. Papers that cite each other in a circle cannot be put in order: the
    citations among them are left out, and a note says how many.
    Columns: `step` (from 1), `paper`, `title`, `year`, `spc` (of the citation by the next paper; exact, so as text,
    null at the end), `share` (of all ways). Empty where nothing cites anything.
    Hummon and Doreian, Social Networks 11 (1989); Batagelj, arXiv:cs/0309023 (2003), for SPC; Liu and Lu, JASIST 63
    (2012), for the path of the greatest sum.
    """
    citations = citation_matrix(graph, layer, external=external)
    acyclic, circular = without_circles(citations.matrix)
    first, last = _place(citations, start), _place(citations, end)
    path, counts, ways = heaviest_path(acyclic, first, last)
    frame = pl.DataFrame(
        {
            "step": np.arange(1, len(path) + 1),
            "paper": citations.papers.gather(path),
            "spc": pl.Series([*map(str, counts), None][: len(path)], dtype=pl.String),
            "share": pl.Series([*(count / ways for count in counts), None][: len(path)], dtype=pl.Float64),
        }
    )
    named = name_papers(frame, graph).select("step", "paper", "title", "year", "spc", "share")
    return Result("main_path", named, (*citation_notes(citations, layer), *_notes(circular, path, start or end)))


def _place(citations: Citations, paper: str | None) -> int | None:
    if paper is None:
        return None
    place = citations.papers.index_of(paper)
    if place is None:
        raise MetricError(f"no paper of the citation graph: {paper}; give an id, and external=True for one only cited")
    return place


def without_circles(matrix: Matrix) -> tuple[Matrix, int]:
    """The citations but those within strongly connected papers, and how many these are."""
    _, component = csgraph.connected_components(matrix, directed=True, connection="strong")
    entries = matrix.tocoo()
    apart = component[entries.row] != component[entries.col]
    kept = matrix.copy()
    kept.data = apart.astype(float)
    kept.eliminate_zeros()
    return kept, int((~apart).sum())


def heaviest_path(matrix: Matrix, start: int | None = None, end: int | None = None) -> tuple[list[int], list[int], int]:
    """The papers of the main path, the counts of its citations, and of all ways; *matrix* must have no circles.

    Counts are exact: they grow beyond what a machine number holds. Of equal paths the one by lower rows is taken.
    """
    cited, citing = _links(matrix), _links(matrix.T.tocsr())
    order = list(TopologicalSorter(dict(enumerate(cited))).static_order())
    before, after = _ways(order, cited, start), _ways(order[::-1], citing, end)
    best, via = [0] * len(order), [-1] * len(order)
    for paper in order:
        for source in cited[paper]:
            count = before[source] * after[paper]
            if count and best[source] + count > best[paper]:
                best[paper], via[paper] = best[source] + count, source
    path = _trace(via, max(range(len(best)), key=best.__getitem__, default=-1) if end is None else end)
    counts = [before[source] * after[paper] for source, paper in pairwise(path)]
    return path, counts, _all_ways(before, cited, citing, end)


def _links(matrix: Matrix) -> Links:
    ends = matrix.indptr.tolist()
    columns = matrix.indices.tolist()
    return [columns[first:last] for first, last in pairwise(ends)]


def _ways(order: list[int], earlier: Links, only: int | None) -> list[int]:
    """How many ways lead to each paper, from all that have nothing earlier or from *only* one."""
    ways = [0] * len(order)
    for paper in order:
        begins = paper == only if only is not None else not earlier[paper]
        ways[paper] = 1 if begins else sum(ways[source] for source in earlier[paper])
    return ways


def _all_ways(before: list[int], cited: Links, citing: Links, end: int | None) -> int:
    if end is not None:
        return before[end]
    return sum(ways for paper, ways in enumerate(before) if cited[paper] and not citing[paper])


def _trace(via: list[int], last: int) -> list[int]:
    """The papers that lead to the last one, and it; none if nothing leads there."""
    if last < 0 or via[last] < 0:
        return []
    path = [last]
    while via[path[-1]] >= 0:
        path.append(via[path[-1]])
    return path[::-1]


def _notes(circular: int, path: list[int], asked: str | None) -> tuple[str, ...]:
    notes = []
    if circular:
        notes.append(f"Left out, because their papers cite each other in a circle: {circular:,} citations.")
    if asked and not path:
        notes.append("No chain of citations leads there.")
    return tuple(notes)
