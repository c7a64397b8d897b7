"""Customs of citing: how often papers that use a concept cite the paper that introduced it, as measured."""

import json
from functools import cache
from importlib.resources import files

MEASURED = "data/customs.json"
LEAST = 4
"""Times that a concept must have been seen for its own share to count."""
ENOUGH = 0.6
"""The share from which on a use is taken for a citation."""
UNKNOWN = 0.75
"""The share of concepts that were not seen so often, as measured for them together."""


def citing_share(concept: str) -> float:
    """The share of papers that cite the paper which introduced a concept, of those that use the concept.

    Common knowledge has a small one: LSTMs and BLEU are used without a reference. Estimated by Laplace's
    rule from `data/customs.json`, which `benchmarks/inference.py --learn` writes.
    """
    cited, used = _measured().get(concept, (0, 0))
    return (cited + 1) / (used + 2) if used >= LEAST else UNKNOWN


def is_custom(concept: str) -> bool:
    """Whether papers that use a concept mostly cite the paper that introduced it."""
    return citing_share(concept) >= ENOUGH


@cache
def _measured() -> dict[str, tuple[int, int]]:
    """How often each concept was cited, and how often used."""
    found = json.loads(files("concite.graph").joinpath(MEASURED).read_text(encoding="utf-8"))
    return {concept: (cited, used) for concept, (cited, used) in found.items()}
