"""Prefixes of RDF: what `skos:broader` and `co:uses` stand for under a base IRI."""

import tomllib
from functools import cache
from importlib.resources import files

from .terms import BASE


@cache
def _listed() -> dict[str, str]:
    return tomllib.loads(files("concite.ontology").joinpath("data/prefixes.toml").read_text(encoding="utf-8"))


@cache
def prefixes(base: str = BASE) -> dict[str, str]:
    """Every prefix with its address, sorted; the project's own stand under *base*."""
    return {name: place if ":" in place else base + place for name, place in sorted(_listed().items())}


@cache
def expand(name: str, base: str = BASE) -> str:
    """The IRI of a prefixed name."""
    prefix, _, local = name.partition(":")
    return prefixes(base)[prefix] + local
