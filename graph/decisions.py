"""Decisions: what a person says about records, kept with a graph: apart, the same, or removed."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from ..ontology.names import normalise
from .papers import InputError, Paper, digest, external_id, paper_id

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Decisions:
    """Pairs of records that are different papers, pairs that are one, and papers that shall not come back.

    A record of a pair is named by an identifier (`doi:10.1/x`), by the id of its paper, or by its
    place (`file.jsonl:7`); a removed paper by the names of its records.
    """

    apart: tuple[Pair, ...] = ()
    same: tuple[Pair, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.apart or self.same or self.removed)

    def with_more(self, **more: Iterable[Any]) -> "Decisions":
        """These decisions and more; a pair is apart or the same, as was said last."""
        parted = {name: {_ordered(pair) for pair in more.get(name, ())} for name in ("apart", "same")}
        return replace(
            self,
            apart=tuple(sorted({*self.apart, *parted["apart"]} - parted["same"])),
            same=tuple(sorted({*self.same, *parted["same"]} - parted["apart"])),
            removed=tuple(sorted({*self.removed, *more.get("removed", ())})),
        )

    def as_json(self) -> dict[str, Any]:
        """What the manifest and a file of decisions hold."""
        return {each.name: [_listed(item) for item in getattr(self, each.name)] for each in fields(self)}


UNDECIDED = Decisions()
"""Nothing is decided."""


def _ordered(pair: Iterable[str]) -> Pair:
    one, other = sorted(pair)
    return one, other


def _listed(item: str | Pair) -> str | list[str]:
    return item if isinstance(item, str) else list(item)


def parse_decisions(found: Mapping[str, Any]) -> Decisions:
    """The decisions that `as_json` wrote. Raises `ValueError` where they are none."""
    unknown = found.keys() - {each.name for each in fields(Decisions)}
    if unknown:
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
    pairs = [pair for name in ("apart", "same") for pair in found.get(name, ())]
    if not all(isinstance(pair, list) and len(pair) == 2 and all(isinstance(i, str) for i in pair) for pair in pairs):
        raise ValueError("apart and same are lists of pairs of texts")
    if not all(isinstance(name, str) for name in found.get("removed", ())):
        raise ValueError("removed is a list of texts")
    return UNDECIDED.with_more(**{name: map(_hashable, values) for name, values in found.items()})


def _hashable(item: str | list[str]) -> str | Pair:
    return item if isinstance(item, str) else _ordered(item)


def read_decisions(path: Path) -> Decisions:
    """The decisions of a JSON file. Raises `InputError`."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(found, dict):
            raise ValueError("no object")
        return parse_decisions(found)
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror})", "check its name") from error
    except (ValueError, TypeError) as error:
        advice = 'write {"apart": [["doi:10.1/a", "doi:10.1/b"]], "same": [], "removed": []}'
        raise InputError(f"{path}:1", f"no decisions ({error})", advice) from error


def record_names(paper: Paper) -> frozenset[str]:
    """Every name that a decision may call a record by."""
    place = {f"{paper.source}:{paper.position}"} if paper.source else set()
    return frozenset({*paper.identifiers, *map(external_id, paper.identifiers), *lasting_names(paper), *place})


def lasting_names(paper: Paper) -> frozenset[str]:
    """The names of a record that hold wherever it is read from: its identifiers, else its title and abstract."""
    if paper.identifiers:
        return frozenset(paper.identifiers)
    return frozenset((f"{paper_id(paper)}-{digest(normalise(paper.abstract or ''))}",))
