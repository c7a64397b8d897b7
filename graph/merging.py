"""Merging: one paper for all records of it, and apart what only shares a title."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..ontology.names import normalise
from .identifiers import in_order
from .papers import Paper, PaperId, Skipped, digest, paper_id


@dataclass(frozen=True, slots=True)
class Unified:
    """Papers by their final ids, each once, with what was merged away."""

    papers: dict[PaperId, Paper]
    merged: tuple[Skipped, ...]


def unify(papers: Iterable[Paper]) -> Unified:
    """One paper for each identifier or title; records of the same paper are merged, and that is said.

    Papers without identifiers that share title, first author and year but not their abstracts are
    different papers (an "Editorial" each year), and stay apart.
    """
    ordered = sorted(papers, key=_completeness)
    same = _classes(ordered)
    groups: dict[str, list[Paper]] = defaultdict(list)
    for paper in ordered:
        groups[same[_key(paper)]].append(paper)
    found: dict[PaperId, Paper] = {}
    merged: list[Skipped] = []
    for group in groups.values():
        for final, records in _apart(group):
            found[final] = _merge(records)
            merged += [_merged(paper, records[0], final) for paper in records[1:]]
    return Unified(dict(sorted(found.items())), tuple(merged))


def _key(paper: Paper) -> str:
    """What a paper is known by alone: an identifier, else the id made of its title."""
    return paper.identifiers[0] if paper.identifiers else paper_id(paper)


def _classes(papers: Iterable[Paper]) -> dict[str, str]:
    """One identifier for all that name the same paper, over however many records that goes."""
    above: dict[str, str] = {}

    def top(key: str) -> str:
        while above.setdefault(key, key) != key:
            above[key] = key = above[above[key]]
        return key

    for paper in papers:
        for identifier in paper.identifiers:
            above[top(identifier)] = top(_key(paper))
        top(_key(paper))
    return {key: top(key) for key in list(above)}


def _completeness(paper: Paper) -> tuple[int, int, int, str, str, str]:
    """A key that puts the records with the most identifiers, the longest abstract and most authors first."""
    size = (-len(paper.identifiers), -len(paper.abstract or ""), -len(paper.authors))
    return *size, paper.title, paper.source, paper.position.zfill(12)


def _apart(group: Sequence[Paper]) -> Iterator[tuple[PaperId, list[Paper]]]:
    """Split papers that share an id made from their titles, but tell different things."""
    kinds: dict[str, list[Paper]] = defaultdict(list)
    for paper in group:
        kinds["" if paper.identifiers else normalise(paper.abstract or "")].append(paper)
    key = paper_id(_merge(group))
    if len([text for text in kinds if text]) <= 1:
        yield key, list(group)
        return
    for text, same in kinds.items():
        yield (PaperId(f"{key}-{digest(text)}") if text else key), same


def _merge(same: Sequence[Paper]) -> Paper:
    """The most complete record, its gaps filled from the others."""
    first = same[0]
    identifiers = in_order({i for paper in same for i in paper.identifiers})
    references = tuple(sorted({r for paper in same for r in paper.references}))
    gaps = {
        name: next((value for paper in same if (value := getattr(paper, name))), getattr(first, name))
        for name in ("abstract", "year", "date", "venue", "authors", "metadata")
    }
    return replace(first, identifiers=identifiers, references=references, **gaps)


def _merged(paper: Paper, into: Paper, final: PaperId) -> Skipped:
    reason = f"merged: the same paper as {into.source}:{into.position} ({final})"
    return Skipped(paper.source, paper.position, reason, paper.title)
