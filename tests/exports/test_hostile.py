"""Hostile text: it survives export and reading in every format unchanged, or is refused with a reason."""

import csv
import json
import warnings
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from urllib.parse import unquote

import networkx as nx
import pytest
import rdflib
from pyoxigraph import NamedNode, RdfFormat, Store

from concite.api import KnowledgeGraph
from concite.exports.formats import write_export
from concite.exports.graph_formats import read_gexf, read_graphml, read_nodelink
from concite.exports.tables import read_csv
from concite.graph.papers import InputError
from concite.ontology.prefixes import expand

from ..concite.helpers import done
from .whole import graph_of, row

PAPER = "https://w3id.org/concite/paper/"
TITLE = expand("dcterms:title")
TEXTS = {
    "quotes": "\"double\" 'single' \"\"\"three\"\"\" '''three''' \\ \\n \\u0041",
    "markup": "<b>&amp; ]]> <!-- --> <?php ?> {{x}} ${y} </script>",
    "commas": ',;\t|a,"b";=1+1',
    "line feed": "one\ntwo\n\nfour",
    "carriage return": "one\rtwo\r\nthree",
    "odd line breaks": "one\x85two\u2028three\u2029four",
    "spaces": "  leading, trailing and  double  ",
    "control characters": "bell\x07 null\x00 escape\x1b delete\x7f",
    "control characters of Latin-1": "one\x80two\x9fthree",
    "non-characters": "one\ufffetwo\uffffthree",
    "bidirectional marks": "\u202eright\u202c \u2066isolated\u2069 \u200f \ufeff",
    "astral": "🧪 \U0010fffd é e\u0301",
    "a megabyte": 'a"\\\n<é' * 175_000,
}
NO_XML = {"control characters", "non-characters"}
"""What XML cannot hold."""
XML = {"rdfxml", "graphml", "gexf"}
"""Formats that are XML."""


def oxigraph(form: RdfFormat) -> Callable[[Path], dict[str, str]]:
    """The title of each paper as pyoxigraph reads them, by the paper's id."""

    def read(path: Path) -> dict[str, str]:
        store = Store()
        store.bulk_load(path=path, format=form)
        found = store.quads_for_pattern(None, NamedNode(TITLE), None)
        return _by_id((q.subject.value, q.object.value) for q in found)  # type: ignore[union-attr]

    return read


def by_rdflib(name: str) -> Callable[[Path], dict[str, str]]:
    """The same as rdflib reads them."""

    def read(path: Path) -> dict[str, str]:
        graph = rdflib.Dataset(default_union=True).parse(path, format=name)
        return _by_id((str(s), str(o)) for s, o in graph.subject_objects(rdflib.URIRef(TITLE)))

    return read


def _by_id(titles: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {iri.removeprefix(PAPER): title for iri, title in titles if iri.startswith(PAPER)}


def by_network(read: Callable[[Path], "nx.MultiDiGraph[str]"]) -> Callable[[Path], dict[str, str]]:
    """The same as a reader of networks finds them."""
    return lambda path: {node: data["label"] for node, data in read(path).nodes(data=True) if data["kind"] == "paper"}


def neo4j(path: Path) -> dict[str, str]:
    """The same as a reader of CSV finds them in what Neo4j imports."""
    csv.field_size_limit(2**31 - 1)
    with (path / "nodes.csv").open(encoding="utf-8", newline="") as handle:
        return {row[":ID"]: row["label"] for row in csv.DictReader(handle) if row[":LABEL"] == "Paper"}


READERS: dict[str, list[Callable[[Path], dict[str, str]]]] = {
    "nt": [oxigraph(RdfFormat.N_TRIPLES), by_rdflib("nt")],
    "nq": [oxigraph(RdfFormat.N_QUADS), by_rdflib("nquads")],
    "turtle": [oxigraph(RdfFormat.TURTLE), by_rdflib("turtle")],
    "trig": [oxigraph(RdfFormat.TRIG), by_rdflib("trig")],
    "jsonld": [oxigraph(RdfFormat.JSON_LD), by_rdflib("json-ld")],
    "rdfxml": [oxigraph(RdfFormat.RDF_XML), by_rdflib("xml")],
    "graphml": [by_network(read_graphml)],
    "gexf": [by_network(read_gexf)],
    "nodelink": [by_network(read_nodelink)],
    "csv": [by_network(read_csv)],
    "neo4j": [neo4j],
}


def titled(titles: Mapping[str, str]) -> KnowledgeGraph:
    """Papers with these titles and nothing else."""
    return graph_of(
        papers=[row("papers", id=key, title=title, source="", position="") for key, title in titles.items()]
    )


@pytest.mark.filterwarnings("ignore:.*(Dataset|ConjunctiveGraph|default_context).*:DeprecationWarning")
@pytest.mark.parametrize("to", READERS)
def test_texts_survive_export_and_reading_unchanged(to: str, tmp_path: Path) -> None:
    texts = [text for name, text in TEXTS.items() if not (to in XML and name in NO_XML)]
    titles = {f"p{number}": text for number, text in enumerate(texts)}
    write_export(titled(titles), to, tmp_path / "file")
    for read in READERS[to]:
        assert read(tmp_path / "file") == titles


@pytest.mark.parametrize("to", sorted(XML))
@pytest.mark.parametrize("name", sorted(NO_XML))
def test_what_xml_cannot_hold_is_refused_with_a_reason(name: str, to: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="XML cannot hold"):
        write_export(titled({"p": TEXTS[name]}), to, tmp_path / "file")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("to", "name"), [("nt", "nt"), ("turtle", "turtle"), ("rdfxml", "xml")])
def test_rdflib_reads_hostile_files_without_a_warning(to: str, name: str, tmp_path: Path) -> None:
    write_export(titled({key: text for key, text in TEXTS.items() if key not in NO_XML}), to, tmp_path / "file")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        rdflib.Graph().parse(tmp_path / "file", format=name)


def test_a_lone_surrogate_never_reaches_a_file(tmp_path: Path) -> None:
    marks = ("half of a pair: \ud83e", "the other half: \udda9", "turned round: \udda9\ud83e")
    abstract = "We study marks and use LoRA on marks of many kinds."
    records = [json.dumps({"title": f"A Study of Marks {mark}", "abstract": abstract}) for mark in marks]
    (tmp_path / "in.jsonl").write_text("\n".join(records) + "\n")
    done(["build", tmp_path / "in.jsonl", "-o", tmp_path / "kg"])
    graph = KnowledgeGraph.read(tmp_path / "kg")
    assert len(graph.papers.filter(~graph.papers["external"])) + len(graph.skipped) >= len(marks)
    for to in READERS:
        write_export(graph, to, tmp_path / to)
        files = [tmp_path / to] if (tmp_path / to).is_file() else sorted((tmp_path / to).iterdir())
        assert [path.read_text(encoding="utf-8") for path in files]


KEYS = ["a b", "a<b>", 'a"b', "a\nb", "a\\b", "a{b}|^`", "é🧪", "a%20b", "a/b#c?d=e", "..", "%", "a:b@c"]


@pytest.mark.parametrize("to", ["nt", "nq", "turtle", "trig", "jsonld", "rdfxml"])
def test_a_hostile_id_makes_an_iri_of_its_own_that_every_format_holds(to: str, tmp_path: Path) -> None:
    write_export(titled({key: key for key in KEYS}), to, tmp_path / "file")
    found = READERS[to][0](tmp_path / "file")
    assert {unquote(key): title for key, title in found.items()} == {key: key for key in KEYS}
    assert not set('<>"{}|^`\\ \n#?/') & set("".join(found))
