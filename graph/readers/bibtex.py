"""BibTeX: entries with macros, and with fields that they inherit from the volume they stand in."""

import re
from collections.abc import Iterator

from pybtex.bibtex.utils import split_name_list
from pybtex.database import InvalidNameString, Person

from ..papers import Record, Skipped
from ..tex import ungroup
from . import fields
from .bibliography import VOLUMES, Bibliography, Entry, read_entries
from .inputs import Input
from .json_records import JsonRecord
from .options import Options

_VENUES = ("booktitle", "journal", "journaltitle", "publisher", "institution", "school", "howpublished")
_ADDRESSES = ("url", "ee", "link", "pdf", "linkpdf", "bdsk-url-1", "biburl")
_ARXIV_VENUE = re.compile(r"(?:arxiv:\s*|\Aabs/)([\w.\-/]+)", re.IGNORECASE)


def read_bibtex(source: Input, options: Options) -> Iterator[Record]:
    """Yield the papers of a file, which may be older than UTF-8.

    An entry whose volume may still follow waits for the end of the file.
    """
    bibliography = options.bibliography
    waiting: list[Entry] = []
    for item in read_entries(source, bibliography):
        if isinstance(item, Skipped):
            yield item
            continue
        bibliography.add(item)
        if item.type in VOLUMES:
            yield Skipped(source.name, str(item.line), f"a volume ({item.type}), not a paper", item.key)
        elif _lacks_volume(item, bibliography):
            waiting.append(item)
        else:
            yield from _paper(item, bibliography, source.name)
    for entry in waiting:
        if _lacks_volume(entry, bibliography):
            what = f"crossref: no entry {entry.fields['crossref'].strip()}, so nothing is inherited from it"
            yield Skipped(source.name, str(entry.line), what, entry.key)
        yield from _paper(entry, bibliography, source.name)


def _lacks_volume(entry: Entry, bibliography: Bibliography) -> bool:
    key = entry.fields.get("crossref", "").strip().lower()
    return bool(key) and key not in bibliography.volumes


def _paper(entry: Entry, bibliography: Bibliography, source: str) -> Iterator[Record]:
    given = bibliography.inherited(entry)
    try:
        yield from fields.paper(
            JsonRecord({}, source, str(entry.line)),
            ungroup(given.get("title", "")),
            ungroup(given.get("abstract", "")),
            year=fields.year_within(given.get("year", "") or given.get("date", "")),
            date=fields.date(given.get("date")),
            venue=_venue(given),
            authors=fields.names([_spoken(name) for name in _names(given.get("author", ""))]),
            identifiers=fields.identifiers(*_identifiers(given)),
            metadata=[("key", entry.key), ("type", entry.type), ("keywords", given.get("keywords"))],
        )
    except ValueError as error:
        yield Skipped(source, str(entry.line), str(error), entry.key)


def _venue(given: dict[str, str]) -> str | None:
    return next((text for name in _VENUES if (text := fields.text(ungroup(given.get(name, ""))))), None)


def _names(authors: str) -> list[str]:
    return [name for name in split_name_list(" ".join(authors.split())) if name.strip() not in ("", "others")]


def _spoken(name: str) -> str:
    """A name as it is spoken, whichever way round BibTeX has it."""
    try:
        person = Person(name)
    except InvalidNameString:
        return ungroup(name)
    parts = (person.first_names, person.middle_names, person.prelast_names, person.last_names, person.lineage_names)
    return ungroup(" ".join(word for part in parts for word in part))


def _identifiers(given: dict[str, str]) -> Iterator[str]:
    """What the fields for identifiers hold, and the arXiv number in place of a journal's name."""
    for name, scheme in (("doi", "doi"), ("pmid", "pmid"), ("pmcid", "pmc"), ("arxivid", "arxiv"), ("arxiv", "arxiv")):
        if value := given.get(name, "").strip():
            yield value if "://" in value else f"{scheme}:{value}"
    if eprint := given.get("eprint", "").strip():
        archive = given.get("archiveprefix", given.get("eprinttype", "arxiv")).lower()
        yield f"arxiv:{eprint}" if archive == "arxiv" and not eprint.startswith("http") else eprint
    for name in ("journal", "journaltitle", "howpublished", "volume"):
        if match := _ARXIV_VENUE.search(given.get(name, "")):
            yield f"arxiv:{match[1]}"
    yield from (ungroup(given.get(name, "")).replace("\\", "") for name in _ADDRESSES)
