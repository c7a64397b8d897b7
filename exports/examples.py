"""Example queries: questions that the graph answers, each a file in `data/queries` with a header."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ..graph.papers import InputError

_HEADER = re.compile(r"#\+ (\w+): (.+)")
NETWORK = "network"
"""In `needs:` of a query that asks another endpoint."""


@dataclass(frozen=True, slots=True)
class Example:
    """A named query with what it asks and for whom."""

    name: str
    title: str
    description: str
    audience: str
    answer: str
    """What the answer holds: one row a paper, yes or no."""
    query: str
    needs: str = ""
    """What must hold for it to have an answer: `network`, or what the graph must have."""


@cache
def examples() -> tuple[Example, ...]:
    """All example queries, by name."""
    folder = files("concite.exports").joinpath("data", "queries")
    found = [_read(each.name.removesuffix(".rq"), each.read_text(encoding="utf-8")) for each in folder.iterdir()]
    return tuple(sorted(found, key=lambda example: example.name))


def example_query(name: str) -> str:
    """The text of an example. Raises `InputError`."""
    known = {example.name: example.query for example in examples()}
    if name not in known:
        raise InputError(name or "example", "no such example", "see `concite query --list-examples`")
    return known[name]


def _read(name: str, text: str) -> Example:
    header = dict(_HEADER.findall(text))
    return Example(
        name,
        header["title"],
        header["description"],
        header["audience"],
        header["answer"],
        text,
        header.get("needs", ""),
    )
