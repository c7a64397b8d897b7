"""RDF: what stands in the named graphs, that any text survives, and that equal graphs give equal bytes."""

import json
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, Quad, RdfFormat, parse
from rdflib.compare import isomorphic

from concite.exports.formats import write_export
from concite.exports.rdf import WITHOUT_EVIDENCE, Part, nquads, ntriples
from concite.graph.knowledge import KnowledgeGraph
from concite.graph.papers import InputError
from concite.ontology.prefixes import expand
from concite.ontology.terms import plain_iri

from ..concite.helpers import done, run
from .whole import ABSTRACT, PAPERS, graph_of, row, whole_graph

GOLDEN = Path(__file__).parent / "golden"
BASE = "https://w3id.org/concite/"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
"""Any text that UTF-8 can hold."""


def quads(graph: KnowledgeGraph, **options: object) -> list[Quad]:
    text = b"".join(nquads(graph, **options))  # type: ignore[arg-type]
    return list(parse(text, format=RdfFormat.N_QUADS))


def triples(graph: KnowledgeGraph) -> rdflib.Graph:
    return rdflib.Graph().parse(data=b"".join(ntriples(graph)), format="nt")


def objects(graph: KnowledgeGraph, subject: str, predicate: str) -> set[str]:
    found = triples(graph).objects(rdflib.URIRef(BASE + subject), rdflib.URIRef(expand(predicate)))
    return {term.n3() for term in found}


def test_turtle_is_the_golden_file_byte_for_byte(tmp_path: Path) -> None:
    write_export(whole_graph(), "turtle", tmp_path / "tiny.ttl")
    assert (tmp_path / "tiny.ttl").read_text() == (GOLDEN / "tiny.ttl").read_text()


def test_six_named_graphs_hold_all_triples() -> None:
    found = quads(whole_graph())
    assert {str(quad.graph_name) for quad in found} == {f"<{BASE}graph/{part}>" for part in Part}
    merged = parse(b"".join(ntriples(whole_graph())), format=RdfFormat.N_TRIPLES)
    assert {quad.triple for quad in found} == {quad.triple for quad in merged}


def test_no_triple_is_written_twice_and_no_node_is_blank() -> None:
    found = quads(whole_graph())
    assert len(found) == len(set(found))
    assert not [q for q in found if isinstance(q.subject, BlankNode) or isinstance(q.object, BlankNode)]


def test_a_concept_has_its_class_names_and_numbers() -> None:
    graph = whole_graph()
    assert objects(graph, "concept/a100", "rdf:type") == {
        "<http://www.w3.org/2004/02/skos/core#Concept>", f"<{BASE}ontology#Hardware>",
    }  # fmt: skip
    assert objects(graph, "concept/a100", "skos:altLabel") == {'"NVIDIA A100"@en', '"the \\"big\\" one"@en'}
    assert objects(graph, "concept/a100", "co:memoryGigabytes") == {f'"80.0"^^<{rdflib.XSD.decimal}>'}
    assert objects(graph, "concept/a100", "co:introducedYear") == {f'"2020"^^<{rdflib.XSD.gYear}>'}
    assert objects(graph, "concept/llama-2-7b", "co:parameterCount") == {f'"7000000000"^^<{rdflib.XSD.integer}>'}
    assert objects(graph, "concept/llama-2-7b", "co:variantOf") == {f"<{BASE}concept/model>"}


def test_a_data_set_has_its_languages_its_size_and_its_task() -> None:
    graph = whole_graph()
    codes = {f'"{code}"^^<{rdflib.XSD.language}>' for code in ("en", "zh-Hant")}
    assert objects(graph, "concept/tiny-mnist", "co:languageCode") == codes
    assert objects(graph, "concept/tiny-mnist", "co:itemCount") == {f'"600"^^<{rdflib.XSD.integer}>'}
    assert objects(graph, "concept/tiny-mnist", "co:forTask") == {f"<{BASE}concept/task>"}


def test_a_concept_keeps_its_former_ids_and_hides_its_misspellings() -> None:
    assert objects(whole_graph(), "concept/lora", "dcterms:replaces") == {f"<{BASE}concept/low-rank>"}
    assert objects(whole_graph(), "concept/lora", "skos:hiddenLabel") == {'"LoAR"@en'}


def test_identifiers_are_iris_and_what_has_no_place_stays_a_text() -> None:
    graph = whole_graph()
    assert objects(graph, "concept/a100", "skos:exactMatch") == {"<http://www.wikidata.org/entity/Q1>"}
    assert objects(graph, "concept/a100", "rdfs:seeAlso") == {"<https://github.com/a/b>"}
    assert objects(graph, "concept/a100", "co:identifier") == {'"other:x y"'}
    assert objects(graph, "concept/a100", "dcterms:source") == {
        "<https://arxiv.org/abs/2101.00001>", "<https://example.org/a%20b?c=1>",
    }  # fmt: skip
    assert objects(graph, "paper/arxiv-2401.00001", "schema:sameAs") == {
        "<https://arxiv.org/abs/2401.00001>", "<https://doi.org/10.1000/a%3Cb%3E%231>",
    }  # fmt: skip


def test_the_seven_roots_are_top_concepts_and_candidates_stand_apart() -> None:
    graph = whole_graph()
    assert len(objects(graph, "scheme/vocabulary", "skos:hasTopConcept")) == 7
    assert objects(graph, "concept/task", "skos:topConceptOf") == {f"<{BASE}scheme/vocabulary>"}
    assert not objects(graph, "concept/lora", "skos:topConceptOf")
    assert objects(graph, "concept/tinytune.0123abcd", "skos:inScheme") == {f"<{BASE}scheme/candidates>"}


def test_a_paper_has_one_direct_triple_for_each_concept() -> None:
    graph = whole_graph()
    assert objects(graph, "paper/arxiv-2401.00001", "co:uses") == {f"<{BASE}concept/lora>"}
    assert objects(graph, "paper/arxiv-2401.00001", "co:introduces") == {f"<{BASE}concept/tinytune.0123abcd>"}
    assert objects(graph, "paper/arxiv-2401.00001", "dc:creator") == {'"Ada Byron"', '"Alan Turing"'}


def test_a_paper_known_only_by_its_identifier_has_no_title() -> None:
    assert not objects(whole_graph(), "paper/arxiv-2106.09685", "dcterms:title")


def test_a_mention_leads_to_its_words_and_back_to_its_paper() -> None:
    at = "mention/arxiv-2401.00001/abstract/29-33"
    graph = whole_graph()
    assert objects(graph, at, "oa:hasBody") == {f"<{BASE}concept/lora>"}
    assert objects(graph, at, "co:role") == {f"<{BASE}ontology#uses>"}
    assert objects(graph, at, "co:confidence") == {f'"0.6789"^^<{rdflib.XSD.decimal}>'}
    assert objects(graph, f"{at}#target", "oa:hasSource") == {f"<{BASE}paper/arxiv-2401.00001#abstract>"}
    parts = [objects(graph, f"{at}#quote", f"oa:{name}").pop().strip('"') for name in ("prefix", "exact", "suffix")]
    assert "".join(parts) == ABSTRACT[: 33 + 32]
    assert parts[1] == "LoRA"


def test_offsets_count_code_points() -> None:
    title = "🧪 é LoRA"
    paper = row("papers", id="p", title=title, source="", position="")
    place = {"paper": "p", "field": "title", "start": 4, "end": 8, "text": "LoRA", "concept": "lora"}
    found = row("mentions", **place, role="uses", confidence=1.0, origin="vocabulary", method="name")
    graph = whole_graph(papers=[paper], mentions=[found], citations=[], concept_relations=[])
    assert objects(graph, "mention/p/title/4-8#quote", "oa:prefix") == {'"🧪 é "'}


def test_only_stated_citations_are_citos_own() -> None:
    graph = whole_graph()
    explicit = [q for q in quads(graph) if q.predicate.value == expand("cito:cites")]
    inferred = [q for q in quads(graph) if q.predicate.value == expand("co:citesInferred")]
    assert {str(q.graph_name) for q in explicit} == {f"<{BASE}graph/citations-explicit>"}
    assert {str(q.graph_name) for q in inferred} == {f"<{BASE}graph/citations-inferred>"}
    at = "citation/arxiv-2401.00001/arxiv-2106.09685/inferred"
    assert objects(graph, at, "co:evidence") == {'"It uses LoRA on an A100."'}
    assert objects(graph, at, "co:throughConcept") == {f"<{BASE}concept/lora>"}
    assert objects(graph, at, "co:throughRole") == {f"<{BASE}ontology#uses>"}


def test_a_stated_citation_has_its_words_its_purpose_and_what_is_odd_about_it() -> None:
    graph, at = whole_graph(), "citation/arxiv-2401.00001/arxiv-2106.09685/explicit"
    assert objects(graph, at, "co:evidence") == {'"Adapters of low rank [1] are cheap."'}
    assert objects(graph, at, "co:intent") == {'"background"'}
    assert objects(graph, at, "co:confidence") == {f'"1.0"^^<{rdflib.XSD.decimal}>'}
    assert objects(graph, at, "co:flag") == {'"self"', '"cycle"'}
    assert not objects(graph, at, "co:throughRole")


@pytest.mark.parametrize(
    ("told", "more"),
    [
        ({}, False),
        ({"method": "external"}, False),
        ({"method": "title"}, True),
        ({"confidence": 0.93}, True),
        ({"flags": ["forward"]}, True),
        ({"intent": "background"}, True),
        ({"evidence": "As in [1]."}, True),
    ],
)
def test_a_stated_citation_is_a_resource_of_its_own_where_there_is_more_to_say(
    told: dict[str, object], more: bool
) -> None:
    ends = {"citing": "arxiv-2401.00001", "cited": "arxiv-2106.09685", "layer": "explicit"}
    found = row("citations", **{**ends, "method": "identifier", "confidence": 1.0, **told})
    graph = whole_graph(citations=[found])
    assert objects(graph, "paper/arxiv-2401.00001", "cito:cites") == {f"<{BASE}paper/arxiv-2106.09685>"}
    assert bool(objects(graph, "citation/arxiv-2401.00001/arxiv-2106.09685/explicit", "rdf:type")) is more


def test_a_later_version_leads_to_the_earlier_one_and_says_how_it_is_known() -> None:
    graph, at = whole_graph(), "version/arxiv-2401.00001/arxiv-2106.09685"
    assert objects(graph, "paper/arxiv-2401.00001", "co:versionOf") == {f"<{BASE}paper/arxiv-2106.09685>"}
    assert objects(graph, at, "co:laterVersion") == {f"<{BASE}paper/arxiv-2401.00001>"}
    assert objects(graph, at, "co:earlierVersion") == {f"<{BASE}paper/arxiv-2106.09685>"}
    assert objects(graph, at, "co:method") == {'"authors and abstract"'}
    assert objects(graph, at, "co:confidence") == {f'"0.9123"^^<{rdflib.XSD.decimal}>'}


def test_the_description_counts_what_was_written() -> None:
    found = quads(whole_graph())
    total = [q.object for q in found if q.predicate.value == expand("void:triples") and "/dataset/" in str(q.subject)]
    assert Literal(len(found)) in total
    for part in Part:
        if part is not Part.PROVENANCE:
            name = f"<{BASE}graph/{part}>"
            counted = sum(str(q.graph_name) == name for q in found)
            said = [q.object for q in found if str(q.subject) == name and q.predicate.value == expand("void:triples")]
            assert said == [Literal(counted)]


def test_the_build_is_described_with_tool_and_hashes_and_without_a_clock() -> None:
    text = b"".join(ntriples(whole_graph(), parts=[Part.PROVENANCE])).decode()
    assert '"concite 0.0.0"' in text
    assert f'"{"ab" * 32}"' in text
    assert "dateTime" not in text


def test_parts_can_be_left_out() -> None:
    only = b"".join(nquads(whole_graph(), parts=[Part.VOCABULARY])).decode()
    assert "/graph/vocabulary>" in only
    assert "/paper/arxiv-2401" not in only
    assert (
        "oa#Annotation" not in b"".join(ntriples(whole_graph(), parts=WITHOUT_EVIDENCE)).decode().partition("void")[0]
    )


def test_another_base_takes_the_place_of_the_default_everywhere() -> None:
    text = b"".join(nquads(whole_graph(), base="https://example.org/kg/")).decode()
    assert BASE not in text
    assert "<https://example.org/kg/ontology#uses>" in text


@pytest.mark.parametrize("base", ["", "no-scheme/", "https://example.org", "https://a b/", "https://a/<x>/"])
def test_a_base_that_makes_no_iris_is_refused(base: str) -> None:
    with pytest.raises(InputError, match="no base for IRIs"):
        b"".join(ntriples(whole_graph(), base=base))


def test_a_link_to_nothing_is_refused_and_not_dropped() -> None:
    with pytest.raises(InputError, match="stands in a relation"):
        b"".join(ntriples(whole_graph(papers=[])))


@given(TEXTS, TEXTS)
def test_any_text_survives_export_and_reading(title: str, name: str) -> None:
    paper = row("papers", id="p", title=title, abstract=name, authors=[name], source=name, position="1")
    text = b"".join(ntriples(graph_of(papers=[paper]), parts=[Part.PAPERS]))
    found = list(parse(text, format=RdfFormat.N_TRIPLES))
    texts = {q.predicate.value: q.object.value for q in found if isinstance(q.object, Literal)}
    assert texts[expand("dcterms:title")] == title
    assert texts[expand("dcterms:abstract")] == name
    assert texts[expand("dc:creator")] == name


@given(TEXTS.filter(bool))
def test_any_id_becomes_an_iri_of_its_own(key: str) -> None:
    papers = [row("papers", id=each, title="T", source="", position="") for each in sorted({key, f"{key}x"})]
    found = list(parse(b"".join(ntriples(graph_of(papers=papers))), format=RdfFormat.N_TRIPLES))
    subjects = {str(q.subject) for q in found if q.predicate.value == expand("dcterms:title") and "/paper/" in str(q)}
    assert len(subjects) == 2


@given(TEXTS)
def test_any_address_becomes_an_iri(address: str) -> None:
    made = plain_iri(f"https://example.org/{address}")
    list(parse(f"<a:a> <a:b> <{made}> .", format=RdfFormat.N_TRIPLES))
    assert plain_iri(made) == made


def test_a_megabyte_of_title_survives() -> None:
    title = 'a"\\\n<' * 250_000
    paper = row("papers", id="p", title=title, source="", position="")
    found = parse(b"".join(ntriples(graph_of(papers=[paper]))), format=RdfFormat.N_TRIPLES)
    assert title in {q.object.value for q in found if isinstance(q.object, Literal)}


@pytest.mark.parametrize(
    ("date", "datatype"),
    [
        ("2024-02-29", "date"),
        ("2023-02-29", "string"),
        ("2024-02", "gYearMonth"),
        ("2024", "gYear"),
        ("spring", "string"),
    ],
)
def test_a_date_is_as_precise_as_it_was_written(date: str, datatype: str) -> None:
    paper = row("papers", id="p", title="T", date=date, source="", position="")
    found = parse(b"".join(ntriples(graph_of(papers=[paper]))), format=RdfFormat.N_TRIPLES)
    (written,) = [q.object for q in found if q.predicate.value == expand("dcterms:date")]
    assert isinstance(written, Literal)
    assert (written.value, written.datatype.value.rpartition("#")[2]) == (date, datatype)


@pytest.mark.parametrize("value", [0.0, 1.0, 0.0001, 0.123456, 1e-7])
def test_a_confidence_is_a_decimal_whatever_its_size(value: float) -> None:
    found = row(
        "citations", citing="arxiv-2401.00001", cited="arxiv-2106.09685", layer="inferred", method="m",
        confidence=value,
    )  # fmt: skip
    (written,) = objects(
        whole_graph(citations=[found]), "citation/arxiv-2401.00001/arxiv-2106.09685/inferred", "co:confidence"
    )
    digits = written.split('"')[1]
    assert "e" not in digits
    assert float(digits) == round(value, 6)


@pytest.mark.parametrize(("to", "name"), [("turtle", "turtle"), ("nt", "nt"), ("rdfxml", "xml")])
def test_rdflib_reads_the_same_triples_from_every_format(to: str, name: str, tmp_path: Path) -> None:
    write_export(whole_graph(), to, tmp_path / "file")
    read = rdflib.Graph().parse(tmp_path / "file", format=name)
    assert isomorphic(read, triples(whole_graph()))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(("to", "name"), [("nq", "nquads"), ("trig", "trig"), ("jsonld", "json-ld")])
def test_rdflib_reads_the_same_named_graphs_from_every_format(to: str, name: str, tmp_path: Path) -> None:
    write_export(whole_graph(), to, tmp_path / "file")
    read = rdflib.Dataset().parse(tmp_path / "file", format=name)
    found = {(str(g), s.n3(), p.n3(), o.n3()) for s, p, o, g in read.quads()}
    assert found == {
        (str(q.graph_name)[1:-1], *map(_n3, (q.subject, q.predicate, q.object))) for q in quads(whole_graph())
    }


def _n3(term: object) -> str:
    data = f"<a:a> <a:b> {term} ." if not str(term).startswith("_") else ""
    return next(rdflib.Graph().parse(data=data, format="nt").objects()).n3()


def test_json_ld_is_written_under_the_published_context(tmp_path: Path) -> None:
    from concite.ontology.schema import context

    write_export(whole_graph(), "jsonld", tmp_path / "file")
    document = json.loads((tmp_path / "file").read_text())
    assert document["@context"] == context()["@context"]
    papers = next(each for each in document["@graph"] if each["@id"] == "graph:papers")["@graph"]
    paper = next(node for node in papers if node["@id"] == "paper:arxiv-2401.00001")
    assert paper["co:uses"] == "concept:lora"
    assert paper["dcterms:date"] == {"@value": "2024-02-29", "@type": "xsd:date"}


def test_rdf_xml_refuses_a_control_character_with_a_reason(tmp_path: Path) -> None:
    paper = {**PAPERS[0], "title": "bell \x07"}
    with pytest.raises(InputError, match="XML cannot hold"):
        write_export(whole_graph(papers=[paper, PAPERS[1]], mentions=[]), "rdfxml", tmp_path / "file")
    assert not list(tmp_path.iterdir())


def test_rdf_xml_takes_a_backslash_for_what_it_is(tmp_path: Path) -> None:
    paper = {**PAPERS[0], "title": "not a control: \\u0007, \\b"}
    write_export(whole_graph(papers=[paper, PAPERS[1]], mentions=[]), "rdfxml", tmp_path / "file")
    assert "not a control: \\u0007, \\b" in (tmp_path / "file").read_text()


def test_rows_written_in_slices_are_the_rows_written_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = b"".join(nquads(whole_graph()))
    monkeypatch.setattr("concite.exports.sheets.ROWS", 1)
    assert b"".join(nquads(whole_graph())) == at_once


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_rdf_gives_a_dataset_whose_graphs_are_asked_together() -> None:
    made = whole_graph().rdf()
    query = "SELECT ?c { ?p co:uses ?c . ?c skos:prefLabel ?l . ?p cito:cites ?q }"
    assert [str(found.c) for found in made.query(query)] == [f"{BASE}concept/lora"]  # type: ignore[union-attr]
    assert len(list(made.quads())) == len(quads(whole_graph()))


WRITE_ALL = """
import sys
from pathlib import Path
from concite.exports.formats import WRITERS, write_export
from tests.exports.whole import whole_graph
for name in sys.argv[2:]:
    write_export(whole_graph(), name, Path(sys.argv[1]) / name)
"""


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    names = ["csv", "gexf", "graphml", "jsonld", "neo4j", "nodelink", "nq", "nt", "pyvis", "rdfxml", "trig", "turtle"]
    written = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        command = [sys.executable, "-c", WRITE_ALL, str(folder), *names]
        subprocess.run(command, check=True, env={"PYTHONHASHSEED": seed, "PATH": ""}, cwd=GOLDEN.parents[2])
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        written.append({str(path.relative_to(folder)): path.read_bytes() for path in files})
    assert written[0] == written[1]
    assert len(written[0]) == len(names) + 3


def test_the_same_rows_in_any_layout_of_memory_give_the_same_bytes() -> None:
    graph = whole_graph()
    frames = {name: pl.concat([each.head(1), each.tail(-1)], rechunk=False) for name, each in graph.frames.items()}
    assert b"".join(nquads(KnowledgeGraph(frames, graph.manifest))) == b"".join(nquads(graph))


@pytest.mark.parametrize(
    ("option", "graphs"),
    [
        ("--vocabulary-only", {"vocabulary", "provenance"}),
        ("--without-evidence", set(Part) - {"mentions"}),
    ],
)
def test_a_variant_holds_its_named_graphs_and_is_described_as_it_is(
    option: str, graphs: set[str], tmp_path: Path
) -> None:
    whole_graph().write(tmp_path / "kg")
    done(["export", tmp_path / "kg", "--to", "nq", option, "-o", tmp_path / "out.nq"])
    found = list(parse(path=tmp_path / "out.nq", format=RdfFormat.N_QUADS))
    assert {str(quad.graph_name) for quad in found} == {f"<{BASE}graph/{name}>" for name in graphs}
    sizes = [q.object for q in found if q.predicate.value == expand("void:triples") and "/dataset/" in str(q.subject)]
    assert Literal(len(found)) in sizes


def test_two_options_that_choose_what_to_write_are_bad_usage(tmp_path: Path) -> None:
    whole_graph().write(tmp_path / "kg")
    options = ["--vocabulary-only", "--part", "papers"]
    result = run("export", tmp_path / "kg", "--to", "nt", *options, "-o", tmp_path / "x")
    assert result.status == 2
    assert "--without-evidence" in result.err
