"""Paths: how two papers or concepts hang together, step by step, in words with their evidence."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from math import log2
from typing import Any

import networkx as nx

from ..ontology.classes import Layer, PaperRelation, Relation, Role
from .evidence import sentence_at
from .papers import InputError

GENERAL_COST = 2.5
"""What passing through a very general concept costs: everything is connected by way of those."""
RELATION_COST = 1.2
LAYER_COSTS = {str(Layer.EXPLICIT): 1.0, str(Layer.INFERRED): 1.5}
OTHER_COST = 2.0


@dataclass(frozen=True)
class Step:
    """One step of a path: from one node to the next, the sentence that says why, and its evidence."""

    source: str
    target: str
    says: str
    evidence: str | None = None
    confidence: float | None = None

    def __str__(self) -> str:
        sure = "" if self.confidence in (None, 1.0) else f" ({self.confidence:.2f})"
        return f"{self.says}{sure}" + (f"\n   “{self.evidence}”" if self.evidence else "")

    def _repr_html_(self) -> str:
        evidence = f"<br><q>{escape(self.evidence)}</q>" if self.evidence else ""
        return f"<li>{escape(self.says)}{evidence}</li>"


@dataclass(frozen=True, repr=False)
class Path:
    """A way from one paper or concept to another; it prints as numbered sentences."""

    nodes: tuple[str, ...]
    steps: tuple[Step, ...]

    def __len__(self) -> int:
        return len(self.steps)

    def __iter__(self) -> Iterator[Step]:
        return iter(self.steps)

    def __str__(self) -> str:
        if not self.steps:
            return "These two are one and the same."
        return "\n".join(f"{number}. {step}" for number, step in enumerate(self.steps, 1))

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return f"<ol>{''.join(step._repr_html_() for step in self)}</ol>" if self.steps else f"<p>{self}</p>"


def ways(network: "nx.MultiDiGraph[str]") -> "nx.Graph[str]":
    """Who is joined with whom, in either direction: the cheapest tie of each pair, and what it costs."""
    joined: nx.Graph[str] = nx.Graph()
    joined.add_nodes_from(network)
    for source, target, key, data in network.edges(keys=True, data=True):
        tie = _tie_cost(key, data), source, target, key
        if tie < joined.get_edge_data(source, target, {"tie": (float("inf"),)})["tie"]:
            joined.add_edge(source, target, tie=tie)
    return joined


def _tie_cost(key: str, data: Mapping[str, Any]) -> float:
    if data["relation"] == "cites":
        return LAYER_COSTS.get(key, OTHER_COST)
    return 1 + 0.05 * Role(data["role"]).rank if "role" in data else RELATION_COST


def path(
    network: "nx.MultiDiGraph[str]", joined: "nx.Graph[str]", a: str, b: str, *, avoid: Collection[str] = ()
) -> Path:
    """The way from *a* to *b* that says most, over the `ways` of a network; around what is to be avoided.

    A step into what is linked with much else is dear, and one over an inferred citation dearer than over
    a stated one. Raises `InputError` where nothing joins the two.
    """
    closed = set(avoid) - {a, b}

    def cost(_: str, target: str, data: Mapping[str, Any]) -> float | None:
        if target in closed:
            return None
        return float(data["tie"][0]) + (0 if target == b else _passing(network, target))

    try:
        nodes = nx.dijkstra_path(joined, a, b, weight=cost)
    except nx.NetworkXNoPath:
        advice = "take in more layers and roles, or avoid less"
        raise InputError(f"{a} – {b}", "nothing joins the two", advice) from None
    pairs = pairwise(nodes)
    return Path(tuple(nodes), tuple(_step(network, *pair, joined.edges[pair]["tie"]) for pair in pairs))


def _passing(network: "nx.MultiDiGraph[str]", node: str) -> float:
    """What it costs to pass through a node."""
    data = network.nodes[node]
    general = GENERAL_COST if data.get("general") or data.get("grouping") else 0.0
    return general + log2(1 + network.degree(node)) / 5


def _step(network: "nx.MultiDiGraph[str]", source: str, target: str, tie: tuple[float, str, str, str]) -> Step:
    """The step over a tie, told in the tie's own direction."""
    _, start, end, key = tie
    data = network.edges[start, end, key]
    says = _wording(key, data).format(_name(network, start), _name(network, end))
    evidence = _sentence(network.nodes[start], data) if "role" in data else data.get("evidence")
    return Step(source, target, says, evidence, data.get("confidence"))


def _wording(key: str, data: Mapping[str, Any]) -> str:
    if data["relation"] == "cites":
        return CITING.get(key, f"{{}} is tied to {{}} ({key}).")
    return f"{{}} {data['role']} {{}}." if "role" in data else RELATING[data["relation"]]


def _name(network: "nx.MultiDiGraph[str]", node: str) -> str:
    data = network.nodes[node]
    return str(data["label"]) if data["kind"] == "concept" else f"“{data['label']}”"


def _sentence(paper: Mapping[str, Any], data: Mapping[str, Any]) -> str:
    """The sentence around a link's first mention in the abstract, or else the title."""
    found = [each for each in data["evidence"] if each[0] == "abstract"] or data["evidence"]
    field, start, _, _ = found[0]
    return sentence_at(paper[field] or "", start)


CITING = {
    str(Layer.EXPLICIT): "{} cites {}; its list of references says so.",
    str(Layer.INFERRED): "{} is taken to cite {}, which introduced what it names.",
}
RELATING = {
    str(Relation.BROADER): "{} is a kind of {}.",
    str(Relation.VARIANT_OF): "{} is a variant of {}.",
    str(Relation.BASED_ON): "{} is based on {}.",
    str(Relation.PART_OF): "{} is part of {}.",
    str(Relation.RUNS_ON): "{} runs on {}.",
    str(Relation.INTRODUCED_IN): "{} was introduced in {}.",
    str(Relation.FOR_TASK): "{} is made for {}.",
    str(PaperRelation.VERSION_OF): "{} is a later version of {}.",
}
"""How each relation is told; a new one must be added here."""
