"""The vocabulary's TOML files: reading entries with their places, writing them canonically."""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from .classes import ConceptClass
from .concepts import Concept, Introduction

HEADER = re.compile(r"^\[([^\[\]]+)\]\s*(?:#.*)?$")


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong in a file, where, and what to do about it."""

    file: str
    line: int
    problem: str
    advice: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.problem}; {self.advice}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A concept with the place it is written at."""

    concept: Concept
    file: str
    line: int


def vocabulary_files(folder: Path) -> list[Path]:
    """The files of a vocabulary, one folder a class, in a stable order."""
    return sorted(path for known in ConceptClass for path in (folder / known).glob("*.toml"))


def read_entries(path: Path) -> tuple[list[Entry], list[Fault]]:
    """The concepts of one file, and every fault that kept one from being read."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8").replace("\r\n", "\n")
        tables = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return [], [Fault(str(path), line, "not UTF-8", "save the file as UTF-8; nothing of it is read")]
    except tomllib.TOMLDecodeError as error:
        return [], [_syntax_fault(path, error, text)]
    lines = _header_lines(text)
    entries: list[Entry] = []
    faults: list[Fault] = []
    for name, table in tables.items():
        line = lines.get(name, 1)
        try:
            entries.append(Entry(_concept(name, table, path.parent.name), str(path), line))
        except ValidationError as error:
            faults += _entry_faults(error, path, line, text)
        except TypeError:
            faults.append(Fault(str(path), line, f"{name} is no table", f"write it as [{name}]"))
    return entries, faults


def _concept(name: str, table: Mapping[str, object], folder: str) -> Concept:
    return Concept.model_validate({**table, "id": name, "concept_class": folder})


def _header_lines(text: str) -> dict[str, int]:
    """The line of every table's header; a dotted name counts for its first part, which TOML makes the table."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if match := HEADER.match(line):
            name = match[1].strip()
            found.setdefault(name.strip('"') if name.startswith('"') else name.partition(".")[0], number)
    return found


def _syntax_fault(path: Path, error: tomllib.TOMLDecodeError, text: str) -> Fault:
    place = re.search(r"line (\d+)", str(error))
    line = int(place[1]) if place else text.rstrip("\n").count("\n") + 1
    what = str(error).split(" (at")[0]
    return Fault(str(path), line, what, "mend the TOML; nothing of this file is read")


def _entry_faults(error: ValidationError, path: Path, line: int, text: str) -> Iterator[Fault]:
    for detail in error.errors(include_url=False):
        field = str(detail["loc"][0]) if detail["loc"] else "entry"
        problem = f"{field}: {detail['msg'].lower()}"
        at = line if field in ("id", "entry") else _field_line(text, line, field)
        yield Fault(str(path), at, problem, "see ontology/data/README.md for what the field holds")


def _field_line(text: str, header: int, field: str) -> int:
    """The line of a field in the entry that begins at line *header*; the header's where it has none."""
    for number, line in enumerate(text.split("\n")[header:], start=header + 1):
        if HEADER.match(line):
            break
        if re.match(rf"{re.escape(field)}\s*=", line):
            return number
    return header


def write_entries(concepts: Iterable[Concept], path: Path) -> None:
    """Write concepts canonically: sorted by id, fields in the order of the record, defaults left out."""
    ordered = sorted(concepts, key=lambda concept: concept.id)
    path.write_text("\n".join(map(entry_text, ordered)), encoding="utf-8")


def entry_text(concept: Concept) -> str:
    """One concept as its TOML table."""
    lines = [f"[{concept.id}]"]
    for field, info in Concept.model_fields.items():
        value = getattr(concept, field)
        default = None if info.is_required() else info.get_default(call_default_factory=True)
        if field in ("id", "concept_class") or value == default:
            continue
        lines.append(f"{field} = {_toml(value)}")
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    if isinstance(value, Introduction):
        value = value.model_dump(exclude_none=True)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value) if value.is_integer() and value < 1e15 else value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_toml_key(key)} = {_toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return _toml_text(str(value))


def _toml_text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _toml_key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _toml_text(key)
