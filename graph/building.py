"""Building: inputs in, a stored graph out, with a manifest that accounts for every record."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import chain
from typing import TYPE_CHECKING, Any

from ..ontology.classes import Layer
from ..ontology.vocabulary import Vocabulary
from .assembly import assemble
from .chunks import ALONE, Links, Progress, Workshop, link_all, recogniser_digest
from .decisions import UNDECIDED, Decisions
from .merging import Unified, unify
from .papers import Paper, PaperId, Skipped, StatedCitation
from .reading import ReadInput, read_inputs, sample_input
from .store import FORMAT_VERSION

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Material", "ReadInput", "build_graph", "build_tables", "read_inputs", "sample_input"]

Link = Callable[[Mapping[PaperId, Paper], Vocabulary, Workshop], Links]


@dataclass(frozen=True, slots=True)
class Material:
    """All that a graph is made of: records, what inputs state and skip, where from, and what was decided."""

    papers: tuple[Paper, ...]
    citations: tuple[StatedCitation, ...]
    skipped: tuple[Skipped, ...]
    inputs: tuple[dict[str, Any], ...]
    decisions: Decisions = UNDECIDED

    @classmethod
    def of(cls, read: Sequence[ReadInput], decisions: Decisions = UNDECIDED) -> "Material":
        """The material of some inputs."""
        return cls(
            tuple(paper for each in read for paper in each.papers),
            tuple(citation for each in read for citation in each.citations),
            tuple(item for each in read for item in each.skipped),
            tuple(map(_told, (each for each in read if each.format))),
            decisions,
        )


def _told(read: ReadInput) -> dict[str, Any]:
    counts = {name: len(getattr(read, name)) for name in ("papers", "citations", "skipped")}
    return {"name": read.name, "sha256": read.sha256, "format": read.format, **counts}


def build_tables(
    read: Sequence[ReadInput], vocabulary: Vocabulary, progress: Progress | None = None
) -> "tuple[dict[str, pl.DataFrame], dict[str, Any]]":
    """The frames and the manifest of the graph of some inputs."""
    return build_graph(Material.of(read), vocabulary, Workshop(progress=progress))


def build_graph(
    material: Material,
    vocabulary: Vocabulary,
    workshop: Workshop = ALONE,
    link: Link = link_all,
) -> "tuple[dict[str, pl.DataFrame], dict[str, Any]]":
    """The frames and the manifest of a graph; *link* makes the links of its papers."""
    unified = unify(material.papers, material.decisions)
    _account(material, unified)
    links = link(unified.papers, vocabulary, workshop)
    frames = assemble(unified, links, material.citations, material.skipped, vocabulary)
    return frames, _manifest(material, unified, frames, vocabulary)


def _account(material: Material, unified: Unified) -> None:
    """Make sure that no record was lost: those read are papers, merged into papers, or removed by decision."""
    told = len(unified.papers) + len(unified.merged) + unified.removed
    if len(material.papers) != told:
        raise AssertionError(f"{len(material.papers)} records read, and {told} accounted for")


def _manifest(
    material: Material, unified: Unified, frames: "Mapping[str, pl.DataFrame]", vocabulary: Vocabulary
) -> dict[str, Any]:
    return {
        "format_version": FORMAT_VERSION,
        "tool": f"concite {version('concite')}",
        "recogniser": recogniser_digest(),
        "inputs": sorted(material.inputs, key=lambda each: (each["name"], each["sha256"])),
        "decisions": material.decisions.as_json(),
        "vocabulary": {"concepts": len(vocabulary), "sha256": vocabulary.digest},
        "counts": {table: len(rows) for table, rows in frames.items()},
        "quality": _records(material, unified) | _quality(unified, frames),
    }


def _records(material: Material, unified: Unified) -> dict[str, int]:
    """Where all records went: read = papers + merged + removed."""
    removed = sum(each["papers"] for each in material.inputs) - len(unified.papers) - len(unified.merged)
    return {
        "records_read": sum(each["papers"] for each in material.inputs),
        "papers": len(unified.papers),
        "papers_merged": len(unified.merged),
        "records_removed": removed,
        "pieces_skipped": len(material.skipped) + len(unified.doubts),
    }


def _quality(unified: Unified, frames: "Mapping[str, pl.DataFrame]") -> dict[str, Any]:
    """What a reader of the graph should know about it."""
    import polars as pl

    mentions, origins = frames["mentions"], frames["concepts"]["origin"]
    bands = mentions.select(((pl.col("confidence") * 10).floor().clip(upper_bound=9) / 10).alias("band"))["band"]
    return {
        "papers_without_abstract": sum(not paper.abstract for paper in unified.papers.values()),
        "papers_without_mentions": len(unified.papers) - mentions["paper"].n_unique(),
        "papers_without_year": sum(paper.year is None for paper in unified.papers.values()),
        "mentions_by_method": dict(mentions["method"].value_counts().sort("method").iter_rows()),
        "mentions_by_confidence": {f"{band:.1f}": n for band, n in bands.value_counts().sort("band").iter_rows()},
        "candidates": int((origins == "candidate").sum()),
        "citations_resolved_by": dict(_methods(frames["citations"])),
        "citations_flagged": dict(sorted(Counter(chain.from_iterable(frames["citations"]["flags"])).items())),
    }


def _methods(citations: "pl.DataFrame") -> Iterator[tuple[str, int]]:
    explicit = citations.filter(layer=str(Layer.EXPLICIT))
    yield from explicit["method"].value_counts().sort("method").iter_rows()
