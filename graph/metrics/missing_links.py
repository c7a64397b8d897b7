"""Missing links: concepts that no paper names together, though they are named with much the same others."""

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from scipy import sparse

from ...ontology.classes import ConceptClass
from .cooccurrence import association, count_pairs
from .hierarchy import reach
from .matrices import Incidence, Matrix, Vector, incidence, places, rows_of
from .naming import name_pairs
from .products import products
from .results import MetricError, Result
from .selection import Selection

if TYPE_CHECKING:
    from ..knowledge import KnowledgeGraph

Reals = np.ndarray[tuple[int, int], np.dtype[np.float64]]
Flags = np.ndarray[tuple[int, int], np.dtype[np.bool_]]

SHOWN = 3
"""How many of the common neighbours a link is explained by."""


def missing_links(
    graph: "KnowledgeGraph",
    selection: Selection | None = None,
    *,
    between: tuple[ConceptClass | str, ConceptClass | str] | None = None,
    top: int = 50,
    min_papers: int = 3,
) -> Result:
    """Pairs of concepts that should have met: never named together, but alike in what they are named with.

    Two concepts are neighbours if papers name them together more often than by chance. A pair scores by its common
    neighbours, those with few neighbours of their own counting more. Concepts that fewer than *min_papers* papers name
    do not count, nor pairs of which one is a kind or a variant of the other. *between* asks for pairs of two classes.
    Columns: `a`, `b` (ids, a < b), `a_label`, `b_label`, `a_class`, `b_class`, `score`, `common` (neighbours),
    `expected` (papers naming both by chance), `through` (labels of the common neighbours that count most); the *top*.
    Adamic and Adar, "Friends and neighbors on the Web", Social Networks 25 (2003); Liben-Nowell and Kleinberg, JASIST
    58 (2007), for its use in predicting links.
    """
    if top < 1 or min_papers < 1:
        raise MetricError(f"the top {top}, from {min_papers} papers on; ask for 1 or more of both")
    named = _common(incidence(graph, selection or Selection()), min_papers)
    near, known = neighbourhoods(graph, named)
    a, b, score = _best(near, known, _allowed(graph, named, between), top)
    common = near[a].multiply(near[b]).tocsr()
    counts = named.counts
    frame = pl.DataFrame(
        {
            "a": named.concepts.gather(a),
            "b": named.concepts.gather(b),
            "score": score,
            "common": np.diff(common.indptr).astype(np.int64),
            "expected": counts[a] * counts[b] / max(len(named.papers), 1),
            "through": pl.Series(_through(graph, named, near, common), dtype=pl.List(pl.String)),
        }
    )
    return Result("missing_links", name_pairs(frame, graph), _notes(named, near, min_papers))


def _common(named: Incidence, min_papers: int) -> Incidence:
    """The incidence of the concepts that enough papers name."""
    kept = np.flatnonzero(named.counts >= min_papers)
    return Incidence(named.matrix[:, kept], named.papers, named.concepts.gather(kept))


def neighbourhoods(graph: "KnowledgeGraph", named: Incidence) -> tuple[Matrix, Matrix]:
    """Concepts by their neighbours, and by all that need no link: themselves, those they met, and their kin."""
    pairs = count_pairs(named.matrix)
    attracted = association(pairs)[0] > 0
    near = _both_ways(pairs.first[attracted], pairs.second[attracted], len(named.concepts))
    met = _both_ways(pairs.first, pairs.second, len(named.concepts))
    upward = reach(graph, named.concepts)[:, places(named.concepts, graph.concepts["id"].sort())]
    return near, (met + upward + upward.T).tocsr()


def _both_ways(first: Vector, second: Vector, size: int) -> Matrix:
    one_way = sparse.coo_array((np.ones(len(first)), (first, second)), shape=(size, size))
    return (one_way + one_way.T).tocsr()


def _allowed(
    graph: "KnowledgeGraph", named: Incidence, between: tuple[ConceptClass | str, ConceptClass | str] | None
) -> Flags:
    """Whether a concept (column) may be linked, as the one and as the other of a pair (rows)."""
    if between is None:
        return np.ones((2, len(named.concepts)), bool)
    classes = graph.concepts.sort("id")["class"].gather(places(named.concepts, graph.concepts["id"].sort()))
    return np.stack([(classes == str(ConceptClass(each))).to_numpy() for each in between])


def _best(near: Matrix, known: Matrix, allowed: Flags, top: int) -> tuple[Vector, Vector, Vector]:
    """The *top* pairs of rows by Adamic and Adar's score that are not known, the first before the second."""
    weight = _weights(near)
    weighted = sparse.csr_array((weight[near.indices], near.indices, near.indptr), shape=near.shape)
    found = [np.empty((3, 0))]
    for start, block in products(weighted, near):
        new = (block - block.multiply(known[start : start + block.shape[0]] > 0)).tocsr()
        a, b = rows_of(new) + start, new.indices
        kept = (new.data > 0) & (a < b) & ((allowed[0][a] & allowed[1][b]) | (allowed[0][b] & allowed[1][a]))
        found.append(np.stack([a[kept], b[kept], new.data[kept]]))
        found = [_first(np.concatenate(found, axis=1), top)]
    return found[0][0].astype(np.int64), found[0][1].astype(np.int64), found[0][2]


def _first(pairs: Reals, top: int) -> Reals:
    """The columns of the greatest scores; ties by concept."""
    return pairs[:, np.lexsort((pairs[1], pairs[0], -pairs[2]))[:top]]


def _weights(near: Matrix) -> Vector:
    """What a common neighbour counts: the less, the more neighbours it has itself."""
    return 1 / np.log(np.maximum(np.diff(near.indptr), 2))


def _through(graph: "KnowledgeGraph", named: Incidence, near: Matrix, common: Matrix) -> list[list[str]]:
    """Of each row of common neighbours, the labels of those that count most."""
    labels = graph.concepts.sort("id")["label"].gather(places(named.concepts, graph.concepts["id"].sort()))
    order = np.lexsort((common.indices, -_weights(near)[common.indices], rows_of(common)))
    sorted_labels = labels.gather(common.indices[order]).to_list()
    return [sorted_labels[first : min(first + SHOWN, last)] for first, last in pairwise(common.indptr.tolist())]


def _notes(named: Incidence, near: Matrix, min_papers: int) -> tuple[str, ...]:
    return (
        f"{len(named.concepts):,} concepts that at least {min_papers:,} of {len(named.papers):,} papers name, with "
        f"{near.nnz // 2:,} pairs of neighbours.",
    )
