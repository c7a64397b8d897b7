"""Concite: a pile of machine-learning papers as one citation and concept knowledge graph.

>>> import concite
>>> graph = concite.build()          # the bundled sample; or concite.build(["listing.txt"])
>>> graph.papers, graph.concepts, graph.mentions, graph.citations  # doctest: +SKIP
"""

from collections.abc import Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .api import KnowledgeGraph

__all__ = ["KnowledgeGraph", "build", "load"]


def build(inputs: "str | PathLike[str] | Sequence[str | PathLike[str]]" = ()) -> "KnowledgeGraph":
    """The graph of an input or several, of the bundled sample without any; `graph.write(DIR)` stores it.

    Raises `InputError` for an input that cannot be read; what is skipped stands in `graph.skipped`.
    """
    from .api import KnowledgeGraph
    from .graph.building import build_tables, read_inputs
    from .ontology.cache import load_vocabulary

    several = [inputs] if isinstance(inputs, str | PathLike) else inputs
    return KnowledgeGraph(*build_tables(read_inputs([str(each) for each in several]), load_vocabulary()))


def load(folder: "str | PathLike[str]") -> "KnowledgeGraph":
    """The graph stored in a directory. Raises `GraphError` where there is none."""
    from pathlib import Path

    from .api import KnowledgeGraph

    return KnowledgeGraph.read(Path(folder))


def __getattr__(name: str) -> Any:
    if name == "KnowledgeGraph":
        from .api import KnowledgeGraph

        return KnowledgeGraph
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
