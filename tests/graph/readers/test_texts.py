"""Files of reference managers and XML: recognised, read as their golden files say, and counted on the real ones."""

from pathlib import Path

import pytest

from concite.graph.papers import Paper, Record, Skipped
from concite.graph.readers import Format, Input, detect_format, read_papers
from concite.graph.readers.bibliography import gather
from concite.graph.readers.options import Options

from .golden import rendered
from .texts import GOLDEN, read_text, texts

FORMATS = {
    "anthology_new.xml": Format.ACL_ANTHOLOGY,
    "anthology_old.xml": Format.ACL_ANTHOLOGY,
    "atom.xml": Format.ARXIV_ATOM,
    "library.csl.json": Format.CSL,
    "network.txt": Format.AAN,
    "papers.bib": Format.BIBTEX,
    "papers.csv": Format.CSV,
    "papers.tsv": Format.CSV,
    "references.ris": Format.RIS,
    "volumes.bib": Format.BIBTEX,
}


def test_every_fixture_has_a_format_and_a_golden_file() -> None:
    names = {path.name for path in texts()}
    assert names == set(FORMATS)
    assert names == {path.name.removesuffix(".jsonl") for path in GOLDEN.iterdir()}


@pytest.mark.parametrize("path", texts(), ids=lambda path: path.name)
def test_a_file_is_recognised_by_its_content(path: Path) -> None:
    assert detect_format(Input("some.name", content=path.read_bytes())) == FORMATS[path.name]


@pytest.mark.parametrize("path", texts(), ids=lambda path: path.name)
def test_a_file_is_read_as_its_golden_file_says(path: Path) -> None:
    assert rendered(read_text(path)) == (GOLDEN / f"{path.name}.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", texts(), ids=lambda path: path.name)
def test_a_record_is_found_again_at_its_position(path: Path) -> None:
    if path.suffix == ".json":
        return
    lines = path.read_bytes().decode("utf-8", "replace").splitlines()
    for record in read_text(path):
        first = " ".join(lines[int(record.position) - 1 :][:12])
        if isinstance(record, Paper):
            assert any(word in first for word in record.title.split() if word.isascii() and word.isalpha())


def of(shared: Path, name: str, options: Options | None = None) -> tuple[list[Paper], list[Skipped]]:
    """What the reader of a real file gives."""
    path = shared / "corpora" / name
    records: list[Record] = list(read_papers(Input(path.name, path), options=options))
    return [r for r in records if isinstance(r, Paper)], [r for r in records if isinstance(r, Skipped)]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "papers", "abstracts", "first"),
    [
        ("1952.earlymt", 26, 0, "acl:1952.earlymt-1.1"),
        ("1991.iwpt", 27, 26, "acl:1991.iwpt-1.1"),
        ("2001.jeptalnrecital", 61, 59, "acl:2001.jeptalnrecital-invite.1"),
        ("2023.bea", 65, 65, "acl:2023.bea-1.1"),
        ("C04", 204, 0, "acl:C04-1001"),
        ("L06", 513, 513, "acl:L06-1001"),
        ("N19", 500, 500, "acl:N19-1001"),
        ("W97", 231, 0, "acl:W97-0101"),
    ],
)
def test_real_anthology_files_have_their_counts(
    shared: Path, name: str, papers: int, abstracts: int, first: str
) -> None:
    found, _ = of(shared, f"acl_anthology_xml/{name}.xml")
    assert (len(found), sum(paper.abstract is not None for paper in found)) == (papers, abstracts)
    assert first in found[0].identifiers


@pytest.mark.shared
def test_real_anthology_texts_are_clean(shared: Path) -> None:
    bea, _ = of(shared, "acl_anthology_xml/2023.bea.xml")
    assert not [paper for paper in bea if r"\&" in f"{paper.title} {paper.abstract}"]
    morphon, _ = of(shared, "acl_anthology_xml/2023.sigmorphon.xml")
    assert any("convention—Gene" in (paper.abstract or "") for paper in morphon)
    assert any(name.startswith("François") for paper in morphon for name in paper.authors) or any(
        "François" in (paper.abstract or "") for paper in morphon
    )
    naacl, _ = of(shared, "acl_anthology_xml/N19.xml")
    told = [name for paper in naacl for name, _ in paper.metadata]
    assert (told.count("pwcdataset"), told.count("pwccode")) == (374, 209), "ten of the 219 say no address"


@pytest.mark.shared
def test_real_bibliographies_read_together_inherit_across_files(shared: Path) -> None:
    options = Options(bibliography=gather([str(shared / "corpora" / "bibtex")]))
    entries = {}
    for name in ("lawrence", "other", "zbooks"):
        papers, skipped = of(shared, f"bibtex/{name}.bib", options)
        whole = [record for record in skipped if record.reason == "no title" or "volume" in record.reason]
        entries[name] = len(papers) + len(whole)
        assert not [paper for paper in papers if "{" in paper.title and "^{" not in paper.title]
        if name == "lawrence":
            by_key = {dict(paper.metadata)["key"]: paper for paper in papers}
            assert not [record for record in skipped if "crossref" in record.reason]
            assert by_key["Kalaitzis:bigraphical13"].venue == "ICML"
    assert entries == {"lawrence": 433, "other": 1659, "zbooks": 444}


@pytest.mark.shared
def test_a_real_bibliography_read_alone_says_which_volumes_are_missing(shared: Path) -> None:
    papers, skipped = of(shared, "bibtex/lawrence.bib")
    assert len(papers) == 432
    assert sum("crossref: no entry" in record.reason for record in skipped) == 51


@pytest.mark.shared
def test_real_network_metadata_is_read_whole_though_it_is_older_than_utf_8(shared: Path) -> None:
    papers, skipped = of(shared, "aan/acl-metadata.first3000.txt")
    assert (len(papers), skipped) == (3000, [])
    assert any(paper.title.startswith("Annotating “tense") for paper in papers)
    assert {"Hal Daumé III", "Roxana Gîrju"} <= {name for paper in papers for name in paper.authors}
    assert not [name for paper in papers for name in paper.authors if "Ã" in name]
