"""The command line: build, link, export, query, stats, and the vocabulary's own commands."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
ontology_app = typer.Typer(no_args_is_help=True)
app.add_typer(ontology_app, name="ontology", help="Look into the vocabulary and check it.")


@ontology_app.command()
def lint(
    folder: Annotated[Path | None, typer.Argument()] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Rewrite the files canonically.")] = False,
) -> None:
    """Name every fault of the vocabulary as `file:line: problem; what to do`."""
    from .ontology.files import read_entries, vocabulary_files, write_entries
    from .ontology.lint import find_faults
    from .ontology.vocabulary import bundled_folder, read_all_entries

    folder = folder or bundled_folder()
    if fix:
        for path in vocabulary_files(folder):
            entries, unread = read_entries(path)
            if not unread:
                write_entries([entry.concept for entry in entries], path)
    entries, unread = read_all_entries(folder)
    faults = sorted(unread + find_faults(entries))
    for fault in faults:
        typer.echo(str(fault))
    typer.echo(f"{len(entries)} concepts, {len(faults)} faults", err=True)
    raise typer.Exit(1 if faults else 0)


@ontology_app.callback()
def _ontology() -> None:
    pass


def main() -> None:
    """Run the command line."""
    app()
