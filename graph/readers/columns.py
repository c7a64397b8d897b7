"""Columns of tables of papers: what a column holds, by its name in several languages or as the user says."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from ..papers import InputError


def parse_columns(arguments: Iterable[str]) -> dict[str, str]:
    """The columns that a command names, each as `title=Titel`. Raises `InputError`."""
    columns = {}
    for argument in arguments:
        role, _, name = argument.partition("=")
        if not name or role not in known_names():
            advice = f"write HOLDS=NAME, where HOLDS is one of: {', '.join(known_names())}"
            raise InputError(f"--column {argument}", "this names no column", advice)
        columns[role] = name
    return columns


@cache
def known_names() -> Mapping[str, tuple[str, ...]]:
    """The usual names of columns by what they hold."""
    text = files("concite.graph").joinpath("data/columns.toml").read_text(encoding="utf-8")
    return {role: tuple(names) for role, names in tomllib.loads(text).items()}


def find_columns(header: Sequence[str], named: Mapping[str, str] | None = None) -> dict[str, int]:
    """Where each thing stands in a table's rows; what is *named* goes before what the names tell."""
    places = {plain_name(name): place for place, name in reversed(list(enumerate(header)))}
    told = {role: places[plain_name(name)] for role, name in (named or {}).items() if plain_name(name) in places}
    guessed = {role: _first(names, places) for role, names in known_names().items() if role not in told}
    return told | {role: place for role, place in guessed.items() if place is not None and place not in told.values()}


def _first(names: Iterable[str], places: Mapping[str, int]) -> int | None:
    return next((places[name] for name in names if name in places), None)


def plain_name(name: str) -> str:
    """A column's name as it is compared."""
    return " ".join(name.strip("\ufeff \t\"'").lower().split())


def is_header(names: Sequence[str]) -> bool:
    """Whether a line names a title and something else that a paper has."""
    found = find_columns(names)
    return "title" in found and len(found) > 1
