"""Graph formats and tables: written, read back by their own readers, and nothing lost on the way."""

import csv
import json
import os
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from concite.api import KnowledgeGraph
from concite.exports.formats import WRITERS, write_export
from concite.exports.graph_formats import flat, read_gexf, read_graphml, read_nodelink
from concite.exports.neighbourhood import LIMIT, view
from concite.exports.tables import cell_text, read_csv
from concite.graph.papers import InputError
from concite.output import ExportFormat

from .whole import PAPERS, graph_of, mention, row, whole_graph

HOSTILE = '</script><script>alert("x")</script> <img src=x onerror=alert(1)> {{data}} & é 🧪'


def hostile() -> KnowledgeGraph:
    """The whole graph with a title that must stay text everywhere."""
    return whole_graph(
        papers=[{**PAPERS[0], "title": HOSTILE}, PAPERS[1]], mentions=[mention("abstract", "LoRA", "lora", "uses", 1.0)]
    )


def edges(network: "nx.MultiDiGraph[str]") -> list[tuple[str, str, str, dict[str, Any]]]:
    return sorted(network.edges(keys=True, data=True), key=lambda edge: edge[:3])


def plain(network: "nx.MultiDiGraph[str]") -> Any:
    """Nodes and edges as JSON has them: tuples are lists."""
    found = {"nodes": sorted(network.nodes(data=True)), "edges": edges(network)}
    return json.loads(json.dumps(found))


def test_the_command_offers_every_format() -> None:
    assert set(ExportFormat) == set(WRITERS)


@pytest.mark.parametrize("graph", [whole_graph(), hostile()], ids=["whole", "hostile"])
def test_node_link_json_gives_the_network_back(graph: KnowledgeGraph, tmp_path: Path) -> None:
    write_export(graph, "nodelink", tmp_path / "kg.json")
    assert plain(read_nodelink(tmp_path / "kg.json")) == plain(graph.network())


@pytest.mark.parametrize(("to", "read"), [("graphml", read_graphml), ("gexf", read_gexf)])
@pytest.mark.parametrize("graph", [whole_graph(), hostile()], ids=["whole", "hostile"])
def test_a_graph_format_gives_every_node_edge_key_and_attribute_back(
    graph: KnowledgeGraph, to: str, read: Any, tmp_path: Path
) -> None:
    write_export(graph, to, tmp_path / "file")
    found, expected = read(tmp_path / "file"), flat(graph)
    assert sorted(found.nodes(data=True)) == sorted(expected.nodes(data=True))
    wanted = [(a, b, key, _without_file_ids(d)) for a, b, key, d in edges(expected)]
    assert [(a, b, key, d) for a, b, key, d in edges(found)] == wanted


def _without_file_ids(attributes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in attributes.items() if name not in ("edge_id", "edge_key")}


def test_parallel_edges_stay_apart_in_every_format(tmp_path: Path) -> None:
    for to, read in (("graphml", read_graphml), ("gexf", read_gexf), ("nodelink", read_nodelink), ("csv", read_csv)):
        write_export(whole_graph(), to, tmp_path / to)
        assert read(tmp_path / to).number_of_edges("arxiv-2401.00001", "arxiv-2106.09685") == 3


def test_every_format_says_what_is_odd_about_a_citation_and_what_it_is_inferred_from(tmp_path: Path) -> None:
    for to, read in (("graphml", read_graphml), ("gexf", read_gexf), ("nodelink", read_nodelink), ("csv", read_csv)):
        write_export(whole_graph(), to, tmp_path / to)
        edges = read(tmp_path / to)["arxiv-2401.00001"]["arxiv-2106.09685"]
        assert edges["explicit"]["flags"] in (["self", "cycle"], '["self", "cycle"]')
        assert (edges["explicit"]["intent"], edges["inferred"]["concept_role"]) == ("background", "uses")
        assert edges["explicit"]["evidence"] == "Adapters of low rank [1] are cheap."
        version = edges["versionOf"]
        assert (version["stated_by"], float(version["confidence"])) == ("authors and abstract", 0.9123)


@pytest.mark.parametrize("to", ["graphml", "gexf"])
def test_xml_refuses_a_control_character_with_a_reason(to: str, tmp_path: Path) -> None:
    graph = whole_graph(papers=[{**PAPERS[0], "abstract": "bell \x07"}, PAPERS[1]], mentions=[])
    with pytest.raises(InputError, match=r"arxiv-2401.00001: its abstract holds .* U\+0007"):
        write_export(graph, to, tmp_path / "file")
    assert not list(tmp_path.iterdir())


def test_csv_holds_every_attribute_of_every_node_and_edge(tmp_path: Path) -> None:
    graph = hostile()
    write_export(graph, "csv", tmp_path / "kg")
    found, network = read_csv(tmp_path / "kg"), graph.network()
    assert set(found) == set(network)
    for node, attributes in network.nodes(data=True):
        assert {name: found.nodes[node][name] for name in attributes if name != "title"} == _cells(attributes)
    for source, target, key, attributes in network.edges(keys=True, data=True):
        assert {name: found.edges[source, target, key][name] for name in attributes} == _cells(attributes)


def _cells(attributes: dict[str, Any]) -> dict[str, str]:
    return {name: cell_text(value) for name, value in attributes.items() if name != "title"}


def test_neo4j_gets_the_header_it_documents(tmp_path: Path) -> None:
    write_export(whole_graph(), "neo4j", tmp_path / "kg")
    nodes, links = (
        list(csv.DictReader((tmp_path / "kg" / name).read_text(encoding="utf-8").splitlines(keepends=True)))
        for name in ("nodes.csv", "edges.csv")
    )
    labels = {node[":ID"]: node[":LABEL"] for node in nodes}
    assert labels["a100"] == "Concept;Hardware"
    assert labels["arxiv-2401.00001"] == "Paper"
    assert {":START_ID", ":END_ID", ":TYPE", "confidence:double"} <= set(links[0])
    assert {link[":START_ID"] for link in links} | {link[":END_ID"] for link in links} <= set(labels)
    assert {"USES", "VARIANT_OF", "CITES_INFERRED", "INTRODUCED_IN"} <= {link[":TYPE"] for link in links}
    assert len(links) == whole_graph().network().number_of_edges()
    assert "neo4j-admin database import" in (tmp_path / "kg" / "README.txt").read_text()


def test_a_folder_of_tables_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    write_export(whole_graph(), "csv", tmp_path / "kg")
    write_export(hostile(), "csv", tmp_path / "kg")
    assert read_csv(tmp_path / "kg").nodes["arxiv-2401.00001"]["label"] == HOSTILE
    assert {path.name for path in tmp_path.iterdir()} == {"kg"}


def test_a_failed_export_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "kg.graphml"
    path.write_text("before")
    with pytest.raises(InputError):
        write_export(whole_graph(papers=[{**PAPERS[0], "title": "\x07"}, PAPERS[1]], mentions=[]), "graphml", path)
    assert path.read_text() == "before"


def test_a_pipe_is_written_into_and_stays_one(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with ThreadPoolExecutor() as others:
        read = others.submit((tmp_path / "pipe").read_bytes)
        write_export(whole_graph(), "nt", tmp_path / "pipe")
        write_export(whole_graph(), "nt", tmp_path / "file")
        assert read.result() == (tmp_path / "file").read_bytes()
    assert (tmp_path / "pipe").is_fifo()
    with pytest.raises(InputError, match="no directory"):
        write_export(whole_graph(), "csv", tmp_path / "pipe")


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("before")
    (tmp_path / "link").symlink_to("file")
    write_export(whole_graph(), "nt", tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert "TinyTune" in (tmp_path / "file").read_text()


def test_a_graph_takes_no_export(tmp_path: Path) -> None:
    whole_graph().write(tmp_path / "kg")
    before = sorted(path.name for path in (tmp_path / "kg").iterdir())
    with pytest.raises(InputError, match="this is a graph"):
        write_export(whole_graph(), "csv", tmp_path / "kg")
    assert sorted(path.name for path in (tmp_path / "kg").iterdir()) == before


def test_an_unknown_format_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="turtle"):
        write_export(whole_graph(), "docx", tmp_path / "kg")


# The pyvis view


class Elements(HTMLParser):
    """The elements of a page, as a parser of HTML sees them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.found.append(tag)


def test_the_view_asks_no_network_and_runs_nothing_from_a_title(tmp_path: Path) -> None:
    write_export(hostile(), "pyvis", tmp_path / "view.html")
    page = (tmp_path / "view.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in page
    assert "<img" not in page
    assert "<script>alert" not in page
    elements = Elements()
    elements.feed(page)
    assert elements.found.count("script") == 3
    assert "img" not in elements.found
    assert "cdn" not in page.partition("<script>")[0]


def test_the_view_holds_each_edge_once_and_parallel_ones_apart() -> None:
    made = view(whole_graph())
    network = whole_graph().network()
    linked = {node for node in network if network.degree(node)}
    assert {node["id"] for node in made.nodes} == linked
    assert len(made.edges) == network.number_of_edges()
    assert len({edge["id"] for edge in made.edges}) == len(made.edges)


def test_the_view_around_a_concept_finds_it_by_any_name() -> None:
    graph = whole_graph()
    assert {node["id"] for node in graph.show("nvidia a100").nodes} == {
        "a100", "arxiv-2401.00001", "hardware", "llama-2-7b",
    }  # fmt: skip


def test_a_name_of_nothing_is_refused() -> None:
    with pytest.raises(InputError, match="no concept or paper"):
        whole_graph().show("nothing at all")


def test_a_large_graph_is_cut_to_what_can_be_drawn_and_says_so() -> None:
    papers = [row("papers", id=f"p{n:04}", title=f"P{n}", source="", position="") for n in range(LIMIT + 100)]
    cites = [
        row("citations", citing=paper["id"], cited="p0000", layer="explicit", method="m", confidence=1.0)
        for paper in papers[1:]
    ]
    made = view(graph_of(papers=papers, citations=cites))
    assert len(made.nodes) == LIMIT
    assert "100 less linked nodes are left out" in made.note


def test_a_notebook_shows_the_view_in_a_frame_of_its_own() -> None:
    shown = view(hostile())._repr_html_()
    assert shown.startswith("<iframe")
    assert "allow-same-origin" not in shown
    assert "<script>" not in shown
