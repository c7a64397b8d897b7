"""Content negotiation: of what can be given, what the client would rather have."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Wish(NamedTuple):
    """One media range of an `Accept` header: what it covers, and how much it is wanted."""

    kind: str
    subtype: str
    quality: float

    def covers(self, media: str) -> bool:
        """Whether the range holds a media type."""
        kind, _, subtype = media.partition("/")
        return self.kind in ("*", kind) and self.subtype in ("*", subtype)

    @property
    def precision(self) -> int:
        """Two for a media type, one for all of a kind, zero for anything."""
        return (self.kind != "*") + (self.subtype != "*")


_RANGE = re.compile(r"\s*([\w!#$%&'*+.^`|~-]+)/([\w!#$%&'*+.^`|~-]+)\s*((?:;[^;]*)*)")
_QUALITY = re.compile(r";\s*q\s*=\s*\"?([01](?:\.\d*)?)\"?\s*(?=;|$)", re.IGNORECASE)


def wishes(accept: str) -> Iterator[Wish]:
    """The media ranges of a header; what is none is passed over."""
    for part in accept.split(","):
        if found := _RANGE.fullmatch(part):
            quality = _QUALITY.search(found[3])
            yield Wish(found[1].lower(), found[2].lower(), min(float(quality[1]), 1.0) if quality else 1.0)


def chosen(accept: str, offered: Sequence[str]) -> str | None:
    """The media type to answer with, none where no offer is wanted; of equals the first that is offered."""
    wanted = list(wishes(accept)) if accept.strip() else [Wish("*", "*", 1.0)]
    best = max(offered, key=lambda media: _quality(media, wanted))
    return best if _quality(best, wanted) > 0 else None


def _quality(media: str, wanted: Sequence[Wish]) -> float:
    """How much a media type is wanted: the most precise range that covers it says so."""
    covering = [wish for wish in wanted if wish.covers(media)]
    return max(covering, key=lambda wish: (wish.precision, wish.quality)).quality if covering else 0.0
