"""Roles: what a paper does with a concept, decided from all its mentions by a small linear model.

Every feature has a name that a person can read ("uses before", "last sentence"); the weights are in
`data/roles.json`, learned by `benchmarks/train_roles.py`, which says from what.
"""

import json
import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import repeat

from ..ontology.classes import Origin, Role
from .mentions import Method, Span
from .role_features import Context, features

LIKELY_NEW = 0.45
"""The probability from which an unknown concept is introduced; below it, more such are wrong than right."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A role with its probability."""

    role: Role
    confidence: float


def decide_role(context: Context, spans: Sequence[Span], own: bool, kinds: Collection[str] = ()) -> Decision:
    """The role of the concept that *spans* mention; *own* says that this paper introduced it.

    *kinds* are the concept's id and those of all that is broader.
    """
    if own or any(span.method is Method.COINED for span in spans):
        return Decision(Role.INTRODUCES, max(span.confidence for span in spans))
    may_introduce = spans[0].concept.origin is Origin.CANDIDATE
    return most_likely(features(context, spans, kinds), may_introduce)


def most_likely(found: Iterable[str], may_introduce: bool = False) -> Decision:
    """The role that the model gives to features, with its probability.

    A known concept is introduced elsewhere; an unknown one that nothing coins is introduced only where that is likely.
    """
    roles, weights = _weights()
    scores = list(_unpacked(sum(map(weights.get, found, repeat(0))), len(roles)))
    top = max(scores)
    odds = [math.exp(score - top) for score in scores]
    chances = dict(zip(roles, (each / sum(odds) for each in odds), strict=True))
    if not may_introduce or chances.get(Role.INTRODUCES, 0.0) < LIKELY_NEW:
        chances.pop(Role.INTRODUCES, None)
    best = max(chances, key=chances.__getitem__)
    return Decision(best, chances[best] / sum(chances.values()))


_THOUSAND = 1000
"""Weights count in thousandths."""
_BITS = 40
_HALF = 1 << (_BITS - 1)


def _packed(weights: Sequence[float]) -> int:
    """Some weights in one whole number, 40 bits each, so that one sum adds up all roles."""
    return sum(round(_THOUSAND * weight) << (_BITS * place) for place, weight in enumerate(weights))


def _unpacked(total: int, count: int) -> Iterator[float]:
    """The sums of weights that a sum of packed numbers holds."""
    for _ in range(count):
        lowest = ((total + _HALF) & (2 * _HALF - 1)) - _HALF
        yield lowest / _THOUSAND
        total = (total - lowest) >> _BITS


@cache
def _weights() -> tuple[tuple[Role, ...], dict[str, int]]:
    """The roles, the strongest first, and the packed weights of each feature for them, in this order."""
    text = files("concite.graph").joinpath("data/roles.json").read_text(encoding="utf-8")
    learned = {Role(role): weights for role, weights in json.loads(text)["weights"].items()}
    roles = tuple(sorted(learned, key=lambda role: role.rank))
    names = {name for weights in learned.values() for name in weights}
    return roles, {name: _packed([learned[role].get(name, 0.0) for role in roles]) for name in names}
