"""Titles: what a paper is called where its own title is not known."""

from collections import defaultdict
from typing import TYPE_CHECKING

from ..ontology.classes import Relation

if TYPE_CHECKING:
    from .knowledge import KnowledgeGraph


def titles(graph: "KnowledgeGraph") -> dict[str, str]:
    """What to call each paper: by its title, else by what it introduced, and only then by an identifier."""
    introduced = _introduced(graph)
    return {
        paper: _supplied(title, introduced[paper]) if title in identifiers and paper in introduced else title
        for paper, title, identifiers in graph.papers.select("id", "title", "identifiers").iter_rows()
    }


def _introduced(graph: "KnowledgeGraph") -> dict[str, list[str]]:
    """The labels of the concepts that each paper introduced."""
    labels = dict(graph.concepts.select("id", "label").iter_rows())
    found: dict[str, list[str]] = defaultdict(list)
    relations = graph.concept_relations.select("subject", "relation", "object")
    for concept, relation, paper in relations.iter_rows():
        if relation == Relation.INTRODUCED_IN:
            found[paper].append(labels[concept])
    return found


def _supplied(identifier: str, labels: list[str]) -> str:
    """A title that tells what is known; the brackets say that it is not the paper's own."""
    return f"[the paper that introduced {' and '.join(sorted(labels)[:2])}, {identifier}]"
