"""The catalogue: cited works found among the papers of a graph; those that are not become external papers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz import fuzz

from .papers import Paper, PaperId, Reference, paper_id
from .resemblance import authors_agree, contradiction, family_name, plain


class Resolution(StrEnum):
    """How a cited work was found."""

    IDENTIFIER = "identifier"
    """By an identifier that both have."""
    TITLE = "title"
    """By its title, year and authors."""
    NEAR_TITLE = "near title"
    """By its authors, its year and a title that is cut, prolonged or misprinted."""
    EXTERNAL = "external"
    """Not at all: nothing in the input is this work, which became an external paper."""


@dataclass(frozen=True, slots=True)
class Found:
    """The paper of a graph that a cited work is, how that was found, and how surely."""

    paper: PaperId
    method: Resolution
    confidence: float


_NEAR = 93
_PART = 16
"""Letters that the beginning of a title must have to stand for all of it."""
_EDGE = 12
_TITLE_ALONE = 4
"""Words that a title must have to be enough without authors."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a paper of the catalogue is found by."""

    key: PaperId
    title: str
    families: tuple[str, ...]
    year: int | None
    identifiers: frozenset[str]


def _entry(key: PaperId, paper: Paper) -> _Entry:
    families = tuple(filter(None, map(family_name, paper.authors)))
    return _Entry(key, plain(_title(paper)), families, paper.year, frozenset(paper.identifiers))


def _title(paper: Paper) -> str:
    """A paper's title; nothing where an identifier stands for it."""
    return "" if paper.title in paper.identifiers else paper.title


def cited_work(reference: Reference) -> Paper:
    """What a reference says of a work, as a paper; one without a title is called by its identifier."""
    identifiers = (reference.identifier,) if reference.identifier else ()
    title = reference.title or reference.identifier
    return Paper(title=title, year=reference.year, authors=reference.authors, identifiers=identifiers)


class Catalogue:
    """The papers of a graph, those of the input and those only cited, found by what references say."""

    def __init__(self, papers: Mapping[PaperId, Paper]) -> None:
        self.papers = papers
        self.external: dict[PaperId, Paper] = {}
        self._known: dict[Paper, Found] = {}
        self._by_identifier: dict[str, PaperId] = {}
        self._by_title: dict[str, list[_Entry]] = defaultdict(list)
        self._by_author: dict[tuple[str, str], list[_Entry]] = defaultdict(list)
        for key, paper in papers.items():
            self._add(key, paper)

    def _add(self, key: PaperId, paper: Paper) -> None:
        for identifier in paper.identifiers:
            self._by_identifier.setdefault(identifier, key)
        entry = _entry(key, paper)
        if not entry.title:
            return
        self._by_title[entry.title.replace(" ", "")].append(entry)
        if entry.families:
            for edge in _edges(entry):
                self._by_author[entry.families[0], edge].append(entry)

    def add_cited(self, works: Mapping[Paper, int]) -> None:
        """Find all works that are cited, those first of which most is known, then those cited most.

        The same works give the same external papers, whatever order they come in.
        """
        for work in sorted(works, key=lambda work: _rank(work, works[work])):
            self.find(work)

    def find(self, work: Paper) -> Found:
        """The paper that a work is; one that is not in the graph becomes an external paper of it."""
        if work not in self._known:
            self._known[work] = self._found(work)
        return self._known[work]

    def _found(self, work: Paper) -> Found:
        for identifier in work.identifiers:
            if key := self._by_identifier.get(identifier):
                self._tell(key, work)
                return self._placed(key, Resolution.IDENTIFIER, 1.0)
        entry = _entry(PaperId(""), work)
        if entry.title and (found := self._by_words(entry)):
            self._tell(found.paper, work)
            return found
        key = paper_id(work)
        self.external.setdefault(key, work)
        self._add(key, work)
        return Found(key, Resolution.EXTERNAL, 1.0)

    def _by_words(self, entry: _Entry) -> Found | None:
        """The paper that best fits a title, its year and authors; less surely where several fit as well."""
        equal = self._by_title.get(entry.title.replace(" ", ""), ())
        if fitting := _ranked([each for each in equal if _fits(each, entry)], entry):
            found = fitting[0]
            score = 0.9 + 0.05 * bool(authors_agree(found.families, entry.families)) + 0.05 * _same_year(found, entry)
            return self._placed(found.key, Resolution.TITLE, round(score / len(fitting), 4))
        if not entry.families or not entry.year:
            return None
        near = {each for edge in _edges(entry) for each in self._by_author.get((entry.families[0], edge), ())}
        if fitting := _ranked([each for each in near if _nearly(each, entry)], entry):
            found = fitting[0]
            score = 0.7 + 0.2 * fuzz.ratio(found.title, entry.title) / 100 + 0.05 * _same_year(found, entry)
            return self._placed(found.key, Resolution.NEAR_TITLE, round(score / len(fitting), 4))
        return None

    def _placed(self, key: PaperId, method: Resolution, confidence: float) -> Found:
        """What was found; a work that is external is found as surely as its descriptions agree."""
        return Found(key, method if key in self.papers else Resolution.EXTERNAL, confidence)

    def _tell(self, key: PaperId, work: Paper) -> None:
        """Let an external paper know what one more description says of it."""
        known = self.external.get(key)
        if known is None:
            return
        title = _title(known) or work.title
        identifiers = known.identifiers or work.identifiers
        for identifier in work.identifiers:
            self._by_identifier.setdefault(identifier, key)
        more = {name: getattr(known, name) or getattr(work, name) for name in ("year", "authors")}
        grown = replace(known, title=title, identifiers=identifiers, **more)
        if grown != known:
            self.external[key] = grown
            if not _title(known) and _title(grown):
                self._add(key, grown)


def _rank(work: Paper, count: int) -> tuple[bool, bool, int, int, str, tuple[str, ...], int, tuple[str, ...]]:
    """Works with identifier and title first; then those with an identifier; then those cited most."""
    identified = bool(work.identifiers)
    known = bool(_title(work)), len(work.authors), bool(work.year)
    least = not (identified and known[0]), not identified, -count, -sum(known)
    return *least, work.title, work.authors, work.year or 0, work.identifiers


def _edges(entry: _Entry) -> tuple[str, str]:
    compact = entry.title.replace(" ", "")
    return f"^{compact[:_EDGE]}", f"{compact[-_EDGE:]}$"


def _ranked(found: Iterable[_Entry], cited: _Entry) -> list[_Entry]:
    """The papers that fit a cited work best by authors and year, by their ids; versions of a work can be several."""
    ranks = {each.key: (_distance(each, cited), each) for each in found}
    least = min((rank for rank, _ in ranks.values()), default=0)
    return [each for _, (rank, each) in sorted(ranks.items()) if rank == least]


def _distance(known: _Entry, cited: _Entry) -> float:
    years = abs(known.year - cited.year) if known.year and cited.year else 0.5
    return years + 2 * (not authors_agree(known.families, cited.families))


def _fits(known: _Entry, cited: _Entry) -> bool:
    """Whether a paper of the same title can be the one that is cited."""
    if contradiction(known.identifiers, cited.identifiers):
        return False
    if known.year and cited.year and abs(known.year - cited.year) > 2:
        return False
    agree = authors_agree(known.families, cited.families)
    return bool(agree) or (agree is None and len(known.title.split()) >= _TITLE_ALONE)


def _nearly(known: _Entry, cited: _Entry) -> bool:
    """Whether a paper by the same first author, of about the year and the title, is the one that is cited."""
    if contradiction(known.identifiers, cited.identifiers) or not authors_agree(known.families, cited.families):
        return False
    if not known.year or not cited.year or abs(known.year - cited.year) > 1:
        return False
    one, other = sorted((known.title.replace(" ", ""), cited.title.replace(" ", "")), key=len)
    if len(one) >= (_PART if known.year == cited.year else 2 * _PART) and other.startswith(one):
        return True
    return _digits(known.title) == _digits(cited.title) and fuzz.ratio(known.title, cited.title) >= _NEAR


def _digits(title: str) -> list[str]:
    return [word for word in title.split() if any(c.isdigit() for c in word)]


def _same_year(one: _Entry, other: _Entry) -> bool:
    return one.year is not None and one.year == other.year
