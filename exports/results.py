"""Answers as text for reading: rows as an aligned table, triples in a format of RDF."""

from collections.abc import Iterable

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    RdfFormat,
    Triple,
)
from rich.cells import cell_len

from ..ontology.prefixes import prefixes
from ..ontology.terms import BASE

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
WIDEST = 100
"""Columns of a terminal that one cell of a table may take; a longer text is cut, in tables only."""
NO_ROWS = "no rows: nothing in the graph matches\n"
NUMBERS = {"integer", "decimal", "double", "float", "nonNegativeInteger"}

Term = NamedNode | BlankNode | Literal | Triple | None


def table(results: QuerySolutions | QueryBoolean, base: str = BASE) -> str:
    """Rows under the names of their variables, or yes or no; an empty answer says so."""
    if isinstance(results, QueryBoolean):
        return "yes\n" if results else "no\n"
    names = [variable.value for variable in results.variables]
    rows = [list(row) for row in results]
    if not rows:
        return NO_ROWS
    cells = [names, *([_cell(term, base) for term in row] for row in rows)]
    widths = [max(map(cell_len, column)) for column in zip(*cells, strict=True)]
    right = [all(map(_is_number, column)) for column in zip(*rows, strict=True)]
    lines = [_line(row, widths, right) for row in cells]
    rule = "  ".join("─" * width for width in widths)
    counted = "1 row" if len(rows) == 1 else f"{len(rows):,} rows"
    return "\n".join([lines[0], rule, *lines[1:], "", counted, ""])


def _line(cells: list[str], widths: list[int], right: list[bool]) -> str:
    padded = []
    for cell, width, is_number in zip(cells, widths, right, strict=True):
        space = " " * (width - cell_len(cell))
        padded.append(space + cell if is_number else cell + space)
    return "  ".join(padded).rstrip()


def _is_number(term: Term) -> bool:
    return isinstance(term, Literal) and term.datatype.value.rpartition("#")[2] in NUMBERS


def _cell(term: Term, base: str) -> str:
    """A term for reading: IRIs with prefixes, texts without quotes, on one line, nothing a terminal obeys."""
    if term is None:
        return ""
    text = short(term.value, base) if isinstance(term, NamedNode) else getattr(term, "value", str(term))
    text = printable(text)
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"


def printable(text: str) -> str:
    """A text on one line, with a blank for all that a terminal would obey."""
    return "".join(c if c.isprintable() else " " for c in text)


def short(iri: str, base: str = BASE) -> str:
    """An IRI with its prefix, where it has one."""
    for name, start in prefixes(base).items():
        if iri.startswith(start) and len(iri) > len(start):
            return f"{name}:{iri[len(start) :]}"
    return iri


def triples_text(triples: Iterable[Triple], form: RdfFormat, base: str = BASE) -> str:
    """The triples of CONSTRUCT and DESCRIBE, sorted, with the prefixes that they use."""
    from .serialisation import serialised, turtle_text

    found = sorted(set(triples), key=_order)
    text = turtle_text(found, base) if form == RdfFormat.TURTLE else serialised(found, form).decode()
    return text if text.endswith("\n") else text + "\n"


def _order(triple: Triple) -> tuple[str, bool, str]:
    """By subject; what a thing is comes before all else about it."""
    return str(triple.subject), triple.predicate.value != TYPE, str(triple)
