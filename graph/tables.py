"""The tables of a graph: their columns, their order, and nothing else."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

Row = Mapping[str, Any]

TEXT, INT, REAL, FLAG, TEXTS, PAIRS = "text", "int", "real", "flag", "texts", "pairs"

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
    "citations": {
        "citing": TEXT, "cited": TEXT, "layer": TEXT, "method": TEXT, "confidence": REAL, "evidence": TEXT,
        "intent": TEXT,
    },
    "skipped": {"input": TEXT, "position": TEXT, "reason": TEXT, "text": TEXT},
}  # fmt: skip
"""Name, columns and kinds of every table; `NAME.parquet` on disk."""


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
    return {column: types[kind] for column, kind in COLUMNS[table].items()}


def frame(table: str, rows: Iterable[Row]) -> "pl.DataFrame":
    """Rows as the table's frame; they must have exactly its columns, else `ValueError`."""
    import polars as pl

    rows = list(rows)
    for row in rows:
        if row.keys() != COLUMNS[table].keys():
            raise ValueError(f"{table}: a row with the columns {', '.join(row)}")
    return pl.DataFrame(rows, schema=schema(table), orient="row", strict=True)
