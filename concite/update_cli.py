"""The commands that change a stored graph, or compare two: update, remove, apart, same, diff."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .graph.input_formats import Format
from .output import FORMATS_TOLD, progress_bar, say_built

if TYPE_CHECKING:
    from .graph.chunks import Workshop


Folder = Annotated[Path, typer.Argument(metavar="DIR", help="A graph that `concite build` made.")]
Record = Annotated[
    str,
    typer.Argument(
        metavar="RECORD",
        help="By an identifier (doi:10.1/x), the id of its paper, or its place (file:7).",
    ),
]


@contextmanager
def workshop(folder: Path) -> Iterator["Workshop"]:
    """All processors and a place for finished parts, for a graph that goes to *folder*."""
    from .graph.chunks import Workshop
    from .graph.staging import work_folder

    with work_folder(folder.resolve()) as kept, progress_bar("linking papers") as progress:
        yield Workshop(os.cpu_count() or 1, kept, progress)


def update(
    folder: Folder,
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT", help="Files, directories or archives to read, new or anew.")
    ],
    input_format: Annotated[Format | None, typer.Option("--format", "-f", metavar="FORMAT", help=FORMATS_TOLD)] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Stop at the first record that cannot be read.")] = False,
) -> None:
    """Add inputs to a graph; what it has of them already is replaced. The result is that of a build of all."""
    from .graph.reading import read_inputs
    from .graph.updating import updated

    read = read_inputs(inputs, input_format, strict=strict)
    _change(folder, updated, read)


def remove(
    folder: Folder,
    papers: Annotated[
        list[str],
        typer.Argument(
            metavar="ID", help="Papers, by id (arxiv-1706.03762), identifier (doi:10.1/x) or place (file:7)."
        ),
    ],
) -> None:
    """Take papers out of a graph with all that only they gave; an update does not bring them back."""
    from .graph.updating import without

    _change(folder, without, papers)


def apart(folder: Folder, one: Record, other: Record) -> None:
    """Undo a merge: say that two records are different papers, for this graph and its updates."""
    from .graph.updating import decided

    _change(folder, decided, apart=[(one, other)])


def same(folder: Folder, one: Record, other: Record) -> None:
    """Merge by hand: say that two records are one paper, for this graph and its updates."""
    from .graph.updating import decided

    _change(folder, decided, same=[(one, other)])


def _change(folder: Path, change: Callable[..., Any], *what: Any, **more: Any) -> None:
    """Read a graph, change it, and store it in its place."""
    from .graph.differences import differences
    from .graph.knowledge import KnowledgeGraph
    from .graph.store import check_target
    from .graph.updating import Stored
    from .ontology.cache import load_vocabulary

    check_target(folder)
    stored = Stored.read(folder)
    with workshop(folder) as shop:
        vocabulary = load_vocabulary()
        arguments = (stored, *what, vocabulary, shop)
        graph = KnowledgeGraph(*change(*arguments, **more))
        graph.write(folder)
    for each in differences(stored.frames, graph.frames)[:1]:
        typer.echo(f"papers: {len(each.added)} added, {len(each.removed)} removed, {len(each.changed)} changed")
    say_built(graph, folder)


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="A graph.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Another graph.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print all differences as JSON.")] = False,
) -> None:
    """Say what one graph has and another has not: papers, concepts, mentions, citations and relations."""
    from .graph.differences import differences, differences_json, differences_text
    from .graph.store import read_tables

    found = differences(read_tables(old)[0], read_tables(new)[0])
    typer.echo(json.dumps(differences_json(found), indent=1) if as_json else differences_text(found))
