"""The command line: build, link, export, query, stats, and the vocabulary's own commands."""

import os
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from .graph.input_formats import Format
from .output import FORMATS_TOLD, ExportFormat, LinkFormat, QueryFormat, fail
from .report_cli import report
from .serve_cli import serve
from .update_cli import apart, diff, remove, same, update, workshop
from .vocabulary_cli import ontology_app

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Turn a pile of machine-learning papers into one citation and concept knowledge graph.",
)
app.add_typer(ontology_app, name="ontology", help="Look into the vocabulary and check it.")
Inputs = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="INPUT",
        help="Files, directories or archives to read, - for standard input; the bundled sample without any.",
    ),
]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="A graph that `concite build` made.")]
Columns = Annotated[
    list[str] | None,
    typer.Option("--column", metavar="HOLDS=NAME", help="Of a table: a column and what it holds, as title=Titel."),
]


@app.command(short_help="Read papers and store what they mention and cite as a graph.")
def build(
    inputs: Inputs = None,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Where the graph goes.")] = Path(
        "concite-graph"
    ),
    input_format: Annotated[Format | None, typer.Option("--format", "-f", metavar="FORMAT", help=FORMATS_TOLD)] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Stop at the first record that cannot be read.")] = False,
    columns: Columns = None,
    decisions: Annotated[
        Path | None, typer.Option("--decisions", metavar="FILE", help="JSON: records apart, the same, or removed.")
    ] = None,
) -> None:
    """Read papers, find what they mention and cite, and store the graph in a directory."""
    from .graph.building import Material, build_graph, read_inputs
    from .graph.decisions import UNDECIDED, read_decisions
    from .graph.knowledge import KnowledgeGraph
    from .graph.readers.columns import parse_columns
    from .graph.store import check_target
    from .ontology.cache import load_vocabulary
    from .output import record_count, say_built

    check_target(output)
    with record_count() as told:
        chosen = parse_columns(columns or ())
        read = read_inputs(inputs or (), input_format, strict=strict, columns=chosen, told=told)
    material = Material.of(read, read_decisions(decisions) if decisions else UNDECIDED)
    with workshop(output) as shop:
        graph = KnowledgeGraph(*build_graph(material, load_vocabulary(), shop))
        graph.write(output)
    say_built(graph, output)


@app.command(short_help="Print what each paper mentions; nothing is stored.")
def link(
    inputs: Inputs = None,
    output_format: Annotated[
        LinkFormat, typer.Option("--format", help="jsonl for programs, text for reading.")
    ] = LinkFormat.TEXT,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Say for each mention how it was found, and which rivals were refused."),
    ] = False,
    input_format: Annotated[Format | None, typer.Option("--input-format", metavar="FORMAT", help=FORMATS_TOLD)] = None,
    columns: Columns = None,
) -> None:
    """Print what each paper mentions, in input order, without storing anything."""
    from .graph.building import read_inputs
    from .graph.linking import Linker
    from .graph.papers import paper_id
    from .graph.readers.columns import parse_columns
    from .ontology.cache import load_vocabulary
    from .output import linked_json, linked_text

    linker = Linker(load_vocabulary())
    for each in read_inputs(inputs or (), input_format, in_order=True, columns=parse_columns(columns or ())):
        for paper in each.papers:
            linked = linker.link(paper)
            if output_format is LinkFormat.JSONL:
                typer.echo(linked_json(linked, paper_id(paper), explain))
            else:
                typer.echo(linked_text(linked, explain))


@app.command()
def export(
    folder: Folder,
    to: Annotated[ExportFormat, typer.Option("--to", "-t", help="The format to write.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="PATH", help="The file to write.")],
    base: Annotated[str | None, typer.Option("--base", metavar="IRI", help="Of RDF: the base of all IRIs.")] = None,
    part: Annotated[
        list[str] | None, typer.Option("--part", help="Of RDF: a named graph to write; all without. Repeatable.")
    ] = None,
    vocabulary_only: Annotated[
        bool, typer.Option("--vocabulary-only", help="Of RDF: only the concepts and how they stand to each other.")
    ] = False,
    without_evidence: Annotated[
        bool, typer.Option("--without-evidence", help="Of RDF: all but the mentions' places in the texts.")
    ] = False,
    with_sparql: Annotated[
        bool, typer.Option("--with-sparql", help="Of html: the page answers SPARQL by itself, and is 2 MB larger.")
    ] = False,
) -> None:
    """Write a stored graph in a format that others read."""
    from .exports.formats import chosen_parts, write_export
    from .graph.knowledge import KnowledgeGraph

    if str(output) == "-":
        fail("-: an export needs the name of a file; for standard output use -o /dev/stdout")
    if bool(part) + vocabulary_only + without_evidence > 1:
        raise typer.BadParameter("give one of --part, --vocabulary-only and --without-evidence")
    parts = chosen_parts(part or (), vocabulary_only, without_evidence)
    graph = KnowledgeGraph.read(folder)
    try:
        write_export(graph, str(to), output, base=base, parts=parts, with_sparql=with_sparql)
    except OSError as error:
        fail(f"{output}: cannot be written ({error.strerror}); choose another place with -o")
    if output.is_file() or output.is_dir():
        size = sum(each.stat().st_size for each in (output.iterdir() if output.is_dir() else [output]))
        typer.echo(f"{output}: {size:,} bytes", err=True)


@app.command(short_help="Ask a graph a question in SPARQL.")
def query(
    folder: Annotated[Path | None, typer.Argument(metavar="DIR", help="A graph, or a file of RDF.")] = None,
    sparql: Annotated[str | None, typer.Argument(metavar="SPARQL", help="The query itself.")] = None,
    file: Annotated[Path | None, typer.Option("--file", "-F", help="A file that holds the query.")] = None,
    example: Annotated[str | None, typer.Option("--example", "-e", help="The name of a bundled example.")] = None,
    list_examples: Annotated[
        bool, typer.Option("--list-examples", help="Print the bundled examples, one a line, the name first.")
    ] = False,
    output_format: Annotated[
        QueryFormat, typer.Option("--format", help="How answers are printed.")
    ] = QueryFormat.TABLE,
) -> None:
    """Ask a graph a question in SPARQL; the usual prefixes need not be declared."""
    from .exports.examples import example_query, examples
    from .exports.sparql import answer

    if list_examples:
        for each in examples():
            typer.echo(f"{each.name}\t{each.title}")
        return
    if folder is None or sum(given is not None for given in (sparql, file, example)) != 1:
        raise typer.BadParameter("give a graph, and one query: as text, with --file or with --example")
    if file is not None:
        sparql = _query_text(file)
    text = sparql if sparql is not None else example_query(example or "")
    before = signal.getsignal(signal.SIGINT)
    try:
        typer.echo(answer(folder, text, str(output_format), opened=_end_at_once), nl=False)
    finally:
        signal.signal(signal.SIGINT, before)


def _end_at_once() -> None:
    """Let Ctrl-C end the process by itself: the engine would not hear of it before it is done."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _query_text(file: Path) -> str:
    """The query that a file holds, or a clear end."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        fail(f"{file}: not UTF-8; save the query as UTF-8")
    except OSError as error:
        fail(f"{file}: cannot be read ({error.strerror}); check its name and its permissions")


@app.command()
def stats(
    folder: Folder,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say how much of everything a graph holds, and how sure it is."""
    from .graph.knowledge import KnowledgeGraph
    from .output import stats_json, stats_text

    graph = KnowledgeGraph.read(folder)
    typer.echo(stats_json(graph) if as_json else stats_text(graph))


app.command()(serve)
app.command(short_help="Write the analyses of a graph as one page.")(report)
app.command(short_help="Add inputs to a graph; what it has of them is replaced.")(update)
app.command(short_help="Take papers out of a graph for good.")(remove)
app.command(short_help="Undo a merge: two records are different papers.")(apart)
app.command(short_help="Merge by hand: two records are one paper.")(same)
app.command(short_help="Say what one graph has and another has not.")(diff)


@app.command()
def version() -> None:
    """Print the version."""
    from importlib.metadata import version as installed

    typer.echo(f"concite {installed('concite')}")


def main() -> None:
    """Run the command line; a known error is one line (or one line a fault) and exit status 1."""
    from .graph.papers import InputError
    from .ontology.vocabulary import VocabularyError

    try:
        app(prog_name="concite")
    except (InputError, VocabularyError) as error:
        fail(str(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
