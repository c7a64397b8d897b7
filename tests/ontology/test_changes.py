"""Changes between two vocabularies."""

from concite.ontology import Concept, ConceptId, Vocabulary
from concite.ontology.changes import Change, Kind, changes


def concept(key: str, **fields: object) -> Concept:
    given = {"label": key, "definition": "A thing.", "broader": ("technique",), "sources": ("test",)} | fields
    return Concept.model_validate({"id": key, "concept_class": "technique", **given})


def test_a_vocabulary_differs_in_nothing_from_itself(small: Vocabulary) -> None:
    assert changes(small, small) == []


def test_what_came_and_what_went_is_told() -> None:
    found = changes(Vocabulary((concept("a"), concept("b"))), Vocabulary((concept("b"), concept("c"))))
    assert found == [Change(ConceptId("a"), Kind.REMOVED), Change(ConceptId("c"), Kind.ADDED)]


def test_an_id_that_another_concept_took_over_was_renamed() -> None:
    found = changes(Vocabulary((concept("old"),)), Vocabulary((concept("new", replaces=("old",)),)))
    assert found == [Change(ConceptId("old"), Kind.RENAMED, ("id: old → new",))]


def test_changed_fields_are_told_with_both_values() -> None:
    found = changes(
        Vocabulary((concept("a", year=2020, synonyms=("x",)),)), Vocabulary((concept("a", synonyms=("x", "y")),))
    )
    assert found == [Change(ConceptId("a"), Kind.CHANGED, ("synonyms: x → x, y", "year: 2020 → nothing"))]
