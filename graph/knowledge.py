"""The knowledge graph as people use it: frames, and the views and answers made from them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from ..ontology.classes import ConceptClass, Layer, Role
from .store import read_tables, write_tables

if TYPE_CHECKING:
    import networkx as nx
    import polars as pl


@dataclass(frozen=True)
class KnowledgeGraph:
    """Papers, concepts, mentions and citations as polars frames; ARCHITECTURE's tables, column for column."""

    frames: "Mapping[str, pl.DataFrame]" = field(repr=False)
    manifest: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The graph stored at *folder*. Raises `GraphError`."""
        return cls(*read_tables(folder))

    def write(self, folder: Path) -> None:
        """Store the graph, replacing what is at *folder* as a whole. Raises `GraphError`."""
        write_tables(self.frames, self.manifest, folder)

    @property
    def papers(self) -> "pl.DataFrame":
        """One row a paper; `external` ones are only cited."""
        return self.frames["papers"]

    @property
    def concepts(self) -> "pl.DataFrame":
        """One row a concept that is mentioned, or that a mentioned one leads up to."""
        return self.frames["concepts"]

    @property
    def concept_relations(self) -> "pl.DataFrame":
        """One row a relation between concepts, or from a concept to the paper that introduced it."""
        return self.frames["concept_relations"]

    @property
    def mentions(self) -> "pl.DataFrame":
        """One row a stretch of text that names a concept; offsets are code points of the field."""
        return self.frames["mentions"]

    @property
    def citations(self) -> "pl.DataFrame":
        """One row a citation; never count over more than one `layer`."""
        return self.frames["citations"]

    @property
    def skipped(self) -> "pl.DataFrame":
        """One row a piece of input that became no paper, with the reason."""
        return self.frames["skipped"]

    @cached_property
    def links(self) -> "pl.DataFrame":
        """One row a paper and concept: the role, the best confidence, and the number of mentions."""
        import polars as pl

        grouped = self.mentions.group_by("paper", "concept", "role")
        counted = grouped.agg(pl.col("confidence").max(), pl.len().cast(pl.Int64).alias("mentions"))
        return counted.sort("paper", "concept")

    def network(
        self, *, layers: Collection[Layer | str] = tuple(Layer), roles: Collection[Role | str] = tuple(Role)
    ) -> "nx.MultiDiGraph[str]":
        """The whole graph as networkx's: papers and concepts, roles, relations and citations as edges.

        *layers* and *roles* choose which citations and which links from papers to concepts are in it.
        """
        from .network import network

        return network(self, layers=layers, roles=roles)

    def counts(self) -> dict[str, int]:
        """How much of everything the graph holds, by name."""
        import polars as pl

        papers = self.papers.get_column("external")
        mentioned = self.concepts.filter(pl.col("id").is_in(self.mentions.get_column("concept").implode()))
        found = {
            "papers": int((~papers).sum()),
            "papers only cited": int(papers.sum()),
            "concepts": len(mentioned),
        }
        for concept_class in ConceptClass:
            found[f"  {concept_class}"] = len(mentioned.filter(pl.col("class") == concept_class))
        found["mentions"] = len(self.mentions)
        for role in Role:
            found[f"  {role}"] = len(self.links.filter(pl.col("role") == role))
        for layer in Layer:
            found[f"citations, {layer}"] = len(self.citations.filter(pl.col("layer") == layer))
        found["skipped"] = len(self.skipped)
        return found

    def __repr__(self) -> str:
        counts = self.counts()
        shown = ("papers", "concepts", "mentions")
        return f"KnowledgeGraph({', '.join(f'{counts[name]} {name}' for name in shown)})"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td style='text-align:left'>{escape(name).replace('  ', '&emsp;')}</td><td>{count:,}</td></tr>"
            for name, count in self.counts().items()
        )
        return f"<table><caption>Concite knowledge graph</caption>{rows}</table>"
