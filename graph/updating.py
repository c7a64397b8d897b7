"""Updating: inputs added or read anew, papers removed, merges undone; always as if built from scratch."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..ontology.vocabulary import Vocabulary
from .building import Material, build_graph
from .chunks import ALONE, Links, Workshop, joined, link_all, recogniser_digest
from .decisions import Decisions, Pair, lasting_names, parse_decisions, record_names
from .merging import DISPUTED
from .papers import InputError, Paper, PaperId
from .reading import ReadInput
from .records import read_records, read_skipped, read_statements
from .store import GraphError, read_tables

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Stored:
    """A stored graph with what it was made of."""

    folder: Path
    frames: "Mapping[str, pl.DataFrame]"
    manifest: Mapping[str, Any]

    @classmethod
    def read(cls, folder: Path) -> "Stored":
        """The graph stored at *folder*. Raises `GraphError`."""
        return cls(folder, *read_tables(folder))

    def material(self) -> Material:
        """The records that the graph was made of, and what was decided."""
        try:
            decisions = parse_decisions(self.manifest.get("decisions", {}))
        except ValueError as error:
            raise GraphError(str(self.folder), "the manifest is damaged", "build the graph again") from error
        skipped = (each for each in read_skipped(self.frames["skipped"]) if each.reason != DISPUTED)
        return Material(
            tuple(read_records(self.frames["records"], self.frames["papers"])),
            tuple(read_statements(self.frames["statements"])),
            tuple(skipped),
            tuple(self.manifest["inputs"]),
            decisions,
        )

    def link(self, papers: Mapping[PaperId, Paper], vocabulary: Vocabulary, workshop: Workshop) -> Links:
        """The links of papers: those of the graph where the paper is as it was, made anew where not."""
        kept = set(self._unchanged(papers)) if self._knows(vocabulary) else set()
        fresh = link_all({key: paper for key, paper in papers.items() if key not in kept}, vocabulary, workshop)
        return _in_order(joined([self._links_of(kept), fresh]))

    def _knows(self, vocabulary: Vocabulary) -> bool:
        """Whether this vocabulary and this program made the graph's links."""
        made_by = self.manifest.get("vocabulary", {}).get("sha256"), self.manifest.get("recogniser")
        return made_by == (vocabulary.digest, recogniser_digest())

    def _unchanged(self, papers: Mapping[PaperId, Paper]) -> Iterable[PaperId]:
        known = self.frames["papers"].filter(external=False).select("id", "title", "abstract", "identifiers")
        for key, title, abstract, identifiers in known.iter_rows():
            paper = papers.get(key)
            if paper and (paper.title, paper.abstract, paper.identifiers) == (title, abstract, tuple(identifiers)):
                yield key

    def _links_of(self, papers: set[PaperId]) -> Links:
        import polars as pl

        chosen = pl.col("paper").is_in(sorted(papers))
        return Links(*(self.frames[table].filter(chosen) for table in ("mentions", "names")))


def _in_order(links: Links) -> Links:
    """Links in the order of papers and of their texts, the title's first."""
    import polars as pl

    mentions = links.mentions.sort("paper", pl.col("field") != "title", "start", maintain_order=True)
    return Links(mentions, links.names.sort("paper", "concept", maintain_order=True))


def updated(
    stored: Stored, read: Sequence[ReadInput], vocabulary: Vocabulary, workshop: Workshop = ALONE
) -> "tuple[dict[str, pl.DataFrame], dict[str, Any]]":
    """The graph with some inputs more; an input that it has already is replaced as a whole."""
    new, old = Material.of(read), stored.material()
    replaced = {_input(each.name) for each in read}
    material = Material(
        (*(paper for paper in old.papers if _input(paper.source) not in replaced), *new.papers),
        (*(each for each in old.citations if _input(each.source) not in replaced), *new.citations),
        (*(each for each in old.skipped if _input(each.input) not in replaced), *new.skipped),
        (*(each for each in old.inputs if _input(each["name"]) not in replaced), *new.inputs),
        old.decisions,
    )
    return build_graph(material, vocabulary, workshop, stored.link)


def _input(name: str) -> str:
    """The file that an input is, or the archive that holds it."""
    return name.partition("!")[0]


def without(
    stored: Stored, names: Sequence[str], vocabulary: Vocabulary, workshop: Workshop = ALONE
) -> "tuple[dict[str, pl.DataFrame], dict[str, Any]]":
    """The graph without some papers and all that only they gave; they do not come back with their inputs.

    Raises `InputError` for a name that no paper of the input has.
    """
    material = stored.material()
    records = stored.frames["records"]
    by_paper: dict[str, list[Paper]] = {}
    for key, paper in zip(records["paper"], material.papers, strict=True):
        by_paper.setdefault(key, []).append(paper)
    removed = {name for key in _chosen(names, by_paper) for paper in by_paper[key] for name in lasting_names(paper)}
    decisions = material.decisions.with_more(removed=removed)
    left = tuple(paper for paper in material.papers if not removed & lasting_names(paper))
    return build_graph(replace(material, papers=left, decisions=decisions), vocabulary, workshop, stored.link)


def _chosen(names: Sequence[str], by_paper: Mapping[str, Sequence[Paper]]) -> list[str]:
    """The ids of the papers that have the names: ids, identifiers or places of records."""
    known = {name: key for key, papers in by_paper.items() for paper in papers for name in record_names(paper)}
    known |= {key: key for key in by_paper}
    for name in names:
        if name not in known:
            raise InputError(name, "no paper of the input has this id", "see the column `id` of the table `papers`")
    return [known[name] for name in names]


def decided(
    stored: Stored, vocabulary: Vocabulary, workshop: Workshop = ALONE, **more: Iterable[Pair]
) -> "tuple[dict[str, pl.DataFrame], dict[str, Any]]":
    """The graph with more decisions: pairs of records that are *apart*, or the *same* paper.

    Raises `InputError` for a name that no record has.
    """
    material = stored.material()
    records: dict[str, set[int]] = {}
    for number, paper in enumerate(material.papers):
        for name in record_names(paper):
            records.setdefault(name, set()).add(number)
    pairs = {kind: list(some) for kind, some in more.items()}
    for name in (name for some in pairs.values() for pair in some for name in pair):
        if name not in records:
            advice = "name it by an identifier (doi:10.1/x) or by its place (file:7), see the table `records`"
            raise InputError(name, "no record has this name", advice)
    for one, other in (pair for some in pairs.values() for pair in some):
        if one == other or len(records[one] | records[other]) == 1:
            advice = "name two, by identifier or by place (file:7), see the table `records`"
            raise InputError(f"{one}, {other}", "both are the same record", advice)
    kept = _without_contrary(material.decisions, pairs, records)
    return build_graph(replace(material, decisions=kept.with_more(**pairs)), vocabulary, workshop, stored.link)


def _without_contrary(
    decisions: Decisions, more: Mapping[str, Sequence[Pair]], records: Mapping[str, set[int]]
) -> Decisions:
    """The decisions without those that say the contrary of more about the same records."""

    def meets(pair: Pair, other: Pair) -> bool:
        found = [[bool(records.get(a, set()) & records.get(b, set())) for b in other] for a in pair]
        return (found[0][0] and found[1][1]) or (found[0][1] and found[1][0])

    apart = (pair for pair in decisions.apart if not any(meets(pair, new) for new in more.get("same", ())))
    same = (pair for pair in decisions.same if not any(meets(pair, new) for new in more.get("apart", ())))
    return replace(decisions, apart=tuple(apart), same=tuple(same))
