"""Records: what readers gave comes back from the tables as it was."""

from hypothesis import given
from hypothesis import strategies as st

from concite.graph.merging import unify
from concite.graph.papers import Paper, Reference, StatedCitation
from concite.graph.records import read_records, read_statements, record_rows, statement_rows
from concite.graph.rows import paper_row
from concite.graph.tables import frame

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
LISTS = st.lists(TEXTS, max_size=2).map(tuple)
REFERENCES = st.builds(Reference, TEXTS, TEXTS, st.none() | st.integers(1900, 2100), LISTS, LISTS, LISTS)
RECORDS = st.builds(
    Paper,
    title=st.sampled_from(["A", "B"]),
    abstract=st.none() | TEXTS,
    year=st.none() | st.integers(1900, 2100),
    authors=LISTS,
    identifiers=st.sampled_from([(), ("arxiv:1",), ("doi:2", "s2:3")]),
    references=st.lists(REFERENCES, max_size=2).map(tuple),
    metadata=st.lists(st.tuples(TEXTS, TEXTS), max_size=2).map(tuple),
    source=st.sampled_from(["a", "b"]),
    position=st.integers(1, 99).map(str),
)


@given(st.lists(RECORDS, max_size=5, unique_by=lambda paper: (paper.source, paper.position)))
def test_records_come_back_as_they_were_read(records: list[Paper]) -> None:
    unified = unify(records)
    papers = frame("papers", (paper_row(key, paper, False) for key, paper in unified.papers.items()))
    stored = frame("records", record_rows(unified.members, unified.papers))
    assert sorted(map(repr, read_records(stored, papers))) == sorted(map(repr, records))


@given(st.lists(st.builds(StatedCitation, TEXTS, REFERENCES, TEXTS, TEXTS), max_size=4))
def test_statements_come_back_as_they_were_read(stated: list[StatedCitation]) -> None:
    stored = frame("statements", statement_rows(stated))
    assert sorted(map(repr, read_statements(stored))) == sorted(map(repr, stated))
