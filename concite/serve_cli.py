"""`concite serve`: the explorer, SPARQL and a query page of one graph, over HTTP."""

import os
import signal
import socket
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .output import fail

if TYPE_CHECKING:
    from .exports.server.application import Settings
    from .graph.knowledge import KnowledgeGraph

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="A graph that `concite build` made.")]


def serve(
    folder: Folder,
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port; 0 for any that is free.")] = 8000,
    timeout: Annotated[float, typer.Option("--timeout", min=0.1, help="Seconds that a query may take.")] = 30.0,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Rows or triples that an answer may have.")] = 100_000,
    base: Annotated[str | None, typer.Option("--base", metavar="IRI", help="The base of all IRIs.")] = None,
    cors: Annotated[
        list[str] | None,
        typer.Option("--cors", metavar="ORIGIN", help="Another site whose pages may ask; * for all. Repeatable."),
    ] = None,
) -> None:
    """Serve a graph: the explorer at /, SPARQL at /sparql, a query page at /query."""
    from .exports.rdf import check_base
    from .exports.server.application import Settings
    from .graph.knowledge import KnowledgeGraph
    from .ontology.terms import BASE

    if not hasattr(os, "fork"):
        fail("serve: this system cannot fork processes; serve the graph from Linux, macOS or WSL")
    graph = KnowledgeGraph.read(folder)
    settings = Settings(host, check_base(base or BASE), timeout, limit, tuple(cors or ()))
    listening = _listen(host, port)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # Whoever ends it, everything is put away.
    with suppress(KeyboardInterrupt), tempfile.TemporaryDirectory(prefix="concite-") as place:
        _run(graph, Path(place) / "graph.nq", settings, listening)


def _listen(host: str, port: int) -> socket.socket:
    """A socket on the address, or a clear end."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        fail(f"{host}:{port}: cannot listen there ({reason}); choose another --port or --host")


def _run(graph: "KnowledgeGraph", quads: Path, settings: "Settings", listening: socket.socket) -> None:
    import uvicorn

    from .exports.serialisation import write_nquads
    from .exports.server.application import application

    write_nquads(graph, quads, settings.base)
    config = uvicorn.Config(application(graph, quads, settings), log_level="warning", server_header=False)
    _announce(settings, listening)
    uvicorn.Server(config).run(sockets=[listening])


def _announce(settings: "Settings", listening: socket.socket) -> None:
    host, port = listening.getsockname()[:2]
    place = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    if not settings.is_local:
        typer.echo(f"warning: other machines reach {settings.host}; the graph can be read by all of them", err=True)
    typer.echo(f"explorer    {place}/\nquery page  {place}/query\nSPARQL      {place}/sparql")
    typer.echo("stop with Ctrl-C", err=True)
