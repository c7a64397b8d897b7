"""The style of the plots: shades that can be told apart in grey, and pictures that need no window."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from textwrap import fill
from typing import TYPE_CHECKING, Any

import matplotlib
from matplotlib.figure import Figure

from ...graph.papers import InputError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DARK, MIDDLE, LIGHT = "#1f3a56", "#7f93a6", "#d5dce3"
STROKES = ("-", "--", ":", "-.", (0, (6, 1, 1, 1, 1, 1)), (0, (3, 5)))
MARKS = ("o", "s", "D", "^", "v", "P")
"""Lines differ in stroke and mark, so that none depends on its colour."""

SETTINGS: Any = {
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "font.family": ["DejaVu Sans"],
    "font.size": 9,
    "svg.fonttype": "none",
    "svg.hashsalt": "concite",
    "text.parse_math": False,
}


class Picture(Figure):
    """A matplotlib figure that shows itself in a notebook, and writes the same bytes again."""

    def svg(self) -> str:
        """The picture as an SVG element, its texts as texts."""
        with matplotlib.rc_context(SETTINGS):
            handle = io.StringIO()
            self.savefig(handle, format="svg", metadata={"Date": None, "Creator": None})
        text = handle.getvalue()
        return text[text.index("<svg") :].replace("'DejaVu Sans'", "'DejaVu Sans', Verdana, sans-serif")

    def _repr_png_(self) -> bytes:
        with matplotlib.rc_context(SETTINGS):
            handle = io.BytesIO()
            self.savefig(handle, format="png", dpi=110, metadata={"Software": None})
        return handle.getvalue()


@contextmanager
def figure(title: str, width: float = 10, height: float = 4) -> Iterator[Picture]:
    """A picture under a title that says what was found."""
    with matplotlib.rc_context(SETTINGS):
        made = Picture(figsize=(width, height), layout="constrained")
        made.suptitle(fill(title, int(width * 10)), x=0.01, ha="left", weight="bold", size=11)
        yield made


@contextmanager
def picture(title: str, width: float = 10, height: float = 4) -> "Iterator[tuple[Picture, Axes]]":
    """A picture with one set of axes."""
    with figure(title, width, height) as made:
        yield made, made.subplots()


def rows_height(rows: int) -> float:
    """The height of a picture with some rows of text beside each other."""
    return 1.5 + 0.27 * rows


def short(text: str, most: int = 40) -> str:
    """A text cut to fit beside a plot."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def title_of(text: str, most: int = 46) -> str:
    """A paper's title cut to fit: what stands before its colon, where that names something."""
    before = text.partition(":")[0]
    return short(before if 3 <= len(before) < len(text) and not text.startswith("[") else text, most)


def bars(axes: "Axes", labels: Sequence[str], values: Sequence[float], shown: Sequence[str]) -> None:
    """Horizontal bars from above to below, each with its value in words."""
    places = range(len(labels))[::-1]
    axes.barh(places, values, color=MIDDLE)
    axes.set_yticks(places, labels)
    axes.tick_params(axis="y", length=0)
    widest = max(values, default=1) or 1
    for place, value, text in zip(places, values, shown, strict=True):
        axes.text(value + widest * 0.01, place, text, va="center")
    axes.set_xlim(0, widest * 1.12)


def nothing(notes: Sequence[str]) -> InputError:
    """The error of a plot that has nothing to show, with the notes that say why."""
    return InputError("plot", "there is nothing to draw", " ".join(notes) or "take in more papers, classes or roles")
