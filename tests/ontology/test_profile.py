"""OWL 2 DL: the ontology keeps to it, by rules of our own and, where it is installed, by the OWL API."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from rdflib import Graph

from concite.ontology.schema import ontology_text
from concite.ontology.vocabulary import bundled_folder

from .profile import faults

JARS = Path(os.environ.get("CONCITE_OWLAPI", "/usr/share/java"))
"""Where Debian's package libowlapi-java puts the OWL API."""
PREFIXES = "".join(line for line in ontology_text().splitlines(keepends=True) if line.startswith("@prefix"))
BREACHES = {
    "an undeclared class above": "co:Model rdfs:subClassOf co:Nowhere .",
    "an undeclared class in the domain": "co:uses rdfs:domain co:Nowhere .",
    "a datatype for a thing": "co:uses rdfs:range xsd:string .",
    "a class for a text": "co:layer rdfs:range co:Model .",
    "a datatype that OWL 2 lacks": "co:introducedYear rdfs:range xsd:gYear .",
    "a property of two kinds": "co:layer a owl:ObjectProperty .",
    "a class that is a datatype": "co:Model a rdfs:Datatype .",
    "a relation below a fact": "co:uses rdfs:subPropertyOf co:layer .",
    "an undeclared property": 'co:Model co:nowhere "x" .',
    "a text for a relation": 'co:uses co:role "x" .',
    "a thing for a fact": "co:uses co:layer co:Model .",
    "a thing of an undeclared class": "co:uses a co:Nowhere .",
    "something said of RDF itself": "rdf:type rdfs:subPropertyOf co:mentions .",
    "a blank node": "co:Model rdfs:subClassOf [] .",
    "an import": "<https://w3id.org/concite/ontology> owl:imports <https://example.org/> .",
    "a second ontology": "<https://example.org/> a owl:Ontology .",
}


def test_the_ontology_keeps_to_owl_2_dl() -> None:
    assert list(faults(Graph().parse(data=ontology_text()))) == []


@pytest.mark.parametrize("breach", BREACHES.values(), ids=BREACHES)
def test_a_breach_is_found(breach: str) -> None:
    assert list(faults(Graph().parse(data=ontology_text() + PREFIXES + breach)))


@pytest.fixture(scope="module")
def owlapi() -> list[str]:
    """The command that asks the OWL API; tests that need it skip visibly where it is not."""
    jars = [str(path) for path in sorted(JARS.glob("*.jar"))]
    if not shutil.which("java") or not any("owlapi-api" in jar for jar in jars):
        pytest.skip("Java and the OWL API (Debian: libowlapi-java) are not installed")
    return ["java", "-cp", ":".join(jars), str(Path(__file__).with_name("Profile.java"))]


@pytest.mark.slow
def test_the_owl_api_finds_no_violation(owlapi: list[str]) -> None:
    command = [*owlapi, str(bundled_folder() / "ontology.ttl")]
    found = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    assert [line for line in found[:-1] if line] == []
    assert int(found[-1].split()[0]) > 300


@pytest.mark.slow
def test_the_owl_api_finds_a_violation_where_one_is(owlapi: list[str], tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text(ontology_text() + PREFIXES + "co:layer a owl:ObjectProperty .", encoding="utf-8")
    found = subprocess.run([*owlapi, str(path)], check=True, capture_output=True, text=True).stdout.splitlines()
    assert len(found) > 1
