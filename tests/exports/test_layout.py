"""The layout: deterministic, finite, without overlaps, communities apart, and fast enough."""

import os
import subprocess
import sys
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from concite.exports.layout import Floats, Ints, Layout, Links, layout, links


def linked(count: int, pairs: list[tuple[int, int]]) -> Links:
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return links(count, ends[:, 0], ends[:, 1], np.ones(len(ends)))


def papers_of_topics(papers: int, concepts: int, seed: int = 7) -> Links:
    """Papers that name a few concepts of their topic, and some of what all papers name."""
    rng = np.random.default_rng(seed)
    topics = max(2, papers // 15)
    source = np.repeat(np.arange(papers), 12)
    topic = source % topics
    own = (rng.exponential(concepts / topics / 3, source.size).astype(np.int64) * topics + topic) % concepts
    general = rng.integers(0, min(20, concepts), source.size)
    target = np.where(rng.random(source.size) < 0.8, own, general)
    return links(papers + concepts, source, target + papers, np.ones(source.size))


def radius_of(graph: Links) -> Floats:
    return np.minimum(2.4 + 1.15 * np.sqrt(graph.degree), 15.0)


def points(placed: Layout) -> Floats:
    return np.column_stack([placed.x, placed.y])


def overlaps(placed: Layout, radius: Floats) -> int:
    place = points(placed)
    pairs: Ints = cKDTree(place).query_pairs(2 * radius.max(), output_type="ndarray")
    apart = np.hypot(*(place[pairs[:, 0]] - place[pairs[:, 1]]).T)
    return int((apart < radius[pairs[:, 0]] + radius[pairs[:, 1]] - 0.5).sum())


def test_links_merge_parallels_and_drop_loops() -> None:
    graph = links(3, np.array([0, 1, 2]), np.array([1, 0, 2]), np.array([1.0, 2.0, 5.0]))
    assert (graph.source.tolist(), graph.target.tolist(), graph.weight.tolist()) == ([0], [1], [3.0])
    assert graph.degree.tolist() == [1, 1, 0]


def test_the_order_of_the_links_has_no_effect() -> None:
    graph = papers_of_topics(40, 120)
    turned = np.random.default_rng(1).permutation(graph.source.size)
    again = links(graph.count, graph.target[turned], graph.source[turned], graph.weight[turned])
    one, other = layout(graph, radius_of(graph)), layout(again, radius_of(again))
    assert np.array_equal(points(one), points(other))
    assert np.array_equal(one.community, other.community)


def test_hash_seeds_have_no_effect() -> None:
    code = (
        "from tests.exports.test_layout import *; g = papers_of_topics(30, 90);"
        "p = layout(g, radius_of(g)); print(p.x.tobytes().hex(), p.y.tobytes().hex(), p.community.tolist())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_cliques_become_communities_that_stand_apart() -> None:
    clique = [(a, b) for a in range(8) for b in range(a)]
    graph = linked(24, [(a + shift, b + shift) for shift in (0, 8, 16) for a, b in clique] + [(0, 8), (8, 16)])
    placed = layout(graph, np.full(24, 3.0))
    assert [len(set(placed.community[shift : shift + 8])) for shift in (0, 8, 16)] == [1, 1, 1]
    assert len(set(placed.community)) == 3
    centres = points(placed).reshape(3, 8, 2).mean(axis=1)
    spread = np.hypot(*(points(placed).reshape(3, 8, 2) - centres[:, None]).T).mean()
    assert min(np.hypot(*(centres[a] - centres[b])) for a, b in ((0, 1), (0, 2), (1, 2))) > 1.5 * spread


def test_a_thousand_nodes_do_not_overlap_and_take_little_time() -> None:
    graph = papers_of_topics(150, 850)
    radius = radius_of(graph)
    layout(papers_of_topics(10, 20), radius[:30])
    start = time.perf_counter()
    placed = layout(graph, radius + 2.5)
    assert time.perf_counter() - start < 1.5 * float(os.environ.get("CONCITE_TEST_SLACK", "2"))
    assert overlaps(placed, radius) == 0
    assert np.ptp(points(placed), axis=0).max() < 2500


@pytest.mark.slow
def test_twenty_thousand_nodes_take_less_than_a_minute() -> None:
    graph = papers_of_topics(5_000, 15_000)
    start = time.perf_counter()
    placed = layout(graph, radius_of(graph) + 2.5)
    assert time.perf_counter() - start < 60
    assert np.isfinite(points(placed)).all()


def test_nodes_without_links_stand_around_the_rest() -> None:
    placed = layout(linked(30, [(0, 1), (1, 2), (2, 0)]), np.full(30, 4.0))
    distance = np.hypot(placed.x, placed.y)
    assert set(placed.community[3:]) == {-1}
    assert distance[3:].min() > distance[:3].max()
    assert overlaps(placed, np.full(30, 4.0)) == 0


@pytest.mark.parametrize("count", [0, 1, 5])
def test_graphs_without_any_link(count: int) -> None:
    placed = layout(linked(count, []), np.full(count, 3.0))
    assert len(placed.x) == count
    assert len({*zip(placed.x, placed.y, strict=True)}) == count


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 25).flatmap(lambda n: st.tuples(st.just(n), st.lists(st.tuples(*[st.integers(0, n - 1)] * 2)))))
def test_every_graph_gets_finite_places_of_its_own(drawn: tuple[int, list[tuple[int, int]]]) -> None:
    count, pairs = drawn
    placed = layout(linked(count, pairs), np.full(count, 3.0))
    assert np.isfinite(points(placed)).all()
    assert overlaps(placed, np.full(count, 3.0)) == 0
