"""Tables: exactly their columns, of their kinds."""

from typing import Any

import polars as pl
import pytest

from concite.graph.knowledge import KnowledgeGraph
from concite.graph.tables import COLUMNS, frame, schema

EMPTY: dict[str, Any] = {"input": "a", "position": "1", "reason": "b", "text": "c"}


def test_every_table_has_its_columns_in_their_order(graph: KnowledgeGraph) -> None:
    assert list(graph.frames) == list(COLUMNS)
    for table, columns in COLUMNS.items():
        assert graph.frames[table].columns == list(columns)
        assert dict(graph.frames[table].schema) == schema(table)


def test_an_empty_table_has_its_columns_too() -> None:
    for table in COLUMNS:
        assert dict(frame(table, []).schema) == schema(table)


def test_rows_become_a_frame() -> None:
    assert frame("skipped", [EMPTY]).to_dicts() == [EMPTY]


def test_a_value_of_another_kind_is_refused() -> None:
    with pytest.raises((TypeError, pl.exceptions.PolarsError)):
        frame("skipped", [{**EMPTY, "position": ["1"]}])


@pytest.mark.parametrize("row", [{}, {"input": "a"}, {**EMPTY, "more": 1}])
def test_a_row_without_exactly_the_columns_is_refused(row: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="skipped: a row with the columns"):
        frame("skipped", [EMPTY, row])


def test_the_columns_of_the_contract_are_there() -> None:
    assert {"papers", "concepts", "concept_relations", "mentions", "citations", "skipped"} <= set(COLUMNS)
    assert {"id", "title", "abstract", "year", "date", "venue", "authors", "identifiers", "source"} <= set(
        COLUMNS["papers"]
    )
    assert {"id", "class", "label", "aliases", "origin", "source"} <= set(COLUMNS["concepts"])
    assert {"subject", "relation", "object", "source"} == set(COLUMNS["concept_relations"])
    wanted = {"paper", "field", "start", "end", "text", "concept", "role", "confidence", "method"}
    assert wanted <= set(COLUMNS["mentions"])
    assert {"citing", "cited", "layer", "method", "confidence", "evidence", "intent"} <= set(COLUMNS["citations"])
    assert {"input", "position", "reason"} <= set(COLUMNS["skipped"])
