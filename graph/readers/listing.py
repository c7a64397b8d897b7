"""Pasted listings: the text of a web page, titles and abstracts with the page's furniture around them.

Every line gets a score for each thing it can be, from its words and its shape, and every thing has
a price for following another; the cheapest whole reading wins (the Viterbi algorithm). No single
trait decides: a short abstract, a long title or a sentence for a title are read by their neighbours.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from ...ontology.names import english_words
from ..identifiers import in_order, parse_identifier
from ..papers import Paper, Skipped, clean
from .inputs import Input


class Kind(StrEnum):
    """What a line of a listing is."""

    TITLE = "title"
    PROSE = "abstract"
    MORE_TITLE = "title, continued"
    MORE_PROSE = "abstract, continued"
    MORE_AUTHORS = "authors, continued"
    AUTHORS = "authors"
    DATE = "date"
    SUBMITTER = "submitter"
    VOTES = "votes"
    LINK = "link"
    FURNITURE = "page furniture"


_CONTINUES = {Kind.MORE_TITLE: Kind.TITLE, Kind.MORE_PROSE: Kind.PROSE, Kind.MORE_AUTHORS: Kind.AUTHORS}


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank, cleaned."""

    number: int
    text: str
    apart: bool
    """Whether a blank line stands before it."""
    goes_on: bool
    """Whether the line right before it breaks off, as after "of"."""


_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    rf"(?:(?:published|submitted|posted|updated|released)(?: on)?:?\s*)?(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?"
    rf"(?:{_MONTH}\s+\d{{1,2}}(?:,?\s+\d{{4}})?|\d{{1,2}}\s+{_MONTH}(?:\s+\d{{4}})?|\d{{4}}-\d{{2}}-\d{{2}}"
    r"|\d+\s+(?:minutes?|hours?|days?|weeks?|months?)\s+ago|today|yesterday)",
    re.IGNORECASE,
)
_SUBMITTER = re.compile(r"(?:submitted|posted|shared|uploaded)?\s*by\s*@?(?P<name>[\w .'-]{2,60})", re.IGNORECASE)
_VOTES = re.compile(
    r"[▲△↑⬆👍🔥⭐★\s]*\d[\d.,]*\s*k?\s*(?:up-?votes?|votes?|likes?|stars?|comments?|points?|citations?)?"
    r"|(?:up-?votes?|comments?|stars?)\s*\(?\d*\)?|[▲△↑⬆👍🔥⭐★·•|\-–—\s]+",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:(?:arxiv|doi|pdf|link|url|paper)(?:\s*page)?:?\s*)?(?:https?://\S+|arxiv:\s*\S+|10\.\d{4,9}/\S+)",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"(?:new|hot|top|trending|latest|papers?|models?|datasets?|spaces?|docs|pricing|about|contact|home|search|menu|"
    r"blog|pdf|html|code|abstract|bibtex|bookmark|save|cite|copy|close|back|next|previous|prev|more|login|log ?in|"
    r"log ?out|sign ?(?:in|up|out)|subscribe|share|follow|view (?:pdf|paper|all|more|code)|read (?:more|paper)|"
    r"show (?:more|less|all)|load more|see all|daily papers|trending papers|view on \w+|upvote|download|"
    r"add to \w+|\d+ (?:min|minute)s? read|privacy(?: policy)?|terms(?: of \w+)?|cookies?|company|community|all|"
    r"page \d+(?: of \d+)?|get .* in your (?:email )?inbox!?|subscribe .*|sign up .*|log in .*|©.*|copyright .*|"
    r"accept(?: all)?(?: cookies)?|skip to (?:main )?content|toggle \w+|system theme|github|huggingface|hugging face|"
    r"by\s*ak(?: and .*)?|\W*)[.…]*",
    re.IGNORECASE,
)
_ABSTRACT_MARK = re.compile(r"^(?:abstract|summary)\s*[:.—–-]\s*(?=\S)", re.IGNORECASE)
_READ_MORE = re.compile(r"(?:\s*(?:…|\.\.\.))?\s*\(?(?:read|show|see) (?:more|less)\)?\s*$", re.IGNORECASE)
_VERBS = re.compile(
    r"\b(?:we|our|is|are|was|were|be|been|has|have|had|can|could|may|this|that|these|those|which|it|its|they|"
    r"their|propose[sd]?|present(?:s|ed)?|introduces?|shows?|demonstrates?|achieves?|however|although|while|such|"
    r"also|then|thus|often|recent|recently|by|from|as)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[a-z0-9)\]%][.!?]\s+[A-Z]")
_ENDS = re.compile(r"[.!…][\"'”’)\]]*$")
_DANGLES = re.compile(
    r"(?:[:,&/–-]|\b(?:a|an|the|of|for|with|and|or|in|on|to|via|from|by|at|as|using|is|are|we))$", re.I
)
_SMALL = frozenset("a an the of for with and or in on to via from by at as is are do does not but into".split())


def read_listing(source: Input) -> Iterator[Paper | Skipped]:
    """Yield the papers of a pasted listing in their order, and every line that became no part of one."""
    lines = list(_lines(source))
    yield from _assembled(source.name, lines, _best_reading(lines))


def _lines(source: Input) -> Iterator[Line]:
    before = ""
    for number, raw in source.lines():
        text = clean(raw)
        if text:
            yield Line(number, text, not before, bool(_DANGLES.search(before)))
        before = text


def _best_reading(lines: Sequence[Line]) -> list[Kind]:
    """The kinds of the lines with the highest sum of scores (Viterbi)."""
    if not lines:
        return []
    best = {kind: (score + _step(None, kind), (kind,)) for kind, score in _scores(lines[0]).items()}
    history: list[dict[Kind, Kind]] = []
    totals = {kind: total for kind, (total, _) in best.items()}
    for line in lines[1:]:
        came: dict[Kind, Kind] = {}
        following: dict[Kind, float] = {}
        for kind, score in _scores(line).items():
            before = max(totals, key=lambda known: totals[known] + _step(known, kind, line))
            came[kind] = before
            following[kind] = totals[before] + _step(before, kind, line) + score
        history.append(came)
        totals = following
    last = max(totals, key=lambda kind: totals[kind] + _end(kind))
    path = [last]
    for came in reversed(history):
        path.append(came[path[-1]])
    return path[::-1]


_STEPS: dict[tuple[Kind, Kind], float] = {
    (Kind.TITLE, Kind.PROSE): 2.0,
    (Kind.AUTHORS, Kind.PROSE): 2.0,
    (Kind.TITLE, Kind.AUTHORS): 1.0,
    (Kind.TITLE, Kind.TITLE): -1.5,
    (Kind.AUTHORS, Kind.AUTHORS): -1.0,
    (Kind.PROSE, Kind.PROSE): -0.8,
    (Kind.PROSE, Kind.AUTHORS): -2.0,
    (Kind.FURNITURE, Kind.PROSE): -0.6,
    (Kind.PROSE, Kind.TITLE): 0.3,
    (Kind.FURNITURE, Kind.AUTHORS): -1.5,
}


def _step(before: Kind | None, kind: Kind, line: Line | None = None) -> float:
    """What it is worth that a kind follows another."""
    if before is None:
        return -9.0 if kind in _CONTINUES else -3.0 if kind in (Kind.PROSE, Kind.AUTHORS) else 0.0
    begun = _CONTINUES.get(before, before)
    if kind in _CONTINUES:
        return 0.0 if begun is _CONTINUES[kind] and line is not None and not line.apart else -9.0
    return _STEPS.get((begun, kind), 0.0)


def _end(kind: Kind) -> float:
    return -0.5 if kind is Kind.TITLE else 0.0


def _scores(line: Line) -> dict[Kind, float]:
    """How well a line fits each kind."""
    text = line.text
    for kind, pattern in (
        (Kind.LINK, _LINK),
        (Kind.DATE, _DATE),
        (Kind.VOTES, _VOTES),
        (Kind.FURNITURE, _FURNITURE),
        (Kind.SUBMITTER, _SUBMITTER),
    ):
        if pattern.fullmatch(text):
            return {kind: 2.0, Kind.TITLE: -1.0}
    traits = _traits(text)
    scores = {
        Kind.TITLE: _title_score(traits),
        Kind.PROSE: _prose_score(traits),
        Kind.FURNITURE: 0.2 if traits.words <= 3 else -2.0,
    }
    if traits.names > 0:
        scores[Kind.AUTHORS] = traits.names
    if not line.apart:
        score = 3.0 if text[0].islower() or line.goes_on else 0.4
        scores |= dict.fromkeys(_CONTINUES, score)
    return scores


@dataclass(frozen=True, slots=True)
class _Traits:
    words: int
    length: int
    capitals: float
    verbs: float
    sentences: int
    ends: bool
    asks: bool
    lower: bool
    colon: bool
    names: float


def _traits(text: str) -> _Traits:
    words = re.findall(r"[^\W\d_][\w'’-]*", text)
    content = [word for word in words if word.lower() not in _SMALL]
    return _Traits(
        words=len(words),
        length=len(text),
        capitals=sum(not word[0].islower() for word in content) / max(1, len(content)),
        verbs=len(_VERBS.findall(text)) / max(4, len(words)),
        sentences=len(_SENTENCE.findall(text)),
        ends=bool(_ENDS.search(text)),
        asks=text.endswith("?"),
        lower=text[0].islower(),
        colon=bool(re.match(r"[\w+ .-]{2,40}: \S", text)),
        names=_names_score(text),
    )


def _title_score(traits: _Traits) -> float:
    score = 2.2 * traits.capitals - 0.9 * min(traits.sentences, 4) - 5 * traits.verbs + 0.8 * traits.colon
    score += 1.2 if traits.asks and not traits.sentences else -0.8 if traits.ends else 0.5
    score -= max(0, traits.length - 180) / 120
    return score - 1.5 * traits.lower - (1.0 if traits.words <= 1 else 0.0)


def _prose_score(traits: _Traits) -> float:
    score = 0.9 * min(traits.sentences, 4) + 6 * traits.verbs - 1.6 * traits.capitals
    score += 1.2 if traits.ends else -0.3
    return score + min(traits.length, 600) / 300 - (1.2 if traits.words <= 4 else 0.0)


_NAME = re.compile(
    r"(?:[A-ZÀ-ÞĀ-Ž][\w'’.-]*|(?:de|van|von|der|den|la|le|di|da|del|bin|al|ten|dos|el)\b)"
    r"(?:[\s-]+(?:[A-ZÀ-ÞĀ-Ž][\w'’.-]*|(?:de|van|von|der|den|la|le|di|da|del|bin|al|ten|dos|el)\b)){0,4}"
    r"(?:\s*[\d*†‡§,]+)*"
)


def _names_score(text: str) -> float:
    """How much a line looks like a list of persons; 0 where it is none."""
    et_al = re.search(r",?\s+et al\.?$|,?\s*(?:\+\s*)?\d+ (?:more|authors|others)$", text)
    body = re.sub(r"^(?:authors?|by)\s*:\s*", "", text[: et_al.start()] if et_al else text, flags=re.I)
    parts = [part for part in re.split(r"\s*[,;·•|]\s*|\s+(?:and|&)\s+", body) if part]
    if not parts or not all(_NAME.fullmatch(part) and len(part.split()) <= 5 for part in parts):
        return 0.0
    words = [word for part in parts for word in re.findall(r"[^\W\d_]{3,}", part)]
    ordinary = sum(word.lower() in english_words() for word in words) / max(1, len(words))
    if ordinary > 0.5 or sum(len(part.split()) >= 2 for part in parts) < len(parts) / 2:
        return 0.0
    return (1.2 if len(parts) == 1 and not et_al else 2.8) - 2.5 * ordinary


@dataclass
class _Draft:
    """A paper while its lines are gathered."""

    number: int
    title: str
    prose: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    identifiers: set[str] = field(default_factory=set)
    metadata: dict[str, str] = field(default_factory=dict)

    def paper(self, source: str) -> Paper:
        date = self.metadata.pop("date", None)
        year = re.search(r"\b(?:19|20)\d{2}\b", date or "")
        abstract = _READ_MORE.sub("", _ABSTRACT_MARK.sub("", " ".join(self.prose)))
        return Paper(
            title=self.title,
            abstract=abstract or None,
            date=date,
            year=int(year[0]) if year else None,
            authors=tuple(self.authors),
            identifiers=in_order(self.identifiers),
            metadata=tuple(sorted(self.metadata.items())),
            source=source,
            position=str(self.number),
        )


def _assembled(name: str, lines: Sequence[Line], kinds: Sequence[Kind]) -> Iterator[Paper | Skipped]:
    """Put the lines of each paper together; what belongs to none is skipped with a reason."""
    draft: _Draft | None = None
    submitter: str | None = None
    last = Kind.FURNITURE
    for line, kind in _lone_titles_dropped(lines, kinds):
        last = _CONTINUES.get(kind, kind)
        if kind is Kind.TITLE:
            if draft:
                yield draft.paper(name)
            draft = _Draft(line.number, line.text, metadata={"submitter": submitter} if submitter else {})
            submitter = None
        elif kind is Kind.SUBMITTER and (match := _SUBMITTER.fullmatch(line.text)):
            submitter = match["name"].strip()
        elif reason := _take(draft, last, kind, line.text):
            yield Skipped(name, str(line.number), reason, line.text)
    if draft:
        yield draft.paper(name)
    if submitter:
        yield Skipped(name, str(lines[-1].number), "a submitter without a paper after it", submitter)


def _lone_titles_dropped(lines: Sequence[Line], kinds: Sequence[Kind]) -> Iterable[tuple[Line, Kind]]:
    """Take short titles that nothing follows for furniture: a menu's words, not papers."""
    for k, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        rest = next((x for x in kinds[k + 1 :] if x in (Kind.TITLE, Kind.PROSE, Kind.AUTHORS)), Kind.TITLE)
        short = len(line.text.split()) <= 3 and ":" not in line.text
        lone = kind is Kind.TITLE and rest is Kind.TITLE and short
        yield line, Kind.FURNITURE if lone else kind


def _take(draft: _Draft | None, last: Kind, kind: Kind, text: str) -> str | None:
    """Give a line to the paper it belongs to, or say why it belongs to none."""
    if kind is Kind.FURNITURE:
        return str(Kind.FURNITURE)
    if draft is None:
        return f"{kind} before the first title"
    if kind is Kind.DATE:
        draft.metadata.setdefault("date", text)
    elif kind is Kind.VOTES:
        draft.metadata.setdefault("votes", text)
    elif kind is Kind.LINK:
        identifier = parse_identifier(text)
        if identifier is None:
            return "a link that names no paper"
        draft.identifiers.add(identifier)
    elif last is Kind.AUTHORS:
        draft.authors += _names(text)
    elif last is Kind.TITLE:
        draft.title = f"{draft.title} {text}"
    else:
        draft.prose.append(text)
    return None


def _names(text: str) -> list[str]:
    text = re.sub(r"^(?:authors?|by)\s*:\s*|,?\s+et al\.?$|,?\s*(?:\+\s*)?\d+ (?:more|authors|others)$", "", text)
    parts = (re.sub(r"[\d*†‡§]+", "", part).strip() for part in re.split(r"\s*[,;·•|]\s*|\s+(?:and|&)\s+", text))
    return [part for part in parts if part]
