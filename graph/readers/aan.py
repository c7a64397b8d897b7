"""The metadata of the ACL Anthology Network: blocks of `name = {value}` lines, a blank line between two papers."""

import re
from collections.abc import Iterator, Mapping

from ..papers import Record, Skipped
from . import fields
from .inputs import Input
from .json_records import JsonRecord
from .people import forwards

_FIELD = re.compile(r"\s*([a-z]+) = \{(.*)\}\s*\Z")
_NAME = re.compile(r"(?:&#?\w{1,10};|[^;])+")
"""A name of a list, whose semicolons also end entities, misspelled ones too."""


def read_aan(source: Input) -> Iterator[Record]:
    """Yield the papers of a file of metadata, which may be older than UTF-8."""
    for line, block in _blocks(source):
        given = {match[1]: match[2] for match in map(_FIELD.match, block) if match}
        text = " ".join(block)[:200]
        if len(given) < len(block):
            yield Skipped(source.name, str(line), "a line that is not `name = {value}`", text)
            continue
        try:
            yield from _paper(given, JsonRecord(given, source.name, str(line)))
        except ValueError as error:
            yield Skipped(source.name, str(line), str(error), text)


def _blocks(source: Input) -> Iterator[tuple[int, list[str]]]:
    """The lines between blank lines, with the number of the first."""
    block: list[str] = []
    number = 0
    for number, line in source.lines(legacy=True):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []
    if block:
        yield number - len(block) + 1, block


def _paper(given: Mapping[str, str], record: JsonRecord) -> Iterator[Record]:
    yield from fields.paper(
        record,
        given.get("title"),
        year=fields.year(given.get("year")),
        venue=fields.text(given.get("venue")) or None,
        authors=fields.names([forwards(name) for name in _NAME.findall(given.get("author", ""))]),
        identifiers=fields.identifiers(f"acl:{given.get('id', '')}"),
    )
