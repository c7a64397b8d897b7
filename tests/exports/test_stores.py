"""Kept stores: the second question is answered from disk, and never from what is no longer so."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from concite.exports import stores
from concite.exports.sparql import answer, graph_store, open_store
from concite.graph.knowledge import KnowledgeGraph
from concite.graph.papers import InputError

from .whole import PAPERS, whole_graph

TITLES = "SELECT ?title { ?p dcterms:title ?title } ORDER BY ?title"


@pytest.fixture(autouse=True)
def users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's cache, empty."""
    monkeypatch.setenv("CONCITE_CACHE", str(tmp_path / "users"))
    return tmp_path / "users" / "stores"


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    whole_graph().write(tmp_path / "kg")
    return tmp_path / "kg"


@pytest.fixture
def filled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often a store had to be loaded, one entry a time."""
    loads: list[str] = []

    def count(load: Callable[..., None]) -> Callable[..., None]:
        def counted(*arguments: object) -> None:
            loads.append(load.__name__)
            load(*arguments)

        return counted

    for name in ("_load_graph", "_load_file"):
        monkeypatch.setattr(f"concite.exports.sparql.{name}", count(getattr(sys.modules[answer.__module__], name)))
    return loads


def kept(folder: Path) -> list[Path]:
    return sorted((folder / "cache").iterdir())


def ask(folder: Path) -> str:
    return answer(folder, TITLES, "csv")


def test_a_graph_is_loaded_once_and_then_opened(stored: Path, filled: list[str]) -> None:
    first = ask(stored)
    assert ask(stored) == first
    assert filled == ["_load_graph"]
    assert len(kept(stored)) == 1


def test_a_graph_with_a_kept_store_is_still_a_graph(stored: Path) -> None:
    ask(stored)
    assert len(KnowledgeGraph.read(stored).papers) == len(PAPERS)
    whole_graph().write(stored)
    assert not (stored / "cache").exists()


def test_a_changed_graph_is_loaded_anew(stored: Path, filled: list[str]) -> None:
    ask(stored)
    cache = stored / "cache"
    cache.rename(stored.parent / "cache")
    whole_graph(papers=[{**PAPERS[0], "title": "Another title"}, PAPERS[1]], mentions=[]).write(stored)
    (stored.parent / "cache").rename(cache)
    assert "Another title" in ask(stored)
    assert len(filled) == 2


def test_a_damaged_table_is_told_also_where_a_store_is_kept(stored: Path) -> None:
    ask(stored)
    (stored / "papers.parquet").write_bytes(b"nothing")
    with pytest.raises(InputError, match="missing or damaged"):
        ask(stored)


def test_another_base_is_another_store(stored: Path) -> None:
    base = "https://example.org/"
    ask(stored)
    assert base in answer(stored, "SELECT ?p { ?p dcterms:title ?t }", "csv", base)
    assert len(kept(stored)) == 2


def test_where_the_graph_cannot_be_written_the_users_cache_serves(stored: Path, users: Path, filled: list[str]) -> None:
    (stored / "cache").write_text("in the way")
    first = ask(stored)
    assert ask(stored) == first
    assert filled == ["_load_graph"]
    assert len(list(users.iterdir())) == 1


def test_where_nothing_can_be_written_the_answer_is_the_same(
    stored: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, filled: list[str]
) -> None:
    expected = ask(stored)
    monkeypatch.setenv("CONCITE_CACHE", str(tmp_path / "kg" / "manifest.json"))
    whole_graph().write(tmp_path / "kg")
    (stored / "cache").write_text("in the way")
    assert [ask(stored), ask(stored)] == [expected, expected]
    assert len(filled) == 3


def test_a_damaged_store_is_made_anew(stored: Path) -> None:
    first = ask(stored)
    (store,) = kept(stored)
    for path in store.glob("CURRENT"):
        path.unlink()
    assert ask(stored) == first


def test_what_a_killed_process_left_is_removed(stored: Path) -> None:
    left = stored / "cache" / ".new-killed"
    left.mkdir(parents=True)
    (left / "000001.sst").write_text("half a store")
    ask(stored)
    assert not left.exists()


def test_processes_at_once_agree(stored: Path) -> None:
    code = "import sys; from pathlib import Path; from concite.exports.sparql import answer; "
    code += f"print(answer(Path(sys.argv[1]), {TITLES!r}, 'csv'))"
    command = [sys.executable, "-c", code, str(stored)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    answers = {process.communicate() for process in running}
    assert len(answers) == 1
    assert len(kept(stored)) == 1


def test_only_so_many_stores_are_kept(stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "KEPT", 2)
    for number in range(4):
        answer(stored, "ASK {}", base=f"https://example.org/{number}/")
    assert len(kept(stored)) == 2


# Files


def triples(path: Path, count: int = 3) -> Path:
    path.write_text("".join(f'<a:{number}> <http://purl.org/dc/terms/title> "t" .\n' for number in range(count)))
    return path


def test_a_large_file_is_loaded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, filled: list[str]) -> None:
    monkeypatch.setattr(stores, "SMALLEST", 10)
    path = triples(tmp_path / "data.nt")
    first = ask(path)
    assert ask(path) == first
    assert filled == ["_load_file"]
    assert ask(triples(path, 5)) != first
    assert filled == ["_load_file"] * 2


def test_a_small_file_leaves_nothing_behind(tmp_path: Path, users: Path, filled: list[str]) -> None:
    path = triples(tmp_path / "data.nt")
    assert ask(path) == ask(path)
    assert len(filled) == 2
    assert not users.exists()


def test_a_damaged_large_file_names_its_line_and_is_not_kept(
    tmp_path: Path, users: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "SMALLEST", 10)
    path = tmp_path / "data.nt"
    path.write_text("<a:a> <a:b> <a:c> .\n<a:a> nonsense .\n")
    with pytest.raises(InputError, match=r"data\.nt:2: "):
        ask(path)
    assert list(users.iterdir()) == []


def test_a_kept_store_holds_what_memory_holds(stored: Path) -> None:
    open_store(stored)
    assert set(open_store(stored)) == set(graph_store(whole_graph()))
