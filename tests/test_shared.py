"""The real listing, end to end."""

import json
import re
import time
from pathlib import Path

import pytest

import concite
from concite.graph.knowledge import KnowledgeGraph

from .concite.helpers import done

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def built(listing: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stored graph of the listing."""
    folder = tmp_path_factory.mktemp("shared") / "g"
    done(["build", listing, "-o", folder])
    return folder


@pytest.fixture(scope="module")
def graph(built: Path) -> KnowledgeGraph:
    """The graph of the listing."""
    return concite.load(built)


def test_the_listing_has_151_papers_with_title_and_abstract(graph: KnowledgeGraph) -> None:
    papers = graph.papers.filter(~graph.papers["external"])
    assert len(papers) == 151
    assert papers["id"].is_unique().all()
    assert papers["abstract"].null_count() == 0
    header = ("Subscribe", "inbox", "research community", "Mar 13")
    assert not [title for title in papers["title"] for words in header if words in title]


def test_every_mention_of_the_graph_points_at_its_words(graph: KnowledgeGraph) -> None:
    texts = {row["id"]: row for row in graph.papers.iter_rows(named=True)}
    assert len(graph.mentions) > 1000
    for row in graph.mentions.iter_rows(named=True):
        assert texts[row["paper"]][row["field"]][row["start"] : row["end"]] == row["text"]
    assert not [text for text in graph.mentions["text"] if not text.strip() or text != text.strip()]


def test_nearly_every_paper_mentions_something_of_several_classes(graph: KnowledgeGraph) -> None:
    assert graph.mentions["paper"].n_unique() >= 145
    mentioned = graph.concepts.filter(graph.concepts["id"].is_in(graph.mentions["concept"].implode()))
    assert mentioned["class"].n_unique() >= 6


def test_no_inferred_citation_is_of_the_paper_itself_or_over_a_candidate(graph: KnowledgeGraph) -> None:
    rows = graph.citations.to_dicts()
    assert rows
    assert not [row for row in rows if row["citing"] == row["cited"]]
    assert {row["layer"] for row in rows} == {"inferred"}
    candidates = set(graph.concepts.filter(graph.concepts["origin"] == "candidate")["id"])
    assert not [row for row in rows if row["concept"] in candidates]


def test_linking_prints_contract_1_for_every_paper(listing: Path, graph: KnowledgeGraph) -> None:
    records = [json.loads(line) for line in done(["link", listing, "--format", "jsonl"]).out.splitlines()]
    assert len(records) == 151
    count = 0
    for record in records:
        ends = {"title": 0, "abstract": 0}
        for m in record["mentions"]:
            assert record[m["field"]][m["start"] : m["end"]] == m["text"]
            assert m["start"] >= ends[m["field"]], "mentions overlap or are out of order"
            ends[m["field"]] = m["end"]
            assert re.match(r"https://w3id\.org/concite/concept/\S+$", m["concept"])
            count += 1
    assert count == len(graph.mentions)


def test_the_listing_is_linked_at_some_speed(listing: Path) -> None:
    done(["ontology", "stats"])
    start = time.process_time()
    done(["link", listing, "--format", "jsonl"])
    assert time.process_time() - start < 10


def test_the_listings_texts_are_those_that_were_annotated(listing: Path, graph: KnowledgeGraph) -> None:
    gold = listing.parents[1] / "gold" / "seed_dev.jsonl"
    annotated = {each["title"]: each["abstract"] for each in map(json.loads, gold.read_text().splitlines())}
    read = dict(graph.papers.select("title", "abstract").iter_rows())
    assert {title: read.get(title) for title in annotated} == annotated
