"""Triples from frames: terms as N-Triples text, made by whole columns at once."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import cast

import polars as pl

ESCAPES = {
    **{chr(code): f"\\u{code:04X}" for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)},
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\f": "\\f",
    "\r": "\\r",
    '"': '\\"',
    "\\": "\\\\",
}
"""What a literal may not hold as it is, after canonical N-Triples."""

XSD = "http://www.w3.org/2001/XMLSchema#"

Piece = pl.Expr | str
"""A part of a text: a column's, or the same in every row."""
Term = tuple[Piece, ...]
"""The pieces of a term's text; a term is unknown in the rows where one of them is."""


@dataclass(frozen=True, slots=True)
class Each:
    """An expression that gives a list of terms: one triple for each."""

    terms: pl.Expr


Object = Term | Each


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple for every row in which all parts are known."""

    subject: Term
    predicate: str
    object: Object


@dataclass(frozen=True, slots=True)
class Sheet:
    """A frame with the patterns to read from each of its rows."""

    frame: pl.DataFrame
    patterns: Sequence[Pattern]

    def text(self, ending: str, counts: "Counter[str]") -> bytes:
        """All triples, row by row; *counts* is raised by the number of triples of each predicate."""
        frame, patterns = _computed(self.frame, self.patterns)
        unknown = {name for name, number in frame.null_count().row(0, named=True).items() if number}
        optional = {n: _lines(p, ending) for n, p in enumerate(patterns) if _is_optional(p, unknown)}
        frame = frame.with_columns(**{f"lines {n}": lines for n, lines in optional.items()})
        numbers = frame.select(**{str(n): _number(p, n, n in optional) for n, p in enumerate(patterns)})
        for pattern, number in zip(patterns, numbers.row(0), strict=True):
            counts[pattern.predicate] += number
        pieces = [[pl.col(f"lines {n}")] if n in optional else _line(p, ending) for n, p in enumerate(patterns)]
        rows = pl.concat_str(_merged(chain.from_iterable(pieces)), ignore_nulls=True)
        return "".join(frame.select(rows).to_series().to_list()).encode()


def _computed(frame: pl.DataFrame, patterns: Iterable[Pattern]) -> tuple[pl.DataFrame, list[Pattern]]:
    """The frame with every piece of the patterns as a column, and the patterns of those columns."""
    made: dict[str, pl.Expr] = {}

    def column(piece: Piece) -> Piece:
        if isinstance(piece, str) or piece.meta.is_column():
            return piece
        name = f"piece {len(made)}"
        made[name] = piece
        return pl.col(name)

    def columns(term: Object) -> Object:
        return Each(cast("pl.Expr", column(term.terms))) if isinstance(term, Each) else tuple(map(column, term))

    ready = [Pattern(cast("Term", columns(p.subject)), p.predicate, columns(p.object)) for p in patterns]
    return frame.with_columns(**made), ready


def _is_optional(pattern: Pattern, unknown: Collection[str]) -> bool:
    """Whether a row may have no line of the pattern, or several: its lines then need a column of their own."""
    if isinstance(pattern.object, Each):
        return True
    pieces = (*pattern.subject, *pattern.object)
    return any(piece.meta.output_name() in unknown for piece in pieces if isinstance(piece, pl.Expr))


def _line(pattern: Pattern, ending: str) -> list[Piece]:
    """The pieces of a pattern's line."""
    return [*pattern.subject, f" <{pattern.predicate}> ", *cast("Term", pattern.object), ending]


def _lines(pattern: Pattern, ending: str) -> pl.Expr:
    """All lines of a pattern in a row as one text, unknown where there is none."""
    if not isinstance(pattern.object, Each):
        return joined(_line(pattern, ending))
    terms, start = pattern.object.terms.list, (*pattern.subject, f" <{pattern.predicate}> ")
    return pl.when(terms.len() > 0).then(joined((*start, terms.join(joined((ending, *start))), ending)))


def _number(pattern: Pattern, place: int, is_optional: bool) -> pl.Expr:
    """How many lines a pattern has in all rows."""
    if not is_optional:
        return pl.len()
    each = pattern.object.terms.list.len() if isinstance(pattern.object, Each) else 1
    return pl.when(pl.col(f"lines {place}").is_not_null()).then(each).sum()


def joined(pieces: Iterable[Piece]) -> pl.Expr:
    """Pieces put together, unknown where one of them is."""
    return pl.concat_str(_merged(pieces))


def _merged(pieces: Iterable[Piece]) -> Iterator[pl.Expr]:
    """Pieces with neighbours that are the same in every row put together."""
    fixed = ""
    for piece in pieces:
        if isinstance(piece, str):
            fixed += piece
            continue
        if fixed:
            yield pl.lit(fixed)
        fixed = ""
        yield piece
    if fixed:
        yield pl.lit(fixed)


def about(subject: Term, *pairs: tuple[str, Object], expand: Callable[[str], str]) -> list[Pattern]:
    """Patterns of one subject, their predicates written with prefixes."""
    return [Pattern(subject, expand(predicate), value) for predicate, value in pairs]


def iri(*parts: Piece) -> Term:
    """An IRI from parts that hold nothing an IRI may not."""
    return ("<", *parts, ">")


def literal(text: pl.Expr, *, language: str = "", datatype: str = "") -> Term:
    """A literal of any text."""
    closing = f'"@{language}' if language else f'"^^<{XSD}{datatype}>' if datatype else '"'
    return ('"', text.str.replace_many(ESCAPES), closing)


def typed(value: pl.Expr, datatype: str) -> Term:
    """A literal of a value that is written plainly: a number, a year, a date."""
    return ('"', value.cast(pl.String), f'"^^<{XSD}{datatype}>')


def decimal(value: pl.Expr) -> Term:
    """A decimal number of at most six places, in XSD's canonical form."""
    digits = value.cast(pl.Decimal(38, 6)).cast(pl.String)
    return typed(digits.str.strip_chars_end("0").str.replace(r"\.$", ".0"), "decimal")


def year(value: pl.Expr) -> Term:
    """A year of four digits."""
    return typed(value.cast(pl.String).str.zfill(4), "gYear")


def date(value: pl.Expr) -> Term:
    """A date as precise as it is: a day, a month, a year, else what was written."""
    day = value.str.contains(r"^\d{4}-\d{2}-\d{2}$") & value.str.to_date("%Y-%m-%d", strict=False).is_not_null()
    month = value.str.contains(r"^\d{4}-(?:0[1-9]|1[0-2])$")
    found = (
        pl.when(day).then(joined(typed(value, "date")))
        .when(month).then(joined(typed(value, "gYearMonth")))
        .when(value.str.contains(r"^\d{4}$")).then(joined(typed(value, "gYear")))
        .otherwise(joined(literal(value)))
    )  # fmt: skip
    return (found,)


def flag(value: pl.Expr) -> Term:
    """`true` where it is true, and nothing where it is not."""
    return (pl.when(value).then(pl.lit(f'"true"^^<{XSD}boolean>')),)


Encode = Callable[[str], str | None]
"""How a value is written; nothing for one that is left out."""
PLAIN = r"^[A-Za-z0-9._~-]*$"
"""Ids that stand in an IRI as they are."""


def iris_of(ids: pl.Series, name: Callable[[str], str]) -> pl.Expr:
    """The column of *ids* as the IRIs that *name* gives them: a start of their own, and the id encoded."""
    column = pl.col(ids.name)
    plain = pl.concat_str(pl.lit(name("")), column)
    odd = ids.filter(~ids.str.contains(PLAIN)).unique()
    if odd.is_empty():
        return plain
    return pl.when(column.is_in(odd.implode())).then(_replaced(column, odd, name)).otherwise(plain)


def encoded(values: pl.Series, encode: Encode) -> pl.Expr:
    """The column of *values* with every distinct value encoded once."""
    return _replaced(pl.col(values.name), values, encode)


def encoded_lists(values: pl.Series, encode: Encode) -> pl.Expr:
    """The column of lists with every distinct value encoded once; what has no code is left out."""
    encoding = _replaced(pl.element(), values.explode(), encode)
    return pl.col(values.name).list.eval(encoding).list.drop_nulls().list.unique(maintain_order=True)


def _replaced(column: pl.Expr, values: pl.Series, encode: Encode) -> pl.Expr:
    distinct = values.drop_nulls().unique(maintain_order=True)
    made = pl.Series([encode(value) for value in distinct.to_list()], dtype=pl.String)
    return column.replace_strict(distinct, made, default=None, return_dtype=pl.String)


def mapped(column: str, terms: Iterable[tuple[str, str]]) -> Term:
    """The IRI that stands for each value of a column of few values."""
    known = dict(terms)
    names, iris = list(known), [f"<{term}>" for term in known.values()]
    return (pl.col(column).replace_strict(names, iris, return_dtype=pl.String),)
