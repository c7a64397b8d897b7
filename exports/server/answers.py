"""The answer to one query over HTTP: its status, its media type and its bytes, within a limit."""

from dataclasses import asdict, dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Self

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    parse_query_results,
)

from ...ontology.terms import BASE
from ..results import triples_text
from ..sparql import Dataset, QueryError, Results, answering, run
from .negotiation import chosen
from .refusals import refusal

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

ROW_FORMATS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "application/json": QueryResultsFormat.JSON,
    "application/xml": QueryResultsFormat.XML,
}
"""Media types of rows and of yes or no, the preferred one first."""
TRIPLE_FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
"""Media types of triples, the preferred one first."""
PLAIN = "text/plain; charset=utf-8"
MOST_BYTES = 200_000_000
"""Of an answer before it is written in its format: no limit on rows keeps out rows that are books."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query with what the client said about it."""

    query: str
    accept: str = ""
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        """The question as JSON holds it."""
        return asdict(self)

    @classmethod
    def of(cls, record: dict[str, Any]) -> Self:
        """The question of a record."""
        graphs, named = tuple(record["default_graphs"]), tuple(record["named_graphs"])
        return cls(record["query"], record["accept"], graphs, named)


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back over HTTP."""

    status: int
    media: str
    body: bytes


class TooMuchError(Exception):
    """An answer above the limit."""


def problem(status: int, text: str) -> Answer:
    """An answer that says what is wrong."""
    return Answer(status, PLAIN, f"{text}\n".encode(errors="backslashreplace"))


def answered(store: Store, question: Question, limit: int, base: str = BASE) -> Answer:
    """The answer to a question; a fault of the question is an answer, too."""
    if reason := refusal(question.query):
        return problem(403, reason)
    try:
        with answering():
            return _written(run(store, question.query, base, _dataset(question)), question.accept, limit, base)
    except QueryError as error:
        return problem(400, str(error))
    except TooMuchError:
        advice = "add a LIMIT, ask for less, or let the server give more with --limit"
        return problem(422, f"query: the answer has more than {limit:,} rows or triples; {advice}")


def _dataset(question: Question) -> Dataset | None:
    if not question.default_graphs and not question.named_graphs:
        return None
    return Dataset(tuple(map(_graph, question.default_graphs)), tuple(map(_graph, question.named_graphs)))


def _graph(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        advice = "name graphs by their IRIs, as in the service description"
        raise QueryError("default-graph-uri or named-graph-uri", f"{iri!r} is no IRI", advice) from error


def _written(results: Results, accept: str, limit: int, base: str) -> Answer:
    """Results in the format that the client would rather have."""
    offered = list(TRIPLE_FORMATS if isinstance(results, QueryTriples) else ROW_FORMATS)
    media = chosen(accept, offered)
    if media is None:
        return problem(406, f"Accept: nothing that this query can be answered in; choose of {', '.join(offered)}")
    if isinstance(results, QueryTriples):
        body = triples_text(_limited(results, limit), TRIPLE_FORMATS[media], base).encode()
    elif isinstance(results, QueryBoolean):
        body = results.serialize(format=ROW_FORMATS[media]) or b""
    else:
        body = _rows(results, ROW_FORMATS[media], limit)
    return Answer(200, f"{media}; charset=utf-8" if media.startswith("text/") else media, body)


def _limited(triples: QueryTriples, limit: int) -> list[Triple]:
    """The distinct triples."""
    found: set[Triple] = set()
    for triple in triples:
        found.add(triple)
        if len(found) > limit:
            raise TooMuchError
    return list(found)


def _rows(rows: QuerySolutions, form: QueryResultsFormat, limit: int) -> bytes:
    """Rows in a format; they are counted as TSV, where every row is a line."""
    lines = Lines(limit + 1)
    rows.serialize(output=lines, format=QueryResultsFormat.TSV)
    if form == QueryResultsFormat.TSV:
        return lines.getvalue()
    return parse_query_results(lines.getvalue(), format=QueryResultsFormat.TSV).serialize(format=form) or b""


class Lines(BytesIO):
    """A file that takes so many lines and no more."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most, self.count = most, 0

    def write(self, piece: "ReadableBuffer") -> int:
        """Take a piece, or raise `TooMuchError`."""
        self.count += bytes(piece).count(b"\n")
        if self.count > self.most or self.tell() > MOST_BYTES:
            raise TooMuchError
        return super().write(piece)
