"""Semantic Scholar's Academic Graph: its data sets of papers, abstracts, ids, summaries, full texts and citations.

Each data set is a file of its own, and a paper is put together from them by its number: a record that
brings an abstract, a summary or another identifier is a paper without a title, which merging completes.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ..papers import Paper, Record, Reference, StatedCitation
from . import fields
from .inputs import Input
from .json_records import JsonRecord, parse, read_records
from .semantic_scholar import intents_of


def read_s2ag(source: Input) -> Iterator[Record]:
    """Yield the papers, parts of papers and citations of a data set."""
    return read_records(source, _records)


def _records(record: JsonRecord) -> Iterator[Record]:
    lowered = JsonRecord({name.lower(): value for name, value in record.value.items()}, record.source, record.position)
    for field, convert in _DATA_SETS.items():
        if field in lowered.value:
            yield from convert(lowered)
            return
    raise ValueError("a record of Semantic Scholar that holds nothing of a paper")


def _identifiers(value: Mapping[str, Any]) -> tuple[str, ...]:
    number = fields.raw(value.get("corpusid"))
    listed = fields.catalogued(value.get("externalids"))
    found = fields.identifiers(f"corpusid:{number}" if number else "", *listed, fields.raw(value.get("url")))
    if not found:
        raise ValueError("no corpusid")
    return found


def _citation(record: JsonRecord) -> Iterator[Record]:
    citing, cited = (fields.raw(record.value.get(name)) for name in ("citingcorpusid", "citedcorpusid"))
    if not citing or not cited:
        raise ValueError("a citation with one end")
    contexts = fields.names(fields.sequence(record.value.get("contexts")))
    reference = Reference(f"corpusid:{cited}", contexts=contexts, intents=intents_of(record.value))
    yield StatedCitation(f"corpusid:{citing}", reference, record.source, record.position)


def _paper(record: JsonRecord) -> Iterator[Record]:
    value = record.value
    day = fields.date(value.get("publicationdate"))
    journal = fields.mapping(value.get("journal"))
    yield from fields.paper(
        record,
        value.get("title"),
        year=fields.year(value.get("year")) or fields.year(day),
        date=day,
        venue=fields.text(value.get("venue")) or fields.text(journal.get("name")) or None,
        authors=fields.names(fields.sequence(value.get("authors")), "name"),
        identifiers=_identifiers(value),
    )


def _abstract(record: JsonRecord) -> Iterator[Record]:
    """A part of a paper: its abstract, with the identifiers that its place of open access knows."""
    value = record.value
    listed = fields.catalogued(fields.mapping(value.get("openaccessinfo")).get("externalids"))
    yield from fields.part(record, value.get("abstract"), fields.identifiers(*_identifiers(value), *listed))


def _id(record: JsonRecord) -> Iterator[Record]:
    """A part of a paper: one of the hashes by which the API knows it."""
    sha = fields.raw(record.value.get("sha"))
    known = fields.identifiers(f"s2:{sha}" if sha else "", *_identifiers(record.value))
    yield Paper("", identifiers=known, source=record.source, position=record.position)


def _summary(record: JsonRecord) -> Iterator[Record]:
    """A part of a paper: what it is about in a sentence."""
    told = (("tldr", fields.text(record.value.get("text"))),)
    known = _identifiers(record.value)
    yield Paper("", identifiers=known, metadata=told, source=record.source, position=record.position)


def _full_text(record: JsonRecord) -> Iterator[Record]:
    """A paper out of its full text, in which the annotations mark title, abstract and references."""
    content = fields.mapping(record.value.get("content"))
    annotations = fields.mapping(content.get("annotations"))
    whole = content.get("text")
    spans = _Spans(whole if isinstance(whole, str) else "", annotations)
    yield from fields.paper(
        record,
        spans.first("title"),
        " ".join(spans.texts("abstract")),
        references=_references(spans),
        authors=fields.names(text.partition("\n")[0] for text in spans.texts("author")),
        identifiers=_identifiers(record.value),
    )


class _Spans:
    """A full text and its annotations, each a list of spans written as JSON in a text."""

    def __init__(self, text: str, annotations: Mapping[str, Any]) -> None:
        self._text, self._annotations = text, annotations

    def of(self, kind: str) -> list[Mapping[str, Any]]:
        """The spans of a kind."""
        written = self._annotations.get(kind)
        return [fields.mapping(span) for span in fields.sequence(parse(written) if isinstance(written, str) else None)]

    def texts(self, kind: str) -> list[str]:
        """The texts of a kind's spans."""
        return [self.text(span) for span in self.of(kind)]

    def first(self, kind: str) -> str:
        """The first span's text."""
        return next(iter(self.texts(kind)), "")

    def text(self, span: Mapping[str, Any]) -> str:
        """What a span covers."""
        start, end = span.get("start"), span.get("end")
        return self._text[start:end] if isinstance(start, int) and isinstance(end, int) and 0 <= start < end else ""


def _references(spans: _Spans) -> Iterator[Reference]:
    """The entries of the bibliography: by number where it was found, with the title in any case."""
    titles = spans.of("bibtitle")
    for entry in spans.of("bibentry"):
        number = fields.raw(fields.mapping(entry.get("attributes")).get("matched_paper_id"))
        title = next((fields.text(spans.text(each)) for each in titles if _inside(each, entry)), "")
        if number or title:
            yield Reference(f"corpusid:{number}" if number else "", title)


def _inside(inner: Mapping[str, Any], outer: Mapping[str, Any]) -> bool:
    ends = (outer.get("start"), inner.get("start"), inner.get("end"), outer.get("end"))
    whole = [end for end in ends if isinstance(end, int)]
    return len(whole) == len(ends) and whole == sorted(whole)


_DATA_SETS: dict[str, Callable[[JsonRecord], Iterator[Record]]] = {
    "citingcorpusid": _citation,
    "title": _paper,
    "abstract": _abstract,
    "sha": _id,
    "content": _full_text,
    "text": _summary,
}
"""What to make of a record, by the first of these fields that it has."""
