"""Updating: whatever is done to a graph, it is the graph that a build from scratch makes."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concite.graph.building import Material, ReadInput, build_graph
from concite.graph.decisions import UNDECIDED, Decisions
from concite.graph.knowledge import KnowledgeGraph
from concite.graph.papers import InputError, Paper, Reference, Skipped, StatedCitation
from concite.graph.store import write_tables
from concite.graph.updating import Stored, decided, updated, without

from ..conftest import PAPERS
from .helpers import VOCABULARY

REFERENCES = st.builds(
    Reference,
    st.sampled_from(["", "arxiv:1", "s2:2"]),
    st.sampled_from(["", "We dig with LoRA on an A100"]),
    st.sampled_from([None, 2020]),
    contexts=st.lists(st.sampled_from(["See [1].", "As in [2]."]), max_size=1).map(tuple),
)
RECORDS = st.builds(
    Paper,
    title=st.sampled_from(["Editorial", "We dig with LoRA on an A100", "TinyDig: digging with Llama 2 7B"]),
    abstract=st.sampled_from([None, "We propose TinyDig. We use LoRA on MMLU.", "TinyDig-7B beats Llama 2."]),
    year=st.sampled_from([None, 2020, 2021]),
    authors=st.sampled_from([(), ("Ada Byron",), ("Alan Turing", "Ada Byron")]),
    identifiers=st.sampled_from([(), ("arxiv:1",), ("s2:2",), ("arxiv:1", "s2:2")]),
    references=st.lists(REFERENCES, max_size=2).map(tuple),
)


def read_input(name: str, papers: Sequence[Paper]) -> ReadInput:
    """An input that gave some papers, a statement and something skipped."""
    placed = tuple(Paper(**{**fields_of(paper), "source": name, "position": str(n)}) for n, paper in enumerate(papers))
    stated = (StatedCitation("s2:2", Reference("arxiv:9"), name, "9"),)
    return ReadInput(name, "0" * 64, "jsonl", placed, stated, (Skipped(name, "8", "no title", "x" * 300),))


def fields_of(paper: Paper) -> dict[str, Any]:
    return {name: getattr(paper, name) for name in Paper.__slots__}


INPUTS = st.lists(RECORDS, max_size=4)


def build(folder: Path, *read: ReadInput, decisions: Decisions = UNDECIDED) -> Stored:
    """A stored graph of some inputs."""
    write_tables(*build_graph(Material.of(read, decisions), VOCABULARY), folder)
    return Stored.read(folder)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def same_bytes(one: Path, other: Path) -> None:
    found, expected = contents(one), contents(other)
    assert json.loads(found["manifest.json"]) == json.loads(expected["manifest.json"])
    assert found == expected


LAW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@LAW
@given(INPUTS, INPUTS, INPUTS)
def test_updating_gives_the_bytes_of_a_build_of_all(
    tmp_path_factory: pytest.TempPathFactory, first: list[Paper], old: list[Paper], new: list[Paper]
) -> None:
    folder = tmp_path_factory.mktemp("update")
    before = build(folder / "g", read_input("a", first), read_input("b", old))
    write_tables(*updated(before, [read_input("b", new), read_input("c", old)], VOCABULARY), folder / "g")
    build(folder / "all", read_input("c", old), read_input("b", new), read_input("a", first))
    same_bytes(folder / "g", folder / "all")


@LAW
@given(INPUTS, INPUTS, st.randoms(use_true_random=False))
def test_removing_gives_the_bytes_of_a_build_with_that_decision(
    tmp_path_factory: pytest.TempPathFactory, first: list[Paper], other: list[Paper], choice: Any
) -> None:
    folder = tmp_path_factory.mktemp("remove")
    read = (read_input("a", first), read_input("b", other))
    before = build(folder / "g", *read)
    ids = before.frames["papers"].filter(external=False)["id"].to_list()
    write_tables(*without(before, choice.sample(ids, len(ids) // 2), VOCABULARY), folder / "g")
    build(folder / "all", *read, decisions=Stored.read(folder / "g").material().decisions)
    same_bytes(folder / "g", folder / "all")


def test_a_removed_paper_takes_just_its_own_evidence_along(tmp_path: Path) -> None:
    before = build(tmp_path / "g", ReadInput("small.jsonl", "0" * 64, "jsonl", PAPERS, (), ()))
    frames, manifest = without(before, ["arxiv:2401.00001"], VOCABULARY)
    graph = KnowledgeGraph(frames, manifest)
    assert "arxiv-2401.00001" not in {*graph.papers["id"], *graph.mentions["paper"], *graph.citations["citing"]}
    others = before.frames["mentions"].filter(pl.col("paper") != "arxiv-2401.00001")
    assert graph.mentions.equals(others)
    assert "a100" not in set(graph.concepts["id"])
    assert manifest["quality"]["records_removed"] == 1


def test_a_merge_is_undone_and_done_again(tmp_path: Path) -> None:
    one = Paper("Digging Deep Holes in Ground", "We dig.", 2020, authors=("Ada Byron",), identifiers=("arxiv:1",))
    two = Paper("Digging Deep Holes in Ground", "We dig.", 2020, authors=("Ada Byron",), identifiers=("s2:2",))
    before = build(tmp_path / "g", read_input("a", [one]), read_input("b", [two]))
    assert before.frames["records"]["paper"].to_list() == ["arxiv-1", "arxiv-1"]
    write_tables(*decided(before, VOCABULARY, apart=[("a:0", "s2:2")]), tmp_path / "g")
    parted = Stored.read(tmp_path / "g")
    assert parted.frames["records"]["paper"].to_list() == ["arxiv-1", "s2-2"]
    again, _ = decided(parted, VOCABULARY, same=[("a:0", "s2:2")])
    assert again["records"]["paper"].to_list() == ["arxiv-1", "arxiv-1"]


def test_a_name_that_nothing_has_is_refused(tmp_path: Path) -> None:
    before = build(tmp_path / "g", read_input("a", PAPERS))
    with pytest.raises(InputError, match="s2:none: no paper of the input has this id; see"):
        without(before, ["s2:none"], VOCABULARY)
    with pytest.raises(InputError, match="s2:none: no record has this name; name it by"):
        decided(before, VOCABULARY, apart=[("s2:none", "arxiv:2401.00001")])


@pytest.mark.parametrize("decision", ["apart", "same"])
def test_a_pair_of_one_record_is_refused(tmp_path: Path, decision: str) -> None:
    before = build(tmp_path / "g", read_input("a", PAPERS))
    for other in ("arxiv:2401.00001", "arxiv-2401.00001"):
        with pytest.raises(InputError, match=f"arxiv:2401.00001, {other}: both are the same record; name two"):
            pair = ("arxiv:2401.00001", other)
            decided(before, VOCABULARY, **{decision: [pair]})  # type: ignore[arg-type]


def test_links_of_another_vocabulary_are_made_anew(tmp_path: Path) -> None:
    before = build(tmp_path / "g", read_input("a", PAPERS))
    stale = Stored(before.folder, {**before.frames, "mentions": before.frames["mentions"].clear()}, before.manifest)
    other = Stored(stale.folder, stale.frames, {**before.manifest, "vocabulary": {"sha256": "1" * 64}})
    assert len(updated(stale, [], VOCABULARY)[0]["mentions"]) == 0
    assert updated(other, [], VOCABULARY)[0]["mentions"].equals(before.frames["mentions"])
