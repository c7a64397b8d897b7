"""Merging: one paper for all records of it, apart what only shares a title, and every step told."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from typing import Any

from rapidfuzz import fuzz

from ..ontology.names import normalise
from .decisions import UNDECIDED, Decisions, lasting_names, record_names
from .identifiers import in_order
from .papers import Paper, PaperId, Skipped, digest, paper_id
from .resemblance import Kinship, Traits, Verdict, compare, disputed, family_name, plain, traits

DISPUTED = "identifier not used: papers of other titles and authors have it too"


@dataclass(frozen=True, slots=True)
class Member:
    """A record and the paper that it became or was merged into, the latter with the reason and a score."""

    record: Paper
    paper: PaperId
    reason: str = ""
    score: float | None = None


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """Two papers that are versions of one work, the later one first."""

    later: PaperId
    earlier: PaperId
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class Unified:
    """Papers by their ids, each once, the records that they are made of, and what is removed by decision."""

    papers: dict[PaperId, Paper]
    members: tuple[Member, ...]
    versions: tuple[Version, ...]
    doubts: tuple[Skipped, ...] = ()
    """Identifiers that were not used, since records that have nothing else in common share them."""
    removed: int = 0

    @property
    def merged(self) -> tuple[Member, ...]:
        """The records that were merged into the paper of another."""
        return tuple(member for member in self.members if member.reason)


def unify(papers: Iterable[Paper], decisions: Decisions = UNDECIDED) -> Unified:
    """One paper for each identifier, or title, authors and year; never against an identifier or a decision.

    Papers without identifiers that share all that but not their abstracts are different papers (an
    "Editorial" each year). Records join only where each fits each of the others, so that no doubtful
    link drags others along.
    """
    ordered = sorted(papers, key=_completeness)
    removed = frozenset(decisions.removed)
    kept = [paper for paper in ordered if not (removed and removed & lasting_names(paper))]
    doubts = _disputed(kept)
    groups = _Groups([_without(paper, doubts.get(number, set())) for number, paper in enumerate(kept)], decisions)
    _join_equal(groups)
    _join_by_identifier(groups)
    versions = _join_by_resemblance(groups)
    named = _named(groups)
    found = {key: _merge([groups.papers[i] for i in members]) for key, members in named.items()}
    keys = {i: key for key, group in named.items() for i in group}
    return Unified(
        dict(sorted(found.items())),
        tuple(_members(kept, named)),
        _versions(versions, keys, found),
        tuple(_told(kept, doubts)),
        len(ordered) - len(kept),
    )


def _completeness(paper: Paper) -> tuple[Any, ...]:
    """A key that puts the records with a title, the most identifiers, the longest abstract and most authors first."""
    size = (not paper.title, -len(paper.identifiers), -len(paper.abstract or ""), -len(paper.authors))
    words = (paper.identifiers, paper.authors, paper.abstract or "", paper.year or 0, paper.venue or "")
    return *size, paper.title, paper.source, paper.position.zfill(12), *words


class _Groups:
    """Records, by their numbers, in groups that grow unless a decision keeps two of their records apart."""

    def __init__(self, papers: Sequence[Paper], decisions: Decisions) -> None:
        self.papers = papers
        self._above = list(range(len(papers)))
        self._members: dict[int, list[int]] = {}
        self._sides: dict[int, set[tuple[int, int]]] = defaultdict(set)
        self._decide(decisions)

    def _decide(self, decisions: Decisions) -> None:
        if not (decisions.apart or decisions.same):
            return
        named: dict[str, list[int]] = defaultdict(list)
        for number, paper in enumerate(self.papers):
            for name in record_names(paper):
                named[name].append(number)
        for number, pair in enumerate(decisions.apart):
            for side, name in enumerate(pair):
                for record in named[name]:
                    self._sides[record].add((number, side))
        for one, other in decisions.same:
            for record in (*named[one][1:], *named[other]) if named[one] else ():
                self.join(named[one][0], record)

    def top(self, number: int) -> int:
        """The record that stands for a group: its most complete one."""
        while self._above[number] != number:
            self._above[number] = number = self._above[self._above[number]]
        return number

    def members(self, number: int) -> list[int]:
        """The records of the group of a record."""
        top = self.top(number)
        return self._members.get(top, [top])

    def join(self, one: int, other: int) -> None:
        """Make one group of two, unless a decision keeps them apart."""
        first, second = sorted((self.top(one), self.top(other)))
        if first == second or self.parted(first, second):
            return
        self._members[first] = [*self.members(first), *self.members(second)]
        self._members.pop(second, None)
        self._above[second] = first
        if second in self._sides:
            self._sides[first] |= self._sides.pop(second)

    def parted(self, one: int, other: int) -> bool:
        """Whether a decision keeps the groups of two records apart."""
        if not self._sides:
            return False
        against = {(number, 1 - side) for number, side in self._sides.get(self.top(one), ())}
        return bool(against & self._sides.get(self.top(other), set()))

    def tops(self) -> Iterator[int]:
        """One record for each group."""
        return (number for number, above in enumerate(self._above) if number == above)


def _disputed(papers: Sequence[Paper]) -> dict[int, set[str]]:
    """The identifiers that records carry by mistake, such as a whole volume's DOI, by record.

    Of records that agree in nothing else the most keep the identifier; without a majority none does.
    """
    holders: dict[str, list[int]] = defaultdict(list)
    for number, paper in enumerate(papers):
        for identifier in paper.identifiers:
            holders[identifier].append(number)
    doubts: dict[int, set[str]] = defaultdict(set)
    for identifier, numbers in holders.items():
        sides = _sides(numbers, papers) if len(numbers) > 1 else [numbers]
        largest = sorted(map(len, sides))[-2:]
        for side in sides if len(sides) > 1 else ():
            if len(side) < largest[1] or largest[0] == largest[1]:
                for number in side:
                    doubts[number].add(identifier)
    return doubts


def _sides(numbers: list[int], papers: Sequence[Paper]) -> list[list[int]]:
    """Records that share an identifier, by what else they agree in."""
    sides: list[list[int]] = []
    for number in numbers:
        fitting = (side for side in sides if not disputed(papers[side[0]], papers[number]))
        side = next(fitting, None)
        if side is None:
            sides.append([number])
        else:
            side.append(number)
    return sides


def _without(paper: Paper, identifiers: set[str]) -> Paper:
    if not identifiers:
        return paper
    return replace(paper, identifiers=tuple(i for i in paper.identifiers if i not in identifiers))


def _told(papers: Sequence[Paper], doubts: dict[int, set[str]]) -> Iterator[Skipped]:
    """The identifiers that were not used, with where they stand."""
    for number, identifiers in sorted(doubts.items()):
        paper = papers[number]
        for identifier in sorted(identifiers):
            yield Skipped(paper.source, paper.position, DISPUTED, identifier)


def _join_equal(groups: _Groups) -> None:
    """Join the records that are one and the same, as of a file that is given twice."""
    first: dict[Paper, int] = {}
    for number, paper in enumerate(groups.papers):
        groups.join(first.setdefault(paper, number), number)


def _join_by_identifier(groups: _Groups) -> None:
    """Join the records that share an identifier, over however many records that goes."""
    first: dict[str, int] = {}
    for number, paper in enumerate(groups.papers):
        for identifier in paper.identifiers:
            groups.join(first.setdefault(identifier, number), number)


def _join_by_resemblance(groups: _Groups) -> list[tuple[int, int, Verdict]]:
    """Join groups that are one paper each with each, the surest first; return pairs that are versions."""
    seen = _Compared(groups)
    found = [(one, other, seen.verdict(one, other)) for one, other in sorted(set(_candidates(groups)))]
    same = [each for each in found if each[2].kinship is Kinship.SAME]
    units: dict[int, tuple[int, ...]] = {number: (number,) for one, other, _ in same for number in (one, other)}
    for one, other, _ in sorted(same, key=lambda each: (-each[2].score, each[:2])):
        first, second = sorted((groups.top(one), groups.top(other)))
        if first != second and not groups.parted(first, second):
            pairs = ((a, b) for a in units[first] for b in units[second])
            if all(seen.verdict(a, b).kinship is Kinship.SAME for a, b in pairs):
                groups.join(first, second)
                units[first] += units.pop(second)
    return [each for each in found if each[2].kinship is not Kinship.APART]


class _Compared:
    """What comparing groups, as identifiers made them, gives; each is looked at once."""

    def __init__(self, groups: _Groups) -> None:
        self._groups = groups
        self._traits: dict[int, Traits] = {}
        self._verdicts: dict[tuple[int, int], Verdict] = {}

    def verdict(self, one: int, other: int) -> Verdict:
        """The kinship of two groups."""
        pair = (min(one, other), max(one, other))
        if pair not in self._verdicts:
            self._verdicts[pair] = compare(self._of(pair[0]), self._of(pair[1]))
        return self._verdicts[pair]

    def _of(self, number: int) -> Traits:
        if number not in self._traits:
            self._traits[number] = traits(_merge([self._groups.papers[i] for i in self._groups.members(number)]))
        return self._traits[number]


_CROWD = 40
"""Papers of one title of which only those by the same first author, or of one abstract, are compared."""
_EDGE = 12
"""Letters at the beginning or end of a title by which near titles find each other."""


def _candidates(groups: _Groups) -> Iterator[tuple[int, int]]:
    """Pairs of groups that may be one paper: of one title, or of one first author and a near title."""
    titled: dict[str, list[int]] = defaultdict(list)
    edges: dict[tuple[str, str], list[int]] = defaultdict(list)
    names: dict[int, str] = {}
    for number in groups.tops():
        paper = groups.papers[number]
        title = plain(paper.title).replace(" ", "")
        titled[title].append(number)
        if paper.authors and paper.abstract and len(title) > 2 * _EDGE:
            names[number] = title
            first = family_name(paper.authors[0])
            for edge in (f"^{title[:_EDGE]}", f"{title[-_EDGE:]}$"):
                edges[first, edge].append(number)
    for block in titled.values():
        yield from _pairs(block, groups) if len(block) > 1 else ()
    for block in edges.values():
        yield from _near(block, names) if len(block) > 1 else ()


def _pairs(block: list[int], groups: _Groups) -> Iterator[tuple[int, int]]:
    """All pairs of papers of one title; in a crowd only those that something else brings together."""
    if len(block) <= _CROWD:
        yield from combinations(block, 2)
        return
    closer: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number in block:
        paper = groups.papers[number]
        author = family_name(paper.authors[0]) if paper.authors else ""
        closer[author, "" if author else plain(paper.abstract or "")].append(number)
    for key, few in closer.items():
        yield from combinations(few, 2) if any(key) and len(few) <= _CROWD else pairwise(few)


def _near(block: list[int], titles: dict[int, str]) -> Iterator[tuple[int, int]]:
    """Pairs of papers by one first author whose titles differ in a few letters."""
    for one, other in combinations(block, 2):
        if titles[one] != titles[other] and fuzz.ratio(titles[one], titles[other], score_cutoff=90):
            yield min(one, other), max(one, other)


def _named(groups: _Groups) -> dict[PaperId, list[int]]:
    """The groups by the ids of their papers; where titles make one id for several, abstracts tell them apart."""
    found: dict[PaperId, list[list[int]]] = defaultdict(list)
    for top in groups.tops():
        members = sorted(groups.members(top))
        found[paper_id(_merge([groups.papers[i] for i in members]))].append(members)
    named: dict[PaperId, list[int]] = {}
    for key, several in found.items():
        for members in several:
            named[_own_id(key, groups.papers[members[0]], len(several) > 1, named)] = members
    return named


def _own_id(key: PaperId, paper: Paper, shared: bool, taken: dict[PaperId, list[int]]) -> PaperId:
    """An id of a paper's own: with a hash of the abstract where the title is shared, with its place at last."""
    if shared and paper.abstract:
        key = PaperId(f"{key}-{digest(normalise(paper.abstract))}")
    own, times = key, 0
    while own in taken:
        own, times = PaperId(f"{key}-{digest(paper.source, paper.position, str(times))}"), times + 1
    return own


def _merge(same: Sequence[Paper]) -> Paper:
    """The most complete record, its gaps filled from the others; one without a title is called by its identifier."""
    first = same[0]
    if len(same) == 1 and first.title:
        return first
    identifiers = in_order({i for paper in same for i in paper.identifiers})
    references = tuple(sorted({r for paper in same for r in paper.references}, key=repr))
    gaps = {
        name: next((value for paper in same if (value := getattr(paper, name))), getattr(first, name))
        for name in ("abstract", "year", "date", "venue", "authors", "metadata")
    }
    title = first.title or next(iter(identifiers), "")
    return replace(first, title=title, identifiers=identifiers, references=references, **gaps)


def _members(papers: Sequence[Paper], named: dict[PaperId, list[int]]) -> Iterator[Member]:
    """All records with their papers, those merged away with why and how surely."""
    for key, (first, *others) in sorted(named.items()):
        yield Member(papers[first], key)
        for number in others:
            verdict = compare(traits(papers[first]), traits(papers[number]))
            fits = verdict.kinship is Kinship.SAME
            yield Member(papers[number], key, verdict.reason if fits else "joined by other records", verdict.score)


def _versions(
    pairs: Iterable[tuple[int, int, Verdict]], keys: dict[int, PaperId], papers: dict[PaperId, Paper]
) -> tuple[Version, ...]:
    """The pairs of papers that are versions of one work, each once."""
    found: dict[tuple[PaperId, PaperId], Version] = {}
    for one, other, verdict in pairs:
        if verdict.kinship is Kinship.VERSION and keys[one] != keys[other]:
            earlier, later = sorted((keys[one], keys[other]), key=lambda key: (papers[key].year or 9999, key))
            found.setdefault((later, earlier), Version(later, earlier, verdict.reason, verdict.score))
    return tuple(sorted(found.values()))
