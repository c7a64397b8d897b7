"""Chunks: many papers linked piece by piece, on several processes, and taken up again where a build broke off."""

import hashlib
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ..ontology.vocabulary import Vocabulary
from .linking import LinkedPaper, Linker
from .papers import Paper, PaperId
from .rows import mention_rows, name_rows
from .tables import batched, frame

if TYPE_CHECKING:
    import polars as pl

Progress = Callable[[int, int], None]
"""Called with the number of papers linked so far, and of all."""
Papers = list[tuple[PaperId, Paper]]

CHUNK = 500
"""Papers that are linked at once."""
WORTH_PROCESSES = 2000
"""Papers from which on further processes pay for their start."""


@dataclass(frozen=True, slots=True)
class Links:
    """The rows of `mentions` and `names` of some papers, in their order."""

    mentions: "pl.DataFrame"
    names: "pl.DataFrame"


@dataclass(frozen=True, slots=True)
class Workshop:
    """How papers are linked: by how many processes, and where finished chunks are kept."""

    processes: int = 1
    folder: Path | None = None
    progress: Progress | None = None


ALONE = Workshop()
"""One process, nothing kept, nothing told."""


def link_all(papers: Mapping[PaperId, Paper], vocabulary: Vocabulary, workshop: Workshop) -> Links:
    """Link all papers, in the order of their ids; any number of processes gives the same rows."""
    chunks = list(batched(papers.items(), CHUNK))
    parts: dict[int, Links] = {}
    keys = {number: _key(chunk, vocabulary) for number, chunk in enumerate(chunks)} if workshop.folder else {}
    for number, key in keys.items():
        if (kept := _kept(workshop.folder, key)) is not None:
            parts[number] = kept
    left = {number: chunk for number, chunk in enumerate(chunks) if number not in parts}
    count = _Count(sum(len(chunks[number]) for number in parts), len(papers), workshop.progress)
    for number, links in zip(left, _linked(list(left.values()), vocabulary, workshop.processes, count), strict=True):
        parts[number] = links
        if workshop.folder:
            _keep(links, workshop.folder, keys[number])
    return joined([parts[number] for number in range(len(chunks))])


@dataclass(slots=True)
class _Count:
    """How many papers are linked, told as it grows."""

    done: int
    total: int
    progress: Progress | None

    def add(self, papers: int) -> None:
        self.done += papers
        if self.progress:
            self.progress(self.done, self.total)


def joined(parts: Sequence[Links]) -> Links:
    """The links of several chunks as one."""
    import polars as pl

    if not parts:
        return Links(frame("mentions", ()), frame("names", ()))
    return Links(pl.concat([part.mentions for part in parts]), pl.concat([part.names for part in parts]))


def _linked(chunks: list[Papers], vocabulary: Vocabulary, processes: int, count: _Count) -> Iterator[Links]:
    """The links of each chunk, in order."""
    if processes < 2 or sum(map(len, chunks)) < WORTH_PROCESSES:
        linker = Linker(vocabulary)
        yield from (_links(chunk, linker, count) for chunk in chunks)
        return
    context = multiprocessing.get_context("spawn")  # Threads of polars do not survive a fork.
    pool = ProcessPoolExecutor(processes, context, _start, (vocabulary,))
    try:
        for chunk, links in zip(chunks, pool.map(_link_chunk, chunks), strict=True):
            count.add(len(chunk))
            yield links
    finally:  # A build that is stopped does not wait for the chunks that are still to come.
        pool.shutdown(cancel_futures=True)


_linkers: list[Linker] = []


def _start(vocabulary: Vocabulary) -> None:
    """Make a further process ready: one linker for all its chunks."""
    _linkers[:] = [Linker(vocabulary)]


def _link_chunk(chunk: Papers) -> Links:
    return _links(chunk, _linkers[0])


def _links(chunk: Papers, linker: Linker, count: _Count | None = None) -> Links:
    linked: list[tuple[PaperId, LinkedPaper]] = []
    for key, paper in chunk:
        linked.append((key, linker.link(paper)))
        if count:
            count.add(1)
    return links_of(linked)


def links_of(linked: Iterable[tuple[PaperId, LinkedPaper]]) -> Links:
    """The rows of linked papers."""
    pairs = list(linked)
    mentions = frame("mentions", (row for key, each in pairs for row in mention_rows(key, each)))
    return Links(mentions, frame("names", (row for key, each in pairs for row in name_rows(key, each))))


# Finished chunks on disk


def _key(chunk: Papers, vocabulary: Vocabulary) -> str:
    """A hash of all that the links of a chunk depend on."""
    told = ((key, paper.title, paper.abstract, paper.identifiers) for key, paper in chunk)
    found = hashlib.sha256(f"{recogniser_digest()} {vocabulary.digest}".encode())
    for each in told:
        found.update(repr(each).encode("utf-8", "surrogatepass"))
    return found.hexdigest()[:32]


@cache
def recogniser_digest() -> str:
    """A hash of the program's own modules and data, by which links of another version are told apart."""
    found = hashlib.sha256()
    graph = Path(__file__).parent
    sources = sorted({*graph.glob("*.py"), *graph.glob("data/*"), *(graph.parent / "ontology").glob("*.py")})
    for path in filter(Path.is_file, sources):
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()


def _keep(links: Links, folder: Path, key: str) -> None:
    """Keep a finished chunk; a file under its own name is whole."""
    with suppress(OSError):
        for table in ("names", "mentions"):
            part = folder / f"{key}.{table}.part"
            getattr(links, table).write_ipc(part, compression="lz4")
            part.rename(folder / f"{key}.{table}")


def _kept(folder: Path | None, key: str) -> Links | None:
    """A chunk that an earlier build finished."""
    import polars as pl

    if folder is None or not (folder / f"{key}.mentions").is_file():
        return None
    try:
        return Links(*(pl.read_ipc(folder / f"{key}.{table}") for table in ("mentions", "names")))
    except (OSError, pl.exceptions.PolarsError):
        return None
