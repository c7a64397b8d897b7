"""Evidence: the sentences in which papers name concepts."""

from typing import TYPE_CHECKING

from .sentences import sentences

if TYPE_CHECKING:
    import polars as pl

    from .knowledge import KnowledgeGraph

COLUMNS = (
    "paper", "title", "concept", "label", "role", "field", "start", "end", "text", "sentence", "confidence", "method",
)  # fmt: skip


def evidence(graph: "KnowledgeGraph", paper: str | None, concept: str | None) -> "pl.DataFrame":
    """One row a mention, in the order of the text; of all papers, or of all concepts, where one is None."""
    import polars as pl

    mentions = graph.mentions
    if paper is not None:
        mentions = mentions.filter(pl.col("paper") == paper)
    if concept is not None:
        mentions = mentions.filter(pl.col("concept") == concept)
    texts = graph.papers.select(paper="id", title="title", abstract="abstract")
    labels = graph.concepts.select(concept="id", label="label")
    rows = mentions.join(texts, on="paper", how="left").join(labels, on="concept", how="left")
    in_title = pl.col("field") == "title"
    text = pl.when(in_title).then("title").otherwise("abstract").alias("whole")
    whole = rows.select("start", text).iter_rows()
    said = pl.Series("sentence", [sentence_at(text, start) for start, text in whole], pl.String)
    return rows.with_columns(said).sort("paper", ~in_title, "start", maintain_order=True).select(COLUMNS)


def sentence_at(text: str, place: int) -> str:
    """The sentence of a text that holds a place."""
    return next((text[each.start : each.end] for each in sentences(text) if each.start <= place < each.end), text)
