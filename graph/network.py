"""The graph as networkx's: the multigraph, edge for edge what the tables hold, and views of it."""

from collections import defaultdict
from collections.abc import Iterator
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING, Any

import networkx as nx

if TYPE_CHECKING:
    from .knowledge import KnowledgeGraph

Node = tuple[str, dict[str, Any]]
Edge = tuple[str, str, str, dict[str, Any]]


class View(StrEnum):
    """What a network shows of a graph."""

    ALL = "all"
    """Papers and concepts with all that joins them."""
    LINKS = "links"
    """Papers of the input and the concepts they name; `bipartite` is 0 for papers and 1 for concepts."""
    CITATIONS = "citations"
    """Papers, joined by citations."""
    COOCCURRENCE = "cooccurrence"
    """Concepts, joined where papers name both."""
    AUTHORS = "authors"
    """Authors, joined where they wrote papers together."""


def network(graph: "KnowledgeGraph", view: View = View.ALL) -> "nx.MultiDiGraph[str]":
    """Papers and concepts as nodes, with `kind` and `label`; an edge's key is its role, relation or layer.

    Edges from papers to concepts carry `role`, `confidence`, `mentions` and `evidence`, a list of
    `(field, start, end, text)`; citations carry `layer`, `method`, `confidence`, `concept`, `concept_role`,
    `intent`, `evidence` and `flags`; versions of a paper carry what they are known by as `stated_by`.
    """
    multigraph: nx.MultiDiGraph[str] = nx.MultiDiGraph(name="concite")
    multigraph.add_nodes_from(_nodes(graph, view))
    for edges in _EDGES[view]:
        for source, target, key, attributes in edges(graph):
            multigraph.add_edge(source, target, key=key, **attributes)
    return multigraph


def cooccurrence_network(graph: "KnowledgeGraph") -> "nx.Graph[str]":
    """Concepts as nodes, with the number of `papers`; an edge's `weight` is the number of papers that name both."""
    import polars as pl

    made: nx.Graph[str] = nx.Graph(name="concepts in the same papers")
    links = graph.links.select("paper", "concept")
    named = dict(links.group_by("concept").len().iter_rows())
    made.add_nodes_from((node, {**data, "papers": named[node]}) for node, data in _concepts(graph) if node in named)
    pairs = links.join(links, on="paper", suffix="_other").filter(pl.col("concept") < pl.col("concept_other"))
    counted = pairs.group_by("concept", "concept_other").len().sort("concept", "concept_other")
    made.add_weighted_edges_from(counted.iter_rows())
    return made


def author_network(graph: "KnowledgeGraph") -> "nx.Graph[str]":
    """Authors as nodes, by name as written; an edge's `weight` is the number of papers they wrote together.

    Its `closeness` counts a paper of n authors as 1/(n - 1), so that long lists of authors do not
    outweigh the rest (Newman 2001).
    """
    made: nx.Graph[str] = nx.Graph(name="authors of the same papers")
    for paper, authors in graph.papers.select("id", "authors").sort("id").iter_rows():
        names = list(dict.fromkeys(authors))
        for name in names:
            made.add_node(name, kind="author", label=name)
            made.nodes[name].setdefault("papers", []).append(paper)
        for one, other in combinations(names, 2):
            known = made.get_edge_data(one, other, {"weight": 0, "closeness": 0.0})
            closeness = known["closeness"] + 1 / (len(names) - 1)
            made.add_edge(one, other, weight=known["weight"] + 1, closeness=closeness)
    return made


def _nodes(graph: "KnowledgeGraph", view: View) -> Iterator[Node]:
    """The nodes that a view shows."""
    if view is View.LINKS:
        named = set(graph.links["concept"])
        yield from ((key, {"bipartite": 0, **data}) for key, data in _papers(graph) if not data["external"])
        yield from ((key, {"bipartite": 1, **data}) for key, data in _concepts(graph) if key in named)
        return
    yield from _papers(graph)
    if view is not View.CITATIONS:
        yield from _concepts(graph)


def _papers(graph: "KnowledgeGraph") -> Iterator[Node]:
    for row in graph.papers.iter_rows(named=True):
        key = row.pop("id")
        yield key, {"kind": "paper", "label": row["title"], **row}


def _concepts(graph: "KnowledgeGraph") -> Iterator[Node]:
    for row in graph.concepts.iter_rows(named=True):
        yield row.pop("id"), {"kind": "concept", **row}


def _links(graph: "KnowledgeGraph") -> Iterator[Edge]:
    evidence: dict[tuple[str, str], list[tuple[str, int, int, str]]] = defaultdict(list)
    columns = graph.mentions.select("paper", "concept", "field", "start", "end", "text")
    for paper, concept, *where in columns.iter_rows():
        evidence[paper, concept].append(tuple(where))
    for row in graph.links.select("paper", "concept", "role", "confidence", "mentions").iter_rows(named=True):
        pair = row.pop("paper"), row.pop("concept")
        yield *pair, row["role"], {"relation": "mentions", **row, "evidence": evidence[pair]}


def _citations(graph: "KnowledgeGraph") -> Iterator[Edge]:
    for row in graph.citations.iter_rows(named=True):
        pair = row.pop("citing"), row.pop("cited")
        yield *pair, row["layer"], {"relation": "cites", **row}


def _relations(graph: "KnowledgeGraph") -> Iterator[Edge]:
    for row in graph.concept_relations.iter_rows(named=True):
        relation = row["relation"]
        yield row["subject"], row["object"], relation, {"relation": relation, "stated_by": row["source"]}


def _versions(graph: "KnowledgeGraph") -> Iterator[Edge]:
    for row in graph.paper_relations.iter_rows(named=True):
        relation, told = row["relation"], {"stated_by": row["source"], "confidence": row["confidence"]}
        yield row["subject"], row["object"], relation, {"relation": relation, **told}


_EDGES = {
    View.ALL: (_links, _citations, _relations, _versions),
    View.LINKS: (_links,),
    View.CITATIONS: (_citations,),
}
