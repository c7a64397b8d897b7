"""The application: which address gives what, the explorer at `/`, and what holds for every answer."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from ...graph.knowledge import KnowledgeGraph
from ...ontology.prefixes import prefixes
from ...ontology.schema import context_text, ontology_text, shapes_text
from ...ontology.terms import BASE
from ..examples import NETWORK, examples
from ..page import page_html
from .answers import Question, problem
from .engine import UNLIMITED, Engine
from .names import names
from .negotiation import chosen
from .pages import page
from .protocol import about, endpoint, response
from .resources import Resources
from .security import middleware

HTML = "text/html"
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Form(NamedTuple):
    """A format of RDF on a page: its name in an address, its media type, and what people call it."""

    name: str
    media: str
    label: str


FORMS = (
    Form("turtle", "text/turtle", "Turtle"),
    Form("jsonld", "application/ld+json", "JSON-LD"),
    Form("nt", "application/n-triples", "N-Triples"),
    Form("rdfxml", "application/rdf+xml", "RDF/XML"),
)


FIRST = """SELECT ?title ?label WHERE {
  ?paper co:introduces ?concept ; dcterms:title ?title .
  ?concept skos:prefLabel ?label .
}
LIMIT 20
"""
"""The query that stands on the query page at first."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What whoever serves a graph chooses."""

    host: str = "127.0.0.1"
    base: str = BASE
    seconds: float = 30.0
    limit: int = 100_000
    origins: tuple[str, ...] = ()

    @property
    def is_local(self) -> bool:
        """Whether only this machine reaches the server."""
        return self.host in LOOPBACK


def application(graph: KnowledgeGraph, quads: Path, settings: Settings) -> Starlette:
    """The application that serves a graph, whose RDF lies in a file of N-Quads."""
    engine = Engine(quads, base=settings.base, seconds=settings.seconds, limit=settings.limit)
    app = Starlette(
        routes=_routes(),
        middleware=middleware(settings.is_local, settings.origins),
        exception_handlers={HTTPException: _problem},
        lifespan=_lifespan(engine),
    )
    app.state.engine, app.state.graph, app.state.base = engine, graph, settings.base
    app.state.resources = Resources(graph, settings.base)
    app.state.explorer = asyncio.Lock(), []
    return app


def _routes() -> Sequence[Route | Mount]:
    assets = str(files(__package__).joinpath("assets"))
    return [
        Route("/", _explorer),
        Route("/sparql", endpoint, methods=["GET", "POST"]),
        Route("/query", _query_page),
        Route("/concept/{key:path}", _resource("concept")),
        Route("/paper/{key:path}", _resource("paper")),
        Route("/ontology", _file(lambda base: ontology_text().replace(BASE, base), "text/turtle; charset=utf-8")),
        Route("/shapes", _file(shapes_text, "text/turtle; charset=utf-8")),
        Route("/context.jsonld", _file(lambda _: context_text(), "application/ld+json")),
        Mount("/assets", StaticFiles(directory=assets)),
    ]


def _lifespan(engine: Engine) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def running(_: Starlette) -> AsyncIterator[None]:
        await asyncio.to_thread(engine.start)
        try:
            yield
        finally:
            await asyncio.to_thread(engine.close)

    return running


async def _explorer(request: Request) -> Response:
    """The explorer; it is made when it is first asked for."""
    lock, made = request.app.state.explorer
    async with lock:
        if not made:
            made.append(await asyncio.to_thread(page_html, request.app.state.graph, base=request.app.state.base))
    return HTMLResponse(made[0], headers={"Content-Security-Policy": "frame-ancestors 'none'"})


async def _query_page(request: Request) -> Response:
    """The query page, with the examples and the names that can be completed."""
    base: str = request.app.state.base
    offered = [each for each in examples() if each.needs != NETWORK]
    known = [{"name": each.name, "about": each.description, "query": each.query} for each in offered]
    data = {"examples": known, "prefixes": prefixes(base), "names": names(), "base": base}
    nonce = secrets.token_urlsafe(16)
    return page("query", nonce=nonce, data=data, examples=offered, prefixes=prefixes(base), query=FIRST)


def _file(text: Callable[[str], str], media: str) -> Callable[[Request], Response]:
    """What is the same for every request."""

    def give(request: Request) -> Response:
        return Response(text(request.app.state.base), media_type=media)

    return give


def _resource(kind: str) -> Callable[[Request], Awaitable[Response]]:
    """The pages of papers or concepts, as HTML or RDF."""

    async def give(request: Request) -> Response:
        found = await asyncio.to_thread(request.app.state.resources.page, kind, request.path_params["key"])
        if found is None:
            raise HTTPException(404, f"this graph has no {kind} {request.path_params['key']}")
        media = _wanted(request)
        if media == HTML:
            return page("resource", page=found, forms=FORMS)
        return response(await request.app.state.engine.ask(Question(about(found.iri, kind), media), UNLIMITED))

    return give


def _wanted(request: Request) -> str:
    """The media type that the address or the header asks for."""
    offered = {"html": HTML, **{form.name: form.media for form in FORMS}}
    if name := request.query_params.get("format"):
        if name not in offered:
            raise HTTPException(406, f"no such format: {name}; choose of {', '.join(offered)}")
        return offered[name]
    media = chosen(", ".join(request.headers.getlist("accept")), list(offered.values()))
    if media is None:
        raise HTTPException(406, f"Accept: nothing that this page comes in; choose of {', '.join(offered.values())}")
    return media


async def _problem(request: Request, error: Exception) -> Response:
    """What went wrong, as a page for people and as a line for programs."""
    assert isinstance(error, HTTPException)
    if chosen(", ".join(request.headers.getlist("accept")), ["text/plain", HTML]) == HTML:
        heading = str(error.status_code)
        found: Response = page("problem", status=error.status_code, heading=heading, text=error.detail)
    else:
        found = response(problem(error.status_code, error.detail))
    found.headers.update(error.headers or {})
    return found
