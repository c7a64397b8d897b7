"""Fields of records as dumps write them: texts, years, names and identifiers, whatever is found in their place."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from ..identifiers import in_order, parse_identifier
from ..papers import Paper, Record, Reference, Skipped
from ..repair import Abstract, repair, repair_abstract
from .json_records import QUOTED, JsonRecord

CATALOGUES = {
    "doi": "doi", "arxiv": "arxiv", "acl": "acl", "pubmed": "pmid", "pmid": "pmid", "pubmedcentral": "pmc",
    "pmcid": "pmc", "mag": "mag", "dblp": "dblp", "corpusid": "corpusid", "openalex": "openalex",
}  # fmt: skip
"""The schemes of identifiers by the names that dumps give them, in small letters."""

YEARS = range(1500, 2201)
_FOUR_DIGITS = re.compile(r"\d{4}")


def mapping(value: Any) -> Mapping[str, Any]:
    """A JSON object; an empty one for anything else."""
    return value if isinstance(value, Mapping) else {}


def sequence(value: Any) -> Sequence[Any]:
    """A JSON array; an empty one for anything else."""
    return value if isinstance(value, list) else ()


def raw(value: Any) -> str:
    """A text or number as it stands; of a list its first; empty for anything else."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return next((text for item in value if (text := raw(item))), "")
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def text(value: Any) -> str:
    """A text, repaired; of a list its first."""
    return repair(raw(value))


def year(value: Any) -> int | None:
    """The year that a number or a text begins with, where papers can be of it."""
    match = _FOUR_DIGITS.match(raw(value))
    return int(match[0]) if match and int(match[0]) in YEARS else None


def year_within(text: str) -> int | None:
    """The first year in a text: `2017.0`, `12/06/2017`, `in press, 2017`."""
    found = (year(match[0]) for match in re.finditer(r"(?<!\d)\d{4}(?!\d)", text))
    return next((each for each in found if each), None)


def date(value: Any) -> str | None:
    """A day as `2017-06-12`, out of a time that begins with it."""
    match = re.match(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?!\d)", raw(value))
    return match[0] if match and int(match[0][:4]) in YEARS else None


def names(values: Any, *parts: str) -> tuple[str, ...]:
    """The names of a list of texts, or of objects whose fields *parts* make up a name."""
    found = (" ".join(raw(mapping(value).get(part)) for part in parts) if parts else raw(value) for value in values)
    return tuple(name for name in map(_repair_name, found) if name)


_repair_name = lru_cache(maxsize=2**16)(repair)
"""Repair that remembers: the same people write many papers."""


def identifiers(*written: str) -> tuple[str, ...]:
    """The identifiers that some texts hold, the strongest first."""
    found = (parse_identifier(text) for text in written if text)
    return in_order({identifier for identifier in found if identifier})


def catalogued(value: Any) -> tuple[str, ...]:
    """The identifiers of an object that gives them by catalogue: `{"DOI": …, "ArXiv": …}`."""
    pairs = ((CATALOGUES.get(name.lower()), raw(number)) for name, number in mapping(value).items())
    return identifiers(*(_schemed(scheme, number) for scheme, number in pairs if scheme and number))


def _schemed(scheme: str, number: str) -> str:
    """A catalogue's number with its scheme, unless it is an address already."""
    return number if number.startswith("http") else f"{scheme}:{number}"


def cited(*written: str) -> Iterator[Reference]:
    """References by identifier, each once."""
    for identifier in dict.fromkeys(parse_identifier(text) for text in written):
        if identifier:
            yield Reference(identifier)


def paper(
    record: JsonRecord,
    title: Any,
    abstract: Any = None,
    references: Iterable[Reference] = (),
    metadata: Iterable[tuple[str, Any]] = (),
    **others: Any,
) -> Iterator[Record]:
    """Yield a record's paper with repaired texts, and what of the record says nothing.

    Raises `ValueError` where there is no title.
    """
    repaired = text(title)
    if not repaired:
        raise ValueError("no title")
    listed = list(references)
    found = repair_abstract(raw(abstract))
    yield Paper(
        repaired,
        found.text,
        references=tuple(dict.fromkeys(filter(_names_a_work, listed))),
        metadata=tuple((name, value) for name, given in metadata if (value := text(given))),
        source=record.source,
        position=record.position,
        **others,
    )
    yield from _refused(record, found, abstract)
    if empty := sum(not _names_a_work(each) for each in listed):
        yield Skipped(record.source, record.position, f"references: {empty} of {len(listed)} name no work")


def part(record: JsonRecord, abstract: Any, known: tuple[str, ...]) -> Iterator[Record]:
    """Yield a paper without title that brings an abstract to the records of the same identifiers."""
    found = repair_abstract(raw(abstract))
    yield Paper("", found.text, identifiers=known, source=record.source, position=record.position)
    yield from _refused(record, found, abstract)


def _refused(record: JsonRecord, found: Abstract, abstract: Any) -> Iterator[Skipped]:
    if found.refused:
        yield Skipped(record.source, record.position, f"abstract: {found.refused}", raw(abstract)[:QUOTED])


def _names_a_work(reference: Reference) -> bool:
    return bool(reference.identifier or reference.title)
