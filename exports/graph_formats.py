"""Graph formats: GraphML, GEXF and node-link JSON, each with every node, parallel edge and attribute."""

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import networkx as nx

from ..graph.knowledge import KnowledgeGraph
from ..graph.papers import InputError
from .xml_output import XmlOutput

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no XML file can hold, not even escaped."""
_OF_THE_FILE = frozenset({"edge_id", "id"})
"""Attributes of edges that only their file needs."""
_DATE = re.compile(rb' lastmodifieddate="[^"]*"')


def write_graphml(graph: KnowledgeGraph, path: Path) -> None:
    """Write GraphML. Raises `InputError` for text that XML cannot hold."""
    with path.open("wb") as handle:
        nx.write_graphml_xml(flat(graph), XmlOutput(handle), edge_id_from_attribute="edge_id")


def read_graphml(path: Path) -> "nx.MultiDiGraph[str]":
    """The network of a GraphML file, edges under their keys."""
    return keyed(nx.read_graphml(path, force_multigraph=True))


def write_gexf(graph: KnowledgeGraph, path: Path) -> None:
    """Write GEXF, without the day's date. Raises `InputError` for text that XML cannot hold."""
    network = flat(graph)
    for _, _, attributes in network.edges(data=True):
        attributes["id"] = attributes.pop("edge_id")
    buffer = BytesIO()
    nx.write_gexf(network, buffer)
    path.write_bytes(_DATE.sub(b"", buffer.getvalue(), count=1))


def read_gexf(path: Path) -> "nx.MultiDiGraph[str]":
    """The network of a GEXF file, edges under their keys."""
    return keyed(nx.read_gexf(path))


def write_nodelink(graph: KnowledgeGraph, path: Path) -> None:
    """Write node-link JSON, as networkx, D3 and others read it; lists stay lists."""
    data = nx.node_link_data(graph.network(), edges="edges")
    text = json.dumps(data, ensure_ascii=False, indent=0, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def read_nodelink(path: Path) -> "nx.MultiDiGraph[str]":
    """The network of a node-link file."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return cast("nx.MultiDiGraph[str]", nx.node_link_graph(data, edges="edges"))


def flat(graph: KnowledgeGraph) -> "nx.MultiDiGraph[str]":
    """The network with plain attributes only: nothing unknown, lists as JSON, and edges with ids."""
    network = graph.network()
    for node, attributes in network.nodes(data=True):
        _flatten(attributes, node)
    for number, (source, _, key, attributes) in enumerate(network.edges(keys=True, data=True)):
        _flatten(attributes, source)
        attributes |= {"edge_key": key, "edge_id": f"e{number}"}
    return network


def _flatten(attributes: dict[str, Any], node: str) -> None:
    for name, value in list(attributes.items()):
        if value is None or value == [] or value == "":
            del attributes[name]
        elif isinstance(value, list):
            attributes[name] = json.dumps(value, ensure_ascii=False)
        if found := _NO_XML.search(str(value)):
            problem = f"its {name} holds the character U+{ord(found[0]):04X}, which XML cannot hold"
            raise InputError(node, problem, "write another format, such as nodelink")


def keyed(network: Any) -> "nx.MultiDiGraph[str]":
    """A network read from a file, with its edges under their own keys again."""
    found: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    found.add_nodes_from(network.nodes(data=True))
    for source, target, attributes in network.edges(data=True):
        attributes = {name: value for name, value in attributes.items() if name not in _OF_THE_FILE}
        found.add_edge(source, target, attributes.pop("edge_key"), **attributes)
    return found
