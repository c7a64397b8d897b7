"""JSON records: whatever the layout and wherever the stream is cut, the same records; and a reason for each bad one."""

import io
import json
from typing import Any, BinaryIO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concite.graph.papers import Paper, Record, Skipped
from concite.graph.readers import Input, inputs, json_records
from concite.graph.readers.json_records import JsonRecord, document_records, line_records, parse, read_records

KEYS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | KEYS,
    lambda v: st.lists(v, max_size=3) | st.dictionaries(KEYS, v, max_size=3),
    max_leaves=6,
)
RECORDS = st.lists(st.dictionaries(KEYS, VALUES, max_size=4), max_size=5)


class Slow(io.RawIOBase):
    """A stream that gives a few bytes at a time."""

    def __init__(self, content: bytes, size: int) -> None:
        self._content, self._size = io.BytesIO(content), size

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        return self._content.read(self._size)


def source(content: bytes, size: int = 5) -> Input:
    """An input whose stream comes in pieces of a size."""
    return Input("x", stream=cast(inputs.OnceStream, Pieces(content, size)))


class Pieces:
    """A stream to be opened, in the form of an archive's member."""

    def __init__(self, content: bytes, size: int) -> None:
        self.start, self._size = content[: inputs.SAMPLE], size
        self._content = content

    def open(self) -> BinaryIO:
        return cast(BinaryIO, Slow(self._content, self._size))


def values(records: Any) -> list[Any]:
    return [record.value if isinstance(record, JsonRecord) else record.reason for record in records]


@given(RECORDS, st.sampled_from([None, 0, 2]), st.booleans(), st.integers(1, 40))
def test_a_document_gives_its_records_however_it_is_laid_out_and_cut(
    records: list[dict[str, Any]], indent: int | None, ascii_only: bool, size: int
) -> None:
    wrapped = {"meta": {"papers": [1]}, "papers": records, "after": [{"a": 1}]}
    for document, name in ((records, ""), (wrapped, "papers")):
        content = json.dumps(document, indent=indent, ensure_ascii=ascii_only).encode()
        found = list(document_records(source(content, size), name))
        assert values(found) == records
        places = [f"{name}[{number}]" for number in range(len(records))]
        assert [each.position for each in found] == places


@given(RECORDS)
def test_lines_give_the_same_records_as_a_document(records: list[dict[str, Any]]) -> None:
    content = "\n\n".join(json.dumps(record, ensure_ascii=False) for record in records).encode()
    assert values(line_records(Input("x", content=content))) == records


def test_records_know_what_the_document_says_before_their_list() -> None:
    content = b'{"venue": "icml", "year": "2017", "papers": [{"a": 1}], "after": 5}'
    record = next(document_records(source(content), "papers"))
    assert isinstance(record, JsonRecord)
    assert record.document == {"venue": "icml", "year": "2017"}


def test_documents_may_follow_each_other() -> None:
    content = b'{"papers": [{"a": 1}]}\n{"papers": []} {"papers": [{"b": 2}]}'
    found = list(document_records(source(content), "papers"))
    assert [(each.position, value) for each, value in zip(found, values(found), strict=True)] == [
        ("papers[0]", {"a": 1}),
        ("[2].papers[0]", {"b": 2}),
    ]


@pytest.mark.parametrize(
    ("content", "position", "reason"),
    [
        (b'{"papers": [{"a": 1}, {"a": ', "papers[1]", "it breaks off here"),
        (b'{"papers": [{"a": 1}, {"a": "b', "papers[1]", "it breaks off here"),
        (b'{"papers": [{"a": 1}', "papers[0]", "it breaks off here"),
        (b'{"papers": [{"a": 1}]', "papers", "it breaks off here"),
        (b'{"papers": [{"a": 1} {"a": 2}]}', "papers[0]", "not JSON: '{' stands for ','"),
        (b'{"papers": [{"a": 1}, {a: 2}]}', "papers[1]", "not JSON: Expecting property name enclosed in double quotes"),
        (b'{"papers": [{"a": 1}], 5 1}', "5", "not JSON: '1' stands for ':'"),
    ],
)
def test_a_broken_document_gives_what_stands_before_the_fault(content: bytes, position: str, reason: str) -> None:
    *records, last = document_records(source(content), "papers")
    assert values(records) == [{"a": 1}]
    assert isinstance(last, Skipped)
    assert (last.position, last.reason) == (position, f"{reason}; nothing after it was read")


def test_a_record_without_end_is_refused_before_it_fills_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_records, "RECORD_LIMIT", 2**20)
    (skipped,) = document_records(source(b'{"papers": [{"title": "' + b"a" * 2**23 + b'"}]}', 2**16), "papers")
    assert isinstance(skipped, Skipped)
    assert skipped.reason == "more than 1 MB in one record; nothing after it was read"
    assert len(skipped.text) == json_records.QUOTED


def test_what_is_no_object_is_skipped_in_its_place() -> None:
    found = list(document_records(source(b'[null, {"a": 1}, "b", 5, [1]]'), ""))
    assert [(each.position, value) for each, value in zip(found, values(found), strict=True)] == [
        ("[0]", "not a JSON object"),
        ("[1]", {"a": 1}),
        ("[2]", "not a JSON object"),
        ("[3]", "not a JSON object"),
        ("[4]", "not a JSON object"),
    ]


def test_halves_of_surrogate_pairs_become_characters_that_can_be_stored() -> None:
    assert parse('{"a": "\\ud835 \\ud835\\udd38"}') == {"a": "\ufffd 𝔸"}
    (record,) = document_records(source(b'[{"a": "\\ud835"}]'), "")
    assert values([record]) == [{"a": "\ufffd"}]


def test_a_reason_that_a_format_gives_is_kept_with_the_record() -> None:
    def convert(record: JsonRecord) -> Any:
        if "title" not in record.value:
            raise ValueError("no title")
        yield Paper(record.value["title"])

    records: list[Record] = list(read_records(source(b'[{"title": "A"}, {"name": "B"}]'), convert))
    assert records == [Paper("A"), Skipped("x", "[1]", "no title", '{"name": "B"}')]
