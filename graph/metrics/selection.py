"""A selection: which links from papers to concepts an analysis counts."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from ...ontology.classes import ConceptClass, Origin, Role

if TYPE_CHECKING:
    from ..knowledge import KnowledgeGraph


@dataclass(frozen=True, slots=True)
class Selection:
    """Which links count: by class and role, from a confidence on, in papers of some years (both ends included).

    General concepts, such as "neural network", are left out unless asked for: they stand beside everything.
    """

    classes: Collection[ConceptClass | str] = tuple(ConceptClass)
    roles: Collection[Role | str] = tuple(Role)
    general: bool = False
    candidates: bool = True
    confidence: float = 0.0
    years: tuple[int | None, int | None] = (None, None)


EVERYTHING = Selection(general=True)


def selected_papers(graph: "KnowledgeGraph", selection: Selection = EVERYTHING) -> pl.DataFrame:
    """The papers of the input within the years, by id; those only cited have no text and are none of them."""
    papers = graph.papers.filter(~pl.col("external")).select("id", "title", "year")
    first, last = selection.years
    if first is not None:
        papers = papers.filter(pl.col("year") >= first)
    if last is not None:
        papers = papers.filter(pl.col("year") <= last)
    return papers.sort("id")


def selected_concepts(graph: "KnowledgeGraph", selection: Selection) -> pl.DataFrame:
    """The concepts that may count, mentioned or not, by id."""
    concepts = graph.concepts.filter(pl.col("class").is_in([str(each) for each in selection.classes]))
    if not selection.general:
        concepts = concepts.filter(~pl.col("general"))
    if not selection.candidates:
        concepts = concepts.filter(pl.col("origin") != str(Origin.CANDIDATE))
    return concepts.sort("id")


def selected_mentions(graph: "KnowledgeGraph", selection: Selection) -> pl.DataFrame:
    """The mentions with a role and a confidence that count; not yet sieved by paper or concept."""
    mentions = graph.mentions.select("paper", "concept", "role", "confidence")
    if set(map(str, selection.roles)) < set(map(str, Role)):
        mentions = mentions.filter(pl.col("role").is_in([str(role) for role in selection.roles]))
    if selection.confidence > 0:
        mentions = mentions.filter(pl.col("confidence") >= selection.confidence)
    return mentions
