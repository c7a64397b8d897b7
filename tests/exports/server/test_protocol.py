"""SPARQL 1.1 Protocol: each behaviour, asked by a real client of a running server."""

import csv
import io
import json
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
import rdflib

from .serving import serving

USES = "SELECT ?label { ?p co:uses ?c . ?c skos:prefLabel ?label }"
TRIPLES = "CONSTRUCT { ?p co:uses ?c } WHERE { ?p co:uses ?c }"
FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
GRAPHS = "https://w3id.org/concite/graph/"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"


def get(client: httpx.Client, query: str, accept: str = "", **parameters: Any) -> httpx.Response:
    given = {"query": query, **{name.replace("_", "-"): value for name, value in parameters.items()}}
    return client.get("/sparql", params=given, headers={"Accept": accept} if accept else {})


def labels(response: httpx.Response) -> list[str]:
    assert response.status_code == 200, response.text
    return [row["label"]["value"] for row in response.json()["results"]["bindings"]]


# The three ways to ask


def test_a_query_by_get(client: httpx.Client) -> None:
    assert labels(get(client, USES)) == ["LoRA"]


def test_a_query_by_post_of_a_form(client: httpx.Client) -> None:
    assert labels(client.post("/sparql", data={"query": USES})) == ["LoRA"]


@pytest.mark.parametrize("media", [QUERY, f"{QUERY}; charset=utf-8", QUERY.upper(), f'{QUERY};charset="UTF-8"'])
def test_a_query_by_post_as_it_is(client: httpx.Client, media: str) -> None:
    assert labels(client.post("/sparql", content=USES, headers={"Content-Type": media})) == ["LoRA"]


def test_a_query_by_head_has_no_body(client: httpx.Client) -> None:
    response = client.head("/sparql", params={"query": USES})
    assert response.status_code == 200
    assert response.content == b""
    assert response.headers["content-type"] == "application/sparql-results+json"


def test_a_query_holds_any_text(client: httpx.Client) -> None:
    text = "é\u202e😀 + & = %41 #"
    response = client.post("/sparql", data={"query": f"SELECT ?label {{ BIND('{text}' AS ?label) }}"})
    assert labels(response) == [text]
    assert labels(get(client, f"SELECT ?label {{ BIND('{text}' AS ?label) }}")) == [text]


# Which graphs are asked


def asked(client: httpx.Client, query: str, **parameters: Any) -> bool:
    return bool(get(client, query, **parameters).json()["boolean"])


def test_all_graphs_are_asked_without_a_word(client: httpx.Client) -> None:
    assert asked(client, "ASK { ?p co:uses ?c ; cito:cites ?q }")
    assert asked(client, "ASK { GRAPH graph:papers { ?p co:uses ?c } }")


def test_default_graphs_are_those_of_the_request(client: httpx.Client) -> None:
    papers, citations = f"{GRAPHS}papers", f"{GRAPHS}citations-explicit"
    assert asked(client, "ASK { ?p co:uses ?c }", default_graph_uri=papers)
    assert not asked(client, "ASK { ?p co:uses ?c }", default_graph_uri=citations)
    assert asked(client, "ASK { ?p co:uses ?c ; cito:cites ?q }", default_graph_uri=[papers, citations])
    assert not asked(client, "ASK { GRAPH ?g { ?p ?q ?r } }", default_graph_uri=papers)


def test_named_graphs_are_those_of_the_request(client: httpx.Client) -> None:
    papers = f"{GRAPHS}papers"
    assert asked(client, "ASK { GRAPH ?g { ?p co:uses ?c } }", named_graph_uri=papers)
    assert not asked(client, "ASK { GRAPH ?g { ?p cito:cites ?c } }", named_graph_uri=papers)
    assert not asked(client, "ASK { ?p co:uses ?c }", named_graph_uri=papers)


def test_the_request_goes_before_the_query(client: httpx.Client) -> None:
    query = "ASK FROM graph:citations-explicit { ?p co:uses ?c }"
    assert not asked(client, query)
    assert asked(client, query, default_graph_uri=f"{GRAPHS}papers")


@pytest.mark.parametrize("way", [FORM, QUERY])
def test_graphs_are_named_by_post_too(client: httpx.Client, way: str) -> None:
    name, query = f"{GRAPHS}mentions", "ASK { ?p co:uses ?c }"
    if way == FORM:
        response = client.post("/sparql", data={"query": query, "default-graph-uri": name})
    else:
        parameters = {"default-graph-uri": name}
        response = client.post("/sparql", params=parameters, content=query, headers={"Content-Type": way})
    assert response.json()["boolean"] is False


def test_a_graph_that_is_no_iri_is_an_error(client: httpx.Client) -> None:
    response = get(client, "ASK {}", default_graph_uri="no iri")
    assert (response.status_code, "no iri" in response.text) == (400, True)


# Formats


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/xml", "application/xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/*", "text/csv; charset=utf-8"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("application/*, application/sparql-results+json;q=0", "application/sparql-results+xml"),
        ("text/turtle, */*;q=0.1", "application/sparql-results+json"),
        ("nonsense, text/csv", "text/csv; charset=utf-8"),
    ],
)
def test_rows_come_in_the_format_that_is_wanted_most(client: httpx.Client, accept: str, media: str) -> None:
    response = get(client, USES, accept)
    assert (response.status_code, response.headers["content-type"]) == (200, media)
    assert "LoRA" in response.text
    assert response.headers["vary"] == "Accept"


def test_rows_are_the_same_in_every_format(client: httpx.Client) -> None:
    rows = "SELECT ?label ?n { VALUES (?label ?n) { ('a\\n\\t\"b\\\\,é😀'@en 1) (UNDEF 1.5) ('' UNDEF) } }"
    found = get(client, rows, "application/json").json()["results"]["bindings"]
    assert found[0]["label"] == {"type": "literal", "value": 'a\n\t"b\\,é😀', "xml:lang": "en"}
    assert [sorted(row) for row in found] == [["label", "n"], ["n"], ["label"]]
    as_csv = list(csv.reader(io.StringIO(get(client, rows, "text/csv").text, newline="")))
    assert as_csv == [["label", "n"], ['a\n\t"b\\,é😀', "1"], ["", "1.5"], ["", ""]]
    as_xml = ElementTree.fromstring(get(client, rows, "application/sparql-results+xml").text)
    assert [each.text for each in as_xml.iter() if each.text] == ['a\n\t"b\\,é😀', "1", "1.5"]
    as_tsv = get(client, rows, "text/tab-separated-values").text.splitlines()
    assert as_tsv == ["?label\t?n", '"a\\n\\t\\"b\\\\,é😀"@en\t1', "\t1.5", '""\t']


@pytest.mark.parametrize("accept", ["application/json", "application/sparql-results+xml", "text/csv"])
def test_yes_or_no_comes_in_a_format_of_rows(client: httpx.Client, accept: str) -> None:
    assert "true" in get(client, "ASK {}", accept).text


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(
    ("accept", "media", "form"),
    [
        ("", "text/turtle; charset=utf-8", "turtle"),
        ("text/turtle", "text/turtle; charset=utf-8", "turtle"),
        ("application/n-triples", "application/n-triples", "nt"),
        ("application/ld+json", "application/ld+json", "json-ld"),
        ("application/rdf+xml", "application/rdf+xml", "xml"),
        ("application/json, application/rdf+xml;q=0.2", "application/rdf+xml", "xml"),
    ],
)
@pytest.mark.parametrize("query", [TRIPLES, "DESCRIBE concept:lora"])
def test_triples_come_in_formats_of_rdf(client: httpx.Client, query: str, accept: str, media: str, form: str) -> None:
    response = get(client, query, accept)
    assert (response.status_code, response.headers["content-type"]) == (200, media)
    assert len(rdflib.Graph().parse(data=response.text, format=form)) >= 1


@pytest.mark.parametrize(
    ("query", "accept"),
    [(USES, "text/turtle"), (USES, "image/png"), (TRIPLES, "text/csv"), (USES, "text/csv;q=0"), (USES, "nonsense")],
)
def test_a_format_that_cannot_be_is_406_and_says_which_can(client: httpx.Client, query: str, accept: str) -> None:
    response = get(client, query, accept)
    assert response.status_code == 406
    assert "choose of " in response.text


# Errors


def test_a_fault_in_the_query_is_400_with_a_caret_under_it(client: httpx.Client) -> None:
    response = get(client, "SELECT ?x {\n  ?x fo:bar ?y }")
    assert response.status_code == 400
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    message, line, caret = response.text.splitlines()
    assert message.startswith("query:2:")
    assert "the prefix fo: is not known" in message
    assert line.strip() == "?x fo:bar ?y }"
    assert caret.strip() == "^"


@pytest.mark.parametrize("parameters", [[("query", "ASK {}"), ("query", "ASK {}")], [("quarry", "ASK {}")]])
def test_a_request_must_hold_one_query(client: httpx.Client, parameters: list[tuple[str, str]]) -> None:
    body = "&".join(f"{name}={value}" for name, value in parameters)
    response = client.post("/sparql", content=body, headers={"Content-Type": FORM})
    assert response.status_code == 400
    assert "give it once" in response.text


def test_a_request_that_is_not_utf8_is_400(client: httpx.Client) -> None:
    assert client.post("/sparql", content=b"\xff\xfe", headers={"Content-Type": QUERY}).status_code == 400
    assert client.post("/sparql", content=b"query=%ff", headers={"Content-Type": FORM}).status_code == 400
    assert client.get("/sparql?query=%ff%fe").status_code == 400


@pytest.mark.parametrize("media", ["", "text/plain", "application/json", "multipart/form-data; boundary=x"])
def test_a_body_of_another_kind_is_415(client: httpx.Client, media: str) -> None:
    headers = {"Content-Type": media} if media else {}
    response = client.post("/sparql", content="ASK {}", headers=headers)
    assert response.status_code == 415
    assert QUERY in response.text


def test_another_charset_is_415(client: httpx.Client) -> None:
    headers = {"Content-Type": f"{QUERY}; charset=latin-1"}
    assert client.post("/sparql", content="ASK {}", headers=headers).status_code == 415


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_another_method_is_405_and_says_which_may_be(client: httpx.Client, method: str) -> None:
    response = client.request(method, "/sparql")
    assert response.status_code == 405
    assert {"GET", "POST"} <= set(response.headers["allow"].replace(" ", "").split(","))


def test_a_request_without_measure_is_413(client: httpx.Client) -> None:
    response = client.post("/sparql", content="ASK {} #" + "x" * 3_000_000, headers={"Content-Type": QUERY})
    assert response.status_code == 413


def test_a_query_nested_without_measure_is_400(client: httpx.Client) -> None:
    response = client.post("/sparql", data={"query": "ASK " + "{" * 5000 + "}" * 5000})
    assert (response.status_code, "nested too deeply" in response.text) == (400, True)


# Nothing can be changed, nobody else is asked


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "PREFIX a: <a:>\n# ASK {}\nbase <a:> delete where { ?s ?p ?o }",
        "LOAD <http://example.org/>",
        "CLEAR ALL",
        "DROP ALL",
        "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { service silent ?x { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o.SERVICE<http://example.org/>{ ?s ?p ?o } }",
        "SELECT * { ?s ?p 'a\\'#' . SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p concept:a\\# . SERVICE <http://example.org/> { ?s ?p ?o } }",
        'SELECT * { ?s ?p """x"""SERVICE <http://example.org/> { ?s ?p ?o } }',
        "SELECT * { ?s ?p '#' ; SERVICE <http://example.org/> { ?s ?p ?o } }",
    ],
)
@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_a_change_or_another_endpoint_is_403_with_a_reason(client: httpx.Client, query: str, way: str) -> None:
    if way == "get":
        response = get(client, query)
    elif way == "form":
        response = client.post("/sparql", data={"query": query})
    else:
        response = client.post("/sparql", content=query, headers={"Content-Type": QUERY})
    assert response.status_code == 403, response.text
    assert "is refused: this server" in response.text


def test_an_update_is_403_however_it_is_sent(client: httpx.Client) -> None:
    headers = {"Content-Type": "application/sparql-update"}
    responses = [
        client.post("/sparql", data={"update": "CLEAR ALL"}),
        client.post("/sparql", content="CLEAR ALL", headers=headers),
        client.post("/sparql", params={"update": "CLEAR ALL"}, data={"query": "ASK {}"}),
        client.get("/sparql", params={"update": "CLEAR ALL"}),
        client.post("/sparql", data={"using-graph-uri": "a:b", "query": "ASK {}"}),
    ]
    assert [response.status_code for response in responses] == [403] * 5
    assert all("read-only" in response.text for response in responses)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { FILTER('SERVICE <x> { }' != \"INSERT DATA\") }",
        "# SERVICE <http://example.org/> { }\n# LOAD <x>\nASK {}",
        "ASK { BIND(<http://example.org/SERVICE> AS ?service) BIND(?service AS ?insert) }",
        "PREFIX service: <http://example.org/> ASK { FILTER(service:SERVICE != service:LOAD) }",
        "ASK { FILTER('x'@service != '''\nSERVICE <x> {\n''') }",
        "PREFIX insert: <http://example.org/> ASK {}",
    ],
)
def test_words_in_texts_names_and_comments_are_no_keywords(client: httpx.Client, query: str) -> None:
    response = get(client, query)
    assert (response.status_code, response.json()["boolean"]) == (200, True)


def test_a_service_that_hides_from_the_refusal_still_reaches_nobody(client: httpx.Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.settimeout(1)
        place = f"http://127.0.0.1:{other.getsockname()[1]}/"
        hidden = f"PREFIX o: <{place}> SELECT * {{ FILTER(1<2)SERVICE/**/o:#>\n{{ ?s ?p ?o }} }}"
        for query in (hidden, hidden.replace("/**/", " "), f"BASE <{place}> {hidden}"):
            assert get(client, query).status_code in (400, 403)
        with pytest.raises(TimeoutError):
            other.accept()


# Time, size, many at once


def test_a_query_that_takes_too_long_is_told_so(client: httpx.Client) -> None:
    response = get(client, ENDLESS)
    assert response.status_code == 422
    assert "longer than 2 s" in response.text
    assert "--timeout" in response.text


@pytest.mark.parametrize("accept", ["text/csv", "application/json", "application/sparql-results+xml", ""])
def test_an_answer_above_the_limit_is_refused_as_a_whole(client: httpx.Client, accept: str) -> None:
    response = get(client, "SELECT * { ?s ?p ?o }", accept)
    assert response.status_code == 422
    assert "more than 100 rows or triples; add a LIMIT" in response.text
    at_the_limit = get(client, "SELECT * { ?s ?p ?o } LIMIT 100", "text/csv")
    assert len(list(csv.reader(io.StringIO(at_the_limit.text)))) == 101


def test_triples_above_the_limit_are_refused_too(client: httpx.Client) -> None:
    assert get(client, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }").status_code == 422
    assert get(client, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 100").status_code == 200


def test_a_query_that_takes_all_memory_takes_nobody_along(client: httpx.Client) -> None:
    rows = "{ SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i }"
    response = get(client, f"SELECT (COUNT(*) AS ?n) {rows}")
    assert response.status_code == 422
    assert labels(get(client, USES)) == ["LoRA"]


def test_queries_at_once_do_not_wait_for_each_other(stored: Path) -> None:
    with serving(stored, "--timeout", "20") as client, ThreadPoolExecutor() as threads:
        place = str(client.base_url)
        slow = [threads.submit(httpx.get, f"{place}/sparql", params={"query": ENDLESS}, timeout=60) for _ in range(2)]
        time.sleep(1)
        quick = [labels(get(client, USES)) for _ in range(5)]
        assert quick == [["LoRA"]] * 5
        assert not any(each.done() for each in slow)
        client.close()
        assert [each.result().status_code for each in slow] == [422, 422]


def test_a_client_that_leaves_ends_its_query(stored: Path) -> None:
    with serving(stored, "--timeout", "600") as client:
        for _ in range(3 * (threading.active_count() + 8)):
            with pytest.raises(httpx.ReadTimeout):
                get(httpx.Client(base_url=client.base_url, timeout=0.15), ENDLESS)
        assert labels(get(client, USES)) == ["LoRA"]


# The service description, and other sites


def test_without_a_query_the_endpoint_describes_itself(client: httpx.Client) -> None:
    response = client.get("/sparql", headers={"Accept": "text/turtle"})
    described = rdflib.Graph().parse(data=response.text, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    endpoint = rdflib.URIRef(f"{client.base_url}/sparql")
    assert (endpoint, rdflib.RDF.type, sd.Service) in described
    assert (endpoint, sd.endpoint, endpoint) in described
    assert (endpoint, sd.feature, sd.UnionDefaultGraph) in described
    names = {str(name) for name in described.objects(None, sd.name)}
    assert {f"{GRAPHS}papers", f"{GRAPHS}mentions", f"{GRAPHS}vocabulary"} <= names


@pytest.mark.parametrize("accept", ["", "*/*", "application/rdf+xml", "application/ld+json"])
def test_the_description_comes_in_formats_of_rdf(client: httpx.Client, accept: str) -> None:
    response = client.get("/sparql", headers={"Accept": accept})
    assert (response.status_code, "sparql-service-description" in response.text) == (200, True)


def test_a_browser_at_the_endpoint_is_led_to_the_query_page(client: httpx.Client) -> None:
    response = client.get("/sparql", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (response.status_code, response.headers["location"]) == (303, "query")


def test_other_sites_may_not_read_answers_unless_they_are_named(client: httpx.Client, stored: Path) -> None:
    origin = {"Origin": "https://example.org"}
    assert (
        "access-control-allow-origin" not in client.get("/sparql", params={"query": "ASK {}"}, headers=origin).headers
    )
    with serving(stored, "--cors", "https://example.org") as open_to_one:
        given = open_to_one.get("/sparql", params={"query": "ASK {}"}, headers=origin)
        assert given.headers["access-control-allow-origin"] == "https://example.org"
        asked_before = {**origin, "Access-Control-Request-Method": "POST"}
        assert open_to_one.options("/sparql", headers=asked_before).status_code == 200
        other = open_to_one.get("/sparql", params={"query": "ASK {}"}, headers={"Origin": "https://example.com"})
        assert "access-control-allow-origin" not in other.headers


def test_a_page_that_poses_as_this_machine_is_refused(client: httpx.Client) -> None:
    assert client.get("/sparql", headers={"Host": "evil.example"}).status_code == 400
    assert client.get("/sparql", headers={"Host": "localhost:1"}).status_code == 200


def test_every_answer_keeps_browsers_careful(client: httpx.Client) -> None:
    for path in ("/", "/query", "/sparql?query=ASK%20%7B%7D", "/nothing", "/concept/lora", "/assets/pages.css"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "server" not in headers


def test_answers_are_the_same_bytes_each_time(client: httpx.Client) -> None:
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(?s = concept:lora) }"
    for accept in ("text/turtle", "application/n-triples", "application/ld+json"):
        assert len({get(client, query, accept).content for _ in range(3)}) == 1
    assert json.loads(get(client, query, "application/ld+json").text)
