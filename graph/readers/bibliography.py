"""Bibliographies: what BibTeX files define for each other, macros and the volumes that entries inherit from."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.exceptions import PybtexError

from ..papers import InputError, Skipped
from .inputs import Input

Fields = dict[str, str]
VOLUMES = frozenset({"proceedings", "collection", "periodical", "mvbook", "mvproceedings", "mvcollection"})
"""Types of entries that hold other papers, and are none."""
_INHERITED = ("booktitle", "title", "year", "date", "month", "journal", "publisher", "series", "language")
_COMMAND = re.compile(r"\s*@\s*\w+\s*[{(]")
_MACRO = re.compile(r"\s*@\s*string\s*[{(]", re.IGNORECASE)
_IN_LINE = re.compile(r" in line \d+")
_QUOTED = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it stands in a file, its macros replaced."""

    line: int
    type: str
    key: str
    fields: Fields


@dataclass(slots=True)
class Bibliography:
    """Macros, and entries that others inherit from, of files read together; what comes first stays."""

    macros: dict[str, str] = field(default_factory=dict)
    volumes: dict[str, Fields] = field(default_factory=dict)

    def gather_macros(self, source: Input) -> None:
        """Take the macros of a file."""
        for _ in _read(source, self, _MACRO):
            pass

    def gather_volumes(self, source: Input) -> None:
        """Take the entries of a file that others inherit from."""
        for item in read_entries(source, self):
            if isinstance(item, Entry):
                self.add(item)

    def add(self, entry: Entry) -> None:
        """Take an entry that others can inherit from; any other is left."""
        if entry.type in VOLUMES or "book" in entry.type:
            self.volumes.setdefault(entry.key.lower(), entry.fields)

    def inherited(self, entry: Entry) -> Fields:
        """An entry's fields with those that it has from the entry of its `crossref`; its own come first."""
        parent = self.volumes.get(entry.fields.get("crossref", "").strip().lower(), {})
        from_parent = {name: parent[name] for name in _INHERITED if name in parent}
        title = from_parent.pop("title", "")
        from_parent.setdefault("booktitle", title)
        return {**from_parent, **entry.fields} if parent else entry.fields


def files_beside(arguments: Iterable[str]) -> Iterator[Input]:
    """The BibTeX files among the arguments of a command, and in the directories among them, sorted."""
    for argument in sorted(arguments):
        path = Path(argument)
        found = sorted(path.rglob("*.bib")) if path.is_dir() else [path] if path.suffix == ".bib" else []
        yield from (Input(str(each), each) for each in found if each.is_file())


def gather(arguments: Iterable[str]) -> Bibliography:
    """What the BibTeX files among some arguments define for each other; one that cannot be read defines nothing."""
    bibliography = Bibliography()
    sources = list(files_beside(arguments))
    for take in (bibliography.gather_macros, bibliography.gather_volumes):
        for source in sources:
            with suppress(InputError):
                take(source)
    return bibliography


class _Macros(dict[str, str]):
    """Macros by name, whose letters' case is all one; one that is not defined stands for its own name."""

    def __init__(self, *others: Mapping[str, str]) -> None:
        super().__init__()
        self.undefined: dict[str, None] = {}
        for other in others:
            for name, text in other.items():
                self[name] = text

    def __setitem__(self, name: str, text: str) -> None:
        super().__setitem__(name.lower(), text)

    def __getitem__(self, name: str) -> str:
        if name.lower() not in self:
            self.undefined[name] = None
        return self.get(name.lower(), name)


def read_entries(source: Input, bibliography: Bibliography) -> Iterator[Entry | Skipped]:
    """Yield the entries of a file in their order; a broken one costs only itself.

    The file's own macros go before those of others, and become part of the bibliography.
    """
    return _read(source, bibliography, _COMMAND)


def _read(source: Input, bibliography: Bibliography, command: re.Pattern[str]) -> Iterator[Entry | Skipped]:
    """What the commands of a kind in a file give."""
    macros = _Macros(month_names, bibliography.macros)
    undefined_before = 0
    for line, text in _commands(source):
        if not command.match(text):
            continue
        yield from _parsed(line, text, macros, source.name)
        new = list(macros.undefined)[undefined_before:]
        undefined_before = len(macros.undefined)
        for name in new:
            yield Skipped(source.name, str(line), f"macro {name} is not defined; its name stands for it")
    for name, value in macros.items():
        bibliography.macros.setdefault(name, value)


def _commands(source: Input) -> Iterator[tuple[int, str]]:
    """The text from each line that begins with a command to the next, with its first line's number."""
    lines: list[str] = []
    first = 0
    for number, line in source.lines(legacy=True):
        if _COMMAND.match(line):
            if lines:
                yield first, "\n".join(lines)
            lines, first = [], number
        if first:
            lines.append(line)
    if lines:
        yield first, "\n".join(lines)


def _parsed(line: int, text: str, macros: _Macros, source: str) -> Iterator[Entry | Skipped]:
    """The entries of one stretch of text, as a rule one."""
    errors: list[PybtexError] = []
    for name, content in LowLevelParser(text, macros=macros, handle_error=errors.append):
        if not errors and name.lower() not in ("string", "preamble"):
            key, pairs = content
            yield Entry(line, name.lower(), key, _first_of_each(pairs))
        yield from (_broken(source, line, error, text) for error in errors)
        errors.clear()
    yield from (_broken(source, line, error, text) for error in errors)


def _first_of_each(pairs: Iterable[tuple[str, list[str]]]) -> Fields:
    found: Fields = {}
    for name, parts in pairs:
        found.setdefault(name.lower(), "".join(parts))
    return found


def _broken(source: str, line: int, error: PybtexError, text: str) -> Skipped:
    return Skipped(source, str(line), f"broken entry: {_IN_LINE.sub('', str(error))}", text[:_QUOTED])
