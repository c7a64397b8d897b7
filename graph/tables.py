"""The tables of a graph: their columns, their order, and nothing else."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import polars as pl

Row = Mapping[str, Any]
T = TypeVar("T")

TEXT, INT, REAL, FLAG, TEXTS, PAIRS, REFERENCES = "text", "int", "real", "flag", "texts", "pairs", "references"

COLUMNS: dict[str, dict[str, str]] = {
    "papers": {
        "id": TEXT, "title": TEXT, "abstract": TEXT, "year": INT, "date": TEXT, "venue": TEXT, "authors": TEXTS,
        "identifiers": TEXTS, "source": TEXT, "position": TEXT, "metadata": PAIRS, "external": FLAG,
    },
    "concepts": {
        "id": TEXT, "class": TEXT, "label": TEXT, "aliases": TEXTS, "definition": TEXT, "origin": TEXT,
        "general": FLAG, "grouping": FLAG, "parameters": INT, "context_length": INT, "memory_gb": REAL,
        "peak_tflops": REAL, "tdp_watts": REAL, "year": INT, "developed_by": TEXTS, "languages": TEXTS,
        "size": INT, "misspellings": TEXTS, "covers": TEXTS, "replaces": TEXTS, "identifiers": TEXTS, "source": TEXTS,
    },
    "concept_relations": {"subject": TEXT, "relation": TEXT, "object": TEXT, "source": TEXT},
    "mentions": {
        "paper": TEXT, "field": TEXT, "start": INT, "end": INT, "text": TEXT, "concept": TEXT, "role": TEXT,
        "confidence": REAL, "origin": TEXT, "method": TEXT,
    },
    "names": {
        "paper": TEXT, "concept": TEXT, "class": TEXT, "label": TEXT, "origin": TEXT, "aliases": TEXTS,
        "variant_of": TEXT, "broader": TEXT, "parameters": INT, "memory_gb": REAL,
    },
    "citations": {
        "citing": TEXT, "cited": TEXT, "layer": TEXT, "method": TEXT, "confidence": REAL, "concept": TEXT,
        "concept_role": TEXT, "evidence": TEXT, "intent": TEXT, "flags": TEXTS,
    },
    "paper_relations": {"subject": TEXT, "relation": TEXT, "object": TEXT, "source": TEXT, "confidence": REAL},
    "records": {
        "input": TEXT, "position": TEXT, "paper": TEXT, "reason": TEXT, "confidence": REAL, "own": FLAG,
        "title": TEXT, "abstract": TEXT, "year": INT, "date": TEXT, "venue": TEXT, "authors": TEXTS,
        "identifiers": TEXTS, "metadata": PAIRS, "references": REFERENCES,
    },
    "statements": {"input": TEXT, "position": TEXT, "citing": TEXT, "references": REFERENCES},
    "skipped": {"input": TEXT, "position": TEXT, "reason": TEXT, "text": TEXT},
}  # fmt: skip
"""Name, columns and kinds of every table; `NAME.parquet` on disk."""


REFERENCE = {
    "identifier": TEXT, "title": TEXT, "year": INT, "authors": TEXTS, "contexts": TEXTS, "intents": TEXTS,
}  # fmt: skip
"""The fields of each reference of a record."""

SLICE = 20_000
"""Rows that become part of a frame at once."""


def schema(table: str) -> "dict[str, pl.DataType]":
    """The polars types of a table's columns."""
    import polars as pl

    types: dict[str, pl.DataType] = {
        TEXT: pl.String(),
        INT: pl.Int64(),
        REAL: pl.Float64(),
        FLAG: pl.Boolean(),
        TEXTS: pl.List(pl.String()),
        PAIRS: pl.List(pl.Struct({"name": pl.String(), "value": pl.String()})),
    }
    types[REFERENCES] = pl.List(pl.Struct({name: types[kind] for name, kind in REFERENCE.items()}))
    return {column: types[kind] for column, kind in COLUMNS[table].items()}


def frame(table: str, rows: Iterable[Row]) -> "pl.DataFrame":
    """Rows as the table's frame; they must have exactly its columns, else `ValueError`."""
    import polars as pl

    slices = [_slice(table, some) for some in batched(rows, SLICE)]
    return pl.concat(slices).rechunk() if slices else pl.DataFrame(schema=schema(table))


def _slice(table: str, rows: Sequence[Row]) -> "pl.DataFrame":
    import polars as pl

    for row in rows:
        if row.keys() != COLUMNS[table].keys():
            raise ValueError(f"{table}: a row with the columns {', '.join(row)}")
    kinds = schema(table)
    return pl.DataFrame([_column(name, [row[name] for row in rows], kind) for name, kind in kinds.items()])


def _column(name: str, values: Sequence[Any], kind: "pl.DataType") -> "pl.Series":
    """A column; one of lists is made in one piece and then cut, since row by row takes ten times as long."""
    import polars as pl

    if not isinstance(kind, pl.List):
        return pl.Series(name, values, kind, strict=True)
    items = [item for some in values for item in some or ()]
    lengths = [len(some or ()) for some in values]
    flat = _items(items, pl.Series([], dtype=kind).explode().dtype)
    row = pl.Series("row", range(len(values)), pl.UInt32)
    cut = pl.DataFrame([_repeated(row, lengths), flat]).group_by("row", maintain_order=True).agg("item")
    known = pl.DataFrame([row, pl.Series("known", [some is not None for some in values], pl.Boolean)])
    joined = known.join(cut, on="row", how="left", maintain_order="left")
    empty = pl.when("known").then(pl.lit([], kind))
    return joined.select(pl.coalesce("item", empty).alias(name)).to_series()


def _repeated(row: "pl.Series", lengths: Sequence[int]) -> "pl.Series":
    import numpy as np
    import polars as pl

    return pl.Series("row", np.repeat(row.to_numpy(), lengths), pl.UInt32)


def _items(items: Sequence[Any], kind: "pl.DataType") -> "pl.Series":
    """What lists hold: texts, or records field by field."""
    import polars as pl

    if not isinstance(kind, pl.Struct):
        return pl.Series("item", items, kind, strict=True)
    fields = (_column(field.name, [each[field.name] for each in items], _type(field)) for field in kind.fields)
    return pl.DataFrame(list(fields)).to_struct("item")


def _type(field: "pl.Field") -> "pl.DataType":
    import polars as pl

    return pl.Series([], dtype=field.dtype).dtype


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Items in lists of a size, the last one shorter."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some
