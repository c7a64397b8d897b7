"""What holds for every analysis: sense in odd graphs, one answer in any order of rows, words where years lack."""

from collections.abc import Callable, Iterator
from functools import partial

import polars as pl
import pytest
from hypothesis import given, settings

from concite.graph import metrics
from concite.graph.knowledge import KnowledgeGraph
from concite.graph.metrics import Result

from .helpers import dated, graphs, made

Analysis = Callable[[KnowledgeGraph], Result]

TIMELESS: dict[str, Analysis] = {
    "pagerank": metrics.pagerank,
    "hits": metrics.hits,
    **{f"similarity, {each}": partial(metrics.similarity, coupling=each) for each in metrics.Coupling},
    "cooccurrence": partial(metrics.cooccurrence, min_count=1),
    "cooccurrence, fisher": partial(metrics.cooccurrence, test=metrics.Significance.FISHER),
    "concept_communities": partial(metrics.concept_communities, min_count=1),
    "paper_communities": metrics.paper_communities,
    "paper_communities, concept": partial(metrics.paper_communities, ties="concept"),
    "main_path": metrics.main_path,
    "main_path, external": partial(metrics.main_path, external=True),
    "novel_pairs": metrics.novel_pairs,
    "paper_novelty": metrics.paper_novelty,
    "hardware_reach": metrics.hardware_reach,
    "missing_links": partial(metrics.missing_links, min_papers=1),
}
OVER_TIME: dict[str, Analysis] = {
    "trends": partial(metrics.trends, min_papers=1),
    "bursts": partial(metrics.bursts, min_papers=1),
    "emerging": partial(metrics.emerging, min_papers=1),
    "half_lives": partial(metrics.half_lives, min_papers=1),
    "adoption": lambda graph: metrics.adoption(graph, graph.concepts["id"].to_list()),
}
ANALYSES = {**TIMELESS, **OVER_TIME}

NAMES = [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y"), ("c", "z"), ("d", "z"), ("c", "w"), ("d", "w")]
ODD = {
    "empty": made(),
    "one paper": made(dated("a"), [("a", "x")]),
    "one paper that names nothing": made(dated("a")),
    "no citations": made(dated(*"abcd"), NAMES),
    "no mentions": made(dated(*"ab"), cites=[("a", "b")]),
    "in pieces": made(dated(*"abcd"), NAMES, [("a", "b"), ("c", "d")]),
    "cites itself": made(dated(*"ab"), NAMES[:4], [("a", "a")]),
    "a circle": made(dated(*"ab"), NAMES[:4], [("a", "b"), ("b", "a")]),
    "no years": made(dated(*"abcd", year=None), NAMES, [("a", "b")]),
}


@pytest.fixture(params=list(ANALYSES.values()), ids=list(ANALYSES))
def analysis(request: pytest.FixtureRequest) -> Iterator[Analysis]:
    found: Analysis = request.param
    yield found


WHOLE = made(dated(*"abcd"), NAMES, [("b", "a"), ("c", "a"), ("d", "c")])


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_odd_graphs_have_answers_of_the_same_form(analysis: Analysis, odd: KnowledgeGraph) -> None:
    found, usual = analysis(odd), analysis(WHOLE)
    assert found.frame.schema == usual.frame.schema
    assert found.name == usual.name
    assert not any(frame.is_nan().any() for frame in found.frame.select(pl.col(pl.Float64)))


@pytest.mark.parametrize("name", TIMELESS)
def test_without_years_the_other_analyses_answer_as_ever(name: str) -> None:
    with_years, without = (TIMELESS[name](made(dated(*"abcd", year=year), NAMES)) for year in (2020, None))
    timed = ("year", "first_year", "first_paper", "first_time")
    assert with_years.frame.select(pl.exclude(timed)).equals(without.frame.select(pl.exclude(timed)))


@pytest.mark.parametrize("name", OVER_TIME)
def test_without_years_those_over_time_say_so(name: str) -> None:
    found = OVER_TIME[name](ODD["no years"])
    assert found.frame.is_empty()
    assert found.notes[0].startswith("None of the 4 papers has a year, so nothing can be said over time")
    assert OVER_TIME[name](made()).notes[0] == "There are no papers."


@settings(max_examples=25)
@given(graphs())
def test_the_order_of_rows_changes_nothing(graph: KnowledgeGraph) -> None:
    turned = KnowledgeGraph({name: frame.reverse() for name, frame in graph.frames.items()})
    for name, analysis in TIMELESS.items():
        assert analysis(graph).frame.equals(analysis(turned).frame), name
    for name in ("trends", "bursts", "emerging", "half_lives"):
        assert OVER_TIME[name](graph).frame.equals(OVER_TIME[name](turned).frame), name


def test_every_public_analysis_is_tried_here() -> None:
    tried = {name.partition(",")[0] for name in ANALYSES}
    functions = {name for name in metrics.__all__ if name[0].islower()}
    assert functions - tried == {"community_sizes"}


def test_every_column_is_told_of() -> None:
    for name, analysis in ANALYSES.items():
        doc = getattr(metrics, name.partition(",")[0]).__doc__
        assert all(f"`{column}`" in doc for column in analysis(WHOLE).frame.columns), name


def test_a_result_shows_its_notes_and_its_frame() -> None:
    found = Result("a <b>", pl.DataFrame({"x": [1]}), ("Of <two> papers.",))
    assert repr(found).startswith("a <b>:\nOf <two> papers.\nshape: (1, 1)")
    page = found._repr_html_()
    assert "<p>Of &lt;two&gt; papers.</p>" in page
    assert "<table" in page
