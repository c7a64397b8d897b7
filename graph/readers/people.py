"""People: names as they are spoken, out of lists that write them in other ways."""

import re

_INITIALS = re.compile(r"(?:[^\W\d_]\.?[\s-]*){1,4}")
_NUMBER = re.compile(r"\s*\(\d+\)\s*\Z")
"""The number that a database sets after a name."""


def forwards(name: str) -> str:
    """A name as it is spoken: `Lovelace, Ada` is Ada Lovelace; `King, Jr., Martin` is Martin King Jr."""
    last, *others = [part.strip() for part in name.split(",")]
    return " ".join([*others[-1:], last, *others[:-1]])


def names_in(text: str) -> list[str]:
    """The names of a list in a text, parted by semicolons, bars, `and` or commas."""
    for separator in (";", "|"):
        if separator in text:
            return [forwards(_NUMBER.sub("", name)) for name in text.split(separator)]
    pieces = [piece.strip() for piece in re.split(r",|\band\b", text) if piece.strip()]
    if " and " in text and not all(" " in piece for piece in pieces):
        return [forwards(name) for name in text.split(" and ")]
    return [forwards(text)] if _is_one_name(pieces) else pieces


def _is_one_name(parts: list[str]) -> bool:
    """Whether what a comma parts are the two halves of one name: `Lovelace, A.`, `Lovelace, Ada`."""
    return len(parts) == 2 and (_INITIALS.fullmatch(parts[1]) is not None or " " not in parts[0] + parts[1])
