"""IRIs: valid, distinct for distinct things, and under whatever base is chosen."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concite.ontology import ConceptClass, Relation, Role
from concite.ontology.terms import (
    BASE,
    CLASS_NAMES,
    class_iri,
    concept_iri,
    paper_iri,
    plain_iri,
    relation_iri,
    role_iri,
    term_iri,
)

VALID = re.compile(r"[^\x00-\x20<>\"{}|\\^`\x7f]+")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


def test_iris_stand_under_the_base() -> None:
    assert concept_iri("lora") == "https://w3id.org/concite/concept/lora"
    assert paper_iri("arxiv-2106.09685") == "https://w3id.org/concite/paper/arxiv-2106.09685"
    assert term_iri("variantOf") == "https://w3id.org/concite/ontology#variantOf"
    assert class_iri(ConceptClass.DATASET) == term_iri("Dataset")
    assert role_iri(Role.USES) == term_iri("uses")
    assert relation_iri(Relation.VARIANT_OF) == term_iri("variantOf")
    assert concept_iri("lora", "http://example.org/") == "http://example.org/concept/lora"


def test_broader_is_the_property_of_skos() -> None:
    assert relation_iri(Relation.BROADER) == "http://www.w3.org/2004/02/skos/core#broader"
    assert relation_iri(Relation.BROADER, "http://example.org/") == relation_iri(Relation.BROADER)


def test_every_class_role_and_relation_has_an_iri_of_its_own() -> None:
    assert set(CLASS_NAMES) == set(ConceptClass)
    found = [*map(class_iri, ConceptClass), *map(role_iri, Role), *map(relation_iri, Relation)]
    assert len(set(found)) == len(found)


@given(TEXTS)
def test_iris_hold_only_what_an_iri_may(text: str) -> None:
    for iri in (concept_iri(text), paper_iri(text), plain_iri(text)):
        assert VALID.fullmatch(iri)


@given(TEXTS, TEXTS)
def test_different_ids_have_different_iris(one: str, other: str) -> None:
    assert (concept_iri(one) == concept_iri(other)) == (one == other)
    assert (paper_iri(one) == paper_iri(other)) == (one == other)


@given(TEXTS)
def test_an_id_never_leaves_its_place_under_the_base(text: str) -> None:
    assert not set(concept_iri(text).removeprefix(f"{BASE}concept/")) & set("/?#")
    assert not set(paper_iri(text).removeprefix(f"{BASE}paper/")) & set("/?#")


@pytest.mark.parametrize(
    ("address", "iri"),
    [
        ("https://doi.org/10.1234/ab(c)", "https://doi.org/10.1234/ab(c)"),
        ("https://doi.org/10.1234/<a>", "https://doi.org/10.1234/%3Ca%3E"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
        ("https://example.org/100%", "https://example.org/100%25"),
    ],
)
def test_an_address_keeps_all_that_an_iri_may_hold(address: str, iri: str) -> None:
    assert plain_iri(address) == iri


@given(TEXTS)
def test_making_an_address_an_iri_twice_changes_nothing(text: str) -> None:
    assert plain_iri(plain_iri(text)) == plain_iri(text)
