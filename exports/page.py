"""The explorer page: the whole graph with its viewer in one HTML file that needs no network."""

import base64
import gzip
import hashlib
import html
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
import polars as pl

from ..graph.knowledge import KnowledgeGraph
from ..ontology.classes import ConceptClass, Layer, Role
from ..ontology.terms import BASE
from .layout import Floats, Ints, Layout, Links, layout, links

FORMAT = 1
"""The version of the payload; exports/explorer/src/payload.ts reads exactly this one."""
FIELDS = ("title", "abstract")
LAYERS = tuple(dict.fromkeys([*map(str, Layer), "similarity"]))
ROLES = tuple(str(role) for role in Role)
CLASSES = tuple(str(concept_class) for concept_class in ConceptClass)
ROLE_WEIGHT = np.array([2.0, 1.2, 1.0, 0.8, 0.6])
"""How much a paper and a concept draw each other, by role, from `introduces` to `mentions`."""
LAYER_WEIGHT = {"explicit": 0.8, "inferred": 0.15}
"""How much two papers draw each other, by layer; similarity has no say in where a paper stands."""
GENERAL_WEIGHT = 0.2
"""The share that is left of a link to a concept which nearly every paper mentions."""
PLAIN_CONCEPT_COLUMNS = (
    "id", "label", "aliases", "parameters", "context_length", "memory_gb", "peak_tflops", "tdp_watts",
    "year", "developed_by", "identifiers", "source",
)  # fmt: skip
MARKER = re.compile(r"\{\{(\w+)\}\}")
SKIPPED_SHOWN = 500


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The rows of all tables by the numbers that the payload uses for papers and concepts."""

    papers: dict[str, int]
    concepts: dict[str, int]
    drawn: int


def write_page(graph: KnowledgeGraph, path: Path, *, title: str | None = None, base: str = BASE) -> None:
    """Write the explorer page of the graph to `path`."""
    path.write_text(page_html(graph, title=title, base=base), encoding="utf-8", newline="\n")


def page_html(graph: KnowledgeGraph, *, title: str | None = None, base: str = BASE) -> str:
    """The explorer page of the graph; the same graph gives the same bytes."""
    name = title or "Papers and their concepts"
    shape, text = _payload(graph, name, base)
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


def _payload(graph: KnowledgeGraph, title: str, base: str) -> tuple[dict[str, object], dict[str, object]]:
    """What is drawn and searched, and apart from it the long texts, which the page unpacks later."""
    concepts, drawn = _concepts(graph)
    numbers = _Numbers(_numbered(graph.papers["id"]), _numbered(concepts["id"]), drawn)
    mentions = _mentions(graph, numbers)
    citations = _citations(graph, numbers)
    shape = {
        "format": FORMAT,
        "title": title,
        "base": base,
        "classes": CLASSES,
        "roles": ROLES,
        "layers": LAYERS,
        "drawn": drawn,
        "papers": _paper_columns(graph.papers),
        "concepts": _concept_columns(concepts),
        "relations": _relation_columns(graph.concept_relations, numbers),
        "mentions": _mention_columns(mentions),
        "citations": _citation_columns(citations),
        "layout": _layout_columns(_placed(graph.papers, concepts, mentions, citations, drawn)),
        "skipped": graph.skipped.head(SKIPPED_SHOWN).select("input", "position", "reason").rows(),
        "skippedCount": len(graph.skipped),
    }
    text: dict[str, object] = {
        "abstracts": graph.papers["abstract"].to_list(),
        "definitions": concepts["definition"].to_list(),
        "evidence": citations["evidence"].to_list(),
    }
    return shape, text


def _numbered(ids: pl.Series) -> dict[str, int]:
    return {key: number for number, key in enumerate(ids)}


def _concepts(graph: KnowledgeGraph) -> tuple[pl.DataFrame, int]:
    """The concepts that papers mention, then those that these only lead up to; and how many are mentioned."""
    quiet = ~pl.col("id").is_in(graph.mentions["concept"].unique().implode())
    ordered = graph.concepts.with_columns(quiet.alias("quiet")).sort("quiet", "id")
    return ordered, int((~ordered["quiet"]).sum())


def _mentions(graph: KnowledgeGraph, numbers: _Numbers) -> pl.DataFrame:
    """The mentions in the order of the papers, with numbers for names."""
    return graph.mentions.select(
        _number(pl.col("paper"), numbers.papers),
        _number(pl.col("field"), FIELDS),
        pl.col("start").cast(pl.Int64),
        (pl.col("end").cast(pl.Int64) - pl.col("start").cast(pl.Int64)).alias("length"),
        _number(pl.col("concept"), numbers.concepts),
        _number(pl.col("role"), ROLES),
        (pl.col("confidence") * 100).round().cast(pl.Int64),
        pl.col("method"),
    ).sort("paper", "field", "start", "concept")


def _citations(graph: KnowledgeGraph, numbers: _Numbers) -> pl.DataFrame:
    """The citations in a fixed order, with numbers for names."""
    return graph.citations.select(
        _number(pl.col("citing"), numbers.papers),
        _number(pl.col("cited"), numbers.papers),
        _number(pl.col("layer"), LAYERS),
        (pl.col("confidence") * 100).round().cast(pl.Int64),
        pl.col("method"),
        pl.col("intent"),
        pl.col("evidence"),
    ).sort("citing", "cited", "layer", "method", maintain_order=True)


def _number(column: pl.Expr, names: Iterable[str]) -> pl.Expr:
    """The place of each value among the names, which must hold them all."""
    return column.cast(pl.Enum(list(names))).to_physical().cast(pl.Int64)


def _coded(column: pl.Series) -> dict[str, object]:
    """A column of few distinct values: the values once, and their numbers."""
    values = sorted(column.drop_nulls().unique().to_list())
    number = {value: place for place, value in enumerate(values)}
    return {"values": values, "rows": [-1 if value is None else number[value] for value in column]}


def _paper_columns(papers: pl.DataFrame) -> dict[str, object]:
    plain = ("id", "title", "year", "date", "authors", "identifiers", "position")
    columns: dict[str, object] = {name: papers[name].to_list() for name in plain}
    columns |= {name: _coded(papers[name]) for name in ("venue", "source")}
    columns["external"] = np.flatnonzero(papers["external"].to_numpy()).tolist()
    return columns


def _concept_columns(concepts: pl.DataFrame) -> dict[str, object]:
    columns: dict[str, object] = {name: concepts[name].to_list() for name in PLAIN_CONCEPT_COLUMNS}
    columns["class"] = [CLASSES.index(name) for name in concepts["class"]]
    columns["origin"] = _coded(concepts["origin"])
    columns |= {name: np.flatnonzero(concepts[name].to_numpy()).tolist() for name in ("general", "grouping")}
    return columns


def _relation_columns(relations: pl.DataFrame, numbers: _Numbers) -> dict[str, object]:
    """Relations between what the page holds; the object of `introducedIn` is a paper."""
    rows: list[tuple[str, int, int]] = []
    for subject, relation, target in relations.select("subject", "relation", "object").unique().iter_rows():
        objects = numbers.papers if relation == "introducedIn" else numbers.concepts
        if subject in numbers.concepts and target in objects:
            rows.append((relation, numbers.concepts[subject], objects[target]))
    rows.sort()
    columns = pl.DataFrame(
        rows, schema={"relation": pl.String, "subject": pl.Int64, "object": pl.Int64}, orient="row"
    )
    return {
        "relation": _coded(columns["relation"]),
        "subject": columns["subject"].to_list(),
        "object": columns["object"].to_list(),
    }


def _mention_columns(mentions: pl.DataFrame) -> dict[str, object]:
    """The papers as differences, since the mentions stand in their order."""
    steps = np.diff(mentions["paper"].to_numpy(), prepend=0).tolist()
    plain = ("field", "start", "length", "concept", "role", "confidence")
    columns: dict[str, object] = {name: mentions[name].to_list() for name in plain}
    return columns | {"paper": steps, "method": _coded(mentions["method"])}


def _citation_columns(citations: pl.DataFrame) -> dict[str, object]:
    plain = ("citing", "cited", "layer", "confidence")
    columns: dict[str, object] = {name: citations[name].to_list() for name in plain}
    return columns | {name: _coded(citations[name]) for name in ("method", "intent")}


def _layout_columns(placed: Layout) -> dict[str, object]:
    return {
        "x": np.rint(placed.x).astype(int).tolist(),
        "y": np.rint(placed.y).astype(int).tolist(),
        "community": placed.community.tolist(),
    }


def _placed(
    papers: pl.DataFrame, concepts: pl.DataFrame, mentions: pl.DataFrame, citations: pl.DataFrame, drawn: int
) -> Layout:
    """Papers stand near the concepts they do most with, and near the papers they cite."""
    pairs = mentions.group_by("paper", "concept").agg(pl.col("role").min(), pl.col("confidence").max())
    pairs = pairs.sort("paper", "concept")
    general = concepts["general"].to_numpy().astype(bool)[pairs["concept"].to_numpy()]
    pull = ROLE_WEIGHT[pairs["role"].to_numpy()] * np.where(general, GENERAL_WEIGHT, 1.0)
    cited = citations.filter(pl.col("layer").is_in([LAYERS.index(layer) for layer in LAYER_WEIGHT]))
    trust = np.array([LAYER_WEIGHT.get(layer, 0.0) for layer in LAYERS])[cited["layer"].to_numpy()]
    merged = links(
        len(papers) + drawn,
        _ends(pairs["paper"], cited["citing"]),
        _ends(pairs["concept"] + len(papers), cited["cited"]),
        np.concatenate([pull, trust]),
    )
    return layout(merged, drawn_radius(merged) + 2.5)


def _ends(first: pl.Series, second: pl.Series) -> Ints:
    return np.concatenate([first.to_numpy(), second.to_numpy()]).astype(np.int64)


def drawn_radius(graph: Links) -> Floats:
    """The radius at which the page draws each node, by the number of its links (`radius` in drawing.ts)."""
    return np.minimum(2.4 + 1.15 * np.sqrt(graph.degree), 15.0)
