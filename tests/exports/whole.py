"""A graph of two papers in which every column of every table holds something: small enough to check by hand."""

from collections.abc import Iterable
from typing import Any

from concite.api import KnowledgeGraph
from concite.graph.store import FORMAT_VERSION
from concite.graph.tables import COLUMNS, frame
from concite.ontology import ConceptClass

EMPTY: dict[str, Any] = {"text": None, "int": None, "real": None, "flag": False, "texts": [], "pairs": []}
TITLE = "TinyTune: LoRA on Llama 2 7B"
ABSTRACT = "We present TinyTune. It uses LoRA on an A100 and beats BLEU of others \u2014 naïve ones."
MANIFEST = {
    "format_version": FORMAT_VERSION,
    "tool": "concite 0.0.0",
    "inputs": [{"name": "tiny.jsonl", "sha256": "ab" * 32, "format": "jsonl", "papers": 1, "skipped": 0}],
    "vocabulary": {"concepts": 9, "sha256": "cd" * 32},
}


def row(table: str, **values: Any) -> dict[str, Any]:
    """A row of a table; what is not given is empty."""
    return {column: values.get(column, EMPTY[kind]) for column, kind in COLUMNS[table].items()}


def root(concept_class: ConceptClass) -> dict[str, Any]:
    return concept(str(concept_class), concept_class, str(concept_class), grouping=True)


def concept(key: str, concept_class: str, label: str, **values: Any) -> dict[str, Any]:
    given = {"definition": f"What {label} is.", "origin": "vocabulary", "source": ["common-knowledge"]}
    return row("concepts", id=key, label=label, **{"class": str(concept_class)}, **given | values)


CONCEPTS = [
    *map(root, ConceptClass),
    concept(
        "a100", "hardware", "A100", aliases=["NVIDIA A100", 'the "big" one'], memory_gb=80.0, peak_tflops=312.0,
        tdp_watts=400.5, year=2020, developed_by=["NVIDIA"], identifiers=["wikidata:Q1", "github:a/b", "other:x y"],
        source=["arXiv:2101.00001", "https://example.org/a b?c=1", "a-list"],
    ),
    concept(
        "llama-2-7b", "model", "Llama 2 7B", definition=None, origin="derived", parameters=7_000_000_000,
        context_length=4096, source=[],
    ),
    concept(
        "lora", "technique", "LoRA", general=True, misspellings=["LoAR"], covers=["LoRA-XS"], replaces=["low-rank"]
    ),
    concept("tiny-mnist", "dataset", "Tiny MNIST", languages=["en", "zh-Hant"], size=600),
    concept("tinytune.0123abcd", "technique", "TinyTune", definition=None, origin="candidate", source=[]),
]  # fmt: skip

RELATIONS = [
    ("a100", "broader", "hardware"),
    ("llama-2-7b", "broader", "model"),
    ("llama-2-7b", "variantOf", "model"),
    ("llama-2-7b", "runsOn", "a100"),
    ("tiny-mnist", "broader", "dataset"),
    ("tiny-mnist", "forTask", "task"),
    ("lora", "basedOn", "technique"),
    ("lora", "broader", "technique"),
    ("lora", "introducedIn", "arxiv-2106.09685"),
    ("lora", "partOf", "technique"),
    ("tinytune.0123abcd", "broader", "technique"),
]

PAPERS = [
    row(
        "papers", id="arxiv-2401.00001", title=TITLE, abstract=ABSTRACT, year=2024, date="2024-02-29", venue="ACL",
        authors=["Ada Byron", "Alan Turing"], identifiers=["arxiv:2401.00001", "doi:10.1000/a<b>#1", "odd:1"],
        source="tiny.jsonl", position="1", metadata=[{"name": "votes", "value": "3"}],
    ),
    row(
        "papers", id="arxiv-2106.09685", title="arxiv:2106.09685", identifiers=["arxiv:2106.09685"], source="",
        position="", external=True,
    ),
]  # fmt: skip


def mention(field: str, words: str, key: str, role: str, confidence: float, method: str = "name") -> dict[str, Any]:
    text = TITLE if field == "title" else ABSTRACT
    start = text.index(words)
    return row(
        "mentions", paper="arxiv-2401.00001", field=field, start=start, end=start + len(words), text=words,
        concept=key, role=role, confidence=confidence, origin="vocabulary", method=method,
    )  # fmt: skip


MENTIONS = [
    mention("title", "TinyTune", "tinytune.0123abcd", "introduces", 1.0, "coined"),
    mention("title", "LoRA", "lora", "uses", 0.5),
    mention("title", "Llama 2 7B", "llama-2-7b", "evaluates", 0.75, "grammar"),
    mention("abstract", "LoRA", "lora", "uses", 0.6789),
    mention("abstract", "A100", "a100", "mentions", 0.25),
    mention("abstract", "BLEU", "metric", "compares", 0.0),
]

CITATIONS = [
    row(
        "citations", citing="arxiv-2401.00001", cited="arxiv-2106.09685", layer="explicit", method="identifier",
        confidence=1.0, intent="background", evidence="Adapters of low rank [1] are cheap.", flags=["self", "cycle"],
    ),
    row(
        "citations", citing="arxiv-2401.00001", cited="arxiv-2106.09685", layer="inferred", method="named concept",
        confidence=0.6789, concept="lora", concept_role="uses", evidence="It uses LoRA on an A100.",
    ),
]  # fmt: skip

VERSIONS = [
    row(
        "paper_relations", subject="arxiv-2401.00001", relation="versionOf", object="arxiv-2106.09685",
        source="authors and abstract", confidence=0.9123,
    ),
]  # fmt: skip


def graph_of(**tables: Iterable[dict[str, Any]]) -> KnowledgeGraph:
    """A graph of some rows; tables that are not given are empty."""
    return KnowledgeGraph({table: frame(table, tables.get(table, ())) for table in COLUMNS}, MANIFEST)


def whole_graph(**changed: Iterable[dict[str, Any]]) -> KnowledgeGraph:
    """The whole graph, with some tables in the place of its own."""
    relations = [
        {"subject": subject, "relation": relation, "object": target, "source": "common-knowledge"}
        for subject, relation, target in RELATIONS
    ]
    tables = {
        "papers": sorted(PAPERS, key=lambda r: str(r["id"])),
        "concepts": sorted(CONCEPTS, key=lambda r: str(r["id"])),
        "concept_relations": relations,
        "mentions": MENTIONS,
        "citations": CITATIONS,
        "paper_relations": VERSIONS,
    }
    return graph_of(**{**tables, **changed})
