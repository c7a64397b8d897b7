"""Plots of papers: who ranks first, which groups cite one another, and the main path."""

from typing import TYPE_CHECKING

import polars as pl
from matplotlib.ticker import MaxNLocator

from .concepts import panels
from .style import DARK, MIDDLE, Picture, bars, nothing, picture, rows_height, title_of

if TYPE_CHECKING:
    from ...graph.knowledge import KnowledgeGraph
    from ...graph.metrics.results import Result


def pagerank(graph: "KnowledgeGraph", result: "Result", *, rows: int = 15) -> Picture:
    """The papers of the highest PageRank, with the number of citations of each."""
    top = result.frame.head(rows)
    if not len(top) or not top["cited"].sum():
        raise nothing(result.notes)
    best = top.row(0, named=True)
    title = f"“{title_of(best['title'], 60)}” ranks first; {best['cited']} papers cite it"
    with picture(title, 10, rows_height(len(top))) as (made, axes):
        bars(axes, _labels(top), (top["score"] * 100).to_list(), [str(cited) for cited in top["cited"]])
        axes.set(xlabel="PageRank in % (at the end: papers that cite it)", ylabel="paper")
    return made


def _labels(rows: pl.DataFrame) -> list[str]:
    return [f"{title_of(title)} ({year or 'no year'})" for title, year in rows.select("title", "year").iter_rows()]


def communities(graph: "KnowledgeGraph", result: "Result", *, groups: int = 6) -> Picture:
    """The largest groups of papers, a panel each, with the papers tied closest to it."""
    sizes = result.frame.group_by("community", "name").len("members")
    sizes = sizes.sort("members", "community", descending=[True, False])
    if not len(sizes):
        raise nothing(result.notes)
    largest = sizes.row(0, named=True)
    title = f"{len(result.frame):,} papers fall into {len(sizes)} groups; the largest holds {largest['members']}"
    named = result.frame.with_columns(pl.col("title").map_elements(title_of, pl.String))
    return panels(title, named, sizes.head(groups), "title", "how closely each is tied to its group")


def main_path(graph: "KnowledgeGraph", result: "Result") -> Picture:
    """The main path from the oldest paper down, placed by year."""
    rows = result.frame.sort("step")
    if len(rows) < 2:
        raise nothing(result.notes)
    first, last = rows.row(0, named=True), rows.row(-1, named=True)
    title = f"The main path: {len(rows)} papers from “{title_of(first['title'])}” to “{title_of(last['title'])}”"
    with picture(title, 10, rows_height(len(rows))) as (made, axes):
        places = list(range(len(rows)))[::-1]
        years = rows["year"].to_list()
        axes.plot(years, places, color=MIDDLE, zorder=1)
        axes.scatter(years, places, color=DARK, s=36, zorder=2)
        axes.set_yticks(
            places,
            [f"{title_of(name)} ({year or 'no year'})" for name, year in rows.select("title", "year").iter_rows()],
        )
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.tick_params(axis="y", length=0)
        axes.set(xlabel="year", ylabel="each paper is cited by the one below")
    return made
