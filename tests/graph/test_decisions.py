"""Decisions: kept as they were made, and the last word holds."""

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from concite.graph.decisions import UNDECIDED, lasting_names, parse_decisions, read_decisions, record_names
from concite.graph.papers import Paper

NAMES = st.sampled_from(["doi:10.1/a", "arxiv:1", "a.jsonl:7", "s2:b"])
PAIRS = st.lists(st.tuples(NAMES, NAMES), max_size=3)


@given(PAIRS, PAIRS, st.lists(NAMES, max_size=2))
def test_decisions_come_back_from_their_json(
    apart: list[tuple[str, str]], same: list[tuple[str, str]], removed: list[str]
) -> None:
    decisions = UNDECIDED.with_more(apart=apart).with_more(same=same, removed=removed)
    assert parse_decisions(json.loads(json.dumps(decisions.as_json()))) == decisions
    assert not set(decisions.apart) & set(decisions.same)


def test_what_was_said_last_holds() -> None:
    apart = UNDECIDED.with_more(apart=[("b", "a")])
    assert apart.apart == (("a", "b"),)
    assert apart.with_more(same=[("a", "b")]) == UNDECIDED.with_more(same=[("b", "a")])


def test_a_file_of_decisions_is_read(tmp_path: Path) -> None:
    (tmp_path / "d.json").write_text('{"removed": ["s2:b"], "apart": [["b", "a"]]}')
    assert read_decisions(tmp_path / "d.json") == UNDECIDED.with_more(removed=["s2:b"], apart=[("a", "b")])


def test_a_record_is_called_by_identifier_paper_or_place() -> None:
    paper = Paper("T", identifiers=("doi:10.1/a", "s2:b"), source="a.jsonl", position="7")
    assert record_names(paper) == {"doi:10.1/a", "s2:b", "doi-10.1/a", "s2-b", "a.jsonl:7"}
    assert lasting_names(paper) == {"doi:10.1/a", "s2:b"}


def test_papers_that_share_a_title_have_lasting_names_of_their_own() -> None:
    one, other = Paper("Editorial", "On holes."), Paper("Editorial", "On pits.")
    assert not lasting_names(one) & lasting_names(other)
