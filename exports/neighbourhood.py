"""The pyvis view: up to 500 nodes of the graph in one page that needs no network, placed beforehand."""

import base64
import hashlib
import html
import json
import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
from pyvis.network import Network

from ..graph.knowledge import KnowledgeGraph
from ..ontology.classes import ConceptClass, Layer
from .layout import layout, links

LIMIT = 500
"""The most nodes that vis.js draws well."""
COLOURS = {
    "paper": "#59636f",
    "technique": "#0069aa",
    "model": "#cc5500",
    "dataset": "#00805d",
    "hardware": "#8032a8",
    "task": "#8a6d00",
    "metric": "#c2407f",
    "software": "#27818f",
}
LIBRARY = "templates/lib/vis-9.1.2/vis-network.min.js"
OPTIONS = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "tooltipDelay": 100, "navigationButtons": False, "keyboard": False},
    "edges": {"smooth": {"type": "dynamic"}, "arrows": {"to": {"enabled": True, "scaleFactor": 0.4}}},
    "nodes": {"shape": "dot", "font": {"size": 12}, "scaling": {"label": {"drawThreshold": 7}}},
}
MARKER = re.compile(r"\{\{(\w+)\}\}")


class View(Network):  # type: ignore[misc]
    """A pyvis network whose page is our own: everything inside, every text escaped, a strict policy."""

    def __init__(self, title: str, note: str, height: str = "75vh", width: str = "100%") -> None:
        super().__init__(height=height, width=width, directed=True, cdn_resources="in_line")
        self.title, self.note = title, note

    def generate_html(self, name: str = "index.html", local: bool = True, notebook: bool = False) -> str:
        """The page; the arguments are pyvis's, and change nothing."""
        library = files("pyvis").joinpath(LIBRARY).read_text(encoding="utf-8")
        start = _asset("neighbourhood.js")
        values = {
            "csp": _policy(library, start),
            "title": html.escape(self.title),
            "note": html.escape(self.note),
            "legend": _legend({node["kind"] for node in self.nodes}),
            "height": html.escape(str(self.height)),
            "width": html.escape(str(self.width)),
            "data": _json({"nodes": self.nodes, "edges": self.edges, "options": OPTIONS}),
            "library": library,
            "start": start,
        }
        return MARKER.sub(lambda marker: values[marker[1]], _asset("neighbourhood.html"))

    def write_html(self, name: str | Path, *_: Any, **__: Any) -> None:
        """Write the page, as UTF-8 everywhere."""
        Path(name).write_text(self.generate_html(), encoding="utf-8", newline="\n")

    def show(self, name: str | Path, *_: Any, **__: Any) -> None:
        """Write the page."""
        self.write_html(name)

    def _repr_html_(self) -> str:
        page = html.escape(self.generate_html(), quote=True)
        title, style = html.escape(self.title), "width:100%;height:640px;border:0"
        return f'<iframe title="{title}" sandbox="allow-scripts" style="{style}" srcdoc="{page}"></iframe>'


def write_pyvis(graph: KnowledgeGraph, path: Path) -> None:
    """Write the view of the whole graph, or of its most linked nodes where it has more than 500."""
    view(graph).write_html(path)


def view(graph: KnowledgeGraph, around: str | None = None, *, hops: int = 1, limit: int = LIMIT) -> View:
    """The nodes at most *hops* links from a node, or the most linked of all; at most *limit*, and never above 500.

    *around* is any name that `KnowledgeGraph.find` knows. Raises `InputError` where nothing has it.
    """
    network = graph.network()
    limit = max(1, min(limit, LIMIT))
    if around is None:
        return _drawn(network, network, "Papers and their concepts", limit, None)
    centre = graph.find(around)
    near = nx.ego_graph(network, centre, radius=hops, undirected=True)
    return _drawn(network, near, f"Around {network.nodes[centre]['label']}", limit, centre)


def _drawn(
    whole: "nx.MultiDiGraph[str]", wanted: "nx.MultiDiGraph[str]", title: str, limit: int, centre: str | None
) -> View:
    linked = [node for node in wanted if wanted.degree(node)] or list(wanted)
    ranked = sorted(linked, key=lambda node: (node != centre, -whole.degree(node), node))[:limit]
    chosen = whole.subgraph(sorted(ranked))
    left = len(linked) - len(chosen)
    count = f"{len(chosen):,} nodes and {chosen.number_of_edges():,} links"
    note = f"{count}; {left:,} less linked nodes are left out." if left else f"{count}."
    made = View(title, note)
    for node, place in _places(chosen, whole).items():
        _add_node(made, node, whole.nodes[node], place, whole.degree(node))
    for number, (source, target, key, attributes) in enumerate(_edges(chosen)):
        made.edges.append(_edge(number, source, target, key, attributes))
    return made


def _places(chosen: "nx.MultiDiGraph[str]", whole: "nx.MultiDiGraph[str]") -> dict[str, tuple[float, float]]:
    """Where the nodes stand, by the explorer's layout."""
    numbers = {node: number for number, node in enumerate(sorted(chosen))}
    pairs = sorted({tuple(sorted((numbers[a], numbers[b]))) for a, b in chosen.edges() if a != b})
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    joined = links(len(numbers), ends[:, 0], ends[:, 1], np.ones(len(pairs)))
    found = layout(joined, np.array([_size(whole.degree(node)) + 3 for node in numbers]))
    return {node: (float(found.x[n]), float(found.y[n])) for node, n in numbers.items()}


def _size(degree: int) -> float:
    return float(round(6 + min(degree, 400) ** 0.5, 1))


def _edges(network: "nx.MultiDiGraph[str]") -> list[tuple[str, str, str, dict[str, Any]]]:
    return sorted(network.edges(keys=True, data=True), key=lambda edge: edge[:3])


def _add_node(view: View, node: str, attributes: Mapping[str, Any], place: tuple[float, float], degree: int) -> None:
    group = str(attributes.get("class", "paper"))
    label = str(attributes["label"])
    x, y = (round(c, 1) for c in place)
    view.add_node(
        node,
        label=label if len(label) <= 40 else label[:39] + "…",
        title=f"{label}\n{group}{', ' + str(attributes['year']) if attributes['year'] else ''}\n{degree} links",
        kind=group,
        color=COLOURS.get(group, "#333333"),
        size=_size(degree),
        x=x,
        y=y,
    )


def _edge(number: int, source: str, target: str, key: str, attributes: Mapping[str, Any]) -> dict[str, Any]:
    """An edge with an id of its own: parallel ones stay apart."""
    title = f"cites ({key})" if key in set(Layer) else key
    confidence = attributes.get("confidence")
    return {
        "id": number,
        "from": source,
        "to": target,
        "title": title if confidence is None else f"{title}, {confidence:.2f}",
        "dashes": key == Layer.INFERRED,
        "color": {"color": "#b9c4d0", "highlight": "#1c2128"},
    }


def _legend(groups: set[str]) -> str:
    order = ["paper", *map(str, ConceptClass)]
    return "".join(
        f'<li><svg width="12" height="12" aria-hidden="true"><circle cx="6" cy="6" r="6" fill="{COLOURS[group]}"/>'
        f"</svg>{group}</li>"
        for group in order
        if group in groups
    )


def _asset(name: str) -> str:
    return files("concite.exports").joinpath("data", name).read_text(encoding="utf-8")


def _json(value: object) -> str:
    """JSON that no HTML parser reads anything into."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _policy(*scripts: str) -> str:
    """Nothing is loaded, and no script runs but those that this page was written with."""
    digests = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    return f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data: blob:"
