"""Options of reading: what a user says, or inputs tell each other, that an input's own content does not."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .bibliography import Bibliography


@dataclass(frozen=True, slots=True)
class Options:
    """How inputs are read, as far as each does not tell it itself."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """The columns of tables by what they hold: `{"title": "Titel"}`."""
    bibliography: Bibliography = field(default_factory=Bibliography)
    """What the BibTeX files that are read together define for each other."""
