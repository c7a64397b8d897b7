"""Chunks: any number of processes gives the same rows, and finished chunks are not linked again."""

from functools import partial
from pathlib import Path

import pytest

from concite.graph import chunks
from concite.graph.chunks import ALONE, Links, Workshop, link_all
from concite.graph.papers import Paper, PaperId
from concite.graph.staging import work_folder

from .helpers import VOCABULARY

PAPERS = {
    PaperId(f"p{n}"): Paper(f"TinyTune-{n}B: LoRA on an A100", "We propose TinyTune, and use Llama 2 7B on MMLU.")
    for n in range(7)
}


def tell(told: list[tuple[int, int]], done: int, total: int) -> None:
    told.append((done, total))


def same(one: Links, other: Links) -> bool:
    return one.mentions.equals(other.mentions) and one.names.equals(other.names)


def test_chunks_and_processes_do_not_change_the_links(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = link_all(PAPERS, VOCABULARY, ALONE)
    monkeypatch.setattr(chunks, "CHUNK", 3)
    assert same(link_all(PAPERS, VOCABULARY, ALONE), whole)
    monkeypatch.setattr(chunks, "WORTH_PROCESSES", 1)
    told: list[tuple[int, int]] = []
    assert same(link_all(PAPERS, VOCABULARY, Workshop(2, None, lambda *done: told.append(done))), whole)
    assert told == [(3, 7), (6, 7), (7, 7)]


def test_a_build_that_broke_off_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(chunks, "CHUNK", 2)

    def stop(done: int, total: int) -> None:
        if done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), work_folder(tmp_path / "g") as folder:
        link_all(PAPERS, VOCABULARY, Workshop(1, folder, stop))
    told: list[int] = []
    with work_folder(tmp_path / "g") as folder:
        again = link_all(PAPERS, VOCABULARY, Workshop(1, folder, lambda done, total: told.append(done)))
    assert told == [5, 6, 7]
    assert same(again, link_all(PAPERS, VOCABULARY, ALONE))
    assert list(tmp_path.iterdir()) == []


def test_a_changed_paper_or_a_damaged_chunk_is_linked_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(chunks, "CHUNK", 1)
    link_all(PAPERS, VOCABULARY, Workshop(1, tmp_path))
    first, *_ = tmp_path.glob("*.mentions")
    first.write_bytes(b"damaged")
    for papers in (PAPERS, {**PAPERS, PaperId("p3"): Paper("LoRA")}):
        told: list[tuple[int, int]] = []
        links = link_all(papers, VOCABULARY, Workshop(1, tmp_path, partial(tell, told)))
        assert told == [(7, 7)]
        assert same(links, link_all(papers, VOCABULARY, ALONE))
