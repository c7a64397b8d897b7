"""The explorer page as a file: what it carries, what its policy lets run, and that data stays data."""

import base64
import bz2
import gzip
import hashlib
import html
import json
import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from concite.exports.examples import NETWORK, examples
from concite.exports.formats import write_export
from concite.exports.page import page_html, write_page
from concite.exports.payload import _distinct, _pointed, _shortened
from concite.exports.rdf import nquads
from concite.graph.knowledge import KnowledgeGraph
from concite.graph.papers import InputError, Paper
from concite.graph.tables import COLUMNS, frame
from concite.ontology import Vocabulary
from concite.ontology.prefixes import prefixes

from ..conftest import small_graph
from .test_packing import unpacked

ROOT = Path(__file__).resolve().parents[2]
EXPLORER = ROOT / "exports" / "explorer"
SCRIPT = re.compile(r"<script([^>]*)>(.*?)</script>", re.DOTALL)

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    '"><img src=x onerror=alert(3)>',
    "{{constructor.constructor('alert(4)')()}} ${alert(5)} {{csp}} {{script}}",
    "<!--<script>",
    "]]></style></title><svg onload=alert(6)>",
    "\u202egnp.exe\u202c \u2066bidi\u2069",
    "\U0001f9ea\U0001f469\u200d\U0001f52c emoji about LoRA",
    "LoRA " + "long " * 2000,
)


def packed(page: str, name: str) -> str:
    found = re.search(rf'<script type="application/octet-stream" id="data-{name}">([^<]*)</script>', page)
    assert found
    data = unpacked(found[1])
    return (bz2.decompress(data) if data.startswith(b"BZh") else gzip.decompress(data)).decode()


def first(page: str) -> dict[str, Any]:
    """What the first picture is drawn from."""
    return dict(json.loads(packed(page, "graph")))


def later(page: str) -> dict[str, Any]:
    """What the page reads afterwards."""
    return dict(json.loads(packed(page, "later")))


def ids(data: dict[str, Any], table: str, beside: str) -> list[str]:
    """The ids of a table, as the page lengthens them again."""
    return [lengthened(key, text) for key, text in zip(data[table]["id"], data[table][beside], strict=True)]


def lengthened(key: str, text: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    shared = re.match(r"(\d*)~", key)
    if not shared:
        return key
    return slug if shared[1] == "" else slug[: int(shared[1])] + key[shared.end() :]


def mentions(page: str) -> list[tuple[int, int, int, int, int, int]]:
    """Paper, field, start, length, concept and role of each mention."""
    said, placed = first(page)["mentions"], later(page)["mentions"]
    labels = first(page)["concepts"]["label"]
    order = sorted(range(len(said["concept"])), key=lambda row: said["concept"][row])
    role, longer = (
        {row: column[place] for place, row in enumerate(order)} for column in (said["role"], placed["length"])
    )
    rows: list[tuple[int, int, int, int, int, int]] = []
    paper, before = 0, (0, 0, 0)
    for row, (step, field, start) in enumerate(zip(said["paper"], placed["field"], placed["start"], strict=True)):
        paper += step
        place = start + (before[2] if rows and before[:2] == (paper, field) else 0)
        before = paper, field, place
        concept = said["concept"][row]
        rows.append((paper, field, place, len(labels[concept]) + longer[row], concept, role[row]))
    return rows


def policy(page: str) -> dict[str, str]:
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert found
    return dict(rule.strip().split(" ", 1) for rule in html.unescape(found[1]).split(";"))


def digest(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


@pytest.fixture(scope="module")
def page(graph: KnowledgeGraph) -> str:
    return page_html(graph, title="Three papers")


def test_the_policy_allows_exactly_what_the_page_was_written_with(page: str) -> None:
    rules = policy(page)
    running = [content for attributes, content in SCRIPT.findall(page) if "octet-stream" not in attributes]
    assert len(running) == 1
    assert rules["default-src"] == "'none'"
    assert set(rules["script-src"].split()) == {digest(running[0]), digest(packed(page, "script"))}
    assert rules["style-src"] == digest(packed(page, "style"))
    assert rules["img-src"] == "data: blob:"
    assert not {"connect-src", "font-src", "frame-src", "worker-src"} & rules.keys()


@pytest.fixture(scope="module")
def asking(graph: KnowledgeGraph) -> str:
    return page_html(graph, title="Three papers", with_sparql=True)


def test_only_a_page_with_sparql_may_compile_and_start_workers(page: str, asking: str) -> None:
    plain, more = policy(page), policy(asking)
    assert "wasm-unsafe-eval" not in plain["script-src"]
    added = set(more["script-src"].split()) - set(plain["script-src"].split())
    assert added == {digest(packed(asking, "sparql")), "'wasm-unsafe-eval'"}
    assert more.pop("worker-src") == "blob:"
    assert {name: more[name] for name in more if name != "script-src"} == {
        name: plain[name] for name in plain if name != "script-src"
    }


def test_a_page_without_sparql_carries_nothing_of_it(page: str, asking: str) -> None:
    for name in ("sparql", "engine", "wasm", "rdf", "asking"):
        assert f'id="data-{name}"' in asking
        assert f'id="data-{name}"' not in page
    for name in ("graph", "later", "script", "style"):
        assert packed(page, name) == packed(asking, name)


def test_the_engine_is_given_the_statements_of_the_rdf_export(graph: KnowledgeGraph, asking: str) -> None:
    held = {str(quad) for quad in parse(packed(asking, "rdf"), format=RdfFormat.TRIG)}
    exported = {str(quad) for piece in nquads(graph) for quad in parse(piece, format=RdfFormat.N_QUADS)}
    assert held == exported


def test_only_the_explorer_page_takes_the_engine(graph: KnowledgeGraph, tmp_path: Path) -> None:
    write_export(graph, "html", tmp_path / "page.html", with_sparql=True)
    assert 'id="data-wasm"' in (tmp_path / "page.html").read_text(encoding="utf-8")
    with pytest.raises(InputError, match="leave --with-sparql out"):
        write_export(graph, "turtle", tmp_path / "graph.ttl", with_sparql=True)


def test_the_examples_come_along_but_for_those_that_need_a_network(asking: str) -> None:
    carried = json.loads(packed(asking, "asking"))
    assert [each["title"] for each in carried["examples"]] == [
        each.title for each in examples() if each.needs != NETWORK
    ]
    assert not any("#+" in each["query"] for each in carried["examples"])
    assert carried["prefixes"] == prefixes()


def test_nothing_is_loaded_from_anywhere(page: str) -> None:
    outside = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    assert re.findall(r'(?:src|href)="([^"#]*)"', outside) == ["data:,"]
    assert "@import" not in page
    assert "<style" not in page
    assert "url(" not in packed(page, "style")


def test_the_viewer_evaluates_no_text() -> None:
    viewer = ROOT / "exports" / "viewer"
    script = "".join((viewer / name).read_text(encoding="utf-8") for name in ("explorer.js", "sparql.js", "engine.js"))
    for forbidden in (
        "eval(",
        "new Function",
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "</script",
    ):
        assert forbidden not in script, forbidden


def test_the_page_holds_what_the_graph_holds(graph: KnowledgeGraph, page: str) -> None:
    data, rest = first(page), later(page)
    concepts = ids(data, "concepts", "label")
    assert ids(data, "papers", "title") == graph.papers["id"].to_list()
    assert sorted(concepts) == sorted(graph.concepts["id"])
    assert data["drawn"] == graph.mentions["concept"].n_unique()
    assert set(concepts[: data["drawn"]]) == set(graph.mentions["concept"])
    assert len(data["mentions"]["concept"]) == len(graph.mentions)
    assert len(data["citations"]["citing"]) == len(graph.citations)
    assert len(rest["relations"]["subject"]) == len(graph.concept_relations.unique(["subject", "relation", "object"]))
    assert len(data["layout"]["x"]) == len(graph.papers) + data["drawn"]
    assert rest["papers"]["abstract"] == graph.papers["abstract"].to_list()


def test_the_pairs_of_papers_and_concepts_are_the_links_of_the_graph(graph: KnowledgeGraph, page: str) -> None:
    data = first(page)
    papers, concepts = ids(data, "papers", "title"), ids(data, "concepts", "label")
    strongest: dict[tuple[str, str], int] = {}
    for paper, _, _, _, concept, role in mentions(page):
        pair = papers[paper], concepts[concept]
        strongest[pair] = min(role, strongest.get(pair, 9))
    found = {(*pair, data["roles"][role]) for pair, role in strongest.items()}
    assert found == set(graph.links.select("paper", "concept", "role").iter_rows())


def test_mentions_point_at_their_words(graph: KnowledgeGraph, page: str) -> None:
    fields = first(page)["papers"]["title"], later(page)["papers"]["abstract"]
    words = [fields[field][paper][start : start + length] for paper, field, start, length, _, _ in mentions(page)]
    assert sorted(words) == sorted(graph.mentions["text"])


@given(st.text(max_size=30), st.text(max_size=30))
def test_shortened_ids_are_found_again(key: str, text: str) -> None:
    assert lengthened(_shortened(key, text), text) == key
    assert lengthened(_shortened(f"{text}-{key}", text), text) == f"{text}-{key}"


def test_evidence_from_the_paper_itself_is_pointed_at() -> None:
    assert _pointed("an \U0001f9ea LoRA", "Title", "With an \U0001f9ea LoRA.") == (1, 5, 9)
    assert _pointed("elsewhere", "Title", None) == "elsewhere"


def test_aliases_that_differ_only_in_spelling_are_left_out() -> None:
    assert _distinct("fine-tuning", ["Fine tuning", "finetunings", "FT", "ft"]) == ["FT"]


def test_the_same_graph_gives_the_same_bytes(graph: KnowledgeGraph, tmp_path: Path) -> None:
    pages = [tmp_path / "one.html", tmp_path / "other.html"]
    for path in pages:
        write_page(graph, path)
    assert pages[0].read_bytes() == pages[1].read_bytes()
    assert b"\r" not in pages[0].read_bytes()


def test_hostile_papers_leave_the_markup_alone(small: Vocabulary) -> None:
    papers = tuple(Paper(text, f"{text} We use LoRA.", source=text, position=text) for text in HOSTILE)
    page = page_html(small_graph(small, papers), title=HOSTILE[1])
    plain = page_html(small_graph(small, ()), title="plain")
    assert page.count("<script") == plain.count("<script")
    assert re.findall(r"<title>(.*?)</title>", page) == [html.escape(HOSTILE[1])]
    assert len(policy(page)) == len(policy(plain))
    assert set(HOSTILE[:2]) <= set(first(page)["papers"]["title"])


def test_a_title_with_a_marker_of_the_template_stays_as_it_is(graph: KnowledgeGraph) -> None:
    assert "<title>{{graph}} {{none}}</title>" in page_html(graph, title="{{graph}} {{none}}")


def test_a_graph_without_papers_has_a_page() -> None:
    empty = KnowledgeGraph({table: frame(table, ()) for table in COLUMNS})
    data = first(page_html(empty))
    assert data["papers"]["id"] == []
    assert [data["layout"][name] for name in ("x", "y", "community")] == [[], [], []]


def test_another_base_for_the_iris(graph: KnowledgeGraph) -> None:
    assert first(page_html(graph, base="https://example.org/kg/"))["base"] == "https://example.org/kg/"


def test_citations_of_a_layer_of_similarity_are_kept_apart(graph: KnowledgeGraph) -> None:
    citing, cited = graph.papers["id"][:2]
    row = dict.fromkeys(graph.citations.columns) | {"citing": citing, "cited": cited, "layer": "similarity"}
    more = pl.DataFrame([{**row, "method": "tf-idf", "confidence": 0.5}], schema=graph.citations.schema)
    grown = KnowledgeGraph({**graph.frames, "citations": pl.concat([graph.citations, more])})
    data = first(page_html(grown))
    assert data["layers"] == ["explicit", "inferred", "similarity"]
    assert data["citations"]["layer"].count(2) == 1


def test_the_lock_file_names_no_registry() -> None:
    lock = json.loads((EXPLORER / "package-lock.json").read_text(encoding="utf-8"))
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
    assert all("integrity" in package for name, package in lock["packages"].items() if name)


def test_the_licences_of_what_is_bundled_come_with_it() -> None:
    licences = (ROOT / "exports" / "viewer" / "LICENSES.txt").read_text(encoding="utf-8")
    wanted = json.loads((EXPLORER / "package.json").read_text(encoding="utf-8"))["dependencies"]
    for name in wanted.keys() - {"graphology-types"}:
        assert re.search(rf"^{re.escape(name)} {re.escape(wanted[name])} \(MIT", licences, re.MULTILINE), name
    assert licences.count("Permission is hereby granted") >= 6
