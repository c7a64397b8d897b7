"""The query page in a real browser, with every address but the server's refused: what a person can do there."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from ..exports.server.serving import serving
from ..exports.whole import PAPERS, whole_graph
from .test_explorer import AXE, CHROMIUM, FLAGS, missing

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror='window.hacked = 1'>"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("served") / "kg"
    whole_graph(papers=[{**PAPERS[0], "venue": HOSTILE}, PAPERS[1]]).write(folder)
    with serving(folder, "--timeout", "5") as client:
        yield client


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright")
        return
    if not Path(CHROMIUM).exists():
        missing(CHROMIUM)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: "Browser", server: httpx.Client) -> "Iterator[Page]":
    """The query page; a request to anywhere else, or a fault in a script, fails the test."""
    faults: list[str] = []
    own = str(server.base_url)

    def note(address: str) -> None:
        if not address.startswith((own, "data:", "blob:")):
            faults.append(address)

    page = browser.new_context().new_page()
    page.set_default_timeout(15_000)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: note(request.url))
    page.goto(f"{own}/query")
    page.wait_for_selector("html[data-ready]")
    yield page
    assert faults == []
    page.context.close()


def write(page: "Page", query: str) -> None:
    page.get_by_test_id("query").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(query)
    page.keyboard.press("Escape")


def answer(page: "Page", selector: str = "*") -> str:
    page.wait_for_selector(f"#answer {selector}")
    return page.inner_text("#answer")


def test_an_example_is_chosen_explained_and_run(page: "Page") -> None:
    page.select_option("#examples", "what-papers-introduce")
    assert page.inner_text("#about").endswith(".")
    page.click("#run")
    assert "TinyTune" in answer(page, "table")
    assert "1 row, " in page.inner_text("#status")


def test_the_keyboard_runs_a_query_and_the_address_keeps_it(page: "Page") -> None:
    write(page, "SELECT ?n { BIND(6 * 7 AS ?n) }")
    page.keyboard.press("Control+Enter")
    assert "42" in answer(page, "table")
    again = page.context.new_page()
    again.goto(page.url)
    again.wait_for_selector("html[data-ready]")
    assert "6 * 7" in again.get_by_test_id("query").inner_text()
    again.close()


def test_a_fault_is_told_and_marked_where_it_is(page: "Page") -> None:
    write(page, "SELECT ?x {\n  ?x fo:bar ?y }")
    page.click("#run")
    assert "the prefix fo: is not known" in answer(page, ".problem")
    page.wait_for_selector(".cm-lintRange-error, .cm-lintPoint-error")
    write(page, "ASK {}")
    page.click("#run")
    assert answer(page, "p:not(.problem)") == "yes"
    assert page.locator(".cm-lintRange-error").count() == 0


def test_a_name_is_completed(page: "Page") -> None:
    write(page, "")
    page.keyboard.type("SELECT * { ?p co:citesInf")
    page.wait_for_selector(".cm-tooltip-autocomplete")
    page.wait_for_timeout(200)
    page.keyboard.press("Enter")
    assert "co:citesInferred" in page.get_by_test_id("query").inner_text()


def test_what_belongs_to_the_graph_leads_to_its_page(page: "Page") -> None:
    write(page, "SELECT ?c { ?p co:uses ?c }")
    page.click("#run")
    page.click("#answer a")
    page.wait_for_url("**/concept/lora")
    assert page.inner_text("h1") == "LoRA"


def test_an_answer_is_saved_as_a_file(page: "Page") -> None:
    write(page, "SELECT ?n { VALUES ?n { 1 2 } }")
    page.click("#run")
    with page.expect_download() as saved:
        page.click("#downloads button:has-text('CSV')")
    assert Path(saved.value.path()).read_text() == "n\n1\n2\n"
    write(page, "DESCRIBE concept:lora")
    page.click("#run")
    assert "concept:lora a" in answer(page, "pre")


def test_a_query_is_stopped(page: "Page") -> None:
    write(page, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }")
    page.click("#run")
    page.click("#stop")
    assert answer(page, ".problem") == "stopped"
    assert page.locator("#stop").is_hidden()


def test_hostile_texts_stay_texts(page: "Page") -> None:
    write(page, "SELECT ?venue { ?p prism:publicationName ?venue }")
    page.click("#run")
    assert HOSTILE in answer(page, "table")
    assert page.evaluate("window.hacked") is None


def test_the_pages_are_accessible(page: "Page", server: httpx.Client) -> None:
    if not AXE.exists():
        missing("axe-core (make explorer)")
    for path in ("/query", "/concept/lora", f"/paper/{PAPERS[0]['id']}"):
        page.goto(f"{server.base_url}{path}")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run()")["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
