"""Differences: what one graph has and another has not, table by table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

KEYS: dict[str, tuple[str, ...]] = {
    "papers": ("id",),
    "concepts": ("id",),
    "concept_relations": ("subject", "relation", "object"),
    "mentions": ("paper", "field", "start", "end", "concept"),
    "citations": ("citing", "cited", "layer"),
    "paper_relations": ("subject", "relation", "object"),
}
"""The tables that are compared, and what makes two rows stand for the same thing."""
PLACES = frozenset(("source", "position"))
"""Columns that say where a row comes from, not what it tells."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed in one table; rows are told by their keys, joined by blanks."""

    table: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def differences(old: "Mapping[str, pl.DataFrame]", new: "Mapping[str, pl.DataFrame]") -> list[Difference]:
    """The differences of all tables, in the tables' order."""
    return [_difference(table, old[table], new[table]) for table in KEYS]


def _difference(table: str, old: "pl.DataFrame", new: "pl.DataFrame") -> Difference:
    keys = list(KEYS[table])
    told = [name for name in new.columns if name not in keys and not (table == "papers" and name in PLACES)]
    both = new.join(old, on=keys, suffix=" of old")
    changed = both.filter(_any_differs(told)) if told else both.clear()
    added, removed = new.join(old, on=keys, how="anti"), old.join(new, on=keys, how="anti")
    return Difference(table, *(_named(rows, keys) for rows in (added, removed, changed)))


def _any_differs(columns: list[str]) -> "pl.Expr":
    import polars as pl

    return pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name} of old")) for name in columns)


def _named(rows: "pl.DataFrame", keys: list[str]) -> tuple[str, ...]:
    return tuple(" ".join(map(str, row)) for row in rows.select(keys).sort(keys).iter_rows())


def differences_json(found: list[Difference]) -> dict[str, Any]:
    """The differences as JSON."""
    kinds = ("added", "removed", "changed")
    return {each.table: {kind: list(getattr(each, kind)) for kind in kinds} for each in found}


def differences_text(found: list[Difference], limit: int = 5) -> str:
    """The differences for reading: counts, and the first rows of each kind."""
    lines = []
    for each in found:
        counts = f"{len(each.added)} added, {len(each.removed)} removed, {len(each.changed)} changed"
        lines.append(f"{each.table}: {counts if each else 'the same'}")
        for sign, rows in (("+", each.added), ("-", each.removed), ("~", each.changed)):
            lines += [f"  {sign} {row}" for row in rows[:limit]]
            if len(rows) > limit:
                lines.append(f"  {sign} … and {len(rows) - limit} more")
    return "\n".join(lines)
