"""Every dump's fixture is recognised and read as its golden file says."""

from pathlib import Path

import pytest

from concite.graph.papers import Paper, StatedCitation
from concite.graph.readers import Format, Input, detect_format

from .golden import GOLDEN, dumps, read, rendered

FORMATS = {
    "arxiv.json": Format.ARXIV,
    "bare_edges.tsv": Format.BARE_EDGES,
    "crossref.json": Format.CROSSREF,
    "crossref_api.json": Format.CROSSREF,
    "daily_papers.json": Format.DAILY_PAPERS,
    "daily_papers_api.json": Format.DAILY_PAPERS,
    "datacite.json": Format.DATACITE,
    "edges.tsv": Format.EDGES,
    "icite.csv": Format.ICITE,
    "mlanthology.jsonl": Format.MLANTHOLOGY,
    "mlanthology_single.json": Format.MLANTHOLOGY,
    "mlanthology_venue.json": Format.MLANTHOLOGY,
    "openalex.jsonl": Format.OPENALEX,
    "openalex_page.json": Format.OPENALEX,
    "opencitations.csv": Format.EDGES,
    "own_fields.json": Format.JSON,
    "paperlists.json": Format.PAPERLISTS,
    "paperscape.csv": Format.PAPERSCAPE,
    "raw_references.tsv": Format.RAW_REFERENCES,
    "reference_clusters.tsv": Format.REFERENCE_CLUSTERS,
    "s2ag_abstracts.jsonl": Format.S2AG,
    "s2ag_citations.jsonl": Format.S2AG,
    "s2ag_edges.jsonl": Format.S2AG,
    "s2ag_paper_ids.jsonl": Format.S2AG,
    "s2ag_papers.jsonl": Format.S2AG,
    "s2ag_s2orc.jsonl": Format.S2AG,
    "s2ag_tldrs.jsonl": Format.S2AG,
    "semantic_scholar_papers.json": Format.SEMANTIC_SCHOLAR,
    "semantic_scholar_references.json": Format.SEMANTIC_SCHOLAR,
}


def test_every_fixture_has_a_format_and_a_golden_file() -> None:
    names = {path.name for path in dumps()}
    assert names == set(FORMATS)
    assert names == {path.name.removesuffix(".jsonl") for path in GOLDEN.iterdir()}


@pytest.mark.parametrize("path", dumps(), ids=lambda path: path.name)
def test_a_dump_is_recognised_by_its_content(path: Path) -> None:
    assert detect_format(Input("some.name", content=path.read_bytes())) == FORMATS[path.name]


@pytest.mark.parametrize("path", dumps(), ids=lambda path: path.name)
def test_a_dump_is_read_as_its_golden_file_says(path: Path) -> None:
    assert rendered(read(path)) == (GOLDEN / f"{path.name}.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", dumps(), ids=lambda path: path.name)
def test_every_record_can_be_stored_and_found_again(path: Path) -> None:
    for record in read(path):
        assert record.position
        rendered([record]).encode("utf-8")
        if isinstance(record, Paper):
            assert record.title or record.identifiers, "nothing tells which paper this is"
        elif isinstance(record, StatedCitation):
            assert record.citing and (record.reference.identifier or record.reference.title)
