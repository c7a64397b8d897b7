"""The review queue, and the decisions on candidates."""

import shutil
from pathlib import Path

import pytest

from concite.graph.knowledge import KnowledgeGraph
from concite.graph.papers import InputError
from concite.graph.review import (
    DECISIONS,
    Candidate,
    CandidateKey,
    Verdict,
    accept,
    candidate_key,
    decisions,
    merge,
    proposed_concept,
    queue,
    refuse,
    take_back,
)
from concite.ontology import ConceptId, VocabularyError, read_vocabulary

from ..conftest import SMALL

KEY = CandidateKey("technique/tinytune")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small vocabulary that a test may change."""
    return Path(shutil.copytree(SMALL, tmp_path / "vocabulary"))


def first(graph: KnowledgeGraph, folder: Path) -> Candidate:
    return next(candidate for candidate in queue(graph, folder) if candidate.key == KEY)


def content(folder: Path) -> dict[str, bytes]:
    files = folder.rglob("*.toml")
    return {str(path.relative_to(folder)): path.read_bytes() for path in files if path.stat().st_size}


def test_the_queue_shows_coined_names_with_their_papers_and_words(graph: KnowledgeGraph, folder: Path) -> None:
    candidate = first(graph, folder)
    assert (candidate.label, candidate.papers) == ("TinyTune", ("arxiv-2401.00001",))
    assert candidate.evidence == "We propose TinyTune, a novel fine-tuning method built on LoRA."


def test_a_candidate_is_the_same_however_it_is_written() -> None:
    assert candidate_key("Tiny-Tune", "technique") == candidate_key("tiny tune", "technique")


def test_an_accepted_candidate_is_a_concept_and_leaves_the_queue(graph: KnowledgeGraph, folder: Path) -> None:
    given: dict[str, object] = {"definition": "Tunes on one chip.", "broader": ("fine-tuning",)}
    accept(KEY, proposed_concept(first(graph, folder), given), folder)
    concept = read_vocabulary(folder)["tinytune"]
    assert (concept.label, concept.sources) == ("TinyTune", ("paper:arxiv-2401.00001",))
    assert KEY not in [candidate.key for candidate in queue(graph, folder)]


def test_what_is_missing_from_a_concept_is_named(graph: KnowledgeGraph, folder: Path) -> None:
    with pytest.raises(InputError, match="missing or wrong: definition"):
        proposed_concept(first(graph, folder), {"broader": ("fine-tuning",)})


def test_a_concept_with_faults_is_not_accepted_and_nothing_is_changed(graph: KnowledgeGraph, folder: Path) -> None:
    before = content(folder)
    given: dict[str, object] = {"definition": "Tunes.", "broader": ("no-such-concept",)}
    with pytest.raises(VocabularyError, match="no-such-concept"):
        accept(KEY, proposed_concept(first(graph, folder), given), folder)
    assert content(folder) == before
    assert decisions(folder) == []


def test_a_merged_candidate_is_an_alias_of_that_concept_alone(graph: KnowledgeGraph, folder: Path) -> None:
    merge(KEY, "TinyTune", ConceptId("lora"), folder)
    vocabulary = read_vocabulary(folder)
    assert [c.id for c in vocabulary if "TinyTune" in c.synonyms] == ["lora"]
    assert KEY not in [candidate.key for candidate in queue(graph, folder)]


def test_merging_into_no_concept_is_refused(folder: Path) -> None:
    with pytest.raises(InputError, match="no concept has this id"):
        merge(KEY, "TinyTune", ConceptId("nothing"), folder)


def test_a_refused_candidate_never_comes_back(graph: KnowledgeGraph, folder: Path) -> None:
    refuse(KEY, "too special", folder)
    assert KEY not in [candidate.key for candidate in queue(graph, folder)]
    assert [(d.verdict, d.reason) for d in decisions(folder)] == [(Verdict.REFUSED, "too special")]


@pytest.mark.parametrize("decide", ["accept", "merge", "refuse"])
def test_every_decision_can_be_taken_back_and_both_are_logged(decide: str, graph: KnowledgeGraph, folder: Path) -> None:
    before = read_vocabulary(folder)
    if decide == "accept":
        given: dict[str, object] = {"definition": "Tunes on one chip.", "broader": ("fine-tuning",)}
        accept(KEY, proposed_concept(first(graph, folder), given), folder)
    elif decide == "merge":
        merge(KEY, "TinyTune", ConceptId("lora"), folder)
    else:
        refuse(KEY, "", folder)
    take_back(KEY, folder)
    assert read_vocabulary(folder) == before
    assert first(graph, folder).label == "TinyTune"
    assert len(decisions(folder)) == 2


def test_without_a_decision_there_is_nothing_to_take_back(folder: Path) -> None:
    with pytest.raises(InputError, match="no decision stands"):
        take_back(KEY, folder)


def test_an_entry_that_was_changed_since_is_left_alone(folder: Path) -> None:
    merge(KEY, "TinyTune", ConceptId("lora"), folder)
    path = folder / "technique" / "all.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("low-rank update", "small update"), encoding="utf-8")
    with pytest.raises(InputError, match="changed since"):
        take_back(KEY, folder)


def test_a_damaged_log_is_told_by_line(folder: Path) -> None:
    refuse(KEY, "", folder)
    with (folder / DECISIONS).open("a", encoding="utf-8") as log:
        log.write("{}\n")
    with pytest.raises(InputError, match=r"decisions\.jsonl:2: this is no decision"):
        decisions(folder)
