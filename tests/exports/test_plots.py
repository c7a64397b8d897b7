"""Plots: one for each analysis that has a picture, the same bytes each time, and hostile names as plain text."""

import re
from collections.abc import Callable
from xml.etree import ElementTree

import polars as pl
import pytest

import concite
from concite.analyses import Analysis
from concite.exports.kinship import apart
from concite.exports.plots import PLOTS, draw
from concite.exports.plots.style import Picture, short, title_of
from concite.graph.metrics.results import Result
from concite.graph.papers import InputError, Paper

from ..conftest import small_graph
from ..graph.helpers import VOCABULARY

pytest.importorskip("matplotlib")

HOSTILE = "<script>alert(1)</script> & $\\frac{1}{2}$"

ANALYSES: dict[str, Callable[[concite.KnowledgeGraph], Analysis]] = {
    "adoption": lambda graph: graph.adoption("Transformer", "GPT-3"),
    "bursts": lambda graph: graph.bursts(),
    "concept_communities": lambda graph: graph.communities(),
    "cooccurrence": lambda graph: graph.cooccurrence(),
    "emerging": lambda graph: graph.emerging(),
    "half_lives": lambda graph: graph.half_lives(),
    "hardware_reach": lambda graph: graph.hardware_reach(),
    "main_path": lambda graph: graph.main_path(),
    "missing_links": lambda graph: graph.missing_links(),
    "pagerank": lambda graph: graph.pagerank(),
    "paper_communities": lambda graph: graph.paper_communities(),
    "trends": lambda graph: graph.trends(),
}


@pytest.fixture(scope="module")
def sample() -> concite.KnowledgeGraph:
    return concite.build()


def texts(made: Picture) -> list[str]:
    """The texts of a picture, as a browser reads them."""
    return [text for each in ElementTree.fromstring(made.svg()).iter() if (text := (each.text or "").strip())]


def test_every_plot_has_an_analysis_and_is_tried_here() -> None:
    assert set(ANALYSES) == set(PLOTS)


@pytest.mark.parametrize("name", PLOTS)
def test_an_analysis_is_drawn_under_a_title_with_its_axes_named(name: str, sample: concite.KnowledgeGraph) -> None:
    made = ANALYSES[name](sample).plot()
    title = made.get_suptitle()
    assert len(title) > 20
    assert set(title.splitlines()) <= set(texts(made))
    assert "nan" not in title.lower()
    assert any(axes.get_xlabel() for axes in made.axes) or made.get_supxlabel()
    assert made._repr_png_().startswith(b"\x89PNG")


@pytest.mark.parametrize("name", ["cooccurrence", "trends", "pagerank"])
def test_a_picture_has_the_same_bytes_again(name: str, sample: concite.KnowledgeGraph) -> None:
    first, second = (ANALYSES[name](sample).plot() for _ in range(2))
    assert first.svg() == second.svg()
    assert first._repr_png_() == second._repr_png_()


def test_the_map_shows_the_papers_that_name_both(sample: concite.KnowledgeGraph) -> None:
    result = sample.cooccurrence()
    best = apart(sample, result.frame).row(0, named=True)
    shown = texts(result.plot())
    assert {best["a_label"], best["b_label"], str(best["count"])} <= set(shown)


def test_a_pair_is_called_sure_only_where_it_is(sample: concite.KnowledgeGraph) -> None:
    result = sample.cooccurrence()
    assert "the surest pair" in result.plot().get_suptitle()
    doubtful = draw(sample, Result("cooccurrence", result.frame.with_columns(q=pl.lit(0.5))))
    assert "none is sure" in doubtful.get_suptitle().replace("\n", " ")


def test_pairs_that_go_together_by_definition_are_left_out(sample: concite.KnowledgeGraph) -> None:
    pairs = sample.cooccurrence().frame
    left = apart(sample, pairs).select("a", "b").rows()
    assert 0 < len(left) < len(pairs)
    network = sample.network()
    assert ("a100", "gpu") in pairs.select("a", "b").rows()
    assert not [pair for pair in left if network.has_edge(*pair) or network.has_edge(*reversed(pair))]


@pytest.mark.parametrize("name", sorted(set(PLOTS) - {"adoption"}))
def test_where_there_is_nothing_to_draw_the_error_says_why(name: str) -> None:
    empty = small_graph(VOCABULARY, (Paper("Notes on Nothing"),))
    graph = concite.KnowledgeGraph(empty.frames, empty.manifest)
    with pytest.raises(InputError, match=r"nothing to draw; \w+"):
        ANALYSES[name](graph).plot()


def test_an_analysis_without_picture_says_so(sample: concite.KnowledgeGraph) -> None:
    with pytest.raises(InputError, match="has no picture; read its frame"):
        draw(sample, Result("hits", pl.DataFrame()))


def test_names_are_drawn_as_they_are_written(sample: concite.KnowledgeGraph) -> None:
    pairs = sample.cooccurrence().frame.with_columns(a_label=pl.lit(HOSTILE))
    made = draw(sample, Result("cooccurrence", pairs))
    assert any(HOSTILE in text for text in texts(made))
    assert "<script" not in made.svg()


def test_pictures_refer_to_nothing_outside(sample: concite.KnowledgeGraph) -> None:
    svg = sample.pagerank().plot().svg()
    assert not re.search(r'(?:href|src)="(?!#)', svg)


def test_long_names_are_cut_and_titles_say_what_stands_before_the_colon() -> None:
    assert short("x" * 50, 10) == "x" * 9 + "…"
    assert title_of("TinyTune: Adapting Llama 2 on One GPU") == "TinyTune"
    assert title_of("[the paper that introduced LoRA, arxiv:2106.09685]").startswith("[the paper that")
