"""The notebooks run, and what they count is what an independent route counts."""

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from importlib.resources import files
from itertools import combinations
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import polars as pl
import pytest

import concite
from concite.exports.examples import example_query

nbformat = pytest.importorskip("nbformat")
pytest.importorskip("ipykernel")
NotebookClient = pytest.importorskip("nbclient").NotebookClient

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
LISTING = NOTEBOOKS / "../../shared/corpora/hf_trending_listing.txt"
Values = dict[str, Any]


def stored(name: str) -> Any:
    return nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)


def run(name: str, folder: Path, **wanted: str) -> Values:
    """What expressions give at the end of a notebook that runs in a folder."""
    notebook = stored(name)
    pairs = ", ".join(f"{key!r}: {expression}" for key, expression in wanted.items())
    notebook.cells.append(nbformat.v4.new_code_cell(f"import json\nprint(json.dumps({{{pairs}}}))"))
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources=resources).execute()
    printed = "".join(output.text for output in notebook.cells[-1].outputs if output.get("name") == "stdout")
    return dict(json.loads(printed))


FIRST_LOOK = {
    "counts": "graph.counts()",
    "reach": "dict(reach.iter_rows())",
    "named": "named.select('concept', 'papers').rows()",
    "roles": "{row['class']: {role: row[role] for role in ROLES} for row in roles.iter_rows(named=True)}",
    "pairs": "pairs.select('concept', 'concept_other', 'both', 'papers', 'papers_other', 'lift', 'npmi').rows()",
    "chances": "pairs['chance'].to_list()",
    "tested": "tested",
    "sure": "sure",
    "found": "found",
    "claim": "[claim['paper'], claim['concept'], marked(claim['paper'], claim['concept'])]",
    "names": "len(names)",
}
CITATIONS = {
    "lengths": "[len(explicit), len(inferred), len(checkable), len(confirmed), len(outside)]",
    "agreement": "agreement",
    "guessed": "guessed",
    "most": "counted.select('cited', 'explicit', 'inferred').rows()",
    "shortest": "[len(shortest) - 1, len(equally_short)]",
    "path": "shortest",
    "between": "len(between)",
    "ways": "ways",
    "shares": "share",
    "added": "added.select('cited', 'papers').rows()",
}


@pytest.fixture(scope="module")
def sample() -> concite.KnowledgeGraph:
    return concite.build()


@pytest.fixture(scope="module")
def first_look(tmp_path_factory: pytest.TempPathFactory) -> Values:
    """The first notebook where no listing lies beside the project."""
    return run("01_first_look", tmp_path_factory.mktemp("notebooks"), **FIRST_LOOK)


@pytest.fixture(scope="module")
def citations() -> Values:
    return run("03_citations", NOTEBOOKS, **CITATIONS)


@pytest.fixture(scope="module")
def lists() -> dict[str, set[str]]:
    """The reference lists of the sample's file, read without Concite."""
    text = files("concite.graph").joinpath("data/sample.jsonl").read_text(encoding="utf-8")
    records = [json.loads(line) for line in text.splitlines()]
    return {record["id"]: set(record["references"]) for record in records}


def told(graph: concite.KnowledgeGraph) -> dict[str, dict[str, str]]:
    """The roles of the concepts of each paper, general ones and groupings left out, straight from the mentions."""
    concepts = {row["id"]: row for row in graph.concepts.iter_rows(named=True)}
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for paper, concept, role in graph.mentions.select("paper", "concept", "role").iter_rows():
        if not (concepts[concept]["general"] or concepts[concept]["grouping"]):
            found[paper][concept] = role
    return found


def ancestors(graph: concite.KnowledgeGraph) -> Callable[[str], set[str]]:
    relations = ("broader", "variantOf", "basedOn", "partOf")
    above = defaultdict(set)
    for subject, relation, target in graph.concept_relations.select("subject", "relation", "object").iter_rows():
        if relation in relations:
            above[subject].add(target)

    def of(concept: str) -> set[str]:
        reached: set[str] = set()
        waiting = [concept]
        while waiting:
            new = above[waiting.pop()] - reached
            reached |= new
            waiting += new
        return reached

    return of


def hypergeometric(both: int, all_papers: int, one: int, other: int) -> float:
    """The chance of so many papers in common, or more, counted out."""
    ways = sum(math.comb(one, k) * math.comb(all_papers - one, other - k) for k in range(both, min(one, other) + 1))
    return ways / math.comb(all_papers, other)


def assert_first_look(values: Values, graph: concite.KnowledgeGraph) -> None:
    roles = told(graph)
    classes = dict(graph.concepts.select("id", "class").iter_rows())
    assert values["counts"] == graph.counts()
    assert values["found"] == len(graph.mentions)
    by_concept = Counter(concept for concepts in roles.values() for concept in concepts)
    assert dict(values["named"]) == by_concept
    assert values["reach"] == Counter(kind for concepts in roles.values() for kind in {classes[c] for c in concepts})
    by_role = Counter((classes[c], role) for concepts in roles.values() for c, role in concepts.items())
    assert {(kind, role): n for kind, row in values["roles"].items() for role, n in row.items() if n} == by_role

    often = sorted(concept for concept, papers in by_concept.items() if papers >= 4)
    above = ancestors(graph)
    apart = [(a, b) for a, b in combinations(often, 2) if a not in above(b) and b not in above(a)]
    assert values["tested"] == len(apart)
    both = Counter(pair for concepts in roles.values() for pair in combinations(sorted(concepts), 2))
    found = {(a, b): numbers for a, b, *numbers in values["pairs"]}
    assert {pair: numbers[0] for pair, numbers in found.items()} == {pair: both[pair] for pair in apart if both[pair]}
    papers = int((~graph.papers["external"]).sum())
    chances = []
    for (a, b), (together, one, other, lift, npmi) in found.items():
        share = together / papers
        expected = share / (by_concept[a] / papers * by_concept[b] / papers)
        assert (one, other) == (by_concept[a], by_concept[b])
        assert lift == pytest.approx(expected)
        assert npmi == pytest.approx(math.log(expected) / -math.log(share), abs=1e-9)
        chances.append(hypergeometric(together, papers, one, other))
    assert values["chances"] == pytest.approx(chances)
    below = [rank for rank, chance in enumerate(sorted(chances), 1) if chance <= 0.05 * rank / len(apart)]
    assert values["sure"] == max(below, default=0)
    assert values["names"] <= 20

    paper, concept, shown = values["claim"]
    here = graph.mentions.filter(paper=paper, concept=concept)
    assert set(here["role"]) == {"uses"}
    assert shown.count("<mark>") == len(here)


def test_the_first_look_counts_what_the_mentions_say(first_look: Values, sample: concite.KnowledgeGraph) -> None:
    assert_first_look(first_look, sample)


def test_the_first_look_counts_what_sparql_counts(first_look: Values, sample: concite.KnowledgeGraph) -> None:
    answer = sample.query(
        """SELECT ?class ?role (COUNT(*) AS ?links) WHERE {
          VALUES ?property { co:introduces co:uses co:evaluates co:compares co:mentions }
          ?paper ?property ?concept . ?concept a ?type . FILTER(?type != skos:Concept)
          FILTER NOT EXISTS { ?concept co:general true } FILTER NOT EXISTS { ?concept co:grouping true }
          BIND(LCASE(STRAFTER(STR(?type), "#")) AS ?class) BIND(STRAFTER(STR(?property), "#") AS ?role)
        } GROUP BY ?class ?role"""
    )
    assert isinstance(answer, pl.DataFrame)
    counted = {(kind, role): links for kind, role, links in answer.iter_rows()}
    assert counted == {(kind, role): n for kind, row in first_look["roles"].items() for role, n in row.items() if n}


@pytest.mark.shared
def test_the_first_look_takes_the_listing_where_it_lies_beside_the_project(shared: Path) -> None:
    values = run("01_first_look", NOTEBOOKS, **FIRST_LOOK)
    graph = concite.build([shared / "corpora" / LISTING.name])
    assert values["counts"]["papers"] == 151
    assert_first_look(values, graph)


def test_citations_are_those_of_the_file_and_of_sparql(
    citations: Values, sample: concite.KnowledgeGraph, lists: dict[str, set[str]]
) -> None:
    explicit, inferred, checkable, confirmed, outside = citations["lengths"]
    assert explicit == sum(map(len, lists.values()))
    answer = sample.query(example_query("inferred-and-stated"))
    assert isinstance(answer, pl.DataFrame)
    stating = set(sample.citations.filter(layer="explicit")["citing"])
    assert answer.rows() == [
        (confirmed, len(sample.citations.filter(pl.col("citing").is_in(list(stating)), layer="inferred")))
    ]
    assert inferred == checkable + outside == len(sample.citations.filter(layer="inferred"))
    assert sum(papers for _, papers in citations["added"]) == outside


def test_precision_by_role_is_what_the_reference_lists_give(
    citations: Values, sample: concite.KnowledgeGraph, lists: dict[str, set[str]]
) -> None:
    name = {key: next(i for i in names if i in lists) for key, names in in_sample(sample, lists)}
    expected: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for citing, cited, method in sample.citations.filter(layer="inferred").select("citing", "cited", "method").rows():
        if cited in name:
            for row in (method.split()[0], "all inferred"):
                expected[row][0] += name[cited] in lists[name[citing]]
                expected[row][1] += 1
    given = {row: counts for row, counts in citations["agreement"].items() if not row.startswith("mentions")}
    assert given == expected

    years = dict(sample.papers.select("id", "year").iter_rows())
    shares = []
    for cited in sample.citations.filter(layer="inferred")["cited"]:
        if cited in name:
            able = [citing for citing in name if citing != cited and years[citing] >= years[cited]]
            shares.append(sum(name[cited] in lists[name[citing]] for citing in able) / len(able))
    assert citations["guessed"] == pytest.approx(sum(shares) / len(shares))


def test_mere_mentions_are_checked_against_the_same_lists(
    citations: Values, sample: concite.KnowledgeGraph, lists: dict[str, set[str]]
) -> None:
    answer = sample.query(
        """SELECT DISTINCT ?citing ?cited (EXISTS { ?citing cito:cites ?cited } AS ?stated) WHERE {
          ?citing co:mentions ?concept . ?concept co:variantOf* ?family . ?family co:introducedIn ?cited .
          FILTER NOT EXISTS { ?concept co:variantOf* ?nearer . ?nearer co:introducedIn ?other .
            ?nearer co:variantOf+ ?family }
          FILTER NOT EXISTS { ?citing co:citesInferred ?cited }
          FILTER(?citing != ?cited)
          FILTER EXISTS { { ?cited cito:cites ?any } UNION { ?cited dcterms:abstract ?text } }
        }"""
    )
    assert isinstance(answer, pl.DataFrame)
    years = {f"paper:{key}": year for key, year in sample.papers.select("id", "year").iter_rows()}
    rows = [(*map(unquote, (citing, cited)), stated) for citing, cited, stated in answer.iter_rows()]
    able = [stated for citing, cited, stated in rows if years[cited] <= years[citing]]
    assert citations["agreement"]["mentions (not inferred)"] == [sum(able), len(able)]


def in_sample(graph: concite.KnowledgeGraph, lists: dict[str, set[str]]) -> list[tuple[str, list[str]]]:
    rows = graph.papers.filter(~pl.col("external")).select("id", "identifiers").rows()
    assert len(rows) == len(lists)
    return rows


def test_the_most_cited_papers_are_those_of_the_file(
    citations: Values, sample: concite.KnowledgeGraph, lists: dict[str, set[str]]
) -> None:
    cited = Counter(reference for references in lists.values() for reference in references)
    expected = {key: next(cited[i] for i in names if i in lists) for key, names in in_sample(sample, lists)}
    assert {key: explicit for key, explicit, _ in citations["most"]} == expected
    inferred = Counter(sample.citations.filter(layer="inferred")["cited"])
    assert {key: count for key, _, count in citations["most"]} == {key: inferred[key] for key in expected}


def test_paths_are_those_that_a_search_by_hand_finds(citations: Values, lists: dict[str, set[str]]) -> None:
    new, old = "arxiv:2501.12948", "arxiv:1409.0473"
    reached = {new: (0, 1)}
    level = [new]
    while old not in reached:
        ways: Counter[str] = Counter()
        for citing in level:
            for cited in lists[citing] - set(reached):
                ways[cited] += reached[citing][1]
        reached |= {cited: (reached[level[0]][0] + 1, count) for cited, count in ways.items()}
        level = list(ways)
    assert citations["shortest"] == list(reached[old])
    assert len(citations["path"]) == reached[old][0] + 1

    ways_on = paths_to(old, new, lists)
    assert citations["ways"] == ways_on[new]
    assert citations["between"] == sum(count > 0 for count in ways_on.values())
    over = "arxiv:1706.03762"
    round_it = paths_to(old, new, {paper: references - {over} for paper, references in lists.items()})
    assert citations["shares"]["arxiv-1706.03762"] == pytest.approx(1 - round_it[new] / ways_on[new])


def paths_to(old: str, new: str, lists: dict[str, set[str]]) -> dict[str, int]:
    """The number of paths to an old paper from a new one and from all that it leads to."""
    known = {old: 1}

    def count(paper: str) -> int:
        if paper not in known:
            known[paper] = sum(count(cited) for cited in lists[paper])
        return known[paper]

    count(new)
    return known


@pytest.mark.parametrize("name", ["01_first_look", "03_citations"])
def test_stored_outputs_hold_nothing_that_changes(name: str) -> None:
    notebook = stored(name)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert notebook.metadata.language_info == {"name": "python"}
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert not any(cell.metadata for cell in notebook.cells)
    outputs = [output for cell in code for output in cell.outputs]
    assert any("image/png" in output.data for output in outputs)
    assert {output.output_type for output in outputs} <= {"display_data", "execute_result"}
    text = "\n".join(value for output in outputs for key, value in output.data.items() if key.startswith("text/"))
    assert not re.search(r"/home/|/root/|/tmp/|/work/|0x[0-9a-f]{8}", text)


def test_stored_outputs_are_of_the_bundled_sample(sample: concite.KnowledgeGraph) -> None:
    shown = [output for cell in stored("01_first_look").cells for output in cell.get("outputs", ())]
    assert f"{len(sample.papers.filter(~pl.col('external')))} papers" in shown[0].data["text/plain"]
