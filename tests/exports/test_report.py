"""The report: all questions on one page, true to the analyses, with nothing that runs or is loaded."""

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import polars as pl
import pytest

import concite
from concite.exports.kinship import apart
from concite.exports.report import QUESTIONS, report_html, write_report
from concite.graph.papers import Paper

from ..concite.helpers import done, error
from ..conftest import small_graph
from ..graph.helpers import VOCABULARY
from .test_formats import hostile

pytest.importorskip("matplotlib")


class Page(HTMLParser):
    """The elements and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.ids: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def sample() -> concite.KnowledgeGraph:
    return concite.build()


@pytest.fixture(scope="module")
def page(sample: concite.KnowledgeGraph) -> str:
    return report_html(sample)


def test_every_question_is_answered_with_a_picture(page: str) -> None:
    assert all(f"{question.heading}</h2>" in page for question in QUESTIONS)
    assert page.count("<figure") == page.count("<svg") == len(QUESTIONS)
    assert "nothing to draw" not in page


def test_the_figures_are_those_of_the_analyses(page: str, sample: concite.KnowledgeGraph) -> None:
    best = apart(sample, sample.cooccurrence().frame).row(0, named=True)
    assert f"<td>{best['a_label']}</td><td>{best['b_label']}</td><td>{best['count']}</td>" in page
    first = sample.pagerank().frame.row(0, named=True)
    assert f"<td>{first['title']}</td><td>{first['year']}</td><td>{first['cited']}</td>" in page
    links = sample.links.filter(~pl.col("general") & ~pl.col("grouping"), pl.col("class") == "hardware")
    label, papers = links.group_by("label").len().sort("len", "label", descending=[True, False]).row(0)
    assert f"<li>{label} ({papers})</li>" in page


def test_nothing_runs_and_nothing_is_loaded(page: str) -> None:
    assert """content="default-src &#39;none&#39;; style-src""" in page
    elements = Page(page).elements
    assert not {"script", "link", "iframe", "object", "img", "form"} & set(elements)
    assert not re.search(r'(?:href|src)="(?!#|data:image/png)', page)
    assert not re.search(r"url\((?!#)", page)


def test_every_id_is_there_once_and_every_reference_leads_to_one(page: str) -> None:
    ids = Page(page).ids
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', page)) <= {(i, "") for i in ids} | {("", i) for i in ids}


def test_the_same_graph_gives_the_same_bytes(page: str, sample: concite.KnowledgeGraph) -> None:
    assert report_html(sample) == page


def test_hostile_names_stay_text() -> None:
    graph = hostile()
    page = report_html(graph, "<script>alert(1)</script>")
    found = Page(page)
    assert not {"script", "img", "iframe"} & set(found.elements)
    assert "<script>alert(1)</script>" in found.text


def test_papers_without_years_and_citations_are_told_so() -> None:
    papers = tuple(Paper(f"Paper {n}", "We use LoRA and Llama 2 7B on an A100 for MMLU.") for n in range(6))
    small = small_graph(VOCABULARY, papers)
    text = Page(report_html(concite.KnowledgeGraph(small.frames, small.manifest))).text
    assert "None of the 6 papers has a year" in text
    assert "There is nothing to draw." in text


@pytest.mark.parametrize("papers", [(), (Paper("Notes on Nothing"),)])
def test_a_graph_of_next_to_nothing_has_a_report(papers: tuple[Paper, ...]) -> None:
    small = small_graph(VOCABULARY, papers)
    page = report_html(concite.KnowledgeGraph(small.frames, small.manifest))
    assert page.count("There is nothing to draw.") == len(QUESTIONS)


def test_the_command_writes_the_page(tmp_path: Path, graph: concite.KnowledgeGraph) -> None:
    graph.write(tmp_path / "g")
    ran = done(["report", tmp_path / "g", "-o", tmp_path / "r.html", "--title", "Three papers"])
    assert "r.html" in ran.err
    written = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "<title>Three papers</title>" in written
    write_report(concite.load(tmp_path / "g"), tmp_path / "again.html", "Three papers")
    assert (tmp_path / "again.html").read_text(encoding="utf-8") == written


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, graph: concite.KnowledgeGraph) -> None:
    graph.write(tmp_path / "g")
    assert "cannot be written" in error(1, *["report", tmp_path / "g", "-o", tmp_path / "no" / "r.html"])


def test_without_matplotlib_one_line_says_what_to_install(tmp_path: Path, graph: concite.KnowledgeGraph) -> None:
    graph.write(tmp_path / "g")
    code = "import sys; sys.modules['matplotlib'] = None; from concite.cli import main; main()"
    command = [sys.executable, "-c", code, "report", str(tmp_path / "g"), "-o", str(tmp_path / "r.html")]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert ran.stderr == "concite: matplotlib: is not installed; install it: pip install 'concite[plots]'\n"
    assert not (tmp_path / "r.html").exists()
