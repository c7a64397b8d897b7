"""The knowledge graph as people use it: frames, and the views and answers made from them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self, Unpack, overload

from ..ontology.classes import ConceptClass, Layer, Role
from .papers import InputError
from .store import read_tables, write_tables

if TYPE_CHECKING:
    import networkx as nx
    import polars as pl

    from . import paths
    from .lookup import Directory
    from .parts import Parts, Years
    from .summary import Summary

Directed = Literal["all", "links", "citations"]
Undirected = Literal["cooccurrence", "authors"]


@dataclass(frozen=True, eq=False)
class KnowledgeGraph:
    """Papers, concepts, mentions and citations as polars frames; ARCHITECTURE's tables, column for column."""

    frames: "Mapping[str, pl.DataFrame]" = field(repr=False)
    manifest: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The graph stored at *folder*. Raises `GraphError`."""
        return cls(*read_tables(folder))

    def write(self, folder: "str | Path") -> None:
        """Store the graph, replacing what is at *folder* as a whole. Raises `GraphError`."""
        write_tables(self.frames, self.manifest, Path(folder))

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
    def names(self) -> "pl.DataFrame":
        """One row a paper and concept that the vocabulary lacks: how the paper's name for it was read."""
        return self.frames["names"]

    @property
    def paper_relations(self) -> "pl.DataFrame":
        """One row a relation between papers: the preprint of a published one."""
        return self.frames["paper_relations"]

    @property
    def records(self) -> "pl.DataFrame":
        """One row a record of the input, with the paper it became part of and why."""
        return self.frames["records"]

    @property
    def statements(self) -> "pl.DataFrame":
        """One row a list of citations that the input states apart from any paper's record."""
        return self.frames["statements"]

    @property
    def skipped(self) -> "pl.DataFrame":
        """One row a piece of input that became no paper, with the reason."""
        return self.frames["skipped"]

    @cached_property
    def links(self) -> "pl.DataFrame":
        """One row a paper and concept: the role, the best confidence, the number of mentions, and what the concept is.

        >>> graph.links.filter(label="LoRA", role="introduces").select("paper", "class", "mentions").rows()
        [('arxiv-2106.09685', 'technique', 3)]
        """
        import polars as pl

        grouped = self.mentions.group_by("paper", "concept", "role")
        counted = grouped.agg(pl.col("confidence").max(), pl.len().cast(pl.Int64).alias("mentions"))
        told = self.concepts.select("label", "class", "origin", "general", "grouping", concept="id")
        return counted.join(told, on="concept", how="left").sort("paper", "concept")

    def find(self, name: str) -> str:
        """The id of the paper or concept that a name means: an id, a label, an alias, a title, an identifier or an IRI.

        Raises `InputError` where nothing, or more than one thing, has the name; it offers near names.

        >>> graph.find("Low-Rank Adaptation"), graph.find("attention is all you need")
        ('lora', 'arxiv-1706.03762')
        """
        return self._directory.find(name)

    @cached_property
    def _directory(self) -> "Directory":
        from .lookup import Directory

        return Directory(self.papers, self.concepts)

    def select(
        self,
        *,
        layers: Collection[Layer | str] | None = None,
        roles: Collection[Role | str] | None = None,
        classes: Collection[ConceptClass | str] | None = None,
        years: "Years | None" = None,
        general: bool = True,
    ) -> Self:
        """The graph with only some citation layers, roles, concept classes or years; None takes all.

        *years* are the first and the last, None for an open end; papers without a year are in none.
        Without *general*, very general concepts (training) and mere headings are left out.

        >>> graph.select(years=(2017, 2018), classes=["model"])
        KnowledgeGraph(13 papers, 10 concepts, 14 mentions)
        """
        from .parts import select

        frames = select(self.frames, layers=layers, roles=roles, classes=classes, years=years, general=general)
        counts = {name: len(frame) for name, frame in frames.items()}
        return replace(self, frames=frames, manifest={**self.manifest, "counts": counts})

    @overload
    def network(self, view: Directed = ..., **parts: "Unpack[Parts]") -> "nx.MultiDiGraph[str]": ...

    @overload
    def network(self, view: Undirected, **parts: "Unpack[Parts]") -> "nx.Graph[str]": ...

    def network(
        self, view: Directed | Undirected = "all", **parts: "Unpack[Parts]"
    ) -> "nx.MultiDiGraph[str] | nx.Graph[str]":
        """The graph as networkx's; the keywords are those of `select`.

        The view is *all* of it, only the *links* of papers to concepts, only the *citations*, the
        *cooccurrence* of concepts in papers, or the *authors* who wrote together.

        >>> whole = graph.network(layers=["explicit"])
        >>> whole.nodes["lora"]["class"], list(whole["arxiv-2106.09685"]["lora"])
        ('technique', ['introduces'])
        >>> graph.network("cooccurrence", general=False)["lora"]["gpt-3"]["weight"]
        1
        """
        from . import network

        if view not in set(network.View):
            raise InputError(view, "no such view", f"choose of: {', '.join(network.View)}")
        chosen = self.select(**parts)
        if view == "cooccurrence":
            return network.cooccurrence_network(chosen)
        if view == "authors":
            return network.author_network(chosen)
        return network.network(chosen, network.View(view))

    def neighbourhood(self, name: str, hops: int = 1) -> "nx.MultiDiGraph[str]":
        """What is at most *hops* links away from a paper or concept, with all links between.

        >>> near = graph.neighbourhood("QLoRA")
        >>> "lora" in near, near.number_of_nodes() < graph.network().number_of_nodes()
        (True, True)
        """
        import networkx as nx

        near = nx.ego_graph(self._network, self.find(name), radius=hops, undirected=True)
        return nx.MultiDiGraph(near)

    def path(self, a: str, b: str, *, avoid: Collection[str] = ()) -> "paths.Path":
        """How two papers or concepts hang together: the path that says most, in words, with evidence.

        *avoid* names what it may not lead through; `select` first to leave layers or roles out.
        Raises `InputError` where nothing joins the two.

        >>> print(graph.path("LoRA", "QLoRA"))
        1. QLoRA is a kind of LoRA.
        """
        from .paths import path

        around = [self.find(name) for name in avoid]
        return path(self._network, self._ways, self.find(a), self.find(b), avoid=around)

    @cached_property
    def _network(self) -> "nx.MultiDiGraph[str]":
        return self.network()

    @cached_property
    def _ways(self) -> "nx.Graph[str]":
        from .paths import ways

        return ways(self._network)

    def evidence(self, paper: str | None = None, concept: str | None = None) -> "pl.DataFrame":
        """The words behind a claim: each mention with its role, its sentence, its place and its confidence.

        Of one paper and one concept, or of all papers or all concepts where one is left out.

        >>> graph.evidence("arxiv:2305.14314", "LoRA").select("role", "field", "start", "text").rows()
        [('uses', 'abstract', 108, 'low-rank adapters')]
        """
        from .evidence import evidence
        from .lookup import Kind

        found = None if paper is None else self._directory.find(paper, Kind.PAPER)
        named = None if concept is None else self._directory.find(concept, Kind.CONCEPT)
        return evidence(self, found, named)

    def summary(self) -> "Summary":
        """What the graph holds, what its papers name and cite most, and what is missing, in a few lines.

        >>> print(graph.summary())  # doctest: +ELLIPSIS
        papers    ...158 of 2009 to 2025; ... more are only cited
        ...
        """
        from .summary import summary

        return summary(self)

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
        found["concepts of papers"] = len(self.links)
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
