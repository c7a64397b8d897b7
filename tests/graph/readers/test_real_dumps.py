"""The real dumps beside the project: every record of them is a paper, a citation or told, with the counts they have."""

from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

from concite.graph.papers import Paper, Record, Skipped, StatedCitation
from concite.graph.readers import Format, read_argument

pytestmark = pytest.mark.shared

EMPTY_ABSTRACTS = 162
"""Abstracts of the ACL Anthology that are an element with nothing in it."""


def read(path: Path) -> list[Record]:
    return list(chain.from_iterable(records for _, _, records in read_argument(str(path))))


def papers(records: list[Record]) -> list[Paper]:
    return [record for record in records if isinstance(record, Paper)]


def skipped(records: list[Record]) -> Counter[str]:
    return Counter(record.reason for record in records if isinstance(record, Skipped))


@pytest.mark.parametrize(
    ("name", "known", "counts"),
    [
        ("arxiv_jsonl/arxiv-metadata-oai-snapshot.json", Format.ARXIV, (200, 0, 0)),
        ("openalex/works_page_200.json", Format.OPENALEX, (200, 0, 2682)),
        ("openalex/works_chunk_1.json", Format.OPENALEX, (50, 0, 1017)),
        ("openalex/works_chunk_2.json", Format.OPENALEX, (50, 0, 573)),
        ("openalex/works_page_2.json", Format.OPENALEX, (2, 0, 115)),
        ("s2ag/papers-sample.jsonl", Format.S2AG, (100, 0, 0)),
        ("s2ag/abstracts-sample.jsonl.gz", Format.S2AG, (100, 0, 0)),
        ("s2ag/citations-sample.jsonl.gz", Format.S2AG, (0, 77, 0)),
        ("s2ag/citations_crawl.jsonl", Format.S2AG, (0, 12111, 0)),
        ("s2ag/paper-ids-sample.jsonl.gz", Format.S2AG, (100, 0, 0)),
        ("s2ag/tldrs-sample.jsonl.gz", Format.S2AG, (100, 0, 0)),
        ("s2ag/s2orc-sample.jsonl.gz", Format.S2AG, (3, 0, 95)),
        ("crossref/crossref_dump_0.json.gz", Format.CROSSREF, (2875, 0, 40)),
        ("crossref/crossref_dump_40228.json", Format.CROSSREF, (11, 0, 0)),
        ("datacite/jSonFile_1.json", Format.DATACITE, (82, 1, 4069)),
        ("icite_pubmed/icite_metadata.csv", Format.ICITE, (356, 8547, 5738)),
        ("paperscape/pscp-1993.csv", Format.PAPERSCAPE, (6741, 0, 7128)),
        ("paperlists_json/acl/acl2022.json", Format.PAPERLISTS, (1031, 0, 0)),
        ("paperlists_json/iclr/iclr2017.json", Format.PAPERLISTS, (489, 0, 0)),
        ("paperlists_json/corl/corl2021.json", Format.PAPERLISTS, (153, 0, 0)),
        ("paperlists_json/nips/nips1995.json", Format.PAPERLISTS, (152, 0, 0)),
        (
            "acl_parscit_citations/citations-x19-age3orless.matched-joined.tsv",
            Format.REFERENCE_CLUSTERS,
            (0, 29237, 0),
        ),
        ("acl_parscit_citations/citations-x19-age15plus.matched.tsv", Format.REFERENCE_CLUSTERS, (0, 5441, 0)),
        ("acl_parscit_citations/citations-x19-age15plus.raw.tsv", Format.RAW_REFERENCES, (0, 5441, 0)),
        ("large/acl_citation_graph/nodes.tsv.gz", Format.CSV, (15978, 0, 0)),
        ("large/acl_citation_graph/edges.tsv.gz", Format.EDGES, (0, 162729, 0)),
    ],
)
def test_a_dump_holds_what_its_description_says(
    shared: Path, name: str, known: Format, counts: tuple[int, int, int]
) -> None:
    ((source, found, part),) = ((*each[:2], list(each[2])) for each in read_argument(str(shared / "corpora" / name)))
    assert found == known, source.name
    citations = sum(isinstance(record, StatedCitation) for record in part)
    assert (len(papers(part)), citations, sum(len(paper.references) for paper in papers(part))) == counts
    assert len({record.position for record in part}) >= len(papers(part))


def test_every_openalex_work_with_an_inverted_abstract_gets_its_text(shared: Path) -> None:
    found = papers(read(shared / "corpora" / "openalex" / "works_page_200.json"))
    assert sum(paper.abstract is not None for paper in found) == 151
    assert sum(not any(i.startswith("doi:") for i in paper.identifiers) for paper in found) == 63
    assert not [paper.title for paper in found if "<" in paper.title and ">" in paper.title]
    within = {paper.identifiers for paper in found}
    own = {i for identifiers in within for i in identifiers}
    assert sum(reference.identifier in own for paper in found for reference in paper.references) == 20


def test_crossref_records_without_title_are_told_and_abstracts_lose_their_tags(shared: Path) -> None:
    records = read(shared / "corpora" / "crossref" / "crossref_dump_0.json.gz")
    assert skipped(records) == {"no title": 125}
    abstracts = [paper.abstract for paper in papers(records) if paper.abstract]
    assert len(abstracts) == 389
    assert not [text for text in abstracts if "<jats" in text]
    assert sum(text.upper().startswith("ABSTRACT") for text in abstracts) < 3
    (listed,) = [paper for paper in papers(records) if paper.references]
    assert sum(bool(reference.identifier) for reference in listed.references) == 16


def test_s2ag_citations_keep_contexts_and_intents(shared: Path) -> None:
    records = read(shared / "corpora" / "s2ag" / "citations-sample.jsonl.gz")
    stated = [record for record in records if isinstance(record, StatedCitation)]
    assert skipped(records) == {"a citation with one end": 23}
    assert sum(bool(each.reference.contexts) for each in stated) == 27
    crawled = read(shared / "corpora" / "s2ag" / "citations_crawl.jsonl")
    stated = [record for record in crawled if isinstance(record, StatedCitation)]
    assert len({each.citing for each in stated}) == 279
    assert len({each.reference.identifier for each in stated}) == 10006


def test_s2ag_files_without_papers_are_skipped_as_a_whole(shared: Path) -> None:
    parts = {
        Path(source.name).name: (known, list(found))
        for source, known, found in read_argument(str(shared / "corpora/s2ag"))
    }
    for name in ("authors-sample.jsonl", "publication-venues-sample.jsonl.gz"):
        known, records = parts[name]
        assert known is None and len(records) == 1
        assert skipped(records) == {"JSON of which the first record has no title": 1}


def test_arxiv_names_come_with_their_accents_and_titles_unwrapped(shared: Path) -> None:
    found = papers(read(shared / "corpora" / "arxiv_jsonl"))
    first = found[0]
    assert first.authors[0] == "C. Balázs"
    assert first.title == "Calculation of prompt diphoton production cross sections at Tevatron and LHC energies"
    assert (first.date, first.identifiers) == ("2007-04-02", ("arxiv:0704.0001", "doi:10.1103/physrevd.76.013009"))
    assert all(paper.abstract and paper.year for paper in found)
    assert sum("cs." in dict(paper.metadata)["categories"] for paper in found) == 36


def test_daily_papers_come_once_for_each_day_with_whole_names(shared: Path) -> None:
    found = papers(read(shared / "corpora" / "hf_daily_papers"))
    assert (len(found), len({paper.identifiers for paper in found})) == (675, 515)
    assert not [name for paper in found for name in paper.authors if name.endswith(",")]
    assert {paper.year for paper in found} <= {2024, 2025, 2026}
    assert all(paper.abstract for paper in found)


def test_mlanthology_folders_are_read_with_what_stands_for_abstracts_told(shared: Path) -> None:
    records = read(shared / "corpora" / "mlanthology")
    found = papers(records)
    assert len(found) == 6955 + 50
    told = sum(count for reason, count in skipped(records).items() if reason.startswith("abstract: "))
    assert 20 <= told <= 24
    assert sum(paper.abstract is not None for paper in found) + told == 6400
    titles = [paper.title for paper in found]
    assert not [title for title in titles if title != title.strip() or "&amp;" in title or "\\emph" in title]


def test_paperlists_keep_refused_papers_and_tell_the_one_without_title(shared: Path) -> None:
    records = read(shared / "corpora" / "paperlists_json" / "iclr" / "iclr2017.json")
    status = Counter(dict(paper.metadata)["status"] for paper in papers(records))
    assert status["Reject"] == 244
    assert skipped(records)["no title"] == 1
    assert all(paper.year == 2017 for paper in papers(records))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "count", "abstracts"),
    [
        ("mlanthology_2026-03.tar.zst", 173_870, 162_336),
        ("acl_anthology_2024-08.tar.zst", 97_494, 54_331 - EMPTY_ABSTRACTS),
    ],
)
def test_the_large_archives_are_read_whole(shared: Path, name: str, count: int, abstracts: int) -> None:
    number = with_abstract = refused = 0
    for _, known, records in read_argument(str(shared / "corpora" / "large" / name)):
        for record in records:
            number += isinstance(record, Paper)
            with_abstract += isinstance(record, Paper) and record.abstract is not None
            refused += isinstance(record, Skipped) and known is not None
    assert count <= number <= count + 50
    assert abstracts <= with_abstract + refused <= abstracts + 50
