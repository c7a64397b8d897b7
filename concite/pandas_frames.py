"""The tables for those who work in pandas."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .graph.papers import InputError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    from .api import KnowledgeGraph


@dataclass(frozen=True)
class PandasFrames:
    """The frames of a graph and its answers, as pandas has them; lists stand in columns of objects."""

    graph: "KnowledgeGraph"

    @property
    def papers(self) -> "pd.DataFrame":
        """One row a paper."""
        return in_pandas(self.graph.papers)

    @property
    def concepts(self) -> "pd.DataFrame":
        """One row a concept."""
        return in_pandas(self.graph.concepts)

    @property
    def concept_relations(self) -> "pd.DataFrame":
        """One row a relation between concepts."""
        return in_pandas(self.graph.concept_relations)

    @property
    def mentions(self) -> "pd.DataFrame":
        """One row a stretch of text that names a concept."""
        return in_pandas(self.graph.mentions)

    @property
    def links(self) -> "pd.DataFrame":
        """One row a paper and concept."""
        return in_pandas(self.graph.links)

    @property
    def citations(self) -> "pd.DataFrame":
        """One row a citation."""
        return in_pandas(self.graph.citations)

    @property
    def skipped(self) -> "pd.DataFrame":
        """One row a piece of input that became no paper."""
        return in_pandas(self.graph.skipped)

    def evidence(self, paper: str | None = None, concept: str | None = None) -> "pd.DataFrame":
        """The words behind a claim."""
        return in_pandas(self.graph.evidence(paper, concept))

    def query(self, sparql: str) -> "pd.DataFrame":
        """The rows of a SELECT. Raises `InputError` for another form of query."""
        import polars as pl

        answer = self.graph.query(sparql)
        if not isinstance(answer, pl.DataFrame):
            raise InputError("query", "the answer is no table", "ask with SELECT, or use graph.query")
        return in_pandas(answer)


def in_pandas(frame: "pl.DataFrame") -> "pd.DataFrame":
    """A frame as pandas has it. Raises `InputError` where pandas is not installed."""
    try:
        return frame.to_pandas()
    except ModuleNotFoundError as error:
        raise InputError(
            error.name or "pandas", "is not installed", "install it: pip install 'concite[pandas]'"
        ) from error
