"""The ACL Anthology: collections of volumes of papers as XML."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..papers import Record, Skipped
from . import fields
from .inputs import Input
from .json_records import JsonRecord
from .xml_elements import Element, flat, forget, read_elements

_NUMBERED_BY_TWO = ("W", "C69")
"""Collections whose volumes have numbers of two digits."""
_TOLD = ("pwcdataset", "pwccode", "award", "language", "retracted", "removed", "pages")


@dataclass(slots=True)
class _Volume:
    """What a volume says for all its papers."""

    collection: str = ""
    number: str = ""
    title: str = ""
    year: str = ""

    def paper_id(self, paper: str) -> str:
        """The id of a paper: `2023.eacl-main.12`, or of old `N19-1001` and `W97-0805`."""
        if "." in self.collection:
            return f"{self.collection}-{self.number}.{paper}"
        volume, number = int(self.number), int(paper)
        by_two = self.collection.startswith(_NUMBERED_BY_TWO) or (self.collection == "D19" and volume >= 5)
        return f"{self.collection}-{volume:02}{number:02}" if by_two else f"{self.collection}-{volume}{number:03}"


def read_acl_anthology(source: Input) -> Iterator[Record]:
    """Yield the papers of a collection."""
    volume = _Volume()
    for item in read_elements(source, "collection", "volume", "meta", "paper"):
        if isinstance(item, Skipped):
            yield item
            continue
        event, element = item
        if event == "start":
            _enter(element, volume)
        elif element.tag == "meta" and _parent(element) == "volume":
            volume.title = flat(element.find("booktitle")) or flat(element.find("journal-title"))
            volume.year = flat(element.find("year"))
        elif element.tag == "paper":
            yield from _paper(element, volume, source.name)
            forget(element)


def _enter(element: Element, volume: _Volume) -> None:
    if element.tag == "collection":
        volume.collection = element.get("id", "")
    elif element.tag == "volume":
        volume.number, volume.title, volume.year = element.get("id", ""), "", ""


def _parent(element: Element) -> str:
    parent = element.getparent()
    return "" if parent is None else str(parent.tag)


def _paper(element: Element, volume: _Volume, source: str) -> Iterator[Record]:
    position = str(element.sourceline)
    try:
        known = volume.paper_id(element.get("id", ""))
    except ValueError:
        known = ""
    doi = flat(element.find("doi")).strip()
    try:
        yield from fields.paper(
            JsonRecord({}, source, position),
            flat(element.find("title")),
            flat(element.find("abstract")),
            year=fields.year(volume.year),
            venue=fields.text(flat(element.find("journal")) or volume.title) or None,
            authors=fields.names([_name(author) for author in element.iterfind("author")]),
            identifiers=fields.identifiers(f"acl:{known}" if known else "", f"doi:{doi}" if doi else ""),
            metadata=[(str(each.tag), _told(each)) for each in element.iterchildren(*_TOLD)],
        )
    except ValueError as error:
        yield Skipped(source, position, str(error), known)


def _name(author: Element) -> str:
    return f"{flat(author.find('first'))} {flat(author.find('last'))}"


def _told(element: Element) -> str:
    """What an element beside the texts says; of code its address."""
    return element.get("url", "") if element.tag == "pwccode" else flat(element)
