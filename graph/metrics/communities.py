"""Communities: groups of concepts or papers that hold together more than chance would have it, with names."""

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from scipy import sparse
from scipy.sparse import csgraph

from ...ontology.classes import Layer
from .cooccurrence import association, count_pairs
from .coupling import Coupling, similarity
from .matrices import Matrix, Vector, citation_matrix, incidence, places, rows_of
from .naming import name_concepts, name_papers
from .ranking import citation_notes
from .results import MetricError, Result
from .selection import Selection

if TYPE_CHECKING:
    from ..knowledge import KnowledgeGraph

NAMED_BY = 3
"""How many concepts make the name of a community."""


def concept_communities(
    graph: "KnowledgeGraph",
    selection: Selection | None = None,
    *,
    resolution: float = 1.0,
    seed: int = 0,
    min_count: int = 2,
) -> Result:
    """Concepts that are named together, those that at least *min_count* papers name with another one.

    Columns: `concept`, `label`, `class`, `community` (from 1, the largest first), `name` (of the community: its
    strongest concepts), `strength` (how often papers name it with others of the community, times the share of this in
    all its ties); by community, the strongest first.
    Pairs are tied as strongly as their NPMI is above 0; for the method see `partition`.
    """
    named = incidence(graph, selection or Selection())
    pairs = count_pairs(named.matrix, min_count)
    attraction = association(pairs)[1]
    near = np.flatnonzero(attraction > 0)
    cells, size = (pairs.first[near], pairs.second[near]), len(named.concepts)
    ties, counts = _both_ways(attraction[near], cells, size), _both_ways(pairs.both[near], cells, size)
    found = _grouped(named.concepts.alias("concept"), ties, counts, resolution, seed)
    frame = name_concepts(found, graph)
    names = frame.group_by("community").agg(pl.col("label").head(NAMED_BY).str.join(", ").alias("name"))
    note = f"{len(near):,} pairs that at least {min_count:,} papers name together, more often than by chance."
    return Result("concept_communities", _with_names(frame, names, "concept", "label", "class"), (note,))


def paper_communities(
    graph: "KnowledgeGraph",
    ties: Layer | Coupling | str = Layer.EXPLICIT,
    *,
    resolution: float = 1.0,
    seed: int = 0,
) -> Result:
    """Papers tied by the citations of a layer, or by a coupling (the ten papers most like each).

    Columns: `paper`, `title`, `year`, `external`, `community` (from 1, the largest first), `name` (the concepts that
    set it off most, else the title of its strongest paper), `strength` (its ties within the community, times the share
    of its ties that lies within); by community, the strongest first. Papers without ties are left out. For the method
    see `partition`.
    """
    papers, matrix, notes = _paper_ties(graph, str(ties))
    found = _grouped(papers.alias("paper"), matrix, matrix, resolution, seed)
    frame = name_papers(found, graph, "external")
    names = frame.group_by("community", maintain_order=True).agg(pl.col("title").first())
    told = _characteristic(graph, found)
    names = names.join(told, on="community", how="left").select("community", pl.coalesce("name", "title").alias("name"))
    return Result("paper_communities", _with_names(frame, names, "paper", "title", "year", "external"), notes)


def community_sizes(result: Result) -> pl.DataFrame:
    """The communities of a result: `community`, `name`, `members`."""
    return result.frame.group_by("community", "name").agg(pl.len().alias("members")).sort("community")


def partition(matrix: Matrix, resolution: float = 1.0, seed: int = 0) -> Vector:
    """The community of each row of a symmetric matrix of ties, by greatest modularity; the same for the same seed.

    Blondel, Guillaume, Lambiotte and Lefebvre, "Fast unfolding of communities in large networks", J. Stat. Mech.
    (2008), as scikit-network has it; *resolution* after Reichardt and Bornholdt, Physical Review E 74 (2006): more
    gives smaller communities. That method can leave communities in pieces (Traag, Waltman and van Eck, Scientific
    Reports 9, 2019); pieces that nothing ties together are made communities of their own, which only adds modularity.
    """
    from sknetwork.clustering import Louvain

    if resolution <= 0:
        raise MetricError(f"a resolution of {resolution}; give more than 0")
    if not matrix.nnz:
        return np.arange(matrix.shape[0])
    method = Louvain(
        resolution, "newman", shuffle_nodes=True, random_state=seed, return_probs=False, return_aggregate=False
    )
    labels = method.fit_predict(sparse.csr_matrix(matrix))
    rows = rows_of(matrix)
    within = labels[rows] == labels[matrix.indices]
    cells = rows[within], matrix.indices[within]
    inside = sparse.coo_array((np.ones(int(within.sum())), cells), shape=matrix.shape)
    return csgraph.connected_components(inside.tocsr(), directed=False)[1]


def modularity(matrix: Matrix, labels: Vector, resolution: float = 1.0) -> float:
    """How much more of the ties lies within communities than by chance: Newman, Physical Review E 69 (2004)."""
    total = matrix.sum()
    if not total:
        return 0.0
    within = matrix.data[labels[rows_of(matrix)] == labels[matrix.indices]].sum() / total
    degrees = np.bincount(labels, np.asarray(matrix.sum(axis=1), dtype=float)) / total
    return float(within - resolution * (degrees**2).sum())


def _both_ways(values: Vector, cells: tuple[Vector, Vector], size: int) -> Matrix:
    one_way = sparse.coo_array((values.astype(float), cells), shape=(size, size))
    return (one_way + one_way.T).tocsr()


def _grouped(ids: pl.Series, ties: Matrix, weights: Matrix, resolution: float, seed: int) -> pl.DataFrame:
    """The ids that have ties, with `community` and `strength`, which is by *weights*; in the order of communities."""
    tied = np.flatnonzero(np.diff(ties.indptr))
    labels = partition(ties[tied][:, tied], resolution, seed)
    strength = _strength(weights[tied][:, tied], labels)
    frame = pl.DataFrame({ids.name: ids.gather(tied), "group": labels, "strength": strength})
    order = frame.group_by("group").agg(pl.len().alias("size"), pl.col(ids.name).min().alias("first"))
    order = order.sort("size", "first", descending=[True, False]).with_row_index("community", offset=1)
    numbered = frame.join(order.select("group", pl.col("community").cast(pl.Int64)), on="group")
    ranked = numbered.sort("community", "strength", ids.name, descending=[False, True, False])
    return ranked.select(ids.name, "community", "strength")


def _strength(weights: Matrix, labels: Vector) -> Vector:
    """What ties each row to its community, times the share of its ties that this is."""
    rows = rows_of(weights)
    within = labels[rows] == labels[weights.indices]
    inside = np.bincount(rows[within], weights.data[within], minlength=len(labels)).astype(float)
    total = np.bincount(rows, weights.data, minlength=len(labels))
    return inside**2 / np.maximum(total, np.finfo(float).tiny)


def _with_names(frame: pl.DataFrame, names: pl.DataFrame, *leading: str) -> pl.DataFrame:
    named = frame.join(names, on="community", how="left", maintain_order="left")
    return named.select(*leading, "community", "name", "strength")


def _paper_ties(graph: "KnowledgeGraph", ties: str) -> tuple[pl.Series, Matrix, tuple[str, ...]]:
    """Papers by papers, symmetric, and a sentence on what ties them."""
    if ties in {str(layer) for layer in Layer}:
        citations = citation_matrix(graph, ties)
        return citations.papers, (citations.matrix + citations.matrix.T).tocsr(), citation_notes(citations, ties)
    found = similarity(graph, Coupling(ties))
    papers = graph.papers["id"].sort()
    cells = places(found.frame["paper"], papers), places(found.frame["other"], papers)
    near = sparse.coo_array((found.frame["score"].to_numpy(), cells), shape=(len(papers), len(papers))).tocsr()
    return papers, near.maximum(near.T).tocsr(), found.notes


def _characteristic(graph: "KnowledgeGraph", found: pl.DataFrame) -> pl.DataFrame:
    """The name of each community of papers: the concepts whose share in it stands out most from their share in all.

    What stands out is the concept's part of the divergence of Kullback and Leibler, Ann. Math. Statist. 22 (1951).
    """
    named = incidence(graph, Selection())
    at = places(found["paper"], named.papers)
    group = found["community"].to_numpy()
    read = at >= 0
    shape = (int(group.max(initial=0)) + 1, len(named.papers))
    inside = sparse.coo_array((np.ones(int(read.sum())), (group[read], at[read])), shape=shape).tocsr()
    counts = (inside @ named.matrix).tocsr()
    of = np.diff(inside.indptr)
    rows = rows_of(counts)
    share = counts.data / of[rows]
    usual = named.counts / max(len(named.papers), 1)
    telling = pl.DataFrame(
        {
            "community": rows,
            "label": _labels(graph, named.concepts).gather(counts.indices),
            "score": share * np.log(share / usual[counts.indices]),
        }
    )
    best = telling.filter(pl.col("score") > 0).sort(["community", "score", "label"], descending=[False, True, False])
    return best.group_by("community").agg(pl.col("label").head(NAMED_BY).str.join(", ").alias("name"))


def _labels(graph: "KnowledgeGraph", concepts: pl.Series) -> pl.Series:
    known = graph.concepts.select("id", "label").join(concepts.to_frame("id"), on="id")
    return known.sort("id")["label"]
