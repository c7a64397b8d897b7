"""The vocabulary's files: faults at their lines, canonical writing that reads back as it was."""

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concite.ontology import Concept, Introduction, Vocabulary
from concite.ontology.files import Fault, entry_text, read_entries, vocabulary_files, write_entries

from ..conftest import SMALL

ENTRY = 'label = "LoRA"\ndefinition = "A thing."\nbroader = ["technique"]\nsources = ["test"]\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file that a concept of the class technique may stand in."""
    folder = tmp_path / "technique"
    folder.mkdir()
    return folder / "all.toml"


def read(file: Path, text: str) -> tuple[list[Concept], list[tuple[int, str]]]:
    """The concepts of a text, and the faults with their lines."""
    file.write_text(text, encoding="utf-8")
    entries, faults = read_entries(file)
    assert all(fault.file == str(file) and fault.advice for fault in faults)
    return [entry.concept for entry in entries], [(fault.line, fault.problem) for fault in faults]


def test_an_entry_has_its_class_from_its_folder_and_its_line(file: Path) -> None:
    file.write_text(f"# heading\n\n[lora]\n{ENTRY}\n[adapter]  # note\n{ENTRY}")
    entries, faults = read_entries(file)
    assert [(e.concept.id, e.concept.concept_class, e.line) for e in entries] == [
        ("lora", "technique", 3),
        ("adapter", "technique", 9),
    ]
    assert faults == []


def test_a_fault_of_a_field_stands_at_the_field(file: Path) -> None:
    concepts, faults = read(file, f'[good]\n{ENTRY}\n[bad]\n{ENTRY}year = "soon"\n\n[also-good]\n{ENTRY}')
    assert [concept.id for concept in concepts] == ["good", "also-good"]
    assert [line for line, _ in faults] == [12]
    assert faults[0][1].startswith("year: ")


def test_all_faults_of_an_entry_are_told_at_once(file: Path) -> None:
    text = '[bad]\nlabel = ""\ncolour = "red"\nsources = []\n'
    _, faults = read(file, text)
    assert [(line, problem.partition(":")[0]) for line, problem in faults] == [
        (2, "label"),
        (1, "definition"),
        (4, "sources"),
        (3, "colour"),
    ]


def test_a_field_of_the_next_entry_is_not_blamed(file: Path) -> None:
    _, faults = read(file, f'[bad]\nlabel = "x"\nsources = ["test"]\n\n[good]\n{ENTRY}')
    assert [line for line, _ in faults] == [1]


@pytest.mark.parametrize("name", ['"Not a slug"', '"qwen2.5"', "Upper", "double--hyphen", '"-edge"'])
def test_an_id_that_is_no_slug_is_a_fault_at_its_header(file: Path, name: str) -> None:
    concepts, faults = read(file, f"[good]\n{ENTRY}\n[{name}]\n{ENTRY}")
    assert [concept.id for concept in concepts] == ["good"]
    assert [line for line, _ in faults] == [7]
    assert faults[0][1].startswith("id: ")


def test_a_dot_in_an_id_is_a_fault_at_its_header(file: Path) -> None:
    concepts, faults = read(file, f"[good]\n{ENTRY}\n[qwen2.5]\n{ENTRY}")
    assert [concept.id for concept in concepts] == ["good"]
    assert {line for line, _ in faults} <= set(range(7, 12))
    assert (7, "5: extra inputs are not permitted") in faults


def test_a_value_outside_any_entry_is_a_fault(file: Path) -> None:
    _, faults = read(file, f"stray = 5\n\n[good]\n{ENTRY}")
    assert faults == [(1, "stray is no table")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"[lora]\n{ENTRY}[lora]\n{ENTRY}", 6),
        (f"[lora]\n{ENTRY}label = 'twice'\n", 6),
        ('[lora]\nlabel = "unclosed\n', 2),
        ("[lora\n", 1),
        ("[lora]\nlabel = ", 2),
    ],
)
def test_broken_toml_is_one_fault_at_its_line(file: Path, text: str, line: int) -> None:
    concepts, faults = read(file, text)
    assert concepts == []
    assert [at for at, _ in faults] == [line]


def test_a_file_that_is_no_utf_8_is_one_fault_at_its_line(file: Path) -> None:
    file.write_bytes(f"[lora]\n{ENTRY}".encode() + b'synonyms = ["caf\xe9"]\n')
    entries, faults = read_entries(file)
    assert entries == []
    assert [(fault.line, fault.problem) for fault in faults] == [(6, "not UTF-8")]


def test_lines_are_counted_as_editors_count_them(file: Path) -> None:
    text = f'[lora]\n{ENTRY}synonyms = ["a\u2028b\u0085c"]\n\n[bad]\nlabel = "x"\n'.replace("\n", "\r\n")
    file.write_bytes(text.encode())
    assert {fault.line for fault in read_entries(file)[1]} == {8}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("introduced", "{ year = 2021 }"),
        ("introduced", '{ arxiv = "21.9685" }'),
        ("introduced", '{ doi = "doi.org/x" }'),
        ("introduced", '{ title = "A Title", year = 3021 }'),
        ("introduced", '{ title = "A Title", url = "x" }'),
        ("parameters", "-1"),
        ("memory_gb", "0"),
        ("broader", '["Not A Slug", 5]'),
        ("general", '"maybe"'),
        ("cues", '["a"]'),
        ("synonyms", '"one"'),
    ],
)
def test_a_value_that_cannot_be_is_a_fault(file: Path, field: str, value: str) -> None:
    entry = ENTRY if field != "broader" else ENTRY.replace('broader = ["technique"]\n', "")
    concepts, faults = read(file, f"[lora]\n{entry}{field} = {value}\n")
    assert concepts == []
    assert {line for line, _ in faults} == {len(entry.splitlines()) + 2}
    assert all(problem.startswith(f"{field}: ") for _, problem in faults)


def test_a_fault_reads_as_place_problem_and_advice() -> None:
    assert str(Fault("a.toml", 3, "no label", "give one")) == "a.toml:3: no label; give one"


def test_files_come_in_one_order_and_only_from_class_folders(tmp_path: Path) -> None:
    for name in ("task/b.toml", "task/a.toml", "model/z.toml", "other/x.toml", "task/notes.txt", "words.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    found = [path.relative_to(tmp_path).as_posix() for path in vocabulary_files(tmp_path)]
    assert found == ["model/z.toml", "task/a.toml", "task/b.toml"]


def test_writing_sorts_entries_and_leaves_defaults_out(file: Path) -> None:
    concepts, _ = read(file, f"[zeta]\ngeneral = false\n{ENTRY}synonyms = []\n\n[alpha]\n{ENTRY}")
    write_entries(concepts, file)
    assert file.read_text() == f"[alpha]\n{ENTRY}\n[zeta]\n{ENTRY}"


def test_writing_what_was_written_changes_nothing(file: Path) -> None:
    for path in vocabulary_files(SMALL):
        concepts = [entry.concept for entry in read_entries(path)[0]]
        write_entries(concepts, file)
        once = file.read_bytes()
        write_entries([entry.concept for entry in read_entries(file)[0]], file)
        assert file.read_bytes() == once


def test_the_bundled_vocabulary_reads_back_as_it_is_written(bundled: Vocabulary, file: Path) -> None:
    some = [concept for concept in bundled if concept.concept_class == "technique"]
    write_entries(some, file)
    assert [entry.concept for entry in read_entries(file)[0]] == sorted(some, key=lambda c: c.id)


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).map(str.strip).filter(bool)
SLUGS = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4})?", fullmatch=True)
LISTS = st.lists(WORDS, max_size=3).map(tuple)
REALS = st.floats(0, exclude_min=True, allow_infinity=False)
CONCEPTS = st.builds(
    lambda **fields: Concept.model_validate({"concept_class": "technique", **fields}),
    id=SLUGS,
    label=WORDS,
    definition=WORDS,
    broader=st.lists(SLUGS, max_size=2).map(tuple),
    synonyms=LISTS,
    acronyms=LISTS,
    misspellings=LISTS,
    covers=LISTS,
    exact=LISTS,
    cues=st.dictionaries(WORDS, LISTS, max_size=2),
    general=st.booleans(),
    variant_of=st.none() | SLUGS,
    introduced=st.none()
    | st.builds(Introduction, title=WORDS.filter(lambda t: len(t) > 2), year=st.integers(1700, 2100)),
    year=st.none() | st.integers(1700, 2100),
    parameters=st.none() | st.integers(1, 10**15),
    memory_gb=st.none() | REALS,
    tdp_watts=st.none() | REALS,
    ids=st.dictionaries(WORDS, WORDS, max_size=2),
    sources=st.lists(WORDS, min_size=1, max_size=2).map(tuple),
)


@given(CONCEPTS)
def test_every_concept_reads_back_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, concept: Concept) -> None:
    file = tmp_path_factory.getbasetemp() / "technique" / "law.toml"
    file.parent.mkdir(exist_ok=True)
    write_entries([concept], file)
    entries, faults = read_entries(file)
    assert [str(fault) for fault in faults] == []
    assert [entry.concept for entry in entries] == [concept]


@given(REALS)
def test_numbers_keep_all_their_digits(value: float) -> None:
    fields = {"id": "x", "concept_class": "hardware", "label": "X", "definition": "X.", "sources": ("test",)}
    concept = Concept.model_validate({**fields, "peak_tflops": value})
    line = next(line for line in entry_text(concept).splitlines() if line.startswith("peak_tflops"))
    assert math.isclose(float(line.partition(" = ")[2]), value, rel_tol=0)
