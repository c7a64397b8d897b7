"""The graph for rdflib, and answers to queries as Python values."""

from collections.abc import Callable
from typing import Any

import polars as pl
import rdflib
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    parse,
)

from ..graph.knowledge import KnowledgeGraph
from ..ontology.prefixes import prefixes
from ..ontology.terms import BASE
from .rdf import Part, nquads, part_iri
from .results import short
from .sparql import Results

_XSD = "http://www.w3.org/2001/XMLSchema#"
_PYTHON: dict[str, Callable[[str], object]] = {
    **{f"{_XSD}{name}": int for name in ("integer", "nonNegativeInteger", "int", "long", "gYear")},
    **{f"{_XSD}{name}": float for name in ("decimal", "double", "float")},
    f"{_XSD}boolean": "true".__eq__,
}
"""How the values of literals are read; all others stay texts."""


def dataset(graph: KnowledgeGraph, base: str = BASE) -> rdflib.Dataset:
    """The graph as rdflib's dataset, the named graphs asked together, our prefixes bound."""
    made = rdflib.Dataset(default_union=True)
    for name, iri in prefixes(base).items():
        made.bind(name, iri, replace=True)
    found = (quad for piece in nquads(graph, base=base) for quad in parse(piece, format=RdfFormat.N_QUADS))
    named = {f"<{name}>": made.graph(rdflib.URIRef(name)) for name in (part_iri(part, base) for part in Part)}
    made.addN((_rdflib(q.subject), _rdflib(q.predicate), _rdflib(q.object), named[str(q.graph_name)]) for q in found)
    return made


def _rdflib(term: object) -> rdflib.URIRef | rdflib.Literal:
    """A term of ours as rdflib's; there are no blank nodes."""
    if not isinstance(term, Literal):
        return rdflib.URIRef(str(term)[1:-1])
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    datatype = term.datatype.value
    return rdflib.Literal(term.value, datatype=None if datatype == f"{_XSD}string" else rdflib.URIRef(datatype))


def python_answer(results: Results, base: str = BASE) -> "pl.DataFrame | bool | rdflib.Graph":
    """Rows as a frame, triples as an rdflib graph, yes or no as a truth value."""
    if isinstance(results, QueryBoolean):
        return bool(results)
    if isinstance(results, QueryTriples):
        return _graph(results, base)
    return _frame(results, base)


def _graph(triples: QueryTriples, base: str) -> rdflib.Graph:
    made = rdflib.Graph()
    for name, iri in prefixes(base).items():
        made.bind(name, iri, replace=True)
    text = "".join(sorted(f"{triple} .\n" for triple in triples))
    return made.parse(data=text, format="nt")


def _frame(results: QuerySolutions, base: str) -> pl.DataFrame:
    names = [variable.value for variable in results.variables]
    rows = [[_value(term, base) for term in row] for row in results]
    columns = {name: _column([row[n] for row in rows]) for n, name in enumerate(names)}
    return pl.DataFrame(columns)


def _column(values: list[Any]) -> pl.Series:
    """A column of one type; values of several become texts."""
    kinds = {type(value) for value in values if value is not None}
    if kinds == {int, float}:
        values = [value if value is None else float(value) for value in values]
    elif len(kinds) > 1:
        values = [value if value is None else str(value) for value in values]
    return pl.Series(values, dtype=None if kinds else pl.String, strict=False)


def _value(term: NamedNode | BlankNode | Literal | Triple | None, base: str) -> Any:
    if isinstance(term, NamedNode):
        return short(term.value, base)
    if isinstance(term, Literal):
        return _PYTHON.get(term.datatype.value, str)(term.value)
    return None if term is None else str(term)
