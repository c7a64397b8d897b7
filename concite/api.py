"""The knowledge graph of the public API: the tables with RDF, SPARQL, analyses and pictures."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from .analyses import Analyses
from .ontology.terms import BASE

if TYPE_CHECKING:
    import polars as pl
    import pyoxigraph
    import rdflib

    from .exports.neighbourhood import View
    from .pandas_frames import PandasFrames


class KnowledgeGraph(Analyses):
    """Papers, concepts, mentions and citations as frames, as a network, as RDF, and open to questions."""

    @property
    def pandas(self) -> "PandasFrames":
        """The same tables and answers for those who work in pandas (`pip install 'concite[pandas]'`).

        >>> graph.pandas.papers.groupby("external").size().loc[False].item()
        158
        """
        from .pandas_frames import PandasFrames

        return PandasFrames(self)

    def rdf(self, base: str = BASE) -> "rdflib.Dataset":
        """The graph as rdflib's dataset: six named graphs, asked together by default."""
        from .exports.rdflib_dataset import dataset

        return dataset(self, base)

    def query(self, sparql: str) -> "pl.DataFrame | bool | rdflib.Graph":
        """The answer to a SPARQL query; the usual prefixes need not be declared. Raises `QueryError`.

        A frame for SELECT, with IRIs shortened by prefixes; yes or no for ASK; a graph for CONSTRUCT and DESCRIBE.

        >>> graph.query("ASK { ?paper co:introduces concept:lora }")
        True
        """
        from .exports.rdflib_dataset import python_answer
        from .exports.sparql import answering, run

        with answering():
            return python_answer(run(self._store, sparql))

    @cached_property
    def _store(self) -> "pyoxigraph.Store":
        from .exports.sparql import graph_store

        return graph_store(self)

    def show(self, around: str | None = None, *, hops: int = 1, limit: int = 500) -> "View":
        """A picture for a notebook: what is near a concept or paper, by id or name; else the most linked nodes.

        >>> graph.show("LoRA").title
        'Around LoRA'
        """
        from .exports.neighbourhood import view

        return view(self, around, hops=hops, limit=limit)

    def export(self, to: str, path: "str | Path", *, base: str | None = None) -> None:
        """Write the graph in a format: turtle, nt, nq, trig, jsonld, rdfxml, html, graphml, gexf, csv, …"""
        from .exports.formats import write_export

        write_export(self, to, Path(path), base=base)
