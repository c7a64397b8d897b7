"""The SPARQL 1.1 Protocol: queries by GET, by POST of a form and by POST as they are; and what the endpoint is."""

import asyncio
from importlib.resources import files
from typing import NamedTuple
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from ...ontology.terms import plain_iri
from .answers import TRIPLE_FORMATS, Answer, Question, problem
from .engine import UNLIMITED, Engine
from .negotiation import chosen
from .refusals import READ_ONLY

LARGEST = 2_000_000
"""Bytes of a request; a query itself may have fewer."""
FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
MOST_FIELDS = 1000
GRAPHS = ("default-graph-uri", "named-graph-uri")
CHANGES = ("update", "using-graph-uri", "using-named-graph-uri")


class RequestError(Exception):
    """A request that is no query."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.answer = problem(status, text)


class Fields(NamedTuple):
    """The parameters of a request, in their order."""

    pairs: tuple[tuple[str, str], ...]

    def all(self, name: str) -> tuple[str, ...]:
        """All values of a parameter."""
        return tuple(value for key, value in self.pairs if key == name)


async def endpoint(request: Request) -> Response:
    """Answer a request to `/sparql`."""
    engine: Engine = request.app.state.engine
    try:
        fields = await _fields(request)
        if any(fields.all(name) for name in CHANGES):
            raise RequestError(403, f"update is refused: {READ_ONLY}")
        if request.method != "POST" and not fields.all("query"):
            return await _description(request, engine)
        return response(await _while_waited_for(request, engine, _question(request, fields)))
    except RequestError as error:
        return response(error.answer)


def response(answer: Answer) -> Response:
    """An answer as an HTTP response."""
    headers = {"Vary": "Accept"} | ({"Retry-After": "10"} if answer.status == 503 else {})
    return Response(answer.body, answer.status, headers, media_type=answer.media)


def _question(request: Request, fields: Fields) -> Question:
    queries = fields.all("query")
    if len(queries) != 1:
        raise RequestError(400, f"query: given {len(queries)} times; give it once")
    accept = ", ".join(request.headers.getlist("accept"))
    return Question(queries[0], accept, fields.all(GRAPHS[0]), fields.all(GRAPHS[1]))


async def _fields(request: Request) -> Fields:
    """The parameters of the address and of the body, wherever the protocol has them."""
    in_address = _decoded(request.scope["query_string"])
    if request.method != "POST":
        return in_address
    media, charset = _media(request.headers.get("content-type", ""))
    if media == UPDATE:
        raise RequestError(403, f"update is refused: {READ_ONLY}")
    if media not in (FORM, QUERY):
        raise RequestError(415, f"Content-Type: {media or 'none'}; send {FORM} or {QUERY}")
    if charset not in ("", "utf-8", "utf8"):
        raise RequestError(415, f"Content-Type: charset {charset}; send UTF-8")
    body = await _body(request)
    if media == QUERY:
        return Fields((*in_address.pairs, ("query", _text(body))))
    return Fields((*in_address.pairs, *_decoded(body).pairs))


def _media(header: str) -> tuple[str, str]:
    """The media type and the charset of a header."""
    media, *parameters = (part.strip().lower() for part in header.split(";"))
    charset = next((each.removeprefix("charset=") for each in parameters if each.startswith("charset=")), "")
    return media, charset.strip('"')


async def _body(request: Request) -> bytes:
    """The body of a request, no larger than it may be."""
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > LARGEST:
                raise RequestError(413, f"the request has more than {LARGEST:,} bytes; ask for less at once")
    except ClientDisconnect as error:
        raise RequestError(400, "the request ends before its body") from error
    return bytes(body)


def _decoded(form: bytes) -> Fields:
    try:
        pairs = parse_qsl(_text(form), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except UnicodeDecodeError as error:
        raise RequestError(400, "the parameters are not UTF-8; encode them as UTF-8") from error
    except ValueError as error:
        raise RequestError(400, f"more than {MOST_FIELDS:,} parameters; ask for less at once") from error
    return Fields(tuple(pairs))


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise RequestError(400, "the request is not UTF-8; encode it as UTF-8") from error


async def _while_waited_for(request: Request, engine: Engine, question: Question) -> Answer:
    """The answer; a client that leaves ends the work on it."""
    asking = asyncio.ensure_future(engine.ask(question))
    leaving = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait({asking, leaving}, return_when=asyncio.FIRST_COMPLETED)
        return asking.result() if asking.done() else problem(400, "the client has left")
    finally:
        asking.cancel()
        leaving.cancel()


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _description(request: Request, engine: Engine) -> Response:
    """What the endpoint is, in RDF; a browser is led to the query page."""
    accept = ", ".join(request.headers.getlist("accept"))
    if chosen(accept, [*TRIPLE_FORMATS, "text/html"]) == "text/html":
        return RedirectResponse("query", 303, {"Vary": "Accept"})
    address = str(request.url.replace(query="", fragment=""))
    return response(await engine.ask(Question(about(plain_iri(address), "service"), accept), UNLIMITED))


def about(iri: str, name: str) -> str:
    """A query of ours about what an IRI names: the query writes it `<>`."""
    return f"BASE <{iri}>\n" + files(__package__).joinpath("queries", f"{name}.rq").read_text(encoding="utf-8")
