"""arXiv's answers as Atom feeds: an entry for each paper."""

from collections.abc import Iterator

from ..papers import Record, Skipped
from . import fields
from .inputs import Input
from .json_records import JsonRecord
from .xml_elements import Element, flat, forget, read_elements


def read_arxiv_atom(source: Input) -> Iterator[Record]:
    """Yield the papers of a feed; an entry that is an error's message is skipped with its words."""
    for item in read_elements(source, "{*}entry"):
        if isinstance(item, Skipped):
            yield item
        elif item[0] == "end":
            yield from _entry(item[1], source.name)
            forget(item[1])


def _entry(entry: Element, source: str) -> Iterator[Record]:
    record = JsonRecord({}, source, str(entry.sourceline))
    address = _text(entry, "id")
    if "/api/errors" in address:
        yield Skipped(source, record.position, f"an error of arXiv: {_text(entry, 'summary')}", address)
        return
    published = _text(entry, "published")
    try:
        yield from fields.paper(
            record,
            _text(entry, "title"),
            _text(entry, "summary"),
            year=fields.year(published),
            date=fields.date(published),
            venue=fields.text(_text(entry, "journal_ref")) or None,
            authors=fields.names([_text(author, "name") for author in entry.iterfind("{*}author")]),
            identifiers=fields.identifiers(address, *_dois(entry)),
            metadata=[("categories", " ".join(_categories(entry))), ("comments", _text(entry, "comment"))],
        )
    except ValueError as error:
        yield Skipped(source, record.position, str(error), address)


def _text(element: Element, name: str) -> str:
    return flat(element.find(f"{{*}}{name}")).strip()


def _dois(entry: Element) -> list[str]:
    return [f"doi:{doi}" for doi in _text(entry, "doi").split()]


def _categories(entry: Element) -> Iterator[str]:
    yield from (category.get("term", "") for category in entry.iterfind("{*}category"))
