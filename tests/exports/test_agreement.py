"""Agreement: the tables, the network, RDF, every graph format and the page hold the same nodes and the same edges."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any, cast

import networkx as nx
import polars as pl
import pytest

import concite
from concite.api import KnowledgeGraph
from concite.exports.formats import write_export
from concite.exports.graph_formats import read_gexf, read_graphml, read_nodelink
from concite.exports.payload import CLASSES, FIELDS, payload
from concite.exports.tables import read_csv
from concite.ontology import ConceptClass, Layer, PaperRelation, Relation, Role
from concite.ontology.terms import class_iri, concept_iri, paper_iri, relation_iri, role_iri

from .whole import whole_graph

Edge = tuple[str, str, str]
"""Where an edge begins, where it ends, and its role, relation or layer."""

CITES = {Layer.EXPLICIT: "cito:cites", Layer.INFERRED: "co:citesInferred"}


@pytest.fixture(
    scope="module", params=["whole", "sample", pytest.param("listing", marks=[pytest.mark.shared, pytest.mark.slow])]
)
def graph(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """A graph as it is read back from its store."""
    if request.param == "listing":
        made = concite.build([request.getfixturevalue("listing")])
    else:
        made = whole_graph() if request.param == "whole" else concite.build()
    folder = tmp_path_factory.mktemp("stored") / "kg"
    made.write(folder)
    return concite.load(folder)


def table_nodes(graph: KnowledgeGraph) -> dict[str, str]:
    """Every node with its class, as the tables have them."""
    concepts = dict(graph.concepts.select("id", "class").iter_rows())
    return {**dict.fromkeys(graph.papers["id"], "paper"), **concepts}


def table_edges(graph: KnowledgeGraph) -> set[Edge]:
    """Every edge, as the tables have them."""
    found = set(graph.mentions.select("paper", "concept", "role").unique().iter_rows())
    found |= set(graph.concept_relations.select("subject", "object", "relation").iter_rows())
    found |= set(graph.paper_relations.select("subject", "object", "relation").iter_rows())
    return found | set(graph.citations.select("citing", "cited", "layer").iter_rows())


def network_edges(network: "nx.MultiDiGraph[str]") -> list[Edge]:
    return [(source, target, key) for source, target, key in network.edges(keys=True)]


def asked(graph: KnowledgeGraph, pattern: str) -> Iterator[tuple[str, str]]:
    """The rows of a pattern in `?a` and `?b`, as whole IRIs."""
    for row in graph.query(f"SELECT (STR(?a) AS ?x) (STR(?b) AS ?y) WHERE {{ {pattern} }}").iter_rows():  # type: ignore[union-attr]
        yield row[0], row[1]


def rdf_edges(graph: KnowledgeGraph) -> Iterator[Edge]:
    """Every edge, as SPARQL finds them; ids are IRIs."""
    for role in Role:
        yield from ((a, b, str(role)) for a, b in asked(graph, f"?a <{role_iri(role)}> ?b"))
    for relation in Relation:
        yield from ((a, b, str(relation)) for a, b in asked(graph, f"?a <{relation_iri(relation)}> ?b"))
    for between in PaperRelation:
        yield from ((a, b, str(between)) for a, b in asked(graph, f"?a co:{between} ?b"))
    for layer, predicate in CITES.items():
        yield from ((a, b, str(layer)) for a, b in asked(graph, f"?a {predicate} ?b"))


def iri(node: str, nodes: dict[str, str]) -> str:
    return paper_iri(node) if nodes[node] == "paper" else concept_iri(node)


def test_the_network_has_the_nodes_and_edges_of_the_tables(graph: KnowledgeGraph) -> None:
    network, nodes = graph.network(), table_nodes(graph)
    assert {node: data.get("class", "paper") for node, data in network.nodes(data=True)} == nodes
    found = network_edges(network)
    assert len(found) == len(set(found))
    assert set(found) == table_edges(graph)


def test_rdf_has_the_nodes_of_the_tables(graph: KnowledgeGraph) -> None:
    nodes = table_nodes(graph)
    papers = {a for a, _ in asked(graph, "?a a fabio:ResearchPaper . BIND(1 AS ?b)")}
    assert papers == {paper_iri(node) for node, kind in nodes.items() if kind == "paper"}
    for concept_class in ConceptClass:
        found = {a for a, _ in asked(graph, f"?a a <{class_iri(concept_class)}> . BIND(1 AS ?b)")}
        assert found == {concept_iri(node) for node, kind in nodes.items() if kind == concept_class}


def test_rdf_has_the_edges_of_the_tables(graph: KnowledgeGraph) -> None:
    nodes, found = table_nodes(graph), list(rdf_edges(graph))
    assert len(found) == len(set(found))
    assert set(found) == {(iri(a, nodes), iri(b, nodes), kind) for a, b, kind in table_edges(graph)}


def test_counts_by_class_role_layer_and_relation_agree(graph: KnowledgeGraph) -> None:
    nodes = table_nodes(graph)
    by_kind = Counter((kind, nodes[b]) for _, b, kind in table_edges(graph))
    network = graph.network()
    by_network = Counter((key, network.nodes[b].get("class", "paper")) for _, b, key in network_edges(network))
    classes = {iri(node, nodes): kind for node, kind in nodes.items()}
    by_rdf = Counter((kind, classes[b]) for _, b, kind in rdf_edges(graph))
    assert by_kind == by_network == by_rdf
    counts = graph.counts()
    assert {role: counts[f"  {role}"] for role in Role} == {
        role: sum(n for (kind, _), n in by_kind.items() if kind == role) for role in Role
    }


def test_rdf_has_every_mention_with_its_place_words_and_role(graph: KnowledgeGraph) -> None:
    found = graph.query("""
        SELECT (STR(?paper) AS ?p) ?field ?start ?end ?words (STR(?concept) AS ?c) (STR(?role) AS ?r) WHERE {
          ?m a oa:Annotation ; oa:hasBody ?concept ; co:role ?role ; oa:hasTarget ?t .
          ?t oa:hasSource ?source ; oa:hasSelector ?position, ?quote .
          ?source dcterms:isPartOf ?paper .
          ?position oa:start ?start ; oa:end ?end .
          ?quote oa:exact ?words .
          BIND(STRAFTER(STR(?source), "#") AS ?field)
        }""")
    rows = graph.mentions.select("paper", "field", "start", "end", "text", "concept", "role").iter_rows()
    expected = {(paper_iri(p), f, s, e, t, concept_iri(c), role_iri(Role(r))) for p, f, s, e, t, c, r in rows}
    assert set(found.iter_rows()) == expected  # type: ignore[union-attr]
    assert len(found) == len(graph.mentions)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("to", "read"), [("graphml", read_graphml), ("gexf", read_gexf), ("nodelink", read_nodelink), ("csv", read_csv)]
)
def test_every_graph_format_has_the_nodes_and_edges_of_the_tables(
    graph: KnowledgeGraph, to: str, read: "Callable[[Path], nx.MultiDiGraph[str]]", tmp_path: Path
) -> None:
    write_export(graph, to, tmp_path / "file")
    network = read(tmp_path / "file")
    assert set(network) == set(table_nodes(graph))
    assert set(network_edges(network)) == table_edges(graph)
    assert network.number_of_edges() == len(table_edges(graph))


def test_rdf_has_every_citation_with_what_is_said_of_it(graph: KnowledgeGraph) -> None:
    found = graph.query("""
        SELECT (STR(?citing) AS ?a) (STR(?cited) AS ?b) ?layer ?method ?confidence
          (STR(?concept) AS ?c) (STR(?role) AS ?r) ?words ?intent ?flag WHERE {
          ?x a cito:Citation ; cito:hasCitingEntity ?citing ; cito:hasCitedEntity ?cited ; co:layer ?layer ;
            co:method ?method ; co:confidence ?confidence .
          OPTIONAL { ?x co:throughConcept ?concept } OPTIONAL { ?x co:throughRole ?role }
          OPTIONAL { ?x co:evidence ?words } OPTIONAL { ?x co:intent ?intent } OPTIONAL { ?x co:flag ?flag }
        }""")
    expected = {
        (
            paper_iri(row["citing"]), paper_iri(row["cited"]), row["layer"], row["method"], row["confidence"],
            row["concept"] and concept_iri(row["concept"]), row["concept_role"] and role_iri(Role(row["concept_role"])),
            row["evidence"], row["intent"], flag,
        )
        for row in graph.citations.iter_rows(named=True)
        for flag in row["flags"] or [None]
    }  # fmt: skip
    told = set(found.iter_rows())  # type: ignore[union-attr]
    assert told <= expected
    for *_, layer, method, confidence, concept, role, evidence, intent, flag in expected - told:
        assert (layer, confidence, concept, role, evidence, intent, flag) == ("explicit", 1.0, *[None] * 5)
        assert method in ("identifier", "external")


def test_the_page_has_the_nodes_and_edges_of_the_tables(graph: KnowledgeGraph) -> None:
    shape, papers, concepts = page_shape(graph), graph.papers["id"], page_concepts(graph)
    assert [len(shape["papers"]["title"]), len(shape["concepts"]["label"])] == [len(papers), len(concepts)]
    assert set(page_edges(shape, papers, concepts)) == table_edges(graph)
    assert shape["drawn"] == graph.mentions["concept"].n_unique()
    assert [CLASSES[number] for number in shape["concepts"]["class"]] == [table_nodes(graph)[key] for key in concepts]


def test_the_page_has_every_mention_with_its_place_and_role(graph: KnowledgeGraph) -> None:
    shape, labels = page_shape(graph), dict(graph.concepts.select("id", "label").iter_rows())
    rows = graph.mentions.select("paper", "field", "start", "end", "concept", "role").iter_rows()
    assert sorted(page_mentions(shape, graph.papers["id"], page_concepts(graph), labels)) == sorted(rows)


def page_shape(graph: KnowledgeGraph) -> dict[str, Any]:
    """The payload as the page has it in the end: the later columns come to the tables of the first picture."""
    first, later = payload(graph, "a title", "https://w3id.org/concite/")
    shape: dict[str, Any] = {**later, **first}
    for name, columns in first.items():
        if isinstance(columns, dict) and name in later:
            shape[name] = columns | cast("dict[str, Any]", later[name])
    return shape


def page_concepts(graph: KnowledgeGraph) -> pl.Series:
    """The concepts in the order of the page: those that papers mention come first."""
    quiet = ~pl.col("id").is_in(graph.mentions["concept"].implode())
    return graph.concepts.with_columns(quiet.alias("quiet")).sort("quiet", "id")["id"]


def in_text_order(column: list[int], concepts: list[int]) -> list[int]:
    """A column that stands in the order of the concepts, in the order of the mentions."""
    places = sorted(range(len(concepts)), key=concepts.__getitem__)
    return [number for _, number in sorted(zip(places, column, strict=True))]


def page_mentions(
    shape: dict[str, Any], papers: pl.Series, concepts: pl.Series, labels: dict[str, str]
) -> Iterator[tuple[str, str, int, int, str, str]]:
    """The mentions of the page, from differences: papers and starts to the mention before, lengths to the label."""
    mentions = shape["mentions"]
    lengths, roles = (in_text_order(mentions[name], mentions["concept"]) for name in ("length", "role"))
    columns = (accumulate(mentions["paper"]), mentions["field"], mentions["start"], mentions["concept"], lengths, roles)
    before: tuple[int, int] | None = None
    at = 0
    for paper, field, start, concept, length, role in zip(*columns, strict=True):
        at = at + start if (paper, field) == before else start
        before, key = (paper, field), concepts[concept]
        yield papers[paper], FIELDS[field], at, at + length + len(labels[key]), key, shape["roles"][role]


def page_edges(shape: dict[str, Any], papers: pl.Series, concepts: pl.Series) -> Iterator[Edge]:
    """Every edge of the page's payload; papers of mentions and subjects of relations stand as differences."""
    mentions, citations, relations = shape["mentions"], shape["citations"], shape["relations"]
    roles = in_text_order(mentions["role"], mentions["concept"])
    for paper, concept, role in zip(accumulate(mentions["paper"]), mentions["concept"], roles, strict=True):
        yield papers[paper], concepts[concept], shape["roles"][role]
    for citing, cited, layer in zip(citations["citing"], citations["cited"], citations["layer"], strict=True):
        yield papers[citing], papers[cited], shape["layers"][layer]
    names = [relations["relation"]["values"][number] for number in relations["relation"]["rows"]]
    for subject, target, name in zip(accumulate(relations["subject"]), relations["object"], names, strict=True):
        subjects = papers if name in set(PaperRelation) else concepts
        objects = papers if name == Relation.INTRODUCED_IN else subjects
        yield subjects[subject], objects[target], name
