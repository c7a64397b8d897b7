"""What holds for every answer: headers that keep browsers careful, and who may ask."""

from collections.abc import Sequence
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send


def middleware(is_local: bool, origins: Sequence[str]) -> list[Middleware]:
    """Headers for all; on this machine only its own names (no page elsewhere may pose as it); CORS if asked for."""
    chain = [Middleware(SecurityHeaders)]
    if is_local:
        chain.append(Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost", "[::1]"]))
    if origins:
        methods, headers = ("GET", "POST"), ("Accept", "Content-Type")
        chain.append(Middleware(CORSMiddleware, allow_origins=origins, allow_methods=methods, allow_headers=headers))
    return chain


class SecurityHeaders:
    """Adds to every answer what keeps browsers from guessing, framing and telling."""

    HEADERS: Final = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    }

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the headers; those that an answer has already stay."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)
