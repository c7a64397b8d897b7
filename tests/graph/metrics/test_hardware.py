"""The reach of hardware: only papers on large models count, and a variant counts for what it is a variant of."""

import pytest

from concite.graph.metrics import MetricError, hardware_reach

from .helpers import dated, made

GRAPH = made(
    dated("a", "b", "c", "d"),
    [("a", "big"), ("a", "a100-80gb"), ("b", "big"), ("b", "a100"), ("c", "big"), ("d", "small"), ("d", "t4")],
    concepts=[
        {"id": "big", "class": "model", "parameters": 7_000_000_000},
        {"id": "small", "class": "model", "parameters": 1_000_000_000},
        *({"id": each, "class": "hardware"} for each in ("a100", "a100-80gb", "t4")),
    ],
    relations=[("a100-80gb", "variantOf", "a100"), ("a100", "broader", "t4")],
)


def test_papers_on_large_models_are_counted_by_their_hardware() -> None:
    found = hardware_reach(GRAPH)
    assert found.frame.select("hardware", "label", "papers", "of").rows() == [
        ("a100", "A100", 2, 3),
        ("a100-80gb", "A100-80Gb", 1, 3),
    ]
    assert found.frame["share"].to_list() == pytest.approx([2 / 3, 1 / 3])
    assert found.notes == ("3 papers name a model of more than 1,000,000,000 parameters.",)


def test_the_size_can_be_chosen() -> None:
    assert hardware_reach(GRAPH, parameters=500_000_000).frame["of"].to_list() == [4, 4, 4]
    assert hardware_reach(GRAPH, parameters=10**12).frame.is_empty()
    with pytest.raises(MetricError, match="more than -1 parameters"):
        hardware_reach(GRAPH, parameters=-1)
