"""Concite: a pile of machine-learning papers as one citation and concept knowledge graph."""
