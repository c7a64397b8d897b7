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
    path = cache_folder() / f"vocabulary-{_key(folder)}.jsonl"
    with _without_collection():
        with suppress(OSError, ValueError, KeyError, TypeError):
            return _load(path.read_bytes())
        vocabulary = read_vocabulary(folder)
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
    """Two lines: the concepts, and the lexicon's rows."""
    lexicon = vocabulary.lexicon
    compiled = {"rows": lexicon.senses.rows, "blocked": sorted(lexicon.blocked)}
    return dump_concepts(vocabulary.concepts) + b"\n" + _LEXICON.dump_json(compiled)


def _load(content: bytes) -> Vocabulary:
    concepts, _, compiled = content.partition(b"\n")
    found = from_json(compiled)
    lexicon = Lexicon(Senses(found["rows"]), frozenset(found["blocked"]))
    return Vocabulary(load_concepts(concepts), lexicon, hashlib.sha256(concepts).hexdigest())


def cache_folder() -> Path:
    """Where caches are kept: `CONCITE_CACHE`, else the user's cache directory."""
    chosen = os.environ.get("CONCITE_CACHE")
    home = os.environ.get("XDG_CACHE_HOME") or str(Path("~/.cache").expanduser())
    return Path(chosen) if chosen else Path(home) / "concite"


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
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as handle:
            handle.write(content)
        Path(handle.name).replace(path)
        _drop_old(path.parent)
    except OSError:
        return
