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
        "size": INT, "misspellings": TEXTS, "replaces": TEXTS, "identifiers": TEXTS, "source": TEXTS,
    },
    "concept_relations": {"subject": TEXT, "relation": TEXT, "object": TEXT, "source": TEXT},
    "mentions": {
        "paper": TEXT, "field": TEXT, "start": INT, "end": INT, "text": TEXT, "concept": TEXT, "role": TEXT,
        "confidence": REAL, "origin": TEXT, "method": TEXT,
    },
    "names": {
        "paper": TEXT, "concept": TEXT, "class": TEXT, "label": TEXT, "origin": TEXT, "aliases": TEXTS,
        "variant_of": TEXT, "parameters": INT, "memory_gb": REAL,
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
    columns = {name: [row[name] for row in rows] for name in COLUMNS[table]}
    return pl.DataFrame(columns, schema=schema(table), strict=True)


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Items in lists of a size, the last one shorter."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some
