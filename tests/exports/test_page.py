"""The explorer page as a file: what it carries, what its policy lets run, and that data stays data."""

import base64
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

from concite.exports.page import page_html, write_page
from concite.exports.payload import _distinct, _pointed, _shortened
from concite.graph.knowledge import KnowledgeGraph
from concite.graph.papers import Paper
from concite.graph.tables import COLUMNS, frame
from concite.ontology import Vocabulary

from ..conftest import small_graph

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
    return gzip.decompress(base64.b64decode(found[1])).decode()


def shape(page: str) -> dict[str, Any]:
    return dict(json.loads(packed(page, "graph")))


def texts(page: str) -> dict[str, Any]:
    return dict(json.loads(packed(page, "text")))


def ids(data: dict[str, Any], table: str, beside: str) -> list[str]:
    """The ids of a table, as the page lengthens them again."""
    return [lengthened(key, text) for key, text in zip(data[table]["id"], data[table][beside], strict=True)]


def lengthened(key: str, text: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    shared = re.match(r"(\d*)~", key)
    if not shared:
        return key
    return slug if shared[1] == "" else slug[: int(shared[1])] + key[shared.end() :]


def mentions(data: dict[str, Any]) -> list[tuple[int, int, int, int, int, int]]:
    """Paper, field, start, length, concept and role of each mention."""
    rows: list[tuple[int, int, int, int, int, int]] = []
    paper, before = 0, (0, 0, 0)
    columns = (data["mentions"][name] for name in ("paper", "field", "start", "length", "concept", "role"))
    for step, field, start, *rest in zip(*columns, strict=True):
        paper += step
        place = start + (before[2] if rows and before[:2] == (paper, field) else 0)
        before = paper, field, place
        rows.append((paper, field, place, *rest))
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
    assert rules["style-src"] == digest(page.split("<style>")[1].split("</style>")[0])
    assert rules["img-src"] == "data: blob:"
    assert not {"connect-src", "font-src", "frame-src", "worker-src"} & rules.keys()


def test_nothing_is_loaded_from_anywhere(page: str) -> None:
    outside = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    assert re.findall(r'(?:src|href)="([^"#]*)"', outside) == ["data:,"]
    assert "@import" not in page
    assert "url(" not in page.split("<style>")[1].split("</style>")[0]


def test_the_viewer_evaluates_no_text() -> None:
    script = (ROOT / "exports" / "viewer" / "explorer.js").read_text(encoding="utf-8")
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
    data = shape(page)
    concepts = ids(data, "concepts", "label")
    assert ids(data, "papers", "title") == graph.papers["id"].to_list()
    assert sorted(concepts) == sorted(graph.concepts["id"])
    assert data["drawn"] == graph.mentions["concept"].n_unique()
    assert set(concepts[: data["drawn"]]) == set(graph.mentions["concept"])
    assert len(data["mentions"]["concept"]) == len(graph.mentions)
    assert len(data["citations"]["citing"]) == len(graph.citations)
    assert len(data["relations"]["subject"]) == len(graph.concept_relations.unique(["subject", "relation", "object"]))
    assert len(data["layout"]["x"]) == len(graph.papers) + data["drawn"]
    assert texts(page)["abstracts"] == graph.papers["abstract"].to_list()


def test_the_pairs_of_papers_and_concepts_are_the_links_of_the_graph(graph: KnowledgeGraph, page: str) -> None:
    data = shape(page)
    papers, concepts = ids(data, "papers", "title"), ids(data, "concepts", "label")
    strongest: dict[tuple[str, str], int] = {}
    for paper, _, _, _, concept, role in mentions(data):
        pair = papers[paper], concepts[concept]
        strongest[pair] = min(role, strongest.get(pair, 9))
    found = {(*pair, data["roles"][role]) for pair, role in strongest.items()}
    assert found == set(graph.links.select("paper", "concept", "role").iter_rows())


def test_mentions_point_at_their_words(graph: KnowledgeGraph, page: str) -> None:
    data = shape(page)
    fields = data["papers"]["title"], texts(page)["abstracts"]
    words = [fields[field][paper][start : start + length] for paper, field, start, length, _, _ in mentions(data)]
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
    assert set(HOSTILE[:2]) <= set(shape(page)["papers"]["title"])


def test_a_title_with_a_marker_of_the_template_stays_as_it_is(graph: KnowledgeGraph) -> None:
    assert "<title>{{graph}} {{none}}</title>" in page_html(graph, title="{{graph}} {{none}}")


def test_a_graph_without_papers_has_a_page() -> None:
    empty = KnowledgeGraph({table: frame(table, ()) for table in COLUMNS})
    data = shape(page_html(empty))
    assert data["papers"]["id"] == []
    assert data["layout"] == {"x": [], "y": [], "community": []}


def test_another_base_for_the_iris(graph: KnowledgeGraph) -> None:
    assert shape(page_html(graph, base="https://example.org/kg/"))["base"] == "https://example.org/kg/"


def test_citations_of_a_layer_of_similarity_are_kept_apart(graph: KnowledgeGraph) -> None:
    citing, cited = graph.papers["id"][:2]
    row = dict.fromkeys(graph.citations.columns) | {"citing": citing, "cited": cited, "layer": "similarity"}
    more = pl.DataFrame([{**row, "method": "tf-idf", "confidence": 0.5}], schema=graph.citations.schema)
    grown = KnowledgeGraph({**graph.frames, "citations": pl.concat([graph.citations, more])})
    data = shape(page_html(grown))
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
        assert f"{name} {wanted[name]} (MIT)" in licences
    assert licences.count("Permission is hereby granted") >= 4
