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

FORMAT = 3
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
LATER_PAPER_COLUMNS = ("date", "authors", "identifiers", "position", "abstract")
LATER_CONCEPT_COLUMNS = (
    "parameters", "context_length", "memory_gb", "peak_tflops", "tdp_watts", "year", "developed_by", "identifiers",
    "source", "definition",
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
    """What the first picture needs, and apart from it what the page can read later."""
    tables = _tables(graph)
    return _first(tables, title, base), _later(tables, graph.skipped)


def _first(tables: Tables, title: str, base: str) -> Columns:
    return {
        "format": FORMAT,
        "title": title,
        "base": base,
        "classes": CLASSES,
        "roles": ROLES,
        "layers": LAYERS,
        "drawn": tables.drawn,
        "papers": _paper_columns(tables.papers),
        "concepts": _concept_columns(tables.concepts),
        "mentions": _mention_columns(tables.mentions),
        "citations": _lists(tables.citations, "citing", "cited", "layer", "confidence"),
        "layout": _layout_columns(_placed(tables)),
    }


def _later(tables: Tables, skipped: pl.DataFrame) -> Columns:
    """The columns that come to the same tables later, and what stands in none of them."""
    papers, citations = tables.papers, tables.citations
    return {
        "papers": _lists(papers, *LATER_PAPER_COLUMNS) | {"source": _coded(papers["source"])},
        "concepts": _lists(tables.concepts, *LATER_CONCEPT_COLUMNS)
        | {names: _searched(tables.concepts, names) for names in ("aliases", "covers")},
        "mentions": _place_columns(tables),
        "citations": {name: _coded(citations[name]) for name in ("method", "intent")} | {"evidence": _evidence(tables)},
        "relations": _relation_columns(tables.relations),
        "skipped": skipped.head(SKIPPED_SHOWN).select("input", "position", "reason").rows(),
        "skippedCount": len(skipped),
    }


def _tables(graph: KnowledgeGraph) -> Tables:
    concepts, drawn = _concepts(graph)
    papers, known = graph.papers["id"], concepts["id"]
    return Tables(
        papers=graph.papers,
        concepts=concepts,
        drawn=drawn,
        mentions=_mentions(graph.mentions, papers, known),
        citations=_citations(graph.citations, papers),
        relations=_relations(graph, papers, known),
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
        _basis().alias("method"),
        "intent",
        "evidence",
    ).sort("citing", "cited", "layer", "method", maintain_order=True)


def _basis() -> pl.Expr:
    """What a citation rests on in a word or two: what is done with which concept, else the method."""
    return pl.coalesce(pl.concat_str("concept_role", pl.lit(" "), "concept"), "method")


def _relations(graph: KnowledgeGraph, papers: pl.Series, concepts: pl.Series) -> pl.DataFrame:
    """The relations among what the page holds: from concepts to papers and concepts, and among papers."""
    introduced = pl.col("relation") == str(Relation.INTRODUCED_IN)
    kinds = (
        (graph.concept_relations.filter(introduced), concepts, papers),
        (graph.concept_relations.filter(~introduced), concepts, concepts),
        (graph.paper_relations, papers, papers),
    )
    parts = [
        rows.filter(pl.col("subject").is_in(subjects.implode()), pl.col("object").is_in(objects.implode()))
        .select("relation", _number(pl.col("subject"), subjects), _number(pl.col("object"), objects))
        .unique()
        for rows, subjects, objects in kinds
    ]
    return pl.concat(parts).sort("relation", "subject", "object")


def _number(column: pl.Expr, names: Iterable[str]) -> pl.Expr:
    """The place of each value among the names, which must hold them all."""
    return column.cast(pl.Enum(list(names))).to_physical().cast(pl.Int64)


def _percent(share: pl.Expr) -> pl.Expr:
    return (share * 100).round().cast(pl.Int64)


def _lists(frame: pl.DataFrame, *names: str) -> Columns:
    return {name: frame[name].to_list() for name in names}


def _paper_columns(papers: pl.DataFrame) -> Columns:
    columns = _lists(papers, "title", "year")
    columns["id"] = [_shortened(*row) for row in papers.select("id", "title").iter_rows()]
    return columns | {"venue": _coded(papers["venue"]), "external": _flagged(papers["external"])}


def _concept_columns(concepts: pl.DataFrame) -> Columns:
    columns = _lists(concepts, "label")
    columns["id"] = [_shortened(*row) for row in concepts.select("id", "label").iter_rows()]
    columns["class"] = [CLASSES.index(name) for name in concepts["class"]]
    columns["origin"] = _coded(concepts["origin"])
    return columns | {name: _flagged(concepts[name]) for name in ("general", "grouping")}


def _searched(concepts: pl.DataFrame, names: str) -> list[list[str]]:
    """The names of one kind that are searched; those of concepts which no paper mentions are left out."""
    rows = concepts.select("quiet", "label", names).iter_rows()
    return [[] if quiet else _distinct(label, found) for quiet, label, found in rows]


def _relation_columns(relations: pl.DataFrame) -> Columns:
    """The relations; subjects as differences to the row before, since they stand in their order."""
    columns = _lists(relations, "object") | {"relation": _coded(relations["relation"])}
    return columns | {"subject": _steps(relations["subject"])}


def _mention_columns(mentions: pl.DataFrame) -> Columns:
    """Who mentions what, in the order of the texts, and then the rest, in the order of the concepts.

    Papers stand as differences to the row before; what is said of the same concept is alike, and packs well.
    """
    columns: Columns = {"concept": mentions["concept"].to_list(), "paper": _steps(mentions["paper"])}
    return columns | _lists(_by_concept(mentions), "role", "confidence")


def _place_columns(tables: Tables) -> Columns:
    """Where the mentions stand: starts from the mention before, lengths beyond that of the concept's label."""
    mentions, by_concept = tables.mentions, _by_concept(tables.mentions)
    follows = (pl.struct("paper", "field") == pl.struct("paper", "field").shift()).fill_null(value=False)
    start = pl.col("start") - pl.when(follows).then(pl.col("start").shift()).otherwise(0)
    labels = tables.concepts["label"].str.len_chars().cast(pl.Int64).gather(by_concept["concept"])
    columns = _lists(mentions.select("field", start), "field", "start")
    return columns | {"length": (by_concept["length"] - labels).to_list(), "method": _coded(by_concept["method"])}


def _by_concept(mentions: pl.DataFrame) -> pl.DataFrame:
    return mentions.sort("concept", maintain_order=True)


def _steps(numbers: pl.Series) -> list[int]:
    """Each number less the one before it."""
    return (numbers - numbers.shift(fill_value=0)).to_list()


def _layout_columns(placed: Layout) -> Columns:
    """Communities, the middle of each, and the places of the nodes as seen from there."""
    communities = range(-1, int(placed.community.max(initial=-1)) + 1)
    columns: Columns = {"community": placed.community.tolist()}
    for name, places in (("x", placed.x), ("y", placed.y)):
        middles = np.array([_middle(places[placed.community == each]) for each in communities])
        columns[name] = (np.rint(places).astype(int) - middles[placed.community + 1]).tolist()
        columns[f"{name}Middle"] = middles.tolist()
    return columns


def _middle(places: Floats) -> int:
    return int(np.median(places)) if places.size else 0


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
