"""JSON of any size, record by record: a line each, or the elements of a document's list, never the whole in memory."""

import codecs
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from ..papers import InputError, Record, Skipped
from .beginnings import Beginning
from .inputs import Input

RECORD_LIMIT = 64 * 2**20
"""Characters that one JSON value may have."""
CHUNK = 2**20
QUOTED = 200
"""Characters of a bad record that are kept with the reason."""

_DECODER = json.JSONDecoder()
_BLANKS = re.compile(r"[ \t\r\n]*")
_HALVES = re.compile("[\ud800-\udfff]")
_NEAR_END = 16
"""An error this near to the end of what was read may be due to the break there."""


@dataclass(frozen=True, slots=True)
class JsonRecord:
    """One record of a JSON input, with what the document says beside the list it stands in."""

    value: Mapping[str, Any]
    source: str
    position: str
    """A line's number, or the path of a list's element as jq writes it: `papers[3]`."""
    document: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    """The beginning of a line as it stands."""


Convert = Callable[[JsonRecord], Iterator[Record]]
"""What a format makes of a record; it raises `ValueError` with the reason where it can make nothing."""


def read_records(source: Input, convert: Convert) -> Iterator[Record]:
    """Yield what *convert* makes of each record of JSON Lines or of a document, as the beginning shows."""
    beginning = Beginning(source.head())
    records = line_records(source) if beginning.is_lines else document_records(source, beginning.list_name)
    return convert_records(records, convert)


def convert_records(records: Iterable[JsonRecord | Skipped], convert: Convert) -> Iterator[Record]:
    """Yield what *convert* makes of each record, and a reason for each that cannot be read."""
    for record in records:
        if isinstance(record, Skipped):
            yield record
            continue
        try:
            yield from convert(record)
        except ValueError as error:
            yield Skipped(record.source, record.position, str(error), record.text or _quoted(record.value))


def _quoted(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)[:QUOTED]


def parse(text: str) -> Any:
    """A text's JSON, without the lone halves of surrogate pairs, which no UTF-8 can hold. Raises `ValueError`."""
    try:
        return _whole(json.loads(text), text, 0, len(text))
    except RecursionError:
        raise ValueError("nested too deeply") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON at column {error.colno}: {error.msg}") from None


def _whole(value: Any, text: str, start: int, end: int) -> Any:
    """A value parsed from a part of a text, without lone halves of pairs."""
    if text.find("\\ud", start, end) >= 0 or text.find("\\uD", start, end) >= 0:
        return json.loads(_HALVES.sub("\ufffd", json.dumps(value, ensure_ascii=False)))
    return value


def line_records(source: Input) -> Iterator[JsonRecord | Skipped]:
    """Yield the records of JSON Lines; a line that is none is skipped."""
    for number, line in source.lines():
        if not line.strip():
            continue
        try:
            value = parse(line)
        except ValueError as error:
            yield Skipped(source.name, str(number), str(error), line[:QUOTED])
        else:
            yield _record(value, source.name, str(number), {}, line[:QUOTED])


def _record(
    value: Any, source: str, position: str, document: Mapping[str, Any], text: str = ""
) -> JsonRecord | Skipped:
    if isinstance(value, Mapping):
        return JsonRecord(value, source, position, document, text)
    return Skipped(source, position, "not a JSON object", text or _quoted(value))


def document_records(source: Input, list_name: str | None) -> Iterator[JsonRecord | Skipped]:
    """Yield the records of one document, or of several that follow each other, in the lists of a name.

    An empty name stands for documents that are lists themselves, none for documents that are one record.
    """
    with source.open() as handle:
        text = _Text(handle, source.name)
        number = 0
        while text.next():
            place = f"[{number}]" if number else ""
            number += 1
            try:
                yield from _of_document(text, source.name, list_name, place)
            except _BrokenError as error:
                yield Skipped(source.name, error.position, f"{error}; nothing after it was read", text.rest(QUOTED))
                return


def _of_document(text: "_Text", source: str, list_name: str | None, place: str) -> Iterator[JsonRecord | Skipped]:
    if list_name == "":
        yield from _elements(text, source, place, {})
    elif list_name is None:
        yield _record(text.value(place or "."), source, place or ".", {})
    else:
        yield from _listed(text, source, list_name, place)


def _listed(text: "_Text", source: str, list_name: str, place: str) -> Iterator[JsonRecord | Skipped]:
    """The elements of one field's list; the fields before it go along with each."""
    document: dict[str, Any] = {}
    path = f"{place}." if place else ""
    text.take("{", place or ".")
    while text.next() not in "}":
        name = text.value(place or ".")
        text.take(":", f"{path}{name}")
        if name == list_name and text.next() == "[":
            yield from _elements(text, source, f"{path}{name}", document)
        else:
            document[str(name)] = text.value(f"{path}{name}")
        if text.next() != "}":
            text.take(",", f"{path}{name}")
    text.take("}", place or ".")


def _elements(text: "_Text", source: str, place: str, document: Mapping[str, Any]) -> Iterator[JsonRecord | Skipped]:
    text.take("[", place or ".")
    number = 0
    while text.next() not in "]":
        position = f"{place}[{number}]"
        yield _record(text.value(position), source, position, document)
        number += 1
        if text.next() != "]":
            text.take(",", position)
    text.take("]", f"{place}[{number}]")


class _BrokenError(ValueError):
    """A document that is no JSON from some place on."""

    def __init__(self, position: str, problem: str) -> None:
        super().__init__(problem)
        self.position = position


class _Text:
    """The text of a stream, of which only the part in hand is in memory, and the place reached in it."""

    def __init__(self, handle: BinaryIO, name: str) -> None:
        self._handle, self._name = handle, name
        self._decode = codecs.getincrementaldecoder("utf-8-sig")().decode
        self._text, self._at, self._ended, self._read = "", 0, False, 0

    def next(self) -> str:
        """The next character that is no blank, which stays; empty at the end."""
        while True:
            match = _BLANKS.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._text) or self._ended:
                return self._text[self._at : self._at + 1]
            self._more(CHUNK)

    def take(self, character: str, position: str) -> None:
        """Step over a character. Raises `_BrokenError` where another stands."""
        found = self.next()
        if found != character:
            what = f"not JSON: {found!r} stands for {character!r}" if found else "it breaks off here"
            raise _BrokenError(position, what)
        self._at += 1

    def value(self, position: str) -> Any:
        """The next value, as much being read as it needs. Raises `_BrokenError`."""
        self.next()
        size = CHUNK
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except RecursionError:
                raise _BrokenError(position, "nested too deeply") from None
            except ValueError as error:
                if self._ended or not self._may_break_off(error):
                    raise _BrokenError(position, self._reason(error)) from None
            else:
                if end < len(self._text) or self._ended:
                    value = _whole(value, self._text, self._at, end)
                    self._at = end
                    return value
            self._limit(position)
            self._more(size)
            size *= 2

    def rest(self, size: int) -> str:
        """What comes next, for telling where it went wrong."""
        return self._text[self._at : self._at + size]

    def _may_break_off(self, error: ValueError) -> bool:
        if not isinstance(error, json.JSONDecodeError):
            return False
        return error.msg.startswith("Unterminated") or len(self._text) - error.pos < _NEAR_END

    def _reason(self, error: ValueError) -> str:
        if not isinstance(error, json.JSONDecodeError):
            return f"not JSON: {error}"
        cut = error.msg.startswith("Unterminated") or error.pos >= len(self._text.rstrip())
        return "it breaks off here" if cut else f"not JSON: {error.msg}"

    def _limit(self, position: str) -> None:
        if len(self._text) - self._at > RECORD_LIMIT:
            raise _BrokenError(position, f"more than {RECORD_LIMIT // 2**20} MB in one record")

    def _more(self, size: int) -> None:
        data = self._handle.read(size)
        self._ended = not data
        try:
            text = self._decode(data, self._ended)
        except UnicodeDecodeError as error:
            place = self._read + error.start + 1
            problem, advice = f"not UTF-8 near byte {place}", "convert it, such as with: iconv -f WINDOWS-1252 -t UTF-8"
            raise InputError(self._name, problem, f"{advice} {self._name}") from error
        self._read += len(data)
        self._text, self._at = self._text[self._at :] + text, 0
