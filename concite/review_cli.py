"""`concite ontology review`: the candidates that builds found, and what becomes of them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from .graph.review import Candidate, CandidateKey

review_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

Graph = Annotated[Path, typer.Argument(metavar="DIR", help="A graph that `concite build` made.")]
Key = Annotated[str, typer.Argument(metavar="KEY", help="A candidate's key, as `list` prints it.")]
Vocabulary = Annotated[
    Path | None, typer.Option("--vocabulary", help="The vocabulary's folder; the bundled one without.")
]


def _folder(vocabulary: Path | None) -> Path:
    from .ontology.vocabulary import bundled_folder

    return vocabulary or bundled_folder()


def _candidate(graph: Path, key: str, folder: Path) -> "Candidate":
    from .graph.knowledge import KnowledgeGraph
    from .graph.papers import InputError
    from .graph.review import queue

    for candidate in queue(KnowledgeGraph.read(graph), folder):
        if candidate.key == key:
            return candidate
    raise InputError(key, "no undecided candidate has this key", f"see: concite ontology review list {graph}")


@review_app.command(name="list")
def list_candidates(
    graph: Graph,
    at_most: Annotated[int, typer.Option("--at-most", "-n", help="How many to print.")] = 50,
    vocabulary: Vocabulary = None,
) -> None:
    """Print the undecided candidates: key, label, number of papers, and the words of the first."""
    from .graph.knowledge import KnowledgeGraph
    from .graph.review import queue

    found = queue(KnowledgeGraph.read(graph), _folder(vocabulary))
    for candidate in found[:at_most]:
        typer.echo(f"{candidate.key}\t{candidate.label}\t{len(candidate.papers)}\t{candidate.evidence}")
    typer.echo(f"{len(found)} candidates undecided", err=True)


@review_app.command()
def accept(
    graph: Graph,
    key: Key,
    definition: Annotated[
        str | None, typer.Option(help="One line, ending with a full stop; asked for without.")
    ] = None,
    broader: Annotated[
        list[str] | None, typer.Option(help="The id of a more general concept; asked for without.")
    ] = None,
    concept_id: Annotated[str | None, typer.Option("--id", help="Another id than the key's.")] = None,
    vocabulary: Vocabulary = None,
) -> None:
    """Write a candidate into the vocabulary as a concept; what is missing is asked for."""
    from .graph import review

    folder = _folder(vocabulary)
    candidate = _candidate(graph, key, folder)
    given: dict[str, object] = {
        "definition": definition or typer.prompt(f"Definition of {candidate.label}"),
        "broader": tuple(broader or [typer.prompt("Broader concept (id)", default=str(candidate.concept_class))]),
    }
    given |= {"id": concept_id} if concept_id else {}
    decision = review.accept(candidate.key, review.proposed_concept(candidate, given), folder)
    typer.echo(f"accepted as {decision.concept}")


@review_app.command()
def merge(
    graph: Graph, key: Key, into: Annotated[str, typer.Argument(metavar="ID")], vocabulary: Vocabulary = None
) -> None:
    """Make a candidate's name an alias of a concept."""
    from .graph import review
    from .ontology.concepts import ConceptId

    folder = _folder(vocabulary)
    candidate = _candidate(graph, key, folder)
    review.merge(candidate.key, candidate.label, ConceptId(into), folder)
    typer.echo(f"{candidate.label} is now an alias of {into}")


@review_app.command()
def refuse(
    key: Key,
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    vocabulary: Vocabulary = None,
) -> None:
    """Refuse a candidate for good; no list shows it again."""
    from .graph import review

    review.refuse(_key(key), reason, _folder(vocabulary))
    typer.echo(f"{key} is refused")


@review_app.command()
def undo(key: Key, vocabulary: Vocabulary = None) -> None:
    """Take back the decision that stands on a candidate."""
    from .graph import review

    review.take_back(_key(key), _folder(vocabulary))
    typer.echo(f"the decision on {key} is taken back")


@review_app.command()
def log(vocabulary: Vocabulary = None) -> None:
    """Print all decisions in their order."""
    from .graph.review import decisions

    for decision in decisions(_folder(vocabulary)):
        typer.echo(f"{decision.key}\t{decision.verdict}\t{decision.concept}\t{decision.reason}")


def _key(text: str) -> "CandidateKey":
    from .graph.papers import InputError
    from .graph.review import CandidateKey
    from .ontology.classes import ConceptClass

    concept_class, _, name = text.partition("/")
    if not name or concept_class not in list(ConceptClass):
        raise InputError(text, "this is no candidate's key", "write it as CLASS/NAME, as `review list` prints it")
    return CandidateKey(text)
