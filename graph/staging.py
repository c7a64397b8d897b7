"""Staging: the hidden directories beside a graph in which the next one is made."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

_NEW = "new-"


@contextmanager
def staging(target: Path) -> Iterator[Path]:
    """A new directory beside *target*, gone at the end; those that killed processes left go at the beginning."""
    with ExitStack() as held:
        with alone(target.parent):
            _clean(target)
            folder = Path(tempfile.mkdtemp(prefix=f".{target.name}.{_NEW}", dir=target.parent))
            held.callback(shutil.rmtree, folder, ignore_errors=True)
            _hold(folder, held)
        yield folder


@contextmanager
def alone(parent: Path) -> Iterator[None]:
    """One process at a time in a directory, where the system has locks; a killed process holds none."""
    with ExitStack() as held:
        _hold(parent, held)
        yield


def _hold(folder: Path, held: ExitStack, *, wait: bool = True) -> bool:
    """Lock a directory as long as *held* is open; whether that was possible."""
    with suppress(ImportError, OSError):
        import fcntl

        handle = os.open(folder, os.O_RDONLY)
        held.callback(os.close, handle)
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        return True
    return False


def _clean(target: Path) -> None:
    """Remove what builds of the same graph left that no process works on any more."""
    for left in target.parent.glob(f".{_escaped(target.name)}.{_NEW}*"):
        with ExitStack() as held:
            if _hold(left, held, wait=False):
                shutil.rmtree(left, ignore_errors=True)


def _escaped(name: str) -> str:
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)


@contextmanager
def work_folder(target: Path) -> Iterator[Path | None]:
    """A directory beside *target* for finished parts of a build: kept when the build breaks off, else removed.

    None where it cannot be made: a build can do without.
    """
    folder = target.parent / f".{target.name}.work"
    try:
        folder.mkdir(exist_ok=True)
    except OSError:
        yield None
        return
    try:
        yield folder
    except BaseException:
        with suppress(OSError):
            folder.rmdir()  # Nothing was finished; else it stays for the next build.
        raise
    shutil.rmtree(folder, ignore_errors=True)


def previous(target: Path) -> Path:
    """Where the graph of *target* steps aside while the next one takes its place."""
    return target.parent / f".{target.name}.previous"
