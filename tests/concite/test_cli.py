"""The command line: every command, its help, and one clear line for everything that goes wrong."""

import json
import os
import shutil
import signal
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from concite.graph.building import build_tables, read_inputs
from concite.graph.knowledge import KnowledgeGraph
from concite.ontology import Vocabulary, read_vocabulary

from ..conftest import SMALL
from .helpers import done, error, run

ROOT = Path(__file__).parents[2]
COMMANDS = [
    ("build",), ("link",), ("export",), ("query",), ("serve",), ("stats",), ("version",),
    ("report",), ("update",), ("remove",), ("apart",), ("same",), ("diff",),
    ("ontology",), ("ontology", "lint"), ("ontology", "stats"), ("ontology", "search"), ("ontology", "show"),
    ("ontology", "diff"), ("ontology", "review"), ("ontology", "review", "list"), ("ontology", "review", "accept"),
    ("ontology", "review", "merge"), ("ontology", "review", "refuse"), ("ontology", "review", "undo"),
    ("ontology", "review", "log"), ("ontology", "reference"),
]  # fmt: skip
PAPERS = (
    '{"title": "TinyTune: Adapting Llama 2 on One GPU", "year": 2024, "doi": "10.1234/tiny",'
    ' "abstract": "We propose TinyTune, a novel method built on LoRA 😀. We use Llama 2 7B and an A100."}\n'
    "nonsense\n"
    '{"title": "Notes on Nothing"}\n'
)


@pytest.fixture(autouse=True)
def small_vocabulary(monkeypatch: pytest.MonkeyPatch, small: Vocabulary) -> None:
    """The small vocabulary in place of the bundled one."""

    def load(folder: Path | None = None) -> Vocabulary:
        return read_vocabulary(folder) if folder else small

    monkeypatch.setattr("concite.ontology.cache.load_vocabulary", load)


@pytest.fixture(autouse=True)
def working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A directory of the test's own, with a file of papers in it."""
    (tmp_path / "papers.jsonl").write_text(PAPERS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def stored(tmp_path: Path, small: Vocabulary) -> Path:
    """A stored graph of the papers."""
    KnowledgeGraph(*build_tables(read_inputs(["papers.jsonl"]), small)).write(tmp_path / "stored")
    return Path("stored")


def linked() -> list[dict[str, Any]]:
    return [json.loads(line) for line in done(["link", "papers.jsonl", "--format", "jsonl"]).out.splitlines()]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help(command: tuple[str, ...]) -> None:
    ran = done([*command, "--help"])
    assert ran.out.startswith(f"Usage: concite {' '.join(command)}")
    options = ran.out.partition("Options:")[2]
    assert all(len(line.split()) > 1 for line in options.splitlines() if line.startswith("  -"))


def test_the_help_names_every_command() -> None:
    for words in ((), ("ontology",), ("ontology", "review")):
        help_text = done([*words, "--help"]).out.partition("Commands:")[2]
        named = {line.split()[0] for line in help_text.splitlines() if line.startswith("  ") and line[2] != " "}
        assert named == {
            command[len(words)]
            for command in COMMANDS
            if command[: len(words)] == words and len(command) == len(words) + 1
        }


def test_no_command_shows_the_help() -> None:
    assert "Usage: concite" in run().out + run().err


def test_the_version_is_the_packages() -> None:
    assert done(["version"]).out == f"concite {version('concite')}\n"


def test_build_stores_a_graph_and_says_what_it_found(tmp_path: Path) -> None:
    ran = done(["build", "papers.jsonl", "-o", "g"])
    graph = KnowledgeGraph.read(tmp_path / "g")
    counts = graph.counts()
    lines = ran.out.splitlines()
    assert lines[0] == "2 papers read, 1 piece of input skipped (see `skipped`)"
    assert lines[1].startswith(f"{counts['concepts']} concepts in {counts['mentions']} mentions: ")
    assert lines[2].startswith("citations: 0 explicit, ")
    assert lines[-1] == "stored in g/"
    assert len(lines) <= 5


def test_build_without_input_builds_the_bundled_sample(tmp_path: Path) -> None:
    done(["build"])
    graph = KnowledgeGraph.read(tmp_path / "concite-graph")
    assert [entry["name"] for entry in graph.manifest["inputs"]] == ["sample.jsonl"]
    assert graph.counts()["papers"] > 100
    assert graph.counts()["citations, explicit"] > 1000


def test_build_reads_standard_input(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "concite", "build", "-", "-o", str(tmp_path / "g"), "--format", "jsonl"]
    ran = subprocess.run(command, cwd=ROOT, input=PAPERS.encode(), capture_output=True, check=True)
    assert b"2 papers read" in ran.stdout
    assert KnowledgeGraph.read(tmp_path / "g").papers["source"].to_list()[0] is not None


def test_strict_stops_at_the_first_bad_record() -> None:
    assert error(1, "build", "papers.jsonl", "-o", "g", "--strict") == (
        "concite: papers.jsonl:2: not JSON at column 1: Expecting value; mend the record, or leave out --strict"
    )
    assert not Path("g").exists()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "bad:1: the file is empty"),
        (b"\x00\x01", "bad: this is a binary file"),
        (b'{"title": "Caf\xe9"}\n', "bad:1: not UTF-8 at byte 15 of the line"),
        (b"nonsense {}", None),
    ],
)
@pytest.mark.parametrize("command", ["build", "link"])
def test_an_input_that_is_none_is_one_line_and_leaves_the_old_graph(
    stored: Path, command: str, content: bytes, problem: str | None
) -> None:
    before = {path.name: path.read_bytes() for path in stored.iterdir()}
    Path("bad").write_bytes(content)
    arguments = [command, "bad", *(["-o", stored] if command == "build" else [])]
    line = error(1, *arguments)
    assert line.startswith(f"concite: {problem}; " if problem else "concite: bad:1: no paper found")
    assert {path.name: path.read_bytes() for path in stored.iterdir()} == before


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("build", "none.txt"), "concite: none.txt: no such file; check the name and the current directory"),
        (("link", "none.txt"), "concite: none.txt: no such file; check the name and the current directory"),
        (("stats", "none"), "concite: none: no such directory; build it: concite build INPUT -o none"),
        (("stats", "."), "concite: .: this is no graph (no manifest.json); build one: concite build -o ."),
        (("export", "none", "--to", "turtle", "-o", "x"), "concite: none: no such directory; build it: "),
        (("query", "none", "ASK {}"), "concite: none: no such directory; build it: concite build INPUT -o none"),
        (
            ("query", "none", "--file", "none.rq"),
            "concite: none.rq: cannot be read (No such file or directory); check its name and its permissions",
        ),
        (("build", "papers.jsonl", "-o", "papers.jsonl"), "concite: papers.jsonl: this is a file; name a directory"),
        (("build", "papers.jsonl", "-o", "papers.jsonl/g"), "concite: papers.jsonl: this is a file; name a place in"),
        (("build", "papers.jsonl", "-o", "."), "concite: .: this is the current directory or above it; "),
        (
            ("ontology", "show", "none"),
            "concite: no concept has the id none; find it with: concite ontology search none",
        ),
        (("ontology", "search", "zzzz"), "nothing is named like 'zzzz'; try a part of the name"),
        (("ontology", "stats", "--vocabulary", "none"), "concite: none:1: no vocabulary files here; name a folder"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_status_1(arguments: tuple[str, ...], line: str) -> None:
    found = error(1, *arguments)
    assert found.startswith(line)


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "--nonsense"),
        ("nonsense",),
        ("build", "papers.jsonl", "--format", "word"),
        ("link", "--format", "xml"),
        ("export", "g"),
        ("export", "g", "--to", "nonsense", "-o", "x"),
        ("query",),
        ("query", "g"),
        ("query", "g", "ASK {}", "--example", "x"),
        ("stats",),
        ("ontology", "show"),
    ],
)
def test_bad_usage_has_status_2_and_no_traceback(arguments: tuple[str, ...]) -> None:
    ran = run(*arguments)
    assert ran.status == 2
    assert "Traceback" not in ran.err
    assert ran.err


def test_a_damaged_graph_is_one_line(stored: Path) -> None:
    (stored / "mentions.parquet").write_bytes(b"x")
    for arguments in (("stats", stored), ("export", stored, "--to", "nt", "-o", "x.nt")):
        assert error(1, *arguments) == (
            "concite: stored/mentions.parquet: the table is missing or damaged; build the graph again"
        )


def test_link_prints_one_object_a_paper_in_input_order() -> None:
    records = linked()
    assert [list(record) for record in records] == [["paper", "title", "abstract", "mentions"]] * 2
    assert records[0]["paper"] == "https://w3id.org/concite/paper/doi-10.1234%2Ftiny"
    assert [record["title"] for record in records] == ["TinyTune: Adapting Llama 2 on One GPU", "Notes on Nothing"]
    assert (records[1]["abstract"], records[1]["mentions"]) == ("", [])


def test_every_linked_mention_has_the_keys_of_the_contract_and_its_own_words() -> None:
    mentions = [(record, mention) for record in linked() for mention in record["mentions"]]
    assert len(mentions) > 5
    keys = {"field", "start", "end", "text", "concept", "label", "class", "role", "confidence", "origin", "method"}
    for record, mention in mentions:
        assert set(mention) == keys
        assert mention["field"] in ("title", "abstract")
        assert record[mention["field"]][mention["start"] : mention["end"]] == mention["text"]
        assert mention["concept"].startswith("https://w3id.org/concite/concept/")
        assert mention["class"] in ("technique", "model", "dataset", "hardware", "task", "metric", "software")
        assert mention["role"] in ("introduces", "uses", "evaluates", "compares", "mentions")
        assert mention["origin"] in ("vocabulary", "derived", "candidate")
        assert 0 <= mention["confidence"] <= 1
    assert {mention["origin"] for _, mention in mentions} == {"vocabulary", "derived", "candidate"}


def test_link_prints_for_reading_unless_asked_otherwise() -> None:
    lines = done(["link", "papers.jsonl"]).out.splitlines()
    assert lines[0] == "TinyTune: Adapting Llama 2 on One GPU"
    assert lines[1].split()[:2] == ["introduces", "TinyTune"]
    assert any("LoRA (technique" in line for line in lines)


def test_link_explains_every_mention() -> None:
    lines = done(["link", "papers.jsonl", "--explain"]).out.splitlines()
    assert lines[1].startswith("  title:0-8 “TinyTune” → TinyTune (technique, candidate), introduces, ")
    (record, _) = (
        json.loads(line) for line in done(["link", "papers.jsonl", "--explain", "--format", "jsonl"]).out.splitlines()
    )
    assert all(isinstance(mention["refused"], list) for mention in record["mentions"])


def test_link_keeps_the_order_of_its_inputs() -> None:
    Path("a.jsonl").write_text('{"title": "First of A"}\n')
    out = done(["link", "papers.jsonl", "a.jsonl", "--format", "jsonl"]).out
    assert [json.loads(line)["title"] for line in out.splitlines()][-1] == "First of A"


@pytest.mark.parametrize("to", ["turtle", "nt", "html"])
def test_export_writes_a_file(stored: Path, to: str) -> None:
    ran = done(["export", stored, "--to", to, "-o", f"out.{to}"])
    size = Path(f"out.{to}").stat().st_size
    assert size > 1000
    assert ran.err == f"out.{to}: {size:,} bytes\n"
    assert to == "html" or "TinyTune" in Path(f"out.{to}").read_text(encoding="utf-8")


@pytest.mark.parametrize("place", ["none/out.nt", "papers.jsonl/out.nt"])
def test_an_export_that_cannot_be_written_is_one_line(stored: Path, place: str) -> None:
    line = error(1, "export", stored, "--to", "nt", "-o", place)
    assert line.startswith(f"concite: {place}: cannot be written (")
    assert line.endswith("; choose another place with -o")


def test_an_export_to_standard_output_is_asked_for_by_its_name(stored: Path) -> None:
    assert error(1, "export", stored, "--to", "nt", "-o", "-").endswith("use -o /dev/stdout")
    assert not Path("-").exists()
    command = [sys.executable, "-m", "concite", "export", str(stored), "--to", "nt", "-o", "/dev/stdout"]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "TinyTune" in ran.stdout
    assert ran.stderr == ""


def test_query_answers_with_the_usual_prefixes(stored: Path) -> None:
    text = "SELECT ?label WHERE { ?paper co:introduces ?c . ?c skos:prefLabel ?label }"
    assert done(["query", stored, text, "--format", "csv"]).out.splitlines() == ["label", "TinyTune"]
    Path("q.rq").write_text(text)
    assert done(["query", stored, "--file", "q.rq", "--format", "csv"]).out.splitlines() == ["label", "TinyTune"]
    assert "TinyTune" in done(["query", stored, text]).out


def test_query_lists_examples_and_runs_each_by_name(stored: Path) -> None:
    lines = done(["query", "--list-examples"]).out.splitlines()
    names = [line.split("\t")[0] for line in lines]
    assert len(set(names)) == len(names) > 0
    assert all(line.partition("\t")[2] for line in lines)
    assert run("query", stored, "--example", names[0]).status == 0


def test_a_query_that_cannot_be_read_is_told_with_its_place(stored: Path) -> None:
    ran = run("query", stored, "SELECT nonsense")
    assert ran.status == 1
    assert ran.err.startswith("concite: query:1:")
    assert "Traceback" not in ran.err
    assert "nothing" in error(1, "query", stored, "--example", "nothing")
    Path("bad.rq").write_bytes(b"\xff")
    assert error(1, "query", stored, "--file", "bad.rq") == "concite: bad.rq: not UTF-8; save the query as UTF-8"


def test_ctrl_c_ends_a_query_that_runs_away(stored: Path) -> None:
    endless = "SELECT (COUNT(*) AS ?n) WHERE { " + " ".join(f"?s{n} ?p{n} ?o{n} ." for n in range(5)) + " }"
    process = subprocess.Popen([sys.executable, "-m", "concite", "query", stored, endless], stderr=subprocess.DEVNULL)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(4)
    process.send_signal(signal.SIGINT)
    try:
        assert process.wait(30) != 0
    finally:
        process.kill()


def test_a_query_file_that_cannot_be_read_is_one_line(stored: Path) -> None:
    assert error(1, "query", stored, "--file", ".") == (
        "concite: .: cannot be read (Is a directory); check its name and its permissions"
    )
    assert error(1, "query", stored, "--file", "none").startswith("concite: none: cannot be read (No such file")


def test_the_commands_are_listed_in_the_order_of_their_use() -> None:
    listed = [line.split()[0] for line in done(["--help"]).out.partition("Commands:\n")[2].splitlines()]
    assert listed[:5] == ["build", "link", "export", "query", "stats"]


def test_formats_are_told_as_words_not_as_types() -> None:
    for command in ("build", "update", "link"):
        text = done([command, "--help"]).out
        assert "ormat FORMAT" in text
        assert "listing, jsonl, json, arxiv," in " ".join(text.split())


def test_stats_are_for_reading_and_for_programs(stored: Path) -> None:
    text = done(["stats", stored]).out
    assert any(line.split() == ["papers", "2"] for line in text.splitlines())
    assert text.splitlines()[-2:] == ["skipped:", "  papers.jsonl:2: not JSON at column 1: Expecting value"]
    record = json.loads(done(["stats", stored, "--json"]).out)
    assert record["papers"] == 2
    assert record["skipped"] == 1
    assert set(record["by_class"]) == {"technique", "model", "dataset", "hardware", "task", "metric", "software"}
    assert sum(record["by_class"].values()) == record["concepts"]
    assert set(record["citations"]) == {"explicit", "inferred"}


def test_ontology_stats_count_by_class(small: Vocabulary) -> None:
    record = json.loads(done(["ontology", "stats", "--json"]).out)
    assert sum(record["by_class"].values()) == record["concepts"] == len([c for c in small if not c.grouping])
    assert record["grouping"] == 7
    assert set(record["by_class"]) == {"technique", "model", "dataset", "hardware", "task", "metric", "software"}
    assert record["with_introducing_paper"] == len([c for c in small if c.introduced])
    lines = [line.split() for line in done(["ontology", "stats"]).out.splitlines()]
    assert ["technique", str(record["by_class"]["technique"])] in lines


def test_ontology_search_finds_exact_names_first() -> None:
    ids = [line.split("\t")[0] for line in done(["ontology", "search", "Fine Tuning"]).out.splitlines()]
    assert ids == ["fine-tuning", "full-fine-tuning", "parameter-efficient-fine-tuning"]
    assert len(done(["ontology", "search", "tuning", "-n", "1"]).out.splitlines()) == 1
    assert run("ontology", "search", "tuning", "-n", "0").status == 2
    assert done(["ontology", "search", "GQA"]).out.startswith("grouped-query-attention\ttechnique\t")


def test_ontology_show_prints_a_concept_with_its_neighbours() -> None:
    text = done(["ontology", "show", "parameter-efficient-fine-tuning"]).out
    assert "[parameter-efficient-fine-tuning]" in text
    assert "# above: fine-tuning → technique" in text
    assert "# below (2): adapter, LoRA" in text


def test_ontology_diff_tells_what_changed(tmp_path: Path) -> None:
    other = Path(shutil.copytree(SMALL, tmp_path / "other"))
    path = other / "dataset" / "all.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("four answers", "many answers"), encoding="utf-8")
    ran = done(["ontology", "diff", str(SMALL), "other"])
    assert ran.out.startswith("changed\tmmlu\tdefinition: ")
    assert ran.err == "1 concepts differ\n"


def test_ontology_review_decides_on_candidates(stored: Path, tmp_path: Path) -> None:
    folder = ["--vocabulary", str(shutil.copytree(SMALL, tmp_path / "own"))]
    review = ["ontology", "review"]
    listed = [line.split("\t")[0] for line in done([*review, "list", str(stored), *folder]).out.splitlines()]
    assert "technique/tinytune" in listed
    given = ["--definition", "Tunes on one chip.", "--broader", "fine-tuning"]
    done([*review, "accept", str(stored), "technique/tinytune", *given, *folder])
    assert "technique/tinytune" not in done([*review, "list", str(stored), *folder]).out
    done([*review, "undo", "technique/tinytune", *folder])
    done([*review, "merge", str(stored), "technique/tinytune", "lora", *folder])
    log = [line.split("\t")[1:3] for line in done([*review, "log", *folder]).out.splitlines()]
    assert log == [["accepted", "tinytune"], ["taken back", "tinytune"], ["merged", "lora"]]
    assert error(1, "ontology", "review", "refuse", "TinyTune", *folder).startswith("concite: TinyTune: this is no")


def test_ontology_lint_names_faults_and_mends_order(tmp_path: Path) -> None:
    ran = run("ontology", "lint", SMALL)
    assert (ran.status, ran.out) == (0, "")
    folder = tmp_path / "vocabulary" / "technique"
    folder.mkdir(parents=True)
    entry = 'label = "{}"\ndefinition = "D."\n{}sources = ["s"]\n'
    root = "[technique]\n" + entry.format("technique", "grouping = true\n")
    below = 'broader = ["technique"]\n'
    text = f"{root}\n[bb]\n{entry.format('Bbnet', below)}\n[aa]\n{entry.format('Aanet', below)}"
    (folder / "all.toml").write_text(text)
    ran = run("ontology", "lint", "vocabulary")
    assert ran.status == 1
    assert [line.split(": ")[0] for line in ran.out.splitlines()] == [
        "vocabulary/technique/all.toml:7",
        "vocabulary/technique/all.toml:13",
    ]
    assert ran.err == "3 concepts, 2 faults\n"
    assert run("ontology", "lint", "vocabulary", "--fix").status == 0
    assert [line for line in (folder / "all.toml").read_text().splitlines() if line.startswith("[")] == [
        "[aa]",
        "[bb]",
        "[technique]",
    ]


def test_lint_without_a_folder_looks_at_the_bundled_vocabulary() -> None:
    ran = run("ontology", "lint")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err.endswith(" concepts, 0 faults\n")


def test_the_program_runs_as_a_module_and_as_a_script() -> None:
    for command in ([sys.executable, "-m", "concite"], [str(Path(sys.executable).with_name("concite"))]):
        ran = subprocess.run([*command, "version"], cwd=ROOT, capture_output=True, text=True, check=True)
        assert ran.stdout == f"concite {version('concite')}\n"


def test_an_error_in_a_process_of_its_own_has_no_traceback(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "concite", "build", str(tmp_path / "none")]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert len(ran.stderr.splitlines()) == 1


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -m concite query --list-examples | true; exit ${{PIPESTATUS[0]}}"
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    ran = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False, env=environment
    )
    assert ran.stderr == ""
