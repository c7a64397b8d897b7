"""Titles: what a paper is called whose own title no input and no vocabulary tells."""

from collections import defaultdict
from typing import TYPE_CHECKING

from ..ontology.classes import Relation

if TYPE_CHECKING:
    import polars as pl


def titled(papers: "pl.DataFrame", relations: "pl.DataFrame", concepts: "pl.DataFrame") -> "pl.DataFrame":
    """The papers, those known only by an identifier called by the concepts they introduced, where there are any."""
    import polars as pl

    introduced = _introduced(relations, concepts)
    rows = papers.select("id", "title", "identifiers").iter_rows()
    names = [
        _supplied(title, introduced[paper]) if title in identifiers and paper in introduced else title
        for paper, title, identifiers in rows
    ]
    return papers.with_columns(title=pl.Series(names, dtype=pl.String))


def _introduced(relations: "pl.DataFrame", concepts: "pl.DataFrame") -> dict[str, list[str]]:
    """The labels of the concepts that each paper introduced."""
    labels = dict(concepts.select("id", "label").iter_rows())
    found: dict[str, list[str]] = defaultdict(list)
    for concept, paper in (
        relations.filter(relation=str(Relation.INTRODUCED_IN)).select("subject", "object").iter_rows()
    ):
        found[paper].append(labels[concept])
    return found


def _supplied(identifier: str, labels: list[str]) -> str:
    """A title that tells what is known; the brackets say that it is not the paper's own."""
    return f"[The paper that introduced {' and '.join(sorted(labels)[:2])}, {identifier}]"
