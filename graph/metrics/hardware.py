"""The reach of hardware: which accelerators the papers on large models name."""

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from ...ontology.classes import ConceptClass, Relation
from .hierarchy import reach, rolled_up
from .intervals import wilson
from .matrices import incidence, places
from .naming import name_concepts
from .results import MetricError, Result
from .selection import Selection

if TYPE_CHECKING:
    from ..knowledge import KnowledgeGraph


def hardware_reach(graph: "KnowledgeGraph", *, parameters: int = 1_000_000_000, level: float = 0.95) -> Result:
    """Of the papers that name a model of more than *parameters* parameters, how many name which hardware.

    A paper that names an `A100 80GB` also names an `A100`, whose variant it is.
    Columns: `hardware` (id), `label`, `papers`, `of` (papers on such models), `share`, `low`, `high` (its interval, see
    `wilson`); the commonest first, only what one of them names.
    """
    if parameters < 0:
        raise MetricError(f"models of more than {parameters} parameters; give 0 or more")
    models = incidence(graph, Selection(classes=[ConceptClass.MODEL], general=True))
    sizes = graph.concepts.sort("id")["parameters"].gather(places(models.concepts, graph.concepts["id"].sort()))
    large = np.flatnonzero((sizes > parameters).fill_null(False).to_numpy())
    on_large = np.unique(models.matrix[:, large].nonzero()[0])
    named = incidence(graph, Selection(classes=[ConceptClass.HARDWARE]))
    rolled = rolled_up(named.matrix[on_large], reach(graph, named.concepts, [Relation.VARIANT_OF]))
    counts = np.bincount(rolled.indices, minlength=rolled.shape[1])
    low, high = wilson(counts, np.full(len(counts), len(on_large)), level)
    frame = pl.DataFrame(
        {
            "hardware": graph.concepts["id"].sort(),
            "papers": counts,
            "of": np.full(len(counts), len(on_large)),
            "share": counts / max(len(on_large), 1),
            "low": low,
            "high": high,
        }
    ).filter(pl.col("papers") > 0)
    ranked = frame.sort(["papers", "hardware"], descending=[True, False])
    return Result(
        "hardware_reach", name_concepts(ranked, graph, "hardware").drop("class"), _notes(len(on_large), parameters)
    )


def _notes(papers: int, parameters: int) -> tuple[str, ...]:
    return (f"{papers:,} papers name a model of more than {parameters:,} parameters.",)
