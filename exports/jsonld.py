"""JSON-LD: one object a subject under the published context, in named graphs, written as the triples come."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from ..graph.knowledge import KnowledgeGraph
from ..ontology.prefixes import expand
from ..ontology.schema import context
from ..ontology.terms import BASE
from .rdf import ALL, Parts, nquads
from .results import short

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
Term = NamedNode | BlankNode | Literal | Triple

STRING = "http://www.w3.org/2001/XMLSchema#string"


def write_jsonld(graph: KnowledgeGraph, path: Path, base: str = BASE, parts: Parts = ALL) -> None:
    """Write JSON-LD, a subject a line."""
    with path.open("w", encoding="utf-8", newline="\n") as handle:
        handle.writelines(_pieces(nquads(graph, base=base, parts=parts), base))


def _pieces(pieces: Iterable[bytes], base: str) -> Iterator[str]:
    known = context(base)["@context"]
    yield f'{{"@context": {json.dumps(known, ensure_ascii=False)},\n"@graph": ['
    quads = (quad for piece in pieces for quad in parse(piece, format=RdfFormat.N_QUADS))
    named = groupby(quads, lambda quad: str(quad.graph_name))
    for number, (name, found) in enumerate(named):
        yield f'{"," if number else ""}\n{{"@id": {json.dumps(short(name[1:-1], base))}, "@graph": ['
        yield from _subjects(found, known, base)
        yield "\n]}"
    yield "\n]}\n"


def _subjects(quads: Iterable[Quad], known: Mapping[str, Any], base: str) -> Iterator[str]:
    for number, (subject, found) in enumerate(groupby(quads, lambda quad: str(quad.subject))):
        node = {"@id": short(subject[1:-1], base), **_properties(found, known, base)}
        yield f"{',' if number else ''}\n{json.dumps(node, ensure_ascii=False)}"


def _properties(quads: Iterable[Quad], known: Mapping[str, Any], base: str) -> dict[str, Any]:
    """The properties of one subject; a single value stands without a list."""
    found: dict[str, list[Any]] = defaultdict(list)
    for quad in quads:
        if quad.predicate.value == TYPE:
            found["@type"].append(short(str(quad.object)[1:-1], base))
        else:
            name = short(quad.predicate.value, base)
            found[name].append(_value(quad.object, known.get(name, {}), base))
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def _value(term: Term, rule: Mapping[str, str], base: str) -> Any:
    """A value as the context's rule for its property lets it be written."""
    if not isinstance(term, Literal):
        iri = short(str(term)[1:-1], base)
        return iri if rule.get("@type") == "@id" else {"@id": iri}
    if term.language:
        return term.value if rule.get("@language") == term.language else _tagged(term)
    datatype = term.datatype.value
    if datatype == (expand(rule["@type"], base) if rule.get("@type", "@id") != "@id" else STRING):
        return term.value if not rule.get("@language") else {"@value": term.value}
    return {"@value": term.value, "@type": short(datatype, base)}


def _tagged(term: Literal) -> dict[str, str]:
    return {"@value": term.value, "@language": str(term.language)}
