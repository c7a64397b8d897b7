"""Pages of papers and concepts: what they tell, in which formats, and that no text of a paper becomes markup."""

import re
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest
import rdflib

from concite.ontology.prefixes import expand
from concite.ontology.terms import concept_iri, paper_iri

from ..whole import CONCEPTS, MENTIONS, PAPERS, whole_graph
from .serving import serving

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}\u202e&amp;"
HTML = {"Accept": "text/html"}
PAPER = f"/paper/{PAPERS[0]['id']}"


class Links(HTMLParser):
    """The links, the tags and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name in ("href", "src", "action") and value]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_paper_has_a_page_with_its_words_marked(client: httpx.Client) -> None:
    response = client.get(PAPER, headers=HTML)
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    page = Links(response.text)
    assert str(PAPERS[0]["title"]) in page.text
    assert str(PAPERS[0]["abstract"]) in page.text
    for row in MENTIONS:
        assert f"/concept/{row['concept']}" in page.links
    assert "https://arxiv.org/abs/2401.00001" in page.links
    assert "It introduces" in page.text
    assert "It cites (explicit)" in page.text


def test_versions_of_a_paper_lead_to_each_other(client: httpx.Client) -> None:
    later, earlier = (Links(client.get(f"/paper/{row['id']}", headers=HTML).text) for row in PAPERS[:2])
    assert "Later version of" in later.text
    assert f"/paper/{PAPERS[1]['id']}" in later.links
    assert "Later versions" in earlier.text
    assert PAPER in earlier.links
    told = rdflib.Graph().parse(data=client.get(PAPER, params={"format": "nt"}).text, format="nt")
    assert list(told.subjects(rdflib.URIRef(expand("co:laterVersion")), rdflib.URIRef(paper_iri(str(PAPERS[0]["id"])))))


def test_a_concept_has_a_page_with_the_sentences_that_name_it(client: httpx.Client) -> None:
    page = Links(client.get("/concept/lora", headers=HTML).text)
    assert "LoRA" in page.text
    assert PAPER in page.links
    sentence = next(row for row in MENTIONS if row["concept"] == "lora" and row["field"] == "abstract")
    assert re.search(r"[^.]*LoRA[^.]*", str(PAPERS[0]["abstract"]))[0].strip() in page.text  # type: ignore[index]
    assert f"Papers that {sentence['role'].removesuffix('s')} it" in page.text


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(
    ("name", "media", "form"),
    [
        ("turtle", "text/turtle", "turtle"),
        ("jsonld", "application/ld+json", "json-ld"),
        ("nt", "application/n-triples", "nt"),
        ("rdfxml", "application/rdf+xml", "xml"),
    ],
)
def test_the_same_comes_as_rdf_by_header_and_by_address(client: httpx.Client, name: str, media: str, form: str) -> None:
    for path, iri in ((PAPER, paper_iri(str(PAPERS[0]["id"]))), ("/concept/lora", concept_iri("lora"))):
        by_header = client.get(path, headers={"Accept": media})
        by_address = client.get(path, params={"format": name})
        assert by_header.content == by_address.content
        assert by_header.headers["content-type"].startswith(media)
        assert by_header.headers["vary"] == "Accept"
        graph = rdflib.Graph().parse(data=by_header.text, format=form)
        assert list(graph.predicate_objects(rdflib.URIRef(iri)))


def test_the_rdf_holds_the_mentions_and_their_words(client: httpx.Client) -> None:
    for path, count in ((PAPER, len(MENTIONS)), ("/concept/lora", 2)):
        graph = rdflib.Graph().parse(data=client.get(path, params={"format": "nt"}).text, format="nt")
        assert len(set(graph.subjects(rdflib.URIRef(expand("oa:hasBody"))))) == count
        words = {str(text) for text in graph.objects(None, rdflib.URIRef(expand("oa:exact")))}
        assert words == {row["text"] for row in MENTIONS if count > 2 or row["concept"] == "lora"}


def test_every_concept_and_paper_has_a_page_and_every_link_between_them_leads_somewhere(client: httpx.Client) -> None:
    seen: set[str] = set()
    waiting = ["/query", *(f"/paper/{row['id']}" for row in PAPERS), *(f"/concept/{row['id']}" for row in CONCEPTS)]
    while waiting:
        path = waiting.pop()
        if path in seen or not path.startswith(("/", "?")) or path == "/":
            continue
        seen.add(path)
        response = client.get(path, headers=HTML)
        assert response.status_code < 400, (path, response.status_code)
        if "text/html" in response.headers.get("content-type", ""):
            links = (link.partition("#")[0] for link in Links(response.text).links if "//" not in link)
            waiting += [f"{path}{link}" if link.startswith("?") else link for link in links if link]
    assert len(seen) > len(PAPERS) + len(CONCEPTS)


@pytest.mark.parametrize("path", ["/concept/nothing", "/paper/nothing", "/nothing", "/concept/", "/assets/nothing"])
def test_what_is_not_there_is_404_for_people_and_programs(client: httpx.Client, path: str) -> None:
    for accept in ("text/html", "text/turtle", "*/*"):
        response = client.get(path, headers={"Accept": accept})
        assert response.status_code == 404
        assert response.headers["content-type"].startswith("text/html" if accept == "text/html" else "text/plain")


def test_a_format_that_is_not_offered_is_406(client: httpx.Client) -> None:
    assert client.get("/concept/lora", headers={"Accept": "image/png"}).status_code == 406
    response = client.get("/concept/lora", params={"format": "docx"})
    assert (response.status_code, "choose of html, turtle" in response.text) == (406, True)


def test_the_ontology_the_shapes_and_the_context_are_served(client: httpx.Client) -> None:
    for path in ("/ontology", "/shapes"):
        assert len(rdflib.Graph().parse(data=client.get(path).text, format="turtle")) > 10
    assert "@context" in client.get("/context.jsonld").json()


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    paper = {**PAPERS[0], "title": HOSTILE, "abstract": HOSTILE, "authors": [HOSTILE], "venue": HOSTILE}
    concepts = [{**row, "label": HOSTILE, "definition": HOSTILE, "aliases": [HOSTILE]} for row in CONCEPTS]
    mentions = [{**MENTIONS[0], "field": "title", "start": 0, "end": 8, "text": HOSTILE[:8]}]
    whole_graph(papers=[paper, PAPERS[1]], concepts=concepts, mentions=mentions).write(tmp_path / "kg")
    with serving(tmp_path / "kg") as client:
        for path in (PAPER, f"/concept/{MENTIONS[0]['concept']}", "/concept/lora", f"/concept/{HOSTILE}"):
            response = client.get(path, headers=HTML)
            page = Links(response.text)
            assert page.tags.isdisjoint({"script", "img"})
            assert "<script>alert(1)" in page.text
            assert "script-src 'self'" in response.headers["content-security-policy"]
            assert "49" not in page.text


def test_a_paper_of_any_id_has_its_page(tmp_path: Path) -> None:
    keys = ["..", "100%", "a%2Fb", "a/b c?d#e", "doi:10.1000/<x>", "é😀"]
    papers = [{**PAPERS[0], "id": key, "title": f"About {key}"} for key in keys]
    whole_graph(papers=papers, mentions=[], citations=[], concept_relations=[]).write(tmp_path / "kg")
    with serving(tmp_path / "kg") as client:
        for key in keys:
            path = paper_iri(key).removeprefix("https://w3id.org/concite").replace("/..", "/%2E%2E")
            response = client.get(path, headers=HTML)
            assert response.status_code == 200
            assert f"About {key}" in Links(response.text).text
            assert f"<{paper_iri(key)}>" in client.get(path, params={"format": "nt"}).text


def test_another_base_names_all_that_is_served(stored: Path) -> None:
    base = "https://example.org/kg/"
    with serving(stored, "--base", base) as client:
        assert f"<{base}concept/lora>" in client.get("/concept/lora", params={"format": "nt"}).text
        assert client.get("/sparql", params={"query": f"ASK {{ <{base}concept/lora> ?p ?o }}"}).json()["boolean"]
        assert f"{base}ontology#" in client.get("/ontology").text
