"""Paperlists: the papers of one conference and year, accepted and rejected, in one list."""

import re
from collections.abc import Iterator
from typing import Any

from ..papers import Record
from . import fields
from .inputs import Input
from .json_records import JsonRecord, read_records

_YEAR = re.compile(r"\byear\s*=\s*[{\"]?(\d{4})")
_BOOKTITLE = re.compile(r"\bbooktitle\s*=\s*[{\"]([^\"}\n]+)")


def read_paperlists(source: Input) -> Iterator[Record]:
    """Yield the papers of a list."""
    return read_records(source, _paper)


def _paper(record: JsonRecord) -> Iterator[Record]:
    value = record.value
    entry = fields.raw(value.get("bibtex"))
    yield from fields.paper(
        record,
        value.get("title"),
        value.get("abstract"),
        year=fields.year(_first(_YEAR, entry)),
        venue=fields.text(_first(_BOOKTITLE, entry)) or None,
        authors=fields.names(fields.raw(value.get("author")).split(";")),
        identifiers=fields.identifiers(*(fields.raw(value.get(name)) for name in ("id", "site", "pdf"))),
        metadata=[
            ("status", value.get("status")),
            ("keywords", value.get("keywords")),
            ("tldr", value.get("tldr")),
            ("citations", _count(value.get("gs_citation"))),
        ],
    )


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[1] if match else ""


def _count(value: Any) -> int | None:
    """A count of citations; -1 stands for none that is known."""
    return value if isinstance(value, int) and value >= 0 else None
