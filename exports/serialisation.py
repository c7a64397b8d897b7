"""RDF files: the stream of triples as N-Triples, N-Quads, Turtle, TriG, JSON-LD or RDF/XML."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

from pyoxigraph import Quad, RdfFormat, Triple, parse, serialize

from ..graph.knowledge import KnowledgeGraph
from ..graph.papers import InputError
from ..ontology.prefixes import prefixes
from ..ontology.terms import BASE
from .rdf import ALL, Parts, nquads, ntriples
from .xml_output import XmlOutput

Statement = Triple | Quad

_NO_XML = re.compile(rb"\\[bf]|\\u00(?:0[0-8BCEF]|1[0-9A-F])|\\uFFF[EF]")
"""The escapes of characters that no XML file can hold."""


def write_ntriples(graph: KnowledgeGraph, path: Path, base: str = BASE, parts: Parts = ALL) -> None:
    """Write N-Triples."""
    _write(path, ntriples(graph, base=base, parts=parts))


def write_nquads(graph: KnowledgeGraph, path: Path, base: str = BASE, parts: Parts = ALL) -> None:
    """Write N-Quads: the named graphs stay apart."""
    _write(path, nquads(graph, base=base, parts=parts))


def write_turtle(graph: KnowledgeGraph, path: Path, base: str = BASE, parts: Parts = ALL) -> None:
    """Write Turtle."""
    _write(path, _readable(ntriples(graph, base=base, parts=parts), _triples, RdfFormat.TURTLE, base))


def write_trig(graph: KnowledgeGraph, path: Path, base: str = BASE, parts: Parts = ALL) -> None:
    """Write TriG: Turtle with named graphs."""
    _write(path, _readable(nquads(graph, base=base, parts=parts), _quads, RdfFormat.TRIG, base))


def write_rdfxml(graph: KnowledgeGraph, path: Path, base: str = BASE, parts: Parts = ALL) -> None:
    """Write RDF/XML. Raises `InputError` for text that XML cannot hold."""
    with path.open("wb") as handle:
        triples = (
            triple for piece in ntriples(graph, base=base, parts=parts) for triple in _triples(_fit_for_xml(piece))
        )
        output = cast("BinaryIO", XmlOutput(handle))
        serialize(triples, output=output, format=RdfFormat.RDF_XML, prefixes=prefixes(base))


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    with path.open("wb") as handle:
        handle.writelines(pieces)


def _readable(
    pieces: Iterator[bytes], parsed: Callable[[bytes], Iterable[Statement]], form: RdfFormat, base: str
) -> Iterator[bytes]:
    """Turtle or TriG piece by piece; the serialiser's prefixes, whose order is random, give way to ours."""
    yield _header(prefixes(base))
    for piece in pieces:
        yield _body(parsed(piece), form, prefixes(base))


def turtle_text(triples: Iterable[Triple], base: str = BASE) -> str:
    """Some triples as Turtle, with the prefixes that they use."""
    triples = list(triples)
    text = "\n".join(map(str, triples))
    used = {name: iri for name, iri in prefixes(base).items() if iri in text}
    return (_header(used) + _body(triples, RdfFormat.TURTLE, used)).decode()


def _header(used: Mapping[str, str]) -> bytes:
    lines = [f"@prefix {name}: <{iri}> .\n" for name, iri in used.items()]
    return "".join([*lines, "\n"] if lines else lines).encode()


def _body(statements: Iterable[Statement], form: RdfFormat, used: Mapping[str, str]) -> bytes:
    made = serialised(statements, form, used)
    return b"".join(line for line in made.splitlines(keepends=True) if not line.startswith(b"@prefix "))


def serialised(statements: Iterable[Statement], form: RdfFormat, used: Mapping[str, str] | None = None) -> bytes:
    """Some triples or quads in a format of RDF."""
    buffer = BytesIO()
    serialize(cast("Iterable[Triple]", statements), output=buffer, format=form, prefixes=dict(used or {}))
    return buffer.getvalue()


def _triples(piece: bytes) -> Iterator[Triple]:
    return (quad.triple for quad in parse(piece, format=RdfFormat.N_TRIPLES))


def _quads(piece: bytes) -> Iterator[Quad]:
    return parse(piece, format=RdfFormat.N_QUADS)


def _fit_for_xml(piece: bytes) -> bytes:
    for line in piece.splitlines():
        if found := _NO_XML.search(line.replace(b"\\\\", b"")):
            problem = f"a text holds the character {found[0].decode()}, which XML cannot hold"
            raise InputError(line.partition(b" ")[0].decode(), problem, "write another format, such as turtle")
    return piece
