"""The explorer page: the whole graph with its viewer in one HTML file that needs no network."""

import base64
import bz2
import gzip
import hashlib
import html
import json
import re
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from ..graph.knowledge import KnowledgeGraph
from ..ontology.terms import BASE
from .engine import Engine, engine
from .packing import packed
from .payload import payload

MARKER = re.compile(r"\{\{(\w+)\}\}")
LONG = 3_000_000
"""Bytes beyond which the page would be seen to work on bzip2, which browsers do not unpack by themselves."""


def write_page(
    graph: KnowledgeGraph, path: Path, *, title: str | None = None, base: str = BASE, with_sparql: bool = False
) -> None:
    """Write the explorer page of the graph to `path`."""
    page = page_html(graph, title=title, base=base, with_sparql=with_sparql)
    path.write_text(page, encoding="utf-8", newline="\n")


def page_html(graph: KnowledgeGraph, *, title: str | None = None, base: str = BASE, with_sparql: bool = False) -> str:
    """The explorer page of the graph, on demand with an engine for SPARQL; the same graph gives the same bytes."""
    name = title or "Papers and their concepts"
    first, later = payload(graph, name, base)
    script, style, template = (_asset(file) for file in ("explorer.js", "explorer.css", "page.html"))
    asking = engine(graph, base) if with_sparql else None
    values = {
        "csp": _policy([*_inline_scripts(template), script], [style], asking),
        "title": html.escape(name),
        "size": f"{len(graph.papers):,} papers",
        "style": packed(_zipped(style.encode())),
        "script": packed(_zipped(script.encode())),
        "graph": packed(_pressed(_json(first))),
        "later": packed(_pressed(_json(later))),
        "sparql": "".join(_carried(asking)) if asking else "",
    }
    return MARKER.sub(lambda marker: values[marker[1]], template)


def _carried(asking: Engine) -> Iterator[str]:
    """The elements that hold the engine, each unpacked when the panel is first opened."""
    parts = {
        "sparql": asking.panel.encode(),
        "engine": asking.worker.encode(),
        "wasm": asking.wasm,
        "rdf": asking.graph,
        "asking": asking.asking,
    }
    for name, content in parts.items():
        yield f'<script type="application/octet-stream" id="data-{name}">{packed(_zipped(content))}</script>\n'


def _asset(name: str) -> str:
    return files(__package__).joinpath("viewer", name).read_text(encoding="utf-8")


def _zipped(content: bytes) -> bytes:
    return gzip.compress(content, compresslevel=9, mtime=0)


def _pressed(content: bytes) -> bytes:
    """As bzip2, a quarter smaller than gzip for such texts, unless they are long."""
    return bz2.compress(content) if len(content) < LONG else _zipped(content)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _inline_scripts(template: str) -> list[str]:
    return re.findall(r"<script>(.*?)</script>", template, re.DOTALL)


def _policy(scripts: Iterable[str], styles: Iterable[str], asking: Engine | None) -> str:
    """Nothing is loaded, and nothing runs but what this file was written with.

    With an engine the page may also compile WebAssembly, and start a worker from what it carries.
    """
    allowed = [_hashes([*scripts, asking.panel]), "'wasm-unsafe-eval'"] if asking else [_hashes(scripts)]
    rules = [
        "default-src 'none'",
        f"script-src {' '.join(allowed)}",
        f"style-src {_hashes(styles)}",
        "img-src data: blob:",
        *(["worker-src blob:"] if asking else []),
        "base-uri 'none'",
        "form-action 'none'",
    ]
    return "; ".join(rules)


def _hashes(contents: Iterable[str]) -> str:
    digests = (hashlib.sha256(content.encode()).digest() for content in contents)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
