"""Classes of unknown names: what the text calls them, else how they end."""

from concite.graph.name_classes import class_of
from concite.ontology import ConceptClass


def test_what_nothing_tells_the_class_of_is_a_technique() -> None:
    assert class_of("Wombat", "Wombat digs.") is ConceptClass.TECHNIQUE
    assert class_of("Wombat", "", "A Benchmark for Digging") is ConceptClass.DATASET
