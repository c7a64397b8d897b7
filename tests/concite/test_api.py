"""The public API: build and load."""

from pathlib import Path

import concite


def test_one_input_needs_no_list(tmp_path: Path) -> None:
    path = tmp_path / "one.jsonl"
    path.write_text('{"title": "Notes on Wombats"}\n', encoding="utf-8")
    assert concite.build(path).papers["title"].to_list() == ["Notes on Wombats"]
    assert concite.build(str(path)).papers.height == 1
