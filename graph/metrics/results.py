"""What an analysis answers: a frame, and sentences on what it counts and what it leaves out."""

from dataclasses import dataclass, field
from html import escape

import polars as pl


class MetricError(ValueError):
    """A question that the graph cannot be asked: an unknown paper or concept, or a parameter out of range."""


@dataclass(frozen=True)
class Result:
    """The answer of an analysis; its columns stand in the docstring of the function that gave it."""

    name: str
    frame: pl.DataFrame = field(repr=False)
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "\n".join((f"{self.name}:", *self.notes, repr(self.frame)))

    def _repr_html_(self) -> str:
        notes = "".join(f"<p>{escape(note)}</p>" for note in self.notes)
        return f"{notes}{self.frame._repr_html_()}"
