"""Broken, foreign and hostile inputs: every reader gives records, reasons, or one clear error, and never crashes."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concite.graph.papers import InputError, Paper, Record, Skipped, StatedCitation
from concite.graph.readers import Format, Input, read_argument, read_papers
from concite.graph.readers.formats import GENERAL, READERS

from .golden import dumps, read, rendered

RECORDS = (Paper, StatedCitation, Skipped)
DUMPS = dumps()


def outcome(content: bytes, named: Format | None = None) -> list[Record] | InputError:
    """What reading some bytes gives: records that can be stored, or the error."""
    try:
        records = list(read_papers(Input("x", content=content), named))
    except InputError as error:
        assert "\n" not in str(error)
        assert str(error).startswith("x")
        return error
    assert all(isinstance(record, RECORDS) for record in records)
    rendered(records).encode("utf-8")
    return records


@pytest.mark.parametrize("path", DUMPS, ids=lambda path: path.name)
def test_a_dump_that_breaks_off_gives_what_stands_before_the_break(path: Path) -> None:
    content = path.read_bytes()
    whole = [record for record in read(path) if not isinstance(record, Skipped)]
    for end in range(len(content) // 2, len(content) - 2, max(1, len(content) // 40)):
        records = outcome(content[:end])
        if isinstance(records, InputError):
            continue
        found = [record for record in records if not isinstance(record, Skipped)]
        assert len(found) <= len(whole)


@pytest.mark.parametrize(
    ("name", "papers", "position"),
    [
        ("openalex_page.json", 1, "results[1]"),
        ("mlanthology_venue.json", 1, "papers[1]"),
        ("paperlists.json", 2, "[2]"),
    ],
)
def test_a_document_that_breaks_off_says_where(name: str, papers: int, position: str) -> None:
    content = next(path for path in DUMPS if path.name == name).read_bytes()
    start = content.rindex(b'"title"') if name != "openalex_page.json" else content.rindex(b"Without")
    records = outcome(content[:start])
    assert isinstance(records, list)
    assert sum(isinstance(record, Paper) for record in records) == papers
    assert isinstance(records[-1], Skipped)
    assert (records[-1].position, records[-1].reason) == (position, "it breaks off here; nothing after it was read")


@pytest.mark.parametrize("path", DUMPS, ids=lambda path: path.name)
def test_a_wrong_encoding_is_named(path: Path) -> None:
    content = path.read_bytes()
    at = content.rindex(b"e")
    error = outcome(content[:at] + b"\xe9" + content[at + 1 :])
    assert isinstance(error, InputError)
    assert "not UTF-8" in error.problem and "iconv" in error.advice
    assert "not UTF-8 but UTF-16" in str(outcome(path.read_text(encoding="utf-8").encode("utf-16")))


@pytest.mark.parametrize("path", DUMPS, ids=lambda path: path.name)
@pytest.mark.parametrize("named", [Format.CROSSREF, Format.EDGES, Format.PAPERSCAPE, Format.S2AG])
def test_a_wrong_format_is_named_with_the_right_one(path: Path, named: Format) -> None:
    right = next(known for _, known, _ in read_argument(str(path)))
    try:
        records = [record for _, _, part in read_argument(str(path), named) for record in part]
    except InputError as error:
        assert error.problem == f"it looks like {right}, not {named}"
    else:
        assert named == right or (right in GENERAL and any(not isinstance(record, Skipped) for record in records))


def test_a_file_of_another_format_in_a_directory_is_told_and_stops_no_other(tmp_path: Path) -> None:
    for name in ("crossref.json", "openalex_page.json"):
        content = next(path for path in DUMPS if path.name == name).read_bytes()
        (tmp_path / name).write_bytes(content)
    (crossref, openalex) = [list(records) for _, _, records in read_argument(str(tmp_path), Format.CROSSREF)]
    assert sum(isinstance(record, Paper) for record in crossref) == 2
    (told,) = openalex
    assert isinstance(told, Skipped)
    assert told.reason.startswith("it looks like openalex, not crossref")


@pytest.mark.parametrize("named", list(READERS))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused(named: Format, content: bytes) -> None:
    outcome(content, named)


@pytest.mark.parametrize("path", DUMPS, ids=lambda path: path.name)
@settings(max_examples=40)
@given(data=st.data())
def test_a_dump_with_changed_bytes_is_read_or_refused(path: Path, data: st.DataObject) -> None:
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        put = data.draw(
            st.binary(max_size=3) | st.sampled_from([b'"', b"{", b"[", b"]", b",", b"null", b"1e9", b"\\ud8"])
        )
        content[at : at + data.draw(st.integers(0, 3))] = put
    outcome(bytes(content))


PUT = (b'"', b"{", b"[", b"]", b",", b"null", b"1e9", b"\\ud8", b"\n")

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda v: st.lists(v, max_size=3) | st.dictionaries(st.text(max_size=5), v, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("path", [path for path in DUMPS if path.suffix != ".csv" and path.suffix != ".tsv"], ids=str)
@settings(max_examples=40)
@given(data=st.data())
def test_any_value_may_stand_in_any_field(path: Path, data: st.DataObject) -> None:
    lines = path.read_text(encoding="utf-8")
    try:
        documents = [json.loads(lines)]
    except ValueError:
        documents = [json.loads(line) for line in lines.splitlines()]
    for document in documents:
        _spoil(document, data)
    outcome("\n".join(json.dumps(document) for document in documents).encode())


def _spoil(value: object, data: st.DataObject) -> None:
    """Put another value into some place of a JSON value."""
    places: list[tuple[dict[str, object] | list[object], object]] = []
    _places(value, places)
    container, key = data.draw(st.sampled_from(places))
    container[key] = data.draw(VALUES)  # type: ignore[index,call-overload]


def _places(value: object, places: list[tuple[dict[str, object] | list[object], object]]) -> None:
    if isinstance(value, dict):
        places.extend((value, key) for key in value)
        for each in value.values():
            _places(each, places)
    elif isinstance(value, list):
        places.extend((value, number) for number in range(len(value)))
        for each in value:
            _places(each, places)


def test_positions_of_words_beyond_all_bounds_make_no_long_text() -> None:
    content = (
        b'{"id": "W1", "title": "T", "authorships": [], "abstract_inverted_index": {"We": [0], "end": [999999999999]}}'
    )
    records = outcome(content)
    assert isinstance(records, list)
    assert len(rendered(records)) < 500


def test_a_document_nested_too_deeply_is_skipped() -> None:
    (record,) = outcome(b'{"papers": [{"bibtex_key": "a", "title": ' + b"[" * 200_000, Format.MLANTHOLOGY)  # type: ignore[misc]
    assert isinstance(record, Skipped)
    assert record.reason == "nested too deeply; nothing after it was read"
