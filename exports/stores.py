"""Stores kept on disk: what was loaded once for a question is there at once for the next.

A kept store lies beside its graph (`DIR/cache`) or, for a file of RDF and where that cannot be written, in the
user's cache. Its name is a hash of all that it was made from, so that a change leads to another store.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from pyoxigraph import Store

from ..graph.store import MANIFEST, located
from ..ontology.cache import cache_folder

KEPT = 3
"""How many stores a folder keeps; those not used for the longest time go."""
SMALLEST = 4_000_000
"""Bytes of a file below which loading it takes no longer than opening a kept store."""
STORE, STAGING = "store-", ".new-"
"""How the names of kept stores begin, and of those that are still being made."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a store is made from: its content as a hash, where it may be kept, and what loads it."""

    key: str
    folders: tuple[Path, ...]
    fill: Callable[[Store], None]


def graph_source(folder: Path, base: str, fill: Callable[[Store], None]) -> Source:
    """A stored graph under a base IRI. Raises `GraphError`."""
    place = located(folder)
    found = hashlib.sha256(_program() + base.encode() + b"\0")
    with suppress(OSError):  # What cannot be read is told by the reader of the graph.
        found.update((place / MANIFEST).read_bytes())
        for path in sorted(place.rglob("*.parquet")):
            found.update(path.relative_to(place).as_posix().encode() + b"\0" + _digest(path))
    return Source(found.hexdigest(), (place / "cache", *_users()), fill)


def file_source(path: Path, form: str, fill: Callable[[Store], None]) -> Source:
    """A file of RDF in a format; a small one is kept nowhere. Raises `OSError`."""
    if path.stat().st_size < SMALLEST:
        return Source("", (), fill)
    found = hashlib.sha256(_program() + form.encode() + b"\0" + _digest(path))
    return Source(found.hexdigest(), _users(), fill)


def open_source(source: Source) -> Store:
    """The store of a source: kept, or made and kept, or, where nothing can be written, in memory."""
    for folder in source.folders:
        with suppress(OSError):
            return _open(folder / f"{STORE}{source.key[:32]}")
    for folder in source.folders:
        with suppress(OSError):
            return _made(source, folder)
    store = Store()
    source.fill(store)
    return store


def _open(place: Path) -> Store:
    store = Store.read_only(str(place))
    with suppress(OSError):
        os.utime(place)
    return store


def _made(source: Source, folder: Path) -> Store:
    """Make and keep a store; of several processes one makes it, and the others wait and find it."""
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / f"{STORE}{source.key[:32]}"
    with _alone(folder) as is_alone:
        if not place.is_dir():
            if is_alone:
                _remove(folder.glob(f"{STAGING}*"))  # What killed processes left.
            _make(source, place)
        found = _open(place)
    _remove(sorted(folder.glob(f"{STORE}*"), key=_last_used, reverse=True)[KEPT:])
    return found


def _make(source: Source, place: Path) -> None:
    """Make a store beside its place, and move it there when it is complete."""
    staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=place.parent))
    try:
        store = Store(staging)
        source.fill(store)
        del store  # Closes its files.
        staging.chmod(0o755)
        staging.rename(place)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """One process at a time in a folder, where the system has locks; a killed process holds none."""
    with ExitStack() as held:
        try:
            import fcntl

            handle = os.open(folder, os.O_RDONLY)
            held.callback(os.close, handle)
            fcntl.flock(handle, fcntl.LOCK_EX)
        except (ImportError, OSError):
            yield False
            return
        yield True


def _remove(places: "Iterator[Path] | list[Path]") -> None:
    for place in places:
        shutil.rmtree(place, ignore_errors=True)


def _last_used(place: Path) -> float:
    with suppress(OSError):
        return place.stat().st_mtime
    return 0.0


def _users() -> tuple[Path, ...]:
    folder = cache_folder()
    return (folder / "stores",) if folder else ()


@cache
def _program() -> bytes:
    """A hash that changes with any code or data of ours that RDF is made with, and with the store's format."""
    found = hashlib.sha256(version("pyoxigraph").encode())
    root = Path(__file__).parent.parent
    for package in ("ontology", "graph", "exports"):
        for path in sorted([*(root / package).glob("*.py"), *(root / package / "data").glob("*.toml")]):
            found.update(path.read_bytes())
    return found.digest()


def _digest(path: Path) -> bytes:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").digest()
