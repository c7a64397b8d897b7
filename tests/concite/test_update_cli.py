"""The commands that change a graph or compare two, as a user runs them."""

import json
from pathlib import Path

import pytest

from concite.ontology import Vocabulary, cache

from .helpers import done, error

ONE = '{"title": "TinyTune: Adapting Llama 2", "abstract": "We propose TinyTune.", "doi": "10.1000/tiny"}\n'
TWO = '{"title": "TinyTune: adapting Llama 2", "abstract": "We propose TinyTune.", "arxiv": "2401.00001"}\n'
MORE = '{"title": "Notes on Nothing"}\n'


@pytest.fixture(autouse=True)
def place(monkeypatch: pytest.MonkeyPatch, small: Vocabulary, tmp_path: Path) -> None:
    """A directory with inputs, and the small vocabulary for the bundled one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cache, "load_vocabulary", lambda: small)
    for name, text in {"a.jsonl": ONE, "b.jsonl": TWO, "c.jsonl": MORE}.items():
        Path(name).write_text(text)


def papers(folder: str) -> list[str]:
    """The titles of the papers of a graph, by what `diff` says against an empty one."""
    done(["build", "c.jsonl", "-o", "empty"])
    done(["remove", "empty", "c.jsonl:1"])
    found: list[str] = json.loads(done(["diff", "empty", folder, "--json"]).out)["papers"]["added"]
    return [paper for paper in found if not paper.startswith("arxiv-2307")]


def contents(folder: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


def test_update_adds_and_replaces_inputs_as_a_build_of_all_would() -> None:
    done(["build", "a.jsonl", "-o", "g"])
    Path("a.jsonl").write_text(ONE.replace("We propose", "Here we propose"))
    told = done(["update", "g", "a.jsonl", "c.jsonl"])
    assert told.out.startswith("papers: 1 added, 0 removed, 1 changed\n2 papers read")
    done(["build", "a.jsonl", "c.jsonl", "-o", "all"])
    assert contents("g") == contents("all")
    assert sorted(path.name for path in Path().iterdir() if path.name.startswith(".")) == []


def test_remove_takes_a_paper_out_for_good() -> None:
    done(["build", "a.jsonl", "c.jsonl", "-o", "g"])
    done(["remove", "g", "doi:10.1000/tiny"])
    assert [paper.rpartition("-")[0] for paper in papers("g")] == ["notes-on-nothing"]
    done(["update", "g", "a.jsonl"])
    assert [paper.rpartition("-")[0] for paper in papers("g")] == ["notes-on-nothing"]


def test_a_paper_that_is_not_there_is_one_clear_error_and_leaves_nothing_behind() -> None:
    done(["build", "a.jsonl", "-o", "g"])
    before = contents("g")
    assert error(1, "remove", "g", "doi:10.1000/none").startswith("concite: doi:10.1000/none: no paper of the input")
    assert error(1, "update", "g", "none.jsonl").startswith("concite: none.jsonl: no such file")
    assert contents("g") == before
    assert [path.name for path in Path().iterdir() if path.name.startswith(".")] == []


def test_apart_undoes_a_merge_and_same_does_it_again() -> None:
    done(["build", "a.jsonl", "b.jsonl", "-o", "g"])
    assert papers("g") == ["arxiv-2401.00001"]
    done(["apart", "g", "doi:10.1000/tiny", "arxiv:2401.00001"])
    assert papers("g") == ["arxiv-2401.00001", "doi-10.1000/tiny"]
    done(["same", "g", "a.jsonl:1", "b.jsonl:1"])
    assert papers("g") == ["arxiv-2401.00001"]


def test_a_file_of_decisions_is_heeded_by_build() -> None:
    Path("d.json").write_text(json.dumps({"apart": [["a.jsonl:1", "b.jsonl:1"]]}))
    done(["build", "a.jsonl", "b.jsonl", "-o", "g", "--decisions", "d.json"])
    assert papers("g") == ["arxiv-2401.00001", "doi-10.1000/tiny"]


@pytest.mark.parametrize("text", ["[", "[]", '{"other": []}', '{"apart": ["x"]}', '{"removed": [1]}', '{"apart": 1}'])
def test_a_file_that_holds_no_decisions_is_one_clear_error(text: str) -> None:
    Path("d.json").write_text(text)
    found = error(1, "build", "a.jsonl", "--decisions", "d.json")
    assert found.startswith("concite: d.json:1: no decisions (")


def test_diff_tells_what_differs() -> None:
    done(["build", "a.jsonl", "-o", "one"])
    done(["build", "a.jsonl", "c.jsonl", "-o", "two"])
    lines = done(["diff", "one", "two"]).out.splitlines()
    assert lines[0] == "papers: 1 added, 0 removed, 0 changed"
    assert lines[1].startswith("  + notes-on-nothing-")
    assert "mentions: the same" in lines
