"""The reference page: it says all that the ontology says, is current, and is fit for every reader."""

from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import OWL, RDF

from concite.ontology.reference import OWN, reference_page
from concite.ontology.schema import declared, ontology_text, terms
from concite.ontology.vocabulary import bundled_folder

from ..concite.helpers import done, error

DOCUMENT = Path(__file__).parents[2] / "docs" / "ontology.html"


class Page(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def values(self, attribute: str) -> list[str]:
        return [value for _, found in self.elements if (value := found.get(attribute))]


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(reference_page())


def test_the_committed_page_is_current() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == reference_page(), (
        "run concite ontology reference -o docs/ontology.html"
    )


def test_every_term_of_our_own_has_its_place_under_its_own_name(page: Page) -> None:
    ontology = rdflib.Graph().parse(data=ontology_text())
    own = {str(term).removeprefix(OWN) for term in ontology.subjects(RDF.type) if str(term).startswith(OWN)}
    assert own <= set(page.values("id"))
    for kind in ("classes", "roles", "relations", "attributes", "links"):
        for name, entry in terms()[kind].items():
            assert entry["definition"] in page.text, name


def test_every_mapping_stands_with_its_reason(page: Page) -> None:
    entries = [
        entry for kind in ("classes", "roles", "relations", "attributes", "links") for entry in terms()[kind].values()
    ]
    mappings = [mapping for entry in entries for mapping in entry.get("maps", ())]
    assert mappings
    for mapping in mappings:
        relation, target, reason = mapping.split(" ", 2)
        assert relation in page.text
        assert f"{target} {reason}" in page.text


def test_links_within_the_page_lead_somewhere_and_nothing_is_loaded(page: Page) -> None:
    places = set(page.values("id"))
    assert {address[1:] for address in page.values("href") if address.startswith("#")} <= places
    assert not [tag for tag, _ in page.elements if tag in ("script", "link", "img", "iframe")]
    assert not max(Counter(page.values("id")).values()) > 1


def test_headings_go_down_one_step_at_a_time(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.elements if tag in ("h1", "h2", "h3", "h4")]
    main = levels[levels.index(1) :]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(main))
    assert ("html", {"lang": "en"}) in page.elements


def test_the_examples_parse_and_use_only_what_is_declared() -> None:
    found = rdflib.Graph().parse(bundled_folder() / "examples.ttl")
    classes, properties = declared()
    assert {str(term) for term in found.objects(None, RDF.type)} <= classes
    assert {str(term) for term in found.predicates()} <= properties


def test_the_examples_stand_on_the_page(page: Page) -> None:
    assert page.text.count('skos:prefLabel "Mill 9"@en') == 1
    assert len([tag for tag, _ in page.elements if tag == "pre"]) == 6


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    done(["ontology", "reference", "-o", tmp_path / "page.html"])
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == reference_page()
    assert "cannot be written" in error(1, "ontology", "reference", "-o", tmp_path / "none" / "page.html")


def test_the_ontology_says_nothing_that_the_page_leaves_out(page: Page) -> None:
    ontology = rdflib.Graph().parse(data=ontology_text())
    kinds = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty}
    named = {str(term) for kind in kinds for term in ontology.subjects(RDF.type, kind)}
    shown = {OWN + name for name in page.values("id")} | set(page.values("href"))
    assert named <= shown
