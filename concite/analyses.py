"""The analyses of a graph, ready at hand: each a method that answers with a frame, notes and a picture."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any, Self, TypedDict, Unpack

from .graph.knowledge import KnowledgeGraph as Tables
from .graph.metrics.results import Result
from .graph.parts import known
from .ontology.classes import ConceptClass, Layer, Role

if TYPE_CHECKING:
    import pandas as pd

    from .exports.plots.style import Picture
    from .graph.metrics.selection import Selection


class Which(TypedDict, total=False):
    """Which links from papers to concepts an analysis counts; all but those of general concepts without any."""

    classes: Collection[ConceptClass | str]
    roles: Collection[Role | str]
    general: bool
    candidates: bool
    confidence: float
    years: tuple[int | None, int | None]


@dataclass(frozen=True, repr=False)
class Analysis(Result):
    """The answer of an analysis: `frame`, `notes` on what it counts, and a picture with `plot()`."""

    graph: Tables = field(kw_only=True, repr=False, compare=False)

    @classmethod
    def of(cls, graph: Tables, result: Result) -> Self:
        """The result of an analysis of a graph."""
        return cls(result.name, result.frame, result.notes, graph=graph)

    def plot(self, **options: Any) -> "Picture":
        """A picture titled with what was found. Raises `InputError` where there is none, or no matplotlib."""
        from .exports.plots import draw

        return draw(self.graph, self, **options)

    def to_pandas(self) -> "pd.DataFrame":
        """The frame as pandas has it."""
        from .pandas_frames import in_pandas

        return in_pandas(self.frame)


class Analyses(Tables):
    """A knowledge graph with its analyses; the columns of each stand with the function in `concite.graph.metrics`.

    The keywords *classes*, *roles*, *general*, *candidates*, *confidence* and *years* choose the links that count.
    """

    def pagerank(self, layer: Layer | str = Layer.EXPLICIT) -> Analysis:
        """The papers by PageRank over one layer of citations.

        >>> graph.pagerank().frame.select("title").row(0)
        ('ImageNet Classification with Deep Convolutional Neural Networks',)
        """
        return self._analysis("ranking.pagerank", layer=_layer(layer))

    def hits(self, layer: Layer | str = Layer.EXPLICIT) -> Analysis:
        """The papers as authorities and hubs of one layer of citations (HITS)."""
        return self._analysis("ranking.hits", layer=_layer(layer))

    def similarity(self, coupling: str = "concept", *, top: int = 10, layer: Layer | str = Layer.EXPLICIT) -> Analysis:
        """For each paper the most similar ones: by *concept*, by *bibliographic* coupling or by *co-citation*."""
        return self._analysis("coupling.similarity", coupling, top=top, layer=_layer(layer))

    def cooccurrence(self, *, min_count: int = 2, **which: Unpack[Which]) -> Analysis:
        """The pairs of concepts that papers name together, those least likely by chance first.

        >>> graph.cooccurrence(classes=["dataset", "metric"]).frame.select("a_label", "b_label", "count").row(0)
        ('BLEU', 'WMT14', 8)
        """
        return self._analysis("cooccurrence.cooccurrence", _selection(which), min_count=min_count)

    def communities(self, *, resolution: float = 1.0, seed: int = 0, **which: Unpack[Which]) -> Analysis:
        """The concepts in groups that papers name together, each group with its most telling concepts as a name."""
        options = {"resolution": resolution, "seed": seed}
        return self._analysis("communities.concept_communities", _selection(which), **options)

    def paper_communities(
        self, layer: Layer | str = Layer.EXPLICIT, *, resolution: float = 1.0, seed: int = 0
    ) -> Analysis:
        """The papers in groups that cite one another, each group named by its most telling concepts."""
        return self._analysis("communities.paper_communities", _layer(layer), resolution=resolution, seed=seed)

    def trends(self, *, window: int = 3, min_papers: int = 3, **which: Unpack[Which]) -> Analysis:
        """For each concept and year the share of the papers that name it, and the share smoothed over a window."""
        return self._analysis("trends.trends", _selection(which), window=window, min_papers=min_papers)

    def adoption(self, *concepts: str, roles: Collection[Role | str] = tuple(Role)) -> Analysis:
        """For some concepts, each with its variants and kinds, the share of papers per year and all papers so far."""
        named = [self.find(name) for name in concepts]
        return self._analysis("adoption.adoption", named, roles=known(roles, Role))

    def bursts(self, *, min_papers: int = 3, **which: Unpack[Which]) -> Analysis:
        """The spans of years in which a concept was named far more than at other times."""
        return self._analysis("bursts.bursts", _selection(which), min_papers=min_papers)

    def emerging(self, *, recent: int = 2, min_papers: int = 3, **which: Unpack[Which]) -> Analysis:
        """The concepts that grew most in the last years, with intervals."""
        return self._analysis("emergence.emerging", _selection(which), recent=recent, min_papers=min_papers)

    def half_lives(self, *, min_papers: int = 3, **which: Unpack[Which]) -> Analysis:
        """For each concept the year of its peak, and after how many years only half of that was left."""
        return self._analysis("half_lives.half_lives", _selection(which), min_papers=min_papers)

    def main_path(
        self, layer: Layer | str = Layer.EXPLICIT, *, start: str | None = None, end: str | None = None
    ) -> Analysis:
        """The line of papers over which most ways through the citations lead, from the oldest on."""
        ends = {name: None if paper is None else self.find(paper) for name, paper in (("start", start), ("end", end))}
        return self._analysis("main_path.main_path", layer=_layer(layer), **ends)

    def novel_pairs(self, **which: Unpack[Which]) -> Analysis:
        """The pairs of concepts that meet less or more than chance would have them, and where they first met."""
        return self._analysis("novelty.novel_pairs", _selection(which))

    def paper_novelty(self, **which: Unpack[Which]) -> Analysis:
        """For each paper, how unusual the pairs of concepts are that it names."""
        return self._analysis("novelty.paper_novelty", _selection(which))

    def hardware_reach(self, *, parameters: int = 1_000_000_000) -> Analysis:
        """Of the papers that name a model of more parameters than given, the share that names each accelerator."""
        return self._analysis("hardware.hardware_reach", parameters=parameters)

    def missing_links(self, *, top: int = 50, min_papers: int = 3, **which: Unpack[Which]) -> Analysis:
        """The pairs of concepts that no paper names together, though much else is named with both."""
        return self._analysis("missing_links.missing_links", _selection(which), top=top, min_papers=min_papers)

    def _analysis(self, function: str, *arguments: Any, **options: Any) -> Analysis:
        module, _, name = function.partition(".")
        analyse: Callable[..., Result] = getattr(import_module(f".graph.metrics.{module}", __package__), name)
        return Analysis.of(self, analyse(self, *arguments, **options))


def _selection(which: Which) -> "Selection":
    """The selection that keywords ask for. Raises `InputError` for a class or role that does not exist."""
    from .graph.metrics.selection import Selection

    chosen = dict(which)
    if "classes" in which:
        chosen["classes"] = known(which["classes"], ConceptClass)
    if "roles" in which:
        chosen["roles"] = known(which["roles"], Role)
    return Selection(**chosen)  # type: ignore[arg-type]


def _layer(layer: Layer | str) -> Layer:
    return Layer(known([layer], Layer)[0])
