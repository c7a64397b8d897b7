"""`concite ontology`: lint, statistics, search and entries of the vocabulary."""

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .output import fail
from .review_cli import review_app

if TYPE_CHECKING:
    from .ontology.concepts import Concept
    from .ontology.vocabulary import Vocabulary

ontology_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
ontology_app.add_typer(review_app, name="review", help="Decide on the candidates that builds found.")

VocabularyFolder = Annotated[
    Path | None, typer.Option("--vocabulary", help="Another vocabulary's folder than the bundled one's.")
]


@ontology_app.command()
def lint(
    folder: Annotated[Path | None, typer.Argument(metavar="DIR", help="The bundled vocabulary without.")] = None,
    fix: Annotated[bool, typer.Option("--fix", help="First rewrite the files canonically.")] = False,
) -> None:
    """Name every fault of the vocabulary as `file:line: problem; what to do`."""
    from .ontology.files import read_entries, vocabulary_files, write_entries
    from .ontology.lint import find_faults
    from .ontology.vocabulary import bundled_folder, read_all_entries

    folder = folder or bundled_folder()
    for path in vocabulary_files(folder) if fix else ():
        entries, unread = read_entries(path)
        if not unread:
            write_entries([entry.concept for entry in entries], path)
    entries, unread = read_all_entries(folder)
    faults = sorted(unread + find_faults(entries))
    for fault in faults:
        typer.echo(str(fault))
    typer.echo(f"{len(entries)} concepts, {len(faults)} faults", err=True)
    raise typer.Exit(1 if faults else 0)


@ontology_app.command()
def stats(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    vocabulary: VocabularyFolder = None,
) -> None:
    """Count concepts by class, and names."""
    from .ontology.cache import load_vocabulary

    known = load_vocabulary(vocabulary)
    by_class = dict(sorted(Counter(str(c.concept_class) for c in known if not c.grouping).items()))
    record = {
        "by_class": by_class,
        "concepts": sum(by_class.values()),
        "grouping": sum(c.grouping for c in known),
        "names": sum(len(list(c.names())) for c in known if not c.grouping),
        "with_introducing_paper": sum(c.introduced is not None for c in known),
    }
    if as_json:
        typer.echo(json.dumps(record, indent=1))
        return
    for name, count in by_class.items():
        typer.echo(f"{name:<24}{count:>8,}")
    for name in ("concepts", "grouping", "names", "with_introducing_paper"):
        typer.echo(f"{name.replace('_', ' '):<24}{record[name]:>8,}")


@ontology_app.command()
def search(
    text: Annotated[str, typer.Argument(metavar="TEXT")],
    at_most: Annotated[int, typer.Option("--at-most", "-n", min=1, help="How many to print.")] = 20,
    vocabulary: VocabularyFolder = None,
) -> None:
    """Find concepts by their names: exact ones first, then those that begin with or hold the text."""
    from .ontology.cache import load_vocabulary
    from .ontology.names import normalise

    wanted = normalise(text)
    ranked: list[tuple[int, str, Concept]] = []
    for concept in load_vocabulary(vocabulary):
        names = [normalise(name) for name, _ in concept.names()]
        if wanted and (rank := min((_rank(wanted, name) for name in names), default=9)) < 9:
            ranked.append((rank, concept.id, concept))
    if not ranked:
        typer.echo(f"nothing is named like {text!r}; try a part of the name", err=True)
        raise typer.Exit(1)
    for _, _, concept in sorted(ranked, key=lambda found: found[:2])[:at_most]:
        typer.echo(f"{concept.id}\t{concept.concept_class}\t{concept.label}\t{concept.definition}")


def _rank(wanted: str, name: str) -> int:
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    return 2 if f" {wanted}" in f" {name}" else 3 if wanted in name else 9


@ontology_app.command()
def show(concept: Annotated[str, typer.Argument(metavar="ID")], vocabulary: VocabularyFolder = None) -> None:
    """Print a concept with its neighbours and sources."""
    from .ontology.cache import load_vocabulary

    known = load_vocabulary(vocabulary)
    if concept not in known:
        typer.echo(
            f"concite: no concept has the id {concept}; find it with: concite ontology search {concept}",
            err=True,
        )
        raise typer.Exit(1)
    typer.echo(_shown(known[concept], known))


def _shown(concept: "Concept", known: "Vocabulary") -> str:
    """A concept's own table, and what stands above and below it."""
    from .ontology.files import entry_text

    above = " → ".join(known[up].label for up in known.ancestors(concept.id))
    below = [known[down].label for down in known.narrower.get(concept.id, ())]
    lines = [f"# {concept.concept_class}", entry_text(concept).rstrip(), f"# above: {above}"]
    if below:
        lines.append(f"# below ({len(below)}): {', '.join(below[:30])}{' …' if len(below) > 30 else ''}")
    return "\n".join(lines)


@ontology_app.command()
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="A vocabulary's folder.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Another, or a later state of it.")],
) -> None:
    """Say what changed from one vocabulary to another, a concept a line."""
    from .ontology.changes import changes
    from .ontology.vocabulary import read_vocabulary

    found = changes(read_vocabulary(old), read_vocabulary(new))
    for change in found:
        typer.echo("\t".join([change.kind, change.concept, *change.fields]))
    typer.echo(f"{len(found)} concepts differ", err=True)


@ontology_app.command()
def reference(
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The page to write.")],
) -> None:
    """Write the reference page of the ontology: its classes, properties and mappings, as HTML."""
    from .ontology.reference import reference_page

    try:
        output.write_text(reference_page(), encoding="utf-8", newline="\n")
    except OSError as error:
        fail(f"{output}: cannot be written ({error.strerror}); choose another place with -o")
