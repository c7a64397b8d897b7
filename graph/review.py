"""The review queue: candidates that builds found, with their evidence, and the decisions on them.

A decision is a line of `decisions.jsonl` in the vocabulary's folder: what was decided, and the entry
before and after, so that it can be taken back. Each concerns one candidate and no other.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import NewType

from pydantic import ValidationError

from ..ontology.classes import ConceptClass, Origin
from ..ontology.concepts import Concept, ConceptId
from ..ontology.files import entry_text, read_entries, vocabulary_files, write_entries
from ..ontology.lint import find_faults
from ..ontology.names import normalise
from ..ontology.vocabulary import VocabularyError, read_all_entries
from .knowledge import KnowledgeGraph
from .papers import InputError
from .sentences import sentences

CandidateKey = NewType("CandidateKey", str)
"""A candidate's class and normal name: `technique/sgd-sai`; the same in every graph."""

DECISIONS = "decisions.jsonl"
ACCEPTED = "accepted.toml"
"""The file of each class that accepted candidates are written to."""


class Verdict(StrEnum):
    """What was decided about a candidate."""

    ACCEPTED = "accepted"
    MERGED = "merged"
    REFUSED = "refused"
    TAKEN_BACK = "taken back"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that the vocabulary lacks, with the papers that use it and the words of the first."""

    key: CandidateKey
    label: str
    concept_class: ConceptClass
    papers: tuple[str, ...]
    evidence: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision, as it is logged; `before` and `after` are the entry's TOML, empty where there is none."""

    key: CandidateKey
    verdict: Verdict
    concept: str = ""
    reason: str = ""
    before: str = ""
    after: str = ""


def candidate_key(label: str, concept_class: ConceptClass | str) -> CandidateKey:
    """The key of a candidate by its name and class."""
    return CandidateKey(f"{concept_class}/{normalise(label).replace(' ', '-')}")


def queue(graph: KnowledgeGraph, folder: Path) -> list[Candidate]:
    """The undecided candidates of a graph, those of the most papers first."""
    decided = {key for key, decision in standing(folder).items() if decision.verdict is not Verdict.TAKEN_BACK}
    found = [candidate for candidate in _candidates(graph) if candidate.key not in decided]
    return sorted(found, key=lambda candidate: (-len(candidate.papers), candidate.key))


def _candidates(graph: KnowledgeGraph) -> Iterator[Candidate]:
    texts = {row["id"]: row for row in graph.papers.select("id", "title", "abstract").iter_rows(named=True)}
    labels = {
        row["id"]: (row["label"], row["class"])
        for row in graph.concepts.filter(origin=str(Origin.CANDIDATE)).iter_rows(named=True)
    }
    mentions: dict[CandidateKey, list[dict[str, object]]] = {}
    for row in graph.mentions.filter(origin=str(Origin.CANDIDATE)).iter_rows(named=True):
        mentions.setdefault(candidate_key(*labels[row["concept"]]), []).append(row)
    for key, rows in mentions.items():
        label, concept_class = labels[rows[0]["concept"]]
        papers = tuple(sorted({str(row["paper"]) for row in rows}))
        yield Candidate(key, label, ConceptClass(concept_class), papers, _sentence(rows, texts))


def _sentence(rows: Sequence[dict[str, object]], texts: dict[str, dict[str, str]]) -> str:
    """The sentence of the first mention in an abstract, else the title."""
    row = next((row for row in rows if row["field"] == "abstract"), rows[0])
    text = texts[str(row["paper"])][str(row["field"])] or ""
    start = int(str(row["start"]))
    return next((text[s.start : s.end] for s in sentences(text) if s.start <= start < s.end), text)


def decisions(folder: Path) -> list[Decision]:
    """All decisions ever made on a vocabulary, in their order. Raises `InputError` for a damaged log."""
    path = folder / DECISIONS
    if not path.exists():
        return []
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            record = json.loads(line)
            found.append(Decision(**{**record, "verdict": Verdict(record["verdict"])}))
        except (ValueError, TypeError, KeyError) as error:
            raise InputError(f"{path}:{number}", "this is no decision", "mend or delete the line") from error
    return found


def standing(folder: Path) -> dict[CandidateKey, Decision]:
    """The last decision on each candidate."""
    return {decision.key: decision for decision in decisions(folder)}


def accept(key: CandidateKey, concept: Concept, folder: Path) -> Decision:
    """Write a candidate into the vocabulary as a concept of its own; raises `VocabularyError` for a faulty one."""
    return _decide(Decision(key, Verdict.ACCEPTED, concept.id, after=entry_text(concept)), None, concept, folder)


def merge(key: CandidateKey, label: str, into: ConceptId, folder: Path) -> Decision:
    """Make a candidate's name an alias of one concept; no other candidate follows. Raises `InputError`."""
    before = _entry(into, folder)
    after = before.model_copy(update={"synonyms": (*before.synonyms, label)})
    decision = Decision(key, Verdict.MERGED, into, before=entry_text(before), after=entry_text(after))
    return _decide(decision, before, after, folder)


def refuse(key: CandidateKey, reason: str, folder: Path) -> Decision:
    """Refuse a candidate for good: no queue shows it again."""
    return _log(Decision(key, Verdict.REFUSED, reason=reason), folder)


def take_back(key: CandidateKey, folder: Path) -> Decision:
    """Undo the decision that stands on a candidate. Raises `InputError` where none does."""
    last = standing(folder).get(key)
    if last is None or last.verdict is Verdict.TAKEN_BACK:
        raise InputError(key, "no decision stands on this candidate", "see: concite ontology review log")
    if last.verdict is Verdict.REFUSED:
        return _log(Decision(key, Verdict.TAKEN_BACK), folder)
    now = _entry(ConceptId(last.concept), folder)
    if entry_text(now) != last.after:
        raise InputError(last.concept, "the entry was changed since", "undo the decision by hand")
    label = key.partition("/")[2].replace("-", " ")
    kept = tuple(name for name in now.synonyms if normalise(name) != normalise(label))
    earlier = now.model_copy(update={"synonyms": kept}) if last.before else None
    decision = Decision(key, Verdict.TAKEN_BACK, last.concept, before=last.after, after=last.before)
    return _decide(decision, now, earlier, folder)


def _entry(concept: ConceptId, folder: Path) -> Concept:
    entries, _ = read_all_entries(folder)
    for entry in entries:
        if entry.concept.id == concept:
            return entry.concept
    raise InputError(concept, "no concept has this id", f"find it with: concite ontology search {concept}")


def _decide(decision: Decision, before: Concept | None, after: Concept | None, folder: Path) -> Decision:
    """Put one entry in another's place, if the vocabulary has no fault with it, and log the decision."""
    path = _file_of(before, folder) if before else folder / str(after and after.concept_class) / ACCEPTED
    entries = [entry.concept for entry in read_entries(path)[0]] if path.exists() else []
    kept = [concept for concept in entries if before is None or concept.id != before.id]
    old = path.read_bytes() if path.exists() else None
    write_entries([*kept, *([after] if after else [])], path)
    everything, unread = read_all_entries(folder)
    if faults := unread + find_faults(everything):
        path.unlink() if old is None else path.write_bytes(old)
        raise VocabularyError(faults)
    return _log(decision, folder)


def _file_of(concept: Concept, folder: Path) -> Path:
    files = [path for path in vocabulary_files(folder) if path.parent.name == concept.concept_class]
    return next(path for path in files if any(e.concept.id == concept.id for e in read_entries(path)[0]))


def _log(decision: Decision, folder: Path) -> Decision:
    with (folder / DECISIONS).open("a", encoding="utf-8") as log:
        log.write(json.dumps(asdict(decision), ensure_ascii=False) + "\n")
    return decision


def proposed_concept(candidate: Candidate, given: dict[str, object]) -> Concept:
    """The concept that a candidate becomes with what the curator gives. Raises `InputError` naming what is missing."""
    fields = {
        "id": candidate.key.partition("/")[2],
        "concept_class": candidate.concept_class,
        "label": candidate.label,
        "sources": tuple(f"paper:{paper}" for paper in candidate.papers[:3]),
        **given,
    }
    try:
        return Concept.model_validate(fields)
    except ValidationError as error:
        wrong = ", ".join(str(detail["loc"][0]) for detail in error.errors())
        raise InputError(candidate.key, f"missing or wrong: {wrong}", "give it with the options") from error
