"""Containers: directories, globs and archives as the inputs they hold, one after the other, never unpacked to disk."""

import glob
import os
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from ..papers import InputError, Skipped
from .compression import Budget, damaged, guarded, is_compressed, unpacked
from .inputs import Archive, Input, OnceStream

MEMBERS_LIMIT = 200_000
"""Members that one archive may have."""
TAR_HEADER_LIMIT = 2**20
"""Bytes of one member's extended header; a longer one is made to fill the memory."""

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_TAR_MARK = slice(257, 262)


def inputs_of(argument: str) -> Iterator[Input | Skipped]:
    """The inputs that a command's argument names, and what is no input in them, in a fixed order.

    `-` is standard input, a directory is all files in it, a pattern all files that match, an archive all its
    members. A member is read before the next is asked for. Raises `InputError`.
    """
    if argument not in ("", "-") and Path(argument).is_dir():
        yield from _in_directory(Path(argument))
    elif _is_pattern(argument):
        yield from _matching(argument)
    else:
        yield from _within(Input.from_argument(argument))


def _is_pattern(argument: str) -> bool:
    return glob.has_magic(argument) and len(argument) < 4096 and not os.path.lexists(argument)


def _matching(pattern: str) -> Iterator[Input | Skipped]:
    found = glob.glob(pattern, recursive=True)  # noqa: PTH207  # Path.glob knows no absolute patterns
    names = sorted(name for name in found if not Path(name).is_dir())
    if not names:
        raise InputError(pattern, "no file has such a name", "check the pattern and the current directory")
    for name in names:
        yield from _within(Input.from_argument(name))


def _in_directory(folder: Path) -> Iterator[Input | Skipped]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise InputError(str(folder), f"cannot be read ({error.strerror})", "check its permissions") from error
    for path in entries:
        if path.name.startswith("."):
            yield Skipped(str(path), "", "hidden")
        elif path.is_dir():
            yield from [Skipped(str(path), "", "a link to a directory")] if path.is_symlink() else _in_directory(path)
        elif not path.is_file():
            yield Skipped(str(path), "", "neither a file nor a directory")
        else:
            yield from _within(Input(str(path), path, named=False))


def _within(source: Input) -> Iterator[Input | Skipped]:
    """The members of an archive, or the input itself where it is none; damage to what was found is told."""
    try:
        yield from _members(source)
    except InputError as error:
        if source.named:
            raise
        yield Skipped(source.name, "", f"{error.problem}; nothing after it was read")


def _members(source: Input) -> Iterator[Input | Skipped]:
    start = source.start()
    if start.startswith((_ZIP, _EMPTY_ZIP)):
        yield from _zip_members(source)
    elif start[_TAR_MARK] == b"ustar":
        yield from _tar_members(source)
    else:
        yield source


def _tar_members(source: Input) -> Iterator[Input | Skipped]:
    archive = Archive(source)
    budget = Budget.of(source.name, source.packed_size())
    try:
        with (
            source.open() as stream,
            tarfile.open(fileobj=stream, mode="r|", bufsize=2**18, tarinfo=_BoundedTarInfo) as tar,
        ):
            for number, member in enumerate(iter(tar.next, None)):
                tar.members.clear()  # type: ignore[attr-defined]  # it would grow with the archive
                _check_number(source, number)
                if member.isdir():
                    continue
                if reason := _unwanted(member.name) or _no_file(member):
                    yield Skipped(f"{source.name}!{member.name}", "", reason)
                else:
                    yield from _member(source, archive, member.name, _tar_stream(tar, member), budget)
    except (tarfile.TarError, EOFError) as error:
        raise damaged(source.name, error) from error


class _BoundedTarInfo(tarfile.TarInfo):
    """A tar header that claims no more for its extensions than names and attributes need."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> "_BoundedTarInfo":
        found = super().frombuf(buf, encoding, errors)
        if found.type in _EXTENSIONS and found.size > TAR_HEADER_LIMIT:
            raise tarfile.ReadError(f"a header of {found.size} bytes")
        return found


_EXTENSIONS = (
    tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK,
)  # fmt: skip


def _no_file(member: tarfile.TarInfo) -> str | None:
    if member.issym() or member.islnk():
        return "a link"
    if member.issparse():
        return "a file with holes"
    return None if member.isreg() else "no file"


def _tar_stream(tar: tarfile.TarFile, member: tarfile.TarInfo) -> BinaryIO:
    stream = tar.extractfile(member)
    assert stream is not None, "a regular file has a stream"
    return cast(BinaryIO, stream)


def _zip_members(source: Input) -> Iterator[Input | Skipped]:
    archive = Archive(source)
    budget = Budget.of(source.name, source.packed_size())
    try:
        with source.open_packed() as packed, zipfile.ZipFile(packed) as zipped:
            _check_number(source, len(zipped.infolist()))
            for member in zipped.infolist():
                if member.is_dir():
                    continue
                if reason := _unwanted(member.filename) or _no_zip_file(member):
                    yield Skipped(f"{source.name}!{member.filename}", "", reason)
                else:
                    yield from _zip_member(source, archive, zipped, member, budget)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error, OSError) as error:
        raise damaged(source.name, error) from error


def _zip_member(
    source: Input, archive: Archive, zipped: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget
) -> Iterator[Input | Skipped]:
    with zipped.open(member) as packed:
        stream = guarded(cast(BinaryIO, packed), cast(BinaryIO, packed), budget, source.name)
        yield from _member(source, archive, member.filename, stream, budget)


def _no_zip_file(member: zipfile.ZipInfo) -> str | None:
    if member.flag_bits & 1:
        return "encrypted"
    return "a link" if stat.S_ISLNK(member.external_attr >> 16) else None


def _member(source: Input, archive: Archive, inner: str, stream: BinaryIO, budget: Budget) -> Iterator[Input | Skipped]:
    """A member as an input, unpacked where it is compressed itself; an archive in an archive is none."""
    name = f"{source.name}!{inner}"
    once = OnceStream(stream)
    if is_compressed(once.start):
        try:
            once = OnceStream(unpacked(once.open(), once.start, budget, name))
        except InputError as error:
            if error.place != name:
                raise
            yield Skipped(name, "", error.problem)
            return
    if once.start.startswith(_ZIP) or once.start[_TAR_MARK] == b"ustar" or is_compressed(once.start):
        yield Skipped(name, "", "an archive inside an archive")
    else:
        yield Input(name, stream=once, archive=archive, named=False)


def _unwanted(name: str) -> str | None:
    """Why a member of this name is passed over, or None."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts:
        return "its name leads out of the archive"
    return "hidden" if any(part.startswith(".") or part == "__MACOSX" for part in path.parts) else None


def _check_number(source: Input, number: int) -> None:
    if number > MEMBERS_LIMIT:
        problem = f"the archive has more than {MEMBERS_LIMIT:,} members"
        raise InputError(source.name, problem, "unpack it and give the directory")
