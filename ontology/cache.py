"""The vocabulary's cache: read and compiled once from TOML, then loaded from one JSON file."""

import gc
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import from_json

from .files import vocabulary_files
from .lexicon import Lexicon, Senses
from .vocabulary import Vocabulary, bundled_folder, dump_concepts, load_concepts, read_vocabulary

_LEXICON = TypeAdapter(dict[str, Any])


def load_vocabulary(folder: Path | None = None) -> Vocabulary:
    """The vocabulary of *folder*, the bundled one without; from the cache where its files did not change.

    Raises `VocabularyError` with every fault. A cache that cannot be read or written is done without.
    """
    folder = folder or bundled_folder()
    kept = cache_folder()
    path = kept / f"vocabulary-{_key(folder)}.jsonl" if kept else None
    with _without_collection():
        with suppress(OSError, ValueError, KeyError, TypeError):
            if path:
                return _load(path.read_bytes())
        vocabulary = read_vocabulary(folder)
        if path:
            _keep(_dump(vocabulary), path)
        return vocabulary


@contextmanager
def _without_collection() -> Iterator[None]:
    """No garbage collection meanwhile: hundreds of thousands of objects are made, and all of them stay."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _dump(vocabulary: Vocabulary) -> bytes:
    """Three lines: the hash of the others, the concepts, and the lexicon's rows."""
    lexicon = vocabulary.lexicon
    compiled = {"rows": lexicon.senses.rows, "blocked": sorted(lexicon.blocked)}
    content = dump_concepts(vocabulary.concepts) + b"\n" + _LEXICON.dump_json(compiled)
    return hashlib.sha256(content).hexdigest().encode() + b"\n" + content


def _load(content: bytes) -> Vocabulary:
    sha256, _, content = content.partition(b"\n")
    if hashlib.sha256(content).hexdigest().encode() != sha256:
        raise ValueError("a damaged cache")
    concepts, _, compiled = content.partition(b"\n")
    found = from_json(compiled)
    lexicon = Lexicon(Senses(found["rows"]), frozenset(found["blocked"]))
    return Vocabulary(load_concepts(concepts), lexicon, hashlib.sha256(concepts).hexdigest())


def cache_folder() -> Path | None:
    """Where caches are kept: `CONCITE_CACHE`, else the user's cache directory; nowhere for a user without a home."""
    if chosen := os.environ.get("CONCITE_CACHE"):
        return Path(chosen)
    if caches := os.environ.get("XDG_CACHE_HOME"):
        return Path(caches) / "concite"
    try:
        return Path.home() / ".cache" / "concite"
    except RuntimeError:
        return None


def _key(folder: Path) -> str:
    """A key that changes with the content of any file and with the program's version."""
    found = hashlib.sha256(version("concite").encode())
    for path in vocabulary_files(folder):
        found.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    for name in ("classes.py", "concepts.py", "files.py", "lexicon.py", "names.py", "data/words.txt"):
        found.update((Path(__file__).parent / name).read_bytes())
    return found.hexdigest()[:16]


KEPT = 4
"""How many vocabularies' caches are kept; older ones go."""


def _drop_old(folder: Path) -> None:
    known = sorted(folder.glob("vocabulary-*.jsonl"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in known[KEPT:]:
        path.unlink(missing_ok=True)


def _keep(content: bytes, path: Path) -> None:
    """Write a cache file so that no reader ever sees half of it; give up quietly where that cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, ignore_cleanup_errors=True) as staging:
            (Path(staging) / path.name).write_bytes(content)
            (Path(staging) / path.name).replace(path)
        _drop_old(path.parent)
    except OSError:
        return
