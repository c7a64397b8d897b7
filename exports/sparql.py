"""SPARQL over a stored graph or a file of RDF; all named graphs are asked together unless a query says else."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
)

from ..graph.knowledge import KnowledgeGraph
from ..graph.papers import InputError
from ..ontology.prefixes import prefixes
from ..ontology.terms import BASE
from .results import printable, table, triples_text
from .stores import file_source, graph_source, open_source

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Results = QuerySolutions | QueryTriples | QueryBoolean

RESULT_FORMATS = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
TRIPLE_FORMATS = {
    "table": RdfFormat.TURTLE,
    "turtle": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "json": RdfFormat.JSON_LD,
    "xml": RdfFormat.RDF_XML,
}
"""How the triples of CONSTRUCT and DESCRIBE are written, by the name of the format asked for."""


FILE_FORMATS = {"turtle": RdfFormat.TURTLE, "rdfxml": RdfFormat.RDF_XML, "owl": RdfFormat.RDF_XML}
"""The endings of files beside those that each format has by itself."""


class QueryError(InputError):
    """A query that cannot be answered: where it is wrong, with the line it stands in, and what to do."""

    def __init__(self, place: str, problem: str, advice: str, excerpt: str = "") -> None:
        super().__init__(place, problem, advice)
        self.excerpt = excerpt
        self.args = (f"{self.args[0]}{excerpt}",)


def graph_store(graph: KnowledgeGraph, base: str = BASE) -> Store:
    """A store in memory that holds the graph."""
    store = Store()
    _load_graph(store, graph, base)
    return store


def _load_graph(store: Store, graph: KnowledgeGraph, base: str) -> None:
    """Load a graph in one go: a store made so is half as large on disk as one made piece by piece."""
    from .rdf import nquads

    store.bulk_load(BufferedReader(_Stream(nquads(graph, base=base)), 1 << 20), format=RdfFormat.N_QUADS)


class _Stream(RawIOBase):
    """Pieces of bytes as one file to read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces, self.left = pieces, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        while not self.left and (piece := next(self.pieces, None)) is not None:
            self.left = memoryview(piece)
        place = memoryview(buffer)
        count = min(len(place), len(self.left))
        place[:count], self.left = self.left[:count], self.left[count:]
        return count


def open_store(place: Path, base: str = BASE) -> Store:
    """A store that holds a stored graph, or a file of RDF; kept on disk for the next time. Raises `InputError`."""
    if not place.is_file():
        source = graph_source(place, base, lambda store: _load_graph(store, KnowledgeGraph.read(place), base))
    else:
        form = _format_of(place)
        source = file_source(place, form.name, lambda store: _load_file(store, place, form))
    return open_source(source)


def _load_file(store: Store, place: Path, form: RdfFormat) -> None:
    """Load a file of RDF. Raises `InputError`."""
    try:
        store.bulk_load(path=place, format=form)
    except OSError as error:
        raise InputError(str(place), f"cannot be read ({error.strerror or error})", "check its permissions") from error
    except (SyntaxError, ValueError) as error:
        problem = getattr(error, "msg", None) or str(error)
        line = getattr(error, "lineno", None) or 1
        raise InputError(f"{place}:{line}", problem, "mend the file, or name it by its format") from error


def _format_of(place: Path) -> RdfFormat:
    """The format that the name of a file tells. Raises `InputError`."""
    ending = place.suffix.removeprefix(".").lower()
    form = FILE_FORMATS.get(ending) or RdfFormat.from_extension(ending)
    if form is None:
        advice = "give a graph's directory, or a file named .ttl, .nt, .nq, .trig, .jsonld or .rdf"
        raise InputError(str(place), "the name does not tell a format of RDF", advice)
    return form


class Dataset(NamedTuple):
    """The graphs that a query is asked of, in the place of those that it says itself."""

    default: tuple[NamedNode, ...] = ()
    named: tuple[NamedNode, ...] = ()


def run(store: Store, query: str, base: str = BASE, dataset: Dataset | None = None) -> Results:
    """The results of a query as they come. Raises `QueryError`; reading them may raise more: see `answering`.

    All named graphs are asked together, unless the query says FROM which, or a dataset is given.
    """
    bare = without_texts(query)
    _check_size(bare)
    with answering():
        try:
            if dataset is not None:
                graphs: list[NamedNode | BlankNode | DefaultGraph] = [*dataset.default]
                named: list[NamedNode | BlankNode] = [*dataset.named]
                return store.query(query, prefixes=prefixes(base), default_graph=graphs, named_graphs=named)
            return store.query(query, prefixes=prefixes(base), use_default_graph_as_union=not _FROM.search(bare))
        except SyntaxError as error:
            raise _syntax_error(query, error) from error


def without_texts(query: str) -> str:
    """A query with blanks for its texts, IRIs and comments."""
    return _QUOTED.sub(" ", query)


_QUOTED = re.compile(
    r"'{3}(?:[^'\\]|\\.|'(?!''))*+'{3}"
    r'|"{3}(?:[^"\\]|\\.|"(?!""))*+"{3}'
    r"|'(?:[^'\\\n]|\\.)*+'"
    r'|"(?:[^"\\\n]|\\.)*+"'
    r'|<[^<>"{}|^`\\\s]*+>|#[^\n]*+|\\.',
    re.DOTALL,
)
"""Texts, IRIs and comments of a query, and what a name escapes."""
_FROM = re.compile(r"(?<![?$:\w-])FROM\b(?!\w*:)", re.IGNORECASE)
_STEP = re.compile(r"\b(?:OPTIONAL|UNION|MINUS|BIND|FILTER|GRAPH)\b|\|\||&&|!", re.IGNORECASE)
LARGEST, DEEPEST, LONGEST = 1_000_000, 500, 1000
"""Characters of a query, brackets within each other, and steps: at many more the parser ends the program."""


def _check_size(bare: str) -> None:
    """Raise `QueryError` for a query that no person wrote."""
    depth = deepest = 0
    for bracket in re.findall(r"[({\[\])}]", bare):
        depth += 1 if bracket in "({[" else -1
        deepest = max(deepest, depth)
    if len(bare) > LARGEST or deepest > DEEPEST or len(_STEP.findall(bare)) > LONGEST:
        advice = "ask for less at once, and give long lists with VALUES"
        raise QueryError("query", "it is too long or nested too deeply", advice)


@contextmanager
def answering() -> Iterator[None]:
    """Turn what goes wrong while an answer is worked out into `QueryError`."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        advice = "a SERVICE needs the network; ask for less, or for what this graph holds"
        raise QueryError("query", str(error), advice) from error


def answer(
    place: Path, query: str, form: str = "table", base: str = BASE, *, opened: Callable[[], None] | None = None
) -> str:
    """The answer to a query as text in a format; *opened* is called between loading and asking.

    Raises `InputError`, `QueryError` among them.
    """
    with answering():
        store = open_store(place, base)
        if opened:
            opened()
        return shown(run(store, query, base), form, base)


def shown(results: Results, form: str, base: str = BASE) -> str:
    """Results as text: rows and yes or no in a format of results, triples in a format of RDF."""
    if isinstance(results, QueryTriples):
        if form not in TRIPLE_FORMATS:
            raise QueryError("query", f"triples cannot be written as {form}", f"choose {', '.join(TRIPLE_FORMATS)}")
        return triples_text(results, TRIPLE_FORMATS[form], base)
    if form == "table":
        return table(results, base)
    if form not in RESULT_FORMATS:
        raise QueryError("query", f"rows cannot be written as {form}", f"choose table, {', '.join(RESULT_FORMATS)}")
    text = (results.serialize(format=RESULT_FORMATS[form]) or b"").decode()
    return text if text.endswith("\n") else text + "\n"


def _syntax_error(query: str, error: SyntaxError) -> QueryError:
    """The error with its line, a caret under the fault, and what the place should hold."""
    found = re.match(r"error at (\d+):(\d+): (.*)", str(error), re.DOTALL)
    if not found:
        return QueryError("query", str(error), "mend the query")
    number, column, said = int(found[1]), int(found[2]), found[3]
    lines = query.splitlines() or [""]
    line = lines[number - 1] if number <= len(lines) else ""
    excerpt = f"\n  {printable(line)}\n  {' ' * (column - 1)}^" if line.strip() and len(line) <= WIDEST else ""
    if not _FORMS.search(without_texts(query)):
        said = "expected CONSTRUCT"
    return QueryError(f"query:{number}:{column}", *_explained(said, line[: column - 1]), excerpt)


_FORMS = re.compile(r"\b(?:SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
WIDEST = 500
"""Characters of a line of a query that an error still shows."""


def _explained(said: str, before: str) -> tuple[str, str]:
    """What is wrong and what to do, in words, from the parser's list of what it expected."""
    prefix = re.search(r"([\w-]*):\S*$", before)
    if "Prefix not found" in said and prefix:
        return f"the prefix {prefix[1]}: is not known", f"declare it (PREFIX {prefix[1]}: <...>) or mend it"
    if "unbound" in said:
        return "SELECT names a variable that the query leaves unbound", "add it to GROUP BY, or leave it out"
    if said == "expected CONSTRUCT":
        return (
            "this is no query",
            "begin it with SELECT, ASK, CONSTRUCT or DESCRIBE; nothing can be changed here",
        )
    known = re.sub(r"\[.*?\]", "", said, flags=re.DOTALL)
    words = re.findall(r'"([^"\\]+)"|\b([A-Z]{2,})\b', known)
    expected = " ".join(dict.fromkeys(quoted or keyword for quoted, keyword in words))
    return (
        "the query cannot be read here",
        f"expected one of: {expected}" if expected else "mend it from here on",
    )
