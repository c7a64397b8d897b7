"""The explorer page in a real browser, without any network: what a person can find out, and that it stays safe."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from pyoxigraph import QuerySolutions

from concite.exports.examples import NETWORK, examples
from concite.exports.page import write_page
from concite.exports.sparql import graph_store, run
from concite.graph.building import build_tables, read_inputs
from concite.graph.knowledge import KnowledgeGraph
from concite.graph.papers import Paper
from concite.graph.tables import COLUMNS, frame
from concite.ontology import Vocabulary

from ..conftest import small_graph

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserType, ConsoleMessage, Dialog, Locator, Page, Request

pytestmark = pytest.mark.browser

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--headless --no-sandbox --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
WEBGL = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
AXE = Path(__file__).resolve().parents[2] / "exports" / "explorer" / "node_modules" / "axe-core" / "axe.min.js"

HOSTILE = (
    "<script>window.hacked = 1</script>",
    "</script><script>window.hacked = 2</script>",
    '"><img src=x onerror="window.hacked = 3">',
    "{{constructor.constructor('window.hacked = 4')()}} ${window.hacked = 5}",
    "<!--<script> <style> ]]> --> <svg onload=window.hacked=6>",
    "\u202egnp.exe\u202c bidi \u2066LoRA\u2069",
    "\U0001f9ea\U0001f469\u200d\U0001f52c emoji",
    "long " * 2000,
)


def missing(what: str) -> None:
    """Skip, visibly; on the build server fail."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing")
    pytest.skip(f"{what} is missing")


@pytest.fixture(scope="module")
def chromium() -> "Iterator[BrowserType]":
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright")
        return
    if not Path(CHROMIUM).exists():
        missing(CHROMIUM)
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="module")
def browser(chromium: "BrowserType") -> "Iterator[Browser]":
    browser = chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *WEBGL])
    yield browser
    browser.close()


@dataclass
class Visit:
    """A page opened for a test, with what it did that it must not."""

    page: "Page"
    faults: list[str] = field(default_factory=list)

    def part(self, name: str) -> "Locator":
        return self.page.get_by_test_id(name)

    def search(self, words: str, field: str = "search") -> "Locator":
        self.part(field).click()
        self.page.keyboard.type(words)
        return self.part("result")

    def find(self, words: str, field: str = "search") -> None:
        self.search(words, field).first.wait_for()
        self.page.keyboard.press("Enter")

    def counts(self) -> dict[str, dict[str, int]]:
        return dict(self.page.evaluate("window.concite.counts()"))

    def visible(self) -> dict[str, Any]:
        return dict(self.page.evaluate("window.concite.visible()"))

    def details(self) -> str:
        return self.part("details").inner_text()


class Visitor:
    """Opens pages with the network refused, and collects their faults."""

    def __init__(self, browser: "Browser", folder: Path) -> None:
        self.browser, self.folder, self.visits = browser, folder, list[Visit]()

    def open(
        self,
        graph: KnowledgeGraph,
        fragment: str = "",
        size: tuple[int, int] = (1280, 800),
        with_sparql: bool = False,
        **options: Any,
    ) -> Visit:
        path = self.folder / f"{id(graph)}-{with_sparql}.html"
        if not path.exists():
            write_page(graph, path, title="Three papers", with_sparql=with_sparql)
        width, height = size
        context = self.browser.new_context(viewport={"width": width, "height": height}, offline=True, **options)
        context.set_default_timeout(8000)
        visit = Visit(context.new_page())
        watch(visit)
        visit.page.goto(path.as_uri() + fragment)
        visit.part("node-count").wait_for()
        visit.page.evaluate("window.concite.ready")
        self.visits.append(visit)
        return visit


def watch(visit: Visit) -> None:
    """Note every error, every request that leaves the page, and every dialog."""

    def console(message: "ConsoleMessage") -> None:
        if message.type == "error":
            visit.faults.append(message.text)

    def request(asked: "Request") -> None:
        if not asked.url.startswith(("file:", "data:", "blob:")):
            visit.faults.append(asked.url)

    def dialog(shown: "Dialog") -> None:
        visit.faults.append(shown.message)
        shown.dismiss()

    visit.page.on("console", console)
    visit.page.on("request", request)
    visit.page.on("dialog", dialog)
    visit.page.on("pageerror", lambda problem: visit.faults.append(str(problem)))


@pytest.fixture
def visitor(browser: "Browser", tmp_path: Path) -> Iterator[Visitor]:
    visitor = Visitor(browser, tmp_path)
    yield visitor
    for visit in visitor.visits:
        assert visit.faults == []
        assert visit.page.evaluate("window.hacked") is None
        visit.page.context.close()


def test_the_page_counts_what_the_graph_counts(visitor: Visitor, graph: KnowledgeGraph) -> None:
    counts = visitor.open(graph).counts()
    mentioned = graph.concepts.filter(pl.col("id").is_in(graph.mentions["concept"].implode()))
    assert counts["nodes"].pop("paper") == len(graph.papers)
    assert counts["nodes"] == {name: len(mentioned.filter(pl.col("class") == name)) for name in counts["nodes"]}
    assert counts["roles"] == {role: len(graph.links.filter(pl.col("role") == role)) for role in counts["roles"]}
    layers = {layer: len(graph.citations.filter(pl.col("layer") == layer)) for layer in counts["layers"]}
    assert counts["layers"] == layers
    assert sum(counts["roles"].values()) == len(graph.links)


def test_search_by_label_alias_and_with_a_slip(visitor: Visitor, graph: KnowledgeGraph) -> None:
    visit = visitor.open(graph)
    visit.page.keyboard.press("/")
    for words, found in (("lora", "LoRA"), ("low-rank adaptation", "LoRA"), ("lroa", "LoRA"), ("adaptrs", "Survey")):
        visit.page.keyboard.press("Control+a")
        visit.page.keyboard.type(words)
        visit.part("result").filter(has_text=found).first.wait_for()
    visit.page.keyboard.press("Control+a")
    visit.page.keyboard.type("qqqqqq")
    visit.page.get_by_text("Nothing is named like").wait_for()
    assert visit.part("result").count() == 0


def test_search_by_keyboard_leads_to_the_details(visitor: Visitor, graph: KnowledgeGraph) -> None:
    visit = visitor.open(graph)
    visit.search("l").first.wait_for()
    visit.page.keyboard.press("ArrowDown")
    second = visit.part("result").nth(1)
    assert second.get_attribute("aria-selected") == "true"
    assert visit.part("search").get_attribute("aria-activedescendant") == second.get_attribute("id")
    name = second.locator(".option-name").inner_text()
    visit.page.keyboard.press("Enter")
    assert visit.page.locator("#details h2").inner_text() == name


def test_a_concept_shows_the_papers_and_their_words(visitor: Visitor, graph: KnowledgeGraph) -> None:
    visit = visitor.open(graph)
    visit.find("LoRA")
    assert "TinyTune: Adapting Llama 2 on One GPU" in visit.details()
    quotes = visit.part("evidence").all_inner_texts()
    assert any("built on LoRA" in quote for quote in quotes)
    assert "LoRA" in visit.part("evidence").locator("mark").all_inner_texts()


def test_a_paper_shows_every_mention_in_place(visitor: Visitor, graph: KnowledgeGraph) -> None:
    visit = visitor.open(graph)
    visit.find("TinyTune: Adapting")
    paper = graph.papers.filter(pl.col("title").str.starts_with("TinyTune"))
    own = graph.mentions.filter(pl.col("paper") == paper["id"][0])
    marks = visit.part("details").locator("button.mark")
    assert sorted(marks.all_inner_texts()) == sorted(own["text"])
    assert visit.page.locator(".abstract p").inner_text() == paper["abstract"][0]
    assert (
        visit.page.locator('a[href="https://arxiv.org/abs/2401.00001"]').get_attribute("rel") == "noopener noreferrer"
    )
    marks.filter(has_text="LoRA").first.click()
    assert visit.page.locator("#details h2").inner_text() == "LoRA"


def test_back_and_forward(visitor: Visitor, graph: KnowledgeGraph) -> None:
    visit = visitor.open(graph)
    heading = visit.page.locator("#details h2")
    visit.find("LoRA")
    visit.find("A100")
    visit.page.get_by_role("button", name="Back").click()
    heading.filter(has_text="LoRA").wait_for()
    visit.page.go_forward()
    heading.filter(has_text="A100").wait_for()


def test_the_legend_filters(visitor: Visitor, graph: KnowledgeGraph) -> None:
    visit = visitor.open(graph)
    before = visit.visible()
    visit.part("legend-technique").click()
    after = visit.visible()
    assert after["nodes"]["technique"] == 0 < before["nodes"]["technique"]
    assert after["nodes"]["paper"] == before["nodes"]["paper"]
    assert "of" in visit.part("node-count").inner_text()
    assert visit.part("legend-technique").get_attribute("aria-pressed") == "false"
    visit.page.get_by_role("button", name="reset filters").click()
    assert visit.visible() == before


def test_each_filter_leaves_what_fits(visitor: Visitor, graph: KnowledgeGraph) -> None:
    visit = visitor.open(graph)
    visit.part("role-mentions").click()
    assert visit.visible()["roles"]["mentions"] == 0
    visit.part("role-mentions").click()
    visit.part("layer-explicit").click()
    assert visit.visible()["layers"]["explicit"] == 0
    visit.part("layer-explicit").click()
    years = visit.part("year-range").locator("input")
    years.first.fill("2024")
    years.first.press("Enter")
    inside = graph.papers.filter(~pl.col("external"), pl.col("year") >= 2024)
    assert set(inside["id"]) <= set(visit.visible()["ids"])
    assert "A Survey of Adapters" not in visit.page.locator("#table").inner_text()
    hidden = set(graph.papers.filter(~pl.col("external"), pl.col("year") < 2024)["id"])
    assert not hidden & set(visit.visible()["ids"])


def test_choosing_a_hidden_node_reveals_it_and_says_so(visitor: Visitor, graph: KnowledgeGraph) -> None:
    visit = visitor.open(graph)
    visit.part("legend-hardware").click()
    assert "a100" not in visit.visible()["ids"]
    visit.find("A100")
    assert "a100" in visit.visible()["ids"]
    assert "was hidden by the legend" in visit.page.locator("#toast").inner_text()
    visit.page.get_by_role("button", name="Hide again").click()
    assert "a100" not in visit.visible()["ids"]


def test_hiding_and_taking_it_back(visitor: Visitor, graph: KnowledgeGraph) -> None:
    visit = visitor.open(graph)
    visit.find("LoRA")
    visit.page.get_by_role("button", name="Hide", exact=True).click()
    assert "lora" not in visit.visible()["ids"]
    visit.page.get_by_role("button", name=re.compile("LoRA.* again")).click()
    assert "lora" in visit.visible()["ids"]


def test_what_is_pinned_stays_whatever_the_filters_say(visitor: Visitor, graph: KnowledgeGraph) -> None:
    visit = visitor.open(graph)
    visit.find("LoRA")
    visit.page.get_by_role("button", name="Pin", exact=True).click()
    visit.part("legend-technique").click()
    shown = visit.visible()
    assert "lora" in shown["ids"]
    assert shown["nodes"]["technique"] == 1
    visit.page.get_by_role("button", name="Unpin “LoRA”").click()
    assert "lora" not in visit.visible()["ids"]


def test_a_path_with_its_steps_and_evidence(visitor: Visitor, graph: KnowledgeGraph) -> None:
    visit = visitor.open(graph)
    visit.page.get_by_role("button", name="Path", exact=True).click()
    visit.find("A100", "path-from")
    visit.find("survey of adapters", "path-to")
    result = visit.part("path-result")
    result.get_by_text("A Survey of Adapters").first.wait_for()
    assert result.get_by_test_id("evidence").count() >= 1
    assert "A100" in result.inner_text()
    assert "step" in result.inner_text()


def test_versions_of_a_paper_lead_to_each_other(visitor: Visitor, graph: KnowledgeGraph) -> None:
    survey, tuning = "arxiv-2401.00002", "arxiv-2401.00001"
    version = {"subject": survey, "relation": "versionOf", "object": tuning, "source": "title", "confidence": 0.9}
    frames = {**graph.frames, "paper_relations": frame("paper_relations", [version])}
    visit = visitor.open(KnowledgeGraph(frames, graph.manifest))
    visit.find("survey of adapters")
    visit.page.locator("section", has_text="Later version of").get_by_role("button", name="TinyTune").last.click()
    assert "TinyTune" in visit.page.locator("#details h2").inner_text()
    assert "later versions" in visit.details().lower()


def test_the_cursor_goes_on_to_the_other_end_of_a_path(visitor: Visitor, graph: KnowledgeGraph) -> None:
    visit = visitor.open(graph)
    visit.page.get_by_role("button", name="Path", exact=True).click()
    for name in ("a100", "lora"):
        visit.page.keyboard.type(name)
        visit.part("result").first.wait_for()
        visit.page.keyboard.press("Enter")
    visit.part("path-result").get_by_text("step").first.wait_for()


def test_a_path_leads_through_what_is_not_drawn(visitor: Visitor, graph: KnowledgeGraph) -> None:
    visit = visitor.open(graph)
    for name in ("paper", "technique"):
        visit.part(f"legend-{name}").click()
    visit.page.get_by_role("button", name="Path", exact=True).click()
    visit.find("A100", "path-from")
    visit.find("mmlu", "path-to")
    visit.part("path-result").get_by_text("TinyTune").first.wait_for()


def test_what_has_no_path_is_said(visitor: Visitor, graph: KnowledgeGraph) -> None:
    visit = visitor.open(graph)
    visit.page.get_by_role("button", name="Path", exact=True).click()
    visit.find("LoRA", "path-from")
    visit.find("notes on nothing", "path-to")
    visit.part("path-result").get_by_text("Nothing in the graph connects").wait_for()


def test_comparing_finds_the_papers_with_both(visitor: Visitor, graph: KnowledgeGraph) -> None:
    visit = visitor.open(graph)
    visit.find("LoRA")
    visit.page.get_by_role("button", name="Compare with…").click()
    visit.page.keyboard.type("llama 2")
    visit.part("result").first.wait_for()
    visit.page.keyboard.press("Enter")
    result = visit.part("compare-result")
    result.get_by_text("Papers with both 1").wait_for()
    assert result.get_by_test_id("evidence").count() >= 2


def test_several_are_selected_by_a_box_on_the_map(visitor: Visitor, graph: KnowledgeGraph) -> None:
    visit = visitor.open(graph)
    frame = visit.page.locator("#map").bounding_box()
    assert frame
    mouse = visit.page.mouse
    visit.page.keyboard.down("Shift")
    mouse.move(frame["x"] + 4, frame["y"] + 4)
    mouse.down()
    mouse.move(frame["x"] + frame["width"] - 4, frame["y"] + frame["height"] - 4, steps=3)
    mouse.up()
    visit.page.keyboard.up("Shift")
    heading = visit.page.locator("#details h2")
    assert heading.inner_text() == f"{len(visit.visible()['ids'])} nodes selected"
    visit.part("details").get_by_text("What these papers share").wait_for()
    visit.page.get_by_role("button", name="Clear").click()
    assert heading.inner_text() == "Three papers"


def test_several_are_selected_from_their_details(visitor: Visitor, graph: KnowledgeGraph) -> None:
    visit = visitor.open(graph)
    for name in ("LoRA", "A100"):
        visit.find(name)
        visit.page.get_by_role("button", name="Add to selection").click()
    visit.page.get_by_role("button", name="Close").click()
    assert visit.page.locator("#details h2").inner_text() == "2 nodes selected"
    assert "chosen=" in visit.page.url


def test_the_address_holds_the_state(visitor: Visitor, graph: KnowledgeGraph) -> None:
    first = visitor.open(graph)
    first.part("legend-dataset").click()
    first.part("role-mentions").click()
    first.find("LoRA")
    first.page.get_by_role("button", name="Expand").click()
    first.page.wait_for_timeout(900)
    second = visitor.open(graph, "#" + first.page.url.partition("#")[2])
    assert second.visible() == first.visible()
    assert second.details() == first.details()


@pytest.mark.parametrize(
    "fragment", ["#select=nothing-of-that-name", "#years=x&panel=y&select=%E0%A4%A&camera=a,b,c", "#&&=="]
)
def test_a_broken_address_opens_the_page_all_the_same(visitor: Visitor, graph: KnowledgeGraph, fragment: str) -> None:
    assert visitor.open(graph, fragment).visible() == visitor.open(graph).visible()


def test_the_table_lists_what_is_drawn(visitor: Visitor, graph: KnowledgeGraph) -> None:
    visit = visitor.open(graph)
    visit.page.get_by_role("button", name="Table").click()
    rows = visit.page.locator("#table tbody tr")
    shown = visit.visible()
    assert rows.count() == len(shown["ids"])
    visit.page.get_by_role("button", name=re.compile("connections")).click()
    assert rows.count() == sum(shown["roles"].values()) + sum(shown["layers"].values())
    visit.page.locator("#table .node").first.click()
    assert visit.page.locator("#details h2.title").count() == 1


def test_pictures_and_tables_can_be_saved(visitor: Visitor, graph: KnowledgeGraph, tmp_path: Path) -> None:
    visit = visitor.open(graph, accept_downloads=True)
    begins = {
        "export-png": b"\x89PNG", "export-svg": b"<svg", "export-csv-nodes": b"\xef\xbb\xbfid,class,name",
        "export-csv-connections": b"\xef\xbb\xbfpaper,title,does",
    }  # fmt: skip
    for name, start in begins.items():
        visit.page.locator(".menu summary").click()
        with visit.page.expect_download() as started:
            visit.part(name).click()
        target = tmp_path / name
        started.value.save_as(target)
        assert target.read_bytes().startswith(start), name
        visit.page.keyboard.press("Escape")
    lines = (tmp_path / "export-csv-nodes").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 1 + len(visit.visible()["ids"])


def test_the_copied_query_gives_the_papers(visitor: Visitor, graph: KnowledgeGraph) -> None:
    visit = visitor.open(graph, permissions=["clipboard-read", "clipboard-write"])
    visit.find("LoRA")
    visit.page.get_by_role("button", name="Copy SPARQL").click()
    query = visit.page.evaluate("navigator.clipboard.readText()")
    assert "https://w3id.org/concite/concept/lora>" in query
    assert "concite:introduces concite:uses concite:evaluates concite:compares concite:mentions" in query


def test_the_copied_bibtex_is_of_the_paper(visitor: Visitor, graph: KnowledgeGraph) -> None:
    visit = visitor.open(graph, permissions=["clipboard-read", "clipboard-write"])
    visit.find("TinyTune: Adapting")
    visit.page.get_by_role("button", name="Copy BibTeX").click()
    entry = visit.page.evaluate("navigator.clipboard.readText()")
    assert entry.startswith("@misc{byron2024tinytune,")
    assert "author = {Ada Byron and Alan Turing}" in entry
    assert "eprint = {2401.00001}" in entry


def test_the_map_answers_the_keyboard(visitor: Visitor, graph: KnowledgeGraph) -> None:
    visit = visitor.open(graph, reduced_motion="reduce")
    visit.page.locator("#map").focus()
    visit.page.keyboard.press("+")
    visit.page.keyboard.press("ArrowLeft")
    visit.page.wait_for_url(re.compile("camera="))
    visit.page.keyboard.press("0")
    visit.page.wait_for_url(re.compile("html$"))


def test_window_concite_selects(visitor: Visitor, graph: KnowledgeGraph) -> None:
    visit = visitor.open(graph)
    assert visit.page.evaluate("window.concite.select('lora')") is True
    assert visit.page.locator("#details h2").inner_text() == "LoRA"
    assert visit.page.evaluate("window.concite.select('no such thing')") is False
    assert visit.page.evaluate("window.concite.select(null)") is True
    assert visit.page.locator("#details h2").inner_text() == "Three papers"


def hostile(vocabulary: Vocabulary) -> KnowledgeGraph:
    """Papers all of whose fields hold what would run in a careless page."""
    papers = tuple(
        Paper(text, f"{text} We use LoRA.", authors=(text,), venue=text, source=text, position=text) for text in HOSTILE
    )
    graph = small_graph(vocabulary, papers)
    links = pl.lit(["url:javascript:alert(1)", "javascript:alert(2)", 'doi:10.1/"onclick=alert(3)'])
    return KnowledgeGraph({**graph.frames, "papers": graph.papers.with_columns(identifiers=links)})


def test_hostile_papers_stay_text(visitor: Visitor, small: Vocabulary) -> None:
    graph = hostile(small)
    visit = visitor.open(graph)
    for paper, title in graph.papers.filter(~pl.col("external")).select("id", "title").iter_rows():
        visit.page.evaluate("id => window.concite.select(id)", paper)
        assert visit.page.locator("#details h2").text_content() == title
        assert visit.page.locator("#details :is(script, img, svg[onload], style, iframe)").count() == 0
        assert visit.page.locator('#details a:not([href^="http"])').count() == 0
    visit.page.get_by_role("button", name="Table").click()
    visit.search("script").first.wait_for()
    visit.page.wait_for_timeout(200)


def test_the_policy_stops_what_was_not_written_with_the_page(visitor: Visitor, graph: KnowledgeGraph) -> None:
    visit = visitor.open(graph)
    visit.page.evaluate(
        """() => {
            const script = document.createElement('script');
            script.textContent = 'window.hacked = 7';
            document.body.append(script);
            const image = document.createElement('img');
            image.src = 'https://example.org/pixel.png';
            document.body.append(image);
        }"""
    )
    refused = visit.page.evaluate("fetch('https://example.org/').then(() => false, () => true)")
    assert refused is True
    visit.page.wait_for_timeout(200)
    assert len(visit.faults) >= 3
    blocked = ("Content Security Policy", "https://example.org/pixel.png")
    assert all(any(sign in fault for sign in blocked) for fault in visit.faults), visit.faults
    visit.faults.clear()


def drawn_around(visit: Visit, places: list[tuple[float, float]]) -> None:
    """Move the mouse along shares of the map's width and height with the button held down."""
    frame = visit.page.locator("#map").bounding_box()
    assert frame
    mouse = visit.page.mouse
    for place, (across, down) in enumerate(places):
        mouse.move(frame["x"] + across * frame["width"], frame["y"] + down * frame["height"], steps=4)
        if not place:
            mouse.down()
    mouse.up()


def test_several_are_selected_by_a_free_line_on_the_map(visitor: Visitor, graph: KnowledgeGraph) -> None:
    visit = visitor.open(graph)
    everything = len(visit.visible()["ids"])
    visit.part("pick-lasso").click()
    assert visit.part("pick-lasso").get_attribute("aria-pressed") == "true"
    drawn_around(visit, [(0.005, 0.005), (0.995, 0.005), (0.995, 0.995), (0.005, 0.995)])
    heading = visit.page.locator("#details h2")
    assert heading.inner_text() == f"{everything} nodes selected"
    visit.page.get_by_role("button", name="Clear").click()
    drawn_around(visit, [(0.01, 0.02), (0.9, 0.95), (0.01, 0.95)])
    half = int(heading.inner_text().split()[0])
    assert 0 < half < everything
    visit.page.keyboard.press("Escape")
    assert visit.part("pick-lasso").get_attribute("aria-pressed") == "false"


def ask(visit: Visit, query: str) -> "Locator":
    """Ask in the SPARQL panel, and wait for the answer."""
    visit.part("sparql-query").fill(query)
    visit.part("sparql-run").click()
    result = visit.part("sparql-result")
    result.get_by_text("Asking").wait_for(state="detached")
    return result


def opened_for_sparql(visitor: Visitor, graph: KnowledgeGraph, fragment: str = "#panel=sparql") -> Visit:
    visit = visitor.open(graph, fragment, with_sparql=True)
    visit.part("sparql-query").wait_for()
    return visit


def test_a_page_without_the_engine_has_no_tab_for_it(visitor: Visitor, graph: KnowledgeGraph) -> None:
    visit = visitor.open(graph, "#panel=sparql&query=ASK%20%7B%7D")
    assert visit.page.get_by_role("button", name="SPARQL", exact=True).count() == 0
    assert visit.page.locator("#details h2").inner_text() == "Three papers"


def test_the_page_answers_sparql_as_the_command_line_does(visitor: Visitor, graph: KnowledgeGraph) -> None:
    visit = opened_for_sparql(visitor, graph)
    store = graph_store(graph)
    for query in (
        "SELECT ?c (COUNT(?paper) AS ?n) { ?paper co:mentions ?c } GROUP BY ?c ORDER BY DESC(?n) ?c",
        "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?a ?b ?c } }",
        "SELECT ?title { ?p dcterms:title ?title } ORDER BY ?title",
    ):
        solutions = run(store, query)
        assert isinstance(solutions, QuerySolutions)
        rows = list(solutions)
        result = ask(visit, query)
        assert result.get_by_text(re.compile(rf"^{len(rows)} rows?")).count() == 1, query
        found = [str(cell) for cell in result.locator("tbody tr").first.locator("td").all_inner_texts()]
        assert len(found) == len(rows[0])
        assert found[-1] == rows[0][len(rows[0]) - 1].value


def test_the_nodes_of_an_answer_light_up_and_can_be_followed(visitor: Visitor, graph: KnowledgeGraph) -> None:
    visit = opened_for_sparql(visitor, graph)
    result = ask(visit, "SELECT ?paper ?concept { ?paper co:introduces ?concept }")
    result.get_by_text("nodes lit on the map").wait_for()
    result.get_by_role("button", name="TinyTune", exact=True).click()
    assert visit.page.locator("#details h2").inner_text() == "TinyTune"
    visit.page.go_back()
    visit.part("sparql-result").get_by_text("nodes lit on the map").wait_for()
    visit.page.get_by_role("button", name="The lit nodes as a selection").click()
    assert "nodes selected" in visit.page.locator("#details h2").inner_text()


def test_a_link_to_an_answer_asks_again(visitor: Visitor, graph: KnowledgeGraph) -> None:
    first = opened_for_sparql(visitor, graph)
    ask(first, "SELECT ?p { ?p co:uses concept:lora }").get_by_text("1 row;").wait_for()
    second = visitor.open(graph, "#" + first.page.url.partition("#")[2], with_sparql=True)
    second.part("sparql-result").get_by_text("1 row;").wait_for()
    assert "co:uses" in second.part("sparql-query").input_value()


def test_each_example_can_be_asked(visitor: Visitor, graph: KnowledgeGraph) -> None:
    visit = opened_for_sparql(visitor, graph)
    listed = visit.part("sparql-examples").locator("option").all_inner_texts()[1:]
    assert set(listed) == {each.title for each in examples() if each.needs != NETWORK}
    for title in listed:
        visit.part("sparql-examples").select_option(label=title)
        visit.part("sparql-result").get_by_text("Asking").wait_for(state="detached")
        assert visit.part("sparql-result").get_by_role("alert").count() == 0, title


def test_a_wrong_query_is_told_with_its_place(visitor: Visitor, graph: KnowledgeGraph) -> None:
    visit = opened_for_sparql(visitor, graph)
    told = ask(visit, "SELECT ?x WHERE {\n  ?x a foo:Bar .\n}").get_by_role("alert").inner_text()
    assert told.startswith("Line 2, column ")
    assert "the prefix foo: is not known" in told
    told = ask(visit, "SELECT ?x WHERE { ?x a ?y } ORDR BY ?x").get_by_role("alert").inner_text()
    assert told.startswith("Line 1, column ")
    assert ask(visit, "ASK { ?a ?b ?c }").inner_text() == "Yes."


def test_a_question_without_end_can_be_stopped(visitor: Visitor, graph: KnowledgeGraph) -> None:
    visit = opened_for_sparql(visitor, graph)
    visit.part("sparql-query").fill("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    visit.part("sparql-run").click()
    visit.page.get_by_role("button", name="Stop").click()
    visit.part("sparql-result").get_by_text("Stopped.").wait_for()
    assert ask(visit, "ASK { ?a ?b ?c }").inner_text() == "Yes."


def test_hostile_answers_stay_text(visitor: Visitor, small: Vocabulary) -> None:
    graph = hostile(small)
    visit = opened_for_sparql(visitor, graph)
    result = ask(visit, "SELECT ?paper ?title { ?paper dcterms:title ?title } ORDER BY ?title")
    shown = set(result.locator("td:last-child").all_text_contents())
    assert set(graph.papers["title"]) <= shown
    assert result.locator(":is(script, img, style, iframe, a)").count() == 0


def test_an_empty_graph_says_so(visitor: Visitor) -> None:
    visit = visitor.open(KnowledgeGraph({table: frame(table, ()) for table in COLUMNS}))
    assert "holds no papers" in visit.details()
    assert visit.part("node-count").inner_text() == "0 nodes"


def test_filters_that_leave_nothing_offer_the_way_back(visitor: Visitor, graph: KnowledgeGraph) -> None:
    visit = visitor.open(graph, "#degree=1000")
    assert visit.visible()["ids"] == []
    visit.page.locator("#nothing").get_by_role("button").click()
    assert visit.visible()["ids"]


def test_papers_without_years_are_said_to_have_none(visitor: Visitor, small: Vocabulary) -> None:
    visit = visitor.open(small_graph(small, (Paper("Undated", "We use LoRA.", source="s", position="1"),)))
    assert "carry no years" in visit.part("year-range").inner_text()
    assert visit.part("year-range").locator("input").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(360, 740), (1280, 800), (3840, 2160)])
def test_no_size_overflows_sideways(
    visitor: Visitor, graph: KnowledgeGraph, size: tuple[int, int], scheme: str
) -> None:
    visit = visitor.open(graph, "#select=lora", size=size, color_scheme=scheme)
    assert visit.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert visit.page.evaluate("document.documentElement.dataset.mode") == scheme
    for name in ("search", "details", "node-count"):
        box = visit.part(name).bounding_box()
        assert box, name
        assert 0 <= box["x"] <= box["x"] + box["width"] <= size[0] + 1, name


def test_nothing_serious_for_assistive_technology(browser: "Browser", graph: KnowledgeGraph, tmp_path: Path) -> None:
    if not AXE.exists():
        missing("axe-core (npm ci in exports/explorer)")
    visitor = Visitor(browser, tmp_path)
    for fragment in (
        "",
        "#select=lora",
        "#panel=path&from=a100&to=lora",
        "#panel=compare&compare=lora,llama-2",
        "#view=table",
        "#panel=sparql&query=SELECT%20%3Fp%20%7B%20%3Fp%20co%3Auses%20%3Fc%20%7D",
    ):
        for scheme in ("light", "dark"):
            visit = visitor.open(graph, fragment, with_sparql=True, bypass_csp=True, color_scheme=scheme)
            if "sparql" in fragment:
                visit.part("sparql-result").locator("table").wait_for()
            visit.page.evaluate(AXE.read_text(encoding="utf-8"))
            found = visit.page.evaluate("axe.run()")["violations"]
            serious = [
                (each["id"], node["target"], node["failureSummary"])
                for each in found for node in each["nodes"] if each["impact"] in ("serious", "critical")
            ]  # fmt: skip
            assert serious == [], (fragment, scheme)
            visit.page.context.close()


def test_without_webgl_the_table_takes_the_place_of_the_map(
    chromium: "BrowserType", graph: KnowledgeGraph, tmp_path: Path
) -> None:
    browser = chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, "--disable-gpu", "--disable-3d-apis"])
    visit = Visitor(browser, tmp_path).open(graph)
    assert "no WebGL" in visit.page.locator("#stage .problem").inner_text()
    assert visit.page.locator("#table tbody tr").count() == len(visit.visible()["ids"])
    visit.find("LoRA")
    assert visit.page.locator("#details h2").inner_text() == "LoRA"
    browser.close()


@pytest.fixture(scope="module")
def trending(listing: Path, bundled: Vocabulary) -> KnowledgeGraph:
    """The graph of the real listing: about a thousand nodes, no years, no references."""
    return KnowledgeGraph(*build_tables(read_inputs([str(listing)]), bundled))


@pytest.fixture(scope="module")
def sample(bundled: Vocabulary) -> KnowledgeGraph:
    """The graph of the bundled sample: years and citations."""
    return KnowledgeGraph(*build_tables(read_inputs([]), bundled))


def test_the_sample_opens_with_its_citations_and_years(visitor: Visitor, sample: KnowledgeGraph) -> None:
    visit = visitor.open(sample)
    counts = visit.counts()
    assert counts["nodes"]["paper"] == len(sample.papers)
    assert counts["layers"]["explicit"] == len(sample.citations.filter(pl.col("layer") == "explicit")) > 0
    assert visit.part("year-range").locator("input").count() == 2
    visit.find("lora")
    assert visit.page.locator("#details .bars rect").count() >= 1
    visit.find("attention is all you need")
    assert visit.page.get_by_text(re.compile(r"Cited by \(explicit\)")).count() == 1


@pytest.mark.shared
def test_which_papers_use_lora_on_llama_2(visitor: Visitor, trending: KnowledgeGraph) -> None:
    visit = visitor.open(trending)
    visit.find("lora")
    visit.page.get_by_role("button", name="Compare with…").click()
    visit.page.keyboard.type("llama 2")
    visit.part("result").first.wait_for()
    visit.page.keyboard.press("Enter")
    both = visit.part("compare-result")
    both.get_by_text("Label Supervised LLaMA Finetuning").first.wait_for()
    assert "LLaMA-2-7B" in " ".join(both.get_by_test_id("evidence").locator("mark").all_inner_texts())


@pytest.mark.shared
def test_where_a100_is_mentioned_and_why(visitor: Visitor, trending: KnowledgeGraph) -> None:
    visit = visitor.open(trending)
    visit.find("a100")
    assert visit.page.locator("#details h2").inner_text() == "A100"
    assert "A100" in " ".join(visit.part("evidence").all_inner_texts())
    assert "FlightLLM" in visit.details()


@pytest.mark.shared
def test_the_path_from_mamba_to_lora(visitor: Visitor, trending: KnowledgeGraph) -> None:
    visit = visitor.open(trending)
    visit.page.get_by_role("button", name="Path", exact=True).click()
    visit.find("mamba", "path-from")
    visit.find("lora", "path-to")
    result = visit.part("path-result")
    result.get_by_text("Mamba State-Space Models Are Lyapunov-Stable Learners").last.wait_for()
    assert result.get_by_test_id("evidence").count() >= 2


@pytest.mark.shared
def test_what_lolcats_introduces_and_on_what_evidence(visitor: Visitor, trending: KnowledgeGraph) -> None:
    visit = visitor.open(trending)
    visit.search("lolcats: on low-rank").filter(has_text="Linearizing").first.click()
    introduced = visit.page.locator("#details section").filter(has=visit.page.locator("h3", has_text="introduces"))
    assert "LoLCATs" in introduced.inner_text()
    assert "We thus propose" in introduced.get_by_test_id("evidence").first.inner_text()


@pytest.mark.shared
def test_which_data_sets_go_with_long_contexts(visitor: Visitor, trending: KnowledgeGraph) -> None:
    visit = visitor.open(trending)
    visit.find("long context")
    beside = visit.page.locator("#details .together details").filter(has_text=re.compile("^dataset"))
    assert beside.get_attribute("open") is not None
    assert beside.get_by_role("button", name="LongBench").count() == 1


@pytest.mark.shared
def test_the_listing_says_that_it_has_no_years_and_no_references(visitor: Visitor, trending: KnowledgeGraph) -> None:
    visit = visitor.open(trending)
    assert "carry no years" in visit.part("year-range").inner_text()
    assert "no reference lists" in visit.details()
    assert visit.counts()["nodes"]["paper"] == len(trending.papers)
    assert sum(visit.counts()["roles"].values()) == len(trending.links)
