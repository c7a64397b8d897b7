"""Beginnings of inputs: what the first bytes show, for telling the formats apart before anything is read."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

RECORD_LISTS = ("papers", "results", "items", "data", "works", "records")
"""Fields of a document under which its records stand."""

_DECODER = json.JSONDecoder()
_BLANKS = re.compile(r"[ \t\r\n]*")
_KEY = re.compile(r'[ \t\r\n]*("(?:[^"\\\n]|\\.)*")[ \t\r\n]*:[ \t\r\n]*')
_NEXT = re.compile(r"[ \t\r\n]*,")
_LIST = re.compile(r"\[\s*[{\]]")
_SEPARATORS = re.compile(r"[\t;,]")


@dataclass(frozen=True)
class Beginning:
    """The beginning of an input as text."""

    text: str

    @cached_property
    def is_json(self) -> bool:
        """Whether it begins as a JSON object or an array of objects does."""
        return re.match(r"\s*(?:\{|\[\s*(?:[{\]]|null))", self.text) is not None

    @cached_property
    def list_name(self) -> str | None:
        """The field of a JSON document under which its records stand; empty where it is a list itself."""
        if re.match(r"\s*\[", self.text):
            return ""
        lists = (key for key, at in self._fields() if key in RECORD_LISTS and _LIST.match(self.text, at))
        return next(lists, None)

    @cached_property
    def document(self) -> frozenset[str]:
        """The fields of the first JSON object, as far as the beginning goes."""
        return frozenset(key for key, _ in self._fields())

    @cached_property
    def record(self) -> frozenset[str]:
        """The fields of the first JSON record: in the document's list, else the document itself."""
        if self.list_name is None:
            return self.document
        at = next((at for key, at in self._fields() if key == self.list_name), _after(_BLANKS, self.text, 0))
        return frozenset(key for key, _ in _fields(self.text, _after(_BLANKS, self.text, at + 1)))

    @cached_property
    def is_lines(self) -> bool:
        """Whether JSON stands one record a line, not as one document over all lines."""
        return self.list_name is None and re.match(r"\s*\{[ \t]*\r?\n", self.text) is None

    @cached_property
    def columns(self) -> frozenset[str]:
        """The names in the first line of a table, in small letters."""
        return frozenset(name.strip().strip('"').lower() for name in _SEPARATORS.split(self.first_line))

    @cached_property
    def first_line(self) -> str:
        """The first line that is neither blank nor a comment."""
        return next((line for line in self.text.splitlines() if line.strip() and not line.startswith("#")), "")

    def _fields(self) -> Iterator[tuple[str, int]]:
        return _fields(self.text, _after(_BLANKS, self.text, 0))


def _fields(text: str, at: int) -> Iterator[tuple[str, int]]:
    """The names of a JSON object's fields and where their values begin, until it ends or the text breaks off."""
    if text[at : at + 1] != "{":
        return
    at += 1
    while match := _KEY.match(text, at):
        try:
            yield json.loads(match[1]), match.end()
            _, end = _DECODER.raw_decode(text, match.end())
        except (ValueError, RecursionError):
            return
        at = _after(_NEXT, text, end)


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else len(text)
