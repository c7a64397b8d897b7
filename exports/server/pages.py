"""The server's pages as HTML: templates filled with what may be any text, and the rules a browser must keep."""

from functools import cache
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'{nonce}; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""Nothing is loaded but from this server, and no text of a paper becomes a script."""


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader(__package__),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["path"] = lambda key: quote(key, safe=":")
    return environment


def page(name: str, *, status: int = 200, nonce: str = "", **values: Any) -> HTMLResponse:
    """A page of a template."""
    text = _templates().get_template(f"{name}.html").render(nonce=nonce, **values)
    policy = POLICY.format(nonce=f" 'nonce-{nonce}'" if nonce else "")
    body = text.encode(errors="replace")
    return HTMLResponse(body, status, {"Content-Security-Policy": policy, "Vary": "Accept"})
