"""What the command line prints: contract 1's records, progress, and counts."""

import json
import sys

import pytest

from concite.graph.building import ReadInput, build_tables
from concite.graph.knowledge import KnowledgeGraph
from concite.graph.linking import Linker
from concite.graph.papers import Paper, PaperId
from concite.ontology import Vocabulary
from concite.output import (
    ExportFormat,
    fail,
    linked_json,
    linked_text,
    progress_bar,
    say_built,
    stats_json,
    stats_text,
)

PAPER = Paper("Tiny \u2028 “LoRA” 𝔸", 'We use LoRA; "LoRA" is\u00a0good.', identifiers=("arxiv:2401.00001",))


def test_a_linked_paper_is_one_line_of_json_with_characters_as_they_are(small: Vocabulary) -> None:
    text = linked_json(Linker(small).link(PAPER), PaperId("arxiv-2401.00001"))
    assert "\n" not in text
    assert "𝔸" in text
    record = json.loads(text)
    assert (record["title"], record["abstract"]) == (PAPER.title, PAPER.abstract)
    assert [record[m["field"]][m["start"] : m["end"]] for m in record["mentions"]] == ["LoRA"] * 3
    assert "refused" not in record["mentions"][0]


def test_a_paper_without_abstract_has_an_empty_one(small: Vocabulary) -> None:
    record = json.loads(linked_json(Linker(small).link(Paper("T")), PaperId("t")))
    assert record == {"paper": "https://w3id.org/concite/paper/t", "title": "T", "abstract": "", "mentions": []}


def test_for_reading_each_concept_stands_once_the_strongest_role_first(small: Vocabulary) -> None:
    paper = Paper("On GPUs", "We propose WombatNet, a novel method. LoRA. LoRA.")
    lines = linked_text(Linker(small).link(paper)).splitlines()
    assert lines[0] == "On GPUs"
    assert len(lines) == 4
    assert lines[1].split()[0] == "introduces"


def test_counts_for_reading_and_for_programs_agree(graph: KnowledgeGraph) -> None:
    record = json.loads(stats_json(graph))
    assert record["papers"] == graph.counts()["papers"]
    assert record["mentions"] == len(graph.mentions)
    assert sum(record["links_by_role"].values()) == len(graph.links)
    assert record["quality"] == graph.manifest["quality"]
    text = stats_text(graph)
    assert "papers without abstract: 1" in text
    assert f"{len(graph.mentions)}" in text


def test_only_the_first_pieces_of_many_that_were_skipped_are_named(graph: KnowledgeGraph) -> None:
    import polars as pl

    row = {"input": "a.jsonl", "position": "1", "reason": "no title", "text": ""}
    many = pl.DataFrame([row] * 7, schema=graph.skipped.schema)
    lines = stats_text(KnowledgeGraph({**graph.frames, "skipped": many}, graph.manifest)).splitlines()
    assert lines[-6:] == [*["  a.jsonl:1: no title"] * 5, "  and 2 more, see the table skipped.parquet of the graph"]


def test_the_roles_of_the_statistics_add_up_to_the_line_above_them(graph: KnowledgeGraph) -> None:
    counts = graph.counts()
    roles = ("introduces", "uses", "evaluates", "compares", "mentions")
    assert sum(counts[f"  {role}"] for role in roles) == counts["concepts of papers"] == len(graph.links)


def test_what_was_built_is_said_in_few_lines(graph: KnowledgeGraph, capsys: pytest.CaptureFixture[str]) -> None:
    from pathlib import Path

    say_built(graph, Path("somewhere"))
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("3 papers read, 0 pieces")
    assert lines[-1] == "stored in somewhere/"


def test_progress_is_plain_lines_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar("linking papers") as progress:
        assert progress is not None
        for done in range(1, 2001):
            progress(done, 2000)
    assert capsys.readouterr().err == "linking papers: 1000 of 2000\nlinking papers: 2000 of 2000\n"


def test_progress_is_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with progress_bar("linking papers") as progress:
        assert progress is not None
        progress(1, 2)
    assert "1 of 2" not in capsys.readouterr().err


def test_a_failure_is_one_line_and_status_1(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        fail("a.txt:3: no title; add one")
    assert caught.value.code == 1
    assert capsys.readouterr().err == "concite: a.txt:3: no title; add one\n"


def test_every_export_format_has_a_writer() -> None:
    from concite.exports.formats import WRITERS, writer

    assert set(map(str, ExportFormat)) <= set(WRITERS)
    assert all(callable(writer(str(each))) for each in ExportFormat)


def test_numbers_of_a_graph_without_mentions_are_zero(small: Vocabulary) -> None:
    read = ReadInput("x", "0" * 64, "jsonl", (Paper("Nothing of Note"),), (), ())
    record = json.loads(stats_json(KnowledgeGraph(*build_tables([read], small))))
    assert record["concepts"] == record["mentions"] == 0
    assert record["links_by_role"] == {}
