"""The graph on disk: Parquet tables and a manifest in one directory, replaced as a whole."""

import hashlib
import json
import os
import shutil
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .papers import InputError
from .staging import alone, previous, staging
from .tables import COLUMNS, schema

if TYPE_CHECKING:
    import polars as pl

FORMAT_VERSION = 4
MANIFEST = "manifest.json"


class GraphError(InputError):
    """A directory that is no graph, or a graph that cannot be read or written."""


def write_tables(frames: "Mapping[str, pl.DataFrame]", manifest: Mapping[str, Any], folder: Path) -> None:
    """Write a graph, replacing the one at *folder* only when the new one is complete.

    The new graph is written beside and renamed into place; a process killed at any moment leaves the
    old graph or the new one. Raises `GraphError` where *folder* is something else than a graph.
    """
    check_target(folder)
    target = folder.resolve()
    try:
        with staging(target) as new:
            _write_all(frames, manifest, new)
            _replace(new, target)
    except OSError as error:
        raise _unwritable(folder, error) from error


def check_target(folder: Path) -> None:
    """Raise `GraphError` unless a graph may be written at *folder*."""
    try:
        target = folder.resolve()
        if _is_no_directory(target):
            raise GraphError(str(folder), "this is a file", "name a directory for the graph with -o")
        if target in (Path.cwd(), *Path.cwd().parents):
            raise GraphError(str(folder), "this is the current directory or above it", "name a new one with -o")
        if _is_no_directory(target.parent):
            raise GraphError(str(folder.parent), "this is a file", "name a place in a directory with -o")
        if not target.parent.is_dir():
            advice = "make it first, or choose another place with -o"
            raise GraphError(str(folder.parent), "no such directory", advice)
        foreign = _foreign(target)
    except OSError as error:
        raise _unwritable(folder, error) from error
    if foreign:
        problem = f"this directory holds other things ({foreign})"
        raise GraphError(str(folder), problem, "choose a new directory with -o")
    if not os.access(target.parent, os.W_OK):
        raise GraphError(str(folder), "cannot be written (permission denied)", "choose another place with -o")


def _is_no_directory(path: Path) -> bool:
    """Whether something else than a directory is there."""
    try:
        return not stat.S_ISDIR(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False


def _foreign(folder: Path) -> str | None:
    """The first entry of an existing directory that is no part of a graph; what has no manifest is none."""
    try:
        found = {entry.name for entry in folder.iterdir()}
    except (FileNotFoundError, NotADirectoryError):
        return None
    parts = {f"{table}.parquet" for table in COLUMNS}
    ours = {MANIFEST, "cache", *parts, *COLUMNS} if MANIFEST in found and found & {*parts, *COLUMNS} else set()
    return min(found - ours, default=None)


def _unwritable(folder: Path, error: OSError) -> GraphError:
    return GraphError(str(folder), f"cannot be written ({error.strerror})", "choose another place with -o")


def _write_all(frames: "Mapping[str, pl.DataFrame]", manifest: Mapping[str, Any], new: Path) -> None:
    new.chmod(0o755)
    hashes = {}
    for table in COLUMNS:
        path = new / f"{table}.parquet"
        frames[table].rechunk().write_parquet(path, compression="zstd", statistics=True)
        hashes[table] = _digest(path)
    text = json.dumps({**manifest, "tables": hashes}, indent=1, ensure_ascii=False, sort_keys=True)
    (new / MANIFEST).write_text(text + "\n", encoding="utf-8")


def _digest(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _replace(new: Path, folder: Path) -> None:
    """Rename a complete graph into place; the old one steps aside under a name that reading knows."""
    aside = previous(folder)
    with alone(folder.parent):
        if folder.exists():
            shutil.rmtree(aside, ignore_errors=True)
            folder.rename(aside)
        new.rename(folder)
        shutil.rmtree(aside, ignore_errors=True)


def located(folder: Path) -> Path:
    """Where the graph of *folder* is: there, or, after a crash between two renames, aside. Raises `GraphError`."""
    for place in (folder, previous(folder.resolve())):
        if (place / MANIFEST).is_file():
            return place
    if not folder.exists():
        raise GraphError(str(folder), "no such directory", f"build it: concite build INPUT -o {folder}")
    raise GraphError(str(folder), "this is no graph (no manifest.json)", f"build one: concite build -o {folder}")


def read_tables(folder: Path) -> "tuple[dict[str, pl.DataFrame], dict[str, Any]]":
    """All tables of a stored graph and its manifest, of one and the same build. Raises `GraphError`."""
    with suppress(GraphError):
        return _read_tables(folder)
    with alone(folder.resolve().parent):  # A build may have replaced it meanwhile.
        return _read_tables(folder)


def _read_tables(folder: Path) -> "tuple[dict[str, pl.DataFrame], dict[str, Any]]":
    manifest = read_manifest(folder)
    hashes = manifest.get("tables", {})
    return {table: read_table(folder, table, hashes.get(table)) for table in COLUMNS}, manifest


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a stored graph. Raises `GraphError`."""
    path = located(folder) / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise GraphError(str(path), f"cannot be read ({error.strerror})", "check its permissions") from error
    except (ValueError, RecursionError) as error:
        raise GraphError(str(path), "the manifest is damaged", "build the graph again") from error
    if not isinstance(manifest, dict):
        raise GraphError(str(path), "the manifest is damaged", "build the graph again")
    version = manifest.get("format_version")
    if version != FORMAT_VERSION:
        problem = f"format version {version}, and this program reads {FORMAT_VERSION}"
        raise GraphError(str(path), problem, "build the graph again with this version")
    if not _is_sound(manifest):
        raise GraphError(str(path), "the manifest is damaged", "build the graph again")
    return manifest


def _is_sound(manifest: Mapping[str, Any]) -> bool:
    """Whether the parts of a manifest that are there have their types."""
    parts = {"counts": dict, "decisions": dict, "inputs": list, "quality": dict, "tables": dict, "vocabulary": dict}
    if not all(isinstance(manifest.get(name, kind()), kind) for name, kind in parts.items()):
        return False
    hashed = [*manifest.get("inputs", ()), *filter(None, [manifest.get("vocabulary")])]
    return all(isinstance(each, dict) and isinstance(each.get("sha256"), str) for each in hashed) and all(
        isinstance(each.get("name"), str) and isinstance(each.get("papers"), int) for each in manifest.get("inputs", ())
    )


def read_table(folder: Path, table: str, sha256: str | None = None) -> "pl.DataFrame":
    """One table of a stored graph, with the hash that the manifest gives it. Raises `GraphError`.

    A table is a file, or a directory of parts in the order of their names, which has no hash.
    """
    import polars as pl

    path = located(folder) / f"{table}.parquet"
    parts = sorted(path.with_suffix("").glob("*.parquet"))
    damage = GraphError(str(path), "the table is missing or damaged", "build the graph again")
    columns = [pl.col(name).cast(kind) for name, kind in schema(table).items()]
    try:
        if parts:
            return pl.read_parquet(parts).select(columns)
        with path.open("rb") as handle:  # Hashed and read through one handle: a build may replace the file between.
            if sha256 and hashlib.file_digest(handle, "sha256").hexdigest() != sha256:
                raise damage
            handle.seek(0)
            return pl.read_parquet(handle).select(columns)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise damage from error
