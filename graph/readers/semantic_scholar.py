"""Semantic Scholar's Graph API: papers, with their references and the papers that cite them."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..papers import Record, Reference, StatedCitation
from . import fields
from .inputs import Input
from .json_records import JsonRecord, read_records


def read_semantic_scholar(source: Input) -> Iterator[Record]:
    """Yield the papers of answers of the Graph API, and the citations that they state."""
    return read_records(source, _records)


def identifiers_of(value: Mapping[str, Any]) -> tuple[str, ...]:
    """The identifiers of a paper, its own in Semantic Scholar among them."""
    own = [("s2", value.get("paperId")), ("corpusid", value.get("corpusId"))]
    written = [f"{scheme}:{fields.raw(number)}" for scheme, number in own if number]
    return fields.identifiers(*written, *fields.catalogued(value.get("externalIds")))


def reference_to(value: Mapping[str, Any], link: Mapping[str, Any]) -> Reference:
    """A reference to a paper, with what *link*, the citation's record, says about it."""
    return Reference(
        next(iter(identifiers_of(value)), ""),
        fields.text(value.get("title")),
        fields.year(value.get("year")),
        fields.names(fields.sequence(value.get("authors")), "name"),
        contexts=fields.names(fields.sequence(link.get("contexts"))),
        intents=intents_of(link),
    )


def intents_of(link: Mapping[str, Any]) -> tuple[str, ...]:
    """What a citation is for, each once; some releases give a list for each context."""
    listed = (each if isinstance(each, list) else [each] for each in fields.sequence(link.get("intents")))
    return tuple(dict.fromkeys(fields.raw(intent) for intents in listed for intent in intents if fields.raw(intent)))


def _records(record: JsonRecord) -> Iterator[Record]:
    value = record.value
    if "citedPaper" in value:
        yield _citation(record, fields.mapping(record.document.get("citingPaperInfo")), value["citedPaper"])
    elif "citingPaper" in value:
        yield _citation(record, fields.mapping(value["citingPaper"]), record.document.get("citedPaperInfo"))
    else:
        yield from _paper(record)


def _citation(record: JsonRecord, citing: Mapping[str, Any], cited: Any) -> StatedCitation:
    """An answer of the endpoints `references` and `citations`."""
    known = identifiers_of(citing)
    reference = reference_to(fields.mapping(cited), record.value)
    if not known:
        raise ValueError("a citation that does not say which paper cites")
    if not (reference.identifier or reference.title):
        raise ValueError("a citation that does not say what it cites")
    return StatedCitation(known[0], reference, record.source, record.position)


def _paper(record: JsonRecord) -> Iterator[Record]:
    value = record.value
    known = identifiers_of(value)
    references = (_linked(each, "citedPaper") for each in fields.sequence(value.get("references")))
    yield from fields.paper(
        record,
        value.get("title"),
        value.get("abstract"),
        references=references,
        year=fields.year(value.get("year")) or fields.year(value.get("publicationDate")),
        date=fields.date(value.get("publicationDate")),
        venue=fields.text(value.get("venue")) or None,
        authors=fields.names(fields.sequence(value.get("authors")), "name"),
        identifiers=known,
        metadata=[("tldr", fields.mapping(value.get("tldr")).get("text"))],
    )
    for each in fields.sequence(value.get("citations")):
        citing = identifiers_of(fields.mapping(fields.mapping(each).get("citingPaper", each)))
        if citing and known:
            yield _cited_by(record, citing[0], Reference(known[0], intents=intents_of(fields.mapping(each))))


def _linked(each: Any, role: str) -> Reference:
    """A reference given as the paper itself, or as a link that holds it."""
    link = fields.mapping(each)
    return reference_to(fields.mapping(link.get(role, link)), link)


def _cited_by(record: JsonRecord, citing: str, reference: Reference) -> StatedCitation:
    return StatedCitation(citing, reference, record.source, record.position)
