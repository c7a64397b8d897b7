"""The graph as a networkx multigraph, edge for edge what the tables hold."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

import networkx as nx

from ..ontology.classes import Layer, Role

if TYPE_CHECKING:
    from .knowledge import KnowledgeGraph

Edge = tuple[str, str, str, dict[str, Any]]


def network(
    graph: "KnowledgeGraph",
    *,
    layers: Collection[Layer | str] = tuple(Layer),
    roles: Collection[Role | str] = tuple(Role),
) -> "nx.MultiDiGraph[str]":
    """All papers and concepts as nodes, with `kind`; an edge's key is its role, relation or layer.

    Edges from papers to concepts carry `role`, `confidence`, `mentions` and `evidence`, a list of
    `(field, start, end, text)`; citations carry `layer`, `method`, `confidence` and `evidence`.
    """
    multigraph: nx.MultiDiGraph[str] = nx.MultiDiGraph(name="concite")
    for row in graph.papers.iter_rows(named=True):
        multigraph.add_node(row.pop("id"), kind="paper", label=row["title"], **row)
    for row in graph.concepts.iter_rows(named=True):
        multigraph.add_node(row.pop("id"), kind="concept", **row)
    for edges in (
        _links(graph, set(map(str, roles))),
        _citations(graph, set(map(str, layers))),
        _relations(graph),
    ):
        for source, target, key, attributes in edges:
            multigraph.add_edge(source, target, key=key, **attributes)
    return multigraph


def _links(graph: "KnowledgeGraph", roles: set[str]) -> Iterator[Edge]:
    evidence: dict[tuple[str, str], list[tuple[str, int, int, str]]] = defaultdict(list)
    columns = graph.mentions.select("paper", "concept", "field", "start", "end", "text")
    for paper, concept, *where in columns.iter_rows():
        evidence[paper, concept].append(tuple(where))
    for row in graph.links.iter_rows(named=True):
        if row["role"] in roles:
            pair = row["paper"], row["concept"]
            attributes = {
                "relation": "mentions",
                "role": row["role"],
                "confidence": row["confidence"],
                "mentions": row["mentions"],
                "evidence": evidence[pair],
            }
            yield *pair, row["role"], attributes


def _citations(graph: "KnowledgeGraph", layers: set[str]) -> Iterator[Edge]:
    for row in graph.citations.iter_rows(named=True):
        if row["layer"] in layers:
            pair = row.pop("citing"), row.pop("cited")
            yield *pair, row["layer"], {"relation": "cites", **row}


def _relations(graph: "KnowledgeGraph") -> Iterator[Edge]:
    for row in graph.concept_relations.iter_rows(named=True):
        yield (
            row["subject"],
            row["object"],
            row["relation"],
            {"relation": row["relation"], "stated_by": row["source"]},
        )
