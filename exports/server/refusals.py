"""What a read-only endpoint refuses: to change the graph, and to ask other endpoints."""

import re

from ..sparql import without_texts

_NAME = re.compile(r"[?$@]\w+|[\w-]*:(?:[\w:%-]|\\.)*")
"""Variables, language tags and prefixed names: words in them are no keywords.

A name's own dots are left out: better one odd name refused than one keyword overlooked.
"""
_PROLOGUE = re.compile(r"\b(?:PREFIX|BASE|VERSION)\b", re.IGNORECASE)
_SERVICE = re.compile(r"\bSERVICE\b", re.IGNORECASE)
_UPDATE = re.compile(r"\W*(INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b", re.IGNORECASE)


def refusal(query: str) -> str | None:
    """Why a query is refused, none where it may be asked. Texts, IRIs, comments and names hide nothing."""
    words = _NAME.sub(" ", without_texts(query))
    if _SERVICE.search(words):
        return "SERVICE is refused: this server asks no other endpoints; ask them yourself and join the answers"
    if update := _UPDATE.match(_PROLOGUE.sub(" ", words)):
        return f"{update[1].upper()} is refused: {READ_ONLY}"
    return None


READ_ONLY = "this server is read-only; change the graph with `concite build` and serve it again"
