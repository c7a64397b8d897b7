"""Formats: the name of each, and the function that writes it."""

import shutil
import tempfile
from collections.abc import Callable, Collection
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from ..graph.knowledge import KnowledgeGraph
from ..graph.papers import InputError
from ..graph.store import MANIFEST

Writer = Callable[[KnowledgeGraph, Path], None]

WRITERS = {
    "csv": "tables.write_csv",
    "gexf": "graph_formats.write_gexf",
    "graphml": "graph_formats.write_graphml",
    "html": "page.write_page",
    "jsonld": "jsonld.write_jsonld",
    "neo4j": "tables.write_neo4j",
    "nodelink": "graph_formats.write_nodelink",
    "nq": "serialisation.write_nquads",
    "nt": "serialisation.write_ntriples",
    "pyvis": "neighbourhood.write_pyvis",
    "rdfxml": "serialisation.write_rdfxml",
    "trig": "serialisation.write_trig",
    "turtle": "serialisation.write_turtle",
}
"""The module and function of each format; a module is imported when its format is asked for."""


RDF = ("jsonld", "nq", "nt", "rdfxml", "trig", "turtle")
"""The formats of RDF."""
EXPLORER = "html"
"""The format of the explorer page."""


def writer(name: str) -> Writer:
    """The function that writes a format. Raises `InputError`."""
    if name not in WRITERS:
        raise InputError(name, "no such format", f"choose one of: {', '.join(WRITERS)}")
    module, _, function = WRITERS[name].partition(".")
    found: Writer = getattr(import_module(f".{module}", __package__), function)
    return found


def write_export(
    graph: KnowledgeGraph,
    to: str,
    path: Path,
    *,
    base: str | None = None,
    parts: Collection[str] = (),
    with_sparql: bool = False,
) -> None:
    """Write a graph in a format; what stood at *path* is replaced only when the new file is complete.

    *base* and *parts* are for formats of RDF: the base of all IRIs, and the named graphs to write. *with_sparql* is
    for the explorer page: it then answers SPARQL by itself.

    Raises `InputError` for a format that does not exist or cannot hold this graph, `OSError` for a place
    that cannot be written.
    """
    write = partial(writer(to), **_options(to, base, parts), **_asking(to, with_sparql))
    if (path / MANIFEST).is_file():
        raise InputError(str(path), "this is a graph", "choose another place with -o")
    if path.exists() and not path.is_file() and not path.is_dir():
        _write_through(write, graph, path)
        return
    path = path.resolve()
    staging = Path(tempfile.mkdtemp(prefix=f".{path.name[:40]}.", dir=path.parent))
    try:
        write(graph, staging / path.name)
        _replace(staging / path.name, path)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _write_through(write: Writer, graph: KnowledgeGraph, path: Path) -> None:
    """Write into what is neither file nor directory, such as a pipe or `/dev/stdout`: it stays what it is."""
    with tempfile.TemporaryDirectory() as staging:
        made = Path(staging) / "export"
        write(graph, made)
        if made.is_dir():
            raise InputError(str(path), "this is no directory", "choose another place with -o")
        with made.open("rb") as whole, path.open("wb") as place:
            shutil.copyfileobj(whole, place)


def _options(to: str, base: str | None, parts: Collection[str]) -> dict[str, Any]:
    """The options that were given. Raises `InputError` where the format has none of them."""
    if not base and not parts:
        return {}
    if to not in RDF:
        raise InputError(to, "has neither a base nor parts", f"leave them out, or choose one of: {', '.join(RDF)}")
    from .rdf import Part

    unknown = set(parts) - set(Part)
    if unknown:
        raise InputError(min(unknown), "no such part", f"choose of: {', '.join(Part)}")
    return ({"base": base} if base else {}) | ({"parts": tuple(map(Part, parts))} if parts else {})


def _asking(to: str, with_sparql: bool) -> dict[str, bool]:
    """The option of the explorer page. Raises `InputError` where another format is to be written."""
    if with_sparql and to != EXPLORER:
        raise InputError(to, "answers no SPARQL by itself", f"leave --with-sparql out, or choose {EXPLORER}")
    return {"with_sparql": True} if with_sparql else {}


def chosen_parts(parts: Collection[str], vocabulary_only: bool, without_evidence: bool) -> Collection[str]:
    """The named graphs that options ask for, none for all."""
    if not (vocabulary_only or without_evidence):
        return parts
    from .rdf import VOCABULARY_ONLY, WITHOUT_EVIDENCE

    return VOCABULARY_ONLY if vocabulary_only else WITHOUT_EVIDENCE


def _replace(made: Path, path: Path) -> None:
    """Move a file, or a directory of files, into place."""
    if made.is_dir() and path.is_dir():
        for each in sorted(made.iterdir()):
            each.replace(path / each.name)
    else:
        made.replace(path)
