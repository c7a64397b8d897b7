"""Plots: a picture of each analysis, titled with what was found."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ...graph.papers import InputError

if TYPE_CHECKING:
    from ...graph.knowledge import KnowledgeGraph
    from ...graph.metrics.results import Result
    from .style import Picture

PLOTS = {
    "adoption": "years.adoption",
    "bursts": "years.bursts",
    "concept_communities": "concepts.communities",
    "cooccurrence": "concepts.cooccurrence",
    "emerging": "years.emerging",
    "half_lives": "years.half_lives",
    "hardware_reach": "concepts.hardware_reach",
    "main_path": "papers.main_path",
    "missing_links": "concepts.missing_links",
    "pagerank": "papers.pagerank",
    "paper_communities": "papers.communities",
    "trends": "years.trends",
}
"""The module and function that draws each analysis, by the name of its result."""


def draw(graph: "KnowledgeGraph", result: "Result", **options: Any) -> "Picture":
    """The picture of a result. Raises `InputError` where there is none, nothing to draw, or no matplotlib."""
    if result.name not in PLOTS:
        raise InputError(result.name, "this analysis has no picture", f"read its frame; pictures: {', '.join(PLOTS)}")
    module, _, name = PLOTS[result.name].partition(".")
    try:
        function = getattr(import_module(f".{module}", __package__), name)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "matplotlib":
            raise
        raise InputError("matplotlib", "is not installed", "install it: pip install 'concite[plots]'") from error
    made: Picture = function(graph, result, **options)
    return made
