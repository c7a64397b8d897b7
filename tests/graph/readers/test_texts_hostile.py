"""Broken, foreign and hostile files of reference managers and XML: records, reasons or one clear error, no crash."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concite.graph.papers import InputError, Paper, Record, Skipped
from concite.graph.readers import Format, Input, read_papers
from concite.graph.readers.formats import READERS_WITH_OPTIONS

from .golden import rendered
from .texts import read_text, texts

FORMATS = (*READERS_WITH_OPTIONS, Format.RIS, Format.CSL, Format.ARXIV_ATOM, Format.ACL_ANTHOLOGY, Format.AAN)
LEGACY = [path for path in texts() if path.suffix in (".bib", ".ris", ".csv", ".txt")]


def outcome(content: bytes, named: Format | None = None) -> list[Record] | InputError:
    """What reading some bytes gives: records that can be stored, or the error."""
    try:
        records = list(read_papers(Input("x", content=content), named))
    except InputError as error:
        assert "\n" not in str(error) and str(error).startswith("x")
        return error
    rendered(records).encode("utf-8")
    return records


def papers_of(records: list[Record] | InputError) -> list[Paper]:
    assert not isinstance(records, InputError), records
    return [record for record in records if isinstance(record, Paper)]


@pytest.mark.parametrize("path", texts(), ids=lambda path: path.name)
def test_a_file_that_breaks_off_gives_no_more_papers_than_the_whole(path: Path) -> None:
    content = path.read_bytes()
    most = len([record for record in read_text(path) if isinstance(record, Paper)])
    for end in range(len(content) // 2, len(content) - 2, max(1, len(content) // 40)):
        records = outcome(content[:end])
        if not isinstance(records, InputError) and "listing" not in str(records):
            assert len(papers_of(records)) <= most


@pytest.mark.parametrize(
    ("name", "cut", "reason"),
    [
        ("anthology_new.xml", b"<paper id=\"2\">", "no XML from here: "),
        ("atom.xml", b"An Old Number", "no XML from here: "),
        ("papers.bib", b"  year = 1844", "broken entry: syntax error"),
        ("references.ris", b"KW  - oil", "the record has no end (ER)"),
        ("papers.csv", b";\"2002\"", "2 cells in a table of 6 columns"),
        ("library.csl.json", b"\"issued\": {\"raw\"", "it breaks off here"),
    ],
)  # fmt: skip
def test_a_file_that_breaks_off_says_so_and_keeps_what_stands_before(name: str, cut: bytes, reason: str) -> None:
    content = next(path for path in texts() if path.name == name).read_bytes()
    records = outcome(content[: content.index(cut)])
    assert papers_of(records)
    assert any(isinstance(record, Skipped) and reason in record.reason for record in records)  # type: ignore[union-attr]


@pytest.mark.parametrize("path", LEGACY, ids=lambda path: path.name)
def test_formats_older_than_utf_8_are_read_as_windows_1252_where_they_are_not(path: Path) -> None:
    content = path.read_bytes().decode("utf-8", "replace").replace("Gears", "Größe…").replace("Book", "Größe…")
    records = outcome(content.replace("\ufffd", "ö").encode("cp1252"))
    assert "Größe…" in rendered(records) or path.suffix == ".csv"  # type: ignore[arg-type]


def test_xml_in_the_encoding_it_declares_is_read_and_another_is_named() -> None:
    text = '<?xml version="1.0" encoding="ENCODING"?><collection id="A00"><volume id="1"><paper id="1"><title>Größe'
    text += "</title></paper></volume></collection>"
    (paper,) = papers_of(outcome(text.replace("ENCODING", "ISO-8859-1").encode("latin-1")))
    assert paper.title == "Größe"
    records = outcome(text.replace("ENCODING", "UTF-8").encode("latin-1"))
    assert "no XML from here: Invalid bytes in character encoding" in str(records)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"<!DOCTYPE html>\n<html><body>Papers</body></html>", "this looks like HTML"),
        (b'<?xml version="1.0"?><records><record/></records>', "this looks like XML of a kind"),
    ],
)
def test_a_format_without_a_reader_is_named(content: bytes, what: str) -> None:
    error = outcome(content)
    assert isinstance(error, InputError)
    assert error.problem == f"{what}, which has no reader yet" or error.problem.startswith(what)


ENTITIES = '<!DOCTYPE collection [<!ENTITY a "aaaaaaaaaa">{more}]>'
COLLECTION = (
    '{doctype}<collection id="A00"><volume id="1"><paper id="1"><title>{title}</title></paper></volume></collection>'
)


def test_entities_that_multiply_are_refused() -> None:
    more = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    error = outcome(COLLECTION.format(doctype=ENTITIES.format(more=more), title="&j;").encode(), Format.ACL_ANTHOLOGY)
    assert isinstance(error, InputError)
    assert "declares entities" in error.problem


def test_an_entity_opens_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    doctype = f'<!DOCTYPE collection [<!ENTITY a SYSTEM "{secret.as_uri()}">]>'
    told = outcome(COLLECTION.format(doctype=doctype, title="&a; title").encode(), Format.ACL_ANTHOLOGY)
    assert "the secret" not in str(told)
    external = f'<!DOCTYPE collection SYSTEM "{secret.as_uri()}">'
    assert papers_of(outcome(COLLECTION.format(doctype=external, title="A").encode(), Format.ACL_ANTHOLOGY))


def test_elements_nested_without_end_are_refused() -> None:
    told = outcome(COLLECTION.format(doctype="", title="<i>" * 100_000).encode(), Format.ACL_ANTHOLOGY)
    assert "no XML from here" in str(told)


def test_braces_nested_without_end_are_a_broken_entry() -> None:
    (record,) = outcome(b"@article{a, title = " + b"{" * 50_000 + b"}" * 50_000 + b"}")  # type: ignore[misc]
    assert isinstance(record, Skipped)
    assert record.reason.startswith("broken entry: syntax error: too many nested braces")


@pytest.mark.parametrize("named", FORMATS)
@settings(max_examples=60)
@given(content=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_read_or_refused(named: Format, content: bytes) -> None:
    outcome(content, named)


PUT = st.sampled_from(
    [b'"', b"{", b"}", b"#", b",", b"@", b"\\", b"&", b"<", b">", b"\n", b"\t", b";", b"ER  - ", b"&#0;", b"$", b"\xff"]
)


@pytest.mark.parametrize("path", texts(), ids=lambda path: path.name)
@settings(max_examples=60)
@given(data=st.data())
def test_a_file_with_changed_bytes_is_read_or_refused(path: Path, data: st.DataObject) -> None:
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3) | PUT)
    outcome(bytes(content))
    outcome(bytes(content), next(named for named in FORMATS if _reads(path, named)))


def _reads(path: Path, named: Format) -> bool:
    kinds = {".bib": Format.BIBTEX, ".ris": Format.RIS, ".csv": Format.CSV, ".tsv": Format.CSV, ".txt": Format.AAN}
    kinds |= {".json": Format.CSL, ".xml": Format.ARXIV_ATOM if path.stem == "atom" else Format.ACL_ANTHOLOGY}
    return kinds[path.suffix] == named


def test_each_line_of_an_older_file_is_read_in_its_own_encoding() -> None:
    source = Input("x", content="Größe\n".encode() + "Größe…\n".encode("cp1252") + b"\x81\x9d\xff")
    assert [line for _, line in source.lines(legacy=True)] == ["Größe", "Größe…", "\x81\x9dÿ"]
    with pytest.raises(InputError, match="x:2: not UTF-8 at byte 3 of the line"):
        list(source.lines())
