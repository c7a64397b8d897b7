"""XML of any size, element by element: no entities of its own, no other files, no network, no endless nesting."""

from collections.abc import Iterator

from lxml import etree

from ..papers import InputError, Skipped
from .inputs import Input

Element = etree._Element


def read_elements(source: Input, *tags: str) -> Iterator[tuple[str, Element] | Skipped]:
    """Yield each element of some names as it opens (`start`) and as it is whole (`end`).

    A document that breaks off, or is no XML from some line on, ends with a record that says so. Raises
    `InputError` where entities are declared, for nothing a paper needs is written with them.
    """
    with source.open() as handle:
        events = etree.iterparse(
            handle,
            events=("start", "end"),
            tag=tags,
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            for event, element in events:
                _refuse_entities(source, element)
                yield event, element
        except etree.XMLSyntaxError as error:
            reason = f"no XML from here: {(error.msg or 'unknown fault').split(', line')[0]}; nothing after it was read"
            yield Skipped(source.name, str(error.lineno or 1), reason)


def _refuse_entities(source: Input, element: Element) -> None:
    declared = element.getroottree().docinfo.internalDTD
    if declared is not None and any(declared.iterentities()):  # type: ignore[attr-defined]
        raise InputError(
            f"{source.name}:1", "the XML declares entities of its own", "write their text where they stand"
        )


def forget(element: Element) -> None:
    """Free an element that was read, and those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def flat(element: Element | None) -> str:
    """The text of an element and of all in it, with no blank lost or made; formulas stand between dollar signs."""
    if element is None:
        return ""
    return "".join(_pieces(element))


def _pieces(element: Element) -> Iterator[str]:
    mark = "$" if element.tag.endswith("tex-math") else ""
    yield mark + (element.text or "")
    for child in element:
        if isinstance(child.tag, str):
            yield from _pieces(child)
        yield child.tail or ""
    yield mark
