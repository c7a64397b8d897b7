"""Differences: what was added, removed and changed, each told by its key."""

from concite.graph.differences import differences, differences_json, differences_text
from concite.graph.papers import Paper
from concite.ontology import Vocabulary

from ..conftest import PAPERS, small_graph


def test_a_graph_does_not_differ_from_itself(small: Vocabulary) -> None:
    frames = small_graph(small).frames
    assert not any(differences(frames, frames))
    assert differences_text(differences(frames, frames)).splitlines()[0] == "papers: the same"


def test_what_is_new_gone_and_other_is_told(small: Vocabulary) -> None:
    changed = Paper("Notes on Nothing", "Nothing is noted.", source="small.jsonl", position="3")
    more = Paper("More", identifiers=("s2:more",))
    old, new = small_graph(small).frames, small_graph(small, (PAPERS[0], changed, more)).frames
    found = differences_json(differences(old, new))
    assert found["papers"]["added"] == ["s2-more"]
    assert found["papers"]["removed"] == []
    assert found["papers"]["changed"] == ["arxiv-2401.00002", "notes-on-nothing-0d7ecb1a"]
    assert any(row.startswith("arxiv-2401.00002 ") for row in found["mentions"]["removed"])
    text = differences_text(differences(old, new), limit=1)
    assert "papers: 1 added, 0 removed, 2 changed\n  + s2-more\n  ~ arxiv-2401.00002\n  ~ … and 1 more" in text
