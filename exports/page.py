"""The explorer page: the whole graph with its viewer in one HTML file that needs no network."""

import base64
import gzip
import hashlib
import html
import json
import re
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from ..graph.knowledge import KnowledgeGraph
from ..ontology.terms import BASE
from .payload import payload

MARKER = re.compile(r"\{\{(\w+)\}\}")


def write_page(graph: KnowledgeGraph, path: Path, *, title: str | None = None, base: str = BASE) -> None:
    """Write the explorer page of the graph to `path`."""
    path.write_text(page_html(graph, title=title, base=base), encoding="utf-8", newline="\n")


def page_html(graph: KnowledgeGraph, *, title: str | None = None, base: str = BASE) -> str:
    """The explorer page of the graph; the same graph gives the same bytes."""
    name = title or "Papers and their concepts"
    shape, text = payload(graph, name, base)
    script, style, template = (_asset(file) for file in ("explorer.js", "explorer.css", "page.html"))
    values = {
        "csp": _policy(scripts=[*_inline_scripts(template), script], styles=[style]),
        "title": html.escape(name),
        "size": f"{len(graph.papers):,} papers",
        "style": style,
        "script": _packed(script),
        "graph": _packed(_json(shape)),
        "text": _packed(_json(text)),
    }
    return MARKER.sub(lambda marker: values[marker[1]], template)


def _asset(name: str) -> str:
    return files(__package__).joinpath("viewer", name).read_text(encoding="utf-8")


def _packed(content: str) -> str:
    """Base64 of gzip: no character of it means anything to an HTML parser."""
    return base64.b64encode(gzip.compress(content.encode(), compresslevel=9, mtime=0)).decode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _inline_scripts(template: str) -> list[str]:
    return re.findall(r"<script>(.*?)</script>", template, re.DOTALL)


def _policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """Nothing is loaded, and nothing runs but what this file was written with."""
    rules = [
        "default-src 'none'",
        f"script-src {_hashes(scripts)}",
        f"style-src {_hashes(styles)}",
        "img-src data: blob:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    return "; ".join(rules)


def _hashes(contents: Iterable[str]) -> str:
    digests = (hashlib.sha256(content.encode()).digest() for content in contents)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
