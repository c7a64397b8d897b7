"""Plots over the years: how concepts rise, burst, spread and fade."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl
from matplotlib.ticker import MaxNLocator

from .concepts import intervals
from .style import DARK, LIGHT, MARKS, MIDDLE, STROKES, Picture, nothing, picture, rows_height, short

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ...graph.knowledge import KnowledgeGraph
    from ...graph.metrics.results import Result


FEWEST = 5
"""Years with fewer papers are not drawn, where any has more: their shares jump by chance."""


def trends(graph: "KnowledgeGraph", result: "Result", *, concepts: Sequence[str] = (), lines: int = 6) -> Picture:
    """The smoothed share of papers per year, of the concepts given or of those that changed most."""
    rows = _telling_years(result)
    change = rows.group_by("concept").agg(rise=pl.col("smoothed").last() - pl.col("smoothed").first())
    chosen = [graph.find(name) for name in concepts] or _most_changed(change, lines)
    ranked = change.filter(pl.col("concept").is_in(chosen)).sort("rise", "concept", descending=[True, False])
    line = rows.filter(concept=ranked["concept"][0])
    title = (
        f"{line['label'][0]} rose most: from {line['smoothed'][0]:.0%} of the papers of {line['year'][0]} "
        f"to {line['smoothed'][-1]:.0%} of those of {line['year'][-1]}"
    )
    told = "% of the year's papers that name it (smoothed)"
    return _lines(rows, ranked["concept"].to_list(), "smoothed", title, told)


def _telling_years(result: "Result") -> pl.DataFrame:
    """The rows of the years that have enough papers. Raises `InputError` where there are none at all."""
    if not len(result.frame):
        raise nothing(result.notes)
    rows = result.frame.filter(pl.col("of") >= min(FEWEST, int(result.frame["of"].max() or 0)))  # type: ignore[arg-type]
    return rows.sort("concept", "year")


def _most_changed(change: pl.DataFrame, lines: int) -> list[str]:
    order = change.sort(pl.col("rise").abs(), "concept", descending=[True, False])
    return order["concept"].head(lines).to_list()


def adoption(graph: "KnowledgeGraph", result: "Result") -> Picture:
    """The share of papers per year that name each concept or one of its kinds."""
    rows = _telling_years(result)
    best = rows.sort("share", "year", "concept", descending=[True, False, False]).row(0, named=True)
    title = (
        f"{best['label']} peaked highest: {best['share']:.0%} of the papers of {best['year']} name it or a kind of it"
    )
    told = "% of the year's papers that name it or a kind of it"
    return _lines(rows, rows["concept"].unique(maintain_order=True).to_list(), "share", title, told)


def _lines(rows: pl.DataFrame, concepts: Sequence[str], value: str, title: str, told: str) -> Picture:
    """A line for each concept, named at its end."""
    with picture(title, 10, 4.6) as (made, axes):
        ends = []
        for number, concept in enumerate(concepts):
            line = rows.filter(concept=concept).sort("year")
            stroke, mark = STROKES[number % len(STROKES)], MARKS[number % len(MARKS)]
            shares = line[value].to_numpy() * 100
            shade = DARK if number % 2 == 0 else MIDDLE
            axes.plot(line["year"].to_numpy(), shares, linestyle=stroke, marker=mark, markersize=4, color=shade)
            ends.append((float(shares[-1]), f"{mark_name(mark)} {short(line['label'][0], 28)}"))
        _name_ends(axes, ends, rows["year"].sort().to_list()[-1])
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set(xlabel="year", ylabel=told, ylim=(0, None))
    return made


def mark_name(mark: str) -> str:
    """A sign that looks like a mark of a line."""
    return {"o": "●", "s": "■", "D": "◆", "^": "▲", "v": "▼", "P": "✚"}[mark]


def _name_ends(axes: "Axes", ends: Sequence[tuple[float, str]], year: int) -> None:
    """The names at the ends of the lines, kept apart from one another."""
    low, high = axes.get_ylim()
    room = (high - low) / 16
    place = float("-inf")
    for share, name in sorted(ends):
        place = max(share, place + room)
        axes.annotate(name, (year, share), xytext=(year + 0.35, place), va="center", annotation_clip=False)
    axes.set_xlim(right=year + 0.2)


def emerging(graph: "KnowledgeGraph", result: "Result", *, rows: int = 15) -> Picture:
    """How much more each concept is named in the last years than before, with intervals."""
    top = result.frame.head(rows)
    if not len(top):
        raise nothing(result.notes)
    best = top.row(0, named=True)
    title = f"{best['label']} grew most: named by {best['recent']} papers of the last years, by {best['before']} before"
    with picture(title, 9, rows_height(len(top))) as (made, axes):
        edge = 2 * max(filter(None, [*top["high"], *top["low"], 1]))
        intervals(axes, top.with_columns(pl.col("high").fill_null(edge)), "growth", 1)
        axes.set_yticks(range(len(top))[::-1], [f"{short(label)} ({first})" for label, first in _first_seen(top)])
        axes.axvline(1, color="black", linestyle=":", linewidth=1)
        axes.set_xscale("log")
        axes.set_xlim(right=edge)
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
        told = "times the share of papers before (95 % interval; without a dot: new)"
        axes.set(xlabel=told, ylabel="concept (first year)")
    return made


def _first_seen(rows: pl.DataFrame) -> list[tuple[str, int]]:
    return rows.select("label", "first_seen").rows()


def bursts(graph: "KnowledgeGraph", result: "Result", *, rows: int = 15) -> Picture:
    """The spans of years in which concepts were named far more than at other times."""
    top = result.frame.head(rows).sort("start", "end", "label", descending=True)
    if not len(top):
        raise nothing(result.notes)
    best = result.frame.row(0, named=True)
    title = f"The strongest burst is that of {best['label']}, {best['start']} to {best['end']}"
    with picture(title, 9, rows_height(len(top))) as (made, axes):
        places = range(len(top))
        widths = (top["end"] - top["start"] + 1).to_list()
        axes.barh(places, widths, left=top["start"].to_list(), color=MIDDLE, edgecolor=DARK, align="center", height=0.6)
        axes.set_yticks(places, [short(label) for label in top["label"]])
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.grid(axis="x", color=LIGHT)
        axes.set_axisbelow(True)
        axes.set(xlabel="year (a bar ends with its last year)", ylabel="concept")
    return made


def half_lives(graph: "KnowledgeGraph", result: "Result", *, rows: int = 20) -> Picture:
    """From the first year over the peak to when half of that was left, of the concepts that most papers name."""
    halved = result.frame.filter(pl.col("half_life").is_not_null())
    top = halved.sort("papers", "concept", descending=[True, False]).head(rows)
    if not len(top):
        raise nothing(result.notes)
    longest = top.sort("half_life", "papers", "concept", descending=[True, True, False]).row(0, named=True)
    title = f"{longest['label']} held on longest: half was left {_years(longest['half_life'])} after its peak"
    top = top.sort("peak", "half_life", "label", descending=True)
    with picture(title, 9, rows_height(len(top))) as (made, axes):
        places = range(len(top))
        ends = (top["peak"] + top["half_life"]).to_list()
        starts = top.select(pl.min_horizontal("first_seen", "peak")).to_series().to_list()
        axes.hlines(places, starts, ends, color=LIGHT, linewidth=4)
        axes.plot(top["peak"].to_list(), places, "o", color=DARK, label="peak")
        axes.plot(ends, places, "|", color=DARK, markersize=10, label="half of it left")
        axes.set_yticks(places, [short(label) for label in top["label"]])
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.legend(frameon=False, loc="upper left", bbox_to_anchor=(0, 1.08), ncols=2)
        axes.set(xlabel="year (a band begins where a concept is first seen)", ylabel="concept")
    return made


def _years(count: float) -> str:
    return f"{count:g} year" + ("" if count == 1 else "s")
