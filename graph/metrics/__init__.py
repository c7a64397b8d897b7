"""Analyses of a knowledge graph, each from a module of its own; every answer is a `Result`."""

from .adoption import adoption
from .bursts import bursts
from .communities import community_sizes, concept_communities, paper_communities
from .cooccurrence import Significance, cooccurrence
from .coupling import Coupling, similarity
from .emergence import emerging
from .half_lives import half_lives
from .hardware import hardware_reach
from .main_path import main_path
from .missing_links import missing_links
from .novelty import novel_pairs, paper_novelty
from .ranking import hits, pagerank
from .results import MetricError, Result
from .selection import Selection
from .trends import trends

__all__ = [
    "Coupling",
    "MetricError",
    "Result",
    "Selection",
    "Significance",
    "adoption",
    "bursts",
    "community_sizes",
    "concept_communities",
    "cooccurrence",
    "emerging",
    "half_lives",
    "hardware_reach",
    "hits",
    "main_path",
    "missing_links",
    "novel_pairs",
    "pagerank",
    "paper_communities",
    "paper_novelty",
    "similarity",
    "trends",
]
