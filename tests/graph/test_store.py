"""The store: all that was written is read back, and no crash or mistake costs a graph."""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concite.graph import store
from concite.graph.knowledge import KnowledgeGraph
from concite.graph.store import FORMAT_VERSION, GraphError, check_target, read_manifest, read_table, write_tables
from concite.graph.tables import COLUMNS, REFERENCE, frame

ROOT = Path(__file__).parents[2]
MANIFEST: dict[str, Any] = {"format_version": FORMAT_VERSION, "note": "first"}


def frames(**rows: list[Mapping[str, Any]]) -> dict[str, pl.DataFrame]:
    """Frames of all tables, empty where no rows are given."""
    return {table: frame(table, rows.get(table, [])) for table in COLUMNS}


def write(folder: Path, note: str = "first") -> None:
    """A graph with nothing in it but a note in its manifest and in its skipped table."""
    row = {"input": note, "position": "1", "reason": "", "text": ""}
    write_tables(frames(skipped=[row]), {**MANIFEST, "note": note}, folder)


def note(folder: Path) -> str:
    """The note of a graph, the same in manifest and table."""
    told = read_manifest(folder)["note"]
    assert read_table(folder, "skipped")["input"].to_list() == [told]
    return str(told)


def listed(folder: Path) -> list[str]:
    """The names of all that is in a directory."""
    return sorted(path.name for path in folder.iterdir())


def refusal(folder: Path) -> str:
    """The error of writing to a place, without what stands before the place's own name."""
    with pytest.raises(GraphError) as caught:
        write(folder)
    text = str(caught.value)
    assert "\n" not in text
    return text.replace(f"{folder.parent}/", "")


def test_a_graph_is_read_back_as_it_was_written(graph: KnowledgeGraph, tmp_path: Path) -> None:
    graph.write(tmp_path / "g")
    again = KnowledgeGraph.read(tmp_path / "g")
    for table in COLUMNS:
        assert again.frames[table].equals(graph.frames[table])
        assert again.frames[table].schema == graph.frames[table].schema
    assert {key: again.manifest[key] for key in graph.manifest} == dict(graph.manifest)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
KINDS: dict[str, st.SearchStrategy[Any]] = {
    "text": st.none() | TEXTS,
    "int": st.none() | st.integers(-(2**63), 2**63 - 1),
    "real": st.none() | st.floats(allow_nan=False),
    "flag": st.none() | st.booleans(),
    "texts": st.none() | st.lists(TEXTS, max_size=3),
    "references": st.none()
    | st.lists(
        st.fixed_dictionaries(
            {name: st.lists(TEXTS, max_size=1) if kind == "texts" else st.none() for name, kind in REFERENCE.items()}
        ),
        max_size=2,
    ),
    "pairs": st.none() | st.lists(st.fixed_dictionaries({"name": TEXTS, "value": TEXTS}), max_size=2),
}
TABLES = st.fixed_dictionaries(
    {
        table: st.lists(st.fixed_dictionaries({name: KINDS[kind] for name, kind in columns.items()}), max_size=2)
        for table, columns in COLUMNS.items()
    }
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TABLES)
def test_every_column_of_every_table_comes_back(
    tmp_path_factory: pytest.TempPathFactory, rows: dict[str, list[Mapping[str, Any]]]
) -> None:
    folder = tmp_path_factory.getbasetemp() / "law"
    write_tables(frames(**rows), MANIFEST, folder)
    assert {table: read_table(folder, table).to_dicts() for table in COLUMNS} == rows


def test_the_manifest_has_a_hash_of_every_table(tmp_path: Path) -> None:
    write(tmp_path / "g")
    hashes = read_manifest(tmp_path / "g")["tables"]
    assert set(hashes) == set(COLUMNS)
    assert {len(value) for value in hashes.values()} == {64}


def test_the_same_graph_gives_the_same_bytes(graph: KnowledgeGraph, tmp_path: Path) -> None:
    for name in ("one", "two"):
        graph.write(tmp_path / name)
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert files == sorted(["manifest.json", *(f"{table}.parquet" for table in COLUMNS)])
    assert all((tmp_path / "one" / n).read_bytes() == (tmp_path / "two" / n).read_bytes() for n in files)


def test_others_can_read_the_directory(tmp_path: Path) -> None:
    write(tmp_path / "g")
    assert stat.S_IMODE((tmp_path / "g").stat().st_mode) == 0o755


def test_a_new_graph_takes_the_place_of_the_old_and_leaves_nothing_else(tmp_path: Path) -> None:
    write(tmp_path / "g", "first")
    write(tmp_path / "g", "second")
    assert note(tmp_path / "g") == "second"
    assert listed(tmp_path) == ["g"]


def test_an_empty_directory_becomes_a_graph(tmp_path: Path) -> None:
    (tmp_path / "g").mkdir()
    write(tmp_path / "g")
    assert note(tmp_path / "g") == "first"


@pytest.mark.parametrize(
    "names",
    [
        ["thesis.tex"],
        ["papers/lora.pdf"],
        ["cache/x"],
        ["manifest.json"],
        ["papers.parquet"],
        ["manifest.json", "cache/x"],
        ["manifest.json", "papers.parquet", "thesis.tex"],
        [".git/config"],
    ],
)
def test_a_directory_with_other_things_is_refused_and_keeps_them(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / "mine" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "mine" / name).write_text("precious")
    text = refusal(tmp_path / "mine")
    assert text.startswith("mine: this directory holds other things (")
    assert text.endswith("); choose a new directory with -o")
    assert all((tmp_path / "mine" / name).read_text() == "precious" for name in names)
    assert listed(tmp_path) == ["mine"]


def test_a_damaged_graph_can_be_built_again(tmp_path: Path) -> None:
    write(tmp_path / "g")
    (tmp_path / "g" / "manifest.json").write_text("{")
    (tmp_path / "g" / "papers.parquet").write_bytes(b"")
    write(tmp_path / "g", "second")
    assert note(tmp_path / "g") == "second"


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "g").write_text("precious")
    assert refusal(tmp_path / "g") == "g: this is a file; name a directory for the graph with -o"
    assert (tmp_path / "g").read_text() == "precious"


def test_what_is_neither_file_nor_directory_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe").startswith("pipe: this is a file")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_a_place_below_a_file_or_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    text = refusal(tmp_path / "nothing" / "g")
    assert text.endswith(": no such directory; make it first, or choose another place with -o")
    assert "file: this is a file; name a place in a directory with -o" in refusal(tmp_path / "file" / "g")


def test_a_name_that_the_system_refuses_is_one_clear_error(tmp_path: Path) -> None:
    assert "cannot be written" in refusal(tmp_path / ("x" * 300))


def test_the_current_directory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for place in (".", "..", str(tmp_path), "/"):
        with pytest.raises(GraphError, match="this is the current directory or above it"):
            check_target(Path(place))


def test_the_current_directory_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "g")
    monkeypatch.chdir(tmp_path / "g")
    assert note(Path()) == "first"
    with pytest.raises(GraphError):
        read_manifest(Path("/"))


def test_a_link_to_a_graph_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    write(tmp_path / "disk" / "real", "first")
    (tmp_path / "link").symlink_to(tmp_path / "disk" / "real")
    for text in ("second", "third"):
        write(tmp_path / "link", text)
        assert note(tmp_path / "link") == note(tmp_path / "disk" / "real") == text
    assert (tmp_path / "link").is_symlink()
    assert listed(tmp_path) == ["disk", "link"]
    assert listed(tmp_path / "disk") == ["real"]


def test_a_full_disk_is_one_clear_error_and_leaves_the_old_graph(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "g", "first")

    def full(path: Path) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "_digest", full)
    assert refusal(tmp_path / "g") == "g: cannot be written (No space left on device); choose another place with -o"
    assert listed(tmp_path) == ["g"]
    assert note(tmp_path / "g") == "first"


def test_a_graph_set_aside_by_a_crash_is_found_and_then_replaced(tmp_path: Path) -> None:
    write(tmp_path / "g", "first")
    (tmp_path / "g").rename(tmp_path / ".g.previous")
    assert note(tmp_path / "g") == "first"
    write(tmp_path / "g", "second")
    assert note(tmp_path / "g") == "second"
    assert listed(tmp_path) == ["g"]


def test_a_graph_in_its_place_is_preferred_to_one_set_aside(tmp_path: Path) -> None:
    write(tmp_path / "old", "first")
    (tmp_path / "old").rename(tmp_path / ".g.previous")
    (tmp_path / "aside").mkdir()
    (tmp_path / ".g.previous").rename(tmp_path / "aside" / "kept")
    write(tmp_path / "g", "second")
    (tmp_path / "aside" / "kept").rename(tmp_path / ".g.previous")
    assert note(tmp_path / "g") == "second"


STOPS = {
    "before anything is written": "store._write_all = stop",
    "while tables are written": """
digest = store._digest
store._digest = lambda path: stop() if "mentions" in path.name else digest(path)
""",
    "before the old graph steps aside": "store._replace = stop",
    "between the two renames": """
rename = Path.rename
Path.rename = lambda here, there: stop() if there.name == "g" else rename(here, there)
""",
    "after the new graph is in place": """
rename = Path.rename
Path.rename = lambda here, there: (rename(here, there), there.name == "g" and stop())
""",
}
CHILD = """
import sys, time
from pathlib import Path
from concite.graph import store
from concite.graph.tables import COLUMNS, frame

def stop(*arguments):
    print("stopped", flush=True)
    time.sleep(60)

exec(sys.argv[2])
row = {"input": "second", "position": "1", "reason": "", "text": ""}
frames = {table: frame(table, [row] if table == "skipped" else []) for table in COLUMNS}
store.write_tables(frames, {"format_version": store.FORMAT_VERSION, "note": "second"}, Path(sys.argv[1]))
"""


@pytest.mark.parametrize("moment", STOPS)
def test_a_process_killed_at_any_moment_leaves_a_whole_graph(tmp_path: Path, moment: str) -> None:
    write(tmp_path / "g", "first")
    command = [sys.executable, "-c", CHILD, str(tmp_path / "g"), STOPS[moment]]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"stopped\n"
        child.send_signal(signal.SIGKILL)
    assert child.returncode == -signal.SIGKILL
    assert note(tmp_path / "g") == ("second" if moment.startswith("after") else "first")
    write(tmp_path / "g", "third")
    assert note(tmp_path / "g") == "third"


@pytest.mark.parametrize("content", ["", "{", "[]", "5", "null", "\x00"])
def test_a_damaged_manifest_is_one_clear_error(tmp_path: Path, content: str) -> None:
    write(tmp_path / "g")
    (tmp_path / "g" / "manifest.json").write_text(content)
    with pytest.raises(GraphError) as caught:
        read_manifest(tmp_path / "g")
    assert "manifest.json: " in str(caught.value)
    assert str(caught.value).endswith("; build the graph again") or content == "[]"


@pytest.mark.parametrize(
    "part",
    [
        {"inputs": 7}, {"inputs": [7]}, {"inputs": [{"name": "x"}]}, {"decisions": [1]},
        {"inputs": [{"name": "x", "sha256": "y"}]}, {"quality": 5}, {"tables": []},
        {"vocabulary": "x"}, {"vocabulary": {"concepts": 1}},
    ],
)  # fmt: skip
def test_a_manifest_with_parts_of_other_types_is_damaged(tmp_path: Path, part: dict[str, Any]) -> None:
    write(tmp_path / "g")
    path = tmp_path / "g" / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **part}))
    with pytest.raises(GraphError, match="the manifest is damaged; build the graph again"):
        read_manifest(tmp_path / "g")


def test_a_table_of_another_graph_is_no_part_of_this_one(graph: KnowledgeGraph, tmp_path: Path) -> None:
    graph.write(tmp_path / "g")
    write(tmp_path / "other")
    shutil.copy(tmp_path / "other" / "papers.parquet", tmp_path / "g")
    with pytest.raises(GraphError, match=r"papers\.parquet: the table is missing or damaged"):
        KnowledgeGraph.read(tmp_path / "g")


BUILDER = """
import sys
from pathlib import Path
from concite.graph.knowledge import KnowledgeGraph
graph = KnowledgeGraph.read(Path(sys.argv[1]))
for _ in range(25):
    graph.write(Path(sys.argv[2]))
"""


def row_counts(folder: Path) -> list[int]:
    return [len(frame) for frame in KnowledgeGraph.read(folder).frames.values()]


def test_builds_at_once_and_readers_meanwhile_see_whole_graphs(graph: KnowledgeGraph, tmp_path: Path) -> None:
    graph.write(tmp_path / "full")
    write(tmp_path / "small")
    write(tmp_path / "g")
    builders = [
        subprocess.Popen([sys.executable, "-c", BUILDER, tmp_path / name, tmp_path / "g"], stderr=subprocess.PIPE)
        for name in ("full", "small")
    ]
    sizes = [row_counts(tmp_path / name) for name in ("full", "small")]
    while any(builder.poll() is None for builder in builders):
        assert row_counts(tmp_path / "g") in sizes
    assert [builder.communicate()[1] for builder in builders] == [b"", b""]
    assert listed(tmp_path) == ["full", "g", "small"]


def test_a_graph_of_another_version_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "g")
    manifest = json.loads((tmp_path / "g" / "manifest.json").read_text())
    (tmp_path / "g" / "manifest.json").write_text(json.dumps({**manifest, "format_version": 99}))
    with pytest.raises(GraphError, match="format version 99, and this program reads"):
        read_manifest(tmp_path / "g")


@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "other"])
def test_a_damaged_table_is_one_clear_error(graph: KnowledgeGraph, tmp_path: Path, damage: str) -> None:
    graph.write(tmp_path / "g")
    path = tmp_path / "g" / "mentions.parquet"
    whole = path.read_bytes()
    if damage == "missing":
        path.unlink()
    elif damage == "other":
        path.write_bytes((tmp_path / "g" / "papers.parquet").read_bytes())
    else:
        path.write_bytes(b"" if damage == "empty" else whole[: len(whole) // 2])
    with pytest.raises(GraphError, match=r"mentions\.parquet: the table is missing or damaged; build the graph again"):
        KnowledgeGraph.read(tmp_path / "g")


def test_what_is_no_graph_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match=r"none: no such directory; build it: concite build INPUT -o .*none$"):
        read_manifest(tmp_path / "none")
    (tmp_path / "file").write_text("")
    for place in (tmp_path, tmp_path / "file"):
        with pytest.raises(GraphError, match=r"this is no graph \(no manifest\.json\); build one: concite build -o"):
            read_manifest(place)


def test_a_table_in_parts_is_read_in_the_order_of_their_names(graph: KnowledgeGraph, tmp_path: Path) -> None:
    graph.write(tmp_path / "g")
    (tmp_path / "g" / "mentions").mkdir()
    half = len(graph.mentions) // 2
    graph.mentions[half:].write_parquet(tmp_path / "g" / "mentions" / "2.parquet")
    graph.mentions[:half].write_parquet(tmp_path / "g" / "mentions" / "1.parquet")
    (tmp_path / "g" / "mentions.parquet").unlink()
    assert KnowledgeGraph.read(tmp_path / "g").mentions.equals(graph.mentions)


HOLDER = """
import sys, time
from pathlib import Path
from concite.graph.staging import staging
with staging(Path(sys.argv[1])) as folder:
    print(folder.name, flush=True)
    time.sleep(60)
"""


def test_what_a_killed_build_left_is_cleaned_away_and_what_a_running_one_holds_is_not(tmp_path: Path) -> None:
    holders = [
        subprocess.Popen([sys.executable, "-c", HOLDER, tmp_path / "g"], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    names = [holder.stdout.readline().strip() for holder in holders if holder.stdout]
    holders[0].kill()
    holders[0].communicate()
    assert listed(tmp_path) == sorted(names)
    write(tmp_path / "g")
    assert listed(tmp_path) == sorted([names[1], "g"])
    holders[1].kill()
    holders[1].communicate()
    write(tmp_path / "g")
    assert listed(tmp_path) == ["g"]
