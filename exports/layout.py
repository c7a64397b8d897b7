"""Where the nodes of the explorer stand: a deterministic layout that keeps communities together."""

from collections.abc import Callable
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy import fft
from scipy.spatial import cKDTree

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Field = Callable[[Floats, Floats], Floats]

SPACING = 28.0
"""The distance between nodes without links; a unit is about a pixel on a laptop screen."""
WITHIN, BETWEEN = 3.0, 0.25
"""How much edges inside a community, and edges between communities, count in the drawing."""
HUB_DAMPING = 0.35
"""How far the links of hubs are weakened; 0 is not at all, 0.5 as far as in a normalised matrix."""
FINE_GRAIN = 0.8
"""The resolution of the communities; above 1 they are more and smaller."""
LEAF_ROOM = 10.5
"""The distance between the leaves that hang on one node."""
FILL = 0.3
"""The share of the ground that the discs of the nodes cover."""
EVENNESS = 0.75
"""How far the density is made the same everywhere; 0 leaves it as the springs have it."""
GRAVITY = 2.5
"""How strongly all nodes are drawn to the middle."""
STEP = 0.3
"""How far a node moves for a force of one."""
GOLDEN_ANGLE = np.pi * (3.0 - np.sqrt(5.0))


@dataclass(frozen=True, slots=True)
class Layout:
    """Positions and communities, one entry a node; community 0 is the largest, -1 means no edge at all."""

    x: Floats
    y: Floats
    community: Ints


@dataclass(frozen=True, slots=True)
class Links:
    """Undirected weighted links between the nodes 0 … count-1, without loops and without repetition."""

    count: int
    source: Ints
    target: Ints
    weight: Floats

    @property
    def degree(self) -> Ints:
        """How many links each node has."""
        ends = np.concatenate([self.source, self.target])
        return np.bincount(ends, minlength=self.count).astype(np.int64)

    @property
    def strength(self) -> Floats:
        """The summed weight of the links of each node."""
        ends = np.concatenate([self.source, self.target])
        return np.bincount(ends, np.concatenate([self.weight, self.weight]), self.count).astype(np.float64)


def links(count: int, source: Ints, target: Ints, weight: Floats) -> Links:
    """Merge parallel links, drop loops and order the rest, so that the order of the input has no effect."""
    low, high = np.minimum(source, target), np.maximum(source, target)
    proper = low != high
    key, inverse = np.unique(low[proper] * count + high[proper], return_inverse=True)
    order = np.lexsort((weight[proper], inverse))
    total = np.bincount(inverse[order], weight[proper][order], key.size).astype(np.float64)
    return Links(count, key // max(count, 1), key % max(count, 1), total)


def layout(graph: Links, radius: Floats) -> Layout:
    """Place all nodes; `radius` is the size at which each is drawn, in the units of the layout."""
    degree = graph.degree
    linked = np.flatnonzero(degree)
    community = np.full(graph.count, -1, dtype=np.int64)
    points = np.zeros((graph.count, 2))
    if linked.size:
        core = _restrict(_without_hubs(graph), linked)
        community[linked] = _communities(core)
        points[linked] = _arrange(core, community[linked], radius[linked])
    _ring(points, np.flatnonzero(degree == 0), radius)
    return Layout(points[:, 0], points[:, 1], community)


def _without_hubs(graph: Links) -> Links:
    """Weaken the links of hubs, which say little about where a node belongs."""
    degree = np.maximum(graph.degree, 1).astype(np.float64)
    weight = graph.weight / (degree[graph.source] * degree[graph.target]) ** HUB_DAMPING
    return Links(graph.count, graph.source, graph.target, weight / weight.mean())


def _restrict(graph: Links, nodes: Ints) -> Links:
    """The links among `nodes`, renumbered; `nodes` must hold both ends of every link."""
    number = np.zeros(graph.count, dtype=np.int64)
    number[nodes] = np.arange(nodes.size)
    return Links(nodes.size, number[graph.source], number[graph.target], graph.weight)


def _communities(graph: Links) -> Ints:
    """Louvain communities (Blondel et al. 2008), numbered from the largest."""
    network: nx.Graph[int] = nx.Graph()
    network.add_nodes_from(range(graph.count))
    network.add_weighted_edges_from(
        zip(graph.source.tolist(), graph.target.tolist(), graph.weight.tolist(), strict=True)
    )
    found = nx.community.louvain_communities(network, resolution=FINE_GRAIN, threshold=1e-4, seed=1)
    labels = np.zeros(graph.count, dtype=np.int64)
    for number, members in enumerate(sorted(found, key=lambda nodes: (-len(nodes), min(nodes)))):
        labels[list(members)] = number
    return labels


def _arrange(graph: Links, community: Ints, radius: Floats) -> Floats:
    """Place the communities, then nodes of two links or more, then the leaves around what they hang on."""
    owner = _owners(graph)
    core = np.flatnonzero(owner < 0)
    leaves = np.flatnonzero(owner >= 0)
    weight = np.ones(graph.count) + np.bincount(owner[leaves], minlength=graph.count)
    start = _seats(graph, community)
    inside = community[graph.source] == community[graph.target]
    stay = (owner[graph.source] < 0) & (owner[graph.target] < 0)
    strength = (graph.weight * np.where(inside, WITHIN, BETWEEN))[stay]
    drawn = _restrict(Links(graph.count, graph.source[stay], graph.target[stay], strength), core)
    points = np.zeros((graph.count, 2))
    points[core] = _relax(drawn, start[core], weight[core], steps=260 if graph.count < 5000 else 180)
    flower = np.hypot(radius, LEAF_ROOM * np.sqrt(weight - 1.0))
    points[core] = _apart(_evened(points[core], flower[core]), flower[core])
    _hang(points, leaves, owner, radius)
    return _apart(points, radius)


def _owners(graph: Links) -> Ints:
    """The node on which each node with a single link hangs, else -1; of a pair on its own, one hangs."""
    owner = np.full(graph.count, -1, dtype=np.int64)
    single = graph.degree == 1
    one, other = single[graph.source], single[graph.target]
    owner[graph.source[one & ~other]] = graph.target[one & ~other]
    owner[graph.target[other]] = graph.source[other]
    return owner


def _seats(graph: Links, community: Ints) -> Floats:
    """Where each node starts: in the disc of its community, the linked communities near each other."""
    size = np.bincount(community).astype(np.float64)
    quotient = links(size.size, community[graph.source], community[graph.target], graph.weight)
    centres = _relax(quotient, _spiral(size.size), np.sqrt(size), steps=150)
    centres *= 1.3 * np.sqrt(size.sum()) / max(float(np.abs(centres).max(initial=0.0)), 1e-9)
    seats: Floats = centres[community] + _within(community, size)
    return seats


def _hang(points: Floats, leaves: Ints, owner: Ints, radius: Floats) -> None:
    """Stand the leaves around their owners like the seeds of a sunflower."""
    order = leaves[np.argsort(owner[leaves], kind="stable")]
    _, first = np.unique(owner[order], return_index=True)
    rank = np.arange(order.size) - np.repeat(first, np.diff(np.append(first, order.size)))
    base = radius[owner[order]]
    distance = np.hypot(base + 2.0, LEAF_ROOM * np.sqrt(rank + 1.0))
    angle = rank * GOLDEN_ANGLE + owner[order]
    around = np.column_stack([np.cos(angle), np.sin(angle)]) * distance[:, None]
    points[order] = points[owner[order]] + around


def _spiral(count: int) -> Floats:
    """Points spread evenly over a disc, one unit of area each, from the middle outwards."""
    number = np.arange(count)
    distance, angle = np.sqrt((number + 0.5) / np.pi), number * GOLDEN_ANGLE
    return np.column_stack([distance * np.cos(angle), distance * np.sin(angle)])


def _within(community: Ints, size: Floats) -> Floats:
    """The place of each node in the disc of its own community."""
    order = np.argsort(community, kind="stable")
    first = np.concatenate([[0], np.cumsum(size)[:-1]]).astype(np.int64)
    rank = np.empty(community.size, dtype=np.int64)
    rank[order] = np.arange(community.size) - first[community[order]]
    return _spiral(int(size.max(initial=0)))[rank]


def _relax(graph: Links, points: Floats, mass: Floats, steps: int) -> Floats:
    """Springs along the links against a push between all points (Fruchterman and Reingold 1991), cooling."""
    repulsion = _repulsion_field(graph.count)
    heat = 0.15 * np.sqrt(graph.count)
    gravity = GRAVITY * mass[:, None] / np.sqrt(mass.sum())
    for step in range(steps):
        force = mass[:, None] * repulsion(points, mass) - gravity * points * np.sqrt(mass.mean())
        force += _attraction(graph, points)
        length = np.hypot(force[:, 0], force[:, 1]) + 1e-12
        limit = heat * (1.0 - step / steps) ** 1.5 + 1e-3
        points = points + force * (np.minimum(STEP * length / mass, limit) / length)[:, None]
    centred: Floats = points - points.mean(axis=0)
    return centred


def _attraction(graph: Links, points: Floats) -> Floats:
    """Every link pulls its two ends together as a spring of its weight."""
    pull = (points[graph.target] - points[graph.source]) * graph.weight[:, None]
    return _gathered(graph.count, graph.source, graph.target, pull)


def _gathered(count: int, first: Ints, second: Ints, pull: Floats) -> Floats:
    """The sum for each node of the pulls from first to second, felt at both ends."""
    columns = [np.bincount(first, axis, count).astype(np.float64) - np.bincount(second, axis, count) for axis in pull.T]
    return np.column_stack(columns)


def _repulsion_field(count: int) -> Field:
    """The push of all masses on every point, falling with distance; summed on a grid by Fourier transform."""
    cells = int(np.clip(4 * np.sqrt(count), 32, 384))
    padded = int(fft.next_fast_len(2 * cells, real=True))
    offset = np.fft.fftfreq(padded, 1.0 / padded)
    across, down = np.meshgrid(offset, offset, indexing="ij")
    square = across**2 + down**2 + 0.5
    kernel = fft.rfft2(np.stack([across / square, down / square]))

    def field(points: Floats, mass: Floats) -> Floats:
        low, high = points.min(axis=0), points.max(axis=0)
        cell = max(float((high - low).max()), 1e-9) / (cells - 2)
        corners, shares = _bilinear((points - low) / cell, padded)
        grid = np.bincount(corners.ravel(), (shares * mass).ravel(), padded * padded)
        push = fft.irfft2(fft.rfft2(grid.reshape(padded, padded)) * kernel, s=(padded, padded))
        return np.column_stack([(axis.ravel()[corners] * shares).sum(axis=0) for axis in push]) / cell

    return field


def _bilinear(place: Floats, width: int) -> tuple[Ints, Floats]:
    """The four grid cells around each place, and the share of each."""
    low = np.floor(place).astype(np.int64)
    far = place - low
    near = 1.0 - far
    base = low[:, 0] * width + low[:, 1]
    corners = np.stack([base, base + 1, base + width, base + width + 1])
    shares = [near[:, 0] * near[:, 1], near[:, 0] * far[:, 1], far[:, 0] * near[:, 1], far[:, 0] * far[:, 1]]
    return corners, np.stack(shares)


def _evened(points: Floats, radius: Floats) -> Floats:
    """Spread the crowd in the middle and draw stragglers in; the discs then cover a share of the ground."""
    distance = np.hypot(points[:, 0], points[:, 1])
    order = np.argsort(distance, kind="stable")
    room = np.square(radius[order])
    even = np.empty_like(distance)
    even[order] = np.sqrt((np.cumsum(room) - 0.5 * room) / FILL)
    reach = max(float(distance.max(initial=0.0)), 1e-9)
    edge = float(even.max(initial=0.0))
    wanted = (edge * distance / reach) ** (1.0 - EVENNESS) * even**EVENNESS
    evened: Floats = points * (wanted / np.maximum(distance, 1e-9))[:, None]
    return evened


def _apart(points: Floats, radius: Floats, rounds: int = 60) -> Floats:
    """Push overlapping nodes apart until none overlap, or the rounds are used up."""
    for _ in range(rounds):
        pairs = cKDTree(points).query_pairs(2 * float(radius.max(initial=0.0)), output_type="ndarray")
        pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
        first, second = pairs[:, 0], pairs[:, 1]
        delta = points[second] - points[first]
        distance = np.hypot(delta[:, 0], delta[:, 1])
        lack = radius[first] + radius[second] - distance
        close = lack > 0.01
        if not close.any():
            break
        points = _push(points, first[close], second[close], delta[close], lack[close])
    return points


def _push(points: Floats, first: Ints, second: Ints, delta: Floats, lack: Floats) -> Floats:
    """Move both ends of each pair half of what it lacks; coinciding points part in a fixed direction."""
    angle = (first * 31 + second) * GOLDEN_ANGLE
    apart = np.column_stack([np.cos(angle), np.sin(angle)])
    distance = np.hypot(delta[:, 0], delta[:, 1])
    unit = np.where((distance > 1e-6)[:, None], delta / np.maximum(distance, 1e-6)[:, None], apart)
    move = unit * (0.5 * lack)[:, None]
    return points + _gathered(len(points), second, first, move)


def _ring(points: Floats, loose: Ints, radius: Floats) -> None:
    """Stand the nodes without links in rows of a spiral around the rest."""
    if not loose.size:
        return
    edge = float(np.hypot(points[:, 0], points[:, 1]).max(initial=0.0))
    taken = np.pi * (edge / SPACING + 1.0) ** 2 if edge else 0.0
    distance = SPACING * np.sqrt((np.arange(loose.size) + 0.5 + taken) / np.pi)
    angle = np.arange(loose.size) * GOLDEN_ANGLE
    points[loose] = np.column_stack([distance * np.cos(angle), distance * np.sin(angle)])
