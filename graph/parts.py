"""Parts of a graph: its tables with only some layers, roles, classes or years."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, TypedDict

from ..ontology.classes import ConceptClass, Layer, Relation, Role
from .papers import InputError

if TYPE_CHECKING:
    import polars as pl

    Frames = Mapping[str, pl.DataFrame]

Years = tuple[int | None, int | None]
"""The first and the last year; None leaves an end open."""


class Parts(TypedDict, total=False):
    """The keywords of `select`."""

    layers: Collection[Layer | str] | None
    roles: Collection[Role | str] | None
    classes: Collection[ConceptClass | str] | None
    years: Years | None
    general: bool


def select(
    frames: "Frames",
    *,
    layers: Collection[Layer | str] | None = None,
    roles: Collection[Role | str] | None = None,
    classes: Collection[ConceptClass | str] | None = None,
    years: Years | None = None,
    general: bool = True,
) -> "dict[str, pl.DataFrame]":
    """The tables of what is selected; None selects all. Raises `InputError` for what does not exist.

    Layers choose citations, roles choose mentions, classes choose concepts, and years the papers of the
    input (those without a year belong to none). Papers that are only cited go where none cites them
    any more. Without *general*, very general concepts and mere headings go with their mentions.
    """
    import polars as pl

    chosen = dict(frames)
    if layers is not None:
        chosen["citations"] = chosen["citations"].filter(pl.col("layer").is_in(known(layers, Layer)))
    if roles is not None:
        chosen["mentions"] = chosen["mentions"].filter(pl.col("role").is_in(known(roles, Role)))
    if classes is not None:
        chosen = _with_concepts(chosen, pl.col("class").is_in(known(classes, ConceptClass)))
    if not general:
        chosen = _with_concepts(chosen, ~pl.col("general") & ~pl.col("grouping"))
    return chosen if years is None else _of_years(chosen, *years)


def known(wanted: Collection[str], kind: type[Layer] | type[Role] | type[ConceptClass]) -> list[str]:
    """The names asked for. Raises `InputError` for one that does not exist."""
    names = [wanted] if isinstance(wanted, str) else list(wanted)
    known = [str(each) for each in kind]
    for name in names:
        if name not in known:
            raise InputError(str(name), f"no such {_WORDS[kind]}", f"choose of: {', '.join(known)}")
    return [str(name) for name in names]


_WORDS: dict[type, str] = {Layer: "layer", Role: "role", ConceptClass: "class"}


def _with_concepts(frames: "Frames", wanted: "pl.Expr") -> "dict[str, pl.DataFrame]":
    """The tables with the wanted concepts, their mentions, and the relations between them."""
    import polars as pl

    concepts = frames["concepts"].filter(wanted)
    ids = concepts["id"].implode()
    leads_to = pl.col("object").is_in(ids) | (pl.col("relation") == Relation.INTRODUCED_IN)
    return {
        **frames,
        "concepts": concepts,
        "mentions": frames["mentions"].filter(pl.col("concept").is_in(ids)),
        "names": frames["names"].filter(pl.col("concept").is_in(ids)),
        "concept_relations": frames["concept_relations"].filter(pl.col("subject").is_in(ids) & leads_to),
    }


def _of_years(frames: "Frames", first: int | None, last: int | None) -> "dict[str, pl.DataFrame]":
    """The tables with the papers of the input from the first to the last year, and what these cite."""
    import polars as pl

    inside = pl.col("year").is_between(first or 0, last or 9999)
    own = frames["papers"].filter(~pl.col("external") & inside)["id"].implode()
    outer = frames["papers"].filter("external")["id"].implode()
    cited = pl.col("cited").is_in(own) | pl.col("cited").is_in(outer)
    citing = pl.col("citing").is_in(own) | pl.col("citing").is_in(outer)
    citations = frames["citations"].filter(citing & cited)
    ends = pl.concat([citations["citing"], citations["cited"]]).implode()
    papers = frames["papers"].filter(pl.col("id").is_in(own) | (pl.col("external") & pl.col("id").is_in(ends)))
    relations = frames["concept_relations"]
    there = (pl.col("relation") != Relation.INTRODUCED_IN) | pl.col("object").is_in(papers["id"].implode())
    both_there = pl.col("subject").is_in(own) & pl.col("object").is_in(own)
    return {
        **frames,
        **{name: frames[name].filter(pl.col("paper").is_in(own)) for name in ("mentions", "names", "records")},
        "papers": papers,
        "citations": citations,
        "concept_relations": relations.filter(there),
        "paper_relations": frames["paper_relations"].filter(both_there),
    }
