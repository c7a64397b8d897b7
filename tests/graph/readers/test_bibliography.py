"""BibTeX: macros, concatenation and inheritance within a file and across files, and entries that are broken."""

from pathlib import Path

import pytest

from concite.graph.papers import Paper, Record, Skipped
from concite.graph.readers import Format, Input, read_papers
from concite.graph.readers.bibliography import gather
from concite.graph.reading import read_inputs


def read(text: str) -> list[Record]:
    return list(read_papers(Input("a.bib", content=text.encode()), Format.BIBTEX))


def only(text: str) -> Paper:
    (item,) = read(text)
    assert isinstance(item, Paper), item
    return item


@pytest.mark.parametrize(
    ("value", "venue"),
    [
        ('"Journal"', "Journal"),
        ("{Journal {of} Gears}", "Journal of Gears"),
        ("jg", "Journal of Gears"),
        ("JG # { 7}", "Journal of Gears 7"),
        ('"The " # jg # " " # 7', "The Journal of Gears 7"),
        ("jan", "January"),
    ],
)
def test_values_are_joined_and_macros_replaced_in_any_case(value: str, venue: str) -> None:
    assert only(f"@string{{Jg = {{Journal of Gears}}}}\n@article{{a, title={{T}}, journal={value}}}").venue == venue


def test_an_unknown_macro_stands_for_its_name_and_is_told_once() -> None:
    items = read("@article{a, title={T}, journal=xyz}\n@article{b, title={U}, journal=xyz}")
    assert [item.venue for item in items if isinstance(item, Paper)] == ["xyz", "xyz"]
    assert [item.reason for item in items if isinstance(item, Skipped)] == [
        "macro xyz is not defined; its name stands for it"
    ]


def test_a_volume_may_stand_before_or_after_its_papers() -> None:
    paper = "@inproceedings{a, title={T}, crossref={V}}"
    volume = "@proceedings{v, title={Gears 7}, year=1999, doi={10.1234/volume}}"
    for text in (f"{paper}\n{volume}", f"{volume}\n{paper}"):
        (found,) = [item for item in read(text) if isinstance(item, Paper)]
        assert (found.venue, found.year, found.identifiers) == ("Gears 7", 1999, ())


def test_what_an_entry_says_itself_goes_before_what_it_inherits() -> None:
    items = read("@proceedings{v, booktitle={B}, year=1999}\n@inproceedings{a, title={T}, year=2000, crossref={v}}")
    (paper,) = [item for item in items if isinstance(item, Paper)]
    assert (paper.venue, paper.year) == ("B", 2000)


def test_files_given_together_define_for_each_other_in_any_order(tmp_path: Path) -> None:
    (tmp_path / "b.bib").write_text("@inproceedings{a, title={T}, crossref={v}}", encoding="utf-8")
    (tmp_path / "a.bib").write_text("@proceedings{v, title=gears, year=1999}\n@misc{m, title={M}}", encoding="utf-8")
    (tmp_path / "c.bib").write_text("@string{gears={Gears}}\n@misc{n, title={N}}", encoding="utf-8")
    names = [str(tmp_path / name) for name in ("b.bib", "a.bib", "c.bib")]
    for arguments in (names, names[::-1], [str(tmp_path)]):
        papers = {paper.title: paper for read in read_inputs(arguments) for paper in read.papers}
        assert (papers["T"].venue, papers["T"].year) == ("Gears", 1999)


def test_what_is_no_bibliography_is_not_gathered(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("@string{a={b}}", encoding="utf-8")
    (tmp_path / "b.bib").write_bytes(b"@string{a={b}}\n\x00")
    assert gather([str(tmp_path), str(tmp_path / "none.bib"), "-"]).macros == {}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("@article{a, title={T}", "premature end of file"),
        ("@article{a, title={T}\n@article{b, title={U}}", "premature end of file"),
        ("@article{, title={T}}", "entry key expected"),
    ],
)
def test_a_broken_entry_is_skipped_with_its_line_and_those_after_it_stay(text: str, reason: str) -> None:
    items = read(f"\n{text}\n@article{{last, title={{Last}}}}")
    broken = [item for item in items if isinstance(item, Skipped)]
    assert broken and broken[0].position == "2" and reason in broken[0].reason
    assert [item.title for item in items if isinstance(item, Paper)][-1] == "Last"


@pytest.mark.parametrize(
    ("fields", "identifiers"),
    [
        ("doi={10.1234/A_b}", ("doi:10.1234/a_b",)),
        ("doi={https://doi.org/10.1234/a}", ("doi:10.1234/a",)),
        ("eprint={1706.03762}, archiveprefix={arXiv}", ("arxiv:1706.03762",)),
        ("eprint={hep-th/9901001}, eprinttype={arxiv}", ("arxiv:hep-th/9901001",)),
        ("journal={arXiv preprint arXiv:1706.03762}", ("arxiv:1706.03762",)),
        ("journal={CoRR}, volume={abs/1706.03762}", ("arxiv:1706.03762",)),
        (r"url={https://aclanthology.org/2023.gears\_x-1.7/}", ("acl:2023.gears_x-1.7",)),
        ("note={See 10.1234/another}", ()),
    ],
)
def test_identifiers_are_found_where_bibliographies_put_them(fields: str, identifiers: tuple[str, ...]) -> None:
    assert only(f"@article{{a, title={{T}}, {fields}}}").identifiers == identifiers
