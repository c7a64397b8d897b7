"""Classes of unknown names: what the text calls them, else how they end."""

from concite.graph.name_classes import class_of
from concite.ontology import ConceptClass


def test_what_nothing_tells_the_class_of_is_a_technique() -> None:
    assert class_of("Wombat", "Wombat digs.") is ConceptClass.TECHNIQUE
    assert class_of("Wombat", "", "A Benchmark for Digging") is ConceptClass.DATASET


def test_what_a_text_says_beside_a_name_tells_its_class() -> None:
    assert class_of("Wombat", "Wombat, a digging platform featuring an architecture") is ConceptClass.SOFTWARE
    assert class_of("Wombat", "long words (Wombat), a large database of burrows") is ConceptClass.DATASET
    assert class_of("WombatSAM", "WombatSAM digs.") is ConceptClass.MODEL
