"""The vocabulary's cache: read once from TOML, then from one JSON file kept in the user's cache."""

import hashlib
import os
import tempfile
from importlib.metadata import version
from pathlib import Path

from pydantic import TypeAdapter

from .concepts import Concept
from .files import vocabulary_files
from .vocabulary import Vocabulary, bundled_folder, read_vocabulary

_CONCEPTS = TypeAdapter(tuple[Concept, ...])


def load_vocabulary(folder: Path | None = None) -> Vocabulary:
    """The vocabulary of *folder*, the bundled one without; from the cache where its files did not change.

    Raises `VocabularyError` with every fault. A cache that cannot be read or written is done without.
    """
    folder = folder or bundled_folder()
    path = cache_folder() / f"vocabulary-{_key(folder)}.json"
    try:
        return Vocabulary(_CONCEPTS.validate_json(path.read_bytes()))
    except (OSError, ValueError):
        vocabulary = read_vocabulary(folder)
        _keep(_CONCEPTS.dump_json(vocabulary.concepts), path)
        return vocabulary


def cache_folder() -> Path:
    """Where caches are kept: `CONCITE_CACHE`, else the user's cache directory."""
    chosen = os.environ.get("CONCITE_CACHE")
    home = os.environ.get("XDG_CACHE_HOME") or str(Path("~/.cache").expanduser())
    return Path(chosen) if chosen else Path(home) / "concite"


def _key(folder: Path) -> str:
    """A key that changes with the content of any file and with the program's version."""
    found = hashlib.sha256(version("concite").encode())
    for path in vocabulary_files(folder):
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    for name in ("concepts.py", "files.py"):
        found.update(Path(__file__).with_name(name).read_bytes())
    return found.hexdigest()[:16]


def _keep(content: bytes, path: Path) -> None:
    """Write a cache file so that no reader ever sees half of it; give up quietly where that cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as handle:
            handle.write(content)
        Path(handle.name).replace(path)
    except OSError:
        return
