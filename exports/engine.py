"""What lets a page answer SPARQL by itself: the engine, the graph as RDF, prefixes and examples."""

import json
import tempfile
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from ..graph.knowledge import KnowledgeGraph
from ..ontology.prefixes import prefixes
from .examples import NETWORK, Example, examples
from .serialisation import write_trig


@dataclass(frozen=True, slots=True)
class Engine:
    """The parts of the engine, as the page packs them."""

    panel: str
    """The script of the panel, which runs in the page."""
    worker: str
    """The script that answers, beside the page."""
    wasm: bytes
    graph: bytes
    """The graph as TriG, the same statements as every export of RDF."""
    asking: bytes
    """Prefixes and examples, as JSON."""


def engine(graph: KnowledgeGraph, base: str) -> Engine:
    """The engine with all that it needs for this graph."""
    viewer = files(__package__).joinpath("viewer")
    return Engine(
        panel=viewer.joinpath("sparql.js").read_text(encoding="utf-8"),
        worker=viewer.joinpath("engine.js").read_text(encoding="utf-8"),
        wasm=viewer.joinpath("oxigraph.wasm").read_bytes(),
        graph=_trig(graph, base),
        asking=json.dumps(
            {"prefixes": prefixes(base), "examples": [_shown(each) for each in examples() if each.needs != NETWORK]},
            ensure_ascii=False,
        ).encode(),
    )


def _trig(graph: KnowledgeGraph, base: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.trig"
        write_trig(graph, path, base)
        return path.read_bytes()


def _shown(example: Example) -> dict[str, str]:
    lines = example.query.splitlines()
    query = "\n".join(line for line in lines if not line.startswith("#+"))
    about = example.description + (f" Needs {example.needs}." if example.needs else "")
    return {"title": example.title, "audience": example.audience, "about": about, "query": query}
