"""The HTTP side under anything at all: whatever is sent, the server answers, and never with a fault of its own."""

import socket

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

FUZZ = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
METHODS = st.sampled_from(["GET", "POST", "HEAD", "PUT", "OPTIONS", "DELETE"])
PATHS = st.sampled_from(["/", "/query", "/ontology", "/assets/pages.css", "/assets/", "/nothing"]) | st.builds(
    "{}{}".format,
    st.sampled_from(["/sparql", "/concept/", "/paper/", "/assets/", "/assets/../", "/concept/lora", "/%2e%2e/"]),
    st.text(max_size=8).map(lambda text: "".join(f"%{byte:02x}" for byte in text.encode(errors="replace"))),
)
WORDS = st.sampled_from(
    (
        "SELECT ASK CONSTRUCT DESCRIBE WHERE * ?s ?p ?o { } ( ) . ; , <a:b> <http://x/> 'text' \"\"\" ' 1 -1.5e3 "
        "concept:lora co:uses SERVICE INSERT LOAD FROM NAMED GRAPH OPTIONAL UNION FILTER EXISTS BIND AS VALUES UNDEF "
        "GROUP BY COUNT(*) ORDER LIMIT 5 OFFSET PREFIX x: BASE << >> REGEX(?s,'(a+)+$') STR() IRI('') NOW() RAND() "
        "\\ # | ^ / + ! \0 é 😀"
    ).split(" ")
)
QUERIES = st.lists(WORDS, max_size=14).map(" ".join) | st.text(max_size=60)
MEDIA = st.sampled_from(
    "application/sparql-query application/x-www-form-urlencoded application/sparql-update application/json text/html "
    "text/turtle text/csv;q=0.5 */* ;;; a/b;q=9 text/html;q=".split()
)
NAMES = st.sampled_from(["query", "update", "default-graph-uri", "named-graph-uri", "format", "x", ""])
PARAMETERS = st.lists(st.tuples(NAMES, QUERIES), max_size=3)


def holds(response: httpx.Response) -> bool:
    return response.status_code < 500 and (response.status_code < 400 or bool(response.content) or _no_body(response))


def _no_body(response: httpx.Response) -> bool:
    return response.request.method == "HEAD"


@FUZZ
@given(METHODS, PATHS, PARAMETERS, MEDIA, MEDIA, st.binary(max_size=60))
def test_any_request_is_answered(
    client: httpx.Client,
    method: str,
    path: str,
    parameters: list[tuple[str, str]],
    accept: str,
    kind: str,
    body: bytes,
) -> None:
    headers = {"Accept": accept, "Content-Type": kind}
    response = client.request(method, path, params=dict(parameters), headers=headers, content=body)
    assert holds(response), (response.status_code, response.text)


@FUZZ
@given(QUERIES, MEDIA)
def test_any_query_is_answered(client: httpx.Client, query: str, accept: str) -> None:
    encoded = query.encode(errors="replace")
    headers = {"Accept": accept, "Content-Type": "application/sparql-query"}
    response = client.post("/sparql", content=encoded, headers=headers)
    assert holds(response), (response.status_code, response.text)


@FUZZ
@given(st.binary(max_size=200))
def test_any_bytes_leave_the_server_alive(client: httpx.Client, noise: bytes) -> None:
    with socket.create_connection((client.base_url.host, client.base_url.port or 80), timeout=5) as connection:
        connection.sendall(noise + b"\r\n\r\n")
    assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200
