"""The notebooks run, and what they count is what an independent route counts."""

import json
import math
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from importlib.resources import files
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import networkx as nx
import polars as pl
import pytest

import concite
from benchmarks import accuracy
from concite.exports.examples import example_query
from concite.graph.customs import is_custom

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
    "pairs": "together.frame.select(*'a b count a_count b_count expected npmi g2 p q'.split()).rows()",
    "sure": "len(sure)",
    "found": "found",
    "claim": "[claim['paper'], claim['concept'], len(evidence)]",
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
    "main": "main_path.frame['paper'].to_list()",
    "ranks": "ranks.rows()",
}
CONCEPTS = {
    "pairs": FIRST_LOOK["pairs"],
    "sure": "len(sure)",
    "members": "groups.frame.select('concept', 'community').rows()",
    "sizes": "sizes.select('community', 'concepts', 'papers').rows()",
    "families": "families.select('concept', 'rolled_up', 'by_name').rows()",
    "gaps": "gaps.frame.select('a', 'b', 'common').rows()",
}
TRENDS = {
    "per_year": "per_year.rows()",
    "trends": "trends.frame.select('concept', 'year', 'papers', 'of').rows()",
    "adoption": "adoption.frame.select('concept', 'year', 'papers').rows()",
    "emerging": "emerging.frame.select('concept', 'first_seen', 'before', 'recent').rows()",
    "bursts": "bursts.frame.select('concept', 'start', 'end', 'papers').rows()",
    "halved": "len(halved)",
    "reach": "reach.frame.select('hardware', 'papers', 'of').rows()",
}
QUALITY = {
    "papers": "len(papers)",
    "annotated": "annotated['right'].to_list()",
    "found": "found['right'].to_list()",
    "recall": "{row['class']: [row['recall_right'], row['recall_all']] for row in table.iter_rows(named=True)}",
    "errors": "len(errors)",
    "kinds": "kinds['count'].to_list()",
    "bins": "bins['mentions'].to_list()",
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


def assert_pairs(rows: list[list[Any]], graph: concite.KnowledgeGraph) -> None:
    """Hold the pairs of concepts against a count by hand; very general concepts are in none."""
    general = set(graph.concepts.filter("general")["id"])
    named: dict[str, set[str]] = defaultdict(set)
    for paper, concept in graph.mentions.select("paper", "concept").iter_rows():
        if concept not in general:
            named[paper].add(concept)
    papers = int((~graph.papers["external"]).sum())
    alone = Counter(concept for concepts in named.values() for concept in concepts)
    both = Counter(pair for concepts in named.values() for pair in combinations(sorted(concepts), 2))
    assert {(a, b): n for a, b, n, *_ in rows} == {pair: n for pair, n in both.items() if n >= 2}
    for a, b, n, one, other, expected, npmi, g2, p, q in rows:
        assert (one, other) == (alone[a], alone[b])
        assert expected == pytest.approx(one * other / papers)
        if n < papers:
            assert npmi == pytest.approx(math.log(n / expected) / -math.log(n / papers), abs=1e-9)
        assert g2 == pytest.approx(likelihood_ratio(n, one, other, papers), abs=1e-7)
        assert p == pytest.approx(math.erfc(math.sqrt(max(g2, 0) / 2)), rel=1e-6, abs=1e-12)
        assert p <= q <= 1


def likelihood_ratio(both: int, one: int, other: int, papers: int) -> float:
    """Twice the sum of observed times the logarithm of observed over expected, of the four cells of a table."""
    cells = [(both, one, other), (one - both, one, papers - other), (other - both, papers - one, other)]
    cells.append((papers - one - other + both, papers - one, papers - other))
    return 2 * sum(n * math.log(n * papers / (row * column)) for n, row, column in cells if n)


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

    assert_pairs(values["pairs"], graph)
    assert values["sure"] == sum(q < 0.05 and npmi > 0 for *_, npmi, _, _, q in values["pairs"])

    paper, concept, shown = values["claim"]
    here = graph.mentions.filter(paper=paper, concept=concept)
    assert set(here["role"]) == {"uses"}
    assert shown == len(here)


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
    inferred = sample.citations.filter(layer="inferred").select("citing", "cited", "concept_role")
    for citing, cited, role in inferred.rows():
        if cited in name:
            for row in (role, "all inferred"):
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
        """SELECT DISTINCT ?citing ?cited ?concept (EXISTS { ?citing cito:cites ?cited } AS ?stated) WHERE {
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
    customary = answer.filter([is_custom(unquote(each.removeprefix("concept:"))) for each in answer["concept"]])
    pairs = customary.select("citing", "cited", "stated").unique()
    rows = [(*map(unquote, (citing, cited)), stated) for citing, cited, stated in pairs.iter_rows()]
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


def test_the_main_path_is_a_chain_of_stated_citations(citations: Values, sample: concite.KnowledgeGraph) -> None:
    stated = set(sample.citations.filter(layer="explicit").select("citing", "cited").iter_rows())
    assert len(citations["main"]) > 10
    assert all((new, old) in stated for old, new in pairwise(citations["main"]))


def test_ranks_are_those_of_networkx(citations: Values, sample: concite.KnowledgeGraph) -> None:
    papers = sample.papers["id"].to_list()
    for place, layer in ((1, "explicit"), (2, "inferred")):
        cites: nx.DiGraph[str] = nx.DiGraph(sample.citations.filter(layer=layer).select("citing", "cited").rows())
        cites.add_nodes_from(papers)
        scores = nx.pagerank(cites, tol=1e-12, max_iter=1000)
        ranked = [row[0] for row in sorted(citations["ranks"], key=lambda row: row[place])]
        assert all(scores[a] >= scores[b] - 1e-7 for a, b in pairwise(ranked))


@pytest.fixture(scope="module")
def concepts(tmp_path_factory: pytest.TempPathFactory) -> Values:
    """The notebook on concepts where no listing lies beside the project."""
    return run("02_concepts", tmp_path_factory.mktemp("notebooks"), **CONCEPTS)


def test_pairs_of_concepts_are_those_counted_by_hand(concepts: Values, sample: concite.KnowledgeGraph) -> None:
    assert_pairs(concepts["pairs"], sample)
    assert concepts["sure"] == sum(q < 0.05 and npmi > 0 for *_, npmi, _, _, q in concepts["pairs"])


def test_groups_share_out_the_concepts_and_hold_together(concepts: Values, sample: concite.KnowledgeGraph) -> None:
    group = dict(concepts["members"])
    assert len(group) == len(concepts["members"])
    papers = defaultdict(set)
    for paper, concept in sample.mentions.select("paper", "concept").iter_rows():
        if concept in group:
            papers[group[concept]].add(paper)
    sizes = Counter(group.values())
    assert concepts["sizes"] == [[n, sizes[n], len(papers[n])] for n, _, _ in concepts["sizes"]]
    tied = [(a, b) for a, b, *_ in concepts["pairs"] if a in group and b in group]
    within = sum(group[a] == group[b] for a, b in tied)
    share = {n: size / len(group) for n, size in sizes.items()}
    assert within / len(tied) > 2 * sum(part**2 for part in share.values())


def test_families_roll_up_as_sparql_does(concepts: Values, sample: concite.KnowledgeGraph) -> None:
    answer = sample.query(
        """SELECT ?family (COUNT(DISTINCT ?paper) AS ?papers) WHERE {
          ?concept (skos:broader|co:variantOf)* ?family . ?family a co:Model .
          ?paper (co:introduces|co:uses|co:evaluates|co:compares|co:mentions) ?concept .
        } GROUP BY ?family"""
    )
    assert isinstance(answer, pl.DataFrame)
    rolled = {unquote(family.removeprefix("concept:")): papers for family, papers in answer.iter_rows()}
    own = dict(sample.mentions.group_by("concept").agg(pl.col("paper").n_unique()).iter_rows())
    assert concepts["families"]
    for family, papers, by_name in concepts["families"]:
        assert (papers, by_name) == (rolled[family], own.get(family, 0))


def test_what_never_met_is_in_no_paper_together(concepts: Values, sample: concite.KnowledgeGraph) -> None:
    named = defaultdict(set)
    for paper, concept in sample.mentions.select("paper", "concept").iter_rows():
        named[concept].add(paper)
    assert concepts["gaps"]
    assert not [(a, b) for a, b, _ in concepts["gaps"] if named[a] & named[b]]


@pytest.fixture(scope="module")
def trends(tmp_path_factory: pytest.TempPathFactory) -> Values:
    """The notebook on trends where no other graph is at hand."""
    return run("04_trends", tmp_path_factory.mktemp("notebooks"), **TRENDS)


def test_shares_over_the_years_are_counts_of_papers(trends: Values, sample: concite.KnowledgeGraph) -> None:
    years = dict(sample.papers.filter(~pl.col("external")).select("id", "year").iter_rows())
    named = set(sample.mentions.select("paper", "concept").iter_rows())
    of = Counter(years.values())
    counted = Counter((concept, years[paper]) for paper, concept in named)
    assert dict(trends["per_year"]) == of
    assert all((papers, total) == (counted[c, y], of[y]) for c, y, papers, total in trends["trends"])
    for concept, start, end, papers in trends["bursts"]:
        assert papers == sum(counted[concept, year] for year in range(start, end + 1))
    last = max(of)
    for concept, first, before, recent in trends["emerging"]:
        seen = [year for (each, year), papers in counted.items() if each == concept for _ in range(papers)]
        assert first == min(seen)
        assert (before, recent) == (sum(y < last - 1 for y in seen), sum(y >= last - 1 for y in seen))


def test_adoption_rolls_up_as_sparql_does(trends: Values, sample: concite.KnowledgeGraph) -> None:
    for concept in {row[0] for row in trends["adoption"]}:
        answer = sample.query(
            f"""SELECT ?year (COUNT(DISTINCT ?paper) AS ?papers) WHERE {{
              ?kind (skos:broader|co:variantOf)* concept:{concept} .
              ?paper (co:introduces|co:uses|co:evaluates|co:compares|co:mentions) ?kind .
              ?paper fabio:hasPublicationYear ?year .
            }} GROUP BY ?year"""
        )
        assert isinstance(answer, pl.DataFrame)
        counted = dict(answer.iter_rows())
        rows = {year: papers for each, year, papers in trends["adoption"] if each == concept}
        assert {year: papers for year, papers in rows.items() if papers} == counted


def test_hardware_is_counted_over_the_papers_on_large_models(trends: Values, sample: concite.KnowledgeGraph) -> None:
    any_role = "(co:introduces|co:uses|co:evaluates|co:compares|co:mentions)"
    large = f"?paper {any_role} ?model . ?model a co:Model ; co:parameterCount ?count . FILTER(?count > 1000000000)"
    answer = sample.query(
        f"""SELECT ?chip (COUNT(DISTINCT ?paper) AS ?papers) WHERE {{
          {{ SELECT DISTINCT ?paper WHERE {{ {large} }} }}
          ?paper {any_role} ?named . ?named co:variantOf* ?chip . ?chip a co:Hardware .
        }} GROUP BY ?chip"""
    )
    of = sample.query(f"SELECT (COUNT(DISTINCT ?paper) AS ?papers) WHERE {{ {large} }}")
    assert isinstance(answer, pl.DataFrame)
    assert isinstance(of, pl.DataFrame)
    counted = {unquote(chip.removeprefix("concept:")): papers for chip, papers in answer.iter_rows()}
    assert trends["reach"]
    assert all((papers, total) == (counted[chip], of.item()) for chip, papers, total in trends["reach"])


def test_sparql_and_pandas_agree(tmp_path: Path, sample: concite.KnowledgeGraph) -> None:
    names = ("used", "hardware", "cited", "family")
    wanted = {name: f"[len({name}_sparql), len({name}_pandas)]" for name in names}
    values = run("05_sparql", tmp_path, **wanted, most="used_sparql.values.tolist()", words="len(words_sparql)")
    assert all(sparql == other > 0 for sparql, other in (values[name] for name in names))
    uses = sample.links.filter(~pl.col("general"), pl.col("class") == "technique", role="uses")
    counted = Counter(uses["label"])
    assert dict(values["most"]) == {label: papers for label, papers in counted.items() if papers >= 4}
    assert values["words"] == len(sample.mentions.filter(concept="transformer", role="uses"))


def test_without_annotations_the_notebook_on_quality_says_so(tmp_path: Path) -> None:
    values = run("06_quality", tmp_path, **QUALITY)
    assert (values["papers"], values["annotated"], values["found"], values["errors"]) == (0, [], [], 0)


@pytest.mark.shared
def test_the_figures_on_quality_are_those_of_the_shared_scorer(shared: Path) -> None:
    values = run("06_quality", NOTEBOOKS, **QUALITY)
    gold = shared / "gold/seed_dev.jsonl"
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "predicted.jsonl"
        accuracy.predict(gold, predicted)
        command = [sys.executable, str(shared / "eval/score.py"), str(gold), str(predicted), "--json"]
        scored = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    precision, recall, _ = scored["span_exact"]
    assert sum(values["annotated"]) / len(values["annotated"]) == pytest.approx(recall)
    assert sum(values["found"]) / len(values["found"]) == pytest.approx(precision)
    for kind, (right, total) in values["recall"].items():
        assert right / total == pytest.approx(scored["by_class"][kind]["span_exact"][1])
        assert total == scored["by_class"][kind]["gold_spans"]
    wrong = [right for side in ("annotated", "found") for right in values[side] if not right]
    assert values["errors"] == len(wrong) == sum(values["kinds"])
    assert sum(values["bins"]) == len(values["found"])


@pytest.mark.parametrize("name", sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb")))
def test_stored_outputs_hold_nothing_that_changes(name: str) -> None:
    notebook = stored(name)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert notebook.metadata.language_info == {"name": "python"}
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert not any(cell.metadata for cell in notebook.cells)
    outputs = [output for cell in code for output in cell.outputs]
    assert any("image/png" in output.data for output in outputs) or name == "05_sparql"
    assert {output.output_type for output in outputs} <= {"display_data", "execute_result"}
    text = "\n".join(value for output in outputs for key, value in output.data.items() if key.startswith("text/"))
    assert not re.search(r"/home/|/root/|/tmp/|/work/|0x[0-9a-f]{8}", text)


def test_stored_outputs_are_of_the_bundled_sample(sample: concite.KnowledgeGraph) -> None:
    shown = [output for cell in stored("01_first_look").cells for output in cell.get("outputs", ())]
    assert f"{len(sample.papers.filter(~pl.col('external')))} papers" in shown[0].data["text/plain"]
