"""RIS: the exchange format of reference managers, a tag a line, a record from `TY` to `ER`."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..papers import Record, Skipped
from . import fields
from .inputs import Input
from .json_records import JsonRecord
from .people import forwards

_TAGGED = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*))?\Z")
TITLES = ("TI", "T1", "CT")
VENUES = ("JO", "JF", "T2", "BT", "JA", "J2", "PB")
AUTHORS = ("AU", "A1")
ADDRESSES = ("UR", "L1", "L2", "LK", "AN")


@dataclass(slots=True)
class _Record:
    """The values of one record by tag, each as its lines."""

    line: int
    values: dict[str, list[list[str]]] = field(default_factory=lambda: defaultdict(list))
    last: list[str] = field(default_factory=list)

    def add(self, tag: str, value: str) -> None:
        """Take a tagged line."""
        self.last = [value]
        self.values[tag].append(self.last)

    def extend(self, text: str) -> None:
        """Take a line without a tag, which continues the value before it."""
        self.last.append(text)

    def all(self, tags: Iterable[str]) -> list[str]:
        """All values of some tags."""
        values = (" ".join(map(str.strip, lines)).strip() for tag in tags for lines in self.values.get(tag, ()))
        return [value for value in values if value]

    def first(self, tags: Iterable[str]) -> str:
        """The first value of any of some tags."""
        return next(iter(self.all(tags)), "")


def read_ris(source: Input) -> Iterator[Record]:
    """Yield the papers of a file of references, which may be older than UTF-8."""
    record: _Record | None = None
    for number, line in source.lines(legacy=True):
        match = _TAGGED.match(line.strip("\ufeff \t"))
        tag, value = (match[1], match[2] or "") if match else ("", line)
        if tag == "TY":
            yield from _cut_off(record, source)
            record = _Record(number)
        if record is None:
            if value.strip():
                yield Skipped(source.name, str(number), "outside of a record, which begins with TY", line[:200])
        elif tag == "ER":
            yield from _paper(record, source)
            record = None
        elif tag:
            record.add(tag, value)
        elif value.strip():
            record.extend(value)
    yield from _cut_off(record, source)


def _cut_off(record: _Record | None, source: Input) -> Iterator[Record]:
    """The paper of a record that breaks off, with a word on that."""
    if record is not None:
        yield from _paper(record, source)
        yield Skipped(source.name, str(record.line), "the record has no end (ER), so the last of it may be missing")


def _paper(record: _Record, source: Input) -> Iterator[Record]:
    day = record.first(("DA", "PY", "Y1"))
    try:
        yield from fields.paper(
            JsonRecord({}, source.name, str(record.line)),
            record.first(TITLES),
            record.first(("AB", "N2")),
            year=fields.year_within(record.first(("PY", "Y1", "DA"))),
            date=_date(day),
            venue=fields.text(record.first(VENUES)) or None,
            authors=fields.names([forwards(name) for name in record.all(AUTHORS)]),
            identifiers=fields.identifiers(*_identifiers(record)),
            metadata=[("type", record.first(("TY",))), ("keywords", "; ".join(record.all(("KW",))))],
        )
    except ValueError as error:
        yield Skipped(source.name, str(record.line), str(error), " ".join(record.all(record.values))[:200])


def _date(value: str) -> str | None:
    """A day written `2017/06/12/`, a month written `2017/06`; nothing where there is but a year."""
    year, _, rest = value.partition("/")
    if not rest:
        return None
    return fields.date("-".join([year, *(part.zfill(2) for part in rest.split("/")[:2] if part.isdigit())]))


def _identifiers(record: _Record) -> list[str]:
    dois = [f"doi:{doi.removeprefix('https://doi.org/')}" for doi in record.all(("DO",))]
    return [*dois, *record.all(ADDRESSES)]
