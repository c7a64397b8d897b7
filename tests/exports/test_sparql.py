"""SPARQL: answers in every format, errors that show the place, and examples that hold what they promise."""

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
import rdflib
from typer.testing import CliRunner

from concite.api import KnowledgeGraph
from concite.cli import app
from concite.exports.examples import NETWORK, Example, example_query, examples
from concite.exports.formats import write_export
from concite.exports.rdf import ntriples
from concite.exports.sparql import QueryError, answer, graph_store, run, shown
from concite.graph.papers import InputError
from concite.ontology.prefixes import prefixes
from concite.ontology.terms import BASE

from .whole import PAPERS, whole_graph

USES = "SELECT ?title ?concept { ?p co:uses ?c ; dcterms:title ?title . ?c skos:prefLabel ?concept }"
AUDIENCES = {"reviewer", "analyst", "librarian", "curator", "platform engineer"}


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stored") / "kg"
    whole_graph().write(folder)
    return folder


def said_of(name: str) -> int:
    """How many triples of the whole graph have this subject."""
    start = f"<{BASE}{name}> ".encode()
    return sum(line.startswith(start) for line in b"".join(ntriples(whole_graph())).splitlines())


def test_a_table_is_for_reading(stored: Path) -> None:
    lines = answer(stored, USES, "table").splitlines()
    assert lines[0].split() == ["title", "concept"]
    assert lines[2] == "TinyTune: LoRA on Llama 2 7B  LoRA"
    assert lines[-1] == "1 row"


def test_iris_are_short_in_a_table_and_numbers_stand_to_the_right(stored: Path) -> None:
    text = answer(stored, "SELECT ?m ?n { ?m co:parameterCount|co:contextLength ?n }", "table")
    assert "concept:llama-2-7b  7000000000" in text
    assert "concept:llama-2-7b        4096" in text


def test_an_empty_answer_says_so(stored: Path) -> None:
    assert answer(stored, "SELECT ?x { ?x co:nothing ?y }", "table").startswith("no rows")


@pytest.mark.parametrize(("asked", "said"), [("concept:lora", "yes\n"), ("concept:nothing", "no\n")])
def test_a_yes_or_no_question_gets_one(stored: Path, asked: str, said: str) -> None:
    assert answer(stored, f"ASK {{ ?p co:uses {asked} }}", "table") == said


def test_rows_come_in_the_formats_of_the_w3c(stored: Path) -> None:
    title = str(PAPERS[0]["title"])
    assert list(csv.DictReader(io.StringIO(answer(stored, USES, "csv")))) == [{"title": title, "concept": "LoRA"}]
    assert answer(stored, USES, "tsv").splitlines()[1].split("\t") == [f'"{title}"', '"LoRA"@en']
    (found,) = json.loads(answer(stored, USES, "json"))["results"]["bindings"]
    assert found["concept"] == {"type": "literal", "value": "LoRA", "xml:lang": "en"}
    assert "LoRA" in [each.text for each in ElementTree.fromstring(answer(stored, USES, "xml")).iter()]


def test_triples_come_as_turtle_with_only_the_prefixes_they_use(stored: Path) -> None:
    text = answer(stored, "DESCRIBE concept:lora", "table")
    assert "concept:lora a skos:Concept , co:Technique ;" in text
    assert "@prefix oa:" not in text
    assert len(rdflib.Graph().parse(data=text, format="turtle")) == said_of("concept/lora")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(("form", "name"), [("nt", "nt"), ("turtle", "turtle"), ("json", "json-ld"), ("xml", "xml")])
def test_triples_come_in_formats_of_rdf(stored: Path, form: str, name: str) -> None:
    text = answer(stored, "CONSTRUCT WHERE { ?p co:uses ?c }", form)
    assert len(rdflib.Graph().parse(data=text, format=name)) == 1


@pytest.mark.parametrize(("query", "form"), [("DESCRIBE concept:lora", "csv"), (USES, "turtle")])
def test_a_format_that_does_not_fit_the_answer_is_refused(stored: Path, query: str, form: str) -> None:
    with pytest.raises(QueryError, match="cannot be written as"):
        answer(stored, query, form)


def test_named_graphs_are_asked_together_and_apart(stored: Path) -> None:
    apart = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?a co:uses|cito:cites ?b } } GROUP BY ?g ORDER BY ?g"
    assert "graph:citations-explicit  1\ngraph:papers              1" in answer(stored, apart, "table")
    assert answer(stored, "ASK { ?p co:uses ?c ; cito:cites ?q }", "table") == "yes\n"


@pytest.mark.parametrize(
    ("query", "place", "problem"),
    [
        ("SELECT ?x {\n  ?x fo:bar ?y }", "query:2:", "the prefix fo: is not known"),
        ("SELECT ?x { ?x co:uses ?y", "query:1:26", "cannot be read here"),
        ("SELECT ?x { ?x ?p ?y } GROUP BY ?y", "query:1:", "unbound"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "query:1:10", "no query"),
        ("", "query:1:1", "no query"),
        ("SELEC ?x { ?x co:uses ?y }", "query:1:", "no query"),
        ("SELECT ?x { ?x co:uses" + " " * 1000, "query:1:", "cannot be read here"),
    ],
)
def test_an_error_names_the_place_and_what_to_do(stored: Path, query: str, place: str, problem: str) -> None:
    with pytest.raises(QueryError) as found:
        answer(stored, query, "table")
    first, *excerpt = str(found.value).splitlines()
    assert first.startswith(place)
    assert problem in first
    assert "; " in first
    if excerpt:
        line, caret = excerpt
        assert line.strip() in query
        assert caret.strip() == "^"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {" + "OPTIONAL {" * 20_000 + "}" * 20_001,
        "SELECT * { FILTER(" + "(" * 50_000 + "1" + ")" * 50_001 + "}",
        "SELECT * { FILTER(" + "!" * 50_000 + "1)}",
        "SELECT * { ?a ?b ?c " + "UNION { ?a ?b ?c }" * 20_000 + "}",
        "SELECT * { " + "?s ?p ?o . " * 200_000 + "}",
    ],
    ids=["optional", "brackets", "not", "union", "patterns"],
)
def test_a_query_without_measure_is_refused(stored: Path, query: str) -> None:
    with pytest.raises(QueryError, match="query: it is too long or nested too deeply; ask for less"):
        answer(stored, query)


def test_long_lists_are_answered(stored: Path) -> None:
    values = " ".join(f"<https://example.org/{number}>" for number in range(20_000))
    assert answer(stored, f"SELECT * {{ VALUES ?paper {{ {values} }} ?paper co:uses ?c }}").startswith("no rows")
    assert answer(stored, f"ASK {{ FILTER('{'(' * 10_000}' != '') }}") == "yes\n"


def test_from_chooses_the_graphs_that_are_asked(stored: Path) -> None:
    asked = "ASK {} {{ ?p co:uses ?c }}"
    assert answer(stored, asked.format("")) == "yes\n"
    assert answer(stored, asked.format("FROM graph:papers")) == "yes\n"
    assert answer(stored, asked.format("FROM graph:mentions")) == "no\n"
    assert answer(stored, "# FROM graph:mentions\nASK { ?p co:uses ?c FILTER('FROM x' != '') }") == "yes\n"


def test_a_service_that_cannot_be_reached_is_an_error_of_the_query(stored: Path) -> None:
    query = "SELECT * { SERVICE <http://nothing.invalid/> { ?a ?b ?c } }"
    with pytest.raises(QueryError, match="SERVICE needs the network"):
        answer(stored, query, "table")
    with pytest.raises(QueryError, match="SERVICE needs the network"):
        whole_graph().query(query)


def test_nothing_a_terminal_obeys_gets_into_a_table(tmp_path: Path) -> None:
    paper = {**PAPERS[0], "title": "\x1b[31mred\x07 \u202eback"}
    text = shown(
        run(graph_store(whole_graph(papers=[paper, PAPERS[1]], mentions=[])), "SELECT ?t { ?p dcterms:title ?t }"),
        "table",
    )
    assert "\x1b" not in text
    assert "\u202e" not in text


@pytest.mark.parametrize("to", ["nt", "nq", "trig", "turtle", "jsonld", "rdfxml"])
def test_an_exported_file_answers_as_the_stored_graph_does(stored: Path, tmp_path: Path, to: str) -> None:
    endings = {"turtle": "ttl", "rdfxml": "rdf"}
    path = tmp_path / f"kg.{endings.get(to, to)}"
    write_export(whole_graph(), to, path)
    assert answer(path, USES, "csv") == answer(stored, USES, "csv")


def test_a_damaged_file_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("<a:a> <a:b> <a:c> .\n<a:a> nonsense .\n")
    with pytest.raises(InputError, match=r"broken\.ttl:2: "):
        answer(path, USES, "table")


def test_a_file_of_no_known_format_says_which_are(tmp_path: Path) -> None:
    path = tmp_path / "notes.docx"
    path.write_text("")
    with pytest.raises(InputError, match=r"\.ttl"):
        answer(path, USES, "table")


def test_a_notebook_gets_frames_with_types() -> None:
    found = whole_graph().query("SELECT ?c ?n ?gb { ?c co:introducedYear ?n ; co:memoryGigabytes ?gb }")
    assert found.rows() == [("concept:a100", 2020, 80.0)]  # type: ignore[union-attr]
    assert whole_graph().query("ASK { ?p co:uses ?c }") is True
    described = whole_graph().query("DESCRIBE concept:lora")
    assert isinstance(described, rdflib.Graph)
    assert len(described) == said_of("concept/lora")


def test_an_answer_without_rows_is_a_frame_with_its_columns() -> None:
    found = whole_graph().query("SELECT ?a ?b { ?a co:nothing ?b }")
    assert found.columns == ["a", "b"]  # type: ignore[union-attr]


# The examples


def test_there_are_thirty_examples_and_each_says_for_whom_it_is() -> None:
    assert len(examples()) >= 30
    for example in examples():
        assert example.title
        assert example.description.endswith(".")
        assert example.audience in AUDIENCES
        assert re.match("one row|one triple a|the triples of|yes or no", example.answer)
    assert {example.audience for example in examples()} == AUDIENCES


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_an_example_is_a_query_and_says_whether_it_needs_the_network(example: Example) -> None:
    if example.needs == NETWORK:
        assert "SERVICE" in example.query
    else:
        shown(run(graph_store(whole_graph()), example.query), "table")
        assert "SERVICE" not in example.query


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("example", [e for e in examples() if e.needs != NETWORK], ids=lambda example: example.name)
def test_an_example_is_answered_as_rdflib_answers_it(example: Example) -> None:
    graph = whole_graph()
    compare(graph, graph.rdf(), example)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("source", ["sample", pytest.param("listing", marks=pytest.mark.shared)])
def test_examples_are_answered_on_real_graphs_as_rdflib_answers_them(
    source: str, request: pytest.FixtureRequest
) -> None:
    import concite

    graph = concite.build([request.getfixturevalue("listing")] if source == "listing" else [])
    reference = graph.rdf()
    for example in examples():
        if example.needs != NETWORK:
            compare(graph, reference, example)


def compare(graph: KnowledgeGraph, dataset: rdflib.Dataset, example: Example) -> None:
    """Both engines give the same answer, but for the order of rows that nothing orders."""
    reference = dataset.query(example.query, initNs=prefixes())
    if reference.type == "ASK":
        assert graph.query(example.query) == reference.askAnswer
    elif reference.type == "SELECT":
        ours = json.loads(shown(run(graph_store(graph), example.query), "json"))["results"]["bindings"]
        theirs = json.loads(reference.serialize(format="json") or b"")["results"]["bindings"]
        assert sorted(map(_values, ours)) == sorted(map(_values, filter(None, theirs))), example.name
    else:
        assert len(graph.query(example.query)) == len(reference.graph or ())  # type: ignore[arg-type]


def _values(row: dict[str, dict[str, str]]) -> list[tuple[str, str]]:
    """The values of a row; a decimal may be written 0 or 0.0, and what is joined stands in any order."""
    texts = {name: re.sub(r"^(\d+)\.0$", r"\1", cell["value"]) for name, cell in row.items()}
    return sorted((name, ", ".join(sorted(text.split(", ")))) for name, text in texts.items())


@pytest.mark.slow
@pytest.mark.shared
def test_examples_answer_on_the_sample_or_on_the_listing(listing: Path) -> None:
    import concite

    stores = [graph_store(concite.build()), graph_store(concite.build([listing]))]
    for example in examples():
        if example.needs != NETWORK:
            found = [shown(run(store, example.query), "table") for store in stores]
            assert any(not text.startswith("no rows") for text in found), example.name
            assert example.needs or not any(text.startswith("no rows") for text in found), example.name


def test_an_unknown_example_says_where_the_known_ones_are() -> None:
    with pytest.raises(InputError, match="list-examples"):
        example_query("nothing")


# The command


def test_the_command_lists_its_examples_one_a_line() -> None:
    result = CliRunner().invoke(app, ["query", "--list-examples"])
    lines = result.stdout.splitlines()
    assert [line.split("\t")[0] for line in lines] == [example.name for example in examples()]


def test_the_command_answers_with_a_named_example(stored: Path) -> None:
    result = CliRunner().invoke(app, ["query", str(stored), "--example", "what-papers-introduce", "--format", "csv"])
    assert result.stdout.splitlines() == [
        "title,concept,class,origin",
        f"{PAPERS[0]['title']},TinyTune,Technique,candidate",
    ]


def test_a_graph_of_the_api_is_a_graph_of_the_tables(stored: Path) -> None:
    import concite

    graph = concite.load(stored)
    assert isinstance(graph, KnowledgeGraph)
    assert graph.query("ASK { ?p co:uses concept:lora }") is True
