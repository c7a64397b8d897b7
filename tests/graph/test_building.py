"""Building: the same input gives the same bytes, and every record is accounted for."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from concite.graph.building import build_tables, read_inputs, sample_input
from concite.graph.knowledge import KnowledgeGraph
from concite.graph.papers import InputError, Paper
from concite.graph.readers import Format, read_papers
from concite.graph.tables import COLUMNS

from ..conftest import SMALL
from .helpers import VOCABULARY

ROOT = Path(__file__).parents[2]
BUILD = """
import sys
from pathlib import Path
from concite.graph.building import build_tables, read_inputs, sample_input
from concite.graph.knowledge import KnowledgeGraph
from concite.ontology import read_vocabulary

inputs = [str(sample_input().path), *sys.argv[3:]]
KnowledgeGraph(*build_tables(read_inputs(inputs), read_vocabulary(Path(sys.argv[1])))).write(Path(sys.argv[2]))
"""
LISTING = """
Halving the Cost of Training

We propose HalfNet, a novel method. Experiments with LoRA on MMLU show that it works.

Doubling the Speed of Inference

We double the speed of Llama 2 7B on an A100 GPU.
"""
RECORDS = [
    {
        "title": "Halving the Cost of Training",
        "authors": ["A. Byron"],
        "year": 2024,
        "references": ["arxiv:2106.09685"],
    },
    {"title": "Attention Is All You Need", "identifiers": ["arxiv:1706.03762"], "abstract": "Other words."},
    {"title": ""},
]


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """A listing and a file of records, one of which is none."""
    (tmp_path / "a.txt").write_text(LISTING)
    (tmp_path / "b.jsonl").write_text("".join(json.dumps(record) + "\n" for record in RECORDS))
    return [str(tmp_path / "a.txt"), str(tmp_path / "b.jsonl")]


def built(folder: Path, files: list[str], seed: str) -> dict[str, str]:
    """The hashes of a graph built in a process of its own."""
    command = [sys.executable, "-c", BUILD, str(SMALL), str(folder), *files]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, check=True)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_hash_seeds_and_the_order_of_inputs_change_no_byte(tmp_path: Path, files: list[str]) -> None:
    first = built(tmp_path / "one", files, "1")
    assert set(first) == {"manifest.json", *(f"{table}.parquet" for table in COLUMNS)}
    assert built(tmp_path / "two", files[::-1], "2") == first


def test_every_record_is_a_paper_or_told_in_skipped(files: list[str]) -> None:
    graph = KnowledgeGraph(*build_tables(read_inputs(files), VOCABULARY))
    read = {entry["format"]: (entry["papers"], entry["skipped"]) for entry in graph.manifest["inputs"]}
    assert read == {"listing": (2, 0), "jsonl": (2, 1)}
    (row,) = graph.skipped.to_dicts()
    assert (row["position"], row["reason"]) == ("3", "no title")
    assert row["input"].endswith("b.jsonl")
    assert graph.counts()["papers"] + graph.manifest["quality"]["papers_merged"] == 4


def test_the_manifest_names_inputs_with_their_hashes(files: list[str]) -> None:
    _, manifest = build_tables(read_inputs(files), VOCABULARY)
    hashes = [hashlib.sha256(Path(file).read_bytes()).hexdigest() for file in files]
    assert [(entry["name"], entry["sha256"]) for entry in manifest["inputs"]] == list(zip(files, hashes, strict=True))
    assert manifest["vocabulary"] == {"concepts": len(VOCABULARY), "sha256": VOCABULARY.digest}
    assert manifest["tool"].startswith("concite ")


def test_progress_is_told_for_every_paper(files: list[str]) -> None:
    told: list[tuple[int, int]] = []
    build_tables(read_inputs(files[:1]), VOCABULARY, lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


def test_a_named_format_overrides_what_the_content_tells(files: list[str]) -> None:
    with pytest.raises(InputError, match=r"a\.txt:2: no paper found \(read as jsonl\): not JSON"):
        read_inputs(files[:1], Format.JSONL)


def test_one_file_given_twice_gives_its_papers_once(files: list[str]) -> None:
    once = build_tables(read_inputs(files[:1]), VOCABULARY)[0]
    twice = build_tables(read_inputs([files[0], files[0]]), VOCABULARY)[0]
    for table in ("papers", "concepts", "concept_relations", "mentions", "citations"):
        assert once[table].equals(twice[table])
    assert len(twice["records"]) == 4
    assert twice["records"]["reason"].null_count() == 2


def test_the_bundled_sample_is_whole_and_cites_only_itself() -> None:
    (read,) = read_inputs([])
    assert read.skipped == ()
    items = list(read_papers(sample_input()))
    papers = [item for item in items if isinstance(item, Paper)]
    assert papers == list(read.papers)
    known = {identifier for paper in papers for identifier in paper.identifiers}
    assert len(papers) > 100
    assert all(paper.abstract and paper.year and paper.authors and paper.identifiers for paper in papers)
    assert {reference.identifier for paper in papers for reference in paper.references} <= known
    assert not [
        paper.title
        for paper in papers
        if {reference.identifier for reference in paper.references} & set(paper.identifiers)
    ]
