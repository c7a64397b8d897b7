"""Plots of concepts: what is named together, in which groups, on which hardware, and what never met."""

from collections.abc import Sequence
from textwrap import fill
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from scipy.cluster.hierarchy import leaves_list, linkage

from ..kinship import apart
from .style import DARK, MIDDLE, Picture, bars, figure, nothing, picture, rows_height, short

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ...graph.knowledge import KnowledgeGraph
    from ...graph.metrics.results import Result


SURE = 0.05
"""Below this share of false finds a pair is called sure."""


def cooccurrence(graph: "KnowledgeGraph", result: "Result", *, concepts: int = 20) -> Picture:
    """A map of the concepts of the surest pairs: how strongly each two go together, similar ones side by side."""
    pairs = apart(graph, result.frame.filter(pl.col("count") >= 2, pl.col("npmi") > 0))
    if not len(pairs):
        raise nothing(result.notes)
    chosen = _surest(pairs, concepts)
    strength, shared = _square(pairs, chosen)
    order = _side_by_side(strength)
    labels = _labels(graph, [chosen[n] for n in order])
    best = pairs.row(0, named=True)
    told = f"{best['count']} papers name both, {best['count'] / best['expected']:.0f} times what chance gives"
    sure = "the surest pair" if best["q"] < SURE else "the likeliest pair, though none is sure"
    title = f"{best['a_label']} and {best['b_label']} are {sure}: {told}"
    with picture(title, 9.5, 7.6) as (made, axes):
        _half_map(made, axes, labels, strength[np.ix_(order, order)], shared[np.ix_(order, order)])
    return made


def _surest(pairs: pl.DataFrame, most: int) -> list[str]:
    """The concepts of the first pairs, as long as both of a pair find room."""
    chosen: dict[str, None] = {}
    for pair in pairs.select("a", "b").iter_rows():
        if len({*chosen, *pair}) <= most:
            chosen |= dict.fromkeys(pair)
    return list(chosen)


def _square(pairs: pl.DataFrame, chosen: Sequence[str]) -> "tuple[Any, Any]":
    """How strongly each two concepts go together (NPMI, not below 0), and how many papers name both."""
    place = {concept: number for number, concept in enumerate(chosen)}
    strength = np.zeros((len(chosen), len(chosen)))
    shared = np.zeros_like(strength, dtype=int)
    for one, other, both, npmi in pairs.select("a", "b", "count", "npmi").iter_rows():
        if one in place and other in place:
            cells = (place[one], place[other]), (place[other], place[one])
            for cell in cells:
                strength[cell], shared[cell] = max(npmi, 0.0), both
    return strength, shared


def _side_by_side(strength: Any) -> list[int]:
    """The order that puts side by side what goes together."""
    if len(strength) < 3:
        return list(range(len(strength)))
    apart = (1 - strength)[np.triu_indices(len(strength), 1)]
    return [int(n) for n in leaves_list(linkage(apart, "average", optimal_ordering=True))]


def _labels(graph: "KnowledgeGraph", concepts: Sequence[str]) -> list[str]:
    labels = dict(graph.concepts.select("id", "label").iter_rows())
    return [short(labels[concept], 26) for concept in concepts]


def _half_map(made: Picture, axes: "Axes", labels: list[str], strength: Any, shared: Any) -> None:
    """The lower half of a square map, with the papers in common in its cells."""
    below = np.ma.masked_where(np.triu(np.ones_like(strength, dtype=bool)), strength)
    image = axes.imshow(below, cmap="Greys", vmin=0, vmax=1)
    for row, column in zip(*np.tril_indices(len(labels), -1), strict=True):
        if shared[row, column]:
            ink = "white" if strength[row, column] > 0.5 else "black"
            axes.text(
                float(column), float(row), str(shared[row, column]), ha="center", va="center", size=7.5, color=ink
            )
    axes.set_xticks(range(len(labels) - 1), labels[:-1], rotation=55, ha="right", rotation_mode="anchor")
    axes.set_yticks(range(1, len(labels)), labels[1:])
    axes.set(xlim=(-0.5, len(labels) - 1.5), ylim=(len(labels) - 0.5, 0.5), xlabel="concept", ylabel="concept")
    axes.tick_params(length=0)
    made.colorbar(image, ax=axes, shrink=0.5, label="NPMI (0: chance or less, 1: always together)")
    note = "In a cell: the papers that name both.\nSimilar concepts stand side by side."
    axes.text(0.98, 0.98, note, transform=axes.transAxes, ha="right", va="top")


def hardware_reach(graph: "KnowledgeGraph", result: "Result", *, rows: int = 12) -> Picture:
    """Which share of the papers on large models names each accelerator, with intervals."""
    top = result.frame.head(rows)
    if not len(top):
        raise nothing(result.notes)
    best = top.row(0, named=True)
    title = f"{best['label']} is named most: by {best['papers']} of the {best['of']} papers on large models"
    with picture(title, 9, rows_height(len(top))) as (made, axes):
        intervals(axes, top, "share", 100)
        axes.set_yticks(range(len(top))[::-1], [short(label) for label in top["label"]])
        axes.set(xlabel="% of the papers that name a large model (95 % interval)", ylabel="hardware", xlim=(0, None))
    return made


def intervals(axes: "Axes", rows: pl.DataFrame, value: str, scale: float) -> None:
    """A dot and its interval for each row, from above to below."""
    places = np.arange(len(rows))[::-1]
    axes.hlines(places, rows["low"].to_numpy() * scale, rows["high"].to_numpy() * scale, color=MIDDLE, linewidth=2)
    axes.plot(rows[value].to_numpy() * scale, places, "o", color=DARK)
    axes.set_ylim(-0.6, len(rows) - 0.4)
    axes.tick_params(axis="y", length=0)


def missing_links(graph: "KnowledgeGraph", result: "Result", *, rows: int = 15) -> Picture:
    """The pairs that no paper names together though they share most."""
    top = apart(graph, result.frame).head(rows)
    if not len(top):
        raise nothing(result.notes)
    best = top.row(0, named=True)
    title = f"No paper names {best['a_label']} with {best['b_label']}, though {best['common']} concepts go with both"
    labels = [f"{short(a, 28)} – {short(b, 28)}" for a, b in top.select("a_label", "b_label").iter_rows()]
    with picture(title, 10, rows_height(len(top))) as (made, axes):
        bars(axes, labels, top["score"].to_list(), [str(common) for common in top["common"]])
        axes.set(xlabel="Adamic–Adar index over what goes with both (at the end: how many concepts)", ylabel="pair")
    return made


def communities(graph: "KnowledgeGraph", result: "Result", *, groups: int = 8) -> Picture:
    """The largest groups of concepts, a panel each, with the concepts that hold each together."""
    sizes = result.frame.group_by("community", "name").len("members")
    sizes = sizes.sort("members", "community", descending=[True, False])
    if not len(sizes):
        raise nothing(result.notes)
    first = sizes.row(0, named=True)
    title = (
        f"{len(result.frame):,} concepts fall into {len(sizes)} groups; the largest holds {first['members']} of them"
    )
    return panels(title, result.frame, sizes.head(groups), "label", "how closely each is tied to its group")


def panels(title: str, members: pl.DataFrame, groups: pl.DataFrame, name: str, told: str) -> Picture:
    """A panel for each group, with the members that are tied to it most."""
    columns = min(3, len(groups))
    rows = -(-len(groups) // columns)
    with figure(title, 12, 0.7 + 1.95 * rows) as made:
        grid = made.subplots(rows, columns, squeeze=False)
        for axes, group in zip(grid.ravel(), groups.iter_rows(named=True), strict=False):
            top = members.filter(community=group["community"]).head(6)
            bars(axes, [short(label, 34) for label in top[name]], top["strength"].to_list(), [""] * len(top))
            axes.set_title(fill(short(f"{group['name']} ({group['members']})", 74), 38), size=9, loc="right")
            axes.set_xticks([])
            axes.spines["bottom"].set_visible(False)
        for axes in grid.ravel()[len(groups) :]:
            axes.set_visible(False)
        made.supxlabel(f"bars: {told}; in brackets: members", size=9)
    return made
