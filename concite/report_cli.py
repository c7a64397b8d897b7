"""`concite report`: the analyses of a graph as one page to read or print."""

from pathlib import Path
from typing import Annotated

import typer

from .output import fail


def report(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A graph that `concite build` made.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="PATH", help="The page to write.")] = Path(
        "report.html"
    ),
    title: Annotated[str, typer.Option("--title", help="What the page is called.")] = "What these papers say",
) -> None:
    """Write the analyses of a graph as one page to read or print; needs matplotlib (the extra `plots`)."""
    from .exports.report import write_report
    from .graph.knowledge import KnowledgeGraph

    graph = KnowledgeGraph.read(folder)
    try:
        write_report(graph, output, title)
    except OSError as error:
        fail(f"{output}: cannot be written ({error.strerror}); choose another place with -o")
    if output.is_file():
        typer.echo(f"{output}: {output.stat().st_size:,} bytes", err=True)
