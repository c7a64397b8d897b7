"""What the page of a paper or a concept tells: facts, relations, citations, and the words that they rest on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from ...graph.knowledge import KnowledgeGraph
from ...graph.sentences import sentences
from ...ontology.classes import Layer, PaperRelation, Relation, Role
from ...ontology.terms import BASE, concept_iri, paper_iri
from ..identifiers import concept_page, concept_place, paper_place

SHOWN = 200
"""Rows of one list on a page; the rest is counted, and there in the RDF and to be queried."""
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Link:
    """A paper or a concept to go to."""

    kind: str
    key: str
    label: str
    concept_class: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place elsewhere on the web; an identifier without one has no address."""

    name: str
    address: str | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: plain, or the words of a mention."""

    text: str
    link: Link | None = None
    role: str = ""
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Statement:
    """What leads to a paper or concept, with its evidence in words."""

    link: Link
    said: str
    confidence: float
    evidence: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of statements under a name, of which a page shows the first."""

    name: str
    statements: tuple[Statement, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page about a paper or a concept."""

    kind: str
    key: str
    iri: str
    title: tuple[Piece, ...]
    facts: tuple[tuple[str, str], ...]
    places: tuple[Place, ...]
    text: tuple[Piece, ...]
    related: tuple[tuple[str, tuple[Link, ...]], ...]
    listings: tuple[Listing, ...]

    @property
    def name(self) -> str:
        """The title as plain text."""
        return "".join(piece.text for piece in self.title)


class Resources:
    """The pages of one graph."""

    def __init__(self, graph: KnowledgeGraph, base: str = BASE) -> None:
        self.graph, self.base = graph, base

    def page(self, kind: str, key: str) -> Page | None:
        """The page of a paper or concept, none where the graph has no such."""
        frame = self.graph.papers if kind == "paper" else self.graph.concepts
        found = frame.row(index, named=True) if (index := self._places[kind].get(key)) is not None else None
        if found is None:
            return None
        return self._paper(found) if kind == "paper" else self._concept(found)

    @cached_property
    def _places(self) -> dict[str, dict[str, int]]:
        """The row of every paper and concept."""
        tables = {"paper": self.graph.papers, "concept": self.graph.concepts}
        return {kind: {key: index for index, key in enumerate(frame["id"])} for kind, frame in tables.items()}

    def _link(self, kind: str, key: str) -> Link:
        index = self._places[kind].get(key)
        if index is None:
            return Link(kind, key, key)
        if kind == "paper":
            return Link(kind, key, self.graph.papers["title"][index])
        return Link(kind, key, self.graph.concepts["label"][index], self.graph.concepts["class"][index])

    # Papers

    def _paper(self, row: Row) -> Page:
        mentions = self._mentions("paper", row["id"])
        return Page(
            "paper",
            row["id"],
            paper_iri(row["id"], self.base),
            self._marked(row["title"], mentions, "title"),
            _facts(row, ("authors", "year", "date", "venue", "source", "position")),
            tuple(Place(identifier, paper_place(identifier)) for identifier in row["identifiers"]),
            self._marked(row["abstract"] or "", mentions, "abstract"),
            tuple(self._versions(row["id"])),
            (*self._concepts_of(mentions), *self._citations(row["id"])),
        )

    def _versions(self, key: str) -> Iterable[tuple[str, tuple[Link, ...]]]:
        """The earlier and the later versions of a paper."""
        rows = self.graph.paper_relations.filter(pl.col("relation") == PaperRelation.VERSION_OF)
        yield from self._links("later version of", "paper", rows.filter(pl.col("subject") == key)["object"])
        yield from self._links("later versions", "paper", rows.filter(pl.col("object") == key)["subject"])

    def _mentions(self, column: str, key: str) -> list[Row]:
        return self.graph.mentions.filter(pl.col(column) == key).sort("paper", "start").to_dicts()

    def _marked(self, text: str, mentions: Sequence[Row], field: str) -> tuple[Piece, ...]:
        """A text with its mentions told apart."""
        pieces, at = [], 0
        for row in (row for row in mentions if row["field"] == field):
            link = self._link("concept", row["concept"])
            pieces += [Piece(text[at : row["start"]])]
            pieces += [Piece(text[row["start"] : row["end"]], link, row["role"], row["confidence"])]
            at = row["end"]
        return tuple(piece for piece in (*pieces, Piece(text[at:])) if piece.text)

    def _concepts_of(self, mentions: Sequence[Row]) -> Iterable[Listing]:
        """The concepts of a paper, by role."""
        for role in Role:
            best: dict[str, Row] = {}
            for row in mentions:
                if (
                    row["role"] == role
                    and row["confidence"] > best.get(row["concept"], {"confidence": -1})["confidence"]
                ):
                    best[row["concept"]] = row
            statements = [
                Statement(self._link("concept", key), f"“{row['text']}”", row["confidence"])
                for key, row in best.items()
            ]
            yield from _listing(f"It {role}", statements)

    def _citations(self, key: str) -> Iterable[Listing]:
        for name, here, there in (("It cites", "citing", "cited"), ("It is cited by", "cited", "citing")):
            for layer in Layer:
                chosen = (pl.col(here) == key) & (pl.col("layer") == layer)
                rows = (
                    self.graph.citations.filter(chosen).sort("confidence", there, descending=[True, False]).to_dicts()
                )
                statements = [
                    Statement(
                        self._link("paper", row[there]), row["method"], row["confidence"], _words(row["evidence"])
                    )
                    for row in rows[:SHOWN]
                ]
                yield from _listing(f"{name} ({layer})", statements, len(rows))

    # Concepts

    def _concept(self, row: Row) -> Page:
        facts = ("class", "origin", "aliases", "year", "developed_by", "parameters", "context_length", "memory_gb")
        places = (Place(each, concept_place(each) or concept_page(each)) for each in row["identifiers"])
        return Page(
            "concept",
            row["id"],
            concept_iri(row["id"], self.base),
            (Piece(row["label"]),),
            _facts(row, (*facts, "peak_tflops", "tdp_watts", "languages", "size")),
            tuple(places),
            _words(row["definition"]),
            tuple(self._related(row["id"])),
            tuple(self._papers_of(row["id"])),
        )

    def _related(self, key: str) -> Iterable[tuple[str, tuple[Link, ...]]]:
        """The relations of a concept, in both directions."""
        rows = self.graph.concept_relations
        for relation in Relation:
            kind = "paper" if relation is Relation.INTRODUCED_IN else "concept"
            chosen = rows.filter(pl.col("relation") == relation)
            yield from self._links(_spaced(relation), kind, chosen.filter(pl.col("subject") == key)["object"])
            if kind == "concept":
                yield from self._links(BACK[relation], kind, chosen.filter(pl.col("object") == key)["subject"])

    def _links(self, name: str, kind: str, keys: pl.Series) -> Iterable[tuple[str, tuple[Link, ...]]]:
        if len(keys):
            yield name, tuple(self._link(kind, key) for key in keys.unique().sort().to_list())

    def _papers_of(self, key: str) -> Iterable[Listing]:
        """The papers of a concept, by role, each with the sentence that says so most surely."""
        rows = self.graph.mentions.filter(pl.col("concept") == key)
        best = rows.sort("confidence", descending=True, maintain_order=True).unique(
            ["paper", "role"], keep="first", maintain_order=True
        )
        for role in Role:
            chosen = best.filter(pl.col("role") == role)
            found = [self._statement(row) for row in chosen.head(SHOWN).to_dicts()]
            yield from _listing(f"Papers that {role.removesuffix('s')} it", found, len(chosen))

    def _statement(self, row: Row) -> Statement:
        """A mention as a statement about its paper, with the sentence around it."""
        paper = self.graph.papers.row(self._places["paper"][row["paper"]], named=True)
        text = paper[row["field"]] or ""
        around = next((s for s in sentences(text) if s.start <= row["start"] < s.end), None)
        start, end = (around.start, max(around.end, row["end"])) if around else (row["start"], row["end"])
        mark = Piece(
            text[row["start"] : row["end"]], self._link("concept", row["concept"]), row["role"], row["confidence"]
        )
        evidence = (Piece(text[start : row["start"]]), mark, Piece(text[row["end"] : end]))
        return Statement(self._link("paper", row["paper"]), row["field"], row["confidence"], evidence)


BACK = {
    Relation.BROADER: "narrower",
    Relation.VARIANT_OF: "variants",
    Relation.BASED_ON: "basis of",
    Relation.PART_OF: "parts",
    Relation.RUNS_ON: "runs",
    Relation.FOR_TASK: "data sets for it",
}
"""What a relation is called from its object's side."""


def _spaced(relation: Relation) -> str:
    return "".join(f" {c.lower()}" if c.isupper() else c for c in relation)


def _words(text: str | None) -> tuple[Piece, ...]:
    return (Piece(text),) if text else ()


def _listing(name: str, statements: Sequence[Statement], count: int | None = None) -> Iterable[Listing]:
    """A list, where there is anything in it."""
    if statements:
        yield Listing(name, tuple(statements[:SHOWN]), count or len(statements))


def _facts(row: Row, names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """What is known, under its name, for reading."""
    known = ((name, row.get(name)) for name in names)
    return tuple((name.replace("_", " "), _told(value)) for name, value in known if value not in (None, "", []))


def _told(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return f"{value:,}" if isinstance(value, int) and value > 9999 else str(value)
