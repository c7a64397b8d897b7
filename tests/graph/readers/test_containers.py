"""Containers: the inputs they hold, in a fixed order, read as streams, with limits and without surprises."""

import bz2
import gzip
import io
import json
import lzma
import os
import random
import stat
import sys
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from concite.graph.papers import InputError, Paper, Skipped
from concite.graph.readers import Input, compression, containers, inputs, read_argument
from concite.graph.readers.containers import inputs_of

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LINE = b'{"title": "A Paper on Adapters", "abstract": "We study adapters, and what they are for."}\n'
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "zst": partial(zstd.compress, options={int(zstd.CompressionParameter.checksum_flag): 1}),
    "bz2": bz2.compress,
    "xz": lzma.compress,
}
NOISE = random.Random(0).randbytes(30_000)
BLANK_MB = (b" " * 4095 + b"\n") * 256
Members = list[tuple[str, bytes]]


def tarred(members: Members) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def zipped(members: Members) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


def told(argument: Path | str) -> list[str]:
    """What an argument holds: the names of inputs with their numbers of papers, and of what is skipped with why."""
    lines = []
    for source, _, records in read_argument(str(argument)):
        found = list(records)
        name = source.name.replace(f"{Path(argument).parent}/", "")
        papers = sum(isinstance(record, Paper) for record in found)
        reasons = [record.reason for record in found if isinstance(record, Skipped)]
        lines.append(f"{name}: {papers}" if papers else f"{name}: {'; '.join(reasons)}")
    return lines


@contextmanager
def traced_memory() -> Iterator[Callable[[], int]]:
    """The most bytes that were in use at once."""
    tracemalloc.start()
    try:
        yield lambda: tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        told(path)
    return str(caught.value).replace(f"{path.parent}/", "")


@pytest.mark.parametrize("packing", PACKERS)
def test_a_compressed_file_is_read_whatever_its_name(tmp_path: Path, packing: str) -> None:
    for name in (f"papers.jsonl.{packing}", "papers.jsonl"):
        (tmp_path / name).write_bytes(PACKERS[packing](LINE * 3))
        assert told(tmp_path / name) == [f"{name}: 3"]


def test_compressed_parts_that_follow_each_other_are_one_file(tmp_path: Path) -> None:
    for packing, pack in PACKERS.items():
        (tmp_path / packing).write_bytes(pack(LINE) + pack(LINE * 2))
        assert told(tmp_path / packing) == [f"{packing}: 3"]


@pytest.mark.parametrize("packing", PACKERS)
def test_a_compressed_file_that_breaks_off_is_refused(tmp_path: Path, packing: str) -> None:
    packed = PACKERS[packing](NOISE[:1000].hex().encode() + b"\n" + LINE * 50)
    (tmp_path / "cut").write_bytes(packed[: len(packed) // 2])
    assert refusal(tmp_path / "cut") == "cut: the packed content breaks off; get the file again, or pack it anew"


@pytest.mark.parametrize("packing", PACKERS)
def test_a_compressed_file_with_damage_is_refused(tmp_path: Path, packing: str) -> None:
    packed = bytearray(PACKERS[packing](NOISE[:2000].hex().encode() + LINE * 50))
    packed[len(packed) // 2 : len(packed) // 2 + 40] = bytes(40)
    (tmp_path / "bad").write_bytes(packed)
    assert refusal(tmp_path / "bad").startswith("bad: the packed content is damaged")


@pytest.mark.parametrize("packing", [*PACKERS, "tar"])
def test_members_of_a_tar_archive_are_inputs_of_their_own(tmp_path: Path, packing: str) -> None:
    pack = PACKERS.get(packing, bytes)
    members = [("papers/b.json", b'[{"title": "B", "abstract": "We study the letter b."}]'), ("a.jsonl", LINE * 2)]
    path = tmp_path / f"x.tar.{packing}"
    path.write_bytes(pack(tarred(members)))
    assert told(path) == [f"x.tar.{packing}!papers/b.json: 1", f"x.tar.{packing}!a.jsonl: 2"]


def test_members_of_a_zip_archive_are_inputs_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(zipped([("papers/b.jsonl", LINE), ("a.jsonl", LINE * 2)]))
    assert told(tmp_path / "x.zip") == ["x.zip!papers/b.jsonl: 1", "x.zip!a.jsonl: 2"]


@pytest.mark.parametrize("archive", [tarred, zipped])
def test_a_compressed_member_is_unpacked_and_an_archive_in_an_archive_is_not(
    tmp_path: Path, archive: Callable[[Members], bytes]
) -> None:
    inner = [
        ("a.jsonl.gz", gzip.compress(LINE)),
        ("b.zip", zipped([("c", LINE)])),
        ("d.tar.gz", gzip.compress(tarred([("e", LINE)]))),
        ("f.gz.gz", gzip.compress(gzip.compress(LINE))),
    ]
    (tmp_path / "x").write_bytes(archive(inner))
    assert told(tmp_path / "x") == [
        "x!a.jsonl.gz: 1",
        "x!b.zip: an archive inside an archive",
        "x!d.tar.gz: an archive inside an archive",
        "x!f.gz.gz: an archive inside an archive",
    ]


@pytest.mark.parametrize("archive", [tarred, zipped])
def test_what_holds_no_papers_in_an_archive_is_skipped_with_a_reason(
    tmp_path: Path, archive: Callable[[Members], bytes]
) -> None:
    members = [
        ("README.md", b"Some papers.\n"),
        ("README.txt", b"Some papers.\n"),
        ("schema.rnc", b"start = Paper\n"),
        ("venues/acl.yaml", b"name: ACL\n"),
        ("package.json", b'{"name": "x", "version": "1"}'),
        ("empty.txt", b""),
        ("picture.png", b"\x89PNG\x00"),
        ("__MACOSX/a.jsonl", LINE),
        (".hidden/a.jsonl", LINE),
        ("../../etc/cron.d/x.jsonl", LINE),
        ("/absolute.jsonl", LINE),
        ("a.jsonl", LINE),
    ]
    (tmp_path / "x").write_bytes(archive(members))
    assert told(tmp_path / "x") == [
        "x!README.md: no format of papers",
        "x!README.txt: no format of papers",
        "x!schema.rnc: no format of papers",
        "x!venues/acl.yaml: no format of papers",
        "x!package.json: JSON of which the first record has no title",
        "x!empty.txt: the file is empty",
        "x!picture.png: this is a binary file",
        "x!__MACOSX/a.jsonl: hidden",
        "x!.hidden/a.jsonl: hidden",
        "x!../../etc/cron.d/x.jsonl: its name leads out of the archive",
        "x!/absolute.jsonl: its name leads out of the archive",
        "x!a.jsonl: 1",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x"]


def test_links_devices_and_files_with_holes_in_a_tar_archive_are_passed_over_with_a_word(tmp_path: Path) -> None:
    kinds = {"s": tarfile.SYMTYPE, "h": tarfile.LNKTYPE, "d": tarfile.CHRTYPE, "f": tarfile.DIRTYPE}
    with tarfile.open(tmp_path / "x.tar", "w") as tar:
        for name, kind in kinds.items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            tar.addfile(info)
        holes = tarfile.TarInfo("holes")
        holes.pax_headers = {"GNU.sparse.major": "0", "GNU.sparse.size": "1000000000000", "GNU.sparse.map": "0,0"}
        tar.addfile(holes)
    assert told(tmp_path / "x.tar") == [
        "x.tar!s: a link",
        "x.tar!h: a link",
        "x.tar!d: no file",
        "x.tar!holes: a file with holes",
    ]


def test_links_and_encrypted_members_of_a_zip_archive_are_passed_over_with_a_word(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        link = zipfile.ZipInfo("s")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("e", LINE)
    content = bytearray((tmp_path / "x.zip").read_bytes())
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 8] |= 1
    (tmp_path / "x.zip").write_bytes(content)
    assert told(tmp_path / "x.zip") == ["x.zip!s: a link", "x.zip!e: encrypted"]


@pytest.mark.parametrize("archive", [tarred, zipped])
def test_a_member_that_breaks_on_the_way_stops_no_other(tmp_path: Path, archive: Callable[[Members], bytes]) -> None:
    members = [("a.jsonl", LINE + b"\xe9\n" + LINE), ("b.gz", gzip.compress(NOISE + LINE)[:-20]), ("c.jsonl", LINE)]
    (tmp_path / "x").write_bytes(archive(members))
    (a, records), b, c = ((source, list(found)) for source, _, found in read_argument(str(tmp_path / "x")))
    assert a.name.endswith("x!a.jsonl")
    assert isinstance(records[0], Paper)
    assert isinstance(records[1], Skipped)
    assert (records[1].position, records[1].reason) == (
        "2",
        "not UTF-8 at byte 1 of the line; nothing after it was read",
    )
    assert [type(record) for record in b[1]] == [Skipped]
    assert [type(record) for record in c[1]] == [Paper]


def test_a_broken_file_in_a_directory_stops_no_other(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a.gz").write_bytes(gzip.compress(NOISE + LINE)[:-20])
    (folder / "b.tar").write_bytes(tarred([("c.jsonl", LINE), ("d.jsonl", NOISE)])[:20_000])
    (folder / "e.jsonl").write_bytes(LINE)
    assert told(folder) == [
        "papers/a.gz: the packed content breaks off; nothing after it was read",
        "papers/b.tar!c.jsonl: 1",
        "papers/b.tar: the packed content is damaged (unexpected end of data); nothing after it was read",
        "papers/e.jsonl: 1",
    ]


@pytest.mark.parametrize("archive", [tarred, zipped])
def test_an_archive_that_breaks_off_is_refused(tmp_path: Path, archive: Callable[[Members], bytes]) -> None:
    content = archive([("a.jsonl", LINE), ("b.jsonl", NOISE.hex().encode())])
    (tmp_path / "x").write_bytes(content[: len(content) // 2])
    assert refusal(tmp_path / "x").startswith("x: the packed content is damaged")


@pytest.mark.parametrize("packing", PACKERS)
def test_a_bomb_is_refused_before_it_fills_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packing: str
) -> None:
    monkeypatch.setattr(compression, "FREE_BYTES", 2**20)
    (tmp_path / "bomb").write_bytes(PACKERS[packing](BLANK_MB * 32))
    with traced_memory() as peak:
        text = refusal(tmp_path / "bomb")
    assert "it unpacks to more than" in text and text.endswith(
        "unpack it yourself, if you trust it, and give the files"
    )
    assert peak() < 16 * 2**20


@pytest.mark.parametrize("archive", [tarred, zipped])
def test_the_members_of_an_archive_share_one_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, archive: Callable[[Members], bytes]
) -> None:
    monkeypatch.setattr(compression, "FREE_BYTES", 2**20)
    blank = gzip.compress(BLANK_MB)
    (tmp_path / "x").write_bytes(archive([(f"{number}.gz", blank) for number in range(30)]))
    monkeypatch.setattr(compression, "RATIO_LIMIT", 10)
    assert "it unpacks to more than" in refusal(tmp_path / "x")


def test_a_dump_that_packs_well_is_within_the_limit(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl.zst").write_bytes(zstd.compress(LINE * 20_000))
    assert told(tmp_path / "x.jsonl.zst") == ["x.jsonl.zst: 20000"]


@pytest.mark.parametrize("archive", [tarred, zipped])
def test_the_number_of_members_has_a_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, archive: Callable[[Members], bytes]
) -> None:
    monkeypatch.setattr(containers, "MEMBERS_LIMIT", 3)
    (tmp_path / "x").write_bytes(archive([(f"{number}.jsonl", LINE) for number in range(5)]))
    assert refusal(tmp_path / "x") == "x: the archive has more than 3 members; unpack it and give the directory"


def test_a_header_made_to_fill_the_memory_is_refused(tmp_path: Path) -> None:
    info = tarfile.TarInfo("@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 2**33
    (tmp_path / "x.tar").write_bytes(tarred([("a.jsonl", LINE)])[:1024] + info.tobuf(tarfile.GNU_FORMAT) + bytes(1024))
    assert refusal(tmp_path / "x.tar").startswith("x.tar: the packed content is damaged (a header of 8589934592 bytes)")


def test_members_are_read_as_streams_and_never_whole(tmp_path: Path) -> None:
    record = json.dumps({"title": "T", "notes": "Unread. " * 1300}).encode()
    content = b'{"papers": [' + b",\n".join([record] * 3_200) + b"]}"
    assert len(content) > 30 * 2**20
    (tmp_path / "x.tar.zst").write_bytes(zstd.compress(tarred([("a.json", content)])))
    del content
    with traced_memory() as peak:
        assert told(tmp_path / "x.tar.zst") == ["x.tar.zst!a.json: 3200"]
        assert peak() < 14 * 2**20


def test_a_window_of_64_mib_is_read(tmp_path: Path) -> None:
    options = {int(zstd.CompressionParameter.window_log): 26, int(zstd.CompressionParameter.compression_level): 1}
    (tmp_path / "x.tar.zst").write_bytes(zstd.compress(tarred([("a.jsonl", LINE)]), options=options))
    assert told(tmp_path / "x.tar.zst") == ["x.tar.zst!a.jsonl: 1"]


def test_all_members_carry_the_hash_of_the_archive_which_is_made_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.tar").write_bytes(tarred([("a.jsonl", LINE), ("b.jsonl", LINE)]))
    whole = Input("x", tmp_path / "x.tar").digest()
    made: list[str] = []
    digest = Input.digest

    def counted(self: Input) -> str:
        if self.archive is None:
            made.append(self.name)
        return digest(self)

    monkeypatch.setattr(Input, "digest", counted)
    found = [source.digest() for source in inputs_of(str(tmp_path / "x.tar")) if isinstance(source, Input)]
    assert found == [whole, whole]
    assert len(made) == 1


def test_a_member_cannot_be_read_twice(tmp_path: Path) -> None:
    (tmp_path / "x.tar").write_bytes(tarred([("a.jsonl", LINE)]))
    (source,) = inputs_of(str(tmp_path / "x.tar"))
    assert isinstance(source, Input)
    assert list(source.lines()) == [(1, LINE.decode().rstrip())]
    with pytest.raises(RuntimeError, match="read once, in its turn"):
        list(source.lines())


def test_a_directory_is_read_with_all_below_it_in_the_order_of_names(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    for name in ("b.jsonl", "a/z.jsonl", "a/y.txt", "c.tar"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(LINE)
    (folder / "c.tar").write_bytes(tarred([("d.jsonl", LINE)]))
    (folder / ".git").mkdir()
    (folder / "notes.md").write_bytes(b"# Notes\n")
    (folder / "up").symlink_to(tmp_path)
    (folder / "linked.jsonl").symlink_to(folder / "b.jsonl")
    os.mkfifo(folder / "pipe")
    assert told(folder) == [
        "papers/.git: hidden",
        "papers/a/y.txt: 1",
        "papers/a/z.jsonl: 1",
        "papers/b.jsonl: 1",
        "papers/c.tar!d.jsonl: 1",
        "papers/linked.jsonl: 1",
        "papers/notes.md: no format of papers",
        "papers/pipe: neither a file nor a directory",
        "papers/up: a link to a directory",
    ]


def test_a_pattern_is_all_files_that_match_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a.jsonl", "c.txt", "below/d.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(LINE)
    assert told(tmp_path / "*.jsonl") == ["a.jsonl: 1", "b.jsonl: 1"]
    names = [source.name for source, _, records in read_argument(f"{tmp_path}/**/*.jsonl") if list(records)]
    assert names == [f"{tmp_path}/{name}" for name in ("a.jsonl", "b.jsonl", "below/d.jsonl")]


def test_a_pattern_that_nothing_matches_is_refused(tmp_path: Path) -> None:
    text = "*.bib: no file has such a name; check the pattern and the current directory"
    assert refusal(tmp_path / "*.bib") == text


def test_a_file_whose_name_looks_like_a_pattern_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "a[1].jsonl").write_bytes(LINE)
    assert told(tmp_path / "a[1].jsonl") == ["a[1].jsonl: 1"]


@pytest.mark.parametrize("content", [LINE, gzip.compress(LINE), tarred([("a", LINE)]), zipped([("a", LINE)])])
def test_standard_input_may_be_compressed_or_an_archive(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert told("-") in (["standard-input: 1"], ["standard-input!a: 1"])


def test_large_standard_input_is_held_on_disk_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inputs, "HELD_IN_MEMORY", 1000)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LINE * 100)))
    source = Input.from_argument("-")
    assert source.name == "standard-input" and source.content == b""
    assert len(list(source.lines())) == 100
    assert source.digest() == Input("x", content=LINE * 100).digest()
    del source
    assert list(tmp_path.iterdir()) == []
