"""Tables: nodes and edges as CSV, for spreadsheets and for Neo4j's importer."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import networkx as nx

from ..graph.knowledge import KnowledgeGraph
from ..ontology.terms import CLASS_NAMES

NODE_COLUMNS = (
    "id", "kind", "label", "class", "year", "origin", "definition", "aliases", "parameters", "context_length",
    "memory_gb", "peak_tflops", "tdp_watts", "developed_by", "languages", "size", "misspellings", "covers", "replaces",
    "general", "grouping", "abstract", "date", "venue", "authors", "identifiers", "source", "position", "metadata",
    "external",
)  # fmt: skip
EDGE_COLUMNS = (
    "source", "target", "relation", "role", "layer", "confidence", "mentions", "method", "concept", "concept_role",
    "intent", "evidence", "flags", "stated_by",
)  # fmt: skip

NEO4J_TYPES = {
    "year": "int", "parameters": "long", "context_length": "long", "size": "long", "memory_gb": "double",
    "peak_tflops": "double", "tdp_watts": "double", "general": "boolean", "grouping": "boolean",
    "external": "boolean", "confidence": "double", "mentions": "int",
}  # fmt: skip
"""What Neo4j shall take a column for, where it is no text."""
NEO4J_COMMAND = """\
Import these files into an empty database:

    neo4j-admin database import full --nodes=nodes.csv --relationships=edges.csv --multiline-fields=true neo4j

Lists (aliases, languages, authors, evidence and others) are JSON texts: apoc.convert.fromJsonList reads them.
"""

Row = Mapping[str, Any]


def write_csv(graph: KnowledgeGraph, folder: Path) -> None:
    """Write a folder with `nodes.csv` and `edges.csv`; lists stand as JSON."""
    folder.mkdir()
    network = graph.network()
    _write(folder / "nodes.csv", NODE_COLUMNS, NODE_COLUMNS, _nodes(network))
    _write(folder / "edges.csv", EDGE_COLUMNS, EDGE_COLUMNS, _edges(network))


def read_csv(folder: Path) -> "nx.MultiDiGraph[str]":
    """The network of a folder of CSV; every attribute is the text that stands there."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for row in _read(folder / "nodes.csv"):
        network.add_node(row.pop("id"), **row)
    for row in _read(folder / "edges.csv"):
        key = row.get("role") or row.get("layer") or row["relation"]
        network.add_edge(row.pop("source"), row.pop("target"), key, **row)
    return network


def write_neo4j(graph: KnowledgeGraph, folder: Path) -> None:
    """Write a folder that `neo4j-admin database import` reads, with the command to do so."""
    folder.mkdir()
    network = graph.network()
    nodes = [":ID" if name == "id" else _typed(name) for name in NODE_COLUMNS if name != "kind"]
    edges = [":START_ID", ":END_ID", *map(_typed, EDGE_COLUMNS[2:])]
    _write(folder / "nodes.csv", [*nodes, ":LABEL"], [*_without_kind(), "labels"], _labelled(network))
    _write(folder / "edges.csv", [*edges, ":TYPE"], [*EDGE_COLUMNS, "type"], _with_types(network))
    (folder / "README.txt").write_text(NEO4J_COMMAND, encoding="utf-8")


def _typed(name: str) -> str:
    return f"{name}:{NEO4J_TYPES[name]}" if name in NEO4J_TYPES else name


def _without_kind() -> list[str]:
    return [name for name in NODE_COLUMNS if name != "kind"]


def _labelled(network: "nx.MultiDiGraph[str]") -> Iterator[Row]:
    """Nodes with the labels that Neo4j gives them: Paper, or Concept and the concept's class."""
    names = {str(concept_class): name for concept_class, name in CLASS_NAMES.items()}
    for row in _nodes(network):
        yield {**row, "labels": "Paper" if row["kind"] == "paper" else f"Concept;{names[row['class']]}"}


def _with_types(network: "nx.MultiDiGraph[str]") -> Iterator[Row]:
    """Edges with Neo4j's types: USES, VARIANT_OF, CITES_INFERRED."""
    for row in _edges(network):
        kind = row.get("role") or (f"cites_{row['layer']}" if row.get("layer") else row["relation"])
        yield {**row, "type": "".join(f"_{c}" if c.isupper() else c.upper() for c in kind)}


def _nodes(network: "nx.MultiDiGraph[str]") -> Iterator[Row]:
    for node, attributes in network.nodes(data=True):
        yield {"id": node, **attributes}


def _edges(network: "nx.MultiDiGraph[str]") -> Iterator[Row]:
    for source, target, attributes in network.edges(data=True):
        yield {"source": source, "target": target, **attributes}


def _write(path: Path, header: Sequence[str], columns: Sequence[str], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        table = csv.writer(handle, lineterminator="\n")
        table.writerow(header)
        table.writerows([[cell_text(row.get(column)) for column in columns] for row in rows])


def _read(path: Path) -> Iterator[dict[str, str]]:
    csv.field_size_limit(2**31 - 1)
    with path.open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)


def cell_text(value: object) -> str:
    """A value as a cell of CSV: nothing for the unknown, `true` and `false`, lists as JSON."""
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else str(value)
