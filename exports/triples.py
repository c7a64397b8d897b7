"""Triples from frames: terms as N-Triples text, made by whole columns at once."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Each:
    """An expression that gives a list of terms: one triple for each."""

    terms: pl.Expr


Object = pl.Expr | Each


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple for every row in which all parts are known."""

    subject: pl.Expr
    predicate: str
    object: Object

    def lines(self, ending: str) -> pl.Expr:
        """The triples as lines of text, null where there is none."""
        start = pl.concat_str(self.subject, pl.lit(f" <{self.predicate}> "))
        if isinstance(self.object, pl.Expr):
            return pl.concat_str(start, self.object, pl.lit(ending))
        joined = self.object.terms.list.join(pl.concat_str(pl.lit(ending), start))
        return pl.when(self.object.terms.list.len() > 0).then(pl.concat_str(start, joined, pl.lit(ending)))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A frame with the patterns to read from each of its rows."""

    frame: pl.DataFrame
    patterns: Sequence[Pattern]

    def text(self, ending: str, counts: "Counter[str]") -> str:
        """All triples, row by row; *counts* is raised by the number of triples of each predicate."""
        named = {str(n): pattern.lines(ending) for n, pattern in enumerate(self.patterns)}
        columns = self.frame.select(**named)
        numbers = columns.select(pl.all().str.count_matches("\n", literal=True).sum()).row(0)
        for pattern, number in zip(self.patterns, numbers, strict=True):
            counts[pattern.predicate] += number
        return "".join(columns.select(pl.concat_str(pl.all(), ignore_nulls=True)).to_series().to_list())


def about(subject: pl.Expr, *pairs: tuple[str, Object], expand: Callable[[str], str]) -> list[Pattern]:
    """Patterns of one subject, their predicates written with prefixes."""
    return [Pattern(subject, expand(predicate), value) for predicate, value in pairs]


def iri(*parts: pl.Expr | str) -> pl.Expr:
    """An IRI from parts that hold nothing an IRI may not; null where one part is."""
    return pl.concat_str(pl.lit("<"), *(pl.lit(p) if isinstance(p, str) else p for p in parts), pl.lit(">"))


def literal(text: pl.Expr, *, language: str = "", datatype: str = "") -> pl.Expr:
    """A literal of any text."""
    closing = f'"@{language}' if language else f'"^^<{XSD}{datatype}>' if datatype else '"'
    return pl.concat_str(pl.lit('"'), text.str.replace_many(ESCAPES), pl.lit(closing))


def typed(value: pl.Expr, datatype: str) -> pl.Expr:
    """A literal of a value that is written plainly: a number, a year, a date."""
    return pl.concat_str(pl.lit('"'), value.cast(pl.String), pl.lit(f'"^^<{XSD}{datatype}>'))


def decimal(value: pl.Expr) -> pl.Expr:
    """A decimal number of at most six places, in XSD's canonical form."""
    digits = value.cast(pl.Decimal(38, 6)).cast(pl.String)
    return typed(digits.str.strip_chars_end("0").str.replace(r"\.$", ".0"), "decimal")


def year(value: pl.Expr) -> pl.Expr:
    """A year of four digits."""
    return typed(value.cast(pl.String).str.zfill(4), "gYear")


def date(value: pl.Expr) -> pl.Expr:
    """A date as precise as it is: a day, a month, a year, else what was written."""
    day = value.str.contains(r"^\d{4}-\d{2}-\d{2}$") & value.str.to_date("%Y-%m-%d", strict=False).is_not_null()
    month = value.str.contains(r"^\d{4}-(?:0[1-9]|1[0-2])$")
    return (
        pl.when(day).then(typed(value, "date"))
        .when(month).then(typed(value, "gYearMonth"))
        .when(value.str.contains(r"^\d{4}$")).then(typed(value, "gYear"))
        .otherwise(literal(value))
    )  # fmt: skip


def flag(value: pl.Expr) -> pl.Expr:
    """`true` where it is true, and nothing where it is not."""
    return pl.when(value).then(pl.lit(f'"true"^^<{XSD}boolean>'))


def encoded(values: pl.Series, encode: Callable[[str], str | None]) -> pl.Series:
    """A column with every distinct value encoded once."""
    return values.to_frame().select(_replaced(pl.col(values.name), values, encode)).to_series()


def encoded_lists(values: pl.Series, encode: Callable[[str], str | None]) -> pl.Series:
    """A column of lists with every distinct value encoded once."""
    encoding = _replaced(pl.element(), values.explode(), encode)
    return values.to_frame().select(pl.col(values.name).list.eval(encoding)).to_series()


def _replaced(column: pl.Expr, values: pl.Series, encode: Callable[[str], str | None]) -> pl.Expr:
    distinct = values.drop_nulls().unique(maintain_order=True)
    made = pl.Series([encode(value) for value in distinct], dtype=pl.String)
    return column.replace_strict(distinct, made, return_dtype=pl.String)


def mapped(column: str, terms: Iterable[tuple[str, str]]) -> pl.Expr:
    """The IRI that stands for each value of a column of few values."""
    known = dict(terms)
    names, iris = list(known), [f"<{term}>" for term in known.values()]
    return pl.col(column).replace_strict(names, iris, return_dtype=pl.String)
