"""Inputs: bounded lines with numbers, and one clear error for each way in which an input is no text."""

import hashlib
import io
import os
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concite.graph.building import read_inputs
from concite.graph.papers import InputError
from concite.graph.readers import Format, Input, inputs

PAPER = b'{"title": "A Paper on Adapters", "abstract": "We study adapters."}\n'


def refusal(path: Path | str, named: Format | None = None) -> str:
    """The error of an input, without its folder; it is one line of place, problem and advice."""
    with pytest.raises(InputError) as caught:
        read_inputs([str(path)], named)
    text = str(caught.value)
    assert "\n" not in text
    assert len(text.split(": ", 1)[1].split("; ")) == 2
    return text.replace(f"{Path(path).parent}/", "")


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    for content in (b"", b"\n\n", b" \t\r\n", "\ufeff".encode()):
        (tmp_path / "empty.txt").write_bytes(content)
        assert refusal(tmp_path / "empty.txt") == "empty.txt:1: the file is empty; paste a listing of papers into it"


def test_an_empty_file_of_a_named_format_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_bytes(b"")
    assert refusal(tmp_path / "empty.jsonl", Format.JSONL).startswith("empty.jsonl:1: no paper found")


def test_a_file_without_a_paper_is_refused(tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_bytes(b'{"abstract": "No title."}\n{}\n')
    assert refusal(tmp_path / "none.jsonl").startswith("none.jsonl:1: no paper found (read as jsonl): no title; ")


def test_an_empty_name_is_no_directory() -> None:
    with pytest.raises(InputError, match=r"^'': this names no file; "):
        read_inputs([""])


def test_a_binary_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.5\n\x00\x01\x02\xff\n")
    assert refusal(tmp_path / "paper.pdf").startswith("paper.pdf: this is a binary file; give a text file")


def test_a_file_that_turns_binary_far_from_its_beginning_is_refused_at_the_line(tmp_path: Path) -> None:
    lines = inputs.SAMPLE // len(PAPER) + 1
    (tmp_path / "late.jsonl").write_bytes(PAPER * lines + b"\x00\x00\n")
    assert refusal(tmp_path / "late.jsonl") == f"late.jsonl:{lines + 1}: this is a binary file; give a text file"


@pytest.mark.parametrize("named", [None, Format.JSONL, Format.LISTING])
def test_invalid_utf_8_is_refused_at_line_and_byte(tmp_path: Path, named: Format | None) -> None:
    (tmp_path / "latin.jsonl").write_bytes(PAPER + b'{"title": "Caf\xe9"}\n')
    text = refusal(tmp_path / "latin.jsonl", named)
    assert text.startswith("latin.jsonl:2: not UTF-8 at byte 15 of the line; convert it, such as with: iconv")


def test_a_line_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "LINE_LIMIT", 2**20)
    (tmp_path / "long.txt").write_bytes(PAPER + b"a" * (2**20 + 1) + b"\n" + PAPER)
    text = "long.txt:2: more than 1 MB in one line; put each paper on lines of its own"
    assert refusal(tmp_path / "long.txt", Format.JSONL) == text


def test_a_line_of_200_mb_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    path.write_bytes(PAPER + b"a" * (inputs.SAMPLE * 2))
    os.truncate(path, 200 * 2**20)
    assert path.stat().st_blocks * 512 < 2**20, "the file takes up real space"
    text = refusal(path, Format.LISTING)
    assert text == "huge.txt:2: more than 16 MB in one line; put each paper on lines of its own"


def test_a_line_of_just_the_limit_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "LINE_LIMIT", 100)
    (tmp_path / "just.txt").write_bytes(b"a" * 99 + b"\nb\n")
    assert [len(line) for _, line in Input.from_argument(str(tmp_path / "just.txt")).lines()] == [99, 1]


def test_a_directory_without_papers_is_refused(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    assert refusal(tmp_path / "papers") == "papers: no paper found in it; see `concite build --help`"


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    text = refusal(tmp_path / "missing.txt")
    assert text == "missing.txt: no such file; check the name and the current directory"
    assert "no such file" in refusal(tmp_path / "missing" / "below.txt")


@pytest.mark.parametrize("argument", ["x" * 5000, "We propose a method. " * 300])
def test_a_text_in_place_of_a_file_is_refused(argument: str) -> None:
    with pytest.raises(InputError, match="cannot be read") as caught:
        Input.from_argument(argument)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("named", [None, Format.JSONL])
def test_a_file_that_the_system_cannot_read_is_refused(named: Format | None) -> None:
    path = Path("/proc/self/mem")
    if not path.is_file():
        pytest.skip("this system has no file that exists and cannot be read by anybody")
    assert "cannot be read" in refusal(path, named)


def test_a_pipe_is_read_once_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=lambda: path.write_bytes(PAPER * 3000))
    writer.start()
    (read,) = read_inputs([str(path)])
    writer.join()
    assert len(read.papers) == 3000
    assert read.sha256 == hashlib.sha256(PAPER * 3000).hexdigest()


def test_standard_input_is_read_as_a_file_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = b'{"title": "One"}\r\n\r\n{"title": "Two\x0b\x85"}\n'.replace(b"\x85", "\u2028".encode())
    (tmp_path / "file").write_bytes(content)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    piped, stored = Input.from_argument("-"), Input.from_argument(str(tmp_path / "file"))
    assert piped.name == "standard-input"
    assert list(piped.lines()) == list(stored.lines())
    assert piped.digest() == stored.digest()
    assert piped.head() == stored.head()


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r\x00\ufeff")), min_size=1))
def test_lines_are_numbered_from_one_and_lose_only_their_ends(lines: list[str]) -> None:
    for ending in ("\n", "\r\n"):
        source = Input("x", content=ending.join([*lines, ""]).encode())
        assert list(source.lines()) == list(enumerate(lines, start=1))


def test_a_byte_order_mark_is_no_part_of_the_first_line() -> None:
    assert list(Input("x", content=b"\xef\xbb\xbfTitle\n\xef\xbb\xbfx").lines()) == [(1, "Title"), (2, "\ufeffx")]


def test_inputs_come_sorted_unless_their_order_is_wanted(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a.jsonl"):
        (tmp_path / name).write_bytes(PAPER)
    names = [str(tmp_path / "b.jsonl"), str(tmp_path / "a.jsonl")]
    assert [each.name for each in read_inputs(names)] == sorted(names)
    assert [each.name for each in read_inputs(names, in_order=True)] == names


def test_with_strict_a_bad_record_stops_everything(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(PAPER + b"{}\n" + PAPER)
    (read,) = read_inputs([str(tmp_path / "a.jsonl")])
    assert (len(read.papers), len(read.skipped)) == (2, 1)
    with pytest.raises(InputError, match=r"a\.jsonl:2: no title; mend the record, or leave out --strict"):
        read_inputs([str(tmp_path / "a.jsonl")], strict=True)
