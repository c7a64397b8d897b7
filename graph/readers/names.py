"""The names of the input formats, apart from the readers so that naming one loads none."""

from enum import StrEnum


class Format(StrEnum):
    """The formats that can be read."""

    LISTING = "listing"
    JSONL = "jsonl"
