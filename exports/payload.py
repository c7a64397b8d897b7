"""What the explorer page carries: the graph as columns of numbers and names, made small for the file."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

import numpy as np
import polars as pl

from ..graph.knowledge import KnowledgeGraph
from ..ontology.classes import ConceptClass, Layer, Relation, Role
from .layout import Floats, Ints, Layout, layout, links

FORMAT = 1
"""The version of the payload; exports/explorer/src/payload.ts reads exactly this one."""
FIELDS = ("title", "abstract")
SIMILARITY = "similarity"
LAYERS = tuple(dict.fromkeys([*map(str, Layer), SIMILARITY]))
ROLES = tuple(map(str, Role))
CLASSES = tuple(map(str, ConceptClass))
ROLE_WEIGHT = (2.0, 1.2, 1.0, 0.8, 0.6)
"""How much a paper and a concept draw each other, by role, from `introduces` to `mentions`."""
LAYER_WEIGHT = {"explicit": 0.8, "inferred": 0.2}
"""How much two papers draw each other, by layer; similarity has no say in where a paper stands."""
GENERAL_WEIGHT = 0.2
"""The share that is left of a link to a concept which nearly every paper mentions."""
SKIPPED_SHOWN = 500
PLAIN_PAPER_COLUMNS = ("year", "date", "authors", "identifiers", "position")
PLAIN_CONCEPT_COLUMNS = (
    "label", "parameters", "context_length", "memory_gb", "peak_tflops", "tdp_watts", "year", "developed_by",
    "identifiers", "source",
)  # fmt: skip

Columns = dict[str, object]


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of the page; papers and concepts are named by their row, and stand in a fixed order."""

    papers: pl.DataFrame
    concepts: pl.DataFrame
    drawn: int
    """How many concepts some paper mentions; they come first, and they alone are drawn."""
    mentions: pl.DataFrame
    citations: pl.DataFrame
    relations: pl.DataFrame


def payload(graph: KnowledgeGraph, title: str, base: str) -> tuple[Columns, Columns]:
    """What is drawn and searched, and apart from it the long texts, which the page unpacks later."""
    tables = _tables(graph)
    shape: Columns = {
        "format": FORMAT,
        "title": title,
        "base": base,
        "classes": CLASSES,
        "roles": ROLES,
        "layers": LAYERS,
        "drawn": tables.drawn,
        "papers": _paper_columns(tables.papers),
        "concepts": _concept_columns(tables.concepts),
        "relations": _relation_columns(tables.relations),
        "mentions": _mention_columns(tables.mentions),
        "citations": _citation_columns(tables.citations),
        "layout": _layout_columns(_placed(tables)),
        "skipped": graph.skipped.head(SKIPPED_SHOWN).select("input", "position", "reason").rows(),
        "skippedCount": len(graph.skipped),
    }
    text: Columns = {
        "abstracts": tables.papers["abstract"].to_list(),
        "definitions": tables.concepts["definition"].to_list(),
        "evidence": _evidence(tables),
    }
    return shape, text


def _tables(graph: KnowledgeGraph) -> Tables:
    concepts, drawn = _concepts(graph)
    papers, known = graph.papers["id"], concepts["id"]
    return Tables(
        papers=graph.papers,
        concepts=concepts,
        drawn=drawn,
        mentions=_mentions(graph.mentions, papers, known),
        citations=_citations(graph.citations, papers),
        relations=_relations(graph.concept_relations, papers, known),
    )


def _concepts(graph: KnowledgeGraph) -> tuple[pl.DataFrame, int]:
    """The concepts that papers mention, then those that these only lead up to; and how many are mentioned."""
    quiet = ~pl.col("id").is_in(graph.mentions["concept"].unique().implode())
    ordered = graph.concepts.with_columns(quiet.alias("quiet")).sort("quiet", "id")
    return ordered, int((~ordered["quiet"]).sum())


def _mentions(mentions: pl.DataFrame, papers: pl.Series, concepts: pl.Series) -> pl.DataFrame:
    return mentions.select(
        _number(pl.col("paper"), papers),
        _number(pl.col("field"), FIELDS),
        pl.col("start").cast(pl.Int64),
        (pl.col("end") - pl.col("start")).cast(pl.Int64).alias("length"),
        _number(pl.col("concept"), concepts),
        _number(pl.col("role"), ROLES),
        _percent(pl.col("confidence")),
        pl.col("method"),
    ).sort("paper", "field", "start", "concept")


def _citations(citations: pl.DataFrame, papers: pl.Series) -> pl.DataFrame:
    return citations.select(
        _number(pl.col("citing"), papers),
        _number(pl.col("cited"), papers),
        _number(pl.col("layer"), LAYERS),
        _percent(pl.col("confidence")),
        "method",
        "intent",
        "evidence",
    ).sort("citing", "cited", "layer", "method", maintain_order=True)


def _relations(relations: pl.DataFrame, papers: pl.Series, concepts: pl.Series) -> pl.DataFrame:
    """The relations among what the page holds; the object of `introducedIn` is a paper, else a concept."""
    introduced = pl.col("relation") == str(Relation.INTRODUCED_IN)
    parts = [
        relations.filter(chosen, pl.col("subject").is_in(concepts.implode()), pl.col("object").is_in(names.implode()))
        .select("relation", _number(pl.col("subject"), concepts), _number(pl.col("object"), names))
        .unique()
        for chosen, names in ((introduced, papers), (~introduced, concepts))
    ]
    return pl.concat(parts).sort("relation", "subject", "object")


def _number(column: pl.Expr, names: Iterable[str]) -> pl.Expr:
    """The place of each value among the names, which must hold them all."""
    return column.cast(pl.Enum(list(names))).to_physical().cast(pl.Int64)


def _percent(share: pl.Expr) -> pl.Expr:
    return (share * 100).round().cast(pl.Int64)


def _paper_columns(papers: pl.DataFrame) -> Columns:
    columns: Columns = {name: papers[name].to_list() for name in PLAIN_PAPER_COLUMNS}
    columns["id"] = [_shortened(*row) for row in papers.select("id", "title").iter_rows()]
    columns["title"] = papers["title"].to_list()
    columns |= {name: _coded(papers[name]) for name in ("venue", "source")}
    return columns | {"external": _flagged(papers["external"])}


def _concept_columns(concepts: pl.DataFrame) -> Columns:
    columns: Columns = {name: concepts[name].to_list() for name in PLAIN_CONCEPT_COLUMNS}
    columns["id"] = [_shortened(*row) for row in concepts.select("id", "label").iter_rows()]
    names = concepts.select("quiet", "label", "aliases").iter_rows()
    columns["aliases"] = [[] if quiet else _distinct(label, aliases) for quiet, label, aliases in names]
    columns["class"] = [CLASSES.index(name) for name in concepts["class"]]
    columns["origin"] = _coded(concepts["origin"])
    return columns | {name: _flagged(concepts[name]) for name in ("general", "grouping")}


def _relation_columns(relations: pl.DataFrame) -> Columns:
    columns: Columns = {name: relations[name].to_list() for name in ("subject", "object")}
    return columns | {"relation": _coded(relations["relation"])}


def _mention_columns(mentions: pl.DataFrame) -> Columns:
    """The mentions; papers and places as differences to the row before, since they stand in their order."""
    columns: Columns = {name: mentions[name].to_list() for name in ("field", "length", "concept", "role", "confidence")}
    follows = (pl.struct("paper", "field") == pl.struct("paper", "field").shift()).fill_null(value=False)
    steps = mentions.select(
        (pl.col("paper") - pl.col("paper").shift(fill_value=0)).alias("paper"),
        (pl.col("start") - pl.when(follows).then(pl.col("start").shift()).otherwise(0)).alias("start"),
    )
    columns |= {name: steps[name].to_list() for name in ("paper", "start")}
    return columns | {"method": _coded(mentions["method"])}


def _citation_columns(citations: pl.DataFrame) -> Columns:
    columns: Columns = {name: citations[name].to_list() for name in ("citing", "cited", "layer", "confidence")}
    return columns | {name: _coded(citations[name]) for name in ("method", "intent")}


def _layout_columns(placed: Layout) -> Columns:
    return {
        "x": np.rint(placed.x).astype(int).tolist(),
        "y": np.rint(placed.y).astype(int).tolist(),
        "community": placed.community.tolist(),
    }


def _coded(column: pl.Series) -> Columns:
    """A column of few distinct values: the values once, and their numbers; -1 for none."""
    values = sorted(column.drop_nulls().unique().to_list())
    number = {value: place for place, value in enumerate(values)}
    return {"values": values, "rows": [number.get(value, -1) for value in column]}


def _flagged(column: pl.Series) -> list[int]:
    """The rows where the column is true."""
    return np.flatnonzero(column.to_numpy().astype(bool)).tolist()


def _shortened(key: str, text: str) -> str:
    """An id without what it shares with the slug of the text beside it: `length~rest`, or the id as it is."""
    slug = _slug(text) if text.isascii() else ""
    if key and key == slug:
        return "~"
    shared = sum(1 for _ in takewhile(lambda letters: letters[0] == letters[1], zip(key, slug, strict=False)))
    return f"{shared}~{key[shared:]}" if shared > 3 or re.match(r"\d*~", key) else key


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _distinct(label: str, aliases: Sequence[str]) -> list[str]:
    """The aliases that differ from the label and each other in more than case, punctuation and a plural s."""
    first: dict[str, str] = {}
    for alias in aliases:
        first.setdefault(_bare(alias), alias)
    first.pop(_bare(label), None)
    return list(first.values())


def _bare(name: str) -> str:
    return re.sub(r"\W+", "", name.casefold()).removesuffix("s") or name


def _evidence(tables: Tables) -> list[str | tuple[int, int, int] | None]:
    """The words behind each citation; those of the citing paper's own text as field, start and length."""
    titles, abstracts = tables.papers["title"], tables.papers["abstract"]
    rows = tables.citations.select("citing", "evidence").iter_rows()
    return [words and _pointed(words, titles[citing], abstracts[citing]) for citing, words in rows]


def _pointed(words: str, *fields: str | None) -> str | tuple[int, int, int]:
    for field, text in enumerate(fields):
        if (start := (text or "").find(words)) >= 0:
            return field, start, len(words)
    return words


def _placed(tables: Tables) -> Layout:
    """Papers near the concepts they do most with; those only cited, beside what they gave or who cites them."""
    count = len(tables.papers) + tables.drawn
    pairs = tables.mentions.group_by("paper", "concept").agg(pl.col("role").min()).sort("paper", "concept")
    degree = _degree(tables, pairs)
    ends = pl.concat([_pulls(tables, pairs), _citing_pulls(tables), _moorings(tables, degree)])
    source, target = (ends[name].to_numpy().astype(np.int64) for name in ("source", "target"))
    return layout(links(count, source, target, ends["weight"].to_numpy()), drawn_radius(degree) + 2.5)


def _pulls(tables: Tables, pairs: pl.DataFrame) -> pl.DataFrame:
    """A link for each paper and concept, by the role."""
    general = tables.concepts["general"].cast(pl.Boolean).gather(pairs["concept"])
    weight = pl.Series(ROLE_WEIGHT).gather(pairs["role"]) * pl.Series(np.where(general, GENERAL_WEIGHT, 1.0))
    return _pull(pairs["paper"], pairs["concept"] + len(tables.papers), weight)


def _citing_pulls(tables: Tables) -> pl.DataFrame:
    """A link for each citation between papers of the input."""
    inside = tables.citations.filter(
        ~_is_external(tables, pl.col("citing")),
        ~_is_external(tables, pl.col("cited")),
        pl.col("layer").is_in(_drawing()),
    )
    weights = pl.Series([LAYER_WEIGHT.get(layer, 0.0) for layer in LAYERS])
    return _pull(inside["citing"], inside["cited"], weights.gather(inside["layer"]))


def _moorings(tables: Tables, degree: Ints) -> pl.DataFrame:
    """One link for each paper only cited: to the chief concept it introduced, else to a paper that cites it."""
    gave = tables.relations.filter(
        pl.col("relation") == str(Relation.INTRODUCED_IN), pl.col("subject") < tables.drawn
    ).select(paper="object", home=pl.col("subject") + len(tables.papers), rank=pl.lit(0))
    cited = tables.citations.select(paper="cited", home="citing", rank=pl.lit(1))
    homes = pl.concat([gave, cited]).filter(_is_external(tables, pl.col("paper")), pl.col("paper") != pl.col("home"))
    fame = pl.Series("fame", degree).gather(homes["home"])
    sorted_homes = homes.with_columns(fame).sort(
        "paper", "rank", "fame", "home", descending=[False, False, True, False]
    )
    moored = sorted_homes.unique("paper", keep="first", maintain_order=True)
    return _pull(moored["paper"], moored["home"], pl.Series(np.full(len(moored), 0.5)))


def _pull(source: pl.Series, target: pl.Series, weight: pl.Series) -> pl.DataFrame:
    columns = {
        "source": source.cast(pl.Int64),
        "target": target.cast(pl.Int64),
        "weight": weight.cast(pl.Float64),
    }
    return pl.DataFrame(columns)


def _is_external(tables: Tables, paper: pl.Expr) -> pl.Expr:
    return paper.is_in(_flagged(tables.papers["external"]))


def _drawing() -> list[int]:
    """The numbers of the layers that count in the layout and in the size of a node."""
    return [LAYERS.index(layer) for layer in LAYER_WEIGHT]


def _degree(tables: Tables, pairs: pl.DataFrame) -> Ints:
    """The number of edges at each node, those of similarity not counted (`degrees` in data.ts)."""
    cited = tables.citations.filter(pl.col("layer").is_in(_drawing()))
    concepts = pairs["concept"] + len(tables.papers)
    ends = np.concatenate([column.to_numpy() for column in (pairs["paper"], concepts, cited["citing"], cited["cited"])])
    return np.bincount(ends.astype(np.int64), minlength=len(tables.papers) + tables.drawn).astype(np.int64)


def drawn_radius(degree: Ints) -> Floats:
    """The radius at which the page draws a node of this degree (`radius` in drawing.ts)."""
    return np.minimum(2.4 + 1.15 * np.sqrt(degree), 15.0)
