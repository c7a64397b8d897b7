"""Records: what readers gave, as the store keeps it, so that a graph can be updated without its inputs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from .merging import Member
from .papers import Paper, PaperId, Reference, Skipped, StatedCitation
from .tables import REFERENCE, Row

if TYPE_CHECKING:
    import polars as pl

_OWN = ("title", "abstract", "year", "date", "venue", "authors", "identifiers", "metadata")
"""The fields that a record has for itself where it differs from its paper."""
_NOTHING: dict[str, Any] = dict.fromkeys(_OWN[:5]) | {name: [] for name in _OWN[5:]}


def record_rows(members: Iterable[Member], papers: Mapping[PaperId, Paper]) -> Iterator[Row]:
    """One row a record that was read; what its paper says just so is not said twice."""
    for member in sorted(members, key=lambda m: (m.record.source, m.record.position.zfill(12), m.paper, m.reason)):
        record = member.record
        own = _described(record) != _described(papers[member.paper])
        yield {
            "input": record.source,
            "position": record.position,
            "paper": member.paper,
            "reason": member.reason or None,
            "confidence": member.score,
            "own": own,
            **(_described(record) if own else _NOTHING),
            "references": list(map(_reference_row, record.references)),
        }


def _described(paper: Paper) -> dict[str, Any]:
    lists = {name: list(getattr(paper, name)) for name in ("authors", "identifiers")}
    metadata = [{"name": name, "value": value} for name, value in paper.metadata]
    return {name: getattr(paper, name) for name in _OWN[:5]} | lists | {"metadata": metadata}


def _reference_row(reference: Reference) -> Row:
    values = {name: getattr(reference, name) for name in REFERENCE}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def read_records(records: "pl.DataFrame", papers: "pl.DataFrame") -> Iterator[Paper]:
    """The records as readers gave them."""
    import polars as pl

    described = papers.select(pl.col("id").alias("paper"), pl.struct(_OWN).alias("of_paper"))
    for row in records.join(described, on="paper", how="left", maintain_order="left").iter_rows(named=True):
        yield _paper(row if row["own"] else row["of_paper"], row)


def _paper(told: Row, row: Row) -> Paper:
    return Paper(
        title=told["title"],
        abstract=told["abstract"],
        year=told["year"],
        date=told["date"],
        venue=told["venue"],
        authors=tuple(told["authors"]),
        identifiers=tuple(told["identifiers"]),
        references=tuple(map(_reference, row["references"])),
        metadata=tuple((pair["name"], pair["value"]) for pair in told["metadata"]),
        source=row["input"],
        position=row["position"],
    )


def _reference(row: Row) -> Reference:
    lists = (tuple(row[name]) for name in ("authors", "contexts", "intents"))
    return Reference(row["identifier"], row["title"], row["year"], *lists)


def statement_rows(stated: Iterable[StatedCitation]) -> Iterator[Row]:
    """One row a citation that an input states apart from papers."""
    for each in sorted(stated, key=lambda s: (s.source, s.position.zfill(12), s.citing, repr(s.reference))):
        yield {
            "input": each.source,
            "position": each.position,
            "citing": each.citing,
            "references": [_reference_row(each.reference)],
        }


def read_statements(statements: "pl.DataFrame") -> Iterator[StatedCitation]:
    """The citations that inputs state apart from papers."""
    for row in statements.iter_rows(named=True):
        (reference,) = map(_reference, row["references"])
        yield StatedCitation(row["citing"], reference, row["input"], row["position"])


def read_skipped(skipped: "pl.DataFrame") -> Iterator[Skipped]:
    """The pieces of input that were skipped."""
    names = [field.name for field in fields(Skipped)]
    yield from (Skipped(**row) for row in skipped.select(names).iter_rows(named=True))
